"""The smallest nodes in the tree of a PowerShell script: variables, numbers, words and texts.

Everything that reads nodes shares what stands here: where a node is, how it is spelled, and what was refused.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from exum_routing.casing import folded
from exum_routing.interchange.powershell.refusals import NOT_READ, OTHERWISE, TOO_DEEP, Refused
from exum_routing.interchange.powershell.source import BARE, BARE_NUMBER, Source, here_held, verbatim
from exum_routing.interchange.powershell.syntax import ArrayOf, Boolean, Expression, Null, Number, Place, Text, Variable

if TYPE_CHECKING:
    from tree_sitter import Node

DEEPEST: Final = 100
"""How many pipelines, values and conditions may stand within one another."""
_LONGEST_NUMBER: Final = 18
"""Digits of a number; longer ones are no whole numbers to PowerShell."""

WRAPPERS: Final = frozenset({
    "additive_expression", "array_literal_expression", "bitwise_expression", "comparison_expression",
    "expression_with_unary_operator", "format_expression", "integer_literal", "left_assignment_expression",
    "logical_expression", "multiplicative_expression", "pipeline", "pipeline_chain", "range_expression", "string_literal",
    "unary_expression",
})  # fmt: skip
"""Nodes that say nothing themselves where they have one child."""
TEXTS: Final = frozenset({
    "comment", "expandable_here_string_literal", "expandable_string_literal", "verbatim_here_string_characters",
    "verbatim_string_characters",
})  # fmt: skip
"""Nodes in which every character means itself."""

_CONSTANTS: Final[Mapping[str, bool]] = {"true": True, "false": False}
_BARE_WORD: Final = "is a word with special characters: put quotes around it, double ones if it holds variables"
_SPELLED_NUMBER: Final = "may be a number or a text: put quotes around a text, and write a number with digits only"


class Tokens:
    """What the smallest nodes of one tree say, and what was refused in it."""

    faults: list[Refused]
    """What was refused so far."""
    source: Source
    """The script."""

    def __init__(self, source: Source) -> None:
        """Begin with a script's source."""
        self.faults = []
        self.source = source
        self._depth = 0

    def place(self, node: Node) -> Place:
        """Where a node begins."""
        return self.source.place(node.start_byte)

    def spelled(self, node: Node) -> str:
        """A node as it stands in the script."""
        return self.source.text[node.start_byte : node.end_byte]

    def refused(self, node: Node, problem: str | None = None) -> Refused:
        """The refusal of a node; without a problem, for its type."""
        return Refused(self.place(node), self.spelled(node), problem or NOT_READ.get(node.type, OTHERWISE))

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what is refused within, and go on."""
        try:
            yield
        except Refused as refused:
            self.faults.append(refused)

    @contextlib.contextmanager
    def deeper(self, node: Node) -> Iterator[None]:
        """Refuse what stands within too many others."""
        if self._depth == DEEPEST:
            raise self.refused(node, TOO_DEEP)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def variable(self, node: Node) -> Expression:
        """A variable, or one of the constants that are spelled like one."""
        spelled, place = self.spelled(node), self.place(node)
        name = spelled[2:-1] if spelled[1] == "{" else spelled[1:]
        if spelled[0] != "$":
            raise self.refused(node, "is splatted, which is not read: give each parameter with its value")
        if re.search(r"[:`]", name) or name in {"$", "?", "^"}:
            raise self.refused(node, "is no plain variable: use one of your own, without a scope or drive before its name")
        if folded(name) in _CONSTANTS:
            return Boolean(_CONSTANTS[folded(name)], place=place)
        return Null(place=place) if folded(name) == "null" else Variable(name, place=place)

    def number(self, node: Node) -> Number:
        """A whole number."""
        spelled = self.spelled(node)
        if len(spelled) > _LONGEST_NUMBER:
            raise self.refused(node, f"has more than {_LONGEST_NUMBER} digits: put quotes around it")
        return Number(int(spelled), spelled, place=self.place(node))

    def bare(self, node: Node) -> Expression:
        """A word without quotes, or a list of such words."""
        if not BARE.fullmatch(self.source.twin, node.start_byte, node.end_byte):
            raise self.refused(node, _BARE_WORD)
        items = []
        for found in re.finditer(r"[^,\s][^,]*", self.spelled(node)):
            if BARE_NUMBER.fullmatch(found.group()):
                raise self.refused(node, _SPELLED_NUMBER)
            items.append(Text(found.group(), place=self.source.place(node.start_byte + found.start())))
        return items[0] if len(items) == 1 else ArrayOf(tuple(items), place=items[0].place)

    def verbatim(self, node: Node) -> Text:
        """A text in single quotes."""
        return Text(verbatim(self.spelled(node)), place=self.place(node))

    def verbatim_here(self, node: Node) -> Text:
        """A here-string in single quotes."""
        token = self.spelled(node)
        return Text(token[slice(*here_held(token))], place=self.place(node))


def children(node: Node) -> list[Node]:
    """What a node consists of, without comments and empty statements."""
    return [child for child in node.children if child.type not in {"comment", "empty_statement"}]


def unwrapped(node: Node) -> Node:
    """The node that says something."""
    while node.type in WRAPPERS:
        held = children(node)
        if len(held) != 1:
            break
        node = held[0]
    return node
