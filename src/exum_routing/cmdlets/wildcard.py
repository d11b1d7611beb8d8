"""Wildcards: whether a text, whole and in any case, matches one.

There are two kinds. In an Identity ``*`` alone is special; -like and Filter take all wildcards of PowerShell. Each kind has a
reader, which splits a wildcard into pieces at its ``*``. A piece has a fixed length: where it is found first is as good a place
as any later one, so that the pieces are searched one after another and nothing is searched twice.
"""

import functools
import re
from collections.abc import Iterable
from typing import Final, Self

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded

_UNIT: Final = re.compile(r"`(?P<escaped>[*?\[])|\[(?P<members>.[^\]]*+)\]|(?P<plain>.)", re.DOTALL)
"""A character of PowerShell's wildcards: one that stands for itself, a set, or any other."""
_OPEN: Final = re.compile(r"`?\[")
"""Begins a set if a ``]`` follows. After the last ``]`` it is escaped, so that no end is searched in vain."""
_MEMBER: Final = re.compile(r"(?P<low>.)-(?P<high>.)|(?P<one>.)", re.DOTALL)
"""A member of a set: a range or a character."""


@attrs.frozen
class Wildcard:
    """A wildcard, ready to be compared with texts.

    >>> Wildcard.of_identity("Alice*").matches("alice ackerman"), Wildcard.of_powershell("Alic?").matches("alice")
    (True, True)
    """

    _first: re.Pattern[str]
    _others: tuple[re.Pattern[str], ...]

    @classmethod
    def of_identity(cls, identity: str) -> Self:
        """The wildcard of an Identity: ``*`` stands for any text, every other character for itself.

        >>> Wildcard.of_identity("a`*").matches("a`b")
        True
        """
        return cls._of(re.escape(piece) for piece in folded(identity).split("*"))

    @classmethod
    def of_powershell(cls, wildcard: str) -> Self:
        """A wildcard of PowerShell: ``*``, ``?`` and sets as ``[a-c]``; a backtick before ``*``, ``?`` or ``[`` escapes it.

        A ``[`` that no ``]`` closes stands for itself. So does every character in a set, except the ``-`` of a range.

        >>> Wildcard.of_powershell("a`*").matches("a`b")
        False
        """
        closed, bracket, rest = folded(wildcard).rpartition("]")
        pieces: list[list[str]] = [[]]
        for unit in _UNIT.finditer(f"{closed}{bracket}{_OPEN.sub('`[', rest)}"):
            if unit["plain"] == "*":
                pieces.append([])
            else:
                pieces[-1].append(_expression(unit))
        return cls._of(map("".join, pieces))

    @classmethod
    def _of(cls, pieces: Iterable[str]) -> Self:
        """The wildcard whose pieces, as expressions of a fixed length, have a ``*`` between them."""
        *before, last = pieces
        first, *others = (re.compile(piece, re.DOTALL) for piece in (*before, rf"{last}\Z"))
        return cls(first, tuple(others))

    def matches(self, text: str) -> bool:
        """Whether a text matches, whole and in any case."""
        lower = folded(text)
        found = self._first.match(lower)
        for piece in self._others:
            if found is None:
                return False
            found = piece.search(lower, found.end())
        return found is not None


def _expression(unit: re.Match[str]) -> str:
    """The regular expression of one character of PowerShell's wildcards."""
    if unit["members"]:
        return _set(unit["members"])
    return "." if unit["plain"] == "?" else re.escape(unit["escaped"] or unit["plain"])


def _set(members: str) -> str:
    """The regular expression of a set; a range that ends before it begins has no member."""
    found = ""
    for member in _MEMBER.finditer(members):
        if member["one"]:
            found += re.escape(member["one"])
        elif member["low"] <= member["high"]:
            found += f"{re.escape(member['low'])}-{re.escape(member['high'])}"
    return f"[{found}]" if found else "(?!)"


_powershell: Final = functools.lru_cache(Wildcard.of_powershell)


@names_wrong_types
def matches(text: str, wildcard: str) -> bool:
    """Whether a text matches a wildcard of PowerShell: ``*``, ``?`` and ``[...]``, without case; a backtick escapes.

    >>> matches("tag:ExRedmond", "TAG:*")
    True
    """
    return _powershell(wildcard).matches(text)
