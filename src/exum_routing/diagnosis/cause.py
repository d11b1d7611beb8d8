"""A possible cause of symptoms: a row of the table."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs

from exum_routing.diagnosis.evidence import Evidence, Situation
from exum_routing.diagnosis.symptom import Symptom

Look: TypeAlias = Callable[[Situation], Evidence]
"""What looks for a cause in a document."""


@attrs.frozen
class Cause:
    """A possible cause, what the document says of it, and how to check it by hand."""

    id: str
    """Its name; where the audit has a rule about the same fact, the name of that rule."""
    sentence: str
    """What is wrong where it is the cause."""
    symptoms: tuple[Symptom, ...]
    """The symptoms that it can have."""
    check: str
    """How to check it by hand: where, and with which command or tool. ``how_to_check`` fills in the names."""
    sources: str
    """Who reported it, or what says that it matters."""
    clauses: tuple[str, ...]
    """Ids of the clauses that it rests on; none where it is outside the specification."""
    look: Look = attrs.field(eq=False, repr=False)
    """What looks for it in a document."""

    def how_to_check(self, names: Mapping[str, str]) -> str:
        """How to check it by hand for one account.

        Args:
            names: The names of the account and of the hosts on its way, by their placeholders.
        """
        return self.check.format_map(names)
