"""What the commands share: reading a file, refusing, printing, and the options."""

import enum
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TextIO

import attrs
import click

from exum_routing.cli.output import print_text, refuse
from exum_routing.reading import DEFAULT_CMDLET_READING, DEFAULT_READING, CmdletReading, Reading

_WHOLE_COLUMNS: Final = 2
"""Columns of a terminal's table that are not folded."""
_KEPT_COLUMNS: Final = 4
"""Columns of a terminal's table that are shown however narrow it is."""
_ROWS: Final = 1_000
"""Rows of a terminal's table whose columns are aligned with one another; a longer one comes in parts."""


def reading_fields() -> dict[str, type[enum.Enum]]:
    """The fields of a reading, each with its closed set."""
    return {field.name: type(getattr(DEFAULT_READING, field.name)) for field in attrs.fields(Reading)}


def cmdlet_reading_fields() -> dict[str, type[enum.Enum]]:
    """The fields of a reading of Set-CsUser, each with its closed set."""
    return {field.name: type(getattr(DEFAULT_CMDLET_READING, field.name)) for field in attrs.fields(CmdletReading)}


def choices(given: Iterable[str], fields: Mapping[str, type[enum.Enum]]) -> dict[str, Any]:
    """What FIELD=READING, as in ``several_organizations=FIRST``, chooses of these fields; the last of a field counts."""
    chosen: dict[str, Any] = {}
    for choice in given:
        field, _, reading = choice.partition("=")
        reading = reading.upper()
        kind = fields.get(field)
        if kind is None:
            raise click.BadParameter(f"{field!r} is no field of a reading: give FIELD=READING with one of {', '.join(fields)}")
        if reading not in kind.__members__:
            raise click.BadParameter(f"{reading!r} is no reading of {field}: give one of {', '.join(kind.__members__)}")
        chosen[field] = kind[reading]
    return chosen


def _reading(_context: click.Context, _parameter: click.Parameter, given: Iterable[str]) -> Reading:
    return Reading(**choices(given, reading_fields()))


def readings_help(before: str, fields: Mapping[str, type[enum.Enum]]) -> str:
    """The help of an option for readings: each choice on a line of its own, which click does not break, to be copied."""
    lines = (f"{field}={reading}" for field, kind in fields.items() for reading in kind.__members__)
    return f"{before}\n\n\b\n" + "\n".join(lines)


def _is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal, or is to be treated like one, as FORCE_COLOR says."""
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


@contextmanager
def progress(message: str) -> Iterator[None]:
    """Say on a terminal, and only there, what is under way."""
    if not _is_terminal(sys.stderr):
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - it takes longer than most commands, and only a terminal needs it
    from rich.text import Text  # noqa: PLC0415 - likewise

    with Console(stderr=True).status(Text(message)):
        yield


def read_bytes(file: str) -> bytes:
    """What a file holds; where it cannot be read, end with one line about it."""
    try:
        with click.open_file(file, "rb") as stream:
            content: bytes = stream.read()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is closed"
        refuse(file, [f"cannot be read ({reason}): give a file, or - for standard input"])
    return content


def print_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A table that fits a terminal, without its last columns where it is narrow; to a file or a pipe, whole aligned lines."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    if not _is_terminal(sys.stdout):
        lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in (headings, *rows))
        print_text("\n".join(lines))
        return
    from rich.console import Console  # noqa: PLC0415 - see progress
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    fitting = _fitting(widths, console.width)
    for start in range(0, max(len(rows), 1), _ROWS):
        table = Table(box=None, pad_edge=False)
        for number, heading in enumerate(headings[:fitting]):
            table.add_column(heading, overflow="fold", no_wrap=number < _WHOLE_COLUMNS)
        for row in rows[start : start + _ROWS]:
            table.add_row(*map(Text, row[:fitting]))
        console.print(table)
    if fitting < len(headings):
        console.print(f"The terminal is too narrow for: {', '.join(headings[fitting:])}.")


def _fitting(widths: Sequence[int], width: int) -> int:
    """How many columns a terminal shows: all that fit, and no fewer than ``_KEPT_COLUMNS``."""
    fitting = len(widths)
    while fitting > _KEPT_COLUMNS and sum(widths[:fitting]) + 2 * (fitting - 1) > width:
        fitting -= 1
    return fitting


FILE = click.argument("file", metavar="FILE")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
VERBOSE = click.option("--verbose", is_flag=True, help="Print everything, not only what fits one screen.")
READING = click.option(
    "--reading",
    metavar="FIELD=READING",
    multiple=True,
    callback=_reading,
    help=readings_help("Read a clause that the source leaves open in another way; may be repeated:", reading_fields()),
)
