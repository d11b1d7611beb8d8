"""The theorems of routing: one test per law, named after it, its docstring the sentence."""

import contextlib
import importlib
import itertools
import math
import pickle
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeAlias, TypeVar

import attrs
import pytest
import sipmessage
from endings import mailbox_of
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from exum_routing import (
    CLAUSES,
    GLOBAL,
    READINGS,
    AccessEdgeConfiguration,
    AuthorsDisagree,
    Deployment,
    DeploymentMode,
    DisabledWithUmProxyAddress,
    DuplicateIdentity,
    EdgeConfiguration,
    ExumRoutingError,
    Fqdn,
    HostedUm,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    InvalidFqdn,
    InvalidName,
    InvalidRequestUriLayout,
    InvalidSipUri,
    InvalidValue,
    Mailbox,
    MailboxHome,
    NotRouted,
    OnPremisesUm,
    PolicyIdentity,
    PolicyScope,
    Pool,
    ProxyAddress,
    Reading,
    RequestUriLayout,
    RoutedDecision,
    Router,
    RoutingDecision,
    SeveralOrganizations,
    SipAddress,
    SipUri,
    Subject,
    Tenant,
    UmContact,
    UmDialPlan,
    UmProxyAddress,
    UmServer,
    User,
    VoiceMailSettings,
    VoicemailTarget,
    contested,
    deployment_mode,
    explain,
    read_organization,
    read_request_uri,
    request_uri,
    resolve_policy,
    route,
    um_server_order,
)
from exum_routing.call import (
    REFUSALS,
    CallFault,
    CallOutcome,
    CallTrace,
    Circumstances,
    Forwarded,
    HandedOver,
    Hop,
    NextHop,
    NotVoiceMail,
    Refused,
    front_end,
    trace_call,
)
from exum_routing.call import trace as trace_module
from exum_routing.call.front_end import called
from exum_routing.call.hosted_um import _at_service
from exum_routing.cmdlets import Change, View, apply_changes
from exum_routing.cmdlets.change import changed_access_edge, changed_contact, changed_policy, changed_provider, changed_user
from exum_routing.sip import Invite
from exum_routing.testing import a_deployment, a_hosted_um_service, a_provider, a_user, an_invite, strategies

T = TypeVar("T")
Drawn: TypeAlias = tuple[Subject, Deployment]
UserDrawn: TypeAlias = tuple[User, Deployment]

SUBJECTS = strategies.subjects_in_deployments()
USERS = strategies.deployments(min_users=1).flatmap(
    lambda deployment: st.tuples(st.sampled_from(deployment.users), st.just(deployment))
)
DEPLOYMENTS = strategies.deployments()
ANYBODY: SearchStrategy[Subject] = strategies.users() | strategies.um_contacts()
RANDOMS = st.randoms(use_true_random=False)
HOSTED = strategies.hosted_voicemail_policies(destination=strategies.fqdns()).flatmap(
    lambda policy: st.builds(
        HostedUm,
        st.just(policy),
        st.sampled_from((policy.organizations, policy.organizations[:1])),
        st.just(("ROUTE-2", "POL-3")),
    )
)
ON_PREMISES = st.builds(
    OnPremisesUm,
    strategies.um_proxy_addresses(),
    st.lists(strategies.fqdns(), max_size=3, unique=True).map(tuple),
    st.just(("ROUTE-4", "UM-1")),
)
ROUTED: SearchStrategy[tuple[Subject, RoutedDecision]] = st.one_of(
    st.tuples(strategies.users(), HOSTED | ON_PREMISES), st.tuples(strategies.um_contacts(), HOSTED)
)


def with_a_server(routed: tuple[Subject, RoutedDecision]) -> SearchStrategy[tuple[Subject, RoutedDecision, Fqdn | None]]:
    """A subject and a decision, with a UM server that the decision names, or None."""
    subject, decision = routed
    servers = decision.um_servers if isinstance(decision, OnPremisesUm) else ()
    return st.tuples(st.just(subject), st.just(decision), st.sampled_from((None, *servers)))


TRIED = ROUTED.flatmap(with_a_server)
ENABLED = strategies.voice_mail_settings(exchange=st.just(True), cs=st.sampled_from((True, None))) | (
    strategies.voice_mail_settings(exchange=st.none(), cs=st.just(True))
)
NOT_ENABLED = strategies.voice_mail_settings(exchange=st.sampled_from((None, False)), cs=st.sampled_from((None, False)))
UM_PROXY_ADDRESSES = st.lists(strategies.um_proxy_addresses(), min_size=1, max_size=3)


def routes(subject: Subject, deployment: Deployment) -> list[RoutingDecision]:
    """The decision by every reading."""
    return [route(subject, deployment, reading=reading) for reading in READINGS]


def without(decision: RoutingDecision, *clauses: str) -> RoutingDecision:
    """The decision less the clauses, or less all of them where none is named."""
    return attrs.evolve(decision, clauses=tuple(one for one in decision.clauses if clauses and one not in clauses))


def counts_as_enabled(user: User, reading: Reading) -> bool:
    """What the attribute says, by the sentences of ATTR-2 and ROUTE-7."""
    exchange, cs = user.voice_mail_settings.exchange_hosted_voice_mail, user.voice_mail_settings.cs_hosted_voice_mail
    believed = {
        AuthorsDisagree.ANY_ENABLED: [exchange or cs],
        AuthorsDisagree.EXCHANGE_WINS: [exchange, cs],
        AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS: [cs, exchange],
    }[reading.authors_disagree]
    return next((said for said in believed if said is not None), False)


