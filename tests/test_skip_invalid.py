"""Reading a document without the accounts whose own values are wrong, and what the commands say of those."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import Deployment, cli
from exum_routing.interchange.document import DocumentError, read_deployment, read_valid_accounts, write_deployment
from exum_routing.testing.strategies import deployments

BREAKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "not an object": lambda _: 7,
    "null": lambda _: None,
    "no address": lambda account: {key: value for key, value in account.items() if key != "SipAddress"},
    "an address that is a number": lambda account: account | {"SipAddress": 5},
    "an address that is none": lambda account: account | {"SipAddress": "a b"},
    "an unknown key": lambda account: account | {"SipAdress": "a@b"},
    "a pool that is none": lambda account: account | {"RegistrarPool": ""},
    "two faults": lambda account: account | {"RegistrarPool": "a b", "HostedVoicemailPolicy": "tag:"},
}
OF_USERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a UM address without dial plan": lambda user: user | {"ProxyAddresses": ["EUM:8001"]},
    "both pairs": lambda user: user | {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1", "CsHostedVoiceMail=0"]},
}


@st.composite
def broken_documents(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """A document in which some accounts are broken, the same without them, and the places of the broken ones."""
    document: dict[str, Any] = json.loads(write_deployment(draw(deployments(max_contacts=3))))
    whole, places = copy.deepcopy(document), []
    for array in ("Users", "UmContacts"):
        if array in document:
            breaks = BREAKS | (OF_USERS if array == "Users" else {})
            chosen = [draw(st.none() | st.sampled_from(sorted(breaks))) for _ in document[array]]
            document[array] = [
                account if how is None else breaks[how](account) for account, how in zip(document[array], chosen, strict=True)
            ]
            whole[array] = [account for account, how in zip(whole[array], chosen, strict=True) if how is None]
            places += [f"{array}[{number}]" for number, how in enumerate(chosen) if how is not None]
    return json.dumps(document), json.dumps(whole), places


class TestReadValidAccounts:
    """The reader that goes on without some accounts."""

    @given(broken_documents())
    def test_it_reads_what_the_strict_reader_reads_without_those_accounts(self, drawn: tuple[str, str, list[str]]) -> None:
        """Each one that is left out is named by its place, with the faults that the strict reader gives for it."""
        document, whole, places = drawn
        deployment, left_out = read_valid_accounts(document)
        assert deployment == read_deployment(whole)
        assert [one.place for one in left_out] == places
        faults = [fault for one in left_out for fault in one.faults]
        if places:
            with pytest.raises(DocumentError) as caught:
                read_deployment(document)
            assert list(caught.value.faults) == faults
        assert all(fault.path.startswith(one.place) for one in left_out for fault in one.faults)

    @given(deployments(max_contacts=3))
    def test_without_faults_nothing_is_left_out(self, deployment: Deployment) -> None:
        """The deployment is that of the strict reader."""
        document = write_deployment(deployment)
        assert read_valid_accounts(document) == (read_deployment(document), ())

    @pytest.mark.parametrize(
        ("document", "path"),
        [
            ("", ""),
            ("[]", ""),
            ('{"Users": {}}', "Users"),
            ('{"Usrs": []}', "Usrs"),
            ('{"Pools": [{"Identity": ""}]}', "Pools[0].Identity"),
            ('{"HostedVoicemailPolicies": [{"Identity": "tag:"}]}', "HostedVoicemailPolicies[0].Identity"),
            ('{"Users": [{"SipAddress": "a@b"}, {"SipAddress": "A@b"}]}', "Users[1].SipAddress"),
            (
                '{"Users": [{"SipAddress": "a@b"}], "UmContacts": [{"SipAddress": "a@b", "DisplayNumber": "1"}]}',
                "UmContacts[0].SipAddress",
            ),
        ],
    )
    def test_a_fault_elsewhere_refuses_the_document(self, document: str, path: str) -> None:
        """What the calls of accounts depend on is never left out; a duplicate is no account's own fault."""
        with pytest.raises(DocumentError) as caught:
            read_valid_accounts(document)
        assert [fault.path for fault in caught.value.faults][:1] == [path] or path in str(caught.value)

    def test_every_fault_is_given_at_once(self) -> None:
        """Those of the document, and then those of the accounts that would be left out."""
        with pytest.raises(DocumentError) as caught:
            read_valid_accounts('{"Users": [{"SipAddress": "a b"}], "Pools": [{"Site": "x"}]}')
        assert [fault.path for fault in caught.value.faults] == ["Pools[0].Identity", "Users[0].SipAddress"]


ALICE = {"SipAddress": "sip:alice@contoso.com"}
ODD = {"SipAddress": "odd@contoso.com", "ProxyAddresses": ["EUM:8001"]}


