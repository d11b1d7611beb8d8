"""The rehearsal of a script: checked whole, then run on a deployment, one command after the other.

What a script does is done to a view of the deployment; the deployment itself never changes.
"""

import contextlib
from collections.abc import Callable, Mapping
from typing import Any, Final, assert_never, cast

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets import Cmdlet, CmdletCall, CmdletResult, ObjectKind, View, get_cs_effective_policy
from exum_routing.deployment import Deployment, EdgeConfiguration, User
from exum_routing.errors import CmdletRefused, ExumRoutingError, shown
from exum_routing.interchange.export import export_configuration
from exum_routing.interchange.powershell import Assignment, Expression, Number, Pipeline, Place, Script
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading
from exum_routing.rehearsal.actions import PREFERENCE, QUIET, STOP, action_named
from exum_routing.rehearsal.arguments import argument, is_dry
from exum_routing.rehearsal.asides import Unordered
from exum_routing.rehearsal.binding import Bound
from exum_routing.rehearsal.bound import (
    AsideStage,
    BoundPipeline,
    BoundStatement,
    CmdletStage,
    ElsewhereStage,
    ForEachStage,
    SelectStage,
    Stage,
    WhereStage,
)
from exum_routing.rehearsal.bounds import joined
from exum_routing.rehearsal.check import check
from exum_routing.rehearsal.evaluation import (
    NoValue,
    Scope,
    Selected,
    holds,
    identity_of,
    property_of,
    text_of,
    value_of,
)
from exum_routing.rehearsal.select import selected
from exum_routing.rehearsal.server import WHY, ServerVersion, depending
from exum_routing.rehearsal.steps import Rehearsal, Step, Steps, Stopped
from exum_routing.replication import ReplicationStatus

_AS_LINE: Final[Mapping[type, Callable[[Any], str]]] = {
    EdgeConfiguration: lambda one: f"{len(export_configuration(one))} bytes; the rehearsal writes no file.",
}
"""What is printed as a line, and does not go down the pipe."""


