"""The decision: every clause on where a voice mail call goes, the deployment modes, and what is contested."""

import itertools
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    CLAUSES,
    READINGS,
    AccessEdgeConfiguration,
    AuthorsDisagree,
    Deployment,
    DeploymentMode,
    DisabledWithUmProxyAddress,
    HostedUm,
    HostedVoicemailPolicy,
    HostingProvider,
    NotRouted,
    OnPremisesUm,
    Pool,
    Reading,
    RoutingDecision,
    SeveralOrganizations,
    Subject,
    UmContact,
    UmDialPlan,
    UmServer,
    User,
    VoiceMailSettings,
    contested,
    deployment_mode,
    route,
)
from exum_routing.routing import hosted_um_access

EUM = "EUM:roy@contoso.com;phone-context=dp.contoso.com"
OTHER_EUM = "eum:4711;phone-context=other.contoso.com"
SMTP = "SMTP:roy@contoso.com"
PLAN = UmDialPlan(
    phone_context="dp.contoso.com",
    um_servers=[UmServer(fqdn="um1.contoso.com", major_version=14), UmServer(fqdn="um2.contoso.com", major_version=8)],
)
EVERYONE = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com",))
REDMOND = HostedVoicemailPolicy(
    identity="site:Redmond", destination="um.fabrikam.com", organizations=("one.contoso.com", "two.contoso.com")
)
EX_REDMOND = HostedVoicemailPolicy(identity="ExRedmond", destination="um.litwareinc.com")
BARE = HostedVoicemailPolicy(identity="Bare")
DEPLOYMENT = Deployment(
    policies=(EVERYONE, REDMOND, EX_REDMOND, BARE),
    pools=(Pool(fqdn="pool01.contoso.com", site="Redmond"), Pool(fqdn="pool02.contoso.com", site="Oslo")),
)
"""A deployment whose dial plans are not known."""
WITH_PLANS = attrs.evolve(DEPLOYMENT, dial_plans=(PLAN,))
NO_DESTINATION = Deployment()
"""A deployment whose global policy names no Destination."""

ENABLED, DISABLED = ("CsHostedVoiceMail=1",), ("CsHostedVoiceMail=0",)
TORN = ("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1")
TORN_THE_OTHER_WAY = ("ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=0")
POOL: dict[str, Any] = {"registrar_pool": "pool01.contoso.com"}
ASSIGNED: dict[str, Any] = {"hosted_voicemail_policy": "ExRedmond"}

EXCHANGE_WINS = Reading(authors_disagree=AuthorsDisagree.EXCHANGE_WINS)
SKYPE_FOR_BUSINESS_WINS = Reading(authors_disagree=AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS)
SILENCED = Reading(disabled_with_um_proxy_address=DisabledWithUmProxyAddress.NOT_ROUTED)
FIRST = Reading(several_organizations=SeveralOrganizations.FIRST)

COUNTS_AS = {
    (None, None): "not set, not set, not set",
    (None, 0): "disabled, disabled, disabled",
    (None, 1): "enabled, enabled, enabled",
    (0, None): "disabled, disabled, disabled",
    (0, 0): "disabled, disabled, disabled",
    (0, 1): "enabled, disabled, enabled",
    (1, None): "enabled, enabled, enabled",
    (1, 0): "enabled, enabled, disabled",
    (1, 1): "enabled, enabled, enabled",
}
"""What the pairs of Exchange and Skype for Business count as, if either may enable, if Exchange, if the other wins."""
PAIRS_AND_READINGS = [
    pytest.param(pairs, reading, id=f"Exchange {pairs[0]}, Cs {pairs[1]}, reading {number}")
    for pairs in COUNTS_AS
    for number, reading in enumerate(READINGS)
]


def settings(pairs: tuple[int | None, int | None]) -> tuple[str, ...]:
    """The attribute's values that say this of Exchange and of Skype for Business Server."""
    keys = ("ExchangeHostedVoiceMail", "CsHostedVoiceMail")
    return tuple(f"{key}={pair}" for key, pair in zip(keys, pairs, strict=True) if pair is not None)


def counts_as(pairs: tuple[int | None, int | None], reading: Reading) -> str:
    """What the table says of the pairs under this reading."""
    choices = [AuthorsDisagree.ANY_ENABLED, AuthorsDisagree.EXCHANGE_WINS, AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS]
    return COUNTS_AS[pairs].split(", ")[choices.index(reading.authors_disagree)]


def user(values: tuple[str, ...] = (), proxy_addresses: tuple[str, ...] = (), **fields: Any) -> User:
    """A user with these values of the attribute and these proxy addresses, homed on a site without a policy."""
    fields.setdefault("registrar_pool", "pool02.contoso.com")
    return User(
        sip_address=fields.pop("sip_address", "roy@contoso.com"),
        voice_mail_settings=values,
        proxy_addresses=proxy_addresses,
        **fields,
    )


def contact(**fields: Any) -> UmContact:
    """A contact, homed on a site without a policy."""
    fields.setdefault("registrar_pool", "pool02.contoso.com")
    return UmContact(sip_address="aa@contoso.com", display_number="+14255550100", **fields)


