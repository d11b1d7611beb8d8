"""The terminal (extra ``cli``): reads files, prints; decides nothing.

Exit codes: 0 done; 1 the input or the question is wrong (one line per fault on stderr, nothing on stdout); 2 usage.
"""

import collections
import enum
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn, assert_never

import attrs
import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from exum_routing import __version__
from exum_routing.decision import HostedUm, NotRouted, OnPremisesUm, RoutingDecision
from exum_routing.deployment import Deployment, Subject
from exum_routing.errors import ExumRoutingError
from exum_routing.explanation import Explanation, explain
from exum_routing.interchange import conformance
from exum_routing.interchange.document import DocumentError, decision_to_json, read_deployment
from exum_routing.reading import Reading
from exum_routing.request_uri import request_uri
from exum_routing.routing import DEFAULT_READING, OPEN_CLAUSES, route

_WHOLE_COLUMNS: Final = 2
"""Columns of a terminal's table that are not folded."""
_ROWS: Final = 1_000
"""Rows of a terminal's table whose columns are aligned with one another; a longer one comes in parts."""


def _reading_fields() -> dict[str, type[enum.Enum]]:
    return {field.name: type(getattr(DEFAULT_READING, field.name)) for field in attrs.fields(Reading)}


def _reading(_context: click.Context, _parameter: click.Parameter, choices: Iterable[str]) -> Reading:
    """The reading that FIELD=READING, as in ``several_organizations=FIRST``, chooses; the last of a field counts."""
    chosen: dict[str, Any] = {}
    for choice in choices:
        field, _, reading = choice.partition("=")
        kind = _reading_fields().get(field)
        if kind is None:
            fields = ", ".join(_reading_fields())
            raise click.BadParameter(f"{field!r} is no field of a reading: give FIELD=READING with one of {fields}")
        if reading not in kind.__members__:
            raise click.BadParameter(f"{reading!r} is no reading of {field}: give one of {', '.join(kind.__members__)}")
        chosen[field] = kind[reading]
    return Reading(**chosen)


def _refuse(file: str, lines: Iterable[object]) -> NoReturn:
    """Say what is wrong with the input or the question, a line each, and end."""
    name = file if file.isprintable() else ascii(file)
    for line in lines:
        click.echo(f"exum-routing: {name}: {line}", err=True)
    sys.exit(1)


def _print(text: str) -> None:
    try:
        click.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        _refuse("standard output", [f"cannot be written ({error.strerror}): give another place"])


@contextmanager
def _progress(message: str) -> Iterator[None]:
    """Say on a terminal, and only there, what is under way."""
    with Console(stderr=True).status(Text(message)):
        yield


def _read(file: str) -> Deployment:
    try:
        with click.open_file(file, "rb") as stream:
            document = stream.read()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        _refuse(file, [f"cannot be read ({reason}): give a file, or - for standard input"])
    try:
        with _progress("reading the deployment"):
            return read_deployment(document)
    except DocumentError as error:
        _refuse(file, error.faults)


def _asked(file: str, deployment: Deployment, addresses: Iterable[str]) -> list[Subject]:
    """The users and contacts asked for, in the order asked; nobody asked for: all. Every unknown one is refused at once."""
    found: list[Subject] = []
    refused: list[ExumRoutingError] = []
    for address in addresses:
        try:
            found.append(deployment.subject(address))
        except ExumRoutingError as error:
            refused.append(error)
    if refused:
        _refuse(file, refused)
    return found


def _print_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A table that folds to a terminal's width; to a file or a pipe, whole lines in aligned columns."""
    console = Console(highlight=False)
    if not console.is_terminal:
        widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
        lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in (headings, *rows))
        _print("\n".join(lines))
        return
    for start in range(0, max(len(rows), 1), _ROWS):
        table = Table(box=None, pad_edge=False)
        for number, heading in enumerate(headings):
            table.add_column(heading, overflow="fold", no_wrap=number < _WHOLE_COLUMNS)
        for row in rows[start : start + _ROWS]:
            table.add_row(*map(Text, row))
        console.print(table)


_FILE = click.argument("file", metavar="FILE")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
_READING = click.option(
    "--reading",
    metavar="FIELD=READING",
    multiple=True,
    callback=_reading,
    help="Read a clause that the source leaves open in another way; may be repeated. "
    + "; ".join(f"{field}={'|'.join(kind.__members__)}" for field, kind in _reading_fields().items())
    + ".",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="exum-routing")
def main() -> None:
    """Where voice mail calls go in a Skype for Business Server 2019 deployment.

    FILE is a deployment document (JSON); - reads it from standard input.
    """


@main.command("route")
@_FILE
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@_JSON
@_READING
def route_command(file: str, addresses: tuple[str, ...], *, as_json: bool, reading: Reading) -> None:
    """Where the voice mail calls of these SIP addresses go; with none given, of all users and contacts.

    The Request-URIs are among what --json prints, and in what explain says of one address.
    """
    deployment = _read(file)
    subjects = _asked(file, deployment, addresses) if addresses else deployment.subjects
    routed = ((subject, route(subject, deployment, reading=reading)) for subject in subjects)
    if as_json:
        click.echo(
            "\n".join(json.dumps(decision_to_json(subject, decision)) for subject, decision in routed), nl=bool(subjects)
        )
        return
    rows = [_row(subject, decision) for subject, decision in routed]
    _print_table(("SIP address", "Route", "By", "To", "Clauses"), rows)


