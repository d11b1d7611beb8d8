"""The rehearsal of a script: every command checked before the first one runs, then run on a deployment, one after the other.

What a script does is done to a view of the deployment; the deployment itself never changes.
"""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from exum_routing.cmdlets import CMDLETS, Cmdlet, CmdletCall, Parameter, ParameterType, View, verification_level
from exum_routing.deployment import Deployment, EdgeConfiguration
from exum_routing.errors import ExumRoutingError
from exum_routing.interchange.export import export_configuration
from exum_routing.interchange.powershell import (
    FOR_EACH,
    WHERE,
    Assignment,
    Command,
    Number,
    Pipeline,
    Place,
    Script,
    ScriptBlock,
    ScriptError,
    Statement,
)
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading
from exum_routing.rehearsal.binding import Bound, Value, bind
from exum_routing.rehearsal.check import (
    NUMBERS,
    SELECT,
    SELECT_NAMES,
    SIGNATURES,
    block_of,
    check,
    filter_of,
)
from exum_routing.rehearsal.evaluation import NoValue, Scope, holds, identity_of, property_of, refused_value, value_of
from exum_routing.replication import ReplicationStatus


@attrs.frozen
class Step:
    """What one command did, or what one object did that came down the pipe to it."""

    line: int
    """The command's line in the script, from 1."""
    command: str
    """The cmdlet, as its page spells it, and whom or what it was to work on."""
    output: tuple[Any, ...] = ()
    """The objects that it printed; only those of a pipeline's last command are printed."""
    lines: tuple[str, ...] = ()
    """What it printed that is no object."""
    warnings: tuple[str, ...] = ()
    """Its warnings."""
    refusal: ExumRoutingError | None = None
    """Why it failed; None: it did not."""
    not_modelled: tuple[str, ...] = ()
    """The parameters that it was given and that have no bearing on routing."""


@attrs.frozen
class Rehearsal:
    """What a script does to a deployment."""

    before: Deployment
    """The deployment before the script."""
    after: Deployment
    """The deployment after what ran of it."""
    steps: tuple[Step, ...]
    """What every command did, in the order in which they ran."""
    stopped: bool
    """Whether a refusal ended the script early."""


def _taken(objects: Sequence[Any], *, first: int | None, last: int | None, skip: int) -> Sequence[Any]:
    """What -First, -Last and -Skip take, as the page of Select-Object has it: with -Last alone, -Skip counts from the end."""
    if last and not first:
        return objects[: max(len(objects) - skip, 0)][-last:]
    found = objects[skip:]
    if first is None and last is None:
        return found
    return (*found[: first or 0], *(found[first or 0 :][-last:] if last else ()))


class _Stopped(Exception):
    """A refusal ends the script."""


