"""A deployment document as a source: what must be written by hand is written once, and merged with what is exported.

What a document leaves out an export may say; where nobody does, the document's own default stands.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from exum_routing.deployment import Deployment
from exum_routing.importing.kind import Kind
from exum_routing.interchange import DocumentError
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.records import SourceError, Value

_ARRAYS: Final[Mapping[str, Kind]] = {
    "HostingProviders": Kind.PROVIDER,
    "HostedVoicemailPolicies": Kind.POLICY,
    "Pools": Kind.POOL,
    "Users": Kind.USER,
    "UmContacts": Kind.CONTACT,
}
_EDGE: Final = "AccessEdgeConfiguration"
_IDENTITY: Final = "Identity"
"""What a site of Get-CsSite has, which has Pools too, and no document."""
_PARTS: Final = frozenset({*_ARRAYS, _EDGE, "UmDialPlans", "HostedUmServices", "EdgeReplica", "AvEdgeGruu"})

Row: TypeAlias = tuple[str, Kind, int, Mapping[str, Value]]
"""An object of a document: its array, its kind, its number and its properties."""


def is_document(found: Mapping[str, Any], content: bytes) -> bool:
    """Whether a JSON object is a deployment document, and not an object of a cmdlet.

    Raises:
        SourceError: It is one with faults.
    """
    if found and (not _PARTS & found.keys() or _IDENTITY in found):
        return False
    deployment_of(content)
    return True


def deployment_of(content: bytes) -> Deployment:
    """What a document describes.

    Raises:
        SourceError: It has faults.
    """
    try:
        return read_deployment(content)
    except DocumentError as error:
        raise SourceError(error.faults) from None


def document_records(name: str, document: Mapping[str, Any], keep: Callable[[str], str | None]) -> Iterator[Row]:
    """The objects of a document that exports may hold as well."""
    for array, kind in _ARRAYS.items():
        for number, one in enumerate(document.get(array) or ()):
            yield f"{name}.{array}", kind, number, _properties(one, keep)
    if document.get(_EDGE) is not None:
        yield f"{name}.{_EDGE}", Kind.ACCESS_EDGE, 0, _properties(document[_EDGE], keep)


def _properties(one: Mapping[str, Any], keep: Callable[[str], str | None]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, value in one.items():
        name = keep(key)
        if name is not None and value is not None:
            found[name] = tuple(value) if isinstance(value, list) else value
    return found