def outcome(decision: RoutingDecision) -> str:
    """The policy's identity, the dial plan or the reason, as far as the decision names one."""
    match decision:
        case HostedUm(policy=policy):
            return str(policy.identity)
        case OnPremisesUm(phone_context=dial_plan):
            return dial_plan
        case NotRouted(reason=reason):
            return reason.name


class TestRoute1:
    """Clause: ROUTE-1."""

    BASE = user(ENABLED, (EUM,), **POOL, **ASSIGNED)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            pytest.param({}, "tag:ExRedmond", id="nothing"),
            pytest.param({"voice_mail_settings": ()}, "dp.contoso.com", id="the attribute"),
            pytest.param({"voice_mail_settings": (), "proxy_addresses": ()}, "NO_VOICE_MAIL", id="the proxy addresses"),
            pytest.param({"hosted_voicemail_policy": None}, "site:Redmond", id="the assigned policy"),
            pytest.param({"hosted_voicemail_policy": None, "registrar_pool": None}, "Global", id="the site"),
        ],
    )
    def test_account_settings_matter(self, changes: dict[str, Any], expected: str) -> None:
        """Each of the account settings can change where a hosted user's calls go."""
        assert expected == outcome(route(attrs.evolve(self.BASE, **changes), DEPLOYMENT))

    @pytest.mark.parametrize(
        ("policies", "expected"),
        [((EVERYONE,), "Global"), ((EVERYONE, REDMOND), "site:Redmond"), ((EVERYONE, EX_REDMOND), "tag:ExRedmond")],
        ids=["global alone", "site", "per-user"],
    )
    def test_policies_matter(self, policies: tuple[HostedVoicemailPolicy, ...], expected: str) -> None:
        """The policies that there are change where a hosted user's calls go."""
        assert expected == outcome(route(self.BASE, attrs.evolve(DEPLOYMENT, policies=policies)))

    @pytest.mark.parametrize("values", [ENABLED, DISABLED, ()], ids=["enabled", "disabled", "not set"])
    @pytest.mark.parametrize(
        "changes",
        [
            {"display_name": "Roy"},
            {"user_principal_name": "roy@contoso.com"},
            {"sam_account_name": "roy"},
            {"distinguished_name": "CN=Roy"},
            {"enterprise_voice_enabled": True},
            {"enterprise_voice_enabled": False},
            {"sip_address": "other@contoso.com"},
        ],
        ids=str,
    )
    def test_nothing_else_of_the_account_matters(self, values: tuple[str, ...], changes: dict[str, Any]) -> None:
        """Names, logon names and Enterprise Voice change no decision."""
        base = attrs.evolve(self.BASE, voice_mail_settings=values)

        assert route(base, WITH_PLANS) == route(attrs.evolve(base, **changes), WITH_PLANS)


class TestRoute2:
    """Clause: ROUTE-2."""

    @pytest.mark.parametrize(
        "values", [ENABLED, ("ExchangeHostedVoiceMail=1",), ("exchangehostedvoicemail=1", *ENABLED)], ids=str
    )
    @pytest.mark.parametrize(
        ("fields", "policy", "clauses"),
        [
            pytest.param(POOL | ASSIGNED, EX_REDMOND, ("ROUTE-2", "POL-3"), id="per-user"),
            pytest.param(POOL, REDMOND, ("ROUTE-2", "POL-3", "URI-3"), id="site"),
            pytest.param({}, EVERYONE, ("ROUTE-2", "POL-3"), id="global"),
            pytest.param(
                {"hosted_voicemail_policy": "Removed"}, EVERYONE, ("ROUTE-2", "POL-6", "POL-3"), id="assigned one missing"
            ),
            pytest.param(
                POOL | {"hosted_voicemail_policy": "Removed"},
                REDMOND,
                ("ROUTE-2", "POL-6", "POL-3", "URI-3"),
                id="assigned one missing, site",
            ),
            pytest.param({"registrar_pool": "pool09.contoso.com"}, EVERYONE, ("ROUTE-2", "POL-11", "POL-3"), id="unknown pool"),
        ],
    )
    def test_by_effective_policy(
        self, values: tuple[str, ...], fields: dict[str, Any], policy: HostedVoicemailPolicy, clauses: tuple[str, ...]
    ) -> None:
        """Whoever enabled the user, the route is that of the narrowest policy, with all of its organizations."""
        assert HostedUm(policy, policy.organizations, clauses) == route(user(values, **fields), DEPLOYMENT)


