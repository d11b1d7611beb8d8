"""Export-CsConfiguration and Import-CsConfiguration: what an Edge Server works from, as the bytes of one zip.

An export is one shape of zip around one JSON document: the same two names, stored and not compressed, with the same times and
permissions. The import takes no other: it looks for the document where an export has it, makes the zip anew, and compares. So
nothing is ever unpacked, and whatever else a zip can hold is refused; the zip is taken apart only to say what is wrong with it.
"""

import io
import stat
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Final

from exum_routing.deployment import EdgeConfiguration
from exum_routing.errors import ExumRoutingError, shown
from exum_routing.fields import instance
from exum_routing.interchange.document import read_edge_configuration, write_edge_configuration
from exum_routing.interchange.json_text import DocumentError, Fault

__all__ = ["LARGEST_CONFIGURATION", "InvalidExport", "export_configuration", "import_configuration"]

LARGEST_CONFIGURATION: Final = 16 * 1024 * 1024
"""Bytes of the largest ``configuration.json`` that is exported or imported."""

_MANIFEST: Final = "manifest.json"
_MANIFEST_TEXT: Final = b'{"Format": "exum_routing Edge configuration", "Version": 1}\n'
_CONFIGURATION: Final = "configuration.json"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_PERMISSIONS: Final = stat.S_IFREG | 0o644
_ENCRYPTED: Final = 0x1
_START_OF_ZIP: Final = b"PK\x03\x04"
_BYTES_SHOWN: Final = 16

_EXPORT_AGAIN: Final = "export the configuration again, and keep the file as it is"


class InvalidExport(ExumRoutingError):
    """Bytes that are no export, or no longer one, or a configuration too large for one. Clauses: REPL-4."""

    faults: tuple[Fault, ...]
    """The faults of the document within; empty where it is not even read."""

    def __init__(self, value: object, problem: str, faults: Sequence[Fault] = ()) -> None:
        """Keep the faults too."""
        super().__init__(value, problem)
        self.faults = tuple(faults)

    @property
    def message(self) -> str:
        """How many bytes there are, the first of them, and what is wrong with them."""
        if not isinstance(self.value, bytes):
            return super().message
        more = "..." if len(self.value) > _BYTES_SHOWN else ""
        return f"{len(self.value)} bytes ({self.value[:_BYTES_SHOWN]!r}{more}) {self.problem}"


def export_configuration(configuration: EdgeConfiguration) -> bytes:
    """What Export-CsConfiguration gives: one zip; the same configuration, spelled the same, gives the same bytes.

    Raises:
        InvalidValue: It is not an EdgeConfiguration.
        InvalidExport: It takes more than ``LARGEST_CONFIGURATION`` bytes.

    Clauses: REPL-4

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> configuration = EdgeConfiguration(access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True))
    >>> import_configuration(export_configuration(configuration)) == configuration
    True
    """
    document = write_edge_configuration(instance(configuration, EdgeConfiguration)).encode()
    if len(document) > LARGEST_CONFIGURATION:
        raise InvalidExport(
            len(document), f"bytes are more than an export may hold, {LARGEST_CONFIGURATION}: give shorter names or fewer"
        )
    return _zipped(document)


def import_configuration(data: bytes) -> EdgeConfiguration:
    """What Import-CsConfiguration reads: the configuration that was exported.

    Raises:
        InvalidExport: The bytes are no export, or not as it was written; nothing else is raised, whatever they are.

    Clauses: REPL-4
    """
    if not isinstance(data, bytes):
        raise InvalidExport(data, "is not bytes: give those of an export")
    document = data[_BEFORE:-_BEHIND]
    if len(document) > LARGEST_CONFIGURATION or _zipped(document) != data:
        raise InvalidExport(data, f"{_damage(data)}: {_EXPORT_AGAIN}")
    try:
        return read_edge_configuration(document)
    except DocumentError as error:
        problem = f"hold a {_CONFIGURATION} with faults, the first of {len(error.faults)}: {error.faults[0]}"
        raise InvalidExport(data, problem, error.faults) from None


def _zipped(document: bytes) -> bytes:
    """The zip of an export with this document."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((_MANIFEST, _MANIFEST_TEXT), (_CONFIGURATION, document)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = _UNIX
            entry.external_attr = _PERMISSIONS << 16
            archive.writestr(entry, content)
    return target.getvalue()


_EMPTY: Final = _zipped(b"")
_BEFORE: Final = _EMPTY.index(_CONFIGURATION.encode()) + len(_CONFIGURATION)
"""Bytes of an export before its document."""
_BEHIND: Final = len(_EMPTY) - _BEFORE
"""Bytes of an export behind its document."""


def _damage(data: bytes) -> str:
    """What makes these bytes no export, as far as it can be told."""
    if not data:
        return "are empty"
    if len(data) > LARGEST_CONFIGURATION + len(_EMPTY):
        return f"are more than an export has, which holds at most {LARGEST_CONFIGURATION}"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _foreign(archive.infolist()) or _changed(data, archive)
    except Exception:  # noqa: BLE001 - whatever zipfile fails with, the bytes are refused already, and this only says why
        return "are a damaged or truncated zip" if data.startswith(_START_OF_ZIP) else "are no zip"


def _foreign(entries: Sequence[zipfile.ZipInfo]) -> str | None:
    """What no export of this library ever had among its entries; None: nothing of the kind."""
    names = [entry.orig_filename for entry in entries]
    for entry in entries:
        for problem, holds in _problems(entry):
            if holds:
                return f"hold {shown(entry.orig_filename)}, which {problem}"
    for name, times in Counter(names).items():
        if times > 1:
            return f"hold {shown(name)} {times} times"
    for name in names:
        if name not in {_MANIFEST, _CONFIGURATION}:
            return f"hold {shown(name)}, which no export has"
    for name in (_MANIFEST, _CONFIGURATION):
        if name not in names:
            return f"hold no {name}"
    return None


def _problems(entry: zipfile.ZipInfo) -> tuple[tuple[str, bool], ...]:
    """What may be wrong with one entry, and whether it is, from what the zip's directory says of it."""
    name = entry.orig_filename
    leads_out = name.startswith("/") or ".." in name.split("/") or any(mark in name for mark in "\\:\0")
    return (
        ("leads out of the folder", leads_out),
        ("is encrypted", bool(entry.flag_bits & _ENCRYPTED)),
        ("is a symbolic link", stat.S_ISLNK(entry.external_attr >> 16)),
        (f"is larger than {LARGEST_CONFIGURATION} bytes", entry.file_size > LARGEST_CONFIGURATION),
        ("is compressed", entry.compress_type != zipfile.ZIP_STORED),
    )


def _changed(data: bytes, archive: zipfile.ZipFile) -> str:
    """What was done to an export whose entries have the right names, and are stored."""
    if not data.startswith(_START_OF_ZIP):
        return "do not begin with the zip"
    damaged = archive.testzip()
    if damaged is not None:
        return f"have a damaged {damaged}"
    manifest = archive.read(_MANIFEST)
    if manifest != _MANIFEST_TEXT:
        return f"are of another format or version: their {_MANIFEST} is {shown(manifest)}"
    return "have something that no export has before, between or behind its entries, or another time, order or permission"
