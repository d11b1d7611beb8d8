"""From the tree of a PowerShell script to what it says: a reader for statements, commands, expressions and script blocks.

A node that is not read becomes a fault, and reading goes on with the next argument or statement, so that every fault is
found.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, Literal, cast

from exum_routing.casing import folded
from exum_routing.interchange.powershell.conditions import (
    bare_condition,
    is_bare_condition,
    joined,
    joint,
    operator,
    where_condition,
)
from exum_routing.interchange.powershell.nodes import DEEPEST, Tokens, children, unwrapped
from exum_routing.interchange.powershell.refusals import NOT_READ, TOO_DEEP
from exum_routing.interchange.powershell.source import BARE, Source, expanded, here_held, plain_dashes
from exum_routing.interchange.powershell.syntax import (
    FOR_EACH,
    WHERE,
    And,
    Argument,
    ArrayOf,
    Assignment,
    Boolean,
    Command,
    Comparison,
    Concatenation,
    Condition,
    Expression,
    ForEach,
    Interpolated,
    IsTrue,
    Not,
    Null,
    Number,
    Or,
    Parameter,
    Pipeline,
    Positional,
    Property,
    ScriptBlock,
    Statement,
    SubPipeline,
    Text,
    Variable,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_PARAMETER: Final = re.compile(r"-[a-z_?][\w?]*", re.IGNORECASE)
_WORD: Final = re.compile(r"\w")
_PARAMETER_NAME: Final = "is no name of a parameter: put quotes around a text that begins with a dash"
_NO_BLANK: Final = "stands against what is before it: put a blank between them"


class Reader(Tokens):
    """What the nodes of one tree say."""

    def __init__(self, source: Source) -> None:
        """Begin with a script's source."""
        super().__init__(source)
        self._bare_names = True

    # Statements

    def statement(self, node: Node) -> Statement:
        """A statement.

        Raises:
            Refused: It is not read.
        """
        if node.type != "pipeline":
            raise self.refused(node)
        first = children(node)[0]
        return self._assignment(first) if first.type == "assignment_expression" else self.pipeline(node)

    def _assignment(self, node: Node) -> Assignment:
        left, sign, right = children(node)
        variable, spelled = unwrapped(left), self.spelled(sign)
        target = self.variable(variable) if variable.type == "variable" else None
        if not isinstance(target, Variable) or target.name == "_":
            raise self.refused(left, "cannot be assigned to here: assign to a variable of your own")
        if spelled not in {"=", "+="}:
            raise self.refused(sign, "is no assignment that is read: use = or +=")
        if right.type != "pipeline":
            raise self.refused(right)
        return Assignment(target.name, cast(Literal["=", "+="], spelled), self._given(right), place=self.place(node))

    def pipeline(self, node: Node) -> Pipeline:
        """A pipeline.

        Raises:
            Refused: It is not read as a whole; a fault of an argument is kept.
        """
        with self.deeper(node):
            chain, *others = children(node)
            if others:
                raise self.refused(others[0])
            if chain.type != "pipeline_chain":
                raise self.refused(chain)
            first, *links = children(chain)[::2]
            source = None if first.type == "command" else self.expression(first)
            if source is None:
                links.insert(0, first)
            return Pipeline(source, tuple(map(self._command, links)), place=self.place(node))

    def _given(self, node: Node) -> Expression:
        """What a pipeline gives, as a value."""
        pipeline = self.pipeline(node)
        if pipeline.source is not None and not pipeline.commands:
            return pipeline.source
        return SubPipeline(pipeline, place=pipeline.place)

    # Commands

    def _command(self, node: Node) -> Command:
        first, *others = children(node)
        if first.type != "command_name":
            raise self.refused(first, NOT_READ["command_invokation_operator"])
        name, before = plain_dashes(self.spelled(first)), len(self.faults)
        bare = BARE.fullmatch(self.source.twin, first.start_byte, first.end_byte)
        if not bare or "," in name or name[0].isdigit():
            raise self.refused(first, "is no name of a command: write the name alone, without quotes or variables")
        outer, self._bare_names = self._bare_names, folded(name) not in WHERE | FOR_EACH
        arguments = [one for other in others for one in self._arguments(children(other) or [other])]
        self._bare_names = outer
        command = Command(name, tuple(arguments), place=self.place(node))
        if folded(name) not in WHERE or len(self.faults) > before:
            return command
        condition = where_condition(command)
        block = ScriptBlock(condition, place=condition.place)
        return Command(name, (Positional(block, place=condition.place),), place=command.place)

    def _arguments(self, nodes: Sequence[Node]) -> list[Argument]:
        """The arguments in order; what is refused of them is kept."""
        arguments: list[Argument] = []
        apart = colon = False
        for node in nodes:
            if node.type == "command_argument_sep":
                apart, colon = True, colon or any(child.type == ":" for child in node.children)
                continue
            with self.kept():
                glued = unwrapped(node).type == "script_block_expression" and not arguments
                if not apart and not glued:
                    raise self.refused(node, None if node.type == "argument_list" else _NO_BLANK)
                if colon:
                    arguments[-1] = self._with_value(arguments[-1:], node)
                elif node.type == "command_parameter":
                    arguments.append(self._parameter(node))
                else:
                    arguments.append(Positional(self._value(node), place=self.place(node)))
            apart = colon = False
        if colon:
            self.faults.append(self.refused(nodes[-1], "has no value behind it: write the value behind the colon"))
        return arguments

    def _parameter(self, node: Node) -> Parameter:
        spelled = self.spelled(node)
        if not _PARAMETER.fullmatch(self.source.twin, node.start_byte, node.end_byte) or "," in spelled:
            self.faults.append(self.refused(node, _PARAMETER_NAME))
        return Parameter(spelled[1:], place=self.place(node))

    def _with_value(self, last: Sequence[Argument], node: Node) -> Parameter:
        match last:
            case [Parameter(name=name, value=None, place=place)]:
                return Parameter(name, self._value(node), place=place)
        raise self.refused(node, "stands behind a colon that follows no parameter: put quotes around the whole text")

    def _value(self, node: Node) -> Expression | ScriptBlock:
        held = unwrapped(node)
        return self._block(held) if held.type == "script_block_expression" else self.expression(held)

    # Expressions

    def expression(self, node: Node) -> Expression:
        """What stands for a value.

        Raises:
            Refused: It is not read.
        """
        held = unwrapped(node)
        read = self._EXPRESSIONS.get(held.type)
        if read is None:
            raise self.refused(held)
        with self.deeper(held):
            return read(self, held)

    def _expandable(self, node: Node) -> Expression:
        return self._parts(node, 1, node.end_byte - node.start_byte - 1, here=False)

    def _expandable_here(self, node: Node) -> Expression:
        return self._parts(node, *here_held(self.spelled(node)), here=True)

    def _parts(self, node: Node, begin: int, end: int, *, here: bool) -> Expression:
        """A text in double quotes: what lies between the variables of the tree is text."""
        parts: list[Expression] = []
        at, last = node.start_byte + begin, node.start_byte + end

        def add_text(until: int) -> None:
            held = expanded(self.source.text[at:until], here=here)
            if held:
                parts.append(Text(held, place=self.source.place(at)))

        for child in node.named_children:
            add_text(child.start_byte)
            with self.kept():
                parts.append(self.variable(child) if child.type == "variable" else self._sub_expression(child))
            at = child.end_byte
        add_text(last)
        if not node.named_children:
            return Text("".join(part.value for part in parts if isinstance(part, Text)), place=self.place(node))
        return Interpolated(tuple(parts), place=self.place(node))

    def _sub_expression(self, node: Node) -> Expression:
        statements = [one for held in children(node)[1:-1] for one in children(held)]
        if [one.type for one in statements] != ["pipeline"]:
            raise self.refused(node, "is not read: put one value or one pipeline into $( )")
        return self._given(statements[0])

    def _property(self, node: Node) -> Property:
        owner, sign, member = children(node)
        held = children(member)[0]
        if sign.type != "." or held.type != "simple_name":
            raise self.refused(node, "is no plain property: write the value, a dot and the property's name")
        return Property(self.expression(owner), self.spelled(held), place=self.place(node))

    def _parenthesized(self, node: Node) -> Expression:
        return self._given(children(node)[1])

    def _array(self, node: Node) -> Expression:
        items = tuple(map(self.expression, children(node)[::2]))
        return ArrayOf(items, place=self.place(node))

    def _sum(self, node: Node) -> Expression:
        held, nodes = node, []
        while held.type == "additive_expression":
            left, sign, right = children(held)
            if sign.type != "+":
                raise self.refused(node)
            nodes.append(right)
            held = unwrapped(left)
        first = self.expression(held)
        if isinstance(first, Number | Boolean | Null | ArrayOf):
            raise self.refused(node)
        return Concatenation((first, *map(self.expression, reversed(nodes))), place=self.place(node))

    # Script blocks

    def _block(self, node: Node) -> ScriptBlock:
        inner = children(node)[1:-1]
        while [one.type for one in inner] in (["script_block"], ["script_block_body"], ["statement_list"]):
            inner = children(inner[0])
        if {one.type for one in inner} != {"pipeline"}:
            raise self.refused(node, "is not read: put one condition, or pipelines, into the braces")
        with self.deeper(node):
            content = self.content(inner[0]) if len(inner) == 1 else self._several(inner)
            return ScriptBlock(content, place=self.place(node))

    def _several(self, nodes: Sequence[Node]) -> ForEach:
        """Several pipelines in one script block."""
        for node in nodes:
            if children(node)[0].type == "assignment_expression":
                raise self.refused(node, NOT_READ["assignment_expression"])
        return ForEach(tuple(map(self.pipeline, nodes)), place=self.place(nodes[0]))

    def content(self, node: Node) -> Condition | ForEach:
        """What the pipeline in a script block is: a condition or commands.

        Raises:
            Refused: It is not read.
        """
        held = unwrapped(node)
        if held.type not in {"command", "pipeline", "pipeline_chain"}:
            return self.condition(held)
        before = len(self.faults)
        pipeline = self.pipeline(node)
        if self._is_bare(pipeline) and len(self.faults) == before:
            return bare_condition(pipeline.commands[0])
        return ForEach((pipeline,), place=pipeline.place)

    def _is_bare(self, pipeline: Pipeline) -> bool:
        return self._bare_names and pipeline.source is None and is_bare_condition(pipeline.commands[0])

    def condition(self, node: Node) -> Condition:
        """A condition.

        Raises:
            Refused: It is not read.
        """
        held = unwrapped(node)
        with self.deeper(held):
            match held.type:
                case "logical_expression":
                    return self._logical(held)
                case "comparison_expression":
                    left, sign, right = children(held)
                    how = operator(self._sign(sign), self.place(sign))
                    return Comparison(how, self.expression(left), self.expression(right), place=self.place(held))
                case "expression_with_unary_operator" if folded(self.spelled(held.children[0])) in {"-not", "!"}:
                    return Not(self.condition(children(held)[1]), place=self.place(held))
                case "parenthesized_expression":
                    return self._grouped(held)
            return IsTrue(self.expression(held), place=self.place(held))

    def _grouped(self, node: Node) -> Condition:
        found = self.content(children(node)[1])
        if isinstance(found, ForEach):
            return IsTrue(SubPipeline(found.pipelines[0], place=found.place), place=found.place)
        return found

    def _logical(self, node: Node) -> Condition:
        held = node
        others: list[tuple[type[And | Or], Node]] = []
        while held.type == "logical_expression":
            left, sign, right = children(held)
            others.append((joint(self._sign(sign), self.place(sign)), right))
            held = unwrapped(left)
        if sum(one is not other for (one, _), (other, _) in itertools.pairwise(others)) > DEEPEST:
            raise self.refused(node, TOO_DEEP)
        first = self.condition(held)
        return joined(first, [(kind, self.condition(right)) for kind, right in reversed(others)])

    def _sign(self, node: Node) -> str:
        """An operator as spelled; a letter or digit behind it would be part of it to PowerShell."""
        if _WORD.match(self.source.twin, node.end_byte):
            raise self.refused(node, "stands against what is behind it: put a blank between them")
        return "-" + self.spelled(node)[1:]

    _EXPRESSIONS: ClassVar[Mapping[str, Callable[[Reader, Node], Expression]]] = {
        "additive_expression": _sum,
        "array_literal_expression": _array,
        "decimal_integer_literal": Tokens.number,
        "expandable_here_string_literal": _expandable_here,
        "expandable_string_literal": _expandable,
        "generic_token": Tokens.bare,
        "member_access": _property,
        "parenthesized_expression": _parenthesized,
        "variable": Tokens.variable,
        "verbatim_here_string_characters": Tokens.verbatim_here,
        "verbatim_string_characters": Tokens.verbatim,
    }
