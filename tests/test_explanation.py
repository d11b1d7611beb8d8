"""Why a route is as it is: the inputs, the candidate policies, and the clauses in words."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    READINGS,
    AuthorsDisagree,
    Candidate,
    Deployment,
    Explanation,
    HostedVoicemailPolicy,
    Input,
    PolicyIdentity,
    Pool,
    Reading,
    Standing,
    Subject,
    UmContact,
    UmDialPlan,
    UmServer,
    UriType,
    User,
    clause,
    explain,
    route,
)

EUM = "EUM:roy@contoso.com;phone-context=dp.contoso.com"
SECONDARY_EUM = "eum:4711;phone-context=other.contoso.com"
TORN = ("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1")
POLICIES = (
    HostedVoicemailPolicy(identity="site:Dublin", destination="um.fabrikam.com"),
    HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com"),
    HostedVoicemailPolicy(identity="site:Redmond", destination="um.fabrikam.com"),
    HostedVoicemailPolicy(identity="ExRedmond", destination="um.litwareinc.com"),
    HostedVoicemailPolicy(identity="ExDublin", destination="um.litwareinc.com"),
)
POOLS = (Pool(fqdn="pool01.contoso.com", site="REDMOND"), Pool(fqdn="pool02.contoso.com", site="Oslo"))
DEPLOYMENT = Deployment(policies=POLICIES, pools=POOLS)
ROY = User(sip_address="roy@contoso.com", proxy_addresses=(EUM,))
ATTENDANT = UmContact(sip_address="aa@contoso.com", display_number="+14255550100", auto_attendant=True)


def shown(explanation: Explanation) -> dict[str, str]:
    """The inputs by name."""
    return {one.name: one.value for one in explanation.inputs}


class TestInputs:
    """Every input looked at, with its value."""

    def test_of_a_user(self) -> None:
        """A user's inputs are the attribute, what it counts as, the proxy addresses, the policy, the site, the dial plan."""
        alice = User(
            sip_address="alice@contoso.com",
            voice_mail_settings=("cshostedvoicemail=0", "Other=x"),
            proxy_addresses=("SMTP:alice@contoso.com", SECONDARY_EUM, EUM),
            hosted_voicemail_policy="ExRedmond",
            registrar_pool="Pool01.contoso.com",
        )
        dial_plan = UmDialPlan(
            phone_context="DP.contoso.com",
            um_servers=[
                UmServer(fqdn="um1.contoso.com", major_version=14),
                UmServer(fqdn="um2.contoso.com", major_version=8, enabled=False),
            ],
        )

        assert explain(alice, attrs.evolve(DEPLOYMENT, dial_plans=(dial_plan,))).inputs == (
            Input("msExchUCVoiceMailSettings", "CsHostedVoiceMail=0; Other=x"),
            Input("hosted UM access", "disabled"),
            Input("UM proxy addresses", f"{EUM}; {SECONDARY_EUM}"),
            Input("assigned policy", "tag:ExRedmond"),
            Input("registrar pool", "pool01.contoso.com"),
            Input("site", "REDMOND"),
            Input("dial plan", "dp.contoso.com"),
            Input("UM servers", "SipName: um1.contoso.com (version 14, enabled); um2.contoso.com (version 8, disabled)"),
        )

    def test_dial_plan_is_not_looked_at_where_the_attribute_takes_precedence(self) -> None:
        """An enabled user's UM proxy address is shown, its dial plan is not looked at."""
        user = User(sip_address="a@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",), proxy_addresses=(EUM,))

        inputs = shown(explain(user, attrs.evolve(DEPLOYMENT, dial_plans=())))

        assert inputs["UM proxy addresses"] == EUM
        assert "dial plan" not in inputs

    def test_of_a_user_who_has_nothing(self) -> None:
        """What is not there is said not to be; without a UM proxy address no dial plan is looked at."""
        assert explain(User(sip_address="zoe@contoso.com"), DEPLOYMENT).inputs == (
            Input("msExchUCVoiceMailSettings", "not set"),
            Input("hosted UM access", "not set"),
            Input("UM proxy addresses", "none"),
            Input("assigned policy", "none"),
            Input("registrar pool", "not given"),
            Input("site", "not known: no RegistrarPool is given; the policy of its site may apply"),
        )

    @pytest.mark.parametrize(("auto_attendant", "kind"), [(True, "auto attendant"), (False, "subscriber access")])
    def test_of_a_contact(self, auto_attendant: bool, kind: str) -> None:
        """A contact's inputs are what it is, the policy and the site; it has no attribute and no dial plan."""
        contact = attrs.evolve(ATTENDANT, auto_attendant=auto_attendant, registrar_pool="pool02.contoso.com")

        assert explain(contact, attrs.evolve(DEPLOYMENT, dial_plans=())).inputs == (
            Input("contact object", f"{kind} at +14255550100; counts as enabled for hosted UM access"),
            Input("assigned policy", "none"),
            Input("registrar pool", "pool02.contoso.com"),
            Input("site", "Oslo"),
        )

    @pytest.mark.parametrize("subject", [ROY, ATTENDANT], ids=["user", "contact"])
    @pytest.mark.parametrize(
        ("pool", "shown_pool", "site"),
        [
            (None, "not given", "not known: no RegistrarPool is given; the policy of its site may apply"),
            (
                "pool09.contoso.com",
                "pool09.contoso.com",
                "not known: the deployment has no pool of this name; the policy of its site may apply",
            ),
            ("POOL02.contoso.com", "pool02.contoso.com", "Oslo"),
        ],
        ids=["no pool", "unknown pool", "known pool"],
    )
    def test_site(self, subject: Subject, pool: Any, shown_pool: str, site: str) -> None:
        """The site is that of the registrar pool, or it is said why none is known."""
        inputs = shown(explain(attrs.evolve(subject, registrar_pool=pool), DEPLOYMENT))

        assert (shown_pool, site) == (inputs["registrar pool"], inputs["site"])

    @pytest.mark.parametrize(
        ("dial_plans", "servers"),
        [
            pytest.param(None, "not known: Exchange UM's directory objects cannot be read", id="not known"),
            pytest.param((), "none: there is no such dial plan", id="none there"),
            pytest.param((UmDialPlan(phone_context="x"),), "none: there is no such dial plan", id="missing"),
            pytest.param((UmDialPlan(phone_context="dp.contoso.com"),), "SipName: none", id="no servers"),
            pytest.param(
                (
                    UmDialPlan(
                        phone_context="dp.contoso.com",
                        uri_type=UriType.E164,
                        um_servers=[UmServer(fqdn="um1", major_version=0, enabled=False)],
                    ),
                ),
                "E164: um1 (version 0, disabled); none is tried, because its dial plan is not a SIP URI dial plan (UM-2)",
                id="another URI type, disabled server",
            ),
        ],
    )
    def test_um_servers(self, dial_plans: tuple[UmDialPlan, ...] | None, servers: str) -> None:
        """The UM servers of the named dial plan are listed with version and state, or it is said why there are none."""
        inputs = shown(explain(ROY, attrs.evolve(DEPLOYMENT, dial_plans=dial_plans)))

        assert ("dp.contoso.com", servers) == (inputs["dial plan"], inputs["UM servers"])

    @pytest.mark.parametrize(
        ("values", "reading", "access"),
        [
            (("CsHostedVoiceMail=0",), Reading(), "disabled"),
            (("CsHostedVoiceMail=2",), Reading(), "not set"),
            (TORN, Reading(), "enabled"),
            (TORN, Reading(authors_disagree=AuthorsDisagree.EXCHANGE_WINS), "disabled"),
        ],
        ids=["disabled", "no pair", "torn", "torn, Exchange wins"],
    )
    def test_hosted_um_access(self, values: tuple[str, ...], reading: Reading, access: str) -> None:
        """What the attribute counts as is shown beside its values, under the reading that is asked for."""
        inputs = shown(explain(attrs.evolve(ROY, voice_mail_settings=values), DEPLOYMENT, reading=reading))

        assert ("; ".join(values), access) == (inputs["msExchUCVoiceMailSettings"], inputs["hosted UM access"])


