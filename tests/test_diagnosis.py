"""The diagnosis: what of a symptom's causes the document rules out, what it shows, and what is to be checked by hand."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exum_routing import (
    READINGS,
    AccessEdgeConfiguration,
    Deployment,
    Diagnosis,
    EdgeConfiguration,
    EdgeReplica,
    HostedUmService,
    Mailbox,
    Pool,
    PoolVersion,
    Subject,
    Symptom,
    UriType,
    clause,
    cli,
    diagnose,
    route,
)
from exum_routing.audit import audit
from exum_routing.call import CallFault, Refused, trace_call
from exum_routing.deployment import Tenant
from exum_routing.diagnosis import CAUSES, Verdict
from exum_routing.errors import InvalidValue, UnknownSipAddress
from exum_routing.interchange.answers import diagnosis_to_json, diagnosis_to_text
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.schema import schema
from exum_routing.routing import EdgeFault, NotRoutedReason
from exum_routing.sip import Invite
from exum_routing.testing import (
    a_contact,
    a_deployment,
    a_dial_plan,
    a_hosted_um_service,
    a_policy,
    a_provider,
    a_user,
)
from exum_routing.testing.strategies import subjects_in_deployments

sys.path.insert(0, str(Path(__file__).parent.parent / "docs"))

from diagnosis_tables import tables

FIELD = Path(__file__).parent / "field"
POOL = "pool.contoso.com"
SETTINGS = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
HYBRID = a_provider("sipfed.online.lync.com", hosts_ocs_users=True)
EXO = "exap.um.outlook.com"


class Row(NamedTuple):
    """Deployments by what they say of a cause, each with one account."""

    shown: tuple[Deployment, ...] = ()
    ruled_out: tuple[Deployment, ...] = ()
    to_check: tuple[Deployment, ...] = ()


def hosted(**parts: Any) -> Deployment:
    """A user who is routed to hosted UM."""
    return a_deployment(a_user(hosted=True, registrar_pool=POOL), **parts)


def contact(**parts: Any) -> Deployment:
    """A contact object of hosted UM."""
    return a_deployment(a_contact("alice@contoso.com", registrar_pool=POOL), **parts)


def on_premises(**parts: Any) -> Deployment:
    """A user who is routed to on-premises UM."""
    return a_deployment(a_user(on_premises=True), **parts)


def at_edge(*providers: Any, **settings: Any) -> Deployment:
    """A user who is routed to hosted UM, and a replica with other Access Edge settings or providers."""
    configuration = EdgeConfiguration(access_edge=attrs.evolve(SETTINGS, **settings), providers=providers)
    return hosted(edge_replica=EdgeReplica(fqdn="edge.contoso.com", configuration=configuration))


def on_pool(version: PoolVersion | None) -> Deployment:
    """A contact object on a pool of a version."""
    return contact(pools=[Pool(fqdn=POOL, site="Redmond", version=version)])


def holding(*values: str, **fields: Any) -> Deployment:
    """A user whose attribute holds these values."""
    return a_deployment(a_user(voice_mail_settings=values, **fields))


def served(*tenants: Tenant) -> HostedUmService:
    """Exchange Online with tenants."""
    return HostedUmService(fqdn=EXO, tenants=tenants)


NOBODY = a_deployment(a_user())
EMPTY_GLOBAL = [a_policy(destination=None, organizations=())]
SITE_NOT_KNOWN = a_deployment(
    a_user(hosted=True), policies=[a_policy(), a_policy("site:Redmond", destination=None, organizations=())]
)
TENANT = "contoso.onmicrosoft.com"
NO_MAILBOXES = Tenant(organization=TENANT)
OFF = Mailbox(sip_address="alice@contoso.com", voicemail_enabled=False)
TORN = holding("CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0")
BY_HAND_HOSTED = Row((), (NOBODY, on_premises()), (hosted(), SITE_NOT_KNOWN))
BY_HAND_ON_PREMISES = Row((), (NOBODY, hosted(), on_premises(dial_plans=())), (on_premises(), on_premises(dial_plans=None)))
ALWAYS = Row((), (), (NOBODY, hosted(), on_premises(), contact()))
ROWS = {
    "without-voice-mail": Row(
        (NOBODY, a_deployment(a_user(hosted=False))), (hosted(), on_premises(), contact(), SITE_NOT_KNOWN), (TORN,)
    ),
    "policy-without-destination": Row(
        (hosted(policies=EMPTY_GLOBAL), contact(policies=EMPTY_GLOBAL)), (hosted(), on_premises(), NOBODY), (SITE_NOT_KNOWN,)
    ),
    "dial-plan-missing": Row(
        (on_premises(dial_plans=()),), (on_premises(), hosted(), SITE_NOT_KNOWN), (on_premises(dial_plans=None),)
    ),
    "dial-plan-without-server": Row(
        (
            on_premises(dial_plans=[a_dial_plan(um_servers=())]),
            on_premises(dial_plans=[a_dial_plan(uri_type=UriType.TEL_EXTN)]),
        ),
        (on_premises(), hosted(), on_premises(dial_plans=())),
        (on_premises(dial_plans=None),),
    ),
    "contact-on-2019-pool": Row(
        (on_pool(PoolVersion.SERVER_2019),),
        (on_pool(PoolVersion.SERVER_2015), hosted()),
        (on_pool(None), contact(pools=()), a_deployment(a_contact("alice@contoso.com"))),
    ),
    "publication-not-read": ALWAYS,
    "exum-routing-disabled": ALWAYS,
    "edge-replica": Row(
        (
            at_edge(a_provider(), allow_federated_users=False),
            at_edge(HYBRID),
            hosted(edge_replica=EdgeReplica()),
            attrs.evolve(at_edge(a_provider(), allow_federated_users=False), edge=None),
        ),
        (at_edge(a_provider()), NOBODY),
        (hosted(), at_edge(), SITE_NOT_KNOWN),
    ),
    "default-routing": Row(
        (hosted(edge=AccessEdgeConfiguration()), hosted(edge=AccessEdgeConfiguration(), edge_replica=EdgeReplica())),
        (hosted(), attrs.evolve(at_edge(a_provider()), edge=AccessEdgeConfiguration()), on_premises()),
        (hosted(edge=None), attrs.evolve(at_edge(a_provider(), use_dns_srv_routing=False), edge=None), SITE_NOT_KNOWN),
    ),
    "federation-not-allowed": Row(
        (hosted(edge=AccessEdgeConfiguration(use_dns_srv_routing=True)),),
        (hosted(), at_edge(), attrs.evolve(at_edge(), edge=None)),
        (hosted(edge=None),),
    ),
    "destination-without-provider": Row(
        (hosted(providers=[HYBRID]), hosted(providers=[HYBRID], edge=None)),
        (hosted(), hosted(edge=None), attrs.evolve(at_edge(a_provider()), providers=[HYBRID]), on_premises()),
        (hosted(providers=()), attrs.evolve(at_edge(), providers=())),
    ),
    "provider-settings": Row(
        (hosted(providers=[a_provider(enabled=False)]), hosted(providers=[a_provider(is_local=True)], edge=None)),
        (hosted(), hosted(providers=[HYBRID]), attrs.evolve(at_edge(HYBRID), providers=[a_provider(enabled=False)]), NOBODY),
        (hosted(providers=()), attrs.evolve(at_edge(), providers=())),
    ),
    "no-hybrid-provider": Row(
        (hosted(), hosted(providers=[a_provider(), attrs.evolve(HYBRID, enabled=False)])),
        (hosted(providers=[a_provider(), HYBRID]), hosted(policies=[a_policy(destination="um.fabrikam.com")]), NOBODY),
        (hosted(providers=()),),
    ),
    "organization-missing": Row((hosted(policies=[a_policy(organizations=())]),), (hosted(), NOBODY), (SITE_NOT_KNOWN,)),
    "other-cloud": Row(
        (hosted(policies=[a_policy(organizations=["contoso.partner.onmschina.cn"])]),),
        (hosted(), hosted(policies=[a_policy(destination="um.fabrikam.com", organizations=["contoso.com"])]), NOBODY),
        (
            hosted(policies=[a_policy(organizations=["contoso.com"])]),
            hosted(policies=[a_policy(organizations=())]),
            hosted(policies=[a_policy(destination="um.fabrikam.com")]),
        ),
    ),
    "tenant-not-hosted": Row(
        (hosted(hosted_um_services=[served(Tenant(organization="fabrikam.com"))]),),
        (
            hosted(hosted_um_services=[a_hosted_um_service("alice@contoso.com")]),
            hosted(policies=[a_policy(organizations=())]),
            NOBODY,
        ),
        (hosted(), hosted(hosted_um_services=[HostedUmService(fqdn=EXO)])),
    ),
    "mailbox-missing": Row(
        (hosted(hosted_um_services=[a_hosted_um_service("roy@contoso.com")]),),
        (hosted(hosted_um_services=[a_hosted_um_service("alice@contoso.com")]), contact(), NOBODY),
        (hosted(), hosted(hosted_um_services=[served(NO_MAILBOXES)]), hosted(hosted_um_services=[served()])),
    ),
    "voice-mail-turned-off": Row(
        (hosted(hosted_um_services=[a_hosted_um_service(OFF)]),),
        (contact(), NOBODY),
        (hosted(), hosted(hosted_um_services=[a_hosted_um_service("alice@contoso.com")])),
    ),
    "contact-of-cloud-voicemail": Row(
        (contact(),),
        (hosted(), contact(policies=[a_policy(destination="um.fabrikam.com")]), contact(policies=EMPTY_GLOBAL)),
        (attrs.evolve(SITE_NOT_KNOWN, users=(), contacts=[a_contact("alice@contoso.com")]),),
    ),
    "federation-record": BY_HAND_HOSTED,
    "sip-tls-record": BY_HAND_HOSTED,
    "default-sip-domain": BY_HAND_HOSTED,
    "firewall": BY_HAND_HOSTED,
    "edge-certificate": BY_HAND_HOSTED,
    "identity-not-verified": BY_HAND_HOSTED,
    "not-provisioned": BY_HAND_HOSTED,
    "service-unavailable": BY_HAND_HOSTED,
    "um-servers-refuse": BY_HAND_ON_PREMISES,
    "um-start-up-mode": BY_HAND_ON_PREMISES,
    "voip-security": BY_HAND_ON_PREMISES,
    "indicator-dark": Row((NOBODY, holding("ExchangeHostedVoiceMail=1"), on_premises()), (hosted(), contact())),
    "without-enterprise-voice": Row(
        (holding(enterprise_voice_enabled=False),), (holding(enterprise_voice_enabled=True), contact()), (NOBODY,)
    ),
    "oauth-or-ews": ALWAYS,
    "write-back": Row((), (contact(),), (NOBODY, hosted())),
    "switched-off": Row((), (contact(),), (NOBODY, hosted())),
    "never-enabled": Row((), (hosted(), contact()), (NOBODY,)),
    "other-attribute-values": Row((holding("Managed=1"),), (contact(),), (NOBODY, hosted())),
    "document-older": ALWAYS,
}


def verdicts(found: Diagnosis) -> dict[str, Verdict]:
    """What is said of every cause."""
    return {one.cause.id: one.verdict for one in (*found.ruled_out, *found.shown, *found.to_check)}


def verdict(deployment: Deployment, cause: str) -> Verdict:
    """What is said of a cause for the one account of a deployment, whichever of its symptoms is asked about."""
    (address,) = deployment.by_address
    symptoms = next(one.symptoms for one in CAUSES if one.id == cause)
    (said,) = {verdicts(diagnose(deployment, address, symptom))[cause] for symptom in symptoms}
    return said


class TestTable:
    """The table of causes."""

    def test_every_row_is_tried(self) -> None:
        """Each cause has its deployments here, and no two causes share a name."""
        assert [one.id for one in CAUSES] == list(ROWS)

    @pytest.mark.parametrize("cause", ROWS)
    def test_a_document_shows_rules_out_or_cannot_tell(self, cause: str) -> None:
        """Of each deployment exactly what it proves."""
        row = ROWS[cause]
        assert [verdict(one, cause) for one in row.shown] == [Verdict.SHOWN] * len(row.shown)
        assert [verdict(one, cause) for one in row.ruled_out] == [Verdict.RULED_OUT] * len(row.ruled_out)
        assert [verdict(one, cause) for one in row.to_check] == [Verdict.TO_CHECK] * len(row.to_check)

    def test_clauses_exist_and_every_symptom_has_causes(self) -> None:
        """What a cause rests on is in the specification, and each symptom has at least two causes."""
        assert all(clause(one) for cause in CAUSES for one in cause.clauses)
        assert all(sum(symptom in cause.symptoms for cause in CAUSES) > 1 for symptom in Symptom)

    def test_the_page_has_the_tables(self) -> None:
        """docs/diagnosis.md has the tables that docs/diagnosis_tables.py writes."""
        page = Path("docs/diagnosis.md").read_text(encoding="utf-8")
        assert all(table in page for table in tables())

    def test_a_check_names_the_hosts(self) -> None:
        """The account, its domain, its pool and the Destination stand in the checks; unknown ones are words in capitals."""
        found = diagnose(hosted(), "alice@contoso.com", Symptom.FAST_BUSY)
        checks = " ".join(one.check for one in found.to_check)
        assert f"Service:Registrar:{POOL}/ExumRouting" in checks
        assert f"Test-NetConnection {EXO} -Port 5061" in checks
        assert "_sipfederationtls._tcp.contoso.com" in checks
        assert "Get-CsOnlineUser -Identity 'sip:alice@contoso.com'" in checks
        unknown = diagnose(SITE_NOT_KNOWN, "alice@contoso.com", Symptom.FAST_BUSY)
        assert "Test-NetConnection DESTINATION -Port 5061" in " ".join(one.check for one in unknown.to_check)
        served = diagnose(on_premises(), "alice@contoso.com", Symptom.ID_15030)
        assert "for dial plan dp.contoso.com" in " ".join(one.check for one in served.to_check)

    @pytest.mark.parametrize("cause", CAUSES, ids=lambda one: one.id)
    def test_a_check_says_where(self, cause: Any) -> None:
        """Each check begins with the machine or the shell where it runs, or with whom to ask."""
        assert cause.check.startswith(("On ", "In ", "Ask ", "Export "))


class TestReadings:
    """What the source leaves open."""

    def test_every_reading_has_to_agree(self) -> None:
        """Where one reading routes and another does not, the causes on the way are to be checked, and why is said."""
        found = diagnose(TORN, "alice@contoso.com", Symptom.FAST_BUSY)
        (torn,) = (one for one in found.to_check if one.cause.id == "without-voice-mail")
        assert torn.because == "The route rests on how ROUTE-7 is read, which the source leaves open."


class TestErrors:
    """What cannot be asked."""

    def test_an_unknown_user_and_another_type_are_refused(self) -> None:
        """Nobody's address, and a text for a symptom."""
        with pytest.raises(UnknownSipAddress):
            diagnose(NOBODY, "bob@contoso.com", Symptom.FAST_BUSY)
        with pytest.raises(InvalidValue, match="'503' is not a Symptom"):
            diagnose(NOBODY, "alice@contoso.com", "503")  # type: ignore[arg-type]


