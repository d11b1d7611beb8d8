"""Texts as PowerShell reads them back: quoting, and the characters that it takes for quotes."""

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
