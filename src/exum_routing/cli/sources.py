"""Files, folders and zips of exports, as the sources of an import; a zip is unpacked in memory, within bounds."""

import io
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import click

from exum_routing.cli.exports import STARTS_OF_ZIPS, is_folder
from exum_routing.cli.output import refuse
from exum_routing.cli.terminal import progress, read_bytes
from exum_routing.deployment import Deployment
from exum_routing.importing import Import, Source, SourceError, import_deployment, summary_line
from exum_routing.interchange import fault_lines

_MOST_FILES: Final = 1_000
"""Files of a folder or zip that are read at all."""
_LARGEST_ZIP: Final = 4 * 1024 * 1024 * 1024
"""Bytes of all files of a zip together, unpacked."""
_STEEPEST: Final = 200
"""How many times its size in the zip a file may have; exports compress to a twentieth, zip bombs to a thousandth."""
_SMALL: Final = 1024 * 1024
"""Bytes of a file for which that does not matter."""
_ENCRYPTED: Final = 0x1
_ENDINGS: Final = frozenset({".xml", ".clixml", ".json", ".csv", ".ldf", ".ldif", ".txt"})
"""Endings of the files of a folder or zip that are taken; others, such as a script, are passed over."""


def deployment_of_exports(file: str) -> Deployment:
    """The deployment that a folder or a zip of exports describes, with the report in one line on standard error."""
    imported = imported_of([file])
    if not imported.taken:
        refuse(file, ["nothing was taken from it: exum-routing import says why"])
    click.echo(f"exum-routing: {file}: {summary_line(imported)}; exum-routing import has the report", err=True)
    return imported.deployment


def imported_of(files: Iterable[str], replica: Iterable[str] = ()) -> Import:
    """The deployment that some files, folders and zips describe; where one cannot be read, end with a line for each fault."""
    sources, of_replica = sources_of(files), sources_of(replica)
    try:
        with progress("importing the deployment"):
            return import_deployment(sources, replica=of_replica)
    except SourceError as error:
        for line in fault_lines(error.faults):
            click.echo(f"exum-routing: {line}", err=True)
        sys.exit(1)


def sources_of(files: Iterable[str]) -> tuple[Source, ...]:
    """The sources that some files, folders and zips are; where one cannot be read, end with one line about it."""
    return tuple(source for file in files for source in _sources(file))


def _sources(file: str) -> Iterator[Source]:
    if is_folder(file):
        yield from _of_folder(file)
        return
    content = read_bytes(file)
    if content.startswith(STARTS_OF_ZIPS):
        yield from _of_zip(file, content)
    else:
        yield Source("standard input" if file == "-" else Path(file).name, content)


def _of_folder(file: str) -> Iterator[Source]:
    """The files of a folder; a folder inside it, such as one with the replica's exports, is not part of it."""
    try:
        paths = sorted(path for path in Path(file).iterdir() if path.suffix.lower() in _ENDINGS and path.is_file())
    except OSError as error:
        refuse(file, [f"cannot be read ({error.strerror}): give a folder that you may read"])
    _check_count(file, len(paths))
    for path in paths:
        yield Source(path.name, read_bytes(str(path)))


def _of_zip(file: str, content: bytes) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if PurePosixPath(one.filename).suffix.lower() in _ENDINGS]
            _check_count(file, len(entries))
            folders = {str(PurePosixPath(one.filename).parent) for one in entries}
            if len(folders) > 1:
                refuse(file, [f"holds exports in {len(folders)} folders: zip the files of one folder"])
            _check_sizes(file, entries)
            for entry in entries:
                yield Source(PurePosixPath(entry.filename).name, _unpacked(archive, entry))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        refuse(file, [f"is a damaged zip ({error}): zip the exports again"])


def _check_count(file: str, count: int) -> None:
    if not count:
        endings = ", ".join(sorted(_ENDINGS))
        refuse(file, [f"cannot be read (it holds no file that ends in {endings}): give the folder with the exports"])
    if count > _MOST_FILES:
        refuse(file, [f"holds {count:,} files, and at most {_MOST_FILES:,} are read: give the folder with the exports alone"])


def _check_sizes(file: str, entries: Iterable[zipfile.ZipInfo]) -> None:
    """End with a line where a zip says of itself that it unpacks to more than exports do."""
    total = 0
    for entry in entries:
        total += entry.file_size
        if entry.flag_bits & _ENCRYPTED:
            refuse(file, [f"{entry.filename!r} is encrypted: zip the exports without a password"])
        if total > _LARGEST_ZIP or (entry.file_size > _SMALL and entry.file_size > _STEEPEST * max(entry.compress_size, 1)):
            refuse(file, [f"{entry.filename!r} would unpack to {entry.file_size:,} bytes: give the files themselves"])


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A file of a zip, no more of it than the zip says there is."""
    with archive.open(entry) as stream:
        return stream.read(entry.file_size)
