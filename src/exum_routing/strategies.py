"""Hypothesis strategies for every model of the library, for the tests of those who build on it.

What they draw is legal by construction; nothing is drawn and thrown away, but for repeated keys. Wherever an argument takes
a strategy, None means the default one. Every part that may change a route or an answer of the Edge can be given so; for any
other, map what was drawn through ``attrs.evolve``. Small pools of names, picked by hand, make collisions and names in other
case likely. None of them draws malformed input (``exum_routing.malformed`` does) or a decision (``route`` makes those).
"""

from collections.abc import Iterable, Sequence
from string import ascii_letters, digits
from typing import Final, TypeVar
from urllib.parse import quote

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from exum_routing.attributes import ProxyAddress, VoiceMailSettings
from exum_routing.deployment import Deployment, Pool, Subject, UmContact, User
from exum_routing.edge import AccessEdgeConfiguration, EdgeConfiguration, HostingProvider, VerificationLevel
from exum_routing.on_premises import HIGHEST_MAJOR_VERSION, UmDialPlan, UmServer, UriType
from exum_routing.policy import EXCHANGE_ONLINE, GLOBAL, HostedVoicemailPolicy, PolicyIdentity, PolicyScope
from exum_routing.reading import Reading
from exum_routing.request_uri import RequestUriLayout
from exum_routing.routing import READINGS
from exum_routing.sip import Fqdn, SipAddress, SipUri

__all__ = [
    "access_edge_configurations",
    "deployments",
    "edge_configurations",
    "fqdns",
    "hosted_voicemail_policies",
    "hosting_providers",
    "names",
    "policy_identities",
    "pools",
    "proxy_addresses",
    "readings",
    "request_uri_layouts",
    "sip_addresses",
    "sip_uris",
    "subjects_in_deployments",
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

_FQDNS: Final = (EXCHANGE_ONLINE, *map(Fqdn, ("um.fabrikam.com", "corp.contoso.com", "um_1.contoso.com", "localhost")))
_HOSTNAMES: Final = ("contoso.com", "litwareinc.com", "localhost", "xn--bcher-kva.example", "contoso.xn--p1ai")
_IPV4: Final = ("10.0.0.1", "192.168.100.200")
_IPV6: Final = ("[::1]", "[2001:db8::a:1]", "[::ffff:192.0.2.1]")
_SIP_USERS: Final = ("alice", "roy", "alice.b-c_d", "+14255550100", "a%3Bb", "a%3Fb", "a%40b", "%C3%A9", "a%25", "&=+$,/!~*'()")
_NAMES: Final = ("Redmond", "redmond", "ExRedmond", "dp.contoso.com", "Global", "North America", "a;b", "who?", "me@home")
_ODD_NAMES: Final = ('a "b"', "O'Brien", "100%", "%41", "a:b", "a=b&c", "<x>, y")
_NON_ASCII_NAMES: Final = ("Z\u00fcrich", "\u6771\u4eac", "\u03a3", "\u0130zmir")
_TEXTS: Final = ("", "Pilar Ackerman", " a ", "Zo\u00eb", "\u5f20\u4f1f", "e\u0301", "\U0001d518", "a;b?c@d", "\"'%00<&>")
_FOREIGN: Final = ("Other=1", "CsHostedVoiceMail=2", "CsHostedVoiceMail = 1", "ExchangeHostedVoiceMail", "")
_TOKENS: Final = ("maddr", "ms-organization", "phone-context", "Tenant", "gruu", "x.y", "a-b_c!d*e+f'g~h")

_ENCODABLE: Final = st.characters(exclude_categories=["Cs"])
_LEGAL: Final = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
_LEGAL_WITHOUT_SEPARATORS: Final = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=":;")
_WORDS: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters=":"), min_size=1, max_size=6)
_LABELS: Final = st.text(f"{ascii_letters}{digits}-_", min_size=1, max_size=9)
_TOP_LABELS: Final = st.text(ascii_letters, min_size=1, max_size=8)


