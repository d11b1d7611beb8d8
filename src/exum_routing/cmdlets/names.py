"""How a cmdlet finds the user that it is to change, and what a distinguished name is."""

import re
from collections.abc import Sequence
from typing import Final, cast

from exum_routing.cmdlets.view import View, has_wildcard
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
    found = addresses_fitted(view, identity)
    if not found:
        raise UnknownIdentity(identity, "is no user: give a SIP address, UPN, DOMAIN\\NAME, display name or distinguished name")
    if len(found) > 1:
        raise AmbiguousIdentity(identity, f"fits {len(found)} users, {_some(found)}: give one of their SIP addresses")
    return cast(User, view.user(found[0]))


def addresses_fitted(view: View, identity: str) -> Sequence[str]:
    """The SIP addresses of all users whom an Identity fits."""
    if has_wildcard(identity):
        return [user.sip_address for user in view.users_named(identity)]
    return view.addresses_named(identity)


def _some(addresses: Sequence[str]) -> str:
    more = f" and {len(addresses) - _NAMED} more" if len(addresses) > _NAMED else ""
    return f"{', '.join(addresses[:_NAMED])}{more}"


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