class TestRoute3:
    """Clause: ROUTE-3."""

    @pytest.mark.parametrize("dial_plans", [None, (), (PLAN,)], ids=["not known", "none", "known"])
    @pytest.mark.parametrize("proxy_addresses", [(EUM,), (OTHER_EUM,), (OTHER_EUM, SMTP, EUM)], ids=len)
    def test_enabled_takes_precedence(
        self, proxy_addresses: tuple[str, ...], dial_plans: tuple[UmDialPlan, ...] | None
    ) -> None:
        """Whatever UM proxy address and dial plans there are, an enabled user has the same decision."""
        decision = route(user(ENABLED, proxy_addresses), attrs.evolve(DEPLOYMENT, dial_plans=dial_plans))

        assert HostedUm(EVERYONE, EVERYONE.organizations, ("ROUTE-2", "ROUTE-3", "POL-3")) == decision

    @pytest.mark.parametrize("values", [(), ("CsHostedVoiceMail=2",), ("CsHostedVoiceMail =1", "Other=1")], ids=str)
    def test_other_values_do_not_make_it_present(self, values: tuple[str, ...]) -> None:
        """An attribute without one of the four pairs is passed over."""
        assert route(user(values, (EUM,)), DEPLOYMENT).clauses == ("ROUTE-4", "UM-1")


class TestRoute4:
    """Clause: ROUTE-4."""

    @pytest.mark.parametrize(
        ("values", "proxy_addresses", "dial_plans", "servers", "clauses"),
        [
            pytest.param((), (EUM,), None, (), "ROUTE-4 UM-1", id="plans not known"),
            pytest.param((), (EUM,), (PLAN,), ("um1.contoso.com",), "ROUTE-4 UM-1 UM-2 UM-3", id="plans known"),
            pytest.param((), (SMTP, OTHER_EUM, EUM), None, (), "ROUTE-4 ATTR-7 UM-1", id="the primary of several"),
            pytest.param(DISABLED, (EUM,), None, (), "ROUTE-4 ROUTE-8 UM-1", id="disabled"),
            pytest.param(
                DISABLED,
                (OTHER_EUM, EUM),
                (PLAN,),
                ("um1.contoso.com",),
                "ROUTE-4 ROUTE-8 ATTR-7 UM-1 UM-2 UM-3",
                id="disabled, several, plans known",
            ),
        ],
    )
    def test_by_the_proxy_address(
        self,
        values: tuple[str, ...],
        proxy_addresses: tuple[str, ...],
        dial_plans: tuple[UmDialPlan, ...] | None,
        servers: tuple[str, ...],
        clauses: str,
    ) -> None:
        """The call goes to the candidates of the dial plan that the UM proxy address names."""
        decision = route(user(values, proxy_addresses), attrs.evolve(DEPLOYMENT, dial_plans=dial_plans))

        assert isinstance(decision, OnPremisesUm)
        assert (EUM, servers, clauses) == (str(decision.proxy_address), decision.um_servers, " ".join(decision.clauses))


class TestRoute5:
    """Clause: ROUTE-5."""

    @pytest.mark.parametrize("reading", READINGS, ids=[f"reading {number}" for number in range(len(READINGS))])
    @pytest.mark.parametrize("proxy_addresses", [(), (SMTP,), ("X500:/o=x", "roy")], ids=str)
    @pytest.mark.parametrize("values", [(), ("Other=1",), ("CsHostedVoiceMail=2",)], ids=str)
    def test_no_voice_mail(self, values: tuple[str, ...], proxy_addresses: tuple[str, ...], reading: Reading) -> None:
        """Under no reading has such a user voice mail, whatever policy applies and whatever else the directory holds."""
        decision = route(user(values, proxy_addresses, **POOL, **ASSIGNED), WITH_PLANS, reading=reading)

        assert (outcome(decision), decision.clauses) == ("NO_VOICE_MAIL", ("ROUTE-5",))


class TestRoute6:
    """Clause: ROUTE-6."""

    @pytest.mark.parametrize(
        ("subject", "deployment", "policy", "clauses"),
        [
            (user(ENABLED), NO_DESTINATION, "Global", "ROUTE-2 POL-3 ROUTE-6"),
            (user(ENABLED, (EUM,)), NO_DESTINATION, "Global", "ROUTE-2 ROUTE-3 POL-3 ROUTE-6"),
            (user(TORN, (EUM,)), NO_DESTINATION, "Global", "ROUTE-2 ROUTE-7 ROUTE-3 POL-3 ROUTE-6"),
            (user(ENABLED, (EUM,), **ASSIGNED), NO_DESTINATION, "Global", "ROUTE-2 ROUTE-3 POL-6 POL-3 ROUTE-6"),
            (user(ENABLED, (EUM,), hosted_voicemail_policy="Bare"), WITH_PLANS, "tag:Bare", "ROUTE-2 ROUTE-3 POL-3 ROUTE-6"),
            (contact(hosted_voicemail_policy="bare", **POOL), WITH_PLANS, "tag:Bare", "ROUTE-9 ROUTE-2 POL-3 ROUTE-6"),
            (contact(**ASSIGNED), NO_DESTINATION, "Global", "ROUTE-9 ROUTE-2 POL-6 POL-3 ROUTE-6"),
        ],
        ids=["user", "with proxy address", "torn", "assigned one missing", "narrower one bare", "contact", "contact, missing"],
    )
    def test_not_routed(self, subject: Subject, deployment: Deployment, policy: str, clauses: str) -> None:
        """Neither a wider policy nor a UM proxy address takes the place of the Destination."""
        decision = route(subject, deployment)

        assert isinstance(decision, NotRouted)
        assert decision.policy is not None
        assert (outcome(decision), decision.proxy_address) == ("POLICY_WITHOUT_DESTINATION", None)
        assert (policy, clauses) == (str(decision.policy.identity), " ".join(decision.clauses))


