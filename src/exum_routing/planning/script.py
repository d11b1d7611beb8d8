"""A plan as a PowerShell script: a command a line, under a comment for each kind of step."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from exum_routing.cmdlets import CMDLETS, Cmdlet, CmdletCall, ParameterType, quote
from exum_routing.deployment import VerificationLevel

_BY_FUNCTION: Final[Mapping[Callable[..., object], Cmdlet]] = {cmdlet.function: cmdlet for cmdlet in CMDLETS.values()}


def command_line(step: CmdletCall) -> str:
    """A step as the line of a script; every text in it is quoted.

    >>> from exum_routing.cmdlets import set_cs_user
    >>> from exum_routing.cmdlets import CmdletCall
    >>> step = CmdletCall(set_cs_user, (("identity", "sip:o'neil@contoso.com"), ("hosted_voice_mail", True)), "Enabled users")
    >>> print(command_line(step))
    Set-CsUser -Identity 'sip:o''neil@contoso.com' -HostedVoiceMail $True
    """
    cmdlet = _BY_FUNCTION[step.function]
    parameters = {one.argument: one for one in cmdlet.parameters}
    words = [cmdlet.name]
    for argument, value in step.arguments:
        parameter = parameters[argument]
        words.append(f"-{parameter.name}")
        if parameter.type is not ParameterType.SWITCH:
            words.append(_literal(value))
    return " ".join(words)


def _literal(value: object) -> str:
    if value is None:
        return "$null"
    if isinstance(value, bool):
        return "$True" if value else "$False"
    return quote(value.value if isinstance(value, VerificationLevel) else str(value))


def plan_script(steps: Iterable[CmdletCall]) -> str:
    """A plan as a script; without steps, a script of one comment.

    >>> print(plan_script(()), end="")
    # Nothing is to be done.
    """
    lines: list[str] = []
    why = None
    for step in steps:
        if step.why != why:
            lines.append(f"# {step.why}")
            why = step.why
        lines.append(command_line(step))
    return "\n".join(lines or ["# Nothing is to be done."]) + "\n"
