"""The theorems of routing: one test per law, named after it, its docstring the sentence."""

import pickle
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeAlias, TypeVar

import attrs
import pytest
import sipmessage
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from exum_routing import (
    CLAUSES,
    GLOBAL,
    READINGS,
    AuthorsDisagree,
    Deployment,
    DeploymentMode,
    DisabledWithUmProxyAddress,
    EdgeConfiguration,
    ExumRoutingError,
    Fqdn,
    HostedUm,
    HostedVoicemailPolicy,
    HostingProvider,
    InvalidFqdn,
    InvalidName,
    InvalidRequestUriLayout,
    InvalidSipUri,
    InvalidValue,
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
    UmContact,
    UmDialPlan,
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
    strategies,
    um_server_order,
)

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
    secondary = iter([entry for entry in user.proxy_addresses if entry.is_um and entry.type != "EUM"])
    return attrs.evolve(
        user,
        voice_mail_settings=shuffled(user.voice_mail_settings.values, random),
        proxy_addresses=[
            next(primary if entry.type == "EUM" else secondary) if entry.is_um else entry
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
    """No other account, policy, pool, dial plan, hosting provider or Edge is missed than those that determined the route."""
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
    assert decision == route(subject, remaining, reading=reading)


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


@given(ROUTED, strategies.request_uri_layouts(), st.integers())
def test_request_uri_is_legal(routed: tuple[Subject, RoutedDecision], layout: RequestUriLayout, turn: int) -> None:
    """A Request-URI is a SIP URI by RFC 3261, whatever the fields hold, and an independent parser says so too (URI-4)."""
    subject, decision = routed
    text = request_uri(subject, decision, layout=layout, turn=turn)
    uri, other = SipUri.parse(text), sipmessage.URI.parse(text)
    assert (uri.scheme, uri.user, uri.host, dict(uri.parameters)) == (
        other.scheme, other.user, other.host, dict(other.parameters),
    )  # fmt: skip
    assert uri.is_voicemail


@given(ROUTED, strategies.request_uri_layouts(), st.integers())
def test_read_request_uri_gives_back_what_was_built(
    routed: tuple[Subject, RoutedDecision], layout: RequestUriLayout, turn: int
) -> None:
    """Reading a Request-URI gives the owner, the Destination or UM server, the tenants and the dial plan (URI-5)."""
    subject, decision = routed
    target = read_request_uri(request_uri(subject, decision, layout=layout, turn=turn), layout=layout)
    owner = subject.sip_address
    if isinstance(subject, UmContact):
        owner = SipAddress(f"{subject.display_number}@{owner.domain}")
    expected = VoicemailTarget(owner, None, (), None)
    if isinstance(decision, HostedUm):
        sent = decision.organizations[: 1 if isinstance(subject, UmContact) else None]
        expected = attrs.evolve(expected, destination=decision.destination, organizations=sent)
    else:
        servers = decision.um_servers
        server = servers[turn % len(servers)] if servers else None
        expected = attrs.evolve(expected, destination=server, phone_context=decision.phone_context)
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
