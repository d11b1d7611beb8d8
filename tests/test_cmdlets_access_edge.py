"""The cmdlets of the Access Edge configuration."""

from typing import Any

import attrs
import pytest

from exum_routing import AccessEdgeConfiguration, Deployment, ExumRoutingError, HostingProvider, InvalidFqdn, InvalidValue
from exum_routing.cmdlets import CmdletResult, View, get_cs_access_edge_configuration, set_cs_access_edge_configuration
from exum_routing.errors import HostingProvidersInTheWay, ParametersExclude

AS_INSTALLED = AccessEdgeConfiguration()
DNS = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True, enable_partner_discovery=True)
DEFAULT = AccessEdgeConfiguration(allow_federated_users=True, default_route_fqdn="proxy.contoso.com")
ONLINE = HostingProvider(identity="Exchange Online", proxy_fqdn="exap.um.outlook.com")


def view_of(edge: AccessEdgeConfiguration | None, *providers: HostingProvider) -> View:
    """A deployment with this configuration."""
    return View(Deployment(edge=edge, providers=providers))


class TestCmd11:
    """Clause: CMD-11."""

    @pytest.mark.parametrize(
        "discovery", [{}, {"enable_partner_discovery": False}, {"enable_partner_discovery": True}], ids=str
    )
    def test_it_warns_of_dns_routing_without_partner_discovery(self, discovery: dict[str, Any]) -> None:
        """Where the page says both that it fails and that it does not; without the switch there is nothing to warn of."""
        warnings = set_cs_access_edge_configuration(view_of(None), use_dns_srv_routing=True, **discovery).warnings
        assert [one.partition(" may fail")[0] for one in warnings] == (
            [] if discovery else ["UseDnsSrvRouting without EnablePartnerDiscovery"]
        )
        assert set_cs_access_edge_configuration(view_of(DNS), allow_federated_users=True).warnings == ()

    @pytest.mark.parametrize(
        ("before", "parameters", "after"),
        [
            (None, {}, AS_INSTALLED),
            (None, {"allow_federated_users": True}, AccessEdgeConfiguration(allow_federated_users=True)),
            (
                None,
                {"use_dns_srv_routing": True, "allow_federated_users": True, "enable_partner_discovery": False},
                attrs.evolve(DNS, enable_partner_discovery=False),
            ),
            (DNS, {}, DNS),
            (DNS, {"use_dns_srv_routing": True}, DNS),
            (DNS, {"allow_federated_users": False}, attrs.evolve(DNS, allow_federated_users=False)),
            (
                DEFAULT,
                {"use_dns_srv_routing": True, "enable_partner_discovery": True},
                DNS,
            ),
            (DNS, {"use_default_routing": True, "default_route_fqdn": "PROXY.contoso.com"}, DEFAULT),
            (DEFAULT, {"allow_federated_users": True}, DEFAULT),
            (
                DEFAULT,
                {"use_default_routing": True, "default_route_fqdn": "b.contoso.com"},
                attrs.evolve(DEFAULT, default_route_fqdn="b.contoso.com"),
            ),
        ],
        ids=str,
    )
    def test_it_changes_what_is_given(
        self, before: AccessEdgeConfiguration | None, parameters: dict[str, Any], after: AccessEdgeConfiguration
    ) -> None:
        """It keeps the rest, but for what belongs to the other routing method; it prints nothing."""
        view = view_of(before)
        result = set_cs_access_edge_configuration(view, **parameters)
        assert result.output == ()
        assert view.after(result.changes).folded() == attrs.evolve(view.folded(), edge=after)

    @pytest.mark.parametrize(
        ("parameters", "value"),
        [
            (
                {"use_dns_srv_routing": True, "use_default_routing": True, "default_route_fqdn": "proxy"},
                "UseDnsSrvRouting, UseDefaultRouting",
            ),
            ({"enable_partner_discovery": True}, "EnablePartnerDiscovery"),
            ({"enable_partner_discovery": False}, "EnablePartnerDiscovery"),
            (
                {"use_default_routing": True, "default_route_fqdn": "proxy", "enable_partner_discovery": False},
                "EnablePartnerDiscovery",
            ),
            ({"use_default_routing": True}, "UseDefaultRouting, DefaultRouteFqdn"),
            ({"default_route_fqdn": "proxy"}, "UseDefaultRouting, DefaultRouteFqdn"),
            ({"use_dns_srv_routing": True, "default_route_fqdn": "proxy"}, "UseDefaultRouting, DefaultRouteFqdn"),
        ],
    )
    @pytest.mark.parametrize("before", [None, DNS, DEFAULT], ids=["none", "DNS SRV", "default"])
    def test_parameters_of_two_methods_are_refused(
        self, before: AccessEdgeConfiguration | None, parameters: dict[str, Any], value: str
    ) -> None:
        """Whatever the configuration was."""
        with pytest.raises(ParametersExclude) as caught:
            set_cs_access_edge_configuration(view_of(before), **parameters)
        assert caught.value.value == value

    def test_a_default_route_waits_for_the_last_provider(self) -> None:
        """A provider in the way is named; nothing else minds providers."""
        view = view_of(DNS, ONLINE)
        with pytest.raises(HostingProvidersInTheWay) as caught:
            set_cs_access_edge_configuration(view, use_default_routing=True, default_route_fqdn="proxy")
        assert caught.value.value == "Exchange Online"
        assert len(set_cs_access_edge_configuration(view, use_dns_srv_routing=True).changes) == 1
        assert len(set_cs_access_edge_configuration(view, allow_federated_users=True).changes) == 1

    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            ({"use_default_routing": True, "default_route_fqdn": "."}, InvalidFqdn),
            ({"use_default_routing": True, "default_route_fqdn": None}, InvalidFqdn),
            ({"allow_federated_users": 1}, InvalidValue),
            ({"allow_federated_users": None}, InvalidValue),
            ({"use_dns_srv_routing": True, "enable_partner_discovery": None}, InvalidValue),
            ({"use_dns_srv_routing": 1}, InvalidValue),
            ({"use_default_routing": "yes", "default_route_fqdn": "proxy"}, InvalidValue),
        ],
    )
    def test_malformed_values_are_refused(self, parameters: dict[str, Any], error: type[ExumRoutingError]) -> None:
        """Flags are flags, and the route is an FQDN."""
        with pytest.raises(error):
            set_cs_access_edge_configuration(view_of(None), **parameters)

    @pytest.mark.parametrize(("edge", "wanted"), [(None, AS_INSTALLED), (DNS, DNS)], ids=["not given", "given"])
    def test_get_prints_the_one_configuration(
        self, edge: AccessEdgeConfiguration | None, wanted: AccessEdgeConfiguration
    ) -> None:
        """As installed, where it was not given."""
        assert get_cs_access_edge_configuration(view_of(edge)) == CmdletResult(output=(wanted,))
