"""The audit: every rule fires where it should and nowhere else, and an error is named exactly where a call fails."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from exum_routing import (
    CLAUSES,
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeRefusal,
    EdgeReplica,
    Fqdn,
    HostedUm,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    MailboxHome,
    NotRouted,
    NotRoutedReason,
    Pool,
    PoolVersion,
    Reading,
    Tenant,
    UmContact,
    UmDialPlan,
    UmServer,
    UriType,
    User,
    VerificationLevel,
    cmdlets,
    route,
    route_at_edge,
)
from exum_routing.audit import RULES, Finding, Rule, Severity, audit
from exum_routing.audit.observation import for_each
from exum_routing.call import CallFault, Circumstances, Refused, trace_call
from exum_routing.cmdlets import View
from exum_routing.interchange.answers import finding_to_json
from exum_routing.interchange.document import read_deployment
from exum_routing.reading import AuthorsDisagree, SeveralOrganizations
from exum_routing.sip import Invite
from exum_routing.testing import a_provider
from exum_routing.testing.strategies import access_edge_configurations, deployments, edge_configurations, readings

EXO, CHINA, GOVERNMENT, FABRIKAM = (
    "exap.um.outlook.com",
    "exap.um.partner.outlook.cn",
    "exap.um.office365.us",
    "um.fabrikam.com",
)
ALICE, BOB, ROY, AA, SA = (f"sip:{name}@contoso.com" for name in ("alice", "bob", "roy", "aa", "sa"))
E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

EDGE = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
PROVIDER = HostingProvider(
    identity="Cloud Voicemail",
    enabled=True,
    enabled_shared_address_space=True,
    proxy_fqdn=EXO,
    verification_level=VerificationLevel.USE_SOURCE_VERIFICATION,
)
OTHER_PROVIDER = HostingProvider(
    identity="Skype Online",
    enabled=True,
    enabled_shared_address_space=True,
    hosts_ocs_users=True,
    proxy_fqdn="sipfed.online.lync.com",
)
"""The provider of hybrid, which hosts accounts."""
HOSTED = HostedVoicemailPolicy(identity="tag:Hosted", destination=EXO, organizations=("contoso.onmicrosoft.com",))
GLOBAL = HostedVoicemailPolicy(identity="Global")
USER = User(
    sip_address=ALICE,
    registrar_pool="pool01.contoso.com",
    enterprise_voice_enabled=True,
    hosted_voicemail_policy="Hosted",
    voice_mail_settings=("CsHostedVoiceMail=1",),
)
PLAIN = User(sip_address=BOB, registrar_pool="pool01.contoso.com", enterprise_voice_enabled=False)
CONTACT = UmContact(
    sip_address=AA, registrar_pool="pool01.contoso.com", display_number="+14255550100", hosted_voicemail_policy="Hosted"
)
UM_USER = User(
    sip_address=ROY, registrar_pool="pool01.contoso.com", proxy_addresses=("EUM:roy@contoso.com;phone-context=DP.contoso.com",)
)
SERVERS = tuple(UmServer(fqdn=f"um{number}.contoso.com", major_version=15) for number in (1, 2))
DIAL_PLAN = UmDialPlan(phone_context="dp.contoso.com", um_servers=SERVERS)
RECIPE = Deployment(
    users=(USER, PLAIN),
    policies=(GLOBAL, HOSTED),
    providers=(PROVIDER, OTHER_PROVIDER),
    edge=EDGE,
    pools=(Pool(fqdn="pool01.contoso.com", site="Redmond"),),
)
NOBODY = attrs.evolve(RECIPE, users=(PLAIN,))
ON_PREMISES = attrs.evolve(RECIPE, users=(USER, UM_USER), dial_plans=(DIAL_PLAN,))
STORE = EdgeConfiguration(access_edge=EDGE, providers=(PROVIDER, OTHER_PROVIDER))
NEW_PROVIDER = (
    "New-CsHostingProvider -Identity '{}' -Enabled $True -EnabledSharedAddressSpace $True -HostsOCSUsers $False "
    "-ProxyFqdn '{}' -IsLocal $False -VerificationLevel 'UseSourceVerification'"
)
SET_NULL, SET_TRUE = (f"Set-CsUser -Identity '{{}}' -HostedVoiceMail ${value}" for value in ("null", "True"))


def with_provider(base: Deployment = RECIPE, **changed: Any) -> Deployment:
    """The deployment with its hosting provider changed."""
    return attrs.evolve(base, providers=(attrs.evolve(PROVIDER, **changed), OTHER_PROVIDER))


def with_policy(base: Deployment = RECIPE, **changed: Any) -> Deployment:
    """The deployment with its per-user policy changed."""
    return attrs.evolve(base, policies=(GLOBAL, attrs.evolve(HOSTED, **changed)))


def with_user(**changed: Any) -> Deployment:
    """The recipe with its enabled user changed."""
    return attrs.evolve(RECIPE, users=(attrs.evolve(USER, **changed), PLAIN))


def with_edge(base: Deployment = RECIPE, **changed: Any) -> Deployment:
    """The deployment with its Access Edge settings changed."""
    return attrs.evolve(base, edge=attrs.evolve(EDGE, **changed))


def with_site_policy(base: Deployment = RECIPE, site: str = "Redmond") -> Deployment:
    """The deployment with a policy for a site."""
    policy = HostedVoicemailPolicy(identity=f"site:{site}", destination=EXO, organizations=HOSTED.organizations)
    return attrs.evolve(base, policies=(*base.policies, policy))


def with_service(
    base: Deployment = RECIPE,
    *,
    organizations: tuple[str, ...] = ("contoso.onmicrosoft.com",),
    mailboxes: tuple[Mailbox, ...] = (Mailbox(sip_address=ALICE),),
) -> Deployment:
    """The deployment with the hosted UM service known, every tenant with the same mailboxes."""
    tenants = [Tenant(organization=organization, mailboxes=mailboxes) for organization in organizations]
    return attrs.evolve(base, hosted_um_services=(HostedUmService(fqdn=EXO, tenants=tenants),))


def with_dial_plan(**changed: Any) -> Deployment:
    """A deployment with a user of on-premises UM, its dial plan changed."""
    return attrs.evolve(ON_PREMISES, dial_plans=(attrs.evolve(DIAL_PLAN, **changed),))


def with_replica(configuration: EdgeConfiguration | None, base: Deployment = RECIPE, fqdn: str | None = "edge") -> Deployment:
    """The deployment with an Edge Server that works from this."""
    return attrs.evolve(base, edge_replica=EdgeReplica(fqdn=fqdn, configuration=configuration))


class Row(NamedTuple):
    """A deployment in which a rule finds one thing, what it finds, and a deployment like it in which it finds nothing."""

    rule: str
    fires: Deployment
    severity: Severity
    subjects: tuple[str, ...]
    remedies: tuple[str, ...]
    quiet: Deployment


def site_case(user: User) -> Deployment:
    """A deployment with a site policy and this user."""
    return with_site_policy(attrs.evolve(RECIPE, users=(USER, user)))


def on_pool(version: PoolVersion, base: Deployment = RECIPE) -> Deployment:
    """The deployment with the version of its pools known."""
    return attrs.evolve(base, pools=[attrs.evolve(pool, version=version) for pool in base.pools])


def um_user(*entries: str) -> Deployment:
    """A deployment with a user of on-premises UM who has these proxy addresses."""
    addresses = [f"{one};phone-context=dp.contoso.com" if one.lower().startswith("eum:") else one for one in entries]
    return attrs.evolve(ON_PREMISES, users=(attrs.evolve(UM_USER, proxy_addresses=addresses),))


EXPORT = (
    "Export-CsConfiguration -FileName 'EdgeConfiguration.zip'",
    "# Run on the Edge Server: Import-CsConfiguration -LocalStore -FileName 'EdgeConfiguration.zip'",
)
INVOKE = "Invoke-CsManagementStoreReplication"
DNS_SRV = "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery $False"
FEDERATED = "Set-CsAccessEdgeConfiguration -AllowFederatedUsers $True"
SET_PROVIDER = "Set-CsHostingProvider -Identity 'Cloud Voicemail'"
SET_POLICY = "Set-CsHostedVoicemailPolicy -Identity 'tag:Hosted'"
DISAGREE = ("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1")
ALONE = attrs.evolve(PLAIN, registrar_pool=None)
LOST = attrs.evolve(PLAIN, registrar_pool="pool99.contoso.com")
GONE = attrs.evolve(USER, hosted_voicemail_policy="Gone")
TWO_TENANTS = ("contoso.onmicrosoft.com", "litware.onmicrosoft.com")
DISABLED = tuple(attrs.evolve(server, enabled=False) for server in SERVERS)
OLD_SERVER = UmServer(fqdn="old.contoso.com", major_version=14)
EMPTY_HOSTED = attrs.evolve(RECIPE, policies=(GLOBAL, HostedVoicemailPolicy(identity="tag:Hosted")))
ALREADY_NAMED = attrs.evolve(RECIPE, providers=(attrs.evolve(OTHER_PROVIDER, identity="EXAP.um.outlook.com"),))
FABRIKAM_HOSTED = attrs.evolve(HOSTED, destination=FABRIKAM)
IDLE = HostedVoicemailPolicy(identity="tag:Idle", destination=EXO, organizations=("fabrikam.onmicrosoft.com",))
GLOBAL_USER = attrs.evolve(USER, hosted_voicemail_policy=None)
GONE_PLAIN = attrs.evolve(PLAIN, hosted_voicemail_policy="Gone")
TWO_POOLS = (Pool(fqdn="pool01.contoso.com", site="Dublin"), Pool(fqdn="pool02.contoso.com", site="Redmond"))
IN_REDMOND = attrs.evolve(GLOBAL_USER, sip_address=BOB, registrar_pool="pool02.contoso.com")
SITE_HOSTED = attrs.evolve(HOSTED, identity="site:Redmond")
GRANT = "Grant-CsHostedVoicemailPolicy -Identity '{}' -PolicyName 'Hosted'"
MENDED = (SET_NULL.format(ALICE), SET_TRUE.format(ALICE))
ROWS = (
    Row("edge-never-configured", with_replica(None), E, (ALICE,), EXPORT, with_replica(STORE)),
    Row("edge-never-configured", with_replica(None, NOBODY), W, ("edge",), (), NOBODY),
    Row("edge-never-configured", with_replica(None, NOBODY, None), W, ("Edge Server",), (), NOBODY),
    Row(
        "edge-replica-behind",
        with_replica(EdgeConfiguration(access_edge=EDGE)),
        E,
        (ALICE,),
        (f"{INVOKE} -ReplicaFqdn 'edge'",),
        with_replica(STORE),
    ),
    Row(
        "edge-replica-behind",
        with_replica(EdgeConfiguration(access_edge=EDGE, providers=(PROVIDER,)), fqdn=None),
        W,
        ("Edge Server",),
        (),
        with_replica(
            EdgeConfiguration(access_edge=EDGE, providers=(PROVIDER, OTHER_PROVIDER)),
            attrs.evolve(RECIPE, providers=(OTHER_PROVIDER, PROVIDER)),
        ),
    ),
    Row(
        "edge-replica-behind",
        with_replica(EdgeConfiguration(access_edge=attrs.evolve(EDGE, enable_partner_discovery=True), providers=(PROVIDER,))),
        W,
        ("edge",),
        (),
        with_replica(STORE, attrs.evolve(RECIPE, edge=None, providers=())),
    ),
    Row("default-routing", with_edge(use_dns_srv_routing=False), E, (ALICE,), (DNS_SRV,), RECIPE),
    Row(
        "default-routing",
        with_edge(NOBODY, use_dns_srv_routing=False),
        W,
        ("AccessEdgeConfiguration",),
        (),
        Deployment(users=(PLAIN,), edge=AccessEdgeConfiguration()),
    ),
    Row("federation-not-allowed", with_edge(allow_federated_users=False), E, (ALICE,), (FEDERATED,), RECIPE),
    Row(
        "federation-not-allowed",
        with_replica(STORE, with_edge(allow_federated_users=False)),
        W,
        ("AccessEdgeConfiguration",),
        (),
        attrs.evolve(RECIPE, edge=None),
    ),
    Row(
        "destination-without-provider",
        attrs.evolve(RECIPE, providers=()),
        E,
        (ALICE,),
        (NEW_PROVIDER.format(EXO, EXO),),
        attrs.evolve(RECIPE, edge=None, providers=()),
    ),
    Row("destination-without-provider", ALREADY_NAMED, E, (ALICE,), (NEW_PROVIDER.format(f"{EXO} 2", EXO),), RECIPE),
    Row(
        "destination-without-provider",
        attrs.evolve(NOBODY, providers=(OTHER_PROVIDER,), edge=None),
        W,
        (EXO,),
        (),
        NOBODY,
    ),
    Row(
        "provider-disabled",
        with_provider(enabled=False),
        E,
        (ALICE,),
        ("Enable-CsHostingProvider -Identity 'Cloud Voicemail'",),
        with_provider(),
    ),
    Row(
        "provider-disabled",
        attrs.evolve(with_provider(NOBODY, enabled=False), edge=None),
        W,
        ("Cloud Voicemail",),
        (),
        attrs.evolve(with_provider(NOBODY), edge=None),
    ),
    Row(
        "provider-not-shared",
        with_provider(enabled_shared_address_space=False),
        E,
        (ALICE,),
        (f"{SET_PROVIDER} -EnabledSharedAddressSpace $True",),
        with_provider(),
    ),
    Row(
        "provider-hosts-ocs-users",
        with_provider(hosts_ocs_users=True),
        E,
        (ALICE,),
        (f"{SET_PROVIDER} -HostsOCSUsers $False",),
        with_provider(),
    ),
    Row("provider-is-local", with_provider(is_local=True), E, (ALICE,), (f"{SET_PROVIDER} -IsLocal $False",), with_provider()),
    Row(
        "verification-level",
        with_provider(verification_level=VerificationLevel.ALWAYS_VERIFIABLE),
        W,
        ("Cloud Voicemail",),
        (),
        with_provider(),
    ),
    Row(
        "partner-discovery",
        with_edge(enable_partner_discovery=True),
        N,
        ("AccessEdgeConfiguration",),
        (),
        attrs.evolve(RECIPE, edge=None),
    ),
    Row("edge-settings-not-given", attrs.evolve(RECIPE, edge=None), N, (EXO,), (), attrs.evolve(NOBODY, edge=None)),
    Row(
        "edge-settings-not-given",
        attrs.evolve(RECIPE, edge=None, providers=()),
        N,
        (EXO,),
        (),
        with_replica(STORE, attrs.evolve(RECIPE, edge=None)),
    ),
    Row(
        "policy-without-destination",
        with_user(hosted_voicemail_policy=None),
        E,
        (ALICE,),
        (GRANT.format(ALICE),),
        RECIPE,
    ),
    Row("policy-without-destination", with_user(hosted_voicemail_policy="Hosded"), E, (ALICE,), (GRANT.format(ALICE),), RECIPE),
    Row(
        "policy-without-destination",
        attrs.evolve(RECIPE, users=(GLOBAL_USER,), policies=(GLOBAL, HOSTED, IDLE)),
        E,
        (ALICE,),
        (),
        with_site_policy(attrs.evolve(RECIPE, users=(attrs.evolve(GLOBAL_USER, registrar_pool=None),))),
    ),
    Row(
        "policy-without-destination",
        attrs.evolve(RECIPE, users=(GLOBAL_USER, IN_REDMOND), policies=(GLOBAL, SITE_HOSTED), pools=TWO_POOLS),
        E,
        (ALICE,),
        (f"Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination '{EXO}' -Organization 'contoso.onmicrosoft.com'",),
        RECIPE,
    ),
    Row(
        "policy-without-destination",
        with_policy(destination=None),
        E,
        (ALICE,),
        (f"{SET_POLICY} -Destination '{EXO}'",),
        with_policy(NOBODY, destination=None),
    ),
    Row(
        "policy-without-destination",
        Deployment(users=(GLOBAL_USER,)),
        E,
        (ALICE,),
        (),
        Deployment(users=(PLAIN,)),
    ),
    Row(
        "policy-without-destination",
        attrs.evolve(RECIPE, users=(GLOBAL_USER,), policies=(GLOBAL, FABRIKAM_HOSTED)),
        E,
        (ALICE,),
        (),
        RECIPE,
    ),
    Row(
        "policy-without-destination",
        attrs.evolve(RECIPE, users=(GLOBAL_USER,), policies=(GLOBAL, FABRIKAM_HOSTED), providers=()),
        E,
        (ALICE,),
        (),
        RECIPE,
    ),
    Row(
        "contact-without-destination",
        attrs.evolve(RECIPE, contacts=(attrs.evolve(CONTACT, hosted_voicemail_policy=None),)),
        E,
        (AA,),
        (),
        attrs.evolve(EMPTY_HOSTED, contacts=()),
    ),
    Row(
        "contact-without-destination",
        attrs.evolve(
            RECIPE,
            contacts=(attrs.evolve(CONTACT, hosted_voicemail_policy=None),),
            policies=(GLOBAL, FABRIKAM_HOSTED),
            providers=(attrs.evolve(PROVIDER, proxy_fqdn=FABRIKAM),),
        ),
        E,
        (AA,),
        (GRANT.format(AA),),
        RECIPE,
    ),
    Row("organization-missing", with_policy(organizations=()), E, (ALICE,), (), RECIPE),
    Row("organization-missing", with_policy(NOBODY, organizations=()), W, ("tag:Hosted",), (), EMPTY_HOSTED),
    Row(
        "organization-missing",
        with_service(with_policy(organizations=())),
        E,
        (ALICE,),
        (f"{SET_POLICY} -Organization 'contoso.onmicrosoft.com'",),
        with_service(),
    ),
    Row(
        "organization-missing",
        with_service(
            attrs.evolve(RECIPE, policies=(GLOBAL, attrs.evolve(HOSTED, organizations=()), IDLE)), organizations=TWO_TENANTS
        ),
        E,
        (ALICE,),
        (),
        RECIPE,
    ),
    Row(
        "organization-no-domain",
        with_policy(organizations=("-contoso.onmicrosoft.com", "a.b")),
        W,
        ("tag:Hosted",),
        (),
        RECIPE,
    ),
    Row("organization-no-domain", with_policy(organizations=("-.com",)), W, ("tag:Hosted",), (), RECIPE),
    Row(
        "organization-no-domain",
        with_policy(organizations=("72f988bf-86f1-41af-91ab-2d7cd011db47",)),
        W,
        ("tag:Hosted",),
        (),
        with_policy(organizations=("72f988bf-86f1-41af-91ab-2d7cd011db47.contoso.com",)),
    ),
    Row("organization-no-domain", with_policy(organizations=("contoso", "a.b")), W, ("tag:Hosted",), (), RECIPE),
    Row(
        "several-organizations",
        with_policy(organizations=TWO_TENANTS),
        W,
        ("tag:Hosted",),
        (),
        with_policy(organizations=TWO_TENANTS, destination=FABRIKAM),
    ),
    Row(
        "other-cloud",
        with_policy(organizations=("contoso.onmicrosoft.us",)),
        W,
        ("tag:Hosted",),
        (),
        with_policy(organizations=("contoso.onmicrosoft.us",), destination=GOVERNMENT),
    ),
    Row(
        "other-cloud",
        with_policy(with_provider(proxy_fqdn=CHINA), organizations=("contoso.partner.onmschina.cn",)),
        W,
        ("tag:Hosted",),
        (),
        with_policy(organizations=("contoso.onmicrosoft.us",), destination=FABRIKAM),
    ),
    Row(
        "other-cloud",
        with_policy(organizations=("a.onmicrosoft.us", "a.onmicrosoft.com")),
        W,
        ("tag:Hosted",),
        (),
        with_policy(organizations=("contoso.com",)),
    ),
    Row(
        "dangling-assignment",
        attrs.evolve(RECIPE, users=(GONE, attrs.evolve(PLAIN, hosted_voicemail_policy="GONE"))),
        W,
        (ALICE, BOB),
        (),
        RECIPE,
    ),
    Row(
        "site-policy-without-pool",
        with_site_policy(site="Dublin"),
        W,
        ("site:Dublin",),
        (),
        with_site_policy(attrs.evolve(RECIPE, pools=()), site="Dublin"),
    ),
    Row(
        "pools-not-given",
        with_site_policy(attrs.evolve(RECIPE, pools=()), site="Dublin"),
        N,
        ("site:Dublin",),
        (),
        with_site_policy(site="Dublin"),
    ),
    Row(
        "site-policy-beside-others",
        with_site_policy(),
        N,
        ("site:Redmond",),
        (),
        with_site_policy(attrs.evolve(RECIPE, policies=(GLOBAL,))),
    ),
    Row(
        "site-policy-beside-others",
        with_site_policy(attrs.evolve(RECIPE, policies=(attrs.evolve(HOSTED, identity="Global"),))),
        N,
        ("site:Redmond",),
        (),
        RECIPE,
    ),
    Row(
        "policy-reaches-nobody",
        attrs.evolve(RECIPE, policies=(GLOBAL, HOSTED, IDLE)),
        N,
        ("tag:Idle",),
        (),
        attrs.evolve(RECIPE, policies=(GLOBAL, HOSTED, IDLE), users=()),
    ),
    Row(
        "policy-reaches-nobody",
        with_site_policy(attrs.evolve(RECIPE, users=(USER,))),
        N,
        ("site:Redmond",),
        (),
        with_site_policy(attrs.evolve(RECIPE, users=(USER, ALONE))),
    ),
    Row(
        "policy-reaches-nobody",
        attrs.evolve(RECIPE, policies=(GLOBAL, HOSTED, IDLE), users=(), contacts=(CONTACT,)),
        N,
        ("tag:Idle",),
        (),
        with_site_policy(site="Dublin"),
    ),
    Row("site-not-known", site_case(ALONE), W, (BOB,), (), attrs.evolve(RECIPE, users=(USER, ALONE))),
    Row("site-not-known", site_case(LOST), W, (BOB,), (), site_case(attrs.evolve(LOST, hosted_voicemail_policy="Hosted"))),
    Row("site-not-known", site_case(attrs.evolve(ALONE, hosted_voicemail_policy="Gone")), W, (BOB,), (), site_case(PLAIN)),
    Row(
        "without-enterprise-voice",
        with_user(enterprise_voice_enabled=False),
        W,
        (ALICE,),
        (),
        with_user(enterprise_voice_enabled=None),
    ),
    Row(
        "authors-disagree",
        with_user(voice_mail_settings=DISAGREE),
        W,
        (ALICE,),
        (),
        with_user(voice_mail_settings=("ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=1")),
    ),
    *(
        Row("misspelled-pair", with_user(voice_mail_settings=(value,)), W, (ALICE,), MENDED, RECIPE)
        for value in (
            "CsHostedVoiceMail=True",
            "CsHostedVoicMail=1",
            " cshostedvoicemail = 1",
            "ExchangeHostedVoicemails=$true",
        )
    ),
    *(
        Row("misspelled-pair", fires, W, (ALICE,), (), with_user(voice_mail_settings=("CsHostedVoiceMail=2", "=1", "1")))
        for fires in (
            with_user(voice_mail_settings=("CsHostedVoicMail=0",)),
            with_user(voice_mail_settings=("CsHostedVoicMail=1", "Other=1")),
            with_user(voice_mail_settings=("CsHostedVoicMail=1", "CsHostedVoiceMail=1")),
            with_user(voice_mail_settings=("CsHostedVoicMail=1",), proxy_addresses=UM_USER.proxy_addresses),
            with_user(voice_mail_settings=("CsHostedVoicMail=1",), hosted_voicemail_policy=None),
            with_site_policy(
                with_user(voice_mail_settings=("CsHostedVoicMail=1",), hosted_voicemail_policy=None, registrar_pool=None)
            ),
        )
    ),
    Row(
        "other-attribute-values",
        with_user(voice_mail_settings=("CsHostedVoiceMail=1", "Other=1")),
        N,
        (ALICE,),
        (),
        with_user(voice_mail_settings=("ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=1")),
    ),
    Row(
        "other-attribute-values",
        with_user(voice_mail_settings=("CsHostedVoiceMail=2",)),
        N,
        (ALICE,),
        (),
        with_user(voice_mail_settings=("CsHostedVoicMail=1",)),
    ),
    Row(
        "without-voice-mail",
        with_user(voice_mail_settings=()),
        N,
        (ALICE,),
        (),
        with_user(voice_mail_settings=(), enterprise_voice_enabled=None),
    ),
    Row(
        "indicator-dark",
        with_user(voice_mail_settings=("ExchangeHostedVoiceMail=1",)),
        N,
        (ALICE,),
        (),
        with_user(voice_mail_settings=("ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=1")),
    ),
    Row(
        "granted-but-not-enabled",
        with_user(voice_mail_settings=()),
        N,
        (ALICE,),
        (),
        with_user(voice_mail_settings=("CsHostedVoiceMail=0",)),
    ),
    Row(
        "granted-but-not-enabled",
        with_user(voice_mail_settings=("Other=1",)),
        N,
        (ALICE,),
        (),
        attrs.evolve(with_policy(destination=None), users=(attrs.evolve(USER, voice_mail_settings=()), GONE_PLAIN)),
    ),
    Row(
        "outside-support-matrix",
        with_service(on_pool(PoolVersion.SERVER_2015), mailboxes=(Mailbox(sip_address=ALICE, home=MailboxHome.ON_PREMISES),)),
        W,
        (ALICE,),
        (),
        with_service(on_pool(PoolVersion.SERVER_2019), mailboxes=(Mailbox(sip_address=ALICE, home=MailboxHome.ON_PREMISES),)),
    ),
    Row(
        "outside-support-matrix",
        with_service(on_pool(PoolVersion.SERVER_2015), mailboxes=(Mailbox(sip_address=ALICE, home=MailboxHome.ON_PREMISES),)),
        W,
        (ALICE,),
        (),
        with_service(on_pool(PoolVersion.SERVER_2015)),
    ),
    Row(
        "no-hybrid-provider",
        attrs.evolve(RECIPE, providers=(PROVIDER,)),
        W,
        (EXO,),
        (),
        attrs.evolve(RECIPE, providers=(), edge=None),
    ),
    Row(
        "no-hybrid-provider",
        attrs.evolve(RECIPE, providers=(PROVIDER, attrs.evolve(OTHER_PROVIDER, enabled=False))),
        W,
        (EXO,),
        (),
        attrs.evolve(NOBODY, providers=(PROVIDER,)),
    ),
    Row("cloud-not-known", with_policy(organizations=("contoso.com",)), N, ("tag:Hosted",), (), RECIPE),
    Row(
        "cloud-not-known",
        with_policy(organizations=("contoso.com", "contoso.onmicrosoft.com")),
        N,
        ("tag:Hosted",),
        (),
        with_policy(NOBODY, organizations=("contoso.com",)),
    ),
    Row(
        "stale-um-proxy-address",
        with_user(proxy_addresses=UM_USER.proxy_addresses),
        N,
        (ALICE,),
        (),
        with_user(proxy_addresses=UM_USER.proxy_addresses, voice_mail_settings=("CsHostedVoiceMail=0",)),
    ),
    Row(
        "contact-number-not-unique",
        attrs.evolve(RECIPE, contacts=(CONTACT, attrs.evolve(CONTACT, sip_address=SA))),
        E,
        (AA, SA),
        (),
        attrs.evolve(RECIPE, contacts=(CONTACT, attrs.evolve(CONTACT, sip_address=SA, display_number="14255550100"))),
    ),
    Row(
        "contact-on-2019-pool",
        attrs.evolve(on_pool(PoolVersion.SERVER_2019), contacts=(CONTACT,)),
        E,
        (AA,),
        (),
        attrs.evolve(on_pool(PoolVersion.SERVER_2015), contacts=(CONTACT,)),
    ),
    Row(
        "pool-version-not-known",
        attrs.evolve(
            RECIPE, contacts=(CONTACT, attrs.evolve(CONTACT, sip_address=SA, registrar_pool=None, display_number="1"))
        ),
        N,
        (AA, SA),
        (),
        attrs.evolve(on_pool(PoolVersion.SERVER_2019), contacts=(CONTACT,)),
    ),
    Row(
        "contact-of-cloud-voicemail",
        attrs.evolve(RECIPE, contacts=(CONTACT,)),
        W,
        (AA,),
        (),
        attrs.evolve(with_policy(destination=FABRIKAM), contacts=(CONTACT,)),
    ),
    Row("dial-plan-missing", attrs.evolve(ON_PREMISES, dial_plans=()), E, (ROY,), (), ON_PREMISES),
    Row(
        "dial-plan-missing",
        with_dial_plan(phone_context="other.contoso.com"),
        E,
        (ROY,),
        (),
        attrs.evolve(ON_PREMISES, dial_plans=None),
    ),
    Row(
        "dial-plan-not-sip-uri",
        with_dial_plan(uri_type=UriType.E164),
        E,
        (ROY,),
        (),
        attrs.evolve(with_dial_plan(uri_type=UriType.E164), users=(USER,)),
    ),
    Row(
        "dial-plan-without-server",
        with_dial_plan(um_servers=DISABLED),
        E,
        (ROY,),
        tuple(
            f"# Run in the Exchange Management Shell: Enable-UMService -Identity '{name}.contoso.com'"
            for name in ("um1", "um2")
        ),
        with_dial_plan(um_servers=DISABLED, uri_type=UriType.TEL_EXTN),
    ),
    Row("dial-plan-without-server", with_dial_plan(um_servers=()), E, (ROY,), (), with_dial_plan()),
    Row(
        "dial-plan-with-one-server",
        with_dial_plan(um_servers=SERVERS[:1]),
        W,
        ("dp.contoso.com",),
        (),
        attrs.evolve(with_dial_plan(um_servers=SERVERS[:1]), users=(USER,)),
    ),
    Row(
        "dial-plan-of-mixed-versions",
        with_dial_plan(um_servers=(*SERVERS, OLD_SERVER)),
        N,
        ("dp.contoso.com",),
        (),
        with_dial_plan(um_servers=(*SERVERS, attrs.evolve(OLD_SERVER, enabled=False))),
    ),
    Row(
        "unsupported-um-version",
        with_dial_plan(um_servers=(OLD_SERVER,)),
        W,
        ("dp.contoso.com",),
        (),
        with_dial_plan(um_servers=(*SERVERS, OLD_SERVER)),
    ),
    *(
        Row(rule, um_user(*addresses), W, (ROY,), (), um_user(*quiet))
        for rule, addresses, quiet in (
            ("no-primary-um-address", ("eum:roy@contoso.com", "eum:8001"), ("EUM:8001", "eum:roy@contoso.com")),
            ("no-primary-um-address", ("eum:8001",), ("SMTP:roy@contoso.com",)),
            ("um-address-of-another-name", ("EUM:leroy@contoso.com",), ("EUM:Roy@contoso.com", "eum:leroy@contoso.com")),
            ("um-address-of-another-name", ("EUM:roy@litware.com",), ("EUM:8001",)),
        )
    ),
    Row(
        "um-address-of-two",
        attrs.evolve(ON_PREMISES, users=(UM_USER, attrs.evolve(UM_USER, sip_address=ALICE))),
        W,
        (ROY, ALICE),
        (),
        attrs.evolve(um_user("EUM:roy@contoso.com", "eum:ROY@contoso.com"), dial_plans=None),
    ),
    Row(
        "dial-plans-not-given",
        attrs.evolve(ON_PREMISES, dial_plans=None),
        N,
        ("DP.contoso.com",),
        (),
        attrs.evolve(RECIPE, dial_plans=None),
    ),
    Row(
        "tenant-not-hosted",
        with_service(organizations=("fabrikam.onmicrosoft.com",)),
        E,
        (ALICE,),
        (f"{SET_POLICY} -Organization 'fabrikam.onmicrosoft.com'",),
        with_service(),
    ),
    Row("tenant-not-hosted", with_service(NOBODY, organizations=()), W, ("tag:Hosted",), (), with_service(NOBODY)),
    Row(
        "tenant-not-hosted",
        with_service(
            attrs.evolve(with_policy(organizations=TWO_TENANTS), contacts=(CONTACT,)),
            organizations=("fabrikam.com", TWO_TENANTS[1]),
        ),
        E,
        (AA,),
        (),
        with_service(with_policy(organizations=TWO_TENANTS), organizations=TWO_TENANTS[1:]),
    ),
    Row("mailbox-missing", with_service(mailboxes=()), E, (ALICE,), (), with_service()),
    Row(
        "mailbox-missing",
        with_service(attrs.evolve(RECIPE, contacts=(CONTACT,)), mailboxes=()),
        E,
        (ALICE,),
        (),
        with_service(attrs.evolve(RECIPE, users=(), contacts=(CONTACT,)), mailboxes=()),
    ),
    Row(
        "voice-mail-turned-off",
        with_service(mailboxes=(Mailbox(sip_address=ALICE, voicemail_enabled=False),)),
        N,
        (ALICE,),
        (),
        with_service(mailboxes=(Mailbox(sip_address=ALICE, home=MailboxHome.ON_PREMISES),)),
    ),
    Row(
        "mailbox-not-used",
        with_service(with_user(voice_mail_settings=())),
        W,
        (ALICE,),
        (),
        with_service(with_user(voice_mail_settings=()), mailboxes=(Mailbox(sip_address=ALICE, home=MailboxHome.ON_PREMISES),)),
    ),
    Row(
        "mailbox-not-used",
        with_service(mailboxes=(Mailbox(sip_address=ALICE), Mailbox(sip_address=BOB))),
        W,
        (BOB,),
        (),
        with_service(mailboxes=(Mailbox(sip_address=ALICE), Mailbox(sip_address=BOB, voicemail_enabled=False))),
    ),
)


def found_by(rule: str, deployment: Deployment, reading: Reading | None = None) -> list[Finding]:
    """What one rule finds."""
    return [finding for finding in audit(deployment, reading=reading or Reading()) if finding.rule == rule]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_rule_fires_where_it_should(row: Row) -> None:
    """A rule gives one finding, with its severity, every subject and the cmdlet lines."""
    (finding,) = found_by(row.rule, row.fires)
    assert (finding.severity, finding.subjects, tuple(finding.remedies())) == (row.severity, row.subjects, row.remedies)
    assert re.fullmatch(r"[A-Z].*[^.]\.", finding.sentence)
    assert "\n" not in finding.sentence


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_rule_is_quiet_where_nothing_is_wrong(row: Row) -> None:
    """A rule finds nothing in a deployment that is like the other, but for what it looks for."""
    assert found_by(row.rule, row.quiet) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_tested_at_its_own_severity(rule: Rule) -> None:
    """Every rule has a row, and one at the severity that the table gives it."""
    assert rule.severity in {row.severity for row in ROWS if row.rule == rule.id}


def test_rows_are_of_rules() -> None:
    """No row names a rule that does not exist, ids are unique words, and clauses exist."""
    assert {row.rule for row in ROWS} == {rule.id for rule in RULES}
    assert max(Counter(rule.id for rule in RULES).values()) == 1
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.id) for rule in RULES)
    assert {rule.clause for rule in RULES} <= {clause.id for clause in CLAUSES}


def test_findings_are_in_the_order_of_the_rules() -> None:
    """Errors come first, then warnings, then notes; those of one severity rule by rule, as the table has them."""
    order = [rule.id for rule in RULES]
    severities = list(Severity)
    for row in ROWS:
        places = [(severities.index(finding.severity), order.index(finding.rule)) for finding in audit(row.fires)]
        assert places == sorted(places) != []


@pytest.mark.parametrize("deployment", [RECIPE, Deployment(), ON_PREMISES], ids=["recipe", "empty", "mixed"])
def test_healthy_deployments_have_no_finding(deployment: Deployment) -> None:
    """Nothing is said of a deployment made by the recipe, of an empty one, and of one with on-premises UM beside it."""
    assert audit(deployment) == ()


def test_published_recipe_gives_no_false_alarm() -> None:
    """Of the example of Cloud Voicemail nothing is said but who has no voice mail, and for whom it is turned off."""
    notes = audit(read_deployment(Path("examples/cloud-voicemail/deployment.json").read_bytes()))
    assert [(note.rule, note.severity, note.subjects) for note in notes] == [
        ("without-voice-mail", N, ("sip:zoe@contoso.com",)),
        ("voice-mail-turned-off", N, ("sip:pilar@contoso.com",)),
    ]


def test_example_of_every_outcome_has_the_errors_that_it_shows() -> None:
    """Of the example deployment four users' calls fail, each for its own reason."""
    findings = audit(read_deployment(Path("examples/contoso/deployment.json").read_bytes()))
    assert [(finding.rule, finding.subjects) for finding in findings if finding.severity is E] == [
        ("policy-without-destination", ("sip:sean@contoso.com",)),
        ("dial-plan-missing", ("sip:lost@contoso.com",)),
        ("dial-plan-without-server", ("sip:late@contoso.com",)),
        ("mailbox-missing", ("sip:granted@contoso.com",)),
    ]


