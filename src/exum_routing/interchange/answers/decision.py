"""A decision as JSON and as text."""

from typing import Any, assert_never

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Subject, UmContact
from exum_routing.routing import (
    DEFAULT_LAYOUT,
    HostedUm,
    NotRouted,
    OnPremisesUm,
    RequestUriLayout,
    RoutingDecision,
    request_uri,
)


@names_wrong_types
def decision_to_json(
    subject: Subject, decision: RoutingDecision, *, layout: RequestUriLayout = DEFAULT_LAYOUT
) -> dict[str, Any]:
    """A decision about a user or a contact as one JSON object.

    Clauses: ROUTE-10, URI-2, URI-8

    >>> from exum_routing import Deployment, User, route
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> decision_to_json(zoe, route(zoe, Deployment(users=[zoe])))
    {'SipAddress': 'sip:zoe@contoso.com', 'Route': 'NotRouted', 'Reason': 'NO_VOICE_MAIL', 'Clauses': ['ROUTE-5']}
    """
    found: dict[str, Any] = {"SipAddress": str(subject.sip_address)}
    if isinstance(subject, UmContact):
        found["DisplayNumber"] = subject.display_number
    found["Route"] = type(decision).__name__
    match decision:
        case HostedUm(policy, organizations):
            found |= {"Policy": str(policy.identity), "Destination": str(decision.destination)}
            found |= {"Organizations": list(map(str, organizations))}
            found |= {"RequestUri": request_uri(subject, decision, layout=layout)}
        case OnPremisesUm(_, um_servers):
            found |= {"DialPlan": decision.phone_context, "UmServers": list(map(str, um_servers))}
            found |= {"RequestUri": request_uri(subject, decision, layout=layout)}
        case NotRouted(reason, policy, proxy_address):
            found["Reason"] = reason.value
            if policy is not None:
                found["Policy"] = str(policy.identity)
            if proxy_address is not None:
                found["DialPlan"] = proxy_address.phone_context
        case _:
            assert_never(decision)
    found["Clauses"] = list(decision.clauses)
    return found


@names_wrong_types
def decision_to_text(decision: RoutingDecision) -> str:
    """A decision in a few words: what determined it, and where the call goes or why it does not.

    Clauses: ROUTE-10

    >>> from exum_routing import Deployment, User, route
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> decision_to_text(route(zoe, Deployment(users=[zoe])))
    'not routed, NO_VOICE_MAIL'
    """
    match decision:
        case HostedUm(policy):
            return f"hosted UM by {policy.identity} at {decision.destination}"
        case OnPremisesUm():
            return f"on-premises UM by {decision.phone_context}"
        case NotRouted(reason):
            return f"not routed, {reason.value}"
        case _:
            assert_never(decision)
