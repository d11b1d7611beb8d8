"""Rules of the audit about hosted voice mail policies: those without Destination, and whom a policy reaches."""

from collections.abc import Callable, Iterator
from typing import Final

from exum_routing.audit.observation import Observation, for_each, set_policy
from exum_routing.audit.routed import AuditView, known_tenants
from exum_routing.deployment import EXCHANGE_ONLINE, HostedVoicemailPolicy, PolicyScope, Subject, UmContact
from exum_routing.routing import provider_faults
from exum_routing.sip import Fqdn, SipAddress

_REMOVE: Final = for_each("Remove-CsHostedVoicemailPolicy")


def _suggested_destination(view: AuditView) -> Fqdn:
    """The Destination that a policy without one is given: the one most used of those to which calls cross the Edge."""
    by_use = sorted(view.destinations, key=lambda one: (bool(one.faults_in_store), -len(one.accounts)))
    sound = (provider.proxy_fqdn for provider in view.deployment.providers if not provider_faults(provider))
    if by_use and not by_use[0].faults_in_store:
        return by_use[0].fqdn
    return next(sound, by_use[0].fqdn if by_use else EXCHANGE_ONLINE)


def _without_destination(
    view: AuditView, concerns: Callable[[Subject], bool], sentence: Callable[[HostedVoicemailPolicy], str]
) -> Iterator[Observation]:
    destination = _suggested_destination(view)
    tenant = known_tenants(view).get(destination)
    for policy in view.deployment.policies:
        left = view.without_destination.get(policy.identity.key, ())
        stopped = tuple(subject.sip_address for subject in left if concerns(subject))
        if stopped:
            organization = {} if tenant is None or policy.organizations else {"organization": tenant}
            yield Observation(
                stopped, sentence(policy), (set_policy(policy.identity, destination=destination, **organization),)
            )


def policy_without_destination(view: AuditView) -> Iterator[Observation]:
    """Users are enabled, and the policy that applies to them names no Destination (L1). Clauses: ROUTE-6."""
    return _without_destination(
        view,
        lambda subject: not isinstance(subject, UmContact),
        lambda policy: (
            f"Policy {policy.identity} applies to these enabled users and names no Destination, so their calls are not routed."
        ),
    )


def contact_without_destination(view: AuditView) -> Iterator[Observation]:
    """The policy that applies to contact objects names no Destination (L21). Clauses: ROUTE-9."""
    return _without_destination(
        view,
        lambda subject: isinstance(subject, UmContact),
        lambda policy: (
            f"Policy {policy.identity} applies to these contact objects and names no Destination, so calls to them "
            "are not routed."
        ),
    )


def policy_reaches_nobody(view: AuditView) -> Iterator[Observation]:
    """A per-user policy that nobody was assigned, or a site policy that no account needs. Clauses: POL-5."""
    without_pool = set(_site_policies_without_pool(view))
    idle = tuple(
        str(policy.identity)
        for policy in view.deployment.policies
        if policy.identity.scope is not PolicyScope.GLOBAL
        and policy.identity.key not in view.reached
        and str(policy.identity) not in without_pool
    )
    if idle and view.decisions:
        yield Observation(idle, "These apply to no user and no contact.", (), (_REMOVE,))


def _site_policies_without_pool(view: AuditView) -> tuple[str, ...]:
    with_pool = {pool.site_policy.key for pool in view.deployment.pools}
    identities = (policy.identity for policy in view.deployment.policies)
    return tuple(str(one) for one in identities if one.scope is PolicyScope.SITE and one.key not in with_pool)


def site_policy_without_pool(view: AuditView) -> Iterator[Observation]:
    """A site policy for a site on which no pool stands. Clauses: POL-11."""
    without_pool = _site_policies_without_pool(view)
    if without_pool:
        yield Observation(
            without_pool, "On the sites of these policies stands no registrar pool, so they can reach nobody.", (), (_REMOVE,)
        )


def site_policy_beside_others(view: AuditView) -> Iterator[Observation]:
    """Site policies beside others, where a note of the source has all of per-user scope (L22). Clauses: POL-12."""
    policies = view.deployment.policies
    sites = tuple(str(policy.identity) for policy in policies if policy.identity.scope is PolicyScope.SITE)
    deployed = [policy for policy in policies if policy.identity.scope is not PolicyScope.GLOBAL or policy.is_usable]
    if sites and len(deployed) > 1:
        yield Observation(
            sites,
            "Several hosted voice mail policies are deployed, and these have site scope, where a note of the source has all "
            "of them per-user; the narrowest applies all the same, so nothing has to be done.",
        )


def dangling_assignment(view: AuditView) -> Iterator[Observation]:
    """Accounts with an assigned policy that does not exist. Clauses: POL-6."""
    gone: dict[str, list[tuple[SipAddress, str]]] = {}
    for subject, _ in view.decisions:
        assigned = subject.hosted_voicemail_policy
        if assigned is not None and view.deployment.policy(assigned) is None:
            gone.setdefault(assigned.key, []).append((subject.sip_address, str(assigned)))
    for _, accounts in sorted(gone.items()):
        yield Observation(
            tuple(address for address, _ in accounts),
            f"They are assigned {min(spelled for _, spelled in accounts)}, which does not exist, so the policy of their site "
            "or the global one applies.",
            (),
            (for_each("Grant-CsHostedVoicemailPolicy", policy_name=None),),
        )
