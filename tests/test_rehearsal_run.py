"""The rehearsal of a script: checked whole, then run on a view, a step for every command that did or said something."""

import copy
import pickle
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    ExumRoutingError,
    HostedVoicemailPolicy,
    HostingProvider,
    Pool,
    UmContact,
    User,
    VerificationLevel,
)
from exum_routing.cmdlets import (
    View,
    apply_changes,
    grant_cs_hosted_voicemail_policy,
    quote,
    set_cs_hosted_voicemail_policy,
    set_cs_user,
)
from exum_routing.interchange import Fault
from exum_routing.interchange.document import write_deployment
from exum_routing.interchange.export import export_configuration
from exum_routing.interchange.powershell import Number, Pipeline, ScriptBlock, ScriptError, read_script
from exum_routing.reading import CmdletReading, Disabling, ForeignValue
from exum_routing.rehearsal import Rehearsal, Step, rehearse
from exum_routing.rehearsal.bound import BoundPipeline, CmdletStage, ForEachStage, SelectStage, WhereStage
from exum_routing.rehearsal.check import check
from exum_routing.rehearsal.parts import parts_of
from exum_routing.replication import ReplicationStatus
from exum_routing.sip import Fqdn
from exum_routing.testing.strategies import deployments

ALICE: Final = User(
    sip_address="alice@contoso.com",
    display_name="Alice",
    user_principal_name="alice@corp.contoso.com",
    distinguished_name="CN=Alice,OU=Redmond,DC=contoso,DC=com",
    registrar_pool="pool01.contoso.com",
    enterprise_voice_enabled=True,
)
PILAR: Final = User(
    sip_address="pilar@contoso.com",
    display_name="Pilar Ackerman",
    distinguished_name="CN=Pilar,OU=Finance,DC=contoso,DC=com",
    enterprise_voice_enabled=True,
    voice_mail_settings=["ExchangeHostedVoiceMail=1"],
)
ROY: Final = User(
    sip_address="roy@contoso.com",
    display_name="Roy",
    distinguished_name="CN=Roy,OU=Finance,DC=contoso,DC=com",
    enterprise_voice_enabled=False,
    voice_mail_settings=["CsHostedVoiceMail=0"],
)
ZOE: Final = User(sip_address="zoe@contoso.com", display_name="Zoe")
GLOBAL: Final = HostedVoicemailPolicy(identity="Global")
REDMOND: Final = HostedVoicemailPolicy(
    identity="ExRedmond", destination="exap.um.outlook.com", organizations=["corp.contoso.com"]
)
PROVIDER: Final = HostingProvider(identity="Exchange Online", proxy_fqdn="exap.um.outlook.com", enabled=True)
DEPLOYMENT: Final = Deployment(
    users=[ALICE, PILAR, ROY, ZOE],
    contacts=[UmContact(sip_address="aa@contoso.com", display_number="+14255550100")],
    policies=[GLOBAL, REDMOND],
    providers=[PROVIDER, HostingProvider(identity="Other", proxy_fqdn="um.fabrikam.com")],
    edge=AccessEdgeConfiguration(use_dns_srv_routing=True),
    pools=[Pool(fqdn="pool01.contoso.com", site="Redmond")],
)


def rehearsed(text: str, deployment: Deployment = DEPLOYMENT, *, stop: bool = True) -> Rehearsal:
    """The rehearsal of a script."""
    return rehearse(read_script(text), deployment, stop=stop)


def faults(text: str) -> list[str]:
    """What keeps a script from being rehearsed; it is refused with the same."""
    script = read_script(text)
    found: tuple[Fault, ...] = ()
    try:
        check(script)
    except ScriptError as error:
        found = error.faults
    if found:
        with pytest.raises(ScriptError) as caught:
            rehearse(script, DEPLOYMENT)
        assert caught.value.faults == found
    return [str(fault) for fault in found]


def outcomes(rehearsal: Rehearsal) -> list[tuple[int, str, str | None]]:
    """Line, command and refusal of every step."""
    return [
        (step.line, step.command, None if step.refusal is None else type(step.refusal).__name__) for step in rehearsal.steps
    ]


def changed(rehearsal: Rehearsal) -> list[str]:
    """The users who changed, by display name."""
    pairs = zip(rehearsal.before.users, rehearsal.after.users, strict=True)
    return [after.display_name or "" for before, after in pairs if before != after]


def printed(text: str, deployment: Deployment = DEPLOYMENT) -> list[Any]:
    """What the last step of a script printed, users by display name."""
    rehearsal = rehearsed(text, deployment)
    assert not rehearsal.stopped, rehearsal.steps[-1].refusal
    output = rehearsal.steps[-1].output
    return [one.display_name if isinstance(one, User) else one for one in output]


def refusal(text: str) -> str:
    """Why the last step of a script was refused."""
    rehearsal = rehearsed(text)
    assert rehearsal.stopped
    assert rehearsal.steps[-1].refusal is not None
    return str(rehearsal.steps[-1].refusal)


