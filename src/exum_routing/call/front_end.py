"""The first hop: the ExUM Routing application on the Front End Server."""

from typing import Final

import attrs

from exum_routing.call.circumstances import USUAL, Circumstances
from exum_routing.call.outcome import Forwarded, Hop, NextHop, Refused, host_of, refused
from exum_routing.call.refusal import CallFault
from exum_routing.deployment import Deployment, Subject, UmContact, um_server_order
from exum_routing.routing import HostedUm, NotRouted, OnPremisesUm, RoutingDecision, request_uri, route
from exum_routing.sip import Invite

_FRONT_END_OPTION_TAG: Final = "ms-fe"


def front_end(invite: Invite, deployment: Deployment, circumstances: Circumstances = USUAL) -> Forwarded | Refused:
    """What the ExUM Routing application does with the INVITE of a call that goes to voice mail.

    Clauses: CALL-2, CALL-3, CALL-4, CALL-5, CALL-6, CALL-13, UM-4, UM-5, URI-1, URI-6, URI-8

    >>> refused = front_end(Invite.of_call("bob@contoso.com", "zoe@contoso.com"), Deployment())
    >>> refused.reason.name, refused.response.status
    ('UNKNOWN_CALLEE', 404)
    """
    subject = _called(invite, deployment)
    if subject is None:
        return refused(Hop.FRONT_END, CallFault.UNKNOWN_CALLEE, host_of(invite), ("CALL-13",))
    decision = route(subject, deployment, reading=circumstances.reading)
    source = subject.registrar_pool or subject.sip_address.domain
    if isinstance(decision, NotRouted):
        return refused(Hop.FRONT_END, decision.reason, source, (*decision.clauses, "CALL-6"))
    if isinstance(decision, HostedUm):
        edge_host = None if deployment.edge_replica is None else deployment.edge_replica.fqdn
        next_hop, turn = NextHop(Hop.EDGE, edge_host), circumstances.turn
    else:
        server = _um_server(decision, circumstances)
        if server is None:
            return refused(Hop.FRONT_END, CallFault.UNREACHABLE, source, (*decision.clauses, "UM-4", "UM-5", "CALL-6"))
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


def _called(invite: Invite, deployment: Deployment) -> Subject | None:
    """The user or contact that the Request-URI names, by SIP address or by a contact's DisplayNumber."""
    address = invite.address
    if address is None:
        return None
    contacts = deployment.contacts_with_number(address.user)
    return deployment.by_address.get(address) or (contacts[0] if len(contacts) == 1 else None)


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
