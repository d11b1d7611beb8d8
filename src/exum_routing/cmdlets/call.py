"""The steps of a plan: calls of cmdlets, each with the reason for it."""

from collections.abc import Callable
from typing import Self

import attrs

from exum_routing.cmdlets.result import CmdletResult
from exum_routing.cmdlets.users import set_cs_user
from exum_routing.cmdlets.view import View
from exum_routing.reading import CmdletReading


@attrs.frozen
class CmdletCall:
    """One call of a cmdlet.

    Clauses: CMD-13
    """

    function: Callable[..., CmdletResult]
    """The cmdlet's function."""
    arguments: tuple[tuple[str, object], ...]
    """Its arguments by name, in the order in which a script gives them."""
    why: str
    """What it is for, as a heading that steps of one kind share."""

    @classmethod
    def of(cls, why: str, function: Callable[..., CmdletResult], **arguments: object) -> Self:
        """A call with these arguments."""
        return cls(function, tuple(arguments.items()), why)

    def run(self, view: View, reading: CmdletReading) -> CmdletResult:
        """What the cmdlet does to a deployment.

        Raises:
            ExumRoutingError: The cmdlet is refused; in a plan, on its own deployment, none is.
        """
        if self.function is set_cs_user:
            return self.function(view, **dict(self.arguments), reading=reading)
        return self.function(view, **dict(self.arguments))
