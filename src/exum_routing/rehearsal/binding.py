"""A command of a script bound to its cmdlet: which value is which parameter's, checked before anything runs."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets import ERROR_ACTION, IN_MEMORY, OUT_VARIABLE, WHAT_IF, Parameter, ParameterType, parameters_named
from exum_routing.errors import shown
from exum_routing.interchange.powershell import (
    ArrayOf,
    Boolean,
    Command,
    Expression,
    ForEach,
    Null,
    Number,
    Place,
    Positional,
    ScriptBlock,
    Text,
)
from exum_routing.interchange.powershell import Parameter as Spelled
from exum_routing.rehearsal.actions import action_named
from exum_routing.suggestion import nearest

Value: TypeAlias = Expression | ScriptBlock
"""What a parameter was given; a switch without a value gets ``Boolean(True)``."""


class BindingError(Exception):
    """A command that cannot be bound; it carries the place and the message of every fault."""

    def __init__(self, faults: tuple[tuple[Place, str], ...]) -> None:
        """Keep the faults."""
        super().__init__(faults)
        self.faults = faults


@attrs.frozen
class Bound:
    """A command whose every value has found its parameter."""

    place: Place
    """Where the command stands."""
    values: Mapping[str, Value]
    """What each argument of our function was given."""
    parameters: Mapping[str, Parameter]
    """The parameter of each argument."""
    not_modelled: tuple[str, ...]
    """The parameters that were given and have no bearing on routing, as their page spells them."""
    dry: tuple[tuple[Parameter, Value], ...]
    """-WhatIf and -InMemory with what they were given; where one of them holds, the command changes nothing."""
    by_position: frozenset[str] = frozenset()
    """The arguments that were given without the name of their parameter."""
    error_action: Value | None = None
    """What -ErrorAction was given; None: it was not."""
    out_variable: Value | None = None
    """What -OutVariable was given; None: it was not."""


@attrs.frozen
class Signature:
    """What a command takes."""

    name: str
    """As its page spells it."""
    parameters: tuple[Parameter, ...]
    """Every documented parameter."""
    required: tuple[str, ...]
    """Names of the parameters that it cannot do without."""
    pipeline: str | None
    """The name of the parameter that what comes down the pipe is bound to; None: nothing is."""
    in_either_order: tuple[str, ...] = ()
    """The arguments that are told apart by content where all of them are given by position."""


def bind(command: Command, signature: Signature, *, piped: bool) -> Bound:
    """The command with every value at its parameter.

    Args:
        command: The command, as the script has it.
        signature: What the command takes.
        piped: Whether objects come down the pipe to it.

    Raises:
        BindingError: A parameter does not exist, is ambiguous, given twice, missing, without its value, or of another type.
    """
    faults: list[tuple[Place, str]] = []
    given: dict[str, tuple[Parameter, Value]] = {}
    by_position: set[str | None] = set()
    for parameter, value, place, is_named in _assigned(command, signature, faults):
        if parameter.name in given:
            faults.append((place, f"-{parameter.name} is given twice: keep one"))
        elif parameter.refusal is not None:
            faults.append((place, f"-{parameter.name} {parameter.refusal}"))
        else:
            problem = _mismatch(parameter, value)
            if problem is not None:
                faults.append((place, f"-{parameter.name} {problem}"))
            given[parameter.name] = (parameter, value)
            by_position |= set() if is_named else {parameter.argument}
    faults += _missing(command, signature, given, piped=piped)
    if faults:
        raise BindingError(tuple(faults))
    passed = {parameter.argument: (parameter, value) for parameter, value in given.values() if parameter.argument is not None}
    dry = {WHAT_IF.name, IN_MEMORY.name}
    understood = {*dry, ERROR_ACTION.name, OUT_VARIABLE.name}
    return Bound(
        command.place,
        {argument: value for argument, (_, value) in passed.items()},
        {argument: parameter for argument, (parameter, _) in passed.items()},
        tuple(name for name, (parameter, _) in given.items() if _is_aside(parameter) and name not in understood),
        tuple(one for name, one in given.items() if name in dry),
        frozenset(name for name in by_position if name is not None),
        given.get(ERROR_ACTION.name, (None, None))[1],
        given.get(OUT_VARIABLE.name, (None, None))[1],
    )


def _is_aside(parameter: Parameter) -> bool:
    """Whether a parameter has no bearing on routing."""
    return parameter.argument is None and parameter.type is not ParameterType.UNLIMITED


def _assigned(
    command: Command, signature: Signature, faults: list[tuple[Place, str]]
) -> Iterator[tuple[Parameter, Value, Place, bool]]:
    """Every parameter that was given with its value, and whether by name: those by name, then those by position."""
    by_position: list[Positional] = []
    named: set[str] = set()
    arguments = list(reversed(command.arguments))
    while arguments:
        argument = arguments.pop()
        if isinstance(argument, Positional):
            by_position.append(argument)
            continue
        parameter = _found(argument, signature, faults)
        value = argument.value
        if parameter is not None and parameter.type is ParameterType.SWITCH:
            value = Boolean(value=True) if value is None else value
        elif value is None and arguments and isinstance(arguments[-1], Positional):
            following = arguments.pop()
            value = following.value
        if parameter is not None and value is None:
            faults.append((argument.place, f"-{parameter.name} has no value: give one behind it"))
        elif parameter is not None and value is not None:
            named.add(parameter.name)
            yield parameter, value, argument.place, True
    free = sorted(_positions(signature, named), key=lambda one: one.position or 0)
    if signature.in_either_order and set(signature.in_either_order) <= {one.argument for one in free[: len(by_position)]}:
        free = [attrs.evolve(one, type=ParameterType.NULLABLE_TEXT) for one in free]
    waiting = iter(free)
    for argument in by_position:
        parameter = next(waiting, None)
        if parameter is None:
            faults.append((argument.place, f"{_spelled(argument.value)} has no parameter here: name one, or take it out"))
        else:
            yield parameter, argument.value, argument.place, False


def _positions(signature: Signature, named: set[str]) -> list[Parameter]:
    return [one for one in signature.parameters if one.position is not None and one.name not in named]


def _found(spelled: Spelled, signature: Signature, faults: list[tuple[Place, str]]) -> Parameter | None:
    found = parameters_named(signature.parameters, spelled.name)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"-{one.name}" for one in found)
        faults.append((spelled.place, f"-{spelled.name} may be {names}: write the name out"))
    else:
        near = nearest(spelled.name, tuple(one.name for one in signature.parameters))
        advice = f"did you mean -{near}?" if near else "take it out"
        faults.append((spelled.place, f"-{spelled.name} is not a parameter of {signature.name}: {advice}"))
    return None


def _spelled(value: Value) -> str:
    return shown(value.value) if isinstance(value, Text) else "a value"


_ACTIONS: Final = {
    ParameterType.ERROR_ACTION: ("Continue", "SilentlyContinue", "Ignore", "Stop"),
    ParameterType.QUIET_ACTION: ("Continue", "SilentlyContinue", "Ignore"),
}
"""The actions that a parameter takes; those that ask somebody cannot be rehearsed."""


def _action(value: object) -> str | None:
    match value:
        case Text(spelled):
            return action_named(spelled)
        case Number():
            return action_named(value.spelling)
        case _:
            return None


_LITERALS: Final = (Text, Number, Boolean, Null, ArrayOf)


def _mismatch(parameter: Parameter, value: Value) -> str | None:  # noqa: PLR0911 - a kind of parameter each
    """What is wrong with a value that can be judged before anything runs; None: nothing."""
    kind = parameter.type
    if kind is ParameterType.CONDITION:
        return _no_condition(value)
    if isinstance(value, ScriptBlock):
        return "takes no script block: give a value"
    if kind is ParameterType.UNLIMITED:
        is_all = isinstance(value, Text) and folded(value.value) == "unlimited"
        return None if is_all else "keeps some, and its page does not say which: use Unlimited, or Select-Object -First"
    if not isinstance(value, _LITERALS):
        return None
    if kind in _ACTIONS:
        return None if _action(value) in _ACTIONS[kind] else f"takes one of {', '.join(_ACTIONS[kind])}: use one of them"
    if isinstance(value, ArrayOf) and parameter.argument is not None and kind is not ParameterType.TEXTS:
        return "takes one value: give one, or pipe several into the command"
    if kind in {ParameterType.BOOLEAN, ParameterType.SWITCH, ParameterType.NULLABLE_BOOLEAN}:
        return None if _is_boolean(kind, value) else "takes $True or $False: give one of them"
    no_null = isinstance(value, Null) and kind is not ParameterType.NULLABLE_TEXT
    return "cannot be $null: give a value" if no_null else None


def _is_boolean(kind: ParameterType, value: Value) -> bool:
    as_number = isinstance(value, Number) and value.value in {0, 1}
    return isinstance(value, Boolean) or as_number or (kind is ParameterType.NULLABLE_BOOLEAN and isinstance(value, Null))


def _no_condition(value: Value) -> str | None:
    of_commands = isinstance(value, ScriptBlock) and isinstance(value.content, ForEach)
    no_text = isinstance(value, _LITERALS) and not isinstance(value, Text)
    return "takes a condition: give one in braces or quotes" if of_commands or no_text else None


def _missing(
    command: Command, signature: Signature, given: Mapping[str, object], *, piped: bool
) -> Iterator[tuple[Place, str]]:
    if piped and signature.pipeline is None:
        yield command.place, f"{signature.name} takes nothing from the pipe: write it alone"
    elif piped and signature.pipeline in given:
        yield command.place, f"-{signature.pipeline} is bound to what comes down the pipe: leave it out"
    for name in signature.required:
        if name not in given and not (piped and name == signature.pipeline):
            yield command.place, f"{signature.name} needs -{name}: give it"
