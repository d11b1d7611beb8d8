"""The Edge: hosting providers, Access Edge settings, and what the Edge Server's replica holds."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from exum_routing.casing import folded
from exum_routing.deployment import (
    AccessEdgeConfiguration,
    EdgeConfiguration,
    EdgeReplica,
    HostingProvider,
    VerificationLevel,
    unique_providers,
)
from exum_routing.errors import ExumRoutingError
from exum_routing.importing.kind import Kind
from exum_routing.importing.merge import Column, Gathered, Merged, Table
from exum_routing.importing.notes import Notes
from exum_routing.importing.values import MISSING, flag, known, text, word
from exum_routing.sip import Fqdn

_FLAGS: Final[Mapping[str, str]] = {
    "Enabled": "enabled",
    "EnabledSharedAddressSpace": "enabled_shared_address_space",
    "HostsOCSUsers": "hosts_ocs_users",
    "IsLocal": "is_local",
}
"""The flags of a provider, with the fields that hold them; each may decide whether a call crosses the Edge."""
_OF_PROVIDER: Final[dict[str, Column]] = {
    "Identity": ("Identity", text),
    "ProxyFqdn": ("ProxyFqdn", text),
    "VerificationLevel": ("VerificationLevel", word),
    **{name: (name, flag) for name in _FLAGS},
}
PROVIDERS: Final = Table(facts=tuple(_OF_PROVIDER), columns={Kind.PROVIDER: tuple(_OF_PROVIDER.values())})
"""The facts of a hosting provider, and where they are."""
_OF_EDGE: Final[dict[str, Column]] = {
    "RoutingMethod": ("RoutingMethod", word),
    "UseDnsSrvRouting": ("UseDnsSrvRouting", flag),
    "AllowFederatedUsers": ("AllowFederatedUsers", flag),
    "EnablePartnerDiscovery": ("EnablePartnerDiscovery", flag),
    "BeClearingHouse": ("BeClearingHouse", flag),
    "DefaultRouteFqdn": ("DefaultRouteFqdn", text),
    "VerificationLevel": ("VerificationLevel", word),
    "IsPublicProvider": ("IsPublicProvider", flag),
}
ACCESS_EDGE: Final = Table(facts=tuple(_OF_EDGE), columns={Kind.ACCESS_EDGE: tuple(_OF_EDGE.values())})
"""The facts of the Access Edge settings, and where they are."""
_DEFAULT_ROUTING: Final = ("VerificationLevel", "IsPublicProvider", "DefaultRouteFqdn")
"""What there is with default routing only; with DNS SRV only there are BeClearingHouse and EnablePartnerDiscovery."""


def providers(gathered: Gathered, notes: Notes) -> tuple[HostingProvider, ...]:
    """The hosting providers."""
    found: list[HostingProvider] = []
    for _, provider in gathered.each(notes):
        model = _provider(provider, found, notes)
        if model is not None:
            provider.taken()
            found.append(model)
    return tuple(found)


def _provider(provider: Merged, others: Sequence[HostingProvider], notes: Notes) -> HostingProvider | None:
    facts: dict[str, Any] = dict(provider.facts)
    reason = provider.refused()
    lacking = next((name for name in _FLAGS if facts[name] in {MISSING, None}), None)
    if reason is None and lacking is not None and not provider.by_hand:
        reason = f"{facts['Identity']!r} was exported without {lacking}, on which calls depend: export all properties"
    if reason is not None:
        notes.left_out(provider.place, reason)
        return None
    try:
        model = HostingProvider(
            identity=facts["Identity"],
            proxy_fqdn=Fqdn(facts["ProxyFqdn"]),
            verification_level=_level(provider, notes),
            **{field: facts[name] is True for name, field in _FLAGS.items()},
        )
        unique_providers((*others, model))
    except ExumRoutingError as error:
        notes.left_out(provider.place, error.message)
        return None
    return model


def _level(provider: Merged, notes: Notes) -> VerificationLevel:
    """The verification level, which changes no route; its number is not published, so it is read as the default."""
    name = provider.text("VerificationLevel")
    found = next((level for level in VerificationLevel if name is not None and folded(level.value) == folded(name)), None)
    if found is None and not (name is None and provider.only_by_hand):
        notes.read_as(
            f"{provider.place}.VerificationLevel",
            "does not name a level, and is read as AlwaysVerifiable, which changes no route: export with Export-Clixml",
        )
    return found or VerificationLevel.ALWAYS_VERIFIABLE


def access_edge(gathered: Gathered, notes: Notes) -> AccessEdgeConfiguration | None:
    """The Access Edge settings; None: they are not known."""
    for _, settings in gathered.each(notes):
        facts: dict[str, Any] = dict(settings.facts)
        reason = settings.refused()
        method = _uses_dns_srv(settings)
        if reason is None and method is None:
            reason = "does not say the routing method: export with Export-Clixml, or write UseDnsSrvRouting in a document"
        lacking = [name for name in ("AllowFederatedUsers", "EnablePartnerDiscovery") if not isinstance(facts[name], bool)]
        needed = [name for name in lacking if name == "AllowFederatedUsers" or method]
        if reason is None and needed and not settings.by_hand:
            reason = f"was exported without {needed[0]}, which decides whether calls pass: export all properties"
        if reason is None:
            try:
                model = AccessEdgeConfiguration(
                    use_dns_srv_routing=bool(method),
                    allow_federated_users=facts["AllowFederatedUsers"] is True,
                    enable_partner_discovery=facts["EnablePartnerDiscovery"] is True,
                    default_route_fqdn=settings.text("DefaultRouteFqdn"),
                )
            except ExumRoutingError as error:
                reason = error.message
            else:
                settings.taken()
                return model
        notes.left_out(settings.place, reason)
    return None


def _uses_dns_srv(settings: Merged) -> bool | None:
    """Whether the routing method is DNS SRV: as it says itself, or as the properties tell that only one method has."""
    facts = settings.facts
    if isinstance(facts["UseDnsSrvRouting"], bool):
        return facts["UseDnsSrvRouting"]
    method = folded(settings.text("RoutingMethod") or "")
    if "dnssrv" in method or "default" in method:
        return "dnssrv" in method
    discovery = facts["EnablePartnerDiscovery"]
    dns_srv = known(facts["BeClearingHouse"]) and facts["BeClearingHouse"] is not None
    dns_srv = dns_srv or discovery is True or (discovery is False and not settings.by_hand)
    default = any(known(facts[name]) and facts[name] is not None for name in _DEFAULT_ROUTING)
    if dns_srv is not default:
        return dns_srv
    return False if settings.by_hand else None


def edge_replica(of_providers: Gathered, of_edge: Gathered, fqdn: Fqdn | None, notes: Notes) -> EdgeReplica | None:
    """What the Edge Server's replica holds; None: nobody said so."""
    if not of_providers.objects and not of_edge.objects:
        return None
    found = providers(of_providers, notes)
    settings = access_edge(of_edge, notes)
    if settings is None:
        notes.gap("", "the replica has no Access Edge settings, so it is not known: run both cmdlets with -LocalStore")
        return None
    return EdgeReplica(fqdn=fqdn, configuration=EdgeConfiguration(access_edge=settings, providers=found))
