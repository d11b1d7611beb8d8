"""What a rehearsal holds at most: beyond it something is refused, by name, and nothing grows."""

import pytest

from exum_routing import Deployment, User
from exum_routing.interchange.powershell import read_script
from exum_routing.rehearsal import Rehearsal, bounds, rehearse, steps


def rehearsed(script: str, users: int = 1) -> Rehearsal:
    """A script, rehearsed on so many users."""
    found = [User(sip_address=f"u{number}@contoso.com", display_name=f"U{number}") for number in range(users)]
    return rehearse(read_script(script), Deployment(users=found))


def refusals(script: str) -> list[str]:
    """The kinds of refusals of a script, each once."""
    return list(dict.fromkeys(type(step.refusal).__name__ for step in rehearsed(script).steps if step.refusal is not None))


@pytest.mark.parametrize(
    "line",
    ['$a = "$a$a"', "$a = $a + $a", "$a += $a", '$a = "$($a)$($a)"'],
)
def test_a_text_that_doubles(line: str) -> None:
    """After twenty lines it is longer than a million characters, and the next line is refused; the script goes on."""
    found = rehearsed("$a = 'x'\n" + f"{line}\n" * 30 + "Get-CsUser u0@contoso.com")
    assert {type(step.refusal).__name__ for step in found.steps[:-1]} == {"TooLarge"}
    assert "more than 1,000,000 characters" in str(found.steps[0].refusal)
    assert found.steps[-1].output
    assert len(found.steps) == 30 - 19 + 1


@pytest.mark.parametrize("line", ["$a = $a,$a", "$a = ($a,$a,$a)"])
def test_a_list_that_doubles(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The values of lists within it count, too."""
    monkeypatch.setattr(bounds, "MOST_VALUES", 1_000)
    assert refusals("$a = 'x','y'\n" + f"{line}\n" * 30) == ["TooLarge"]


def test_a_list_in_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that is not too long may be a text that is."""
    monkeypatch.setattr(bounds, "LONGEST_TEXT", 100)
    assert refusals("$a = 'xxxxxxxxxx','y'\n$a = $a,$a,$a,$a,$a,$a,$a,$a,$a,$a\n\"$a\"") == ["TooLarge"]


def test_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps and objects count together; beyond the bound the script stops, and the last step says why."""
    monkeypatch.setattr(steps, "MOST_PRINTED", 50)
    found = rehearsed("Get-CsUser\n" * 10, users=20)
    assert found.stopped
    assert len(found.steps) == 3
    assert "rehearse the script in parts" in str(found.steps[-1].refusal)
    assert rehearsed("'" + "x" * 8_000 + "'").stopped
    assert not rehearsed("Get-CsUser\n" * 2, users=20).stopped


def test_the_weight_of_a_value() -> None:
    """Its values, those of lists within it included; an empty list is one, and counting ends soon after the bound."""
    assert bounds.weight((), 10) == 1
    assert bounds.weight(("a", ("b", ("c",)), None), 10) == 4
    deep: tuple[object, ...] = ("x",)
    for _ in range(100):
        deep = (deep, deep)
    assert bounds.weight(deep, 1_000) == 1_001
