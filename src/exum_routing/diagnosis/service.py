"""Evidence about the hosted service: the organizations that a policy names, the tenants, and the mailboxes."""

from exum_routing.deployment import CLOUDS, Tenant, UmContact, User, cloud_of
from exum_routing.diagnosis.evidence import Evidence, Situation, ruled_out, shown, to_check
from exum_routing.routing import HostedUm


def organization_missing(situation: Situation) -> Evidence:
    """The policy names no Organization. Clauses: URI-7."""
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    if found.organizations:
        return ruled_out(f"Policy {found.policy.identity} names {', '.join(found.organizations)}.")
    return shown(f"Policy {found.policy.identity} names no Organization.")


def other_cloud(situation: Situation) -> Evidence:
    """The Destination is of another cloud than the tenant. Clauses: POL-13."""
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    clouds = {cloud_of(organization) for organization in found.organizations}
    named = f"Policy {found.policy.identity} sends {', '.join(found.organizations) or 'no Organization'} to {found.destination}"
    if found.destination in CLOUDS and clouds - {found.destination, None}:
        return shown(f"{named}, which is of another cloud.")
    if clouds == {found.destination}:
        return ruled_out(f"{named}, which is of the same cloud.")
    if found.destination not in CLOUDS and clouds <= {None}:
        return ruled_out(f"{found.destination} is not a Destination of Cloud Voicemail.")
    return to_check(f"{named}, and the names do not tell the cloud.")


def tenant_not_hosted(situation: Situation) -> Evidence:
    """The hosted service hosts none of the organizations. Clauses: CALL-14."""
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    if not found.organizations:
        return ruled_out(f"Policy {found.policy.identity} names no Organization.")
    tenant = _tenant(situation, found)
    if isinstance(tenant, Evidence):
        return tenant
    if tenant is None:
        return shown(f"{found.destination} hosts none of {', '.join(found.organizations)}.")
    return ruled_out(f"{found.destination} hosts {tenant.organization}.")


def _tenant(situation: Situation, found: HostedUm) -> Tenant | Evidence | None:
    """The tenant that takes the calls; None: the service hosts none of the organizations."""
    service = situation.deployment.hosted_um_service(found.destination)
    if service is None or service.tenants is None:
        return to_check(f"The document does not give the tenants of {found.destination}.")
    return service.first_tenant(found.organizations)


def mailbox_missing(situation: Situation) -> Evidence:
    """The tenant has no mailbox of the user. Clauses: CALL-14."""
    found, subject = situation.hosted(), situation.subject
    if isinstance(found, Evidence):
        return found
    if isinstance(subject, UmContact):
        return ruled_out("It is a contact object, which has no mailbox.")
    tenant = _tenant(situation, found)
    if isinstance(tenant, Evidence):
        return tenant
    if tenant is None or tenant.mailboxes is None:
        return to_check("The document does not give the mailboxes of the user's tenant.")
    if tenant.mailbox(subject.sip_address) is None:
        return shown(f"{tenant.organization} has no mailbox of {subject.sip_address}.")
    return ruled_out(f"{tenant.organization} has a mailbox of {subject.sip_address}.")


def voice_mail_turned_off(situation: Situation) -> Evidence:
    """Voice mail is turned off at the service: the document may show it, and cannot rule it out. Clauses: CALL-14."""
    found, subject = situation.hosted(), situation.subject
    if isinstance(found, Evidence):
        return found
    if isinstance(subject, UmContact):
        return ruled_out("It is a contact object, which has no mailbox.")
    tenant = _tenant(situation, found)
    mailbox = tenant.mailbox(subject.sip_address) if isinstance(tenant, Tenant) else None
    if mailbox is not None and not mailbox.voicemail_enabled:
        return shown(f"Voice mail is turned off for the mailbox of {subject.sip_address}.")
    return to_check("No document holds the policies of the tenant.")


def contact_of_cloud_voicemail(situation: Situation) -> Evidence:
    """A contact object is called whose policy leads to Cloud Voicemail. Clauses: CALL-15, POL-13."""
    if isinstance(situation.subject, User):
        return ruled_out("It is a user, not a contact object.")
    found = situation.hosted()
    if isinstance(found, Evidence):
        return found
    if found.destination in CLOUDS:
        return shown(f"Policy {found.policy.identity} leads the contact object to {found.destination}.")
    return ruled_out(f"{found.destination} is not a Destination of Cloud Voicemail.")
