"""Rules of the audit about the Edge: its replica, its Access Edge settings, the hosting providers of hosted UM."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from exum_routing.audit.observation import Observation, new_hosting_provider, set_policy
from exum_routing.audit.routed import AuditView, Destination
from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import CLOUDS, HYBRID, HostingProvider, NotKnown, VerificationLevel
from exum_routing.routing import EdgeFault, provider_faults
from exum_routing.sip import Fqdn

_ACCESS_EDGE = "AccessEdgeConfiguration"
_NO_DISCOVERY = CmdletCall.named("Set-CsAccessEdgeConfiguration", use_dns_srv_routing=True, enable_partner_discovery=False)


def edge_never_configured(view: AuditView) -> Iterator[Observation]:
    """The Edge Server was never given the configuration, so nothing crosses it (L9). Clauses: REPL-2."""
    replica = view.deployment.edge_replica
    if replica is not None and replica.configuration is None:
        stopped = tuple(address for one in view.destinations for address in one.accounts)
        yield Observation(
            stopped or (replica.fqdn or "Edge Server",),
            "The Edge Server was never given the configuration, so no call to hosted UM crosses it: export it on a Front End "
            "Server, carry the file to the Edge Server, and import it there.",
            (
                CmdletCall.named("Export-CsConfiguration", file_name="EdgeConfiguration.zip"),
                CmdletCall.named("Import-CsConfiguration", local_store=True, file_name="EdgeConfiguration.zip"),
            )
            if stopped
            else (),
            calls_fail=bool(stopped),
        )


def edge_replica_behind(view: AuditView) -> Iterator[Observation]:
    """The Edge Server works from a replica that is not what the store has (L9). Clauses: REPL-3."""
    replica, store = view.deployment.edge_replica, view.deployment.edge_configuration
    if replica is None or replica.configuration is None:
        return
    stopped = tuple(address for one in view.destinations if _only_at_edge(one) for address in one.accounts)
    behind = store is not None and (
        store.access_edge != replica.configuration.access_edge
        or frozenset(store.providers) != frozenset(replica.configuration.providers)
    )
    if stopped or behind:
        refused = f"; it refuses calls to {', '.join(sorted(one.fqdn for one in view.destinations if _only_at_edge(one)))}"
        yield Observation(
            stopped or (replica.fqdn or "Edge Server",),
            "The Edge Server works from a replica that is not what the Central Management store has"
            f"{refused if stopped else ''}. {_CHECK_REPLICATION}",
            _replication(view) if stopped else (),
            calls_fail=bool(stopped),
        )


_CHECK_REPLICATION: Final = (
    "Replication only tries again: check by hand that the Edge Server can be reached on TCP port 4443, its certificate, and "
    "the rights of the share xds-replica."
)


def _replication(view: AuditView) -> tuple[CmdletCall, ...]:
    """The call that starts replication, where store and replica are known and no call would be refused because of it."""
    replica = view.deployment.edge_replica
    if view.deployment.edge is None or replica is None or replica.configuration is None:
        return ()
    if any(_only_in_store(one) for one in view.destinations):
        return ()
    which = {} if replica.fqdn is None else {"replica_fqdn": replica.fqdn}
    return (CmdletCall.named("Invoke-CsManagementStoreReplication", **which),)


def _only_at_edge(destination: Destination) -> bool:
    return not set(destination.faults_at_edge) <= set(destination.faults_in_store)


def _only_in_store(destination: Destination) -> bool:
    """Whether calls cross the Edge as it is, and would not once the store's configuration reaches it."""
    return bool(destination.accounts and destination.faults_in_store and not destination.faults_at_edge)


def _where_calls_fail(view: AuditView, stopped: Sequence[str], *calls: CmdletCall) -> tuple[CmdletCall, ...]:
    """Calls that change what the Edge works from: only where calls fail because of it, and replicated where a replica is."""
    return (*calls, *_replication(view)) if stopped else ()


