"""The list of mutants that no test can kill: each names a function that exists, and has a reason."""

import importlib
import re
import tomllib
from pathlib import Path
from typing import Any

SURVIVORS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("surviving_mutants.toml").read_text(encoding="utf-8"))[
    "survivor"
]


def found(name: str) -> object:
    """What a dotted name of the library names; None: nothing."""
    module, _, rest = name.rpartition(".")
    while module:
        try:
            owner: object = importlib.import_module(module)
        except ModuleNotFoundError:
            module, _, more = module.rpartition(".")
            rest = f"{more}.{rest}"
            continue
        for part in rest.split("."):
            owner = getattr(owner, part, None)
        return owner
    return None


def test_every_survivor_is_of_a_function_that_exists() -> None:
    """No row is about code that is gone."""
    assert [row["mutant"] for row in SURVIVORS if found(row["mutant"]) is None] == []


def test_every_survivor_has_a_reason() -> None:
    """Why no test can kill it, in a sentence; two rows are not the same."""
    assert all(re.fullmatch(r"\S.*\.", row["reason"]) for row in SURVIVORS)
    rows = [(row["mutant"], row["line"]) for row in SURVIVORS]
    assert len(set(rows)) == len(rows)
