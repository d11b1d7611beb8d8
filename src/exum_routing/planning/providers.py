"""The hosting providers in a plan: those that calls need come before the accounts move, those that nobody needs go last."""

from collections.abc import Mapping

from exum_routing.casing import folded
from exum_routing.cmdlets import (
    disable_cs_hosting_provider,
    enable_cs_hosting_provider,
    new_cs_hosting_provider,
    remove_cs_hosting_provider,
    set_cs_hosting_provider,
)
from exum_routing.deployment import Deployment, HostingProvider
from exum_routing.planning.access_edge import sets_default_route
from exum_routing.planning.differences import changed_fields
from exum_routing.planning.part import NOTHING, Part, joined, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition
from exum_routing.routing import provider_faults


def plan_providers(way: Transition) -> Part:
    """The steps that remove, make and change hosting providers.

    No cmdlet changes a ProxyFqdn: a provider with another one is removed and made anew. A new default route needs every
    provider removed first.

    Clauses: CMD-10, CMD-11
    """
    before, after = _by_identity(way.current), _by_identity(way.target)
    kept = set() if sets_default_route(way) else {key for key in after if _is_kept(before.get(key), after[key])}
    new = {key: provider for key, provider in after.items() if key not in kept}
    gone = {key: provider for key, provider in before.items() if key not in kept}
    return joined(
        (
            *(_removed(provider, _when_removed(provider, new, way)) for provider in gone.values()),
            *(_new(provider) if key in new else _changed(before[key], provider) for key, provider in after.items()),
        )
    )


def _by_identity(deployment: Deployment) -> dict[str, HostingProvider]:
    return {folded(provider.identity): provider for provider in deployment.providers}


def _is_kept(before: HostingProvider | None, after: HostingProvider) -> bool:
    return before is not None and before.proxy_fqdn == after.proxy_fqdn


def _when_removed(provider: HostingProvider, new: Mapping[str, HostingProvider], way: Transition) -> Phase:
    """Before what it stands in the way of, else last."""
    if sets_default_route(way):
        return Phase.PREPARE
    in_the_way = folded(provider.identity) in new or provider.proxy_fqdn in {one.proxy_fqdn for one in new.values()}
    return Phase.PROVIDERS if in_the_way else Phase.FINISH


def _removed(provider: HostingProvider, phase: Phase) -> Part:
    return one_step(phase, "Hosting providers that go", remove_cs_hosting_provider, identity=provider.identity)


def _new(provider: HostingProvider) -> Part:
    return one_step(
        Phase.PROVIDERS,
        "New hosting providers",
        new_cs_hosting_provider,
        identity=provider.identity,
        enabled=provider.enabled,
        enabled_shared_address_space=provider.enabled_shared_address_space,
        hosts_ocs_users=provider.hosts_ocs_users,
        proxy_fqdn=str(provider.proxy_fqdn),
        is_local=provider.is_local,
        verification_level=provider.verification_level,
    )


def _changed(before: HostingProvider, after: HostingProvider) -> Part:
    """Its fields, then its switch: last, where calls do not cross to it afterwards."""
    phase = Phase.FINISH if provider_faults(after) else Phase.PROVIDERS
    fields = changed_fields(
        before, after, ("enabled_shared_address_space", "hosts_ocs_users", "is_local", "verification_level")
    )
    switch = enable_cs_hosting_provider if after.enabled else disable_cs_hosting_provider
    return joined(
        (
            one_step(phase, "Hosting providers", set_cs_hosting_provider, identity=before.identity, **fields)
            if fields
            else NOTHING,
            NOTHING
            if before.enabled is after.enabled
            else one_step(phase, "Hosting providers", switch, identity=before.identity),
        )
    )
