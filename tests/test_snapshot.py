"""The snapshot of a deployment: what its models accept, its keys, its look-ups, and which policy reaches whom."""

import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    GLOBAL,
    AccessEdgeConfiguration,
    ContradictoryVoiceMailSettings,
    Deployment,
    DuplicateIdentity,
    EdgeConfiguration,
    EdgeReplica,
    ExumRoutingError,
    Fqdn,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    InvalidDisplayNumber,
    InvalidFqdn,
    InvalidName,
    InvalidPolicyIdentity,
    InvalidProxyAddress,
    InvalidSipAddress,
    InvalidSipUri,
    InvalidText,
    InvalidValue,
    MissingGlobalPolicy,
    PolicyIdentity,
    Pool,
    ProxyAddress,
    SipUri,
    Tenant,
    UmContact,
    UmDialPlan,
    UnknownSipAddress,
    User,
    VoiceMailSettings,
)

DEPLOYMENT = Deployment(
    users=(
        User(
            sip_address="alice@contoso.com",
            display_name="Alice",
            registrar_pool="pool01.contoso.com",
            hosted_voicemail_policy="ExRedmond",
            voice_mail_settings=("CsHostedVoiceMail=1",),
        ),
        User(sip_address="roy@contoso.com", proxy_addresses=("EUM:roy@contoso.com;phone-context=dp.contoso.com",)),
    ),
    contacts=(UmContact(sip_address="aa@contoso.com", display_number="+14255550100", auto_attendant=True),),
    policies=(
        HostedVoicemailPolicy(identity="site:Redmond", destination="um.fabrikam.com"),
        HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com"),
        HostedVoicemailPolicy(identity="ExRedmond", destination="um.litwareinc.com"),
    ),
    providers=(HostingProvider(identity="Hosted Exchange UM", proxy_fqdn="exap.um.outlook.com"),),
    edge=AccessEdgeConfiguration(use_dns_srv_routing=True),
    pools=(Pool(fqdn="pool01.contoso.com", site="Redmond"), Pool(fqdn="pool02.contoso.com", site="site:Dublin")),
    dial_plans=(UmDialPlan(phone_context="dp.contoso.com"),),
    edge_replica=EdgeReplica(fqdn="edge.contoso.com"),
    av_edge_gruu="sip:av.contoso.com@contoso.com;gruu",
    hosted_um_services=(
        HostedUmService(fqdn="exap.um.outlook.com", tenants=(Tenant(organization="corp.contoso.com"),)),
        HostedUmService(fqdn="um.fabrikam.com"),
    ),
)
ALICE, ROY = DEPLOYMENT.users
(ATTENDANT,) = DEPLOYMENT.contacts
REQUIRED: dict[type[Any], dict[str, Any]] = {
    User: {"sip_address": "alice@contoso.com"},
    UmContact: {"sip_address": "aa@contoso.com", "display_number": "+14255550100"},
    Pool: {"fqdn": "pool01.contoso.com", "site": "Redmond"},
    Deployment: {},
}
"""The fields that each model cannot do without."""
CONTRADICTION = ("CsHostedVoiceMail=0", "CsHostedVoiceMail=1")


