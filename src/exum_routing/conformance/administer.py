"""A cmdlet as JSON: its parameters as the cmdlet's page spells them, their values as JSON has them.

What it prints is written in the spelling of the deployment document.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets import (
    CMDLETS,
    IN_MEMORY,
    WHAT_IF,
    Cmdlet,
    CmdletCall,
    CmdletResult,
    Parameter,
    ParameterType,
    View,
    exchange_sets_hosted_voice_mail,
    verification_level,
)
from exum_routing.errors import ParametersExclude
from exum_routing.fields import flag, text
from exum_routing.interchange.document import object_to_json
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading

__all__ = ["EXCHANGE", "object_to_json", "run_cmdlet"]

EXCHANGE: Final = Cmdlet(
    "Exchange-SetsHostedVoiceMail",
    exchange_sets_hosted_voice_mail,
    ("Identity", "Enabled"),
    (
        Parameter("Identity", "identity", ParameterType.TEXT),
        Parameter("Enabled", "enabled", ParameterType.BOOLEAN),
    ),
)
"""Exchange's own writing of its pair, which no cmdlet does: the name is ours. Clauses: ATTR-9."""

_BY_NAME: Final[Mapping[str, Cmdlet]] = {one.name: one for one in (*CMDLETS.values(), EXCHANGE)}


_READERS: Final[Mapping[ParameterType, Callable[[Any], object]]] = {
    ParameterType.TEXT: text,
    ParameterType.NULLABLE_TEXT: attrs.converters.optional(text),
    ParameterType.BOOLEAN: flag,
    ParameterType.NULLABLE_BOOLEAN: attrs.converters.optional(flag),
    ParameterType.SWITCH: flag,
    ParameterType.VERIFICATION_LEVEL: verification_level,
}
"""What reads a value of each type; a condition is a script block, which JSON does not have."""


@names_wrong_types
def run_cmdlet(
    view: View, name: str, parameters: Mapping[str, Any], *, reading: CmdletReading = DEFAULT_CMDLET_READING
) -> CmdletResult:
    """What a cmdlet does, its parameters given as JSON values.

    A parameter without bearing on routing may have any value. With ``WhatIf`` or ``InMemory`` the cmdlet changes nothing.

    Args:
        view: The deployment.
        name: The cmdlet's name, as its page spells it, or ``Exchange-SetsHostedVoiceMail``.
        parameters: Values by the whole names of the parameters, as the page spells them. None is ``$null``; what is not
            given is left out.
        reading: How to read what the source leaves open; of Set-CsUser only.

    Raises:
        KeyError: There is no such cmdlet, or it has no such parameter that JSON can give.
        ExumRoutingError: The cmdlet is refused: a value of another type, a required parameter that is missing, one that
            cannot be given, or as the cmdlet's own function says.

    Clauses: CMD-13

    >>> from exum_routing.deployment import Deployment
    >>> destination = {"Destination": "exap.um.outlook.com"}
    >>> result = run_cmdlet(View(Deployment()), "Set-CsHostedVoicemailPolicy", destination)
    >>> object_to_json(result.changes[0].value)
    {'Identity': 'Global', 'Destination': 'exap.um.outlook.com'}
    """
    cmdlet = _BY_NAME[name]
    known = {one.name: one for one in cmdlet.parameters if one.type in _READERS}
    given = {known[spelled]: parameters[spelled] for spelled in parameters}
    cmdlet.require(parameters)
    arguments: dict[str, object] = {}
    for parameter, value in given.items():
        if parameter.refusal is not None:
            raise ParametersExclude(parameter.name, parameter.refusal)
        if parameter.argument is not None:
            arguments[parameter.argument] = _READERS[parameter.type](value)
    result = CmdletCall(cmdlet, tuple(arguments.items())).run(view.under(reading))
    dry = [flag(given[one]) for one in (WHAT_IF, IN_MEMORY) if one in given]
    return CmdletResult(result.output, result.warnings) if any(dry) else result
