"""Evidence about the Edge: its settings in the store, the hosting provider, and the replica that it works from."""

from collections.abc import Mapping
from typing import Final

from exum_routing.deployment import CLOUDS, EdgeConfiguration, HostingProvider
from exum_routing.diagnosis.cause import Look
from exum_routing.diagnosis.evidence import Evidence, Situation, ruled_out, shown, to_check
from exum_routing.routing import EdgeFault, EdgeRefusal, provider_faults, route_at_edge
from exum_routing.sip import Fqdn

_NO_SETTINGS: Final = "The document does not give the Access Edge settings."
_NO_PROVIDERS: Final = "The document gives no hosting provider at all: there is none, or they were not exported."
_SETTINGS: Final[Mapping[EdgeFault, str]] = {
    EdgeFault.PROVIDER_DISABLED: "Enabled False",
    EdgeFault.NOT_SHARED_ADDRESS_SPACE: "EnabledSharedAddressSpace False",
    EdgeFault.HOSTS_OCS_USERS: "HostsOCSUsers True",
    EdgeFault.IS_LOCAL: "IsLocal True",
}

_OF_ACCESS_EDGE: Final = {EdgeFault.NOT_DNS_SRV_ROUTING, EdgeFault.FEDERATION_NOT_ALLOWED}


def edge_replica(situation: Situation) -> Evidence:
    """The Edge Server works from a configuration with which the call does not cross. Clauses: REPL-1, REPL-2, EDGE-7."""
    found, replica = situation.hosted(), situation.deployment.edge_replica
    if isinstance(found, Evidence):
        return found
    if replica is None:
        return to_check("The document does not say what the Edge Server works from.")
    edge = replica.fqdn or "The Edge Server"
    if replica.configuration is None:
        return shown(f"{edge} was never given the configuration.")
    faults = _faults(found.destination, replica.configuration)
    if not faults:
        return ruled_out(f"By its own replica, {edge} lets calls to {found.destination} cross.")
    if not replica.configuration.providers and faults == (EdgeFault.NO_HOSTING_PROVIDER,):
        return to_check(f"The document gives no hosting provider of the replica of {edge}.")
    listed = ", ".join(fault.value for fault in faults)
    return shown(f"By its own replica, {edge} refuses calls to {found.destination}: {listed}.")


def _faults(destination: Fqdn, configuration: EdgeConfiguration) -> tuple[EdgeFault, ...]:
    decision = route_at_edge(destination, configuration)
    return decision.faults if isinstance(decision, EdgeRefusal) else ()


def _without_fault_at_edge(situation: Situation, destination: Fqdn, faults: tuple[EdgeFault, ...]) -> Evidence | None:
    """What rules faults of the store out: the Edge Server's own replica has none of them. None: nothing does."""
    replica = situation.deployment.edge_replica
    if replica is None or replica.configuration is None:
        return None
    if not replica.configuration.providers and not set(faults) <= _OF_ACCESS_EDGE:
        return None
    if set(faults) & set(_faults(destination, replica.configuration)):
        return None
    return ruled_out(f"The replica of {replica.fqdn or 'the Edge Server'} does not have it, whatever the store has.")


def access_edge(fault: EdgeFault, setting: str, *, needed: bool) -> Look:
    """What looks for a fault in the Access Edge settings of the store.

    Args:
        fault: The fault.
        setting: The name of the setting.
        needed: The value with which calls cross; the other one is the fault.

    Clauses: EDGE-1, EDGE-2
    """

    def look(situation: Situation) -> Evidence:
        found, edge = situation.hosted(), situation.deployment.edge_configuration
        if isinstance(found, Evidence):
            return found
        at_edge = _without_fault_at_edge(situation, found.destination, (fault,))
        if at_edge is not None:
            return at_edge
        if edge is None:
            return to_check(_NO_SETTINGS)
        if fault in _faults(found.destination, edge):
            return shown(f"{setting} is {not needed}.")
        return ruled_out(f"{setting} is {needed}.")

    return look


def _provider(situation: Situation, destination: Fqdn) -> HostingProvider | None:
    return next((one for one in situation.deployment.providers if one.proxy_fqdn == destination), None)


def destination_without_provider(situation: Situation) -> Evidence:
    """No hosting provider has the Destination as its ProxyFqdn. Clauses: EDGE-6."""
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    at_edge = _without_fault_at_edge(situation, found.destination, (EdgeFault.NO_HOSTING_PROVIDER,))
    if at_edge is not None:
        return at_edge
    if not situation.deployment.providers:
        return to_check(_NO_PROVIDERS)
    provider = _provider(situation, found.destination)
    if provider is None:
        return shown(f"No hosting provider has the ProxyFqdn {found.destination}.")
    return ruled_out(f"Hosting provider {provider.identity} has the ProxyFqdn {found.destination}.")


def provider_settings(situation: Situation) -> Evidence:
    """The hosting provider of the Destination is set so that no call crosses. Clauses: EDGE-4."""
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    at_edge = _without_fault_at_edge(situation, found.destination, tuple(_SETTINGS))
    if at_edge is not None:
        return at_edge
    if not situation.deployment.providers:
        return to_check(_NO_PROVIDERS)
    provider = _provider(situation, found.destination)
    if provider is None:
        return ruled_out(f"No hosting provider has the ProxyFqdn {found.destination}.")
    wrong = [_SETTINGS[fault] for fault in provider_faults(provider)]
    if wrong:
        return shown(f"Hosting provider {provider.identity} has {', '.join(wrong)}.")
    return ruled_out(f"Hosting provider {provider.identity} is enabled, and its flags let calls cross.")


def no_hybrid_provider(situation: Situation) -> Evidence:
    """Calls go to Cloud Voicemail, and no enabled provider hosts accounts of the same address space. Clauses: POL-13."""
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    if found.destination not in CLOUDS:
        return ruled_out(f"{found.destination} is not a Destination of Cloud Voicemail.")
    if not situation.deployment.providers:
        return to_check(_NO_PROVIDERS)
    hybrid = [
        provider.identity
        for provider in situation.deployment.providers
        if provider.enabled and provider.enabled_shared_address_space and provider.hosts_ocs_users
    ]
    if hybrid:
        return ruled_out(f"Hosting provider {min(hybrid)} is enabled and hosts accounts of the shared SIP address space.")
    return shown("No enabled hosting provider has EnabledSharedAddressSpace True and HostsOCSUsers True.")
