"""The routing decisions: what each holds, and that none can contradict itself."""

import itertools
import pickle
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from exum_routing import (
    Fqdn,
    HostedUm,
    HostedVoicemailPolicy,
    InvalidDecision,
    NotRouted,
    NotRoutedReason,
    OnPremisesUm,
    ProxyAddress,
    RoutingDecision,
    UmProxyAddress,
)

POLICY = HostedVoicemailPolicy(
    identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com", "corp.litwareinc.com")
)
BARE_POLICY = HostedVoicemailPolicy(identity="Global")
ONE, TWO = POLICY.organizations
UM_PROXY_ADDRESS = UmProxyAddress.parse("EUM:roy@contoso.com;phone-context=dp.contoso.com")
SMTP = ProxyAddress.parse("SMTP:roy@contoso.com")

DECISIONS: dict[str, RoutingDecision] = {
    "hosted": HostedUm(POLICY, POLICY.organizations, ("ROUTE-2", "POL-3", "URI-3")),
    "on-premises": OnPremisesUm(UM_PROXY_ADDRESS, (Fqdn("um1.contoso.com"),), ("ROUTE-4", "UM-1", "UM-2", "UM-3")),
    "no voice mail": NotRouted(NotRoutedReason.NO_VOICE_MAIL, None, None, ("ROUTE-5",)),
    "no Destination": NotRouted(NotRoutedReason.POLICY_WITHOUT_DESTINATION, BARE_POLICY, None, ("ROUTE-2", "ROUTE-6")),
    "no dial plan": NotRouted(NotRoutedReason.NO_DIAL_PLAN, None, UM_PROXY_ADDRESS, ("ROUTE-4", "UM-1", "UM-6")),
}
every_decision = pytest.mark.parametrize("decision", DECISIONS.values(), ids=DECISIONS)


class TestHostedUm:
    """A route to hosted UM, by a policy that names a Destination."""

    @pytest.mark.parametrize("organizations", [(ONE, TWO), (ONE,)], ids=["all", "the first"])
    def test_organizations_are_all_or_the_first(self, organizations: tuple[Fqdn, ...]) -> None:
        """All of the policy's organizations can be sent, or the first, and the Destination is the policy's."""
        decision = HostedUm(POLICY, organizations, ())

        assert organizations == decision.organizations
        assert decision.destination == "exap.um.outlook.com"

    @pytest.mark.parametrize("policy", [BARE_POLICY, None, "Global", POLICY.identity, 3], ids=str)
    def test_policy_must_name_a_destination(self, policy: Any) -> None:
        """What is no policy, or a policy without Destination, determines no route to hosted UM."""
        with pytest.raises(InvalidDecision) as caught:
            HostedUm(policy, (), ())
        assert policy is caught.value.value

    @pytest.mark.parametrize(
        "organizations",
        [(), (TWO,), (TWO, ONE), (ONE, TWO, ONE), (Fqdn("corp.fabrikam.com"),), [ONE, TWO], ONE, None],
        ids=["none", "the second", "other order", "more", "another's", "a list", "a text", "None"],
    )
    def test_other_organizations_are_refused(self, organizations: Any) -> None:
        """Organizations that are neither all of the policy's nor its first are refused."""
        with pytest.raises(InvalidDecision) as caught:
            HostedUm(POLICY, organizations, ())
        assert organizations is caught.value.value

    def test_policy_without_organization_sends_none(self) -> None:
        """Of a policy without Organization there is nothing to send, and nothing else can be."""
        policy = attrs.evolve(POLICY, organizations=())

        assert HostedUm(policy, (), ()).organizations == ()
        with pytest.raises(InvalidDecision):
            HostedUm(policy, (ONE,), ())


class TestOnPremisesUm:
    """A route to on-premises UM, by a UM proxy address."""

    @pytest.mark.parametrize("servers", [(), (Fqdn("um1"),), (Fqdn("um1"), Fqdn("um2"))], ids=len)
    def test_servers(self, servers: tuple[Fqdn, ...]) -> None:
        """Any number of servers may be named, and the dial plan is that of the proxy address."""
        decision = OnPremisesUm(UM_PROXY_ADDRESS, servers, ())

        assert (servers, "dp.contoso.com") == (decision.um_servers, decision.phone_context)

    @pytest.mark.parametrize("proxy_address", [SMTP, str(UM_PROXY_ADDRESS), None, POLICY], ids=str)
    def test_proxy_address_must_be_of_um(self, proxy_address: Any) -> None:
        """What is no UM proxy address determines no route to on-premises UM."""
        with pytest.raises(InvalidDecision) as caught:
            OnPremisesUm(proxy_address, (), ())
        assert proxy_address is caught.value.value

    @pytest.mark.parametrize("servers", [None, [Fqdn("um1")], ("um1",), (Fqdn("um1"), None), Fqdn("um1")], ids=repr)
    def test_servers_must_be_a_tuple_of_names(self, servers: Any) -> None:
        """UM servers that are no tuple of Fqdns are refused."""
        with pytest.raises(InvalidDecision) as caught:
            OnPremisesUm(UM_PROXY_ADDRESS, servers, ())
        assert servers is caught.value.value


