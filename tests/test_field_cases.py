"""States that people reported in public, each as the smallest document that holds it, and what the audit must say of each.

Where a fact has no place in the document no tool can name the cause: then nothing is claimed, no line is offered, and the fact
is among what was not looked at.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from exum_routing import Deployment, HostedUm, NotRouted, OnPremisesUm, route
from exum_routing.audit import Severity, audit, not_looked_at
from exum_routing.call import Refused, trace_call
from exum_routing.interchange.document import read_deployment
from exum_routing.sip import Invite

FOLDER = Path(__file__).parent / "field"
ON_PREMISES, HOSTED, NOT_ROUTED = OnPremisesUm, HostedUm, NotRouted


class Case(NamedTuple):
    """What is to be said of a document."""

    routes: dict[str, type]
    """The kind of route of accounts, by the user part of their SIP addresses."""
    found: dict[str, str]
    """The severity of every rule that finds something."""
    lines: tuple[str, ...] = ()
    """Every line that is offered, without its arguments' values where it has many."""
    unseen: str = ""
    """What has to be among the facts that were not looked at."""


NO_LINE_NOTES = {"without-voice-mail": "NOTE"}
CASES = {
    "01-um-mailbox-on-2019-pool": Case({"anna": ON_PREMISES}, {}),
    "02-cvm-with-exchange-2016": Case(
        {"anna": HOSTED},
        {"outside-support-matrix": "WARNING", "stale-um-proxy-address": "NOTE"},
        unseen="the versions of mailboxes",
    ),
    "03-exchange-2019-mailbox-keeps-eum": Case({"anna": ON_PREMISES}, {}, unseen="the versions of mailboxes"),
    "04b-granted-but-not-enabled": Case(
        {"anna": NOT_ROUTED, "ben": HOSTED}, {"granted-but-not-enabled": "NOTE", "without-voice-mail": "NOTE"}
    ),
    "05-sipfederationtls-record-missing": Case({"anna": HOSTED}, {}, unseen="DNS records"),
    "06-srv-record-port-100": Case(
        {"anna": HOSTED, "fred": HOSTED},
        {"contact-of-cloud-voicemail": "WARNING", "pool-version-not-known": "NOTE"},
        unseen="DNS records",
    ),
    "08-published-hybrid-script": Case({"anna": NOT_ROUTED}, NO_LINE_NOTES),
    "09-tenant-parameter-of-2019-cu1": Case({"anna": NOT_ROUTED}, NO_LINE_NOTES),
    "10-grant-empty-policy-name": Case({"anna": HOSTED}, {}),
    "11-turn-voice-mail-off": Case({"anna": HOSTED}, {}),
    "12b-no-hybrid-provider": Case({"anna": HOSTED}, {"no-hybrid-provider": "WARNING"}),
    "14-subscriber-access-after-um-online": Case(
        {"anna": HOSTED, "sa": HOSTED}, {"contact-of-cloud-voicemail": "WARNING", "pool-version-not-known": "NOTE"}
    ),
    "15-contacts-on-2019-pool": Case({"anna": HOSTED, "aa2019": HOSTED}, {"contact-on-2019-pool": "ERROR"}),
    "16-no-primary-eum-address": Case({"anna": ON_PREMISES}, {"no-primary-um-address": "WARNING"}),
    "18-replication-cannot-reach-edge": Case(
        {"anna": HOSTED},
        {"edge-replica-behind": "ERROR"},
        ("Invoke-CsManagementStoreReplication -ReplicaFqdn 'edge.contoso.com'",),
        unseen="whether replication can reach the Edge Server",
    ),
    "20-firewall-to-exap": Case({"anna": HOSTED}, {}, unseen="firewalls"),
    "21-on-premises-mailbox-without-hybrid-mail": Case({"anna": HOSTED}, {}, unseen="mail flow"),
    "22-teams-calling-policy-switches-off": Case({"anna": HOSTED}, {"voice-mail-turned-off": "NOTE"}),
    "24-voip-security-of-dial-plan": Case({"anna": ON_PREMISES}, {}, unseen="media encryption"),
    "26-resource-forest-without-eum": Case({"anna": NOT_ROUTED, "ben": ON_PREMISES}, NO_LINE_NOTES),
    "27-21vianet-and-gcc-high": Case(
        {"anna": HOSTED, "ben": HOSTED, "cara": HOSTED},
        {"no-hybrid-provider": "WARNING", "other-cloud": "WARNING", "cloud-not-known": "NOTE"},
    ),
    "28-exchange-wrote-the-pair": Case({"anna": HOSTED}, {"indicator-dark": "NOTE"}),
    "R1-remedy-removes-the-policy-to-grant": Case(
        {"anna": NOT_ROUTED},
        {"mailbox-not-used": "WARNING", "policy-reaches-nobody": "NOTE", "without-voice-mail": "NOTE"},
    ),
    "R2-export-recipe-without-pools": Case(
        {"anna": NOT_ROUTED}, {"site-not-known": "WARNING", "pools-not-given": "NOTE"}, unseen="Pools: "
    ),
    "R3-remedies-that-cannot-be-rehearsed": Case(
        {"anna": HOSTED, "roy": NOT_ROUTED},
        {"edge-never-configured": "ERROR", "dial-plan-without-server": "ERROR"},
        (
            "Export-CsConfiguration -FileName 'EdgeConfiguration.zip'",
            "# Run on the Edge Server: Import-CsConfiguration -LocalStore -FileName 'EdgeConfiguration.zip'",
            "# Run in the Exchange Management Shell: Enable-UMService -Identity 'um1.contoso.com'",
        ),
    ),
}


