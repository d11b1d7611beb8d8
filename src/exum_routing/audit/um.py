"""Rules of the audit about voice mail systems: UM dial plans and their servers, tenants and mailboxes of hosted UM."""

from collections.abc import Callable, Iterator
from typing import Final

from exum_routing.audit.observation import Observation, set_policy
from exum_routing.audit.routed import AuditView
from exum_routing.casing import folded
from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import (
    HostedUmService,
    Mailbox,
    MailboxHome,
    NotKnown,
    Tenant,
    UmDialPlan,
    UmProxyAddress,
    UriType,
    User,
)
from exum_routing.sip import Fqdn, SipAddress

_SUPPORTED: Final = 15
"""The major version of Exchange 2013 and 2016."""
_PRIMARY: Final = "EUM"
"""The type of a primary UM proxy address; that of a secondary one is ``eum``."""


def dial_plan_missing(view: AuditView) -> Iterator[Observation]:
    """The UM dial plan that users' proxy addresses name does not exist. Clauses: UM-6."""
    if view.deployment.dial_plans is None:
        return
    for _, users in sorted(view.by_dial_plan.items()):
        name = min(spelled for _, spelled in users)
        if view.deployment.dial_plan(name) is None:
            yield Observation(
                tuple(address for address, _ in users),
                f"Their UM proxy addresses name the dial plan {name}, which does not exist, so their calls are not routed: the "
                "administrator of Exchange UM makes the dial plan or corrects the addresses.",
            )


def _named_dial_plans(view: AuditView) -> Iterator[tuple[UmDialPlan, tuple[SipAddress, ...]]]:
    for dial_plan in view.deployment.dial_plans or ():
        users = tuple(address for address, _ in view.by_dial_plan.get(folded(dial_plan.phone_context), ()))
        if users:
            yield dial_plan, users


def dial_plan_not_sip_uri(view: AuditView) -> Iterator[Observation]:
    """Users name a dial plan of another type than SIP URI, so no server of it takes their calls. Clauses: UM-2."""
    for dial_plan, users in _named_dial_plans(view):
        if dial_plan.uri_type is not UriType.SIP_NAME:
            yield Observation(
                users,
                f"Their dial plan {dial_plan.phone_context} is of type {dial_plan.uri_type.value}, and only servers of a SIP "
                "URI dial plan take calls: the administrator of Exchange UM moves them to one, for a dial plan keeps its type.",
            )


def dial_plan_without_server(view: AuditView) -> Iterator[Observation]:
    """Users name a SIP URI dial plan that has no enabled UM server. Clauses: UM-6."""
    for dial_plan, users in _named_dial_plans(view):
        if dial_plan.uri_type is UriType.SIP_NAME and not dial_plan.candidates:
            disabled = tuple(CmdletCall.named("Enable-UMService", identity=server.fqdn) for server in dial_plan.um_servers)
            who = (
                ", in the Exchange Management Shell"
                if disabled
                else "; there is none, so the administrator of Exchange UM adds it first"
            )
            yield Observation(
                users,
                f"Their dial plan {dial_plan.phone_context} has no enabled UM server, so their calls are not routed; enable "
                f"one{who}.",
                disabled,
            )


def dial_plan_with_one_server(view: AuditView) -> Iterator[Observation]:
    """Users name a dial plan with one UM server that is tried, so that nothing answers when it fails (L27). Clauses: UM-5."""
    for dial_plan, _ in _named_dial_plans(view):
        if len(dial_plan.candidates) == 1:
            yield Observation(
                (dial_plan.phone_context,),
                f"Only {dial_plan.candidates[0]} is tried for calls to this dial plan, and when it does not answer the call is "
                "dropped: the administrator of Exchange UM adds a second server of the same version.",
            )


