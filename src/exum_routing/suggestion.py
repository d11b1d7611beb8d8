"""The suggestion in a message: the known name that is near an unknown one, or nothing where nothing is near."""

import difflib
import functools
from typing import Final

NEAR: Final = 0.6
"""The least part of two names that agrees, from 0 to 1, where one is suggested for the other."""
_LONGEST_NAME: Final = 100
"""Characters of an unknown name that are compared with the known ones."""


def nearest(name: str, known: tuple[str, ...], *, near: float = NEAR) -> str | None:
    """The known name that is nearest to an unknown one, case-insensitive.

    Args:
        name: The unknown name.
        known: The known names.
        near: The least part of the two names that agrees, from 0 to 1.

    Returns:
        The known name as ``known`` spells it; None: no known name is near.

    >>> nearest("sipadress", ("DisplayName", "SipAddress"))
    'SipAddress'
    >>> nearest("LineURI", ("DisplayName", "SipAddress")) is None
    True
    """
    return _nearest(name[:_LONGEST_NAME].lower(), known, near)


@functools.lru_cache
def _nearest(name: str, known: tuple[str, ...], near: float) -> str | None:
    by_lower = {one.lower(): one for one in known}
    found = difflib.get_close_matches(name, by_lower, n=1, cutoff=near)
    return by_lower[found[0]] if found else None
