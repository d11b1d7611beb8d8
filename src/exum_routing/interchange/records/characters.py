"""The characters of an export: UTF-8, or UTF-16 with a byte-order mark, piece by piece."""

import codecs
import io
from collections.abc import Iterator
from typing import Final

from exum_routing.interchange.records.exported import LARGEST_SOURCE, SourceError, fault

_PIECE: Final = 16 * 1024
"""Bytes that are decoded at once; with larger pieces the garbage collector has to look at more elements of XML."""
_HEAD: Final = 16 * 1024
"""Bytes in which the format of an export shows."""
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(content: bytes) -> str:
    """The encoding by the byte-order mark; without one it is UTF-8."""
    return "utf-16" if content.startswith(_MARKS) else "utf-8-sig"


def head(content: bytes) -> str:
    """The first characters, in which the format shows, as far as they can be decoded."""
    return content[:_HEAD].decode(encoding_of(content), errors="replace")


def characters(content: bytes) -> Iterator[str]:
    """All characters, with line ends as they are.

    Raises:
        SourceError: The bytes are of another encoding, or not a text at all.
    """
    return _decoded(content, codecs.getincrementaldecoder(encoding_of(content))())


def lines_joined(content: bytes) -> Iterator[str]:
    r"""All characters, with ``\n`` for each line end.

    Raises:
        SourceError: The bytes are of another encoding, or not a text at all.
    """
    decoder = codecs.getincrementaldecoder(encoding_of(content))()
    return _decoded(content, io.IncrementalNewlineDecoder(decoder, translate=True))


def _decoded(content: bytes, decoder: codecs.IncrementalDecoder | io.IncrementalNewlineDecoder) -> Iterator[str]:
    if len(content) > LARGEST_SOURCE:
        raise fault("", f"has {len(content):,} bytes, and at most {LARGEST_SOURCE:,} are read: export it in parts")
    for start in range(0, len(content), _PIECE):
        try:
            piece = decoder.decode(content[start : start + _PIECE], start + _PIECE >= len(content))
        except UnicodeDecodeError:
            raise _undecodable(content) from None
        if "\0" in piece:
            raise fault("", "is not a text: it has NUL characters; give the file as the cmdlet or ldifde wrote it")
        yield piece


def _undecodable(content: bytes) -> SourceError:
    encoding = "UTF-16" if encoding_of(content) == "utf-16" else "UTF-8"
    place = ""
    try:
        content.decode(encoding_of(content))
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
    return fault(place, f"is not {encoding}: export again with -Encoding UTF8, or with ldifde -u")
