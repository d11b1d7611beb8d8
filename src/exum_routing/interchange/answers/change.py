"""What changed of a user's or contact's calls, as JSON."""

from typing import Any

from exum_routing.deployment import Deployment
from exum_routing.interchange.answers.decision import decision_to_json
from exum_routing.routing import RouteChange


def change_to_json(change: RouteChange, before: Deployment, after: Deployment) -> dict[str, Any]:
    """What changed of a user's or contact's calls, as one JSON object with the decisions before and after.

    Clauses: ROUTE-10
    """
    found: dict[str, Any] = {"SipAddress": change.address, "Changed": [one.value for one in change.changed]}
    for key, decision, deployment in (("Before", change.before, before), ("After", change.after, after)):
        found[key] = None if decision is None else decision_to_json(deployment.by_address[change.address], decision)
    return found
