"""The schedule of a plan: in which order policies change, and when accounts change between them.

What an account's steps depend on is its own state and the policies. So the order of the policies' steps is chosen, and between
them every account has an order of its own.
"""

import functools
import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import attrs

from exum_routing.cmdlets import CmdletCall, View
from exum_routing.deployment import Deployment, UmContact
from exum_routing.planning.own_order import Grounds, OwnOrder, OwnStates, own_order
from exum_routing.planning.own_step import OwnStep, OwnWay
from exum_routing.planning.policies import PolicyStep, Turn
from exum_routing.planning.through import gets_through, without_accounts
from exum_routing.planning.transition import Transition
from exum_routing.planning.unreachable import TargetUnreachable

_MOST_POLICIES: Final = 5
"""Steps of policies of which every order is tried; more keep the order of their turns."""
_MOST_KINDS: Final = 50
"""Kinds of accounts for which every order is tried."""


class _Kind(NamedTuple):
    """Accounts for which the same steps in the same order do the same."""

    states: OwnStates
    number: int


class _Orders(NamedTuple):
    """An order of the policies' steps, and the order of each kind of accounts between them; None: there is none."""

    policies: tuple[int, ...]
    own: dict[Hashable, OwnOrder | None]

    def shortfall(self, kinds: dict[Hashable, _Kind]) -> tuple[int, int]:
        """How many accounts do not get where they are to be, and how many have calls that fail on the way."""
        lost = sum(kinds[key].number for key, order in self.own.items() if order is None)
        return lost, sum(kinds[key].number for key, order in self.own.items() if order is not None and order.failing)


def schedule(way: Transition, view: View, policies: Sequence[PolicyStep], ways: Sequence[OwnWay]) -> tuple[CmdletCall, ...]:
    """The calls that change policies and accounts, in their order; none is refused.

    Calls of accounts that get through before and after are interrupted only where no order of the steps avoids it. That holds
    for up to five steps of policies; more are taken in the order of their turns.

    Args:
        way: From where to where.
        view: The deployment before these calls.
        policies: The steps of the policies, by their turns.
        ways: The accounts that change.

    Raises:
        TargetUnreachable: Some account does not get where it is to be in any order.

    Clauses: CMD-4, CMD-6, CMD-7, CMD-13
    """
    grounds = _grounds(view, [step.call for step in policies])
    keyed = [(_key(one, watched, grounds), one, watched) for one, watched in _all_ways(way, ways)]
    numbers = Counter(key for key, _, _ in keyed)
    alike = {key: (one, watched) for key, one, watched in keyed}
    kinds = {
        key: _Kind(OwnStates(one, grounds, way.reading.disabling, watched=watched), numbers[key])
        for key, (one, watched) in alike.items()
    }
    best = _best(kinds, [step.turn for step in policies])
    lost = [one.refusal for key, one, _ in keyed if best.own[key] is None]
    if lost:
        raise TargetUnreachable(lost)
    return tuple(_calls(best, policies, [(key, one) for key, one, _ in keyed]))


def _grounds(view: View, calls: Sequence[CmdletCall]) -> Grounds:
    """The deployment without accounts after some of the policies' steps, which depend on nothing but their own policies."""

    @functools.cache
    def ground(done: frozenset[int]) -> Deployment:
        later = view
        for number in sorted(done):
            later = later.after(calls[number].run(later).changes)
        return without_accounts(later)

    return ground


def _all_ways(way: Transition, ways: Sequence[OwnWay]) -> Iterator[tuple[OwnWay, bool]]:
    """Every account that changes or stays, and whether its calls get through before the plan and after it."""
    changed = {str(one.before.sip_address): one for one in ways}
    for after in way.target.subjects:
        address = str(after.sip_address)
        before = way.current.by_address.get(address)
        own = changed.get(address) or (None if before is None else OwnWay(before, (), ""))
        if own is not None:
            watched = before is not None and gets_through(before, way.current) and gets_through(after, way.target)
            yield own, watched


def _key(way: OwnWay, watched: bool, grounds: Grounds) -> Hashable:
    """What of an account and its steps decides what they do."""
    account = way.before
    steps = tuple((step.rank, step.value, step.optional) for step in way.steps)
    facts = account.hosted_voicemail_policy, account.registrar_pool, steps, watched
    if isinstance(account, UmContact):
        return facts
    served = watched and gets_through(attrs.evolve(account, voice_mail_settings=()), grounds(frozenset()))
    return *facts, account.voice_mail_settings, served


def _best(kinds: dict[Hashable, _Kind], turns: Sequence[Turn]) -> _Orders:
    """The order of the policies' steps that falls short of the least; that of their turns, if it falls short of nothing."""
    first, *others = itertools.permutations(range(len(turns))) if len(turns) <= _MOST_POLICIES else [tuple(range(len(turns)))]
    best = _orders(kinds, first, turns)
    for policies in others if len(kinds) <= _MOST_KINDS else ():
        if best.shortfall(kinds) == (0, 0):
            break
        best = min(best, _orders(kinds, policies, turns), key=lambda orders: orders.shortfall(kinds))
    return best


def _orders(kinds: dict[Hashable, _Kind], policies: tuple[int, ...], turns: Sequence[Turn]) -> _Orders:
    natural = max((at + 1 for at, number in enumerate(policies) if turns[number] is not Turn.CLOSE), default=0)
    return _Orders(policies, {key: own_order(kind.states, policies, natural) for key, kind in kinds.items()})


def _calls(orders: _Orders, policies: Sequence[PolicyStep], keyed: Sequence[tuple[Hashable, OwnWay]]) -> Iterator[CmdletCall]:
    moments: list[list[tuple[tuple[int, str], CmdletCall]]] = [[] for _ in range(len(policies) + 1)]
    for key, way in keyed:
        found = orders.own[key]
        for moment, together in itertools.groupby(found.placed if found else (), key=lambda placed: placed[0]):
            moments[moment] += _ranked([way.steps[number] for _, number in together])
    for moment, calls in enumerate(moments):
        yield from (call for _, call in sorted(calls, key=lambda ranked: ranked[0]))
        if moment < len(policies):
            yield policies[orders.policies[moment]].call


def _ranked(steps: Iterable[OwnStep]) -> Iterator[tuple[tuple[int, str], CmdletCall]]:
    """Calls of one account with keys by which calls of one kind stand together and those of an account keep their order."""
    highest = 0
    for step in steps:
        later = step.rank <= highest
        highest = max(highest, step.rank)
        yield (highest, "\uffff" if later else step.call.why), step.call
