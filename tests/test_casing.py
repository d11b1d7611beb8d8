"""Names without case: one comparison, in one function, used by everything that compares names (NAME-6)."""

import ast
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exum_routing
from exum_routing.casing import folded

SOURCE = Path(exum_routing.__file__).parent
ONE_UNIT = [chr(code) for code in range(0x10000)]
OTHER_CASES = {
    "casing.py": "what the comparison is made of",
    "sip": "RFC 3261 spells names in ASCII",
    "call": "option tags and parameter values of RFC 3261",
    "routing/request_uri.py": "names of parameters, which are ASCII there",
    "interchange/records": "words of the formats, which are ASCII",
    "cli": "words and endings of the command line",
    "suggestion.py": "how near a name is, not whether it is the same",
    "audit/counts.py": "what is printed",
    "arguments.py": "what is printed",
    "testing/sip_strategies.py": "names of RFC 3261",
    "testing/strategies.py": "spellings of one name",
}
"""Where text changes its case for another reason than a comparison of names, and which."""


def test_one_character_stands_for_all_that_share_an_upper_case() -> None:
    """Over every UTF-16 unit: what has the same upper case is folded alike, what has another is not."""
    representatives: dict[str, str] = {}
    for character in ONE_UNIT:
        upper = character.upper() if len(character.upper()) == 1 else character
        upper = character if upper.isascii() and not character.isascii() else upper
        assert len(folded(character)) == 1
        assert folded(folded(character)) == folded(character)
        if len(character.upper()) == 1:
            assert folded(upper) == folded(character)
            assert representatives.setdefault(folded(character), upper) == upper


def test_ascii_and_the_rest_never_meet() -> None:
    """ASCII text is folded to its lower case, and nothing outside ASCII equals an ASCII character."""
    assert [folded(character) for character in ONE_UNIT[:128]] == [character.lower() for character in ONE_UNIT[:128]]
    assert not any(folded(character).isascii() for character in ONE_UNIT[128:])


def test_a_letter_of_two_units_has_no_case() -> None:
    """Every character beyond one UTF-16 unit equals itself alone."""
    assert all(folded(chr(code)) == chr(code) for code in range(0x10000, sys.maxunicode + 1))


@given(one=st.text(), other=st.text())
def test_each_character_is_compared_by_itself(one: str, other: str) -> None:
    """What stands before or after a character does not matter, so a final sigma is a sigma anywhere."""
    assert folded(one + other) == folded(one) + folded(other)
    assert len(folded(one)) == len(one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2", True),
        ("\u1fbc", "\u1fb3", True),
        ("\u01c5", "\u01c6", True),
        ("\xe9", "\xc9", True),
        ("stra\xdfe", "STRASSE", False),
        ("\xdf", "\u1e9e", False),
        ("\u0130", "i", False),
        ("\u0131", "I", False),
        ("\u017f", "s", False),
        ("\u212a", "k", False),
        ("\xe9", "e\u0301", False),
        ("\U00010400", "\U00010428", False),
    ],
)
def test_known_pairs(one: str, other: str, same: bool) -> None:
    """Pairs that other comparisons without case decide otherwise."""
    assert (folded(one) == folded(other)) is same


def test_names_are_compared_by_nothing_else() -> None:
    """No module changes the case of a text by itself, but for those with another reason; each of these is needed."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"lower", "upper", "casefold"}:
                found.add(path.relative_to(SOURCE).as_posix())
    own_reason = {name for name in found if any(name == place or name.startswith(f"{place}/") for place in OTHER_CASES)}
    assert found - own_reason == set()
    assert all(any(name == place or name.startswith(f"{place}/") for name in found) for place in OTHER_CASES)
