"""A script checked: every command bound to its cmdlet, or every fault, before anything runs."""

import re
from collections.abc import Iterator
from typing import Any, Final, cast

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets import CMDLETS, ELSEWHERE, Cmdlet, ParameterType
from exum_routing.interchange import Fault
from exum_routing.interchange.powershell import (
    FOR_EACH,
    WHERE,
    Command,
    Condition,
    ForEach,
    Parameter,
    Pipeline,
    Place,
    Positional,
    Script,
    ScriptBlock,
    ScriptError,
    SubPipeline,
    Text,
)
from exum_routing.rehearsal.arguments import filter_of
from exum_routing.rehearsal.asides import ASIDES, Aside
from exum_routing.rehearsal.binding import BindingError, Bound, Signature, Value, bind
from exum_routing.rehearsal.bound import (
    AsideStage,
    BoundPipeline,
    BoundScript,
    BoundStatement,
    CmdletStage,
    ElsewhereStage,
    ForEachStage,
    SelectStage,
    Stage,
    WhereStage,
)
from exum_routing.rehearsal.evaluation import NoValue
from exum_routing.rehearsal.parts import parts_of, within
from exum_routing.rehearsal.select import SELECT, SELECT_NAMES
from exum_routing.rehearsal.strangers import STRANGERS
from exum_routing.suggestion import nearest


def _signature(cmdlet: Cmdlet) -> Signature:
    piped = [one.name for one in cmdlet.parameters if one.argument in {"identity", "replica_fqdn"}]
    first = next(iter(piped), None)
    return Signature(cmdlet.name, cmdlet.parameters, cmdlet.required, first, cmdlet.in_either_order)


SIGNATURES: Final = {key: _signature(cmdlet) for key, cmdlet in {**CMDLETS, **ELSEWHERE}.items()}
"""What every command takes that is known, by name in lower case."""
_NAMES: Final = tuple(signature.name for signature in SIGNATURES.values())
_NUMBER: Final = re.compile(r"\d+")
_HARMLESS: Final = WHERE | FOR_EACH | SELECT_NAMES | ASIDES.keys()
_NEAR: Final = 0.85
"""Names of cmdlets share their verbs and ``Cs``: Get-CsPool is not near Get-CsUser, though six of ten characters agree."""


def check(script: Script) -> BoundScript:
    """The script with every command bound to its cmdlet.

    Raises:
        ScriptError: A command or parameter does not exist or does not fit; it carries every fault, in the order of places.
    """
    faults: list[tuple[Place, str]] = []
    made: dict[int, Any] = {}
    # What is within a part is made before it, without recursion: a script may be deep.
    for part in reversed(list(parts_of(script.statements))):
        if id(part) not in made:
            made[id(part)] = _made(part, tuple(made[id(one)] for one in within(part)), faults)
    if faults:
        raise ScriptError([Fault(str(place), message) for place, message in sorted(faults)])
    return BoundScript(cast(tuple[BoundStatement, ...], made[id(script.statements)]))


@names_wrong_types
def every_fault(error: ScriptError) -> ScriptError:
    r"""The faults of a script that cannot be read, together with those of the commands that can.

    >>> from exum_routing.interchange.powershell import read_script
    >>> try:
    ...     read_script("Frob-Thing\nif ($true) {}")
    ... except ScriptError as error:
    ...     [fault.path for fault in every_fault(error).faults]
    ['line 1, column 1', 'line 2, column 1']
    """
    try:
        check(error.readable)
    except ScriptError as commands:
        return ScriptError(sorted((*error.faults, *commands.faults), key=_place), error.readable)
    return error


def _place(fault: Fault) -> tuple[int, ...]:
    """The line and the column of a fault."""
    return tuple(map(int, _NUMBER.findall(fault.path)))


def _made(part: Any, parts: tuple[Any, ...], faults: list[tuple[Place, str]]) -> Any:  # noqa: ANN401 - any part of a script
    """A part of a script, made of parts in which every pipeline is bound."""
    if isinstance(part, tuple):
        return parts
    if not parts:
        return part
    fields = dict(zip((field.name for field in attrs.fields(type(part))), parts, strict=True))
    if isinstance(part, SubPipeline):
        _check_value(fields["pipeline"], faults)
    if not isinstance(part, Pipeline):
        return type(part)(**fields)
    return BoundPipeline(**fields, stages=tuple(_stages(type(part)(**fields), faults)))


def _check_value(pipeline: BoundPipeline, faults: list[tuple[Place, str]]) -> None:
    """Note a pipeline that stands for a value that is not known."""
    last = _gives_what_is_not_known(pipeline.stages[-1]) if pipeline.stages else ""
    if last:
        faults.append((pipeline.place, f"what {last} is not known here: make it a statement of its own"))