def _of_access_edge(view: AuditView, fault: EdgeFault, sentence: str, remedy: CmdletCall) -> Iterator[Observation]:
    refused = [one for one in view.destinations if fault in one.faults_in_store]
    stopped = tuple(address for one in refused for address in one.stopped_by(fault))
    if refused:
        remedies = _where_calls_fail(view, stopped, remedy)
        yield Observation(stopped or (_ACCESS_EDGE,), sentence, remedies, calls_fail=bool(stopped))


def default_routing(view: AuditView) -> Iterator[Observation]:
    """Default routing: hosting providers cannot be used (L7). Clauses: EDGE-1."""
    return _of_access_edge(
        view,
        EdgeFault.NOT_DNS_SRV_ROUTING,
        "UseDnsSrvRouting is not set: with default routing the Edge cannot use hosting providers, so no call reaches hosted "
        "UM. Federation by the default route ends with the change.",
        _NO_DISCOVERY,
    )


def federation_not_allowed(view: AuditView) -> Iterator[Observation]:
    """AllowFederatedUsers is False, which stops calls at the Edge (L7). Clauses: EDGE-2."""
    return _of_access_edge(
        view,
        EdgeFault.FEDERATION_NOT_ALLOWED,
        "AllowFederatedUsers is False, so calls to hosted UM stop at the Edge. The change also lets users communicate with "
        "the federated domains that are allowed.",
        CmdletCall.named("Set-CsAccessEdgeConfiguration", allow_federated_users=True),
    )


def destination_without_provider(view: AuditView) -> Iterator[Observation]:
    """A Destination that is the ProxyFqdn of no hosting provider (L2). Clauses: EDGE-6."""
    taken = [provider.identity for provider in view.deployment.providers]
    for one in view.destinations:
        if EdgeFault.NO_HOSTING_PROVIDER in one.faults_in_store:
            stopped = tuple(one.stopped_by(EdgeFault.NO_HOSTING_PROVIDER))
            meant = _nearest_provider(view, one.fqdn)
            sentence = f"No hosting provider has the Destination {one.fqdn} as its ProxyFqdn, so the Edge knows no next hop"
            if meant is None:
                remedies = _where_calls_fail(view, stopped, new_hosting_provider(one.fqdn, taken))
            else:
                sentence += f"; {meant}, which a provider has, is spelled almost alike"
                remedies = tuple(
                    set_policy(policy.identity, destination=meant)
                    for policy in view.deployment.policies
                    if policy.destination == one.fqdn and stopped
                )
            yield Observation(stopped or (one.fqdn,), f"{sentence}.", remedies, calls_fail=bool(stopped))


def _nearest_provider(view: AuditView, destination: Fqdn) -> Fqdn | None:
    """The ProxyFqdn of a provider without fault of which a Destination may be a misspelling; None: there is none."""
    sound = [provider.proxy_fqdn for provider in view.deployment.providers if not provider_faults(provider)]
    near = difflib.get_close_matches(destination, sound, 1, _NEAR)
    return Fqdn(near[0]) if near else None


_NEAR: Final = 0.9
"""How alike two host names are, of 1, if one is a misspelling of the other: of twenty characters two may differ."""


def _of_provider(view: AuditView, fault: EdgeFault, sentence: str, name: str, **changed: bool) -> Iterator[Observation]:
    for one, provider in _providers(view):
        if fault in one.faults_in_store:
            stopped = tuple(one.stopped_by(fault))
            hybrid = one.fqdn.startswith(HYBRID)
            why = (
                ". It is the provider of accounts that are homed online, so correct the Destination, not the provider"
                if hybrid
                else ""
            )
            yield Observation(
                stopped or (provider.identity,),
                f"Hosting provider {provider.identity}, for {one.fqdn}, {sentence}{why}.",
                ()
                if hybrid
                else _where_calls_fail(view, stopped, CmdletCall.named(name, identity=provider.identity, **changed)),
                calls_fail=bool(stopped),
            )


def _providers(view: AuditView) -> Iterator[tuple[Destination, HostingProvider]]:
    return ((one, one.provider) for one in view.destinations if one.provider is not None)


