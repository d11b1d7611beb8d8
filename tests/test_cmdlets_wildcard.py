"""Wildcards: one implementation, and what it costs."""

import pytest
from cmdlet_model import stands_for
from hypothesis import given
from hypothesis import strategies as st

from exum_routing.cmdlets import matches
from exum_routing.cmdlets.wildcard import Wildcard

TEXTS = st.text("ab*?[]`-!", max_size=8)


@given(TEXTS, TEXTS)
def test_in_an_identity_only_a_star_is_special(text: str, wildcard: str) -> None:
    """A wildcard of an Identity fits what a naive search through every place of every ``*`` fits."""
    assert Wildcard.of_identity(wildcard).matches(text) is stands_for(wildcard, text)


@given(TEXTS, st.text("ab*", max_size=8))
def test_both_kinds_read_a_star_alike(text: str, wildcard: str) -> None:
    """Where there is nothing special but ``*``, an Identity and -like fit the same texts."""
    assert matches(text, wildcard) is Wildcard.of_identity(wildcard).matches(text)


@given(TEXTS)
def test_what_is_escaped_fits_itself_alone(text: str) -> None:
    """A backtick before ``*``, ``?`` and ``[`` leaves a wildcard of PowerShell that fits that very text."""
    escaped = "".join(f"`{one}" if one in "*?[" else one for one in text)
    assert matches(text, escaped)
    assert not matches(f"{text}a", escaped)


@given(st.text("ab!^`?*", min_size=1, max_size=4), st.sampled_from("abc!^`?*-"))
def test_a_set_fits_its_members(members: str, text: str) -> None:
    """Whatever a set begins with, it fits the characters in it: nothing negates one."""
    assert matches(text, f"[{members}]") is (text in members)


@pytest.mark.parametrize(
    ("text", "wildcard", "expected"),
    [
        ("!", "[!]", True),
        ("b", "[!]a]", False),
        ("`", "[`*]", True),
        ("?", "[`?]", True),
        ("[*", "[`*", True),
        ("!", "[!a-]", True),
        ("b", "[c-a!]", False),
    ],
)
def test_in_a_set_every_character_stands_for_itself(text: str, wildcard: str, expected: bool) -> None:
    """So does a backtick, and so does ``!``; a set that is not closed is none."""
    assert matches(text, wildcard) is expected


@pytest.mark.parametrize(
    ("wildcard", "expected"),
    [
        ("*a" * 50 + "*b", False),
        ("*?a" * 50 + "*b", False),
        ("*[ab]" * 50 + "*c", False),
        ("*" * 10_000 + "a", True),
        ("*" + "a" * 10_000 + "b*", False),
        ("[" * 100_000, False),
        ("[]" * 50_000, False),
    ],
    ids=["stars", "question marks", "sets", "stars alone", "a long piece", "open sets", "empty sets"],
)
def test_no_wildcard_is_slow(wildcard: str, expected: bool) -> None:
    """What a search that goes back would never end with is answered at once."""
    assert matches("a" * 100_000, wildcard) is expected
