"""What a cmdlet gives, and how it finds the user that it is to change."""

import enum
from typing import Any, Final

import attrs

from exum_routing.deployment import User
from exum_routing.errors import AmbiguousIdentity, UnknownIdentity
from exum_routing.view import Administered, Change, View

_NAMED: Final = 5
"""Users whom a refusal names at most."""


class NotGiven(enum.Enum):
    """A parameter that was not given; ``None`` is PowerShell's ``$null``."""

    NOT_GIVEN = "not given"
    """The parameter was not given."""


NOT_GIVEN: Final = NotGiven.NOT_GIVEN
"""The parameter was not given."""


@attrs.frozen
class CmdletResult:
    """What a cmdlet prints, what it warns of, and what it changes.

    Clauses: CMD-13
    """

    output: tuple[Administered, ...] = ()
    """The objects that it prints, in order."""
    warnings: tuple[str, ...] = ()
    """Its warnings, a sentence each."""
    changes: tuple[Change, ...] = ()
    """What it changes; one object at most."""


def given(**parameters: object) -> dict[str, Any]:
    """The parameters that were given."""
    return {name: value for name, value in parameters.items() if value is not NOT_GIVEN}


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
