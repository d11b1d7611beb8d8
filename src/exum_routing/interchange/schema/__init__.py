"""The JSON Schemas of the deployment document and of every answer."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final

from exum_routing.errors import InvalidValue

SCHEMAS: Final = (
    "call-change",
    "change",
    "contested",
    "decision",
    "deployment",
    "diagnosis",
    "explanation",
    "finding",
    "plan-step",
    "rehearsal",
    "trace",
)
"""The names of the schemas; each is the file ``NAME.schema.json`` of this room."""


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12), complete in itself: the schemas to which it refers are among its ``$defs``.

    Raises:
        InvalidValue: No schema has this name.

    >>> schema("explanation")["properties"]["Decision"]
    {'$ref': 'decision.schema.json'}
    >>> list(schema("explanation")["$defs"])
    ['decision.schema.json']
    """
    if name not in SCHEMAS:
        raise InvalidValue(name, f"is not the name of a schema: use one of {', '.join(SCHEMAS)}")
    file = f"{name}.schema.json"
    found, needed = _read(file), {file}
    waiting = list(_files(found))
    while waiting:
        other = waiting.pop()
        if other not in needed:
            needed.add(other)
            referred = _read(other)
            waiting += _files(referred)
            found.setdefault("$defs", {})[other] = {"$id": other} | referred
    return found


def _read(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__name__).joinpath(file).read_text(encoding="utf-8"))
    return found


def _files(part: object) -> Iterator[str]:
    """The other files to which a part of a schema refers."""
    if isinstance(part, dict):
        reference = str(part.get("$ref", "#")).split("#")[0]
        if reference:
            yield reference
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _files(inner)


__all__ = ["SCHEMAS", "schema"]
