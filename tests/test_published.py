"""The published examples: at least 95 of 100 rehearse as their page says, and what is refused is refused with the reason."""

import re

import pytest
from published import PAGE, Example, examples, outcome

from exum_routing.cmdlets import CMDLETS

ROWS = examples()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.script[:60])
def test_each_example_has_the_outcome_of_the_page(row: Example) -> None:
    """Done, run elsewhere, or refused with the words that the page gives."""
    found = outcome(row.script)
    kind, _, words = row.outcome.partition(": ")
    assert found.startswith(kind.partition(",")[0])
    assert words in found


def test_most_examples_rehearse_as_their_page_says() -> None:
    """The figure of the page is that of its rows, and not below 95 %."""
    as_published = sum(not row.outcome.startswith("refused:") for row in ROWS)
    share = 100 * as_published / len(ROWS)
    assert f"{as_published} of {len(ROWS)} ({share:.1f} %)" in PAGE.read_text(encoding="utf-8").replace("\n", " ")
    assert share >= 95


def test_every_cmdlet_has_an_example() -> None:
    """Of those that are rehearsed."""
    named = {name.lower() for row in ROWS for name in re.findall(r"\b[A-Z][a-z]+-Cs\w+", row.script)}
    assert CMDLETS.keys() - named == set()
