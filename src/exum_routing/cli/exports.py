"""Whether a FILE is exports and not a document; they are read elsewhere, and only then."""

from pathlib import Path
from typing import Final

STARTS_OF_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""The first bytes of a zip; of one without files the second."""


def is_export(file: str) -> bool:
    """Whether a FILE of the other commands is a folder or a zip of exports, and not a document."""
    if is_folder(file):
        return True
    path = Path(file)
    try:
        if not path.is_file():  # what a pipe holds can be read once only
            return False
        with path.open("rb") as stream:
            return stream.read(4) in STARTS_OF_ZIPS
    except OSError:
        return False


def is_folder(file: str) -> bool:
    """Whether it is the name of a folder; ``-`` is standard input."""
    try:
        return file != "-" and Path(file).is_dir()
    except OSError:
        return False
