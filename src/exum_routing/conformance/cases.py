"""The vectors: cases read from their files, and the cases that a program answers otherwise."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import InvalidValue


@attrs.frozen
class Case:
    """One vector."""

    file: str
    """The name of the file where it stands."""
    clauses: tuple[str, ...]
    """Ids of the clauses that it shows, the main one first."""
    description: str
    """One sentence."""
    holds: bool
    """Whether it shows a clause holding, or something refused."""
    request: dict[str, Any]
    """What is asked."""
    answer: dict[str, Any]
    """What has to be answered."""


@names_wrong_types
def read_cases(folder: Path) -> tuple[Case, ...]:
    """Every case of a folder of vectors, by file, in their order.

    Raises:
        InvalidValue: A file is no array of cases, or the folder has none.
        OSError: A file cannot be read.

    >>> read_cases(Path("vectors"))[0].file
    'administration.json'
    """
    cases = []
    for path in sorted(folder.glob("*.json")):
        try:
            cases += [
                Case(path.name, tuple(case["clauses"]), case["description"], case["holds"], case["request"], case["answer"])
                for case in json.loads(path.read_bytes())
            ]
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidValue(str(path), f"is no array of cases ({error}): see FORMAT.md") from None
    if not cases:
        raise InvalidValue(str(folder), "holds no vectors: give a folder with files of cases")
    return tuple(cases)


@attrs.frozen
class Difference:
    """A case that a program answered otherwise."""

    case: Case
    """The case."""
    answer: object
    """What came, as JSON; or the text that was no JSON."""


def differences(cases: Sequence[Case], answers: Sequence[str]) -> Iterator[Difference]:
    """The cases that were answered otherwise; ``answers`` are lines of JSON, one for each case, in the same order.

    >>> case = Case("names.json", ("NAME-3",), "A host alone.", holds=True, request={}, answer={"SipUri": "sip:h"})
    >>> [one.answer for one in differences([case, case], ['{"SipUri": "sip:h"}', '{"Refused": true}'])]
    [{'Refused': True}]
    """
    for case, line in zip(cases, answers, strict=True):
        try:
            found = json.loads(line)
        except ValueError:
            found = line
        if json.dumps(found, sort_keys=True) != json.dumps(case.answer, sort_keys=True):
            yield Difference(case, found)