@pytest.mark.parametrize(
    ("authors", "enabled"), [(AuthorsDisagree.EXCHANGE_WINS, False), (AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS, True)]
)
def test_authors_who_disagree_are_named_as_the_reading_has_it(authors: AuthorsDisagree, enabled: bool) -> None:
    """The finding says how the reading counts them, and offers no line: nobody but the administrator knows who is right."""
    (finding,) = found_by("authors-disagree", with_user(voice_mail_settings=DISAGREE), Reading(authors_disagree=authors))
    assert list(finding.remedies()) == []
    assert ("count as enabled" in finding.sentence) is enabled


def test_organizations_sent_are_those_of_the_reading() -> None:
    """Where only the first organization is sent, and the service hosts the second, no tenant is found."""
    deployment = with_service(with_policy(organizations=TWO_TENANTS), organizations=TWO_TENANTS[1:])
    reading = Reading(several_organizations=SeveralOrganizations.FIRST)
    assert found_by("tenant-not-hosted", deployment) == []
    assert [finding.subjects for finding in found_by("tenant-not-hosted", deployment, reading)] == [(ALICE,)]


def test_users_of_one_tenant_share_a_finding() -> None:
    """Two policies that lead to the same tenant give one finding about mailboxes."""
    other = attrs.evolve(USER, sip_address=BOB, hosted_voicemail_policy=None)
    policies = (attrs.evolve(HOSTED, identity="Global"), HOSTED)
    deployment = with_service(attrs.evolve(RECIPE, users=(USER, other), policies=policies), mailboxes=())
    assert [finding.subjects for finding in found_by("mailbox-missing", deployment)] == [(BOB, ALICE)]


