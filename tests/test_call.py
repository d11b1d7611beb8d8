"""The whole way of a call to voice mail: what each hop does with an INVITE, and where the call ends."""

from typing import Any

import attrs
import pytest
from endings import mailbox_of

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeFault,
    EdgeReplica,
    Fqdn,
    HostedUmService,
    Mailbox,
    MailboxHome,
    NotRoutedReason,
    Pool,
    PoolVersion,
    Reading,
    RequestUriLayout,
    SeveralOrganizations,
    Tenant,
    UmServer,
    User,
)
from exum_routing.call import (
    USUAL,
    CallFault,
    CallTrace,
    Circumstances,
    Forwarded,
    HandedOver,
    Hop,
    NextHop,
    NotVoiceMail,
    Refused,
    call_voice_mail_indicator,
    edge,
    front_end,
    goes_to_voice_mail,
    hosted_um,
    trace_call,
)
from exum_routing.interchange.sip_message import read_invite
from exum_routing.sip import Invite, SipUri
from exum_routing.testing import (
    a_contact,
    a_deployment,
    a_dial_plan,
    a_hosted_um_service,
    a_policy,
    a_provider,
    a_user,
    an_invite,
)

CORP, OTHER = Fqdn("corp.contoso.com"), Fqdn("corp.litwareinc.com")
SERVICE = Fqdn("exap.um.outlook.com")
GRUU = "sip:av.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:1"
ALICE, BOB = a_user("alice@contoso.com", hosted=True), a_user("bob@contoso.com", hosted=True)
ROY, ZOE = a_user("roy@contoso.com", on_premises=True), a_user("zoe@contoso.com")
ATTENDANT = a_contact("aa@contoso.com", display_number="+14255550100", auto_attendant=True)
SERVERS = [UmServer(fqdn=f"um{number}.contoso.com", major_version=15) for number in (1, 2, 3)]
TO_ALICE = "sip:alice@contoso.com;maddr=exap.um.outlook.com;opaque=app:voicemail"
AT_ALICE = f"{TO_ALICE};ms-organization={CORP}"


def mailboxes(*owners: str) -> list[Mailbox]:
    """Mailboxes of these owners."""
    return [Mailbox(sip_address=owner) for owner in owners]


def deployment(**fields: Any) -> Deployment:
    """Alice and Bob are hosted, Roy is on-premises, Zoe has no voice mail; two tenants have mailboxes of Alice."""
    tenants = [
        Tenant(organization=CORP, mailboxes=mailboxes("alice@contoso.com", "bob@contoso.com")),
        Tenant(organization=OTHER, mailboxes=mailboxes("alice@contoso.com"), enable_transcription=False),
    ]
    parts: dict[str, Any] = {
        "policies": [a_policy(organizations=[CORP, OTHER])],
        "dial_plans": [a_dial_plan(um_servers=SERVERS[:2])],
        "hosted_um_services": [HostedUmService(fqdn=SERVICE, tenants=tenants)],
    }
    return a_deployment(ALICE, BOB, ROY, ZOE, ATTENDANT, **(parts | fields))


def leaving(invite: Invite, within: Deployment | None = None, circumstances: Circumstances = USUAL) -> Forwarded:
    """The INVITE as it leaves the Front End."""
    found = front_end(invite, within or deployment(), circumstances)
    assert isinstance(found, Forwarded)
    return found


def ending(invite: Invite, within: Deployment | None = None, circumstances: Circumstances = USUAL) -> Any:
    """How a call ends."""
    return trace_call(invite, within or deployment(), circumstances).outcome


def refusal(outcome: Any) -> tuple[str, str, int | None, int | None]:
    """Hop and reason of a refusal, status and id of its response."""
    assert isinstance(outcome, Refused)
    return outcome.hop.name, outcome.reason.name, outcome.response.status, outcome.response.error_id


class TestCall1:
    """Clause: CALL-1."""

    @pytest.mark.parametrize(
        ("request_uri", "voicemail"),
        [
            ("sip:alice@contoso.com", False),
            ("sip:alice@contoso.com;opaque=app:conf", False),
            ("sip:alice@contoso.com;opaque=app:voicemail", True),
            ("sip:alice@contoso.com;gruu;opaque=app:voicemail", True),
            ("SIPS:alice@contoso.com;OPAQUE=App%3AVoiceMail", True),
        ],
    )
    def test_either_is_enough(self, request_uri: str, voicemail: bool) -> None:
        """Answered, it goes there only if it is addressed so; unanswered, always."""
        invite = an_invite(request_uri=request_uri)
        assert goes_to_voice_mail(invite)
        assert goes_to_voice_mail(invite, answered=True) is voicemail

        answered = trace_call(invite, deployment(), answered=True)
        assert isinstance(answered.outcome, HandedOver if voicemail else NotVoiceMail)
        assert mailbox_of(trace_call(invite, deployment()).outcome)
        if not voicemail:
            assert answered == CallTrace(invite, (), NotVoiceMail(("CALL-1",)))


class TestCall2:
    """Clause: CALL-2."""

    FORGED = (("Diversion", "<sip:bob@contoso.com>"), ("DIVERSION", "no address"), ("diversion", "<sip:zoe@contoso.com>"))

    @pytest.mark.parametrize("number", [0, 1, 3])
    @pytest.mark.parametrize("callee", ["alice@contoso.com", "roy@contoso.com", "aa@contoso.com"])
    def test_none_is_left(self, number: int, callee: str) -> None:
        """However many there are, and whoever is called, none of them leaves, and the clause is said where there were any."""
        sent = an_invite(callee, headers=[*self.FORGED[:number], ("Diversion-2", "x")])
        found = leaving(sent)
        added = () if callee == "aa@contoso.com" else (f"<sip:{callee}>",)
        assert found.invite.values("Diversion") == added
        assert found.invite.values("Diversion-2") == ("x",)
        assert ("CALL-2" in found.clauses) is bool(number)

    def test_a_forged_one_reaches_no_mailbox(self) -> None:
        """Diversions to Bob leave Alice's voice mail in Alice's mailbox."""
        for caller in ("ken@fabrikam.com", "alice@contoso.com"):
            outcome = ending(an_invite(caller=caller, headers=self.FORGED))
            assert outcome.mailbox.sip_address == ALICE.sip_address


