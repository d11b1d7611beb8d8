"""What a PowerShell script says, as immutable values: statements, commands, expressions and conditions.

Nothing here is executed, and nothing knows what a command does. Two values are equal if they say the same, wherever they stand.
"""

from typing import Final, Literal, TypeAlias

import attrs


@attrs.frozen(order=True)
class Place:
    """Where something stands in a script.

    >>> str(Place(3, 5))
    'line 3, column 5'
    """

    line: int
    """Number of the line; the first is 1."""
    column: int
    """Number of the character in its line; the first is 1, and a tab is one."""

    def __str__(self) -> str:
        """As a message says it."""
        return f"line {self.line}, column {self.column}"


WHERE: Final = frozenset({"where-object", "where", "?"})
"""The names of Where-Object, in lower case."""
FOR_EACH: Final = frozenset({"foreach-object", "foreach", "%"})
"""The names of ForEach-Object, in lower case."""
START: Final = Place(1, 1)
"""Where something stands that was not read from a script."""


@attrs.frozen
class Placed:
    """What has a place in a script; the place does not count when two are compared."""

    place: Place = attrs.field(default=START, eq=False, repr=False, kw_only=True)
    """Where it begins."""


@attrs.frozen
class Text(Placed):
    """A text: a bare word, or what quotes hold, with doubled quotes and backtick escapes undone."""

    value: str
    """The text; it may be empty."""


@attrs.frozen
class Number(Placed):
    """A whole number without a sign."""

    value: int
    """The number, at least 0."""
    spelling: str
    """Its digits as they stand; a parameter that takes a text gets these."""

    def __str__(self) -> str:
        """Its digits as they stand."""
        return self.spelling


@attrs.frozen
class Boolean(Placed):
    """``$true`` or ``$false``."""

    value: bool
    """Which of the two."""


@attrs.frozen
class Null(Placed):
    """``$null``."""


@attrs.frozen
class Variable(Placed):
    """The value of a variable; ``_`` is the object that came down the pipe."""

    name: str
    """Its name as spelled, without the dollar sign and braces."""


@attrs.frozen
class Interpolated(Placed):
    """A text in double quotes that holds values."""

    parts: "tuple[Expression, ...]"
    """Texts, none of them empty, and the values between them, in order; at least one is no text."""


@attrs.frozen
class Property(Placed):
    """A property of an object: ``$policy.Organization``."""

    owner: "Expression"
    """What has the property."""
    name: str
    """The property's name as spelled."""


@attrs.frozen
class SubPipeline(Placed):
    """What a pipeline of commands gives, as a value."""

    pipeline: "Pipeline"
    """The pipeline; it has at least one command."""


@attrs.frozen
class ArrayOf(Placed):
    """A list: ``"a","b"``."""

    items: "tuple[Expression, ...]"
    """The items, in order; at least two."""


@attrs.frozen
class Concatenation(Placed):
    """Values joined by ``+``, from left to right."""

    parts: "tuple[Expression, ...]"
    """The values, in order; at least two, and the first is not spelled as a number, list, boolean or null."""


Expression: TypeAlias = (
    Text | Number | Boolean | Null | Variable | Interpolated | Property | SubPipeline | ArrayOf | Concatenation
)
"""What stands for a value."""


@attrs.frozen
class Comparison(Placed):
    """Two values compared; texts without case."""

    operator: Literal["eq", "ne", "like", "notlike"]
    """How, in lower case, without the dash and without the ``i`` of ``-ieq``."""
    left: Expression
    """What is compared; a bare name of a filter is a property of ``$_``."""
    right: Expression
    """What it is compared with."""


@attrs.frozen
class IsTrue(Placed):
    """A value that counts as true."""

    value: Expression
    """The value."""


@attrs.frozen
class Not(Placed):
    """The opposite of a condition."""

    condition: "Condition"
    """The condition."""


@attrs.frozen
class And(Placed):
    """All of several conditions."""

    conditions: "tuple[Condition, ...]"
    """The conditions, in order; at least two."""


@attrs.frozen
class Or(Placed):
    """Any of several conditions."""

    conditions: "tuple[Condition, ...]"
    """The conditions, in order; at least two."""


Condition: TypeAlias = Comparison | IsTrue | Not | And | Or
"""What holds or does not."""


@attrs.frozen
class ForEach(Placed):
    """Pipelines that run for each object, which is ``$_`` in them."""

    pipelines: "tuple[Pipeline, ...]"
    """The pipelines, in order; at least one."""


@attrs.frozen
class ScriptBlock(Placed):
    """What stands in braces: a condition, or pipelines to run. A single value is a condition, ``IsTrue``."""

    content: Condition | ForEach
    """What the braces hold."""


@attrs.frozen
class Parameter(Placed):
    """A parameter's name among the arguments of a command."""

    name: str
    """As spelled, without the dash; it may be the beginning of the full name."""
    value: Expression | ScriptBlock | None = None
    """What follows behind a colon, as in ``-Force:$true``; None: there is no colon, and the next argument may be its value."""


@attrs.frozen
class Positional(Placed):
    """A value among the arguments of a command: of the parameter before it, or by position."""

    value: Expression | ScriptBlock
    """The value."""


Argument: TypeAlias = Parameter | Positional
"""An argument of a command. Whether a value belongs to the parameter before it depends on the command."""


@attrs.frozen
class Command(Placed):
    """A command with its arguments."""

    name: str
    """As spelled, but with plain dashes."""
    arguments: tuple[Argument, ...] = ()
    """In order. Where-Object has exactly one in every form: a ``Positional`` with a script block that holds a condition."""


@attrs.frozen
class Pipeline(Placed):
    """Commands, each taking what the one before gives."""

    source: Expression | None
    """The value that goes into the first command; None: nothing does."""
    commands: tuple[Command, ...] = ()
    """The commands, in order; none only if there is a source, which is then printed."""


@attrs.frozen
class Assignment(Placed):
    """A value given to a variable."""

    variable: str
    """The variable's name as spelled, without the dollar sign and braces."""
    operator: Literal["=", "+="]
    """Whether the value replaces the old one or is joined to it."""
    value: Expression
    """The value."""


Statement: TypeAlias = Assignment | Pipeline
"""One step of a script."""


@attrs.frozen
class Script:
    """A whole script."""

    statements: tuple[Statement, ...]
    """Its statements, in order."""
