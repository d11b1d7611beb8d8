"""What a cmdlet returns: the objects that it prints, its warnings and its changes."""

import enum
from typing import Any, Final, TypeAlias

import attrs

from exum_routing.cmdlets.change import Administered, Change
from exum_routing.deployment import EdgeConfiguration
from exum_routing.replication import ReplicationStatus

Printed: TypeAlias = Administered | EdgeConfiguration | ReplicationStatus
"""What a cmdlet prints."""


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

    output: tuple[Printed, ...] = ()
    """The objects that it prints, in order."""
    warnings: tuple[str, ...] = ()
    """Its warnings, a sentence each."""
    changes: tuple[Change, ...] = ()
    """What it changes; one object at most."""


def given(**parameters: object) -> dict[str, Any]:
    """The parameters that were given."""
    return {name: value for name, value in parameters.items() if value is not NOT_GIVEN}
