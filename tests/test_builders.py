"""The builders keep their promises: what they make hangs together, and what is given stands."""

from collections.abc import Callable
from typing import Any, get_type_hints

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    Deployment,
    EdgeReplica,
    EdgeRoute,
    Fqdn,
    HostedUm,
    HostingProvider,
    InvalidInvite,
    InvalidName,
    InvalidSipAddress,
    InvalidSipUri,
    InvalidValue,
    Mailbox,
    MissingGlobalPolicy,
    NotRouted,
    NotRoutedReason,
    OnPremisesUm,
    PolicyIdentity,
    Pool,
    ProxyAddress,
    SipUri,
    Subject,
    UmContact,
    UmServer,
    UriType,
    User,
    VerificationLevel,
    VoiceMailSettings,
    route,
    route_at_edge,
)
from exum_routing.call import Forwarded, HandedOver, Refused, edge, front_end, trace_call
from exum_routing.testing import (
    a_contact,
    a_deployment,
    a_dial_plan,
    a_hosted_um_service,
    a_policy,
    a_provider,
    a_user,
    an_invite,
    builders,
)
from exum_routing.testing.strategies import um_contacts, users


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param(a_user(hosted=True), HostedUm, id="hosted"),
        pytest.param(a_user(hosted=True, on_premises=True), HostedUm, id="hosted with UM proxy address"),
        pytest.param(a_user(on_premises=True), OnPremisesUm, id="on-premises"),
        pytest.param(a_user(um_dial_plan="dp.fabrikam.com"), OnPremisesUm, id="on-premises by dial plan"),
        pytest.param(a_user(hosted=False, on_premises=True), OnPremisesUm, id="disabled with UM proxy address"),
        pytest.param(a_user(hosted=False), NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED, id="disabled"),
        pytest.param(a_user(), NotRoutedReason.NO_VOICE_MAIL, id="neither"),
        pytest.param(a_contact(), HostedUm, id="contact"),
    ],
)
def test_route_follows_from_what_was_said(subject: Subject, expected: object) -> None:
    """Hosted or on-premises, a user in the deployment made for it is routed there; with neither, nowhere."""
    decision = route(subject, a_deployment(subject))
    assert expected == (decision.reason if isinstance(decision, NotRouted) else type(decision))


def test_hosted_user_goes_to_exchange_online_with_one_organization() -> None:
    """The default policy has the Destination of Exchange Online and one tenant."""
    alice = a_user(hosted=True)
    decision = route(alice, a_deployment(alice))
    assert isinstance(decision, HostedUm)
    assert (decision.destination, decision.organizations) == ("exap.um.outlook.com", ("contoso.onmicrosoft.com",))


@given(st.lists(users() | um_contacts(), unique_by=lambda subject: subject.sip_address))
def test_whatever_subjects_refer_to_is_there(subjects: list[User | UmContact]) -> None:
    """Policies assigned, pools and dial plans named are there, and every call to hosted UM crosses the Edge."""
    deployment = a_deployment(*subjects)
    edge = deployment.edge_configuration
    assert edge is not None
    assert set(subjects) == set(deployment.subjects)
    for subject in subjects:
        assert subject.registrar_pool is None or deployment.pool(subject.registrar_pool) is not None
        assert subject.hosted_voicemail_policy in {None, deployment.effective_policy(subject).identity}
        match route(subject, deployment):
            case HostedUm() as decision:
                assert isinstance(route_at_edge(decision.destination, edge), EdgeRoute)
            case OnPremisesUm() as decision:
                assert decision.um_servers
            case NotRouted(reason):
                assert reason in {NotRoutedReason.NO_VOICE_MAIL, NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED}


POOL = Fqdn("pool01.contoso.com")
EX = PolicyIdentity("ExRedmond")
BODY = b"v=0\r\n"
SERVER = UmServer(fqdn=Fqdn("um9.contoso.com"), major_version=14)


