"""The public interface is what the snapshot says; a change of it is a decision, and stands in the changelog."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import pytest
from _pytest.fixtures import FixtureFunctionDefinition

import exum_routing

SNAPSHOT = Path(__file__).parent / "public_api.txt"
MODULES = (
    "exum_routing",
    *(
        f"exum_routing.{name}"
        for name in (
            "errors",
            "reading",
            "sip",
            "deployment",
            "routing",
            "replication",
            "call",
            "cmdlets",
            "audit",
            "diagnosis",
            "planning",
            "live",
            "importing",
            "interchange",
            "interchange.answers",
            "interchange.document",
            "interchange.export",
            "interchange.powershell",
            "interchange.records",
            "interchange.schema",
            "interchange.sip_message",
            "rehearsal",
            "conformance",
            "testing",
            "testing.malformed",
            "testing.pytest_plugin",
            "testing.strategies",
        )
    ),
)
"""What the README promises: the face, then every other door."""


def names(module: str) -> list[str]:
    """The public names of a module: its ``__all__``, or what it defines."""
    found = importlib.import_module(module)
    defined = (name for name, value in vars(found).items() if getattr(value, "__module__", None) == module and name[0] != "_")
    return sorted(getattr(found, "__all__", None) or defined)


def public(module: str, name: str) -> Any:
    """A public name's value; a fixture of pytest's is the function that makes it."""
    value = getattr(importlib.import_module(module), name)
    return value._get_wrapped_function() if isinstance(value, FixtureFunctionDefinition) else value


def rendered(annotation: object) -> str:
    """A type as it is written, whatever Python prints for it."""
    if annotation is None or annotation is type(None):
        return "None"
    if annotation is Ellipsis:
        return "..."
    if isinstance(annotation, list | tuple):
        return f"[{', '.join(map(rendered, annotation))}]"
    origin = get_origin(annotation)
    parts = [repr(part) if origin is Literal else rendered(part) for part in get_args(annotation)]
    if origin in {Union, types.UnionType}:
        return " | ".join(parts)
    if origin is not None:
        return f"{rendered(origin)}[{', '.join(parts)}]"
    return str(getattr(annotation, "__qualname__", None) or getattr(annotation, "__name__", None) or annotation)


def called(function: Callable[..., object]) -> str:
    """A function's parameters and what it returns."""
    found = inspect.signature(function)
    texts: list[str] = []
    for parameter in found.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in texts and not any(text.startswith("*") for text in texts):
            texts.append("*")
        star = "*" if parameter.kind is parameter.VAR_POSITIONAL else "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        kind = "" if parameter.annotation is parameter.empty else f": {rendered(parameter.annotation)}"
        shown = getattr(parameter.default, "__qualname__", None) or repr(parameter.default)
        default = "" if parameter.default is parameter.empty else f" = {shown}"
        texts.append(f"{star}{parameter.name}{kind}{default}")
    result = "" if found.return_annotation is found.empty else f" -> {rendered(found.return_annotation)}"
    return f"({', '.join(texts)}){result}"


def signature(name: str, value: Any) -> list[str]:
    """One public name as lines: a function's signature; a class with its fields and its public methods; a constant."""
    if get_origin(value) is not None:
        return [f"{name} = {rendered(value)}"]
    if inspect.isclass(value):
        base = value.__mro__[1].__name__
        fields = [f"  {field.name}: {rendered(field.type)}" for field in attrs.fields(value)] if attrs.has(value) else []
        members = [f"  {member}" for member in getattr(value, "__members__", ())]
        methods = [
            f"  {key}{called(method) if callable(method) else ''}"
            for key, method in inspect.getmembers(value)
            if key in vars(value) and key[0] != "_" and (inspect.isroutine(method) or isinstance(method, property))
        ]
        return [f"class {name}({base})", *(line for line in fields if "  _" not in line), *members, *methods]
    return [f"def {name}{called(value)}" if callable(value) else f"{name}: {type(value).__name__}"]


def test_public_api_is_the_snapshot() -> None:
    """Names, fields, members and signatures are those of the snapshot (run this file to write it anew)."""
    assert SNAPSHOT.read_text(encoding="utf-8").splitlines() == described()


def described() -> list[str]:
    """The whole public interface, each name where it first occurs; a later module only says where that is."""
    lines: list[str] = []
    first: dict[tuple[str, int], str] = {}
    for module in MODULES:
        lines += ["", f"# {module}"] if lines else [f"# {module}"]
        for name in names(module):
            value = public(module, name)
            known = first.setdefault((name, id(value)), module)
            lines += signature(name, value) if known == module else [f"{name}: as in {known}"]
    return lines


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (int | None, "int | None"),
        (Union[int, None], "int | None"),  # noqa: UP007 - the other spelling
        (Callable[[int], str], "Callable[[int], str]"),
        (tuple[str, ...], "tuple[str, ...]"),
        (None, "None"),
        ("Deployment", "Deployment"),
        (Any, "Any"),
    ],
)
def test_types_are_rendered_as_they_are_written(annotation: object, expected: str) -> None:
    """The snapshot does not depend on how a version of Python prints a union."""
    assert rendered(annotation) == expected


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


GUIDED = {"exum_deployment", "malformed_documents", "malformed_texts"}
"""What no clause has a word about, and no doctest can run: it needs pytest, or draws for hypothesis."""
GUIDE = Path("docs/guides/testing-with-exum-routing.md")


@pytest.mark.parametrize(("module", "name"), [(module, name) for module in MODULES for name in names(module)])
def test_public_names_have_docstrings(module: str, name: str) -> None:
    """Every public class and function says what it means; a function cites its clauses or has an example, or the guide has."""
    value = public(module, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__doc__
    if inspect.isfunction(value):
        assert bool(re.search(r"Clauses:|>>>", value.__doc__ or "")) is (name not in GUIDED)


@pytest.mark.parametrize("name", sorted(GUIDED))
def test_the_guide_on_testing_has_what_has_no_example(name: str) -> None:
    """A block of the guide uses it."""
    blocks = re.findall(r"```py(?:thon)?\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert any(re.search(rf"\b{name}\b", block) for block in blocks)


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
