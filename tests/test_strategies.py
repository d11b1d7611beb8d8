"""The strategies keep their promises: all they draw is legal, and every interesting kind occurs."""

import functools
from collections.abc import Callable
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    DeploymentMode,
    EdgeConfiguration,
    EdgeFault,
    EdgeReplica,
    EdgeRoute,
    Fqdn,
    HostedUm,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    MailboxHome,
    NotRouted,
    NotRoutedReason,
    OnPremisesUm,
    PolicyIdentity,
    PolicyScope,
    Pool,
    ProxyAddress,
    Reading,
    RequestUriLayout,
    RoutingDecision,
    SipAddress,
    SipUri,
    Standing,
    Subject,
    Tenant,
    UmContact,
    UmDialPlan,
    UmProxyAddress,
    UmServer,
    UriType,
    User,
    VoiceMailSettings,
    contested,
    deployment_mode,
    explain,
    route,
    route_at_edge,
)
from exum_routing.call import Circumstances
from exum_routing.sip import Invite, header_key
from exum_routing.testing import strategies

Drawn: TypeAlias = tuple[Subject, Deployment]
Kind: TypeAlias = Callable[[Any], bool]

MODELS: dict[str, type] = {
    "access_edge_configurations": AccessEdgeConfiguration,
    "circumstances": Circumstances,
    "deployments": Deployment,
    "edge_configurations": EdgeConfiguration,
    "edge_replicas": EdgeReplica,
    "fqdns": Fqdn,
    "hosted_um_services": HostedUmService,
    "hosted_voicemail_policies": HostedVoicemailPolicy,
    "hosting_providers": HostingProvider,
    "invites": Invite,
    "mailboxes": Mailbox,
    "names": str,
    "policy_identities": PolicyIdentity,
    "pools": Pool,
    "proxy_addresses": ProxyAddress,
    "readings": Reading,
    "request_uri_layouts": RequestUriLayout,
    "sip_addresses": SipAddress,
    "sip_uris": SipUri,
    "subjects_in_deployments": tuple,
    "tenants": Tenant,
    "texts": str,
    "um_contacts": UmContact,
    "um_dial_plans": UmDialPlan,
    "um_proxy_addresses": UmProxyAddress,
    "um_servers": UmServer,
    "users": User,
    "voice_mail_settings": VoiceMailSettings,
}


def test_every_strategy_is_tested() -> None:
    """The table of models names exactly the public strategies."""
    assert sorted(MODELS) == strategies.__all__


@pytest.mark.parametrize("strategy", MODELS)
@given(st.data())
@settings(max_examples=25)
def test_everything_drawn_is_legal(strategy: str, data: st.DataObject) -> None:
    """A strategy draws values of its model, and never one that the model refuses."""
    assert isinstance(data.draw(getattr(strategies, strategy)()), MODELS[strategy])


@functools.cache
def sample(strategy: str) -> tuple[Any, ...]:
    """The same few hundred values of a strategy each time."""
    drawn = []

    @settings(database=None, derandomize=True, max_examples=400, phases=[Phase.generate])
    @given(getattr(strategies, strategy)())
    def draw(value: object) -> None:
        drawn.append(value)

    draw()
    return tuple(drawn)


def decides(check: Callable[[RoutingDecision], bool]) -> Kind:
    """A kind of subject and deployment, told by their route."""
    return lambda drawn: check(route(*drawn))


def has_clause(clause: str) -> Kind:
    """The kind whose route was decided by the clause."""
    return decides(lambda decision: clause in decision.clauses)


def has_standing(standing: Standing) -> Kind:
    """The kind with a policy that stands so towards the subject."""
    return lambda drawn: any(candidate.standing is standing for candidate in explain(*drawn).candidates)


def assigned_in_other_case(drawn: Drawn) -> bool:
    """An assignment that differs from the policy's identity in case only."""
    subject, deployment = drawn
    assigned = subject.hosted_voicemail_policy
    policy = None if assigned is None else deployment.policy(assigned)
    return policy is not None and str(policy.identity) != str(assigned)


