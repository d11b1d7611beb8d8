"""XML of exports: the elements inside the root, one after another, without DOCTYPE and within bounds."""

from collections.abc import Iterator
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from exum_routing.interchange.records.characters import characters
from exum_routing.interchange.records.exported import DEEPEST, LONGEST_VALUE, fault, plain


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
    """The elements inside the root, each whole; those of a piece of the file are gone from the tree when they are given.

    Args:
        content: The file.
        root: The tag of its root, as ElementTree spells it.

    Raises:
        SourceError: It is not XML, has a DOCTYPE or another root, or goes beyond a bound.
    """
    builder = TreeBuilder()
    outside = builder.start("outside", {})  # the root of the file is inside, so that it can be looked at before it is whole
    silent, before = 0, [0]
    for piece in _pieces(content, XMLParser(target=builder)):  # noqa: S314 - a DOCTYPE is refused before it is parsed
        open_now = _open_elements(outside)
        silent = silent + len(piece) if open_now == before else 0
        before = open_now
        if silent > LONGEST_VALUE:
            raise fault("", f"has a value of more than {LONGEST_VALUE:,} characters: leave that property out of the export")
        if len(outside):
            top = _checked_root(outside[0], root)
            complete = top[:-1] if piece else list(top)  # the last one may still be open
            del top[: len(complete)]
            yield from complete


def _open_elements(element: Element) -> list[int]:
    """How many elements each element has that may be open, the outermost first.

    What is too deep and open is refused. What is closed again is as deep as one piece allows, and its readers look themselves.
    """
    found = [len(element)]
    while len(element):
        element = element[-1]
        found.append(len(element))
        if len(found) > DEEPEST:
            raise fault("", f"is nested more than {DEEPEST} levels deep: export it as the script of import says")
    return found


def _checked_root(element: Element, root: str) -> Element:
    if element.tag != root:
        name, wanted = element.tag.rpartition("}")[2], root.rpartition("}")[2]
        raise fault("", f"{name[:100]!r} is not the root of this format: it is {wanted}, in its own namespace")
    return element


def _pieces(content: bytes, parser: "XMLParser[Any]") -> Iterator[str]:
    """Feed the parser; after every piece, give it back, and after all of them an empty one."""
    prolog = _Prolog()
    try:
        for piece in characters(content):
            prolog.look(piece)
            parser.feed(piece)
            yield piece
        parser.close()
        yield ""
    except ParseError as error:
        line, column = error.position
        reason = plain(str(error).rpartition(":")[0])
        raise fault(f"line {line}, column {column + 1}", f"is not whole XML ({reason}): export it again") from None
