"""The shared SIP address space: which calls cross the Edge, and what its settings and hosting providers may be."""

import itertools
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    AccessEdgeConfiguration,
    DuplicateIdentity,
    EdgeConfiguration,
    EdgeDecision,
    EdgeFault,
    EdgeRefusal,
    EdgeReplica,
    EdgeRoute,
    ExumRoutingError,
    Fqdn,
    HostingProvider,
    InvalidAccessEdgeConfiguration,
    InvalidFqdn,
    InvalidName,
    InvalidValue,
    VerificationLevel,
    route_at_edge,
)
from exum_routing.deployment import unique_providers
from exum_routing.routing import EDGE_PORT, provider_faults

DESTINATION = Fqdn("exap.um.outlook.com")


class Setting(NamedTuple):
    """Every flag that bears on a call at the Edge, with whether the Destination has a hosting provider at all."""

    dns_srv: bool
    federated: bool
    known: bool
    enabled: bool
    shared: bool
    ocs: bool
    local: bool

    def configuration(
        self, *, discovery: bool = False, level: VerificationLevel = VerificationLevel.USE_SOURCE_VERIFICATION
    ) -> EdgeConfiguration:
        """The Edge with these flags, and with another provider that has none of the faults."""
        provider = HostingProvider(
            identity="Hosted Exchange UM",
            enabled=self.enabled,
            enabled_shared_address_space=self.shared,
            hosts_ocs_users=self.ocs,
            proxy_fqdn=DESTINATION,
            is_local=self.local,
            verification_level=level,
        )
        other = HostingProvider(identity="Other", enabled=True, enabled_shared_address_space=True, proxy_fqdn="um.fabrikam.com")
        edge = AccessEdgeConfiguration(
            use_dns_srv_routing=self.dns_srv, allow_federated_users=self.federated, enable_partner_discovery=discovery
        )
        return EdgeConfiguration(access_edge=edge, providers=(other, provider) if self.known else (other,))

    def decide(self, *, discovery: bool = False) -> EdgeDecision:
        """What the Edge does with a call to the Destination."""
        return route_at_edge(DESTINATION, self.configuration(discovery=discovery))

    @property
    def faults(self) -> list[str]:
        """Names of the faults that the clauses see in this setting, in their order."""
        seen = {
            "NOT_DNS_SRV_ROUTING": not self.dns_srv,
            "FEDERATION_NOT_ALLOWED": not self.federated,
            "NO_HOSTING_PROVIDER": not self.known,
            "PROVIDER_DISABLED": self.known and not self.enabled,
            "NOT_SHARED_ADDRESS_SPACE": self.known and not self.shared,
            "HOSTS_OCS_USERS": self.known and self.ocs,
            "IS_LOCAL": self.known and self.local,
        }
        return [fault for fault, holds in seen.items() if holds]

    def __str__(self) -> str:
        """The names of the flags that are set."""
        return "+".join(flag for flag, is_set in self._asdict().items() if is_set) or "nothing"


SETTINGS = [Setting(*flags) for flags in itertools.product((False, True), repeat=7)]
"""All 128 of them."""
RECIPE = Setting(dns_srv=True, federated=True, known=True, enabled=True, shared=True, ocs=False, local=False)
"""What the source tells the administrator to set."""


def provider(identity: str = "Hosted Exchange UM", proxy_fqdn: str = DESTINATION) -> HostingProvider:
    """A hosting provider with every default of the cmdlet."""
    return HostingProvider(identity=identity, proxy_fqdn=proxy_fqdn)


def faults(decision: EdgeDecision) -> list[str]:
    """Names of the faults of a decision; of a route, none."""
    return [fault.name for fault in decision.faults] if isinstance(decision, EdgeRefusal) else []