def test_a_replica_that_refuses_more_than_the_store_is_behind() -> None:
    """A fault of both is named once, as the store's; a fault of the replica alone is the replica's."""
    old = attrs.evolve(STORE, access_edge=attrs.evolve(EDGE, allow_federated_users=False))
    both = with_replica(old, with_edge(allow_federated_users=False))
    assert [finding.rule for finding in audit(both)] == ["federation-not-allowed"]
    (behind,) = audit(with_replica(old))
    assert (behind.rule, behind.severity, behind.subjects) == ("edge-replica-behind", E, (ALICE,))
    assert f"has; it refuses calls to {EXO}. Replication only tries again" in behind.sentence


def test_replication_is_not_offered_where_it_would_break_calls() -> None:
    """Where the store lacks a provider by which calls cross now, no line starts replication."""
    fabrikam = attrs.evolve(PROVIDER, identity="Fabrikam", proxy_fqdn=FABRIKAM)
    other = attrs.evolve(HOSTED, identity="tag:Other", destination=FABRIKAM)
    users = (USER, attrs.evolve(USER, sip_address=BOB, hosted_voicemail_policy="Other"))
    old = attrs.evolve(STORE, providers=(fabrikam, OTHER_PROVIDER))
    deployment = with_replica(old, attrs.evolve(RECIPE, users=users, policies=(GLOBAL, HOSTED, other)))
    (behind,) = found_by("edge-replica-behind", deployment)
    assert (behind.severity, behind.subjects, list(behind.remedies())) == (E, (ALICE,), [])
    (no_provider,) = found_by("destination-without-provider", deployment)
    assert (no_provider.severity, list(no_provider.remedies())) == (W, [])


