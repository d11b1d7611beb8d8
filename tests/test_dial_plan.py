"""On-premises UM: dial plans, the UM servers that may be tried, and their order."""

import itertools
import pickle
from collections import Counter, deque
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    Deployment,
    DuplicateIdentity,
    ExumRoutingError,
    Fqdn,
    InvalidFqdn,
    InvalidName,
    InvalidValue,
    NotRouted,
    NotRoutedReason,
    OnPremisesUm,
    RoutingDecision,
    UmDialPlan,
    UmServer,
    UriType,
    User,
    route,
    um_server_order,
)
from exum_routing.deployment import HIGHEST_MAJOR_VERSION, SERVERS_TRIED


def plan(*servers: tuple[int, bool], phone_context: str = "dp.contoso.com", uri_type: UriType = UriType.SIP_NAME) -> UmDialPlan:
    """A dial plan of servers um0, um1, … with these major versions, enabled or not."""
    return UmDialPlan(
        phone_context=phone_context,
        uri_type=uri_type,
        um_servers=[
            UmServer(fqdn=f"um{number}", major_version=version, enabled=enabled)
            for number, (version, enabled) in enumerate(servers)
        ],
    )


def routed(phone_context: str, dial_plans: tuple[UmDialPlan, ...] | None) -> RoutingDecision:
    """The route of a user with one UM proxy address that names this dial plan."""
    roy = User(sip_address="roy@contoso.com", proxy_addresses=(f"EUM:roy@contoso.com;phone-context={phone_context}",))
    return route(roy, Deployment(users=(roy,), dial_plans=dial_plans))


class TestUm1:
    """Clause: UM-1."""

    @pytest.mark.parametrize("phone_context", ["dp.contoso.com", "DP.Contoso.COM"])
    def test_the_named_plan_is_taken(self, phone_context: str) -> None:
        """Among several dial plans the servers are those of the named one, in any case; the spelling is kept."""
        one = plan((14, True), phone_context="other")
        other = plan((14, False), (14, True), phone_context="dp.contoso.com")

        decision = routed(phone_context, (one, other))

        assert isinstance(decision, OnPremisesUm)
        assert (phone_context, ("um1",)) == (decision.phone_context, decision.um_servers)
        assert decision.clauses == ("ROUTE-4", "UM-1", "UM-2", "UM-3")

    @pytest.mark.parametrize("phone_context", ["Straße", "a b", 'pl"an;x=1', "план", "100%"])
    def test_any_name_is_found(self, phone_context: str) -> None:
        """A dial plan is found by its name, whatever characters the name has."""
        decision = routed(phone_context, (plan((14, True), phone_context=phone_context),))

        assert isinstance(decision, OnPremisesUm)
        assert decision.um_servers == ("um0",)


class TestUm2:
    """Clause: UM-2."""

    @pytest.mark.parametrize("enabled", list(itertools.product((False, True), repeat=3)), ids=str)
    @pytest.mark.parametrize("uri_type", UriType, ids=lambda uri_type: uri_type.value)
    def test_every_combination(self, uri_type: UriType, enabled: tuple[bool, bool, bool]) -> None:
        """Of each URI type, and for each choice of enabled servers, the candidates are the enabled ones of SipName."""
        expected = [f"um{number}" for number in range(3) if uri_type.value == "SipName" and enabled[number]]

        assert expected == list(plan(*((15, one) for one in enabled), uri_type=uri_type).candidates)

    def test_defaults(self) -> None:
        """A dial plan is of type SipName with no servers, and a server is enabled, unless said otherwise."""
        bare = UmDialPlan(phone_context="dp.contoso.com")

        assert (bare.uri_type, bare.um_servers, bare.candidates) == (UriType.SIP_NAME, (), ())
        assert UmServer(fqdn="um1.contoso.com", major_version=14).enabled is True

    def test_uri_types_are_spelled_as_the_cmdlet_does(self) -> None:
        """The URI types are TelExtn, E164 and SipName."""
        assert [uri_type.value for uri_type in UriType] == ["TelExtn", "E164", "SipName"]