class TestCall3:
    """Clause: CALL-3."""

    @pytest.mark.parametrize(
        ("request_uri", "diversion"),
        [
            ("sip:alice@contoso.com", "<sip:alice@contoso.com>"),
            ("sip:alice@contoso.com;gruu;opaque=app:voicemail", "<sip:alice@contoso.com>"),
            ("sip:alice@contoso.com;lr?subject=x&Diversion=y", "<sip:alice@contoso.com>"),
            ("sip:alice@contoso.com?subject=x", "<sip:alice@contoso.com>"),
            ("sips:alice@contoso.com:5061;lr", "<sips:alice@contoso.com:5061>"),
            ("SIP:ALICE@CONTOSO.COM", "<SIP:ALICE@CONTOSO.COM>"),
            ("sip:%61lice@contoso.com", "<sip:%61lice@contoso.com>"),
        ],
    )
    @pytest.mark.parametrize(
        "caller", ["<sip:ken@fabrikam.com>", "<sip:alice@fabrikam.com>", "<sip:bob@contoso.com>", "<tel:+1>"]
    )
    def test_another_caller_gets_one(self, request_uri: str, diversion: str, caller: str) -> None:
        """There is one, behind the other headers, with the Request-URI as it was received and spelled."""
        found = leaving(an_invite(request_uri=request_uri, headers=[("From", caller)]))
        assert found.invite.headers[-1] == ("Diversion", diversion)
        assert len(found.invite.values("Diversion")) == 1
        assert "CALL-3" in found.clauses
        assert ending(an_invite(request_uri=request_uri, headers=[("From", caller)])).mailbox.sip_address == ALICE.sip_address

    @pytest.mark.parametrize("request_uri", ["sip:alice@contoso.com;opaque=app:voicemail", "sips:ALICE@contoso.com:5061?a=b"])
    @pytest.mark.parametrize(
        "caller", ["<sip:alice@contoso.com>", "Alice <SIPS:Alice@Contoso.com:5061;lr>;tag=1", "sip:%61lice@contoso.com"]
    )
    def test_the_owner_gets_none(self, request_uri: str, caller: str) -> None:
        """Scheme, case, port, escapes, parameters and headers do not make the owner another, and the mailbox is reached."""
        sent = an_invite(request_uri=request_uri, headers=[("f", caller), ("Diversion", "<sip:bob@contoso.com>")])
        found = leaving(sent)
        assert found.invite.values("Diversion") == ()
        assert "CALL-3" in found.clauses
        assert ending(sent).mailbox.sip_address == ALICE.sip_address

    def test_it_is_the_users_to_on_premises_um_too(self) -> None:
        """Roy's calls carry his address to the UM server, but for his own."""
        assert leaving(an_invite("roy@contoso.com")).invite.values("Diversion") == ("<sip:roy@contoso.com>",)
        assert leaving(an_invite("roy@contoso.com", caller="roy@contoso.com")).invite.values("Diversion") == ()


class TestCall4:
    """Clause: CALL-4."""

    FORGED = ("ms-mras-address", "<sip:mras.invalid>")

    @pytest.mark.parametrize("callee", ["alice@contoso.com", "roy@contoso.com", "aa@contoso.com"])
    def test_it_carries_the_gruu(self, callee: str) -> None:
        """It is there once, in the place of any that came with the INVITE."""
        found = leaving(an_invite(callee, headers=[self.FORGED]), deployment(av_edge_gruu=GRUU))
        assert found.invite.values("Ms-Mras-Address") == (f"<{GRUU}>",)
        assert "CALL-4" in found.clauses

    def test_without_an_av_edge_nothing_is_touched(self) -> None:
        """No A/V Edge, no header added, and what came is passed on."""
        found = leaving(an_invite(headers=[self.FORGED]))
        assert self.FORGED in found.invite.headers
        assert leaving(an_invite()).invite.values("Ms-Mras-Address") == ()
        assert "CALL-4" not in found.clauses


class TestCall5:
    """Clause: CALL-5."""

    @pytest.mark.parametrize(
        ("supported", "added"),
        [
            ([], True),
            ([("Supported", "timer")], True),
            ([("k", "")], True),
            ([("Supported", "ms-fe-2, xms-fe, ms-fe.")], True),
            ([("Require", "ms-fe")], True),
            ([("Supported", "ms-fe")], False),
            ([("k", "timer,\tMS-FE ,100rel")], False),
            ([("SUPPORTED", "timer"), ("k", "Ms-Fe")], False),
        ],
    )
    def test_it_is_added_where_it_is_missing(self, supported: list[tuple[str, str]], added: bool) -> None:
        """What is supported already stays as it is; the tag is added once, and only where no header names it."""
        found = leaving(an_invite(headers=supported))
        before = tuple(value for name, value in supported if name != "Require")
        assert found.invite.values("Supported") == (*before, *(("ms-fe",) if added else ()))
        assert ("CALL-5" in found.clauses) is added