def _or(given: SearchStrategy[T] | None, default: SearchStrategy[T]) -> SearchStrategy[T]:
    return default if given is None else given


def fqdns() -> SearchStrategy[Fqdn]:
    """FQDNs, ``_`` and single labels among them; none near the limit of 255 characters."""
    return st.sampled_from(_FQDNS) | st.lists(_LABELS, min_size=1, max_size=3).map(".".join).map(Fqdn)


def sip_addresses(
    *, user: SearchStrategy[str] | None = None, domain: SearchStrategy[str] | None = None
) -> SearchStrategy[SipAddress]:
    """SIP addresses, escapes among them; escaped octets are UTF-8, and last labels have no digit but in ``xn--``.

    ``user`` draws what stands before the ``@``, escaped, and ``domain`` what stands behind it.
    """
    drawn = st.text(_ENCODABLE, min_size=1, max_size=8).map(lambda user: quote(user, safe="!*'()&=+$,/"))
    users, domains = st.sampled_from(_SIP_USERS) | drawn, st.sampled_from(_HOSTNAMES + _IPV4) | _TOP_LABELS
    return st.builds("{}@{}".format, _or(user, users), _or(domain, domains)).map(SipAddress)


def _lower_name(pair: tuple[str, str | None]) -> str:
    return pair[0].lower()


@st.composite
def sip_uris(draw: DrawFn) -> SipUri:
    """SIP URIs with every part there may be, any encodable text in them; no hostname with a trailing dot."""
    some, any_text = st.text(_ENCODABLE, min_size=1, max_size=6), st.text(_ENCODABLE, max_size=6)
    known = st.sampled_from((("opaque", "app:voicemail"), ("gruu", None), ("maddr", "exap.um.outlook.com"), ("lr", None)))
    user = draw(st.none() | some)
    return SipUri(
        scheme=draw(st.sampled_from(("sip", "sips"))),
        user=user,
        password=None if user is None else draw(st.none() | any_text),
        host=draw(st.sampled_from(_HOSTNAMES + _IPV4 + _IPV6) | _TOP_LABELS),
        port=draw(st.none() | st.integers(1, 65535)),
        parameters=draw(st.lists(known | st.tuples(some, st.none() | some), max_size=3, unique_by=_lower_name)),
        headers=draw(st.lists(st.tuples(some, any_text), max_size=2)),
    )


def texts() -> SearchStrategy[str]:
    """Texts as NAME-7 allows them: empty, with blanks around, in any script; at most 12 characters if not picked by hand."""
    return st.sampled_from(_TEXTS) | st.text(_LEGAL, max_size=12)


def names() -> SearchStrategy[str]:
    """Names as NAME-6 allows them, awkward ones among them; none that itself begins with ``site:``, as no site's may."""
    return st.sampled_from(_NAMES + _ODD_NAMES + _NON_ASCII_NAMES) | st.lists(_WORDS, min_size=1, max_size=2).map(" ".join)


