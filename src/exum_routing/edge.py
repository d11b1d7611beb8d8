"""The shared SIP address space: Access Edge settings, hosting providers, and whether a call crosses the Edge.

Hosted UM is reached across the Edge Server, which takes the hosting provider whose ProxyFqdn is the policy's Destination as
the next hop. A call that cannot cross is refused with every fault at once.
"""

import enum
from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs

from exum_routing.errors import DuplicateIdentity, InvalidAccessEdgeConfiguration, InvalidValue
from exum_routing.fields import flag, instances, member, name, placed
from exum_routing.sip import HIGHEST_PORT, Fqdn, optional_fqdn

EDGE_PORT: Final = 5061
"""The TCP port, with TLS, on which the Edge reaches a hosting provider. Clauses: EDGE-6."""


@attrs.frozen(kw_only=True, field_transformer=placed)
class AccessEdgeConfiguration:
    """What Set-CsAccessEdgeConfiguration sets, as far as it bears on hosted UM.

    Raises:
        InvalidValue: A flag is neither True nor False.
        InvalidFqdn: The default route is no FQDN.
        InvalidAccessEdgeConfiguration: A setting of one routing method beside the other method.

    Clauses: EDGE-1, EDGE-2, EDGE-3
    """

    use_dns_srv_routing: bool = attrs.field(default=False, converter=flag)
    """Whether the Edge relies on DNS SRV records for federation; False: default routing."""
    allow_federated_users: bool = attrs.field(default=False, converter=flag)
    """Whether users may communicate with federated and split-domain users."""
    enable_partner_discovery: bool = attrs.field(default=False, converter=flag)
    """Whether partner domains that are not on the allowed list are looked up in DNS; only with DNS SRV routing."""
    default_route_fqdn: Fqdn | None = attrs.field(default=None, converter=optional_fqdn)
    """The proxy that default routing sends everything to; only without DNS SRV routing; None: not known."""

    def __attrs_post_init__(self) -> None:
        """One routing method only."""
        if self.enable_partner_discovery and not self.use_dns_srv_routing:
            raise InvalidAccessEdgeConfiguration(
                "EnablePartnerDiscovery", "goes with UseDnsSrvRouting only: set UseDnsSrvRouting too, or leave it False"
            )
        if self.default_route_fqdn is not None and self.use_dns_srv_routing:
            raise InvalidAccessEdgeConfiguration(
                "DefaultRouteFqdn", "goes with default routing only: leave it out, or set UseDnsSrvRouting to False"
            )


class VerificationLevel(enum.Enum):
    """How the Edge verifies messages of a hosting provider; the value is the cmdlet's spelling. Clauses: EDGE-8."""

    ALWAYS_VERIFIABLE = "AlwaysVerifiable"
    """Every user is taken as verified."""
    ALWAYS_UNVERIFIABLE = "AlwaysUnverifiable"
    """No user is taken as verified."""
    USE_SOURCE_VERIFICATION = "UseSourceVerification"
    """As the message itself says; the recipe for hosted UM."""


def _verification_level(value: VerificationLevel) -> VerificationLevel:
    return member(value, VerificationLevel)


@attrs.frozen(kw_only=True, field_transformer=placed)
class HostingProvider:
    """A hosting provider, as New-CsHostingProvider makes it.

    Raises:
        InvalidName: The identity is empty or has blanks around it.
        InvalidFqdn: ProxyFqdn is no FQDN.
        InvalidValue: A flag is neither True nor False, or the verification level is none.

    Clauses: EDGE-4, EDGE-5, EDGE-8, NAME-6
    """

    identity: str = attrs.field(converter=name, eq=str.lower)
    """Its name, in its own spelling; unique without case."""
    enabled: bool = attrs.field(default=False, converter=flag)
    """Whether the network connection to the provider is enabled."""
    enabled_shared_address_space: bool = attrs.field(default=False, converter=flag)
    """Whether the provider is used in a shared SIP address space."""
    hosts_ocs_users: bool = attrs.field(default=False, converter=flag)
    """Whether the provider hosts Skype for Business Server accounts."""
    proxy_fqdn: Fqdn = attrs.field(converter=Fqdn)
    """The FQDN of the provider's proxy server; unique."""
    is_local: bool = attrs.field(default=False, converter=flag)
    """Whether the proxy server stands within the deployment's own topology."""
    verification_level: VerificationLevel = attrs.field(
        default=VerificationLevel.ALWAYS_VERIFIABLE, converter=_verification_level
    )
    """How messages from the provider are verified; never changes a route."""