def deployment(name: str) -> Deployment:
    """The deployment of a case."""
    return read_deployment((FOLDER / f"{name}.json").read_bytes())


def test_every_document_is_a_case() -> None:
    """No document lies beside the table, and none is missing."""
    assert sorted(path.stem for path in FOLDER.glob("*.json") if not path.stem.endswith("-target")) == sorted(CASES)


@pytest.mark.parametrize("name", CASES)
def test_audit_says_what_it_must(name: str) -> None:
    """The routes, the rules that find something with their severities, every line, and what was not looked at."""
    case, within = CASES[name], deployment(name)
    routes = {
        user: type(route(within.subject(address), within)) for address in within.by_address for user in [user_of(address)]
    }
    assert routes | case.routes == routes
    findings = audit(within)
    assert {finding.rule: finding.severity.name for finding in findings} == case.found
    assert tuple(line for finding in findings for line in finding.remedies()) == case.lines
    assert any(words.startswith(case.unseen) for words in not_looked_at(within))


def user_of(address: str) -> str:
    """The user part of a SIP address."""
    return address.removeprefix("sip:").partition("@")[0]


@pytest.mark.parametrize("name", CASES)
def test_errors_are_the_calls_that_are_refused(name: str) -> None:
    """Who is the subject of an error is refused a call, and nobody else is but where that is meant so or not known."""
    within = deployment(name)
    errors = {subject for finding in audit(within) if finding.severity is Severity.ERROR for subject in finding.subjects}
    refused = {
        address
        for address, subject in within.by_address.items()
        if isinstance(outcome := trace_call(Invite.of_call("caller@example.com", address), within).outcome, Refused)
        and outcome.reason.name not in {"NO_VOICE_MAIL", "VOICE_MAIL_NOT_ENABLED", "REFUSED_AT_EDGE"}
        and "POL-11" not in route(subject, within).clauses
    }
    assert refused <= errors


def test_a_contact_on_a_pool_of_2019_is_refused_with_500() -> None:
    """The contact on the pool of 2019 is refused with 500 and 15000; the one on the pool of 2015 is handed over."""
    within = deployment("15-contacts-on-2019-pool")
    on_2019, on_2015 = (
        trace_call(Invite.of_call("caller@example.com", f"{name}@contoso.com"), within).outcome for name in ("aa2019", "aa2015")
    )
    assert isinstance(on_2019, Refused)
    assert (on_2019.response.status, on_2019.response.error_id) == (500, 15000)
    assert not isinstance(on_2015, Refused)


def test_clouds_are_named_where_the_domain_tells_them() -> None:
    """China's own FQDN is named; a government tenant is asked about; no line guesses one."""
    by_subject = {finding.subjects[0]: finding for finding in audit(deployment("27-21vianet-and-gcc-high"))}
    assert "exap.um.partner.outlook.cn" in by_subject["tag:China"].sentence
    assert "GCC High or DoD" in by_subject["tag:Gov"].sentence
    assert "office365.us" not in by_subject["tag:Gov"].sentence


def test_who_can_have_turned_voice_mail_off_is_named() -> None:
    """Policy, administrator and owner."""
    (finding,) = audit(deployment("22-teams-calling-policy-switches-off"))
    assert all(words in finding.sentence for words in ("calling policy", "administrator", "owner"))
