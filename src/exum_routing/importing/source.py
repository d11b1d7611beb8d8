"""Sources: files as they are, and the records that they hold."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.importing.document import document_records, is_document
from exum_routing.importing.kind import Kind, Origin, kind_of, origin_of, routing_method
from exum_routing.importing.properties import property_names
from exum_routing.interchange import Fault
from exum_routing.interchange.records import Exported, Format, SourceError, Value, format_of, json_objects, read_exported


@attrs.frozen
class Source:
    """A file as it is."""

    name: str
    """What notes and errors call it; it means nothing else."""
    content: bytes = attrs.field(repr=False)
    """Its bytes."""


@attrs.frozen
class Record:
    """One object of a source, with the properties that an import looks at."""

    kind: Kind | None
    """Which kind it is; None: none that is imported."""
    origin: Origin
    """Who says so."""
    place: str
    """Where it is, as in ``users.ldf[90]``."""
    properties: Mapping[str, Value]
    """Its properties, under the names of the cmdlets or of the directory."""


Keep = Callable[[str], str | None]
"""Under which name a property is kept; None: it is left out."""
_ROUTING_METHOD: Final = "RoutingMethod"


@names_wrong_types
def read_source(source: Source) -> tuple[Record, ...]:
    """The objects of a source.

    Of a deployment document, those that exports may hold as well: users, contacts, policies, pools, providers, Access Edge.

    Raises:
        SourceError: It cannot be read; the error carries every fault, each with its place.

    >>> [record] = read_source(Source("pools.json", b'{"Identity": "pool01.contoso.com", "Site": "Site:Redmond"}'))
    >>> record.kind.value, record.place, record.properties["Site"]
    ('Get-CsPool', 'pools.json[0]', 'Site:Redmond')
    """
    keep = property_names()
    records = []
    with_document = as_document(source)
    if with_document is not None:
        for file, kind, number, properties in document_records(source.name, with_document, keep):
            records.append(Record(kind, Origin.HAND, f"{file}[{number}]", properties))
        return tuple(records)
    for exported in exported_of(source, keep):
        known, properties = classified(exported)
        origin = Origin.CMDLET if known is None else origin_of(known)
        records.append(Record(known, origin, f"{source.name}[{exported.number}]", properties))
    return tuple(records)


def as_document(source: Source) -> dict[str, Any] | None:
    """The deployment document that a source is; None: it is none.

    Raises:
        SourceError: It cannot be read, or is a document with faults.
    """
    with placed(source):
        if format_of(source.content, property_names()) is not Format.JSON:
            return None
        objects = json_objects(source.content)
        return objects[0] if len(objects) == 1 and is_document(objects[0], source.content) else None


def exported_of(source: Source, keep: Keep) -> Iterator[Exported]:
    """The objects of an export, one after another.

    Raises:
        SourceError: It cannot be read.
    """
    with placed(source):
        yield from read_exported(source.content, keep)


def classified(exported: Exported) -> tuple[Kind | None, Mapping[str, Value]]:
    """The kind of an exported object, and its properties; Access Edge settings may say their routing method by their type."""
    kind, properties = kind_of(exported.types, exported.properties), exported.properties
    method = routing_method(exported.types) if kind is Kind.ACCESS_EDGE else None
    if method is not None and not isinstance(properties.get(_ROUTING_METHOD), str):
        properties = {**properties, _ROUTING_METHOD: method}
    return kind, properties


class placed:  # noqa: N801 - read like a function
    """In its block, errors of a source name the source."""

    def __init__(self, source: Source) -> None:
        """Remember the source."""
        self._name = source.name

    def __enter__(self) -> None:
        """Nothing is needed before."""

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        """Put the source's name before the place of each fault."""
        if isinstance(error, SourceError):
            raise SourceError([Fault(_under(self._name, fault.path), fault.message) for fault in error.faults]) from None


def _under(name: str, place: str) -> str:
    """The place of a fault, seen from all sources."""
    if not place or place.startswith("["):
        return name + place
    return f"{name}, {place}"
