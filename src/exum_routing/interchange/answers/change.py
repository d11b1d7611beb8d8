"""What changed of the routes of accounts, as JSON, and as text: grouped by before and after."""

from collections.abc import Sequence
from typing import Any

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment
from exum_routing.interchange.answers.decision import decision_to_json, decision_to_text
from exum_routing.interchange.answers.layout import grouped_accounts
from exum_routing.routing import RouteChange, RoutingDecision


@names_wrong_types
def change_to_json(change: RouteChange, before: Deployment, after: Deployment) -> dict[str, Any]:
    """What changed of a user's or contact's calls, as one JSON object with the decisions before and after.

    Clauses: ROUTE-10
    """
    found: dict[str, Any] = {"SipAddress": change.address, "Changed": [one.value for one in change.changed]}
    for key, decision, deployment in (("Before", change.before, before), ("After", change.after, after)):
        found[key] = None if decision is None else decision_to_json(deployment.by_address[change.address], decision)
    return found


@names_wrong_types
def route_changes_to_text(changes: Sequence[RouteChange], *, verbose: bool = False) -> str:
    """What changed of the routes of accounts, for people: what was before and what is after, then whose route it is.

    At most 18 lines: the groups of most accounts, with five accounts each. ``verbose`` has all of them, with the Request-URIs.

    Clauses: ROUTE-10

    >>> from exum_routing import Deployment, User
    >>> from exum_routing.routing import route_changes
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> print(route_changes_to_text(route_changes(Deployment(), Deployment(users=[zoe]))))
    1 account: not there -> not routed, NO_VOICE_MAIL
      sip:zoe@contoso.com
    """
    if not changes:
        return "No route changes."
    groups: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for change in changes:
        groups.setdefault(_what(change), []).append((change.address, _uris(change)))
    return "\n".join(grouped_accounts(groups, verbose=verbose))


def _what(change: RouteChange) -> str:
    before, after = _decision(change.before), _decision(change.after)
    if before == after:
        return f"{before}, another {' and '.join(one.value for one in change.changed)}"
    return f"{before} -> {after}"


def _decision(decision: RoutingDecision | None) -> str:
    return "not there" if decision is None else decision_to_text(decision)


def _uris(change: RouteChange) -> tuple[str, ...]:
    if change.uri_before == change.uri_after:
        return ()
    return (
        f"before: {change.uri_before or 'no Request-URI'}",
        f"after:  {change.uri_after or 'no Request-URI'}",
    )
