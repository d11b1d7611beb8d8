"""The commands ``conformance run`` and ``conformance serve``."""

import collections
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from exum_routing import conformance
from exum_routing.cli.terminal import print_text, refuse
from exum_routing.errors import ExumRoutingError

CHECKOUT: Final = Path(__file__).parents[3] / "vectors"
"""Where the vectors are in a checkout and in the source distribution."""


def _vectors(_context: click.Context, _parameter: click.Parameter, given: Path | None) -> Path:
    """The folder of vectors: the one asked for, else that of the checkout."""
    if given is None and not CHECKOUT.is_dir():
        refuse(
            "vectors",
            ["are not part of the wheel: use --vectors with the vectors folder of the source distribution or repository"],
        )
    return CHECKOUT if given is None else given


@click.group("conformance")
def conformance_group() -> None:
    """Run the vectors against any program, or answer them (the format is in vectors/FORMAT.md)."""


@conformance_group.command("serve")
def serve_command() -> None:
    """Answer requests, a line of JSON each, from standard input until it ends."""
    for line in sys.stdin.buffer:
        print_text(conformance.answer_line(line.decode(errors="replace")))


@conformance_group.command("run", context_settings={"ignore_unknown_options": True})
@click.option(
    "--vectors",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_vectors,
    help="The folder with the cases; by default, the vectors folder of the checkout.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND...")
def run_command(vectors: Path, command: tuple[str, ...]) -> None:
    """Ask a program every case, and print what it answers otherwise."""
    name = " ".join(command)
    try:
        cases = conformance.read_cases(vectors)
        found = list(conformance.differences(cases, _answers(command, cases)))
    except ExumRoutingError as error:
        refuse(str(vectors), [error])
    except OSError as error:
        refuse(name, [f"cannot be run ({error.strerror or error}): give a program that answers as FORMAT.md says"])
    for difference in found:
        print_text("\n".join(_difference_lines(difference)))
    by_clause = collections.Counter(difference.case.clauses[0] for difference in found)
    for clause, count in sorted(by_clause.items()):
        print_text(f"{clause}: {count} differ")
    print_text(f"{len(cases)} cases, {len(found)} differ")
    sys.exit(1 if found else 0)


def _answers(command: tuple[str, ...], cases: Sequence[conformance.Case]) -> list[str]:
    """What the program answers to every case, a line each; lines that do not come are empty."""
    requests = "\n".join(json.dumps(case.request) for case in cases) + "\n"
    finished = subprocess.run(command, input=requests.encode(), stdout=subprocess.PIPE, check=False)  # noqa: S603 - as asked
    if finished.returncode:
        raise OSError(None, f"it ended with exit code {finished.returncode}")
    lines = finished.stdout.decode(errors="replace").split("\n")
    return [*lines[: len(cases)], *[""] * (len(cases) - len(lines))]


def _difference_lines(difference: conformance.Difference) -> Iterator[str]:
    case = difference.case
    yield f"{' '.join(case.clauses)} ({case.file}): {case.description}"
    yield f"  asked:    {json.dumps(case.request)}"
    yield f"  expected: {json.dumps(case.answer)}"
    yield f"  came:     {json.dumps(difference.answer)}"
