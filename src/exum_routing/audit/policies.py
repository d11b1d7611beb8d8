"""Rules of the audit about hosted voice mail policies: those without Destination, and whom a policy reaches."""

from collections.abc import Callable, Iterator

from exum_routing.audit.grants import nearest_policy, policy_to_grant, usable_policies
from exum_routing.audit.observation import CallForEach, Observation, for_each, set_policy
from exum_routing.audit.routed import AuditView, known_tenants
from exum_routing.deployment import HostedVoicemailPolicy, NotKnown, PolicyScope, Subject, UmContact
from exum_routing.routing import HostedUmAccess, hosted_um_access, provider_faults
from exum_routing.sip import Fqdn, SipAddress


def _known_destination(view: AuditView, policy: HostedVoicemailPolicy) -> tuple[Fqdn, str] | None:
    """The only Destination to which calls of the deployment can go, and its Organization; None: nobody can say.

    That is the one to which calls go, else that of the only hosting provider of hosted UM. A policy that names an
    Organization keeps it.
    """
    sound = {one.fqdn for one in view.destinations if one.accounts and not one.faults_in_store and not one.faults_at_edge}
    found = sound or {provider.proxy_fqdn for provider in view.deployment.providers if not provider_faults(provider)}
    organization = ",".join(policy.organizations) or known_tenants(view).get(min(found, default=Fqdn("none")))
    return (min(found), organization) if len(found) == 1 and organization else None


def _without_destination(
    view: AuditView, concerns: Callable[[Subject], bool], sentence: Callable[[HostedVoicemailPolicy], str]
) -> Iterator[Observation]:
    for policy in view.deployment.policies:
        stopped = [subject for subject in view.without_destination.get(policy.identity.key, ()) if concerns(subject)]
        by_grant: dict[HostedVoicemailPolicy | None, list[SipAddress]] = {}
        for subject in stopped:
            by_grant.setdefault(policy_to_grant(view, subject), []).append(subject.sip_address)
        for grant, addresses in by_grant.items():
            yield _advice(view, policy, tuple(addresses), grant, sentence(policy))


def _advice(
    view: AuditView,
    policy: HostedVoicemailPolicy,
    stopped: tuple[SipAddress, ...],
    grant: HostedVoicemailPolicy | None,
    sentence: str,
) -> Observation:
    """A grant where one policy fits; else the policy's own Destination where the deployment knows it; else no line."""
    if grant is not None:
        return Observation(stopped, sentence, (), (_grant(grant),))
    shared = policy.identity.scope is not PolicyScope.PER_USER and usable_policies(view)
    known = None if shared else _known_destination(view, policy)
    if known is None:
        return Observation(
            stopped,
            f"{sentence} Give it a Destination and an Organization, or grant another policy: the tenant's administrator "
            "knows both.",
        )
    destination, organization = known
    changed = {"destination": destination} | ({} if policy.organizations else {"organization": organization})
    return Observation(stopped, sentence, (set_policy(policy.identity, **changed),))


def _grant(policy: HostedVoicemailPolicy) -> CallForEach:
    return for_each("Grant-CsHostedVoicemailPolicy", policy_name=policy.identity.shortest)


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
    sites_are_known = not any(map(view.deployment.may_have_site_policy, view.deployment.subjects))
    idle = tuple(
        str(policy.identity)
        for policy in view.deployment.policies
        if policy.identity.scope is not PolicyScope.GLOBAL
        and policy.identity.key not in view.reached
        and str(policy.identity) not in without_pool
        and (sites_are_known or policy.identity.scope is PolicyScope.PER_USER)
    )
    if idle and view.decisions:
        yield Observation(
            idle, "These apply to no user and no contact of the document; they may be meant for users who are still to come."
        )


def _site_policies_without_pool(view: AuditView) -> tuple[str, ...]:
    with_pool = {pool.site_policy.key for pool in view.deployment.pools}
    identities = (policy.identity for policy in view.deployment.policies)
    return tuple(str(one) for one in identities if one.scope is PolicyScope.SITE and one.key not in with_pool)


def site_policy_without_pool(view: AuditView) -> Iterator[Observation]:
    """A site policy for a site that has no pool in the document. Clauses: POL-11."""
    without_pool = _site_policies_without_pool(view)
    if without_pool and view.deployment.pools:
        yield Observation(
            without_pool,
            "The document has no pool on the sites of these policies, so they reach nobody in it: add the pool, or correct the "
            "name of the site.",
        )


def pools_not_given(view: AuditView) -> Iterator[Observation]:
    """There are site policies, and the document has no pools at all. Clauses: POL-11."""
    without_pool = _site_policies_without_pool(view)
    if without_pool and not view.deployment.pools:
        yield Observation(
            without_pool,
            f"The document has no pools, so {NotKnown.SITES.words}, nor whom these site policies reach: add what Get-CsPool "
            "shows.",
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
        name = min(spelled for _, spelled in accounts)
        near = nearest_policy(view, name.partition(":")[2])
        meant = "" if near is None else f"; {near.identity} may be meant"
        yield Observation(
            tuple(address for address, _ in accounts),
            f"They are assigned {name}, which does not exist, so the policy of their site or the global one applies{meant}.",
        )


def granted_but_not_enabled(view: AuditView) -> Iterator[Observation]:
    """Users who were granted a usable policy, and whose attribute says nothing. Clauses: POL-5, ATTR-2."""
    waiting: list[SipAddress] = []
    for user in view.deployment.users:
        assigned = user.hosted_voicemail_policy
        policy = None if assigned is None else view.deployment.policy(assigned)
        if policy is not None and policy.is_usable and hosted_um_access(user.voice_mail_settings) is HostedUmAccess.NOT_SET:
            waiting.append(user.sip_address)
    if waiting:
        yield Observation(
            tuple(waiting),
            "They were granted a policy with a Destination, and are not enabled for hosted UM access: not yet enabled, "
            "forgotten, switched off on purpose, or cleared by directory synchronisation.",
        )