def site_in_other_case(drawn: Drawn) -> bool:
    """A site policy that is effective although its site is spelled otherwise than the pool's."""
    subject, deployment = drawn
    policy, pool = deployment.effective_policy(subject), deployment.pool(subject.registrar_pool)
    return policy.identity.scope is PolicyScope.SITE and pool is not None and policy.identity.name != pool.site


def secondary_before_primary(drawn: Drawn) -> bool:
    """A user whose secondary UM proxy address stands before a primary one."""
    types = [entry.type for entry in getattr(drawn[0], "proxy_addresses", ()) if isinstance(entry, UmProxyAddress)]
    return "EUM" in types and types[0] != "EUM"


def at_edge(fault: EdgeFault | None) -> Kind:
    """The deployments where a policy's Destination meets the fault at the Edge, or crosses it where there is none."""

    def kind(deployment: Deployment) -> bool:
        destinations = [policy.destination for policy in deployment.policies if policy.destination is not None]
        configurations = (deployment.edge_configuration, deployment.configuration_at_edge)
        crossings = [route_at_edge(destination, one) for destination in destinations for one in configurations]
        return any(fault is None if isinstance(one, EdgeRoute) else fault in one.faults for one in crossings)

    return kind


def has_reason(reason: NotRoutedReason) -> Kind:
    """The kind that is not routed for this reason."""
    return decides(lambda decision: isinstance(decision, NotRouted) and decision.reason is reason)


def has_scope(scope: PolicyScope) -> Kind:
    """The kind whose effective policy is of the scope."""
    return lambda drawn: drawn[1].effective_policy(drawn[0]).identity.scope is scope


def has_contested(clause: str) -> Kind:
    """The kind whose route depends on how the clause is read."""
    return lambda drawn: clause in [one.clause for one in contested(*drawn)]


CLAUSES_OF_CHOICE = ("ROUTE-3", "ROUTE-7", "ROUTE-8", "ATTR-7", "POL-6", "URI-3", "URI-8")
IN_DEPLOYMENTS: dict[str, Kind] = {
    "hosted UM": decides(lambda decision: isinstance(decision, HostedUm)),
    "hosted UM without organization": decides(lambda decision: isinstance(decision, HostedUm) and not decision.organizations),
    "on-premises UM": decides(lambda decision: isinstance(decision, OnPremisesUm)),
    "several UM servers": decides(lambda decision: isinstance(decision, OnPremisesUm) and len(decision.um_servers) > 1),
    **{reason.name: has_reason(reason) for reason in NotRoutedReason},
    **{f"policy {standing.name}": has_standing(standing) for standing in Standing},
    **{f"effective policy of scope {scope.name}": has_scope(scope) for scope in PolicyScope},
    **{f"decided by {clause}": has_clause(clause) for clause in CLAUSES_OF_CHOICE},
    **{f"contested {clause}": has_contested(clause) for clause in ("ROUTE-7", "ROUTE-8", "URI-3")},
    "contact": lambda drawn: isinstance(drawn[0], UmContact),
    "no registrar pool": lambda drawn: drawn[0].registrar_pool is None,
    "registrar pool that is not there": lambda drawn: (
        drawn[0].registrar_pool not in {None, *(pool.fqdn for pool in drawn[1].pools)}
    ),
    "assigned in other case": assigned_in_other_case,
    "site in other case": site_in_other_case,
    "secondary before primary UM proxy address": secondary_before_primary,
}


@pytest.mark.parametrize("kind", IN_DEPLOYMENTS)
def test_every_kind_of_subject_occurs(kind: str) -> None:
    """Among subjects in deployments there is one of every kind that routing tells apart."""
    assert any(map(IN_DEPLOYMENTS[kind], sample("subjects_in_deployments")))


def has_inside(mark: str) -> Kind:
    """The names with the mark inside or at an end."""
    return lambda name: mark in name


