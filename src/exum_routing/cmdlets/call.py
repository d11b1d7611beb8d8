"""A call of a cmdlet: it runs on a view, and as a text it is a line of a script."""

from collections.abc import Callable, Mapping
from typing import Final, Self

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets.parameters import CMDLETS, ELSEWHERE, Cmdlet, ParameterType
from exum_routing.cmdlets.powershell import literal
from exum_routing.cmdlets.result import CmdletResult
from exum_routing.cmdlets.view import View
from exum_routing.errors import CmdletRefused, ParametersExclude
from exum_routing.fields import instance

_BY_FUNCTION: Final[Mapping[Callable[..., CmdletResult] | None, Cmdlet]] = {one.function: one for one in CMDLETS.values()}


def _cmdlet(value: Cmdlet) -> Cmdlet:
    return instance(value, Cmdlet)


@attrs.frozen
class CmdletCall:
    """One call of a cmdlet; ``str()`` is its line in a script.

    Raises:
        ParametersExclude: The cmdlet does not have such a parameter, or a required one is missing.

    Clauses: CMD-13

    >>> print(CmdletCall.named("Set-CsUser", identity="sip:o'neil@contoso.com", hosted_voice_mail=True))
    Set-CsUser -Identity 'sip:o''neil@contoso.com' -HostedVoiceMail $True
    """

    cmdlet: Cmdlet = attrs.field(converter=_cmdlet)
    """The cmdlet's row in the table."""
    arguments: tuple[tuple[str, object], ...] = ()
    """Its arguments by name, in the order in which a script has them."""
    why: str = ""
    """What it is for, as a heading that steps of one kind share."""

    def __attrs_post_init__(self) -> None:
        known = {one.argument: one.name for one in self.cmdlet.parameters}
        for argument, _ in self.arguments:
            if argument not in known:
                raise ParametersExclude(argument, f"is not a parameter of {self.cmdlet.name}: leave it out")
        self.cmdlet.require({known[argument] for argument, _ in self.arguments})

    @classmethod
    def of(cls, why: str, function: Callable[..., CmdletResult], **arguments: object) -> Self:
        """A call of the cmdlet with this function."""
        return cls(_BY_FUNCTION[function], tuple(arguments.items()), why)

    @classmethod
    def named(cls, name: str, **arguments: object) -> Self:
        """A call of the cmdlet with this name, in any case.

        Raises:
            KeyError: The table does not have the cmdlet.
            ParametersExclude: As for the class.
        """
        key = folded(name)
        return cls(CMDLETS[key] if key in CMDLETS else ELSEWHERE[key], tuple(arguments.items()))

    def run(self, view: View) -> CmdletResult:
        """What the cmdlet does to a deployment, under the reading of the view.

        Raises:
            ExumRoutingError: The cmdlet is refused, or it runs elsewhere; a plan, run on its own deployment, is never refused.
        """
        if self.cmdlet.function is None:
            raise CmdletRefused(self.cmdlet.name, "cannot be run on a deployment: run it where the product has it")
        return self.cmdlet.function(view, **dict(self.arguments))

    @property
    def line(self) -> str:
        """Its line in a script; one that runs elsewhere is a comment that says where.

        >>> print(CmdletCall.named("Enable-UMService", identity="um1").line)
        # Run in the Exchange Management Shell: Enable-UMService -Identity 'um1'
        """
        return f"# Run {self.cmdlet.where}: {self}" if self.cmdlet.where else str(self)

    def __str__(self) -> str:
        parameters = {one.argument: one for one in self.cmdlet.parameters}
        words = [self.cmdlet.name]
        for argument, value in self.arguments:
            parameter = parameters[argument]
            words.append(f"-{parameter.name}")
            if parameter.type is not ParameterType.SWITCH:
                words.append(literal(value))
        return " ".join(words)