@pytest.fixture
def document(tmp_path: Path) -> str:
    """A document with one account that is sound and one that is not."""
    path = tmp_path / "deployment.json"
    path.write_text(json.dumps({"Users": [ALICE, ODD]}))
    return str(path)


def run(*arguments: str) -> Result:
    """What a command prints."""
    return CliRunner().invoke(cli.main, arguments)


class TestCommands:
    """``--skip-invalid``."""

    def test_the_answer_is_printed_and_the_account_named(self, document: str) -> None:
        """On standard error; the exit code is 1 all the same. Without the option there is no answer."""
        without = run("route", document)
        assert (without.exit_code, without.stdout) == (1, "")
        result = run("route", document, "--skip-invalid")
        assert result.exit_code == 1
        assert "alice@contoso.com" in result.stdout
        first, second = result.stderr.splitlines()
        assert first == f"exum-routing: {document}: left out 1 account:"
        assert second.startswith(f"exum-routing: {document}: Users[1].ProxyAddresses[0]: 'EUM:8001' ")

    def test_many_of_one_kind_are_one_line(self, tmp_path: Path) -> None:
        """With their number."""
        path = tmp_path / "deployment.json"
        path.write_text(json.dumps({"Users": [ALICE, *(ODD | {"SipAddress": f"odd{n}@contoso.com"} for n in range(12))]}))
        lines = run("route", str(path), "--skip-invalid", "--json").stderr.splitlines()
        assert lines[0].endswith("left out 12 accounts:")
        assert len(lines) == 2
        assert lines[1].endswith("(and 11 more of this kind)")

    def test_without_faults_the_exit_code_is_0(self, tmp_path: Path) -> None:
        """Nothing is said."""
        path = tmp_path / "deployment.json"
        path.write_text(json.dumps({"Users": [ALICE]}))
        result = run("route", str(path), "--skip-invalid")
        assert (result.exit_code, result.stderr) == (0, "")

    @pytest.mark.parametrize(
        "command",
        [
            ("explain", "{}", "odd@contoso.com"),
            ("explain", "{}", "SIP:Odd@contoso.com"),
            ("route", "{}", "odd@contoso.com"),
            ("call", "{}", "--to", "odd@contoso.com"),
            ("diagnose", "{}", "--user", "odd@contoso.com", "--symptom", "503"),
        ],
    )
    def test_who_is_left_out_is_not_unknown(self, document: str, command: tuple[str, ...]) -> None:
        """The answer about such an account is why it was left out."""
        result = run(*(word.format(document) for word in command), "--skip-invalid")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "was left out: Users[1].ProxyAddresses[0]: 'EUM:8001' " in result.stderr.splitlines()[-1]

    def test_who_is_unknown_stays_unknown(self, tmp_path: Path) -> None:
        """Also where an account without an address was left out, or one whose address is none."""
        path = tmp_path / "deployment.json"
        path.write_text(json.dumps({"Users": [ALICE, {}, {"SipAddress": "a b"}]}))
        assert "was left out" not in run("explain", str(path), "bob@contoso.com", "--skip-invalid").stderr
        assert "'a b' was left out" in run("explain", str(path), "a b", "--skip-invalid").stderr

    @pytest.mark.parametrize("command", ["audit", "contested", "rehearse", "plan", "diff"])
    def test_every_command_takes_it(self, document: str, command: str, tmp_path: Path) -> None:
        """Its answer is printed, and the exit code is 1."""
        script = tmp_path / "script.ps1"
        script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n")
        second = {"rehearse": [str(script)], "plan": [document], "diff": [document]}.get(command, [])
        result = run(command, document, *second, "--skip-invalid")
        assert result.exit_code == 1
        assert result.stdout
        assert "left out 1 account:" in result.stderr

    def test_the_audit_did_not_look_at_them(self, document: str) -> None:
        """It says so, with their number, in --json too."""
        assert "1 account left out because of their own values" in " ".join(
            run("audit", document, "--skip-invalid").stdout.split()
        )
        last = json.loads(run("audit", document, "--skip-invalid", "--json").stdout.splitlines()[-1])
        assert last["NotLookedAt"][0] == "1 account left out because of their own values"

    def test_a_rehearsal_does_not_lose_them(self, document: str, tmp_path: Path) -> None:
        """What results is not written without them."""
        script, new = tmp_path / "script.ps1", tmp_path / "new.json"
        script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n")
        result = run("rehearse", document, str(script), "--skip-invalid", "--write", str(new))
        assert (result.exit_code, result.stdout, new.exists()) == (1, "", False)
        assert "would be lost" in result.stderr