def has_uri_type(uri_type: UriType) -> Kind:
    """The dial plans of the URI type."""
    return lambda dial_plan: dial_plan.uri_type is uri_type


def has_mode(mode: DeploymentMode | None) -> Kind:
    """The deployments in the mode."""
    return lambda deployment: deployment_mode(deployment) is mode


def said(exchange: bool | None, cs: bool | None) -> Kind:
    """The attributes in which the authors say so."""
    return lambda given: (given.exchange_hosted_voice_mail, given.cs_hosted_voice_mail) == (exchange, cs)


def foreign_value_between(settings: VoiceMailSettings) -> bool:
    """A foreign value stands between the pairs of the two authors."""
    pairs = [value in PAIRS for value in settings.values]
    return sum(pairs) == 2 and "".join("p" if pair else "f" for pair in pairs).strip("f") != "pp"


def hosts(found: Callable[[Deployment, HostedUmService, Tenant], bool]) -> Kind:
    """The deployments in which it holds of a tenant, at a service where a policy sends calls, that the policy names."""
    return lambda deployment: any(
        found(deployment, service, tenant)
        for policy in deployment.policies
        for service in deployment.hosted_um_services
        for tenant in service.tenants or ()
        if policy.destination == service.fqdn and tenant.organization in policy.organizations
    )


def shared_by_tenants(deployment: Deployment, service: HostedUmService, tenant: Tenant) -> bool:
    """A user has mailboxes in this tenant and in another one of the service."""
    others = [other for other in service.tenants or () if other is not tenant]
    return any(
        tenant.mailbox(user.sip_address) and other.mailbox(user.sip_address) for user in deployment.users for other in others
    )


def older_replica(deployment: Deployment) -> bool:
    """The Edge works from something else than the deployment has."""
    return deployment.configuration_at_edge not in {None, deployment.edge_configuration}


def spelled(name: str) -> Kind:
    """The INVITEs with a header spelled like this."""
    return lambda invite: any(spelling == name for spelling, _ in invite.headers)


def supports(*, front_end: bool) -> Kind:
    """The INVITEs with Supported headers that name ms-fe, or do not."""
    return lambda invite: bool(found := invite.values("Supported")) and ("ms-fe" in ",".join(found).lower()) is front_end


def is_owner(invite: Invite) -> bool:
    """From and the Request-URI name the same."""
    return invite.address is not None and invite.address == invite.from_.address


