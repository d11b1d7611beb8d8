"""A reading as JSON, and back: every reading there is, and what is refused."""

import json

import pytest

from exum_routing import READINGS, Reading
from exum_routing.interchange import DocumentError
from exum_routing.interchange.answers import reading_from_json, reading_to_json
from exum_routing.reading import DEFAULT_CMDLET_READING, DEFAULT_READING, CmdletReading, Disabling, ForeignValue

CMDLET_READINGS = [CmdletReading(disabling=one, foreign_value=other) for one in Disabling for other in ForeignValue]


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_every_reading_comes_back(reading: Reading) -> None:
    """What is written is read as it was."""
    assert reading_from_json(json.loads(json.dumps(reading_to_json(reading))), DEFAULT_READING) == reading


@pytest.mark.parametrize("reading", CMDLET_READINGS, ids=str)
def test_every_reading_of_cmdlets_comes_back(reading: CmdletReading) -> None:
    """What is written is read as it was."""
    assert reading_from_json(reading_to_json(reading), DEFAULT_CMDLET_READING) == reading


def test_what_is_left_out_is_the_default() -> None:
    """The default gives what the object does not choose."""
    assert reading_from_json({}, READINGS[-1]) is not DEFAULT_READING
    assert reading_from_json({}, READINGS[-1]) == READINGS[-1]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (False, "False is not an object: give one with braces"),
        ("FIRST", "'FIRST' is not an object: give one with braces"),
        ({"several_organizations": "FIRST"}, "several_organizations: unknown key: did you mean SeveralOrganizations?"),
        (
            {"X": "FIRST"},
            "X: unknown key: use one of AuthorsDisagree, DisabledWithUmProxyAddress, SeveralOrganizations",
        ),
        ({"SeveralOrganizations": None}, "SeveralOrganizations: None is not a reading: use WHOLE_LIST or FIRST"),
        ({"SeveralOrganizations": ["FIRST"]}, "SeveralOrganizations: ['FIRST'] is not a reading: use WHOLE_LIST or FIRST"),
        (
            {"AuthorsDisagree": "any"},
            "AuthorsDisagree: 'any' is not a reading: use ANY_ENABLED, EXCHANGE_WINS or SKYPE_FOR_BUSINESS_WINS",
        ),
    ],
)
def test_what_is_not_a_reading_is_refused(value: object, message: str) -> None:
    """The message names the known keys or choices."""
    with pytest.raises(DocumentError) as caught:
        reading_from_json(value, DEFAULT_READING)
    assert str(caught.value) == message


def test_every_fault_is_named() -> None:
    """An unknown key and an unknown choice are two faults."""
    with pytest.raises(DocumentError) as caught:
        reading_from_json({"X": 1, "SeveralOrganizations": 2}, DEFAULT_READING)
    assert [fault.path for fault in caught.value.faults] == ["X", "SeveralOrganizations"]
