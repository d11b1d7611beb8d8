"""An INVITE as a SIP message: its octets, framed and split here, the grammar of its headers held by the library ``sipmessage``.

There is one framing: exactly one Content-Length, which counts the octets of the body. What is read has it, and what is written
has it. Compact forms come out as the long ones, folded lines as one.
"""

import re
from collections.abc import Iterator
from typing import Final

from exum_routing.errors import ExumRoutingError
from exum_routing.extras import needs
from exum_routing.sip import Invite, long_form

with needs("sip"):
    import sipmessage

# LWS = [ *WSP CRLF ] 1*WSP
_FOLD: Final = re.compile(rb"[ \t]*\r\n[ \t]+")
# Request-Line = Method SP Request-URI SP SIP-Version CRLF
_REQUEST_LINE: Final = re.compile(rb"INVITE (?P<uri>[^ \r\n]+) SIP/2\.0")
# header-name HCOLON header-value     HCOLON = *( SP / HTAB ) ":" SWS     header-name = token
_HEADER: Final = re.compile(rb"(?P<name>[A-Za-z0-9\-.!%*_+`'~]+)[ \t]*:(?P<value>.*)", re.DOTALL)
_ANY_REQUEST_LINE: Final = "INVITE sip:example.invalid SIP/2.0\r\n"
_NUMBER: Final = re.compile(r"[0-9]{1,10}")
# CSeq = 1*DIGIT LWS Method     Max-Forwards = 1*DIGIT     callid = word [ "@" word ]
_GRAMMARS: Final = (
    ("CSeq", re.compile(r"(?P<number>[0-9]{1,10})[ \t]+INVITE"), 2**31 - 1),
    ("Max-Forwards", re.compile(r"(?P<number>[0-9]{1,10})"), 255),
    ("Call-ID", re.compile(r"(?P<number>)[^\s@]+(@[^\s@]+)?"), 0),
)
"""Headers that an INVITE has once at most: the grammar of each, and the largest number that it may hold."""
CONTENT_LENGTH: Final = "Content-Length"
"""The name of the header that counts the octets of the body."""


class InvalidSipMessage(ExumRoutingError):
    """Octets that are no INVITE. Clauses: CALL-16."""


def read_invite(message: bytes) -> Invite:
    r"""The INVITE that the octets of a SIP message spell.

    Args:
        message: The whole message, lines ended by CR LF; one that ends without an empty line has no body.

    Raises:
        InvalidSipMessage: The octets are no SIP message, or not an INVITE's, or their Content-Length is not that of the body.
        InvalidSipUri: The Request-URI is no SIP URI.
        InvalidInvite: A header's value is none, or there is not exactly one From and one To.

    Clauses: CALL-16

    >>> lines = b"f: sip:bob@contoso.com\r\nt: sip:alice@contoso.com\r\nl: 0\r\n\r\n"
    >>> read_invite(b"INVITE sip:alice@contoso.com SIP/2.0\r\n" + lines).to
    'sip:alice@contoso.com'
    """
    if not isinstance(message, bytes):
        raise InvalidSipMessage(message, "is no SIP message: give its octets")
    head, _, body = message.partition(b"\r\n\r\n")
    request_line, *lines = _FOLD.sub(b" ", head.removesuffix(b"\r\n")).split(b"\r\n")
    match = _REQUEST_LINE.fullmatch(request_line)
    if match is None:
        raise InvalidSipMessage(request_line, "is not the first line of an INVITE: give INVITE REQUEST-URI SIP/2.0")
    try:
        uri, headers = match["uri"].decode(), tuple(map(_header, lines))
    except UnicodeDecodeError as error:
        raise InvalidSipMessage(error.object, f"is not UTF-8 at byte {error.start}: give headers in UTF-8") from None
    _check_length(headers, body)
    invite = Invite(request_uri=uri, headers=headers, body=body)
    for name in _faulty(invite):
        raise InvalidSipMessage(invite.values(name), f"is no value of {name}: give what RFC 3261, 25.1 has for it")
    return invite


def _header(line: bytes) -> tuple[str, str]:
    """The name of a header, in its long form, and its value."""
    match = _HEADER.fullmatch(line)
    if match is None:
        raise InvalidSipMessage(line, "is not a header: give NAME: VALUE, the name an RFC 3261 token")
    return long_form(match["name"].decode()), match["value"].strip(b" \t").decode()


def _check_length(headers: tuple[tuple[str, str], ...], body: bytes) -> None:
    """Exactly one Content-Length, in digits, that counts the body; whatever else there is may be read as two messages."""
    lengths = tuple(value for name, value in headers if name == CONTENT_LENGTH)
    if len(lengths) != 1 or not _NUMBER.fullmatch(lengths[0]):
        raise InvalidSipMessage(lengths, f"is not one Content-Length in digits: give Content-Length: {len(body)}")
    if int(lengths[0]) != len(body):
        raise InvalidSipMessage(lengths[0], f"is Content-Length, but the body has {len(body)} octets: give the whole message")


def _faulty(invite: Invite) -> Iterator[str]:
    """The names of headers that are there and do not follow their grammar."""
    for name, grammar, largest in _GRAMMARS:
        matches = [grammar.fullmatch(value) for value in invite.values(name)]
        if len(matches) > 1 or any(match is None or int(match["number"] or 0) > largest for match in matches):
            yield name
    if not _is_via(invite.values("Via")):
        yield "Via"


def _is_via(values: tuple[str, ...]) -> bool:
    """Whether the library reads these as Via; of several it reads every one."""
    lines = "".join(f"Via: {value}\r\n" for value in values)
    try:
        return not values or bool(sipmessage.Message.parse(f"{_ANY_REQUEST_LINE}{lines}\r\n".encode()).via)
    except (ValueError, TypeError, KeyError):
        return False


def write_invite(invite: Invite) -> bytes:
    r"""The octets of an INVITE, with one Content-Length that counts its body, whatever its headers say.

    Raises:
        InvalidSipMessage: It is not an Invite.

    Clauses: CALL-16

    >>> write_invite(Invite.of_call("bob@contoso.com", "alice@contoso.com")).partition(b"\r\n")[0]
    b'INVITE sip:alice@contoso.com SIP/2.0'
    """
    if not isinstance(invite, Invite):
        raise InvalidSipMessage(invite, "is not an Invite: use one")
    length = (CONTENT_LENGTH, str(len(invite.body)))
    headers = [(long_form(name), value) for name, value in invite.headers]
    names = [name for name, _ in headers]
    at = names.index(CONTENT_LENGTH) if CONTENT_LENGTH in names else len(names)
    framed = [*headers[:at], length, *(header for header in headers[at:] if header[0] != CONTENT_LENGTH)]
    lines = "".join(f"{name}: {value}\r\n" for name, value in framed)
    return f"INVITE {invite.request_uri} SIP/2.0\r\n{lines}\r\n".encode() + invite.body
