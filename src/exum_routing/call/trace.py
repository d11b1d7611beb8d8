"""The whole way of a call to voice mail: Front End, Edge or UM server, hosted service, mailbox."""

from exum_routing.arguments import names_wrong_types
from exum_routing.call.circumstances import USUAL, Circumstances
from exum_routing.call.edge import edge
from exum_routing.call.front_end import front_end
from exum_routing.call.hosted_um import hosted_um
from exum_routing.call.indicator import goes_to_voice_mail
from exum_routing.call.outcome import CallTrace, Forwarded, HandedOver, Hop, NotVoiceMail, Refused
from exum_routing.deployment import Deployment, HostedUmService
from exum_routing.sip import Invite


@names_wrong_types
def trace_call(
    invite: Invite, deployment: Deployment, circumstances: Circumstances = USUAL, *, answered: bool = False
) -> CallTrace:
    """A call's whole way: the INVITE as it leaves every hop, and the outcome.

    Args:
        invite: The INVITE as the caller sent it.
        deployment: The snapshot: it decides, and its Edge Server and hosted UM services do the rest.
        circumstances: What the call meets that no deployment holds.
        answered: Whether the callee answers; then only a call that is addressed to voice mail goes there.

    Clauses: CALL-1, CALL-6, CALL-7, CALL-8, UM-5

    >>> from exum_routing import User
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> trace = trace_call(Invite.of_call("bob@contoso.com", "zoe@contoso.com"), Deployment(users=[zoe]))
    >>> str(trace.outcome.response)
    '480 Temporarily Unavailable (no published ms-diagnostics: The user has no voice mail)'
    """
    if not goes_to_voice_mail(invite, answered=answered):
        return CallTrace(invite, (), NotVoiceMail(("CALL-1",)))
    sent_on = front_end(invite, deployment, circumstances)
    if isinstance(sent_on, Refused):
        return CallTrace(invite, (), sent_on, sent_on.response)
    if sent_on.next_hop.hop is not Hop.EDGE or not deployment.edge_is_known:
        return CallTrace(invite, (sent_on,), HandedOver(sent_on.next_hop, sent_on.clauses))
    crossing = edge(sent_on.invite, deployment.configuration_at_edge, circumstances, fqdn=sent_on.next_hop.host)
    if isinstance(crossing, Refused):
        return CallTrace(invite, (sent_on,), crossing, sent_on.if_refused)
    outcome = _at_service(crossing, deployment, circumstances)
    return CallTrace(invite, (sent_on, crossing), outcome, sent_on.if_refused if isinstance(outcome, Refused) else None)


def _at_service(crossing: Forwarded, deployment: Deployment, circumstances: Circumstances) -> HandedOver | Refused:
    """How the call ends at the hosted UM service; one that the deployment does not describe still needs an organization."""
    host = crossing.next_hop.host or ""
    described = deployment.hosted_um_service(host)
    outcome = hosted_um(crossing.invite, described or HostedUmService(fqdn=host), layout=circumstances.layout)
    return outcome if described or isinstance(outcome, Refused) else HandedOver(crossing.next_hop, crossing.clauses)
