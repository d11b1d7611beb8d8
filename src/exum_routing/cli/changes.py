"""How changes of calls and of routes are printed together: the commands ``rehearse`` and ``diff`` share it."""

from collections.abc import Sequence

from exum_routing.call import CallChange
from exum_routing.interchange.answers import call_changes_to_text, route_changes_to_text
from exum_routing.routing import RouteChange


def changes_text(calls: Sequence[CallChange], routes: Sequence[RouteChange], *, verbose: bool) -> str:
    """The calls that end in another way, and then the routes that change, under a heading each."""
    found = [call_changes_to_text(calls, verbose=verbose)] if calls else []
    if routes:
        found.append("Routes")
    return "\n".join([*found, route_changes_to_text(routes, verbose=verbose)])