class _Run:
    """One run of a script; what changes as it goes on stands here and nowhere else."""

    def __init__(self, deployment: Deployment, reading: CmdletReading, *, go_on: bool) -> None:
        self.view = View(deployment)
        self.steps: list[Step] = []
        self.variables: dict[str, Any] = {}
        self._reading = reading
        self._go_on = go_on

    def statement(self, statement: Statement) -> None:
        """Run one statement; what an assignment or the last command of a pipeline gives goes where it belongs."""
        if isinstance(statement, Pipeline):
            self._guarded(statement.place, "the pipeline", lambda: self.pipeline(statement, self._scope(), captured=False))
            return
        self._guarded(statement.place, f"${statement.variable}", lambda: self._assign(statement))

    def _assign(self, statement: Assignment) -> tuple[Any, ...]:
        value = value_of(statement.value, self._scope())
        name = statement.variable.lower()
        if statement.operator == "+=":
            before = self.variables.get(name)
            if not isinstance(before, str) or not isinstance(value, str | Number):
                raise NoValue(f"${statement.variable}", "is no text to which a text can be added: assign a text first")
            value = before + (value.spelling if isinstance(value, Number) else value)
        self.variables[name] = value
        return ()

    def _guarded(self, place: Place, what: str, run: Callable[[], object]) -> None:
        """Run something; a refusal that is not a cmdlet's own becomes a step of its own."""
        try:
            run()
        except ExumRoutingError as error:
            self._step(Step(place.line, what, refusal=error))

    def _step(self, step: Step) -> None:
        self.steps.append(step)
        if step.refusal is not None and not self._go_on:
            raise _Stopped

    def _scope(self, *it: object) -> Scope:
        """What an expression may refer to; ``it`` is the object that came down the pipe, if one did."""
        variables = ChainMap({"_": it[0], "psitem": it[0]}, self.variables) if it else self.variables
        scope = Scope(variables, lambda pipeline: self.pipeline(pipeline, scope, captured=True))
        return scope

    def pipeline(self, pipeline: Pipeline, scope: Scope, *, captured: bool) -> tuple[Any, ...]:
        """Run a pipeline, and give the objects that come out at its end; they are printed unless captured."""
        objects: tuple[Any, ...] | None = None
        if pipeline.source is not None:
            value = value_of(pipeline.source, scope)
            objects = value if isinstance(value, tuple) else () if value is None else (value,)
        for number, command in enumerate(pipeline.commands, 1):
            objects = self._command(command, objects, scope, printed=number == len(pipeline.commands) and not captured)
        if not pipeline.commands and not captured:
            self._step(Step(pipeline.place.line, "the pipeline", objects or ()))
        return objects or ()

    def _command(self, command: Command, objects: tuple[Any, ...] | None, scope: Scope, *, printed: bool) -> tuple[Any, ...]:
        """What comes out of a command, for all that goes into it; None: it is the first of its pipeline."""
        name = command.name.lower()
        if name in FOR_EACH:
            content: Any = block_of(command)
            each = (self.pipeline(content.pipeline, self._scope(one), captured=not printed) for one in objects or ())
            return tuple(found for several in each for found in several)
        if name in WHERE | SELECT_NAMES:
            passed = self._passed(command, objects or (), scope)
            if printed:
                self._step(Step(command.place.line, "Select-Object" if name in SELECT_NAMES else "Where-Object", passed))
            return passed
        bound = bind(command, SIGNATURES[name], piped=objects is not None)
        found: list[Any] = []
        for piped in [()] if objects is None else [(one,) for one in objects]:
            found += self._cmdlet(CMDLETS[name], bound, piped, scope, printed=printed)
        return tuple(found)

    def _passed(self, command: Command, objects: tuple[Any, ...], scope: Scope) -> tuple[Any, ...]:
        """What a Where-Object or Select-Object lets through."""
        if command.name.lower() in SELECT_NAMES:
            return self._selected(bind(command, SELECT, piped=True), objects, scope)
        condition: Any = block_of(command)
        return tuple(one for one in objects if holds(condition, self._scope(one)))

    def _selected(self, bound: Bound, objects: tuple[Any, ...], scope: Scope) -> tuple[Any, ...]:
        numbers = {name: self._count(bound, name, scope) for name in NUMBERS}
        found: Sequence[Any] = _taken(objects, first=numbers["First"], last=numbers["Last"], skip=numbers["Skip"] or 0)
        if "ExpandProperty" in bound.values:
            name = self._argument(bound, "ExpandProperty", scope)
            found = [property_of(one, name) for one in found]
        unique = "Unique" in bound.values and self._argument(bound, "Unique", scope)
        return tuple(dict.fromkeys(found)) if unique else tuple(found)

    def _count(self, bound: Bound, name: str, scope: Scope) -> int | None:
        if name not in bound.values:
            return None
        text = self._argument(bound, name, scope)
        if not text.isdecimal() or len(text) > len("1000000000"):
            raise NoValue(text, f"is no number for -{name}: give a whole number from 0")
        return int(text)

    def _cmdlet(self, cmdlet: Cmdlet, bound: Bound, piped: tuple[Any, ...], scope: Scope, *, printed: bool) -> tuple[Any, ...]:
        """Run a cmdlet once, and note the step."""
        what = cmdlet.name
        try:
            arguments = {name: self._argument(bound, name, scope) for name in bound.values}
            for one in piped:
                arguments["identity"] = identity_of(one)
            if arguments.get("identity") is not None:
                what = f"{cmdlet.name} {refused_value(str(arguments['identity']))}"
            dry = any(_converted(self._value(given, scope), parameter) for parameter, given in bound.dry)
            result = CmdletCall(cmdlet, tuple(arguments.items())).run(self.view, self._reading)
        except ExumRoutingError as error:
            self._step(Step(bound.place.line, what, refusal=error, not_modelled=bound.not_modelled))
            return ()
        objects = tuple(one for one in result.output if type(one) not in _AS_LINE)
        lines = tuple(_AS_LINE[type(one)](one) for one in result.output if type(one) in _AS_LINE)
        if dry and result.changes:
            lines = ("What if: nothing is changed.",)
        if not dry:
            self.view = self.view.after(result.changes)
        if printed or lines or result.changes or result.warnings:
            shown = objects if printed else ()
            self._step(Step(bound.place.line, what, shown, lines, result.warnings, None, bound.not_modelled))
        return objects

    def _argument(self, bound: Bound, name: str, scope: Scope) -> Any:  # noqa: ANN401 - what the cmdlet takes
        """The value of a parameter, as the cmdlet's function takes it."""
        given, parameter = bound.values[name], bound.parameters[name]
        if parameter.type is ParameterType.CONDITION:
            return self._condition(given, scope)
        return _converted(self._value(given, scope), parameter)

    def _value(self, given: Value, scope: Scope) -> object:
        return given if isinstance(given, ScriptBlock) else value_of(given, scope)

    def _condition(self, given: Value, scope: Scope) -> Callable[[Any], bool]:
        value = self._value(given, scope)
        block = filter_of(value) if isinstance(value, str) else value
        if not isinstance(block, ScriptBlock):
            raise NoValue(value, "is no condition for -Filter: give one in braces or quotes")
        condition: Any = block.content
        return lambda user: holds(condition, self._scope(user))


