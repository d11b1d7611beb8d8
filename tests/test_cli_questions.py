"""The commands about a deployment as a whole, ``audit``, ``contested``, ``diff`` and ``plan``: what they print."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exum_routing import clause, cli
from exum_routing.interchange.answers import reading_key
from exum_routing.reading import OPEN_CLAUSES

CONTOSO = "examples/contoso/deployment.json"
CLOUD_VOICEMAIL = "examples/cloud-voicemail/deployment.json"
FRESH = "examples/fresh/deployment.json"

EXO = "exap.um.outlook.com"
EVERYONE: dict[str, Any] = {"Identity": "Global", "Destination": EXO, "Organization": "contoso.onmicrosoft.com"}
ON: dict[str, Any] = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1"]}
OFF: dict[str, Any] = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=0"]}

FIELDS = {reading_key(field): field for _, field, _ in OPEN_CLAUSES}
"""The fields of a reading as people read them, by their keys in JSON."""

Save = Callable[..., str]


def run(*arguments: str, given: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(cli.main, arguments, input=given)


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """What writes a document into a file of its own, and gives its name."""

    def saved(name: str, *users: dict[str, Any], **parts: object) -> str:
        document = {"Users": users} | {key: value for key, value in parts.items() if value is not None}
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return str(file)

    return saved


def user(name: str = "alice", **fields: object) -> dict[str, Any]:
    """A user of a document."""
    return {"SipAddress": f"sip:{name}@contoso.com"} | fields


class TestAudit:
    """``exum-routing audit``."""

    def test_a_finding_says_what_who_and_the_cmdlet(self) -> None:
        """Severity, rule and clause; why; who is affected; the cmdlet lines."""
        given = json.dumps(
            {
                "HostedVoicemailPolicies": [
                    {"Identity": "Global"},
                    {"Identity": "Hosted", "Destination": EXO, "Organization": "contoso.onmicrosoft.com"},
                ],
                "Users": [user("alice", msExchUCVoiceMailSettings=["CsHostedVoiceMail=1"])],
            }
        )
        assert run("audit", "-", "--severity=error", given=given).stdout.splitlines()[:7] == [
            "ERROR policy-without-destination (ROUTE-6)",
            "  Policy Global applies to these enabled users and names no Destination, so their calls are not",
            "  routed.",
            "  1 affected: sip:alice@contoso.com",
            "  to fix it:",
            "    Grant-CsHostedVoicemailPolicy -Identity 'sip:alice@contoso.com' -PolicyName 'Hosted'",
            "1 error, 0 warnings, 1 note.",
        ]

    def test_a_finding_that_no_cmdlet_fixes_names_none(self) -> None:
        """The sentence says who can."""
        lines = run("audit", CLOUD_VOICEMAIL).stdout.splitlines()
        assert not any("fix it" in line for line in lines)
        assert [line.split()[0] for line in lines if not line.startswith(" ")] == ["NOTE", "NOTE", "0", "Not"]

    @pytest.mark.parametrize(("count", "more"), [(5, None), (6, 1), (12, 7)])
    def test_a_long_finding_is_cut(self, count: int, more: int | None) -> None:
        """Five subjects and five lines of the remedy are shown; --verbose and --json have them all."""
        enabled = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1"]}
        users = [user(f"u{number:02}", **enabled) for number in range(count)]
        policy = {"Identity": "Hosted", "Destination": EXO, "Organization": "contoso.onmicrosoft.com"}
        document = json.dumps({"HostedVoicemailPolicies": [{"Identity": "Global"}, policy], "Users": users})
        for verbose in (False, True):
            shown = count if verbose else 5
            lines = run("audit", "-", *(["--verbose"] if verbose else []), given=document).stdout.splitlines()
            start = lines.index("ERROR policy-without-destination (ROUTE-6)") + 3
            finding = list(itertools.takewhile(lambda line: line.startswith(" "), lines[start:]))
            fix = finding.index("  to fix it:")
            rest = [] if more is None or verbose else [f"and {more} more (--verbose lists all)"]
            names = [f"sip:u{number:02}@contoso.com" for number in range(shown)]
            assert " ".join(line.strip() for line in finding[:fix]) == f"{count} affected: {', '.join((*names, *rest))}"
            assert finding[fix + 1 :] == [
                *(f"    Grant-CsHostedVoicemailPolicy -Identity '{name}' -PolicyName 'Hosted'" for name in names),
                *(f"    {line}" for line in rest),
            ]
        found = [json.loads(line) for line in run("audit", "-", "--json", given=document).stdout.splitlines()]
        error = found[0]
        assert (error["Count"], len(error["Subjects"]), len(error["Remedy"])) == (count, count, count)

    def test_json_is_a_finding_a_line(self) -> None:
        """In the order in which people read them, then one line with the summary and what was not looked at."""
        *found, last = [json.loads(line) for line in run("audit", CONTOSO, "--json").stdout.splitlines()]
        text = run("audit", CONTOSO, "--verbose").stdout
        *lines, count, unseen = [line.split() for line in text.splitlines() if not line.startswith(" ")]
        assert (len(count), unseen) == (6, ["Not", "looked", "at:"])
        assert list(last["Summary"]) == ["ERROR", "WARNING", "NOTE"]
        assert last["Summary"] == {one: sum(each["Severity"] == one for each in found) for one in last["Summary"]}
        assert "certificates" in last["NotLookedAt"]
        assert [[one["Severity"], one["Rule"], f"({one['Clause']})"] for one in found] == lines
        assert {"ERROR", "WARNING", "NOTE"} == {one["Severity"] for one in found}

    @pytest.mark.parametrize(
        ("severity", "printed"),
        [("ERROR", {"ERROR"}), ("warning", {"ERROR", "WARNING"}), ("NOTE", {"ERROR", "WARNING", "NOTE"})],
    )
    def test_severity_leaves_out_what_is_less_severe(self, severity: str, printed: set[str]) -> None:
        """In whatever case it is given."""
        found = run("audit", CONTOSO, "--json", f"--severity={severity}").stdout.splitlines()
        assert {json.loads(line)["Severity"] for line in found[:-1]} == printed

    @pytest.mark.parametrize("fail_on", ["error", "WARNING", "note"])
    def test_fail_on_ends_with_1_where_there_is_such_a_finding(self, fail_on: str) -> None:
        """What is found is printed all the same, and --severity has no say in it."""
        failed, passed = run("audit", CONTOSO, "--fail-on", fail_on), run("audit", CONTOSO)
        assert (failed.exit_code, passed.exit_code) == (1, 0)
        assert failed.stdout == passed.stdout
        assert run("audit", FRESH, "--severity=ERROR", "--fail-on", fail_on).exit_code == 1

    @pytest.mark.parametrize(("fail_on", "exit_code"), [("ERROR", 0), ("WARNING", 0), ("NOTE", 1)])
    def test_fail_on_of_the_recipe(self, fail_on: str, exit_code: int) -> None:
        """Its only findings are notes."""
        result = run("audit", CLOUD_VOICEMAIL, "--severity=WARNING", "--fail-on", fail_on)
        assert (result.stdout.splitlines()[0], result.exit_code) == ("0 errors, 0 warnings, 2 notes.", exit_code)

    def test_without_findings_it_says_what_was_not_looked_at(self) -> None:
        """No finding is no promise: the parts that the document lacks come first, then what stands in no document."""
        lines = run("audit", "-", given="{}").stdout.splitlines()
        assert lines[:2] == ["0 errors, 0 warnings, 0 notes.", "Not looked at:"]
        assert lines[2].startswith("  Pools: ")
        assert all(len(line) <= 100 for line in lines)
        (last,) = map(json.loads, run("audit", "-", "--json", given="{}").stdout.splitlines())
        assert last["Summary"] == {"ERROR": 0, "WARNING": 0, "NOTE": 0}
        assert " ".join(line.strip() for line in lines[2:]) == "; ".join(last["NotLookedAt"]) + "."

    def test_the_reading_decides_what_is_wrong(self, save: Save) -> None:
        """Under another reading Exchange's pair is what counts, so nobody is enabled."""
        torn: dict[str, Any] = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"]}
        file = save("torn", user(**torn))
        assert "policy-without-destination" in run("audit", file).stdout
        assert "policy-without-destination" not in run("audit", file, "--reading=authors_disagree=EXCHANGE_WINS").stdout

    @pytest.mark.parametrize("option", ["--severity=FATAL", "--fail-on=3", "--reading=a=b"])
    def test_what_it_cannot_read_of_its_options_ends_with_2(self, option: str) -> None:
        """Nothing is printed on standard output."""
        result = run("audit", CONTOSO, option)
        assert (result.exit_code, result.stdout) == (2, "")