@given(SUBJECTS)
def test_per_user_beats_site_beats_global(drawn: Drawn) -> None:
    """The assigned per-user policy applies; else the policy of the subject's site; else the global one (POL-3, NAME-6)."""
    subject, deployment = drawn
    assigned = subject.hosted_voicemail_policy
    pools = [pool for pool in deployment.pools if pool.fqdn == subject.registrar_pool]

    def named(scope: PolicyScope, names: Sequence[str]) -> list[HostedVoicemailPolicy]:
        lowered = [name.lower() for name in names]
        of_scope = [policy for policy in deployment.policies if policy.identity.scope is scope]
        return [policy for policy in of_scope if policy.identity.name.lower() in lowered]

    narrowest_first = (
        *named(PolicyScope.PER_USER, [] if assigned is None else [assigned.name]),
        *named(PolicyScope.SITE, [pool.site for pool in pools]),
        *named(PolicyScope.GLOBAL, ["Global"]),
    )
    assert narrowest_first[0] is deployment.effective_policy(subject)


@given(SUBJECTS)
def test_effective_policy_agrees_with_resolve_policy(drawn: Drawn) -> None:
    """A deployment finds the effective policy that resolve_policy finds among its policies."""
    subject, deployment = drawn
    pool = deployment.pool(subject.registrar_pool)
    expected = resolve_policy(
        deployment.policies,
        assigned=subject.hosted_voicemail_policy,
        site=None if pool is None else f"site:{pool.site}",
    )
    assert expected is deployment.effective_policy(subject)


def shuffled(values: Sequence[T], random: Random) -> tuple[T, ...]:
    """The values in another order."""
    return tuple(random.sample(values, len(values)))


def with_values_in_other_order(user: User, random: Random) -> User:
    """The user with the attributes' values in another order, but that UM proxy addresses of one rank keep theirs."""
    primary = iter([entry for entry in user.proxy_addresses if entry.type == "EUM"])
    secondary = iter([entry for entry in user.proxy_addresses if isinstance(entry, UmProxyAddress) and entry.type != "EUM"])
    return attrs.evolve(
        user,
        voice_mail_settings=shuffled(user.voice_mail_settings.values, random),
        proxy_addresses=[
            next(primary if entry.type == "EUM" else secondary) if isinstance(entry, UmProxyAddress) else entry
            for entry in shuffled(user.proxy_addresses, random)
        ],
    )


@given(SUBJECTS, RANDOMS)
def test_order_of_users_policies_pools_and_values_does_not_matter(drawn: Drawn, random: Random) -> None:
    """Users, contacts, policies, pools, dial plans, providers and attribute values may stand in any order."""
    subject, deployment = drawn
    reordered = Deployment(
        users=shuffled([with_values_in_other_order(user, random) for user in deployment.users], random),
        contacts=shuffled(deployment.contacts, random),
        policies=shuffled(deployment.policies, random),
        providers=shuffled(deployment.providers, random),
        edge=deployment.edge,
        pools=shuffled(deployment.pools, random),
        dial_plans=None if deployment.dial_plans is None else shuffled(deployment.dial_plans, random),
    )
    same_subject = reordered.subject(subject.sip_address)
    assert routes(subject, deployment) == routes(same_subject, reordered)


@given(strategies.users(voice_mail_settings=NOT_ENABLED, proxy_addresses=UM_PROXY_ADDRESSES))
def test_first_primary_um_proxy_address_decides(user: User) -> None:
    """The first UM proxy address of type EUM, or else the first of any, is the one that routes, wherever it stands (ATTR-7)."""
    primary = [entry for entry in user.proxy_addresses if entry.type == "EUM"]
    decision = route(user, Deployment(users=(user,)))
    assert isinstance(decision, OnPremisesUm)
    assert (*primary, *user.proxy_addresses)[0] is decision.proxy_address


def repeated(values: Sequence[T], random: Random) -> tuple[T, ...]:
    """The values, and behind them the same again in another order."""
    return (*values, *shuffled(values, random))


@given(USERS, RANDOMS)
def test_repeated_values_do_not_matter(drawn: UserDrawn, random: Random) -> None:
    """A value of an attribute, a proxy address or a tenant that stands twice counts once."""
    user, deployment = drawn
    repeating = attrs.evolve(
        deployment,
        policies=[attrs.evolve(one, organizations=repeated(one.organizations, random)) for one in deployment.policies],
    )
    twice = attrs.evolve(
        user,
        voice_mail_settings=repeated(user.voice_mail_settings.values, random),
        proxy_addresses=2 * user.proxy_addresses,
    )
    assert routes(user, deployment) == routes(twice, repeating)


