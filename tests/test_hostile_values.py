"""One family of errors: an ExumRoutingError, or a TypeError that names the argument, whatever a public function is given.

The walk takes every name at every door. What a docstring documents besides, under ``Raises``, may be raised as well.
"""

import enum
import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import ExumRoutingError

DOORS = (
    *("", ".sip", ".deployment", ".routing", ".call", ".cmdlets", ".replication", ".audit", ".diagnosis", ".planning"),
    *(".interchange", ".interchange.document", ".interchange.answers", ".interchange.export", ".interchange.powershell"),
    *(".interchange.sip_message", ".rehearsal", ".importing", ".conformance"),
)


class HostileText(str):
    """A text whose methods all fail."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("compared")

    def __hash__(self) -> int:
        raise RuntimeError("hashed")

    def lower(self) -> str:
        """Fail."""
        raise RuntimeError("lowered")

    def __str__(self) -> str:
        raise RuntimeError("told")


class HostileNumber(int):
    """A number that cannot be compared."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("compared")

    def __hash__(self) -> int:
        raise RuntimeError("hashed")


VALUES: dict[str, Any] = {
    "None": None,
    "a number": 5,
    "an object": object(),
    "octets": b"x",
    "a float": 1.5,
    "a flag": True,
    "a hostile text": HostileText("a"),
    "a hostile number": HostileNumber(3),
    "half a pair": "\ud800",
    "empty": "",
    "a long text": "x" * 100_000,
    "a tuple": (),
    "a list": [],
    "a mapping": {},
    "a function": len,
}


def public_callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function and class at a door, once; enumerations and errors are values, not calls."""
    seen = set()
    for door in DOORS:
        module = importlib.import_module(f"exum_routing{door}")
        for name in getattr(module, "__all__", [one for one in vars(module) if not one.startswith("_")]):
            found = getattr(module, name)
            is_value = isinstance(found, type) and issubclass(found, BaseException | enum.Enum)
            ours = getattr(found, "__module__", "").startswith("exum_routing")
            if callable(found) and ours and not is_value and id(found) not in seen:
                seen.add(id(found))
                yield f"{found.__module__}.{name}", found


CALLABLES = dict(public_callables())


def refuses(call: Callable[..., Any], value: object) -> str:
    """What is wrong with how a call with this value for every required argument ends; empty: nothing."""
    parameters = inspect.signature(call).parameters.values()
    required = [one for one in parameters if one.default is one.empty and one.kind not in {one.VAR_KEYWORD, one.VAR_POSITIONAL}]
    args = [value for one in required if one.kind is not one.KEYWORD_ONLY]
    kwargs = {one.name: value for one in required if one.kind is one.KEYWORD_ONLY}
    try:
        call(*args, **kwargs)
    except ExumRoutingError as error:
        return "" if str(error).isprintable() else f"a message of several lines: {error}"
    except TypeError as error:
        named = any(one.name in str(error) for one in required)
        return "" if named or not required else f"a TypeError that names no argument: {error}"
    except Exception as error:  # noqa: BLE001 - the finding is which
        documented = type(error).__name__ in (call.__doc__ or "")
        return "" if documented else f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize("name", CALLABLES)
def test_every_public_name_refuses_in_its_own_words(name: str) -> None:
    """Or takes the value."""
    found = {what: refuses(CALLABLES[name], value) for what, value in VALUES.items()}
    assert {what: problem for what, problem in found.items() if problem} == {}


def test_the_walk_meets_what_is_public() -> None:
    """Functions of every room; a walk of nothing would hold nothing."""
    assert len(CALLABLES) > 150
    assert {"exum_routing.routing.route.route", "exum_routing.planning.plan.plan"} <= CALLABLES.keys()


@names_wrong_types
def example(text: str, several: tuple[str, ...] = (), other: int | None = None, anything: Any = None) -> int:
    """Something that fails, and has faults of its own; ``anything`` is never at fault."""
    assert anything != "at fault"
    return len(text.upper()) + len([one.upper() for one in several]) + (other or 0) // 1


class TestNamesWrongTypes:
    """The argument that has a wrong type is named, where the call fails."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (((5,), {}), "example: 5 is not a str: give one as text"),
            ((("a", 5), {}), "example: 5 is not a tuple: give one as several"),
            ((("a",), {"other": "x"}), "example: 'x' is not an int or None: give one as other"),
        ],
    )
    def test_it_names_the_argument(self, arguments: tuple[tuple[Any, ...], dict[str, Any]], message: str) -> None:
        """And keeps the error that it comes from."""
        args, kwargs = arguments
        with pytest.raises(TypeError) as caught:
            example(*args, **kwargs)
        assert str(caught.value) == message
        assert caught.value.__cause__ is not None

    def test_another_fault_stays_what_it_is(self) -> None:
        """Where every type is right, and where the number of arguments is wrong."""
        with pytest.raises(AttributeError):
            example("a", (5,), None, [])  # type: ignore[arg-type] # malformed on purpose
        with pytest.raises(TypeError, match="missing"):
            example()  # type: ignore[call-arg] # malformed on purpose

    def test_types_that_cannot_be_read_are_left_alone(self) -> None:
        """Those of an extra that is not installed."""

        def strange(value: "NotInstalled") -> None:  # type: ignore[name-defined] # noqa: F821 - not there on purpose
            raise ValueError(value)

        with pytest.raises(ValueError, match="5"):
            names_wrong_types(strange)(5)

    def test_it_is_the_function(self) -> None:
        """With its name, its signature and its docstring."""
        assert example.__name__ == "example"
        assert list(inspect.signature(example).parameters) == ["text", "several", "other", "anything"]
        assert example("ab", ("c",), 4) == 7
