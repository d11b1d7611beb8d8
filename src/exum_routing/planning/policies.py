"""The policies in a plan: those that are or become usable before the accounts move, the others afterwards."""

import enum
from collections.abc import Collection

import attrs

from exum_routing.cmdlets import (
    CmdletCall,
    new_cs_hosted_voicemail_policy,
    remove_cs_hosted_voicemail_policy,
    set_cs_hosted_voicemail_policy,
)
from exum_routing.deployment import Deployment, HostedVoicemailPolicy, PolicyIdentity
from exum_routing.planning.differences import changed_fields
from exum_routing.planning.transition import Transition


class Turn(enum.IntEnum):
    """When a policy changes, where any order would do."""

    CLEAR = 1
    """Policies without a Destination go if nobody is granted them: a wider policy then applies to whom they were assigned."""
    OPEN = 2
    """Policies that are new and usable, or that change without losing a Destination."""
    CLOSE = 3
    """Policies lose their Destination, or go, or are made without one."""


@attrs.frozen
class PolicyStep:
    """A step that changes a policy. Clauses: CMD-13."""

    turn: Turn
    """When it runs, where any order would do."""
    call: CmdletCall
    """What runs."""


def plan_policies(way: Transition, granted: Collection[PolicyIdentity]) -> tuple[PolicyStep, ...]:
    """The steps that make, change and remove policies, by their turns. Every target's policies can be reached.

    Args:
        way: From where to where.
        granted: The policies that the plan grants: such a one goes only after its grants.

    Clauses: CMD-1, CMD-2, CMD-5
    """
    before, after = _by_key(way.current), _by_key(way.target)
    steps = (
        *(_changed(before[key], policy) if key in before else _new(policy) for key, policy in after.items()),
        *(_removed(policy, granted) for key, policy in before.items() if key not in after),
    )
    return tuple(sorted((step for step in steps if step is not None), key=lambda step: step.turn))


def _by_key(deployment: Deployment) -> dict[str, HostedVoicemailPolicy]:
    return {policy.identity.key: policy for policy in deployment.policies}


def _new(policy: HostedVoicemailPolicy) -> PolicyStep:
    given = {
        "description": policy.description,
        "destination": None if policy.destination is None else str(policy.destination),
        "organization": _organization(policy),
    }
    call = CmdletCall.of(
        "New policies",
        new_cs_hosted_voicemail_policy,
        identity=str(policy.identity),
        **{name: value for name, value in given.items() if value is not None},
    )
    return PolicyStep(Turn.OPEN if policy.is_usable else Turn.CLOSE, call)


def _organization(policy: HostedVoicemailPolicy) -> str | None:
    return ",".join(policy.organizations) or None


def _changed(before: HostedVoicemailPolicy, after: HostedVoicemailPolicy) -> PolicyStep | None:
    if before == after:
        return None
    loses_destination = before.is_usable and not after.is_usable
    fields = changed_fields(before, after, ("description", "destination"))
    if fields.get("destination") is not None:
        fields["destination"] = str(after.destination)
    if before.organizations != after.organizations:
        fields["organization"] = _organization(after)
    call = CmdletCall.of("Policies that change", set_cs_hosted_voicemail_policy, identity=str(before.identity), **fields)
    return PolicyStep(Turn.CLOSE if loses_destination else Turn.OPEN, call)


def _removed(policy: HostedVoicemailPolicy, granted: Collection[PolicyIdentity]) -> PolicyStep:
    """At once where it has no Destination and nobody is granted it; else after the accounts have moved."""
    needed = policy.is_usable or policy.identity in granted
    call = CmdletCall.of("Policies that go", remove_cs_hosted_voicemail_policy, identity=str(policy.identity))
    return PolicyStep(Turn.CLOSE if needed else Turn.CLEAR, call)
