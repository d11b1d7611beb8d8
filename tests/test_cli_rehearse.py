"""``exum-routing rehearse``: what it prints, where, and with which exit code."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exum_routing import HostedUm, Router, cli
from exum_routing.interchange.document import read_deployment

CONTOSO = "examples/contoso/deployment.json"
FRESH = "examples/fresh/deployment.json"
SCRIPTS = sorted(Path("examples/scripts").glob("*.ps1"))
PAGE = Path("docs/rehearsal.md")

ALICE = (
    "sip:alice@contoso.com;maddr=ls.exum.hosted.fabrikam.com;opaque=app:voicemail"
    ";ms-organization=corp.contoso.com%2Ccorp.litwareinc.com"
)
DISABLED = "Set-CsUser zoe@contoso.com -HostedVoiceMail $null -LineURI tel:1\n"
REFUSED = "Set-CsUser nobody -HostedVoiceMail $True\n"


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(cli.main, ("rehearse", *arguments), input=given)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The name of a script, which is not there yet."""
    return tmp_path / "script.ps1"


class TestRehearse:
    """``exum-routing rehearse``."""

    def test_every_step_then_the_routes(self, script: Path) -> None:
        """A line for every step with what it printed, then the accounts in groups, before and after."""
        script.write_text(
            "Get-CsHostedVoicemailPolicy site:Redmond\n"
            "Set-CsUser sean@contoso.com -HostedVoiceMail $null -LineURI tel:1 -Verbose\n"
            "New-CsHostedVoicemailPolicy New -InMemory\n"
            "Remove-CsHostedVoicemailPolicy Global\n"
            "'a'\n"
        )
        result = run(CONTOSO, str(script))
        assert (result.exit_code, result.stderr) == (0, "")
        lines = result.stdout.splitlines()
        steps = lines[: lines.index("")]
        assert steps == [
            "line 1: Get-CsHostedVoicemailPolicy 'site:Redmond': done",
            '  {"Identity": "site:Redmond", "Destination": "ls.exum.hosted.fabrikam.com", "Organization": "corp.contoso.com"}',
            "line 2: Set-CsUser 'sean@contoso.com': done",
            "  not modelled: -LineURI, -Verbose",
            "line 3: New-CsHostedVoicemailPolicy 'New': done",
            '  {"Identity": "tag:New"}',
            "  What if: nothing is changed.",
            "line 4: Remove-CsHostedVoicemailPolicy 'Global': done",
            "  WARNING: The global policy cannot be removed: it was reset to an empty one.",
            "line 5: the pipeline: done",
            '  "a"',
        ]
        routes = lines[lines.index("") + 1 :]
        lost = [
            "4 accounts: hosted UM by Global at ls.exum.hosted.fabrikam.com -> not routed,",
            "    POLICY_WITHOUT_DESTINATION",
        ]
        at = routes.index("Routes")
        assert routes[at + 1 : at + 3] == lost
        verbose = run(CONTOSO, str(script), "--verbose").stdout.splitlines()
        at = verbose.index(lost[1], verbose.index("Routes"))
        assert verbose[at + 1 : at + 4] == [
            "  sip:alice@contoso.com",
            f"    before: {ALICE}",
            "    after:  no Request-URI",
        ]

    def test_groups_are_counted(self, script: Path) -> None:
        """Accounts that are new, gone, or routed to on-premises UM are said to be so."""
        script.write_text(
            "New-CsExUmContact -SipAddress sip:new@contoso.com -RegistrarPool pool01.contoso.com -DisplayNumber 2065550100 "
            "-OU 'OU=Contacts,DC=contoso,DC=com'\n"
            "Get-CsExUmContact sip:aa@contoso.com | Remove-CsExUmContact\n"
            "Set-CsUser torn@contoso.com -HostedVoiceMail $null\n"
        )
        lines = run(CONTOSO, str(script)).stdout.splitlines()
        routes = lines[lines.index("Routes") :]
        assert "Calls" in lines
        assert [line for line in routes if "not there" in line] == [
            "1 account: hosted UM by site:Redmond at ls.exum.hosted.fabrikam.com -> not there",
            "1 account: not there -> hosted UM by Global at ls.exum.hosted.fabrikam.com",
        ]
        at = routes.index("  sip:torn@contoso.com")
        assert routes[at - 1] == (
            "1 account: hosted UM by Global at ls.exum.hosted.fabrikam.com -> on-premises UM by dp.contoso.com"
        )

    def test_nothing_changes(self, script: Path) -> None:
        """Where no route changes, that is said; a script without commands has no steps."""
        script.write_text(DISABLED.replace("-LineURI tel:1", "-WhatIf"))
        assert run(CONTOSO, str(script)).stdout.splitlines() == [
            "line 1: Set-CsUser 'zoe@contoso.com': done",
            "  What if: nothing is changed.",
            "",
            "No route changes.",
        ]
        script.write_text("# nothing\n")
        assert run(CONTOSO, str(script)).stdout.splitlines() == ["", "No route changes."]

    def test_refusal_stops_with_exit_code_1(self, script: Path) -> None:
        """With --stop the first refusal ends the script; its reason stands below it, and the routes after what ran follow."""
        script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n" + REFUSED + DISABLED)
        result = run(CONTOSO, str(script), "--stop")
        assert (result.exit_code, result.stderr) == (1, "")
        first, second, reason, *lines = result.stdout.splitlines()
        assert reason.startswith("  'nobody' is ")
        assert [first, second, *lines[:7]] == [
            "line 1: Set-CsUser 'alice@contoso.com': done",
            "line 2: Set-CsUser 'nobody': REFUSED",
            "Stopped here.",
            "",
            "Calls",
            "1 account: through -> refused at the Front End, NO_VOICE_MAIL",
            "  sip:alice@contoso.com",
            "Routes",
            "1 account: hosted UM by Global at ls.exum.hosted.fabrikam.com -> not routed, NO_VOICE_MAIL",
        ]

    def test_refusal_that_the_script_expects_does_not_fail(self, script: Path) -> None:
        """With -ErrorAction SilentlyContinue it is told apart, and the exit code is 0; --stop does not stop there."""
        script.write_text(
            "Get-CsUser nobody -ErrorAction SilentlyContinue\nGet-CsUser zoe@contoso.com | select DisplayName, LineURI\n"
        )
        result = run(CONTOSO, str(script), "--stop")
        assert result.exit_code == 0
        assert "line 1: Get-CsUser 'nobody': refused, as the script expects" in result.stdout.splitlines()
        assert "  not known: LineURI" in result.stdout.splitlines()
        assert json.loads(run(CONTOSO, str(script), "--json").stdout)["Steps"][0]["Silenced"] is True

    def test_script_goes_on(self, script: Path) -> None:
        """The commands after a refused one run too, as in PowerShell; the exit code is 1 all the same."""
        script.write_text(REFUSED + DISABLED)
        result = run(CONTOSO, str(script))
        steps = [line for line in result.stdout.splitlines() if line.startswith("line ")]
        assert (result.exit_code, steps) == (
            1,
            ["line 1: Set-CsUser 'nobody': REFUSED", "line 2: Set-CsUser 'zoe@contoso.com': done"],
        )
        assert "Stopped" not in result.stdout

    def test_json_is_one_object(self, script: Path) -> None:
        """--json prints the whole rehearsal as one object on one line."""
        script.write_text(DISABLED + "Set-CsUser alice@contoso.com -HostedVoiceMail $null\n" + REFUSED)
        result = run(CONTOSO, str(script), "--json", "--stop")
        (line,) = result.stdout.splitlines()
        found = json.loads(line)
        assert (result.exit_code, found["Stopped"]) == (1, True)
        assert found["Steps"][0] == {"Line": 1, "Command": "Set-CsUser 'zoe@contoso.com'", "NotModelled": ["LineURI"]}
        assert found["Steps"][2]["Refused"].startswith("'nobody' is no user: ")
        (change,) = found["RouteChanges"]
        assert (change["SipAddress"], change["After"]["Reason"]) == ("sip:alice@contoso.com", "NO_VOICE_MAIL")

    def test_written_deployment_is_read_back(self, script: Path, tmp_path: Path) -> None:
        """--write saves what results, which the other commands read; a second run of the script changes nothing more."""
        script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n")
        new = tmp_path / "new.json"
        assert run(CONTOSO, str(script), "--write", str(new)).exit_code == 0
        before, after = read_deployment(Path(CONTOSO).read_bytes()), read_deployment(new.read_bytes())
        assert before.user("alice@contoso.com") != after.user("alice@contoso.com")
        assert [one for one in before.users if one not in after.users] == [before.user("alice@contoso.com")]
        assert run(str(new), str(script)).stdout.splitlines()[-1] == "No route changes."

    def test_what_ran_before_a_refusal_is_written(self, script: Path, tmp_path: Path) -> None:
        """--write saves what results of what ran."""
        script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n" + REFUSED)
        new = tmp_path / "new.json"
        assert run(CONTOSO, str(script), "--write", str(new)).exit_code == 1
        alice = read_deployment(new.read_bytes()).user("alice@contoso.com")
        assert alice is not None
        assert alice.voice_mail_settings.values == ()

    def test_reading_is_of_set_cs_user_and_of_routes(self, script: Path) -> None:
        """--reading takes the fields of both, and each is applied."""
        script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $False\n")
        assert run(CONTOSO, str(script)).exit_code == 1
        assert run(CONTOSO, str(script), "--reading=disabling=ALWAYS_ALLOWED").exit_code == 0
        script.write_text("Set-CsHostedVoicemailPolicy -Organization 'corp.contoso.com, corp.fabrikam.com'\n")
        assert "sip:alice@contoso.com" in run(CONTOSO, str(script)).stdout
        both = ("--reading=several_organizations=FIRST", "--reading=disabling=ALWAYS_ALLOWED")
        assert run(CONTOSO, str(script), *both).stdout.splitlines()[-1] == "No route changes."

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_script_from_standard_input(self, encoding: str) -> None:
        """- is standard input, for the script or the deployment; UTF-8 and, with a byte-order mark, UTF-16."""
        result = run(CONTOSO, "-", given="Get-CsUser 'Zoë*'".encode(encoding))
        assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "line 1: Get-CsUser 'Zoë*': done")

    def test_deployment_from_standard_input(self, script: Path) -> None:
        """The deployment may come from there instead."""
        script.write_text(DISABLED)
        assert run("-", str(script), given=Path(CONTOSO).read_bytes()).exit_code == 0

    def test_every_fault_of_a_script_is_a_line(self, script: Path, tmp_path: Path) -> None:
        """A script that cannot be rehearsed: a line for each fault with its place, nothing on stdout, nothing written."""
        script.write_text(DISABLED + "Frob-Thing\n\nSet-CsUser zoe -Frob\n")
        new = tmp_path / "new.json"
        result = run(CONTOSO, str(script), "--stop", "--write", str(new))
        assert (result.exit_code, result.stdout, new.exists()) == (1, "", False)
        assert result.stderr.splitlines() == [
            f"exum-routing: {script}: line 2, column 1: Frob-Thing is not a known cmdlet: take it out",
            f"exum-routing: {script}: line 4, column 16: -Frob is not a parameter of Set-CsUser: take it out",
        ]

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"if ($x) { Get-CsUser }\n$y++", "line 1, column 1: 'if ($x) { Get-CsUser }' is not read: "),
            (b"Get-CsUser '\xe9'", "the script is not UTF-8 at byte 12: save it as UTF-8, or as UTF-16 with a byte-order mark"),
            (b"\xff\xfea", "the script is not UTF-16 at byte "),
            (b"Get-CsUser \x00", "line 1, column 12: "),
        ],
    )
    def test_script_that_cannot_be_read(self, script: Path, content: bytes, expected: str) -> None:
        """What is no script is refused with what is wrong and what to do."""
        script.write_bytes(content)
        result = run(CONTOSO, str(script))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"exum-routing: {script}: {expected}")

    def test_files_that_are_not_there(self, script: Path) -> None:
        """A deployment or script that is not there is one line."""
        script.write_text(DISABLED)
        for arguments, file in (((CONTOSO, "missing.ps1"), "missing.ps1"), (("missing.json", str(script)), "missing.json")):
            result = run(*arguments)
            assert (result.exit_code, result.stdout) == (1, "")
            assert result.stderr == (
                f"exum-routing: {file}: cannot be read (No such file or directory): give a file, or - for standard input\n"
            )

    def test_document_that_is_none(self, script: Path) -> None:
        """A fault of the deployment is told before the script is looked at."""
        script.write_text("Frob-Thing")
        result = run("-", str(script), given="{")
        assert result.exit_code == 1
        assert "Frob" not in result.stderr

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ((), "Missing argument 'FILE'"),
            ((CONTOSO,), "Missing argument 'SCRIPT.ps1'"),
            ((CONTOSO, "a.ps1", "b.ps1"), "unexpected extra argument"),
            ((CONTOSO, "a.ps1", "--frob"), "No such option"),
            ((CONTOSO, "a.ps1", "--reading=disabling=NEVER"), "'NEVER' is no reading of disabling: give one of REFUSED_IF_"),
            (
                (CONTOSO, "a.ps1", "--reading=colour=RED"),
                "'colour' is no field of a reading: give FIELD=READING with one of dis",
            ),
            (("-", "-"), "standard input is one file only: give the deployment or the script by its name"),
        ],
    )
    def test_wrong_usage_exits_2(self, arguments: tuple[str, ...], expected: str) -> None:
        """A wrong option or argument is a matter of usage: exit code 2, nothing on stdout."""
        result = run(*arguments, given="{}")
        assert (result.exit_code, result.stdout) == (2, "")
        assert expected in " ".join(result.stderr.replace("│", " ").split())

    @pytest.mark.parametrize("example", SCRIPTS, ids=lambda path: path.stem)
    def test_examples_lead_to_hosted_um(self, example: Path, tmp_path: Path) -> None:
        """Every script of the examples is rehearsed from a fresh deployment; whoever is enabled then is routed to hosted UM."""
        new = tmp_path / "new.json"
        result = run(FRESH, str(example), "--write", str(new))
        assert (result.exit_code, result.stderr) == (0, "")
        after = read_deployment(new.read_bytes())
        router = Router(after)
        enabled = [user.sip_address for user in after.users if user.voice_mail_settings.cs_hosted_voice_mail]
        assert enabled
        assert all(isinstance(router.route(address), HostedUm) for address in enabled)
        assert not any(isinstance(Router(read_deployment(Path(FRESH).read_bytes())).route(one), HostedUm) for one in enabled)

    def test_page_prints_what_the_command_prints(self, tmp_path: Path) -> None:
        """Every block of the page after ``$ exum-routing rehearse`` is what that command prints, with its exit code.

        ``...`` on the page stands for the rest of a message that stands elsewhere, on one line.
        """
        blocks = re.findall(r"```text\n\$ exum-routing rehearse (.*?)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        scripts = dict(re.findall(r"`(\w+\.ps1)`:\n\n```powershell\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
        for name, text in scripts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        assert len(blocks) >= 4
        for arguments, expected in blocks:
            words = [str(tmp_path / word) if word in {*scripts, "new.json"} else word for word in arguments.split()]
            result = run(*words)
            said = (result.stderr + result.stdout).replace(f"{tmp_path}/", "")
            said += f"exit code {result.exit_code}\n" if result.exit_code else ""
            assert re.fullmatch(re.escape(expected).replace(r"\.\.\.", ".+"), said), arguments


def test_server_decides_about_a_parameter() -> None:
    """Without --server a line that depends on it is not plainly done; with it, it is, or is refused."""
    case, script = (f"tests/field/09-tenant-parameter-of-2019-cu1{end}" for end in (".json", "-script.ps1"))
    asked = (case, script)
    first = "line 1: New-CsHostedVoicemailPolicy 'CVM': done"
    assert f"{first} where the server has -Tenant (reported absent" in run(*asked).stdout
    assert run(*asked, "--server", "2019").stdout.splitlines()[0] == first
    refused = run(*asked, "--server", "2019-cu1-hf1")
    assert refused.exit_code == 1
    assert "line 1: New-CsHostedVoicemailPolicy: REFUSED\n" in refused.stdout
    assert json.loads(run(*asked, "--json").stdout)["Steps"][0]["DependsOn"] == ["-Tenant"]
