"""Builders of users, contacts, policies, INVITEs and deployments that hang together, for tests of what builds on the library.

Every argument may be left out; any field of the model may be given by its name, and stands as given. Nothing is random, and
nothing is needed beyond the library itself.
"""

from collections.abc import Sequence
from typing import Final, TypedDict, Unpack

import attrs

from exum_routing.casing import folded
from exum_routing.deployment import (
    EXCHANGE_ONLINE,
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    EdgeReplica,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    PolicyIdentity,
    Pool,
    ProxyAddress,
    Subject,
    Tenant,
    UmContact,
    UmDialPlan,
    UmProxyAddress,
    UmServer,
    UriType,
    User,
    VerificationLevel,
    VoiceMailSettings,
)
from exum_routing.fields import flag
from exum_routing.sip import Invite, SipAddress, SipUri

__all__ = [
    "a_contact",
    "a_deployment",
    "a_dial_plan",
    "a_hosted_um_service",
    "a_policy",
    "a_provider",
    "a_user",
    "an_invite",
]

_DIAL_PLAN: Final = "dp.contoso.com"
_ORGANIZATION: Final = "contoso.onmicrosoft.com"
_UM_SERVERS: Final = (UmServer(fqdn="um1.contoso.com", major_version=15),)


class _UserFields(TypedDict, total=False):
    display_name: str | None
    user_principal_name: str | None
    sam_account_name: str | None
    distinguished_name: str | None
    registrar_pool: str | None
    enterprise_voice_enabled: bool | None
    hosted_voicemail_policy: PolicyIdentity | str | None
    voice_mail_settings: VoiceMailSettings | Sequence[str]
    proxy_addresses: Sequence[ProxyAddress | str]


class _ContactFields(TypedDict, total=False):
    auto_attendant: bool
    registrar_pool: str | None
    hosted_voicemail_policy: PolicyIdentity | str | None


class _ProviderFields(TypedDict, total=False):
    identity: str
    enabled: bool
    enabled_shared_address_space: bool
    hosts_ocs_users: bool
    is_local: bool
    verification_level: VerificationLevel


class _DeploymentFields(TypedDict, total=False):
    policies: Sequence[HostedVoicemailPolicy]
    providers: Sequence[HostingProvider]
    edge: AccessEdgeConfiguration | None
    pools: Sequence[Pool]
    dial_plans: Sequence[UmDialPlan] | None
    edge_replica: EdgeReplica | None
    av_edge_gruu: SipUri | str | None
    hosted_um_services: Sequence[HostedUmService]


def a_user(
    sip_address: str = "alice@contoso.com",
    *,
    hosted: bool | None = None,
    on_premises: bool = False,
    um_dial_plan: str | None = None,
    **fields: Unpack[_UserFields],
) -> User:
    """A user, without voice mail unless told otherwise.

    Args:
        sip_address: The SIP address.
        hosted: What CsHostedVoiceMail says: True is 1, False is 0, None is no pair.
        on_premises: Whether there is a UM proxy address, for the dial plan ``dp.contoso.com`` if no other is given.
        um_dial_plan: The dial plan of the UM proxy address; a user with one is on-premises without saying so.
        fields: Any other field of ``User``; it stands as given, whatever the arguments above would put there.

    >>> a_user("roy@contoso.com", um_dial_plan="dp.fabrikam.com").um_proxy_addresses[0].phone_context
    'dp.fabrikam.com'
    >>> a_user(hosted=False).voice_mail_settings.values
    ('CsHostedVoiceMail=0',)
    """
    chosen: _UserFields = {}
    if hosted is not None:
        chosen["voice_mail_settings"] = (f"CsHostedVoiceMail={flag(hosted):d}",)
    if on_premises or um_dial_plan is not None:
        address, dial_plan = SipAddress(sip_address).removeprefix("sip:"), _DIAL_PLAN if um_dial_plan is None else um_dial_plan
        chosen["proxy_addresses"] = (UmProxyAddress(type="EUM", address=address, phone_context=dial_plan),)
    return User(sip_address=sip_address, **(chosen | fields))


def a_contact(
    sip_address: str = "aa@contoso.com", *, display_number: str = "+14255550100", **fields: Unpack[_ContactFields]
) -> UmContact:
    """A contact object of hosted UM, for subscriber access.

    >>> a_contact(auto_attendant=True).display_number
    '+14255550100'
    """
    return UmContact(sip_address=sip_address, display_number=display_number, **fields)


def a_policy(
    identity: PolicyIdentity | str = GLOBAL,
    *,
    destination: str | None = EXCHANGE_ONLINE,
    organizations: Sequence[str] = (_ORGANIZATION,),
    description: str | None = None,
) -> HostedVoicemailPolicy:
    """A hosted voice mail policy, the global one, to Exchange Online with one tenant.

    >>> a_policy("ExRedmond", destination="um.fabrikam.com").organizations
    ('contoso.onmicrosoft.com',)
    """
    return HostedVoicemailPolicy(
        identity=identity, destination=destination, organizations=organizations, description=description
    )


