"""PowerShell scripts as syntax: what a script says, read whole before anything of it runs.

The grammar is that of tree-sitter-powershell; every structure is taken from its tree. Whatever the grammar or this library
cannot read is refused with its place, every fault at once. Nothing is executed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from exum_routing.interchange.json_text import Fault, decoded
from exum_routing.interchange.powershell.grammar import parsed
from exum_routing.interchange.powershell.nodes import TEXTS, children
from exum_routing.interchange.powershell.refusals import (
    ATTRIBUTE,
    BLANK_CONTINUED,
    CALCULATED,
    CONTINUATION,
    ERRONEOUS,
    UNFIT_CHARACTER,
    Refused,
    ScriptError,
)
from exum_routing.interchange.powershell.source import ATTRIBUTE_OF_SCRIPT, BLANK_CONTINUATION, UNFIT, Source
from exum_routing.interchange.powershell.syntax import START, ForEach, Script, ScriptBlock
from exum_routing.interchange.powershell.tree import Reader

if TYPE_CHECKING:
    from tree_sitter import Node


_NOTHING: Final = Script(())


def read_script(script: str | bytes) -> Script:
    """What a PowerShell script says.

    Args:
        script: The script itself, not the name of a file; bytes are UTF-8, or UTF-16 with a byte-order mark.

    Raises:
        ScriptError: Some of it is not PowerShell, or not of the part that is read; it carries every fault, and the statements
            that can be read.

    >>> read_script("Set-CsUser -Identity 'Pilar Ackerman' -HostedVoiceMail $True").statements[0].commands[0].arguments[1]
    Positional(value=Text(value='Pilar Ackerman'))
    >>> try:
    ...     read_script("if ($hosted) { Get-CsUser }")
    ... except ScriptError as error:
    ...     print(error)
    line 1, column 1: 'if ($hosted) { Get-CsUser }' is not read: keep the commands of the case that is meant
    """
    reader, nodes = _parsed(script)
    statements = []
    for node in nodes:
        before = len(reader.faults)
        with reader.kept():
            statement = reader.statement(node)
            if len(reader.faults) == before:
                statements.append(statement)
    found = Script(tuple(statements))
    _complain(reader, found)
    return found


def read_filter(text: str) -> ScriptBlock:
    """The condition that a text given to -Filter spells: ``HostedVoiceMail -eq $True``.

    Raises:
        ScriptError: It spells none; places are those in the text.

    >>> read_filter("HostedVoiceMail -eq $True").content.operator
    'eq'
    """
    reader, nodes = _parsed(text)
    with reader.kept():
        if [node.type for node in nodes] == ["pipeline"]:
            content = reader.content(nodes[0])
            if not reader.faults and not isinstance(content, ForEach):
                return ScriptBlock(content)
        if not reader.faults:
            raise Refused(START, text, "is no condition: write Name -eq value")
    raise _script_error(reader)


def _parsed(script: str | bytes) -> tuple[Reader, list[Node]]:
    """The reader of a script, with what its grammar refuses, and the statements that are sound by the grammar."""
    source = Source.of(decoded(script, "the script", "a script", ScriptError))
    reader = Reader(source)
    reader.faults += [
        Refused(source.place(found.start()), found.group(), UNFIT_CHARACTER) for found in UNFIT.finditer(source.text)
    ]
    _complain(reader)
    root = parsed(source.twin)
    if _is_empty(source, root):  # the grammar takes such a script for a broken one
        return reader, []
    broken = set[int]()
    unknown = tuple(_unknown_to_the_grammar(source)) if root.has_error else ()
    for node in _erroneous(root):
        first, last = (source.place(offset).line for offset in node.byte_range)
        explained = [one for one in unknown if first <= one.place.line <= last + 1]  # a list goes on behind its last comma
        reader.faults += explained or _misspelled(source, node, root)
        broken |= {first, last}
    reader.faults += _blank_continuations(source, root)
    parts = [] if root.is_error else children(root)
    nodes = [node for part in parts for node in (children(part) if part.type == "statement_list" else [part])]
    sound = [node for node in nodes if not node.has_error and reader.place(node).line not in broken]
    return reader, sound


def _is_empty(source: Source, root: Node) -> bool:
    """Whether a script holds nothing but comments and blanks."""
    if not root.has_error:
        return False
    comments = [node for node in root.children if node.type == "comment"]
    starts = [0, *(node.end_byte for node in comments)]
    ends = [*(node.start_byte for node in comments), len(source.twin)]
    return not "".join(source.twin[start:end] for start, end in zip(starts, ends, strict=True)).strip()


def _erroneous(root: Node) -> Iterator[Node]:
    """The outermost nodes that are no PowerShell."""
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        within = [child for child in node.children if child.has_error]
        if node.is_error or not within:
            yield node
        else:
            waiting += within


def _misspelled(source: Source, node: Node, root: Node) -> Iterator[Refused]:
    """The refusal of such a node, at the place where reading it came to an end."""
    offset = node.start_byte
    for child in node.children:
        begin, end = child.byte_range
        blank = source.behind_blanks(begin) >= end
        if child.is_error and blank and source.twin[begin - 1] == "`":
            yield Refused(source.place(begin), source.text[begin:end], CONTINUATION)
            return
        if not blank:
            at_end = source.behind_blanks(end) >= node.end_byte
            offset = source.behind_blanks(begin if child.is_error or at_end else end)
        if child.is_error:
            break
    rest = source.rest_of_line(offset)
    if rest or all(child.type != "param_block" for child in root.children):  # the grammar wants a statement after parameters
        yield Refused(source.place(offset), rest, ERRONEOUS)


def _unknown_to_the_grammar(source: Source) -> Iterator[Refused]:
    """What is PowerShell and the grammar does not know: a hashtable in a list of names, an attribute with several arguments."""
    for begin, end in source.hashtables():
        if source.stands_in_a_list(begin, end):
            yield Refused(source.place(begin), source.text[begin:end], CALCULATED)
    for found in ATTRIBUTE_OF_SCRIPT.finditer(source.twin):
        yield Refused(source.place(found.start()), source.text[found.start() : found.end()], ATTRIBUTE)


def _blank_continuations(source: Source, root: Node) -> Iterator[Refused]:
    """Backticks before an empty line: PowerShell ends the command there, the grammar does not."""
    for found in BLANK_CONTINUATION.finditer(source.twin):
        node = root.descendant_for_byte_range(found.start(), found.start() + 1)
        if node is None or node.type not in TEXTS:
            yield Refused(source.place(found.start()), found.group()[0], BLANK_CONTINUED)


def _complain(reader: Reader, readable: Script = _NOTHING) -> None:
    """Raise the faults, if there are any."""
    if reader.faults:
        raise _script_error(reader, readable)


def _script_error(reader: Reader, readable: Script = _NOTHING) -> ScriptError:
    """The faults in the order of their places."""
    faults = sorted(reader.faults, key=lambda refused: refused.place)
    return ScriptError(list(dict.fromkeys(Fault(str(refused.place), refused.message) for refused in faults)), readable)