PAIRS = [f"{key}={said}" for key in ("ExchangeHostedVoiceMail", "CsHostedVoiceMail") for said in (0, 1)]
OF_MODELS: dict[str, tuple[str, Kind]] = {
    **{f"name with {mark!r}": ("names", has_inside(mark)) for mark in "; ?@\"%'"},
    "name that is not ASCII": ("names", lambda name: not name.isascii()),
    "SIP address with an escape": ("sip_addresses", lambda address: "%" in address),
    "empty text": ("texts", lambda text: not text),
    "text with blanks around": ("texts", lambda text: text != text.strip()),
    "text that is not ASCII": ("texts", lambda text: not text.isascii()),
    "SIP URI of voice mail": ("sip_uris", lambda uri: uri.is_voicemail),
    "SIP URI with password": ("sip_uris", lambda uri: uri.password is not None),
    "SIP URI with port": ("sip_uris", lambda uri: uri.port is not None),
    "SIP URI with several parameters": ("sip_uris", lambda uri: len(uri.parameters) > 1),
    "SIP URI with headers": ("sip_uris", lambda uri: bool(uri.headers)),
    "SIP URI of a host only": ("sip_uris", lambda uri: uri.user is None),
    **{
        f"Exchange says {exchange}, Skype for Business {cs}": ("voice_mail_settings", said(exchange, cs))
        for exchange in (True, False, None)
        for cs in (True, False, None)
    },
    "attribute not set": ("voice_mail_settings", lambda given: not given.values),
    "foreign value between the pairs": ("voice_mail_settings", foreign_value_between),
    "primary UM proxy address": ("um_proxy_addresses", lambda entry: entry.type == "EUM"),
    "secondary UM proxy address": ("um_proxy_addresses", lambda entry: entry.type != "EUM"),
    "proxy address of another type": ("proxy_addresses", lambda entry: type(entry) is ProxyAddress and entry.type is not None),
    "proxy address without a type": ("proxy_addresses", lambda entry: entry.type is None),
    "policy without Destination": ("hosted_voicemail_policies", lambda policy: policy.destination is None),
    "policy with several organizations": ("hosted_voicemail_policies", lambda policy: len(policy.organizations) > 1),
    "several versions": ("um_dial_plans", lambda plan: len({server.major_version for server in plan.um_servers}) > 1),
    "disabled UM server": ("um_dial_plans", lambda plan: not all(server.enabled for server in plan.um_servers)),
    **{f"dial plan of type {uri_type.name}": ("um_dial_plans", has_uri_type(uri_type)) for uri_type in UriType},
    **{f"mode {mode}": ("deployments", has_mode(mode)) for mode in (*DeploymentMode, None)},
    "a call crosses the Edge": ("deployments", at_edge(None)),
    **{f"a call meets {fault.name}": ("deployments", at_edge(fault)) for fault in EdgeFault},
    "dial plans not known": ("deployments", lambda deployment: deployment.dial_plans is None),
    "no dial plans": ("deployments", lambda deployment: deployment.dial_plans == ()),
    "no users": ("deployments", lambda deployment: not deployment.users),
    "several users": ("deployments", lambda deployment: len(deployment.users) > 1),
    "replica up to date": ("deployments", lambda deployment: deployment.edge_replica is None),
    "replica that is older": ("deployments", older_replica),
    "A/V Edge": ("deployments", lambda deployment: deployment.av_edge_gruu is not None),
    "no A/V Edge": ("deployments", lambda deployment: deployment.av_edge_gruu is None),
    "no hosted UM service": ("deployments", lambda deployment: not deployment.hosted_um_services),
    "tenant that a policy reaches": ("deployments", hosts(lambda *_: True)),
    "user with a mailbox there": (
        "deployments",
        hosts(lambda deployment, _, tenant: any(tenant.mailbox(user.sip_address) for user in deployment.users)),
    ),
    "user without a mailbox there": (
        "deployments",
        hosts(lambda deployment, _, tenant: not all(tenant.mailbox(user.sip_address) for user in deployment.users)),
    ),
    "user with mailboxes of two tenants": ("deployments", hosts(shared_by_tenants)),
    "replica with a name": ("edge_replicas", lambda replica: replica.fqdn is not None),
    "replica of an Edge that was never given any": ("edge_replicas", lambda replica: replica.configuration is None),
    "mailbox online": ("mailboxes", lambda mailbox: mailbox.home is MailboxHome.ONLINE),
    "mailbox on-premises": ("mailboxes", lambda mailbox: mailbox.home is MailboxHome.ON_PREMISES),
    "mailbox not enabled for voice mail": ("mailboxes", lambda mailbox: not mailbox.voicemail_enabled),
    "tenant with transcription": ("tenants", lambda tenant: tenant.enable_transcription),
    "tenant without transcription": ("tenants", lambda tenant: not tenant.enable_transcription),
    "tenant with several mailboxes": ("tenants", lambda tenant: len(tenant.mailboxes or ()) > 1),
    "service with several tenants": ("hosted_um_services", lambda service: len(service.tenants) > 1),
    "host that does not answer": ("circumstances", lambda circumstances: bool(circumstances.unreachable)),
    "everything answers": ("circumstances", lambda circumstances: not circumstances.unreachable),
    "one server tried": ("circumstances", lambda circumstances: circumstances.servers_tried == 1),
    "turn below 0": ("circumstances", lambda circumstances: circumstances.turn < 0),
    "layout of another service": ("circumstances", lambda circumstances: circumstances.layout != RequestUriLayout()),
    "reading of another reader": ("circumstances", lambda circumstances: circumstances.reading != Reading()),
    "INVITE to voice mail": ("invites", lambda invite: SipUri.parse(invite.request_uri).is_voicemail),
    "INVITE to no voice mail": ("invites", lambda invite: not SipUri.parse(invite.request_uri).is_voicemail),
    "INVITE to a host only": ("invites", lambda invite: invite.address is None),
    "INVITE by sips": ("invites", lambda invite: invite.request_uri.startswith("sips:")),
    "INVITE to an address in capitals": ("invites", lambda invite: invite.request_uri[:4] == "SIP:"),
    "INVITE with a port": ("invites", lambda invite: SipUri.parse(invite.request_uri).port is not None),
    "INVITE of the owner": ("invites", is_owner),
    "INVITE of another caller": ("invites", lambda invite: not is_owner(invite)),
    "INVITE of a telephone": ("invites", lambda invite: invite.from_.uri.startswith("tel:")),
    "INVITE of the owner to another": ("invites", lambda invite: is_owner(invite) and invite.to.address != invite.address),
    "display name with an escape": ("invites", lambda invite: '\\"' in invite.from_),
    "display name that is not ASCII": ("invites", lambda invite: not invite.from_.isascii()),
    "address without brackets": ("invites", lambda invite: "<" not in invite.from_),
    **{f"header spelled {name}": ("invites", spelled(name)) for name in ("f", "From", "FROM", "t", "To", "k", "Supported")},
    "repeated Diversion": ("invites", lambda invite: len(invite.values("Diversion")) > 1),
    "Supported with ms-fe": ("invites", supports(front_end=True)),
    "Supported without ms-fe": ("invites", supports(front_end=False)),
    "no Supported": ("invites", lambda invite: not invite.values("Supported")),
    "header repeated": ("invites", lambda invite: len({header_key(name) for name, _ in invite.headers}) < len(invite.headers)),
    "From behind other headers": ("invites", lambda invite: header_key(invite.headers[0][0]) != "from"),
    "header with an empty value": ("invites", lambda invite: any(not value for _, value in invite.headers)),
    "body": ("invites", lambda invite: bool(invite.body)),
}  # fmt: skip