class TestFields:
    """What each field takes, and which error names a value that it does not take."""

    @pytest.mark.parametrize(
        ("model", "field", "value", "error"),
        [
            (User, "sip_address", None, InvalidSipAddress),
            (User, "sip_address", 3, InvalidSipAddress),
            (User, "sip_address", "alice", InvalidSipAddress),
            (User, "sip_address", "alice@con_toso.com", InvalidSipAddress),
            (User, "display_name", 3, InvalidText),
            (User, "display_name", "Al\r\nice", InvalidText),
            (User, "user_principal_name", b"alice", InvalidText),
            (User, "user_principal_name", "alice\x00", InvalidText),
            (User, "sam_account_name", [], InvalidText),
            (User, "sam_account_name", "\ud800", InvalidText),
            (User, "distinguished_name", 1.5, InvalidText),
            (User, "distinguished_name", "CN=Alice\u2028", InvalidText),
            (User, "registrar_pool", 3, InvalidFqdn),
            (User, "registrar_pool", "", InvalidFqdn),
            (User, "enterprise_voice_enabled", 1, InvalidValue),
            (User, "enterprise_voice_enabled", "True", InvalidValue),
            (User, "hosted_voicemail_policy", 3, InvalidPolicyIdentity),
            (User, "hosted_voicemail_policy", "", InvalidPolicyIdentity),
            (User, "hosted_voicemail_policy", "group:x", InvalidPolicyIdentity),
            (User, "voice_mail_settings", None, InvalidValue),
            (User, "voice_mail_settings", "CsHostedVoiceMail=1", InvalidValue),
            (User, "voice_mail_settings", CONTRADICTION, ContradictoryVoiceMailSettings),
            (User, "proxy_addresses", None, InvalidValue),
            (User, "proxy_addresses", "SMTP:alice@contoso.com", InvalidValue),
            (UmContact, "sip_address", None, InvalidSipAddress),
            (UmContact, "registrar_pool", [], InvalidFqdn),
            (UmContact, "auto_attendant", None, InvalidValue),
            (UmContact, "auto_attendant", 0, InvalidValue),
            (UmContact, "hosted_voicemail_policy", b"x", InvalidPolicyIdentity),
            (Pool, "fqdn", None, InvalidFqdn),
            (Pool, "fqdn", "pool 01", InvalidFqdn),
            (Pool, "site", None, InvalidName),
            (Pool, "site", 3, InvalidName),
            (Deployment, "users", None, InvalidValue),
            (Deployment, "users", "alice", InvalidValue),
            (Deployment, "users", ALICE, InvalidValue),
            (Deployment, "contacts", None, InvalidValue),
            (Deployment, "contacts", {}, InvalidValue),
            (Deployment, "policies", None, InvalidValue),
            (Deployment, "policies", "Global", InvalidValue),
            (Deployment, "providers", None, InvalidValue),
            (Deployment, "providers", set(), InvalidValue),
            (Deployment, "edge", {}, InvalidValue),
            (Deployment, "edge", True, InvalidValue),
            (Deployment, "pools", None, InvalidValue),
            (Deployment, "pools", "pool01.contoso.com", InvalidValue),
            (Deployment, "dial_plans", "dp.contoso.com", InvalidValue),
            (Deployment, "dial_plans", False, InvalidValue),
            (Deployment, "edge_replica", {}, InvalidValue),
            (Deployment, "edge_replica", False, InvalidValue),
            (Deployment, "edge_replica", EdgeConfiguration(access_edge=AccessEdgeConfiguration()), InvalidValue),
            (Deployment, "av_edge_gruu", "av.contoso.com", InvalidSipUri),
            (Deployment, "av_edge_gruu", "", InvalidSipUri),
            (Deployment, "av_edge_gruu", "sip:av@contoso.com\r\nX: y", InvalidSipUri),
            (Deployment, "av_edge_gruu", 3, InvalidSipUri),
            (Deployment, "hosted_um_services", None, InvalidValue),
            (Deployment, "hosted_um_services", "exap.um.outlook.com", InvalidValue),
            (Deployment, "hosted_um_services", DEPLOYMENT.hosted_um_services[0], InvalidValue),
            *(
                (UmContact, "display_number", v, InvalidDisplayNumber)
                for v in (None, 1425, "", "+", "0123", "+0", "1-2", "1٢", "1\n")
            ),
        ],
        ids=lambda part: part.__name__ if isinstance(part, type) else ascii(part)[:40],
    )
    def test_malformed_values_are_refused(
        self, model: type[Any], field: str, value: Any, error: type[ExumRoutingError]
    ) -> None:
        """A value of another type, or no value of the type, is refused by its error, with the place."""
        with pytest.raises(error) as caught:
            model(**{**REQUIRED[model], field: value})
        assert (error, f"{model.__name__}.{field}") == (type(caught.value), caught.value.place)
        assert value == caught.value.value
        assert len(str(caught.value).splitlines()) == 1

    @pytest.mark.parametrize(
        ("model", "field", "values", "value", "error"),
        [
            (User, "voice_mail_settings", ("Other=x", 3), 3, InvalidText),
            (User, "voice_mail_settings", ("a\nb",), "a\nb", InvalidText),
            (User, "proxy_addresses", ("SMTP:a", None), None, InvalidProxyAddress),
            (User, "proxy_addresses", ("EUM:alice",), "EUM:alice", InvalidProxyAddress),
            (User, "proxy_addresses", ("EUM:1;phone-context= dp",), "EUM:1;phone-context= dp", InvalidProxyAddress),
            (Deployment, "users", (ALICE, ATTENDANT), ATTENDANT, InvalidValue),
            (Deployment, "users", ["alice@contoso.com"], "alice@contoso.com", InvalidValue),
            (Deployment, "contacts", (ATTENDANT, ALICE), ALICE, InvalidValue),
            (Deployment, "policies", (*DEPLOYMENT.policies, GLOBAL), GLOBAL, InvalidValue),
            (Deployment, "providers", (*DEPLOYMENT.providers, None), None, InvalidValue),
            (Deployment, "pools", (*DEPLOYMENT.pools, "pool03"), "pool03", InvalidValue),
            (Deployment, "dial_plans", ["dp.contoso.com"], "dp.contoso.com", InvalidValue),
            (Deployment, "hosted_um_services", ["um.fabrikam.com"], "um.fabrikam.com", InvalidValue),
        ],
        ids=lambda part: part.__name__ if isinstance(part, type) else ascii(part)[:40],
    )
    def test_malformed_members_are_refused(
        self, model: type[Any], field: str, values: Any, value: Any, error: type[ExumRoutingError]
    ) -> None:
        """A member that does not belong in a tuple is refused by its own value, with the place of the tuple."""
        with pytest.raises(ExumRoutingError) as caught:
            model(**{**REQUIRED[model], field: values})
        assert (error, value) == (type(caught.value), caught.value.value)
        assert f"{model.__name__}.{field}" == caught.value.place

    @pytest.mark.parametrize("model", [User, UmContact], ids=lambda model: model.__name__)
    @pytest.mark.parametrize("identity", ["Global", "gLOBAL", "site:Redmond", GLOBAL, PolicyIdentity("site:x")], ids=str)
    def test_only_per_user_policies_are_assigned(self, model: type[Any], identity: PolicyIdentity | str) -> None:
        """The global policy and a site's policy cannot be assigned."""
        with pytest.raises(InvalidPolicyIdentity) as caught:
            model(**REQUIRED[model], hosted_voicemail_policy=identity)
        assert caught.value.place == f"{model.__name__}.hosted_voicemail_policy"

    @pytest.mark.parametrize("identity", ["ExRedmond", "tag:ExRedmond", "TAG:exredmond", PolicyIdentity("ExRedmond")], ids=str)
    def test_assigned_policy_is_given_as_text_or_identity(self, identity: PolicyIdentity | str) -> None:
        """An assigned policy is given with ``tag:``, without it, or as an identity."""
        assert PolicyIdentity("ExRedmond") == attrs.evolve(ROY, hosted_voicemail_policy=identity).hosted_voicemail_policy

    def test_attributes_are_given_as_text_or_models(self) -> None:
        """The directory attributes may be given as their values or as models, as a list or a tuple."""
        values, entries = ["CsHostedVoiceMail=1"], ["SMTP:a@contoso.com", "EUM:a@contoso.com;phone-context=dp"]
        by_text = User(sip_address="a@contoso.com", voice_mail_settings=values, proxy_addresses=entries)
        by_model = User(
            sip_address="a@contoso.com",
            voice_mail_settings=VoiceMailSettings(values),
            proxy_addresses=tuple(ProxyAddress.parse(entry) for entry in entries),
        )

        assert by_text == by_model
        assert entries == [str(entry) for entry in by_model.proxy_addresses]
        assert by_model.um_proxy_addresses == by_model.proxy_addresses[1:]

    def test_the_defaults_of_a_user(self) -> None:
        """Of a user with nothing but an address, everything else is not there or not known."""
        zoe = User(sip_address="zoe@contoso.com")

        assert set(attrs.astuple(zoe, recurse=False)) == {"sip:zoe@contoso.com", None, VoiceMailSettings(), ()}

    @pytest.mark.parametrize("number", ["1", "+1", "14255550100", "+14255550100"])
    def test_display_numbers(self, number: str) -> None:
        """A display number is digits, the first not 0, behind an optional +."""
        assert number == UmContact(sip_address="aa@contoso.com", display_number=number).display_number

    @pytest.mark.parametrize(
        ("given_as", "site"),
        [("Redmond", "Redmond"), ("site:Redmond", "Redmond"), ("SITE:REDMOND", "REDMOND"), ("Global", "Global")],
    )
    def test_sites_are_given_with_or_without_prefix(self, given_as: str, site: str) -> None:
        """A pool's site keeps its spelling without the prefix, and its policy is that of the site."""
        pool = Pool(fqdn="pool01.contoso.com", site=given_as)

        assert (site, f"site:{site}") == (pool.site, str(pool.site_policy))

    @pytest.mark.parametrize("site", ["", " Redmond", "site:", "Red\nmond"])
    def test_sites_have_a_name(self, site: str) -> None:
        """A site without a proper name is refused."""
        with pytest.raises(InvalidName) as caught:
            Pool(fqdn="pool01.contoso.com", site=site)
        assert caught.value.place == "Pool.site"

    def test_pools_of_one_site_are_equal_in_any_case(self) -> None:
        """Sites are equal without case, pools are named without case."""
        assert Pool(fqdn="pool01.contoso.com", site="Redmond") == Pool(fqdn="POOL01.contoso.com", site="site:REDMOND")

    def test_an_empty_deployment(self) -> None:
        """A deployment of which nothing is given has an empty global policy, and its dial plans are not known."""
        empty = Deployment()

        assert empty.policies == (HostedVoicemailPolicy(identity=GLOBAL),)
        assert (empty.users, empty.contacts, empty.providers, empty.pools) == ((), (), (), ())
        assert (empty.edge, empty.edge_configuration, empty.dial_plans, empty.subjects) == (None, None, None, ())