# What is refused before anything runs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frob-Thing", ["line 1, column 1: Frob-Thing is not a known cmdlet: take it out"]),
        (
            "Get-CsUser | Tee-Object DisplayName",
            ["line 1, column 14: Tee-Object is not a known cmdlet: take it out"],
        ),
        ("Get-CsUser -Frob x", ["line 1, column 12: -Frob is not a parameter of Get-CsUser: take it out"]),
        (
            "Set-CsHostingProvider X -ProxyFqdn a.b",
            [
                ("line 1, column 25: -ProxyFqdn cannot be modified: delete the hosting provider and create it anew"),
            ],
        ),
        (
            "Get-CsHostedVoicemailPolicy | Get-CsAccessEdgeConfiguration",
            ["line 1, column 31: Get-CsAccessEdgeConfiguration takes nothing from the pipe: write it alone"],
        ),
        (
            "Get-CsHostedVoicemailPolicy | Export-CsConfiguration x.zip",
            ["line 1, column 31: Export-CsConfiguration takes nothing from the pipe: write it alone"],
        ),
        ("Where-Object {$_.A}", ["line 1, column 1: Where-Object takes what comes down a pipe: put a pipe before it"]),
        ("% {Get-CsUser}", ["line 1, column 1: % takes what comes down a pipe: put a pipe before it"]),
        ("select DisplayName", ["line 1, column 1: select takes what comes down a pipe: put a pipe before it"]),
        (
            "Get-CsUser | % {$_.SipAddress}",
            ["line 1, column 14: % takes one script block with commands in it: give it one"],
        ),
        ("Get-CsUser | foreach", ["line 1, column 14: foreach takes one script block with commands in it: give it one"]),
        ("Get-CsUser | % 'a'", ["line 1, column 14: % takes one script block with commands in it: give it one"]),
        (
            "Get-CsUser | % -Process {Get-CsUser}",
            ["line 1, column 14: % takes one script block with commands in it: give it one"],
        ),
        (
            "Get-CsUser | Select-Object -Frob 1",
            ["line 1, column 28: -Frob is not a parameter of Select-Object: take it out"],
        ),
        (
            "Get-CsUser -Filter 'Displ'",
            [
                (
                    "line 1, column 20: 'Displ' cannot be read as a filter: line 1, column 1: 'Displ' is no condition: "
                    "write Name -eq value"
                )
            ],
        ),
        (
            "Get-CsUser -Filter 'DisplayName -eq (Frob-Thing)'",
            [
                (
                    "line 1, column 20: 'DisplayName -eq (Frob-Thing)' cannot be read as a filter: it holds a command; "
                    "assign its value to a variable before"
                )
            ],
        ),
        ("$x = (Frob-Thing)", ["line 1, column 7: Frob-Thing is not a known cmdlet: take it out"]),
        ('"a $(Frob-Thing)"', ["line 1, column 6: Frob-Thing is not a known cmdlet: take it out"]),
        (
            "Get-CsUser | ? {(Frob-Thing).A -eq 1}",
            ["line 1, column 18: Frob-Thing is not a known cmdlet: take it out"],
        ),
        (
            "Get-CsUser | % {Get-CsUser | Frob-Thing}",
            ["line 1, column 30: Frob-Thing is not a known cmdlet: take it out"],
        ),
        ("Get-CsUser -Filter 'DisplayName -eq \"a\"'", []),
        ("", []),
    ],
)
def test_check_finds_what_cannot_be_rehearsed(text: str, expected: list[str]) -> None:
    """Commands, parameters and values that do not go, wherever in the script, with line and column."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Set-CsUsr", "Set-CsUsr is not a known cmdlet: did you mean Set-CsUser?"),
        (
            "grant-csvoicemailpolicy",
            "grant-csvoicemailpolicy is not a known cmdlet: did you mean Grant-CsHostedVoicemailPolicy?",
        ),
        ("Get-CsPool", "Get-CsPool is not a known cmdlet: take it out"),
        ("Grant-CsVoicePolicy", "Grant-CsVoicePolicy is not a known cmdlet: take it out"),
        ("import-csconfiguration -FileNam", "-FileName has no value: give one behind it"),
        (
            "Get-CsUser -Identty alice@contoso.com",
            "-Identty is not a parameter of Get-CsUser: did you mean -Identity?",
        ),
    ],
)
def test_a_near_name_is_suggested(text: str, problem: str) -> None:
    """A near cmdlet or parameter is suggested; one that shares only a verb and ``Cs`` is not."""
    (found,) = faults(text)
    assert found.partition(": ")[2] == problem


def test_every_fault_at_once_in_the_order_of_places() -> None:
    """No fault hides another: not in a pipeline, not in a later line, not in a nested one."""
    text = "Foo | Bar | Set-CsUser -Frob\n\nSet-CsUser alice -HostedVoiceMail 2 -Foo x\n$a = (Baz (Get-CsUser -E x))"
    assert faults(text) == [
        "line 1, column 1: Foo is not a known cmdlet: take it out",
        "line 1, column 7: Bar is not a known cmdlet: take it out",
        "line 1, column 24: -Frob is not a parameter of Set-CsUser: take it out",
        "line 3, column 18: -HostedVoiceMail takes $True or $False: give one of them",
        "line 3, column 37: -Foo is not a parameter of Set-CsUser: take it out",
        "line 4, column 7: Baz is not a known cmdlet: take it out",
        "line 4, column 23: -E may be -ErrorAction, -ErrorVariable: write the name out",
    ]


# Identity, values, variables


@pytest.mark.parametrize(
    "identity",
    [
        "sip:alice@contoso.com",
        "alice@corp.contoso.com",
        "-Identity Alice",
        "-id 'CN=Alice,OU=Redmond,DC=contoso,DC=com'",
        "(Get-CsUser Alice).SipAddress",
        "(Get-CsUser Alice).Identity",
        "(Get-CsUser -Filter {DisplayName -eq 'alice'}).SipAddress",
    ],
)
def test_user_is_named_as_the_cmdlets_accept(identity: str) -> None:
    """By any of the names, by a property of a Get- in parentheses."""
    assert changed(rehearsed(f"Set-CsUser {identity} -EnterpriseVoiceEnabled $False")) == ["Alice"]


@pytest.mark.parametrize(
    ("value", "expected"), [("$True", True), ("1", True), ("$false", False), ("0", False), ("$yes", True), ("$one", True)]
)
def test_one_and_zero_are_booleans(value: str, expected: object) -> None:
    """A parameter that takes a boolean takes 1 and 0, also from a variable."""
    text = f"$yes = $True; $one = 1; Set-CsUser Zoe -EnterpriseVoiceEnabled {value}"
    assert rehearsed(text).after.users[3].enterprise_voice_enabled is expected


def test_null_clears_the_attribute() -> None:
    """$null removes every value of msExchUCVoiceMailSettings, also from a variable."""
    after = rehearsed("$nothing = $null; Set-CsUser Roy -HostedVoiceMail $nothing").after
    assert after.users[2].voice_mail_settings.values == ()


def test_number_is_a_text_where_a_text_is_taken() -> None:
    """A number given to a parameter that takes a text is its digits."""
    after = rehearsed("Set-CsExUmContact sip:aa@contoso.com -DisplayNumber 2065550100 -AutoAttendant 1").after
    assert (after.contacts[0].display_number, after.contacts[0].auto_attendant) == ("2065550100", True)


def test_null_text_clears_description() -> None:
    """A parameter that takes a text or $null takes both."""
    after = rehearsed("$d = 'x'; Set-CsHostedVoicemailPolicy -Description $d -Destination $null").after
    assert after.policies[0] == attrs.evolve(GLOBAL, description="x")


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("usesourceverification", VerificationLevel.USE_SOURCE_VERIFICATION),
        ("AlwaysUnverifiable", VerificationLevel.ALWAYS_UNVERIFIABLE),
    ],
)
def test_verification_level_in_any_case(level: str, expected: VerificationLevel) -> None:
    """A verification level is one of three names in any case."""
    after = rehearsed(f"Set-CsHostingProvider 'Exchange Online' -VerificationLevel {level}").after
    assert after.providers[0].verification_level is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Set-CsHostingProvider Other -VerificationLevel Often",
            "'Often' is not a verification level: use one of AlwaysVerifiable, AlwaysUnverifiable, UseSourceVerification",
        ),
        (
            "$x = 2; Set-CsUser Zoe -EnterpriseVoiceEnabled $x",
            "'2' is no boolean for -EnterpriseVoiceEnabled: give $True or $False",
        ),
        (
            "$x = 'True'; Set-CsUser Zoe -HostedVoiceMail $x",
            "'True' is no boolean for -HostedVoiceMail: give $True or $False",
        ),
        ("$x = $null; Set-CsUser Zoe -EnterpriseVoiceEnabled $x", "None is no boolean for -EnterpriseVoiceEnabled: "),
        ("$x = $True; Set-CsUser $x -HostedVoiceMail $True", "True is no text for -Identity: give one"),
        ("$x = 1,2; Set-CsHostedVoicemailPolicy -Description $x", "('1', '2') is no text for -Description: "),
        ("Set-CsUser (Get-CsUser Zoe).UserPrincipalName -HostedVoiceMail $null", "None is no text for -Identity: give one"),
        ("Set-CsUser $who -HostedVoiceMail $True", "'$who' has no value: assign one before"),
        ("$who", "'$who' has no value: assign one before"),
        ("$a = $who", "'$who' has no value: assign one before"),
        ("$a = 1; $a += 1", "'$a' is no text to which a text can be added: assign a text first"),
        ("$a = 'x'; $a += $null", "'$a' is no text to which a text can be added: assign a text first"),
        ("$w = 'x'; Set-CsUser Zoe -HostedVoiceMail $null -WhatIf:$w", "'x' is no boolean for -WhatIf: give $True or "),
        ("Get-CsUser -Filter {Colour -eq 1}", "'Colour' is no property that is known here: give one of Identity, "),
        ("Get-CsUser | ? {$_.Colour}", "'Colour' is no property that is known here: give one of Identity, "),
        ("$f = 1; Get-CsUser -Filter $f", "'1' is no condition for -Filter: give one in braces or q"),
        ("$f = 'x'; Get-CsUser -Filter $f", "'x' cannot be read as a filter: line 1, column 1: 'x' is no condition: "),
        (
            '$f = "DisplayName -eq (Get-CsUser -Filter `$f).DisplayName"; Get-CsUser -Filter $f',
            "'DisplayName -eq (Get-CsUser -Filter $f).DisplayName' cannot be read as a filter: it holds a command; ",
        ),
        ("'%' | Set-CsUser -HostedVoiceMail $True", "'%' is no user: give a SIP address, "),
        ("$True | Set-CsUser -HostedVoiceMail $True", "True cannot be bound to -Identity: pipe what a Get- cmdlet prints, "),
        (
            "Get-CsUser Zoe | Select-Object -ExpandProperty UserPrincipalName | Set-CsHostedVoicemailPolicy",
            "None cannot be bound to -Identity: pipe what a Get- cmdlet prints, or a text",
        ),
        ("Get-CsUser | select -First x", "'x' is no number for -First: give a whole number from 0"),
        ("Get-CsUser | select -Last 99999999999", "'99999999999' is no number for -Last: give a whole number from 0"),
        ("$n = $null; Get-CsUser | select -Skip $n", "None is no text for -Skip: give one"),
    ],
)
def test_what_is_seen_only_as_it_runs_is_refused(text: str, expected: str) -> None:
    """What a variable or an object holds is seen when the command runs; the refusal ends the script."""
    assert refusal(text).startswith(expected)


def test_variables_are_assigned_and_joined() -> None:
    """= gives a value, += joins a text or a number to a text; names are without case."""
    text = (
        "$a = (Get-CsHostedVoicemailPolicy ExRedmond).Organization\n"
        "$A += ',corp2.contoso.com'\n$b = 'For '\n$b += 7\n"
        'Set-CsHostedVoicemailPolicy ExRedmond -Organization "$a,$("corp3.contoso.com")" -Description $B'
    )
    policy = rehearsed(text).after.policies[1]
    assert policy.organizations == ("corp.contoso.com", "corp2.contoso.com", "corp3.contoso.com")
    assert policy.description == "For 7"


# Pipelines


@pytest.mark.parametrize(
    ("pipe", "expected"),
    [
        ("Get-CsUser", ["Alice", "Pilar Ackerman", "Roy", "Zoe"]),
        ("Get-CsUser | ? {$_.DisplayName -eq 'ALICE'}", ["Alice"]),
        ("Get-CsUser | ? DisplayName -ne Alice", ["Pilar Ackerman", "Roy", "Zoe"]),
        ("Get-CsUser | Where-Object {$_.DisplayName -like '*a*'}", ["Alice", "Pilar Ackerman"]),
        ("Get-CsUser | where {-not ($_.DisplayName -like '*a*')}", ["Roy", "Zoe"]),
        ("Get-CsUser | where {$_.EnterpriseVoiceEnabled -and $_.DisplayName -like 'A*'}", ["Alice"]),
        ("Get-CsUser | where {$_.HostedVoiceMail -eq $False -or $_.DisplayName -eq 'Zoe'}", ["Roy", "Zoe"]),
        ("Get-CsUser | where {$_.HostedVoiceMail -eq $null}", ["Alice", "Pilar Ackerman", "Zoe"]),
        ("Get-CsUser -Filter {EnterpriseVoiceEnabled -eq $True}", ["Alice", "Pilar Ackerman"]),
        ("Get-CsUser -Filter 'EnterpriseVoiceEnabled -ne $True'", ["Roy", "Zoe"]),
        ("$n = 'R*'; Get-CsUser -Filter \"DisplayName -like '$n'\"", ["Roy"]),
        ("$n = 'R*'; Get-CsUser -Filter {DisplayName -like $n}", ["Roy"]),
        ("$f = 'HostedVoiceMail -eq $False'; Get-CsUser -Filter $f", ["Roy"]),
        ("Get-CsUser -OU 'OU=Finance,DC=contoso,DC=com'", ["Pilar Ackerman", "Roy"]),
        ("Get-CsUser -OU 'ou=finance,dc=contoso,dc=com' -Filter {HostedVoiceMail -eq $False}", ["Roy"]),
        ("Get-CsUser *e", ["Alice", "Zoe"]),
        ("Get-CsUser x*", []),
        ("Get-CsUser | Select-Object -First 1", ["Alice"]),
        ("Get-CsUser | Select-Object -First 9", ["Alice", "Pilar Ackerman", "Roy", "Zoe"]),
        ("Get-CsUser | Select-Object -First 0", []),
        ("Get-CsUser | Select-Object -Last 1", ["Zoe"]),
        ("Get-CsUser | Select-Object -Last 9", ["Alice", "Pilar Ackerman", "Roy", "Zoe"]),
        ("Get-CsUser | Select-Object -Last 0", []),
        ("Get-CsUser | Select-Object -Skip 3", ["Zoe"]),
        ("Get-CsUser | Select-Object -Skip 9", []),
        ("Get-CsUser | Select-Object -Skip 1 -First 2", ["Pilar Ackerman", "Roy"]),
        ("Get-CsUser | Select-Object -Skip 1 -Last 2", ["Pilar Ackerman", "Roy"]),
        ("Get-CsUser | Select-Object -Skip 9 -Last 2", []),
        ("Get-CsUser | Select-Object -First 1 -Last 1", ["Alice", "Zoe"]),
        ("Get-CsUser | Select-Object -First 3 -Last 3", ["Alice", "Pilar Ackerman", "Roy", "Zoe"]),
        ("Get-CsUser | Select-Object -First 1 -Last 1 -Skip 1", ["Pilar Ackerman", "Zoe"]),
        ("Get-CsUser | Select-Object -First 1 -Last 0", ["Alice"]),
        ("Get-CsUser | Select-Object DisplayName, SipAddress -First 1 | % {Get-CsUser $_.SipAddress}", ["Alice"]),
        ("Get-CsUser | select -ExpandProperty DisplayName | ? {$_ -like '* *'}", ["Pilar Ackerman"]),
        ("Get-CsUser | select -Expand UserPrincipalName", ["alice@corp.contoso.com", None, None, None]),
        ("Get-CsUser | select -Expand UserPrincipalName -Unique", ["alice@corp.contoso.com", None]),
        ("Get-CsUser | select -Expand UserPrincipalName -Unique:$False | select -Last 2", [None, None]),
        ("Get-CsUser | select -Expand UserPrincipalName | ? {-not $_} | select -First 1", [None]),
        ("$users = Get-CsUser; $users | ? {$_.EnterpriseVoiceEnabled}", ["Alice", "Pilar Ackerman"]),
        ("$users = Get-CsUser; $users.DisplayName | select -Last 1", ["Zoe"]),
        ("$none = Get-CsUser x*; $none | ? {$_.DisplayName}", []),
    ],
)
def test_pipelines_let_through(pipe: str, expected: list[str | None]) -> None:
    """Get-CsUser in every form, Where-Object and Select-Object, as their pages have them."""
    assert printed(pipe) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Get-CsUser -OU 'OU=Finance,DC=contoso,DC=com' | Grant-CsHostedVoicemailPolicy ExRedmond", ["Pilar Ackerman", "Roy"]),
        ("'Roy','Zoe' | Grant-CsHostedVoicemailPolicy -PolicyName ExRedmond", ["Roy", "Zoe"]),
        ("Get-CsUser *e | % {Grant-CsHostedVoicemailPolicy -Identity $_.SipAddress ExRedmond}", ["Alice", "Zoe"]),
        ("Get-CsUser *e | foreach {Grant-CsHostedVoicemailPolicy ExRedmond $psItem.DisplayName}", ["Alice", "Zoe"]),
        ("Get-CsUser *e | ForEach-Object {$_ | Grant-CsHostedVoicemailPolicy ExRedmond}", ["Alice", "Zoe"]),
        ("$null | Grant-CsHostedVoicemailPolicy ExRedmond", []),
        (
            "Get-CsHostedVoicemailPolicy -Filter tag:* | % {Grant-CsHostedVoicemailPolicy -Identity Zoe $_.Identity}",
            ["Zoe"],
        ),
        (
            (
                "Get-CsUser | ? {(Get-CsEffectivePolicy $_.SipAddress).HostedVoicemailPolicy -eq 'Global'} "
                "| % {Get-CsUser $_.DisplayName} | select -Skip 2 | Grant-CsHostedVoicemailPolicy ExRedmond"
            ),
            ["Roy", "Zoe"],
        ),
    ],
)
def test_objects_go_down_the_pipe(text: str, names: list[str]) -> None:
    """What a Get- gives is what the next command works on, one step for each object."""
    rehearsal = rehearsed(text)
    assert (changed(rehearsal), rehearsal.stopped) == (names, False)
    assert sum(step.command.startswith("Grant-") for step in rehearsal.steps) == len(names)


def test_policies_providers_and_contacts_go_down_the_pipe() -> None:
    """The other Get- cmdlets give what their Set-, Enable- and Remove- take."""
    text = (
        "Get-CsHostingProvider | ? {$_.Enabled -eq $False} | Enable-CsHostingProvider\n"
        "Get-CsHostingProvider -Filter Exch* | Set-CsHostingProvider -HostsOCSUsers 1\n"
        "Get-CsHostedVoicemailPolicy | ? Destination -eq $null | Set-CsHostedVoicemailPolicy -Description none\n"
        "Get-CsHostedVoicemailPolicy tag:ExRedmond | Remove-CsHostedVoicemailPolicy\n"
        "Get-CsExUmContact | Remove-CsExUmContact"
    )
    rehearsal = rehearsed(text)
    assert outcomes(rehearsal) == [
        (1, "Enable-CsHostingProvider 'Other'", None),
        (2, "Set-CsHostingProvider 'Exchange Online'", None),
        (3, "Set-CsHostedVoicemailPolicy 'Global'", None),
        (4, "Remove-CsHostedVoicemailPolicy 'tag:ExRedmond'", None),
        (5, "Remove-CsExUmContact 'sip:aa@contoso.com'", None),
    ]
    assert [provider.enabled for provider in rehearsal.after.providers] == [True, True]
    assert rehearsal.after.policies == (attrs.evolve(GLOBAL, description="none"),)
    assert rehearsal.after.contacts == ()


# What is printed


@pytest.mark.parametrize(
    ("text", "command", "names"),
    [
        ("Get-CsUser Zoe", "Get-CsUser 'Zoe'", ["Zoe"]),
        ("Get-CsUser | ? DisplayName -eq Zoe", "Where-Object", ["Zoe"]),
        ("Get-CsUser | select -Last 1", "Select-Object", ["Zoe"]),
        ("Get-CsUser Zoe | % {Get-CsUser $_.SipAddress}", "Get-CsUser 'sip:zoe@contoso.com'", ["Zoe"]),
        ("$z = Get-CsUser Zoe; $z", "the pipeline", ["Zoe"]),
        ("$z = Get-CsUser Zoe; $z.DisplayName", "the pipeline", ["Zoe"]),
        ("(Get-CsUser Zoe).UserPrincipalName", "the pipeline", []),
        ("'a', 1", "the pipeline", ["a", Number(1, "1")]),
        ("Grant-CsHostedVoicemailPolicy ExRedmond Zoe -PassThru", "Grant-CsHostedVoicemailPolicy 'Zoe'", ["Zoe"]),
    ],
)
def test_end_of_a_pipeline_is_printed(text: str, command: str, names: list[Any]) -> None:
    """What comes out at the end of a pipeline is printed, whatever stands there."""
    assert printed(text) == names
    assert rehearsed(text).steps[-1].command == command


@pytest.mark.parametrize(
    "text",
    [
        "$x = Get-CsUser Zoe",
        "$x = Get-CsUser | ? {$_.DisplayName -eq 'Zoe'}",
        "$x = Get-CsUser | % {Get-CsUser $_.SipAddress}",
        "$x = Get-CsUser | % {$_ | select -First 1}",
        "Get-CsUser | % {Get-CsUser $_.SipAddress} | Set-CsUser",
        "$x = (Get-CsUser Zoe).DisplayName",
    ],
)
def test_what_goes_on_is_not_printed(text: str) -> None:
    """What is assigned, or goes down the pipe, is not printed."""
    assert [step for step in rehearsed(text).steps if step.output] == []


def test_warnings_and_parameters_not_modelled_are_in_the_step() -> None:
    """A step has the warnings of its cmdlet, and the parameters without bearing on routing."""
    text = "Grant-CsHostedVoicemailPolicy ExRedmond 'Pilar Ackerman' -Confirm:$False -DomainController dc1\n"
    text += "Set-CsUser 'Pilar Ackerman' -HostedVoiceMail 1 -LineURI tel:+1425 -Verbose\nRemove-CsHostedVoicemailPolicy Global"
    granted, enabled, reset = rehearsed(text).steps
    assert granted == Step(1, "Grant-CsHostedVoicemailPolicy 'Pilar Ackerman'", not_modelled=("Confirm", "DomainController"))
    assert enabled.not_modelled == ("LineURI", "Verbose")
    assert "managed by a different application" in enabled.warnings[0]
    assert reset.warnings == ("The global policy cannot be removed: it was reset to an empty one.",)


def test_warning_without_change_is_a_step() -> None:
    """A cmdlet that only warns is a step, though it changes nothing and prints nothing."""
    script = read_script("Grant-CsHostedVoicemailPolicy ExRedmond Pilar*; $x = (Set-CsUser Pilar* -HostedVoiceMail 1)")
    rehearsal = rehearse(script, DEPLOYMENT, reading=CmdletReading(foreign_value=ForeignValue.WARN_ONLY))
    assert [len(step.warnings) for step in rehearsal.steps] == [0, 1]
    assert rehearsal.after.users[1].voice_mail_settings == PILAR.voice_mail_settings


# -WhatIf and -InMemory


@pytest.mark.parametrize(
    ("text", "dry"),
    [
        ("Set-CsUser Roy -HostedVoiceMail $null -WhatIf", True),
        ("Set-CsUser Roy -HostedVoiceMail $null -WhatIf:$True", True),
        ("Set-CsUser Roy -HostedVoiceMail $null -WhatIf:1", True),
        ("$w = $True; Set-CsUser Roy -HostedVoiceMail $null -WhatIf:$w", True),
        ("Set-CsUser Roy -HostedVoiceMail $null -WhatIf:$False", False),
        ("Set-CsUser Roy -HostedVoiceMail $null -WhatIf:0", False),
        ("$w = $False; Set-CsUser Roy -HostedVoiceMail $null -WhatIf:$w", False),
        ("New-CsHostedVoicemailPolicy New -InMemory", True),
        ("New-CsHostedVoicemailPolicy New -InMemory:$False", False),
        ("New-CsHostingProvider New -ProxyFqdn a.contoso.com -Enabled 1 -InMemory", True),
    ],
)
def test_what_if_and_in_memory_change_nothing(text: str, dry: object) -> None:
    """With -WhatIf or -InMemory the command is done and nothing is changed; unless they are given $False."""
    rehearsal = rehearsed(text)
    (step,) = rehearsal.steps
    assert (rehearsal.after == DEPLOYMENT) is dry
    assert step.lines == (("What if: nothing is changed.",) if dry else ())


def test_what_if_is_refused_as_without_it() -> None:
    """-WhatIf does not keep a command from being refused; in memory the object is printed."""
    assert refusal("Set-CsUser Zoe -HostedVoiceMail $True -WhatIf").startswith("'sip:zoe@contoso.com' cannot be enabled")
    (policy,) = printed("New-CsHostedVoicemailPolicy New -InMemory")
    assert str(policy.identity) == "tag:New"


# Refusals


def test_refusal_stops_the_script() -> None:
    """Without --continue a refusal ends the script where it is, in the middle of a pipeline too; what ran before stays."""
    rehearsal = rehearsed(
        "'Alice','Nobody','Zoe' | Grant-CsHostedVoicemailPolicy ExRedmond\nSet-CsUser Roy -HostedVoiceMail $null"
    )
    assert outcomes(rehearsal) == [
        (1, "Grant-CsHostedVoicemailPolicy 'Alice'", None),
        (1, "Grant-CsHostedVoicemailPolicy 'Nobody'", "UnknownIdentity"),
    ]
    assert (rehearsal.stopped, changed(rehearsal)) == (True, ["Alice"])


def test_going_on_behind_refusals() -> None:
    """With it the next object and the next line have their turn."""
    text = (
        "'Alice','Nobody','Zoe' | Grant-CsHostedVoicemailPolicy ExRedmond\n"
        "$x\nGet-CsUser | ? {$_.Colour}\n$y = $x\nSet-CsUser Roy -HostedVoiceMail $null -Verbose\nSet-CsUser X -Confirm"
    )
    rehearsal = rehearsed(text, stop=False)
    assert outcomes(rehearsal) == [
        (1, "Grant-CsHostedVoicemailPolicy 'Alice'", None),
        (1, "Grant-CsHostedVoicemailPolicy 'Nobody'", "UnknownIdentity"),
        (1, "Grant-CsHostedVoicemailPolicy 'Zoe'", None),
        (2, "the pipeline", "NoValue"),
        (3, "the pipeline", "NoValue"),
        (4, "$y", "NoValue"),
        (5, "Set-CsUser 'Roy'", None),
        (6, "Set-CsUser 'X'", "UnknownIdentity"),
    ]
    assert (rehearsal.stopped, changed(rehearsal)) == (False, ["Alice", "Roy", "Zoe"])
    assert rehearsal.steps[-1].not_modelled == ("Confirm",)


def test_refusal_within_an_argument_has_its_own_step() -> None:
    """A Get- in parentheses that is refused is told by itself, and the command behind it for what it then lacks."""
    rehearsal = rehearsed("Set-CsUser (Get-CsUser Nobody).SipAddress -HostedVoiceMail $null", stop=False)
    assert outcomes(rehearsal) == [(1, "Get-CsUser 'Nobody'", "UnknownIdentity"), (1, "Set-CsUser", "NoValue")]


def test_every_pipeline_of_a_checked_script_is_bound() -> None:
    """Those in parentheses and in braces too; a condition that stands as a text is read."""
    text = (
        "$x = (Get-CsUser 'Zoe').SipAddress\n"
        "Get-CsUser -Filter 'HostedVoiceMail -eq $null' | ? {$_.Enabled} | % {Get-CsUser $_} | select -First 1"
    )
    bound = check(read_script(text))
    pipelines = [part for part in parts_of(bound) if isinstance(part, Pipeline)]
    assert [type(one) for one in pipelines] == [BoundPipeline] * len(pipelines)
    last = bound.statements[1]
    assert isinstance(last, BoundPipeline)
    assert [type(stage) for stage in last.stages] == [CmdletStage, WhereStage, ForEachStage, SelectStage]
    assert isinstance(last.stages[0], CmdletStage)
    assert isinstance(last.stages[0].bound.values["filter"], ScriptBlock)


def test_a_rehearsal_equals_its_copy_and_its_pickle() -> None:
    """Two refusals are equal if they are of one kind and say the same."""
    rehearsal = rehearsed("Get-CsUser\nSet-CsUser Nobody -HostedVoiceMail $null")
    assert rehearsal.stopped
    assert copy.deepcopy(rehearsal) == rehearsal
    assert pickle.loads(pickle.dumps(rehearsal)) == rehearsal  # noqa: S301 - pickled here
    assert hash(copy.deepcopy(rehearsal)) == hash(rehearsal)
    other = rehearsed("Get-CsUser\nSet-CsUser Someone -HostedVoiceMail $null")
    assert other != rehearsal


def test_reading_of_set_cs_user() -> None:
    """How Set-CsUser is read decides whether disabling is refused while a policy applies."""
    script = read_script("Grant-CsHostedVoicemailPolicy ExRedmond Alice; Set-CsUser Alice -HostedVoiceMail $False")
    assert rehearse(script, DEPLOYMENT, stop=True).stopped
    lenient = CmdletReading(disabling=Disabling.ALWAYS_ALLOWED)
    assert not rehearse(script, DEPLOYMENT, reading=lenient, stop=True).stopped


# Replication and export

OLD: Final = EdgeConfiguration(access_edge=AccessEdgeConfiguration())
BEHIND: Final = attrs.evolve(DEPLOYMENT, edge_replica=EdgeReplica(fqdn="edge01.contoso.com", configuration=OLD))
NEVER: Final = attrs.evolve(DEPLOYMENT, edge_replica=EdgeReplica(configuration=None))


def replication_said(text: str, deployment: Deployment) -> list[str]:
    """The lines that the steps printed."""
    return [line for step in rehearsed(text, deployment).steps for line in step.lines]


def test_replication_reaches_the_replica() -> None:
    """What changed is at the Edge once it is replicated, and the status says so before; after it, nobody knows (W5)."""
    status = "Get-CsManagementStoreReplicationStatus"
    text = f"{status}\nInvoke-CsManagementStoreReplication\n{status} -ReplicaFqdn EDGE01.contoso.com"
    rehearsal = rehearsed(text, BEHIND)
    assert [[one.up_to_date for one in step.output] for step in rehearsal.steps] == [[False], [], [None]]
    assert rehearsal.steps[1].lines == (
        "Started; whether it reaches the Edge Server is not known. What follows takes it as reached.",
    )
    assert rehearsal.after.edge_replica == EdgeReplica(fqdn="edge01.contoso.com", configuration=DEPLOYMENT.edge_configuration)


def test_replica_stays_behind_until_then() -> None:
    """A change of the settings is not at the Edge before replication; one behind it makes the replica old again."""
    text = "Invoke-CsManagementStoreReplication edge01.contoso.com\nSet-CsAccessEdgeConfiguration -UseDnsSrv -AllowFed 1\n"
    rehearsal = rehearsed(f"{text}Get-CsManagementStoreReplicationStatus", BEHIND)
    assert rehearsal.steps[-1].output == (ReplicationStatus(Fqdn("edge01.contoso.com"), up_to_date=False),)
    assert rehearsal.after.configuration_at_edge == DEPLOYMENT.edge_configuration


def test_replication_without_a_replica_of_its_own() -> None:
    """Where the replica is not given apart, it is up to date; one that was never given anything is not reached."""
    text = "Set-CsHostingProvider Other -Enabled 1; Invoke-CsManagementStoreReplication; Get-CsManagementStoreReplicationStatus"
    assert printed(text) == [ReplicationStatus(None, up_to_date=True)]
    assert rehearsed(text).after.edge_replica is None
    assert printed(text, NEVER) == [ReplicationStatus(None, up_to_date=False)]
    assert rehearsed(text, NEVER).after.edge_replica == NEVER.edge_replica


@pytest.mark.parametrize("command", ["Invoke-CsManagementStoreReplication", "Get-CsManagementStoreReplicationStatus"])
def test_unknown_replica_is_refused(command: str) -> None:
    """A name that is no replica's is refused; a name that is none, too; both name what was not modelled."""
    rehearsal = rehearsed(f"{command} edge02.contoso.com -Verbose\n{command} 'a b'", BEHIND, stop=False)
    assert outcomes(rehearsal) == [(1, command, "UnknownReplica"), (2, command, "InvalidFqdn")]
    assert rehearsal.steps[0].not_modelled == ("Verbose",)