@given(SUBJECTS, strategies.readings())
def test_removing_what_did_not_determine_changes_nothing(drawn: Drawn, reading: Reading) -> None:
    """No other account, policy, pool, dial plan, hosting provider or Edge is missed than those that determined the route.

    Where the site is not known, that there are site policies is among the grounds (POL-11).
    """
    subject, deployment = drawn
    decision = route(subject, deployment, reading=reading)
    policies = [] if isinstance(decision, OnPremisesUm) or decision.policy is None else [decision.policy]
    if GLOBAL not in [policy.identity for policy in policies]:
        policies.append(HostedVoicemailPolicy(identity=GLOBAL))
    proxy_address = None if isinstance(decision, HostedUm) else decision.proxy_address
    named = "" if proxy_address is None else str(proxy_address.phone_context).lower()
    dial_plans = deployment.dial_plans
    remaining = Deployment(
        users=(subject,) if isinstance(subject, User) else (),
        contacts=(subject,) if isinstance(subject, UmContact) else (),
        policies=policies,
        pools=[pool for pool in deployment.pools if pool.fqdn == subject.registrar_pool],
        dial_plans=None if dial_plans is None else [plan for plan in dial_plans if plan.phone_context.lower() == named],
    )
    assert without(decision, "POL-11") == route(subject, remaining, reading=reading)


@given(ANYBODY, DEPLOYMENTS, st.sampled_from(["Redmond", "Dublin", "Oslo"]))
def test_a_pool_that_gets_known_changes_only_routes_that_name_pol_11(
    subject: Subject, deployment: Deployment, site: str
) -> None:
    """Whoever adds the pool of an account whose site was not known changes its route only if the grounds said so (POL-11)."""
    pool = subject.registrar_pool
    if pool is None or deployment.pool(pool) is not None:
        pool = Fqdn("added.example.com")
    homed = attrs.evolve(subject, registrar_pool=pool)
    known = attrs.evolve(deployment, pools=(*deployment.pools, Pool(fqdn=pool, site=site)))
    for reading in READINGS:
        before, after = (route(homed, one, reading=reading) for one in (deployment, known))
        assert "POL-11" not in after.clauses
        assert before == after or "POL-11" in before.clauses


@given(USERS, ENABLED, UM_PROXY_ADDRESSES)
def test_attribute_takes_precedence(drawn: UserDrawn, settings: VoiceMailSettings, entries: list[ProxyAddress]) -> None:
    """Of a user who is enabled for hosted UM access, UM proxy addresses change nothing but that ROUTE-3 is said."""
    user, deployment = drawn
    enabled = attrs.evolve(user, voice_mail_settings=settings, proxy_addresses=())
    decisions = routes(attrs.evolve(enabled, proxy_addresses=entries), deployment)
    assert routes(enabled, deployment) == [without(decision, "ROUTE-3") for decision in decisions]
    assert all("ROUTE-3" in decision.clauses for decision in decisions)


@given(ANYBODY, DEPLOYMENTS)
def test_route_is_total(subject: Subject, deployment: Deployment) -> None:
    """Any account, of the deployment or not, has a decision by any reading, on grounds of known clauses, once each."""
    for decision in routes(subject, deployment):
        assert isinstance(decision, HostedUm | OnPremisesUm | NotRouted)
        assert decision.clauses
        assert len(decision.clauses) == len(set(decision.clauses))
        assert set(decision.clauses) <= {clause.id for clause in CLAUSES}


@given(SUBJECTS, strategies.readings())
def test_hosted_only_if_enabled_and_destination(drawn: Drawn, reading: Reading) -> None:
    """The route is to hosted UM exactly if the account counts as enabled and its effective policy names a Destination."""
    subject, deployment = drawn
    enabled = isinstance(subject, UmContact) or counts_as_enabled(subject, reading)
    expected = enabled and deployment.effective_policy(subject).destination is not None
    assert expected is isinstance(route(subject, deployment, reading=reading), HostedUm)


@given(DEPLOYMENTS, strategies.users(voice_mail_settings=NOT_ENABLED, proxy_addresses=UM_PROXY_ADDRESSES), DEPLOYMENTS)
def test_no_policy_changes_an_on_premises_route(deployment: Deployment, user: User, other: Deployment) -> None:
    """The route of a user who is not enabled but has a UM proxy address is the same by any policies, assigned or not."""
    elsewhere = attrs.evolve(deployment, policies=other.policies, pools=other.pools)
    per_user = [policy.identity for policy in other.policies if policy.identity.scope is PolicyScope.PER_USER]
    for assigned in (None, *per_user):
        reassigned = attrs.evolve(user, hosted_voicemail_policy=assigned)
        assert routes(user, deployment) == routes(reassigned, elsewhere)


@given(SUBJECTS, strategies.edge_configurations())
def test_hosting_providers_and_edge_change_no_route(drawn: Drawn, edge: EdgeConfiguration) -> None:
    """No decision depends on the hosting providers or the Edge (ROUTE-11)."""
    subject, deployment = drawn
    without_edge = attrs.evolve(deployment, edge=None, providers=())
    with_other_edge = attrs.evolve(deployment, edge=edge.access_edge, providers=edge.providers)
    assert routes(subject, deployment) == routes(subject, without_edge) == routes(subject, with_other_edge)


PARSED: dict[str, tuple[SearchStrategy[Any], Callable[[Any], str], Callable[[str], Any]]] = {
    "Fqdn": (strategies.fqdns(), str, Fqdn),
    "SipAddress": (strategies.sip_addresses(), str, SipAddress),
    "SipUri": (strategies.sip_uris(), str, SipUri.parse),
    "ProxyAddress": (strategies.proxy_addresses(), str, ProxyAddress.parse),
    "PolicyIdentity": (strategies.policy_identities(), str, PolicyIdentity),
    "Organization": (st.lists(strategies.fqdns(), max_size=3, unique=True).map(tuple), ", ".join, read_organization),
}


