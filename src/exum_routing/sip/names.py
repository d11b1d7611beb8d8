"""The names of SIP: Fqdn and SipAddress, by RFC 3261, each held in one spelling."""

import re
from typing import Final, Self
from urllib.parse import unquote

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import InvalidFqdn, InvalidSipAddress
from exum_routing.sip.grammar import ESCAPED, HOSTNAME, IPV4, UNRESERVED

_LONGEST_FQDN: Final = 255


_SIP_ADDRESS: Final = re.compile(rf"(?:[Ss][Ii][Pp]:)?((?:[{UNRESERVED}&=+$,/]++|{ESCAPED})++)@({HOSTNAME}|{IPV4})")


_FQDN: Final = re.compile(r"[A-Za-z0-9\-_]+(?:\.[A-Za-z0-9\-_]+)*")


_NEEDLESS_ESCAPE: Final = re.compile(rf"[{UNRESERVED}&=+$,/]")


_ONE_ESCAPE: Final = re.compile("%([0-9A-Fa-f]{2})")


_HOST_ONLY: Final = re.compile("[^:;?]*")


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
        return super().__new__(cls, str.lower(value))


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
        user, domain = match.groups() if match else ("", "")
        if not user or len(domain) > _LONGEST_FQDN:
            raise InvalidSipAddress(
                value, "is not a SIP address: give sip:user@domain in ASCII, without port, parameters, headers or password"
            )
        try:
            user = _canonical_user(user)
        except UnicodeDecodeError:
            raise InvalidSipAddress(value, "has escapes that are not UTF-8: escape the text's UTF-8 octets") from None
        return super().__new__(cls, f"sip:{user}@{domain.lower()}")

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


@names_wrong_types
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
