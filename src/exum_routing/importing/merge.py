"""Merging: everything that the sources say of one object, fact by fact; the stronger source wins.

By hand is stronger than a cmdlet, and a cmdlet is stronger than the directory. A fact that a file has for other objects of a
kind, and not for this one, is known there to be nothing; one that it has for none of them was not exported.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import attrs

from exum_routing.casing import folded
from exum_routing.errors import shown
from exum_routing.importing.kind import Kind, Origin
from exum_routing.importing.notes import Notes
from exum_routing.importing.values import ABSENT, MISSING, Missing, Reader, Refused, known, once, text
from exum_routing.interchange.records import Value

Column: TypeAlias = tuple[str, Reader]
"""The property that holds a fact, and what reads it; an empty name: objects of this kind do not hold it."""


NOWHERE: Final[Column] = ("", text)
"""Objects of this kind do not hold the fact."""


@attrs.define(eq=False)
class Batch:
    """The objects of one kind in one file."""

    file: str
    kind: Kind
    origin: Origin
    exported: set[str] = attrs.Factory(set)
    """The properties that at least one of them has."""
    taken: int = 0
    """How many of them are in the deployment."""
    columns: Sequence[Column] = ()
    """Where the objects hold the facts of their table."""


Claim: TypeAlias = tuple[Any, ...]
"""What one object says: its batch, its number in the file, and its facts in the order of the table."""
_FACTS: Final = 2
"""Where the facts of a claim begin."""


@attrs.frozen
class Table:
    """The facts of one kind of object in a deployment, and where each kind of exported object holds them."""

    facts: tuple[str, ...]
    """The facts."""
    columns: Mapping[Kind, Sequence[Column]]
    """For each kind, a column for each fact."""
    few: frozenset[str] = frozenset()
    """The facts that have few values, each of which is read and kept once."""
    nothing: Mapping[str, object] = attrs.Factory(dict)
    """What a fact is that is known to be nothing, where that is not None."""


@attrs.frozen(eq=False)
class Merged:
    """One object, as all sources together have it."""

    table: Table
    """The facts of objects of its kind."""
    claims: tuple[Claim, ...]
    """The claims, the strongest first."""
    facts: Mapping[str, object]
    """Every fact; MISSING where nobody gave it, Refused where nobody gave one that can be used."""
    unusable: Mapping[str, Refused]
    """Those among them that are Refused."""

    @property
    def place(self) -> str:
        """Where the strongest claim is."""
        return place_of(self.claims[0])

    @property
    def by_hand(self) -> bool:
        """Whether a document has the object."""
        return self.claims[0][0].origin is Origin.HAND

    @property
    def only_by_hand(self) -> bool:
        """Whether documents alone have the object."""
        return all(claim[0].origin is Origin.HAND for claim in self.claims)

    def text(self, fact: str) -> str | None:
        """A fact that is a text; None: it is nothing, or not known."""
        value = self.facts[fact]
        return value if isinstance(value, str) else None

    def said(self, fact: str) -> bool:
        """Whether a source said something of a fact, were it a number that means nothing here."""
        position = self.table.facts.index(fact) + _FACTS
        return any(claim[position] is not ABSENT for claim in self.claims)

    def refused(self, but: Container[str] = ()) -> str | None:
        """Why a fact, other than these, cannot be used; None: each one can, or is not known."""
        return next((value.message for fact, value in self.unusable.items() if fact not in but), None)

    def taken(self) -> None:
        """Count the object as taken."""
        for claim in self.claims:
            claim[0].taken += 1


def place_of(claim: Claim, fact: str = "") -> str:
    """Where a claim is, or a fact of it."""
    where = f"{claim[0].file}[{claim[1]}]"
    return f"{where}.{fact}" if fact else where


class Gathered:
    """The claims about the objects of one table, by their keys."""

    def __init__(self, table: Table) -> None:
        """Nothing is said yet."""
        self.table = table
        self.objects: dict[str, tuple[Claim, ...]] = {}
        self._columns: dict[Kind, Sequence[Column]] = {
            kind: tuple(
                (name, once(read) if fact in table.few else read)
                for fact, (name, read) in zip(table.facts, columns, strict=True)
            )
            for kind, columns in table.columns.items()
        }

    def add(self, key: str, batch: Batch, number: int, properties: Mapping[str, Value], notes: Notes) -> None:
        """Add what an exported object says of the object with this key."""
        if not batch.exported >= properties.keys():
            batch.exported.update(properties)
        batch.columns = columns = batch.columns or self._columns[batch.kind]
        if batch.origin is Origin.HAND:  # the document's own reader has checked every value
            facts: list[object] = [properties.get(name, ABSENT) for name, _ in columns]
        else:
            facts = [read(properties[name]) if name in properties else ABSENT for name, read in columns]
        claim = (batch, number, *facts)
        others = self.objects.get(key)
        if others is None:
            self.objects[key] = (claim,)
        else:
            self.objects[key] = self._with(others, claim, notes)

    def _with(self, others: tuple[Claim, ...], claim: Claim, notes: Notes) -> tuple[Claim, ...]:
        """The claims about an object with one more, the strongest first, each origin once; equal texts are kept once."""
        origin = claim[0].origin
        for other in others:
            claim = tuple([value if value == own else own for own, value in zip(claim, other, strict=True)])
        if others[-1][0].origin < origin:
            return (*others, claim)
        same = next((other for other in others if other[0].origin is origin), None)
        if same is None:
            return tuple(sorted((*others, claim), key=lambda one: one[0].origin))
        joined = tuple(own if known(own) or not known(value) else value for own, value in zip(same, claim, strict=True))
        for position, fact in enumerate(self.table.facts, _FACTS):
            if known(joined[position]) and known(claim[position]):
                _compare(fact, (same, joined[position]), (claim, claim[position]), notes)
        return tuple(joined if other is same else other for other in others)

    def each(self, notes: Notes) -> Iterator[tuple[str, Merged]]:
        """Every object with its key, in the order in which the files name them; each is gone when it is given."""
        for key in tuple(self.objects):
            yield key, self.merged(self.objects.pop(key), notes)
        self.objects = {}  # the table itself takes memory too

    def merged(self, claims: tuple[Claim, ...], notes: Notes) -> Merged:
        """All claims about an object as one; where two differ, the stronger is taken, with a note."""
        strongest, weaker = claims[0], claims[1:]
        facts: dict[str, object] = {}
        refused: dict[str, Refused] = {}
        for position, fact in enumerate(self.table.facts, _FACTS):
            chosen, by = strongest[position], strongest
            if chosen is ABSENT or chosen.__class__ in _UNSETTLED:
                chosen, by = self._settled(claims, position)
                if isinstance(chosen, Refused):
                    refused[fact] = chosen
            facts[fact] = chosen
            for claim in weaker:
                value = claim[position]
                if value is not chosen and value is not ABSENT and value.__class__ not in _UNSETTLED and claim is not by:
                    _compare(fact, (by, chosen), (claim, value), notes)
        return Merged(self.table, claims, facts, refused)

    def _settled(self, claims: tuple[Claim, ...], position: int) -> tuple[object, Claim]:
        """The fact of the strongest claim that has it: known to be nothing where its file has it for others."""
        found: tuple[object, Claim] = (MISSING, claims[0])
        for claim in claims:
            value, batch = claim[position], claim[0]
            exported = batch.columns[position - _FACTS][0] in batch.exported
            if value is ABSENT and exported and batch.origin is not Origin.HAND:
                value = self.table.nothing.get(self.table.facts[position - _FACTS])
            if known(value):
                return value, claim
            if isinstance(value, Refused) and found[0] is MISSING:
                found = value, claim
        return found


_UNSETTLED: Final = frozenset({Missing, Refused})
"""The classes of what is no fact."""


def _compare(fact: str, by: tuple[Claim, object], other: tuple[Claim, object], notes: Notes) -> None:
    """A note where the fact of a weaker claim is another than the one that is taken."""
    (claim, chosen), (weaker, value) = by, other
    if _folded(chosen) != _folded(value):
        place = place_of(claim, fact)
        notes.read_as(place, f"{shown(chosen)} is taken, and {weaker[0].file} has another value: correct the wrong one")


def _folded(value: object) -> object:
    return folded(value) if isinstance(value, str) else value