class TestEdge0:
    """Clause: EDGE-0."""

    def test_recipe_crosses(self) -> None:
        """With every setting as the source has it, the call crosses."""
        assert isinstance(RECIPE.decide(), EdgeRoute)

    @pytest.mark.parametrize("flag", Setting._fields)
    def test_each_condition_is_needed(self, flag: str) -> None:
        """A recipe with one flag the other way does not let the call cross, for one fault."""
        decision = RECIPE._replace(**{flag: not getattr(RECIPE, flag)}).decide()

        assert isinstance(decision, EdgeRefusal)
        assert len(decision.faults) == 1


class TestEdge1:
    """Clause: EDGE-1."""

    @pytest.mark.parametrize("setting", [setting for setting in SETTINGS if not setting.dns_srv], ids=str)
    def test_default_routing_stops_every_call(self, setting: Setting) -> None:
        """Without DNS SRV routing no call crosses, and that is the first fault."""
        assert faults(setting.decide())[:1] == ["NOT_DNS_SRV_ROUTING"]

    def test_default_route_goes_with_default_routing(self) -> None:
        """A default route is held in lower case where DNS SRV routing is off."""
        assert AccessEdgeConfiguration(default_route_fqdn="Proxy.Contoso.com").default_route_fqdn == "proxy.contoso.com"

    def test_default_route_excludes_dns_srv_routing(self) -> None:
        """A default route beside DNS SRV routing is refused by the parameter's name."""
        with pytest.raises(InvalidAccessEdgeConfiguration) as caught:
            AccessEdgeConfiguration(default_route_fqdn="proxy.contoso.com", use_dns_srv_routing=True)
        assert caught.value.value == "DefaultRouteFqdn"


class TestEdge2:
    """Clause: EDGE-2."""

    @pytest.mark.parametrize("setting", SETTINGS, ids=str)
    def test_false_stops_the_call(self, setting: Setting) -> None:
        """The fault is listed exactly where federated users are not allowed."""
        assert (not setting.federated) is ("FEDERATION_NOT_ALLOWED" in faults(setting.decide()))


class TestEdge3:
    """Clause: EDGE-3."""

    @pytest.mark.parametrize("setting", [setting for setting in SETTINGS if setting.dns_srv], ids=str)
    def test_no_call_depends_on_it(self, setting: Setting) -> None:
        """Partner discovery changes no decision, and no list of faults."""
        assert setting.decide(discovery=False) == setting.decide(discovery=True)

    @pytest.mark.parametrize("federated", [False, True])
    def test_needs_dns_srv_routing(self, federated: bool) -> None:
        """Partner discovery beside default routing is refused by the parameter's name."""
        with pytest.raises(InvalidAccessEdgeConfiguration) as caught:
            AccessEdgeConfiguration(enable_partner_discovery=True, allow_federated_users=federated)
        assert caught.value.value == "EnablePartnerDiscovery"

    def test_is_off_unless_set(self) -> None:
        """Access Edge settings that say nothing have every flag off and no default route."""
        assert attrs.astuple(AccessEdgeConfiguration()) == (False, False, False, None)


class TestEdge4:
    """Clause: EDGE-4."""

    @pytest.mark.parametrize("setting", [s for s in SETTINGS if s.dns_srv and s.federated and s.known], ids=str)
    def test_each_combination(self, setting: Setting) -> None:
        """All sixteen combinations of a provider's four flags give the faults that the clause says, and no other."""
        found = setting.configuration().provider(DESTINATION)

        assert found is not None
        assert setting.faults == [fault.name for fault in provider_faults(found)]

    def test_a_new_provider_is_not_ready(self) -> None:
        """A provider with the cmdlet's defaults is disabled and outside the shared address space."""
        assert provider_faults(provider()) == (EdgeFault.PROVIDER_DISABLED, EdgeFault.NOT_SHARED_ADDRESS_SPACE)