symptoms = st.sampled_from(Symptom)


@given(subjects_in_deployments(), symptoms)
def test_every_cause_is_in_one_group(pair: tuple[Subject, Deployment], symptom: Symptom) -> None:
    """Each cause of the symptom is in exactly one of the three groups, in alphabetical order, and no other is in any."""
    found = diagnose(pair[1], pair[0].sip_address, symptom)
    groups = {Verdict.RULED_OUT: found.ruled_out, Verdict.SHOWN: found.shown, Verdict.TO_CHECK: found.to_check}
    listed = [one.cause.id for group in groups.values() for one in group]
    assert sorted(listed) == sorted(one.id for one in CAUSES if symptom in one.symptoms)
    for said, group in groups.items():
        assert all(one.verdict is said for one in group)
        assert [one.cause.id for one in group] == sorted(one.cause.id for one in group)


def _services(deployment: Deployment, change: Callable[[HostedUmService], HostedUmService]) -> Deployment:
    return attrs.evolve(deployment, hosted_um_services=tuple(map(change, deployment.hosted_um_services)))


def _without_mailboxes(service: HostedUmService) -> HostedUmService:
    tenants = None if service.tenants is None else tuple(attrs.evolve(one, mailboxes=None) for one in service.tenants)
    return attrs.evolve(service, tenants=tenants)


