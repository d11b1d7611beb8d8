"""The rehearsal of a script: every command checked before the first one runs, then run on a deployment, one after the other.

What a script does is done to a view of the deployment; the deployment itself never changes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import attrs

from exum_routing.cmdlets import CmdletReading, CmdletResult
from exum_routing.cmdlets.users import DEFAULT_CMDLET_READING
from exum_routing.deployment import Deployment
from exum_routing.edge import AccessEdgeConfiguration, EdgeConfiguration, EdgeReplica, VerificationLevel
from exum_routing.errors import CmdletRefused, ExumRoutingError, InvalidValue
from exum_routing.interchange.binding import BindingError, Bound, Signature, bind
from exum_routing.interchange.cmdlet_table import CMDLETS, Cmdlet, Parameter, ParameterType, required
from exum_routing.interchange.evaluation import NoValue, Scope, holds, identity_of, property_of, refused_value, value_of
from exum_routing.interchange.export import export_configuration
from exum_routing.interchange.json_text import Fault
from exum_routing.interchange.powershell import ScriptError, read_filter
from exum_routing.interchange.powershell_syntax import (
    Assignment,
    Command,
    Condition,
    ForEach,
    Number,
    Pipeline,
    Place,
    Positional,
    Script,
    ScriptBlock,
    Statement,
)
from exum_routing.replication import replication_of
from exum_routing.view import View


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


_WHERE: Final = frozenset({"where-object", "where", "?"})
_FOR_EACH: Final = frozenset({"foreach-object", "foreach", "%"})
_SELECT: Final = frozenset({"select-object", "select"})
_NUMBERS: Final = ("First", "Last", "Skip")

_SELECT_SIGNATURE: Final = Signature(
    "Select-Object",
    (
        Parameter("Property", None, ParameterType.NULLABLE_TEXT, 0),
        Parameter("ExpandProperty", "ExpandProperty", ParameterType.TEXT),
        *(Parameter(name, name, ParameterType.TEXT) for name in _NUMBERS),
        Parameter("Unique", "Unique", ParameterType.SWITCH),
    ),
    (),
    "InputObject",
)
_COMMON: Final = tuple(one for one in CMDLETS["get-csuser"].parameters if one.name in {"Verbose", "Debug", "ErrorAction"})
_REPLICATION: Final = {
    "invoke-csmanagementstorereplication": Signature(
        "Invoke-CsManagementStoreReplication",
        (Parameter("ReplicaFqdn", "fqdn", ParameterType.TEXT, 0), *_COMMON),
        (),
        None,
    ),
    "get-csmanagementstorereplicationstatus": Signature(
        "Get-CsManagementStoreReplicationStatus",
        (
            Parameter("ReplicaFqdn", "fqdn", ParameterType.TEXT, 0),
            Parameter("CentralManagementStoreStatus", None, ParameterType.SWITCH),
            *_COMMON,
        ),
        (),
        None,
    ),
    "export-csconfiguration": Signature(
        "Export-CsConfiguration",
        (
            Parameter("FileName", "file_name", ParameterType.TEXT, 0),
            Parameter("AsBytes", "as_bytes", ParameterType.SWITCH),
            Parameter("LocalStore", None, ParameterType.SWITCH),
            Parameter("Force", None, ParameterType.SWITCH),
            *_COMMON,
        ),
        (),
        None,
    ),
}


def _signature(cmdlet: Cmdlet) -> Signature:
    takes = any(one.name == "Identity" and one.argument for one in cmdlet.parameters)
    return Signature(cmdlet.name, cmdlet.parameters, required(cmdlet), "Identity" if takes else None)


SIGNATURES: Final = {key: _signature(cmdlet) for key, cmdlet in CMDLETS.items()} | _REPLICATION
"""What every command takes that can be rehearsed, by name in lower case."""


def check(script: Script) -> tuple[Fault, ...]:
    """What keeps a script from being rehearsed, in the order of places: commands and parameters that do not exist or fit."""
    faults = list(_faults_within(script.statements))
    return tuple(Fault(str(place), message) for place, message in sorted(faults, key=lambda fault: fault[0]))


def _faults_within(part: Any) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 - any part of a script
    """The faults of every pipeline within a part of a script."""
    if isinstance(part, Pipeline):
        yield from _pipeline_faults(part)
    if isinstance(part, tuple):
        for one in part:
            yield from _faults_within(one)
    elif attrs.has(type(part)) and not isinstance(part, Place):
        for field in attrs.fields(type(part)):
            yield from _faults_within(getattr(part, field.name))


def _pipeline_faults(pipeline: Pipeline) -> Iterator[tuple[Place, str]]:
    piped = pipeline.source is not None
    for command in pipeline.commands:
        name = command.name.lower()
        if name in _WHERE | _FOR_EACH:
            content = _block(command)
            if not piped or content is None or isinstance(content, ForEach) is not (name in _FOR_EACH):
                yield command.place, f"{command.name} stands behind a pipe and takes one script block: give it one"
        else:
            signature = _SELECT_SIGNATURE if name in _SELECT else SIGNATURES.get(name)
            if signature is None:
                yield command.place, f"{command.name} is no command that can be rehearsed: take it out"
                return
            try:
                bind(command, signature, piped=piped)
            except BindingError as error:
                yield from error.faults
        piped = True


def _block(command: Command) -> Condition | ForEach | None:
    if len(command.arguments) != 1:
        return None
    (argument,) = command.arguments
    block = argument.value if isinstance(argument, Positional) else None
    return block.content if isinstance(block, ScriptBlock) else None


class _Stopped(Exception):
    """A refusal ends the script."""


class _Run:
    """One run of a script; what changes as it goes on stands here and nowhere else."""

    def __init__(self, deployment: Deployment, reading: CmdletReading, *, go_on: bool) -> None:
        self.view = View(deployment)
        self.replica = deployment.edge_replica
        self.steps: list[Step] = []
        self.variables: dict[str, Any] = {}
        self._reading = reading
        self._go_on = go_on

    def statement(self, statement: Statement) -> None:
        """Run one statement; what an assignment or the last command of a pipeline gives goes where it belongs."""
        if isinstance(statement, Pipeline):
            self._guarded(statement.place, "the pipeline", lambda: self.pipeline(statement))
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

    def _scope(self, it: object = None) -> Scope:
        variables = self.variables if it is None else {**self.variables, "_": it, "psitem": it}
        return Scope(variables, lambda pipeline: self.pipeline(pipeline, it=it, captured=True))

    def pipeline(self, pipeline: Pipeline, *, it: object = None, captured: bool = False) -> tuple[Any, ...]:
        """Run a pipeline, and give the objects that come out at its end."""
        objects: tuple[Any, ...] | None = None
        if pipeline.source is not None:
            value = value_of(pipeline.source, self._scope(it))
            objects = value if isinstance(value, tuple) else () if value is None else (value,)
        for number, command in enumerate(pipeline.commands):
            last = number == len(pipeline.commands) - 1 and not captured
            objects = self._command(command, objects, it=it, printed=last)
        return objects or ()

    def _command(self, command: Command, objects: tuple[Any, ...] | None, *, it: object, printed: bool) -> tuple[Any, ...]:
        """What comes out of a command, for all that goes into it; None: it is the first of its pipeline."""
        name = command.name.lower()
        if name in _WHERE:
            condition: Any = _block(command)
            return tuple(one for one in objects or () if holds(condition, self._scope(one)))
        if name in _FOR_EACH:
            content: Any = _block(command)
            return tuple(found for one in objects or () for found in self.pipeline(content.pipeline, it=one))
        if name in _SELECT:
            return self._selected(bind(command, _SELECT_SIGNATURE, piped=True), objects or (), it)
        bound = bind(command, SIGNATURES[name], piped=objects is not None)
        if name in _REPLICATION:
            return self._replication(SIGNATURES[name].name, bound, it)
        found: list[Any] = []
        for one in (None,) if objects is None else objects:
            found += self._cmdlet(CMDLETS[name], bound, one, it=it, printed=printed)
        return tuple(found)

    def _selected(self, bound: Bound, objects: tuple[Any, ...], it: object) -> tuple[Any, ...]:
        numbers = {name: self._count(bound, name, it) for name in _NUMBERS}
        found: Sequence[Any] = objects[numbers["Skip"] or 0 :]
        if numbers["First"] is not None:
            found = found[: numbers["First"]]
        if numbers["Last"] is not None:
            found = found[len(found) - numbers["Last"] if numbers["Last"] <= len(found) else 0 :]
        if "ExpandProperty" in bound.values:
            name = self._argument(bound, "ExpandProperty", it)
            found = [property_of(one, name) for one in found]
        return tuple(dict.fromkeys(found)) if "Unique" in bound.values else tuple(found)

    def _count(self, bound: Bound, name: str, it: object) -> int | None:
        if name not in bound.values:
            return None
        text = self._argument(bound, name, it)
        if not text.isdecimal() or len(text) > len("1000000000"):
            raise NoValue(text, f"is no number for -{name}: give a whole number from 0")
        return int(text)

    def _cmdlet(self, cmdlet: Cmdlet, bound: Bound, piped: object, *, it: object, printed: bool) -> tuple[Any, ...]:
        """Run a cmdlet once, and note the step."""
        what = cmdlet.name
        try:
            arguments = {name: self._argument(bound, name, it) for name in bound.values}
            if piped is not None:
                arguments["identity"] = identity_of(piped)
            if arguments.get("identity") is not None:
                what = f"{cmdlet.name} {refused_value(str(arguments['identity']))}"
            if cmdlet.takes_reading:
                arguments["reading"] = self._reading
            result: CmdletResult = cmdlet.function(self.view, **arguments)
        except ExumRoutingError as error:
            self._step(Step(bound.place.line, what, refusal=error, not_modelled=bound.not_modelled))
            return ()
        lines = ("What if: nothing is changed.",) if bound.changes_nothing and result.changes else ()
        if not bound.changes_nothing:
            self.view = self.view.after(result.changes)
        shown = result.output if printed else ()
        if printed or result.changes or result.warnings:
            self._step(Step(bound.place.line, what, shown, lines, result.warnings, None, bound.not_modelled))
        return result.output

    def _argument(self, bound: Bound, name: str, it: object) -> Any:  # noqa: ANN401 - what the cmdlet takes
        """The value of a parameter, as the cmdlet's function takes it."""
        given, kind = bound.values[name], bound.types[name]
        if kind is ParameterType.CONDITION:
            return self._condition(given, it)
        value = None if isinstance(given, ScriptBlock) else value_of(given, self._scope(it))
        return _converted(value, kind, name)

    def _condition(self, given: object, it: object) -> Callable[[Any], bool]:
        block = given
        if not isinstance(given, ScriptBlock):
            text = value_of(given, self._scope(it))  # type: ignore[arg-type] # it is an expression
            block = read_filter(text) if isinstance(text, str) else None
        if not isinstance(block, ScriptBlock) or isinstance(block.content, ForEach):
            raise NoValue(given, "is no condition for -Filter: give one in braces or quotes")
        condition = block.content
        return lambda user: holds(condition, self._scope(user))

    def _replication(self, name: str, bound: Bound, it: object) -> tuple[Any, ...]:
        """Run one of the commands about the Central Management store and its replicas."""
        try:
            fqdn = self._argument(bound, "fqdn", it) if "fqdn" in bound.values else None
            lines = self._replication_lines(name, None if fqdn is None else [fqdn], bound)
        except ExumRoutingError as error:
            self._step(Step(bound.place.line, name, refusal=error))
            return ()
        self._step(Step(bound.place.line, name, lines=lines, not_modelled=bound.not_modelled))
        return ()

    def _replication_lines(self, name: str, fqdns: list[str] | None, bound: Bound) -> tuple[str, ...]:
        snapshot = Deployment(edge=self.view.access_edge, providers=tuple(self.view.providers), edge_replica=self.replica)
        if name == "Export-CsConfiguration":
            if ("file_name" in bound.values) is ("as_bytes" in bound.values):
                raise CmdletRefused(name, "takes either -FileName or -AsBytes: give one of them")
            configuration = snapshot.edge_configuration or EdgeConfiguration(access_edge=AccessEdgeConfiguration())
            return (f"{len(export_configuration(configuration))} bytes; the rehearsal writes no file.",)
        replication = replication_of(snapshot)
        if name == "Invoke-CsManagementStoreReplication":
            replication = replication.replicate(fqdns)
            if self.replica is not None:
                (replica,) = replication.replicas
                self.replica = EdgeReplica(fqdn=replica.fqdn, configuration=replica.configuration)
            return ()
        statuses = replication.status(fqdns)
        return tuple(f"ReplicaFqdn: {one.replica_fqdn or 'not known'}; UpToDate: {one.up_to_date}" for one in statuses) or (
            "The Edge Server's replica is up to date.",
        )