class TestEdge5:
    """Clause: EDGE-5."""

    @pytest.mark.parametrize(
        ("second", "value"),
        [
            pytest.param(provider("Hosted Exchange UM", "um.fabrikam.com"), "Hosted Exchange UM", id="same Identity"),
            pytest.param(provider("HOSTED exchange um", "um.fabrikam.com"), "HOSTED exchange um", id="Identity in other case"),
            pytest.param(provider("Other", "exap.um.outlook.com"), "exap.um.outlook.com", id="same ProxyFqdn"),
            pytest.param(provider("Other", "EXAP.um.outlook.com"), "exap.um.outlook.com", id="ProxyFqdn in other case"),
            pytest.param(provider(), "Hosted Exchange UM", id="both"),
        ],
    )
    def test_duplicates_are_refused(self, second: HostingProvider, value: str) -> None:
        """Two providers with one Identity or one ProxyFqdn, in any case, are refused by that value."""
        with pytest.raises(DuplicateIdentity) as caught:
            EdgeConfiguration(access_edge=AccessEdgeConfiguration(), providers=[provider(), second])
        assert (caught.value.value, caught.value.place) == (value, "EdgeConfiguration.providers")

    def test_the_same_provider_twice_is_a_duplicate(self) -> None:
        """One provider given twice is refused as two equal ones are."""
        one = provider()
        with pytest.raises(DuplicateIdentity):
            unique_providers((one, one))

    @given(st.lists(st.integers(0, 9), unique=True))
    def test_distinct_ones_keep_their_order(self, numbers: list[int]) -> None:
        """Providers that differ in both are kept, in their order."""
        providers = [provider(f"Provider {number}", f"um{number}.contoso.com") for number in numbers]

        assert unique_providers(providers) == tuple(providers)

    def test_case_does_not_make_an_identity_another(self) -> None:
        """Identities keep their spelling and are equal in any case; ß and ss stay two."""
        assert provider("Straße") == provider("STRAßE")
        assert provider("Straße") != provider("Strasse")

    def test_proxy_fqdn_cannot_be_modified(self) -> None:
        """A provider's ProxyFqdn cannot be assigned."""
        with pytest.raises(FrozenInstanceError):
            provider().proxy_fqdn = Fqdn("um.fabrikam.com")  # type: ignore[misc]  # that is the point


class TestEdge6:
    """Clause: EDGE-6."""

    @pytest.mark.parametrize("destination", ["exap.um.outlook.com", "Exap.UM.Outlook.com"])
    def test_next_hop(self, destination: str) -> None:
        """The next hop is the matching provider's ProxyFqdn at port 5061, whatever the case of the Destination."""
        configuration = RECIPE.configuration()

        decision = route_at_edge(Fqdn(destination), configuration)

        assert EdgeRoute(configuration.providers[1], DESTINATION, 5061) == decision
        assert EDGE_PORT == 5061

    @given(numbers=st.lists(st.integers(0, 9), unique=True), asked=st.integers(0, 9))
    def test_provider_is_found_by_proxy_fqdn_alone(self, numbers: list[int], asked: int) -> None:
        """The provider of a Destination is the one with that ProxyFqdn, whatever its Identity, or none."""
        destination = Fqdn(f"um{asked}.contoso.com")
        providers = [provider(f"um{9 - number}.contoso.com", f"um{number}.contoso.com") for number in numbers]
        configuration = EdgeConfiguration(access_edge=AccessEdgeConfiguration(), providers=providers)

        found = configuration.provider(destination)

        assert [one for one in providers if one.proxy_fqdn == destination] == ([] if found is None else [found])


class TestEdge7:
    """Clause: EDGE-7."""

    @pytest.mark.parametrize("setting", SETTINGS, ids=str)
    def test_every_setting(self, setting: Setting) -> None:
        """In all 128 settings every fault is listed, in order, and the call crosses exactly where there is none."""
        decision = setting.decide()

        assert setting.faults == faults(decision)
        assert (not setting.faults) is isinstance(decision, EdgeRoute)

    def test_order_is_that_of_the_faults(self) -> None:
        """The fixed order is the order in which ``EdgeFault`` names them."""
        assert [fault.name for fault in EdgeFault] == [
            "NO_CONFIGURATION",
            "NOT_DNS_SRV_ROUTING",
            "FEDERATION_NOT_ALLOWED",
            "NO_HOSTING_PROVIDER",
            "PROVIDER_DISABLED",
            "NOT_SHARED_ADDRESS_SPACE",
            "HOSTS_OCS_USERS",
            "IS_LOCAL",
        ]


