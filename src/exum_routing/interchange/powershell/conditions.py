"""Conditions that stand as arguments of a command: the simple form of Where-Object, and filters with bare names."""

import itertools
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from exum_routing.casing import folded
from exum_routing.interchange.powershell.refusals import Refused
from exum_routing.interchange.powershell.syntax import (
    And,
    Argument,
    Command,
    Comparison,
    Condition,
    ForEach,
    IsTrue,
    Not,
    Or,
    Parameter,
    Pipeline,
    Place,
    Positional,
    Property,
    ScriptBlock,
    SubPipeline,
    Text,
    Variable,
)

Operator: TypeAlias = Literal["eq", "ne", "like", "notlike"]

OPERATORS: Final[Mapping[str, Operator]] = {
    "eq": "eq",
    "ieq": "eq",
    "ine": "ne",
    "ilike": "like",
    "inotlike": "notlike",
    "like": "like",
    "ne": "ne",
    "notlike": "notlike",
}
"""The comparisons that are read, in lower case and without the dash."""
JOINTS: Final[Mapping[str, type[And | Or]]] = {"and": And, "or": Or}
"""What joins conditions, in lower case and without the dash."""

_OPERATOR: Final = "is no comparison that is read: compare with -eq, -ne, -like or -notlike, which take texts without case"
_JOINT: Final = "does not join conditions here: join them with -and or -or"
_MIXED: Final = "joins conditions without saying which belong together: put each pair in parentheses"
_WHERE: Final = "is not read with these arguments: write Where-Object {$_.Name -eq value}"
_FILTER: Final = "is no condition of a filter: write Name -eq value, and parentheses around a condition behind -not"


def operator(spelled: str, place: Place) -> Operator:
    """The comparison that an operator means; ``spelled`` with its dash.

    Raises:
        Refused: It is not read.
    """
    known = OPERATORS.get(folded(spelled[1:]))
    if known is None:
        raise Refused(place, spelled, _OPERATOR)
    return known


def joint(spelled: str, place: Place) -> type[And | Or]:
    """How an operator joins conditions; ``spelled`` with its dash.

    Raises:
        Refused: It does not.
    """
    known = JOINTS.get(folded(spelled[1:]))
    if known is None:
        raise Refused(place, spelled, _JOINT)
    return known


def property_of_it(name: str, place: Place) -> Property:
    """A property of the object that is filtered."""
    return Property(Variable("_", place=place), name, place=place)


def is_bare_condition(command: Command) -> bool:
    """Whether what reads as a command is a condition that begins with a bare name: ``HostedVoiceMail -eq $True``."""
    first = command.arguments[:1]
    return bool(first) and isinstance(first[0], Parameter) and folded(first[0].name) in OPERATORS


def bare_condition(command: Command) -> Condition:
    """The condition that reads as a command.

    Raises:
        Refused: It is none.
    """
    items: deque[Argument] = deque(
        (Positional(Text(command.name, place=command.place), place=command.place), *command.arguments)
    )
    found = [_bare_term(items, command)]
    kind: type[And | Or] | None = None
    while items:
        between = items.popleft()
        if not isinstance(between, Parameter) or between.value is not None:
            raise Refused(between.place, command.name, _FILTER)
        this = joint(f"-{between.name}", between.place)
        if kind not in {None, this}:
            raise Refused(between.place, f"-{between.name}", _MIXED)
        kind = this
        found.append(_bare_term(items, command))
    return found[0] if kind is None else kind(tuple(found), place=found[0].place)


def _bare_term(items: deque[Argument], command: Command) -> Condition:
    taken = [items.popleft() for _ in range(min(3, len(items)))]
    match taken:
        case [Parameter(name=no, value=None, place=place), Positional(value=SubPipeline() as held), *rest] if (
            folded(no) == "not"
        ):
            items.extendleft(reversed(rest))
            return Not(_in_parentheses(held), place=place)
        case [Positional(value=SubPipeline() as held), *rest]:
            items.extendleft(reversed(rest))
            return _in_parentheses(held)
        case [Positional(value=Text(value=name), place=place), Parameter(value=None) as middle, Positional(value=right)] if (
            not isinstance(right, ScriptBlock)
        ):
            return Comparison(operator(f"-{middle.name}", middle.place), property_of_it(name, place), right, place=place)
    place = taken[0].place if taken else command.place
    raise Refused(place, command.name, _FILTER)


def _in_parentheses(held: SubPipeline) -> Condition:
    match held.pipeline:
        case Pipeline(source=None, commands=(command,)) if is_bare_condition(command):
            return bare_condition(command)
    raise Refused(held.place, held.pipeline.commands[0].name, _FILTER)


def where_condition(command: Command) -> Condition:
    """The condition of a Where-Object, in any of its forms.

    Raises:
        Refused: There is none.
    """
    match command.arguments:
        case [Positional(value=ScriptBlock(content=content))]:
            found = content
        case [Parameter(name=name, value=None), Positional(value=ScriptBlock(content=content))] if _is_filter_script(name):
            found = content
        case [Parameter(name=name, value=ScriptBlock(content=content))] if _is_filter_script(name):
            found = content
        case [Positional(value=Text(value=name), place=place)]:
            return IsTrue(property_of_it(name, place), place=place)
        case [Positional(value=Text(value=name), place=place), Parameter(value=None) as middle, Positional(value=right)] if (
            not isinstance(right, ScriptBlock)
        ):
            return Comparison(operator(f"-{middle.name}", middle.place), property_of_it(name, place), right, place=place)
        case _:
            raise Refused(command.place, command.name, _WHERE)
    if isinstance(found, ForEach):
        spelled = [one.name for pipeline in found.pipelines for one in pipeline.commands]
        raise Refused(found.place, next(iter(spelled), command.name), _WHERE)
    return found


def _is_filter_script(name: str) -> bool:
    return "filterscript".startswith(folded(name))


def joined(first: Condition, others: Sequence[tuple[type[And | Or], Condition]]) -> Condition:
    """Conditions joined from left to right: PowerShell's -and and -or bind alike."""
    whole = first
    for kind, group in itertools.groupby(others, key=lambda other: other[0]):
        whole = kind((whole, *(condition for _, condition in group)), place=first.place)
    return whole
