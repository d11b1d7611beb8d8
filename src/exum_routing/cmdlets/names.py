"""How a cmdlet finds the user that it is to change, and what a distinguished name is."""

import re
from typing import Final

from exum_routing.cmdlets.view import View
from exum_routing.deployment import User
from exum_routing.errors import AmbiguousIdentity, InvalidValue, UnknownIdentity

_NAMED: Final = 5
"""Users whom a refusal names at most."""


def the_user(view: View, identity: str) -> User:
    """The one user whom an Identity fits.

    Raises:
        UnknownIdentity: It fits nobody.
        AmbiguousIdentity: It fits several.

    Clauses: CMD-13
    """
    found = view.users_named(identity)
    if not found:
        raise UnknownIdentity(identity, "is no user: give a SIP address, UPN, DOMAIN\\NAME, display name or distinguished name")
    if len(found) > 1:
        named = ", ".join(user.sip_address for user in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        raise AmbiguousIdentity(identity, f"fits {len(found)} users, {named}{more}: give one of their SIP addresses")
    return found[0]


_DISTINGUISHED_NAME: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9.-]*=(\\.|[^,\\])+(,\s*[A-Za-z][A-Za-z0-9.-]*=(\\.|[^,\\])+)*", re.DOTALL
)


def distinguished_name(ou: str) -> str:
    """The distinguished name of an organizational unit, as it is written.

    Raises:
        InvalidValue: It is not one.

    >>> distinguished_name("OU=Finance,DC=contoso,DC=com")
    'OU=Finance,DC=contoso,DC=com'
    """
    if not isinstance(ou, str) or not _DISTINGUISHED_NAME.fullmatch(ou):
        raise InvalidValue(ou, "is not a distinguished name: use one such as OU=Finance,DC=contoso,DC=com")
    return ou
