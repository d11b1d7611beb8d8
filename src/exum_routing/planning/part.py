"""A part of a plan: the steps that one subject needs, each in its phase, and the reasons why no cmdlets lead to its target."""

import itertools
from collections.abc import Callable, Iterable
from typing import Final

import attrs

from exum_routing.cmdlets import CmdletCall, CmdletResult
from exum_routing.planning.own_step import OwnStep, OwnWay, Rank
from exum_routing.planning.phases import Phase


@attrs.frozen
class Step:
    """A call of a cmdlet and the phase in which it runs. Clauses: CMD-13."""

    phase: Phase
    """When it runs."""
    call: CmdletCall
    """What runs."""


@attrs.frozen
class Part:
    """The steps of one subject, and the reasons why its target cannot be reached. Clauses: CMD-13."""

    steps: tuple[Step, ...] = ()
    """The steps; those of one phase run in this order."""
    reasons: tuple[str, ...] = ()
    """Why no cmdlets lead there, a sentence each; where there is one, the steps count for nothing."""
    own: tuple[OwnStep, ...] = ()
    """The steps of one account that depend on its policies, in any order."""
    ways: tuple[OwnWay, ...] = ()
    """The ways of whole accounts."""


NOTHING: Final = Part()
"""The part of a subject that is already as it is to be."""


def one_step(phase: Phase, why: str, function: Callable[..., CmdletResult], **arguments: object) -> Part:
    """A part of one step: the call of a cmdlet, by its function.

    Clauses: CMD-13

    >>> from exum_routing.cmdlets import set_cs_user
    >>> alice = "sip:alice@contoso.com"
    >>> part = one_step(Phase.PREPARE, "Enterprise Voice", set_cs_user, identity=alice, enterprise_voice_enabled=True)
    >>> print(part.steps[0].call)
    Set-CsUser -Identity 'sip:alice@contoso.com' -EnterpriseVoiceEnabled $True
    """
    return Part(steps=(Step(phase, CmdletCall.of(why, function, **arguments)),))


def own_step(rank: Rank, call: CmdletCall, field: str, value: object, *, optional: bool = False) -> Part:
    """A part of one step of an account. Clauses: CMD-13."""
    return Part(own=(OwnStep(rank, call, field, value, optional),))


def one_reason(reason: str) -> Part:
    """A part that cannot be reached. Clauses: CMD-13."""
    return Part(reasons=(reason,))


def joined(parts: Iterable[Part]) -> Part:
    """Parts as one, what they hold in the order of the parts.

    Clauses: CMD-13

    >>> joined((one_reason("first"), NOTHING, one_reason("second"))).reasons
    ('first', 'second')
    """
    kept = [part for part in parts if part is not NOTHING]
    return Part(
        steps=tuple(itertools.chain.from_iterable(part.steps for part in kept)),
        reasons=tuple(itertools.chain.from_iterable(part.reasons for part in kept)),
        own=tuple(itertools.chain.from_iterable(part.own for part in kept)),
        ways=tuple(itertools.chain.from_iterable(part.ways for part in kept)),
    )
