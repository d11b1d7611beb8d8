"""Prints the lowest versions that the package declares, as requirements, for ``make lowest``."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest() -> Iterator[str]:
    """Each declared dependency, of the core and of every extra, at its lowest version."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    for declared in (project["dependencies"], *project["optional-dependencies"].values()):
        for one in declared:
            if lowest := re.fullmatch(r"([\w-]+)>=([\d.]+)", one):
                yield "{}=={}".format(*lowest.groups())


if __name__ == "__main__":
    print("\n".join(lowest()))