PARTS: dict[str, Callable[[Deployment], Deployment]] = {
    "Pools": lambda one: attrs.evolve(one, pools=()),
    "Pools[].Version": lambda one: attrs.evolve(one, pools=[attrs.evolve(pool, version=None) for pool in one.pools]),
    "UmDialPlans": lambda one: attrs.evolve(one, dial_plans=None),
    "AccessEdgeConfiguration": lambda one: attrs.evolve(one, edge=None),
    "HostingProviders": lambda one: attrs.evolve(one, providers=()),
    "HostedUmServices": lambda one: attrs.evolve(one, hosted_um_services=()),
    "Tenants": lambda one: _services(one, lambda service: attrs.evolve(service, tenants=None)),
    "Mailboxes": lambda one: _services(one, _without_mailboxes),
    "EnterpriseVoiceEnabled": lambda one: attrs.evolve(
        one, users=[attrs.evolve(user, enterprise_voice_enabled=None) for user in one.users]
    ),
}
"""The parts that a document may lack, each with what takes it out."""


@given(subjects_in_deployments(), symptoms, st.sampled_from(sorted(PARTS)))
def test_a_missing_part_proves_nothing(pair: tuple[Subject, Deployment], symptom: Symptom, part: str) -> None:
    """Without a part, every verdict is what it was, or the cause is to be checked."""
    subject, deployment = pair
    before = verdicts(diagnose(deployment, subject.sip_address, symptom))
    after = verdicts(diagnose(PARTS[part](deployment), subject.sip_address, symptom))
    assert all(after[cause] in {before[cause], Verdict.TO_CHECK} for cause in before)