class TestContested:
    """``exum-routing contested``."""

    def test_routes_under_each_reading(self, save: Save) -> None:
        """The clause and the field; what each reading gives; then whose route it is. --json has the Request-URIs."""
        torn: dict[str, Any] = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"]}
        file = save("torn", user(**torn), user("bob"), HostedVoicemailPolicies=[EVERYONE])
        uri = f"sip:alice@contoso.com;maddr={EXO};opaque=app:voicemail;ms-organization=contoso.onmicrosoft.com"
        hosted = f"hosted UM by Global at {EXO}, contoso.onmicrosoft.com"
        assert run("contested", file).stdout.splitlines() == [
            "ROUTE-7, authors_disagree: 1 account",
            f"  ANY_ENABLED: {hosted}",
            "  EXCHANGE_WINS: not routed, HOSTED_VOICE_MAIL_DISABLED",
            f"  SKYPE_FOR_BUSINESS_WINS: {hosted}",
            "  sip:alice@contoso.com",
        ]
        (line,) = run("contested", file, "--json").stdout.splitlines()
        found = json.loads(line)
        outcomes = found.pop("Outcomes")
        assert found == {"SipAddress": "sip:alice@contoso.com", "Clause": "ROUTE-7", "Field": "AuthorsDisagree"}
        assert {reading: one["Route"] for reading, one in outcomes.items()} == {
            "ANY_ENABLED": "HostedUm",
            "EXCHANGE_WINS": "NotRouted",
            "SKYPE_FOR_BUSINESS_WINS": "HostedUm",
        }
        assert outcomes["ANY_ENABLED"]["RequestUri"] == uri

    def test_json_is_an_open_clause_of_an_account_a_line(self) -> None:
        """The same accounts and clauses as people read, who read each question once."""
        found = [json.loads(line) for line in run("contested", CONTOSO, "--json").stdout.splitlines()]
        heads, asked = [], {}
        for line in run("contested", CONTOSO).stdout.splitlines():
            if not line.startswith(" "):
                heads.append(line.partition(":")[0])
            elif line.startswith("  sip:"):
                asked[heads[-1]] = set(line.strip().split(", "))
        assert len(heads) == len(set(heads)) == 3
        assert {(head, address) for head, addresses in asked.items() for address in addresses} == {
            (f"{one['Clause']}, {FIELDS[one['Field']]}", one["SipAddress"]) for one in found
        }
        assert all(len(one["Outcomes"]) > 1 for one in found)

    def test_where_nothing_is_contested_it_says_so(self) -> None:
        """And --json prints nothing; there is nothing to fail on either."""
        result = run("contested", CLOUD_VOICEMAIL)
        assert result.stdout == "No route depends on a clause that the source leaves open.\n"
        assert result.exit_code == 0
        assert run("contested", CLOUD_VOICEMAIL, "--json").stdout == ""


