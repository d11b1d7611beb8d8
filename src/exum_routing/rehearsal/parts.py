"""The parts of a script: all that is within it, without recursion, since a script may be deep."""

from collections.abc import Iterator
from typing import Any

import attrs

from exum_routing.interchange.powershell import Place


def parts_of(script: Any) -> Iterator[Any]:  # noqa: ANN401 - a part of a script may be of any type
    """Every part of a script or of a part of it: itself first, and each before the parts within it."""
    waiting = [script]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += within(one)


def within(part: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as above
    """What a part of a script consists of."""
    if isinstance(part, tuple):
        return part
    if not attrs.has(type(part)) or isinstance(part, Place):
        return ()
    return tuple(getattr(part, field.name) for field in attrs.fields(type(part)))