def _converted(value: Any, kind: ParameterType, name: str) -> Any:  # noqa: ANN401 - a script's value, and a cmdlet's argument
    """A value as a parameter of this type takes it.

    Raises:
        NoValue: It is of another type.
        InvalidValue: It is no verification level.
    """
    if isinstance(value, Number):
        if kind in {ParameterType.BOOLEAN, ParameterType.NULLABLE_BOOLEAN, ParameterType.SWITCH} and value.value in {0, 1}:
            return bool(value.value)
        value = value.spelling
    if kind in {ParameterType.BOOLEAN, ParameterType.NULLABLE_BOOLEAN, ParameterType.SWITCH}:
        if isinstance(value, bool) or (value is None and kind is ParameterType.NULLABLE_BOOLEAN):
            return value
        raise NoValue(value, f"is no boolean for {name}: give $True or $False")
    if value is None and kind is ParameterType.NULLABLE_TEXT:
        return None
    if not isinstance(value, str):
        raise NoValue(value, f"is no text for {name}: give one")
    if kind is ParameterType.VERIFICATION_LEVEL:
        for level in VerificationLevel:
            if level.value.lower() == value.lower():
                return level
        raise InvalidValue(value, f"is no verification level: give {', '.join(level.value for level in VerificationLevel)}")
    return value


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

    >>> from exum_routing import User
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
    after = attrs.evolve(run.view.folded(), edge_replica=run.replica)
    return Rehearsal(deployment, after, tuple(run.steps), stopped)
