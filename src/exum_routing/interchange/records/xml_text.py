"""XML of exports: the elements inside the root, one after another, without DOCTYPE and within bounds."""

from collections.abc import Iterator
from typing import Any, NoReturn, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from exum_routing.interchange.records.characters import characters
from exum_routing.interchange.records.exported import DEEPEST, LONGEST_VALUE, fault


class _Stop(Exception):
    """The root element begins."""


class _Prolog:
    """What stands before the root element; a DOCTYPE is refused there, before anything of it is used."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._end
        self._over = False

    def look(self, piece: str) -> None:
        """Look at the next piece."""
        if self._over:
            return
        try:
            self._parser.Parse(piece)
        except _Stop:
            self._over = True
        except expat.ExpatError:
            self._over = True  # the reader fails at the same place, and says so

    @staticmethod
    def _refuse(*_: object) -> NoReturn:
        raise fault("", "has a DOCTYPE, which no export has: give the file as the cmdlet wrote it")

    @staticmethod
    def _end(*_: object) -> NoReturn:
        raise _Stop


def elements(content: bytes, root: str) -> Iterator[Element]:
    """The elements inside the root, each whole; each is gone from the tree when the next one is asked for.

    Args:
        content: The file.
        root: The tag of its root, as ElementTree spells it.

    Raises:
        SourceError: It is not XML, has a DOCTYPE or another root, or goes beyond a bound.
    """
    parser: XMLPullParser[Any] = XMLPullParser(("start", "end"))
    prolog = _Prolog()
    depth, silent = 0, 0
    top: Element | None = None
    for piece in _pieces(content, parser, prolog):
        silent += len(piece)
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            silent = 0
            if event == "end":
                depth -= 1
                if depth == 1:
                    yield element
                    top.clear()  # type: ignore[union-attr] # the root began before
                continue
            depth += 1
            if depth > DEEPEST:
                raise fault("", f"is nested more than {DEEPEST} levels deep: export it as the script of import says")
            if depth == 1:
                top = _checked_root(element, root)
        if silent > LONGEST_VALUE:
            raise fault("", f"has a value of more than {LONGEST_VALUE:,} characters: leave that property out of the export")


def _checked_root(element: Element, root: str) -> Element:
    if element.tag != root:
        name, wanted = element.tag.rpartition("}")[2], root.rpartition("}")[2]
        raise fault("", f"{name[:100]!r} is not the root of this format: it is {wanted}, in its own namespace")
    return element


def _pieces(content: bytes, parser: "XMLPullParser[Any]", prolog: _Prolog) -> Iterator[str]:
    """Feed the parser; after every piece, give it back."""
    try:
        for piece in characters(content):
            prolog.look(piece)
            parser.feed(piece)
            yield piece
        parser.close()
    except ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise fault(f"line {line}, column {column + 1}", f"is not whole XML ({reason}): export it again") from None
    yield ""
