"""The objects of one kind, as they are after some changes, in document order, and the indexes that find them."""

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Self, TypeAlias, TypeVar

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets.change import Change, ObjectKind
from exum_routing.cmdlets.index import Index, Names
from exum_routing.cmdlets.layers import Layers

T = TypeVar("T")

_Entry: TypeAlias = tuple[T | None, int]
"""An object, None if it is removed; and its number among those that were made, 0 if it stands where the deployment has it."""


@attrs.frozen(eq=False, kw_only=True)
class Original(Generic[T]):
    """The objects of one kind as a deployment has them."""

    kind: ObjectKind
    """Their kind."""
    type: type[T]
    """Their class."""
    objects: Sequence[T]
    """The objects, in document order."""
    key: Callable[[T], str]
    """What an object is looked up by."""
    find: Callable[[str], T | None] = attrs.field(
        default=attrs.Factory(lambda self: {self.key(one): one for one in self.objects}.get, takes_self=True)
    )
    """The object with a key; None: there is none. Not given, it is a look-up in a new table."""

    def entry(self, key: str) -> _Entry[T]:
        """What stands at a key before any change."""
        return self.find(key), 0

    @functools.cached_property
    def places(self) -> Mapping[str, int]:
        """Where each object stands, as a negative number: whatever is made has a greater one."""
        return {self.key(one): place for place, one in enumerate(self.objects, -len(self.objects))}


@attrs.frozen(eq=False)
class Objects(Generic[T]):
    """The objects of one kind after some changes: those of the deployment in their places, then those made since."""

    _original: Original[T]
    _entries: Layers[_Entry[T]]
    _indexes: Mapping[Names[T], Index[T]]
    _made: int = 0

    @classmethod
    def of(cls, original: Original[T], *indexes: Names[T]) -> Self:
        """The objects of a deployment; by what they are found other than by their keys is noted when it is first asked."""
        by_names = {names: Index.of(original.objects, original.key, names) for names in indexes}
        return cls(original, Layers(original.entry), by_names)

    def get(self, key: str) -> T | None:
        """The object with a key; None: there is none."""
        return self._entries[key][0]

    def keys_of(self, names: Names[T], name: str) -> tuple[str, ...]:
        """The keys of the objects that have a name, in any case, among those that a function gives."""
        return self._indexes[names][folded(name)]

    def named(self, names: Names[T], name: str) -> tuple[T, ...]:
        """The objects that have a name, in any case, among those that a function gives; in document order."""
        keys = self.keys_of(names, name)
        in_order = sorted(keys, key=self._place) if len(keys) > 1 else keys
        return tuple(one for one in map(self.get, in_order) if one is not None)

    def _place(self, key: str) -> int:
        return self._entries[key][1] or self._original.places[key]

    def __iter__(self) -> Iterator[T]:
        """The objects, in document order, new ones last."""
        entries, key = self._entries.entries(), self._original.key
        for original in self._original.objects:
            one, made = entries.get(key(original), (original, 0))
            if one is not None and not made:
                yield one
        for one, made in sorted(entries.values(), key=operator.itemgetter(1)):
            if one is not None and made:
                yield one

    def after(self, changes: Iterable[Change]) -> Self:
        """The objects after the changes of their kind, in their order; what is made, or made anew, stands last."""
        kind, type_, number = self._original.kind, self._original.type, self._made
        newest: dict[str, _Entry[T]] = {}
        moves: list[tuple[str, T | None, T | None]] = []
        for change in changes:
            if change.kind is kind:
                key, value = change.key, change.value if isinstance(change.value, type_) else None
                before, made = newest[key] if key in newest else self._entries[key]
                if before is None and value is not None:
                    made = number = number + 1
                newest[key] = value, made
                moves.append((key, before, value))
        if not newest:
            return self
        indexes = {names: index.after(moves) for names, index in self._indexes.items()}
        return type(self)(self._original, self._entries.over(newest), indexes, number)