@given(subjects_in_deployments(), symptoms)
def test_a_missing_replica_proves_nothing(pair: tuple[Subject, Deployment], symptom: Symptom) -> None:
    """Without the replica, nothing is ruled out that was not, and what was to be checked still is."""
    subject, deployment = pair
    before = verdicts(diagnose(deployment, subject.sip_address, symptom))
    after = verdicts(diagnose(attrs.evolve(deployment, edge_replica=None), subject.sip_address, symptom))
    for cause, said in before.items():
        assert after[cause] is not Verdict.RULED_OUT or said is Verdict.RULED_OUT
        assert said is not Verdict.TO_CHECK or after[cause] is Verdict.TO_CHECK


@given(subjects_in_deployments(), symptoms, st.data())
def test_order_does_not_matter(pair: tuple[Subject, Deployment], symptom: Symptom, data: st.DataObject) -> None:
    """The answer, its sentences and checks included, is the same in any order of what has none."""
    subject, deployment = pair
    parts = ("users", "contacts", "policies", "providers", "pools", "dial_plans", "hosted_um_services")
    given_parts = {name: getattr(deployment, name) for name in parts if getattr(deployment, name)}
    shuffled: dict[str, Any] = {name: data.draw(st.permutations(values)) for name, values in given_parts.items()}
    other = attrs.evolve(deployment, **shuffled)
    assert diagnose(other, subject.sip_address, symptom) == diagnose(deployment, subject.sip_address, symptom)


