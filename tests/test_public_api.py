"""The public interface is what the snapshot says; a change of it is a decision, and stands in the changelog."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import exum_routing

SNAPSHOT = Path(__file__).parent / "public_api.txt"


def signature(name: str) -> list[str]:
    """One public name as lines: a function's signature; a class with its fields and its public methods; a constant."""
    value = getattr(exum_routing, name)
    if inspect.isclass(value):
        base = value.__mro__[1].__name__
        fields = [f"  {field.name}: {field.type}" for field in attrs.fields(value)] if attrs.has(value) else []
        members = [f"  {member}" for member in getattr(value, "__members__", ())]
        methods = [
            f"  {key}{inspect.signature(method) if callable(method) else ''}"
            for key, method in inspect.getmembers(value)
            if key in vars(value) and key[0] != "_" and (inspect.isroutine(method) or isinstance(method, property))
        ]
        return [f"class {name}({base})", *(line for line in fields if "  _" not in line), *members, *methods]
    return [f"def {name}{inspect.signature(value)}" if callable(value) else f"{name}: {type(value).__name__}"]


def test_public_api_is_the_snapshot() -> None:
    """Names, fields, members and signatures are those of the snapshot (run this file to write it anew)."""
    assert SNAPSHOT.read_text(encoding="utf-8").splitlines() == described()


def described() -> list[str]:
    """The whole public interface."""
    return [line for name in sorted(exum_routing.__all__) for line in signature(name)]


def test_all_is_complete() -> None:
    """What the face shows a type checker is what it loads on first use, from the same room, and nothing else."""
    tree = ast.parse(Path(exum_routing.__file__).read_text(encoding="utf-8"))
    shown = {
        alias.name: node.module
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(shown) == sorted(exum_routing.__all__)
    for name, room in shown.items():
        assert getattr(exum_routing, name) is getattr(importlib.import_module(str(room)), name)


def test_unknown_name_of_the_face_is_an_attribute_error() -> None:
    """A name that the face does not have is an AttributeError, a room that nobody has imported included."""
    with pytest.raises(AttributeError, match="no attribute 'routes'"):
        exum_routing.routes  # type: ignore[attr-defined]  # noqa: B018 - the look-up is tested


def test_dir_names_everything_public() -> None:
    """What is not loaded yet is listed too."""
    assert set(exum_routing.__all__) <= set(dir(exum_routing))


@pytest.mark.parametrize("name", sorted(exum_routing.__all__))
def test_public_names_have_docstrings(name: str) -> None:
    """Every public class and function says what it means; a function cites its clauses or has an example."""
    value = getattr(exum_routing, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__doc__
    if inspect.isfunction(value):
        assert re.search(r"Clauses:|>>>", value.__doc__ or "")


def test_import_needs_attrs_alone() -> None:
    """Importing the library loads neither the extras nor anything that does input and output beyond what attrs loads."""
    names = ("cattrs", "click", "rich", "hypothesis", "json", "logging", "socket", "asyncio", "subprocess")
    code = (
        f"import attrs, sys; before = set(sys.modules); import exum_routing; print(set({names}) & (set(sys.modules) - before))"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert finished.stdout.strip() == "set()"


@pytest.mark.parametrize("path", sorted(Path("src/exum_routing").rglob("*.py")), ids=lambda path: path.stem)
def test_module_says_what_it_is(path: Path) -> None:
    """Every module has a docstring, and a name that says something."""
    name = ".".join(path.with_suffix("").parts[1:]).removesuffix(".__init__")
    if path.stem != "__main__":
        assert importlib.import_module(name).__doc__
    assert path.stem not in {"utils", "utilities", "helpers", "types", "models", "constants", "common"}


if __name__ == "__main__":
    SNAPSHOT.write_text("\n".join(described()) + "\n", encoding="utf-8")