class TestRoute7:
    """Clause: ROUTE-7."""

    @pytest.mark.parametrize(("pairs", "reading"), PAIRS_AND_READINGS)
    def test_every_combination(self, pairs: tuple[int | None, int | None], reading: Reading) -> None:
        """Each combination of pairs counts, under each reading, as the table says; only that field of it matters."""
        assert counts_as(pairs, reading) == hosted_um_access(VoiceMailSettings(settings(pairs)), reading).value

    @pytest.mark.parametrize("pairs", COUNTS_AS, ids=str)
    def test_default_reading(self, pairs: tuple[int | None, int | None]) -> None:
        """Unless another reading is given, one 1 is enough."""
        assert (1 in pairs) is (hosted_um_access(VoiceMailSettings(settings(pairs))).value == "enabled")

    @pytest.mark.parametrize("pairs", COUNTS_AS, ids=str)
    def test_disagreement(self, pairs: tuple[int | None, int | None]) -> None:
        """The authors disagree exactly where one says 0 and the other 1."""
        assert (set(pairs) == {0, 1}) is VoiceMailSettings(settings(pairs)).authors_disagree

    @pytest.mark.parametrize("proxy_addresses", [(), (EUM,)], ids=["no proxy address", "proxy address"])
    @pytest.mark.parametrize(("pairs", "reading"), PAIRS_AND_READINGS)
    def test_clause_is_named(
        self, pairs: tuple[int | None, int | None], reading: Reading, proxy_addresses: tuple[str, ...]
    ) -> None:
        """A decision names the clause exactly where the authors disagree, and is hosted where the user counts as enabled."""
        decision = route(user(settings(pairs), proxy_addresses), DEPLOYMENT, reading=reading)

        assert (set(pairs) == {0, 1}) is ("ROUTE-7" in decision.clauses)
        assert (counts_as(pairs, reading) == "enabled") is isinstance(decision, HostedUm)

    @pytest.mark.parametrize("values", [TORN, tuple(reversed(TORN)), (*TORN, "Other=1")], ids=str)
    def test_order_of_values_does_not_matter(self, values: tuple[str, ...]) -> None:
        """Where a pair stands among the values does not matter."""
        assert route(user(values), DEPLOYMENT).clauses == ("ROUTE-2", "ROUTE-7", "POL-3")


class TestRoute8:
    """Clause: ROUTE-8."""

    @pytest.mark.parametrize(("pairs", "reading"), PAIRS_AND_READINGS)
    def test_every_combination(self, pairs: tuple[int | None, int | None], reading: Reading) -> None:
        """With a UM proxy address each combination leads, under each reading, where the clauses say, by those clauses."""
        torn = "ROUTE-7 " if set(pairs) == {0, 1} else ""
        silenced = reading.disabled_with_um_proxy_address is DisabledWithUmProxyAddress.NOT_ROUTED
        by_access = {
            "enabled": ("Global", f"ROUTE-2 {torn}ROUTE-3 POL-3"),
            "disabled": ("dp.contoso.com", f"ROUTE-4 {torn}ROUTE-8 UM-1"),
            "disabled and silenced": ("HOSTED_VOICE_MAIL_DISABLED", f"{torn}ROUTE-12 ROUTE-8"),
            "not set": ("dp.contoso.com", "ROUTE-4 UM-1"),
        }
        access = counts_as(pairs, reading)
        expected = by_access["disabled and silenced" if access == "disabled" and silenced else access]

        decision = route(user(settings(pairs), (EUM,)), DEPLOYMENT, reading=reading)

        assert expected == (outcome(decision), " ".join(decision.clauses))

    def test_default_reading(self) -> None:
        """Unless another reading is given, the UM proxy address routes."""
        assert outcome(route(user(DISABLED, (EUM,)), DEPLOYMENT)) == "dp.contoso.com"


class TestRoute9:
    """Clause: ROUTE-9."""

    @pytest.mark.parametrize("auto_attendant", [False, True], ids=["subscriber access", "auto attendant"])
    @pytest.mark.parametrize(
        ("fields", "policy", "clauses"),
        [
            pytest.param(POOL | ASSIGNED, EX_REDMOND, ("ROUTE-9", "ROUTE-2", "POL-3"), id="per-user"),
            pytest.param(POOL, REDMOND, ("ROUTE-9", "ROUTE-2", "POL-3", "URI-8"), id="site, several organizations"),
            pytest.param({}, EVERYONE, ("ROUTE-9", "ROUTE-2", "POL-3"), id="global"),
            pytest.param(
                POOL | {"hosted_voicemail_policy": "Removed"},
                REDMOND,
                ("ROUTE-9", "ROUTE-2", "POL-6", "POL-3", "URI-8"),
                id="assigned one missing",
            ),
        ],
    )
    def test_by_its_own_assignment_and_site(
        self, auto_attendant: bool, fields: dict[str, Any], policy: HostedVoicemailPolicy, clauses: tuple[str, ...]
    ) -> None:
        """A contact is routed to hosted UM by the narrowest policy, with one organization at most."""
        decision = route(contact(auto_attendant=auto_attendant, **fields), WITH_PLANS)

        assert HostedUm(policy, policy.organizations[:1], clauses) == decision

    @pytest.mark.parametrize("fields", [POOL | ASSIGNED, POOL, {}], ids=["per-user", "site", "global"])
    def test_no_reading_matters(self, fields: dict[str, Any]) -> None:
        """A contact's decision is the same under every reading."""
        assert len({route(contact(**fields), DEPLOYMENT, reading=reading) for reading in READINGS}) == 1