OF_REASON = {
    NotRoutedReason.NO_VOICE_MAIL: {"without-voice-mail"},
    NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED: {"without-voice-mail"},
    NotRoutedReason.POLICY_WITHOUT_DESTINATION: {"policy-without-destination"},
    NotRoutedReason.NO_DIAL_PLAN: {"dial-plan-missing"},
    NotRoutedReason.NO_UM_SERVER: {"dial-plan-without-server"},
    CallFault.CONTACT_ON_2019_POOL: {"contact-on-2019-pool"},
    CallFault.NO_TENANT: {"tenant-not-hosted", "organization-missing"},
    CallFault.NO_MAILBOX: {"mailbox-missing"},
    CallFault.VOICE_MAIL_NOT_ENABLED: {"voice-mail-turned-off"},
    CallFault.REFUSED_AT_EDGE: {
        "edge-replica",
        "default-routing",
        "federation-not-allowed",
        "destination-without-provider",
        "provider-settings",
    },
}
"""The causes that refuse a call, by the reason that a trace gives."""


def _trace(subject: Subject, deployment: Deployment) -> Refused | None:
    outcome = trace_call(Invite.of_call("caller@example.com", subject.sip_address), deployment).outcome
    return outcome if isinstance(outcome, Refused) else None


@given(subjects_in_deployments())
def test_what_refuses_a_call_is_shown(pair: tuple[Subject, Deployment]) -> None:
    """Where a trace is refused under every reading, the diagnosis shows the cause, and no other hop's alone."""
    subject, deployment = pair
    refused = _trace(subject, deployment)
    decisions = {route(subject, deployment, reading=reading) for reading in READINGS}
    if refused is None or len(decisions) > 1 or any("POL-11" in one.clauses for one in decisions):
        return
    replica = deployment.edge_replica
    at_edge = deployment if replica is None else replica.configuration
    if refused.edge_faults == (EdgeFault.NO_HOSTING_PROVIDER,) and at_edge is not None and not at_edge.providers:
        return  # the document gives no provider at all, so that none may only not have been exported
    found = diagnose(deployment, subject.sip_address, Symptom.FAST_BUSY)
    assert {one.cause.id for one in found.shown} & OF_REASON[refused.reason]