class TestCall6:
    """Clause: CALL-6."""

    ONE, TWO, THREE = (server.fqdn for server in SERVERS)

    @pytest.mark.parametrize(
        ("turn", "unreachable", "server"),
        [
            (0, (), ONE),
            (1, (), TWO),
            (0, (ONE,), TWO),
            (1, (ONE,), TWO),
            (0, (TWO,), ONE),
            (1, (TWO,), ONE),
            (-1, (TWO,), ONE),
            (0, (ONE, TWO), None),
            (1, (ONE, TWO), None),
        ],
    )
    def test_the_other_of_two_um_servers_is_used(self, turn: int, unreachable: tuple[str, ...], server: Fqdn | None) -> None:
        """Whosever turn it is, the server that answers gets the call; where none does, it is dropped with 504 and 15030."""
        outcome = ending(an_invite("roy@contoso.com"), None, Circumstances(turn=turn, unreachable=unreachable))
        if server is None:
            assert refusal(outcome) == ("FRONT_END", "UNREACHABLE", 504, 15030)
            assert outcome.clauses[-3:] == ("UM-4", "UM-5", "CALL-6")
            assert outcome.edge_faults == ()
        else:
            assert outcome == HandedOver(NextHop(Hop.UM_SERVER, server), outcome.clauses)

    @pytest.mark.parametrize(
        ("turn", "tried", "unreachable", "server"),
        [
            (0, 2, (ONE, TWO), None),
            (1, 2, (ONE, TWO), THREE),
            (2, 2, (ONE, TWO), THREE),
            (2, 2, (THREE, ONE), None),
            (0, 1, (ONE,), None),
            (0, 3, (ONE, TWO), THREE),
            (0, 9, (ONE, TWO, THREE), None),
        ],
    )
    def test_at_most_two_are_tried(self, turn: int, tried: int, unreachable: tuple[str, ...], server: Fqdn | None) -> None:
        """A third server that would answer is not asked, unless more may be tried; it is named in the Request-URI."""
        within = deployment(dial_plans=[a_dial_plan(um_servers=SERVERS)])
        circumstances = Circumstances(turn=turn, unreachable=unreachable, servers_tried=tried)
        found = front_end(an_invite("roy@contoso.com"), within, circumstances)
        if isinstance(found, Refused):
            assert (server, refusal(found)) == (None, ("FRONT_END", "UNREACHABLE", 504, 15030))
        else:
            assert found.next_hop == NextHop(Hop.UM_SERVER, server, 5061, "TLS")
            assert f";maddr={server};" in found.invite.request_uri

    def test_no_known_server_is_no_unreachable_one(self) -> None:
        """Where the dial plans are not known, the call is handed to the UM server of whatever name."""
        found = ending(an_invite("roy@contoso.com"), deployment(dial_plans=None), Circumstances(unreachable=[self.ONE]))
        assert found.next_hop == NextHop(Hop.UM_SERVER, None)
        assert "UM-4" not in found.clauses

    def test_provider_that_does_not_answer(self) -> None:
        """The Edge drops a call whose provider does not answer."""
        outcome = ending(an_invite(), None, Circumstances(unreachable=[SERVICE]))
        assert refusal(outcome) == ("EDGE", "PROVIDER_UNREACHABLE", 504, None)
        assert (outcome.response.source, outcome.clauses) == ("contoso.com", ("EDGE-6", "CALL-6"))

    RECIPE = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)

    @pytest.mark.parametrize(
        ("parts", "fault"),
        [
            ({"edge": AccessEdgeConfiguration(use_dns_srv_routing=True)}, "FEDERATION_NOT_ALLOWED"),
            ({"providers": [a_provider(enabled=False)]}, "PROVIDER_DISABLED"),
            ({"providers": []}, "NO_HOSTING_PROVIDER"),
            ({"edge": AccessEdgeConfiguration(allow_federated_users=True)}, "NOT_DNS_SRV_ROUTING"),
            ({"edge_replica": EdgeReplica()}, "NO_CONFIGURATION"),
            ({"edge_replica": EdgeReplica(configuration=EdgeConfiguration(access_edge=RECIPE))}, "NO_HOSTING_PROVIDER"),
        ],
    )
    def test_each_fault_at_the_edge(self, parts: dict[str, Any], fault: str) -> None:
        """Whatever keeps a call from crossing is named by its own fault; the Edge answers 504 and 1005 for each."""
        trace = trace_call(an_invite(), deployment(**parts))
        assert isinstance(trace.outcome, Refused)
        assert refusal(trace.outcome) == ("EDGE", "REFUSED_AT_EDGE", 504, 1005)
        assert trace.outcome.edge_faults == (EdgeFault[fault],)
        assert [hop.hop for hop in trace.hops] == [Hop.FRONT_END]
        assert ("REPL-2" in trace.outcome.clauses) is (fault == "NO_CONFIGURATION")

    def test_an_edge_of_which_nothing_is_known(self) -> None:
        """Where neither settings nor a replica are given, the call is handed over to the Edge, and nothing is concluded."""
        trace = trace_call(an_invite(), deployment(edge=None))
        assert trace.outcome == HandedOver(NextHop(Hop.EDGE, None), trace.hops[0].clauses)
        assert trace.to_caller is None

    def test_all_faults_at_the_edge(self) -> None:
        """Every fault is listed, not the first alone."""
        provider = a_provider(enabled=False, enabled_shared_address_space=False, hosts_ocs_users=True, is_local=True)
        outcome = ending(an_invite(), deployment(edge=AccessEdgeConfiguration(), providers=[provider]))
        absent = {EdgeFault.NO_CONFIGURATION, EdgeFault.NO_HOSTING_PROVIDER}
        assert outcome.edge_faults == tuple(fault for fault in EdgeFault if fault not in absent)

    @pytest.mark.parametrize(
        ("user", "parts", "reason"),
        [
            (ZOE, {}, NotRoutedReason.NO_VOICE_MAIL),
            (a_user("zoe@contoso.com", hosted=False), {}, NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED),
            (ALICE, {"policies": [a_policy(destination=None)]}, NotRoutedReason.POLICY_WITHOUT_DESTINATION),
            (ROY, {"dial_plans": []}, NotRoutedReason.NO_DIAL_PLAN),
            (ROY, {"dial_plans": [a_dial_plan(um_servers=[])]}, NotRoutedReason.NO_UM_SERVER),
        ],
        ids=lambda value: value.name if isinstance(value, NotRoutedReason) else "",
    )
    @pytest.mark.parametrize("pool", [None, "pool01.contoso.com"])
    def test_not_routed(self, user: User, parts: dict[str, Any], reason: NotRoutedReason, pool: str | None) -> None:
        """Each reason is a response of its own, from the pool of the user or else in the name of the SIP domain."""
        homed = attrs.evolve(user, registrar_pool=pool)
        outcome = ending(an_invite(user.sip_address), a_deployment(homed, **parts))
        assert (outcome.hop, outcome.reason, outcome.response.status) == (Hop.FRONT_END, reason, 480)
        assert outcome.response.ms_diagnostics is None
        assert outcome.response.source == (pool or "contoso.com")
        assert outcome.clauses[-1] == "CALL-6"

    @pytest.mark.parametrize(
        ("fqdn", "expected"), [("edge.contoso.com", "edge.contoso.com"), (None, "contoso.com")], ids=["named", "not named"]
    )
    @pytest.mark.parametrize("unreachable", [(), (SERVICE,)])
    def test_source_at_the_edge(self, fqdn: str | None, expected: str, unreachable: tuple[str, ...]) -> None:
        """The Edge signs by its name where it is known; else the host of the Request-URI stands for it."""
        configuration = deployment().edge_configuration if unreachable else None
        within = deployment(edge_replica=EdgeReplica(fqdn=fqdn, configuration=configuration))
        assert ending(an_invite(), within, Circumstances(unreachable=unreachable)).response.source == expected
        assert leaving(an_invite(), within).next_hop == NextHop(Hop.EDGE, within.edge_replica.fqdn)  # type: ignore[union-attr]


