"""The rehearsal of a script: checked whole, then run on a deployment, one command after the other.

What a script does is done to a view of the deployment; the deployment itself never changes.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, assert_never, cast

from exum_routing.cmdlets import Cmdlet, CmdletCall, CmdletResult, View
from exum_routing.deployment import Deployment, EdgeConfiguration
from exum_routing.errors import ExumRoutingError, shown
from exum_routing.interchange.export import export_configuration
from exum_routing.interchange.powershell import Assignment, Number, Pipeline, Place, Script
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading
from exum_routing.rehearsal.arguments import argument, is_dry
from exum_routing.rehearsal.binding import Bound
from exum_routing.rehearsal.bound import (
    BoundPipeline,
    BoundStatement,
    CmdletStage,
    ForEachStage,
    SelectStage,
    Stage,
    WhereStage,
)
from exum_routing.rehearsal.check import check
from exum_routing.rehearsal.evaluation import NoValue, Scope, holds, identity_of, value_of
from exum_routing.rehearsal.select import selected
from exum_routing.rehearsal.steps import Rehearsal, Step, Steps, Stopped
from exum_routing.replication import ReplicationStatus

_AS_LINE: Final[Mapping[type, Callable[[Any], str]]] = {
    ReplicationStatus: lambda one: f"ReplicaFqdn: {one.replica_fqdn or 'not known'}; UpToDate: {one.up_to_date}",
    EdgeConfiguration: lambda one: f"{len(export_configuration(one))} bytes; the rehearsal writes no file.",
}
"""What is printed as a line, and does not go down the pipe."""


class _Run:
    """One run of a bound script: the view and the variables as they change."""

    def __init__(self, deployment: Deployment, reading: CmdletReading, steps: Steps) -> None:
        self.view = View(deployment).under(reading)
        self._variables: dict[str, Any] = {}
        self._steps = steps
        self._scope = Scope(self._variables, self._nested)

    def statement(self, statement: BoundStatement) -> None:
        """Run one statement; what an assignment or the last command of a pipeline gives goes where it belongs."""
        if isinstance(statement, Assignment):
            self._guarded(statement.place, f"${statement.variable}", lambda: self._assign(statement))
        else:
            self._guarded(statement.place, "the pipeline", lambda: self._pipeline(statement, self._scope, captured=False))

    def _assign(self, statement: Assignment) -> None:
        value = value_of(statement.value, self._scope)
        name = statement.variable.lower()
        if statement.operator == "+=":
            before = self._variables.get(name)
            if not isinstance(before, str) or not isinstance(value, str | Number):
                raise NoValue(f"${statement.variable}", "is no text to which a text can be added: assign a text first")
            value = before + (value.spelling if isinstance(value, Number) else value)
        self._variables[name] = value

    def _guarded(self, place: Place, what: str, run: Callable[[], object]) -> None:
        """Run something; a refusal that is not a cmdlet's own becomes a step of its own."""
        try:
            run()
        except ExumRoutingError as error:
            self._steps.note(Step(place.line, what, refusal=error))

    def _nested(self, pipeline: Pipeline, scope: Scope) -> tuple[Any, ...]:
        """Run a pipeline in parentheses; in a bound script it is bound."""
        return self._pipeline(cast(BoundPipeline, pipeline), scope, captured=True)

    def _pipeline(self, pipeline: BoundPipeline, scope: Scope, *, captured: bool) -> tuple[Any, ...]:
        """Run a pipeline, and return the objects that come out at its end; they are printed unless captured."""
        objects: tuple[Any, ...] | None = None
        if pipeline.source is not None:
            value = value_of(pipeline.source, scope)
            objects = value if isinstance(value, tuple) else () if value is None else (value,)
        for number, stage in enumerate(pipeline.stages, 1):
            objects = self._stage(stage, objects, scope, printed=number == len(pipeline.stages) and not captured)
        if not pipeline.stages and not captured:
            self._steps.note(Step(pipeline.place.line, "the pipeline", objects or ()))
        return objects or ()

    def _stage(self, stage: Stage, objects: tuple[Any, ...] | None, scope: Scope, *, printed: bool) -> tuple[Any, ...]:
        """What comes out of a command, for all that goes into it; None: it is the first of its pipeline."""
        match stage:
            case CmdletStage(cmdlet, bound):
                found: list[Any] = []
                for piped in [()] if objects is None else [(one,) for one in objects]:
                    found += self._cmdlet(cmdlet, bound, piped, scope, printed=printed)
                return tuple(found)
            case ForEachStage(pipeline):
                each = [self._pipeline(pipeline, scope.of(one), captured=not printed) for one in objects or ()]
                return tuple(found for several in each for found in several)
            case WhereStage(place, condition):
                passed = tuple(one for one in objects or () if holds(condition, scope.of(one)))
                return self._passed("Where-Object", place, passed, printed=printed)
            case SelectStage(bound):
                return self._passed("Select-Object", bound.place, selected(bound, objects or (), scope), printed=printed)
            case _:
                assert_never(stage)

    def _passed(self, name: str, place: Place, objects: tuple[Any, ...], *, printed: bool) -> tuple[Any, ...]:
        """What a command let through, and the step if that is printed."""
        if printed:
            self._steps.note(Step(place.line, name, objects))
        return objects

    def _cmdlet(self, cmdlet: Cmdlet, bound: Bound, piped: tuple[Any, ...], scope: Scope, *, printed: bool) -> tuple[Any, ...]:
        """Run a cmdlet once, and note the step."""
        what = cmdlet.name
        try:
            arguments = {name: argument(bound, name, scope) for name in bound.values}
            for one in piped:
                arguments["identity"] = identity_of(one)
            if arguments.get("identity") is not None:
                what = f"{cmdlet.name} {shown(str(arguments['identity']))}"
            dry = is_dry(bound, scope)
            result = CmdletCall(cmdlet, tuple(arguments.items())).run(self.view)
        except ExumRoutingError as error:
            self._steps.note(Step(bound.place.line, what, refusal=error, not_modelled=bound.not_modelled))
            return ()
        if not dry:
            self.view = self.view.after(result.changes)
        objects = tuple(one for one in result.output if type(one) not in _AS_LINE)
        lines = _lines(result, dry=dry)
        if printed or lines or result.changes or result.warnings:
            output = objects if printed else ()
            self._steps.note(Step(bound.place.line, what, output, lines, result.warnings, None, bound.not_modelled))
        return objects


def _lines(result: CmdletResult, *, dry: bool) -> tuple[str, ...]:
    """What a cmdlet prints that is not an object."""
    if dry and result.changes:
        return ("What if: nothing is changed.",)
    return tuple(_AS_LINE[type(one)](one) for one in result.output if type(one) in _AS_LINE)


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
    bound, steps = check(script), Steps(go_on=go_on)
    run = _Run(deployment, reading, steps)
    stopped = False
    try:
        for statement in bound.statements:
            run.statement(statement)
    except Stopped:
        stopped = True
    return Rehearsal(deployment, run.view.folded(), tuple(steps.noted), stopped)
