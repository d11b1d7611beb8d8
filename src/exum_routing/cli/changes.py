"""How changes of calls and of routes are printed for people: the commands ``rehearse`` and ``diff`` share it."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import assert_never

from exum_routing.call import CallChange, grouped_calls
from exum_routing.routing import HostedUm, NotRouted, OnPremisesUm, RouteChange, RoutingDecision, grouped


def call_lines(changes: Sequence[CallChange]) -> Iterator[str]:
    """The calls that end in another way: a head line for each way, the accounts below it."""
    for what, addresses in grouped_calls(tuple(changes)).items():
        yield f"Calls: {len(addresses)} {'account' if len(addresses) == 1 else 'accounts'}: {what}"
        yield from textwrap.wrap(", ".join(addresses), 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def change_lines(changes: Sequence[RouteChange]) -> Iterator[str]:
    """The changes in groups, each under what changed, an account a line before and after."""
    if not changes:
        yield "No route changes."
    for changed, found in grouped(tuple(changes)).items():
        yield f"{', '.join(one.value for one in changed)}: {len(found)} {'account' if len(found) == 1 else 'accounts'}"
        for change in found:
            yield f"  {change.address}"
            yield f"    before: {_decision(change.before, change.uri_before)}"
            yield f"    after:  {_decision(change.after, change.uri_after)}"


def _decision(decision: RoutingDecision | None, uri: str | None) -> str:
    match decision:
        case None:
            return "not there"
        case HostedUm(policy):
            return f"hosted UM by {policy.identity}, {uri}"
        case OnPremisesUm():
            return f"on-premises UM by {decision.phone_context}, {uri}"
        case NotRouted(reason):
            return f"not routed, {reason.value}"
        case _:
            assert_never(decision)
