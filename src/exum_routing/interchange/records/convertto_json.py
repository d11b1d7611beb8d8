"""ConvertTo-Json, of Windows PowerShell 5.1 and of PowerShell 7, as records: one object, or an array of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from exum_routing.errors import shown
from exum_routing.interchange.json_text import DocumentError, parsed
from exum_routing.interchange.records.exported import (
    LARGEST_SOURCE,
    Exported,
    Keep,
    NoText,
    Scalar,
    SourceError,
    Value,
    fault,
    kept,
)

_NAMES: Final = ("FriendlyName", "Name")
"""The properties by which an object inside another is named, the better one first."""


def read_convertto_json(content: bytes, keep: Keep = kept) -> Iterator[Exported]:
    """The objects that ConvertTo-Json wrote.

    Args:
        content: The file: UTF-8, or UTF-16 with a byte-order mark.
        keep: Under which name a property is kept, or None.

    Raises:
        SourceError: It is not JSON, or something other than objects.

    >>> [one.properties for one in read_convertto_json(b'[{"Fqdn": "pool01.contoso.com", "Site": {"value": 1, "Value": "A"}}]')]
    [{'Fqdn': 'pool01.contoso.com', 'Site': 'A'}]
    """
    for position, one in enumerate(json_objects(content)):
        kept_as = ((keep(name), value) for name, value in one.items())
        yield Exported(position, (), {name: flattened(value) for name, value in kept_as if name is not None})


def json_objects(content: bytes) -> list[dict[str, Any]]:
    """The objects of a JSON text: the one that it is, or those of its array.

    Raises:
        SourceError: It is not JSON, or something other than objects.

    >>> json_objects(b'{"Identity": "Global"}')
    [{'Identity': 'Global'}]
    """
    if len(content) > LARGEST_SOURCE:
        raise fault("", f"has {len(content):,} bytes, and at most {LARGEST_SOURCE:,} are read: export it in parts")
    try:
        found = parsed(content)
    except DocumentError as error:
        raise SourceError(error.faults) from None
    objects: list[Any] = found if isinstance(found, list) else [found]
    for position, one in enumerate(objects):
        if not isinstance(one, dict):
            raise fault(f"[{position}]", f"{shown(one)} is not an object: give what ConvertTo-Json makes of a cmdlet's objects")
    return objects


def flattened(value: object) -> Value:
    """What a property says: its text, number or flag, or those of its list.

    >>> flattened({"value": [1, {}], "Count": 2}), flattened({"FriendlyName": "ExRedmond", "AnchorId": 3})
    ((1, <NoText.OBJECT: 'an object without text'>), 'ExRedmond')
    """
    items = _items(value)
    if items is None:
        return _scalar(value)
    return tuple(_scalar(item) for item in items)


def _items(value: object) -> list[Any] | None:
    """The items of an array, also where 5.1 wraps it; None: it is none."""
    if isinstance(value, dict) and value.keys() == {"value", "Count"} and isinstance(value["value"], list):
        return value["value"]
    return value if isinstance(value, list) else None


def _scalar(value: object) -> Scalar:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, dict):
        return _named(value)
    return NoText.OBJECT if isinstance(value, list) else repr(value)


def _named(value: Mapping[str, Any]) -> Scalar:
    """The text by which an object inside another is named; ``Value`` is an enumeration's that came through remoting."""
    names = ("Value",) if value.keys() == {"value", "Value"} else _NAMES
    return next((value[name] for name in names if isinstance(value.get(name), str)), NoText.OBJECT)
