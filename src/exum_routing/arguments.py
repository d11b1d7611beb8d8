"""Which argument of a call has a wrong type, asked only where a call failed: a call that succeeds pays nothing for it."""

import functools
import inspect
import types
import typing
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from exum_routing.errors import ExumRoutingError, shown

P = ParamSpec("P")
R = TypeVar("R")


def names_wrong_types(function: Callable[P, R]) -> Callable[P, R]:
    """A function that says which argument has a wrong type, where one has and the call fails because of it.

    >>> @names_wrong_types
    ... def first(text: str) -> str:
    ...     return text.upper()[0]
    >>> first(5)
    Traceback (most recent call last):
    TypeError: first: 5 is not a str: give one as text
    """

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except ExumRoutingError:
            raise
        except Exception as error:  # noqa: BLE001 - it is raised again, or named
            raise wrong_type(function, args, kwargs, error)  # noqa: B904 - it has its cause

    return checked


def wrong_type(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], error: Exception) -> Exception:
    """The TypeError of the first argument whose type is wrong; where every type is right, the error itself."""
    try:
        hints = typing.get_type_hints(function)
        given = inspect.signature(function).bind(*args, **kwargs).arguments
    except (NameError, TypeError):  # types of an extra that is not installed, or arguments of another number
        return error
    for name, value in given.items():
        problem = _problem(name, value, hints.get(name, object), error)
        if problem:
            found = TypeError(f"{function.__name__}: {problem}")
            found.__cause__ = error
            return found
    return error


def _problem(name: str, value: object, hint: Any, error: Exception) -> str:  # noqa: ANN401 - any type
    if not _fits(value, hint):
        return f"{shown(value)} is not {_told(hint)}: give one as {name}"
    if isinstance(value, str | int) and type(value) not in {str, int, bool} and not isinstance(error, TypeError):
        return f"{name} is a {type(value).__name__}, which does not act as a text or a number: give a plain one"
    return ""


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401 - any type
    """Whether a value is of a type, as far as that is told without looking into it."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return any(_fits(value, one) for one in typing.get_args(hint))
    kind = typing.get_origin(hint) or hint
    if isinstance(kind, TypeVar):
        return not kind.__constraints__ or any(_fits(value, one) for one in kind.__constraints__)
    if kind is Any or not isinstance(kind, type):
        return True
    one_by_one = kind is not object and kind is not str and isinstance(value, str | bytes) and issubclass(type(value), kind)
    return isinstance(value, kind) and not (one_by_one and kind.__module__ == "collections.abc")


def _told(hint: Any) -> str:  # noqa: ANN401 - any type
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return " or ".join(map(_told, typing.get_args(hint)))
    if hint is types.NoneType:
        return "None"
    name = getattr(typing.get_origin(hint) or hint, "__name__", str(hint))
    return f"{'an' if name[0].lower() in 'aeio' else 'a'} {name}"