@pytest.mark.parametrize(
    ("build", "field", "given"),
    [
        (a_user, "display_name", "Alice"),
        (a_user, "registrar_pool", POOL),
        (a_user, "hosted_voicemail_policy", EX),
        (a_user, "voice_mail_settings", VoiceMailSettings(("ExchangeHostedVoiceMail=0",))),
        (a_user, "proxy_addresses", (ProxyAddress.parse("SMTP:alice@contoso.com"),)),
        (a_contact, "display_number", "4711"),
        (a_contact, "auto_attendant", True),
        (a_contact, "hosted_voicemail_policy", EX),
        (a_policy, "destination", None),
        (a_policy, "organizations", ()),
        (a_policy, "description", "none"),
        (a_provider, "identity", "Hosted Exchange UM"),
        (a_provider, "enabled", False),
        (a_provider, "verification_level", VerificationLevel.ALWAYS_VERIFIABLE),
        (a_dial_plan, "uri_type", UriType.E164),
        (a_dial_plan, "um_servers", (SERVER,)),
        (a_deployment, "policies", (a_policy(), a_policy("tag:Other"))),
        (a_deployment, "providers", (a_provider("um.fabrikam.com"),)),
        (a_deployment, "edge", None),
        (a_deployment, "pools", (Pool(fqdn=POOL, site="Dublin"),)),
        (a_deployment, "dial_plans", None),
        (a_deployment, "dial_plans", (a_dial_plan("other"),)),
        (a_deployment, "edge_replica", EdgeReplica(fqdn=POOL)),
        (a_deployment, "av_edge_gruu", SipUri.parse("sip:av@contoso.com;gruu")),
        (a_deployment, "hosted_um_services", (a_hosted_um_service("alice@contoso.com"),)),
        (a_hosted_um_service, "fqdn", POOL),
        (an_invite, "request_uri", "sip:roy@contoso.com;lr"),
        (an_invite, "body", BODY),
    ],
    ids=lambda value: getattr(value, "__name__", value if isinstance(value, str) else ""),
)
def test_a_field_that_is_given_stands(build: Callable[..., Any], field: str, given: object) -> None:
    """A field given by its name is the model's, whatever the default."""
    assert given == getattr(build(**{field: given}), field)


@pytest.mark.parametrize("subject", [a_user(hosted=True), a_user("roy@contoso.com", hosted=True, on_premises=True)])
def test_what_is_built_goes_together(subject: User) -> None:
    """A call to a hosted user is handed over for the mailbox that the service was built with; to another, for none."""
    service = a_hosted_um_service("roy@contoso.com", "alice@contoso.com")
    outcome = trace_call(an_invite(subject.sip_address), a_deployment(subject, hosted_um_services=[service])).outcome
    assert isinstance(outcome, HandedOver)
    assert outcome.mailbox is not None
    assert (outcome.mailbox.sip_address, outcome.organization) == (subject.sip_address, "contoso.onmicrosoft.com")
    unknown = trace_call(an_invite(subject.sip_address), a_deployment(subject, hosted_um_services=[a_hosted_um_service()]))
    assert isinstance(unknown.outcome, Refused)


def test_a_service_has_a_tenant_for_every_organization() -> None:
    """Each tenant has all the mailboxes, those that are given whole as they are."""
    disabled = Mailbox(sip_address="roy@contoso.com", voicemail_enabled=False)
    service = a_hosted_um_service("alice@contoso.com", disabled, organizations=["b.contoso.com", "a.contoso.com"])
    assert service.tenants is not None
    assert [tenant.organization for tenant in service.tenants] == ["b.contoso.com", "a.contoso.com"]
    assert [tenant.mailboxes for tenant in service.tenants] == 2 * [(Mailbox(sip_address="alice@contoso.com"), disabled)]


def test_an_invite_names_its_parties() -> None:
    """The caller is in From; the callee in To and, unless another is given, in the Request-URI."""
    plain, other = an_invite(), an_invite("sips:roy@contoso.com", caller="ken@contoso.com", request_uri="sip:a@b")
    assert (plain.from_.address, plain.to.address, plain.address) == (
        "sip:bob@fabrikam.com", "sip:alice@contoso.com", "sip:alice@contoso.com",
    )  # fmt: skip
    assert (other.from_.address, other.to.uri, other.request_uri) == ("sip:ken@contoso.com", "sips:roy@contoso.com", "sip:a@b")