ANY_SUBJECT: st.SearchStrategy[Subject] = st.one_of(
    st.builds(
        user,
        st.sampled_from([settings(pairs) for pairs in COUNTS_AS]),
        st.lists(st.sampled_from([EUM, OTHER_EUM, SMTP])).map(tuple),
        registrar_pool=st.sampled_from([None, "pool01.contoso.com", "pool09.contoso.com"]),
        hosted_voicemail_policy=st.sampled_from([None, "ExRedmond", "Bare", "Removed"]),
    ),
    st.builds(
        contact,
        registrar_pool=st.sampled_from([None, "pool01.contoso.com", "pool09.contoso.com"]),
        hosted_voicemail_policy=st.sampled_from([None, "ExRedmond", "Bare", "Removed"]),
    ),
)
ANY_DEPLOYMENT = st.sampled_from([DEPLOYMENT, WITH_PLANS, NO_DESTINATION, attrs.evolve(DEPLOYMENT, dial_plans=())])


class TestRoute10:
    """Clause: ROUTE-10."""

    @pytest.mark.parametrize(
        ("subject", "deployment", "reading", "expected", "clauses"),
        [
            (user(ENABLED), DEPLOYMENT, Reading(), "Global", "ROUTE-2 POL-3"),
            (user(TORN, (EUM,), **POOL), DEPLOYMENT, Reading(), "site:Redmond", "ROUTE-2 ROUTE-7 ROUTE-3 POL-3 URI-3"),
            (user(ENABLED, **POOL), DEPLOYMENT, FIRST, "site:Redmond", "ROUTE-2 POL-3 URI-3"),
            (
                user(TORN, (EUM,), hosted_voicemail_policy="Removed", **POOL),
                DEPLOYMENT,
                Reading(),
                "site:Redmond",
                "ROUTE-2 ROUTE-7 ROUTE-3 POL-6 POL-3 URI-3",
            ),
            (user((), (EUM,), **ASSIGNED), DEPLOYMENT, Reading(), "dp.contoso.com", "ROUTE-4 UM-1"),
            (
                user(TORN, (EUM, OTHER_EUM)),
                WITH_PLANS,
                EXCHANGE_WINS,
                "dp.contoso.com",
                "ROUTE-4 ROUTE-7 ROUTE-8 ATTR-7 UM-1 UM-2 UM-3",
            ),
            (user(DISABLED, (OTHER_EUM,)), WITH_PLANS, Reading(), "NO_DIAL_PLAN", "ROUTE-4 ROUTE-8 UM-1 UM-6"),
            (
                user((), (EUM, OTHER_EUM)),
                Deployment(dial_plans=(UmDialPlan(phone_context="dp.contoso.com"),)),
                Reading(),
                "NO_UM_SERVER",
                "ROUTE-4 ATTR-7 UM-1 UM-2 UM-6",
            ),
            (user(), DEPLOYMENT, Reading(), "NO_VOICE_MAIL", "ROUTE-5"),
            (user(DISABLED), DEPLOYMENT, Reading(), "HOSTED_VOICE_MAIL_DISABLED", "ROUTE-12"),
            (user(TORN), DEPLOYMENT, EXCHANGE_WINS, "HOSTED_VOICE_MAIL_DISABLED", "ROUTE-7 ROUTE-12"),
            (user(DISABLED, (EUM, OTHER_EUM)), WITH_PLANS, SILENCED, "HOSTED_VOICE_MAIL_DISABLED", "ROUTE-12 ROUTE-8"),
            (user(ENABLED, **ASSIGNED), NO_DESTINATION, FIRST, "POLICY_WITHOUT_DESTINATION", "ROUTE-2 POL-6 POL-3 ROUTE-6"),
            (contact(**POOL), DEPLOYMENT, FIRST, "site:Redmond", "ROUTE-9 ROUTE-2 POL-3 URI-8"),
        ],
        ids=lambda part: part if isinstance(part, str) else type(part).__name__,
    )
    def test_clauses_of_each_outcome(
        self, subject: Subject, deployment: Deployment, reading: Reading, expected: str, clauses: str
    ) -> None:
        """Each outcome has exactly the clauses that were applied, in the order of the source."""
        decision = route(subject, deployment, reading=reading)

        assert (expected, clauses) == (outcome(decision), " ".join(decision.clauses))

    @given(subject=ANY_SUBJECT, deployment=ANY_DEPLOYMENT, reading=st.sampled_from(READINGS))
    def test_grounds_are_the_subjects_own(self, subject: Subject, deployment: Deployment, reading: Reading) -> None:
        """A decision's policy is the effective one, its proxy address the first of the user's, and never both are there."""
        decision = route(subject, deployment, reading=reading)
        policy = getattr(decision, "policy", None)
        proxy_address = getattr(decision, "proxy_address", None)

        assert policy in (None, deployment.effective_policy(subject))
        assert proxy_address is None or (isinstance(subject, User) and proxy_address == subject.um_proxy_addresses[0])
        assert (policy is None) + (proxy_address is None) == (
            2 if outcome(decision) in ("NO_VOICE_MAIL", "HOSTED_VOICE_MAIL_DISABLED") else 1
        )

    @given(subject=ANY_SUBJECT, deployment=ANY_DEPLOYMENT, reading=st.sampled_from(READINGS))
    def test_clauses_are_known_and_stand_once(self, subject: Subject, deployment: Deployment, reading: Reading) -> None:
        """The clauses of a decision are ids of the table, each once, and there is at least one."""
        clauses = route(subject, deployment, reading=reading).clauses

        assert set() < set(clauses) <= {clause.id for clause in CLAUSES}
        assert len(clauses) == len(set(clauses))


