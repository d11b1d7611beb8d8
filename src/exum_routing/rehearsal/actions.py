"""What happens after an error, as -ErrorAction and $ErrorActionPreference spell it."""

from typing import Final

from exum_routing.casing import folded

PREFERENCE: Final = "erroractionpreference"
"""The variable that says what happens where -ErrorAction does not, in lower case."""
STOP: Final = "Stop"
"""The script ends."""
QUIET: Final = frozenset({"SilentlyContinue", "Ignore"})
"""The script goes on, and the error is not told."""
_NAMES: Final = ("SilentlyContinue", "Stop", "Continue", "Inquire", "Ignore")
"""The actions, each at its number."""


def action_named(spelled: str) -> str | None:
    """The action that a name in any case, or a number, spells; None: it spells none.

    >>> action_named("silentlycontinue"), action_named("0"), action_named("Sometimes")
    ('SilentlyContinue', 'SilentlyContinue', None)
    """
    numbered = {str(number): name for number, name in enumerate(_NAMES)}
    by_name = {folded(name): name for name in _NAMES}
    return (numbered | by_name).get(folded(spelled))
