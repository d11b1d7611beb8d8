"""The house: rooms with one door each, and what import-linter cannot see of that."""

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "docs"))

from house import WIDTH, house, sentence

SOURCE = Path(__file__).parent.parent / "src" / "exum_routing"
OWN_DOORS = frozenset(
    {
        "interchange.answers",
        "interchange.document",
        "interchange.export",
        "interchange.powershell",
        "interchange.records",
        "interchange.schema",
        "interchange.sip_message",
        "testing.malformed",
        "testing.pytest_plugin",
        "testing.strategies",
    }
)
"""Modules and rooms inside a room that other rooms import by themselves."""
ROOMS = sorted(".".join(path.relative_to(SOURCE).parts[:-1]) for path in SOURCE.glob("*/**/__init__.py"))


def door(module: str) -> str:
    """What other rooms import the names of a module from."""
    inside = [own for own in OWN_DOORS if module == own or module.startswith(f"{own}.")]
    return inside[0] if inside else module.split(".", maxsplit=1)[0]


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """The modules of the library that a module imports from, each with a name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("exum_routing."):
            yield from ((node.module.removeprefix("exum_routing."), alias.name) for alias in node.names)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_other_rooms_are_entered_by_the_door(path: Path) -> None:
    """A module imports from another room's door, and only names that stand at it.

    import-linter takes a function for the module of the same name that it lives in; this test does not.
    """
    here = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    room = here.split(".")[0]
    for module, name in imports(path):
        if door(module) == door(here) or (door(module) == module.split(".")[0] == room):
            continue
        assert module == door(module), f"{here} imports {name} from {module}: its door is {door(module)}"
        at_door = getattr(importlib.import_module(f"exum_routing.{module}"), "__all__", None)
        assert at_door is None or name in at_door, f"{here} imports {name} from {module}, which does not offer it"


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_has_its_names(room: str) -> None:
    """Every name of ``__all__`` is there, once."""
    module = importlib.import_module(f"exum_routing.{room}")
    if room != "cli":
        assert len(set(module.__all__)) == len(module.__all__)
        assert all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize(
    "name",
    [
        "call.edge",
        "call.front_end",
        "call.hosted_um",
        "planning.plan",
        "routing.contested",
        "routing.request_uri",
        "routing.route",
    ],
)
def test_where_function_and_module_share_a_name_the_function_wins(name: str) -> None:
    """As an attribute of its room the name is the function, whatever was imported before; the door's text says so."""
    room, _, function = name.partition(".")
    importlib.import_module(f"exum_routing.{name}")
    at_door = importlib.import_module(f"exum_routing.{room}")
    assert inspect.isfunction(getattr(at_door, function))
    assert f"``{function}``" in (at_door.__doc__ or "")


def test_the_tree_of_the_design_page_is_fresh() -> None:
    """docs/design.md shows the tree that docs/house.py writes: every module, with the first sentence of its docstring."""
    page = (SOURCE.parent.parent / "docs" / "design.md").read_text(encoding="utf-8")
    assert f"```text\n{house()}\n```" in page


def test_the_tree_names_every_module() -> None:
    """No module is left out of the tree, and each has a sentence."""
    modules = [path for path in SOURCE.rglob("*.py") if not path.name.startswith("__")]
    rooms = [path for path in SOURCE.rglob("__init__.py") if sentence(path)]
    lines = house().splitlines()
    assert len(lines) == len(modules) + len(rooms)
    assert all(len(line) > WIDTH for line in lines)
