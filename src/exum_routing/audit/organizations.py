"""Rules of the audit about Organization: the tenants that a policy names, and the cloud that they are in."""

import re
from collections.abc import Iterator
from typing import Final

from exum_routing.audit.observation import Observation, set_policy
from exum_routing.audit.routed import AuditView, known_tenants
from exum_routing.deployment import CHINA, CLOUDS, EXCHANGE_ONLINE, cloud_of
from exum_routing.sip import Fqdn

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
                (set_policy(policy.identity, organization=tenant),) if stopped and tenant is not None else (),
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
            kept = ", ".join(dict.fromkeys(one for one in corrected if one is not None))
            meant = f"; {kept} may be meant" if None not in corrected else ""
            yield Observation(
                (str(policy.identity),),
                f"Policy {policy.identity} names an Organization that is no domain of a tenant: {', '.join(odd)}{meant}. The "
                "tenant's administrator knows its default domain.",
            )


def several_organizations(view: AuditView) -> Iterator[Observation]:
    """Several organizations with Cloud Voicemail, whose recipe names one (L5). Clauses: POL-13."""
    for policy in view.deployment.policies:
        if policy.destination in CLOUDS and len(policy.organizations) > 1:
            yield Observation(
                (str(policy.identity),),
                f"Policy {policy.identity} names several organizations, but Cloud Voicemail takes one: give the users of each "
                "tenant a policy of their own.",
            )


def other_cloud(view: AuditView) -> Iterator[Observation]:
    """A Destination of another cloud than the tenant's (L24). Clauses: POL-13."""
    for policy in view.deployment.policies:
        clouds = [cloud for one in policy.organizations if (cloud := cloud_of(one)) is not None]
        if policy.destination in CLOUDS and any(cloud != policy.destination for cloud in clouds):
            yield Observation(
                (str(policy.identity),),
                f"Policy {policy.identity} names {policy.destination}, which is not the cloud of every tenant among "
                f"{', '.join(policy.organizations)}: {_other_cloud_advice(set(clouds))}",
            )


def _other_cloud_advice(clouds: set[Fqdn]) -> str:
    if len(clouds) > 1:
        return "give the tenants of each cloud a policy of their own."
    (cloud,) = clouds
    if cloud in {CHINA, EXCHANGE_ONLINE}:
        return f"Cloud Voicemail of that cloud is at {cloud}, which needs a hosting provider of its own first."
    return "it is GCC High or DoD, so ask the tenant's administrator for the Destination of Cloud Voicemail there."


def cloud_not_known(view: AuditView) -> Iterator[Observation]:
    """An Organization that does not tell the tenant's cloud, beside a Destination of Cloud Voicemail. Clauses: POL-13."""
    for policy in view.deployment.policies:
        vanity = [one for one in policy.organizations if cloud_of(one) is None and _why_no_domain(one) is None]
        if policy.destination in CLOUDS and vanity and view.hosted_by(policy):
            yield Observation(
                (str(policy.identity),),
                f"Whether {', '.join(vanity)} is a tenant of the cloud of {policy.destination} cannot be told from the name: "
                "ask the tenant's administrator for its default domain.",
            )
