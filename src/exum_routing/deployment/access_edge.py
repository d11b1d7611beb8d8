"""The Edge: Access Edge settings, hosting providers, and what an Edge Server works from."""

import enum
from collections.abc import Sequence

import attrs

from exum_routing.casing import folded
from exum_routing.errors import InvalidAccessEdgeConfiguration
from exum_routing.fields import checked, flag, name, unique
from exum_routing.sip import Fqdn


@attrs.frozen(kw_only=True, field_transformer=checked)
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
    default_route_fqdn: Fqdn | None = attrs.field(default=None, converter=attrs.converters.optional(Fqdn))
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


@attrs.frozen(kw_only=True, field_transformer=checked)
class HostingProvider:
    """A hosting provider, as New-CsHostingProvider makes it.

    Raises:
        InvalidName: The identity is empty or has blanks around it.
        InvalidFqdn: ProxyFqdn is no FQDN.
        InvalidValue: A flag is neither True nor False, or the level is not a VerificationLevel.

    Clauses: EDGE-4, EDGE-5, EDGE-8, NAME-6
    """

    identity: str = attrs.field(converter=name, eq=folded)
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
    verification_level: VerificationLevel = VerificationLevel.ALWAYS_VERIFIABLE
    """How messages from the provider are verified; never changes a route."""


def unique_providers(providers: Sequence[HostingProvider]) -> tuple[HostingProvider, ...]:
    """The providers, once it is certain that no two share an Identity or a ProxyFqdn.

    Raises:
        DuplicateIdentity: Two of them do.
        InvalidValue: They are no tuple or list of providers.

    Clauses: EDGE-5
    """
    problem = "is the Identity of two hosting providers: keep one, or give each its own"
    named = unique(providers, HostingProvider, lambda one: folded(one.identity), problem, lambda one: one.identity)
    problem = "is the ProxyFqdn of two hosting providers: keep one provider"
    return unique(named, HostingProvider, lambda one: one.proxy_fqdn, problem)


def _providers_by_proxy_fqdn(configuration: "EdgeConfiguration") -> dict[Fqdn, HostingProvider]:
    return {provider.proxy_fqdn: provider for provider in configuration.providers}


@attrs.frozen(kw_only=True, field_transformer=checked)
class EdgeConfiguration:
    """What one Edge Server works from: its Access Edge settings and the hosting providers.

    Raises:
        InvalidValue: A part of another type.
        DuplicateIdentity: Two providers share an Identity or a ProxyFqdn.

    Clauses: EDGE-5
    """

    access_edge: AccessEdgeConfiguration
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


@attrs.frozen(kw_only=True, field_transformer=checked)
class EdgeReplica:
    """The Edge Server's own replica of the configuration, where it is not the same as the deployment's.

    Raises:
        InvalidFqdn: The name is not an FQDN.
        InvalidValue: The configuration is not an EdgeConfiguration.

    Clauses: REPL-1, REPL-2
    """

    fqdn: Fqdn | None = attrs.field(default=None, converter=attrs.converters.optional(Fqdn))
    """The Edge Server's name; None: not known."""
    configuration: EdgeConfiguration | None = None
    """What it works from, which may be older than the deployment's; None: it was never given any."""
