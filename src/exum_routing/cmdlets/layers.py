"""Layers: a mapping that never changes itself, to which entries are added by laying them over it.

Each layer is at least twice as large as the next. To add an entry costs no more than the logarithm of those added before,
however much the mapping holds at its ground; so does a look-up.
"""

from collections.abc import Callable
from typing import Generic, Self, TypeVar

import attrs

V = TypeVar("V")


@attrs.frozen(eq=False)
class Layers(Generic[V]):
    """A mapping of texts: the newest layer that has a key answers, else the ground does.

    >>> before = Layers(len)
    >>> after = before.over({"Alice": 0})
    >>> before["Alice"], after["Alice"], after["Bob"]
    (5, 0, 3)
    """

    ground: Callable[[str], V]
    """What a key has that is in no layer."""
    layers: tuple[dict[str, V], ...] = ()
    """The layers, the newest last."""

    def over(self, newest: dict[str, V]) -> Self:
        """The mapping with one more layer, into which those are melted that are less than twice as large as it."""
        layers = self.layers
        while layers and len(layers[-1]) < 2 * len(newest):
            newest = {**layers[-1], **newest}
            layers = layers[:-1]
        return type(self)(self.ground, (*layers, newest))

    def __getitem__(self, key: str) -> V:
        """What a key has."""
        for layer in reversed(self.layers):
            if key in layer:
                return layer[key]
        return self.ground(key)

    def entries(self) -> dict[str, V]:
        """Every entry that was laid over the ground."""
        found: dict[str, V] = {}
        for layer in self.layers:
            found |= layer
        return found
