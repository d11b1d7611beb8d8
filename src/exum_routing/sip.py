"""Names and URIs of SIP: Fqdn, SipAddress and SipUri, by RFC 3261.

Each regular expression stands under the ABNF rule (RFC 3261 section 25.1) that it implements, and is matched whole. Those of a
whole URI are compiled when the first one is read, so that an import does not pay for them.
"""

import re
from collections.abc import Sequence
from typing import Final, Self
from urllib.parse import quote, unquote

import attrs

from exum_routing.errors import InvalidFqdn, InvalidSipAddress, InvalidSipUri
from exum_routing.fields import placed, several

_LONGEST_FQDN: Final = 255
HIGHEST_PORT: Final = 65535
"""The highest TCP port."""

# unreserved = alphanum / mark       mark = "-" / "_" / "." / "!" / "~" / "*" / "'" / "(" / ")"
_UNRESERVED: Final = r"A-Za-z0-9\-_.!~*'()"
# escaped = "%" HEXDIG HEXDIG
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}"
# user = 1*( unreserved / escaped / user-unreserved )     user-unreserved = "&" / "=" / "+" / "$" / "," / ";" / "?" / "/"
_USER: Final = rf"(?:[{_UNRESERVED}&=+$,;?/]|{_ESCAPED})+"
# password = *( unreserved / escaped / "&" / "=" / "+" / "$" / "," )
_PASSWORD: Final = rf"(?:[{_UNRESERVED}&=+$,]|{_ESCAPED})*"
# hostname = *( domainlabel "." ) toplabel [ "." ]     domainlabel = alphanum / alphanum *( alphanum / "-" ) alphanum
# toplabel = ALPHA / ALPHA *( alphanum / "-" ) alphanum
_LABEL_REST: Final = "(?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOSTNAME: Final = rf"(?:[A-Za-z0-9]{_LABEL_REST}\.)*[A-Za-z]{_LABEL_REST}"
# IPv4address = 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT
_IPV4: Final = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
# IPv6address = hexpart [ ":" IPv4address ]     hexpart = hexseq / hexseq "::" [ hexseq ] / "::" [ hexseq ]
# hexseq = hex4 *( ":" hex4 )     hex4 = 1*4HEXDIG
_HEXSEQ: Final = "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*"
_IPV6: Final = rf"\[(?:{_HEXSEQ}(?:::(?:{_HEXSEQ})?)?|::(?:{_HEXSEQ})?)(?::{_IPV4})?\]"
# host = hostname / IPv4address / IPv6reference
_HOST: Final = rf"{_HOSTNAME}\.?|{_IPV4}|{_IPV6}"
# paramchar = param-unreserved / unreserved / escaped     param-unreserved = "[" / "]" / "/" / ":" / "&" / "+" / "$"
_PARAMCHARS: Final = rf"(?:[{_UNRESERVED}\[\]/:&+$]|{_ESCAPED})+"
# uri-parameters = *( ";" uri-parameter )     other-param = pname [ "=" pvalue ]
_PARAMETERS: Final = rf"(?:;{_PARAMCHARS}(?:={_PARAMCHARS})?)*"
# hname = 1*( hnv-unreserved / unreserved / escaped )     hvalue = *( the same )
# hnv-unreserved = "[" / "]" / "/" / "?" / ":" / "+" / "$"
_HEADERCHAR: Final = rf"(?:[{_UNRESERVED}\[\]/?:+$]|{_ESCAPED})"
# headers = "?" header *( "&" header )     header = hname "=" hvalue
_HEADERS: Final = rf"{_HEADERCHAR}+={_HEADERCHAR}*(?:&{_HEADERCHAR}+={_HEADERCHAR}*)*"
# SIP-URI = "sip:" [ userinfo ] hostport uri-parameters [ headers ]     hostport = host [ ":" port ]
_SIP_URI: Final = (
    rf"(?P<scheme>[Ss][Ii][Pp][Ss]?):(?:(?P<user>{_USER})(?::(?P<password>{_PASSWORD}))?@)?"
    rf"(?P<host>{_HOST})(?::(?P<port>[0-9]+))?(?P<parameters>{_PARAMETERS})(?:\?(?P<headers>{_HEADERS}))?"
)
_SIP_ADDRESS: Final = re.compile(
    rf"(?:[Ss][Ii][Pp]:)?(?P<user>(?:[{_UNRESERVED}&=+$,/]|{_ESCAPED})+)@(?P<domain>{_HOSTNAME}|{_IPV4})"
)
_FQDN: Final = re.compile(r"[A-Za-z0-9\-_]+(?:\.[A-Za-z0-9\-_]+)*")
_NEEDLESS_ESCAPE: Final = re.compile(rf"[{_UNRESERVED}&=+$,/]")
_ONE_ESCAPE: Final = re.compile("%([0-9A-Fa-f]{2})")