def _pairs(key: str, said: SearchStrategy[bool | None] | None) -> SearchStrategy[list[str]]:
    keys = st.lists(st.sampled_from((key, key.lower(), key.upper(), key.swapcase())), min_size=1, max_size=2)
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
    """
    foreign = st.lists(st.sampled_from(_FOREIGN) | texts().map("Other={}".format), max_size=2)
    parts = st.tuples(foreign, _pairs("ExchangeHostedVoiceMail", exchange), _pairs("CsHostedVoiceMail", cs))
    return parts.flatmap(lambda drawn: st.permutations([value for part in drawn for value in part])).map(VoiceMailSettings)


def um_proxy_addresses(
    *, address: SearchStrategy[str] | None = None, phone_context: SearchStrategy[str] | None = None
) -> SearchStrategy[ProxyAddress]:
    """UM proxy addresses, primary and secondary; generated address parts have neither ``:`` nor ``;``."""
    picked = st.sampled_from(("+14255550100", "1234", "roy@contoso.com", "sip:roy@contoso.com;a=b"))
    any_address = picked | st.text(_LEGAL_WITHOUT_SEPARATORS, min_size=1, max_size=6)
    rest = {"address": _or(address, any_address), "phone_context": _or(phone_context, names())}
    primary = st.builds(ProxyAddress, type=st.just("EUM"), **rest)
    return primary | st.builds(ProxyAddress, type=st.sampled_from(("eum", "Eum", "EUm")), **rest)


def proxy_addresses(*, phone_context: SearchStrategy[str] | None = None) -> SearchStrategy[ProxyAddress]:
    """Entries of proxyAddresses: of UM, of other types, without a type; ``phone_context`` pins those of UM."""
    typed = st.builds(ProxyAddress, type=st.sampled_from(("SMTP", "smtp", "SIP", "X500", "X400", "")), address=texts())
    untyped = st.builds(ProxyAddress, address=st.text(_LEGAL_WITHOUT_SEPARATORS, max_size=6))
    return um_proxy_addresses(phone_context=phone_context) | typed | untyped


def policy_identities(scope: PolicyScope | None = None) -> SearchStrategy[PolicyIdentity]:
    """Identities of policies, of the one scope or of every scope."""
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
    """Policies with and without Destination, and with no, one, or up to three organizations."""
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
    """Access Edge settings of both routing methods, often as the recipe for hosted UM has them."""
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
    """Hosting providers, often as the recipe for hosted UM has them, else with any flags."""
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


_PROVIDER_KEYS: Final = (lambda provider: provider.identity.lower(), lambda provider: provider.proxy_fqdn)
_PROVIDERS: Final = st.lists(hosting_providers(), max_size=2, unique_by=_PROVIDER_KEYS)


def edge_configurations(
    *,
    access_edge: SearchStrategy[AccessEdgeConfiguration] | None = None,
    providers: SearchStrategy[Sequence[HostingProvider]] | None = None,
) -> SearchStrategy[EdgeConfiguration]:
    """What an Edge Server works from, with at most two hosting providers; no Destination is sure to have one."""
    return st.builds(
        EdgeConfiguration, access_edge=_or(access_edge, access_edge_configurations()), providers=_or(providers, _PROVIDERS)
    )


def um_servers(
    *,
    fqdn: SearchStrategy[Fqdn] | None = None,
    major_version: SearchStrategy[int] | None = None,
    enabled: SearchStrategy[bool] | None = None,
) -> SearchStrategy[UmServer]:
    """UM servers, mostly enabled, of the versions there were and the highest there can be."""
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
    """Dial plans of every URI type, mostly of SIP URIs, with at most four UM servers of several versions."""
    uri_types = st.sampled_from((UriType.SIP_NAME, UriType.SIP_NAME, UriType.SIP_NAME, UriType.TEL_EXTN, UriType.E164))
    return st.builds(
        UmDialPlan,
        phone_context=_or(phone_context, names()),
        uri_type=_or(uri_type, uri_types),
        um_servers=_or(um_servers, _UM_SERVERS),
    )


_UM_SERVERS: Final = st.lists(um_servers(), max_size=4, unique_by=lambda server: server.fqdn)


def pools(*, fqdn: SearchStrategy[Fqdn] | None = None, site: SearchStrategy[str] | None = None) -> SearchStrategy[Pool]:
    """Registrar pools on any site; ``site`` draws names without ``site:``."""
    return st.builds(Pool, fqdn=_or(fqdn, fqdns()), site=_or(site, names()).map("site:{}".format))


def users(
    *,
    sip_address: SearchStrategy[SipAddress] | None = None,
    registrar_pool: SearchStrategy[Fqdn | None] | None = None,
    hosted_voicemail_policy: SearchStrategy[PolicyIdentity | None] | None = None,
    voice_mail_settings: SearchStrategy[VoiceMailSettings] | None = None,
    proxy_addresses: SearchStrategy[Sequence[ProxyAddress]] | None = None,
) -> SearchStrategy[User]:
    """Users with at most three proxy addresses; the fields that never change a route are any text, not proper names."""
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
    """Contact objects of both kinds, with numbers of at most 15 digits."""
    numbers = st.builds("{}{}".format, st.sampled_from(("+", "")), st.integers(1, 10**15 - 1))
    return st.builds(
        UmContact,
        sip_address=_or(sip_address, sip_addresses()),
        registrar_pool=_or(registrar_pool, st.none() | fqdns()),
        display_number=_or(display_number, numbers),
        auto_attendant=_or(auto_attendant, st.booleans()),
        hosted_voicemail_policy=_or(hosted_voicemail_policy, st.none() | policy_identities(PolicyScope.PER_USER)),
    )


def readings() -> SearchStrategy[Reading]:
    """Every reading; the default one is the simplest."""
    return st.sampled_from(READINGS)


def request_uri_layouts() -> SearchStrategy[RequestUriLayout]:
    """Layouts with any distinct names; names not picked by hand begin with ``x-``."""
    tokens = st.sampled_from(_TOKENS) | st.from_regex(r"x-[a-z0-9\-.!*_+'~]{1,6}", fullmatch=True)
    triples = st.lists(tokens, min_size=3, max_size=3, unique_by=str.lower)
    return triples.map(lambda triple: RequestUriLayout(server=triple[0], organization=triple[1], phone_context=triple[2]))


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
_ONE_OR_TWO_NAMES: Final = st.lists(names(), min_size=1, max_size=2, unique_by=str.lower)
_PER_USER: Final = st.lists(policy_identities(PolicyScope.PER_USER), max_size=3, unique_by=lambda identity: identity.key)
_HOMES: Final = st.lists(pools(), max_size=2, unique_by=lambda pool: pool.fqdn)
_DIAL_PLANS: Final = um_dial_plans(phone_context=st.just("dp"))
_EDGES: Final = access_edge_configurations() | st.none()


def _spellings(names: Iterable[str]) -> list[str]:
    """Every name, and its variants in other case that are equal to it."""
    variants = ((name, variant) for name in names for variant in (name, name.lower(), name.upper(), name.swapcase()))
    return list(dict.fromkeys(variant for name, variant in variants if variant.lower() == name.lower()))


@st.composite
def deployments(
    draw: DrawFn, *, min_users: int = 0, max_users: int = 3, min_contacts: int = 0, max_contacts: int = 1
) -> Deployment:
    """Deployments that hang together: accounts mostly refer to pools, policies and dial plans that are there, in any case.

    Equal bounds give exactly that number: ``deployments(min_users=5, max_users=5)`` has five users. At most three per-user and
    two site policies, two pools, dial plans and providers each. Large deployments are not drawn.
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
    proxies = st.sampled_from([*(policy.destination for policy in policies if policy.destination is not None), *_FQDNS])
    proxy_fqdns = draw(st.lists(proxies, min_size=2, max_size=2, unique=True))
    count, contacts = draw(st.integers(min_users, max_users)), draw(st.integers(min_contacts, max_contacts))
    addresses = draw(st.lists(_SIP_ADDRESSES, min_size=count + contacts, max_size=count + contacts, unique=True))

    def homed(subject: S, address: SipAddress) -> S:
        return attrs.evolve(
            subject, sip_address=address, registrar_pool=draw(registrar_pools), hosted_voicemail_policy=draw(assigned)
        )

    def with_dial_plan(entry: ProxyAddress) -> ProxyAddress:
        return attrs.evolve(entry, phone_context=draw(phone_contexts)) if entry.is_um else entry

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
    )


_DEPLOYMENTS_WITH_USERS: Final = deployments(min_users=1)


def subjects_in_deployments(
    *, deployments: SearchStrategy[Deployment] | None = None
) -> SearchStrategy[tuple[Subject, Deployment]]:
    """A user or a contact with the deployment that holds it, which has at least one user.

    ``deployments`` draws those with at least one user or contact.
    """
    return _or(deployments, _DEPLOYMENTS_WITH_USERS).flatmap(
        lambda drawn: st.tuples(st.sampled_from(drawn.subjects), st.just(drawn))
    )