class TestRoute11:
    """Clause: ROUTE-11."""

    @given(subject=ANY_SUBJECT, deployment=ANY_DEPLOYMENT, reading=st.sampled_from(READINGS))
    def test_others_do_not_matter(self, subject: Subject, deployment: Deployment, reading: Reading) -> None:
        """Other users, contacts, providers and the Edge's settings change no decision."""
        crowded = attrs.evolve(
            deployment,
            users=(user(TORN, (EUM,), sip_address="other@contoso.com"),),
            contacts=(contact(),),
            providers=(HostingProvider(identity="Hosted Exchange UM", proxy_fqdn="exap.um.outlook.com"),),
            edge=AccessEdgeConfiguration(),
        )

        assert route(subject, deployment, reading=reading) == route(subject, crowded, reading=reading)

    @pytest.mark.parametrize("fields", [{}, POOL, ASSIGNED, {"hosted_voicemail_policy": "Removed"}], ids=str)
    @pytest.mark.parametrize("policies", [(EVERYONE,), NO_DESTINATION.policies, DEPLOYMENT.policies], ids=len)
    def test_policies_do_not_matter_on_premises(
        self, policies: tuple[HostedVoicemailPolicy, ...], fields: dict[str, Any]
    ) -> None:
        """Neither the policies nor the account's assignment and site change an on-premises decision."""
        deployment = attrs.evolve(WITH_PLANS, policies=policies)

        assert route(user((), (EUM,)), WITH_PLANS) == route(user((), (EUM,), **fields), deployment)

    @pytest.mark.parametrize(
        ("proxy_addresses", "dial_plans", "expected"),
        [
            ((EUM,), None, "dp.contoso.com"),
            ((EUM, SMTP), (PLAN,), "dp.contoso.com"),
            ((EUM,), (), "NO_DIAL_PLAN"),
            ((OTHER_EUM,), (PLAN,), "NO_DIAL_PLAN"),
            ((OTHER_EUM,), None, "other.contoso.com"),
            ((), (PLAN,), "NO_VOICE_MAIL"),
        ],
        ids=["not known", "known", "known, none", "missing", "other one", "no proxy address"],
    )
    def test_proxy_addresses_and_dial_plans_matter(
        self, proxy_addresses: tuple[str, ...], dial_plans: tuple[UmDialPlan, ...] | None, expected: str
    ) -> None:
        """The proxy addresses and, where known, the dial plans decide an on-premises route."""
        decision = route(user((), proxy_addresses), attrs.evolve(DEPLOYMENT, dial_plans=dial_plans))

        assert expected == outcome(decision)


class TestRoute12:
    """Clause: ROUTE-12."""

    @pytest.mark.parametrize(
        ("values", "proxy_addresses", "reading", "clauses"),
        [
            pytest.param(DISABLED, (), Reading(), ("ROUTE-12",), id="no proxy address"),
            pytest.param(("ExchangeHostedVoiceMail=0",), (SMTP,), Reading(), ("ROUTE-12",), id="no UM proxy address"),
            pytest.param(TORN, (), EXCHANGE_WINS, ("ROUTE-7", "ROUTE-12"), id="torn, Exchange wins"),
            pytest.param(
                TORN_THE_OTHER_WAY, (), SKYPE_FOR_BUSINESS_WINS, ("ROUTE-7", "ROUTE-12"), id="torn, Skype for Business wins"
            ),
            pytest.param(DISABLED, (EUM,), SILENCED, ("ROUTE-12", "ROUTE-8"), id="silenced"),
            pytest.param(
                TORN,
                (EUM,),
                attrs.evolve(SILENCED, authors_disagree=AuthorsDisagree.EXCHANGE_WINS),
                ("ROUTE-7", "ROUTE-12", "ROUTE-8"),
                id="torn and silenced",
            ),
        ],
    )
    def test_disabled(
        self, values: tuple[str, ...], proxy_addresses: tuple[str, ...], reading: Reading, clauses: tuple[str, ...]
    ) -> None:
        """A disabled user whom no UM proxy address routes has no route, whatever policy applies."""
        decision = route(user(values, proxy_addresses, **ASSIGNED), WITH_PLANS, reading=reading)

        assert outcome(decision) == "HOSTED_VOICE_MAIL_DISABLED"
        assert clauses == decision.clauses

    @pytest.mark.parametrize("reading", READINGS, ids=[f"reading {number}" for number in range(len(READINGS))])
    def test_both_say_disabled(self, reading: Reading) -> None:
        """Where both authors say 0 and there is no UM proxy address, no reading routes the user."""
        assert route(user(settings((0, 0))), DEPLOYMENT, reading=reading).clauses == ("ROUTE-12",)


