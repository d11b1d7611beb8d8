"""The first hop: the ExUM Routing application on the Front End Server."""

from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.call.circumstances import USUAL, Circumstances
from exum_routing.call.outcome import Forwarded, Hop, NextHop, Refused, host_of, refused
from exum_routing.call.refusal import CallFault, SipResponse, response_after_front_end
from exum_routing.deployment import Deployment, PoolVersion, Subject, UmContact, um_server_order
from exum_routing.routing import HostedUm, NotRouted, OnPremisesUm, RequestUriLayout, RoutedDecision, request_uri, route
from exum_routing.sip import Fqdn, Invite, SipUri

_FRONT_END_OPTION_TAG: Final = "ms-fe"


@names_wrong_types
def front_end(invite: Invite, deployment: Deployment, circumstances: Circumstances = USUAL) -> Forwarded | Refused:
    """What the ExUM Routing application does with the INVITE of a call that goes to voice mail.

    Clauses: CALL-2, CALL-3, CALL-4, CALL-5, CALL-6, CALL-13, CALL-17, UM-4, UM-5, URI-1, URI-6, URI-8

    >>> refused = front_end(Invite.of_call("bob@contoso.com", "zoe@contoso.com"), Deployment())
    >>> refused.reason.name, refused.response.status
    ('UNKNOWN_CALLEE', 404)
    """
    subject = called(invite, deployment)
    if subject is None:
        return refused(Hop.FRONT_END, CallFault.UNKNOWN_CALLEE, host_of(invite), ("CALL-13",))
    decision = route(subject, deployment, reading=circumstances.reading)
    source = subject.registrar_pool or subject.sip_address.domain
    if isinstance(decision, NotRouted):
        return refused(Hop.FRONT_END, decision.reason, source, (*decision.clauses, "CALL-6"))
    if _is_contact_on_2019_pool(subject, deployment):
        return refused(Hop.FRONT_END, CallFault.CONTACT_ON_2019_POOL, source, (*decision.clauses, "CALL-17", "CALL-6"))
    next_hop = _next_hop(decision, deployment, circumstances)
    if next_hop is None:
        return refused(Hop.FRONT_END, CallFault.UNREACHABLE, source, (*decision.clauses, "UM-4", "UM-5", "CALL-6"))
    call = _RoutedCall(invite, subject, decision, next_hop, deployment.av_edge_gruu, circumstances.layout)
    if isinstance(decision, OnPremisesUm):
        return _forwarded(call, None)
    return _forwarded(call, response_after_front_end(source, decision.destination, decision.organizations))


def called(invite: Invite, deployment: Deployment) -> Subject | None:
    """The user or contact that the Request-URI names, by SIP address or by a contact's DisplayNumber."""
    address = invite.address
    if address is None:
        return None
    contacts = deployment.contacts_with_number(address.user)
    return deployment.by_address.get(address) or (contacts[0] if len(contacts) == 1 else None)


def _is_contact_on_2019_pool(subject: Subject, deployment: Deployment) -> bool:
    """Whether a contact object is called whose pool is known to run Skype for Business Server 2019."""
    pool = deployment.pool(subject.registrar_pool)
    return isinstance(subject, UmContact) and pool is not None and pool.version is PoolVersion.SERVER_2019


def _next_hop(decision: RoutedDecision, deployment: Deployment, circumstances: Circumstances) -> NextHop | None:
    """The Edge, or the first UM server that answers; None: none of those tried does."""
    if isinstance(decision, HostedUm):
        return NextHop(Hop.EDGE, None if deployment.edge_replica is None else deployment.edge_replica.fqdn)
    if not decision.um_servers:
        return NextHop(Hop.UM_SERVER, None)
    tried = um_server_order(decision.um_servers, circumstances.turn)[: circumstances.servers_tried]
    return next((NextHop(Hop.UM_SERVER, server) for server in tried if server not in circumstances.unreachable), None)


@attrs.frozen
class _RoutedCall:
    """A call that is sent on: what the steps look at."""

    invite: Invite
    """The INVITE as it arrived."""
    subject: Subject
    """The user or contact that is called."""
    decision: RoutedDecision
    """Where the call goes."""
    next_hop: NextHop
    """Where the INVITE is sent."""
    av_edge_gruu: SipUri | None
    """The GRUU of the A/V Edge; None: no A/V Edge is configured."""
    layout: RequestUriLayout
    """The names of the Request-URI's parameters."""

    @property
    def um_server(self) -> Fqdn | None:
        """The UM server that is reached; None: the call goes elsewhere, or the deployment does not say which."""
        return self.next_hop.host if self.next_hop.hop is Hop.UM_SERVER else None

    @property
    def new_request_uri(self) -> str:
        """What the INVITE is addressed to when it leaves."""
        return request_uri(self.subject, self.decision, layout=self.layout, server=self.um_server)