class TestCall7:
    """Clause: CALL-7."""

    @pytest.mark.parametrize(
        ("organizations", "expected", "transcribed"),
        [
            ([CORP, OTHER], CORP, True),
            ([OTHER, CORP], OTHER, False),
            (["gone.contoso.com", OTHER, CORP], OTHER, False),
            (["gone.contoso.com"], None, None),
            ([], None, None),
        ],
    )
    def test_the_first_organization_hosted(
        self, organizations: list[str], expected: str | None, transcribed: bool | None
    ) -> None:
        """The tenant is that of the first organization, in the policy's order, that the service hosts; its settings hold."""
        outcome = ending(an_invite(), deployment(policies=[a_policy(organizations=organizations)]))
        if expected is None:
            assert refusal(outcome) == ("HOSTED_UM", "NO_TENANT", 404, None)
        else:
            assert (outcome.organization, outcome.transcribed) == (expected, transcribed)
            assert outcome.clauses == ("CALL-7", "CALL-8")

    def test_the_first_organization_sent(self) -> None:
        """By the reading that sends one organization alone, the others are not asked."""
        within = deployment(policies=[a_policy(organizations=["gone.contoso.com", CORP])])
        reading = Reading(several_organizations=SeveralOrganizations.FIRST)
        assert mailbox_of(ending(an_invite(), within))
        assert refusal(ending(an_invite(), within, Circumstances(reading=reading)))[1] == "NO_TENANT"

    @pytest.mark.parametrize("home", MailboxHome)
    @pytest.mark.parametrize("caller", ["ken@fabrikam.com", "alice@contoso.com"])
    def test_homed_on_premises_or_online_alike(self, home: MailboxHome, caller: str) -> None:
        """The voice mail is in the user's mailbox, wherever Exchange homes it."""
        mailbox = Mailbox(sip_address="alice@contoso.com", home=home)
        within = deployment(hosted_um_services=[a_hosted_um_service(mailbox, organizations=[CORP])])
        assert ending(an_invite(caller=caller), within).mailbox == mailbox

    @pytest.mark.parametrize(
        ("headers", "owner"),
        [
            ([("Diversion", "<sip:alice@contoso.com>")], True),
            ([("Diversion", '"A" <sips:ALICE@contoso.com:5061;lr>;reason=no-answer')], True),
            ([("Diversion", "sip:alice@contoso.com")], True),
            ([("Diversion", "<sip:alice@contoso.com>"), ("To", "<tel:+1>")], True),
            ([("From", "<sip:alice@contoso.com>")], True),
            ([("From", "<sip:ALICE@contoso.com:5061>;tag=1"), ("To", "Alice <sips:alice@contoso.com>")], True),
            ([], False),
            ([("From", "<tel:+1>"), ("To", "<tel:+1>")], False),
            ([("From", "<sip:bob@contoso.com>"), ("To", "<sip:bob@contoso.com>")], False),
            ([("From", "<sip:alice@contoso.com>"), ("To", "<sip:bob@contoso.com>")], False),
            ([("Diversion", "<sip:bob@contoso.com>")], False),
            ([("Diversion", "<tel:+1>")], False),
            ([("Diversion", "no address")], False),
            ([("Diversion", "<sip:alice@contoso.com>, <sip:bob@contoso.com>")], False),
            ([("Diversion", "<sip:alice@contoso.com>"), ("diversion", "<sip:alice@contoso.com>")], False),
            ([("Diversion", "no address"), ("From", "<sip:alice@contoso.com>")], False),
        ],
    )
    def test_the_owner(self, headers: list[tuple[str, str]], owner: bool) -> None:
        """One Diversion names the owner; without one, To does if it equals From; and the Request-URI names the same."""
        (service,) = deployment().hosted_um_services
        outcome = hosted_um(an_invite(request_uri=AT_ALICE, headers=headers), service)
        if owner:
            assert mailbox_of(outcome) == Mailbox(sip_address="alice@contoso.com")
        else:
            assert refusal(outcome) == ("HOSTED_UM", "NO_OWNER", 404, None)


