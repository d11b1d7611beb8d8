"""What of a script can be rehearsed: the commands with what each takes, and every fault before anything runs."""

from collections.abc import Iterator
from typing import Any, Final

import attrs

from exum_routing.cmdlets import CMDLETS, Cmdlet, Parameter, ParameterType
from exum_routing.interchange import Fault
from exum_routing.interchange.powershell import (
    FOR_EACH,
    WHERE,
    Command,
    Condition,
    ForEach,
    Pipeline,
    Place,
    Positional,
    Script,
    ScriptBlock,
    ScriptError,
    Text,
    read_filter,
)
from exum_routing.rehearsal.binding import BindingError, Signature, bind
from exum_routing.rehearsal.evaluation import NoValue

SELECT_NAMES: Final = frozenset({"select-object", "select"})
"""The names of Select-Object."""
NUMBERS: Final = ("First", "Last", "Skip")
"""The parameters of Select-Object that take a number."""

SELECT: Final = Signature(
    "Select-Object",
    (
        Parameter("Property", None, ParameterType.NULLABLE_TEXT, 0),
        Parameter("ExpandProperty", "ExpandProperty", ParameterType.TEXT),
        *(Parameter(name, name, ParameterType.TEXT) for name in NUMBERS),
        Parameter("Unique", "Unique", ParameterType.SWITCH),
    ),
    (),
    "InputObject",
)
"""What Select-Object takes."""


def _signature(cmdlet: Cmdlet) -> Signature:
    takes = any(one.name == "Identity" and one.argument for one in cmdlet.parameters)
    return Signature(cmdlet.name, cmdlet.parameters, cmdlet.required, "Identity" if takes else None)


SIGNATURES: Final = {key: _signature(cmdlet) for key, cmdlet in CMDLETS.items()}
"""What every command takes that can be rehearsed, by name in lower case."""


def check(script: Script) -> tuple[Fault, ...]:
    """What keeps a script from being rehearsed, in the order of places: commands and parameters that do not exist or fit."""
    faults = [fault for pipeline in _pipelines_within(script.statements) for fault in _pipeline_faults(pipeline)]
    return tuple(Fault(str(place), message) for place, message in sorted(faults))


def _pipelines_within(part: Any) -> Iterator[Pipeline]:  # noqa: ANN401 - any part of a script
    """Every pipeline within a part of a script."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Pipeline):
            yield one
        if isinstance(one, tuple):
            waiting += one
        elif attrs.has(type(one)) and not isinstance(one, Place):
            waiting += (getattr(one, field.name) for field in attrs.fields(type(one)))


def filter_of(text: str) -> ScriptBlock:
    """The condition that a text given to -Filter spells; it runs no commands.

    Raises:
        NoValue: It spells none, or one that holds a command; places are those in the text.
    """
    try:
        block = read_filter(text)
    except ScriptError as error:
        faults = "; ".join(map(str, error.faults))
        raise NoValue(text, f"cannot be read as a filter: {faults}") from None
    if any(_pipelines_within(block)):
        raise NoValue(text, "cannot be read as a filter: it holds a command; assign its value to a variable before")
    return block


def _pipeline_faults(pipeline: Pipeline) -> Iterator[tuple[Place, str]]:
    piped = pipeline.source is not None
    for command in pipeline.commands:
        name = command.name.lower()
        if not piped and name in WHERE | FOR_EACH | SELECT_NAMES:
            yield command.place, f"{command.name} takes what comes down a pipe: put a pipe before it"
        elif name in WHERE | FOR_EACH:
            content = block_of(command)
            if content is None or isinstance(content, ForEach) is not (name in FOR_EACH):
                wanted = "commands" if name in FOR_EACH else "a condition"
                yield command.place, f"{command.name} takes one script block with {wanted} in it: give it one"
        else:
            yield from _command_faults(command, piped=piped)
        piped = True


def _command_faults(command: Command, *, piped: bool) -> Iterator[tuple[Place, str]]:
    name = command.name.lower()
    signature = SELECT if name in SELECT_NAMES else SIGNATURES.get(name)
    if signature is None:
        yield command.place, f"{command.name} is no command that can be rehearsed: take it out"
        return
    try:
        bound = bind(command, signature, piped=piped)
    except BindingError as error:
        yield from error.faults
        return
    for argument, value in bound.values.items():
        if bound.parameters[argument].type is ParameterType.CONDITION and isinstance(value, Text):
            try:
                filter_of(value.value)
            except NoValue as error:
                yield value.place, error.message


def block_of(command: Command) -> Condition | ForEach | None:
    """What the one script block of a command holds; None: it does not have exactly one."""
    if len(command.arguments) != 1:
        return None
    (argument,) = command.arguments
    block = argument.value if isinstance(argument, Positional) else None
    return block.content if isinstance(block, ScriptBlock) else None
