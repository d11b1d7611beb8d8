"""The last hop of a call to hosted UM: the hosted UM service."""

from exum_routing.arguments import names_wrong_types
from exum_routing.call.outcome import HandedOver, Hop, NextHop, Refused, refused, target_of
from exum_routing.call.refusal import CallFault
from exum_routing.deployment import HostedUmService, Tenant
from exum_routing.errors import ExumRoutingError
from exum_routing.routing import DEFAULT_LAYOUT, RequestUriLayout
from exum_routing.sip import Invite, NameAddr, SipAddress


@names_wrong_types
def hosted_um(invite: Invite, service: HostedUmService, *, layout: RequestUriLayout = DEFAULT_LAYOUT) -> HandedOver | Refused:
    """What becomes of an INVITE at the hosted UM service: it is taken for the owner's mailbox, or refused.

    The tenant is that of the first organization that the service hosts. The owner is whom Diversion names, or, where there is
    none, whom To names, who then is the caller; and the Request-URI names the same. Tenants or mailboxes that the deployment
    does not describe are not known: the call is handed over without them. One that names no organization is refused by
    any service.

    Args:
        invite: The INVITE as it left the Edge.
        service: The service and its tenants.
        layout: The names of the Request-URI's parameters.

    Clauses: CALL-7, CALL-8, CALL-14, CALL-15

    >>> refused = hosted_um(Invite.of_call("bob@contoso.com", "alice@contoso.com"), HostedUmService(fqdn="um", tenants=()))
    >>> refused.reason.name, refused.response.status
    ('NO_TENANT', 404)
    """
    target = target_of(invite, layout)
    if service.tenants is None and target is not None and target.organizations:
        return HandedOver(_place(service), ("CALL-7",))
    tenant = None if target is None else service.first_tenant(target.organizations)
    if target is None or tenant is None:
        return _at_service(service, CallFault.NO_TENANT)
    if (invite.uri.parameter("user") or "").lower() == "phone":
        return HandedOver(_place(service), ("CALL-7", "CALL-15"), tenant.organization)
    owner = _owner(invite)
    if owner is None or owner != target.owner:
        return _at_service(service, CallFault.NO_OWNER)
    return _for_owner(owner, tenant, service)


def _place(service: HostedUmService) -> NextHop:
    return NextHop(Hop.HOSTED_UM, service.fqdn)


def _at_service(service: HostedUmService, fault: CallFault) -> Refused:
    return refused(Hop.HOSTED_UM, fault, service.fqdn, ("CALL-7", "CALL-14"))


def _owner(invite: Invite) -> SipAddress | None:
    """Whose voice mail it is, by Diversion, else by To, which then is the caller; None: it does not say, or not of one."""
    diversions = invite.values("Diversion")
    if not diversions:
        return invite.to.address if invite.to.address == invite.from_.address else None
    try:
        return NameAddr(diversions[0]).address if len(diversions) == 1 else None
    except ExumRoutingError:
        return None


def _for_owner(owner: SipAddress, tenant: Tenant, service: HostedUmService) -> HandedOver | Refused:
    if tenant.mailboxes is None:
        return HandedOver(_place(service), ("CALL-7",), tenant.organization)
    mailbox = tenant.mailbox(owner)
    if mailbox is None:
        return _at_service(service, CallFault.NO_MAILBOX)
    if not mailbox.voicemail_enabled:
        return _at_service(service, CallFault.VOICE_MAIL_NOT_ENABLED)
    return HandedOver(_place(service), ("CALL-7", "CALL-8"), tenant.organization, mailbox, tenant.enable_transcription)