class TestCall8:
    """Clause: CALL-8."""

    @pytest.mark.parametrize("caller", ["ken@fabrikam.com", "bob@contoso.com", "alice@contoso.com"])
    @pytest.mark.parametrize(
        "request_uri",
        [
            "sip:alice@contoso.com;gruu;opaque=app:voicemail",
            "sip:alice@contoso.com;opaque=app:voicemail;maddr=um.fabrikam.com;ms-organization=corp.fabrikam.com",
            "SIP:ALICE@CONTOSO.COM;user=phone",
            "sips:alice@contoso.com:5061",
        ],
    )
    def test_the_published_shapes(self, caller: str, request_uri: str) -> None:
        """A call to Alice's voice mail reaches Alice's mailbox, hop by hop, whoever calls and whatever else the URI says."""
        trace = trace_call(an_invite(caller=caller, request_uri=request_uri), deployment())
        expected = f"{TO_ALICE};ms-organization={CORP}%2C{OTHER}"
        assert [(one.hop, one.next_hop, one.invite.request_uri) for one in trace.hops] == [
            (Hop.FRONT_END, NextHop(Hop.EDGE, None), expected),
            (Hop.EDGE, NextHop(Hop.HOSTED_UM, SERVICE, 5061, "TLS"), expected),
        ]  # fmt: skip
        assert trace.hops[0].invite == trace.hops[1].invite
        assert isinstance(trace.outcome, HandedOver)
        assert trace.outcome.next_hop == NextHop(Hop.HOSTED_UM, SERVICE)
        assert (trace.outcome.mailbox, trace.outcome.organization) == (Mailbox(sip_address="alice@contoso.com"), CORP)

    def test_a_forged_to(self) -> None:
        """Alice calls her own address with Bob in To: nobody is the one owner, and no mailbox gets anything."""
        forged = an_invite(caller="alice@contoso.com", headers=[("To", "<sip:bob@contoso.com>")])
        assert forged.address == ALICE.sip_address
        assert refusal(ending(forged)) == ("HOSTED_UM", "NO_OWNER", 404, None)

    def test_a_forged_to_of_another_caller(self) -> None:
        """What To says does not matter where Diversion names the owner."""
        forged = an_invite(headers=[("To", "<sip:bob@contoso.com>")])
        assert ending(forged).mailbox.sip_address == ALICE.sip_address

    def test_a_tenant_that_the_policy_does_not_name(self) -> None:
        """A mailbox of another tenant of the service is not looked for."""
        within = deployment(hosted_um_services=[a_hosted_um_service("alice@contoso.com", organizations=["corp.fabrikam.com"])])
        assert refusal(ending(an_invite(), within))[1] == "NO_TENANT"

    def test_a_mailbox_of_a_later_tenant(self) -> None:
        """The first tenant hosted is the one; a mailbox of the owner in the next is not used in its place."""
        tenants = [
            Tenant(organization=CORP, mailboxes=()),
            Tenant(organization=OTHER, mailboxes=mailboxes("alice@contoso.com")),
        ]
        within = deployment(hosted_um_services=[HostedUmService(fqdn=SERVICE, tenants=tenants)])
        assert refusal(ending(an_invite(), within))[1] == "NO_MAILBOX"

    def test_tenants_and_mailboxes_that_are_not_known(self) -> None:
        """Tenants, or mailboxes of the tenant, that are not given are not known: the call is handed over without them."""
        tenant = Tenant(organization=CORP)
        for tenants, organization in ((None, None), ([tenant], CORP)):
            within = deployment(hosted_um_services=[HostedUmService(fqdn=SERVICE, tenants=tenants)])
            assert ending(an_invite(), within) == HandedOver(NextHop(Hop.HOSTED_UM, SERVICE), ("CALL-7",), organization)

    def test_a_service_that_is_not_known(self) -> None:
        """Where nothing is known of the service, the call ends with it, and nobody says that anything was deposited."""
        outcome = ending(an_invite(), deployment(hosted_um_services=[a_hosted_um_service(fqdn="um.fabrikam.com")]))
        assert outcome == HandedOver(NextHop(Hop.HOSTED_UM, SERVICE), ("EDGE-6",))


class TestCall9:
    """Clause: CALL-9."""

    @pytest.mark.parametrize(
        ("values", "lit"),
        [
            (("CsHostedVoiceMail=1",), True),
            (("cshostedvoicemail=1", "ExchangeHostedVoiceMail=0"), True),
            (("CsHostedVoiceMail=0",), False),
            (("ExchangeHostedVoiceMail=1",), False),
            (("ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=0"), False),
            (("CsHostedVoiceMail=2",), False),
            ((), False),
        ],
    )
    def test_indicator(self, values: tuple[str, ...], lit: bool) -> None:
        """What Exchange says does not light it."""
        assert call_voice_mail_indicator(User(sip_address="alice@contoso.com", voice_mail_settings=values)) is lit


class TestCall13:
    """Clause: CALL-13."""

    @pytest.mark.parametrize(
        "request_uri",
        [
            "sip:aa@contoso.com",
            "sips:AA@contoso.com:5061;opaque=app:voicemail",
            "sip:+14255550100@contoso.com;user=phone",
            "sip:%2B14255550100@gateway.fabrikam.com:5060",
        ],
    )
    def test_a_contact_by_address_and_by_number(self, request_uri: str) -> None:
        """A contact is called by its SIP address or its number at any domain."""
        found = leaving(an_invite(request_uri=request_uri))
        assert found.invite.request_uri.startswith("sip:+14255550100@contoso.com;maddr=exap.um.outlook.com;user=phone;")

    @pytest.mark.parametrize(
        "request_uri",
        [
            "sip:nobody@contoso.com",
            "sip:alice@fabrikam.com",
            "sip:contoso.com",
            "sip:alice:secret@contoso.com",
            "sip:alice@[::1]",
            "sip:14255550100@contoso.com",
            "sip:+142555501@contoso.com",
        ],
    )
    def test_nobody(self, request_uri: str) -> None:
        """Whoever is not there, or is no SIP address, is refused in the name of the host that was asked."""
        outcome = ending(an_invite(request_uri=request_uri))
        assert refusal(outcome) == ("FRONT_END", "UNKNOWN_CALLEE", 404, 1003)
        assert outcome.clauses == ("CALL-13",)
        assert outcome.response.source == request_uri.rpartition("@")[2].removeprefix("sip:")

    def test_two_contacts_with_one_number(self) -> None:
        """A number of two contacts names neither; their addresses still do."""
        twin = a_contact("sa@contoso.com", display_number=ATTENDANT.display_number)
        within = a_deployment(ATTENDANT, twin)
        assert refusal(ending(an_invite("+14255550100@contoso.com"), within))[1] == "UNKNOWN_CALLEE"
        for contact in (ATTENDANT, twin):
            assert leaving(an_invite(contact.sip_address), within).next_hop.hop is Hop.EDGE

    def test_an_address_comes_before_a_number(self) -> None:
        """A user whose address begins with a contact's number is the one who is called."""
        user = a_user("+14255550100@contoso.com", hosted=True)
        found = leaving(an_invite(user.sip_address), a_deployment(user, ATTENDANT))
        assert found.invite.values("Diversion") == ("<sip:+14255550100@contoso.com>",)


