"""The whole way of a call to voice mail: Front End, Edge or UM server, hosted service, mailbox.

Every hop is a function that takes the INVITE as it arrives and gives the INVITE as it leaves with its next hop, or the
response that refuses it. What a proxy adds for itself (Via, Record-Route, one less in Max-Forwards) is not shown.
"""

from typing import Final

import attrs

from exum_routing.circumstances import USUAL, Circumstances
from exum_routing.decision import HostedUm, NotRouted, OnPremisesUm, RoutingDecision
from exum_routing.deployment import Deployment, Subject, UmContact, User
from exum_routing.edge import EdgeConfiguration, EdgeFault, EdgeRefusal, route_at_edge
from exum_routing.errors import ExumRoutingError
from exum_routing.hosted_service import HostedUmService, Tenant
from exum_routing.invite import Invite, NameAddr
from exum_routing.on_premises import um_server_order
from exum_routing.outcome import (
    CallOutcome,
    CallTrace,
    ContactAnswered,
    Deposited,
    Forwarded,
    HandedOver,
    Hop,
    NextHop,
    NotVoiceMail,
    Refused,
)
from exum_routing.refusal import CallFault, RefusalReason, SipResponse, response
from exum_routing.request_uri import DEFAULT_LAYOUT, RequestUriLayout, VoicemailTarget, read_request_uri, request_uri
from exum_routing.routing import route
from exum_routing.sip import Fqdn, SipAddress, SipUri

__all__ = [
    "USUAL",
    "CallFault",
    "CallOutcome",
    "CallTrace",
    "Circumstances",
    "ContactAnswered",
    "Deposited",
    "Forwarded",
    "HandedOver",
    "Hop",
    "Invite",
    "NameAddr",
    "NextHop",
    "NotVoiceMail",
    "RefusalReason",
    "Refused",
    "SipResponse",
    "call_voice_mail_indicator",
    "edge",
    "front_end",
    "goes_to_voice_mail",
    "hosted_um",
    "trace_call",
]

_FRONT_END_OPTION_TAG: Final = "ms-fe"


def goes_to_voice_mail(invite: Invite, *, answered: bool = False) -> bool:
    """Whether a call goes to voice mail: it is not answered, or it is addressed to a user's voice mail.

    Clauses: CALL-1

    >>> goes_to_voice_mail(Invite.of_call("bob@contoso.com", "sip:alice@contoso.com;opaque=app:voicemail"), answered=True)
    True
    """
    return not answered or SipUri.parse(invite.request_uri).is_voicemail


def call_voice_mail_indicator(user: User) -> bool:
    """Whether the client lights the "call voice mail" indicator.

    Clauses: CALL-9

    >>> call_voice_mail_indicator(User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",)))
    True
    """
    return user.voice_mail_settings.cs_hosted_voice_mail is True


def front_end(invite: Invite, deployment: Deployment, circumstances: Circumstances = USUAL) -> Forwarded | Refused:
    """What the ExUM Routing application does with the INVITE of a call that goes to voice mail.

    Clauses: CALL-2, CALL-3, CALL-4, CALL-5, CALL-6, CALL-13, UM-4, UM-5, URI-1, URI-6, URI-8

    >>> refused = front_end(Invite.of_call("bob@contoso.com", "zoe@contoso.com"), Deployment())
    >>> refused.reason.name, refused.response.status
    ('UNKNOWN_CALLEE', 404)
    """
    subject = _called(invite, deployment)
    if subject is None:
        return _refused(Hop.FRONT_END, CallFault.UNKNOWN_CALLEE, _host(invite), ("CALL-13",))
    decision = route(subject, deployment, reading=circumstances.reading)
    source = subject.registrar_pool or subject.sip_address.domain
    if isinstance(decision, NotRouted):
        return _refused(Hop.FRONT_END, decision.reason, source, (*decision.clauses, "CALL-6"))
    if isinstance(decision, HostedUm):
        edge_host = None if deployment.edge_replica is None else deployment.edge_replica.fqdn
        next_hop, turn = NextHop(Hop.EDGE, edge_host), circumstances.turn
    else:
        server = _um_server(decision, circumstances)
        if server is None:
            return _refused(Hop.FRONT_END, CallFault.UNREACHABLE, source, (*decision.clauses, "UM-4", "UM-5", "CALL-6"))
        next_hop, turn = server
    uri = request_uri(subject, decision, layout=circumstances.layout, turn=turn)
    clauses = _with_clauses(decision, invite, deployment, subject)
    return Forwarded(Hop.FRONT_END, _leaving(invite, uri, deployment, subject), next_hop, clauses)