def user(address: str) -> User:
    """A user with nothing but an address."""
    return User(sip_address=address)


def contact(address: str) -> UmContact:
    """A contact with this address."""
    return UmContact(sip_address=address, display_number="1")


def policy(identity: str) -> HostedVoicemailPolicy:
    """An empty policy."""
    return HostedVoicemailPolicy(identity=identity)


def provider(identity: str, proxy_fqdn: str) -> HostingProvider:
    """A provider with the cmdlet's defaults."""
    return HostingProvider(identity=identity, proxy_fqdn=proxy_fqdn)


def pool(fqdn: str, site: str) -> Pool:
    """A pool on a site."""
    return Pool(fqdn=fqdn, site=site)


def dial_plan(phone_context: str) -> UmDialPlan:
    """A dial plan without servers."""
    return UmDialPlan(phone_context=phone_context)


def service(fqdn: str) -> HostedUmService:
    """A hosted UM service without tenants."""
    return HostedUmService(fqdn=fqdn)


class TestKeys:
    """Nothing of a deployment has the key of another thing of its kind."""

    @pytest.mark.parametrize(
        ("parts", "value"),
        [
            pytest.param({"users": (user("a@x.com"), user("a@x.com"))}, "sip:a@x.com", id="users"),
            pytest.param({"users": (user("a@x.com"), user("SIP:A@X.com"))}, "sip:a@x.com", id="users in other case"),
            pytest.param({"users": (user("a@x.com"), user("%61@x.com"))}, "sip:a@x.com", id="users with needless escapes"),
            pytest.param({"contacts": (contact("a@x.com"), contact("A@x.com"))}, "sip:a@x.com", id="contacts"),
            pytest.param(
                {"users": (user("a@x.com"),), "contacts": (contact("A@x.com"),)}, "sip:a@x.com", id="user and contact"
            ),
            pytest.param({"policies": (policy("Global"), policy("global"))}, "global", id="two global policies"),
            pytest.param({"policies": (policy("Global"), policy("x"), policy("tag:X"))}, "tag:x", id="per-user policies"),
            pytest.param({"policies": (policy("site:R"), policy("Global"), policy("SITE:r"))}, "site:r", id="site policies"),
            pytest.param({"providers": (provider("P", "a.com"), provider("p", "b.com"))}, "p", id="Identity of providers"),
            pytest.param({"providers": (provider("P", "a.com"), provider("Q", "A.com"))}, "a.com", id="ProxyFqdn of providers"),
            pytest.param({"pools": (pool("a.com", "R"), pool("A.com", "S"))}, "a.com", id="pools"),
            pytest.param({"dial_plans": (dial_plan("dp"), dial_plan("DP"))}, "dp", id="dial plans"),
            pytest.param(
                {"hosted_um_services": (service("a.com"), service("b.com"), service("A.com"))}, "a.com", id="services"
            ),
        ],
    )
    def test_duplicates_are_refused(self, parts: dict[str, Any], value: str) -> None:
        """Two things of a kind with one key, in any case, are refused by the key."""
        with pytest.raises(DuplicateIdentity) as caught:
            Deployment(**parts)
        assert value == str(caught.value.value).lower()

    @pytest.mark.parametrize(
        ("part", "one"),
        [
            ("users", ALICE),
            ("contacts", ATTENDANT),
            ("policies", policy("Global")),
            ("providers", DEPLOYMENT.providers[0]),
            ("pools", DEPLOYMENT.pools[0]),
            ("dial_plans", dial_plan("dp")),
            ("hosted_um_services", DEPLOYMENT.hosted_um_services[0]),
        ],
    )
    def test_the_same_thing_twice_is_a_duplicate(self, part: str, one: Any) -> None:
        """One object given twice is refused as two equal ones are."""
        twice: dict[str, Any] = {part: (one, one)}
        with pytest.raises(DuplicateIdentity):
            Deployment(**twice)

    def test_kinds_do_not_share_keys(self) -> None:
        """A site policy, a per-user policy, a provider, a pool and a dial plan may have one name."""
        deployment = Deployment(
            policies=(policy("Global"), policy("site:x"), policy("tag:x")),
            providers=(provider("x", "x"),),
            pools=(pool("x", "x"), pool("y", "x")),
            dial_plans=(dial_plan("x"),),
        )

        assert [str(one.identity) for one in deployment.policies] == ["Global", "site:x", "tag:x"]

    def test_case_is_folded_as_lower_does(self) -> None:
        """Names that only a wider folding makes equal stay two."""
        plans = (dial_plan("Straße"), dial_plan("Strasse"))

        assert plans == Deployment(dial_plans=plans).dial_plans

    @pytest.mark.parametrize("policies", [(), [], (policy("site:Redmond"), policy("tag:x"))], ids=["none", "empty list", "two"])
    def test_there_is_always_a_global_policy(self, policies: Any) -> None:
        """Policies without a global one are refused."""
        with pytest.raises(MissingGlobalPolicy) as caught:
            Deployment(policies=policies)
        assert caught.value.value == tuple(one.identity.key for one in policies)
        assert caught.value.place == "Deployment.policies"

    @given(st.permutations(DEPLOYMENT.policies))
    def test_policies_keep_their_order(self, policies: list[HostedVoicemailPolicy]) -> None:
        """The global policy may stand anywhere, and the order is kept."""
        assert tuple(policies) == Deployment(policies=policies).policies