_HOST_ONLY: Final = re.compile("[^:;?]*")

_RAW_IN_USER: Final = "!*'()&=+$,;?/"
_RAW_IN_PASSWORD: Final = "!*'()&=+$,"  # noqa: S105 - characters, no password
_RAW_IN_PARAMETER: Final = "!*'()[]/:&+$"
_RAW_IN_HEADER: Final = "!*'()[]/?:+$"


class Fqdn(str):
    """A fully qualified domain name, held in lower case.

    1 to 255 ASCII characters: labels of letters, digits, ``-`` and ``_`` joined by single dots. One label is enough. An
    internationalised name is given as A-labels (``xn--``).

    Raises:
        InvalidFqdn: Anything else.

    Clauses: NAME-1

    >>> Fqdn("Exap.UM.Outlook.com")
    'exap.um.outlook.com'
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check the name and hold it in lower case."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str) or len(value) > _LONGEST_FQDN or not _FQDN.fullmatch(value):
            raise InvalidFqdn(
                value,
                "is not an FQDN: give at most 255 ASCII characters, labels of letters, digits, '-' and '_' joined by "
                "single dots, without port or trailing dot",
            )
        return super().__new__(cls, value.lower())


def optional_fqdn(value: str | None) -> Fqdn | None:
    """An FQDN, or None where there is none.

    Raises:
        InvalidFqdn: As ``Fqdn`` does.

    Clauses: NAME-1
    """
    return None if value is None else Fqdn(value)


class SipAddress(str):
    """The SIP address of a user or a contact, ``sip:user@domain``, held in lower case.

    ``sip:`` may be left out on input. There is no port, parameter, header or password; the domain is a host by RFC 3261.
    What need not be escaped in the user part is not.

    Raises:
        InvalidSipAddress: Anything else.

    Clauses: NAME-2, NAME-5

    >>> SipAddress("Alice@Contoso.com")
    'sip:alice@contoso.com'
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check the address and hold it in its canonical spelling."""
        if isinstance(value, cls):
            return value
        match = _SIP_ADDRESS.fullmatch(value) if isinstance(value, str) else None
        if match is None or len(match["domain"]) > _LONGEST_FQDN:
            raise InvalidSipAddress(
                value, "is not a SIP address: give sip:user@domain in ASCII, without port, parameters, headers or password"
            )
        try:
            user = _canonical_user(match["user"])
        except UnicodeDecodeError:
            raise InvalidSipAddress(value, "has escapes that are not UTF-8: escape the text's UTF-8 octets") from None
        return super().__new__(cls, f"sip:{user}@{match['domain'].lower()}")

    @property
    def user(self) -> str:
        """The part before the ``@``, escaped as on the wire."""
        return self[4:].rpartition("@")[0]

    @property
    def domain(self) -> Fqdn:
        """The SIP domain, the part after the ``@``."""
        return Fqdn(self.rpartition("@")[2])


def _canonical_user(escaped: str) -> str:
    if "%" not in escaped:
        return escaped.lower()
    unquote(escaped, errors="strict")
    return _ONE_ESCAPE.sub(_unescaped_if_needless, escaped.lower())


def _unescaped_if_needless(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character.lower() if _NEEDLESS_ESCAPE.fullmatch(character) else escape[0].upper()


def spelled_address(uri: str) -> str:
    """Scheme, userinfo and host of a SIP URI as it spells them: raw and escaped delimiters are not the same in a user.

    Clauses: NAME-2, NAME-3

    >>> spelled_address("sip:alice%3Bx@contoso.com:5061;lr?subject=x")
    'sip:alice%3Bx@contoso.com'
    """
    userinfo, _, behind = uri.partition("@")
    return f"{userinfo}@{_HOST_ONLY.match(behind)[0]}"  # type: ignore[index] # it matches any text


def address_of(uri: str) -> SipAddress | None:
    """The SIP address that user and host of a SIP URI make, whatever its scheme, port, parameters and headers; None: none.

    Clauses: NAME-2

    >>> address_of("sips:Alice@contoso.com:5061;gruu")
    'sip:alice@contoso.com'
    >>> address_of("tel:+14255550100") is None
    True
    """
    address = spelled_address(uri)
    if address[:5].lower() == "sips:":
        address = f"sip:{address[5:]}"
    try:
        return SipAddress(address)
    except InvalidSipAddress:
        return None


def escaped_parameter(value: str) -> str:
    """The text as it stands on the wire as the name or the value of a URI parameter.

    Clauses: NAME-3

    >>> escaped_parameter("a;b,c")
    'a%3Bb%2Cc'
    """
    return value if _FQDN.fullmatch(value) else quote(value, safe=_RAW_IN_PARAMETER)


def _scheme(value: str) -> str:
    if not isinstance(value, str) or value not in ("sip", "sips"):
        raise InvalidSipUri(value, "is no scheme of a SIP URI: give 'sip' or 'sips'")
    return value


def _encodable(value: str) -> str:
    if not isinstance(value, str):
        raise InvalidSipUri(value, "is not a text: give a string, not escaped")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidSipUri(value, "has half of a surrogate pair: take it out") from None
    return value


def _user(value: str | None) -> str | None:
    if value == "":
        raise InvalidSipUri(value, "is no user part: give at least one character, or None")
    return None if value is None else _encodable(value)


def _password(value: str | None) -> str | None:
    return None if value is None else _encodable(value)


def _host(value: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(_HOST, value):
        raise InvalidSipUri(value, "is no host of a SIP URI: give a hostname (no '_'), an IPv4 or a bracketed IPv6 address")
    return value.lower()


def _port(value: int | None) -> int | None:
    if value is None or (type(value) is int and 1 <= value <= HIGHEST_PORT):
        return value
    raise InvalidSipUri(value, "is no port: give 1 to 65535, or None")


def _pair(value: tuple[str, str | None]) -> tuple[str, str | None]:
    if not isinstance(value, tuple) or len(value) != 2 or not value[0]:  # noqa: PLR2004 - a pair has two
        raise InvalidSipUri(value, "is no pair of a name and a value: give a tuple of two, the name not empty")
    return _encodable(value[0]).lower(), None if value[1] is None else _encodable(value[1])


def _parameters(values: Sequence[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    pairs = tuple(_pair(value) for value in several(values, InvalidSipUri))
    seen: set[str] = set()
    for parameter, value in pairs:
        if value == "":
            raise InvalidSipUri(parameter, "has an empty value: give at least one character, or None for no value")
        if parameter in seen:
            raise InvalidSipUri(parameter, "occurs twice among the parameters: keep one (RFC 3261, 19.1.1)")
        seen.add(parameter)
    return pairs


def _headers(values: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for header, value in (_pair(value) for value in several(values, InvalidSipUri)):
        if value is None:
            raise InvalidSipUri(header, "has no value: give a text, which may be empty")
        pairs.append((header, value))
    return tuple(pairs)


@attrs.frozen(kw_only=True, field_transformer=placed)
class SipUri:
    """A SIP URI. Its fields hold plain text; ``str()`` escapes what may not stand raw, and nothing else.

    Raises:
        InvalidSipUri: A part that no SIP URI has.

    Clauses: NAME-3, NAME-4, NAME-5

    >>> uri = SipUri.parse("SIP:alice@Contoso.com;gruu;opaque=app%3Avoicemail")
    >>> str(uri)
    'sip:alice@contoso.com;gruu;opaque=app:voicemail'
    >>> uri.is_voicemail
    True
    """

    scheme: str = attrs.field(default="sip", converter=_scheme)
    """``sip`` or ``sips``."""
    user: str | None = attrs.field(default=None, converter=_user)
    """The user part, not escaped; None: the URI names a host only."""
    password: str | None = attrs.field(default=None, converter=_password)
    """The password, not escaped; it stands only behind a user."""
    host: str = attrs.field(converter=_host)
    """Hostname, IPv4 address or IPv6 reference, in lower case."""
    port: int | None = attrs.field(default=None, converter=_port)
    """1 to 65535; None: not given."""
    parameters: tuple[tuple[str, str | None], ...] = attrs.field(default=(), converter=_parameters)
    """Names, in lower case and once each, with their values, not escaped; None: the parameter has no value."""
    headers: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_headers)
    """Names, in lower case, with their values, not escaped."""

    def __attrs_post_init__(self) -> None:
        """A password needs a user."""
        if self.password is not None and self.user is None:
            raise InvalidSipUri(self.password, "is a password without a user: give the user too")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The URI that a text spells.

        Raises:
            InvalidSipUri: The text is no SIP URI.

        Clauses: NAME-3, NAME-5
        """
        match = re.fullmatch(_SIP_URI, text) if isinstance(text, str) else None
        if match is None:
            raise InvalidSipUri(text, "is not a SIP URI: give sip:user@host with parts as RFC 3261, 25.1 has them")
        parts = match.groupdict(default="")
        parameters = (parameter.partition("=") for parameter in parts["parameters"].split(";")[1:])
        headers = (header.partition("=") for header in parts["headers"].split("&") if header)
        try:
            return cls(
                scheme=parts["scheme"].lower(),
                user=_unescaped(match["user"]),
                password=_unescaped(match["password"]),
                host=parts["host"],
                port=_port_number(match["port"]),
                parameters=tuple((unquote(key, errors="strict"), _unescaped(value or None)) for key, _, value in parameters),
                headers=tuple((unquote(key, errors="strict"), unquote(value, errors="strict")) for key, _, value in headers),
            )
        except UnicodeDecodeError:
            raise InvalidSipUri(text, "has escapes that are not UTF-8: escape the text's UTF-8 octets") from None

    @property
    def is_voicemail(self) -> bool:
        """Whether the URI means a user's voice mail.

        Clauses: NAME-4
        """
        return (self.parameter("opaque") or "").lower() == "app:voicemail"

    def parameter(self, name: str) -> str | None:
        """The value of the parameter with this name, in any case; None: there is none, or it has no value.

        Clauses: NAME-3

        >>> SipUri.parse("sip:alice@contoso.com;User=phone;lr").parameter("user")
        'phone'
        """
        return dict(self.parameters).get(name.lower())

    def __str__(self) -> str:
        """The URI on the wire."""
        userinfo = "" if self.user is None else quote(self.user, safe=_RAW_IN_USER)
        if self.password is not None:
            userinfo += ":" + quote(self.password, safe=_RAW_IN_PASSWORD)
        parameters = "".join(
            f";{escaped_parameter(name)}" + ("" if value is None else f"={escaped_parameter(value)}")
            for name, value in self.parameters
        )
        headers = "&".join(
            f"{quote(name, safe=_RAW_IN_HEADER)}={quote(value, safe=_RAW_IN_HEADER)}" for name, value in self.headers
        )
        return (
            f"{self.scheme}:{userinfo}{'' if self.user is None else '@'}{self.host}"
            f"{'' if self.port is None else f':{self.port}'}{parameters}{'?' if headers else ''}{headers}"
        )


def _unescaped(text: str | None) -> str | None:
    return None if text is None else unquote(text, errors="strict")


def _port_number(digits: str | None) -> int | None:
    if digits is None:
        return None
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(HIGHEST_PORT)):
        raise InvalidSipUri(digits, "is no port: give 1 to 65535")
    return int(significant)
