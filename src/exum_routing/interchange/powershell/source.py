"""The text of a PowerShell script: its characters as PowerShell classes them, places in it, and what its literals mean.

PowerShell takes typographic quotes for quotes, en and em dashes for dashes, and every kind of blank for a blank; the grammar
does not. So the tree is taken from a twin of the script that has plain characters in their place, one for one, and whatever a
token says is read from the script itself at the same offset.
"""

import bisect
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import attrs

from exum_routing.cmdlets import DOUBLE_QUOTES, SINGLE_QUOTES
from exum_routing.interchange.powershell.syntax import Place

DASHES: Final = "-\u2013\u2014\u2015"
"""What PowerShell takes for a dash."""


UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line breaks, and halves of surrogate pairs: no script needs them."""


BARE: Final = re.compile(r"""[^`$'"<>(){};|&,@#\s][^`$'"<>(){};|&,\s]*""")
"""A bare word that means itself; in the twin's characters."""


BARE_NUMBER: Final = re.compile(r"(0x[0-9a-f]+|\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?[dl]?([kmgtp]b)?", re.IGNORECASE)
"""A bare word that PowerShell may take for a number: with a suffix, with a point at its end, or in a list of words."""


BLANK_CONTINUATION: Final = re.compile(r"`\r?\n[ \t]*(?=\r?\n)")
"""A backtick that continues a line with an empty one; in the twin's characters."""


ATTRIBUTE_OF_SCRIPT: Final = re.compile(r"\[[ \t]*[A-Za-z_]\w*[ \t]*\([^()\[\]]*\)\s*\]")
"""An attribute with arguments, as ``[CmdletBinding(SupportsShouldProcess)]``; in the twin's characters."""


_BRACE: Final = re.compile(r"@\{|[{}]")


_COMMAS: Final = frozenset({",", "~"})


_BLANKS_HERE: Final = re.compile(r"\s*")


_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")


_LONE_CARRIAGE_RETURN: Final = re.compile(r"\r(?!\n)")


_BARE_COMMA: Final = re.compile(r"(?<=[\w*]),[ \t]*(?=[a-z_*])", re.ASCII | re.IGNORECASE)


_PAIRED_SINGLE: Final = re.compile(f"[{SINGLE_QUOTES}]([{SINGLE_QUOTES}])")


_ESCAPED: Final = re.compile("`(.)", re.DOTALL)


_ESCAPED_OR_PAIRED: Final = re.compile(f"`(.)|[{DOUBLE_QUOTES}]([{DOUBLE_QUOTES}])", re.DOTALL)


_ESCAPES: Final = {"0": "\0", "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


_HEADER: Final = re.compile(r"\A@.[^\S\r\n]*(?:\r\n|\r|\n)")


_FOOTER: Final = re.compile(r"(?:\r\n|\r|\n).@\Z")


_LETTERS: Final = ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd")


_BLANKS: Final = ("Zs", "Zl", "Zp")


class _Twins(dict[int, str]):
    """For each character its twin, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = twin = _twin(chr(code))
        return twin


def _twin(character: str) -> str:
    if character.isascii():
        return character
    for plain in (SINGLE_QUOTES, DOUBLE_QUOTES, DASHES):
        if character in plain:
            return plain[0]
    category = unicodedata.category(character)
    if category in _BLANKS:
        return " "
    # Beyond U+FFFF PowerShell sees two halves, and takes neither for a letter.
    return "_" if category in _LETTERS and character <= "\uffff" else "~"


_TWINS: Final = _Twins()


@attrs.frozen(eq=False)
class Source:
    """A script's text, its twin, and where its lines begin."""

    text: str
    """The script."""
    twin: str
    """The same in ASCII, a character for each: what the tree is taken from, so that its bytes count characters."""
    _lines: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Source":
        """The source of a text.

        A comma between two bare words, with the blanks behind it, is part of one bare word in the twin: the grammar knows
        lists of values only.
        """
        twin = text if text.isascii() else text.translate(_TWINS)
        twin = _BARE_COMMA.sub(lambda found: "~" * len(found.group()), _LONE_CARRIAGE_RETURN.sub("\n", twin))
        return cls(text, twin, (0, *(found.end() for found in _LINE_BREAK.finditer(text))))

    def place(self, offset: int) -> Place:
        """Line and column of a character."""
        line = bisect.bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    def behind_blanks(self, offset: int) -> int:
        """The first character from here on that is no blank and no line break."""
        found = _BLANKS_HERE.match(self.twin, offset)
        return offset + len(found.group() if found else "")

    def hashtables(self) -> Iterator[tuple[int, int]]:
        """Where each hashtable begins, and behind which character it ends; one that is not closed is none."""
        open_braces: list[re.Match[str]] = []
        for found in _BRACE.finditer(self.twin):
            if found.group() != "}":
                open_braces.append(found)
            elif open_braces:
                opened = open_braces.pop()
                if opened.group() == "@{":
                    yield opened.start(), found.end()

    def stands_in_a_list(self, begin: int, end: int) -> bool:
        """Whether a comma stands before or behind these characters; between bare words the twin has a tilde for it."""
        before = begin
        while before and self.twin[before - 1].isspace():
            before -= 1
        behind = self.behind_blanks(end)
        return self.twin[max(before - 1, 0) : before] in _COMMAS or self.twin[behind : behind + 1] in _COMMAS

    def rest_of_line(self, offset: int) -> str:
        """The text from a character to the end of its line; empty at the end of a line."""
        line = bisect.bisect_right(self._lines, offset)
        end = self._lines[line] if line < len(self._lines) else len(self.text)
        return self.text[offset:end].rstrip("\r\n")


def verbatim(token: str) -> str:
    """What a token in single quotes holds."""
    return _PAIRED_SINGLE.sub(r"\1", token[1:-1])


def here_held(token: str) -> tuple[int, int]:
    """Where in a here-string what it holds begins and ends."""
    return len(token) - len(_HEADER.sub("", token)), len(_FOOTER.sub("", token))


def expanded(literal: str, *, here: bool) -> str:
    """What a literal part of a text in double quotes means; in a here-string quotes are not doubled.

    The escapes are those of Windows PowerShell 5.1; a backtick before any other character means that character.
    """
    if here:
        return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), literal)
    return _ESCAPED_OR_PAIRED.sub(lambda found: found[2] or _ESCAPES.get(found[1], found[1]), literal)


def plain_dashes(name: str) -> str:
    """A command's name with every dash as a hyphen."""
    return re.sub(f"[{DASHES}]", "-", name)
