"""How pages and sources are written: short lines and paragraphs, and the plain word for each thing.

The list ``NOT_YET`` holds what is still to be rewritten. Whoever cleans a page or a package takes it out:
a test fails while one of them is in the list without need.
"""

import io
import json
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("docs", "examples", "vectors")
PAGES = [*sorted(ROOT.glob("*.md")), *(page for folder in FOLDERS for page in sorted((ROOT / folder).rglob("*.md")))]
SOURCES = ROOT / "src" / "exum_routing"
ROOMS = sorted({source if source.parent == SOURCES else source.parent for source in SOURCES.rglob("*.py")})
"""The packages of the library, and its modules that are in no package."""

LONGEST_LINE = 100
LONGEST_PARAGRAPH = 6

NOT_PLAIN = {
    "write fix": r"\bmend(?:s|ed|ing)?\b",
    "write after": r"\bbehind\b",
    "write is not": r"(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|fewer\b)",
    "say what is wrong, or name the thing": r"(?<!\bthere )\b(?:is|are|was|were) (?-i:none)\b(?! of)",
    "name the subject": r"\b(?-i:none) (?:is|are|was|were|has|have|can|may|must|does|do|applies|answers)\b",
    "name the thing": r"\bwhatever\b",
    "write without": r"\bless (?:its|their|the)\b",
    "write is, or has": r"\bstands?\b",
}
"""The word or phrase that is not plain, after the advice."""

EXCEPTIONS = {
    "a hop is behind another": r"(?:hop|server|Edge) (?:is |stands )?behind (?:the|another)",
    "RFC 3261 lets a character stand raw": r"stands? raw",
    "the id of a finding": r"edge-replica-behind",
}
"""Phrases that may be written, after the reason."""

NOT_YET: frozenset[str] = frozenset(
    {
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "docs/audit.md",
        "docs/benchmark.md",
        "docs/command-line.md",
        "docs/design.md",
        "docs/diagnosis.md",
        "docs/document.md",
        "docs/guides/migrating-to-cloud-voicemail.md",
        "docs/guides/testing-with-exum-routing.md",
        "docs/guides/your-own-deployment.md",
        "docs/import.md",
        "docs/questions.md",
        "docs/rehearsal.md",
        "docs/scope.md",
        "docs/scripts.md",
        "src/exum_routing/audit",
        "src/exum_routing/call",
        "src/exum_routing/cli",
        "src/exum_routing/cmdlets",
        "src/exum_routing/conformance",
        "src/exum_routing/deployment",
        "src/exum_routing/diagnosis",
        "src/exum_routing/errors.py",
        "src/exum_routing/fields.py",
        "src/exum_routing/importing",
        "src/exum_routing/interchange",
        "src/exum_routing/interchange/answers",
        "src/exum_routing/interchange/powershell",
        "src/exum_routing/interchange/records",
        "src/exum_routing/planning",
        "src/exum_routing/reading.py",
        "src/exum_routing/rehearsal",
        "src/exum_routing/replication.py",
        "src/exum_routing/routing",
        "src/exum_routing/sip",
        "src/exum_routing/testing",
    }
)
"""Pages and rooms of the library that are not rewritten yet."""


def name(path: Path) -> str:
    """How the lists name a page or a room."""
    return path.relative_to(ROOT).as_posix()


def prose(page: Path) -> list[tuple[int, str]]:
    """The lines of a page with their numbers; those of code are empty."""
    fenced, lines = False, list[tuple[int, str]]()
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        fence = line.lstrip().startswith("```")
        lines.append((number, "" if fenced or fence else line))
        fenced ^= fence
    return lines


def is_structure(line: str) -> bool:
    """Whether a line is a heading, a row of a table, or a link that cannot be broken."""
    unbroken = r"\s*(?:[-*] |\d+\. )?(?:\[[^\]]*\](?:\([^)\s]*\)|: \S+)|\S+)[.,;:]?"
    return line.startswith(("#", "|")) or re.fullmatch(unbroken, line) is not None


def long_lines(page: Path) -> list[str]:
    """The lines of prose that are too long, with their numbers."""
    return [f"{number}: {line}" for number, line in prose(page) if len(line) > LONGEST_LINE and not is_structure(line)]


def paragraphs(page: Path) -> Iterator[tuple[int, list[str]]]:
    """The paragraphs of a page with the number of the first line; each item of a list is one."""
    first, lines = 0, list[str]()
    for number, line in [*prose(page), (0, "")]:
        begins = re.match(r"\s*(?:[-*]|\d+\.) ", line) is not None
        structure = not line.strip() or line.startswith(("#", "|"))
        if lines and (begins or structure):
            yield first, lines
            lines = []
        if not structure:
            first = first if lines else number
            lines.append(line)


def long_paragraphs(page: Path) -> list[str]:
    """The paragraphs that are too long, by their first line."""
    return [f"{number}: {lines[0]}" for number, lines in paragraphs(page) if len(lines) > LONGEST_PARAGRAPH]