def provider_disabled(view: AuditView) -> Iterator[Observation]:
    """The hosting provider of a Destination is not enabled (L2, L3). Clauses: EDGE-4."""
    sentence = "is not enabled, so the Edge sends it nothing"
    return _of_provider(view, EdgeFault.PROVIDER_DISABLED, sentence, "Enable-CsHostingProvider")


def provider_not_shared(view: AuditView) -> Iterator[Observation]:
    """The hosting provider of a Destination is outside the shared SIP address space (L3). Clauses: EDGE-4."""
    sentence = "has EnabledSharedAddressSpace False, but hosted UM needs a shared SIP address space"
    fault = EdgeFault.NOT_SHARED_ADDRESS_SPACE
    return _of_provider(view, fault, sentence, "Set-CsHostingProvider", enabled_shared_address_space=True)


def provider_hosts_ocs_users(view: AuditView) -> Iterator[Observation]:
    """The hosting provider of a Destination is said to host Skype for Business Server accounts (L3). Clauses: EDGE-4."""
    sentence = "has HostsOCSUsers True, but hosted UM hosts mailboxes, not Skype for Business Server accounts"
    return _of_provider(view, EdgeFault.HOSTS_OCS_USERS, sentence, "Set-CsHostingProvider", hosts_ocs_users=False)


def provider_is_local(view: AuditView) -> Iterator[Observation]:
    """The hosting provider of a Destination is said to be part of the topology (L3). Clauses: EDGE-4."""
    sentence = "has IsLocal True, but hosted UM is outside the deployment's own topology"
    return _of_provider(view, EdgeFault.IS_LOCAL, sentence, "Set-CsHostingProvider", is_local=False)


def no_hybrid_provider(view: AuditView) -> Iterator[Observation]:
    """Calls go to Cloud Voicemail, and no enabled provider hosts accounts of the same address space. Clauses: POL-13."""
    if not (view.deployment.providers or view.deployment.edge):
        return
    if any(
        provider.enabled and provider.enabled_shared_address_space and provider.hosts_ocs_users
        for provider in view.deployment.providers
    ):
        return
    used = tuple(one.fqdn for one in view.destinations if one.fqdn in CLOUDS and one.accounts)
    if used:
        yield Observation(
            used,
            "Calls go to Cloud Voicemail, which presupposes hybrid connectivity, but no enabled hosting provider has "
            "EnabledSharedAddressSpace and HostsOCSUsers True, as that of hybrid has (worldwide, its ProxyFqdn is "
            "sipfed.online.lync.com): set up hybrid connectivity first.",
        )


def verification_level(view: AuditView) -> Iterator[Observation]:
    """The hosting provider of a Destination is verified in another way than the recipe has it (L4). Clauses: EDGE-8."""
    recipe = VerificationLevel.USE_SOURCE_VERIFICATION
    for one, provider in _providers(view):
        if provider.verification_level is not recipe:
            yield Observation(
                (provider.identity,),
                f"Hosting provider {provider.identity}, for {one.fqdn}, has VerificationLevel "
                f"{provider.verification_level.value}; the recipe for hosted UM is {recipe.value}. Calls cross the Edge all "
                "the same.",
            )


def partner_discovery(view: AuditView) -> Iterator[Observation]:
    """EnablePartnerDiscovery is True, which opens federation (L7). Clauses: EDGE-3."""
    edge = view.deployment.edge
    if edge is not None and edge.enable_partner_discovery:
        yield Observation(
            (_ACCESS_EDGE,),
            "EnablePartnerDiscovery is True: the Edge federates with domains that are not on the allowed list. Calls to hosted "
            "UM do not need it; hybrid connectivity with open federation does.",
        )


def edge_settings_not_given(view: AuditView) -> Iterator[Observation]:
    """Calls go to hosted UM, but the snapshot does not say how the Edge is set. Clauses: EDGE-0."""
    used = tuple(one.fqdn for one in view.destinations if one.accounts)
    if used and view.deployment.edge is None and view.deployment.edge_replica is None:
        yield Observation(
            used,
            f"The document has no Access Edge settings, so {NotKnown.EDGE.words}: add what "
            "Get-CsAccessEdgeConfiguration shows.",
        )