class TestLookUp:
    """Everything is found by its key, in any case, and what is missing is said to be."""

    @pytest.mark.parametrize("address", ["sip:alice@contoso.com", "Alice@Contoso.com", "SIP:ALICE@CONTOSO.COM"])
    def test_users(self, address: str) -> None:
        """A user is found by the SIP address in any case."""
        assert ALICE is DEPLOYMENT.user(address)
        assert ALICE is DEPLOYMENT.subject(address)

    def test_contacts(self) -> None:
        """A contact is a subject, and no user."""
        assert ATTENDANT is DEPLOYMENT.subject("AA@contoso.com")
        assert DEPLOYMENT.user("AA@contoso.com") is None

    def test_unknown_address(self) -> None:
        """An address that nobody has is no user's, and the question for the subject is refused by it."""
        assert DEPLOYMENT.user("nobody@contoso.com") is None
        with pytest.raises(UnknownSipAddress) as caught:
            DEPLOYMENT.subject("Nobody@contoso.com")
        assert caught.value.value == "sip:nobody@contoso.com"

    @pytest.mark.parametrize("address", ["", "alice", None, 3, ["alice@contoso.com"]], ids=repr)
    @pytest.mark.parametrize("ask", [DEPLOYMENT.user, DEPLOYMENT.subject], ids=["user", "subject"])
    def test_no_address(self, ask: Callable[[Any], object], address: Any) -> None:
        """What is no SIP address is refused."""
        with pytest.raises(InvalidSipAddress) as caught:
            ask(address)
        assert address is caught.value.value

    @pytest.mark.parametrize(
        ("ask", "spellings", "expected"),
        [
            (
                lambda key: DEPLOYMENT.policy(PolicyIdentity(key)),
                ["ExRedmond", "tag:exredmond", "TAG:EXREDMOND"],
                DEPLOYMENT.policies[2],
            ),
            (lambda key: DEPLOYMENT.policy(PolicyIdentity(key)), ["Global", "GLOBAL"], DEPLOYMENT.policies[1]),
            (lambda key: DEPLOYMENT.policy(PolicyIdentity(key)), ["Redmond", "site:Dublin", "tag:Global"], None),
            (DEPLOYMENT.provider, ["Hosted Exchange UM", "hosted exchange um", "HOSTED EXCHANGE UM"], DEPLOYMENT.providers[0]),
            (DEPLOYMENT.provider, ["exap.um.outlook.com", "", "Hosted  Exchange UM"], None),
            (lambda key: DEPLOYMENT.pool(Fqdn(key)), ["pool01.contoso.com", "POOL01.Contoso.com"], DEPLOYMENT.pools[0]),
            (lambda key: DEPLOYMENT.pool(Fqdn(key)), ["pool03.contoso.com", "pool01"], None),
            (DEPLOYMENT.dial_plan, ["dp.contoso.com", "DP.Contoso.COM"], UmDialPlan(phone_context="dp.contoso.com")),
            (DEPLOYMENT.dial_plan, ["dp", "", "dp.contoso.com "], None),
            (Deployment().dial_plan, ["dp.contoso.com", ""], None),
            (DEPLOYMENT.hosted_um_service, ["um.fabrikam.com", "UM.Fabrikam.COM"], DEPLOYMENT.hosted_um_services[1]),
            (DEPLOYMENT.hosted_um_service, ["fabrikam.com", "corp.contoso.com"], None),
            (Deployment().hosted_um_service, ["um.fabrikam.com"], None),
            (DEPLOYMENT.contacts_with_number, ["+14255550100"], (ATTENDANT,)),
            (DEPLOYMENT.contacts_with_number, ["14255550100", "+1425555010", "aa", ""], ()),
            (Deployment().contacts_with_number, ["+14255550100"], ()),
        ],
        ids=[
            "policy",
            "global",
            "no policy",
            "provider",
            "no provider",
            "pool",
            "no pool",
            "plan",
            "no plan",
            "plans not known",
            "service",
            "no service",
            "services not known",
            "number",
            "no number",
            "no contacts",
        ],
    )
    def test_by_key(self, ask: Callable[[str], object], spellings: list[str], expected: object) -> None:
        """A thing is found by its key in any case; where there is none, the answer is None."""
        assert [expected] * len(spellings) == [ask(spelling) for spelling in spellings]

    def test_no_pool_is_no_pool(self) -> None:
        """A subject without a registrar pool has none."""
        assert DEPLOYMENT.pool(None) is None

    @pytest.mark.parametrize("fqdn", ["", "um fabrikam", None])
    def test_no_name_of_a_service(self, fqdn: Any) -> None:
        """What is no FQDN is refused."""
        with pytest.raises(InvalidFqdn):
            DEPLOYMENT.hosted_um_service(fqdn)

    def test_contacts_with_a_number_are_all_of_them(self) -> None:
        """Two contacts that share a number are both found, in document order; a third with another number is apart."""
        same = attrs.evolve(ATTENDANT, sip_address="sa@contoso.com")
        other = attrs.evolve(ATTENDANT, sip_address="sb@contoso.com", display_number="14255550100")
        deployment = attrs.evolve(DEPLOYMENT, contacts=(ATTENDANT, other, same))

        assert deployment.contacts_with_number("+14255550100") == (ATTENDANT, same)
        assert deployment.contacts_with_number("14255550100") == (other,)

    def test_subjects_are_users_then_contacts(self) -> None:
        """The subjects are the users, then the contacts, each in document order."""
        assert DEPLOYMENT.subjects == (ALICE, ROY, ATTENDANT)

    def test_edge_configuration(self) -> None:
        """The Edge works from the Access Edge settings and the providers."""
        expected = EdgeConfiguration(
            access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True), providers=DEPLOYMENT.providers
        )

        assert expected == DEPLOYMENT.edge_configuration
        assert Deployment().edge_configuration is None

    def test_configuration_at_edge(self) -> None:
        """The Edge Server's own replica comes before what the deployment has; one that was never given any has none."""
        older = EdgeConfiguration(access_edge=AccessEdgeConfiguration())

        assert DEPLOYMENT.configuration_at_edge is None
        assert attrs.evolve(DEPLOYMENT, edge_replica=EdgeReplica(configuration=older)).configuration_at_edge is older
        assert attrs.evolve(DEPLOYMENT, edge_replica=None).configuration_at_edge == DEPLOYMENT.edge_configuration
        assert Deployment().configuration_at_edge is None

    def test_av_edge_gruu_is_given_as_text_or_uri(self) -> None:
        """The GRUU is held as a URI, whichever way it is given."""
        gruu = SipUri.parse("sip:av.contoso.com@contoso.com;gruu")

        assert DEPLOYMENT.av_edge_gruu == gruu
        assert attrs.evolve(DEPLOYMENT, av_edge_gruu=gruu) == DEPLOYMENT