class TestDiff:
    """``exum-routing diff``."""

    def test_changes_are_grouped_by_both_sides(self, save: Save) -> None:
        """A heading with the number of accounts, what was before and what is after; --verbose has the Request-URIs."""
        roy: dict[str, Any] = {"ProxyAddresses": ["EUM:1234;phone-context=dp"]}
        policies = [EVERYONE]
        before = save("before", user(**OFF), user("bob", **OFF), user("roy", **roy), HostedVoicemailPolicies=policies)
        after = save(
            "after", user(**ON), user("bob", **ON), user("roy", **roy, **ON), user("zoe"), HostedVoicemailPolicies=policies
        )
        parameters = f"maddr={EXO};opaque=app:voicemail;ms-organization=contoso.onmicrosoft.com"
        unknown = "whether calls cross the Edge is not known"
        calls = [
            "Calls",
            "2 accounts: refused at the Front End, HOSTED_VOICE_MAIL_DISABLED -> whether calls cross the Edge is",
            f"1 account: through -> {unknown}",
            "Routes",
        ]
        hosted = f"hosted UM by Global at {EXO}"
        routes = [
            f"2 accounts: not routed, HOSTED_VOICE_MAIL_DISABLED -> {hosted}",
            f"1 account: on-premises UM by dp -> {hosted}",
            "1 account: not there -> not routed, NO_VOICE_MAIL",
        ]
        names = ["  sip:alice@contoso.com, sip:bob@contoso.com", "  sip:roy@contoso.com"]
        result = run("diff", before, after)
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            *calls[:2],
            "    not known",
            names[0],
            calls[2],
            names[1],
            calls[3],
            *(line for pair in zip(routes, [*names, "  sip:zoe@contoso.com"], strict=True) for line in pair),
        ]
        verbose = run("diff", before, after, "--verbose").stdout.splitlines()
        assert verbose[verbose.index("Routes") :] == [
            calls[3],
            routes[0],
            "  sip:alice@contoso.com",
            "    before: no Request-URI",
            f"    after:  sip:alice@contoso.com;{parameters}",
            "  sip:bob@contoso.com",
            "    before: no Request-URI",
            f"    after:  sip:bob@contoso.com;{parameters}",
            routes[1],
            "  sip:roy@contoso.com",
            "    before: sip:roy@contoso.com;phone-context=dp;opaque=app:voicemail",
            f"    after:  sip:roy@contoso.com;{parameters}",
            routes[2],
            "  sip:zoe@contoso.com",
        ]

    def test_json_is_a_change_a_line(self, save: Save) -> None:
        """What changed, and the decisions; null where the account is not there."""
        before = save("before", user(**ON), user("gone"), HostedVoicemailPolicies=[EVERYONE])
        after = save("after", user(), HostedVoicemailPolicies=[EVERYONE])
        calls, alice, gone = map(json.loads, run("diff", before, after, "--json").stdout.splitlines())
        assert calls["Calls"]["After"] == {"Through": False, "RefusedBy": "Front End", "Reasons": ["NO_VOICE_MAIL"]}
        assert alice["Changed"] == ["Route", "Reason", "Policy", "Request-URI"]
        assert (alice["Before"]["Route"], alice["After"]["Reason"]) == ("HostedUm", "NO_VOICE_MAIL")
        assert (gone["SipAddress"], gone["Changed"], gone["After"]) == ("sip:gone@contoso.com", ["Removed"], None)

    def test_without_changes_it_says_so(self) -> None:
        """And --json prints nothing."""
        assert run("diff", CONTOSO, CONTOSO).stdout == "No route changes.\n"
        assert run("diff", CONTOSO, CONTOSO, "--json").stdout == ""

    def test_the_reading_decides_what_changes(self, save: Save) -> None:
        """Where Exchange wins, the other author's pair changes nothing."""
        before, after = (
            save(name, user(msExchUCVoiceMailSettings=["ExchangeHostedVoiceMail=1", pair]), HostedVoicemailPolicies=[EVERYONE])
            for name, pair in (("before", "CsHostedVoiceMail=1"), ("after", "CsHostedVoiceMail=0"))
        )
        assert run("diff", before, after, "--reading=authors_disagree=EXCHANGE_WINS").stdout == "No route changes.\n"
        assert "1 account" in run("diff", before, after, "--reading=authors_disagree=SKYPE_FOR_BUSINESS_WINS").stdout


