"""Rules of the audit about Organization: the tenants that a policy names, and the cloud that they are in."""

import re
from collections.abc import Iterator
from typing import Final

from exum_routing.audit.observation import Observation, new_hosting_provider, set_policy
from exum_routing.audit.routed import AuditView, known_tenants
from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import EXCHANGE_ONLINE, HostedVoicemailPolicy
from exum_routing.sip import Fqdn

CLOUDS: Final = {
    EXCHANGE_ONLINE: ".onmicrosoft.com",
    Fqdn("exap.um.partner.outlook.cn"): ".partner.onmschina.cn",
    Fqdn("exap.um.office365.us"): ".onmicrosoft.us",
}
"""The Destination of Cloud Voicemail in every cloud, with the domain in which the cloud's tenants have their default domains.

Clauses: POL-13
"""

_GUID: Final = re.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def organization_missing(view: AuditView) -> Iterator[Observation]:
    """A policy names a Destination and no Organization (L5). Clauses: URI-7."""
    tenants = known_tenants(view)
    for policy in view.deployment.policies:
        if policy.destination is not None and not policy.organizations:
            stopped, tenant = view.hosted_by(policy), tenants.get(policy.destination)
            who = " (the tenant's administrator knows its default domain)" if tenant is None else ""
            yield Observation(
                stopped or (str(policy.identity),),
                f"Policy {policy.identity} names no Organization, so the hosted service cannot find the tenant{who}.",
                () if tenant is None else (set_policy(policy.identity, organization=tenant),),
                calls_fail=bool(stopped),
            )


def _corrected_organization(organization: Fqdn) -> str | None:
    """The Organization with hyphens around its labels taken out; None: that makes no domain of two labels."""
    labels = [label.strip("-") for label in organization.split(".")]
    return ".".join(labels) if len(labels) > 1 and all(labels) else None


def _why_no_domain(organization: Fqdn) -> str | None:
    labels = organization.split(".")
    if _GUID.fullmatch(organization):
        return "is a tenant's id, not its domain"
    if len(labels) == 1:
        return "is a single label"
    return "has a hyphen at the edge of a label" if any(label != label.strip("-") for label in labels) else None


def organization_no_domain(view: AuditView) -> Iterator[Observation]:
    """An Organization that is accepted as an FQDN, but is not a tenant's domain (L5, L6). Clauses: POL-8."""
    for policy in view.deployment.policies:
        odd = [f"{one} {why}" for one in policy.organizations if (why := _why_no_domain(one)) is not None]
        if odd:
            corrected = [_corrected_organization(one) for one in policy.organizations]
            kept = [one for one in corrected if one is not None]
            known = len(kept) == len(corrected)
            who = "" if known else "; the tenant's administrator knows its default domain"
            yield Observation(
                (str(policy.identity),),
                f"Policy {policy.identity} names an Organization that is no domain of a tenant: {', '.join(odd)}{who}.",
                (set_policy(policy.identity, organization=",".join(dict.fromkeys(kept))),) if known else (),
            )


def several_organizations(view: AuditView) -> Iterator[Observation]:
    """Several organizations with Cloud Voicemail, whose recipe names one (L5). Clauses: POL-13."""
    for policy in view.deployment.policies:
        if policy.destination in CLOUDS and len(policy.organizations) > 1:
            service = view.deployment.hosted_um_service(policy.destination)
            tenant = None if service is None else service.first_tenant(policy.organizations)
            kept = policy.organizations[0] if tenant is None else tenant.organization
            yield Observation(
                (str(policy.identity),),
                f"Policy {policy.identity} names several organizations, but Cloud Voicemail takes one; users of another tenant "
                "need a policy of their own.",
                (set_policy(policy.identity, organization=kept),),
            )


def other_cloud(view: AuditView) -> Iterator[Observation]:
    """A Destination of another cloud than the tenant's (L24). Clauses: POL-13."""
    for policy in view.deployment.policies:
        clouds = [cloud for one in policy.organizations for cloud, ending in CLOUDS.items() if one.endswith(ending)]
        if policy.destination in CLOUDS and any(cloud != policy.destination for cloud in clouds):
            right = clouds[0] if len(set(clouds)) == 1 else None
            who = "; give the tenants of each cloud a policy of their own" if right is None else ""
            yield Observation(
                (str(policy.identity),),
                f"Policy {policy.identity} names {policy.destination}, which is not the cloud of every tenant among "
                f"{', '.join(policy.organizations)}{who}.",
                () if right is None else _to_cloud(view, policy, right),
            )


def _to_cloud(view: AuditView, policy: HostedVoicemailPolicy, cloud: Fqdn) -> tuple[CmdletCall, ...]:
    providers = view.deployment.providers
    changed = set_policy(policy.identity, destination=cloud)
    if any(provider.proxy_fqdn == cloud for provider in providers):
        return (changed,)
    return (new_hosting_provider(cloud, [provider.identity for provider in providers]), changed)
