"""Commands of real scripts that a rehearsal does not run itself: where they run, or that they only print."""

from typing import Final

import pytest

from exum_routing import Deployment, HostedVoicemailPolicy, User
from exum_routing.interchange.powershell import ScriptError, read_script
from exum_routing.rehearsal import Rehearsal, rehearsal_to_json, rehearse, step_to_text

USERS: Final = ("alice", "bob")
DEPLOYMENT: Final = Deployment(
    users=[User(sip_address=f"{name}@contoso.com", display_name=name.title()) for name in USERS],
)


def rehearsed(text: str) -> Rehearsal:
    """The rehearsal of a script."""
    return rehearse(read_script(text), DEPLOYMENT)


def lines(text: str) -> list[str]:
    """What the terminal shows of the steps of a script."""
    return [line for step in rehearsed(text).steps for line in step_to_text(step).splitlines()]


def refused(text: str) -> str:
    """What is wrong with a script that cannot be rehearsed."""
    with pytest.raises(ScriptError) as caught:
        rehearsed(text)
    return str(caught.value)


class TestElsewhere:
    """A command that another shell or machine runs is told, and the rest goes on."""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Enable-UMService um1.contoso.com", "Enable-UMService 'um1.contoso.com': runs in the Exchange Management Shell"),
            ("Import-CsConfiguration -LocalStore -FileName a.zip", "Import-CsConfiguration: runs on the Edge Server"),
            ("Set-CsOnlineVoicemailUserSettings $who", "Set-CsOnlineVoicemailUserSettings: runs in Teams PowerShell"),
        ],
    )
    def test_it_is_said_where_it_runs(self, text: str, shown: str) -> None:
        """The step says where; it is no failure, and the next line has its turn."""
        assert lines(f"{text}\nSet-CsUser Bob -HostedVoiceMail $null") == [
            f"line 1: {shown}, not rehearsed",
            "line 2: Set-CsUser 'Bob': done",
        ]
        found = rehearsed(text)
        assert not found.steps[0].failed
        assert rehearsal_to_json(found)["Steps"][0]["RunsElsewhere"] == found.steps[0].elsewhere != ""

    def test_it_is_a_step_for_each_object(self) -> None:
        """Users that are piped into it are named."""
        text = "Get-CsUser | Set-CsOnlineVoicemailUserSettings -VoicemailEnabled $false"
        assert [step.command for step in rehearsed(text).steps] == [
            f"Set-CsOnlineVoicemailUserSettings 'sip:{name}@contoso.com'" for name in USERS
        ]

    @pytest.mark.parametrize("text", ["{} | Select-Object Identity", "$settings = {}", "Get-CsUser ({}).Identity"])
    def test_what_it_gives_is_not_known(self, text: str) -> None:
        """Nothing is concluded from what it would give: its use is refused."""
        command = "Set-CsOnlineVoicemailUserSettings Bob"
        assert "Set-CsOnlineVoicemailUserSettings gives elsewhere" in refused(text.format(command))

    def test_its_parameters_are_known(self) -> None:
        """A parameter that it does not have is a typing error."""
        assert "did you mean -Identity?" in refused("Enable-UMService -Identty um1.contoso.com | Get-CsUsr")
        assert "did you mean Get-CsUser?" in refused("Enable-UMService -Identty um1.contoso.com | Get-CsUsr")


class TestBlocks:
    """Several commands in one block: the grant, then the enabling."""

    @pytest.mark.parametrize(
        "block",
        [
            "%{Grant-CsHostedVoicemailPolicy -Identity $_ -PolicyName Cloud; Set-CsUser $_ -HostedVoiceMail $true}",
            """ForEach-Object {
                Grant-CsHostedVoicemailPolicy -Identity $_.SipAddress -PolicyName Cloud  # first
                Set-CsUser -Identity $_.SipAddress -HostedVoiceMail $true
            }""",
        ],
    )
    def test_each_object_has_them_all(self, block: str) -> None:
        """For each object every command runs, in order, before the next object has its turn."""
        policy = HostedVoicemailPolicy(identity="Cloud", destination="exap.um.outlook.com")
        before = Deployment(users=DEPLOYMENT.users, policies=[HostedVoicemailPolicy(identity="Global"), policy])
        found = rehearse(read_script(f"Get-CsUser|?{{$_.DisplayName -like 'A*' -or $_.DisplayName -eq 'Bob'}}|{block}"), before)
        assert [step.command for step in found.steps] == [
            f"{cmdlet} 'sip:{name}@contoso.com'" for name in USERS for cmdlet in ("Grant-CsHostedVoicemailPolicy", "Set-CsUser")
        ]
        assert all(user.voice_mail_settings.values == ("CsHostedVoiceMail=1",) for user in found.after.users)

    def test_what_they_print_goes_on(self) -> None:
        """The objects of every command go down the pipe, each command's after those of the one before."""
        found = rehearsed("Get-CsUser Bob | % {Get-CsUser Alice; $_} | Select-Object DisplayName")
        assert [one.properties for one in found.steps[0].output] == [(("DisplayName", "Alice"),), (("DisplayName", "Bob"),)]

    def test_every_fault_in_them(self) -> None:
        """All faults of all commands are told."""
        assert refused("Get-CsUser | % {Get-CsFoo; Set-CsUser -Fo}").count("line 1") == 3