@pytest.mark.parametrize("kind", PARSED)
@given(st.data())
def test_parse_of_str_is_identity(kind: str, data: st.DataObject) -> None:
    """What is written and read again is equal, and is written the same."""
    strategy, write, read = PARSED[kind]
    value = data.draw(strategy)
    assert value == read(write(value))
    assert write(value) == write(read(write(value)))


@given(SUBJECTS, strategies.readings())
def test_explain_agrees_with_route(drawn: Drawn, reading: Reading) -> None:
    """An explanation is of the decision that route makes, with its clauses in their order."""
    decision = route(*drawn, reading=reading)
    explanation = explain(*drawn, reading=reading)
    assert (decision, decision.clauses) == (explanation.decision, tuple(clause.id for clause in explanation.clauses))


@given(DEPLOYMENTS, strategies.readings())
def test_router_agrees_with_route(deployment: Deployment, reading: Reading) -> None:
    """A router answers every address, in any case, with the decision that route makes."""
    router = Router(deployment, reading=reading)
    for subject in deployment.subjects:
        decision = route(subject, deployment, reading=reading)
        assert decision == router.route(subject.sip_address)
        assert decision == router.route(subject.sip_address.swapcase())


@given(strategies.deployments(min_users=2, max_users=4), strategies.readings())
def test_router_shares_equal_decisions(deployment: Deployment, reading: Reading) -> None:
    """Equal decisions of a router are one object."""
    router = Router(deployment, reading=reading)
    decisions = [router.route(subject.sip_address) for subject in deployment.subjects]
    assert len(set(decisions)) == len({id(decision) for decision in decisions})


@given(TRIED, strategies.request_uri_layouts())
def test_request_uri_is_legal(tried: tuple[Subject, RoutedDecision, Fqdn | None], layout: RequestUriLayout) -> None:
    """A Request-URI is a SIP URI by RFC 3261, whatever the fields hold, and an independent parser says so too (URI-4)."""
    subject, decision, server = tried
    text = request_uri(subject, decision, layout=layout, server=server)
    uri, other = SipUri.parse(text), sipmessage.URI.parse(text)
    assert (uri.scheme, uri.user, uri.host, dict(uri.parameters)) == (
        other.scheme, other.user, other.host, dict(other.parameters),
    )  # fmt: skip
    assert uri.is_voicemail


@given(TRIED, strategies.request_uri_layouts())
def test_read_request_uri_gives_back_what_was_built(
    tried: tuple[Subject, RoutedDecision, Fqdn | None], layout: RequestUriLayout
) -> None:
    """Reading a Request-URI gives the owner, the Destination or UM server, the tenants and the dial plan (URI-5)."""
    subject, decision, server = tried
    target = read_request_uri(request_uri(subject, decision, layout=layout, server=server), layout=layout)
    owner = subject.sip_address
    if isinstance(subject, UmContact):
        owner = SipAddress(f"{subject.display_number}@{owner.domain}")
    expected = VoicemailTarget(owner, None, (), None)
    if isinstance(decision, HostedUm):
        sent = decision.organizations[: 1 if isinstance(subject, UmContact) else None]
        expected = attrs.evolve(expected, destination=decision.destination, organizations=sent)
    else:
        first = decision.um_servers[0] if decision.um_servers else None
        expected = attrs.evolve(expected, destination=server or first, phone_context=decision.phone_context)
    assert expected == target


FIELDS: dict[str, list[object]] = {
    "authors_disagree": list(AuthorsDisagree),
    "disabled_with_um_proxy_address": list(DisabledWithUmProxyAddress),
    "several_organizations": list(SeveralOrganizations),
}


@given(SUBJECTS)
def test_contested_is_exact(drawn: Drawn) -> None:
    """A clause is contested exactly if two readings that differ in it alone make decisions that differ in more than clauses."""
    decisions = {reading: without(route(*drawn, reading=reading)) for reading in READINGS}
    expected = []
    for clause, field in zip(("ROUTE-7", "ROUTE-8", "URI-3"), FIELDS, strict=True):
        pairs = [
            (one, other)
            for one in READINGS
            for other in READINGS
            if attrs.evolve(one, **{field: getattr(other, field)}) == other
        ]
        if any(decisions[one] != decisions[other] for one, other in pairs):
            expected.append((clause, field))
    assert expected == [(one.clause, one.field) for one in contested(*drawn)]


@given(SUBJECTS)
def test_contested_shows_readings_of_one_field_with_their_decisions(drawn: Drawn) -> None:
    """The outcomes of a contested clause are what route decides by readings that differ in its field alone; they differ."""
    for one in contested(*drawn):
        readings = [reading for reading, _ in one.outcomes]
        choices = [getattr(reading, one.field) for reading in readings]
        assert [route(*drawn, reading=reading) for reading in readings] == [decision for _, decision in one.outcomes]
        assert FIELDS[one.field] == choices
        assert readings == [attrs.evolve(readings[0], **{one.field: choice}) for choice in choices]
        assert len({without(decision) for _, decision in one.outcomes}) > 1


