"""Every message of the core and one of each other error, to the letter: the place, the value, what is wrong, what to do."""

import importlib
import re
from pathlib import Path

import pytest
from test_public_api import MODULES, names

import exum_routing
from exum_routing import ExumRoutingError, call, cmdlets, errors, importing, replication, sip
from exum_routing.errors import shown
from exum_routing.interchange import document, export, powershell, sip_message
from exum_routing.planning import plan

NAMES = (
    {name: getattr(exum_routing, name) for name in exum_routing.__all__}
    | vars(sip)
    | vars(call)
    | {"cmdlets": cmdlets, "replication": replication, "plan": plan, "importing": importing}
    | {"document": document, "export": export, "powershell": powershell, "sip_message": sip_message}
)

OTHERS = sorted({*Path("tests").glob("test_*.py"), *Path("docs").rglob("*.md")} - {Path("tests/test_messages.py")})
"""Where no message stands whole: the other tests, and the pages."""

MESSAGES = (
    (
        'Fqdn("-.")',
        "InvalidFqdn",
        "'-.' is not an FQDN: give at most 255 ASCII characters, labels of letters, digits, '-' and '_' joined by single dots, without port or trailing dot",
    ),
    (
        'SipAddress("alice")',
        "InvalidSipAddress",
        "'alice' is not a SIP address: give sip:user@domain in ASCII, without port, parameters, headers or password",
    ),
    (
        'SipAddress("al%ffice@contoso.com")',
        "InvalidSipAddress",
        "'al%ffice@contoso.com' has escapes that are not UTF-8: escape the text's UTF-8 octets",
    ),
    (
        'SipUri(scheme="http", host="contoso.com")',
        "InvalidSipUri",
        "SipUri.scheme: 'http' is no scheme of a SIP URI: give 'sip' or 'sips'",
    ),
    ('SipUri(user=7, host="contoso.com")', "InvalidSipUri", "SipUri.user: 7 is not a text: give a string, not escaped"),
    (
        'SipUri(user="\\ud800", host="contoso.com")',
        "InvalidSipUri",
        "SipUri.user: '\\ud800' has half of a surrogate pair: take it out",
    ),
    (
        'SipUri(user="", host="contoso.com")',
        "InvalidSipUri",
        "SipUri.user: '' is no user part: give at least one character, or None",
    ),
    (
        'SipUri(host="a_b")',
        "InvalidSipUri",
        "SipUri.host: 'a_b' is no host of a SIP URI: give a hostname (no '_'), an IPv4 or a bracketed IPv6 address",
    ),
    ('SipUri(host="contoso.com", port=0)', "InvalidSipUri", "SipUri.port: 0 is no port: give 1 to 65535, or None"),
    (
        'SipUri(host="contoso.com", parameters=(("", None),))',
        "InvalidSipUri",
        "SipUri.parameters: ('', None) is no pair of a name and a value: give a tuple of two, the name not empty",
    ),
    (
        'SipUri(host="contoso.com", parameters=(("lr", ""),))',
        "InvalidSipUri",
        "SipUri.parameters: 'lr' has an empty value: give at least one character, or None for no value",
    ),
    (
        'SipUri(host="contoso.com", parameters=(("lr", None), ("LR", None)))',
        "InvalidSipUri",
        "SipUri.parameters: 'lr' occurs twice among the parameters: keep one (RFC 3261, 19.1.1)",
    ),
    (
        'SipUri(host="contoso.com", headers=(("Subject", None),))',
        "InvalidSipUri",
        "SipUri.headers: 'subject' has no value: give a text, which may be empty",
    ),
    (
        'SipUri(host="contoso.com", password="secret")',
        "InvalidSipUri",
        "'secret' is a password without a user: give the user too",
    ),
    (
        'SipUri.parse("sip:")',
        "InvalidSipUri",
        "'sip:' is not a SIP URI: give sip:user@host with parts as RFC 3261, 25.1 has them",
    ),
    (
        'SipUri.parse("sip:%ff@contoso.com")',
        "InvalidSipUri",
        "'sip:%ff@contoso.com' has escapes that are not UTF-8: escape the text's UTF-8 octets",
    ),
    ('SipUri.parse("sip:contoso.com:123456")', "InvalidSipUri", "'123456' is no port: give 1 to 65535"),
    (
        'User(sip_address="alice@contoso.com", display_name=7)',
        "InvalidText",
        "User.display_name: 7 is not a text: give a string",
    ),
    (
        'User(sip_address="alice@contoso.com", display_name="a\\nb")',
        "InvalidText",
        "User.display_name: 'a\\nb' has a control character or half of a surrogate pair: take it out",
    ),
    (
        'User(sip_address="alice@contoso.com", enterprise_voice_enabled=1)',
        "InvalidValue",
        "User.enterprise_voice_enabled: 1 is no boolean: give true or false",
    ),
    (
        'User(sip_address="alice@contoso.com", proxy_addresses="EUM:1")',
        "InvalidValue",
        "User.proxy_addresses: 'EUM:1' is not a tuple: give a tuple or a list",
    ),
    (
        'UmContact(sip_address="aa@contoso.com", display_number="0800")',
        "InvalidDisplayNumber",
        "UmContact.display_number: '0800' is no display number: give digits, the first not 0, behind an optional '+'",
    ),
    (
        'Pool(fqdn="pool01.contoso.com", site=" Redmond")',
        "InvalidName",
        "Pool.site: ' Redmond' is empty or has blanks around it: give a name without them",
    ),
    (
        'Pool(fqdn="pool01.contoso.com", site="site:site:Redmond")',
        "InvalidName",
        "Pool.site: 'site:site:Redmond' has the prefix 'site:' twice: give the site's name, with the prefix once or not at all",
    ),
    ('Deployment(users=("alice",))', "InvalidValue", "Deployment.users: 'alice' is not a User: use only User objects"),
    ('Deployment(edge="edge")', "InvalidValue", "Deployment.edge: 'edge' is not an AccessEdgeConfiguration: use one, or None"),
    (
        'Deployment(users=(User(sip_address="alice@contoso.com"), User(sip_address="ALICE@contoso.com")))',
        "DuplicateIdentity",
        "'sip:alice@contoso.com' is the name of two users or contacts of the deployment: keep one, or give each its own",
    ),
    (
        'Deployment(pools=(Pool(fqdn="p", site="A"), Pool(fqdn="P", site="B")))',
        "DuplicateIdentity",
        "'p' is the name of two pools of the deployment: keep one, or give each its own",
    ),
    (
        'Deployment(dial_plans=(UmDialPlan(phone_context="dp"), UmDialPlan(phone_context="DP")))',
        "DuplicateIdentity",
        "'DP' is the name of two UM dial plans of the deployment: keep one, or give each its own",
    ),
    (
        'Deployment().subject("alice@contoso.com")',
        "UnknownSipAddress",
        "'sip:alice@contoso.com' is the SIP address of no user and no contact: give one of the deployment",
    ),
    (
        'replication.replicate(Deployment(), "edge01.contoso.com")',
        "UnknownReplica",
        "'edge01.contoso.com' is not the name of the deployment's replica: use its name, or leave the name out",
    ),
    (
        "replication.import_on_edge(Deployment(), None)",
        "InvalidValue",
        "None is not an EdgeConfiguration: use what import_configuration reads from an export",
    ),
    (
        'cmdlets.new_cs_hosted_voicemail_policy(cmdlets.View(Deployment()), identity="GLOBAL")',
        "WrongPolicyScope",
        "'Global' always exists and cannot be made: change it by Set-CsHostedVoicemailPolicy",
    ),
    (
        'cmdlets.new_cs_hosted_voicemail_policy(cmdlets.View(Deployment(policies=(HostedVoicemailPolicy(identity="Global"), HostedVoicemailPolicy(identity="UM")))), identity="um")',
        "IdentityInUse",
        "'tag:um' is the identity of a policy: give another, or Set-CsHostedVoicemailPolicy",
    ),
    (
        'cmdlets.set_cs_hosted_voicemail_policy(cmdlets.View(Deployment()), identity="um")',
        "UnknownIdentity",
        "'um' is the identity of no hosted voice mail policy: give one of the deployment",
    ),
    (
        'cmdlets.grant_cs_hosted_voicemail_policy(cmdlets.View(Deployment()), identity="alice", policy_name="site:Redmond")',
        "WrongPolicyScope",
        "'site:Redmond' cannot be granted: give the name of a per-user policy, or $null",
    ),
    (
        'cmdlets.grant_cs_hosted_voicemail_policy(cmdlets.View(Deployment()), identity="alice", policy_name=None)',
        "UnknownIdentity",
        "'alice' is no user: give a SIP address, UPN, DOMAIN\\NAME, display name or distinguished name",
    ),
    (
        'cmdlets.grant_cs_hosted_voicemail_policy(cmdlets.View(Deployment(users=(User(sip_address="a@contoso.com", display_name="b@contoso.com"),), contacts=(UmContact(sip_address="b@contoso.com", display_number="1"),))), identity="b@contoso.com", policy_name=None)',
        "AmbiguousIdentity",
        "'b@contoso.com' is the SIP address of a contact object and fits sip:a@contoso.com too: give a SIP address with sip:",
    ),
    (
        'cmdlets.set_cs_user(cmdlets.View(Deployment(users=(User(sip_address="a@contoso.com", display_name="Al"), User(sip_address="b@contoso.com", display_name="Alan")))), identity="Al*")',
        "AmbiguousIdentity",
        "'Al*' fits 2 users, sip:a@contoso.com, sip:b@contoso.com: give one of their SIP addresses",
    ),
    (
        'cmdlets.set_cs_user(cmdlets.View(Deployment(users=(User(sip_address="a@contoso.com"),))), identity="a@contoso.com", hosted_voice_mail=True)',
        "NoUsablePolicyApplies",
        "'sip:a@contoso.com' cannot be enabled: the policy that applies is Global, which names no Destination; give it one by Set-CsHostedVoicemailPolicy, or grant another",
    ),
    (
        'cmdlets.set_cs_user(cmdlets.View(Deployment(users=(User(sip_address="a@contoso.com"),), policies=(HostedVoicemailPolicy(identity="Global", destination="um"),))), identity="a@contoso.com", hosted_voice_mail=False)',
        "UsablePolicyApplies",
        "'sip:a@contoso.com' cannot be disabled: the policy Global applies, and the article says that it fails then (reading disabling=REFUSED_IF_POLICY_APPLIES). Microsoft's Direct Routing page relies on the other, disabling=ALWAYS_ALLOWED: use $null to clear the attribute, or that reading",
    ),
    (
        'cmdlets.CmdletReading(disabling="ALWAYS_ALLOWED")',
        "InvalidValue",
        "CmdletReading.disabling: 'ALWAYS_ALLOWED' is not a Disabling: use one of Disabling.REFUSED_IF_POLICY_APPLIES, Disabling.ALWAYS_ALLOWED",
    ),
    (
        'cmdlets.new_cs_hosting_provider(cmdlets.View(Deployment(providers=(HostingProvider(identity="UM", proxy_fqdn="um"),))), identity="um", proxy_fqdn="other", enabled=True)',
        "IdentityInUse",
        "'um' is the Identity of a hosting provider: give another, or Set-CsHostingProvider",
    ),
    (
        'cmdlets.new_cs_hosting_provider(cmdlets.View(Deployment(providers=(HostingProvider(identity="UM", proxy_fqdn="um"),))), identity="Other", proxy_fqdn="um", enabled=True)',
        "IdentityInUse",
        "'um' is the ProxyFqdn of 'UM': keep that one, or remove it first",
    ),
    (
        'cmdlets.remove_cs_hosting_provider(cmdlets.View(Deployment()), identity="UM")',
        "UnknownIdentity",
        "'UM' is the Identity of no hosting provider: give one of the deployment",
    ),
    (
        'cmdlets.enable_cs_hosting_provider(cmdlets.View(Deployment(providers=(HostingProvider(identity="UM", proxy_fqdn="um", enabled=True),))), identity="um")',
        "AlreadyInThatState",
        "'UM' is enabled already: take the command out",
    ),
    (
        'cmdlets.disable_cs_hosting_provider(cmdlets.View(Deployment(providers=(HostingProvider(identity="UM", proxy_fqdn="um"),))), identity="um")',
        "AlreadyInThatState",
        "'UM' is disabled already: take the command out",
    ),
    (
        "cmdlets.set_cs_access_edge_configuration(cmdlets.View(Deployment()), use_dns_srv_routing=True, use_default_routing=True)",
        "ParametersExclude",
        "'UseDnsSrvRouting, UseDefaultRouting' exclude each other: give one routing method",
    ),
    (
        "cmdlets.set_cs_access_edge_configuration(cmdlets.View(Deployment()), enable_partner_discovery=True)",
        "ParametersExclude",
        "'EnablePartnerDiscovery' goes with UseDnsSrvRouting only: give UseDnsSrvRouting too",
    ),
    (
        "cmdlets.set_cs_access_edge_configuration(cmdlets.View(Deployment()), use_default_routing=True)",
        "ParametersExclude",
        "'UseDefaultRouting, DefaultRouteFqdn' go together: give both, or neither",
    ),
    (
        'cmdlets.set_cs_access_edge_configuration(cmdlets.View(Deployment(providers=(HostingProvider(identity="UM", proxy_fqdn="um"),))), use_default_routing=True, default_route_fqdn="proxy")',
        "HostingProvidersInTheWay",
        "'UM' is a hosting provider: remove every hosting provider before a default route is set",
    ),
    (
        'cmdlets.new_cs_ex_um_contact(cmdlets.View(Deployment()), sip_address="aa@contoso.com", registrar_pool="p", display_number="1", ou="OU=a,DC=b")',
        "InvalidSipAddress",
        "'aa@contoso.com' does not begin with sip: give sip:user@domain",
    ),
    (
        'cmdlets.new_cs_ex_um_contact(cmdlets.View(Deployment(users=(User(sip_address="aa@contoso.com"),))), sip_address="sip:aa@contoso.com", registrar_pool="p", display_number="1", ou="OU=a,DC=b")',
        "IdentityInUse",
        "'sip:aa@contoso.com' is the SIP address of a user or contact: give another",
    ),
    (
        'cmdlets.new_cs_ex_um_contact(cmdlets.View(Deployment(contacts=(UmContact(sip_address="aa@contoso.com", display_number="1"),))), sip_address="sip:bb@contoso.com", registrar_pool="p", display_number="1", ou="OU=a,DC=b")',
        "IdentityInUse",
        "'1' is the DisplayNumber of sip:aa@contoso.com: give another",
    ),
    (
        'cmdlets.remove_cs_ex_um_contact(cmdlets.View(Deployment()), identity="aa@contoso.com")',
        "UnknownIdentity",
        "'aa@contoso.com' is no contact object: give the SIP address of one",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=())',
        "InvalidInvite",
        "() is not one From header: give exactly one",
    ),
    (
        'Router(Deployment()).route("alice@contoso.com")',
        "UnknownSipAddress",
        "'sip:alice@contoso.com' is the SIP address of no user and no contact: give one of the deployment",
    ),
    (
        'VoiceMailSettings(("CsHostedVoiceMail=0", "CsHostedVoiceMail=1"))',
        "ContradictoryVoiceMailSettings",
        "VoiceMailSettings.values: ('CsHostedVoiceMail=0', 'CsHostedVoiceMail=1') holds CsHostedVoiceMail=1 and CsHostedVoiceMail=0, which contradict each other: keep one of the two",
    ),
    (
        'ProxyAddress(type="E:UM", address="1")',
        "InvalidProxyAddress",
        "ProxyAddress.type: 'E:UM' is no type of a proxy address: give it without a colon",
    ),
    (
        'ProxyAddress(address="a\\nb")',
        "InvalidProxyAddress",
        "ProxyAddress.address: 'a\\nb' has a control character or half of a surrogate pair: take it out",
    ),
    (
        'ProxyAddress(type="EUM", address="1")',
        "InvalidProxyAddress",
        "'EUM:1' is an EUM entry: use a UmProxyAddress",
    ),
    (
        'UmProxyAddress(type="EUM", address="", phone_context="dp")',
        "InvalidProxyAddress",
        "'EUM:;phone-context=dp' is not a UM proxy address: use EUM:ADDRESS;phone-context=DIAL PLAN",
    ),
    (
        'ProxyAddress(address="a:b")',
        "InvalidProxyAddress",
        "'a:b' has a colon but no type: give what stands before the colon as the type",
    ),
    (
        'UmProxyAddress.parse("SMTP:1")',
        "InvalidProxyAddress",
        "'SMTP:1' is not of type EUM: use EUM:ADDRESS;phone-context=DIAL PLAN",
    ),
    (
        'ProxyAddress.parse("EUM:1")',
        "InvalidProxyAddress",
        "'EUM:1' has no phone-context: use EUM:ADDRESS;phone-context=DIAL PLAN",
    ),
    (
        'ProxyAddress.parse("EUM:1;phone-context=")',
        "InvalidProxyAddress",
        "'EUM:1;phone-context=' names no dial plan, for its name is empty or has blanks around it: give a name without them",
    ),
    (
        "PolicyIdentity(7)",
        "InvalidPolicyIdentity",
        "PolicyIdentity.text: 7 is no policy identity: give 'Global', 'site:NAME', 'tag:NAME' or a bare name",
    ),
    (
        'PolicyIdentity("service:Redmond")',
        "InvalidPolicyIdentity",
        "PolicyIdentity.text: 'service:Redmond' has a prefix of no scope: give 'Global', 'site:NAME', 'tag:NAME' or a bare name",
    ),
    (
        'PolicyIdentity("tag:")',
        "InvalidPolicyIdentity",
        "PolicyIdentity.text: 'tag:' is no policy identity: its name is empty or has blanks around it: give a name without them",
    ),
    (
        'HostedVoicemailPolicy(identity="tag:")',
        "InvalidPolicyIdentity",
        "HostedVoicemailPolicy.identity: 'tag:' is no policy identity: its name is empty or has blanks around it: give a name without them",
    ),
    (
        'User(sip_address="alice@contoso.com", hosted_voicemail_policy="Global")',
        "InvalidPolicyIdentity",
        "User.hosted_voicemail_policy: 'Global' cannot be assigned: give the name of a per-user policy, or leave it out",
    ),
    (
        'HostedVoicemailPolicy(identity="Global", organizations="corp.contoso.com")',
        "InvalidOrganization",
        "HostedVoicemailPolicy.organizations: 'corp.contoso.com' is not a tuple: give a tuple or a list",
    ),
    (
        'HostedVoicemailPolicy(identity="Global", organizations=("corp contoso com",))',
        "InvalidOrganization",
        "HostedVoicemailPolicy.organizations: 'corp contoso com' is not an FQDN: give at most 255 ASCII characters, labels of letters, digits, '-' and '_' joined by single dots, without port or trailing dot",
    ),
    ("read_organization(None)", "InvalidOrganization", "None is not a text: give FQDNs with commas between them"),
    (
        'read_organization("corp.contoso.com,")',
        "InvalidOrganization",
        "'corp.contoso.com,' has an empty entry: give FQDNs with single commas between them",
    ),
    (
        'resolve_policy((HostedVoicemailPolicy(identity="Global"), HostedVoicemailPolicy(identity="GLOBAL")), assigned=None, site=None)',
        "DuplicateIdentity",
        "'Global' is the identity of two policies: keep one, or give each its own",
    ),
    (
        "resolve_policy((), assigned=None, site=None)",
        "MissingGlobalPolicy",
        "() holds no global policy: there is always one; add 'Global', empty if need be",
    ),
    ("resolve_policy(7, assigned=None, site=None)", "InvalidValue", "7 holds no policies: give those of the deployment"),
    (
        "AccessEdgeConfiguration(enable_partner_discovery=True)",
        "InvalidAccessEdgeConfiguration",
        "'EnablePartnerDiscovery' goes with UseDnsSrvRouting only: set UseDnsSrvRouting too, or leave it False",
    ),
    (
        'AccessEdgeConfiguration(use_dns_srv_routing=True, default_route_fqdn="proxy.contoso.com")',
        "InvalidAccessEdgeConfiguration",
        "'DefaultRouteFqdn' goes with default routing only: leave it out, or set UseDnsSrvRouting to False",
    ),
    (
        'HostingProvider(identity="UM", proxy_fqdn="um.contoso.com", verification_level="AlwaysVerifiable")',
        "InvalidValue",
        "HostingProvider.verification_level: 'AlwaysVerifiable' is not a VerificationLevel: use one of VerificationLevel.ALWAYS_VERIFIABLE, VerificationLevel.ALWAYS_UNVERIFIABLE, VerificationLevel.USE_SOURCE_VERIFICATION",
    ),
    (
        'Deployment(providers=(HostingProvider(identity="UM", proxy_fqdn="a"), HostingProvider(identity="um", proxy_fqdn="b")))',
        "DuplicateIdentity",
        "Deployment.providers: 'um' is the Identity of two hosting providers: keep one, or give each its own",
    ),
    (
        'Deployment(providers=(HostingProvider(identity="A", proxy_fqdn="um"), HostingProvider(identity="B", proxy_fqdn="um")))',
        "DuplicateIdentity",
        "Deployment.providers: 'um' is the ProxyFqdn of two hosting providers: keep one provider",
    ),
    (
        "EdgeConfiguration(access_edge=None)",
        "InvalidValue",
        "EdgeConfiguration.access_edge: None is not an AccessEdgeConfiguration: use one",
    ),
    ('EdgeRoute("UM", "um.contoso.com", 5061)', "InvalidValue", "EdgeRoute.provider: 'UM' is not a HostingProvider: use one"),
    (
        'EdgeRoute(HostingProvider(identity="UM", proxy_fqdn="um"), "um", 0)',
        "InvalidValue",
        "EdgeRoute.port: 0 is no port: give a whole number from 1 to 65535",
    ),
    ("EdgeRefusal(())", "InvalidValue", "EdgeRefusal.faults: () is no reason to refuse: give at least one fault"),
    (
        'UmServer(fqdn="um1", major_version=64)',
        "InvalidValue",
        "UmServer.major_version: 64 is no major version of Exchange: give a whole number from 0 to 63",
    ),
    (
        'UmDialPlan(phone_context="dp", um_servers=(UmServer(fqdn="um1", major_version=14), UmServer(fqdn="UM1", major_version=15)))',
        "DuplicateIdentity",
        "UmDialPlan.um_servers: 'um1' is the name of two UM servers of the dial plan: keep one",
    ),
    (
        'HostedUm(HostedVoicemailPolicy(identity="Global"), (), ())',
        "InvalidDecision",
        "a HostedVoicemailPolicy cannot determine a route to hosted UM: give a policy with a Destination",
    ),
    (
        'HostedUm(HostedVoicemailPolicy(identity="Global", destination="um"), (Fqdn("corp"),), ())',
        "InvalidDecision",
        "('corp',) are not the policy's organizations: give all of them, or the first",
    ),
    (
        'HostedUm(HostedVoicemailPolicy(identity="Global", destination="um"), (), ("ROUTE-0",))',
        "InvalidDecision",
        "('ROUTE-0',) is no tuple of clause ids: give those that decided",
    ),
    (
        'OnPremisesUm(ProxyAddress(address="1"), (), ())',
        "InvalidDecision",
        "'1' cannot determine a route to on-premises UM: give a UM proxy address",
    ),
    (
        'OnPremisesUm(UmProxyAddress.parse("EUM:1;phone-context=dp"), ("um1",), ())',
        "InvalidDecision",
        "('um1',) is no tuple of UM server names: give Fqdns",
    ),
    (
        'NotRouted("NO_VOICE_MAIL", None, None, ())',
        "InvalidDecision",
        "'NO_VOICE_MAIL' is no reason for not routing: give a NotRoutedReason",
    ),
    (
        "NotRouted(NotRoutedReason.POLICY_WITHOUT_DESTINATION, None, None, ())",
        "InvalidDecision",
        "None does not go with POLICY_WITHOUT_DESTINATION: use a policy where one decided, else None",
    ),
    (
        "NotRouted(NotRoutedReason.NO_DIAL_PLAN, None, None, ())",
        "InvalidDecision",
        "None does not go with NO_DIAL_PLAN: use a UM proxy address where one decided, else None",
    ),
    (
        'Reading(several_organizations="FIRST")',
        "InvalidValue",
        "Reading.several_organizations: 'FIRST' is not a SeveralOrganizations: use one of SeveralOrganizations.WHOLE_LIST, SeveralOrganizations.FIRST",
    ),
    (
        'RequestUriLayout(server="a b")',
        "InvalidRequestUriLayout",
        "RequestUriLayout.server: 'a b' is no name of a URI parameter: give an RFC 3261 token without '%' and '`'",
    ),
    (
        'RequestUriLayout(server="transport")',
        "InvalidRequestUriLayout",
        "RequestUriLayout.server: 'transport' is reserved: give a name other than lr, method, opaque, transport, ttl, user",
    ),
    (
        'RequestUriLayout(server="x", organization="X")',
        "InvalidRequestUriLayout",
        "('x', 'x', 'phone-context') are not distinct: give each parameter a name of its own",
    ),
    (
        'request_uri(User(sip_address="zoe@contoso.com"), NotRouted(NotRoutedReason.NO_VOICE_MAIL, None, None, ("ROUTE-5",)))',
        "InvalidDecision",
        "a NotRouted has no Request-URI for this account: give the decision that route makes about it",
    ),
    (
        'request_uri(User(sip_address="a@b"), OnPremisesUm(UmProxyAddress.parse("EUM:1;phone-context=dp"), (), ()), server=Fqdn("um1"))',
        "InvalidDecision",
        "'um1' is not a UM server of this decision: use one of its um_servers, or leave the server out",
    ),
    (
        'request_uri(User(sip_address="a@b"), HostedUm(HostedVoicemailPolicy(identity="Global", destination="um"), (), ()), server=Fqdn("um1"))',
        "InvalidDecision",
        "'um1' is not a UM server of this decision, which goes to hosted UM: leave the server out",
    ),
    (
        'read_request_uri("sip:alice@contoso.com")',
        "NotAVoicemailUri",
        "'sip:alice@contoso.com' does not mean voice mail: give a URI with opaque=app:voicemail",
    ),
    (
        'read_request_uri("sip:alice@contoso.com;opaque=app:voicemail;maddr=a%2Fb")',
        "NotAVoicemailUri",
        "'sip:alice@contoso.com;opaque=app:voicemail;maddr=a%2Fb' has a part that means no voice mail: 'a/b' is not an FQDN: give at most 255 ASCII characters, labels of letters, digits, '-' and '_' joined by single dots, without port or trailing dot",
    ),
    (
        "EdgeReplica(configuration=7)",
        "InvalidValue",
        "EdgeReplica.configuration: 7 is not an EdgeConfiguration: use one, or None",
    ),
    ("Deployment(edge_replica=7)", "InvalidValue", "Deployment.edge_replica: 7 is not an EdgeReplica: use one, or None"),
    (
        'Deployment(hosted_um_services=(HostedUmService(fqdn="um"), HostedUmService(fqdn="UM")))',
        "DuplicateIdentity",
        "'um' is the name of two hosted UM services of the deployment: keep one, or give each its own",
    ),
    (
        'Tenant(organization="corp", mailboxes=(Mailbox(sip_address="a@b.com"), Mailbox(sip_address="A@b.com")))',
        "DuplicateIdentity",
        "Tenant.mailboxes: 'sip:a@b.com' owns two mailboxes of the tenant: keep one",
    ),
    (
        'HostedUmService(fqdn="um", tenants=(Tenant(organization="corp"), Tenant(organization="CORP")))',
        "DuplicateIdentity",
        "HostedUmService.tenants: 'corp' is the Organization of two tenants of the service: keep one",
    ),
    (
        'Mailbox(sip_address="a@b.com", home="Online")',
        "InvalidValue",
        "Mailbox.home: 'Online' is not a MailboxHome: use one of MailboxHome.ONLINE, MailboxHome.ON_PREMISES",
    ),
    (
        'NameAddr("bob")',
        "InvalidInvite",
        "'bob' is no address of a SIP header: give \"DISPLAY NAME\" <URI>, with ;PARAMETERS or without",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=(("From", "bob"),))',
        "InvalidInvite",
        "From: 'bob' is no address of a SIP header: give \"DISPLAY NAME\" <URI>, with ;PARAMETERS or without",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=(("From", "<sip:a@b.com>"),))',
        "InvalidInvite",
        "() is not one To header: give exactly one",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=(("From", "<sip:a@b.com>"), ("f", "<sip:c@d.com>")))',
        "InvalidInvite",
        "('<sip:a@b.com>', '<sip:c@d.com>') is not one From header: give exactly one",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=("From",))',
        "InvalidInvite",
        "Invite.headers: 'From' is no header: give a tuple of a name and a value",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=(("a b", "c"),))',
        "InvalidInvite",
        "Invite.headers: 'a b' is no name of a SIP header: give an RFC 3261 token",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=(("Subject", "a\\r\\nDiversion: b"),))',
        "InvalidInvite",
        "Invite.headers: 'a\\r\\nDiversion: b' is no value of Subject: take out control characters, line breaks and lone surrogates",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=7)',
        "InvalidInvite",
        "Invite.headers: 7 is not a tuple: give a tuple or a list",
    ),
    (
        'Invite(request_uri="sip:a@b.com", headers=(), body="v=0")',
        "InvalidInvite",
        "Invite.body: 'v=0' is no body: give bytes",
    ),
    (
        'Circumstances(turn="1")',
        "InvalidValue",
        "Circumstances.turn: '1' is no whole number: give one",
    ),
    (
        'Circumstances(unreachable="um1")',
        "InvalidValue",
        "Circumstances.unreachable: 'um1' is no collection of names: give a tuple of FQDNs",
    ),
    (
        "Circumstances(servers_tried=0)",
        "InvalidValue",
        "Circumstances.servers_tried: 0 is no number of servers: give a whole number from 1",
    ),
    ("Circumstances(reading=7)", "InvalidValue", "Circumstances.reading: 7 is not a Reading: use one"),
    ("Circumstances(layout=7)", "InvalidValue", "Circumstances.layout: 7 is not a RequestUriLayout: use one"),
    (
        "EdgeConfiguration(access_edge=Deployment())",
        "InvalidValue",
        "EdgeConfiguration.access_edge: a Deployment is not an AccessEdgeConfiguration: use one",
    ),
    (
        'cmdlets.CmdletCall.named("Enable-UMService", identity="um1").run(cmdlets.View(Deployment()))',
        "CmdletRefused",
        "'Enable-UMService' cannot be run on a deployment: run it where the product has it",
    ),
    (
        """document.read_deployment('{"Users": [{"SipAddress": "alice@contoso.com"}, []]}')""",
        "DocumentError",
        "Users[1]: [] is not an object: give one with braces",
    ),
    (
        'importing.read_source(importing.Source("users.ldf", b"dn: CN=Zoe\\nchangetype: modify\\n\\n"))',
        "SourceError",
        "users.ldf, line 1 and after: 'modify' is a change, not an entry: give what ldifde -f or ldapsearch exports",
    ),
    (
        'export.import_configuration(b"abc")',
        "InvalidExport",
        "3 bytes (b'abc') are no zip: export the configuration again, and keep the file as it is",
    ),
    ("sip_message.read_invite(7)", "InvalidSipMessage", "7 is no SIP message: give its octets"),
    (
        'sip_message.read_invite(b"INVITE sip:a@b SIP/2.0\\r\\nContent-Length: 7\\r\\n\\r\\n")',
        "InvalidSipMessage",
        "'7' is Content-Length, but the body has 0 octets: give the whole message",
    ),
    (
        'sip_message.read_invite(b"OPTIONS sip:alice@contoso.com SIP/2.0")',
        "InvalidSipMessage",
        "b'OPTIONS sip:alice@contoso.com SIP/2.0' is not the first line of an INVITE: give INVITE REQUEST-URI SIP/2.0",
    ),
    (
        'powershell.read_script("if ($x) { Get-CsUser }")',
        "ScriptError",
        "line 1, column 1: 'if ($x) { Get-CsUser }' is not read: keep the commands of the case that is meant",
    ),
    (
        'plan(Deployment(), Deployment(av_edge_gruu="sip:av@contoso.com"))',
        "TargetUnreachable",
        "AvEdgeGruu differ: no cmdlet here changes them; change the document",
    ),
)
"""What raises, the class of the error, and the whole message."""