def _um_server(decision: OnPremisesUm, circumstances: Circumstances) -> tuple[NextHop, int] | None:
    """The first UM server that answers, with the turn that names it; None: none of those tried does."""
    if not decision.um_servers:
        return NextHop(Hop.UM_SERVER, None), circumstances.turn
    tried = um_server_order(decision.um_servers, circumstances.turn)[: circumstances.servers_tried]
    for number, server in enumerate(tried):
        if server not in circumstances.unreachable:
            return NextHop(Hop.UM_SERVER, server), circumstances.turn + number
    return None


def _refused(
    hop: Hop, reason: RefusalReason, source: str, clauses: tuple[str, ...], edge_faults: tuple[EdgeFault, ...] = ()
) -> Refused:
    return Refused(hop, reason, edge_faults, response(reason, source), clauses)


def _host(invite: Invite) -> str:
    return SipUri.parse(invite.request_uri).host


def _called(invite: Invite, deployment: Deployment) -> Subject | None:
    """The user or contact that the Request-URI names, by SIP address or by a contact's DisplayNumber."""
    address = invite.address
    if address is None:
        return None
    return deployment.by_address.get(address) or deployment.contact_with_number(address.user)


def _is_owner(invite: Invite) -> bool:
    return invite.address is not None and invite.address == invite.from_.address


def _with_clauses(decision: RoutingDecision, invite: Invite, deployment: Deployment, subject: Subject) -> tuple[str, ...]:
    """The clauses of a decision, and those of what was done to the INVITE."""
    steps = (
        ("UM-4", isinstance(decision, OnPremisesUm) and bool(decision.um_servers)),
        ("URI-6", isinstance(decision, OnPremisesUm)),
        ("URI-1", isinstance(decision, HostedUm)),
        ("CALL-2", bool(invite.values("Diversion"))),
        ("URI-8", isinstance(subject, UmContact)),
        ("CALL-3", not isinstance(subject, UmContact)),
        ("CALL-4", deployment.av_edge_gruu is not None),
        ("CALL-5", not _names_front_end(invite)),
    )
    done = [clause for clause, applied in steps if applied and clause not in decision.clauses]
    return (*decision.clauses, *done)


def _leaving(invite: Invite, uri: str, deployment: Deployment, subject: Subject) -> Invite:
    """The INVITE as it leaves the Front End; every header that no rule names stays as it is, in order."""
    gruu = deployment.av_edge_gruu
    headers = invite.without("Diversion") if gruu is None else invite.without("Diversion", "Ms-Mras-Address")
    if not _names_front_end(invite):
        headers += (("Supported", _FRONT_END_OPTION_TAG),)
    if gruu is not None:
        headers += (("Ms-Mras-Address", f"<{gruu}>"),)
    if not isinstance(subject, UmContact) and not _is_owner(invite):
        headers += (("Diversion", f"<{_without_parameters(invite.request_uri)}>"),)
    return attrs.evolve(invite, request_uri=uri, headers=headers)


def _names_front_end(invite: Invite) -> bool:
    return any(
        option.strip().lower() == _FRONT_END_OPTION_TAG for value in invite.values("Supported") for option in value.split(",")
    )


def _without_parameters(uri: str) -> str:
    """A SIP URI less its parameters and headers, as spelled."""
    userinfo, _, behind = uri.partition("@")
    return f"{userinfo}@{behind.partition(';')[0].partition('?')[0]}"


def _target(invite: Invite, layout: RequestUriLayout) -> VoicemailTarget | None:
    try:
        return read_request_uri(invite.request_uri, layout=layout)
    except ExumRoutingError:
        return None


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
    target = _target(invite, circumstances.layout)
    decision = route_at_edge(None if target is None else target.destination, configuration)
    host = fqdn or _host(invite)
    if isinstance(decision, EdgeRefusal):
        never_given = ("REPL-2",) if configuration is None else ()
        return _refused(Hop.EDGE, CallFault.REFUSED_AT_EDGE, host, (*never_given, "EDGE-7", "CALL-6"), decision.faults)
    if decision.host in circumstances.unreachable:
        return _refused(Hop.EDGE, CallFault.UNREACHABLE, host, ("EDGE-6", "CALL-6"))
    return Forwarded(Hop.EDGE, invite, NextHop(Hop.HOSTED_UM, decision.host, decision.port), ("EDGE-6",))