class TestEdge8:
    """Clause: EDGE-8."""

    def test_default(self) -> None:
        """A provider that says nothing has AlwaysVerifiable."""
        assert provider().verification_level is VerificationLevel.ALWAYS_VERIFIABLE

    def test_spelling(self) -> None:
        """The levels are spelled as the cmdlet spells them."""
        assert {level.value for level in VerificationLevel} == {
            "AlwaysVerifiable",
            "AlwaysUnverifiable",
            "UseSourceVerification",
        }

    @pytest.mark.parametrize("level", VerificationLevel, ids=lambda level: level.value)
    def test_stops_no_call(self, level: VerificationLevel) -> None:
        """A level other than the recipe's is no fault."""
        assert isinstance(route_at_edge(DESTINATION, RECIPE.configuration(level=level)), EdgeRoute)


REQUIRED: dict[type[Any], dict[str, Any]] = {
    AccessEdgeConfiguration: {},
    HostingProvider: {"identity": "Hosted Exchange UM", "proxy_fqdn": DESTINATION},
    EdgeConfiguration: {"access_edge": AccessEdgeConfiguration()},
}
"""The fields that each model cannot do without."""


class TestModels:
    """What the fields of the Edge's models accept."""

    @pytest.mark.parametrize("value", [None, 1, 0, "True", "", (), 3.0], ids=repr)
    @pytest.mark.parametrize(
        ("model", "flag"),
        [
            (AccessEdgeConfiguration, "use_dns_srv_routing"),
            (AccessEdgeConfiguration, "allow_federated_users"),
            (AccessEdgeConfiguration, "enable_partner_discovery"),
            (HostingProvider, "enabled"),
            (HostingProvider, "enabled_shared_address_space"),
            (HostingProvider, "hosts_ocs_users"),
            (HostingProvider, "is_local"),
        ],
    )
    def test_flags_are_true_or_false(self, model: type[Any], flag: str, value: Any) -> None:
        """A flag takes True and False, and nothing that merely counts as one."""
        with pytest.raises(InvalidValue) as caught:
            model(**{**REQUIRED[model], flag: value})
        assert (value, f"{model.__name__}.{flag}") == (caught.value.value, caught.value.place)

    @pytest.mark.parametrize(
        ("model", "field", "value", "error"),
        [
            (AccessEdgeConfiguration, "default_route_fqdn", 3, InvalidFqdn),
            (AccessEdgeConfiguration, "default_route_fqdn", "", InvalidFqdn),
            (HostingProvider, "identity", "", InvalidName),
            (HostingProvider, "identity", " x", InvalidName),
            (HostingProvider, "identity", "x\r\ny", InvalidName),
            (HostingProvider, "identity", None, InvalidName),
            (HostingProvider, "proxy_fqdn", None, InvalidFqdn),
            (HostingProvider, "proxy_fqdn", "a..b", InvalidFqdn),
            (HostingProvider, "verification_level", "AlwaysVerifiable", InvalidValue),
            (HostingProvider, "verification_level", None, InvalidValue),
            (EdgeConfiguration, "access_edge", None, InvalidValue),
            (EdgeConfiguration, "access_edge", True, InvalidValue),
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

    @pytest.mark.parametrize(
        ("providers", "value"),
        [
            (None, None),
            ("", ""),
            (provider(), provider()),
            (["Hosted Exchange UM"], "Hosted Exchange UM"),
            ((provider(), None), None),
        ],
        ids=["None", "text", "a provider", "names", "None inside"],
    )
    def test_providers_are_a_tuple_of_providers(self, providers: Any, value: Any) -> None:
        """Providers come as a tuple or list of providers, and of nothing else."""
        with pytest.raises(InvalidValue) as caught:
            EdgeConfiguration(access_edge=AccessEdgeConfiguration(), providers=providers)
        assert (value, "EdgeConfiguration.providers") == (caught.value.value, caught.value.place)

    @pytest.mark.parametrize("setting", SETTINGS[::16], ids=str)
    def test_configuration_is_hashable_and_picklable(self, setting: Setting) -> None:
        """Equal configurations have equal hashes, and a pickled one is equal and decides alike."""
        one, other = setting.configuration(), setting.configuration()
        again = pickle.loads(pickle.dumps(one))  # noqa: S301 - what was pickled just now

        assert (one, hash(one)) == (other, hash(other)) == (again, hash(again))
        assert route_at_edge(DESTINATION, one) == route_at_edge(DESTINATION, again)


PROVIDER = HostingProvider(identity="P", proxy_fqdn="p")


@pytest.mark.parametrize(
    ("make", "error", "place", "value"),
    [
        (lambda: EdgeRefusal(()), InvalidValue, "EdgeRefusal.faults", ()),
        (lambda: EdgeRefusal(("IS_LOCAL",)), InvalidValue, "EdgeRefusal.faults", "IS_LOCAL"),  # type: ignore[arg-type]
        (lambda: EdgeRoute("provider", "p", 5061), InvalidValue, "EdgeRoute.provider", "provider"),  # type: ignore[arg-type]
        (lambda: EdgeRoute(PROVIDER, "p;q", 5061), InvalidFqdn, "EdgeRoute.host", "p;q"),
        (lambda: EdgeRoute(PROVIDER, "p", 0), InvalidValue, "EdgeRoute.port", 0),
        (lambda: EdgeRoute(PROVIDER, "p", 65_536), InvalidValue, "EdgeRoute.port", 65_536),
        (lambda: EdgeRoute(PROVIDER, "p", True), InvalidValue, "EdgeRoute.port", True),
        (
            lambda: EdgeConfiguration(access_edge=None),  # type: ignore[arg-type]
            InvalidValue,
            "EdgeConfiguration.access_edge",
            None,
        ),
    ],
    ids=["no fault", "no member", "no provider", "no host", "port 0", "port too high", "no number", "no settings"],
)
def test_edge_decisions_are_valid(make: Callable[[], object], error: type[ExumRoutingError], place: str, value: object) -> None:
    """What the Edge decides is made of its own parts, and what is not is named with its place."""
    with pytest.raises(error) as caught:
        make()
    assert (caught.value.place, caught.value.value) == (place, value)


@pytest.mark.parametrize("port", [1, 65_535])
def test_every_port_may_be_the_next_hops(port: int) -> None:
    """The lowest and the highest port are ports."""
    assert port == EdgeRoute(PROVIDER, "p", port).port


def test_a_replica_of_nothing() -> None:
    """Nothing said, neither the Edge Server's name is known nor was it given any configuration."""
    assert (EdgeReplica().fqdn, EdgeReplica().configuration) == (None, None)


def test_a_replica_is_a_value() -> None:
    """It holds a name in lower case and a configuration, and comes back from pickle equal."""
    replica = EdgeReplica(fqdn="Edge.Contoso.com", configuration=RECIPE.configuration())
    assert (replica.fqdn, replica.configuration) == ("edge.contoso.com", RECIPE.configuration())
    assert replica == pickle.loads(pickle.dumps(replica))  # noqa: S301 - its own pickle
    assert len({replica, EdgeReplica(), EdgeReplica(fqdn="edge.contoso.com")}) == 3
    with pytest.raises(FrozenInstanceError):
        replica.fqdn = None  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("fqdn", "edge contoso", InvalidFqdn),
        ("fqdn", "", InvalidFqdn),
        ("configuration", False, InvalidValue),
        ("configuration", AccessEdgeConfiguration(), InvalidValue),
    ],
)
def test_a_replica_is_of_an_edge_configuration(field: str, value: Any, error: type[ExumRoutingError]) -> None:
    """Anything else is refused, and named."""
    with pytest.raises(error) as caught:
        EdgeReplica(**{field: value})
    assert (caught.value.place, caught.value.value) == (f"EdgeReplica.{field}", value)