def words_of(source: Path) -> str:
    """The comments and texts of a module, docstrings too."""
    tokens = tokenize.generate_tokens(io.StringIO(source.read_text(encoding="utf-8")).readline)
    middle = getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)
    return "\n".join(token.string for token in tokens if token.type in {tokenize.COMMENT, tokenize.STRING, middle})


def not_plain(text: str) -> list[str]:
    """What of a text is not plain, with the words around it and the advice."""
    joined = re.sub(r"\s+(?:# )?", " ", text)
    for pattern in EXCEPTIONS.values():
        joined = re.sub(pattern, "", joined)
    return [
        f"{joined[max(found.start() - 30, 0) : found.end() + 30]!r}: {advice}"
        for advice, pattern in NOT_PLAIN.items()
        for found in re.finditer(pattern, joined, re.IGNORECASE)
    ]


def wrong_in_page(page: Path) -> list[str]:
    """What is wrong with the form or the words of a page."""
    return [*long_lines(page), *long_paragraphs(page), *not_plain("\n".join(line for _, line in prose(page)))]


def wrong_in_room(room: Path) -> list[str]:
    """What is not plain in a module or in the modules of a package, those of its packages left out."""
    modules = [room] if room.is_file() else sorted(room.glob("*.py"))
    return [f"{name(module)}: {found}" for module in modules for found in not_plain(words_of(module))]


def wrong(path: Path) -> list[str]:
    """What is wrong with a page or a room."""
    return wrong_in_page(path) if path.suffix == ".md" else wrong_in_room(path)


@pytest.mark.parametrize("path", [*PAGES, *ROOMS], ids=name)
def test_it_is_plain(path: Path) -> None:
    """Lines have at most 100 characters, paragraphs at most six lines, and each word is the plain one.

    What is in ``NOT_YET`` is not plain yet: where it has become so, it is to be taken out.
    """
    found = wrong(path)
    if name(path) in NOT_YET:
        assert found, f"{name(path)} is plain now: take it out of NOT_YET"
    else:
        assert found == []


def test_descriptions_of_vectors_are_plain() -> None:
    """The sentences of the vectors have the plain words too."""
    cases = [
        case for file in sorted((ROOT / "vectors").rglob("*.json")) for case in json.loads(file.read_text(encoding="utf-8"))
    ]
    assert [found for case in cases for found in not_plain(case["description"])] == []


def test_everything_that_is_not_rewritten_exists() -> None:
    """``NOT_YET`` names pages and rooms that exist."""
    assert {name(path) for path in [*PAGES, *ROOMS]} >= NOT_YET


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("'http' is no\nscheme", 1),
        ("there is no scheme, and it is no longer one", 0),
        ("None is given, it is None, the answer is none", 1),
        ("mend it by hand, whatever it is", 2),
        ("the hop behind the Edge, less its parameters", 1),
        ("every other character stands raw", 0),
    ],
)
def test_words_that_are_found(text: str, number: int) -> None:
    """The patterns find what is not plain, over the end of a line too, and leave exceptions alone."""
    assert len(not_plain(text)) == number


def test_paragraphs_and_lines_that_are_found(tmp_path: Path) -> None:
    """Code, tables, headings and links that cannot be broken may be long; items of a list are paragraphs of their own."""
    page, long = tmp_path / "page.md", "word " * 21
    allowed = f"# {long}\n\n| {long} |\n\n```\n{long}\n```\n\n- [a link](https://example.com/{'x' * 100})\n"
    page.write_text(allowed + "- item\n  more\n" * 4 + "\none\n" * 7, encoding="utf-8")
    assert (long_lines(page), long_paragraphs(page)) == ([], [])
    page.write_text(f"{long}\n\n" + "one\n" * 7 + "two\n", encoding="utf-8")
    assert (len(long_lines(page)), long_paragraphs(page)) == (1, ["3: one"])


def rooms_with_long_doc_lines() -> list[str]:
    """The patterns of files in which ruff does not look at the length of docstrings and comments (W505)."""
    ignored = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]["per-file-ignores"]
    return [pattern for pattern, rules in ignored.items() if "W505" in rules]


def long_doc_lines(source: Path) -> list[str]:
    """The lines of a module's comments and texts of several lines that are too long."""
    tokens = tokenize.generate_tokens(io.StringIO(source.read_text(encoding="utf-8")).readline)
    lines = [line for token in tokens if token.type in {tokenize.COMMENT, tokenize.STRING} for line in token.line.splitlines()]
    return [line for line in lines if len(line) > LONGEST_LINE]


@pytest.mark.parametrize("pattern", rooms_with_long_doc_lines())
def test_ruff_is_told_to_ignore_only_what_is_there(pattern: str) -> None:
    """Where ruff does not look at the length of docstrings and comments, one of them is still too long."""
    files = sorted(ROOT.glob(pattern + "/*.py" if pattern.endswith("**") else pattern))
    assert any(long_doc_lines(file) for file in files), f"{pattern} has no long docstring or comment: take W505 out"