class _Run:
    """One run of a bound script: the view and the variables as they change."""

    def __init__(
        self, deployment: Deployment, reading: CmdletReading, steps: Steps, server: ServerVersion | None = None
    ) -> None:
        self.view = View(deployment).under(reading)
        self._variables: dict[str, Any] = {}
        self._steps = steps
        self._server = server
        self._preference: str = "Continue"
        self._replicated = False
        self._scope = Scope(self._variables, self._nested)

    def statement(self, statement: BoundStatement) -> None:
        """Run one statement; what an assignment or the last command of a pipeline gives goes where it belongs."""
        if isinstance(statement, Assignment):
            self._guarded(statement.place, f"${statement.variable}", lambda: self._assign(statement))
        else:
            self._guarded(statement.place, "the pipeline", lambda: self._pipeline(statement, self._scope, captured=False))

    def _assign(self, statement: Assignment) -> None:
        value = value_of(statement.value, self._scope)
        name = folded(statement.variable)
        if statement.operator == "+=":
            before = self._variables.get(name, "")
            if not isinstance(before, str) or not isinstance(value, str | Number):
                raise NoValue(f"${statement.variable}", "is no text to which a text can be added: assign a text first")
            value = joined((before, text_of(value)))
        if name == PREFERENCE:
            self._preference = _preference(value)
        self._variables[name] = value

    def _guarded(self, place: Place, what: str, run: Callable[[], object]) -> None:
        """Run something; a refusal that is not a cmdlet's own becomes a step of its own."""
        try:
            run()
        except ExumRoutingError as error:
            self._steps.note(Step(place.line, what, refusal=error), stop=self._preference == STOP)

    def _nested(self, pipeline: Pipeline, scope: Scope) -> tuple[Any, ...]:
        """Run a pipeline in parentheses; in a bound script it is bound."""
        return self._pipeline(cast(BoundPipeline, pipeline), scope, captured=True)

    def _pipeline(self, pipeline: BoundPipeline, scope: Scope, *, captured: bool) -> tuple[Any, ...]:
        """Run a pipeline, and return the objects that come out at its end; they are printed unless captured."""
        refused = self._steps.refused
        objects: tuple[Any, ...] | None = None
        if pipeline.source is not None:
            value = value_of(pipeline.source, scope)
            objects = value if isinstance(value, tuple) else () if value is None else (value,)
        for number, stage in enumerate(pipeline.stages, 1):
            last = number == len(pipeline.stages) and not captured
            nothing_left = objects == () and self._steps.refused > refused
            passed = self._stage(stage, objects, scope, printed=last and not nothing_left)
            objects = Unordered(passed) if isinstance(objects, Unordered) else passed
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
                if bound.out_variable is not None:
                    name = folded(text_of(value_of(cast(Expression, bound.out_variable), scope)))
                    self._variables[name] = tuple(found)
                return tuple(found)
            case ElsewhereStage(cmdlet, bound):
                for piped in [()] if objects is None else [(one,) for one in objects]:
                    self._elsewhere(cmdlet, bound, piped, scope)
                return ()
            case AsideStage(place, aside):
                output = (objects or ()) if printed and aside.shows else ()
                self._steps.note_once(Step(place.line, aside.name, output, aside=aside.does))
                return Unordered(objects or ()) if aside.passes else ()
            case ForEachStage(pipelines):
                each = [
                    self._pipeline(pipeline, scope.of(one), captured=not printed)
                    for one in objects or ()
                    for pipeline in pipelines
                ]
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
            unknown = dict.fromkeys(one for found in objects if isinstance(found, Selected) for one in found.not_known)
            self._steps.note(Step(place.line, name, objects, not_known=tuple(unknown)))
        return objects

    def _cmdlet(self, cmdlet: Cmdlet, bound: Bound, piped: tuple[Any, ...], scope: Scope, *, printed: bool) -> tuple[Any, ...]:
        """Run a cmdlet once, and note the step."""
        what = cmdlet.name
        depends = depending(cmdlet.name, bound.not_modelled)
        try:
            if depends and self._server is ServerVersion.SERVER_2019_CU1_HF1:
                raise CmdletRefused(depends[0], f"is not a parameter of {cmdlet.name} on this server ({WHY}): leave it out")
            arguments = {name: argument(bound, name, scope) for name in bound.values}
            if cmdlet.by_content is not None and set(arguments) & bound.by_position == set(cmdlet.in_either_order):
                first, second = (arguments[name] for name in cmdlet.in_either_order)
                arguments |= cmdlet.by_content(self.view, first, second)
            for one in piped:
                arguments |= _from_pipe(cmdlet, one)
            if arguments.get("identity") is not None:
                what = f"{cmdlet.name} {shown(str(arguments['identity']))}"
            dry = is_dry(bound, scope)
            result = CmdletCall(cmdlet, tuple(arguments.items())).run(self.view)
        except ExumRoutingError as error:
            action = self._action(bound, scope)
            silenced = action in QUIET and not isinstance(error, NoValue)
            step = Step(bound.place.line, what, refusal=error, not_modelled=bound.not_modelled, silenced=silenced)
            self._steps.note(step, stop=action == STOP)
            return ()
        if not dry:
            self.view = self.view.after(result.changes)
            self._replicated |= any(change.kind is ObjectKind.EDGE_REPLICA for change in result.changes)
        output: tuple[Any, ...] = result.output
        if cmdlet.function is get_cs_effective_policy:
            (user,) = self.view.users_named(arguments["identity"])
            output = tuple(_policies_of(user, policy) for policy in result.output)
        objects = tuple(self._as_known(one) for one in output if type(one) not in _AS_LINE)
        lines = _lines(result, dry=dry)
        if printed or lines or result.changes or result.warnings or bound.not_modelled:
            output = objects if printed else ()
            open_ = depends if self._server is None else ()
            step = Step(bound.place.line, what, output, lines, result.warnings, None, bound.not_modelled, depends_on=open_)
            self._steps.note(step)
        return objects

    def _elsewhere(self, cmdlet: Cmdlet, bound: Bound, piped: tuple[Any, ...], scope: Scope) -> None:
        """Note a command that runs elsewhere, with whom or what it works on where that is known here."""
        what = cmdlet.name
        with contextlib.suppress(NoValue):
            given = [argument(bound, "identity", scope)] if "identity" in bound.values else list(map(identity_of, piped))
            what = " ".join([cmdlet.name, *(shown(str(one)) for one in given)])
        self._steps.note(Step(bound.place.line, what, elsewhere=cmdlet.where))

    def _as_known(self, one: object) -> object:
        """What a cmdlet printed; once replication was started, nobody knows whether it reached the Edge Server."""
        if isinstance(one, ReplicationStatus) and one.up_to_date and self._replicated:
            return attrs.evolve(one, up_to_date=None)
        return one

    def _action(self, bound: Bound, scope: Scope) -> str:
        """What happens after an error of a command: as it says, else as the script prefers."""
        if bound.error_action is None:
            return self._preference
        return _preference(value_of(cast(Expression, bound.error_action), scope))