def raised(expression: str) -> ExumRoutingError:
    """The error of a row."""
    with pytest.raises(ExumRoutingError) as caught:
        eval(expression, NAMES)  # noqa: S307 - a row of the table above
    return caught.value


@pytest.mark.parametrize(("expression", "error", "message"), MESSAGES, ids=[expression for expression, _, _ in MESSAGES])
def test_the_message(expression: str, error: str, message: str) -> None:
    """A message says where, what, why and what to do."""
    found = raised(expression)
    assert type(found).__name__ == error
    assert str(found) == message


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.name)
def test_no_message_is_pinned_twice(page: Path) -> None:
    """Another test, or a page, holds a part of a message that matters there, and not the whole text after the value."""
    text = page.read_text(encoding="utf-8")
    assert [problem for problem in {raised(expression).problem for expression, _, _ in MESSAGES} if problem in text] == []


ADVICE = re.compile(r"[:;] .*\b(add|change|escape|export|give|keep|leave|remove|run|set|take|use)\b")
"""What to do, after what is wrong."""
FIELDS = re.compile(r"\b[A-Z]\w*\(\w+=")
"""A model as Python shows it."""


@pytest.mark.parametrize("expression", [expression for expression, _, _ in MESSAGES])
def test_a_message_has_its_parts(expression: str) -> None:
    """A line begins with its place, shows the value and not a model's fields, and ends with what to do."""
    error = raised(expression)
    for line in str(error).splitlines():
        assert ADVICE.search(line)
        assert FIELDS.search(line) is None
    if not isinstance(error.value, tuple):
        value = error.value[:16] if isinstance(error.value, bytes) and isinstance(error, export.InvalidExport) else error.value
        where = "" if error.place is None else f"{error.place}: "
        assert str(error).startswith(where)
        assert shown(value) in str(error)


def public_errors() -> set[str]:
    """Every public class of error, of the rooms too, but for the one of the whole family."""
    values = [getattr(importlib.import_module(module), name) for module in MODULES for name in names(module)]
    kinds = [value for value in values if isinstance(value, type) and issubclass(value, ExumRoutingError)]
    return {kind.__name__ for kind in kinds} - {"ExumRoutingError"}


def test_every_class_of_error_has_a_row() -> None:
    """No public error is without a message that is held to the letter."""
    assert {error for _, error, _ in MESSAGES} == public_errors()


def test_the_cmdlets_give_every_error_of_theirs() -> None:
    """Whatever refuses a cmdlet can be caught by who imports the cmdlets alone."""
    refusals = {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, cmdlets.CmdletRefused)
    }
    assert refusals == {name for name in cmdlets.__all__ if name in refusals}
