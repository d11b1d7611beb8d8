"""The SIP responses that refuse a call, with ms-diagnostics where an id is published: one row of a table for every reason."""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import attrs

from exum_routing.routing import NotRoutedReason


class CallFault(enum.Enum):
    """Why a hop refuses a call that is on its way; the value is its spelling on the wire. Clauses: CALL-6, CALL-13, CALL-14."""

    UNKNOWN_CALLEE = "UNKNOWN_CALLEE"
    """The Request-URI names no user and no contact of the deployment (CALL-13)."""
    CONTACT_ON_2019_POOL = "CONTACT_ON_2019_POOL"
    """A contact object is called whose pool runs Skype for Business Server 2019 (CALL-17)."""
    UNREACHABLE = "UNREACHABLE"
    """No UM server that may be tried answers (CALL-6)."""
    PROVIDER_UNREACHABLE = "PROVIDER_UNREACHABLE"
    """The hosting provider does not answer the Edge Server (CALL-6)."""
    REFUSED_AT_EDGE = "REFUSED_AT_EDGE"
    """The call does not cross the Edge (EDGE-7)."""
    NO_TENANT = "NO_TENANT"
    """The hosted service hosts none of the organizations (CALL-14)."""
    NO_OWNER = "NO_OWNER"
    """The INVITE does not say of one owner whose voice mail it is (CALL-14)."""
    NO_MAILBOX = "NO_MAILBOX"
    """The tenant has no mailbox of the owner (CALL-14)."""
    VOICE_MAIL_NOT_ENABLED = "VOICE_MAIL_NOT_ENABLED"
    """The owner's own setting is that the service takes no voice mail (CALL-14)."""


RefusalReason: TypeAlias = NotRoutedReason | CallFault
"""Why a call is refused: it is not routed, or a hop on its way refuses it."""


@attrs.frozen
class SipResponse:
    """A response that refuses a call, with its ms-diagnostics where an id is published for the reason.

    Clauses: CALL-6, CALL-18

    >>> response(CallFault.UNREACHABLE, "pool01.contoso.com").ms_diagnostics
    '15030;reason="Failed to route to Exchange Server";source="pool01.contoso.com";appName="ExumRouting"'
    >>> str(response(NotRoutedReason.NO_VOICE_MAIL, "pool01.contoso.com"))
    '480 Temporarily Unavailable (no published ms-diagnostics: The user has no voice mail)'
    """

    status: int | None
    """The status code, 400 to 699; None: it is not published which one goes with the id."""
    reason_phrase: str | None
    """The reason phrase that goes with the status; None where the status is."""
    error_id: int | None
    """The id of the ms-diagnostics header; None: none is published for the reason, and there is no header."""
    reason: str
    """The reason in words: those of the header where there is one, else this library's own."""
    source: str
    """The host that refuses. On the wire it is a server; a deployment knows only its pool."""
    dialplan: str | None = None
    """The dial plan in the header; None: it names none."""

    @property
    def ms_diagnostics(self) -> str | None:
        """The value of the ms-diagnostics header; None: there is no header, in which an id is mandatory."""
        if self.error_id is None:
            return None
        application = ';appName="ExumRouting"' if self.error_id in _OF_EXUM_ROUTING else ""
        dialplan = "" if self.dialplan is None else f';dialplan="{self.dialplan}"'
        return f'{self.error_id};reason="{self.reason}";source="{self.source}"{dialplan}{application}'

    def __str__(self) -> str:
        """Status and ms-diagnostics on one line, or the reason where there is no header."""
        header = f"ms-diagnostics: {self.ms_diagnostics}"
        if self.error_id is None:
            header = f"no published ms-diagnostics: {self.reason}"
        status = "status not published" if self.status is None else f"{self.status} {self.reason_phrase}"
        return f"{status} ({header})"


_OF_EXUM_ROUTING: Final = range(15000, 16000)
"""The ids of the ExumRouting application."""


@attrs.frozen
class Refusal:
    """A row of the table of refusals."""

    status: int
    """The status code; ``PHRASES`` has its phrase."""
    error_id: int | None
    """The published id of the ms-diagnostics header; None: there is none."""
    reason: str
    """The reason in words."""


PHRASES: Final[Mapping[int, str]] = MappingProxyType(
    {404: "Not Found", 480: "Temporarily Unavailable", 500: "Server Internal Error", 504: "Server Time-out"}
)
"""The reason phrase of every status that a refusal has."""

REFUSALS: Final[Mapping[RefusalReason, Refusal]] = MappingProxyType(
    {
        NotRoutedReason.NO_VOICE_MAIL: Refusal(480, None, "The user has no voice mail"),
        NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED: Refusal(480, None, "The user is disabled for hosted voice mail"),
        NotRoutedReason.POLICY_WITHOUT_DESTINATION: Refusal(480, None, "The hosted voice mail policy names no Destination"),
        NotRoutedReason.NO_DIAL_PLAN: Refusal(480, None, "The UM dial plan does not exist"),
        NotRoutedReason.NO_UM_SERVER: Refusal(480, None, "The UM dial plan has no UM server"),
        CallFault.UNKNOWN_CALLEE: Refusal(404, 1003, "User does not exist"),
        CallFault.CONTACT_ON_2019_POOL: Refusal(
            500, 15000, "Unable to read the user properties publication for the user or contact object"
        ),
        CallFault.UNREACHABLE: Refusal(504, 15030, "Failed to route to Exchange Server"),
        CallFault.PROVIDER_UNREACHABLE: Refusal(504, None, "The hosting provider does not answer"),
        CallFault.REFUSED_AT_EDGE: Refusal(504, 1005, "Cannot route to destination domain"),
        CallFault.NO_TENANT: Refusal(404, None, "The service hosts none of the organizations"),
        CallFault.NO_OWNER: Refusal(404, None, "The call does not name one owner of the voice mail"),
        CallFault.NO_MAILBOX: Refusal(404, None, "The tenant has no mailbox of the user"),
        CallFault.VOICE_MAIL_NOT_ENABLED: Refusal(480, None, "Voice mail is not enabled for the user"),
    }
)
"""Status, ms-diagnostics id and reason of every refusal; read-only. Clauses: CALL-6, CALL-13, CALL-14."""


def response(reason: RefusalReason, source: str) -> SipResponse:
    """The response for a reason, from the host that refuses.

    Clauses: CALL-6, CALL-13, CALL-14
    """
    row = REFUSALS[reason]
    return SipResponse(row.status, PHRASES[row.status], row.error_id, row.reason, source)


def response_after_front_end(source: str, destination: str, organizations: tuple[str, ...]) -> SipResponse:
    """What leaves the Front End for the caller where a hop after it refuses a call to hosted UM.

    Args:
        source: The host of the Front End.
        destination: The Destination of the policy.
        organizations: The organizations that the Request-URI carries. The dial plan is published for one organization only.

    Clauses: CALL-18

    >>> response_after_front_end("pool01.contoso.com", "exap.um.outlook.com", ("corp.contoso.com",)).dialplan
    'Hosted__exap.um.outlook.com__corp.contoso.com'
    """
    row = REFUSALS[CallFault.UNREACHABLE]
    dialplan = f"Hosted__{destination}__{organizations[0]}" if len(organizations) == 1 else None
    return SipResponse(None, None, row.error_id, row.reason, source, dialplan)
