"""The objects of one kind, as they are after some changes, in document order."""

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Self, TypeAlias, TypeVar

import attrs

from exum_routing.cmdlets.layers import Layers

T = TypeVar("T")

_Entry: TypeAlias = tuple[T | None, int]
"""An object, None if it is removed; and the how manieth that was made, 0 if it stands where the deployment has it."""


@attrs.frozen(eq=False)
class Original(Generic[T]):
    """The objects of one kind as a deployment has them."""

    objects: Sequence[T]
    """The objects, in document order."""
    key: Callable[[T], str]
    """What an object is looked up by."""
    find: Callable[[str], T | None]
    """The object with a key; None: there is none."""

    def entry(self, key: str) -> _Entry[T]:
        """What stands at a key before any change."""
        return self.find(key), 0

    @functools.cached_property
    def places(self) -> Mapping[str, int]:
        """How far from the end each object stands, as a negative number."""
        return {self.key(one): place for place, one in enumerate(self.objects, -len(self.objects))}


@attrs.frozen(eq=False)
class Objects(Generic[T]):
    """The objects of one kind after some changes: those of the deployment in their places, then those made since."""

    _original: Original[T]
    _layers: Layers[_Entry[T]] = attrs.field(default=attrs.Factory(lambda self: Layers(self._original.entry), takes_self=True))
    _made: int = 0

    @classmethod
    def of(cls, objects: Sequence[T], key: Callable[[T], str], find: Callable[[str], T | None] | None = None) -> Self:
        """The objects of a deployment, and what they are looked up by; with ``find`` if it can look them up itself."""
        return cls(Original(objects, key, find or {key(one): one for one in objects}.get))

    def get(self, key: str) -> T | None:
        """The object with a key; None: there is none."""
        return self._layers[key][0]

    def these(self, keys: Iterable[str]) -> tuple[T, ...]:
        """The objects with these keys, in document order."""
        found = tuple(one for one in map(self.get, keys) if one is not None)
        return found if len(found) < 2 else tuple(sorted(found, key=self._place))

    def _place(self, one: T) -> int:
        key = self._original.key(one)
        return self._layers[key][1] or self._original.places[key]

    def __iter__(self) -> Iterator[T]:
        """The objects, in document order, new ones last."""
        entries, key = self._layers.entries(), self._original.key
        for original in self._original.objects:
            one, made = entries.get(key(original), (original, 0))
            if one is not None and not made:
                yield one
        for one, made in sorted(entries.values(), key=operator.itemgetter(1)):
            if one is not None and made:
                yield one

    def after(self, changes: Iterable[tuple[str, T | None]]) -> Self:
        """The objects after changes, in their order; what is made, or made anew, stands last."""
        newest: dict[str, _Entry[T]] = {}
        number = self._made
        for key, value in changes:
            before, made = newest[key] if key in newest else self._layers[key]
            if before is None and value is not None:
                made = number = number + 1
            newest[key] = value, made
        return type(self)(self._original, self._layers.over(newest), number) if newest else self