@attrs.frozen
class _Change:
    """What a step does to the INVITE."""

    request_uri: str | None = None
    """The new Request-URI; None: the step does not set it."""
    removes: str | None = None
    """The name of the headers that are removed."""
    adds: tuple[tuple[str, str], ...] = ()
    """The headers that are added."""


_AS_IT_IS: Final = _Change()


def _try_um_servers(call: _RoutedCall) -> _Change | None:
    """Where the decision names UM servers, the call goes to the one that is reached."""
    return None if call.um_server is None else _AS_IT_IS


def _address_to_on_premises_um(call: _RoutedCall) -> _Change | None:
    """Where the call goes to on-premises UM, the Request-URI is that of URI-6."""
    return _Change(request_uri=call.new_request_uri) if isinstance(call.decision, OnPremisesUm) else None


def _address_to_hosted_um(call: _RoutedCall) -> _Change | None:
    """Where the call goes to hosted UM, the Request-URI is that of URI-2, or of URI-8 for a contact."""
    return _Change(request_uri=call.new_request_uri) if isinstance(call.decision, HostedUm) else None


def _remove_diversion(call: _RoutedCall) -> _Change | None:
    """Where the INVITE came with a Diversion, every Diversion is removed."""
    return _Change(removes="Diversion") if call.invite.values("Diversion") else None


def _add_no_diversion(call: _RoutedCall) -> _Change | None:
    """Where a contact is called, no Diversion is added."""
    return _AS_IT_IS if isinstance(call.subject, UmContact) else None


def _add_diversion(call: _RoutedCall) -> _Change | None:
    """Where a user is called, ``Diversion: <URI>`` is added, unless the owner calls in."""
    if isinstance(call.subject, UmContact):
        return None
    owner_calls_in = call.invite.address == call.invite.from_.address
    return _AS_IT_IS if owner_calls_in else _Change(adds=(("Diversion", f"<{_without_parameters(call.invite.request_uri)}>"),))


def _replace_ms_mras_address(call: _RoutedCall) -> _Change | None:
    """Where an A/V Edge is configured, ``Ms-Mras-Address: <GRUU>`` replaces every Ms-Mras-Address."""
    if call.av_edge_gruu is None:
        return None
    return _Change(removes="Ms-Mras-Address", adds=(("Ms-Mras-Address", f"<{call.av_edge_gruu}>"),))


def _add_option_tag(call: _RoutedCall) -> _Change | None:
    """Where the INVITE does not have the option tag ``ms-fe``, ``Supported: ms-fe`` is added."""
    options = (option for value in call.invite.values("Supported") for option in value.split(","))
    named = any(option.strip().lower() == _FRONT_END_OPTION_TAG for option in options)
    return None if named else _Change(adds=(("Supported", _FRONT_END_OPTION_TAG),))


_Step: TypeAlias = Callable[[_RoutedCall], _Change | None]
"""What the Front End may do to an INVITE that it sends on; None: its condition does not hold."""

STEPS: Final[tuple[tuple[str, _Step], ...]] = (
    ("UM-4", _try_um_servers),
    ("URI-6", _address_to_on_premises_um),
    ("URI-1", _address_to_hosted_um),
    ("CALL-2", _remove_diversion),
    ("URI-8", _add_no_diversion),
    ("CALL-3", _add_diversion),
    ("CALL-4", _replace_ms_mras_address),
    ("CALL-5", _add_option_tag),
)
"""The steps with the clauses that ask for them, in the order in which the clauses are cited.

The headers that they add come after all others, those of the last step first. ``docs/spec/calls.md`` shows the same table.
"""


def _forwarded(call: _RoutedCall, if_refused: SipResponse | None) -> Forwarded:
    """The INVITE after every step whose condition holds; every header that no step names stays as it is, in order."""
    taken = [(clause, change) for clause, step in STEPS if (change := step(call)) is not None]
    clauses = dict.fromkeys((*call.decision.clauses, *(clause for clause, _ in taken)))
    changes = [change for _, change in taken]
    removed = [change.removes for change in changes if change.removes is not None]
    added = [header for change in reversed(changes) for header in change.adds]
    uri = next(change.request_uri for change in changes if change.request_uri is not None)
    leaving = attrs.evolve(call.invite, request_uri=uri, headers=(*call.invite.without(*removed), *added))
    return Forwarded(Hop.FRONT_END, leaving, call.next_hop, tuple(clauses), if_refused)


def _without_parameters(uri: str) -> str:
    """A SIP URI without its parameters and headers, as spelled."""
    userinfo, _, rest = uri.partition("@")
    return f"{userinfo}@{rest.partition(';')[0].partition('?')[0]}"
