"""Hypothesis strategies for every model of the library, for the tests of those who build on it.

What they draw is legal by construction; nothing is drawn and thrown away, but for repeated keys. Wherever an argument takes
a strategy, None means the default one. Every part that may change a route or an answer of the Edge can be given so; for any
other, map what was drawn through ``attrs.evolve``. Small pools of names, picked by hand, make collisions and names in other
case likely. None of them draws malformed input (``testing.malformed`` does) or a decision (``route`` makes those).
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, TypeVar

import attrs

from exum_routing.casing import folded
from exum_routing.extras import needs

with needs("hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

from exum_routing.call import Circumstances
from exum_routing.deployment import (
    GLOBAL,
    HIGHEST_MAJOR_VERSION,
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    MailboxHome,
    PolicyIdentity,
    PolicyScope,
    Pool,
    PoolVersion,
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
from exum_routing.reading import READINGS, Reading
from exum_routing.routing import DEFAULT_LAYOUT, RequestUriLayout
from exum_routing.sip import Fqdn, SipAddress, SipUri
from exum_routing.testing.sip_strategies import FQDNS, fqdns, invites, sip_addresses, sip_uris
from exum_routing.testing.sip_strategies import given_or as _or

__all__ = [
    "access_edge_configurations",
    "circumstances",
    "deployments",
    "edge_configurations",
    "edge_replicas",
    "fqdns",
    "hosted_um_services",
    "hosted_voicemail_policies",
    "hosting_providers",
    "invites",
    "mailboxes",
    "names",
    "policy_identities",
    "pools",
    "proxy_addresses",
    "readings",
    "request_uri_layouts",
    "sip_addresses",
    "sip_uris",
    "subjects_in_deployments",
    "tenants",
    "texts",
    "um_contacts",
    "um_dial_plans",
    "um_proxy_addresses",
    "um_servers",
    "users",
    "voice_mail_settings",
]

T = TypeVar("T")
S = TypeVar("S", User, UmContact)

_NAMES: Final = ("Redmond", "redmond", "ExRedmond", "dp.contoso.com", "Global", "North America", "a;b", "who?", "me@home")
_ODD_NAMES: Final = ('a "b"', "O'Brien", "100%", "%41", "a:b", "a=b&c", "<x>, y")
_NON_ASCII_NAMES: Final = ("Z\u00fcrich", "\u6771\u4eac", "\u03a3", "\u0130zmir")
_TEXTS: Final = ("", "Pilar Ackerman", " a ", "Zo\u00eb", "\u5f20\u4f1f", "e\u0301", "\U0001d518", "a;b?c@d", "\"'%00<&>")
_FOREIGN: Final = ("Other=1", "CsHostedVoiceMail=2", "CsHostedVoiceMail = 1", "ExchangeHostedVoiceMail", "")
_TOKENS: Final = ("maddr", "ms-organization", "phone-context", "Tenant", "gruu", "x.y", "a-b_c!d*e+f'g~h")

_LEGAL: Final = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
_LEGAL_WITHOUT_SEPARATORS: Final = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=":;")
_WORDS: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters=":"), min_size=1, max_size=6)


def texts() -> SearchStrategy[str]:
    """Texts as NAME-7 allows them: empty, with blanks around, in any script; at most 12 characters if not picked by hand.

    Clauses: NAME-7
    """
    return st.sampled_from(_TEXTS) | st.text(_LEGAL, max_size=12)


def names() -> SearchStrategy[str]:
    """Names as NAME-6 allows them, awkward ones among them; none that itself begins with ``site:``, as no site's may.

    Clauses: NAME-6
    """
    return st.sampled_from(_NAMES + _ODD_NAMES + _NON_ASCII_NAMES) | st.lists(_WORDS, min_size=1, max_size=2).map(" ".join)


def _pairs(key: str, said: SearchStrategy[bool | None] | None) -> SearchStrategy[list[str]]:
    keys = st.lists(st.sampled_from((key, folded(key), key.upper(), key.swapcase())), min_size=1, max_size=2)
    return st.builds(
        lambda keys, said: [] if said is None else [f"{key}={said:d}" for key in keys],
        keys,
        _or(said, st.none() | st.booleans()),
    )


def voice_mail_settings(
    *, exchange: SearchStrategy[bool | None] | None = None, cs: SearchStrategy[bool | None] | None = None
) -> SearchStrategy[VoiceMailSettings]:
    """What both authors may say, in any order, keys in any case, repeated, among foreign values; never contradictory.

    ``exchange`` and ``cs`` pin what ExchangeHostedVoiceMail and CsHostedVoiceMail say; None is no pair.

    Clauses: ATTR-1, ATTR-2, ATTR-3, ATTR-4, ATTR-5, ATTR-6

    >>> from hypothesis import find
    >>> find(voice_mail_settings(cs=st.just(value=True)), lambda settings: True).values
    ('CsHostedVoiceMail=1',)
    """
    foreign = st.lists(st.sampled_from(_FOREIGN) | texts().map("Other={}".format), max_size=2)
    parts = st.tuples(foreign, _pairs("ExchangeHostedVoiceMail", exchange), _pairs("CsHostedVoiceMail", cs))
    return parts.flatmap(lambda drawn: st.permutations([value for part in drawn for value in part])).map(VoiceMailSettings)


def um_proxy_addresses(
    *, address: SearchStrategy[str] | None = None, phone_context: SearchStrategy[str] | None = None
) -> SearchStrategy[UmProxyAddress]:
    """UM proxy addresses, primary and secondary; generated address parts have neither ``:`` nor ``;``.

    Clauses: ATTR-7, NAME-6, NAME-7
    """
    picked = st.sampled_from(("+14255550100", "1234", "roy@contoso.com", "sip:roy@contoso.com;a=b"))
    any_address = picked | st.text(_LEGAL_WITHOUT_SEPARATORS, min_size=1, max_size=6)
    rest = {"address": _or(address, any_address), "phone_context": _or(phone_context, names())}
    primary = st.builds(UmProxyAddress, type=st.just("EUM"), **rest)
    return primary | st.builds(UmProxyAddress, type=st.sampled_from(("eum", "Eum", "EUm")), **rest)


def proxy_addresses(*, phone_context: SearchStrategy[str] | None = None) -> SearchStrategy[ProxyAddress]:
    """Entries of proxyAddresses: of UM, of other types, without a type; ``phone_context`` pins those of UM.

    Clauses: ATTR-7, ATTR-8, NAME-7
    """
    typed = st.builds(ProxyAddress, type=st.sampled_from(("SMTP", "smtp", "SIP", "X500", "X400", "")), address=texts())
    untyped = st.builds(ProxyAddress, address=st.text(_LEGAL_WITHOUT_SEPARATORS, max_size=6))
    return um_proxy_addresses(phone_context=phone_context) | typed | untyped


def policy_identities(scope: PolicyScope | None = None) -> SearchStrategy[PolicyIdentity]:
    """Identities of policies, of the one scope or of every scope.

    Clauses: POL-1, NAME-6

    >>> from hypothesis import find
    >>> find(policy_identities(PolicyScope.PER_USER), lambda identity: True)
    PolicyIdentity(text='tag:Redmond')
    """
    if scope is None:
        return st.one_of([policy_identities(scope) for scope in PolicyScope])
    if scope is PolicyScope.GLOBAL:
        return st.just(GLOBAL)
    return names().map(f"{scope.value}:{{}}".format).map(PolicyIdentity)


def hosted_voicemail_policies(
    *,
    identity: SearchStrategy[PolicyIdentity] | None = None,
    destination: SearchStrategy[Fqdn | None] | None = None,
    organizations: SearchStrategy[Sequence[Fqdn]] | None = None,
) -> SearchStrategy[HostedVoicemailPolicy]:
    """Policies with and without Destination, and with no, one, or up to three organizations.

    Clauses: POL-1, POL-7, POL-8, POL-10
    """
    return st.builds(
        HostedVoicemailPolicy,
        identity=_or(identity, policy_identities()),
        description=st.none() | texts(),
        destination=_or(destination, fqdns() | st.none()),
        organizations=_or(organizations, st.lists(fqdns(), max_size=3)),
    )


def _flags(*fields: str) -> dict[str, SearchStrategy[bool]]:
    return dict.fromkeys(fields, st.booleans())


def access_edge_configurations() -> SearchStrategy[AccessEdgeConfiguration]:
    """Access Edge settings of both routing methods, often as the recipe for hosted UM has them.

    Clauses: EDGE-1, EDGE-2, EDGE-3
    """
    recipe = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
    partner_discovery = st.builds(attrs.evolve, st.just(recipe), **_flags("allow_federated_users", "enable_partner_discovery"))
    default_routing = {"allow_federated_users": st.booleans(), "default_route_fqdn": st.none() | fqdns()}
    return st.just(recipe) | partner_discovery | st.builds(AccessEdgeConfiguration, **default_routing)


def hosting_providers(  # noqa: PLR0913 - one for every field that the Edge looks at
    *,
    identity: SearchStrategy[str] | None = None,
    enabled: SearchStrategy[bool] | None = None,
    enabled_shared_address_space: SearchStrategy[bool] | None = None,
    hosts_ocs_users: SearchStrategy[bool] | None = None,
    proxy_fqdn: SearchStrategy[Fqdn] | None = None,
    is_local: SearchStrategy[bool] | None = None,
) -> SearchStrategy[HostingProvider]:
    """Hosting providers, often as the recipe for hosted UM has them, else with any flags.

    Clauses: EDGE-4, EDGE-5, EDGE-8, NAME-6
    """
    key = {"identity": _or(identity, names()), "proxy_fqdn": _or(proxy_fqdn, fqdns())}
    yes, no, either = st.just(value=True), st.just(value=False), st.booleans()

    def flagged(yes: SearchStrategy[bool], no: SearchStrategy[bool]) -> dict[str, SearchStrategy[bool]]:
        return {
            "enabled": _or(enabled, yes),
            "enabled_shared_address_space": _or(enabled_shared_address_space, yes),
            "hosts_ocs_users": _or(hosts_ocs_users, no),
            "is_local": _or(is_local, no),
        }

    recipe = st.builds(HostingProvider, **key, **flagged(yes, no))
    level = st.sampled_from(VerificationLevel)
    return recipe | st.builds(HostingProvider, **key, **flagged(either, either), verification_level=level)


_PROVIDER_KEYS: Final = (lambda provider: folded(provider.identity), lambda provider: provider.proxy_fqdn)
_PROVIDERS: Final = st.lists(hosting_providers(), max_size=2, unique_by=_PROVIDER_KEYS)


def edge_configurations(
    *,
    access_edge: SearchStrategy[AccessEdgeConfiguration] | None = None,
    providers: SearchStrategy[Sequence[HostingProvider]] | None = None,
) -> SearchStrategy[EdgeConfiguration]:
    """What an Edge Server works from, with at most two hosting providers; no Destination is sure to have one.

    Clauses: EDGE-5
    """
    return st.builds(
        EdgeConfiguration, access_edge=_or(access_edge, access_edge_configurations()), providers=_or(providers, _PROVIDERS)
    )


def edge_replicas(*, configuration: SearchStrategy[EdgeConfiguration | None] | None = None) -> SearchStrategy[EdgeReplica]:
    """Replicas of Edge Servers with and without a name, of any configuration, or never given one.

    Clauses: REPL-1, REPL-2
    """
    some_configuration = st.none() | edge_configurations()
    return st.builds(EdgeReplica, fqdn=st.none() | fqdns(), configuration=_or(configuration, some_configuration))


def um_servers(
    *,
    fqdn: SearchStrategy[Fqdn] | None = None,
    major_version: SearchStrategy[int] | None = None,
    enabled: SearchStrategy[bool] | None = None,
) -> SearchStrategy[UmServer]:
    """UM servers, mostly enabled, of the versions there were and the highest there can be.

    Clauses: UM-2, UM-3
    """
    return st.builds(
        UmServer,
        fqdn=_or(fqdn, fqdns()),
        major_version=_or(major_version, st.sampled_from((15, 15, 15, 14, 14, 8, HIGHEST_MAJOR_VERSION))),
        enabled=_or(enabled, st.sampled_from((True, True, False))),
    )


def um_dial_plans(
    *,
    phone_context: SearchStrategy[str] | None = None,
    uri_type: SearchStrategy[UriType] | None = None,
    um_servers: SearchStrategy[Sequence[UmServer]] | None = None,
) -> SearchStrategy[UmDialPlan]:
    """Dial plans of every URI type, mostly of SIP URIs, with at most four UM servers of several versions.

    Clauses: UM-1, UM-2, UM-3, NAME-6
    """
    uri_types = st.sampled_from((UriType.SIP_NAME, UriType.SIP_NAME, UriType.SIP_NAME, UriType.TEL_EXTN, UriType.E164))
    return st.builds(
        UmDialPlan,
        phone_context=_or(phone_context, names()),
        uri_type=_or(uri_type, uri_types),
        um_servers=_or(um_servers, _UM_SERVERS),
    )


_UM_SERVERS: Final = st.lists(um_servers(), max_size=4, unique_by=lambda server: server.fqdn)


def pools(
    *,
    fqdn: SearchStrategy[Fqdn] | None = None,
    site: SearchStrategy[str] | None = None,
    version: SearchStrategy[PoolVersion | None] | None = None,
) -> SearchStrategy[Pool]:
    """Registrar pools on any site; ``site`` draws names without ``site:``. The version is mostly not known.

    Clauses: POL-11, CALL-17
    """
    return st.builds(
        Pool,
        fqdn=_or(fqdn, fqdns()),
        site=_or(site, names()).map("site:{}".format),
        version=_or(version, st.sampled_from((None, None, *PoolVersion))),
    )


def users(
    *,
    sip_address: SearchStrategy[SipAddress] | None = None,
    registrar_pool: SearchStrategy[Fqdn | None] | None = None,
    hosted_voicemail_policy: SearchStrategy[PolicyIdentity | None] | None = None,
    voice_mail_settings: SearchStrategy[VoiceMailSettings] | None = None,
    proxy_addresses: SearchStrategy[Sequence[ProxyAddress]] | None = None,
) -> SearchStrategy[User]:
    """Users with at most three proxy addresses; the fields that never change a route are any text, not proper names.

    Clauses: ROUTE-1, POL-5, POL-11, ATTR-1, ATTR-7
    """
    some_text = st.sampled_from((None, *_TEXTS))
    return st.builds(
        User,
        sip_address=_or(sip_address, sip_addresses()),
        display_name=st.none() | texts(),
        user_principal_name=some_text,
        sam_account_name=some_text,
        distinguished_name=some_text,
        registrar_pool=_or(registrar_pool, st.none() | fqdns()),
        enterprise_voice_enabled=st.sampled_from((None, True, False)),
        hosted_voicemail_policy=_or(hosted_voicemail_policy, st.none() | policy_identities(PolicyScope.PER_USER)),
        voice_mail_settings=_or(voice_mail_settings, _VOICE_MAIL_SETTINGS),
        proxy_addresses=_or(proxy_addresses, st.lists(_PROXY_ADDRESSES, max_size=3)),
    )


_VOICE_MAIL_SETTINGS: Final = voice_mail_settings()
_PROXY_ADDRESSES: Final = proxy_addresses()
_SIP_ADDRESSES: Final = sip_addresses()


def um_contacts(
    *,
    sip_address: SearchStrategy[SipAddress] | None = None,
    registrar_pool: SearchStrategy[Fqdn | None] | None = None,
    display_number: SearchStrategy[str] | None = None,
    auto_attendant: SearchStrategy[bool] | None = None,
    hosted_voicemail_policy: SearchStrategy[PolicyIdentity | None] | None = None,
) -> SearchStrategy[UmContact]:
    """Contact objects of both kinds, with numbers of at most 15 digits.

    Clauses: ROUTE-9, URI-8, POL-5
    """
    numbers = st.builds("{}{}".format, st.sampled_from(("+", "")), st.integers(1, 10**15 - 1))
    return st.builds(
        UmContact,
        sip_address=_or(sip_address, sip_addresses()),
        registrar_pool=_or(registrar_pool, st.none() | fqdns()),
        display_number=_or(display_number, numbers),
        auto_attendant=_or(auto_attendant, st.booleans()),
        hosted_voicemail_policy=_or(hosted_voicemail_policy, st.none() | policy_identities(PolicyScope.PER_USER)),
    )


def mailboxes(
    *,
    sip_address: SearchStrategy[SipAddress] | None = None,
    home: SearchStrategy[MailboxHome] | None = None,
    voicemail_enabled: SearchStrategy[bool] | None = None,
) -> SearchStrategy[Mailbox]:
    """Mailboxes of both homes, mostly enabled for voice mail.

    Clauses: CALL-7

    >>> from hypothesis import find
    >>> find(mailboxes(home=st.just(MailboxHome.ON_PREMISES)), lambda mailbox: not mailbox.voicemail_enabled).home.name
    'ON_PREMISES'
    """
    return st.builds(
        Mailbox,
        sip_address=_or(sip_address, sip_addresses()),
        home=_or(home, st.sampled_from(MailboxHome)),
        voicemail_enabled=_or(voicemail_enabled, st.sampled_from((True, True, True, False))),
    )


_MAILBOXES: Final = st.none() | st.lists(mailboxes(), max_size=3, unique_by=lambda mailbox: mailbox.sip_address)


def tenants(
    *, organization: SearchStrategy[Fqdn] | None = None, mailboxes: SearchStrategy[Sequence[Mailbox]] | None = None
) -> SearchStrategy[Tenant]:
    """Tenants with at most three mailboxes or none that are known, with and without transcription.

    Clauses: CALL-7, CALL-8
    """
    return st.builds(
        Tenant,
        organization=_or(organization, fqdns()),
        enable_transcription=st.booleans(),
        mailboxes=_or(mailboxes, _MAILBOXES),
    )


_TENANTS: Final = st.lists(tenants(), max_size=3, unique_by=lambda tenant: tenant.organization)


def hosted_um_services(
    *, fqdn: SearchStrategy[Fqdn] | None = None, tenants: SearchStrategy[Sequence[Tenant]] | None = None
) -> SearchStrategy[HostedUmService]:
    """Hosted UM services with at most three tenants.

    Clauses: CALL-7
    """
    return st.builds(HostedUmService, fqdn=_or(fqdn, fqdns()), tenants=_or(tenants, _TENANTS))


def readings() -> SearchStrategy[Reading]:
    """Every reading; the default one is the simplest.

    Clauses: ROUTE-7, ROUTE-8, URI-3
    """
    return st.sampled_from(READINGS)


def request_uri_layouts() -> SearchStrategy[RequestUriLayout]:
    """Layouts with any distinct names; names not picked by hand begin with ``x-``.

    Clauses: URI-2, URI-4, URI-6
    """
    tokens = st.sampled_from(_TOKENS) | st.from_regex(r"x-[a-z0-9\-.!*_+'~]{1,6}", fullmatch=True)
    triples = st.lists(tokens, min_size=3, max_size=3, unique_by=folded)
    return triples.map(lambda triple: RequestUriLayout(server=triple[0], organization=triple[1], phone_context=triple[2]))


def circumstances(
    *,
    turn: SearchStrategy[int] | None = None,
    unreachable: SearchStrategy[Collection[Fqdn]] | None = None,
    servers_tried: SearchStrategy[int] | None = None,
    reading: SearchStrategy[Reading] | None = None,
    layout: SearchStrategy[RequestUriLayout] | None = None,
) -> SearchStrategy[Circumstances]:
    """What a call may meet: any turn, at most two hosts that do not answer, any reading, mostly the default layout.

    Clauses: UM-4, UM-5, CALL-6
    """
    return st.builds(
        Circumstances,
        turn=_or(turn, st.integers()),
        unreachable=_or(unreachable, st.lists(fqdns(), max_size=2)),
        servers_tried=_or(servers_tried, st.sampled_from((2, 2, 1, 3, 100))),
        reading=_or(reading, readings()),
        layout=_or(layout, st.just(DEFAULT_LAYOUT) | request_uri_layouts()),
    )


_UNREFERRING_USERS: Final = users(
    sip_address=st.just(SipAddress("roy@contoso.com")),
    registrar_pool=st.none(),
    hosted_voicemail_policy=st.none(),
    proxy_addresses=st.lists(proxy_addresses(phone_context=st.just("dp")), max_size=3),
)
_UNREFERRING_CONTACTS: Final = um_contacts(
    sip_address=st.just(SipAddress("aa@contoso.com")), registrar_pool=st.none(), hosted_voicemail_policy=st.none()
)
_GLOBAL_POLICIES: Final = hosted_voicemail_policies(identity=st.just(GLOBAL))
_ONE_OR_TWO_NAMES: Final = st.lists(names(), min_size=1, max_size=2, unique_by=folded)
_PER_USER: Final = st.lists(policy_identities(PolicyScope.PER_USER), max_size=3, unique_by=lambda identity: identity.key)
_HOMES: Final = st.lists(pools(), max_size=2, unique_by=lambda pool: pool.fqdn)
_ALIKE: Final = um_servers(major_version=st.just(15))
_SEVERAL_ALIKE: Final = st.lists(_ALIKE, min_size=2, max_size=3, unique_by=lambda server: server.fqdn)
_DIAL_PLANS: Final = um_dial_plans(phone_context=st.just("dp"), um_servers=_UM_SERVERS | _SEVERAL_ALIKE)
_EDGES: Final = access_edge_configurations() | st.none()
_EDGE_REPLICAS: Final = st.none() | st.none() | edge_replicas()
_GRUUS: Final = st.none() | st.just(SipUri.parse("sip:av.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:1")) | sip_uris()


def _services(policies: Sequence[HostedVoicemailPolicy], owners: Sequence[SipAddress]) -> SearchStrategy[list[HostedUmService]]:
    """Services that the policies mostly reach, of tenants that they mostly name, each with mailboxes of the same owners."""
    named = [policy.destination for policy in policies if policy.destination is not None]
    organizations = [organization for policy in policies for organization in policy.organizations]
    everybody = st.just([Mailbox(sip_address=owner) for owner in owners])
    some_mailboxes = st.lists(
        mailboxes(sip_address=st.sampled_from((*owners, *owners, SipAddress("roy@contoso.com")))),
        max_size=len(owners) + 1,
        unique_by=lambda mailbox: mailbox.sip_address,
    )
    some_tenants = st.lists(
        tenants(
            organization=st.sampled_from((*organizations, *organizations, *FQDNS[:2])),
            mailboxes=st.one_of(everybody, everybody, some_mailboxes, st.none()),
        ),
        max_size=4,
        unique_by=lambda tenant: tenant.organization,
    )
    services = hosted_um_services(fqdn=st.sampled_from((*named, *named, *FQDNS[:2])), tenants=some_tenants)
    return st.lists(services, max_size=2, unique_by=lambda service: service.fqdn)


def _spellings(names: Iterable[str]) -> list[str]:
    """Every name, and its variants in other case that are equal to it."""
    variants = ((name, variant) for name in names for variant in (name, folded(name), name.upper(), name.swapcase()))
    return list(dict.fromkeys(variant for name, variant in variants if folded(variant) == folded(name)))


@st.composite
def deployments(  # noqa: PLR0913 - four bounds, and a strategy for every part that concerns a call alone
    draw: DrawFn,
    *,
    min_users: int = 0,
    max_users: int = 3,
    min_contacts: int = 0,
    max_contacts: int = 1,
    edge_replica: SearchStrategy[EdgeReplica | None] | None = None,
    av_edge_gruu: SearchStrategy[SipUri | None] | None = None,
    hosted_um_services: SearchStrategy[Sequence[HostedUmService]] | None = None,
) -> Deployment:
    """Deployments that hang together: accounts mostly refer to pools, policies and dial plans that are there, in any case.

    Equal bounds give exactly that number: ``deployments(min_users=5, max_users=5)`` has five users. At most three per-user and
    two site policies, two pools, dial plans, providers and hosted UM services each. The services mostly stand where policies
    send calls, with several tenants that the policies name, and with mailboxes of the same users in each. Large deployments
    are not drawn.

    Clauses: POL-1, POL-2, EDGE-5, NAME-2, UM-6
    """
    sites, per_user, dial_plan_names = draw(_ONE_OR_TWO_NAMES), draw(_PER_USER), draw(_ONE_OR_TWO_NAMES)
    site_names = st.sampled_from(_spellings(sites)).map("site:{}".format)
    homes = [attrs.evolve(pool, site=draw(site_names)) for pool in draw(_HOMES)]
    of_sites = draw(st.lists(site_names.map(PolicyIdentity), max_size=2, unique_by=lambda identity: identity.key))
    identities = draw(st.permutations([GLOBAL, *of_sites, *per_user]))
    policies = [attrs.evolve(draw(_GLOBAL_POLICIES), identity=identity) for identity in identities]
    dial_plans = [attrs.evolve(draw(_DIAL_PLANS), phone_context=name) for name in dial_plan_names]

    names_assigned = [f"tag:{name}" for name in _spellings(identity.name for identity in per_user)]
    assigned = st.sampled_from([None, *names_assigned, *names_assigned, "tag:Gone"])
    registrar_pools = st.sampled_from([None, *(pool.fqdn for pool in 2 * homes), "gone.contoso.com"])
    phone_contexts = st.sampled_from([*(3 * _spellings(dial_plan_names)), "gone.contoso.com"])
    proxies = st.sampled_from([*(policy.destination for policy in policies if policy.destination is not None), *FQDNS])
    proxy_fqdns = draw(st.lists(proxies, min_size=2, max_size=2, unique=True))
    count, contacts = draw(st.integers(min_users, max_users)), draw(st.integers(min_contacts, max_contacts))
    addresses = draw(st.lists(_SIP_ADDRESSES, min_size=count + contacts, max_size=count + contacts, unique=True))

    def homed(subject: S, address: SipAddress) -> S:
        return attrs.evolve(
            subject, sip_address=address, registrar_pool=draw(registrar_pools), hosted_voicemail_policy=draw(assigned)
        )

    def with_dial_plan(entry: ProxyAddress) -> ProxyAddress:
        return attrs.evolve(entry, phone_context=draw(phone_contexts)) if isinstance(entry, UmProxyAddress) else entry

    drawn = [homed(draw(_UNREFERRING_USERS), address) for address in addresses[:count]]
    return Deployment(
        users=[attrs.evolve(user, proxy_addresses=tuple(map(with_dial_plan, user.proxy_addresses))) for user in drawn],
        contacts=[homed(draw(_UNREFERRING_CONTACTS), address) for address in addresses[count:]],
        policies=policies,
        providers=[
            attrs.evolve(provider, proxy_fqdn=fqdn) for provider, fqdn in zip(draw(_PROVIDERS), proxy_fqdns, strict=False)
        ],
        edge=draw(_EDGES),
        pools=homes,
        dial_plans=draw(st.sampled_from((dial_plans, dial_plans, None, []))),
        edge_replica=draw(_or(edge_replica, _EDGE_REPLICAS)),
        av_edge_gruu=draw(_or(av_edge_gruu, _GRUUS)),
        hosted_um_services=draw(_or(hosted_um_services, _services(policies, addresses))),
    )


_DEPLOYMENTS_WITH_USERS: Final = deployments(min_users=1)


def subjects_in_deployments(
    *, deployments: SearchStrategy[Deployment] | None = None
) -> SearchStrategy[tuple[Subject, Deployment]]:
    """A user or a contact with the deployment that holds it, which has at least one user.

    ``deployments`` draws those with at least one user or contact.

    Clauses: ROUTE-1, ROUTE-9
    """
    return _or(deployments, _DEPLOYMENTS_WITH_USERS).flatmap(
        lambda drawn: st.tuples(st.sampled_from(drawn.subjects), st.just(drawn))
    )