class TestUm3:
    """Clause: UM-3."""

    @pytest.mark.parametrize("versions", list(itertools.product((0, 8, 15), repeat=3)), ids=str)
    def test_every_combination(self, versions: tuple[int, int, int]) -> None:
        """For each choice of versions and enabled servers, a candidate is enabled and no enabled server is newer."""
        for enabled in itertools.product((False, True), repeat=3):
            servers = plan(*zip(versions, enabled, strict=True))
            expected = [
                one.fqdn
                for one in servers.um_servers
                if one.enabled and not any(two.enabled and two.major_version > one.major_version for two in servers.um_servers)
            ]
            assert expected == list(servers.candidates)

    def test_a_disabled_newer_server_does_not_count(self) -> None:
        """The highest version is that of the enabled servers."""
        assert plan((8, True), (15, False), (14, True), (14, True)).candidates == ("um2", "um3")

    @given(st.lists(st.tuples(st.integers(0, HIGHEST_MAJOR_VERSION), st.booleans()), max_size=6))
    def test_candidates_are_servers_in_document_order(self, servers: list[tuple[int, bool]]) -> None:
        """The candidates have one major version, stand in the order of the servers, and are there if one is enabled."""
        dial_plan = plan(*servers)
        versions = {server.fqdn: server.major_version for server in dial_plan.um_servers}

        assert len({versions[candidate] for candidate in dial_plan.candidates}) == any(enabled for _, enabled in servers)
        assert sorted(dial_plan.candidates, key=list(versions).index) == list(dial_plan.candidates)


class TestUm4:
    """Clause: UM-4."""

    @pytest.mark.parametrize("turn", range(-5, 6))
    @pytest.mark.parametrize("number", range(5))
    def test_rotation(self, number: int, turn: int) -> None:
        """The order is the servers rotated to the left by the turn, backwards where it is negative."""
        servers = [f"um{each}" for each in range(number)]
        expected = deque(servers)
        expected.rotate(-turn)

        assert tuple(expected) == um_server_order(servers, turn)

    @pytest.mark.parametrize(
        ("turn", "expected"),
        [(0, ("a", "b", "c")), (1, ("b", "c", "a")), (2, ("c", "a", "b")), (3, ("a", "b", "c")), (-1, ("c", "a", "b"))],
    )
    def test_three_servers(self, turn: int, expected: tuple[str, ...]) -> None:
        """The turns of three servers, written out."""
        assert expected == um_server_order(("a", "b", "c"), turn)

    @given(number=st.integers(1, 6), turn=st.integers())
    def test_every_server_is_first_once_a_round(self, number: int, turn: int) -> None:
        """In as many consecutive turns as there are servers, each server is tried first exactly once."""
        servers = range(number)

        firsts = Counter(um_server_order(servers, turn + each)[0] for each in range(number))

        assert firsts == Counter(servers)

    def test_a_decision_has_document_order(self) -> None:
        """A decision lists all candidates as the dial plan does."""
        decision = routed("dp.contoso.com", (plan((14, True), (8, True), (14, True), (14, True)),))

        assert isinstance(decision, OnPremisesUm)
        assert decision.um_servers == ("um0", "um2", "um3")


class TestUm5:
    """Clause: UM-5."""

    def test_two_unless_set_otherwise(self) -> None:
        """The number of servers tried for one call is two."""
        assert SERVERS_TRIED == 2

    @pytest.mark.parametrize(("number", "tried"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2)])
    def test_one_call_tries_distinct_servers(self, number: int, tried: int) -> None:
        """The first two of the order are two servers, or as many as there are."""
        for turn in range(-5, 6):
            assert tried == len(set(um_server_order(range(number), turn)[:SERVERS_TRIED]))


class TestUm6:
    """Clause: UM-6."""

    def test_not_known(self) -> None:
        """Where the dial plans are not known, the call goes to on-premises UM with no server named."""
        decision = routed("dp.contoso.com", None)

        assert isinstance(decision, OnPremisesUm)
        assert (decision.um_servers, decision.clauses) == ((), ("ROUTE-4", "UM-1"))

    @pytest.mark.parametrize(
        ("dial_plans", "reason", "clauses"),
        [
            pytest.param((), NotRoutedReason.NO_DIAL_PLAN, ("ROUTE-4", "UM-1", "UM-6"), id="known, none there"),
            pytest.param(
                (plan((14, True), phone_context="other"),),
                NotRoutedReason.NO_DIAL_PLAN,
                ("ROUTE-4", "UM-1", "UM-6"),
                id="another one",
            ),
            pytest.param((plan(),), NotRoutedReason.NO_UM_SERVER, ("ROUTE-4", "UM-1", "UM-2", "UM-6"), id="no servers"),
            pytest.param(
                (plan((14, False), (15, False)),),
                NotRoutedReason.NO_UM_SERVER,
                ("ROUTE-4", "UM-1", "UM-2", "UM-6"),
                id="all disabled",
            ),
            pytest.param(
                (plan((14, True), uri_type=UriType.E164),),
                NotRoutedReason.NO_UM_SERVER,
                ("ROUTE-4", "UM-1", "UM-2", "UM-6"),
                id="another URI type",
            ),
        ],
    )
    def test_known(self, dial_plans: tuple[UmDialPlan, ...], reason: NotRoutedReason, clauses: tuple[str, ...]) -> None:
        """Where they are known, a missing plan and a plan without candidates each have their reason and clauses."""
        decision = routed("dp.contoso.com", dial_plans)

        assert isinstance(decision, NotRouted)
        assert (reason, None, clauses) == (decision.reason, decision.policy, decision.clauses)
        assert str(decision.proxy_address) == "EUM:roy@contoso.com;phone-context=dp.contoso.com"