class TestCall14:
    """Clause: CALL-14."""

    @pytest.mark.parametrize(
        ("owners", "organization", "diversion", "expected"),
        [
            ([Mailbox(sip_address="alice@contoso.com")], OTHER, "alice@contoso.com", ("NO_TENANT", 404, None)),
            ([Mailbox(sip_address="alice@contoso.com")], CORP, "bob@contoso.com", ("NO_OWNER", 404, None)),
            ([Mailbox(sip_address="bob@contoso.com")], CORP, "alice@contoso.com", ("NO_MAILBOX", 404, None)),
            (
                [Mailbox(sip_address="alice@contoso.com", voicemail_enabled=False)],
                CORP,
                "alice@contoso.com",
                ("VOICE_MAIL_NOT_ENABLED", 480, None),
            ),
        ],
    )
    def test_each_refusal(
        self, owners: list[Mailbox], organization: str, diversion: str, expected: tuple[str, int, int]
    ) -> None:
        """Each has its own id, from the service, on the grounds of its clauses."""
        invite = an_invite(request_uri=AT_ALICE, headers=[("Diversion", f"<sip:{diversion}>")])
        outcome = hosted_um(invite, a_hosted_um_service(*owners, organizations=[organization]))
        assert isinstance(outcome, Refused)
        assert refusal(outcome) == ("HOSTED_UM", *expected)
        assert (outcome.response.source, outcome.clauses, outcome.edge_faults) == (SERVICE, ("CALL-7", "CALL-14"), ())

    @pytest.mark.parametrize(
        "request_uri",
        [
            "sip:alice@contoso.com",
            "sip:alice@contoso.com;opaque=app:voicemail",
            f"sip:alice@contoso.com;ms-organization={CORP}",
            f"sip:contoso.com;opaque=app:voicemail;ms-organization={CORP}",
            f"sip:alice@contoso.com;opaque=app:voicemail;ms-organization={CORP}%2C",
        ],
    )
    def test_a_uri_that_names_no_tenant(self, request_uri: str) -> None:
        """A Request-URI that is not of voice mail, or names no organization, has no tenant."""
        outcome = hosted_um(an_invite(request_uri=request_uri), a_hosted_um_service("alice@contoso.com", organizations=[CORP]))
        assert refusal(outcome)[1] == "NO_TENANT"


class TestCall15:
    """Clause: CALL-15."""

    @pytest.mark.parametrize("auto_attendant", [False, True])
    @pytest.mark.parametrize("caller", ["ken@fabrikam.com", "aa@contoso.com", "alice@contoso.com"])
    def test_contact_answers(self, auto_attendant: bool, caller: str) -> None:
        """Whoever calls, the tenant answers, and no Diversion is sent; a mailbox of the contact's address changes nothing."""
        contact = attrs.evolve(ATTENDANT, auto_attendant=auto_attendant)
        service = a_hosted_um_service("aa@contoso.com", "+14255550100@contoso.com", organizations=[CORP])
        within = a_deployment(contact, policies=[a_policy(organizations=[CORP])], hosted_um_services=[service])
        trace = trace_call(an_invite("aa@contoso.com", caller=caller), within)
        assert trace.outcome == HandedOver(NextHop(Hop.HOSTED_UM, SERVICE), ("CALL-7", "CALL-15"), CORP)
        assert [hop.invite.values("Diversion") for hop in trace.hops] == [(), ()]
        assert "URI-8" in trace.hops[0].clauses
        assert "CALL-3" not in trace.hops[0].clauses

    @pytest.mark.parametrize(
        ("parameter", "answered"), [(";user=phone", True), (";USER=Phone", True), (";user=ip", False), ("", False)]
    )
    def test_what_says_that_it_is_a_contact(self, parameter: str, answered: bool) -> None:
        """The service knows a contact by ``user=phone``, in any case."""
        uri = f"sip:+14255550100@contoso.com{parameter};opaque=app:voicemail;ms-organization={CORP}"
        outcome = hosted_um(an_invite(request_uri=uri), a_hosted_um_service(organizations=[CORP]))
        assert isinstance(outcome, HandedOver) is answered

    def test_contact_of_no_tenant(self) -> None:
        """A contact goes to the first organization alone; where the service does not host it, nobody answers."""
        within = deployment(policies=[a_policy(organizations=["gone.contoso.com", CORP])])
        assert refusal(ending(an_invite("aa@contoso.com"), within))[1] == "NO_TENANT"


class TestCall17:
    """Clause: CALL-17."""

    @pytest.mark.parametrize("version", [None, *PoolVersion])
    def test_contact_on_a_pool(self, version: PoolVersion | None) -> None:
        """On a pool of 2019 a contact is refused with 500 and 15000; on one of 2015, or of an unknown version, it is routed."""
        within = attrs.evolve(a_deployment(ATTENDANT), pools=[Pool(fqdn="pool01.contoso.com", site="Redmond", version=version)])
        on_pool = attrs.evolve(
            within, contacts=[attrs.evolve(one, registrar_pool="pool01.contoso.com") for one in within.contacts]
        )
        outcome = ending(an_invite("aa@contoso.com"), on_pool)
        if version is PoolVersion.SERVER_2019:
            assert refusal(outcome) == ("FRONT_END", "CONTACT_ON_2019_POOL", 500, 15000)
            assert outcome.clauses[-2:] == ("CALL-17", "CALL-6")
            assert outcome.response.source == "pool01.contoso.com"
        else:
            assert "CALL-17" not in outcome.clauses

    def test_a_user_on_a_pool_of_2019_is_routed(self) -> None:
        """Only contact objects fail there."""
        pools = [Pool(fqdn="pool01.contoso.com", site="Redmond", version=PoolVersion.SERVER_2019)]
        within = attrs.evolve(a_deployment(a_user(registrar_pool="pool01.contoso.com")), pools=pools)
        assert "CALL-17" not in ending(an_invite(), within).clauses