def hosted_um(
    invite: Invite, service: HostedUmService, *, layout: RequestUriLayout = DEFAULT_LAYOUT
) -> Deposited | ContactAnswered | Refused:
    """What the hosted UM service does with an INVITE: a deposit in the owner's mailbox, or a refusal.

    The tenant is that of the first organization that the service hosts. The owner is whom Diversion names, or, where there is
    none, whom To names, who then is the caller; and the Request-URI names the same.

    Args:
        invite: The INVITE as it left the Edge.
        service: The service and its tenants.
        layout: The names of the Request-URI's parameters.

    Clauses: CALL-7, CALL-8, CALL-14, CALL-15

    >>> refused = hosted_um(Invite.of_call("bob@contoso.com", "alice@contoso.com"), HostedUmService(fqdn="um.contoso.com"))
    >>> refused.reason.name, refused.response.error_id
    ('NO_TENANT', 15911)
    """
    target = _target(invite, layout)
    tenant = None if target is None else service.first_tenant(target.organizations)
    if target is None or tenant is None:
        return _at_service(service, CallFault.NO_TENANT)
    if (SipUri.parse(invite.request_uri).parameter("user") or "").lower() == "phone":
        return ContactAnswered(tenant.organization, ("CALL-7", "CALL-15"))
    owner = _owner(invite)
    if owner is None or owner != target.owner:
        return _at_service(service, CallFault.NO_OWNER)
    return _deposit(owner, tenant, service)


def _at_service(service: HostedUmService, fault: CallFault) -> Refused:
    return _refused(Hop.HOSTED_UM, fault, service.fqdn, ("CALL-7", "CALL-14"))


def _owner(invite: Invite) -> SipAddress | None:
    """Whose voice mail it is, by Diversion, else by To, which then is the caller; None: it does not say, or not of one."""
    diversions = invite.values("Diversion")
    if not diversions:
        return invite.to.address if invite.to.address == invite.from_.address else None
    try:
        return NameAddr(diversions[0]).address if len(diversions) == 1 else None
    except ExumRoutingError:
        return None


def _deposit(owner: SipAddress, tenant: Tenant, service: HostedUmService) -> Deposited | Refused:
    mailbox = tenant.mailbox(owner)
    if mailbox is None:
        return _at_service(service, CallFault.NO_MAILBOX)
    if not mailbox.voicemail_enabled:
        return _at_service(service, CallFault.VOICE_MAIL_NOT_ENABLED)
    return Deposited(tenant.organization, mailbox, tenant.enable_transcription, ("CALL-7", "CALL-8"))


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

    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> trace = trace_call(Invite.of_call("bob@contoso.com", "zoe@contoso.com"), Deployment(users=[zoe]))
    >>> str(trace.outcome.response)
    '480 Temporarily Unavailable (ms-diagnostics: 15901;source="contoso.com";reason="The user has no voice mail")'
    """
    if not goes_to_voice_mail(invite, answered=answered):
        return CallTrace(invite, (), NotVoiceMail(("CALL-1",)))
    sent_on = front_end(invite, deployment, circumstances)
    if isinstance(sent_on, Refused):
        return CallTrace(invite, (), sent_on)
    if sent_on.next_hop.hop is not Hop.EDGE:
        return CallTrace(invite, (sent_on,), HandedOver(sent_on.next_hop, sent_on.clauses))
    crossing = edge(sent_on.invite, deployment.configuration_at_edge, circumstances, fqdn=sent_on.next_hop.host)
    if isinstance(crossing, Refused):
        return CallTrace(invite, (sent_on,), crossing)
    service = deployment.hosted_um_service(crossing.next_hop.host or "")
    if service is None:
        return CallTrace(invite, (sent_on, crossing), HandedOver(crossing.next_hop, crossing.clauses))
    return CallTrace(invite, (sent_on, crossing), hosted_um(crossing.invite, service, layout=circumstances.layout))