@pytest.mark.parametrize("kind", OF_MODELS)
def test_every_kind_of_model_occurs(kind: str) -> None:
    """Each strategy draws every kind that it promises."""
    strategy, is_kind = OF_MODELS[kind]
    assert any(map(is_kind, sample(strategy)))


def test_accounts_mostly_refer_to_what_is_there() -> None:
    """Of the assigned policies, the registrar pools and the dial plans named, most are there, but not all."""
    there: dict[str, list[bool]] = {"policy": [], "pool": [], "dial plan": []}
    for _, deployment in sample("subjects_in_deployments"):
        per_user = [policy for policy in deployment.policies if policy.identity.scope is PolicyScope.PER_USER]
        for one in deployment.subjects:
            if per_user and one.hosted_voicemail_policy is not None:
                there["policy"].append(deployment.policy(one.hosted_voicemail_policy) is not None)
            if deployment.pools and one.registrar_pool is not None:
                there["pool"].append(deployment.pool(one.registrar_pool) is not None)
            if deployment.dial_plans and isinstance(one, User):
                named = [entry.phone_context for entry in one.um_proxy_addresses]
                there["dial plan"] += [deployment.dial_plan(name) is not None for name in named]
    mostly = [kind for kind, found in there.items() if 0.5 < sum(found) / len(found) < 1]
    assert list(there) == mostly


ALICE = SipAddress("alice@contoso.com")
POOL = Fqdn("pool01.contoso.com")
RED = PolicyIdentity("ExRedmond")
SRV = AccessEdgeConfiguration(use_dns_srv_routing=True, enable_partner_discovery=True)
ENABLED = VoiceMailSettings(("CsHostedVoiceMail=1",))