SCRIPT: Final = """
Import-Module SkypeForBusiness -ErrorAction Stop
Start-Transcript -Path C:\\log.txt
Write-Host "Users: $users" -ForegroundColor Green
Get-CsUser | Sort-Object DisplayName -Descending | Set-CsUser -HostedVoiceMail $null
Get-CsUser Bob | ft DisplayName, SipAddress -AutoSize
New-CsHostedVoicemailPolicy Cloud | Out-Null
Write-Output done; Write-Verbose done; Write-Warning done
Stop-Transcript
"""


class TestNotModelled:
    """Commands that only print, order or prepare the shell are accepted, and every one is told."""

    def test_a_script_as_people_write_it(self) -> None:
        """Each is a step that says what it does; the pipe goes on after Sort-Object; objects are shown where they would be."""
        found = rehearsed(SCRIPT)
        assert [(step.line, step.command, step.aside) for step in found.steps if step.aside] == [
            (2, "Import-Module", "only loads commands"),
            (3, "Start-Transcript", "only writes a file"),
            (4, "Write-Host", "only prints"),
            (5, "Sort-Object", "only orders"),
            (6, "Format-Table", "only prints"),
            (7, "Out-Null", "only hides what would be printed"),
            *((8, f"Write-{what}", "only prints") for what in ("Output", "Verbose", "Warning")),
            (9, "Stop-Transcript", "only writes a file"),
        ]
        assert [step.command for step in found.steps if not step.aside] == [
            *(f"Set-CsUser 'sip:{name}@contoso.com'" for name in USERS),
            "New-CsHostedVoicemailPolicy 'Cloud'",
        ]
        assert [step.output for step in found.steps if step.output] == [(DEPLOYMENT.users[1],)]

    @pytest.mark.parametrize("alias", ["ft", "fl", "Format-List", "oh", "Out-String", "sort"])
    def test_it_is_told_by_its_name(self, alias: str) -> None:
        """An alias is told by the command's name, with the objects that it would print."""
        name = {"ft": "Format-Table", "fl": "Format-List", "oh": "Out-Host", "sort": "Sort-Object"}.get(alias, alias)
        shown, *objects = lines(f"Get-CsUser | {alias}")
        assert shown == f"line 1: {name}: not modelled, it only {'orders' if alias == 'sort' else 'prints'}"
        assert len(objects) == len(USERS)
        assert rehearsal_to_json(rehearsed(f"Get-CsUser | {alias}"))["Steps"][0]["Aside"].startswith("only ")

    def test_it_is_told_once_for_many_objects(self) -> None:
        """A block that runs for many objects tells it once where nothing is between."""
        assert [step.command for step in rehearsed("Get-CsUser | % {Write-Host $_.DisplayName}").steps] == ["Write-Host"]

    @pytest.mark.parametrize("text", ["Get-CsUser | ft | Set-CsUser -HostedVoiceMail $null", "$a = Get-CsUser | Out-String"])
    def test_nothing_goes_on_after_it(self, text: str) -> None:
        """What formats or hides objects lets none through, and its text is not known; it may itself be formatted away."""
        assert "gives" in refused(text)
        assert len(rehearsed("Get-CsUser | ft | Out-File a.txt").steps) == 2
        assert len(rehearsed("Enable-UMService um1 | Out-Null").steps) == 2

    def test_its_values_change_nothing(self) -> None:
        """They are not evaluated: a command among them that is not a Get- is refused."""
        assert not rehearsed('Write-Host "Bob: $((Get-CsUser Bob | select -First 1).DisplayName)"').steps[0].failed
        assert "Set-CsUser would not run" in refused('Write-Host "$(Set-CsUser Bob -HostedVoiceMail $null)"')

    def test_selection_by_order_is_refused(self) -> None:
        """The order that Sort-Object makes is not modelled, so that neither it nor Select-Object counts objects."""
        assert "-Unique of Sort-Object selects objects" in refused("Get-CsUser | sort RegistrarPool -u")
        assert not rehearsed("Get-CsUser | Sort-Object -Property DisplayName").steps[0].failed
        for text in (
            "Get-CsUser | sort DisplayName | select -First 1",
            "$s = Get-CsUser | sort DisplayName | ? {$_.DisplayName -like '*'}; $s.DisplayName | select -Last 1",
        ):
            assert "counts objects in an order that is not modelled" in str(rehearsed(text).steps[-1].refusal)
        for text in ("Get-CsUser Bob | sort DisplayName | select -First 1", "Get-CsUser | sort DisplayName | select -Unique"):
            assert not rehearsed(text).steps[-1].failed