def _policies_of(user: User, policy: Any) -> Selected:  # noqa: ANN401 - what the cmdlet printed
    """What Get-CsEffectivePolicy prints: the user's Identity, and the one policy of his that is known here."""
    properties = (("Identity", property_of(user, "Identity")), ("HostedVoicemailPolicy", str(policy.identity)))
    return Selected(properties, has_others=True)


def _from_pipe(cmdlet: Cmdlet, one: object) -> Mapping[str, object]:
    """The argument that an object from the pipe is bound to."""
    if not any(parameter.argument == "replica_fqdn" for parameter in cmdlet.parameters):
        return {"identity": identity_of(one)}
    return {"replica_fqdn": one.replica_fqdn if isinstance(one, ReplicationStatus) else identity_of(one)}


def _preference(value: object) -> str:
    """The action that a value names.

    Raises:
        NoValue: It names none, or one that asks somebody.
    """
    action = action_named(text_of(value))
    if action is None or action == "Inquire":
        raise NoValue(value, "is not an action that is rehearsed: use Continue, SilentlyContinue, Ignore or Stop")
    return action


def _lines(result: CmdletResult, *, dry: bool) -> tuple[str, ...]:
    """What a cmdlet prints that is not an object."""
    if dry and result.changes:
        return ("What if: nothing is changed.",)
    if any(change.kind is ObjectKind.EDGE_REPLICA for change in result.changes):
        return ("Started; whether it reaches the Edge Server is not known. What follows takes it as reached.",)
    return tuple(_AS_LINE[type(one)](one) for one in result.output if type(one) in _AS_LINE)


@names_wrong_types
def rehearse(
    script: Script,
    deployment: Deployment,
    *,
    reading: CmdletReading = DEFAULT_CMDLET_READING,
    stop: bool = False,
    server: ServerVersion | None = None,
) -> Rehearsal:
    """What a script does to a deployment.

    Args:
        script: The script, as ``read_script`` reads it.
        deployment: The deployment, which does not change.
        reading: How to read what the source leaves open about Set-CsUser.
        stop: Whether the first refusal ends the script; without it the script goes on, as PowerShell does.

        server: The version of the server, which decides whether it has some parameters; None: not known, and a step says what
            depends on it.

    Raises:
        ScriptError: A command or parameter does not exist or does not go; nothing ran.

    Clauses: CMD-13, REPL-1, REPL-3

    >>> from exum_routing.deployment import User
    >>> from exum_routing.interchange.powershell import read_script
    >>> script = read_script("Set-CsUser -Identity alice@contoso.com -HostedVoiceMail $True")
    >>> rehearsal = rehearse(script, Deployment(users=[User(sip_address="alice@contoso.com")]), stop=True)
    >>> rehearsal.stopped, type(rehearsal.steps[0].refusal).__name__
    (True, 'NoUsablePolicyApplies')
    """
    bound, steps = check(script), Steps(stop=stop)
    run = _Run(deployment, reading, steps, server)
    stopped = False
    try:
        for statement in bound.statements:
            run.statement(statement)
    except Stopped:
        stopped = True
    return Rehearsal(deployment, run.view.folded(), tuple(steps.noted), stopped)