@pytest.mark.parametrize(
    ("strategy", "field", "pinned"),
    [
        pytest.param(strategies.users, "sip_address", ALICE, id="user's SIP address"),
        pytest.param(strategies.users, "registrar_pool", POOL, id="user's pool"),
        pytest.param(strategies.users, "hosted_voicemail_policy", RED, id="user's policy"),
        pytest.param(strategies.users, "voice_mail_settings", ENABLED, id="user's attribute"),
        pytest.param(strategies.users, "proxy_addresses", (), id="user's proxy addresses"),
        pytest.param(strategies.um_contacts, "sip_address", ALICE, id="contact's SIP address"),
        pytest.param(strategies.um_contacts, "registrar_pool", None, id="contact's pool"),
        pytest.param(strategies.um_contacts, "hosted_voicemail_policy", RED, id="contact's policy"),
        pytest.param(strategies.um_contacts, "display_number", "4711", id="contact's number"),
        pytest.param(strategies.um_contacts, "auto_attendant", True, id="contact's kind"),
        pytest.param(strategies.hosted_voicemail_policies, "identity", RED, id="policy's identity"),
        pytest.param(strategies.hosted_voicemail_policies, "destination", None, id="policy's Destination"),
        pytest.param(strategies.hosted_voicemail_policies, "organizations", (POOL,), id="policy's organizations"),
        pytest.param(strategies.hosting_providers, "proxy_fqdn", POOL, id="provider's ProxyFqdn"),
        pytest.param(strategies.hosting_providers, "identity", "Hosted", id="provider's Identity"),
        pytest.param(strategies.hosting_providers, "enabled", False, id="provider's Enabled"),
        pytest.param(strategies.hosting_providers, "enabled_shared_address_space", False, id="provider's shared address space"),
        pytest.param(strategies.hosting_providers, "hosts_ocs_users", True, id="provider's HostsOCSUsers"),
        pytest.param(strategies.hosting_providers, "is_local", True, id="provider's IsLocal"),
        pytest.param(strategies.edge_configurations, "access_edge", SRV, id="Edge's settings"),
        pytest.param(strategies.edge_configurations, "providers", (), id="Edge's providers"),
        pytest.param(strategies.um_servers, "fqdn", POOL, id="UM server's name"),
        pytest.param(strategies.um_servers, "major_version", 16, id="UM server's version"),
        pytest.param(strategies.um_servers, "enabled", False, id="UM server's Enabled"),
        pytest.param(strategies.um_dial_plans, "uri_type", UriType.E164, id="dial plan's URI type"),
        pytest.param(strategies.um_dial_plans, "um_servers", (), id="dial plan's UM servers"),
        pytest.param(strategies.um_dial_plans, "phone_context", "dp", id="dial plan's name"),
        pytest.param(strategies.um_proxy_addresses, "phone_context", "dp", id="UM proxy address's dial plan"),
        pytest.param(strategies.um_proxy_addresses, "address", "4711", id="UM proxy address's address"),
        pytest.param(strategies.sip_addresses, "user", "roy", id="SIP address's user"),
        pytest.param(strategies.sip_addresses, "domain", "contoso.com", id="SIP address's domain"),
        pytest.param(strategies.pools, "fqdn", POOL, id="pool's name"),
        pytest.param(strategies.pools, "site", "Redmond", id="pool's site"),
        pytest.param(strategies.mailboxes, "sip_address", ALICE, id="mailbox's owner"),
        pytest.param(strategies.mailboxes, "home", MailboxHome.ON_PREMISES, id="mailbox's home"),
        pytest.param(strategies.mailboxes, "voicemail_enabled", False, id="mailbox's setting"),
        pytest.param(strategies.tenants, "organization", POOL, id="tenant's organization"),
        pytest.param(strategies.tenants, "mailboxes", (), id="tenant's mailboxes"),
        pytest.param(strategies.hosted_um_services, "fqdn", POOL, id="service's name"),
        pytest.param(strategies.hosted_um_services, "tenants", (), id="service's tenants"),
        pytest.param(strategies.edge_replicas, "configuration", None, id="replica's configuration"),
        pytest.param(strategies.circumstances, "turn", 7, id="turn"),
        pytest.param(strategies.circumstances, "unreachable", frozenset({POOL}), id="what does not answer"),
        pytest.param(strategies.circumstances, "servers_tried", 5, id="servers tried"),
        pytest.param(strategies.circumstances, "reading", Reading(), id="reading"),
        pytest.param(strategies.circumstances, "layout", RequestUriLayout(server="x"), id="layout"),
        pytest.param(strategies.deployments, "edge_replica", EdgeReplica(fqdn=POOL), id="deployment's replica"),
        pytest.param(strategies.deployments, "av_edge_gruu", None, id="deployment's A/V Edge"),
        pytest.param(strategies.deployments, "hosted_um_services", (), id="deployment's services"),
    ],
)
@given(st.data())
@settings(max_examples=10)
def test_a_part_can_be_pinned(
    strategy: Callable[..., SearchStrategy[Any]], field: str, pinned: object, data: st.DataObject
) -> None:
    """A strategy that is given for a part draws that part, None among its values included."""
    assert pinned == getattr(data.draw(strategy(**{field: st.just(pinned)})), field)