class TestStages:
    """What is passed from hop to hop."""

    def test_every_other_header_and_the_body_stay(self) -> None:
        """What no rule names leaves the Front End as it came, and in its place; the Edge changes nothing at all."""
        odd = [
            ("X-Odd", ""),
            ("x-odd", '"<>;,'),
            ("History-Info", "<sip:bob@contoso.com>"),
            ("Content-Type", "application/sdp"),
        ]
        sent = an_invite(headers=[*odd[:2], ("Diversion", "<sip:a@b>"), *odd[2:]], body=b"v=0\r\nDiversion: x\r\n")
        found = leaving(sent)
        expected = (*sent.without("Diversion"), ("Supported", "ms-fe"), ("Diversion", "<sip:alice@contoso.com>"))
        assert (found.invite.headers, found.invite.body) == (expected, sent.body)
        assert edge(found.invite, deployment().edge_configuration) == Forwarded(
            Hop.EDGE, found.invite, NextHop(Hop.HOSTED_UM, SERVICE), ("EDGE-6",)
        )

    @pytest.mark.parametrize(
        ("callee", "parts", "clauses"),
        [
            ("alice", {}, ("ROUTE-2", "POL-3", "URI-3", "URI-1", "CALL-3", "CALL-5")),
            ("alice", {"av_edge_gruu": GRUU}, ("ROUTE-2", "POL-3", "URI-3", "URI-1", "CALL-3", "CALL-4", "CALL-5")),
            ("roy", {}, ("ROUTE-4", "UM-1", "UM-2", "UM-3", "UM-4", "URI-6", "CALL-3", "CALL-5")),
            ("roy", {"dial_plans": None}, ("ROUTE-4", "UM-1", "URI-6", "CALL-3", "CALL-5")),
            ("aa", {}, ("ROUTE-9", "ROUTE-2", "POL-3", "URI-8", "URI-1", "CALL-5")),
        ],
    )
    def test_grounds_of_the_front_end(self, callee: str, parts: dict[str, Any], clauses: tuple[str, ...]) -> None:
        """The clauses of the decision come first, then those of what was done to the INVITE."""
        found = leaving(an_invite(f"{callee}@contoso.com"), deployment(**parts))
        assert found.clauses == clauses

    def test_another_layout(self) -> None:
        """Every hop reads the Request-URI by the layout that the circumstances name; by another, the Edge finds nothing."""
        layout = RequestUriLayout(server="x-server", organization="x-tenant", phone_context="x-plan")
        trace = trace_call(an_invite(), deployment(), Circumstances(layout=layout))
        assert mailbox_of(trace.outcome)
        assert ";x-server=exap.um.outlook.com;" in trace.hops[0].invite.request_uri
        refused = edge(trace.hops[0].invite, deployment().edge_configuration)
        assert isinstance(refused, Refused)
        assert refused.edge_faults == (EdgeFault.NO_HOSTING_PROVIDER,)
        assert refusal(hosted_um(trace.hops[0].invite, deployment().hosted_um_services[0]))[1] == "NO_TENANT"

    def test_what_is_no_voice_mail_uri_does_not_cross(self) -> None:
        """The Edge knows no Destination of an INVITE that does not come from the Front End."""
        refused = edge(an_invite(), deployment().edge_configuration)
        assert isinstance(refused, Refused)
        assert (refused.reason, refused.edge_faults) == (CallFault.REFUSED_AT_EDGE, (EdgeFault.NO_HOSTING_PROVIDER,))

    def test_an_on_premises_user_is_handed_over(self) -> None:
        """The way ends at the UM server, behind one hop."""
        trace = trace_call(an_invite("roy@contoso.com"), deployment())
        assert [one.hop for one in trace.hops] == [Hop.FRONT_END]
        assert trace.outcome == HandedOver(trace.hops[0].next_hop, trace.hops[0].clauses)
        assert trace.hops[0].invite.request_uri == (
            "sip:roy@contoso.com;maddr=um1.contoso.com;phone-context=dp.contoso.com;opaque=app:voicemail"
        )

    def test_the_policy_of_the_user_is_the_one(self) -> None:
        """Two users of two policies reach two services, each in its own tenant."""
        assigned = attrs.evolve(BOB, hosted_voicemail_policy="Ex")
        policies = [a_policy(organizations=[CORP]), a_policy("Ex", destination="um.fabrikam.com", organizations=[OTHER])]
        everyone = (ALICE.sip_address, BOB.sip_address)
        services = [
            a_hosted_um_service(*everyone, fqdn=fqdn, organizations=[CORP, OTHER]) for fqdn in (SERVICE, "um.fabrikam.com")
        ]
        within = a_deployment(ALICE, assigned, policies=policies, hosted_um_services=services)
        found = [ending(an_invite(owner), within) for owner in everyone]
        assert [(one.mailbox.sip_address, one.organization) for one in found] == [(everyone[0], CORP), (everyone[1], OTHER)]


