"""The house on docs/design.md: rooms and modules, each with the first sentence of its docstring."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent / "src" / "exum_routing"
PAGE = Path(__file__).parent / "design.md"
WIDTH = 26
"""Columns before the sentence."""


def sentence(path: Path) -> str:
    """The first sentence of a module's docstring, on one line."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).split(". ")[0].rstrip(".")


def rows(folder: Path, indent: str = "  ") -> Iterator[str]:
    """A line for each module and room of a folder, rooms after modules."""
    inside = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    for path in inside:
        if path.suffix == ".py" and not path.name.startswith("__"):
            yield f"{indent}{path.stem}".ljust(WIDTH) + sentence(path)
        elif (path / "__init__.py").exists():
            yield f"{indent}{path.name}/".ljust(WIDTH) + sentence(path / "__init__.py")
            yield from rows(path, indent + "  ")


def house() -> str:
    """The whole tree."""
    return "\n".join(["exum_routing/".ljust(WIDTH) + sentence(ROOT / "__init__.py"), *rows(ROOT)])


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(r"(?s)(?<=```text\n)exum_routing/.*?(?=\n```)", lambda _: house(), page), encoding="utf-8")
