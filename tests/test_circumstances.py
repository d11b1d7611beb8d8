"""What a call meets on its way that no deployment holds."""

import subprocess
import sys
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from exum_routing import Fqdn, InvalidFqdn, InvalidValue, Reading, RequestUriLayout
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
    ("field", "value"),
    [
        ("turn", "1"),
        ("turn", True),
        ("turn", None),
        ("turn", 1.0),
        ("unreachable", "um1.contoso.com"),
        ("unreachable", None),
        ("unreachable", {"um1": 1}),
        ("servers_tried", 0),
        ("servers_tried", -2),
        ("servers_tried", True),
        ("servers_tried", 2.0),
        ("reading", None),
        ("reading", "FIRST"),
        ("layout", None),
        ("layout", "maddr"),
    ],
)
def test_malformed_values_are_refused(field: str, value: Any) -> None:
    """A value that does not fit is named, with the field."""
    with pytest.raises(InvalidValue) as caught:
        Circumstances(**{field: value})
    assert (caught.value.place, caught.value.value) == (f"Circumstances.{field}", value)


@pytest.mark.parametrize("name", ["um 1", None])
def test_malformed_names_of_hosts_are_refused(name: Any) -> None:
    """Of the hosts that do not answer, the one that has no FQDN is named."""
    with pytest.raises(InvalidFqdn) as caught:
        Circumstances(unreachable=["um1", name])
    assert (caught.value.place, caught.value.value) == ("Circumstances.unreachable", name)


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
