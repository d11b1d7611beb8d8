"""Set- and Get-CsAccessEdgeConfiguration."""

from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets.change import changed_access_edge
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven, given
from exum_routing.cmdlets.view import View
from exum_routing.deployment import AccessEdgeConfiguration
from exum_routing.errors import HostingProvidersInTheWay, ParametersExclude
from exum_routing.fields import flag
from exum_routing.sip import Fqdn

_NO_DISCOVERY: Final = (
    "UseDnsSrvRouting without EnablePartnerDiscovery may fail: the text of the cmdlet's page says that it is required then, "
    "the page's parameter data that it is not. Give EnablePartnerDiscovery too."
)


@names_wrong_types
def set_cs_access_edge_configuration(  # noqa: PLR0913 - the cmdlet's parameters
    view: View,
    *,
    use_dns_srv_routing: bool = False,
    use_default_routing: bool = False,
    allow_federated_users: bool | NotGiven = NOT_GIVEN,
    enable_partner_discovery: bool | NotGiven = NOT_GIVEN,
    default_route_fqdn: str | NotGiven = NOT_GIVEN,
) -> CmdletResult:
    """Set-CsAccessEdgeConfiguration: changes what is given of the one Access Edge configuration, and keeps the rest.

    It warns of UseDnsSrvRouting without EnablePartnerDiscovery: the page says of it both that it fails and that it does not.

    Args:
        view: The deployment.
        use_dns_srv_routing: The switch for DNS SRV routing.
        use_default_routing: The switch for default routing.
        allow_federated_users: Whether users may communicate with federated and split-domain users.
        enable_partner_discovery: Whether partner domains are looked up in DNS; only with ``use_dns_srv_routing``.
        default_route_fqdn: The proxy of default routing; only, and always, with ``use_default_routing``.

    Raises:
        ParametersExclude: Parameters of both routing methods, or one without its method.
        HostingProvidersInTheWay: A default route while there are hosting providers.
        InvalidFqdn: The default route is no FQDN.
        InvalidValue: A flag is none.

    Clauses: CMD-11, EDGE-1, EDGE-3

    >>> from exum_routing.deployment import Deployment
    >>> result = set_cs_access_edge_configuration(View(Deployment()), use_dns_srv_routing=True, allow_federated_users=True)
    >>> result.changes[0].value.allow_federated_users
    True
    """
    for switch in (use_dns_srv_routing, use_default_routing):
        flag(switch)
    if use_dns_srv_routing and use_default_routing:
        raise ParametersExclude("UseDnsSrvRouting, UseDefaultRouting", "exclude each other: give one routing method")
    if not isinstance(enable_partner_discovery, NotGiven) and not use_dns_srv_routing:
        raise ParametersExclude("EnablePartnerDiscovery", "goes with UseDnsSrvRouting only: give UseDnsSrvRouting too")
    if use_default_routing is isinstance(default_route_fqdn, NotGiven):
        raise ParametersExclude("UseDefaultRouting, DefaultRouteFqdn", "go together: give both, or neither")
    provider = next(iter(view.providers), None) if use_default_routing else None
    if provider is not None:
        raise HostingProvidersInTheWay(
            provider.identity, "is a hosting provider: remove every hosting provider before a default route is set"
        )
    changes = given(
        allow_federated_users=allow_federated_users,
        enable_partner_discovery=enable_partner_discovery,
        default_route_fqdn=default_route_fqdn if isinstance(default_route_fqdn, NotGiven) else Fqdn(default_route_fqdn),
    )
    if use_dns_srv_routing:
        changes |= {"use_dns_srv_routing": True, "default_route_fqdn": None}
    if use_default_routing:
        changes |= {"use_dns_srv_routing": False, "enable_partner_discovery": False}
    before = view.access_edge or AccessEdgeConfiguration()
    is_missing = use_dns_srv_routing and isinstance(enable_partner_discovery, NotGiven)
    return CmdletResult(
        warnings=(_NO_DISCOVERY,) if is_missing else (), changes=(changed_access_edge(attrs.evolve(before, **changes)),)
    )


@names_wrong_types
def get_cs_access_edge_configuration(view: View) -> CmdletResult:
    """Get-CsAccessEdgeConfiguration: the one Access Edge configuration; as installed, where it was not given.

    Clauses: CMD-11
    """
    return CmdletResult(output=(view.access_edge or AccessEdgeConfiguration(),))