def unique_providers(providers: Sequence[HostingProvider]) -> tuple[HostingProvider, ...]:
    """The providers, once it is certain that no two share an Identity or a ProxyFqdn.

    Raises:
        DuplicateIdentity: Two of them do.
        InvalidValue: They are no tuple or list of providers.

    Clauses: EDGE-5
    """
    checked = instances(providers, HostingProvider)
    identities: set[str] = set()
    proxies: set[str] = set()
    for provider in checked:
        if provider.identity.lower() in identities:
            raise DuplicateIdentity(
                provider.identity, "is the Identity of two hosting providers: keep one, or give each its own"
            )
        if provider.proxy_fqdn in proxies:
            raise DuplicateIdentity(provider.proxy_fqdn, "is the ProxyFqdn of two hosting providers: keep one provider")
        identities.add(provider.identity.lower())
        proxies.add(provider.proxy_fqdn)
    return checked


def _access_edge(value: AccessEdgeConfiguration) -> AccessEdgeConfiguration:
    if not isinstance(value, AccessEdgeConfiguration):
        raise InvalidValue(value, "is no AccessEdgeConfiguration: give one")
    return value


def _providers_by_proxy_fqdn(configuration: "EdgeConfiguration") -> dict[Fqdn, HostingProvider]:
    return {provider.proxy_fqdn: provider for provider in configuration.providers}


@attrs.frozen(kw_only=True, field_transformer=placed)
class EdgeConfiguration:
    """What one Edge Server works from: its Access Edge settings and the hosting providers.

    Raises:
        InvalidValue: A part of another type.
        DuplicateIdentity: Two providers share an Identity or a ProxyFqdn.

    Clauses: EDGE-5
    """

    access_edge: AccessEdgeConfiguration = attrs.field(converter=_access_edge)
    """The Access Edge settings."""
    providers: tuple[HostingProvider, ...] = attrs.field(default=(), converter=unique_providers)
    """The hosting providers."""
    _by_proxy_fqdn: dict[Fqdn, HostingProvider] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_providers_by_proxy_fqdn, takes_self=True)
    )

    def provider(self, destination: Fqdn) -> HostingProvider | None:
        """The provider whose ProxyFqdn is this Destination; None: there is none.

        Clauses: EDGE-6
        """
        return self._by_proxy_fqdn.get(destination)


def _configuration(value: EdgeConfiguration | None) -> EdgeConfiguration | None:
    if value is not None and not isinstance(value, EdgeConfiguration):
        raise InvalidValue(value, "is no EdgeConfiguration: give one, or None")
    return value


@attrs.frozen(kw_only=True, field_transformer=placed)
class EdgeReplica:
    """The Edge Server's own replica of the configuration, where it is not the same as the deployment's.

    Raises:
        InvalidFqdn: The name is no FQDN.
        InvalidValue: The configuration is none.

    Clauses: REPL-1, REPL-2
    """

    fqdn: Fqdn | None = attrs.field(default=None, converter=optional_fqdn)
    """The Edge Server's name; None: not known."""
    configuration: EdgeConfiguration | None = attrs.field(default=None, converter=_configuration)
    """What it works from, which may be older than the deployment's; None: it was never given any."""


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


def _provider(value: HostingProvider) -> HostingProvider:
    if not isinstance(value, HostingProvider):
        raise InvalidValue(value, "is no HostingProvider: give one")
    return value


def _port(value: int) -> int:
    if type(value) is not int or not 1 <= value <= HIGHEST_PORT:
        raise InvalidValue(value, f"is no port: give a whole number from 1 to {HIGHEST_PORT}")
    return value


def _faults(values: Sequence[EdgeFault]) -> tuple[EdgeFault, ...]:
    faults = instances(values, EdgeFault)
    if not faults:
        raise InvalidValue(values, "is no reason to refuse: give at least one fault")
    return faults


@attrs.frozen(field_transformer=placed)
class EdgeRoute:
    """The call crosses the Edge, over TLS, to this next hop.

    Raises:
        InvalidValue: The provider is none, or the port is no port.
        InvalidFqdn: The host is no FQDN.

    Clauses: EDGE-6
    """

    provider: HostingProvider = attrs.field(converter=_provider)
    """The hosting provider that the Destination names."""
    host: Fqdn = attrs.field(converter=Fqdn)
    """The provider's proxy server."""
    port: int = attrs.field(converter=_port)
    """The TCP port at the proxy server, 1 to 65535."""


@attrs.frozen(field_transformer=placed)
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


def route_at_edge(destination: Fqdn | None, configuration: EdgeConfiguration | None) -> EdgeDecision:
    """Whether and where a call to this Destination crosses the Edge.

    EnablePartnerDiscovery and VerificationLevel do not matter.

    Args:
        destination: What the policy names; None: nothing, for which there is no provider.
        configuration: What the Edge works from; None: it was never given any.

    Clauses: EDGE-0, EDGE-1, EDGE-2, EDGE-3, EDGE-4, EDGE-6, EDGE-7, REPL-2

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