def test_a_replica_is_all_that_is_known_of_the_edge() -> None:
    """Where the store is not known, a replica that refuses calls is named all the same."""
    deployment = with_replica(EdgeConfiguration(access_edge=EDGE), attrs.evolve(RECIPE, edge=None, providers=()))
    assert [(finding.rule, finding.severity) for finding in audit(deployment)] == [("edge-replica-behind", E)]


@pytest.mark.parametrize("quote", ["'", "\u2018", "\u2019", "\u201a", "\u201b"])
def test_quotes_are_doubled(quote: str) -> None:
    """Whatever PowerShell takes for a single quote stands twice, and nothing else changes."""
    call = for_each("Set-CsHostedVoicemailPolicy", description=f'a{quote}; $b `"{{}}').of(f"{quote}{{}}")
    doubled = quote * 2
    assert str(call) == f"Set-CsHostedVoicemailPolicy -Identity '{doubled}{{}}' -Description 'a{doubled}; $b `\"{{}}'"


def test_finding_as_json() -> None:
    """A finding is one JSON object with every subject and every line."""
    (finding,) = found_by("dangling-assignment", attrs.evolve(RECIPE, users=(GONE,)))
    assert finding_to_json(finding) == {
        "Rule": "dangling-assignment",
        "Severity": "WARNING",
        "Clause": "POL-6",
        "Sentence": finding.sentence,
        "Count": 1,
        "Subjects": [ALICE],
        "Remedy": [],
    }
    assert {type(subject) for subject in finding_to_json(finding)["Subjects"]} == {str}


