"""The second hop of a call to hosted UM: the Edge Server."""

from exum_routing.arguments import names_wrong_types
from exum_routing.call.circumstances import USUAL, Circumstances
from exum_routing.call.outcome import Forwarded, Hop, NextHop, Refused, host_of, refused, target_of
from exum_routing.call.refusal import CallFault
from exum_routing.deployment import EdgeConfiguration
from exum_routing.routing import EdgeRefusal, route_at_edge
from exum_routing.sip import Fqdn, Invite


@names_wrong_types
def edge(
    invite: Invite,
    configuration: EdgeConfiguration | None,
    circumstances: Circumstances = USUAL,
    *,
    fqdn: Fqdn | None = None,
) -> Forwarded | Refused:
    """What the Edge Server does with an INVITE to hosted UM: it crosses as it is, or is refused with every fault.

    Args:
        invite: The INVITE as it left the Front End.
        configuration: What this Edge Server works from; None: it was never given any.
        circumstances: What does not answer, and the layout.
        fqdn: The Edge Server's own name; None: the host of the Request-URI stands for it.

    Clauses: EDGE-6, EDGE-7, CALL-6, REPL-2

    >>> refused = edge(Invite.of_call("bob@contoso.com", "alice@contoso.com"), None)
    >>> refused.edge_faults[0].name, refused.response.status, refused.response.error_id
    ('NO_CONFIGURATION', 504, 1005)
    """
    target = target_of(invite, circumstances.layout)
    decision = route_at_edge(None if target is None else target.destination, configuration)
    host = fqdn or host_of(invite)
    if isinstance(decision, EdgeRefusal):
        never_given = ("REPL-2",) if configuration is None else ()
        return refused(Hop.EDGE, CallFault.REFUSED_AT_EDGE, host, (*never_given, "EDGE-7", "CALL-6"), decision.faults)
    if decision.host in circumstances.unreachable:
        return refused(Hop.EDGE, CallFault.PROVIDER_UNREACHABLE, host, ("EDGE-6", "CALL-6"))
    return Forwarded(Hop.EDGE, invite, NextHop(Hop.HOSTED_UM, decision.host, decision.port), ("EDGE-6",))
