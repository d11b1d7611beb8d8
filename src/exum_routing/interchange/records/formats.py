"""Which format an export has, told by its content alone, and the reader for it."""

import enum
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from exum_routing.interchange.records.characters import head
from exum_routing.interchange.records.clixml import read_clixml
from exum_routing.interchange.records.convertto_json import read_convertto_json
from exum_routing.interchange.records.export_csv import read_export_csv
from exum_routing.interchange.records.exported import Exported, Keep, fault, kept
from exum_routing.interchange.records.ldif import read_ldif
from exum_routing.interchange.records.topology import read_topology


class Format(enum.Enum):
    """A format of exports; the value is what writes it."""

    CLIXML = "Export-Clixml"
    """XML of PowerShell's own."""
    JSON = "ConvertTo-Json"
    """JSON of an object or an array."""
    CSV = "Export-Csv"
    """A line of headings, and a line for each object."""
    LDIF = "ldifde"
    """Entries of the directory."""
    TOPOLOGY = "Get-CsTopology -AsXml"
    """XML of the topology."""


_SIGNS: Final[Mapping[Format, re.Pattern[str]]] = {
    Format.CLIXML: re.compile(r"\s*<(?s:.*?)<?\bObjs\b|\s*<Objs\b"),
    Format.TOPOLOGY: re.compile(r"\s*<(?s:.*?)<?\bTopology\b"),
    Format.JSON: re.compile(r"\s*[\[{]"),
    Format.CSV: re.compile("#TYPE "),
    Format.LDIF: re.compile(r"\s*(?:#|(?:version|dn|search):)", re.IGNORECASE),
}
"""How each format begins; the first that fits is it."""
_HEADING: Final = re.compile(r'"?([^",;\t\r\n]+)"?')


def format_of(content: bytes, keep: Keep = kept) -> Format:
    """The format of an export, by its content.

    Args:
        content: The file.
        keep: A CSV file without ``#TYPE`` has a heading for which this gives a name.

    Raises:
        SourceError: It has none of the formats, or is empty.

    >>> format_of(b"dn: CN=Zoe").name
    'LDIF'
    """
    text = head(content).removeprefix("\ufeff")
    if not text.strip():
        raise fault("", "is empty, so it cannot be told what was exported: export with Export-Clixml, or leave the file out")
    for form, sign in _SIGNS.items():
        if sign.match(text):
            return form
    headings = _HEADING.findall(text.lstrip().partition("\n")[0])
    if "\0" not in text and not text.lstrip().startswith("<") and any(keep(heading.strip()) for heading in headings):
        return Format.CSV
    kinds = ", ".join(form.value for form in Format)
    raise fault("", f"has none of the formats that are read ({kinds}): export it as the script of import says")


_READERS: Final[Mapping[Format, Callable[[bytes, Keep], Iterator[Exported]]]] = {
    Format.CLIXML: read_clixml,
    Format.JSON: read_convertto_json,
    Format.CSV: read_export_csv,
    Format.LDIF: read_ldif,
    Format.TOPOLOGY: lambda content, _: read_topology(content),
}


def read_exported(content: bytes, keep: Keep = kept) -> Iterator[Exported]:
    """The objects of an export, whatever its format.

    Args:
        content: The file.
        keep: Under which name a property is kept, or None.

    Raises:
        SourceError: It has none of the formats, or is not whole.

    >>> [one.properties["Fqdn"] for one in read_exported(b'{"Fqdn": "pool01.contoso.com"}')]
    ['pool01.contoso.com']
    """
    return _READERS[format_of(content, keep)](content, keep)
