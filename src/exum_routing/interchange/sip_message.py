"""An INVITE as a SIP message: its octets, whose headers are read and written by the library ``sipmessage``.

The library keeps headers of one name together, at the place of the first; by RFC 3261, 7.3.1, their order among headers of
other names means nothing. Compact forms come out as the long ones, folded lines as one. The Request-URI passes it by: it would
escape the colon of ``opaque=app:voicemail`` (NAME-3).
"""

import re
from typing import Final

from exum_routing.errors import ExumRoutingError
from exum_routing.extras import needs
from exum_routing.sip import Invite

with needs("sip"):
    import sipmessage

# LWS = [ *WSP CRLF ] 1*WSP
_FOLD: Final = re.compile(rb"[ \t]*\r\n[ \t]+")
# Request-Line = Method SP Request-URI SP SIP-Version CRLF
_REQUEST_LINE: Final = re.compile(rb"INVITE (?P<uri>[^ \r\n]+) SIP/2\.0")
_ANY_REQUEST_LINE: Final = b"INVITE sip:example.invalid SIP/2.0\r\n"
_TYPED: Final = ("via", "cseq", "call_id", "max_forwards", "content_length")
"""The headers beside From and To that the library reads into more than text; each is legal where it is there."""


class InvalidSipMessage(ExumRoutingError):
    """Octets that are no INVITE. Clauses: CALL-16."""


def read_invite(message: bytes) -> Invite:
    r"""The INVITE that the octets of a SIP message spell.

    Args:
        message: The whole message, lines ended by CR LF; one that ends without an empty line has no body.

    Raises:
        InvalidSipMessage: The octets are no SIP message, or not an INVITE's.
        InvalidSipUri: The Request-URI is no SIP URI.
        InvalidInvite: A header is none, or there is not exactly one From and one To.

    Clauses: CALL-16

    >>> read_invite(b"INVITE sip:alice@contoso.com SIP/2.0\r\nf: sip:bob@contoso.com\r\nt: sip:alice@contoso.com\r\n\r\n").to
    'sip:alice@contoso.com'
    """
    if not isinstance(message, bytes):
        raise InvalidSipMessage(message, "is no SIP message: give its octets")
    head, _, body = message.partition(b"\r\n\r\n")
    request_line, _, lines = _FOLD.sub(b" ", head.removesuffix(b"\r\n")).partition(b"\r\n")
    match = _REQUEST_LINE.fullmatch(request_line)
    if match is None:
        raise InvalidSipMessage(request_line, "is not the first line of an INVITE: give INVITE REQUEST-URI SIP/2.0")
    try:
        uri = match["uri"].decode()
        parsed = sipmessage.Message.parse(_ANY_REQUEST_LINE + lines + b"\r\n\r\n" + body)
        length = [_typed(parsed, field) for field in _TYPED][-1]
    except UnicodeDecodeError as error:
        raise InvalidSipMessage(error.object, f"is not UTF-8 at byte {error.start}: give headers in UTF-8") from None
    except (ValueError, TypeError) as error:
        raise InvalidSipMessage(head, f"holds a header that is none ({error}): give headers of RFC 3261, 25.1") from None
    if length is not None and length != len(body):
        raise InvalidSipMessage(length, f"is Content-Length, but the body has {len(body)} octets: give the whole message")
    headers = tuple((name, value) for name in parsed.headers.keys() for value in parsed.headers.getlist(name))  # noqa: SIM118
    return Invite(request_uri=uri, headers=headers, body=body)


def _typed(message: "sipmessage.Request | sipmessage.Response", field: str) -> object:
    """A header as the library reads it; None: it is not there."""
    try:
        return getattr(message, field)
    except KeyError:
        return None


def write_invite(invite: Invite) -> bytes:
    r"""The octets of an INVITE.

    Clauses: CALL-16

    >>> write_invite(Invite.of_call("bob@contoso.com", "alice@contoso.com")).partition(b"\r\n")[0]
    b'INVITE sip:alice@contoso.com SIP/2.0'
    """
    headers = sipmessage.Headers()
    for name, value in invite.headers:
        headers.add(name, value)
    return f"INVITE {invite.request_uri} SIP/2.0\r\n{headers}".encode() + invite.body