@pytest.mark.parametrize(
    ("pool_name", "at_site"),
    [
        (None, "Global"),
        ("pool09.contoso.com", "Global"),
        ("POOL01.contoso.com", "site:Redmond"),
        ("pool02.contoso.com", "Global"),
    ],
    ids=["no pool", "unknown pool", "site with policy", "site without policy"],
)
@pytest.mark.parametrize("assigned", [None, "EXREDMOND", "Removed"], ids=["none assigned", "assigned", "missing one assigned"])
@pytest.mark.parametrize("subject", [ROY, ATTENDANT], ids=["user", "contact"])
def test_effective_policy(subject: Any, assigned: str | None, pool_name: str | None, at_site: str) -> None:
    """The assigned policy applies if there is such a one, else that of the pool's site, else the global one."""
    asked = attrs.evolve(subject, hosted_voicemail_policy=assigned, registrar_pool=pool_name)
    expected = "tag:ExRedmond" if assigned == "EXREDMOND" else at_site

    assert expected == str(DEPLOYMENT.effective_policy(asked).identity)


@pytest.mark.parametrize(
    "model",
    [ALICE, ROY, ATTENDANT, DEPLOYMENT.pools[0], DEPLOYMENT, Deployment()],
    ids=["user", "user with proxy address", "contact", "pool", "deployment", "empty deployment"],
)
def test_models_are_values(model: Any) -> None:
    """A model is frozen, and its pickled copy is equal, with an equal hash."""
    again = pickle.loads(pickle.dumps(model))  # noqa: S301 - what was pickled just now

    assert (model, hash(model)) == (again, hash(again))
    for field in attrs.fields(type(model)):
        with pytest.raises(FrozenInstanceError):
            setattr(model, field.name, None)