MODELS: dict[str, SearchStrategy[Any]] = {
    **{
        name: getattr(strategies, name)()
        for name in strategies.__all__
        if name not in {"subjects_in_deployments", "names", "texts"}
    },
    "hosted UM": HOSTED,
    "on-premises UM": ON_PREMISES,
    "explanations": SUBJECTS.map(lambda drawn: explain(*drawn)),
    "routers": DEPLOYMENTS.map(Router),
}


@pytest.mark.parametrize("model", MODELS)
@given(st.data())
def test_every_model_is_hashable_and_picklable(model: str, data: st.DataObject) -> None:
    """A value has a hash, and comes back from pickle, and from its own fields, equal and looking the same."""
    value = data.draw(MODELS[model])
    pickled = pickle.loads(pickle.dumps(value))  # noqa: S301 - its own pickle
    rebuilt = type(value)(str(value)) if isinstance(value, str) else attrs.evolve(value)
    for copy in (pickled, rebuilt):
        assert (value, hash(value), repr(value), type(value)) == (copy, hash(copy), repr(copy), type(copy))


@given(DEPLOYMENTS, strategies.readings())
def test_deployment_mode_follows_routes(deployment: Deployment, reading: Reading) -> None:
    """The mode says where the users with voice mail are routed: all to the one, all to the other, or some to each."""
    routes = [route(user, deployment, reading=reading) for user in deployment.users]
    expected = {
        (False, False): None,
        (True, False): DeploymentMode.CROSS_PREMISES,
        (False, True): DeploymentMode.ON_PREMISES,
        (True, True): DeploymentMode.MIXED,
    }[any(isinstance(one, HostedUm) for one in routes), any(isinstance(one, OnPremisesUm) for one in routes)]
    assert expected is deployment_mode(deployment, reading=reading)


@given(st.lists(strategies.fqdns(), min_size=1, max_size=5), st.integers())
def test_um_server_order_is_a_rotation(servers: list[Fqdn], turn: int) -> None:
    """The order is the servers' own, begun one further with each turn; nobody is left out."""
    order = um_server_order(servers, turn)
    assert tuple(servers) == um_server_order(servers, 0)
    assert (*order[1:], order[0]) == um_server_order(servers, turn + 1)
    assert order == um_server_order(servers, turn + len(servers))


Call: TypeAlias = tuple[Invite, Deployment, Circumstances]


def furnished(deployment: Deployment) -> Deployment:
    """The deployment with users enabled, an Edge that lets every call cross, and a service wherever none is known.

    Such a service hosts every organization, each with a mailbox of everybody, so that another's is always at hand.
    """
    policies = [
        one if one.destination and one.organizations else attrs.evolve(one, destination="um", organizations=["a.com", "b.com"])
        for one in deployment.policies
    ]
    organizations = dict.fromkeys(organization for one in policies for organization in one.organizations)
    mailboxes = [Mailbox(sip_address=subject.sip_address) for subject in deployment.subjects]
    tenants = [Tenant(organization=organization, mailboxes=mailboxes) for organization in organizations]
    destinations = dict.fromkeys(one.destination for one in policies if one.destination is not None)
    services = [HostedUmService(fqdn=one, tenants=tenants) for one in destinations if deployment.hosted_um_service(one) is None]
    return attrs.evolve(
        deployment,
        users=[attrs.evolve(user, voice_mail_settings=("CsHostedVoiceMail=1",)) for user in deployment.users],
        policies=policies,
        providers=[a_provider(one) for one in destinations],
        edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
        edge_replica=None,
        hosted_um_services=(*deployment.hosted_um_services, *services),
    )


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """A call in a deployment, which half of the time is furnished, mostly to one of its users and often by one of them."""
    deployment = draw(SOME_DEPLOYMENTS)
    parties = st.sampled_from([subject.sip_address for subject in deployment.subjects])
    invites = st.one_of(
        strategies.invites(callee=parties, caller=parties), strategies.invites(callee=parties), strategies.invites()
    )
    return draw(invites), deployment, draw(st.just(Circumstances()) | strategies.circumstances())


SOME_DEPLOYMENTS = strategies.deployments(min_users=1) | strategies.deployments(min_users=2, max_contacts=2).map(furnished)
CALLS = calls()


def ascii_lower(text: str) -> bytes:
    """The text in lower case, as far as SIP folds it."""
    return text.encode().lower()


def check_deposit(invite: Invite, deployment: Deployment, circumstances: Circumstances, outcome: CallOutcome) -> None:
    """The sentence of CALL-8, read from the models alone: nothing that the way of a call itself uses to find anything."""
    if isinstance(outcome, HandedOver) and outcome.mailbox is not None:
        uri = SipUri.parse(invite.request_uri)
        named = [
            user
            for user in deployment.users
            if ascii_lower(str(SipUri.parse(user.sip_address).user)) == ascii_lower(str(uri.user))
            and user.sip_address.domain == uri.host
        ]
        assert [user.sip_address for user in named] == [outcome.mailbox.sip_address]
        policy = deployment.effective_policy(named[0])
        first_alone = circumstances.reading.several_organizations is SeveralOrganizations.FIRST
        organizations = policy.organizations[: 1 if first_alone else None]
        (service,) = [one for one in deployment.hosted_um_services if one.fqdn == policy.destination]
        hosted = {tenant.organization: tenant for tenant in service.tenants or ()}
        first = next(organization for organization in organizations if organization in hosted)
        assert outcome.organization == first
        assert outcome.mailbox in (hosted[first].mailboxes or ())
        assert outcome.mailbox.voicemail_enabled
        assert outcome.transcribed is hosted[first].enable_transcription
    elif isinstance(outcome, Refused):
        row = REFUSALS[outcome.reason]
        assert (outcome.response.status, outcome.response.error_id) == (row.status, row.error_id)
        assert row.reason in str(outcome.response)
        assert bool(outcome.edge_faults) is (outcome.reason.name == "REFUSED_AT_EDGE")
    else:
        assert isinstance(outcome, HandedOver)