REQUIRED: dict[type[Any], dict[str, Any]] = {
    UmServer: {"fqdn": "um1.contoso.com", "major_version": 14},
    UmDialPlan: {"phone_context": "dp.contoso.com"},
}
"""The fields that each model cannot do without."""


class TestModels:
    """What the fields of dial plans and UM servers accept."""

    @pytest.mark.parametrize(
        ("model", "field", "value", "error"),
        [
            (UmServer, "fqdn", None, InvalidFqdn),
            (UmServer, "fqdn", 3, InvalidFqdn),
            (UmServer, "fqdn", "um1.contoso.com.", InvalidFqdn),
            (UmServer, "major_version", -1, InvalidValue),
            (UmServer, "major_version", 64, InvalidValue),
            (UmServer, "major_version", True, InvalidValue),
            (UmServer, "major_version", 14.0, InvalidValue),
            (UmServer, "major_version", "14", InvalidValue),
            (UmServer, "major_version", None, InvalidValue),
            (UmServer, "enabled", None, InvalidValue),
            (UmServer, "enabled", 1, InvalidValue),
            (UmDialPlan, "phone_context", None, InvalidName),
            (UmDialPlan, "phone_context", "", InvalidName),
            (UmDialPlan, "phone_context", "dp ", InvalidName),
            (UmDialPlan, "phone_context", "d\np", InvalidName),
            (UmDialPlan, "uri_type", "SipName", InvalidValue),
            (UmDialPlan, "uri_type", None, InvalidValue),
            (UmDialPlan, "um_servers", None, InvalidValue),
            (UmDialPlan, "um_servers", "um1.contoso.com", InvalidValue),
        ],
    )
    def test_malformed_values_are_refused(
        self, model: type[Any], field: str, value: Any, error: type[ExumRoutingError]
    ) -> None:
        """A value of another type, or no value of the type, is refused with value and place."""
        with pytest.raises(ExumRoutingError) as caught:
            model(**{**REQUIRED[model], field: value})
        assert (error, value) == (type(caught.value), caught.value.value)
        assert f"{model.__name__}.{field}" == caught.value.place

    def test_servers_are_servers(self) -> None:
        """A name does not stand for a server."""
        with pytest.raises(InvalidValue) as caught:
            UmDialPlan(phone_context="dp.contoso.com", um_servers=["um1.contoso.com"])  # type: ignore[list-item]
        assert caught.value.value == "um1.contoso.com"

    @pytest.mark.parametrize("version", [0, 63])
    def test_bounds_of_the_version(self, version: int) -> None:
        """The major version has six bits."""
        assert version == UmServer(fqdn="um1.contoso.com", major_version=version).major_version

    @pytest.mark.parametrize("second", ["um1.contoso.com", "UM1.Contoso.com"])
    def test_duplicate_servers_are_refused(self, second: str) -> None:
        """Two servers of one name, in any case, are refused by the name."""
        servers = [UmServer(fqdn=fqdn, major_version=14) for fqdn in ("um1.contoso.com", second)]
        with pytest.raises(DuplicateIdentity) as caught:
            UmDialPlan(phone_context="dp.contoso.com", um_servers=servers)
        assert (caught.value.value, caught.value.place) == ("um1.contoso.com", "UmDialPlan.um_servers")

    def test_values_are_frozen_hashable_and_picklable(self) -> None:
        """A dial plan cannot be changed; equal ones, in other case too, have equal hashes; a pickled one is equal."""
        one, other = plan((14, True)), plan((14, True), phone_context="DP.contoso.com")
        again = pickle.loads(pickle.dumps(one))  # noqa: S301 - what was pickled just now

        assert (one, hash(one), one.candidates) == (other, hash(other), (Fqdn("um0"),))
        assert (one, one.candidates) == (again, again.candidates)
        with pytest.raises(FrozenInstanceError):
            one.um_servers = ()  # type: ignore[misc]  # that is the point