GROUNDS: dict[NotRoutedReason, tuple[Any, Any]] = {
    NotRoutedReason.NO_VOICE_MAIL: (None, None),
    NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED: (None, None),
    NotRoutedReason.POLICY_WITHOUT_DESTINATION: (BARE_POLICY, None),
    NotRoutedReason.NO_DIAL_PLAN: (None, UM_PROXY_ADDRESS),
    NotRoutedReason.NO_UM_SERVER: (None, UM_PROXY_ADDRESS),
}
"""The policy and the proxy address that go with each reason."""
FOREIGN_GROUNDS = [
    pytest.param(reason, *given, id=f"{reason.name}-{type(given[0]).__name__}-{type(given[1]).__name__}")
    for reason in NotRoutedReason
    for given in itertools.product((None, BARE_POLICY, "Global"), (None, UM_PROXY_ADDRESS, str(UM_PROXY_ADDRESS)))
    if given != GROUNDS[reason]
]
"""Every other combination of none, the proper ground and its name."""


class TestNotRouted:
    """No route, for one reason that has its own grounds."""

    @pytest.mark.parametrize("reason", NotRoutedReason, ids=lambda reason: reason.name)
    def test_each_reason_has_its_own_grounds(self, reason: NotRoutedReason) -> None:
        """A reason goes with its own grounds, and they are kept."""
        policy, proxy_address = GROUNDS[reason]

        decision = NotRouted(reason, policy, proxy_address, ())

        assert (reason, policy, proxy_address) == (decision.reason, decision.policy, decision.proxy_address)

    @pytest.mark.parametrize("reason", NotRoutedReason, ids=lambda reason: reason.name)
    def test_a_reason_says_what_its_ground_is(self, reason: NotRoutedReason) -> None:
        """A reason names the kind of its ground, and is still found by its spelling on the wire."""
        own = [type(given) for given in GROUNDS[reason] if given is not None]

        assert own == ([] if reason.ground is None else [reason.ground])
        assert NotRoutedReason(reason.name) is reason

    @pytest.mark.parametrize(("reason", "policy", "proxy_address"), FOREIGN_GROUNDS)
    def test_other_grounds_are_refused(self, reason: NotRoutedReason, policy: Any, proxy_address: Any) -> None:
        """A reason goes with no other grounds; the first that does not fit is named."""
        wrong = [given for given, own in zip((policy, proxy_address), GROUNDS[reason], strict=True) if given is not own]

        with pytest.raises(InvalidDecision) as caught:
            NotRouted(reason, policy, proxy_address, ())
        assert wrong[0] is caught.value.value

    @pytest.mark.parametrize("reason", ["NO_VOICE_MAIL", None, 0], ids=repr)
    def test_reason_must_be_one(self, reason: Any) -> None:
        """What is no reason is refused, its spelling on the wire included."""
        with pytest.raises(InvalidDecision) as caught:
            NotRouted(reason, None, None, ())
        assert reason is caught.value.value

    def test_reasons_are_spelled_as_they_are_named(self) -> None:
        """The spelling of a reason on the wire is its name."""
        assert {reason.name: reason.value for reason in NotRoutedReason} == {name: name for name in NotRoutedReason.__members__}


@every_decision
def test_decisions_are_values(decision: RoutingDecision) -> None:
    """A decision is frozen, and its pickled copy is equal, with an equal hash."""
    again = pickle.loads(pickle.dumps(decision))  # noqa: S301 - what was pickled just now

    assert (decision, hash(decision)) == (again, hash(again))
    with pytest.raises(FrozenInstanceError):
        decision.clauses = ()  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(DECISIONS, 2)))
def test_decisions_on_other_grounds_differ(one: str, other: str) -> None:
    """Decisions on other grounds are not equal."""
    assert DECISIONS[one] != DECISIONS[other]


@every_decision
def test_clauses_are_part_of_a_decision(decision: RoutingDecision) -> None:
    """Decisions that differ in the clauses alone are not equal."""
    assert decision != attrs.evolve(decision, clauses=("ROUTE-7", *decision.clauses))


@pytest.mark.parametrize("clauses", [["ROUTE-5"], None, ("ROUTE-99",), (["ROUTE-5"],), "ROUTE-5"], ids=repr)
def test_clauses_are_ids_of_clauses(clauses: Any) -> None:
    """A decision names clauses in a tuple, and only clauses that exist."""
    with pytest.raises(InvalidDecision) as caught:
        NotRouted(NotRoutedReason.NO_VOICE_MAIL, None, None, clauses)
    assert caught.value.value == clauses
