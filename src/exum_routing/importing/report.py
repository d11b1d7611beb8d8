"""The report of an import: what was taken, and the notes, grouped for people and one by one for machines."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from exum_routing.arguments import names_wrong_types
from exum_routing.importing.imported import Import
from exum_routing.importing.notes import Note, Weight

_PLACES: Final = 5
"""Places that are shown of notes that say the same."""
_NUMBER: Final = re.compile(r"\[\d+\]")
_VALUE: Final = re.compile(r"\A('[^']*'|\"[^\"]*\"|[\d.-]+) ")
"""The value with which a message begins."""
_MEANINGS: Final = {
    Weight.GAP: "nobody gave these facts",
    Weight.LEFT_OUT: "these objects and values were not taken",
    Weight.READ_AS: "these were read in one of several ways",
}


def report_lines(imported: Import) -> Iterator[str]:
    """The report for people: what was taken, then each weight with its notes; equal ones once, with five of their places.

    >>> from exum_routing.importing.imported import import_deployment
    >>> from exum_routing.importing.source import Source
    >>> content = b'{"SipAddress": "zoe@contoso.com", "RegistrarPool": null}'
    >>> list(report_lines(import_deployment([Source("users.json", content)])))[:2]
    ['taken: nothing', 'gap (nobody gave these facts):']
    """
    if not imported.taken:
        yield "taken: nothing"
    for file, kind, count in imported.taken:
        yield f"taken: {count:,} of {kind.value} from {file}"
    for weight in Weight:
        groups = _groups([note for note in imported.notes if note.weight is weight])
        if groups:
            yield f"{weight.value} ({_MEANINGS[weight]}):"
            for group in groups:
                yield from (f"  {line}" for line in _group_lines(group))


@names_wrong_types
def summary_line(imported: Import) -> str:
    """The report in one line.

    >>> from exum_routing.deployment import Deployment
    >>> summary_line(Import(Deployment(), (), ()))
    'imported 0 users and 0 contacts; 0 gaps, 0 left out, 0 read as'
    """
    counts = {weight: sum(note.weight is weight for note in imported.notes) for weight in Weight}
    users, contacts = len(imported.deployment.users), len(imported.deployment.contacts)
    return (
        f"imported {_counted(users, 'user')} and {_counted(contacts, 'contact')}; {_counted(counts[Weight.GAP], 'gap')}, "
        f"{counts[Weight.LEFT_OUT]:,} left out, {counts[Weight.READ_AS]:,} read as"
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def report_to_json(imported: Import) -> Iterator[dict[str, Any]]:
    """The report for machines, an object a line: what was taken, then every note.

    >>> from exum_routing.deployment import Deployment
    >>> list(report_to_json(Import(Deployment(), (), (Note("a.ldf[0]", Weight.GAP, "has no site"),))))
    [{'Weight': 'gap', 'Place': 'a.ldf[0]', 'Message': 'has no site'}]
    """
    for file, kind, count in imported.taken:
        yield {"Taken": count, "Kind": kind.value, "Source": file}
    for note in imported.notes:
        yield {"Weight": note.weight.value, "Place": note.place, "Message": note.message}


def _groups(notes: Sequence[Note]) -> list[list[Note]]:
    """Notes that say the same, but for the number of the object and the value."""
    found: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        found.setdefault((_NUMBER.sub("[]", note.place), _VALUE.sub("", note.message)), []).append(note)
    return list(found.values())


def _group_lines(group: Sequence[Note]) -> Iterator[str]:
    first = group[0]
    if len(group) == 1:
        yield str(first)
        return
    places = ", ".join(dict.fromkeys(note.place for note in group[:_PLACES]))
    more = "" if len(group) <= _PLACES else f" and {len(group) - _PLACES:,} more"
    yield f"{len(group):,} times, at {places}{more}"
    yield f"  {first.message}"
