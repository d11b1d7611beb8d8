"""The pages: short where they promise to be, complete where they list, and no link leads nowhere."""

import re
from pathlib import Path

import click
import pytest

from exum_routing import cli
from exum_routing.cli import terminal

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "vectors/FORMAT.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
COMMANDS = re.compile(r"^\| `([a-z][^`]*)` \| [^|]* \| \[", re.MULTILINE)
"""Rows of the table of commands."""
COMMAND_LINE = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors that the headings of a page have."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    """A relative link leads to a file of the repository, and its anchor to a heading of it."""
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        found = (page.parent / target).resolve() if target else page
        assert found.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(found), f"{page.name} links to {target}#{anchor}"


def test_the_way_in_is_short() -> None:
    """The README has at most 120 lines, of at most 100 characters outside tables and code."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL).splitlines()
    assert [line for line in prose if len(line) > 100 and line[0] != "|"] == []


def test_every_page_is_in_the_index() -> None:
    """docs/README.md links to every page of docs, but for those that the specification's own index lists."""
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs") for page in PAGES if page.is_relative_to(ROOT / "docs")]
    listed = [page for page in pages if page.parent.name != "spec" and page.name != "README.md"]
    assert [str(page) for page in listed if f"({page})" not in index] == []


def test_the_command_line_page_has_every_command() -> None:
    """The page names every command."""
    named = {" ".join(re.findall(r"^[a-z]+(?: [a-z]+)?", row)) for row in COMMANDS.findall(COMMAND_LINE)}
    context = click.Context(cli.main)
    commands = {name: cli.main.get_command(context, name) for name in cli.main.list_commands(context)}
    assert all(command is not None and command.name == name for name, command in commands.items())
    plain = {name for name, command in commands.items() if not isinstance(command, click.Group)}
    grouped = {
        f"{group} {name}"
        for group, command in commands.items()
        if isinstance(command, click.Group)
        for name in command.commands
    }
    assert named == plain | grouped


def test_the_command_line_page_has_every_reading() -> None:
    """The page names every field of both readings with all its readings, the default one first."""
    found = re.findall(r"^\| `(\w+)` \| [A-Z]+-\d+ \| (.*) \|$", COMMAND_LINE, re.MULTILINE)
    fields = terminal.reading_fields() | terminal.cmdlet_reading_fields()
    assert found == [(field, ", ".join(f"`{name}`" for name in kind.__members__)) for field, kind in fields.items()]