def administered(deployment: Deployment, lines: Iterable[str]) -> Deployment:
    """The deployment after the cmdlet lines."""
    view = View(deployment)
    for line in lines:
        name, *parameters = re.findall(r"^\S+|-[A-Za-z]+(?: (?:'(?:[^']|'')*'|\$\w+))?", line)
        given = dict([*parameter[1:].split(" ", 1), "$True"][:2] for parameter in parameters)
        values = {snake(key): LITERALS.get(value, value[1:-1].replace("''", "'")) for key, value in given.items()}
        if "verification_level" in values:
            values["verification_level"] = VerificationLevel(values["verification_level"])
        view = view.after(getattr(cmdlets, snake(name.replace("-", "")))(view, **values).changes)
    return view.folded()


def snake(words: str) -> str:
    """A name of the cmdlets as this library spells it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=OCS)", "_", words).lower()


LITERALS = {"$True": True, "$False": False, "$null": None}
ELSEWHERE = ("Export-", "Invoke-", "# Run ")


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.remedies and not row.remedies[0].startswith(ELSEWHERE)], ids=lambda row: row.rule
)
def test_remedy_mends(row: Row) -> None:
    """After the cmdlet lines of a finding the rule finds nothing more."""
    mended = administered(row.fires, row.remedies)
    assert found_by(row.rule, mended) == []


class TestPol12:
    """Clause: POL-12."""

    def test_site_policies_beside_others_are_accepted_and_noted(self) -> None:
        """Both stand in a deployment, every scope works, and the audit notes the site policies."""
        deployment = with_site_policy(with_site_policy(), site="Dublin")
        (note,) = found_by("site-policy-beside-others", deployment)
        assert (note.severity, note.clause, note.subjects) == (N, "POL-12", ("site:Redmond", "site:Dublin"))
        assert [str(deployment.effective_policy(user).identity) for user in deployment.users] == ["tag:Hosted", "site:Redmond"]

    @pytest.mark.parametrize("policies", [(GLOBAL,), (GLOBAL, HOSTED), (attrs.evolve(HOSTED, identity="Global"), HOSTED, IDLE)])
    def test_policies_of_per_user_scope_are_not_noted(self, policies: tuple[HostedVoicemailPolicy, ...]) -> None:
        """Per-user policies, beside the global one that is always there, are as the note would have it."""
        assert found_by("site-policy-beside-others", attrs.evolve(RECIPE, policies=policies)) == []


@st.composite
def audited(draw: DrawFn) -> Deployment:
    """Deployments with what the audit looks at besides: replicas of the Edge, hosted services, tenants, mailboxes."""
    drawn = draw(deployments(max_users=4, max_contacts=2))
    destinations = sorted({policy.destination for policy in drawn.policies if policy.destination is not None})
    organizations = sorted({one for policy in drawn.policies for one in policy.organizations} | {"contoso.com"})
    if draw(st.booleans()):
        providers = [attrs.evolve(PROVIDER, identity=fqdn, proxy_fqdn=fqdn) for fqdn in destinations]
        drawn = attrs.evolve(drawn, providers=providers, edge=draw(st.just(EDGE) | st.none() | access_edge_configurations()))
    mailboxes = st.sets(st.sampled_from([user.sip_address for user in drawn.users])) if drawn.users else st.just(set())
    tenants = st.builds(
        lambda fqdn, owners, enabled: Tenant(
            organization=fqdn,
            mailboxes=[Mailbox(sip_address=owner, voicemail_enabled=enabled) for owner in sorted(owners)],
        ),
        st.sampled_from(organizations),
        mailboxes,
        st.booleans(),
    )
    services = st.builds(
        HostedUmService,
        fqdn=st.sampled_from(destinations or [Fqdn(FABRIKAM)]),
        tenants=st.lists(tenants, max_size=2, unique_by=lambda tenant: tenant.organization),
    )
    current = st.just(drawn.edge_configuration)
    replicas = st.builds(EdgeReplica, configuration=edge_configurations() | current)
    return attrs.evolve(
        drawn,
        edge_replica=draw(st.none() | st.none() | replicas),
        hosted_um_services=draw(st.lists(services, max_size=1)),
    )


def stopped(deployment: Deployment, reading: Reading, *, but_for: tuple[str, ...] = ()) -> set[str]:
    """The subjects of errors."""
    findings = audit(deployment, reading=reading)
    return {one for finding in findings if finding.severity is E and finding.rule not in but_for for one in finding.subjects}


FAILURES = {NotRoutedReason.POLICY_WITHOUT_DESTINATION, NotRoutedReason.NO_DIAL_PLAN, NotRoutedReason.NO_UM_SERVER}
MEANT_SO = {
    NotRoutedReason.NO_VOICE_MAIL,
    NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED,
    CallFault.VOICE_MAIL_NOT_ENABLED,
}
NOT_BY_ROUTE = ("contact-number-not-unique", "contact-on-2019-pool")
AT_THE_SERVICE = ("organization-missing", "tenant-not-hosted", "mailbox-missing", *NOT_BY_ROUTE)


def edge_is_known(deployment: Deployment) -> bool:
    """Whether anything is known of the Edge."""
    return deployment.edge is not None or deployment.edge_replica is not None


def crossings(deployment: Deployment) -> tuple[Deployment, ...]:
    """The deployment; where its Edge is not known, with one that lets every call cross, and with one by its own providers."""
    if edge_is_known(deployment):
        return (deployment,)
    destinations = dict.fromkeys(policy.destination for policy in deployment.policies if policy.destination is not None)
    edge = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
    crossed = attrs.evolve(deployment, edge=edge, providers=[a_provider(one) for one in destinations])
    return (crossed, attrs.evolve(deployment, edge=edge)) if deployment.providers else (crossed,)


@given(audited(), readings())
def test_errors_are_where_route_and_edge_refuse(deployment: Deployment, reading: Reading) -> None:
    """Up to the Edge, the subjects of errors are those who are not routed by a fault, or whose calls do not cross.

    Where the policy of a site that is not known may apply, nothing is known, and nobody is the subject of an error.
    """
    failing = set()
    for subject in deployment.subjects:
        decision = route(subject, deployment, reading=reading)
        if "POL-11" in decision.clauses:
            continue
        if isinstance(decision, NotRouted) and decision.reason in FAILURES:
            failing.add(subject.sip_address)
        if isinstance(decision, HostedUm) and edge_is_known(deployment):
            crossing = route_at_edge(decision.destination, deployment.configuration_at_edge)
            if isinstance(crossing, EdgeRefusal):
                failing.add(subject.sip_address)
    if edge_is_known(deployment):
        assert stopped(deployment, reading, but_for=AT_THE_SERVICE) == failing
    else:
        assert stopped(deployment, reading, but_for=AT_THE_SERVICE) >= failing


@given(audited(), readings())
def test_errors_are_where_a_call_fails(deployment: Deployment, reading: Reading) -> None:
    """A call to a subject of an error is refused on its way; where the Edge is known, no other is.

    Where it is not known, such a call is refused even if it crosses the Edge, or by any Edge with the given providers.
    """
    failing = set()
    for subject in deployment.subjects:
        decision = route(subject, deployment, reading=reading)
        for crossing in crossings(deployment):
            invite = Invite.of_call("caller@example.com", subject.sip_address)
            outcome = trace_call(invite, crossing, Circumstances(reading=reading)).outcome
            refused = isinstance(outcome, Refused) and outcome.reason not in MEANT_SO
            if "POL-11" not in decision.clauses and refused:
                failing.add(subject.sip_address)
    errors = stopped(deployment, reading, but_for=("contact-number-not-unique",))
    assert errors <= failing
    if edge_is_known(deployment):
        assert failing <= errors


@given(audited(), readings(), st.randoms(use_true_random=False))
def test_order_of_accounts_changes_the_order_of_subjects_alone(deployment: Deployment, reading: Reading, random: Any) -> None:
    """Users and contacts in another order: the same findings, but for the order in their subjects."""
    users, contacts = list(deployment.users), list(deployment.contacts)
    random.shuffle(users)
    random.shuffle(contacts)
    other = attrs.evolve(deployment, users=users, contacts=contacts)
    first, second = (
        [attrs.evolve(finding, subjects=tuple(sorted(finding.subjects))) for finding in audit(one, reading=reading)]
        for one in (deployment, other)
    )
    assert first == second


@given(audited(), readings())
def test_audit_is_total(deployment: Deployment, reading: Reading) -> None:
    """Whatever the deployment: findings with subjects, a sentence, and cmdlet lines whose quotes are closed."""
    for finding in audit(deployment, reading=reading):
        assert finding.subjects
        assert len(finding.subjects) == len(set(finding.subjects))
        assert finding.sentence.endswith(".")
        for printed in finding.remedies():
            line = re.sub(r"^# Run (in the Exchange Management Shell|on the Edge Server): ", "", printed)
            assert line.isprintable() or not line.isascii()
            bare = re.sub("['\u2018\u2019\u201a\u201b](?:[^'\u2018\u2019\u201a\u201b]|(['\u2018-\u201b])\\1)*'", "", line)
            assert re.fullmatch(r"[A-Z][a-z]+-[A-Za-z]+( -[A-Za-z]+( (\$True|\$False|\$null)?)?)*", bare)
        if finding.severity is E:
            assert set(finding.subjects) <= set(deployment.by_address)


PAGE = Path("docs/audit.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"(?ms)^### (\S+)\n\n(.*?)(?=^#|\Z)", PAGE)
PITFALLS = re.findall(r"(?m)^\| (L[0-9]+) \| (.+?) \| (.+?) \|$", PAGE)


def pitfalls(rule: Rule) -> list[str]:
    """The numbers of the pitfalls that the docstring of a rule's function lists."""
    return re.findall(
        r"L[0-9]+", (rule.observe.__doc__ or "").partition("(L")[1] + (rule.observe.__doc__ or "").partition("(L")[2]
    )


