"""Values as PowerShell reads them back: quoting, literals, and the characters that it takes for quotes."""

import enum
import re
from typing import Final

SINGLE_QUOTES: Final = "'\u2018\u2019\u201a\u201b"
"""What PowerShell takes for a single quote."""
DOUBLE_QUOTES: Final = '"\u201c\u201d\u201e'
"""What PowerShell takes for a double quote."""


def quote(text: str) -> str:
    """A text in single quotes, as PowerShell reads it back, whatever it holds.

    >>> print(quote("Pilar O'Hara costs $5"))
    'Pilar O''Hara costs $5'
    """
    doubled = re.sub(f"([{SINGLE_QUOTES}])", r"\1\1", text)
    return f"'{doubled}'"


def literal(value: object) -> str:
    """A value as PowerShell reads it back; every text is quoted.

    >>> print(literal(None), literal(True), literal("Global"))
    $null $True 'Global'
    """
    if value is None:
        return "$null"
    if isinstance(value, bool):
        return "$True" if value else "$False"
    return quote(str(value.value if isinstance(value, enum.Enum) else value))
