"""SECURITY.md says what the code holds: every bound of the page is that of its constant."""

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parent.parent / "SECURITY.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| [^|]+ \| ([0-9,]+) \| `([\w.]+)` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("said", "constant"), ROWS, ids=[constant for _, constant in ROWS])
def test_a_bound_is_that_of_its_constant(said: str, constant: str) -> None:
    """The page names the module and the constant."""
    module, _, name = constant.rpartition(".")
    assert getattr(importlib.import_module(module), name) == int(said.replace(",", ""))


def test_the_page_has_its_table() -> None:
    """A row that cannot be read would not be compared."""
    assert len(ROWS) == PAGE.count("| `exum_routing.") == 12
