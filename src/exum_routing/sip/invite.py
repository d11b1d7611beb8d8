"""The INVITE of a call: its Request-URI and its headers, as the wire has them.

Each regular expression stands under the ABNF rule (RFC 3261 section 25.1) that it implements, and is matched whole.
"""

import re
from collections.abc import Sequence
from typing import Final, Self

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import ExumRoutingError, InvalidInvite, InvalidSipUri
from exum_routing.fields import checked, several
from exum_routing.sip.names import SipAddress, address_of
from exum_routing.sip.uri import SipUri

# token = 1*( alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~" )
_TOKEN: Final = r"[A-Za-z0-9\-.!%*_+`'~]++"  # noqa: S105 - a grammar rule
# quoted-string = SWS DQUOTE *( qdtext / quoted-pair ) DQUOTE
_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
# display-name = *( token LWS ) / quoted-string
_DISPLAY_NAME: Final = rf"(?:{_QUOTED}|(?:{_TOKEN}[ \t]*+)*+)"
# generic-param = token [ EQUAL gen-value ]     gen-value = token / host / quoted-string
_PARAMETERS: Final = rf"(?:[ \t]*+;[ \t]*+{_TOKEN}(?:[ \t]*+=[ \t]*+(?:{_TOKEN}|\[[0-9A-Fa-f:.]++\]|{_QUOTED}))?)*+"
# from-spec = ( name-addr / addr-spec ) *( SEMI from-param )     name-addr = [ display-name ] LAQUOT addr-spec RAQUOT
_NAME_ADDR: Final = re.compile(rf"(?:{_DISPLAY_NAME}[ \t]*+<(?P<within>[^<>\s]++)>|(?P<bare>[^<>\s;,?\"]++)){_PARAMETERS}")
# absoluteURI = scheme ":" ( hier-part / opaque-part )
_ABSOLUTE_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+\-.]*:[!#-;=?-~]+")
_SIP_SCHEME: Final = re.compile("sips?:", re.IGNORECASE)

_HEADER_NAME: Final = re.compile(_TOKEN)
_UNFIT: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no header holds once it is unfolded: control characters but the tab, line separators, halves of surrogate pairs."""

_LONG_NAMES: Final = (
    "Accept-Contact=a Allow-Events=u Call-ID=i Contact=m Content-Encoding=e Content-Length=l Content-Type=c CSeq From=f "
    "Identity=y Max-Forwards Event=o Refer-To=r Referred-By=b Reject-Contact=j Request-Disposition=d Session-Expires=x "
    "Subject=s Supported=k To=t Via=v"
)
"""Header names as they are spelled, with the compact form that the registry of SIP has for each (RFC 3261 section 7.3.3)."""
_LONG_FORMS: Final = {
    key.lower(): long
    for long, _, compact in (one.partition("=") for one in _LONG_NAMES.split())
    for key in (long, compact)
    if key
}


_ADDRESSED: Final = ("from", "to")
"""The headers that every INVITE has once, and that hold an address."""


@names_wrong_types
def header_key(name: str) -> str:
    """What header names are compared by: the long form in lower case.

    Clauses: CALL-16

    >>> header_key("F"), header_key("Diversion")
    ('from', 'diversion')
    """
    return long_form(name).lower() if name.isascii() else name


@names_wrong_types
def long_form(name: str) -> str:
    """The long form of a header's name, as it is usually spelled; a name that is not known stays as it is.

    Clauses: CALL-16

    >>> long_form("f"), long_form("CONTENT-LENGTH"), long_form("X-a")
    ('From', 'Content-Length', 'X-a')
    """
    return _LONG_FORMS.get(name.lower(), name) if name.isascii() else name


class NameAddr(str):
    """The value of a From, To or Diversion header, as spelled: a URI, with or without a display name and parameters.

    Raises:
        InvalidInvite: Anything else.

    Clauses: CALL-16

    >>> NameAddr('"Bob" <sip:bob@fabrikam.com>;tag=1').uri
    'sip:bob@fabrikam.com'
    """

    __slots__ = ("_address", "_uri")
    _uri: str
    _address: SipAddress | None

    def __new__(cls, value: str) -> Self:
        """Check the value and read its parts."""
        if isinstance(value, cls):
            return value
        match = _NAME_ADDR.fullmatch(value) if isinstance(value, str) and not _UNFIT.search(value) else None
        uri = "" if match is None else match["within"] or match["bare"]
        if not _is_uri(uri):
            raise InvalidInvite(value, 'is no address of a SIP header: give "DISPLAY NAME" <URI>, with ;PARAMETERS or without')
        made = super().__new__(cls, value)
        made._uri, made._address = uri, address_of(uri)
        return made

    @property
    def uri(self) -> str:
        """The URI, as spelled."""
        return self._uri

    @property
    def address(self) -> SipAddress | None:
        """The SIP address that the URI's user and host make; None: it is none, as in ``<tel:+14255550100>``."""
        return self._address


def _is_uri(text: str) -> bool:
    if not _SIP_SCHEME.match(text):
        return _ABSOLUTE_URI.fullmatch(text) is not None
    try:
        SipUri.parse(text)
    except InvalidSipUri:
        return False
    return True


def _as_received(value: str) -> str:
    return str.__str__(value) if isinstance(value, str) else value


def _uri(invite: "Invite") -> SipUri:
    try:
        return SipUri.parse(invite.request_uri)
    except InvalidSipUri as error:
        error.place = "Invite.request_uri"
        raise


def _header(value: tuple[str, str]) -> tuple[str, str]:
    if not isinstance(value, tuple) or len(value) != 2 or not all(isinstance(part, str) for part in value):  # noqa: PLR2004
        raise InvalidInvite(value, "is no header: give a tuple of a name and a value")
    name, text = value
    if not _HEADER_NAME.fullmatch(name):
        raise InvalidInvite(name, "is no name of a SIP header: give an RFC 3261 token")
    if _UNFIT.search(text):
        raise InvalidInvite(text, f"is no value of {name}: take out control characters, line breaks and lone surrogates")
    stripped = text.strip(" \t")
    return name, _name_addr(name, text if text == stripped else stripped)


def _name_addr(name: str, text: str) -> str:
    """The NameAddr of a From or To, so that the next hop need not read it again; what is not one is refused in `_only`."""
    if header_key(name) not in _ADDRESSED:
        return text
    try:
        return NameAddr(text)
    except InvalidInvite:
        return text


def _address(invite: "Invite") -> SipAddress | None:
    return address_of(invite.request_uri)


def _headers(values: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(map(_header, several(values, InvalidInvite)))


def _body(value: bytes) -> bytes:
    if not isinstance(value, bytes):
        raise InvalidInvite(value, "is no body: give bytes")
    return value


def _only(invite: "Invite", name: str) -> NameAddr:
    values = invite.values(name)
    if len(values) != 1:
        raise InvalidInvite(values, f"is not one {name} header: give exactly one")
    try:
        return NameAddr(values[0])
    except ExumRoutingError as error:
        error.place = name
        raise


def _from(invite: "Invite") -> NameAddr:
    return _only(invite, "From")


def _to(invite: "Invite") -> NameAddr:
    return _only(invite, "To")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Invite:
    """The INVITE of a call. It is passed from hop to hop; every hop makes another.

    Raises:
        InvalidSipUri: The Request-URI is no SIP URI.
        InvalidInvite: A header is none, or there is not exactly one From and one To, each with an address.

    Clauses: CALL-16

    >>> invite = Invite.of_call("sip:bob@fabrikam.com", "sip:alice@contoso.com")
    >>> invite.request_uri, invite.from_.address, invite.to
    ('sip:alice@contoso.com', 'sip:bob@fabrikam.com', '<sip:alice@contoso.com>')
    """

    request_uri: str = attrs.field(converter=_as_received)
    """The Request-URI as received; a SIP URI."""
    uri: SipUri = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_uri, takes_self=True))
    """The Request-URI, parsed."""
    address: SipAddress | None = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_address, takes_self=True))
    """The SIP address that user and host of the Request-URI make; None: they make no SIP address."""
    headers: tuple[tuple[str, str], ...] = attrs.field(converter=_headers)
    """Names and values in order, From and To among them; unfolded, the names as spelled, no control characters."""
    body: bytes = attrs.field(default=b"", converter=_body)
    """What stands behind the headers; passed on as it is."""
    from_: NameAddr = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_from, takes_self=True))
    """The value of From: who calls."""
    to: NameAddr = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_to, takes_self=True))
    """The value of To: who was called."""

    @classmethod
    def of_call(cls, caller: str, callee: str, *, request_uri: str | None = None) -> Self:
        """A whole INVITE of one party to another, with every header that RFC 3261 asks for.

        Args:
            caller: The SIP address or URI that calls; ``sip:`` may be left out.
            callee: The SIP address or URI that is called; ``sip:`` may be left out.
            request_uri: The Request-URI, if another one than ``callee``.

        Raises:
            InvalidSipUri: One of them is no SIP URI.

        Clauses: CALL-16
        """
        calling, called = _with_scheme(caller), _with_scheme(callee)
        return cls(
            request_uri=called if request_uri is None else request_uri,
            headers=(
                ("Via", "SIP/2.0/TLS client.invalid;branch=z9hG4bK1"),
                ("Max-Forwards", "70"),
                ("From", f"<{calling}>;tag=1"),
                ("To", f"<{called}>"),
                ("Call-ID", "1@client.invalid"),
                ("CSeq", "1 INVITE"),
                ("Contact", "<sip:client.invalid;transport=tls>"),
                ("Content-Length", "0"),
            ),
        )

    def values(self, name: str) -> tuple[str, ...]:
        """The values of the headers with this name, in order; a compact form is the same name."""
        key = header_key(name)
        return tuple(value for spelled, value in self.headers if header_key(spelled) == key)

    def without(self, *names: str) -> tuple[tuple[str, str], ...]:
        """The headers with other names, in order."""
        keys = {header_key(name) for name in names}
        return tuple(header for header in self.headers if header_key(header[0]) not in keys)


def _with_scheme(text: str) -> str:
    spelled = text if not isinstance(text, str) or _SIP_SCHEME.match(text) else f"sip:{text}"
    SipUri.parse(spelled)
    return spelled
