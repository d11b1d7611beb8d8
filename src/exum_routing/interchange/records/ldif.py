"""LDIF as records, as ldifde and ldapsearch write it: every entry with the values of its attributes, and its ``dn``."""

import binascii
from collections.abc import Iterator
from typing import Final

from exum_routing.errors import shown
from exum_routing.interchange.records.characters import lines_joined
from exum_routing.interchange.records.exported import LONGEST_VALUE, Exported, Keep, NoText, Scalar, fault, kept

_LONGEST_ENTRY: Final = 8 * LONGEST_VALUE
"""Characters of the longest entry that is read."""
_NO_ENTRY: Final = frozenset({"version", "ref"})
"""What is written before an entry, or between entries."""
_END_OF_SEARCH: Final = frozenset({"search", "result"})
"""With what ldapsearch ends a search or a page of it; controls and their values follow, each with a name of its own."""
_SUCCESS: Final = "0 "
_CHANGE: Final = frozenset({"changetype", "changeType", "ChangeType"})
_MOST_NAMES: Final = 10_000
"""Spellings of attributes that are remembered; a directory has no more."""


def read_ldif(content: bytes, keep: Keep = kept) -> Iterator[Exported]:
    r"""The entries of an LDIF file; the values of each attribute are a tuple, ``dn`` is one text.

    Args:
        content: The file: UTF-8, or UTF-16 with a byte-order mark.
        keep: Under which name an attribute is kept, or None.

    Raises:
        SourceError: It is not such a file, not whole, or holds changes.

    >>> [one.properties for one in read_ldif(b"dn: CN=Zoe,DC=contoso\ncn: Z\n oe\nmail:: em9l\n\n")]
    [{'cn': ('Zoe',), 'mail': ('zoe',), 'dn': 'CN=Zoe,DC=contoso'}]
    """
    count, names = 0, _Names(keep)
    for line, block, is_last in _blocks(content):
        properties = _entry(block, line, names)
        if properties is not None:
            yield Exported(count, (), properties, may_be_cut=is_last)
            count += 1


def _blocks(content: bytes) -> Iterator[tuple[int, str, bool]]:
    """What stands between empty lines, with the number of its first line, and whether no empty line follows."""
    pending, line = "", 1
    for piece in lines_joined(content):
        *blocks, pending = (pending + piece).split("\n\n")
        for block in blocks:
            yield line, block, False
            line += block.count("\n") + 2
        if len(pending) > _LONGEST_ENTRY:
            problem = f"has an entry of more than {_LONGEST_ENTRY:,} characters: leave its largest attribute out"
            raise fault(f"line {line}", problem)
    if pending and not pending.endswith("\n"):
        raise fault(f"line {line + pending.count(chr(10))}", "ends in the middle of a line: export it again, the whole of it")
    yield line, pending, True


def _entry(block: str, line: int, names: "_Names") -> dict[str, str | tuple[Scalar, ...]] | None:
    """The attributes of an entry; None: it is none."""
    found: dict[str, tuple[Scalar, ...]] = {}
    dn: str | None = None
    ended = False
    for text in block.replace("\n ", "").split("\n"):
        name, colon, value = text.partition(":")
        if not colon or text[0] in {"#", ":"}:
            if text and text[0] != "#":
                raise fault(f"line {line} and after", f"{shown(text)} is not a line of LDIF: export it again, the whole of it")
            continue
        if dn is None:
            ended = ended or name.lower() in _END_OF_SEARCH
            dn = _first(name, value, line, ended=ended)
            continue
        kept_as = names[name]
        if kept_as is not None:
            one = value.lstrip(" ") if value[:1] == " " else _value(name, value, line)
            found[kept_as] = (*found[kept_as], one) if kept_as in found else (one,)
        elif name in _CHANGE and value.strip().lower() != "add":
            problem = "is a change, not an entry: give what ldifde -f or ldapsearch exports"
            raise fault(f"line {line} and after", f"{shown(value.strip())} {problem}")
    if dn is None:
        return None
    kept_as = names["dn"]
    return dict(found) if kept_as is None else {**found, kept_as: dn}


class _Names(dict[str, str | None]):
    """Under which name an attribute is kept, by its spelling with options; each spelling is looked at once."""

    def __init__(self, keep: Keep) -> None:
        super().__init__()
        self._keep = keep

    def __missing__(self, spelling: str) -> str | None:
        attribute, _, option = spelling.partition(";")
        name = self._keep(attribute)
        if name is not None and option.lower().startswith("range="):
            raise fault("", f"{shown(spelling)} is only a part of the values: export all of them, with ldifde or by pages")
        if len(self) < _MOST_NAMES:
            self[spelling] = name
        return name


def _first(name: str, value: str, line: int, *, ended: bool) -> str | None:
    """The dn of an entry, with which it begins; None: the line is one of those around the entries.

    Args:
        name: The name in the line.
        value: What follows the colon.
        line: The number of the first line of the block.
        ended: A search ended in this block, so anything may follow.
    """
    lowered = name.lower()
    if lowered == "dn":
        found = _value(name, value, line)
        if not isinstance(found, str):
            raise fault(f"line {line} and after", "has a dn that is not UTF-8: export it again")
        return found
    if lowered == "result" and not value.strip().startswith(_SUCCESS):
        raise fault(f"line {line} and after", f"{shown(value.strip())} ended the search before it was done: export all of it")
    if not ended and lowered not in _NO_ENTRY:
        raise fault(f"line {line} and after", f"{shown(name)} stands where an entry begins with its dn: export it again")
    return None


def _value(name: str, value: str, line: int) -> Scalar:
    """The value after the first colon, in base64 if a second one follows."""
    if value[:1] == "<":
        problem = "is in another file, which is not read: export the value itself"
        raise fault(f"line {line} and after", f"{shown(name)} {problem}")
    if value[:1] != ":":
        return value.lstrip(" ")
    try:
        octets = binascii.a2b_base64(value[1:].strip(" ").encode(), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError):
        raise fault(f"line {line} and after", f"{shown(value[1:].strip())} is not base64: export it again") from None
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return NoText.BINARY
