"""The notes of an import: what nobody gave, what was not taken, and what had to be read in some way."""

import enum

import attrs


class Weight(enum.Enum):
    """What a note is about; the value is its heading in the report."""

    GAP = "gap"
    """A fact that nobody gave."""
    LEFT_OUT = "left out"
    """An object or a value that was not taken."""
    READ_AS = "read as"
    """A reading that was needed."""


@attrs.frozen
class Note:
    """Something to know about an import."""

    place: str
    """Where it is, as in ``users.ldf[90].proxyAddresses``; empty: in all sources together."""
    weight: Weight
    """What it is about."""
    message: str
    """The value, what is wrong with it, and what to do."""

    def __str__(self) -> str:
        """Place and message on one line."""
        return f"{self.place}: {self.message}" if self.place else self.message


@attrs.define
class Notes:
    """The notes as they come up."""

    found: list[Note] = attrs.Factory(list)

    def gap(self, place: str, message: str) -> None:
        """A fact that nobody gave."""
        self.found.append(Note(place, Weight.GAP, message))

    def left_out(self, place: str, message: str) -> None:
        """An object or a value that is not taken."""
        self.found.append(Note(place, Weight.LEFT_OUT, message))

    def read_as(self, place: str, message: str) -> None:
        """A reading that was needed."""
        self.found.append(Note(place, Weight.READ_AS, message))