def test_a_pickled_deployment_answers() -> None:
    """A deployment that was pickled finds what the other one finds."""
    again = pickle.loads(pickle.dumps(DEPLOYMENT))  # noqa: S301 - what was pickled just now

    assert [again.subject(one.sip_address) for one in DEPLOYMENT.subjects] == list(DEPLOYMENT.subjects)
    assert again.dial_plan("DP.contoso.com") == DEPLOYMENT.dial_plan("dp.contoso.com")
    assert again.hosted_um_service("UM.fabrikam.com") == DEPLOYMENT.hosted_um_services[1]


@pytest.mark.parametrize(
    "field",
    [
        "users",
        "contacts",
        "policies",
        "providers",
        "edge",
        "pools",
        "dial_plans",
        "edge_replica",
        "av_edge_gruu",
        "hosted_um_services",
    ],
)
def test_deployments_differ_in_each_part(field: str) -> None:
    """Deployments that differ in one part are not equal, and a part that is not known is not an empty one."""
    assert attrs.evolve(DEPLOYMENT, **{field: getattr(Deployment(), field)}) != DEPLOYMENT
    assert Deployment(dial_plans=()) != Deployment()


@given(users=st.sets(st.integers(0, 9)), contacts=st.sets(st.integers(0, 9)))
def test_a_subject_is_found_exactly_where_it_is(users: set[int], contacts: set[int]) -> None:
    """Of all addresses those of users lead to the user, those of contacts to the contact, and no other to anything."""
    deployment = Deployment(
        users=[user(f"u{number}@x.com") for number in users],
        contacts=[contact(f"u{number}@x.com") for number in contacts - users],
    )
    addresses = [f"U{number}@X.com" for number in range(10)]

    assert [number in users for number in range(10)] == [deployment.user(address) is not None for address in addresses]
    assert deployment.subjects == tuple(deployment.subject(one.sip_address.upper()) for one in deployment.subjects)
