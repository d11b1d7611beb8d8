"""What becomes of a call: the INVITE as it leaves a hop, and the ways in which a call ends."""

import enum
from typing import TypeAlias

import attrs

from exum_routing.call.refusal import RefusalReason, SipResponse, response
from exum_routing.deployment import Mailbox
from exum_routing.errors import ExumRoutingError
from exum_routing.routing import EDGE_PORT, EdgeFault, RequestUriLayout, VoicemailTarget, voicemail_target
from exum_routing.sip import Fqdn, Invite


class Hop(enum.Enum):
    """A station on a call's way."""

    FRONT_END = "Front End"
    """The ExUM Routing application on the Front End Server."""
    EDGE = "Edge"
    """The Edge Server."""
    UM_SERVER = "UM server"
    """A UM server of the on-premises Exchange deployment."""
    HOSTED_UM = "Hosted UM"
    """The hosted UM service."""


@attrs.frozen
class NextHop:
    """Where an INVITE is sent next, over TLS."""

    hop: Hop
    """What stands there."""
    host: Fqdn | None
    """Its name; None: the deployment does not say."""
    port: int = EDGE_PORT
    """The TCP port."""
    transport: str = "TLS"
    """The transport."""


@attrs.frozen
class Forwarded:
    """The INVITE as it leaves a hop."""

    hop: Hop
    """The hop that it leaves."""
    invite: Invite
    """The INVITE."""
    next_hop: NextHop
    """Where it is sent."""
    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the specification."""
    if_refused: SipResponse | None = None
    """What this hop answers the caller where a hop after it refuses the call (CALL-18); None: it passes that answer on."""


@attrs.frozen
class Refused:
    """The call ends here, with a response."""

    hop: Hop
    """The hop that refuses."""
    reason: RefusalReason
    """Why."""
    edge_faults: tuple[EdgeFault, ...]
    """At the Edge, every reason why the call does not cross; elsewhere none."""
    response: SipResponse
    """What the hop answers. ``CallTrace.to_caller`` is what the caller gets."""
    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the specification."""


@attrs.frozen
class HandedOver:
    """The INVITE is handed over to a system; what that system does with it is not known.

    Where the deployment describes the tenants and mailboxes of a hosted UM service, the outcome names those that the source
    states the voice mail is for. That it arrives there is not known either.

    Clauses: CALL-7, CALL-8, CALL-15
    """

    next_hop: NextHop
    """The system: a UM server, a hosted UM service, or the Edge where its configuration is not given."""
    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the specification."""
    organization: Fqdn | None = None
    """The tenant that takes the call; None: the deployment does not describe the tenants."""
    mailbox: Mailbox | None = None
    """The mailbox that the voice mail is for; an owner who calls in reaches the same mailbox.

    None: a contact is called, or the deployment does not describe the mailboxes.
    """
    transcribed: bool | None = None
    """Whether the service transcribes it: the administrator's setting for the tenant. None: there is no mailbox."""


@attrs.frozen
class NotVoiceMail:
    """The call was answered, and was not addressed to voice mail, so it never came here."""

    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the specification."""


CallOutcome: TypeAlias = HandedOver | Refused | NotVoiceMail
"""How a call ends; to be consumed with ``match`` and ``assert_never``."""


@attrs.frozen
class CallTrace:
    """A call's whole way."""

    sent: Invite
    """The INVITE as the caller sent it."""
    hops: tuple[Forwarded, ...]
    """The INVITE as it left every hop that it left, in order."""
    outcome: CallOutcome
    """How the call ended."""
    to_caller: SipResponse | None = None
    """What leaves the Front End for the caller; None: no hop refuses the call.

    Where the Front End refuses, its own response. Where a hop after it refuses, 15030, whatever that hop answers (CALL-18).
    """


def refused(
    hop: Hop, reason: RefusalReason, source: str, clauses: tuple[str, ...], edge_faults: tuple[EdgeFault, ...] = ()
) -> Refused:
    """A hop's refusal, with the response of the host that refuses.

    Clauses: CALL-6
    """
    return Refused(hop, reason, edge_faults, response(reason, source), clauses)


def host_of(invite: Invite) -> str:
    """The host of an INVITE's Request-URI."""
    return invite.uri.host


def target_of(invite: Invite, layout: RequestUriLayout) -> VoicemailTarget | None:
    """Whose voice mail the Request-URI of an INVITE names; None: it does not name a voice mail.

    Clauses: URI-5
    """
    try:
        return voicemail_target(invite.request_uri, invite.uri, layout=layout)
    except ExumRoutingError:
        return None