def _stages(pipeline: Pipeline, faults: list[tuple[Place, str]]) -> Iterator[Stage]:
    """What the commands of a pipeline are bound to; those that cannot be bound are left out, and their faults noted."""
    piped, before = pipeline.source is not None, ""
    for command in pipeline.commands:
        try:
            stage = _stage(command, piped=piped)
        except BindingError as error:
            faults += error.faults
            before = ""
        else:
            if before and not _ends(stage):
                faults.append((command.place, f"{command.name} takes what {before}, which is not known: take the pipe out"))
            before = _gives_what_is_not_known(stage)
            yield stage
        piped = True


def _gives_what_is_not_known(stage: Stage) -> str:
    """What a stage whose output is not known gives, as a clause; empty: its output is known."""
    if _ends(stage):
        return f"{cast(AsideStage, stage).aside.name} gives"
    return f"{stage.cmdlet.name} gives elsewhere" if isinstance(stage, ElsewhereStage) else ""


def _ends(stage: Stage) -> bool:
    """Whether a stage takes what comes down the pipe and lets nothing through."""
    return isinstance(stage, AsideStage) and not stage.aside.passes


def _stage(command: Command, *, piped: bool) -> Stage:
    name = folded(command.name)
    if not piped and name in WHERE | FOR_EACH | SELECT_NAMES:
        raise _fault(command.place, f"{command.name} takes what comes down a pipe: put a pipe before it")
    if name in WHERE | FOR_EACH:
        return _block_stage(command)
    if name in SELECT_NAMES:
        return SelectStage(bind(command, SELECT, piped=True))
    if name in ASIDES:
        return _aside_stage(command, ASIDES[name])
    if name not in SIGNATURES:
        raise _fault(command.place, f"{command.name} {_unknown(name)}")
    bound = bind(command, SIGNATURES[name], piped=piped)
    return ElsewhereStage(ELSEWHERE[name], bound) if name in ELSEWHERE else CmdletStage(CMDLETS[name], _with_filters(bound))


def _aside_stage(command: Command, aside: Aside) -> Stage:
    """A command that is not modelled: its values are not evaluated, so that they must not change anything."""
    for one in command.arguments:
        spelled = folded(one.name) if isinstance(one, Parameter) else ""
        wanted = [name for name in aside.selecting if spelled and folded(name).startswith(spelled)]
        if wanted:
            raise _fault(one.place, f"-{wanted[0]} of {aside.name} selects objects, which is not rehearsed: use Select-Object")
    for part in parts_of(command.arguments):
        if isinstance(part, Command) and not folded(part.name).startswith("get-") and folded(part.name) not in _HARMLESS:
            problem = f"{part.name} would not run, as {aside.name} is not modelled: make it a statement of its own"
            raise _fault(part.place, problem)
    return AsideStage(command.place, aside)


def _unknown(name: str) -> str:
    """What is wrong with a command that has no signature, by its name in lower case."""
    if name in STRANGERS:
        return STRANGERS[name]
    near = nearest(name, _NAMES, near=_NEAR)
    return f"is not a known cmdlet: did you mean {near}?" if near else "is not a known cmdlet: take it out"


def _fault(place: Place, message: str) -> BindingError:
    return BindingError(((place, message),))


def _block_stage(command: Command) -> Stage:
    content, for_each = _block_of(command), folded(command.name) in FOR_EACH
    if isinstance(content, ForEach) and for_each:
        return ForEachStage(cast(tuple[BoundPipeline, ...], content.pipelines))
    if content is None or isinstance(content, ForEach) or for_each:
        wanted = "commands" if for_each else "a condition"
        raise _fault(command.place, f"{command.name} takes one script block with {wanted} in it: give it one")
    return WhereStage(command.place, content)


def _with_filters(bound: Bound) -> Bound:
    """A bound command with every condition that stands as a text read."""
    read: dict[str, Value] = {}
    for name, value in bound.values.items():
        if bound.parameters[name].type is ParameterType.CONDITION and isinstance(value, Text):
            try:
                read[name] = filter_of(value.value)
            except NoValue as error:
                raise _fault(value.place, error.message) from None
    return attrs.evolve(bound, values={**bound.values, **read})


def _block_of(command: Command) -> Condition | ForEach | None:
    """What the one script block of a command holds; None: it does not have exactly one."""
    if len(command.arguments) != 1:
        return None
    (argument,) = command.arguments
    block = argument.value if isinstance(argument, Positional) else None
    return block.content if isinstance(block, ScriptBlock) else None