@pytest.mark.parametrize(
    ("deployment", "configuration"),
    [
        (DEPLOYMENT, DEPLOYMENT.edge_configuration),
        (Deployment(), OLD),
        (Deployment(providers=[PROVIDER]), attrs.evolve(OLD, providers=(PROVIDER,))),
    ],
)
def test_export_tells_the_bytes(deployment: Deployment, configuration: EdgeConfiguration) -> None:
    """Export-CsConfiguration makes the export, writes no file, and says how large it is."""
    expected = f"{len(export_configuration(configuration))} bytes; the rehearsal writes no file."
    assert replication_said("Export-CsConfiguration C:\\a.zip -LocalStore", deployment) == [expected]
    assert replication_said("Export-CsConfiguration -AsBytes", deployment) == [expected]


@pytest.mark.parametrize("arguments", ["", "a.zip -AsBytes"])
def test_export_takes_a_file_or_bytes(arguments: str) -> None:
    """-FileName or -AsBytes, not both, not neither."""
    assert refusal(f"Export-CsConfiguration {arguments}") == (
        "'FileName, AsBytes' are two ways to export: use exactly one of them"
    )


def test_deepest_script_is_rehearsed() -> None:
    """As deep as a script may be, it is checked and run."""
    text = "$x = " + "(Get-CsUser " * 48 + "Zoe" + ")" * 48 + "; $x"
    assert printed(text) == ["Zoe"]
    text = "'Zoe' | % " + "{ 'Zoe' | % " * 48 + "{Get-CsUser $_}" + "}" * 48
    assert printed(text) == ["Zoe"]


