"""SIP URIs, by RFC 3261.

Each regular expression stands under the ABNF rule (RFC 3261 section 25.1) that it implements, and is matched whole. Those of a
whole URI are compiled when the first one is read, so that an import does not pay for them.
"""

import functools
import re
from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import Final, Self
from urllib.parse import quote, unquote

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import InvalidSipUri
from exum_routing.fields import checked, several
from exum_routing.sip.grammar import ESCAPED, HOSTNAME, IPV4, UNRESERVED
from exum_routing.sip.names import _FQDN

HIGHEST_PORT: Final = 65535
"""The highest TCP port."""


# user = 1*( unreserved / escaped / user-unreserved )     user-unreserved = "&" / "=" / "+" / "$" / "," / ";" / "?" / "/"
_USER: Final = rf"(?:[{UNRESERVED}&=+$,;?/]|{ESCAPED})+"


# password = *( unreserved / escaped / "&" / "=" / "+" / "$" / "," )
_PASSWORD: Final = rf"(?:[{UNRESERVED}&=+$,]|{ESCAPED})*"


# IPv6address = hexpart [ ":" IPv4address ]     hexpart = hexseq / hexseq "::" [ hexseq ] / "::" [ hexseq ]
# hexseq = hex4 *( ":" hex4 )     hex4 = 1*4HEXDIG
_HEXSEQ: Final = "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*"


_IPV6: Final = rf"\[(?:{_HEXSEQ}(?:::(?:{_HEXSEQ})?)?|::(?:{_HEXSEQ})?)(?::{IPV4})?\]"


# host = hostname / IPv4address / IPv6reference
_HOST: Final = rf"{HOSTNAME}\.?|{IPV4}|{_IPV6}"


# paramchar = param-unreserved / unreserved / escaped     param-unreserved = "[" / "]" / "/" / ":" / "&" / "+" / "$"
_PARAMCHARS: Final = rf"(?:[{UNRESERVED}\[\]/:&+$]|{ESCAPED})+"


# uri-parameters = *( ";" uri-parameter )     other-param = pname [ "=" pvalue ]
_PARAMETERS: Final = rf"(?:;{_PARAMCHARS}(?:={_PARAMCHARS})?)*"


# hname = 1*( hnv-unreserved / unreserved / escaped )     hvalue = *( the same )
# hnv-unreserved = "[" / "]" / "/" / "?" / ":" / "+" / "$"
_HEADERCHAR: Final = rf"(?:[{UNRESERVED}\[\]/?:+$]|{ESCAPED})"


# headers = "?" header *( "&" header )     header = hname "=" hvalue
_HEADERS: Final = rf"{_HEADERCHAR}+={_HEADERCHAR}*(?:&{_HEADERCHAR}+={_HEADERCHAR}*)*"


# SIP-URI = "sip:" [ userinfo ] hostport uri-parameters [ headers ]     hostport = host [ ":" port ]
_SIP_URI: Final = (
    rf"(?P<scheme>[Ss][Ii][Pp][Ss]?):(?:(?P<user>{_USER})(?::(?P<password>{_PASSWORD}))?@)?"
    rf"(?P<host>{_HOST})(?::(?P<port>[0-9]+))?(?P<parameters>{_PARAMETERS})(?:\?(?P<headers>{_HEADERS}))?"
)


_RAW_IN_USER: Final = "!*'()&=+$,;?/"


_RAW_IN_PASSWORD: Final = "!*'()&=+$,"  # noqa: S105 - characters, no password


_RAW_IN_PARAMETER: Final = "!*'()[]/:&+$"


_RAW_IN_HEADER: Final = "!*'()[]/?:+$"


@names_wrong_types
@functools.lru_cache(1024)
def escaped_parameter(value: str) -> str:
    """The text as it stands on the wire as the name or the value of a URI parameter.

    Raises:
        InvalidSipUri: It holds half of a surrogate pair.

    Clauses: NAME-3

    >>> escaped_parameter("a;b,c")
    'a%3Bb%2Cc'
    """
    return value if _FQDN.fullmatch(value) else quote(_encodable(value), safe=_RAW_IN_PARAMETER)


_LOWER_CASE: Final = str.maketrans(ascii_uppercase, ascii_lowercase)


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
    return str.lower(value)


def _port(value: int | None) -> int | None:
    if value is None or (type(value) is int and 1 <= value <= HIGHEST_PORT):
        return value
    raise InvalidSipUri(value, "is no port: give 1 to 65535, or None")


def _pair(value: tuple[str, str | None]) -> tuple[str, str | None]:
    if not isinstance(value, tuple) or len(value) != 2 or not value[0]:  # noqa: PLR2004 - a pair has two
        raise InvalidSipUri(value, "is no pair of a name and a value: give a tuple of two, the name not empty")
    return _lower(_encodable(value[0])), None if value[1] is None else _encodable(value[1])


def _lower(name: str) -> str:
    """A name of a parameter or a header in lower case: A to Z, which are all the letters that have a case there."""
    return str.lower(name) if str.isascii(name) else str.translate(name, _LOWER_CASE)


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


@attrs.frozen(kw_only=True, field_transformer=checked)
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
                scheme=str.lower(parts["scheme"]),
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
        return dict(self.parameters).get(_lower(name))

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
