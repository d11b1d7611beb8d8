"""Clauses, code, tests and docs agree, in both directions."""

import ast
import functools
import re
from collections import Counter
from pathlib import Path

import pytest

from exum_routing import CLAUSES, Clause, Status

ROOT = Path(__file__).parent.parent
BY_ID = {clause.id: clause for clause in CLAUSES}
ID = r"[A-Z]+-[0-9]+"


@functools.cache
def docstrings(folder: Path) -> list[tuple[Path, str]]:
    """Every docstring below a folder, of attributes and constants too, with its file."""
    return [
        (path, node.value.value)
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]


def cited_in_code() -> set[str]:
    """The ids behind ``Clauses:`` in the docstrings of the package."""
    citations = [re.findall(r"Clauses:((?:\s*,?\s*[A-Z]+-[0-9]+)+)", text) for _, text in docstrings(ROOT / "src")]
    return set(re.findall(ID, str(citations)))


@functools.cache
def test_classes() -> Counter[str]:
    """The ids that test classes cite, each in a docstring of its own (``Clause: POL-3.``)."""
    texts = (text for _, text in docstrings(ROOT / "tests"))
    return Counter(match[1] for text in texts if (match := re.fullmatch(rf"Clause: ({ID})\.", text)))


test_classes.__test__ = False  # type: ignore[attr-defined] # it is no test


def spec_headings() -> list[str]:
    """The ids of the headings of the spec, in the order of its pages."""
    pages = sorted((ROOT / "docs" / "spec").glob("*.md"))
    return [id for page in pages for id in re.findall(rf"(?m)^### ({ID}) \S", page.read_text(encoding="utf-8"))]  # noqa: A001


TESTED = [clause for clause in CLAUSES if clause.status is not Status.NOT_MODELLED]


def test_ids_are_unique() -> None:
    """No two clauses share an id."""
    assert len(BY_ID) == len(CLAUSES)


def test_code_cites_known_clauses_and_every_implemented_one() -> None:
    """Every id that a docstring cites exists, and every implemented clause is cited by code."""
    implemented = {clause.id for clause in CLAUSES if clause.status is Status.IMPLEMENTED}
    assert cited_in_code() - set(BY_ID) == set()
    assert implemented - cited_in_code() == set()


def test_every_clause_has_one_test_class() -> None:
    """A test class cites each clause that is modelled; no clause has two, and none cites one that does not exist."""
    assert test_classes() == Counter(clause.id for clause in TESTED)


def test_spec_has_one_heading_for_every_clause() -> None:
    """Every clause that is modelled, and none twice, has a heading in the spec; one not modelled stands in the scope."""
    headings = Counter(spec_headings())
    scope = set(re.findall(ID, (ROOT / "docs" / "scope.md").read_text(encoding="utf-8")))
    assert set(headings) - set(BY_ID) == set()
    assert [id for id, times in headings.items() if times > 1] == []  # noqa: A001
    assert {clause.id for clause in TESTED} - set(headings) == set()
    assert {clause.id for clause in CLAUSES if clause.status is Status.NOT_MODELLED} - scope == set()


@pytest.mark.parametrize("clause", TESTED, ids=lambda clause: clause.id)
def test_spec_gives_the_same_basis_and_an_example(clause: Clause) -> None:
    """Below its heading a clause has its basis, as in the table, and an example that runs."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "spec").glob("*.md")))
    (section,) = re.findall(rf"(?ms)^### {clause.id} .*?(?=^#|\Z)", re.sub(r"(?m)^>>> #", ">>>  #", pages))
    assert f"*Basis:* {clause.basis.value}" in " ".join(section.split())
    assert "```python\n>>> " in section


@pytest.mark.parametrize("clause", TESTED, ids=lambda clause: clause.id)
def test_spec_and_table_have_the_same_sentence(clause: Clause) -> None:
    """The first paragraph below a heading, unwrapped and without code ticks, is the clause's sentence."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "spec").glob("*.md")))
    (paragraph,) = re.findall(rf"(?ms)^### {clause.id} [^\n]*\n\n(.*?)\n\n", pages)
    assert " ".join(paragraph.replace("`", "").split()) == clause.sentence


def test_sentences_of_the_source_lead_to_clauses() -> None:
    """The table of the source's normative sentences names clauses that exist, every stated one among them."""
    named = set(re.findall(ID, (ROOT / "docs" / "spec" / "sentences.md").read_text(encoding="utf-8")))
    from_source = {clause.id for clause in CLAUSES if clause.basis.value == "stated" and "source document" in clause.source}
    assert named - set(BY_ID) == set()
    assert from_source - named == set()