class TestCandidates:
    """Every policy of the deployment, with its standing and the reason."""

    @pytest.mark.parametrize("subject", [ROY, ATTENDANT], ids=["user", "contact"])
    @pytest.mark.parametrize(
        ("assigned", "pool", "expected"),
        [
            pytest.param(
                None,
                None,
                [
                    ("site:Dublin", "SITE_NOT_KNOWN", "the site of this account is not known, so this policy may apply"),
                    ("Global", "EFFECTIVE", "neither a per-user nor a site policy applies"),
                    ("site:Redmond", "SITE_NOT_KNOWN", "the site of this account is not known, so this policy may apply"),
                    ("tag:ExRedmond", "NOT_ASSIGNED", "it is not assigned to this account"),
                    ("tag:ExDublin", "NOT_ASSIGNED", "it is not assigned to this account"),
                ],
                id="global",
            ),
            pytest.param(
                None,
                "pool01.contoso.com",
                [
                    ("site:Dublin", "OTHER_SITE", "this account is homed on REDMOND"),
                    ("Global", "SHADOWED", "site:Redmond is narrower"),
                    ("site:Redmond", "EFFECTIVE", "no per-user policy applies, and this account is homed on its site"),
                    ("tag:ExRedmond", "NOT_ASSIGNED", "it is not assigned to this account"),
                    ("tag:ExDublin", "NOT_ASSIGNED", "it is not assigned to this account"),
                ],
                id="site",
            ),
            pytest.param(
                "exredmond",
                "pool01.contoso.com",
                [
                    ("site:Dublin", "OTHER_SITE", "this account is homed on REDMOND"),
                    ("Global", "SHADOWED", "tag:ExRedmond is narrower"),
                    ("site:Redmond", "SHADOWED", "tag:ExRedmond is narrower"),
                    ("tag:ExRedmond", "EFFECTIVE", "it is assigned to this account"),
                    ("tag:ExDublin", "NOT_ASSIGNED", "it is not assigned to this account"),
                ],
                id="per-user",
            ),
            pytest.param(
                "Removed",
                "pool02.contoso.com",
                [
                    ("site:Dublin", "OTHER_SITE", "this account is homed on Oslo"),
                    ("Global", "EFFECTIVE", "neither a per-user nor a site policy applies"),
                    ("site:Redmond", "OTHER_SITE", "this account is homed on Oslo"),
                    ("tag:ExRedmond", "NOT_ASSIGNED", "it is not assigned to this account"),
                    ("tag:ExDublin", "NOT_ASSIGNED", "it is not assigned to this account"),
                    ("tag:Removed", "MISSING", "it is assigned, but no policy has this name"),
                ],
                id="assigned one missing, site without policy",
            ),
            pytest.param(
                "Removed",
                "pool09.contoso.com",
                [
                    ("site:Dublin", "SITE_NOT_KNOWN", "the site of this account is not known, so this policy may apply"),
                    ("Global", "EFFECTIVE", "neither a per-user nor a site policy applies"),
                    ("site:Redmond", "SITE_NOT_KNOWN", "the site of this account is not known, so this policy may apply"),
                    ("tag:ExRedmond", "NOT_ASSIGNED", "it is not assigned to this account"),
                    ("tag:ExDublin", "NOT_ASSIGNED", "it is not assigned to this account"),
                    ("tag:Removed", "MISSING", "it is assigned, but no policy has this name"),
                ],
                id="assigned one missing, unknown pool",
            ),
        ],
    )
    def test_every_standing(
        self, subject: Subject, assigned: str | None, pool: str | None, expected: list[tuple[str, str, str]]
    ) -> None:
        """Each policy stands, in the deployment's order, as the clauses say, for the reason that the words give."""
        asked = attrs.evolve(subject, hosted_voicemail_policy=assigned, registrar_pool=pool)

        assert [
            Candidate(PolicyIdentity(identity), Standing[standing], reason) for identity, standing, reason in expected
        ] == list(explain(asked, DEPLOYMENT).candidates)

    def test_standings_are_six(self) -> None:
        """A policy stands in one of six ways, spelled as named."""
        standings = ["EFFECTIVE", "SHADOWED", "NOT_ASSIGNED", "OTHER_SITE", "SITE_NOT_KNOWN", "MISSING"]
        assert [standing.value for standing in Standing] == standings