def a_provider(proxy_fqdn: str = EXCHANGE_ONLINE, **fields: Unpack[_ProviderFields]) -> HostingProvider:
    """A hosting provider as the recipe for hosted UM has it, named after its proxy server; a call crosses the Edge by it.

    >>> a_provider("um.fabrikam.com", enabled=False).identity
    'um.fabrikam.com'
    """
    recipe: _ProviderFields = {"identity": str(proxy_fqdn), "enabled": True, "enabled_shared_address_space": True}
    recipe["verification_level"] = VerificationLevel.USE_SOURCE_VERIFICATION
    return HostingProvider(proxy_fqdn=proxy_fqdn, **(recipe | fields))


def a_dial_plan(
    phone_context: str = _DIAL_PLAN, *, uri_type: UriType = UriType.SIP_NAME, um_servers: Sequence[UmServer] = _UM_SERVERS
) -> UmDialPlan:
    """A UM dial plan of SIP URIs with one UM server that takes calls.

    >>> a_dial_plan().candidates
    ('um1.contoso.com',)
    """
    return UmDialPlan(phone_context=phone_context, uri_type=uri_type, um_servers=um_servers)


def a_hosted_um_service(
    *owners: Mailbox | str, fqdn: str = EXCHANGE_ONLINE, organizations: Sequence[str] = (_ORGANIZATION,)
) -> HostedUmService:
    """A hosted UM service, Exchange Online with the one tenant of ``a_policy``, with mailboxes of these owners.

    Args:
        owners: The owners' SIP addresses, or whole mailboxes; every tenant has each of them.
        fqdn: The Destination of the policies that reach it.
        organizations: One for every tenant.

    >>> service = a_hosted_um_service("alice@contoso.com", Mailbox(sip_address="roy@contoso.com", voicemail_enabled=False))
    >>> [(mailbox.sip_address, mailbox.voicemail_enabled) for mailbox in service.tenants[0].mailboxes]
    [('sip:alice@contoso.com', True), ('sip:roy@contoso.com', False)]
    """
    mailboxes = [owner if isinstance(owner, Mailbox) else Mailbox(sip_address=owner) for owner in owners]
    tenants = [Tenant(organization=organization, mailboxes=mailboxes) for organization in organizations]
    return HostedUmService(fqdn=fqdn, tenants=tenants)


def an_invite(
    callee: str = "alice@contoso.com",
    *,
    caller: str = "bob@fabrikam.com",
    request_uri: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
) -> Invite:
    """An INVITE to Alice from Bob, who is nobody's voice mail owner, with every header that RFC 3261 asks for.

    Args:
        callee: The SIP address or URI that is called, in To and in the Request-URI; ``sip:`` may be left out.
        caller: The SIP address or URI that calls; ``sip:`` may be left out.
        request_uri: The Request-URI, if another one than ``callee``.
        headers: Further ones, behind the others; one of a name that is there already stands in its place.
        body: What stands behind the headers.

    >>> an_invite("roy@contoso.com", headers=[("Supported", "timer")]).headers[-1]
    ('Supported', 'timer')
    >>> an_invite(caller="alice@contoso.com", headers=[("To", "<tel:+14255550100>")]).to
    '<tel:+14255550100>'
    """
    plain = Invite.of_call(caller, callee, request_uri=request_uri)
    return attrs.evolve(plain, headers=(*plain.without(*(name for name, _ in headers)), *headers), body=body)


def a_deployment(*subjects: Subject, **fields: Unpack[_DeploymentFields]) -> Deployment:
    """A deployment of these users and contacts, in which everything that they refer to is there.

    It has a global policy, the per-user policies that were assigned, the dial plans that UM proxy addresses name, and the
    registrar pools, all on the site ``Redmond``; each is as its builder makes it. Every Destination has a hosting provider,
    and the Edge lets calls to it cross. Hosted UM services are those that are given.

    Args:
        subjects: The users and contacts, with different SIP addresses.
        fields: Any other field of ``Deployment``, whole; policies that are given have to hold the global one.

    >>> from exum_routing.routing import route
    >>> alice, roy, zoe = a_user(hosted=True), a_user("roy@contoso.com", on_premises=True), a_user("zoe@contoso.com")
    >>> deployment = a_deployment(alice, roy, zoe)
    >>> route(alice, deployment).destination, route(roy, deployment).um_servers, route(zoe, deployment).reason.name
    ('exap.um.outlook.com', ('um1.contoso.com',), 'NO_VOICE_MAIL')
    """
    users = [subject for subject in subjects if isinstance(subject, User)]
    contacts = [subject for subject in subjects if not isinstance(subject, User)]
    given = Deployment(users=users, contacts=contacts, **fields)
    assigned = dict.fromkeys(subject.hosted_voicemail_policy for subject in subjects if subject.hosted_voicemail_policy)
    homes = dict.fromkeys(subject.registrar_pool for subject in subjects if subject.registrar_pool)
    named = {folded(entry.phone_context): entry.phone_context for user in users for entry in user.um_proxy_addresses}
    policies = given.policies if "policies" in fields else (a_policy(), *map(a_policy, assigned))
    destinations = dict.fromkeys(policy.destination for policy in policies if policy.destination)
    around: _DeploymentFields = {
        "policies": policies,
        "providers": [a_provider(destination) for destination in destinations],
        "edge": AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
        "pools": [Pool(fqdn=fqdn, site="Redmond") for fqdn in homes],
        "dial_plans": [a_dial_plan(name) for name in named.values()],
    }
    return attrs.evolve(given, **(around | fields))