@given(subjects_in_deployments())
def test_a_shown_cause_refuses_the_call(pair: tuple[Subject, Deployment]) -> None:
    """Where the diagnosis shows a cause that the call model has, the trace is refused."""
    subject, deployment = pair
    found = diagnose(deployment, subject.sip_address, Symptom.FAST_BUSY)
    known = set().union(*OF_REASON.values())
    if deployment.edge_is_known and known & {one.cause.id for one in found.shown}:
        assert _trace(subject, deployment) is not None


AUDIT_RULES = {
    "dial-plan-missing": {"dial-plan-missing"},
    "contact-on-2019-pool": {"contact-on-2019-pool"},
    "contact-of-cloud-voicemail": {"contact-of-cloud-voicemail"},
    "dial-plan-without-server": {"dial-plan-without-server", "dial-plan-not-sip-uri"},
    "default-routing": {"default-routing"},
    "federation-not-allowed": {"federation-not-allowed"},
    "destination-without-provider": {"destination-without-provider"},
    "provider-settings": {"provider-disabled", "provider-not-shared", "provider-hosts-ocs-users", "provider-is-local"},
    "policy-without-destination": {"policy-without-destination", "contact-without-destination"},
    "no-hybrid-provider": {"no-hybrid-provider"},
    "organization-missing": {"organization-missing"},
    "other-cloud": {"other-cloud"},
    "tenant-not-hosted": {"tenant-not-hosted"},
    "mailbox-missing": {"mailbox-missing"},
    "voice-mail-turned-off": {"voice-mail-turned-off"},
    "other-attribute-values": {"other-attribute-values", "misspelled-pair"},
}
"""Causes that the audit finds as well, with its rules."""


