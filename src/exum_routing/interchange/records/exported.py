"""An object of an export: its number, its type names, its properties; and the error of a file that is not whole."""

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

import attrs

from exum_routing.errors import ExumRoutingError
from exum_routing.interchange.json_text import Fault

LONGEST_VALUE: Final = 1024 * 1024
"""Characters of the longest text in an export that is read at all."""
LARGEST_SOURCE: Final = 2 * 1024 * 1024 * 1024
"""Bytes of the largest export that is read."""
DEEPEST: Final = 50
"""Levels of objects within objects that are read; PowerShell itself reads no deeper CLIXML."""
_LONGEST_NUMBER: Final = 20
"""Digits of a number that is read as one."""


class NoText(enum.Enum):
    """A value that was there and of which the export keeps nothing that can be read."""

    OBJECT = "an object without text"
    """An object without a text of its own, as ``{}`` in ConvertTo-Json."""
    BINARY = "binary data"
    """Octets that are not UTF-8."""


Scalar: TypeAlias = str | bool | int | NoText | None
"""One value of a property; None: ``$null``, or an empty field of a CSV file."""
Value: TypeAlias = Scalar | tuple[Scalar, ...]
"""A property: one value, or the values of a list."""
Keep: TypeAlias = Callable[[str], str | None]
"""Under which name a property is kept; None: it is left out."""


@attrs.frozen
class Exported:
    """One object of an export."""

    number: int
    """Which object of the file it is, from 0."""
    types: tuple[str, ...]
    """Its type names, its own first, as far as the format has them."""
    properties: Mapping[str, Value]
    """The properties that were kept."""
    may_be_cut: bool = False
    """Whether the file ends so that the object may not be whole."""


class SourceError(ExumRoutingError):
    """An export that cannot be read; it carries every fault."""

    faults: tuple[Fault, ...]
    """The faults; at least one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__(tuple(faults), "are the faults of the exports")
        self.args = (tuple(faults),)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """A line for each fault."""
        return "\n".join(map(str, self.faults))


def kept(name: str) -> str:
    """The name as it is: what keeps every property."""
    return name


def fault(place: str, message: str) -> SourceError:
    """The error of an export with one fault."""
    return SourceError([Fault(place, message)])


def plain(reason: str) -> str:
    r"""The reason of a parser as a message has it: on one line, whatever it quotes.

    >>> plain("'\t' expected")
    "'\\t' expected"
    """
    return reason if reason.isprintable() else reason.encode("unicode_escape").decode()


def number(digits: str) -> int | str:
    """A whole number, or its text where it is too long to be one.

    >>> number("-12"), number("9" * 30)
    (-12, '999999999999999999999999999999')
    """
    sign, rest = digits[:1].strip("0123456789"), digits.lstrip("+-")
    plain = rest.isascii() and rest.isdecimal() and len(rest) <= _LONGEST_NUMBER and sign in {"", "+", "-"}
    return int(digits) if plain and len(digits) - len(rest) <= 1 else digits