def test_headers_of_an_invite_stand_behind_the_others() -> None:
    """A header that is given is added as often as it is given, or takes the place of the one that was there."""
    given = [("Diversion", "<sip:a@b>"), ("Diversion", "<sip:c@d>"), ("f", "<sip:ken@contoso.com>"), ("Call-ID", "7")]
    found = an_invite(headers=given)
    assert found.headers[-4:] == tuple(given)
    assert (found.from_.address, found.values("Call-ID"), len(found.headers)) == ("sip:ken@contoso.com", ("7",), 10)


def test_a_built_invite_crosses_the_edge() -> None:
    """An INVITE to a hosted user leaves the Front End and the Edge of the deployment made for the user."""
    deployment = a_deployment(a_user(hosted=True))
    leaving = front_end(an_invite(), deployment)
    assert isinstance(leaving, Forwarded)
    assert isinstance(edge(leaving.invite, deployment.configuration_at_edge), Forwarded)


def test_a_given_field_wins_over_what_was_said() -> None:
    """The attribute and the proxy addresses stand as given, beside ``hosted`` and ``on_premises`` too."""
    user = a_user(hosted=True, on_premises=True, voice_mail_settings=(), proxy_addresses=())
    assert (user.voice_mail_settings.values, user.proxy_addresses) == ((), ())


def test_providers_follow_the_policies_that_are_given() -> None:
    """Each Destination has one provider, in the order of the policies."""
    policies = [a_policy(destination="um.fabrikam.com"), a_policy("A"), a_policy("B"), a_policy("C", destination=None)]
    expected = (a_provider("um.fabrikam.com"), a_provider())
    assert expected == a_deployment(policies=policies).providers


def test_dial_plan_is_made_once_however_it_is_spelled() -> None:
    """Two users of one dial plan, in other case, share it."""
    roy, ken = a_user("roy@contoso.com", um_dial_plan="Redmond"), a_user("ken@contoso.com", um_dial_plan="REDMOND")
    assert len(a_deployment(roy, ken).dial_plans or ()) == 1


@pytest.mark.parametrize(
    ("build", "error"),
    [
        pytest.param(lambda: a_user(um_dial_plan=""), InvalidName, id="empty dial plan"),
        pytest.param(lambda: a_user(hosted=2), InvalidValue, id="hosted that is no flag"),  # type: ignore[arg-type]
        pytest.param(lambda: a_deployment([a_user()]), InvalidValue, id="a list of users"),  # type: ignore[arg-type]
        pytest.param(lambda: a_deployment(policies=[a_policy("Ex")]), MissingGlobalPolicy, id="no global policy"),
        pytest.param(lambda: a_hosted_um_service("alice"), InvalidSipAddress, id="owner without a domain"),
        pytest.param(lambda: an_invite("a b"), InvalidSipUri, id="callee that is no address"),
        pytest.param(lambda: an_invite(headers=[("From", "bob")]), InvalidInvite, id="caller that is no address"),
        pytest.param(lambda: a_user(colour=1), TypeError, id="no field"),  # type: ignore[call-arg]
    ],
)
def test_what_the_models_refuse_is_refused(build: Callable[[], object], error: type[Exception]) -> None:
    """A builder passes on what it is given, and the model's own error comes out."""
    with pytest.raises(error):
        build()


@pytest.mark.parametrize(
    ("build", "fields", "model"),
    [
        (a_user, "_UserFields", User),
        (a_contact, "_ContactFields", UmContact),
        (a_provider, "_ProviderFields", HostingProvider),
        (a_deployment, "_DeploymentFields", Deployment),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_field_of_the_model_can_be_given(build: Callable[..., object], fields: str, model: type) -> None:
    """The names that a builder takes are those of the model's fields, all of them."""
    own = set(get_type_hints(build)) - {"return", "fields", "subjects", "hosted", "on_premises", "um_dial_plan"}
    subjects = {"users", "contacts"} if model is Deployment else set()
    expected = {field.name for field in attrs.fields(model) if field.init}
    assert expected == own | subjects | set(get_type_hints(getattr(builders, fields)))
