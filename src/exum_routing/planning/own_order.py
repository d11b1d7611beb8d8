"""The order of one account's own steps, between given changes of policies: the one that interrupts the fewest calls."""

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from exum_routing.deployment import Deployment, PolicyIdentity, Subject, VoiceMailSettings
from exum_routing.planning.own_step import OwnWay, Rank
from exum_routing.planning.through import gets_through
from exum_routing.reading import Disabling

Grounds = Callable[[frozenset[int]], Deployment]
"""The deployment without accounts, after some of the policies' steps, by their numbers."""


class OwnOrder(NamedTuple):
    """When the steps of one account run, and what that costs."""

    failing: int
    """The states in which the account's calls fail, although they get through before and after."""
    placed: tuple[tuple[int, int], ...]
    """Each step, by its number, after how many of the policies' steps it runs; in the order in which they run."""


class OwnStates:
    """What an account is after some of its own steps and some of the policies', and which step is allowed then.

    Both are asked again and again in a search, so they are kept.
    """

    def __init__(self, way: OwnWay, grounds: Grounds, disabling: Disabling, *, watched: bool) -> None:
        """Begin with nothing known.

        Args:
            way: The account and its steps.
            grounds: The deployment after some of the policies' steps.
            disabling: How to read CMD-7.
            watched: Whether the account's calls get through before the plan and after it.
        """
        self.steps: Final = way.steps
        self._before, self._grounds, self._watched = way.before, grounds, watched
        self._always = disabling is Disabling.ALWAYS_ALLOWED
        self._failing: dict[tuple[frozenset[int], frozenset[int]], bool] = {}

    def account(self, done: frozenset[int]) -> Subject:
        """The account after some of its own steps. Where the attribute is set, that is its last change."""
        found = self._before
        for number in sorted(done, key=lambda number: self.steps[number].rank):
            found = self.steps[number].of(found)
        return found

    def fails(self, done: frozenset[int], policies: frozenset[int]) -> bool:
        """Whether the calls of an account that is watched fail."""
        if not self._watched:
            return False
        key = done, policies
        if key not in self._failing:
            self._failing[key] = not gets_through(self.account(done), self._grounds(policies))
        return self._failing[key]

    def allowed(self, done: frozenset[int], policies: frozenset[int]) -> Iterator[int]:
        """The numbers of the steps that may run next. Clauses: CMD-4, CMD-6, CMD-7."""
        ground, account = self._grounds(policies), self.account(done)
        for number, step in enumerate(self.steps):
            if number in done:
                continue
            if step.rank is Rank.GRANT and isinstance(step.value, PolicyIdentity):
                if ground.policy(step.value) is None:
                    continue
            elif isinstance(step.value, VoiceMailSettings):
                if step.rank is Rank.SET and not self._may_be_set(step.value, ground.effective_policy(account).is_usable, done):
                    continue
                if step.rank is Rank.EMPTY and any(self.steps[other].rank is Rank.SET for other in done):
                    continue
            yield number

    def _may_be_set(self, settings: VoiceMailSettings, usable: bool, done: frozenset[int]) -> bool:
        """By the policy that applies, and after the attribute is emptied, where that is a step that cannot be left out."""
        emptied = all(number in done or step.optional for number, step in enumerate(self.steps) if step.rank is Rank.EMPTY)
        return emptied and (usable if settings.cs_hosted_voice_mail else self._always or not usable)


def own_order(states: OwnStates, policies: Sequence[int], natural: int) -> OwnOrder | None:
    """The order of an account's steps between the policies' steps; None: no order is allowed.

    The fewest states in which calls fail count first, then the fewest steps; then the steps stand near the natural moment, and
    in the order of their ranks.

    Args:
        states: What is asked of the account.
        policies: The numbers of the policies' steps, in their order.
        natural: After how many of them accounts change where any moment would do.

    Clauses: CMD-13
    """
    done_until = [frozenset(policies[:moment]) for moment in range(len(policies) + 1)]
    needed = frozenset(number for number, step in enumerate(states.steps) if not step.optional)
    count = itertools.count()
    waiting: list[tuple[tuple[int, ...], int, int, frozenset[int], tuple[tuple[int, int], ...]]] = [
        ((0, 0, 0, 0), next(count), 0, frozenset(), ())
    ]
    seen: set[tuple[int, frozenset[int]]] = set()
    while waiting:
        cost, _, moment, done, placed = heapq.heappop(waiting)
        if (moment, done) in seen:
            continue
        seen.add((moment, done))
        if moment == len(policies) and needed <= done:
            return OwnOrder(cost[0], placed)
        if moment < len(policies):
            failing = states.fails(done, done_until[moment + 1])
            later = (cost[0] + failing, *cost[1:])
            heapq.heappush(waiting, (later, next(count), moment + 1, done, placed))
        for number in states.allowed(done, done_until[moment]):
            step, after = states.steps[number], done | {number}
            passed = sum(other.rank < step.rank for at, other in enumerate(states.steps) if at not in after and at in needed)
            failing = states.fails(after, done_until[moment])
            later = (cost[0] + failing, cost[1] + 1, cost[2] + abs(moment - natural), cost[3] + passed)
            heapq.heappush(waiting, (later, next(count), moment, after, (*placed, (moment, number))))
    return None