class TestPlan:
    """``exum-routing plan``."""

    def test_a_script_with_comments(self, save: Save) -> None:
        """A command a line, under a comment for each kind."""
        current = save("current", user())
        target = save("target", user(**ON), HostedVoicemailPolicies=[EVERYONE])
        result = run("plan", current, target)
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            "# Policies that change",
            f"Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination '{EXO}' -Organization 'contoso.onmicrosoft.com'",
            "# Enabled users",
            "Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $True",
        ]
        found = [json.loads(line) for line in run("plan", current, target, "--json").stdout.splitlines()]
        assert [f"# {step['Why']}" for step in found] == result.stdout.splitlines()[::2]
        assert [step["Command"] for step in found] == result.stdout.splitlines()[1::2]

    def test_the_script_can_be_rehearsed(self, save: Save, tmp_path: Path) -> None:
        """It is what the command ``rehearse`` takes."""
        current = save("current", user())
        script = tmp_path / "plan.ps1"
        script.write_text(run("plan", current, save("target", user(**ON), HostedVoicemailPolicies=[EVERYONE])).stdout)
        result = run("rehearse", current, str(script))
        assert result.exit_code == 0
        assert f"1 account: not routed, NO_VOICE_MAIL -> hosted UM by Global at {EXO}" in result.stdout

    def test_where_nothing_is_to_be_done_the_script_says_so(self) -> None:
        """And --json prints nothing."""
        assert run("plan", CONTOSO, CONTOSO).stdout == "# Nothing is to be done.\n"
        assert run("plan", CONTOSO, CONTOSO, "--json").stdout == ""

    def test_a_target_that_is_not_reached_is_refused_with_every_reason(self, save: Save) -> None:
        """A line each on standard error, with the target's name, and exit code 1."""
        target = save("target", user("bob"), UmDialPlans=[])
        result = run("plan", save("current", user()), target)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.splitlines() == [
            f"exum-routing: {target}: {reason}"
            for reason in (
                "UmDialPlans differ: no cmdlet here changes them; change the document",
                "sip:bob@contoso.com is no user yet: no cmdlet here makes one",
                "sip:alice@contoso.com is a user still: no cmdlet here removes one",
            )
        ]

    def test_the_reading_decides_what_can_be_reached(self, save: Save) -> None:
        """Where disabling is always allowed, a usable policy does not bar it."""
        current = save("current", user(**ON), HostedVoicemailPolicies=[EVERYONE])
        target = save("target", user(**OFF), HostedVoicemailPolicies=[EVERYONE])
        assert run("plan", current, target).exit_code == 1
        allowed = run("plan", current, target, "--reading=disabling=ALWAYS_ALLOWED")
        assert (allowed.exit_code, len(allowed.stdout.splitlines())) == (0, 2)

    def test_calls_that_fail_for_a_while_and_lines_for_another_shell(self, save: Save) -> None:
        """The script warns before the step, and has the other shell's line as a comment; --json has both as keys."""
        exchange = "ExchangeHostedVoiceMail=1"
        stale = user("bob", ProxyAddresses=["EUM:bob@contoso.com;phone-context=dp"])
        both = user(msExchUCVoiceMailSettings=["CsHostedVoiceMail=1", exchange])
        current = save("current", both, stale, HostedVoicemailPolicies=[EVERYONE])
        target = save("target", user(**ON), user("bob"), HostedVoicemailPolicies=[EVERYONE])
        result = run("plan", current, target)
        assert result.stdout.splitlines() == [
            "# Enabled users",
            "# WARNING: from the next line until after: Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $True",
            "#   calls to this account fail:",
            "#   sip:alice@contoso.com",
            "Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $null",
            "Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $True",
            "# UM addresses that go, only once Cloud Voicemail or nothing answers for the mailbox",
            (
                "# Run in the Exchange Management Shell: Set-Mailbox -Identity 'bob@contoso.com' "
                "-EmailAddresses @{Remove='EUM:bob@contoso.com;phone-context=dp'}"
            ),
        ]
        found = [json.loads(line) for line in run("plan", current, target, "--json").stdout.splitlines()]
        assert [step.get("CallsFail") for step in found] == [
            [{"SipAddress": "sip:alice@contoso.com", "UntilStep": 2}],
            None,
            None,
        ]
        assert [step.get("RunsElsewhere") for step in found] == [None, None, "in the Exchange Management Shell"]

    def test_a_unit_for_new_contacts(self, save: Save) -> None:
        """Without it the target is refused; with one that is no distinguished name, the usage is wrong."""
        lobby = {"SipAddress": "lobby@contoso.com", "DisplayNumber": "1", "RegistrarPool": "pool01.contoso.com"}
        current, target = save("current"), save("target", UmContacts=[lobby])
        without = run("plan", current, target)
        assert (without.exit_code, without.stdout) == (1, "")
        assert "New-CsExUmContact needs -OU" in without.stderr
        given = run("plan", current, target, "--ou", "OU=Contacts,DC=contoso,DC=com")
        assert given.exit_code == 0
        assert "-OU 'OU=Contacts,DC=contoso,DC=com'" in given.stdout
        wrong = run("plan", current, target, "--ou", "Contacts")
        assert (wrong.exit_code, wrong.stdout) == (2, "")
        assert "is not a distinguished name" in wrong.stderr

    @pytest.mark.parametrize("reading", ["authors_disagree=EXCHANGE_WINS", "disabling=NEVER"])
    def test_another_reading_ends_with_2(self, reading: str) -> None:
        """Only those of Set-CsUser are taken."""
        result = run("plan", CONTOSO, CONTOSO, f"--reading={reading}")
        assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "arguments", [("audit", "-"), ("contested", "-"), ("diff", CONTOSO, "-"), ("plan", "-", CONTOSO)], ids=" ".join
)
def test_a_document_that_is_none_ends_with_1(arguments: tuple[str, ...]) -> None:
    """Its faults are on standard error."""
    result = run(*arguments, given='{"Users": 3}')
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("exum-routing: -: ")


