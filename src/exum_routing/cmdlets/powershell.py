"""Values as PowerShell reads them back: quoting, literals, and the characters that it takes for quotes."""

import enum
import re
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types

SINGLE_QUOTES: Final = "'\u2018\u2019\u201a\u201b"
"""What PowerShell takes for a single quote."""
DOUBLE_QUOTES: Final = '"\u201c\u201d\u201e'
"""What PowerShell takes for a double quote."""


@names_wrong_types
def quote(text: str) -> str:
    """A text in single quotes, as PowerShell reads it back, whatever it holds.

    >>> print(quote("Pilar O'Hara costs $5"))
    'Pilar O''Hara costs $5'
    """
    doubled = re.sub(f"([{SINGLE_QUOTES}])", r"\1\1", text)
    return f"'{doubled}'"


@attrs.frozen
class Without:
    """Values that a command takes out of a property that may have several."""

    values: tuple[str, ...]
    """The values; at least one."""


def literal(value: object) -> str:
    """A value as PowerShell reads it back; every text is quoted.

    >>> print(literal(None), literal(True), literal("Global"), literal(Without(("a", "b"))))
    $null $True 'Global' @{Remove='a','b'}
    """
    if isinstance(value, Without):
        return f"@{{Remove={','.join(map(quote, value.values))}}}"
    if value is None:
        return "$null"
    if isinstance(value, bool):
        return "$True" if value else "$False"
    return quote(str(value.value if isinstance(value, enum.Enum) else value))