@given(subjects_in_deployments(), symptoms)
def test_a_shown_cause_is_a_finding(pair: tuple[Subject, Deployment], symptom: Symptom) -> None:
    """What the diagnosis shows, the audit finds too, where it has a rule of it."""
    subject, deployment = pair
    shown = {one.cause.id for one in diagnose(deployment, subject.sip_address, symptom).shown}
    rules = {finding.rule for finding in audit(deployment)}
    assert all(AUDIT_RULES[cause] & rules for cause in shown & set(AUDIT_RULES))


class Expected(NamedTuple):
    """What a case's diagnosis has to say."""

    user: str
    symptom: str
    shown: set[str]
    to_check: set[str]
    """Some of what is to be checked."""


RECORDS = {"federation-record", "sip-tls-record", "default-sip-domain", "firewall"}
CASES = {
    "04b-granted-but-not-enabled": Expected(
        "anna", "attribute-empties", set(), {"never-enabled", "switched-off", "write-back"}
    ),
    "05-sipfederationtls-record-missing": Expected("anna", "fast-busy", set(), RECORDS),
    "06-srv-record-port-100": Expected("anna", "15030", set(), RECORDS),
    "12b-no-hybrid-provider": Expected("anna", "fast-busy", {"no-hybrid-provider"}, RECORDS),
    "14-subscriber-access-after-um-online": Expected("sa", "fast-busy", {"contact-of-cloud-voicemail"}, RECORDS),
    "15-contacts-on-2019-pool": Expected("aa2019", "15000", {"contact-on-2019-pool"}, {"publication-not-read"}),
    "18-replication-cannot-reach-edge": Expected("anna", "15030", {"edge-replica"}, RECORDS),
    "20-firewall-to-exap": Expected("anna", "15030", set(), RECORDS),
    "21-on-premises-mailbox-without-hybrid-mail": Expected("anna", "indicator-dark", set(), {"oauth-or-ews"}),
    "22-teams-calling-policy-switches-off": Expected("anna", "15030", {"voice-mail-turned-off"}, RECORDS),
    "24-voip-security-of-dial-plan": Expected("anna", "fast-busy", set(), {"voip-security", "um-start-up-mode"}),
    "27-21vianet-and-gcc-high": Expected("ben", "15030", {"no-hybrid-provider", "other-cloud"}, RECORDS),
    "28-exchange-wrote-the-pair": Expected("anna", "indicator-dark", {"indicator-dark"}, {"oauth-or-ews"}),
    "R3-remedies-that-cannot-be-rehearsed": Expected("roy", "fast-busy", {"dial-plan-without-server"}, {"document-older"}),
}


def field(name: str) -> Deployment:
    """The document of a reported case."""
    return read_deployment((FIELD / f"{name}.json").read_bytes())


class TestField:
    """The cases that were reported in public."""

    @pytest.mark.parametrize("name", CASES)
    def test_a_case_says_what_it_must(self, name: str) -> None:
        """What the document shows, exactly; and what an engineer who knew more found, among what is to be checked."""
        case = CASES[name]
        found = diagnose(field(name), f"{case.user}@contoso.com", Symptom(case.symptom))
        assert {one.cause.id for one in found.shown} == case.shown
        assert {one.cause.id for one in found.to_check} >= case.to_check

    def test_equal_documents_have_equal_answers(self) -> None:
        """The cases whose documents are equal: whatever the engineer found is to be checked in each, nothing is shown."""
        equal = ("05-sipfederationtls-record-missing", "10-grant-empty-policy-name", "11-turn-voice-mail-off")
        for symptom in Symptom:
            answers = [diagnose(field(name), "anna@contoso.com", symptom) for name in equal]
            assert answers[1:] == answers[:1] * 2
            assert answers[0].shown == ()

    def test_the_other_contact_is_not_the_cause(self) -> None:
        """The contact object on the pool of 2015 is ruled out, by the name of its pool."""
        found = diagnose(field("15-contacts-on-2019-pool"), "aa2015@contoso.com", Symptom.ID_15000)
        assert [one.because for one in found.ruled_out] == [
            "It is a contact object on pool2015.contoso.com, which runs Skype for Business Server 2015."
        ]