@pytest.mark.parametrize("arguments", [("audit",), ("contested",), ("diff", CONTOSO), ("plan", CONTOSO)], ids=" ".join)
def test_a_file_that_is_not_given_ends_with_2(arguments: tuple[str, ...]) -> None:
    """As every misuse does."""
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["diff", "plan"])
def test_standard_input_is_one_file_only(command: str) -> None:
    """Two deployments cannot both come from standard input."""
    result = CliRunner().invoke(cli.main, [command, "-", "-"], input="{}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "standard input is one file only" in result.stderr


class TestClause:
    """``exum-routing clause``."""

    def test_a_clause_is_said_whole(self) -> None:
        """The sentence as the specification has it, the basis and the source, for every clause that is asked for."""
        lines = run("clause", "um-6", "POL-3").stdout.splitlines()
        assert (lines[0], lines.count("POL-3")) == ("UM-6", 1)
        said = " ".join(line.strip() for line in lines)
        assert clause("UM-6").sentence in said
        assert clause("POL-3").sentence in said
        assert all(len(line) <= 100 for line in lines if not line.startswith("  Basis"))
        found = [json.loads(line) for line in run("clause", "POL-3", "UM-6", "--json").stdout.splitlines()]
        assert [(one["Id"], one["Sentence"]) for one in found] == [(id_, clause(id_).sentence) for id_ in ("POL-3", "UM-6")]

    @pytest.mark.parametrize(("asked", "hint"), [("POL-99", "did you mean POL-9"), ("x", "docs/spec lists them")])
    def test_an_unknown_id_is_one_line(self, asked: str, hint: str) -> None:
        """With the nearest id where one is near; nothing is printed on standard output."""
        result = run("clause", "POL-3", asked)
        assert (result.exit_code, result.stdout) == (1, "")
        assert hint in result.stderr
        assert len(result.stderr.splitlines()) == 1

    def test_version_has_a_short_option(self) -> None:
        """``-V`` is ``--version``."""
        assert run("-V").stdout == run("--version").stdout != ""
