"""Rules of the audit about the Edge: its replica, its Access Edge settings, the hosting providers of hosted UM."""

from collections.abc import Iterator

from exum_routing.audit.observation import Observation, new_hosting_provider
from exum_routing.audit.routed import AuditView, Destination
from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import HostingProvider, VerificationLevel
from exum_routing.routing import EdgeFault

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
            ),
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
        refused = f"; it refuses calls to {', '.join(one.fqdn for one in view.destinations if _only_at_edge(one))}"
        which = {} if replica.fqdn is None else {"replica_fqdn": replica.fqdn}
        yield Observation(
            stopped or (replica.fqdn or "Edge Server",),
            "The Edge Server works from a replica that is not what the Central Management store has"
            f"{refused if stopped else ''}.",
            (CmdletCall.named("Invoke-CsManagementStoreReplication", **which),),
            calls_fail=bool(stopped),
        )


def _only_at_edge(destination: Destination) -> bool:
    return not set(destination.faults_at_edge) <= set(destination.faults_in_store)


def _of_access_edge(view: AuditView, fault: EdgeFault, sentence: str, remedy: CmdletCall) -> Iterator[Observation]:
    refused = [one for one in view.destinations if fault in one.faults_in_store]
    stopped = tuple(address for one in refused for address in one.stopped_by(fault))
    if refused:
        yield Observation(stopped or (_ACCESS_EDGE,), sentence, (remedy,), calls_fail=bool(stopped))


def default_routing(view: AuditView) -> Iterator[Observation]:
    """Default routing: hosting providers cannot be used (L7). Clauses: EDGE-1."""
    return _of_access_edge(
        view,
        EdgeFault.NOT_DNS_SRV_ROUTING,
        "UseDnsSrvRouting is not set: with default routing the Edge cannot use hosting providers, so no call reaches hosted "
        "UM.",
        _NO_DISCOVERY,
    )


def federation_not_allowed(view: AuditView) -> Iterator[Observation]:
    """AllowFederatedUsers is False, which stops calls at the Edge (L7). Clauses: EDGE-2."""
    return _of_access_edge(
        view,
        EdgeFault.FEDERATION_NOT_ALLOWED,
        "AllowFederatedUsers is False, so calls to hosted UM stop at the Edge.",
        CmdletCall.named("Set-CsAccessEdgeConfiguration", allow_federated_users=True),
    )


def destination_without_provider(view: AuditView) -> Iterator[Observation]:
    """A Destination that is the ProxyFqdn of no hosting provider (L2). Clauses: EDGE-6."""
    taken = [provider.identity for provider in view.deployment.providers]
    for one in view.destinations:
        if EdgeFault.NO_HOSTING_PROVIDER in one.faults_in_store:
            stopped = tuple(one.stopped_by(EdgeFault.NO_HOSTING_PROVIDER))
            yield Observation(
                stopped or (one.fqdn,),
                f"No hosting provider has the Destination {one.fqdn} as its ProxyFqdn, so the Edge knows no next hop.",
                (new_hosting_provider(one.fqdn, taken),),
                calls_fail=bool(stopped),
            )


def _of_provider(view: AuditView, fault: EdgeFault, sentence: str, name: str, **changed: bool) -> Iterator[Observation]:
    for one, provider in _providers(view):
        if fault in one.faults_in_store:
            stopped = tuple(one.stopped_by(fault))
            yield Observation(
                stopped or (provider.identity,),
                f"Hosting provider {provider.identity}, for {one.fqdn}, {sentence}.",
                (CmdletCall.named(name, identity=provider.identity, **changed),),
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
    """The hosting provider of a Destination is said to stand within the topology (L3). Clauses: EDGE-4."""
    sentence = "has IsLocal True, but hosted UM stands outside the deployment's own topology"
    return _of_provider(view, EdgeFault.IS_LOCAL, sentence, "Set-CsHostingProvider", is_local=False)


def verification_level(view: AuditView) -> Iterator[Observation]:
    """The hosting provider of a Destination is verified in another way than the recipe has it (L4). Clauses: EDGE-8."""
    recipe = VerificationLevel.USE_SOURCE_VERIFICATION
    for one, provider in _providers(view):
        if provider.verification_level is not recipe:
            yield Observation(
                (provider.identity,),
                f"Hosting provider {provider.identity}, for {one.fqdn}, has VerificationLevel "
                f"{provider.verification_level.value}; the recipe for hosted UM is {recipe.value}.",
                (CmdletCall.named("Set-CsHostingProvider", identity=provider.identity, verification_level=recipe),),
            )


def partner_discovery(view: AuditView) -> Iterator[Observation]:
    """EnablePartnerDiscovery is True, which opens federation (L7). Clauses: EDGE-3."""
    edge = view.deployment.edge
    if edge is not None and edge.enable_partner_discovery:
        yield Observation(
            (_ACCESS_EDGE,),
            "EnablePartnerDiscovery is True: the Edge federates with domains that are not on the allowed list, and calls to "
            "hosted UM do not need it.",
            (_NO_DISCOVERY,),
        )


def edge_settings_not_given(view: AuditView) -> Iterator[Observation]:
    """Calls go to hosted UM, but the snapshot does not say how the Edge is set. Clauses: EDGE-0."""
    used = tuple(one.fqdn for one in view.destinations if one.accounts)
    if used and view.deployment.edge is None and view.deployment.edge_replica is None:
        yield Observation(
            used,
            "The snapshot has no Access Edge settings, so nobody can say whether calls cross the Edge: whoever takes the "
            "snapshot adds what Get-CsAccessEdgeConfiguration shows.",
        )
