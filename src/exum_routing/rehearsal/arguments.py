"""From a value of a script, as it runs, to the argument of a cmdlet."""

from collections.abc import Callable
from typing import Any, Final

import attrs

from exum_routing.cmdlets import Parameter, ParameterType, verification_level
from exum_routing.interchange.powershell import Number, Pipeline, ScriptBlock, ScriptError, read_filter
from exum_routing.rehearsal.binding import Bound, Value
from exum_routing.rehearsal.evaluation import NoValue, Scope, holds, identity_of, value_of
from exum_routing.rehearsal.parts import parts_of


def argument(bound: Bound, name: str, scope: Scope) -> Any:  # noqa: ANN401 - what the cmdlet takes
    """The value of a parameter, as the cmdlet's function takes it.

    Raises:
        NoValue: It has no value, or one of another type.
        InvalidValue: It is not a verification level.
    """
    given, parameter = bound.values[name], bound.parameters[name]
    if parameter.type is ParameterType.CONDITION:
        return _condition(_value(given, scope), scope)
    value = _value(given, scope)
    return (
        identity_of(value) if parameter.name == "Identity" and attrs.has(type(_plain(value))) else converted(value, parameter)
    )


def is_dry(bound: Bound, scope: Scope) -> bool:
    """Whether -WhatIf or -InMemory holds, so that the command changes nothing.

    Raises:
        NoValue: The value of one of them is not a boolean.
    """
    return any(converted(_value(given, scope), parameter) for parameter, given in bound.dry)


def _value(given: Value, scope: Scope) -> object:
    return given if isinstance(given, ScriptBlock) else value_of(given, scope)


def _condition(value: object, scope: Scope) -> Callable[[Any], bool]:
    block = filter_of(value) if isinstance(value, str) else value
    if not isinstance(block, ScriptBlock):
        raise NoValue(value, "is no condition for -Filter: give one in braces or quotes")
    condition: Any = block.content
    return lambda user: holds(condition, attrs.evolve(scope.of(user), filtering=True))


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
    if any(isinstance(part, Pipeline) for part in parts_of(block)):
        raise NoValue(text, "cannot be read as a filter: it holds a command; assign its value to a variable before")
    return block


_MAY_BE_EMPTY: Final = "description"
"""The argument that an empty text is a value of. Of others PowerShell's empty text counts as ``$null``."""
_BOOLEANS: Final = frozenset({ParameterType.BOOLEAN, ParameterType.NULLABLE_BOOLEAN, ParameterType.SWITCH})


def _is_null(value: object, parameter: Parameter) -> bool:
    if value == "":
        return parameter.type is ParameterType.NULLABLE_TEXT and parameter.argument != _MAY_BE_EMPTY
    return value is None and parameter.type in {ParameterType.NULLABLE_BOOLEAN, ParameterType.NULLABLE_TEXT}


def converted(value: Any, parameter: Parameter) -> Any:  # noqa: ANN401 - a script's value, and a cmdlet's argument
    """A value as a parameter takes it.

    Raises:
        NoValue: It is of another type.
        InvalidValue: It is no verification level.
    """
    kind = parameter.type
    if _is_null(value, parameter):
        return None
    if kind in _BOOLEANS:
        if isinstance(value, Number) and value.value in {0, 1}:
            return bool(value.value)
        if isinstance(value, bool):
            return value
        raise NoValue(_plain(value), f"is no boolean for -{parameter.name}: give $True or $False")
    if kind is ParameterType.TEXTS and isinstance(value, tuple):
        return tuple(text for one in value for text in converted(one, parameter))
    text = _plain(value)
    if not isinstance(text, str):
        raise NoValue(text, f"is no text for -{parameter.name}: give one")
    if kind is ParameterType.TEXTS:
        return (text,)
    return verification_level(text) if kind is ParameterType.VERIFICATION_LEVEL else text


def _plain(value: object) -> object:
    return value.spelling if isinstance(value, Number) else value
