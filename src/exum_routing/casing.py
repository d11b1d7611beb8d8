"""How names are compared without case: as Windows does it, by the upper case of each UTF-16 unit.

Names that RFC 3261 spells in ASCII (header names, hosts, SIP addresses) do not need it: for them
only A to Z have a case.
"""

from typing import Final

_LAST_OF_ONE_UNIT: Final = "\uffff"


def folded(name: str) -> str:
    """A name as it is compared: two names are equal without case if these texts are equal.

    All characters with one upper case become one character: their lower case, if it has that same
    upper case. So ASCII text becomes its lower case, and the length stays the same.

    Clauses: NAME-6

    >>> folded("Tag:ExRedmond"), folded("ΣΑΣ") == folded("σας"), folded("ß") == folded("SS")
    ('tag:exredmond', True, False)
    """
    return str.lower(name) if str.isascii(name) else str.translate(name, _FOLDED)


class _Folded(dict[int, str]):
    """What each character is compared as, by its code point; each is worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded_character(chr(code))
        return found


_FOLDED: Final = _Folded()


def _folded_character(character: str) -> str:
    upper = _upper(character)
    lower = upper.lower()
    return lower if len(lower) == 1 and _upper(lower) == upper else upper


def _upper(character: str) -> str:
    """The upper case that is one character; a character has none in ASCII unless it is ASCII.

    A character of two UTF-16 units has no case.
    """
    if character > _LAST_OF_ONE_UNIT:
        return character
    found = next((one for one in (character.upper(), character.title()) if len(one) == 1), character)
    return character if found.isascii() and not character.isascii() else found