HOSTED, ON_PREMISES, NOWHERE = (ENABLED, ()), ((), (EUM,)), ((), ())
"""The attribute and the proxy addresses of users that each go one way."""
CROWDS = [
    list(crowd)
    for number in range(4)
    for crowd in itertools.combinations_with_replacement(("hosted", "on-premises", "nowhere"), number)
]
"""Every choice of up to three users, by where their calls go."""


def mode(crowd: list[str]) -> DeploymentMode | None:
    """The mode of a deployment that has such users, and a contact."""
    accounts = {"hosted": HOSTED, "on-premises": ON_PREMISES, "nowhere": NOWHERE}
    users = [user(*accounts[way], sip_address=f"user{number}@contoso.com") for number, way in enumerate(crowd)]
    return deployment_mode(attrs.evolve(DEPLOYMENT, users=users, contacts=(contact(),)))


class TestMode1:
    """Clause: MODE-1."""

    @pytest.mark.parametrize("crowd", CROWDS, ids="+".join)
    def test_every_crowd(self, crowd: list[str]) -> None:
        """Exactly where someone is routed to on-premises UM and nobody to hosted UM, the mode is On-premises."""
        assert ("on-premises" in crowd and "hosted" not in crowd) is (mode(crowd) is DeploymentMode.ON_PREMISES)


class TestMode2:
    """Clause: MODE-2."""

    @pytest.mark.parametrize("crowd", CROWDS, ids="+".join)
    def test_every_crowd(self, crowd: list[str]) -> None:
        """Exactly where someone is routed to hosted UM and nobody to on-premises UM, the mode is Cross-premises."""
        assert ("hosted" in crowd and "on-premises" not in crowd) is (mode(crowd) is DeploymentMode.CROSS_PREMISES)


class TestMode3:
    """Clause: MODE-3."""

    @pytest.mark.parametrize("crowd", CROWDS, ids="+".join)
    def test_every_crowd(self, crowd: list[str]) -> None:
        """Exactly where both ways are taken, the mode is Mixed; where neither is, there is none."""
        assert ({"hosted", "on-premises"} <= set(crowd)) is (mode(crowd) is DeploymentMode.MIXED)
        assert (not {"hosted", "on-premises"} & set(crowd)) is (mode(crowd) is None)

    @pytest.mark.parametrize(
        ("values", "reading", "expected"),
        [
            (TORN, Reading(), DeploymentMode.CROSS_PREMISES),
            (TORN, EXCHANGE_WINS, DeploymentMode.ON_PREMISES),
            (DISABLED, Reading(), DeploymentMode.ON_PREMISES),
            (DISABLED, SILENCED, None),
        ],
        ids=["torn", "torn, Exchange wins", "disabled", "disabled and silenced"],
    )
    def test_reading_matters(self, values: tuple[str, ...], reading: Reading, expected: DeploymentMode | None) -> None:
        """The mode is that of the routes under the given reading."""
        deployment = attrs.evolve(DEPLOYMENT, users=(user(values, (EUM,)),))

        assert expected is deployment_mode(deployment, reading=reading)

    def test_the_refused_do_not_count(self) -> None:
        """Users without Destination or dial plan are not routed, and make no mode."""
        users = (user(ENABLED, sip_address="a@contoso.com"), user((), (EUM,), sip_address="b@contoso.com"))

        assert deployment_mode(Deployment(users=users, dial_plans=())) is None

    def test_modes_are_spelled_as_the_source_does(self) -> None:
        """The modes are On-premises, Cross-premises and Mixed."""
        assert [mode.value for mode in DeploymentMode] == ["On-premises", "Cross-premises", "Mixed"]