class TestClauses:
    """The clauses that decided, as sentences."""

    @pytest.mark.parametrize(
        ("subject", "ids"),
        [
            (User(sip_address="zoe@contoso.com"), ["ROUTE-5"]),
            (ROY, ["ROUTE-4", "UM-1"]),
            (attrs.evolve(ROY, voice_mail_settings=TORN), ["ROUTE-2", "ROUTE-7", "ROUTE-3", "POL-11", "POL-3"]),
            (attrs.evolve(ATTENDANT, hosted_voicemail_policy="Removed"), ["ROUTE-9", "ROUTE-2", "POL-6", "POL-11", "POL-3"]),
        ],
        ids=["no voice mail", "on-premises", "hosted", "contact"],
    )
    def test_in_words(self, subject: Subject, ids: list[str]) -> None:
        """Each clause of the decision stands there whole, in the decision's order."""
        clauses = explain(subject, DEPLOYMENT).clauses

        assert [(id_, clause(id_).sentence) for id_ in ids] == [(one.id, one.sentence) for one in clauses]


@given(
    subject=st.one_of(
        st.builds(
            lambda values, proxies, **fields: attrs.evolve(ROY, voice_mail_settings=values, proxy_addresses=proxies, **fields),
            st.sampled_from([(), TORN, ("CsHostedVoiceMail=0",), ("ExchangeHostedVoiceMail=1",)]),
            st.sampled_from([(), (EUM,), (SECONDARY_EUM, EUM)]),
            hosted_voicemail_policy=st.sampled_from([None, "ExDublin", "Removed"]),
            registrar_pool=st.sampled_from([None, *(pool.fqdn for pool in POOLS)]),
        ),
        st.just(ATTENDANT),
    ),
    dial_plans=st.sampled_from([None, (), (UmDialPlan(phone_context="dp.contoso.com"),)]),
    reading=st.sampled_from(READINGS),
)
def test_explain_agrees_with_route(subject: Subject, dial_plans: tuple[UmDialPlan, ...] | None, reading: Reading) -> None:
    """What is explained is the decision, its clauses are those explained, and one candidate is the effective policy."""
    deployment = attrs.evolve(DEPLOYMENT, dial_plans=dial_plans)

    explanation = explain(subject, deployment, reading=reading)

    assert route(subject, deployment, reading=reading) == explanation.decision
    assert explanation.decision.clauses == tuple(one.id for one in explanation.clauses)
    assert [deployment.effective_policy(subject).identity] == [
        one.identity for one in explanation.candidates if one.standing is Standing.EFFECTIVE
    ]


def test_default_reading() -> None:
    """An explanation without a reading is that of the default one."""
    torn = attrs.evolve(ROY, voice_mail_settings=TORN)

    assert explain(torn, DEPLOYMENT, reading=Reading()) == explain(torn, DEPLOYMENT)


def test_explanation_is_under_the_reading_that_was_given() -> None:
    """The decision is the one under the reading, and the explanation carries it."""
    user = User(sip_address="a@contoso.com", voice_mail_settings=("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1"))
    reading = Reading(authors_disagree=AuthorsDisagree.EXCHANGE_WINS)
    explanation = explain(user, Deployment(users=(user,)), reading=reading)
    assert explanation.reading is reading
    assert explanation.decision == route(user, Deployment(users=(user,)), reading=reading)
    assert explanation.decision != route(user, Deployment(users=(user,)))