VALIDATOR = Draft202012Validator(schema("diagnosis"))


@given(subjects_in_deployments(), symptoms)
def test_json_follows_the_schema_and_text_has_every_cause(pair: tuple[Subject, Deployment], symptom: Symptom) -> None:
    """The JSON is valid by its schema, and the text names every cause, the groups in their order."""
    found = diagnose(pair[1], pair[0].sip_address, symptom)
    answer = json.loads(json.dumps(diagnosis_to_json(found)))
    assert [error.message for error in VALIDATOR.iter_errors(answer)] == []
    text = diagnosis_to_text(found)
    words = text.replace(",", " ").replace(":", " ").split()
    assert all(cause in words for cause in verdicts(found))
    places = [text.index(title) for title in ("Ruled out by", "Shown by", "To check by hand")]
    assert places == sorted(places)


def run(*arguments: str) -> Any:
    """Run the command in this process."""
    return CliRunner().invoke(cli.main, ["diagnose", str(FIELD / "15-contacts-on-2019-pool.json"), *arguments])


class TestCommand:
    """``exum-routing diagnose``."""

    def test_text(self) -> None:
        """Exactly what a person reads."""
        result = run("--user", "aa2019@contoso.com", "--symptom", "15000")
        assert result.exit_code == 0
        assert result.stdout == (
            'sip:aa2019@contoso.com (15000): the caller gets ms-diagnostics 15000, "Unable to read the user\n'
            '  properties publication"\n'
            "Ruled out by the document\n"
            "  nothing\n"
            "Shown by the document\n"
            "  contact-on-2019-pool: A contact object is called whose pool runs Skype for Business Server 2019.\n"
            "    It is a contact object on pool2019.contoso.com, which runs Skype for Business Server 2019.\n"
            "To check by hand: possible causes in alphabetical order, none more likely than another\n"
            "  document-older: The settings were changed between the symptom and the export, so the document\n"
            "    shows another state.\n"
            "    No document holds it. Export the document again and compare the two with exum-routing diff.\n"
            "  publication-not-read: The Front End Server cannot read what the account publishes, for another\n"
            "    reason.\n"
            "    No document holds it. On the Front End Server: the event log Lync Server, and a trace of the\n"
            "      component ExumRouting with the Centralized Logging Service.\n"
        )

    def test_json(self) -> None:
        """One object, that of the library; symptoms are taken in any case, addresses with and without their scheme."""
        result = run("--user", "sip:AA2019@contoso.com", "--symptom", "Fast-Busy", "--json")
        found = diagnose(field("15-contacts-on-2019-pool"), "aa2019@contoso.com", Symptom.FAST_BUSY)
        assert json.loads(result.stdout) == diagnosis_to_json(found)

    def test_a_contact_is_also_known_by_its_number(self) -> None:
        """A DisplayNumber of one contact object stands for it; one that nobody has is refused."""
        assert run("--user", "+14255550100", "--symptom", "15000").stdout.startswith("sip:aa2019@contoso.com (15000)")
        assert "the DisplayNumber of one contact" in run("--user", "+14255550199", "--symptom", "15000").stderr

    def test_unknown_user_is_refused_with_the_nearest(self) -> None:
        """One line, with the option, the address and the nearest one; nothing on standard output."""
        result = run("--user", "aa2018@contoso.com", "--symptom", "15000")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            "exum-routing: --user: 'aa2018@contoso.com' is the address of no user or contact in the deployment: "
            "the nearest one is aa2019@contoso.com\n"
        )

    def test_what_is_no_address_or_symptom_is_refused(self) -> None:
        """An address that is none with exit code 1, a symptom that is none as wrong usage."""
        assert "'anna' is not a SIP address" in run("--user", "anna", "--symptom", "15000").stderr
        result = run("--user", "anna@contoso.com", "--symptom", "15031")
        assert result.exit_code == 2
        assert "attribute-empties" in result.stderr