# Laws


@st.composite
def scripts(draw: DrawFn, deployment: Deployment) -> list[tuple[str, Any, dict[str, Any]]]:
    """Lines of Set- and Grant- commands, each with the function that it stands for and the function's arguments."""
    names = [name for user in deployment.users for name in (user.sip_address, user.display_name) if name]
    policies = [str(policy.identity) for policy in deployment.policies]
    users, some = st.sampled_from([*names, "Nobody"]), st.sampled_from([*policies, "tag:Gone"])
    found: list[tuple[str, Any, dict[str, Any]]] = []
    for kind in draw(st.lists(st.sampled_from(("user", "grant", "policy")), max_size=6)):
        if kind == "user":
            who, value = draw(users), draw(st.sampled_from((True, False, None)))
            line = f"Set-CsUser {quote(who)} -HostedVoiceMail ${'null' if value is None else value}"
            found.append((line, set_cs_user, {"identity": who, "hosted_voice_mail": value}))
        elif kind == "grant":
            who, name = draw(users), draw(some | st.none())
            line = f"Grant-CsHostedVoicemailPolicy -Id {quote(who)} {'$null' if name is None else quote(name)}"
            found.append((line, grant_cs_hosted_voicemail_policy, {"identity": who, "policy_name": name}))
        else:
            name, to = draw(some), draw(st.sampled_from(("exap.um.outlook.com", None)))
            line = f"Set-CsHostedVoicemailPolicy {quote(name)} -Destination {'$null' if to is None else to}"
            found.append((line, set_cs_hosted_voicemail_policy, {"identity": name, "destination": to}))
    return found


