"""What was found in the field, W1 to W14, R1 to R8 and N, each as a command that now says what it has to say.

Each row is the smallest reproduction of its finding. It was run on the code in which it was found (0.2), where it fails.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

ROOT: Final = Path(__file__).parent.parent
FIELD, CONTOSO = "tests/field/{}.json", "examples/contoso/deployment.json"
EXO = "exap.um.outlook.com"
EDGE: Final = {"UseDnsSrvRouting": True, "AllowFederatedUsers": True}
PROVIDER: Final = {"Identity": "Online", "ProxyFqdn": EXO, "Enabled": True, "EnabledSharedAddressSpace": True}
GLOBAL: Final = {"Identity": "Global", "Destination": EXO, "Organization": "contoso.onmicrosoft.com"}
CLOUD: Final = GLOBAL | {"Identity": "tag:Cloud"}
ON: Final = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1"]}
ALICE: Final = {
    "SipAddress": "alice@contoso.com",
    "DisplayName": "Alice",
    "RegistrarPool": "pool01.contoso.com",
    "EnterpriseVoiceEnabled": True,
}
BOB: Final = {"SipAddress": "bob@contoso.com", "DisplayName": "Bob", "RegistrarPool": "pool02.contoso.com"}
DEPLOYMENT: Final = {
    "AccessEdgeConfiguration": EDGE,
    "HostingProviders": [PROVIDER],
    "HostedVoicemailPolicies": [{"Identity": "Global"}, CLOUD],
    "Users": [ALICE | ON | {"HostedVoicemailPolicy": "Cloud"}, BOB | {"EnterpriseVoiceEnabled": False}],
}
ONE: Final = {"Users": [ALICE]}


@attrs.frozen
class Run:
    """What a command printed."""

    code: int
    """Its exit code."""
    out: str
    """Standard output."""
    err: str
    """Standard error."""

    @property
    def said(self) -> str:
        """Everything, without line breaks."""
        return " ".join((self.out + self.err).split())


@attrs.frozen
class Finding:
    """One finding: its reproduction, and what has to be said."""

    id: str
    """As the report of the field has it."""
    command: str
    """The command; ``D`` is the document, ``E`` the second one, ``S`` the script."""
    wanted: Callable[[Run], bool]
    """Whether what it prints is right."""
    document: Any = None
    """What ``D`` holds."""
    second: Any = None
    """What ``E`` holds."""
    script: str = ""
    """What ``S`` holds."""
    surroundings: Sequence[tuple[str, str]] = ()
    """Variables of the environment."""


def rehearsal(id_: str, script: str, wanted: Callable[[Run], bool], document: Any = DEPLOYMENT) -> Finding:
    """A finding about a rehearsal, as JSON."""
    return Finding(id_, "rehearse D S --json", wanted, document, script=script)


def steps(run: Run) -> list[dict[str, Any]]:
    """The steps of a rehearsal; none, if it was refused as a whole."""
    found: list[dict[str, Any]] = json.loads(run.out)["Steps"] if run.out else []
    return found


def changed(run: Run) -> bool:
    """Whether a rehearsal changes a route."""
    return bool(json.loads(run.out)["RouteChanges"]) if run.out else False


def output(run: Run) -> list[Any]:
    """What every step prints."""
    return [one for step in steps(run) for one in step.get("Output", ())]


def done(run: Run, number: int) -> bool:
    """Whether so many steps ran, and none was refused."""
    return len(steps(run)) == number and not any("Refused" in step for step in steps(run))


OFF = 'Remove-CsHostingProvider "Online"'
NO_POOLS: Final = {
    "HostedVoicemailPolicies": [{"Identity": "Global"}, GLOBAL | {"Identity": "site:Lyon"}],
    "Users": [ALICE | ON],
}
REPLICA: Final = {"ReplicaFqdn": "edge.contoso.com", "AccessEdgeConfiguration": EDGE}
LOBBY: Final = {"SipAddress": "lobby@contoso.com", "DisplayNumber": "1", "RegistrarPool": "pool01.contoso.com"}
PEER: Final = f"-- {sys.executable} -c"

FINDINGS: Final = (
    rehearsal("W1", "Get-CsUser -UnassignedUser | Set-CsUser -HostedVoiceMail $null", lambda run: not changed(run)),
    rehearsal("W1", "Get-CsUser -OnLyncServer | Set-CsUser -HostedVoiceMail $null", lambda run: run.out == ""),
    rehearsal(
        "W2",
        'Get-CsHostingProvider "New" -ErrorAction SilentlyContinue | Remove-CsHostingProvider\n'
        "New-CsHostingProvider New -ProxyFqdn um.fabrikam.com -Enabled $True",
        lambda run: run.code == 0 and "new" not in run.err.lower() and len(output(run)) == 1,
    ),
    rehearsal("W2", "Set-CsUser nobody -HostedVoiceMail $null\nGet-CsUser Bob", lambda run: len(output(run)) == 1),
    rehearsal("W3", 'Grant-CsHostedVoicemailPolicy "Bob" Cloud', lambda run: done(run, 1)),
    rehearsal(
        "W4",
        "Get-CsUser | Select-Object DisplayName | Set-CsUser -HostedVoiceMail $null",
        lambda run: not changed(run) and bool(steps(run)),
    ),
    rehearsal(
        "W4",
        "Get-CsUser Alice | Select-Object HostedVoicemailPolicy",
        lambda run: output(run) == [{"HostedVoicemailPolicy": "Cloud"}],
    ),
    rehearsal(
        "W5",
        "Get-CsManagementStoreReplicationStatus | Where-Object {$_.UpToDate -eq $False}",
        lambda run: bool(steps(run)) and not any("Output" in step or "Lines" in step for step in steps(run)),
    ),
    rehearsal(
        "W5",
        "$s = Get-CsManagementStoreReplicationStatus; $s",
        lambda run: len(output(run)) == 1 and "Output" in steps(run)[-1],
    ),
    rehearsal(
        "W6",
        "Set-CsUser Bob -EnterpriseVoiceEnabled $true -PassThru | Grant-CsHostedVoicemailPolicy -PolicyName Cloud",
        lambda run: [step["Command"].split()[0] for step in steps(run)] == ["Set-CsUser", "Grant-CsHostedVoicemailPolicy"],
    ),
    rehearsal("W7", "(Get-CsEffectivePolicy Alice).HostedVoicemailPolicy", lambda run: output(run) == ["tag:Cloud"]),
    rehearsal(
        "W8",
        'Get-CsUser -Filter {EnterpriseVoiceEnabled -eq "False"} | Set-CsUser -HostedVoiceMail $null',
        lambda run: not changed(run),
    ),
    rehearsal(
        "W9",
        "Set-CsUser Alice -LineUri $null -EnterpriseVoiceEnabled $False -HostedVoiceMail $False",
        lambda run: "Direct Routing page" in run.said and "ALWAYS_ALLOWED" in run.said,
    ),
    rehearsal("W10", 'Get-CsUser -OU "contoso.com/Customers"', lambda run: "is not a distinguished name" in run.said),
    rehearsal("W11", "New-CsHostingProvider New -ProxyFqdn um.fabrikam.com", lambda run: run.code == 1),
    rehearsal(
        "W11",
        "New-CsExUmContact -SipAddress sip:a@b -RegistrarPool p -DisplayNumber 1",
        lambda run: run.code == 1 and "OU" in run.said,
    ),
    rehearsal(
        "W12",
        "Get-CsHostingProvider | Select-Object *",
        lambda run: output(run)[0]["HostsOCSUsers"] is False,
    ),
    Finding(
        "W13",
        "rehearse D S",
        lambda run: all(f"line {number}," in run.err for number in (1, 2)),
        DEPLOYMENT,
        script="Import-Csv u.csv | % { Set-CsUser $_.upn }\nforeach ($u in 'a','b') { Set-CsUser $u }",
    ),
    Finding(
        "W13",
        "rehearse D S",
        lambda run: run.code == 1 and "no PowerShell" not in run.err,
        DEPLOYMENT,
        script='Get-CsUser | Select-Object DisplayName, @{Name="P";Expression={$_.X}}',
    ),
    Finding(
        "W13",
        "rehearse D S",
        lambda run: run.code == 1 and "User(sip_address" not in run.said,
        DEPLOYMENT,
        script="$u = Get-CsUser Bob\nSet-CsHostedVoicemailPolicy Global -Description $u",
    ),
    rehearsal("W14", "Get-CsUser Bob -OutVariable x | Out-Null\n$x", lambda run: len(output(run)) == 1),
    rehearsal("W14", '$r += "x"; $r', lambda run: output(run) == ["x"]),
    rehearsal("W14", "$u = Get-CsUser Bob; Set-CsUser -Identity $u -HostedVoiceMail $null", lambda run: run.code == 0),
    rehearsal("W14", 'Grant-CsHostedVoicemailPolicy Alice -PolicyName ""', lambda run: run.code == 0),
    Finding(
        "R1",
        f"audit {FIELD.format('R1-remedy-removes-the-policy-to-grant')}",
        lambda run: "mailbox-not-used" in run.said and "Remove-" not in run.said,
    ),
    Finding("R2", f"audit {FIELD.format('R2-export-recipe-without-pools')}", lambda run: "Remove-" not in run.said),
    Finding("R2", f"audit {FIELD.format('R2-export-recipe-without-pools')} --fail-on ERROR", lambda run: run.code == 0),
    Finding(
        "R3",
        "rehearse D S",
        lambda run: run.code == 0 and "not rehearsed" in run.said,
        DEPLOYMENT,
        script="Enable-UMService um1\nImport-CsConfiguration -LocalStore -FileName e.zip\nGet-CsUser Bob | Out-Null",
    ),
    Finding(
        "R4",
        "audit D",
        lambda run: (
            "Grant-CsHostedVoicemailPolicy" in run.said and "Set-CsHostedVoicemailPolicy -Identity 'Global'" not in run.said
        ),
        {"Users": [ALICE | ON], "HostedVoicemailPolicies": [{"Identity": "Global"}, CLOUD], "HostingProviders": [PROVIDER]},
    ),
    Finding(
        "R5",
        "audit D",
        lambda run: "partner-discovery" in run.said and "EnablePartnerDiscovery $False" not in run.said,
        DEPLOYMENT | {"AccessEdgeConfiguration": EDGE | {"EnablePartnerDiscovery": True}},
    ),
    Finding(
        "R6",
        f"audit {FIELD.format('18-replication-cannot-reach-edge')}",
        lambda run: "4443" in run.said and "xds-replica" in run.said,
    ),
    Finding(
        "R7",
        f"audit {FIELD.format('R1-remedy-removes-the-policy-to-grant')}",
        lambda run: "directory synchronisation may clear" in run.said,
    ),
    Finding(
        "R8",
        "plan D E",
        lambda run: "New-CsExUmContact needs -OU" in run.said,
        ONE,
        ONE | {"UmContacts": [LOBBY]},
    ),
    Finding("A1", "rehearse D S", lambda run: "refused at the Edge, NO_HOSTING_PROVIDER" in run.said, DEPLOYMENT, script=OFF),
    Finding(
        "A1",
        "diff D E",
        lambda run: "through -> refused at the Edge" in run.said,
        DEPLOYMENT,
        DEPLOYMENT | {"HostingProviders": []},
    ),
    Finding("A2", "audit D", lambda run: "Remove-" not in run.said and "pools-not-given" in run.said, NO_POOLS),
    Finding(
        "A3",
        "route D --skip-invalid",
        lambda run: "alice@contoso.com" in run.out and run.code == 1,
        {"Users": [ALICE, BOB | {"RegistrarPool": ""}]},
    ),
    Finding(
        "A4",
        "rehearse D S",
        lambda run: run.code == 0 and "Traceback" not in run.err,
        {"Users": [ALICE | {"DisplayName": "\u0141ukasz"}]},
        script='Set-CsUser "\u0141ukasz" -HostedVoiceMail $null',
        surroundings=[("PYTHONIOENCODING", "cp1252")],
    ),
    Finding(
        "A5",
        f"route {CONTOSO}",
        lambda run: len(run.out.splitlines()) < 60,
        surroundings=[("COLUMNS", "60"), ("FORCE_COLOR", "1"), ("TERM", "xterm")],
    ),
    Finding("B1", "rehearse D S", lambda run: "did you mean Set-CsUser?" in run.said, DEPLOYMENT, script="Set-CsUsr Bob"),
    Finding(
        "B2",
        "rehearse D S",
        lambda run: run.code == 0,
        DEPLOYMENT,
        script="Import-Module SkypeForBusiness\nWrite-Host 'x'\n'alice@contoso.com' | ForEach-Object { "
        "Grant-CsHostedVoicemailPolicy -Identity $_ -PolicyName Cloud; Set-CsUser $_ -HostedVoiceMail $true }\nGet-CsUser | ft",
    ),
    Finding("B3", "clause UM-6", lambda run: run.code == 0 and "UM-6" in run.out),
    Finding(
        "B3",
        "explain D alice@contoso.com",
        lambda run: "not a SIP URI dial plan" in run.said,
        {
            "Users": [ALICE | {"ProxyAddresses": ["EUM:1;phone-context=dp"]}],
            "UmDialPlans": [
                {"PhoneContext": "dp", "UriType": "TelExtn", "UmServers": [{"Fqdn": "um1.contoso.com", "MajorVersion": 15}]}
            ],
        },
    ),
    Finding("B4", f"audit {CONTOSO}", lambda run: "4 errors, 3 warnings, 6 notes." in run.out),
    Finding(
        "B5",
        "diff D E",
        lambda run: len(run.out.splitlines()) <= 10 and "40 accounts: " in run.out,
        {"Users": [{"SipAddress": f"u{number}@contoso.com"} for number in range(40)]},
        {
            "Users": [{"SipAddress": f"u{number}@contoso.com"} | ON for number in range(40)],
            "HostedVoicemailPolicies": [GLOBAL],
        },
    ),
    Finding(
        "B6",
        "route D",
        lambda run: len(run.err.splitlines()) == 2,
        {"Users": [{"SipAdress": f"u{number}@contoso.com"} for number in range(40)]},
    ),
    Finding(
        "B7",
        "route D",
        lambda run: run.code == 1 and "DistinguishedName?" not in run.said and "nearest" not in run.said,
        {"Users": [ALICE | {"LineURI": "tel:1"}]},
    ),
    Finding(
        "B9",
        "audit D",
        lambda run: "WARNING misspelled-pair" in run.said,
        DEPLOYMENT
        | {"Users": [ALICE | {"msExchUCVoiceMailSettings": ["CsHostedVoicMail=1"], "HostedVoicemailPolicy": "Cloud"}]},
    ),
    Finding(
        "B10",
        "plan D E",
        lambda run: "Invoke-CsManagementStoreReplication" in run.out,
        ONE | {"AccessEdgeConfiguration": EDGE, "EdgeReplica": REPLICA | {"HostingProviders": []}},
        ONE
        | {
            "AccessEdgeConfiguration": EDGE,
            "HostingProviders": [PROVIDER],
            "EdgeReplica": REPLICA | {"HostingProviders": []},
        },
    ),
    Finding("B11", f"call {CONTOSO} --to alice@contoso.com --from +14255550100", lambda run: run.code == 0),
    Finding("B11", f"call {CONTOSO} --to alice@contoso.com --from bob", lambda run: run.code == 1),
    Finding(
        "B11",
        f"call {CONTOSO} --to alice@contoso.com --from a@b.com --unreachable exap.um",
        lambda run: "is not a host that calls are sent to" in run.err,
    ),
    Finding(
        "B12",
        "route --help",
        lambda run: "disabled_with_um_proxy_address=ROUTE_ON_PREMISES" in run.out,
        surroundings=[("COLUMNS", "80")],
    ),
    Finding("B18", f"conformance run --ask Route --clause POL-3 {PEER} pass", lambda run: "case 1, POL-3" in run.said),
    Finding("C", "-V", lambda run: run.code == 0),
    Finding(
        "C",
        "rehearse D S --write /proc/new.json",
        lambda run: "done" in run.out and run.code == 1,
        DEPLOYMENT,
        script="Set-CsUser Bob -HostedVoiceMail $null",
    ),
)


def run_finding(finding: Finding, folder: Path, source: Path = ROOT / "src") -> Run:
    """What the command of a finding prints, by the library of a source folder."""
    files = {"D": "document.json", "E": "second.json", "S": "script.ps1"}
    for key, content in (("D", finding.document), ("E", finding.second)):
        if content is not None:
            (folder / files[key]).write_text(json.dumps(content), encoding="utf-8")
    (folder / files["S"]).write_text(finding.script, encoding="utf-8")
    words = [str(folder / files[word]) if word in files else word for word in finding.command.split()]
    surroundings = os.environ | {"PYTHONPATH": str(source), "PYTHONUTF8": "0"} | dict(finding.surroundings)
    command = [sys.executable, "-m", "exum_routing", *words]
    found = subprocess.run(command, capture_output=True, check=False, env=surroundings, cwd=ROOT)  # noqa: S603 - ours
    return Run(found.returncode, found.stdout.decode(errors="replace"), found.stderr.decode(errors="replace"))


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: f"{finding.id}-{finding.command.split()[0]}")
def test_finding(finding: Finding, tmp_path: Path) -> None:
    """What the command prints is right."""
    found = run_finding(finding, tmp_path)
    assert finding.wanted(found), found
