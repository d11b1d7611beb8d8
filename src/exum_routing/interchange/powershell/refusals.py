"""What of PowerShell is not read, with what to write instead; and the error that carries the faults of a script."""

from collections.abc import Sequence
from typing import Final

from exum_routing.errors import ExumRoutingError, shown
from exum_routing.interchange.json_text import Fault
from exum_routing.interchange.powershell.syntax import Place, Script


class ScriptError(ExumRoutingError):
    """A script that cannot be read; it carries every fault, and what of the script can be read."""

    faults: tuple[Fault, ...]
    """The faults, by place; at least one. A fault without a place is one of the whole script."""
    readable: Script
    """The statements without a fault."""

    def __init__(self, faults: Sequence[Fault], readable: Script = Script(())) -> None:  # noqa: B008 - it is immutable
        """Keep the faults, and what can be read."""
        super().__init__(tuple(faults), "are the faults of the script")
        self.args = (tuple(faults), readable)
        self.faults = tuple(faults)
        self.readable = readable

    def __str__(self) -> str:
        """A line for each fault."""
        return "\n".join(map(str, self.faults))


class Refused(Exception):
    """One thing in a script that is not read; kept until the whole script was looked at."""

    def __init__(self, place: Place, text: str, problem: str) -> None:
        """Keep where it stands, how it is spelled, and what is wrong."""
        super().__init__(place, text, problem)
        self.place = place
        self.message = f"{shown(text)} {problem}"


_COMMANDS_ONLY: Final = "is not read: a script is commands and assignments, so write out the commands that it would run"

NOT_READ: Final = {
    "additive_expression": "is arithmetic, which is not read: join texts with +, and write the result of anything else",
    "argument_list": "calls a method or stands against what is before it: use a cmdlet, or put a blank between them",
    "array_expression": "is not read: write the items with commas between, without @( )",
    "assignment_expression": "is an assignment inside a statement: make it a statement of its own",
    "cast_expression": "is a type cast, which is not read: write the value without a type",
    "class_statement": _COMMANDS_ONLY,
    "command_parameter": "is a parameter where a value is expected: give a value, in quotes if it begins with a dash",
    "command_invokation_operator": "is not read: write the command's name without & or a dot before it",
    "comparison_expression": "is a comparison, which is read in a script block only: write it in braces",
    "data_statement": _COMMANDS_ONLY,
    "do_statement": _COMMANDS_ONLY,
    "element_access": "takes an item by its number, which is not read: pipe the objects, or name the one that is meant",
    "enum_statement": _COMMANDS_ONLY,
    "expression_with_unary_operator": "begins with an operator, which is not read here: write the value, a text in quotes",
    "flow_control_statement": _COMMANDS_ONLY,
    "for_statement": _COMMANDS_ONLY,
    "foreach_statement": "is not read: pipe the objects into the cmdlet, or into ForEach-Object",
    "format_expression": "formats with -f, which is not read: write the text in double quotes with its variables",
    "function_statement": "is a function, which is not read: write its commands where it is called",
    "hash_literal_expression": (
        "is a hashtable, which is not read: give each parameter with its value, and select properties by their names"
    ),
    "hexadecimal_integer_literal": "is a number that is not read: write digits only, or put quotes around a text",
    "if_statement": "is not read: keep the commands of the case that is meant",
    "invokation_expression": "calls a method, which is not read: use a cmdlet, or write the result",
    "logical_expression": "is a condition, which is read in a script block only: write it in braces",
    "multiplicative_expression": "is arithmetic, which is not read: write the result",
    "param_block": "is not read: assign the values to variables at the top of the script",
    "pipeline_chain_tail": "is not read: write the commands as statements of their own",
    "range_expression": "is a range, which is not read: write the items with commas between",
    "real_literal": "is a number that is not read: write digits only, or put quotes around a text",
    "redirection": "redirects output, which is not read: leave it out",
    "script_block_expression": "is a script block, which only an argument can be: write its commands without braces",
    "stop_parsing": "is not read: write the arguments as PowerShell takes them",
    "sub_expression": "is not read outside double quotes: write ( ) without the dollar sign",
    "switch_statement": _COMMANDS_ONLY,
    "trap_statement": _COMMANDS_ONLY,
    "try_statement": _COMMANDS_ONLY,
    "type_literal": "is a type, which is not read: leave it out, or put quotes around a text",
    "while_statement": _COMMANDS_ONLY,
}
"""What is wrong with each kind of node that is not read, and what to write instead."""
OTHERWISE: Final = "is not read here: write commands with literal arguments, variables and pipes only"
"""The same for any other."""
ERRONEOUS: Final = (
    "is no PowerShell here: close every quote and bracket, put quotes around a word with special characters, "
    "and around each item of a list that holds anything but bare words"
)
CALCULATED: Final = "is a hashtable among names, a calculated property, which is not read: select properties by their names"
ATTRIBUTE: Final = "is an attribute of a script or function, which is not read: take it out"
CONTINUATION: Final = "comes behind a backtick, which continues a line only as its last character: take the blanks out"
BLANK_CONTINUED: Final = "continues a line with an empty one: take the backtick or the empty line out"
UNFIT_CHARACTER: Final = "is a control character or half of a surrogate pair: take it out"
TOO_DEEP: Final = "is nested too deeply: take it apart with variables"