def dial_plan_of_mixed_versions(view: AuditView) -> Iterator[Observation]:
    """Users name a dial plan with UM servers of several versions, of which only the highest is tried (L27). Clauses: UM-3."""
    for dial_plan, _ in _named_dial_plans(view):
        candidates = set(dial_plan.candidates)
        left_out = [server.fqdn for server in dial_plan.um_servers if server.enabled and server.fqdn not in candidates]
        if candidates and left_out:
            yield Observation(
                (dial_plan.phone_context,),
                f"UM servers of a lower version are never tried: {', '.join(left_out)}; the administrator of Exchange UM "
                "upgrades them or takes them out.",
            )


def dial_plans_not_given(view: AuditView) -> Iterator[Observation]:
    """Users are routed to on-premises UM, but the dial plans cannot be read. Clauses: UM-6."""
    if view.deployment.dial_plans is None and view.by_dial_plan:
        yield Observation(
            tuple(min(spelled for _, spelled in users) for _, users in sorted(view.by_dial_plan.items())),
            f"The document has no UM dial plans, so {NotKnown.UM_SERVERS.words}: add what Get-UMDialPlan shows. Whoever "
            "exports them needs permission to read the directory objects of Exchange UM.",
        )


def tenant_not_hosted(view: AuditView) -> Iterator[Observation]:
    """A hosted UM service that is known hosts no organization that is sent to it. Clauses: CALL-14."""
    for policy in view.deployment.policies:
        service = None if policy.destination is None else view.deployment.hosted_um_service(policy.destination)
        if service is None or service.tenants is None or not policy.organizations:
            continue
        hosted = view.hosted.get(policy.identity.key, ())
        sent = {decision.organizations for _, decision in hosted} or {policy.organizations}
        refused = {organizations for organizations in sent if service.first_tenant(organizations) is None}
        if refused:
            stopped = tuple(subject.sip_address for subject, decision in hosted if decision.organizations in refused)
            only = service.tenants[0].organization if len(service.tenants) == 1 else None
            who = "; the administrator of the service knows the tenants" if only is None else ""
            yield Observation(
                stopped or (str(policy.identity),),
                f"The service {service.fqdn} hosts none of the organizations that policy {policy.identity} sends{who}.",
                (set_policy(policy.identity, organization=only),) if stopped and only is not None else (),
                calls_fail=bool(stopped),
            )


def _without(
    view: AuditView, lacks: Callable[[Mailbox | None], bool]
) -> Iterator[tuple[HostedUmService, Tenant, tuple[SipAddress, ...]]]:
    """The users whose mailbox in the first hosted tenant lacks something, by service and tenant."""
    found: dict[tuple[Fqdn, Fqdn], tuple[HostedUmService, Tenant, list[SipAddress]]] = {}
    for policy in view.deployment.policies:
        service = None if policy.destination is None else view.deployment.hosted_um_service(policy.destination)
        if service is None:
            continue
        for subject, decision in view.hosted.get(policy.identity.key, ()):
            tenant = service.first_tenant(decision.organizations)
            if tenant is None or tenant.mailboxes is None or not isinstance(subject, User):
                continue
            if lacks(tenant.mailbox(subject.sip_address)):
                group = found.setdefault((service.fqdn, tenant.organization), (service, tenant, []))
                group[2].append(subject.sip_address)
    return ((service, tenant, tuple(users)) for service, tenant, users in found.values())


def mailbox_missing(view: AuditView) -> Iterator[Observation]:
    """Users are routed to a tenant in which they have no mailbox. Clauses: CALL-14."""
    for service, tenant, users in _without(view, lambda mailbox: mailbox is None):
        yield Observation(
            users,
            f"They have no mailbox in {tenant.organization}, the first of their policy's organizations that {service.fqdn} "
            "hosts: the tenant's administrator makes one, or they need another policy.",
        )


def voice_mail_turned_off(view: AuditView) -> Iterator[Observation]:
    """Users for whom voice mail is turned off at the service. Clauses: CALL-14."""
    for service, tenant, users in _without(view, lambda mailbox: mailbox is not None and not mailbox.voicemail_enabled):
        yield Observation(
            users,
            f"Voice mail is turned off for their mailboxes in {tenant.organization} at {service.fqdn}. A policy "
            "(AllowVoicemail of a Teams calling policy), an administrator (Set-CsOnlineVoicemailUserSettings) or the owner "
            "may have done that.",
        )


