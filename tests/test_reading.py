"""The readings of what the source leaves open."""

import enum
import itertools
import pickle
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from exum_routing.errors import InvalidValue
from exum_routing.reading import AuthorsDisagree, DisabledWithUmProxyAddress, Reading, SeveralOrganizations

FIELDS: dict[str, Any] = {
    "authors_disagree": AuthorsDisagree,
    "disabled_with_um_proxy_address": DisabledWithUmProxyAddress,
    "several_organizations": SeveralOrganizations,
}
"""The fields of Reading and the closed set of each."""


class Namesake(enum.Enum):
    """Another closed set with a member of the same name."""

    ANY_ENABLED = "ANY_ENABLED"


class TestClosedSets:
    """The named readings of each open clause."""

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (AuthorsDisagree, ["ANY_ENABLED", "EXCHANGE_WINS", "SKYPE_FOR_BUSINESS_WINS"]),
            (DisabledWithUmProxyAddress, ["ROUTE_ON_PREMISES", "NOT_ROUTED"]),
            (SeveralOrganizations, ["WHOLE_LIST", "FIRST"]),
        ],
    )
    def test_names_are_the_spelling_on_the_wire(self, kind: type[enum.Enum], expected: list[str]) -> None:
        """The members are these, the default first, and the value of each is its name."""
        assert expected == [one.name for one in kind]
        assert expected == [one.value for one in kind]


class TestReading:
    """One way to read every open clause."""

    def test_the_fields_are_the_open_clauses(self) -> None:
        """There is one field for each open clause, and no other."""
        assert list(FIELDS) == [field.name for field in attrs.fields(Reading)]

    @pytest.mark.parametrize("field", FIELDS)
    def test_the_default_is_the_first_named_reading(self, field: str) -> None:
        """A field that is not given is read as the clauses argue for."""
        assert next(iter(FIELDS[field])) is getattr(Reading(), field)

    @pytest.mark.parametrize(
        ("field", "choice"),
        [pytest.param(field, choice, id=str(choice)) for field, kind in FIELDS.items() for choice in kind],
    )
    def test_every_named_reading_is_accepted(self, field: str, choice: Any) -> None:
        """A field holds the reading it was given, and the others keep their defaults."""
        reading = Reading(**{field: choice})
        assert choice is getattr(reading, field)
        assert Reading() == attrs.evolve(reading, **{field: next(iter(FIELDS[field]))})

    @pytest.mark.parametrize(
        "value",
        [
            pytest.param(None, id="None"),
            pytest.param(True, id="True"),
            pytest.param(0, id="number"),
            pytest.param("", id="empty text"),
            pytest.param("FIRST", id="spelling of a reading"),
            pytest.param("ANY_ENABLED", id="spelling of a default"),
            pytest.param((AuthorsDisagree.ANY_ENABLED,), id="tuple of a reading"),
            pytest.param(AuthorsDisagree, id="closed set itself"),
            pytest.param(Namesake.ANY_ENABLED, id="namesake"),
        ],
    )
    @pytest.mark.parametrize("field", FIELDS)
    def test_anything_else_is_refused(self, field: str, value: Any) -> None:
        """What is no member of the field's closed set is refused with every member named, wrong type or wrong value."""
        with pytest.raises(InvalidValue) as caught:
            Reading(**{field: value})
        assert value is caught.value.value
        assert f"Reading.{field}" == caught.value.place
        assert all(str(one) in str(caught.value) for one in FIELDS[field])

    @pytest.mark.parametrize(("field", "other"), [pair for pair in itertools.product(FIELDS, repeat=2) if pair[0] != pair[1]])
    def test_a_member_of_another_closed_set_is_refused(self, field: str, other: str) -> None:
        """The reading of one clause is none of another."""
        value: Any = next(iter(FIELDS[other]))
        with pytest.raises(InvalidValue) as caught:
            Reading(**{field: value})
        assert value is caught.value.value

    def test_readings_are_equal_by_their_fields(self) -> None:
        """The twelve readings differ from one another, and equal ones have equal hashes."""
        every = [Reading(**dict(zip(FIELDS, choices, strict=True))) for choices in itertools.product(*FIELDS.values())]
        assert len(set(every)) == 12
        assert set(every) == {attrs.evolve(reading) for reading in every}

    @pytest.mark.parametrize("field", FIELDS)
    def test_a_reading_cannot_be_changed(self, field: str) -> None:
        """Assignment to a field is refused."""
        reading = Reading()
        with pytest.raises(FrozenInstanceError):
            setattr(reading, field, next(iter(FIELDS[field])))

    def test_fields_are_given_by_name(self) -> None:
        """A reading cannot be given by position."""
        anything: Any = Reading
        with pytest.raises(TypeError):
            anything(AuthorsDisagree.ANY_ENABLED)

    def test_a_reading_survives_pickling(self) -> None:
        """A reading is equal to itself after pickling."""
        reading = Reading(several_organizations=SeveralOrganizations.FIRST)
        assert reading == pickle.loads(pickle.dumps(reading))  # noqa: S301 - pickled on the same line
