"""What a rehearsal holds at most: a script of a few lines may double a text or a list with each of them."""

from collections.abc import Iterable
from typing import Final

from exum_routing.errors import CmdletRefused

LONGEST_TEXT: Final = 1_000_000
"""Characters of a text that a script makes."""
MOST_VALUES: Final = 1_000_000
"""Values in a list that a script makes, those of lists within it included."""
MOST_PRINTED: Final = 2_000_000
"""Steps, and objects that they print, all together; of a text every ``_LINE`` characters count as one."""
_LINE: Final = 80


class TooLarge(CmdletRefused):
    """Something in a script that grows beyond what a rehearsal holds."""


def joined(texts: Iterable[str], between: str = "") -> str:
    """Texts as one.

    Raises:
        TooLarge: It has more than ``LONGEST_TEXT`` characters.

    >>> joined(("a", "b"), " ")
    'a b'
    """
    parts: list[str] = []
    length = 0
    for text in texts:
        length += len(text) + len(between)
        if length - len(between) > LONGEST_TEXT:
            raise TooLarge(text[:_LINE], f"makes a text of more than {LONGEST_TEXT:,} characters: make it shorter")
        parts.append(text)
    return between.join(parts)


def listed(values: tuple[object, ...]) -> tuple[object, ...]:
    """Values as a list.

    Raises:
        TooLarge: It holds more than ``MOST_VALUES`` values, those of lists within it included.

    >>> listed((1, (2, 3)))
    (1, (2, 3))
    """
    if weight(values, MOST_VALUES) > MOST_VALUES:
        raise TooLarge(f"a list of {len(values)}", f"holds more than {MOST_VALUES:,} values: make it shorter")
    return values


def weight(value: object, most: int) -> int:
    """How many values a value holds; where that is more than ``most``, some number above it.

    >>> weight((1, ("a", "b")), 100), weight("a" * 800, 100)
    (3, 11)
    """
    found, waiting = 0, [value]
    while waiting and found <= most:
        one = waiting.pop()
        if isinstance(one, tuple) and one:
            waiting += one
        else:
            found += 1 + (len(one) // _LINE if isinstance(one, str) else 0)
    return found
