"""The wildcards of PowerShell: whether a text matches one."""

import fnmatch
import re
from typing import Final

_ESCAPED: Final = re.compile(r"`([*?\[])")


_NEGATION: Final = re.compile(r"\[!([^\]]+)\]")
"""What fnmatch takes for a negation; PowerShell has none."""


def matches(text: str, wildcard: str) -> bool:
    """Whether a text matches a wildcard of PowerShell: ``*``, ``?`` and ``[...]``, without case; a backtick escapes.

    >>> matches("tag:ExRedmond", "TAG:*")
    True
    """
    plain = _NEGATION.sub(r"[\1!]", _ESCAPED.sub(r"[\1]", wildcard.lower()))
    return fnmatch.fnmatchcase(text.lower(), plain)