@st.composite
def rehearsals(draw: DrawFn) -> tuple[Deployment, list[tuple[str, Any, dict[str, Any]]]]:
    """A deployment, and a script about it."""
    deployment = draw(deployments())
    return deployment, draw(scripts(deployment))


class TestOneAfterTheOther:
    """A refused cmdlet changes nothing. A cmdlet changes only the one object it names."""

    @given(rehearsals())
    def test_script_is_its_cmdlets(self, case: tuple[Deployment, list[tuple[str, Any, dict[str, Any]]]]) -> None:
        """A script of Set- and Grant- commands is what their functions are, applied one after the other."""
        deployment, lines = case
        expected: list[tuple[int, tuple[str, ...], str | None]] = []
        after = deployment
        for number, (_, function, arguments) in enumerate(lines, 1):
            try:
                result = function(View(after), **arguments)
            except ExumRoutingError as error:
                expected.append((number, (), str(error)))
            else:
                expected.append((number, result.warnings, None))
                after = apply_changes(after, result.changes)
        found = rehearsed("\n".join(line for line, _, _ in lines), deployment, stop=False)
        assert [(step.line, step.warnings, step.refusal and str(step.refusal)) for step in found.steps] == expected
        assert found.after == after

    @given(rehearsals())
    def test_stopping_runs_what_is_before_the_refusal(
        self, case: tuple[Deployment, list[tuple[str, Any, dict[str, Any]]]]
    ) -> None:
        """A script that stops has done the commands before the refusal, and no other."""
        deployment, lines = case
        text = [line for line, _, _ in lines]
        stopped = rehearsed("\n".join(text), deployment)
        done = len(stopped.steps) - stopped.stopped
        assert stopped.stopped or done == len(text)
        assert stopped.after == rehearsed("\n".join(text[:done]), deployment).after

    @given(rehearsals())
    def test_rehearsal_never_changes_its_deployment(
        self, case: tuple[Deployment, list[tuple[str, Any, dict[str, Any]]]]
    ) -> None:
        """The deployment before is the one that was given, and what it was."""
        deployment, lines = case
        written = write_deployment(deployment)
        found = rehearsed("\n".join(line for line, _, _ in lines), deployment, stop=False)
        assert found.before is deployment
        assert write_deployment(deployment) == written

    @given(rehearsals(), st.sampled_from(("Frob-Thing", "Set-CsUser x -Frob", "Get-CsUser | % {Frob-Thing}")), st.data())
    def test_refused_script_runs_nothing(
        self, case: tuple[Deployment, list[tuple[str, Any, dict[str, Any]]]], wrong: str, data: st.DataObject
    ) -> None:
        """One line that cannot be rehearsed, wherever it stands, and nothing runs: there is no rehearsal, but every fault."""
        deployment, lines = case
        text = [line for line, _, _ in lines]
        at = data.draw(st.integers(0, len(text)))
        script = read_script("\n".join([*text[:at], wrong, *text[at:]]))
        with pytest.raises(ScriptError) as caught:
            rehearse(script, deployment)
        with pytest.raises(ScriptError) as checked:
            check(script)
        assert caught.value.faults == checked.value.faults
        assert [fault.path.partition(",")[0] for fault in caught.value.faults] == [f"line {at + 1}"]