@given(said=st.sampled_from([None, True, False]), data=st.data())
def test_what_an_author_says_can_be_pinned(said: bool | None, data: st.DataObject) -> None:
    """What an author says of hosted UM access is as given, None for no pair."""
    drawn = data.draw(strategies.voice_mail_settings(exchange=st.just(said), cs=st.just(None)))
    assert (said, None) == (drawn.exchange_hosted_voice_mail, drawn.cs_hosted_voice_mail)


@pytest.mark.parametrize("scope", PolicyScope)
@given(st.data())
@settings(max_examples=20)
def test_scope_of_identities_can_be_pinned(scope: PolicyScope, data: st.DataObject) -> None:
    """Identities are of the scope that was asked for."""
    assert data.draw(strategies.policy_identities(scope)).scope is scope


@given(strategies.invites(callee=st.just(ALICE), caller=st.just(SipAddress("a%3bb@contoso.com"))))
@settings(max_examples=20)
def test_parties_of_invites_can_be_pinned(invite: Invite) -> None:
    """An INVITE is from and to those that were given, in any spelling."""
    assert (invite.address, invite.from_.address) == (ALICE, "sip:a%3Bb@contoso.com")


@given(strategies.deployments(min_users=2, max_users=2, min_contacts=1, max_contacts=1))
@settings(max_examples=20)
def test_numbers_of_users_and_contacts_can_be_pinned(deployment: Deployment) -> None:
    """A deployment has as many users and contacts as was asked for."""
    expected = [User, User, UmContact]
    assert expected == list(map(type, deployment.subjects))


@given(strategies.subjects_in_deployments())
def test_subject_is_one_of_the_deployment(drawn: Drawn) -> None:
    """The subject is one of the deployment's."""
    subject, deployment = drawn
    assert subject is deployment.subject(subject.sip_address)


@given(strategies.subjects_in_deployments(deployments=strategies.deployments(max_users=0, min_contacts=1)))
@settings(max_examples=20)
def test_deployments_of_subjects_can_be_pinned(drawn: Drawn) -> None:
    """Subjects are those of the deployments that were given."""
    subject, deployment = drawn
    assert (subject,) == deployment.contacts == deployment.subjects


@given(strategies.deployments())
@settings(max_examples=20)
def test_what_is_drawn_keeps_its_parts(deployment: Deployment) -> None:
    """Building a deployment again from its parts gives an equal one."""
    assert deployment == attrs.evolve(deployment)
