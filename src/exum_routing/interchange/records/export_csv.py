"""Export-Csv, of Windows PowerShell 5.1 and of PowerShell 7, as records: ``#TYPE`` or not, with ``,`` or ``;``."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from exum_routing.interchange.records.characters import characters, encoding_of, head
from exum_routing.interchange.records.exported import Exported, Keep, Value, fault, kept, plain

_TYPE: Final = "#TYPE "
_DELIMITERS: Final = (",", ";", "\t")


def read_export_csv(content: bytes, keep: Keep = kept) -> Iterator[Exported]:
    r"""The objects that Export-Csv wrote; an empty field is None.

    Args:
        content: The file: UTF-8, or UTF-16 with a byte-order mark.
        keep: Under which name a column is kept, or None.

    Raises:
        SourceError: It is not such a file, or not whole.

    >>> [one.properties for one in read_export_csv(b'"Fqdn";"Site"\r\n"pool01.contoso.com";""\r\n')]
    [{'Fqdn': 'pool01.contoso.com', 'Site': None}]
    """
    for _ in characters(content):
        pass  # every byte can be decoded
    if not content.rstrip(b"\0 ").endswith((b"\n", b"\r")):
        raise fault("", "ends in the middle of a line: export it again, the whole of it")
    lines = io.TextIOWrapper(io.BytesIO(content), encoding_of(content), newline="")
    first = lines.readline()
    types = (first[len(_TYPE) :].strip(),) if first.startswith(_TYPE) else ()
    if not types:
        lines.seek(0)
    rows = csv.reader(lines, delimiter=_delimiter(content, skipped=len(types)), strict=True)
    try:
        yield from _records(rows, types, keep)
    except csv.Error as error:
        problem = f"is not CSV ({plain(str(error))}): export it again with Export-Csv"
        raise fault(f"line {rows.line_num + len(types)}", problem) from None


def _delimiter(content: bytes, skipped: int) -> str:
    headings = [*head(content).splitlines(), "", ""][skipped]
    return max(_DELIMITERS, key=headings.count)


def _records(rows: "csv._reader", types: tuple[str, ...], keep: Keep) -> Iterator[Exported]:  # type: ignore[name-defined] # typeshed names it so
    headings: list[str] = next(rows, [])
    columns = [keep(heading) for heading in headings]
    for position, row in enumerate(rows):
        if len(row) != len(headings):
            place = f"line {rows.line_num + len(types)}"
            raise fault(place, f"has {len(row)} fields where the headings are {len(headings)}: export it again with Export-Csv")
        properties: dict[str, Value] = {name: text or None for name, text in zip(columns, row, strict=True) if name is not None}
        yield Exported(position, types, properties)