_AS_LINE: Final[Mapping[type, Callable[[Any], str]]] = {
    ReplicationStatus: lambda one: f"ReplicaFqdn: {one.replica_fqdn or 'not known'}; UpToDate: {one.up_to_date}",
    EdgeConfiguration: lambda one: f"{len(export_configuration(one))} bytes; the rehearsal writes no file.",
}
"""What is printed as a line, and does not go down the pipe."""


_BOOLEANS: Final = frozenset({ParameterType.BOOLEAN, ParameterType.NULLABLE_BOOLEAN, ParameterType.SWITCH})


def _converted(value: Any, parameter: Parameter) -> Any:  # noqa: ANN401 - a script's value, and a cmdlet's argument
    """A value as a parameter takes it.

    Raises:
        NoValue: It is of another type.
        InvalidValue: It is no verification level.
    """
    kind = parameter.type
    if value is None and kind in {ParameterType.NULLABLE_BOOLEAN, ParameterType.NULLABLE_TEXT}:
        return None
    if kind in _BOOLEANS:
        if isinstance(value, Number) and value.value in {0, 1}:
            return bool(value.value)
        if isinstance(value, bool):
            return value
        raise NoValue(_plain(value), f"is no boolean for -{parameter.name}: give $True or $False")
    text = _plain(value)
    if not isinstance(text, str):
        raise NoValue(text, f"is no text for -{parameter.name}: give one")
    return verification_level(text) if kind is ParameterType.VERIFICATION_LEVEL else text


def _plain(value: object) -> object:
    return value.spelling if isinstance(value, Number) else value


def rehearse(
    script: Script, deployment: Deployment, *, reading: CmdletReading = DEFAULT_CMDLET_READING, go_on: bool = False
) -> Rehearsal:
    """What a script does to a deployment.

    Args:
        script: The script, as ``read_script`` reads it.
        deployment: The deployment, which does not change.
        reading: How to read what the source leaves open about Set-CsUser.
        go_on: Whether the script goes on behind a command that was refused.

    Raises:
        ScriptError: A command or parameter does not exist or does not go; nothing ran.

    Clauses: CMD-13, REPL-1, REPL-3

    >>> from exum_routing.deployment import User
    >>> from exum_routing.interchange.powershell import read_script
    >>> script = read_script("Set-CsUser -Identity alice@contoso.com -HostedVoiceMail $True")
    >>> rehearsal = rehearse(script, Deployment(users=[User(sip_address="alice@contoso.com")]))
    >>> rehearsal.stopped, type(rehearsal.steps[0].refusal).__name__
    (True, 'NoUsablePolicyApplies')
    """
    faults = check(script)
    if faults:
        raise ScriptError(faults)
    run = _Run(deployment, reading, go_on=go_on)
    stopped = False
    try:
        for statement in script.statements:
            run.statement(statement)
    except _Stopped:
        stopped = True
    return Rehearsal(deployment, run.view.folded(), tuple(run.steps), stopped)