@given(CALLS)
def test_deposit_is_in_the_owners_mailbox(call: Call) -> None:
    """A deposit is in the mailbox of the owner whom the Request-URI as received names, in a tenant that the effective policy
    names, at the service where its Destination is; or there is none, and the outcome says why (CALL-8).
    """
    check_deposit(*call, trace_call(*call).outcome)


def deposited_by_to(invite: Invite, service: HostedUmService, **_: object) -> HandedOver | Refused:
    """A hosted service that does wrong: it believes To, whoever calls and whatever the Request-URI says."""
    mailboxes = [
        (tenant, tenant.mailbox(invite.to.address)) for tenant in service.tenants or () if invite.to.address is not None
    ]
    found = [
        HandedOver(NextHop(Hop.HOSTED_UM, service.fqdn), (), tenant.organization, box, tenant.enable_transcription)
        for tenant, box in mailboxes
        if box is not None
    ]
    return found[0] if found else _at_service(service, CallFault.NO_MAILBOX)


def breaks_the_law(call: Call) -> bool:
    """Whether the call is one against CALL-8."""
    try:
        check_deposit(*call, trace_call(*call).outcome)
    except (AssertionError, StopIteration):
        return True
    return False


def test_that_law_catches_a_service_that_believes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a service that goes by To, one forged call is against the law, and so is one that the strategies draw."""
    owners = (a_user("alice@contoso.com", hosted=True), a_user("bob@contoso.com", hosted=True))
    service = a_hosted_um_service("alice@contoso.com", "bob@contoso.com")
    forged = an_invite(caller="alice@contoso.com", headers=[("To", "<sip:bob@contoso.com>")])
    call = (forged, a_deployment(*owners, hosted_um_services=[service]), Circumstances())
    assert not breaks_the_law(call)
    monkeypatch.setattr(trace_module, "hosted_um", deposited_by_to)
    assert breaks_the_law(call)
    drawn = settings(database=None, derandomize=True, max_examples=2000, phases=[Phase.generate])
    assert breaks_the_law(find(CALLS, breaks_the_law, settings=drawn))


def test_that_law_needs_both_guards_of_the_owner_to_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    """To taken without From deposits nothing wrong yet, for the Request-URI is compared too: the call is refused."""
    owners = (a_user("alice@contoso.com", hosted=True), a_user("bob@contoso.com", hosted=True))
    service = a_hosted_um_service("alice@contoso.com", "bob@contoso.com")
    forged = an_invite(caller="alice@contoso.com", headers=[("To", "<sip:bob@contoso.com>")])
    call = (forged, a_deployment(*owners, hosted_um_services=[service]), Circumstances())
    monkeypatch.setattr(importlib.import_module("exum_routing.call.hosted_um"), "_owner", lambda invite: invite.to.address)
    assert not breaks_the_law(call)
    assert isinstance(trace_call(*call).outcome, Refused)


def twice(invite: Invite, deployment: Deployment, circumstances: Circumstances) -> tuple[Invite, Invite] | None:
    """An INVITE as it leaves the Front End, and as it leaves it again.

    None: it does not leave, or its Request-URI now names somebody else, as where a contact's number is another's too.
    """
    once = front_end(invite, deployment, circumstances)
    if isinstance(once, Refused):
        return None
    before, after = (called(one, deployment) for one in (invite, once.invite))
    if before is not after:
        assert isinstance(before, UmContact)
        return None
    again = front_end(once.invite, deployment, circumstances)
    assert isinstance(again, Forwarded)
    return once.invite, again.invite


@given(CALLS)
def test_front_end_is_idempotent(call: Call) -> None:
    """Applied to its own output the Front End gives the same INVITE, but that Diversion, of which there is never a second,
    names the owner as the Request-URI then spells the address; from then on nothing changes.
    """
    found = twice(*call)
    if found is None:
        return
    once, again = found
    assert (once.request_uri, once.without("Diversion"), once.body) == (
        again.request_uri,
        again.without("Diversion"),
        again.body,
    )
    assert len(once.values("Diversion")) == len(again.values("Diversion")) <= 1
    if once.values("Diversion"):
        diverted = [SipUri.parse(one.values("Diversion")[0].strip("<>")) for one in found]
        assert ascii_lower(str(diverted[0].user)) == ascii_lower(str(diverted[1].user))
        assert diverted[0].host == diverted[1].host
    assert twice(again, *call[1:]) == (again, again)


NAMED = {"diversion", "supported", "k", "ms-mras-address"}
"""The headers that a rule names, in every form."""


@given(CALLS)
def test_unnamed_headers_are_untouched(call: Call) -> None:
    """Headers that no rule names leave every hop as they came, names, values and order, and so does the body; of those that
    are named, Supported only gains.
    """
    invite = call[0]
    for hop in trace_call(*call).hops:
        headers = [[header for header in one.headers if header[0].lower() not in NAMED] for one in (invite, hop.invite)]
        assert headers[0] == headers[1]
        assert hop.invite.body == invite.body
        supported = [
            [value for name, value in one.headers if name.lower() in {"supported", "k"}] for one in (invite, hop.invite)
        ]
        assert supported[1] in (supported[0], [*supported[0], "ms-fe"])
        assert "ms-fe" in [tag.strip().lower() for value in supported[1] for tag in value.split(",")]


def octets(invite: Invite) -> bytes:
    """The INVITE as a SIP message."""
    lines = [f"INVITE {invite.request_uri} SIP/2.0", *(f"{name}: {value}" for name, value in invite.headers)]
    return "\r\n".join([*lines, "", ""]).encode() + invite.body


def parsed(invite: Invite) -> sipmessage.Request | None:
    """The INVITE as an independent parser reads it; None: it does not read it."""
    try:
        message = sipmessage.Message.parse(octets(invite))
    except ValueError:
        return None
    assert isinstance(message, sipmessage.Request)
    return message


@given(CALLS)
def test_what_leaves_a_hop_is_legal(call: Call) -> None:
    """An INVITE that leaves a hop is one by our own rules; an independent parser that reads the one sent reads it too, and
    finds the headers that are there, no more and no less.
    """
    trace = trace_call(*call)
    for hop in trace.hops:
        left = hop.invite
        assert left == Invite(request_uri=left.request_uri, headers=list(left.headers), body=left.body)
        assert SipUri.parse(left.request_uri).is_voicemail
        message = parsed(left)
        if parsed(trace.sent) is None:
            continue
        assert message is not None
        found = [value for name in message.headers.keys() for value in message.headers.getlist(name)]  # noqa: SIM118
        assert sorted(found) == sorted(value.strip() for _, value in left.headers)
        assert message.body == left.body
        if left.values("Diversion"):
            diverted = sipmessage.Address.parse(message.headers["Diversion"])
            assert (diverted.uri.parameters, diverted.parameters) == (sipmessage.Parameters(), sipmessage.Parameters())


@given(CALLS, st.booleans())
def test_trace_is_total(call: Call, answered: bool) -> None:
    """Any call has an outcome, on grounds of known clauses, once each; it came there hop by hop, each sending to the next."""
    trace = trace_call(*call, answered=answered)
    outcome = trace.outcome
    assert isinstance(outcome, CallOutcome)
    assert trace == trace_call(*call, answered=answered)
    for clauses in (outcome.clauses, *(hop.clauses for hop in trace.hops)):
        assert clauses
        assert len(clauses) == len(set(clauses))
        assert set(clauses) <= {clause.id for clause in CLAUSES}
    assert isinstance(outcome, NotVoiceMail) <= answered
    assert [hop.hop for hop in trace.hops] == [Hop.FRONT_END, Hop.EDGE][: len(trace.hops)]
    stations = [Hop.FRONT_END, *(hop.next_hop.hop for hop in trace.hops)]
    assert stations[:-1] == [hop.hop for hop in trace.hops]
    assert all((hop.next_hop.port, hop.next_hop.transport) == (5061, "TLS") for hop in trace.hops)
    match outcome:
        case Refused():
            assert outcome.hop is stations[-1]
        case HandedOver():
            assert outcome.next_hop == trace.hops[-1].next_hop
            assert outcome.organization is None or stations[-1] is Hop.HOSTED_UM
            assert outcome.mailbox is None or outcome.organization is not None
        case NotVoiceMail():
            assert not trace.hops


def rehomed(deployment: Deployment, home: MailboxHome) -> Deployment:
    """The deployment with every mailbox homed there."""
    services = [
        attrs.evolve(
            service,
            tenants=[
                attrs.evolve(tenant, mailboxes=[attrs.evolve(mailbox, home=home) for mailbox in tenant.mailboxes or ()])
                for tenant in service.tenants or ()
            ],
        )
        for service in deployment.hosted_um_services
    ]
    return attrs.evolve(deployment, hosted_um_services=services)


@given(CALLS)
def test_hosted_deposit_ignores_home(call: Call) -> None:
    """A call ends alike with all mailboxes online and with all of them on-premises, but for the home that a deposit shows."""

    def homeless(home: MailboxHome) -> CallTrace:
        invite, deployment, circumstances = call
        trace = trace_call(invite, rehomed(deployment, home), circumstances)
        if not isinstance(trace.outcome, HandedOver) or trace.outcome.mailbox is None:
            return trace
        assert trace.outcome.mailbox.home is home
        mailbox = attrs.evolve(trace.outcome.mailbox, home=MailboxHome.ONLINE)
        return attrs.evolve(trace, outcome=attrs.evolve(trace.outcome, mailbox=mailbox))

    assert homeless(MailboxHome.ONLINE) == homeless(MailboxHome.ON_PREMISES)


def test_calls_end_at_every_hop() -> None:
    """Among the calls of these laws are many deposits, and some that each hop refuses: the laws are about all of them."""
    ends: list[Hop | type | str] = []

    @settings(database=None, derandomize=True, max_examples=300, phases=[Phase.generate])
    @given(CALLS)
    def draw(call: Call) -> None:
        outcome = trace_call(*call).outcome
        ends.append(outcome.hop if isinstance(outcome, Refused) else "mailbox" if mailbox_of(outcome) else type(outcome))

    draw()
    assert {Hop.FRONT_END, Hop.EDGE, Hop.HOSTED_UM} <= set(ends)
    assert ends.count("mailbox") > len(ends) / 20


def every_change(deployment: Deployment) -> list[Change]:
    """That each object is there as it is here, and that each is there no longer, but for the global policy."""
    here = [
        *map(changed_user, deployment.users),
        *map(changed_contact, deployment.contacts),
        *map(changed_policy, deployment.policies),
        *map(changed_provider, deployment.providers),
    ]
    gone = [attrs.evolve(change, value=None) for change in here if change.key != GLOBAL.key]
    return [*here, *gone, *([] if deployment.edge is None else [changed_access_edge(deployment.edge)])]


CHANGES = st.tuples(DEPLOYMENTS, DEPLOYMENTS).flatmap(
    lambda pair: st.tuples(
        st.just(pair[0]), st.lists(st.sampled_from([change for one in pair for change in every_change(one)]), max_size=20)
    )
)
"""A deployment, and changes to it by which its own objects, and another's, come and go."""


