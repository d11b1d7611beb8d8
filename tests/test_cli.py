"""The command line: what it prints, where, and with which exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from exum_routing import __main__, __version__, clause, cli
from exum_routing.interchange.document import read_deployment, write_deployment
from exum_routing.interchange.schema import schema

CONTOSO = "examples/contoso/deployment.json"
NUMBER = "+14255550100"
CLOUD_VOICEMAIL = "examples/cloud-voicemail/deployment.json"


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(cli.main, arguments, input=given)


def be_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Let standard output be treated like a terminal of this width, without colours."""
    for name, value in (("FORCE_COLOR", "1"), ("COLUMNS", str(width)), ("LINES", "50"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)


class TestRoute:
    """``exum-routing route``."""

    def test_table_has_a_line_for_everyone(self) -> None:
        """Without addresses, users then contacts come in document order, below one line of headings."""
        deployment = read_deployment(Path(CONTOSO).read_bytes())
        heading, *lines = run("route", CONTOSO).stdout.splitlines()
        assert heading.split() == ["SIP", "address", "Route", "By", "To", "Clauses"]
        assert [subject.sip_address.removeprefix("sip:") for subject in deployment.subjects] == [
            line.split()[0] for line in lines
        ]

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("roy", "OnPremisesUm dp.contoso.com um1.contoso.com, um2.contoso.com ROUTE-4 UM-1 UM-2 UM-3"),
            ("alice", "HostedUm Global ls.exum.hosted.fabrikam.com ROUTE-2 POL-3 URI-3"),
            ("sean", "NotRouted site:Dublin POLICY_WITHOUT_DESTINATION ROUTE-2 POL-3 ROUTE-6"),
            ("lost", "NotRouted gone.contoso.com NO_DIAL_PLAN ROUTE-4 UM-1 UM-6"),
            ("zoe", "NotRouted NO_VOICE_MAIL ROUTE-5"),
            ("aa", "HostedUm site:Redmond ls.exum.hosted.fabrikam.com ROUTE-9 ROUTE-2 POL-3"),
        ],
    )
    def test_row_says_where_and_why(self, address: str, expected: str) -> None:
        """A row names the route, what determined it, where the call goes and the clauses."""
        result = run("route", CONTOSO, f"{address}@contoso.com")
        assert f"{address}@contoso.com {expected}" == " ".join(result.stdout.splitlines()[1].split())

    def test_json_is_one_object_a_line_in_the_order_asked(self) -> None:
        """--json prints a decision a line, in the order asked, an address asked twice included."""
        asked = ["sip:zoe@contoso.com", "ALICE@contoso.com", "zoe@contoso.com"]
        found = [json.loads(line) for line in run("route", CONTOSO, *asked, "--json").stdout.splitlines()]
        expected = ["sip:zoe@contoso.com", "sip:alice@contoso.com", "sip:zoe@contoso.com"]
        assert expected == [decision["SipAddress"] for decision in found]

    def test_seed_case(self) -> None:
        """Roy goes to on-premises UM by his proxy address, Alice to hosted UM with both tenants."""
        roy, alice = map(
            json.loads, run("route", CONTOSO, "roy@contoso.com", "alice@contoso.com", "--json").stdout.splitlines()
        )
        assert (roy["Route"], roy["DialPlan"]) == ("OnPremisesUm", "dp.contoso.com")
        assert alice["Organizations"] == ["corp.contoso.com", "corp.litwareinc.com"]
        assert alice["RequestUri"] == (
            "sip:alice@contoso.com;maddr=ls.exum.hosted.fabrikam.com;opaque=app:voicemail"
            ";ms-organization=corp.contoso.com%2Ccorp.litwareinc.com"
        )

    def test_published_cloud_voicemail_recipe(self) -> None:
        """The recipe's users are routed to exap.um.outlook.com with the one tenant."""
        found = [json.loads(line) for line in run("route", CLOUD_VOICEMAIL, "--json").stdout.splitlines()]
        enabled = [decision for decision in found if decision["Route"] == "HostedUm"]
        assert len(enabled) == 2
        assert {decision["Destination"] for decision in enabled} == {"exap.um.outlook.com"}
        assert [decision["Organizations"] for decision in enabled] == [["contoso.onmicrosoft.com"]] * 2

    @pytest.mark.parametrize("options", [[], ["--json"]])
    def test_empty_deployment(self, options: list[str]) -> None:
        """Nobody there: the headings alone, or nothing."""
        result = run("route", "-", *options, given="{}")
        assert (result.exit_code, len(result.stdout.splitlines())) == (0, 0 if options else 1)

    def test_reading_changes_what_is_printed(self) -> None:
        """--reading is applied, and may be repeated for several fields."""
        address = "torn@contoso.com"
        readings = ["--reading=authors_disagree=EXCHANGE_WINS", "--reading=disabled_with_um_proxy_address=NOT_ROUTED"]
        assert "HostedUm" in run("route", CONTOSO, address).stdout
        assert "OnPremisesUm" in run("route", CONTOSO, address, readings[0]).stdout
        assert "HOSTED_VOICE_MAIL_DISABLED" in run("route", CONTOSO, address, *readings).stdout

    def test_terminal_gets_a_table_that_fits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal no line is wider than it, nothing of a cell is lost, and a column that is left out is named."""
        be_a_terminal(monkeypatch, 90)
        lines = run("route", CONTOSO).stdout.splitlines()
        assert max(map(len, lines)) <= 90
        assert len(lines) > len(read_deployment(Path(CONTOSO).read_bytes()).subjects)
        assert sum("OnPremisesUm" in line for line in lines) == 2
        assert sum("granted@contoso.com" in line for line in lines) == 1
        assert lines[-1] == "The terminal is too narrow for: Clauses."

    def test_a_wide_terminal_gets_every_column(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there is room, the clauses are there, and nothing is said to be left out."""
        be_a_terminal(monkeypatch, 200)
        shown = run("route", CONTOSO).stdout
        assert "ROUTE-2 POL-3" in shown
        assert "too narrow" not in shown

    @pytest.mark.parametrize("width", [60, 80])
    def test_table_fits_a_narrow_terminal(self, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        """At 60 and 80 columns every account and its route stand on one line."""
        be_a_terminal(monkeypatch, width)
        lines = run("route", CONTOSO).stdout.splitlines()
        assert max(map(len, lines)) <= width
        accounts = [line.split("  ")[0] for line in run("route", CONTOSO, "--json").stdout.splitlines()]
        assert sum("@contoso.com" in line.split(" ")[0] for line in lines) == len(accounts)

    def test_dial_plans_not_known(self) -> None:
        """Where the dial plans are not known, the table says that the UM servers are not."""
        users = [{"SipAddress": "roy@contoso.com", "ProxyAddresses": ["EUM:1;phone-context=dp"]}]
        assert "UM servers not known" in run("route", "-", given=json.dumps({"Users": users})).stdout


class TestExplain:
    """``exum-routing explain``."""

    def test_everything_looked_at_is_shown(self) -> None:
        """The inputs, every candidate policy with its standing, and the clauses as sentences."""
        text = run("explain", CONTOSO, "granted@contoso.com").stdout
        for expected in (
            "is routed to hosted UM",
            "Request-URI: sip:granted@contoso.com;maddr=",
            "msExchUCVoiceMailSettings: CsHostedVoiceMail=1",
            "Global: SHADOWED, site:Redmond is narrower",
            "site:Redmond: EFFECTIVE, no per-user policy applies, and this account is homed on its site",
            "tag:ExRetired: MISSING, it is assigned, but no policy has this name",
            f"POL-6 (derived): {clause('POL-6').sentence}",
        ):
            assert expected in text

    @pytest.mark.parametrize(
        ("address", "expected"),
        [("roy", "is routed to on-premises UM"), ("zoe", "is not routed to voice mail: NO_VOICE_MAIL")],
    )
    def test_outcome_in_words(self, address: str, expected: str) -> None:
        """The outcome stands at the top in words."""
        assert expected in run("explain", CONTOSO, f"{address}@contoso.com").stdout.splitlines()[1]

    def test_json_follows_its_schema(self) -> None:
        """--json prints one object by the published schema."""
        result = run("explain", CONTOSO, "aa@contoso.com", "--json")
        Draft202012Validator(schema("explanation")).validate(json.loads(result.stdout))


class TestRefusing:
    """What is wrong gives one line per fault on stderr, nothing on stdout, and the exit code."""

    @pytest.mark.parametrize(
        ("arguments", "given", "expected"),
        [
            (["route", "-"], b"", "the document is empty"),
            (["route", "-"], b"\xff", "the document is not UTF-8"),
            (["route", "-"], b'{"Users": [{"SipAddress": "a;b@c.d"}]}', "Users[0].SipAddress: 'a;b@c.d' is not a SIP address"),
            (["route", "-"], b'{"Users": [{"SipAddress": "a\\r\\nb@c.d"}]}', r"Users[0].SipAddress: 'a\r\nb@c.d' is not a SIP"),
            (["route", "missing.json"], None, "missing.json: cannot be read (No such file or directory)"),
            (["route", "examples"], None, "examples: cannot be read (it holds no file that ends in "),
            (["route", CONTOSO, "nobody@contoso.com"], None, "'sip:nobody@contoso.com' is the SIP address of no user"),
            (["route", CONTOSO, "no address"], None, "'no address' is not a SIP address"),
            (["explain", CONTOSO, "nobody@contoso.com", "--json"], None, "'sip:nobody@contoso.com' is the SIP address of no"),
        ],
    )
    def test_wrong_input_exits_1(self, arguments: list[str], given: bytes | None, expected: str) -> None:
        """The input or the question is wrong: exit code 1 and one line that names file, value and remedy."""
        result = run(*arguments, given=given)
        (line,) = result.stderr.splitlines()
        assert (result.exit_code, result.stdout) == (1, "")
        assert line.startswith("exum-routing: ")
        assert expected in line

    def test_every_fault_is_a_line(self) -> None:
        """All faults of a document, and all unknown addresses, are reported at once."""
        document = json.dumps({"Users": [{"SipAddress": "x"}, {"SipAddress": "y"}]})
        assert len(run("route", "-", given=document).stderr.splitlines()) == 2
        assert len(run("route", CONTOSO, "x", "roy@contoso.com", "y@z.com").stderr.splitlines()) == 2

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["--reading", "colour=RED"], "'colour' is no field of a reading: give FIELD=READING with one of authors_disagree"),
            (["--reading", "several_organizations=last"], "'LAST' is no reading of several_organizations: give one of WHOLE"),
            (["--reading", "several_organizations"], "'' is no reading of several_organizations"),
            (["--jsn"], "No such option"),
        ],
    )
    def test_wrong_usage_exits_2(self, arguments: list[str], expected: str) -> None:
        """A wrong option is a matter of usage: exit code 2, nothing on stdout."""
        result = run("route", CONTOSO, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert expected in " ".join(result.stderr.split())

    @pytest.mark.parametrize("arguments", [["route"], ["explain", CONTOSO], ["rout", CONTOSO]])
    def test_missing_arguments_exit_2(self, arguments: list[str]) -> None:
        """No FILE, no ADDRESS, no such command: usage."""
        assert run(*arguments).exit_code == 2


class TestAsAProgram:
    """The two ways to start it."""

    def test_python_m(self) -> None:
        """``python -m exum_routing`` is the same command; a real process prints no traceback."""
        command = [sys.executable, "-m", "exum_routing", "route", "-", "--json"]
        document = write_deployment(read_deployment(Path(CONTOSO).read_bytes()))
        finished = subprocess.run(command, input=document.encode(), capture_output=True, check=False)  # noqa: S603 - ours
        assert (finished.returncode, finished.stderr) == (0, b"")
        assert len(finished.stdout.splitlines()) == 15

    def test_main_module_runs_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The module ``exum_routing.__main__`` starts the command line."""
        monkeypatch.setattr(sys, "argv", ["exum-routing", "--version"])
        with pytest.raises(SystemExit) as caught:
            __main__.main()
        assert caught.value.code == 0

    def test_version(self) -> None:
        """--version gives the package's version."""
        assert __version__ in run("--version").stdout

    def test_closed_pipe_is_no_traceback(self) -> None:
        """A reader that stops reading, as ``head`` does, ends the program without a traceback."""
        users = [{"SipAddress": f"u{number}@contoso.com"} for number in range(5_000)]
        command = f"{sys.executable} -m exum_routing route - --json | head -n 1"
        finished = subprocess.run(  # noqa: S602 - a pipe of our own
            command, shell=True, input=json.dumps({"Users": users}).encode(), capture_output=True, check=False
        )
        assert finished.stdout.count(b"\n") == 1
        assert b"Traceback" not in finished.stderr

    def test_missing_extra_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the extra the command says which one to install."""
        monkeypatch.delitem(sys.modules, "exum_routing.cli")
        monkeypatch.setitem(sys.modules, "click", None)
        with pytest.raises(SystemExit, match=r"^exum-routing: click is not installed: use pip install 'exum-routing\[cli\]'$"):
            __main__.main()

    @pytest.mark.parametrize(
        "asked", [f"route {CONTOSO}", f"route {CONTOSO} --json", "--version", "--help", "route --help"], ids=str
    )
    @pytest.mark.parametrize("unbuffered", ["", "1"])
    def test_output_that_cannot_be_written_is_one_line(self, unbuffered: str, asked: str) -> None:
        """A full disk under standard output is said in one line, with exit code 1, whether Python buffers or not."""
        command = f"{sys.executable} -m exum_routing {asked} > /dev/full"
        surroundings = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        finished = subprocess.run(command, shell=True, capture_output=True, check=False, env=surroundings)  # noqa: S602 - a device of our own
        assert finished.returncode == 1
        assert (
            finished.stderr
            == b"exum-routing: standard output: cannot be written (No space left on device): use another place\n"
        )

    @pytest.mark.parametrize(("error", "code"), [(OSError(28, "No space left on device"), 1), (BrokenPipeError(), 1)])
    def test_failing_output_ends_with_1(self, monkeypatch: pytest.MonkeyPatch, error: OSError, code: int) -> None:
        """Whatever keeps the output from being written, the exit code is 1."""
        echo = click.echo

        def failing(message: str, *, nl: bool = True, err: bool = False) -> None:
            if not err:
                raise error
            echo(message, nl=nl, err=True)

        monkeypatch.setattr(click, "echo", failing)
        assert run("route", CONTOSO).exit_code == code


def test_a_character_that_the_encoding_lacks_is_escaped(tmp_path: Path) -> None:
    """In a terminal of another encoding, as Windows has, a name outside it is printed as an escape, without a traceback."""
    document = {"Users": [{"SipAddress": "l@contoso.com", "DisplayName": "\u0141ukasz"}]}
    (tmp_path / "d.json").write_text(json.dumps(document))
    (tmp_path / "s.ps1").write_text('Set-CsUser "\u0141ukasz" -HostedVoiceMail $null', encoding="utf-8")
    command = [sys.executable, "-m", "exum_routing", "rehearse", str(tmp_path / "d.json"), str(tmp_path / "s.ps1")]
    surroundings = os.environ | {"PYTHONIOENCODING": "cp1252"}
    finished = subprocess.run(command, capture_output=True, check=False, env=surroundings)  # noqa: S603 - ours
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert finished.stdout.startswith(b"line 1: Set-CsUser '\\u0141ukasz': done")


@pytest.mark.parametrize("command", ["route", "rehearse", "plan"])
def test_help_breaks_no_reading(command: str) -> None:
    """Every reading stands whole in --help, to be copied, and is accepted in any case."""
    shown = run(command, "--help").stdout
    if command != "plan":
        assert "disabled_with_um_proxy_address=ROUTE_ON_PREMISES\n" in shown
        assert run("route", CONTOSO, "--reading=several_organizations=first").exit_code == 0
    else:
        assert "foreign_value=WARN_AND_WRITE\n" in shown


class TestCall:
    """``exum-routing call``."""

    def test_ladder_leads_to_the_mailbox(self) -> None:
        """The ladder shows every hop with its Request-URI and the headers it set, then where the voice mail is."""
        result = run("call", CLOUD_VOICEMAIL, "--to", self.hosted(), "--from", "bob@fabrikam.com")
        lines = result.stdout.splitlines()
        assert lines[0] == f"sip:bob@fabrikam.com calls {self.hosted()}"
        assert [line.split("  ")[0] for line in lines if line[0] != " "][1:3] == ["Front End", "Edge"]
        assert f"  |  Diversion: <{self.hosted()}>" in lines
        assert f"  for the mailbox of {self.hosted()} (OnPremises, transcribed)" in lines
        assert not re.search("Deposited|Answered|accepted", result.stdout)

    @staticmethod
    def hosted() -> str:
        """The first user of the published recipe whose voice mail is hosted and has a mailbox."""
        return "sip:alice@contoso.com"

    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            (("--to", "zoe@contoso.com"), "Refused by Front End: NO_VOICE_MAIL"),
            (("--to", "alice@contoso.com", "--answered"), "Answered by the callee; not a call to voice mail"),
            (
                ("--to", "roy@contoso.com"),
                "Handed over to UM server (um1.contoso.com), TLS port 5061",
            ),
            (
                ("--to", "roy@contoso.com", "--unreachable", "UM1.contoso.com"),
                "Handed over to UM server (um2.contoso.com), TLS port 5061",
            ),
            (
                ("--to", "roy@contoso.com", "--turn", "1"),
                "Handed over to UM server (um2.contoso.com), TLS port 5061",
            ),
            (
                ("--to", "roy@contoso.com", "--unreachable", "um1.contoso.com", "--unreachable", "um2.contoso.com"),
                "Refused by Front End: UNREACHABLE",
            ),
        ],
    )
    def test_outcome_for_people(self, arguments: tuple[str, ...], line: str) -> None:
        """How the call ended is said in one line."""
        assert line in run("call", CONTOSO, "--from", "bob@fabrikam.com", *arguments).stdout.splitlines()

    def test_faults_of_the_edge_and_answered_contacts_for_people(self, tmp_path: Path) -> None:
        """The Edge's faults stand below its refusal; a contact's call is handed over for the tenant."""
        document = json.loads(Path(CLOUD_VOICEMAIL).read_text())
        document["UmContacts"] = [
            {
                "SipAddress": "sip:aa@contoso.com",
                "DisplayNumber": "+14255550100",
                "HostedVoicemailPolicy": "CloudVoiceMailUsers",
            }
        ]
        file = tmp_path / "deployment.json"
        file.write_text(json.dumps(document))
        answered = run("call", str(file), "--to", "aa@contoso.com", "--from", "bob@fabrikam.com").stdout
        assert "\nHanded over to Hosted UM (exap.um.outlook.com), TLS port 5061\n  for tenant " in answered
        assert "  what happens there is not known\n" in answered
        file.write_text(json.dumps(document | {"EdgeReplica": {}}))
        refused = run("call", str(file), "--to", "aa@contoso.com", "--from", "bob@fabrikam.com").stdout
        assert "  because NO_CONFIGURATION\n  it answers 504 Server Time-out (ms-diagnostics: 1005;" in refused
        assert "\n  the caller gets status not published (ms-diagnostics: 15030;" in refused

    @pytest.mark.parametrize(
        ("arguments", "first"),
        [
            (("--to", "alice@contoso.com"), "sip:anonymous@anonymous.invalid calls sip:alice@contoso.com"),
            (
                ("--to", "alice@contoso.com", "--from", "+14255550199"),
                "sip:+14255550199@contoso.com;user=phone calls sip:alice@contoso.com",
            ),
            (("--to", NUMBER, "--from", "bob@a.com"), f"sip:bob@a.com calls sip:{NUMBER}@contoso.com;user=phone"),
        ],
    )
    def test_numbers_and_callers(self, arguments: tuple[str, ...], first: str) -> None:
        """A number may call, and a contact may be called by its number; without --from the caller is anonymous."""
        result = run("call", CONTOSO, *arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines()[0] == first

    def test_a_host_of_the_replica_may_be_unreachable(self, tmp_path: Path) -> None:
        """A provider that only the Edge's replica has is a host that calls are sent to."""
        document = json.loads(Path(CLOUD_VOICEMAIL).read_text())
        provider = {"Identity": "Old", "ProxyFqdn": "um.old.example", "Enabled": True}
        document["EdgeReplica"] = {"AccessEdgeConfiguration": {}, "HostingProviders": [provider]}
        file = tmp_path / "deployment.json"
        file.write_text(json.dumps(document))
        assert run("call", str(file), "--to", "alice@contoso.com", "--unreachable", "um.old.example").exit_code == 0

    def test_the_site_that_is_not_known_is_said(self, tmp_path: Path) -> None:
        """Where a site policy may apply to an account without a known site, ``route`` and ``call`` say so."""
        document = json.loads(Path(CONTOSO).read_text())
        document.pop("Pools")
        file = tmp_path / "deployment.json"
        file.write_text(json.dumps(document))
        assert "(POL-11)" in run("call", str(file), "--to", "alice@contoso.com").stdout.splitlines()[-1]
        table = run("route", str(file)).stdout.splitlines()
        assert any("Global?" in line for line in table)
        assert table[-1].startswith('Where By ends in "?", the site of the account is not known')
        assert "?" not in run("route", CONTOSO).stdout

    def test_json_and_raw(self, tmp_path: Path) -> None:
        """--json prints the whole way as one object; --raw the message that leaves the last hop, which can be given again."""
        asked = ("call", CONTOSO, "--to", "roy@contoso.com", "--from", "bob@fabrikam.com")
        found = json.loads(run(*asked, "--json").stdout)
        assert [hop["Hop"] for hop in found["Hops"]] == ["Front End"]
        raw = run(*asked, "--raw").stdout_bytes
        assert raw.startswith(b"INVITE sip:roy@contoso.com;maddr=um1.contoso.com;")
        file = tmp_path / "invite.sip"
        file.write_bytes(raw)
        assert run("call", CONTOSO, "--invite", str(file), "--raw").stdout_bytes == raw
        refused = run("call", CONTOSO, "--to", "zoe@contoso.com", "--from", "bob@fabrikam.com", "--raw")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("exum-routing: --raw: the INVITE left no hop: Refused by Front End: NO_VOICE_MAIL")

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            ((), 2, "give --to ADDRESS, or --invite FILE.sip"),
            (("--from", "alice@contoso.com"), 2, "give --to ADDRESS, or --invite FILE.sip"),
            (("--invite", "x.sip", "--to", "a@b"), 2, "leave --to and --from out"),
            (("--invite", CONTOSO), 1, "is not the first line of an INVITE"),
            (("--to", "alice@contoso.com", "--from", "bob@contoso.com", "--unreachable", "a b"), 1, "'a b' is not an FQDN"),
            (("--to", "a b", "--from", "bob@contoso.com"), 1, "exum-routing: --to: 'sip:a b' is not a SIP URI"),
            (("--to", "alice@contoso.com", "--from", ""), 1, "exum-routing: --from: 'sip:' is not a SIP URI"),
            (("--to", "alice"), 1, "exum-routing: --to: 'alice' is not a SIP address: use one such as alice@contoso.com"),
            (("--to", "alice@contoso.com", "--from", "bob"), 1, "exum-routing: --from: 'bob' is not a SIP address"),
            (
                ("--to", "alicia@contoso.com"),
                1,
                "is the address of no user or contact in the deployment: the nearest one is al",
            ),
            (("--to", "+4930"), 1, "'+4930' is the address of no user or contact in the deployment: use that of a user"),
            (
                ("--to", "alice@contoso.com", "--unreachable", "um9.contoso.com"),
                1,
                "'um9.contoso.com' is not a host that calls",
            ),
            (("--to", "alice@contoso.com", "--unreachable", "x.invalid"), 1, "use the Fqdn of a UM server or the ProxyFqdn of"),
            (("--to", "a@b", "--from", "a@b", "--raw", "--json"), 2, "--raw and --json exclude each other"),
        ],
    )
    def test_what_is_no_call_is_refused(self, arguments: tuple[str, ...], code: int, message: str) -> None:
        """A wrong call is refused on stderr, with nothing on stdout."""
        result = run("call", CONTOSO, *arguments)
        assert (result.exit_code, result.stdout) == (code, "")
        assert message in result.stderr
