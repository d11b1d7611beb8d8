"""What a call meets on its way that no deployment holds."""

import subprocess
import sys
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from exum_routing import ExumRoutingError, Fqdn, InvalidFqdn, InvalidValue, Reading, RequestUriLayout
from exum_routing.call import USUAL, Circumstances


def test_usual_ones() -> None:
    """Nothing said, it is the first turn, everything answers, two servers are tried, and the defaults hold."""
    expected = Circumstances(turn=0, unreachable=(), servers_tried=2, reading=Reading(), layout=RequestUriLayout())
    assert expected == USUAL == Circumstances()


@pytest.mark.parametrize("kind", [tuple, list, set, frozenset])
def test_names_of_hosts_in_any_collection(kind: type) -> None:
    """Hosts that do not answer are given in any collection and any case, and count once."""
    found = Circumstances(unreachable=kind(["UM1.contoso.com", "um1.contoso.com"])).unreachable
    assert found == frozenset({"um1.contoso.com"})
    assert all(type(name) is Fqdn for name in found)


@pytest.mark.parametrize("turn", [0, -1, 10**30])
def test_any_whole_number_is_a_turn(turn: int) -> None:
    """A turn counts calls from any start."""
    assert Circumstances(turn=turn).turn == turn


@pytest.mark.parametrize(
    ("field", "value", "error", "message"),
    [
        ("turn", "1", InvalidValue, "'1' is no whole number: give one"),
        ("turn", True, InvalidValue, "True is no whole number: give one"),
        ("turn", None, InvalidValue, "None is no whole number: give one"),
        ("turn", 1.0, InvalidValue, "1.0 is no whole number: give one"),
        ("unreachable", "um1.contoso.com", InvalidValue, "'um1.contoso.com' is no collection of names: give a tuple of FQDNs"),
        ("unreachable", None, InvalidValue, "None is no collection of names: give a tuple of FQDNs"),
        ("unreachable", {"um1": 1}, InvalidValue, "{'um1': 1} is no collection of names: give a tuple of FQDNs"),
        ("unreachable", ["um 1"], InvalidFqdn, "'um 1' is not an FQDN: "),
        ("unreachable", [None], InvalidFqdn, "None is not an FQDN: "),
        ("servers_tried", 0, InvalidValue, "0 is no number of servers: give a whole number from 1"),
        ("servers_tried", -2, InvalidValue, "-2 is no number of servers: give a whole number from 1"),
        ("servers_tried", True, InvalidValue, "True is no whole number: give one"),
        ("servers_tried", 2.0, InvalidValue, "2.0 is no whole number: give one"),
        ("reading", None, InvalidValue, "None is not a Reading: use one"),
        ("reading", "FIRST", InvalidValue, "'FIRST' is not a Reading: use one"),
        ("layout", None, InvalidValue, "None is not a RequestUriLayout: use one"),
        ("layout", "maddr", InvalidValue, "'maddr' is not a RequestUriLayout: use one"),
    ],
)
def test_malformed_values_are_refused(field: str, value: Any, error: type[ExumRoutingError], message: str) -> None:
    """A value that does not fit is named, with the field."""
    with pytest.raises(error) as caught:
        Circumstances(**{field: value})
    assert caught.value.place == f"Circumstances.{field}"
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(Circumstances)])
def test_they_cannot_be_changed(field: str) -> None:
    """Every field is frozen."""
    with pytest.raises(FrozenInstanceError):
        setattr(Circumstances(), field, None)


@pytest.mark.parametrize(("names", "shown"), [((), ""), (("b", "a"), "{'a', 'b'}")])
def test_hosts_are_shown_in_order(names: tuple[str, ...], shown: str) -> None:
    """What is shown is a set of texts, in order."""
    assert f"unreachable=frozenset({shown})," in repr(Circumstances(unreachable=names))


def test_they_look_the_same_in_every_process() -> None:
    """Hosts that do not answer are shown in order, whatever the hashes of the process."""
    code = "from exum_routing.call import Circumstances; print(Circumstances(unreachable=['c', 'a', 'b']))"
    shown = {
        subprocess.run(  # noqa: S603 - ours
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }  # fmt: skip
    assert len(shown) == 1
    assert "unreachable=frozenset({'a', 'b', 'c'})" in shown.pop()