@given(CHANGES, RANDOMS)
def test_changes_fold_in_one_pass(drawn: tuple[Deployment, list[Change]], random: Random) -> None:
    """Folding changes all at once, one after another, or laid over a view in any groups, gives the same deployment (CMD-13)."""
    deployment, changes = drawn
    one_by_one, sound, view, group = deployment, list[Change](), View(deployment), list[Change]()
    for change in changes:
        with contextlib.suppress(DuplicateIdentity):
            one_by_one = apply_changes(one_by_one, [change])
            sound.append(change)
            group.append(change)
        if random.random() < 0.5:
            view, group = view.after(group), []
    assert one_by_one == apply_changes(deployment, sound) == view.after(group).folded()


FEW_CONTACTS: SearchStrategy[UmContact] = st.builds(
    UmContact, sip_address=st.sampled_from([f"c{n}@contoso.com" for n in range(4)]), display_number=st.sampled_from("12")
)
"""Four contact objects that share two numbers."""
FEW_CHANGES = st.lists(st.tuples(FEW_CONTACTS.map(changed_contact), st.booleans()), max_size=12).map(
    lambda drawn: [attrs.evolve(change, value=None) if gone else change for change, gone in drawn]
)
"""Changes by which they come, go and get another number."""


@given(st.lists(FEW_CONTACTS, unique_by=lambda one: one.sip_address).map(lambda few: Deployment(contacts=few)), FEW_CHANGES)
def test_a_view_finds_the_contacts_of_its_deployment(deployment: Deployment, changes: list[Change]) -> None:
    """A view and the deployment that it folds into find the same contacts by a number, in one order (CALL-13, CMD-10)."""
    one_by_one = list(itertools.accumulate(changes, lambda view, change: view.after([change]), initial=View(deployment)))
    for view in (*one_by_one, View(deployment).after(changes)):
        for number in "12":
            assert view.contacts_with_number(number) == view.folded().contacts_with_number(number)