def mailbox_not_used(view: AuditView) -> Iterator[Observation]:
    """Users with a mailbox online that takes voice mail, who are not enabled for hosted UM access (L14). Clauses: CALL-7."""
    tenants = (tenant for service in view.deployment.hosted_um_services for tenant in service.tenants or ())
    mailboxes = (mailbox for tenant in tenants for mailbox in tenant.mailboxes or ())
    online = {one.sip_address for one in mailboxes if one.home is MailboxHome.ONLINE and one.voicemail_enabled}
    enabled = {user.sip_address for user in view.enabled}
    waiting = tuple(
        user.sip_address for user in view.deployment.users if user.sip_address in online and user.sip_address not in enabled
    )
    if waiting:
        yield Observation(
            waiting,
            "They have a mailbox online that takes voice mail, and are not enabled for hosted UM access. If they are to have "
            "it, grant them a policy with a Destination first, then enable them with Set-CsUser -HostedVoiceMail $True; "
            "directory synchronisation may clear what Exchange does not know of.",
        )


def unsupported_um_version(view: AuditView) -> Iterator[Observation]:
    """UM servers of a version that Skype for Business Server 2019 does not support. Clauses: UM-3."""
    for dial_plan, _ in _named_dial_plans(view):
        candidates = set(dial_plan.candidates)
        old = [one for one in dial_plan.um_servers if one.fqdn in candidates and one.major_version != _SUPPORTED]
        if old:
            yield Observation(
                (dial_plan.phone_context,),
                "Skype for Business Server 2019 supports Exchange UM of Exchange 2013 and 2016 (major version 15) only, and "
                f"calls to this dial plan go to {', '.join(f'{one.fqdn} ({one.major_version})' for one in old)}.",
            )


def _um_addresses(view: AuditView) -> Iterator[tuple[User, UmProxyAddress]]:
    return ((user, address) for user in view.deployment.users for address in user.um_proxy_addresses)


def no_primary_um_address(view: AuditView) -> Iterator[Observation]:
    """Users with secondary UM proxy addresses alone. Clauses: ATTR-7."""
    without = tuple(
        user.sip_address
        for user in view.deployment.users
        if user.um_proxy_addresses and all(address.type != _PRIMARY for address in user.um_proxy_addresses)
    )
    if without:
        yield Observation(
            without,
            "They have secondary UM proxy addresses (eum:) and no primary one (EUM:), so their accounts are not consistent: in "
            "the Exchange Management Shell, make one address the primary, or disable and enable them for UM.",
        )


def um_address_of_another_name(view: AuditView) -> Iterator[Observation]:
    """Users whose primary UM proxy address is a SIP address other than their own. Clauses: ATTR-7."""
    other = dict.fromkeys(
        user.sip_address
        for user, address in _um_addresses(view)
        if address.type == _PRIMARY and "@" in address.address and folded(f"sip:{address.address}") != folded(user.sip_address)
    )
    if other:
        yield Observation(
            tuple(other),
            "Their primary UM proxy address names another SIP address than theirs, as after a change of name: in the Exchange "
            "Management Shell, give them one of their own.",
        )


def um_address_of_two(view: AuditView) -> Iterator[Observation]:
    """Accounts that share a UM proxy address. Clauses: ATTR-7."""
    owners: dict[tuple[str, str], list[SipAddress]] = {}
    for user, address in _um_addresses(view):
        found = owners.setdefault((folded(address.address), folded(address.phone_context)), [])
        if user.sip_address not in found:
            found.append(user.sip_address)
    for (shared, phone_context), users in sorted(owners.items()):
        if len(users) > 1:
            yield Observation(
                tuple(users),
                f"They share the UM proxy address {shared} in dial plan {phone_context}, so a caller may reach the mailbox "
                "of the other: the administrator of Exchange UM gives each one of its own.",
            )
