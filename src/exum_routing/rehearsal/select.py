"""Select-Object: which of the objects, and what of each, go on down the pipe."""

from collections.abc import Sequence
from typing import Any, Final

from exum_routing.cmdlets import Parameter, ParameterType
from exum_routing.rehearsal.arguments import argument
from exum_routing.rehearsal.asides import Unordered
from exum_routing.rehearsal.binding import Bound, Signature
from exum_routing.rehearsal.evaluation import NoValue, Scope, property_of, selected_of

SELECT_NAMES: Final = frozenset({"select-object", "select"})
"""The names of Select-Object."""
_NUMBERS: Final = ("First", "Last", "Skip")
SELECT: Final = Signature(
    "Select-Object",
    (
        Parameter("Property", "Property", ParameterType.TEXTS, 0),
        Parameter("ExpandProperty", "ExpandProperty", ParameterType.TEXT),
        *(Parameter(name, name, ParameterType.TEXT) for name in _NUMBERS),
        Parameter("Unique", "Unique", ParameterType.SWITCH),
    ),
    (),
    "InputObject",
)
"""What Select-Object takes."""


def selected(bound: Bound, objects: tuple[Any, ...], scope: Scope) -> tuple[Any, ...]:
    """What Select-Object lets through.

    Raises:
        NoValue: A number is not one, an object does not have the property, or the order of the objects is not known.
    """
    if isinstance(objects, Unordered) and len(objects) > 1 and bound.values.keys() & set(_NUMBERS):
        raise NoValue(SELECT.name, "counts objects in an order that is not modelled: leave out Sort-Object, or the number")
    numbers = {name: _count(bound, name, scope) for name in _NUMBERS}
    found: Sequence[Any] = _taken(objects, first=numbers["First"], last=numbers["Last"], skip=numbers["Skip"] or 0)
    if "ExpandProperty" in bound.values:
        name = argument(bound, "ExpandProperty", scope)
        found = [property_of(one, name) for one in found]
    elif "Property" in bound.values:
        names = argument(bound, "Property", scope)
        found = [selected_of(one, names) for one in found]
    unique = "Unique" in bound.values and argument(bound, "Unique", scope)
    return tuple(dict.fromkeys(found)) if unique else tuple(found)


def _count(bound: Bound, name: str, scope: Scope) -> int | None:
    if name not in bound.values:
        return None
    text = argument(bound, name, scope)
    if not text.isdecimal() or len(text) > len("1000000000"):
        raise NoValue(text, f"is no number for -{name}: give a whole number from 0")
    return int(text)


def _taken(objects: Sequence[Any], *, first: int | None, last: int | None, skip: int) -> Sequence[Any]:
    """What -First, -Last and -Skip take, as the page of Select-Object has it: with -Last alone, -Skip counts from the end."""
    if last and not first:
        return objects[: max(len(objects) - skip, 0)][-last:]
    found = objects[skip:]
    if first is None and last is None:
        return found
    return (*found[: first or 0], *(found[first or 0 :][-last:] if last else ()))