@given(st.lists(st.integers(0, 30), max_size=200))
def test_view_layers_are_logarithmic(numbers: list[int]) -> None:
    """After n changes of one object each a view has log2(n) + 1 layers at most, however often the same objects change."""
    view = View(Deployment())
    for number in numbers:
        view = view.after([changed_policy(HostedVoicemailPolicy(identity=GLOBAL if number == 0 else f"UM{number}"))])
    sizes = [len(layer) for layer in view._contents.policies._entries.layers]
    assert all(below >= 2 * above for below, above in itertools.pairwise(sizes))
    seen = View(Deployment(users=[User(sip_address=f"u{number}@contoso.com") for number in range(31)]))
    for number in numbers:
        seen = seen.after([changed_user(User(sip_address=f"u{number}@contoso.com", display_name="Changed"))])
    assert len(seen._contents.users._entries.layers) <= math.log2(max(len(numbers), 1)) + 1


REFUSED: dict[str, tuple[Callable[[], object], type[ExumRoutingError]]] = {
    "flag that is a number": (lambda: HostingProvider(identity="a", proxy_fqdn="a.com", enabled=1), InvalidValue),  # type: ignore[arg-type]
    "FQDN with a blank": (lambda: Pool(fqdn="a b", site="Redmond"), InvalidFqdn),
    "name with blanks around": (lambda: UmDialPlan(phone_context=" dp "), InvalidName),
    "version out of range": (lambda: UmServer(fqdn="um1", major_version=64), InvalidValue),
    "reading by its spelling": (lambda: Reading(authors_disagree="ANY_ENABLED"), InvalidValue),  # type: ignore[arg-type]
    "reserved parameter name": (lambda: RequestUriLayout(server="lr"), InvalidRequestUriLayout),
    "port 0": (lambda: SipUri(host="contoso.com", port=0), InvalidSipUri),
    "something else for a user": (lambda: Deployment(users=["alice@contoso.com"]), InvalidValue),  # type: ignore[list-item]
}


@pytest.mark.parametrize("refused", REFUSED)
def test_validators_switch_changes_nothing(refused: str) -> None:
    """A bad value is refused even where the validators of attrs are switched off for the whole process."""
    build, error = REFUSED[refused]
    attrs.validators.set_disabled(True)
    try:
        with pytest.raises(error):
            build()
    finally:
        attrs.validators.set_disabled(False)
