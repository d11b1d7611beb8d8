"""The tables of grounds and of the Front End's steps, and the pages that show them."""

import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest

from exum_routing import CLAUSES
from exum_routing.call.front_end import STEPS
from exum_routing.routing.grounds import GROUNDS, grounds

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

import decision_table  # noqa: E402 - the page's own script

route_module = importlib.import_module("exum_routing.routing.route")
ID = r"[A-Z]+-[0-9]+"


def test_the_specification_prints_the_table() -> None:
    """The table of docs/spec/routing.md has the rows of ``GROUNDS``, in its order."""
    page = (ROOT / "docs" / "spec" / "routing.md").read_text(encoding="utf-8")
    (rows,) = re.findall(r"(?m)^\| outcome \| clauses \|\n\|---\|---\|\n((?:\|.*\n)+)", page)
    assert rows.splitlines() == [f"| {outcome} | {clauses} |" for outcome, clauses in GROUNDS.items()]


def test_the_specification_prints_the_steps() -> None:
    """The table of docs/spec/calls.md has the rows of ``STEPS``, in its order, with the sentence of each step."""
    page = (ROOT / "docs" / "spec" / "calls.md").read_text(encoding="utf-8")
    (rows,) = re.findall(r"(?m)^\| clause \| step \|\n\|---\|---\|\n((?:\|.*\n)+)", page)
    assert rows.splitlines() == [f"| {clause} | {inspect.getdoc(step)} |".replace("``", "`") for clause, step in STEPS]


@pytest.mark.parametrize("printed", [decision_table.table, decision_table.strict_table])
def test_the_decision_table_is_fresh(printed: object) -> None:
    """docs/decision-table.md has the tables that its script prints."""
    assert callable(printed)
    page = (ROOT / "docs" / "decision-table.md").read_text(encoding="utf-8")
    assert f"\n\n{printed()}\n" in page


@pytest.mark.parametrize("outcome", GROUNDS)
def test_every_outcome_has_known_clauses(outcome: str) -> None:
    """A row names clauses that exist, each once, and at least one that is not in brackets."""
    ids = re.findall(ID, GROUNDS[outcome])
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {clause.id for clause in CLAUSES}
    assert grounds(outcome)


@pytest.mark.parametrize("outcome", GROUNDS)
def test_grounds_keep_the_order_of_the_row(outcome: str) -> None:
    """With every question asked, in any order, the grounds are the whole row; they are the same object each time."""
    ids = tuple(re.findall(ID, GROUNDS[outcome]))
    assert grounds(outcome, *ids) == grounds(outcome, *ids[::-1]) == ids
    assert grounds(outcome, False) is grounds(outcome, False)


def test_route_has_one_return_for_each_row() -> None:
    """``route`` and its helpers name every outcome once: each row of the table has one return."""
    text = (ROOT / "src" / "exum_routing" / "routing" / "route.py").read_text(encoding="utf-8")
    named = re.findall(r"grounds\(([A-Z_]+)", text)
    assert sorted(getattr(route_module, name) for name in named) == sorted(GROUNDS)