def _row(subject: Subject, decision: RoutingDecision) -> tuple[str, ...]:
    match decision:
        case HostedUm(policy):
            by, to = str(policy.identity), str(decision.destination)
        case OnPremisesUm(_, um_servers):
            by, to = decision.phone_context, ", ".join(um_servers) or "UM servers not known"
        case NotRouted(reason, policy, proxy_address):
            dial_plan = "" if proxy_address is None else str(proxy_address.phone_context)
            by, to = dial_plan if policy is None else str(policy.identity), reason.value
        case _:
            assert_never(decision)
    return subject.sip_address, type(decision).__name__, by, to, " ".join(decision.clauses)


@main.command("explain")
@_FILE
@click.argument("address", metavar="ADDRESS")
@_JSON
@_READING
def explain_command(file: str, address: str, *, as_json: bool, reading: Reading) -> None:
    """Why the voice mail calls of this SIP address go where they go."""
    deployment = _read(file)
    (subject,) = _asked(file, deployment, [address])
    explanation = explain(subject, deployment, reading=reading)
    if as_json:
        _print(json.dumps(_explanation_to_json(subject, explanation)))
        return
    _print("\n".join(_explanation_lines(subject, explanation)))


def _explanation_to_json(subject: Subject, explanation: Explanation) -> dict[str, Any]:
    return {
        "Decision": decision_to_json(subject, explanation.decision),
        "Inputs": [{"Name": looked_at.name, "Value": looked_at.value} for looked_at in explanation.inputs],
        "Candidates": [
            {"Identity": str(candidate.identity), "Standing": candidate.standing.value, "Reason": candidate.reason}
            for candidate in explanation.candidates
        ],
        "Clauses": [
            {"Id": clause.id, "Sentence": clause.sentence, "Basis": clause.basis.value} for clause in explanation.clauses
        ],
        "Reading": {field: getattr(explanation.reading, field).value for field in _reading_fields()},
    }


def _explanation_lines(subject: Subject, explanation: Explanation) -> Iterator[str]:
    decision = explanation.decision
    yield str(subject.sip_address)
    if isinstance(decision, NotRouted):
        yield f"  is not routed to voice mail: {decision.reason.value}"
    else:
        yield f"  is routed to {'hosted' if isinstance(decision, HostedUm) else 'on-premises'} UM"
        yield f"  Request-URI: {request_uri(subject, decision)}"
    yield "What was looked at"
    yield from (f"  {looked_at.name}: {looked_at.value}" for looked_at in explanation.inputs)
    by_policy = isinstance(decision, HostedUm) or (isinstance(decision, NotRouted) and decision.policy is not None)
    yield "Hosted voice mail policies" + ("" if by_policy else " (not looked at; how they stand towards this account)")
    yield from (f"  {one.identity}: {one.standing.value}, {one.reason}" for one in explanation.candidates)
    yield "Clauses that decided"
    read_as = {clause: getattr(explanation.reading, field).value for clause, field, _ in OPEN_CLAUSES}
    for clause in explanation.clauses:
        basis = clause.basis.value + (f", read as {read_as[clause.id]}" if clause.id in read_as else "")
        yield f"  {clause.id} ({basis}): {clause.sentence}"


def _vectors() -> Path:
    """The vectors that came with the package; in a checkout, those beside it."""
    package = Path(__file__).parent
    installed = package / "vectors"
    return installed if installed.is_dir() else package.parent.parent / "vectors"


@main.group("conformance")
def conformance_group() -> None:
    """Run the vectors against any program, or answer them (the format is in vectors/FORMAT.md)."""


@conformance_group.command("serve")
def serve_command() -> None:
    """Answer requests, a line of JSON each, from standard input until it ends."""
    for line in sys.stdin.buffer:
        click.echo(conformance.answer_line(line.decode(errors="replace")))


@conformance_group.command("run", context_settings={"ignore_unknown_options": True})
@click.option(
    "--vectors",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=_vectors,
    show_default="the project's own",
    help="The folder with the cases.",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND...")
def run_command(vectors: Path, command: tuple[str, ...]) -> None:
    """Ask a program every case, and print what it answers otherwise."""
    name = " ".join(command)
    try:
        cases = conformance.read_cases(vectors)
        found = list(conformance.differences(cases, _answers(command, cases)))
    except ExumRoutingError as error:
        _refuse(str(vectors), [error])
    except OSError as error:
        _refuse(name, [f"cannot be run ({error.strerror or error}): give a program that answers as FORMAT.md says"])
    for difference in found:
        _print("\n".join(_difference_lines(difference)))
    by_clause = collections.Counter(difference.case.clauses[0] for difference in found)
    for clause, count in sorted(by_clause.items()):
        _print(f"{clause}: {count} differ")
    _print(f"{len(cases)} cases, {len(found)} differ")
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
