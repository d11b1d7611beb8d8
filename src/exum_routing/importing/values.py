"""What the values of an export say: texts, flags and lists, with the same tolerance for every format and every database.

``ABSENT`` is a property that an object does not have, ``MISSING`` a value that says nothing, and ``Refused`` one that cannot be
used, and why.
"""

import enum
import re
from collections.abc import Callable
from typing import Final, TypeAlias

import attrs

from exum_routing.casing import folded
from exum_routing.errors import shown
from exum_routing.interchange.records import NoText


class Missing(enum.Enum):
    """There is no value."""

    __hash__ = object.__hash__  # that of Enum is a function in Python: 1 us for each account

    ABSENT = "absent"
    """The object does not have the property."""
    MISSING = "missing"
    """The value says nothing, or nobody gave one."""


ABSENT: Final = Missing.ABSENT
MISSING: Final = Missing.MISSING


@attrs.frozen
class Refused:
    """A value that cannot be used."""

    value: object
    """The value."""
    problem: str
    """What is wrong with it, and what to do, to be read after the value."""

    @property
    def message(self) -> str:
        """The value and what is wrong with it."""
        return f"{self.value.value if isinstance(self.value, NoText) else shown(self.value)} {self.problem}"


Reader: TypeAlias = Callable[[object], object]
"""What reads a value: the value itself, MISSING, or Refused."""

_CUT: Final = re.compile(
    r"@\{.*|(?:Deserialized\.)?(?:System|Microsoft)\.[\w.+]*(?:`\d.*|\[.*\])"
    r"|(?:Deserialized\.)?System\.(?:Collections|Object|String|Management)[\w.]*",
    re.DOTALL,
)
"""What PowerShell prints in the place of something that it does not go into."""
_CUT_BEGINS: Final = frozenset("@SMD")
_JOINED: Final = re.compile(r"\s[\w-]+[:=]")
"""The second of several entries in one text."""
_DIGITS: Final = re.compile(r"[0-9]+")
_ENTERPRISE_VOICE: Final = 128
"""The bit of msRTCSIP-OptionFlags that is Enterprise Voice."""
_AGAIN: Final = "export with Export-Clixml, or ConvertTo-Json -Depth 4"
_FLAGS: Final = {"true": True, "false": False}


def text(value: object) -> object:
    """A text; an empty one is None, and a list of one is its text.

    >>> text(("Zoe",)), text("")
    ('Zoe', None)
    >>> text("System.String[]").message
    "'System.String[]' is a cut value: export with Export-Clixml, or ConvertTo-Json -Depth 4"
    """
    if type(value) is tuple and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        if value[:1] in _CUT_BEGINS and _CUT.fullmatch(value):
            return Refused(value, f"is a cut value: {_AGAIN}")
        return value or None
    return None if value is None else _text_of_other(value)


def _text_of_other(value: object) -> object:
    """The text of what is neither a text nor nothing."""
    if isinstance(value, tuple | list):
        if len(value) > 1:
            return Refused(value, "are several values where one belongs: keep one")
        return text(value[0]) if value else None
    if isinstance(value, NoText):
        return Refused(value, f"is all that the export has of it: {_AGAIN}")
    return str(value)


def flag(value: object) -> object:
    """True, False or None; 1 and 0 as databases have them, and the words in any case.

    >>> flag("TRUE"), flag(0), flag(None)
    (True, False, None)
    """
    if value is True or value is False or value is None:
        return value
    if isinstance(value, int) and value in {0, 1}:
        return bool(value)
    found = text(value)
    if not isinstance(found, str):
        return found
    lower = folded(found)
    return _FLAGS[lower] if lower in _FLAGS else Refused(value, "is not a flag: it is True or False")


def texts(value: object) -> object:
    """A tuple of texts, of one text or several; None is no text.

    >>> texts("SMTP:zoe@contoso.com"), texts(None), texts(["a", None])
    (('SMTP:zoe@contoso.com',), (), ('a',))
    """
    if isinstance(value, str):
        if _JOINED.search(value):
            return Refused(value, f"is a list that was cut to one text: {_AGAIN}")
        value = (value,)
    found = []
    for one in value if isinstance(value, tuple | list) else (value,):
        said = text(one)
        if isinstance(said, Refused):
            return said
        if said is not None:
            found.append(said)
    return tuple(found)


def pool(value: object) -> object:
    """The name of a pool; a number names none."""
    found = text(value)
    return MISSING if isinstance(found, str) and found.isdecimal() else found


def policy(value: object) -> object:
    """The name of a policy; an anchor, which is a number, names none."""
    return MISSING if isinstance(value, int) else text(value)


def word(value: object) -> object:
    """A member of an enumeration by its name; its number says nothing."""
    if isinstance(value, NoText):
        return MISSING
    return pool(value)


def enterprise_voice(value: object) -> object:
    """Whether msRTCSIP-OptionFlags has Enterprise Voice.

    >>> enterprise_voice(("385",)), enterprise_voice(256)
    (True, False)
    """
    found = text(value)
    if isinstance(found, str) and _DIGITS.fullmatch(found):
        return bool(int(found) & _ENTERPRISE_VOICE)
    return MISSING if found is None or isinstance(found, str) else found


def once(read: Reader) -> Reader:
    """A reader that reads equal texts once, for properties that have few values: one object stands for all of them."""
    found: dict[object, object] = {}

    def remembered(value: object) -> object:
        one = value[0] if value.__class__ is tuple and len(value) == 1 else value
        if one.__class__ is not str:  # numbers and flags may be equal and read differently
            return read(value)
        if value not in found:
            found[value] = read(value)
        return found[value]

    return remembered


def known(value: object) -> bool:
    """Whether a value says something that can be used."""
    return value is not MISSING and value is not ABSENT and not isinstance(value, Refused)
