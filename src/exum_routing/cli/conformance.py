"""The commands ``conformance run`` and ``conformance serve``."""

import collections
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

import click

from exum_routing import conformance
from exum_routing.cli.output import print_text, refuse
from exum_routing.cli.program import ProgramFailed, answers_of
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
@click.option("--ask", "asks", metavar="ASK", multiple=True, help="Only cases that ask this, such as Route; may be repeated.")
@click.option(
    "--clause", "ids", metavar="ID", multiple=True, help="Only cases of a clause, or of a group such as ROUTE; may be repeated."
)
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    help="The seconds that the program may take for a case.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND...")
def run_command(vectors: Path, asks: tuple[str, ...], ids: tuple[str, ...], limit: float, command: tuple[str, ...]) -> None:
    """Ask a program every case, and print what it answers otherwise.

    What a program answers with NotSupported is counted apart, and does not differ.
    """
    try:
        cases = _selected(conformance.read_cases(vectors), asks, ids)
    except ExumRoutingError as error:
        refuse(str(vectors), [error])
    answers: list[str] = []
    try:
        answers.extend(answers_of(command, cases, limit))
    except OSError as error:
        refuse(" ".join(command), [f"cannot be run ({error.strerror}): give a program that answers as FORMAT.md says"])
    except ProgramFailed as error:
        refuse(" ".join(command), [error])
    _report(cases, answers)


def _selected(cases: Sequence[conformance.Case], asks: Collection[str], ids: Collection[str]) -> tuple[conformance.Case, ...]:
    """The cases that ask one of these, of one of these clauses; all where none is given."""
    for option, given, known in (
        ("--ask", asks, {case.request.get("Ask") for case in cases}),
        ("--clause", {one.upper() for one in ids}, {name for case in cases for name in _names(case)}),
    ):
        for one in given:
            if one not in known:
                raise click.UsageError(f"{option}: no case has {one!r}: use one of {', '.join(sorted(map(str, known)))}")
    wanted = {one.upper() for one in ids}
    selected = tuple(
        case
        for case in cases
        if (not asks or case.request.get("Ask") in asks) and (not wanted or not wanted.isdisjoint(_names(case)))
    )
    if not selected:
        raise click.UsageError("no case is of both --ask and --clause: leave one of them out")
    return selected


def _names(case: conformance.Case) -> set[str]:
    """The ids of a case's clauses and their groups."""
    return {name for id in case.clauses for name in (id, id.partition("-")[0])}  # noqa: A001 - an id


def _report(cases: Sequence[conformance.Case], answers: Sequence[str]) -> NoReturn:
    """Print what differs, and end."""
    found = list(conformance.differences(cases, answers))
    differing = [one for one in found if one.answer != conformance.NOT_SUPPORTED]
    for difference in differing:
        print_text("\n".join(_difference_lines(difference)))
    by_clause = collections.Counter(difference.case.clauses[0] for difference in differing)
    for clause, count in sorted(by_clause.items()):
        print_text(f"{clause}: {count} differ")
    passed, not_supported = len(cases) - len(found), len(found) - len(differing)
    print_text(f"{len(cases)} cases: {passed} passed, {not_supported} not supported, {len(differing)} differ")
    sys.exit(1 if differing else 0)


def _difference_lines(difference: conformance.Difference) -> Iterator[str]:
    case = difference.case
    yield f"{' '.join(case.clauses)} ({case.file}): {case.description}"
    yield f"  asked:    {json.dumps(case.request)}"
    yield f"  expected: {json.dumps(case.answer)}"
    yield f"  came:     {json.dumps(difference.answer)}"
