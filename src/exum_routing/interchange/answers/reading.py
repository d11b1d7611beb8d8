"""A reading as JSON, and back."""

import enum
from typing import TypeVar

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import shown
from exum_routing.interchange.json_text import DocumentError, Fault, checked_object
from exum_routing.reading import CmdletReading, Reading

R = TypeVar("R", Reading, CmdletReading)


@names_wrong_types
def reading_key(field: str) -> str:
    """The JSON key of a field of ``Reading`` or ``CmdletReading``.

    >>> reading_key("several_organizations")
    'SeveralOrganizations'
    """
    return field.title().replace("_", "")


@names_wrong_types
def reading_to_json(reading: Reading | CmdletReading) -> dict[str, str]:
    """A reading as one JSON object, every field by its name in CamelCase.

    >>> from exum_routing.reading import DEFAULT_CMDLET_READING
    >>> reading_to_json(DEFAULT_CMDLET_READING)
    {'Disabling': 'REFUSED_IF_POLICY_APPLIES', 'ForeignValue': 'WARN_AND_WRITE'}
    """
    return {reading_key(field.name): getattr(reading, field.name).value for field in attrs.fields(type(reading))}


@names_wrong_types
def reading_from_json(value: object, default: R) -> R:
    """The reading that a JSON object chooses; a field that it leaves out is the default's.

    Raises:
        DocumentError: It is not an object, or has an unknown key or choice; the error carries every fault.

    >>> from exum_routing.reading import DEFAULT_READING
    >>> reading_from_json({"SeveralOrganizations": "FIRST"}, DEFAULT_READING).several_organizations.name
    'FIRST'
    >>> reading_from_json({"SeveralOrganizations": "LAST"}, DEFAULT_READING)
    Traceback (most recent call last):
    exum_routing.interchange.json_text.DocumentError: SeveralOrganizations: 'LAST' is not a reading: use WHOLE_LIST or FIRST
    """
    kinds = {reading_key(field.name): type(getattr(default, field.name)) for field in attrs.fields(type(default))}
    _, faults = checked_object(value, tuple(kinds))
    given = {key: one for key, one in value.items() if key in kinds} if isinstance(value, dict) else {}
    faults += [
        Fault(key, _not_a_choice(one, kinds[key])) for key, one in given.items() if one not in list(kinds[key].__members__)
    ]
    if faults:
        raise DocumentError(faults)
    return attrs.evolve(
        default,
        **{
            field.name: kinds[key][given[key]]
            for field in attrs.fields(type(default))
            if (key := reading_key(field.name)) in given
        },
    )


def _not_a_choice(value: object, kind: type[enum.Enum]) -> str:
    *others, last = kind.__members__
    return f"{shown(value)} is not a reading: use {', '.join(others)} or {last}"