class TestContested:
    """Which of the open clauses a route depends on, and what it would be under each reading of them."""

    @pytest.mark.parametrize(
        ("subject", "clauses"),
        [
            pytest.param(user(ENABLED, (EUM,)), [], id="enabled"),
            pytest.param(user(), [], id="no voice mail"),
            pytest.param(user(DISABLED), [], id="disabled, nothing to silence"),
            pytest.param(user((), (EUM,)), [], id="on-premises"),
            pytest.param(user((), **POOL), [], id="several organizations, not hosted"),
            pytest.param(contact(**POOL), [], id="contact, several organizations"),
            pytest.param(user(TORN), ["ROUTE-7"], id="torn"),
            pytest.param(user(DISABLED, (EUM,)), ["ROUTE-8"], id="disabled, proxy address"),
            pytest.param(user(ENABLED, **POOL), ["URI-3"], id="several organizations"),
            pytest.param(user(TORN, (EUM,)), ["ROUTE-7", "ROUTE-8"], id="torn, proxy address"),
            pytest.param(user(TORN, **POOL), ["ROUTE-7", "URI-3"], id="torn, several organizations"),
            pytest.param(user(DISABLED, (EUM,), **POOL), ["ROUTE-8"], id="disabled, proxy address, several organizations"),
            pytest.param(user(TORN, (EUM,), **POOL), ["ROUTE-7", "ROUTE-8", "URI-3"], id="all three"),
        ],
    )
    def test_which_clauses(self, subject: Subject, clauses: list[str]) -> None:
        """The contested clauses are those whose reading can change the decision, in their order."""
        assert clauses == [entry.clause for entry in contested(subject, DEPLOYMENT)]

    def test_outcomes_of_authors_disagree(self) -> None:
        """The outcomes are those of the field's readings, the others as by default."""
        (entry,) = contested(user(TORN), DEPLOYMENT)

        assert entry.field == "authors_disagree"
        assert [(reading, outcome(decision)) for reading, decision in entry.outcomes] == [
            (Reading(), "Global"),
            (EXCHANGE_WINS, "HOSTED_VOICE_MAIL_DISABLED"),
            (SKYPE_FOR_BUSINESS_WINS, "Global"),
        ]

    def test_outcomes_of_disabled_with_um_proxy_address(self) -> None:
        """A proxy address that routes by one reading and is silenced by the other shows both."""
        (entry,) = contested(user(DISABLED, (EUM,)), DEPLOYMENT)

        assert entry.field == "disabled_with_um_proxy_address"
        assert [(reading, outcome(decision)) for reading, decision in entry.outcomes] == [
            (Reading(), "dp.contoso.com"),
            (SILENCED, "HOSTED_VOICE_MAIL_DISABLED"),
        ]

    def test_outcomes_of_several_organizations(self) -> None:
        """A policy with several organizations shows all of them, and the first."""
        (entry,) = contested(user(ENABLED, **POOL), DEPLOYMENT)

        assert entry.field == "several_organizations"
        assert entry.outcomes == (
            (Reading(), HostedUm(REDMOND, REDMOND.organizations, ("ROUTE-2", "POL-3", "URI-3"))),
            (FIRST, HostedUm(REDMOND, REDMOND.organizations[:1], ("ROUTE-2", "POL-3", "URI-3"))),
        )

    def test_a_clause_that_matters_under_another_reading_only(self) -> None:
        """Where a clause is silent by default, its outcomes are under the first readings of the others that wake it."""
        _, entry = contested(user(TORN, (EUM,)), DEPLOYMENT)

        assert entry.clause == "ROUTE-8"
        assert [(reading, outcome(decision)) for reading, decision in entry.outcomes] == [
            (EXCHANGE_WINS, "dp.contoso.com"),
            (attrs.evolve(SILENCED, authors_disagree=AuthorsDisagree.EXCHANGE_WINS), "HOSTED_VOICE_MAIL_DISABLED"),
        ]

    @given(subject=ANY_SUBJECT, deployment=ANY_DEPLOYMENT)
    def test_contested_exactly_where_a_reading_matters(self, subject: Subject, deployment: Deployment) -> None:
        """A clause is contested exactly where two readings that differ in its field alone give other decisions."""
        by_reading = {reading: attrs.evolve(route(subject, deployment, reading=reading), clauses=()) for reading in READINGS}
        matter = {
            field.name
            for field in attrs.fields(Reading)
            for one, other in itertools.combinations(READINGS, 2)
            if attrs.evolve(one, **{field.name: getattr(other, field.name)}) == other and by_reading[one] != by_reading[other]
        }

        assert matter == {entry.field for entry in contested(subject, deployment)}

    @given(subject=ANY_SUBJECT, deployment=ANY_DEPLOYMENT)
    def test_outcomes_are_decisions(self, subject: Subject, deployment: Deployment) -> None:
        """Each outcome is the decision under its reading, and they are not all alike."""
        for entry in contested(subject, deployment):
            assert all(decision == route(subject, deployment, reading=reading) for reading, decision in entry.outcomes)
            assert len({attrs.evolve(decision, clauses=()) for _, decision in entry.outcomes}) > 1


def test_readings_are_all_there_are() -> None:
    """There are twelve readings, each once, and the default one stands first."""
    assert len(READINGS) == len(set(READINGS)) == 3 * 2 * 2
    assert READINGS[0] == Reading()


@given(subject=ANY_SUBJECT, deployment=ANY_DEPLOYMENT)
def test_default_reading(subject: Subject, deployment: Deployment) -> None:
    """A question without a reading is asked with the default one."""
    assert route(subject, deployment, reading=Reading()) == route(subject, deployment)
