"""Whether a call to hosted UM crosses the Edge: the next hop, or every fault that keeps it from crossing."""

import enum
from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import EdgeConfiguration, HostingProvider
from exum_routing.errors import InvalidValue
from exum_routing.fields import checked, instances
from exum_routing.sip import HIGHEST_PORT, Fqdn

EDGE_PORT: Final = 5061
"""The TCP port, with TLS, on which the Edge reaches a hosting provider. Clauses: EDGE-6."""


class EdgeFault(enum.Enum):
    """A reason why a call does not cross the Edge, in the order in which they are listed. Clauses: EDGE-7."""

    NO_CONFIGURATION = "NO_CONFIGURATION"
    """The Edge was never given the configuration (REPL-2)."""
    NOT_DNS_SRV_ROUTING = "NOT_DNS_SRV_ROUTING"
    """Default routing: hosting providers cannot be used (EDGE-1)."""
    FEDERATION_NOT_ALLOWED = "FEDERATION_NOT_ALLOWED"
    """AllowFederatedUsers is False (EDGE-2)."""
    NO_HOSTING_PROVIDER = "NO_HOSTING_PROVIDER"
    """No provider's ProxyFqdn is the Destination (EDGE-6)."""
    PROVIDER_DISABLED = "PROVIDER_DISABLED"
    """Enabled is False (EDGE-4)."""
    NOT_SHARED_ADDRESS_SPACE = "NOT_SHARED_ADDRESS_SPACE"
    """EnabledSharedAddressSpace is False (EDGE-4)."""
    HOSTS_OCS_USERS = "HOSTS_OCS_USERS"
    """HostsOCSUsers is True (EDGE-4)."""
    IS_LOCAL = "IS_LOCAL"
    """IsLocal is True (EDGE-4)."""


def _port(value: int) -> int:
    if type(value) is not int or not 1 <= value <= HIGHEST_PORT:
        raise InvalidValue(value, f"is no port: give a whole number from 1 to {HIGHEST_PORT}")
    return value


def _faults(values: Sequence[EdgeFault]) -> tuple[EdgeFault, ...]:
    faults = instances(values, EdgeFault)
    if not faults:
        raise InvalidValue(values, "is no reason to refuse: give at least one fault")
    return faults


@attrs.frozen(field_transformer=checked)
class EdgeRoute:
    """The call crosses the Edge, over TLS, to this next hop.

    Raises:
        InvalidValue: The provider is not a HostingProvider, or the port is not from 1 to 65535.
        InvalidFqdn: The host is no FQDN.

    Clauses: EDGE-6
    """

    provider: HostingProvider
    """The hosting provider that the Destination names."""
    host: Fqdn = attrs.field(converter=Fqdn)
    """The provider's proxy server."""
    port: int = attrs.field(converter=_port)
    """The TCP port at the proxy server, 1 to 65535."""


@attrs.frozen(field_transformer=checked)
class EdgeRefusal:
    """The call does not cross the Edge.

    Raises:
        InvalidValue: The faults are no tuple of faults, or there is none.

    Clauses: EDGE-7
    """

    faults: tuple[EdgeFault, ...] = attrs.field(converter=_faults)
    """Every reason, in the order of ``EdgeFault``; at least one."""


EdgeDecision: TypeAlias = EdgeRoute | EdgeRefusal
"""What the Edge does with a call to hosted UM."""


@names_wrong_types
def route_at_edge(destination: Fqdn | None, configuration: EdgeConfiguration | None) -> EdgeDecision:
    """Whether and where a call to this Destination crosses the Edge.

    EnablePartnerDiscovery and VerificationLevel do not matter.

    Args:
        destination: What the policy names; None: nothing, for which there is no provider.
        configuration: What the Edge works from; None: it was never given any.

    Clauses: EDGE-0, EDGE-1, EDGE-2, EDGE-3, EDGE-4, EDGE-6, EDGE-7, REPL-2

    >>> from exum_routing import AccessEdgeConfiguration
    >>> edge = EdgeConfiguration(access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True))
    >>> [fault.name for fault in route_at_edge(Fqdn("exap.um.outlook.com"), edge).faults]
    ['FEDERATION_NOT_ALLOWED', 'NO_HOSTING_PROVIDER']
    """
    if configuration is None:
        return EdgeRefusal((EdgeFault.NO_CONFIGURATION,))
    access_edge = configuration.access_edge
    faults = []
    if not access_edge.use_dns_srv_routing:
        faults.append(EdgeFault.NOT_DNS_SRV_ROUTING)
    if not access_edge.allow_federated_users:
        faults.append(EdgeFault.FEDERATION_NOT_ALLOWED)
    provider = None if destination is None else configuration.provider(destination)
    if provider is None:
        return EdgeRefusal((*faults, EdgeFault.NO_HOSTING_PROVIDER))
    faults += provider_faults(provider)
    return EdgeRefusal(tuple(faults)) if faults else EdgeRoute(provider, provider.proxy_fqdn, EDGE_PORT)


@names_wrong_types
def provider_faults(provider: HostingProvider) -> tuple[EdgeFault, ...]:
    """What keeps a hosting provider from being the next hop to hosted UM, in the order of ``EdgeFault``.

    Clauses: EDGE-4
    """
    conditions = (
        (not provider.enabled, EdgeFault.PROVIDER_DISABLED),
        (not provider.enabled_shared_address_space, EdgeFault.NOT_SHARED_ADDRESS_SPACE),
        (provider.hosts_ocs_users, EdgeFault.HOSTS_OCS_USERS),
        (provider.is_local, EdgeFault.IS_LOCAL),
    )
    return tuple(fault for holds, fault in conditions if holds)