class TestCall18:
    """Clause: CALL-18."""

    @pytest.mark.parametrize(
        ("parts", "callee"),
        [
            ({"providers": []}, "alice@contoso.com"),
            ({"edge_replica": EdgeReplica()}, "alice@contoso.com"),
            ({"hosted_um_services": [HostedUmService(fqdn=SERVICE, tenants=())]}, "alice@contoso.com"),
            ({"hosted_um_services": [HostedUmService(fqdn=SERVICE, tenants=())]}, "aa@contoso.com"),
        ],
    )
    def test_what_fails_after_the_front_end(self, parts: dict[str, Any], callee: str) -> None:
        """Whatever the later hop answers, the caller gets 15030 from the Front End, and no status is claimed."""
        for organizations in ([], [CORP], [CORP, OTHER]):
            within = deployment(**{"policies": [a_policy(organizations=organizations)], **parts})
            trace = trace_call(an_invite(callee), within)
            assert isinstance(trace.outcome, Refused)
            assert trace.to_caller is not None
            assert trace.to_caller != trace.outcome.response
            assert (trace.to_caller.status, trace.to_caller.error_id) == (None, 15030)
            sent = 1 if callee == "aa@contoso.com" and organizations else len(organizations)
            plan = f';dialplan="Hosted__{SERVICE}__{CORP}"' if sent == 1 else ""
            source = within.subject(callee).registrar_pool or "contoso.com"
            header = f'15030;reason="Failed to route to Exchange Server";source="{source}"{plan};appName="ExumRouting"'
            assert trace.to_caller.ms_diagnostics == header
            assert str(trace.to_caller) == f"status not published (ms-diagnostics: {header})"

    def test_what_the_front_end_refuses(self) -> None:
        """The Front End's own refusal reaches the caller as it is."""
        trace = trace_call(an_invite("zoe@contoso.com"), deployment())
        assert isinstance(trace.outcome, Refused)
        assert trace.to_caller is trace.outcome.response

    def test_who_is_not_refused_gets_no_refusal(self) -> None:
        """A call that is handed over has no response to the caller."""
        assert trace_call(an_invite(), deployment()).to_caller is None
        assert trace_call(an_invite("roy@contoso.com"), deployment()).to_caller is None


@pytest.mark.parametrize(
    ("within", "callee", "answered", "stations", "outcome"),
    [
        (Deployment(), "nobody@contoso.com", False, (), Refused),
        (Deployment(), "nobody@contoso.com", True, (), NotVoiceMail),
        (deployment(), "roy@contoso.com", False, (Hop.FRONT_END,), HandedOver),
        (attrs.evolve(deployment(), edge=None), "alice@contoso.com", False, (Hop.FRONT_END,), HandedOver),
        (attrs.evolve(deployment(), edge_replica=EdgeReplica()), "alice@contoso.com", False, (Hop.FRONT_END,), Refused),
        (
            attrs.evolve(deployment(), hosted_um_services=()),
            "alice@contoso.com",
            False,
            (Hop.FRONT_END, Hop.EDGE),
            HandedOver,
        ),
        (deployment(), "alice@contoso.com", False, (Hop.FRONT_END, Hop.EDGE), HandedOver),
    ],
)
def test_a_trace_holds_what_was_sent_and_every_hop(
    within: Deployment, callee: str, answered: bool, stations: tuple[Hop, ...], outcome: type
) -> None:
    """However a call ends, its trace holds the INVITE as it was sent, and the hops that it left, in order."""
    invite = Invite.of_call("bob@fabrikam.com", callee)
    trace = trace_call(invite, within, answered=answered)
    assert trace.sent is invite
    assert tuple(hop.hop for hop in trace.hops) == stations
    assert type(trace.outcome) is outcome


def test_headers_that_leave_the_front_end_stand_in_this_order() -> None:
    """Beside an A/V Edge too, a forged Diversion and a forged Ms-Mras-Address go, and what is added stands last, so spelled."""
    sent = Invite(
        request_uri="sip:alice@contoso.com",
        headers=(
            ("diversion", "<sip:eve@fabrikam.com>"),
            ("From", "<sip:eve@fabrikam.com>"),
            ("ms-mras-address", "<sip:eve@fabrikam.com>"),
            ("To", "<sip:alice@contoso.com>"),
            ("Diversion", "<sip:bob@contoso.com>"),
        ),
    )
    assert leaving(sent, deployment(av_edge_gruu=GRUU)).invite.headers == (
        ("From", "<sip:eve@fabrikam.com>"),
        ("To", "<sip:alice@contoso.com>"),
        ("Supported", "ms-fe"),
        ("Ms-Mras-Address", f"<{GRUU}>"),
        ("Diversion", "<sip:alice@contoso.com>"),
    )


def test_option_tags_stand_between_commas() -> None:
    """An option tag is found without a blank before it."""
    sent = Invite.of_call("bob@fabrikam.com", "alice@contoso.com")
    sent = attrs.evolve(sent, headers=(*sent.headers, ("Supported", "100rel,ms-fe")))
    assert leaving(sent).invite.values("Supported") == ("100rel,ms-fe",)


def test_the_front_end_that_reaches_no_server_is_named() -> None:
    """The response names the pool of the callee, or the SIP domain where there is none."""
    silent = Circumstances(unreachable=("um1.contoso.com", "um2.contoso.com"))
    outcome = ending(Invite.of_call("bob@fabrikam.com", "roy@contoso.com"), None, silent)
    assert outcome.response.source == (ROY.registrar_pool or "contoso.com")


class TestParsedOnce:
    """No hop parses a URI that is parsed already."""

    @pytest.fixture
    def parsed(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Every text that was parsed as a SIP URI, in order."""
        texts: list[str] = []
        parse = SipUri.parse

        def counted(text: str) -> SipUri:
            texts.append(text)
            return parse(text)

        monkeypatch.setattr(SipUri, "parse", counted)
        return texts

    def test_of_an_invite_that_is_read(self, parsed: list[str]) -> None:
        """Of a call that is deposited, only the new Request-URI and Diversion are parsed, once each."""
        invite = Invite.of_call("bob@fabrikam.com", "alice@contoso.com")
        within = deployment()
        parsed.clear()
        trace = trace_call(invite, within)
        assert mailbox_of(trace.outcome)
        assert parsed == [trace.hops[0].invite.request_uri, "sip:alice@contoso.com"]

    def test_of_an_invite_on_the_wire(self, parsed: list[str]) -> None:
        """Reading adds the three URIs of the INVITE, once each."""
        message = (
            b"INVITE sip:alice@contoso.com;gruu SIP/2.0\r\nFrom: <sip:bob@fabrikam.com>;tag=1\r\n"
            b"To: <sip:alice@contoso.com;user=ip>\r\nl: 0\r\n\r\n"
        )
        trace = trace_call(read_invite(message), deployment())
        assert mailbox_of(trace.outcome)
        assert len(parsed) == len(set(parsed)) == 5