def test_page_has_an_entry_for_every_rule() -> None:
    """The page has the rules in the table's order, each once."""
    assert [name for name, _ in ENTRIES] == [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_entry_says_what_the_table_says(rule: Rule) -> None:
    """An entry has the rule's title, severity, clause and pitfalls, and says what mends it."""
    entry = " ".join(dict(ENTRIES)[rule.id].split())
    numbers = pitfalls(rule)
    known = f" *Pitfalls:* {', '.join(numbers)}." if numbers else ""
    assert entry.startswith(f"{rule.title}. *Severity:* {rule.severity.name.lower()}. *Clause:* {rule.clause}.{known} ")
    assert re.search(r"\*Remedy:\* \S", entry)
    assert rule.clause in (rule.observe.__doc__ or "")


def test_every_pitfall_has_its_place() -> None:
    """Of every pitfall the page says which rules find it, or why none does."""
    assert [number for number, _, _ in PITFALLS] == [f"L{number}" for number in range(1, 29)]
    for number, _, place in PITFALLS:
        assert re.findall(r"\(#([a-z0-9-]+)\)", place) == [rule.id for rule in RULES if number in pitfalls(rule)]


def test_missing_policies_come_in_the_order_of_their_names() -> None:
    """Whatever the order of the accounts that are assigned to them."""
    users = [attrs.evolve(PLAIN, sip_address=f"{name}@contoso.com", hosted_voicemail_policy=name) for name in ("b", "a", "c")]
    found = [finding for finding in audit(attrs.evolve(RECIPE, users=users)) if finding.rule == "dangling-assignment"]
    assert [finding.subjects for finding in found] == [(f"sip:{name}@contoso.com",) for name in "abc"]
