"""What a rehearsal said otherwise than the product, as it was found in the field: each finding, W1 to W14, as a test."""

import re
from typing import Any, Final

import pytest

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedVoicemailPolicy,
    HostingProvider,
    UmContact,
    User,
)
from exum_routing.cmdlets import CMDLETS, ELSEWHERE, ParameterType
from exum_routing.interchange.powershell import ScriptError, read_script
from exum_routing.rehearsal import Rehearsal, every_fault, rehearse, step_to_json
from exum_routing.rehearsal.strangers import STRANGERS

ALICE: Final = User(
    sip_address="alice@contoso.com",
    display_name="Alice",
    sam_account_name="CONTOSO\\alice",
    distinguished_name="CN=Alice,OU=Redmond,DC=contoso,DC=com",
    registrar_pool="pool01.contoso.com",
    enterprise_voice_enabled=True,
    hosted_voicemail_policy="CloudVoiceMailUsers",
    voice_mail_settings=["CsHostedVoiceMail=1"],
)
BOB: Final = User(
    sip_address="bob@contoso.com",
    display_name="Bob",
    registrar_pool="pool01.contoso.com",
    enterprise_voice_enabled=False,
    voice_mail_settings=["CsHostedVoiceMail=1"],
)
DEPLOYMENT: Final = Deployment(
    users=[ALICE, BOB],
    contacts=[
        UmContact(sip_address="sa@contoso.com", display_number="2065550101"),
        UmContact(sip_address="aa@contoso.com", display_number="2065550102", auto_attendant=True),
    ],
    policies=[
        HostedVoicemailPolicy(identity="Global"),
        HostedVoicemailPolicy(identity="CloudVoiceMailUsers", destination="exap.um.outlook.com"),
    ],
    providers=[HostingProvider(identity="Other", proxy_fqdn="um.fabrikam.com")],
)


def rehearsed(text: str, deployment: Deployment = DEPLOYMENT, *, stop: bool = False) -> Rehearsal:
    """The rehearsal of a script, which goes on after a refusal as PowerShell does."""
    return rehearse(read_script(text), deployment, stop=stop)


def outcomes(text: str, deployment: Deployment = DEPLOYMENT) -> list[tuple[str, str | None]]:
    """Command and refusal of every step."""
    steps = rehearsed(text, deployment).steps
    return [(step.command, None if step.refusal is None else type(step.refusal).__name__) for step in steps]


def changed(text: str, deployment: Deployment = DEPLOYMENT) -> list[str | None]:
    """The users who changed, by display name."""
    found = rehearsed(text, deployment)
    return [after.display_name for before, after in zip(found.before.users, found.after.users, strict=True) if before != after]


def printed(text: str) -> list[Any]:
    """What the last step of a script printed, users by display name."""
    last = rehearsed(text).steps[-1]
    assert last.refusal is None, last.refusal
    return [one.display_name if isinstance(one, User) else one for one in last.output]


def refused(text: str) -> str:
    """What is wrong with a script that cannot be rehearsed."""
    with pytest.raises(ScriptError) as caught:
        rehearse(read_script(text), DEPLOYMENT)
    return str(caught.value)


class TestSelection:
    """W1: a parameter that selects objects is honoured, or refused with a reason."""

    def test_unassigned_users_are_those_without_a_pool(self) -> None:
        """Both users have a pool, so that nobody is unassigned and nobody changes."""
        assert changed("Get-CsUser -UnassignedUser | Set-CsUser -HostedVoiceMail $null") == []
        assert changed("Get-CsUser -UnassignedUser:$False | Set-CsUser -HostedVoiceMail $null") == ["Alice", "Bob"]

    def test_a_pool_that_is_not_known_is_no_missing_pool(self) -> None:
        """Where somebody's pool is not given, nobody can say who is unassigned."""
        unknown = Deployment(users=[ALICE, User(sip_address="zoe@contoso.com")])
        text = "Get-CsUser -UnassignedUser | Set-CsUser -HostedVoiceMail $null"
        assert outcomes(text, unknown) == [("Get-CsUser", "CmdletRefused")]
        assert changed(text, unknown) == []

    @pytest.mark.parametrize("name", ["OnOfficeCommunicationServer", "OnLyncServer", "OnModernServer"])
    def test_selection_by_the_version_of_the_server_is_refused(self, name: str) -> None:
        """The document does not say on which version of the server a user is."""
        assert "selects users by the version of their server" in refused(
            f"Get-CsUser -{name} | Set-CsUser -HostedVoiceMail $null"
        )

    def test_what_is_not_modelled_is_told_of_a_piped_get_too(self) -> None:
        """A Get- whose objects go on is a step where it was given a parameter without bearing."""
        (step,) = rehearsed("Get-CsUser x* -DomainController dc1 | Set-CsUser -HostedVoiceMail $null").steps
        assert (step.command, step.not_modelled) == ("Get-CsUser 'x*'", ("DomainController",))

    def test_result_size_is_unlimited_or_refused(self) -> None:
        """Unlimited is everybody, and has no note; which users a number keeps is not said."""
        assert printed("Get-CsUser -ResultSize Unlimited") == ["Alice", "Bob"]
        assert rehearsed("Get-CsUser -ResultSize unlimited").steps[0].not_modelled == ()
        assert "does not say which" in refused("Get-CsUser -ResultSize 1")
        assert "does not say which" in refused("Get-CsEffectivePolicy Alice -ResultSize $n")


START: Final = (
    'Get-CsHostingProvider "Exchange Online" -ErrorAction {} | Remove-CsHostingProvider\n'
    'New-CsHostingProvider "Exchange Online" -ProxyFqdn exap.um.outlook.com -Enabled $True'
)


class TestErrors:
    """W2: after an error a script does what PowerShell does."""

    @pytest.mark.parametrize("action", ["SilentlyContinue", "ignore", "0"])
    def test_an_error_that_the_script_expects(self, action: str) -> None:
        """The usual start of a script that can run twice: the provider is made, and no step failed."""
        found = rehearsed(START.format(action))
        assert [(step.silenced, step.failed) for step in found.steps] == [(True, False), (False, False)]
        assert found.after.providers[-1].identity == "Exchange Online"
        assert rehearsed(START.format(action), stop=True).after == found.after

    def test_an_error_does_not_end_the_script(self) -> None:
        """It is told, and the next object and the next line have their turn."""
        found = rehearsed("'Nobody','Alice' | Set-CsUser -HostedVoiceMail $null\nSet-CsUser Bob -HostedVoiceMail $null")
        assert [step.failed for step in found.steps] == [True, False, False]
        assert not found.stopped

    @pytest.mark.parametrize(
        "text",
        [
            "Set-CsUser Nobody -HostedVoiceMail $null -ErrorAction Stop",
            "Set-CsUser Nobody -HostedVoiceMail $null -EA 1",
            "$ErrorActionPreference = 'Stop'\nSet-CsUser Nobody -HostedVoiceMail $null",
            "$ErrorActionPreference = 'Stop'\n$x",
            "$a = 'stop'; Set-CsUser Nobody -HostedVoiceMail $null -ErrorAction $a",
        ],
    )
    def test_stop_ends_the_script(self, text: str) -> None:
        """With -ErrorAction Stop, or where the script prefers it, an error ends the script."""
        found = rehearsed(f"{text}\nSet-CsUser Bob -HostedVoiceMail $null")
        assert (found.stopped, found.after) == (True, DEPLOYMENT)

    def test_a_command_is_before_the_preference(self) -> None:
        """-ErrorAction says it for its command alone."""
        text = "$ErrorActionPreference = 'Stop'\nSet-CsUser Nobody -HostedVoiceMail $null -ErrorAction Continue"
        found = rehearsed(f"{text}\nSet-CsUser Bob -HostedVoiceMail $null")
        assert (found.stopped, [step.failed for step in found.steps]) == (False, [True, False])

    def test_what_the_rehearsal_does_not_know_is_not_silenced(self) -> None:
        """That a variable has no value is told: it is no error of the cmdlet."""
        (step,) = rehearsed("Set-CsUser $nobody -HostedVoiceMail $null -ErrorAction SilentlyContinue").steps
        assert step.failed

    def test_an_action_that_asks_is_refused(self) -> None:
        """Nobody can answer a rehearsal."""
        assert "takes one of Continue, SilentlyContinue, Ignore, Stop" in refused("Get-CsUser -ErrorAction Inquire")
        assert "takes one of" in refused("Get-CsUser -ErrorAction $True")
        assert "takes one of Continue, SilentlyContinue, Ignore: use one of them" in refused("Get-CsUser -WarningAction Stop")
        assert outcomes("$ErrorActionPreference = 'Ask'") == [("$ErrorActionPreference", "NoValue")]
        assert outcomes("$ErrorActionPreference = 'Inquire'") == [("$ErrorActionPreference", "NoValue")]

    def test_after_a_refused_get_nothing_is_said_of_what_follows(self) -> None:
        """W14: nothing went into Select-Object, so it has no step; what others found is printed."""
        assert outcomes("Get-CsUser Nobody | Select-Object -First 1") == [("Get-CsUser 'Nobody'", "UnknownIdentity")]
        assert printed("'Nobody','Alice' | % {Get-CsUser $_} | Select-Object -First 1") == ["Alice"]


class TestByPosition:
    """W3: the pages give both orders of Grant-CsHostedVoicemailPolicy, so what exists decides."""

    @pytest.mark.parametrize(
        "values",
        ["Bob CloudVoiceMailUsers", "CloudVoiceMailUsers Bob", "$null Bob", "'' bob@contoso.com", "Bob $null", "Bob ''"],
    )
    def test_either_order(self, values: str) -> None:
        """The one that is the name of a policy, or empty, is the PolicyName."""
        assert outcomes(f"Grant-CsHostedVoicemailPolicy {values}") == [(f"Grant-CsHostedVoicemailPolicy {who(values)}", None)]

    def test_null_from_a_variable(self) -> None:
        """What a variable holds is told apart as what is written out is."""
        assert changed("$none = $null; Grant-CsHostedVoicemailPolicy Alice $none") == ["Alice"]

    @pytest.mark.parametrize("values", ["$null $null", "Bob Gone", "CloudVoiceMailUsers CloudVoiceMailUsers", "Bob 'a:b:c'"])
    def test_what_fits_both_orders_or_neither_is_to_be_named(self, values: str) -> None:
        """Then the values are to be named."""
        (step,) = rehearsed(f"Grant-CsHostedVoicemailPolicy {values}").steps
        assert "name them, -PolicyName and -Identity" in str(step.refusal)

    def test_names_and_pipes_decide_themselves(self) -> None:
        """With a name, or behind a pipe, there is nothing to tell apart."""
        assert changed("Grant-CsHostedVoicemailPolicy CloudVoiceMailUsers -Identity Bob") == ["Bob"]
        assert changed("Get-CsUser Bob | Grant-CsHostedVoicemailPolicy CloudVoiceMailUsers") == ["Bob"]


def who(values: str) -> str:
    """How a step names Bob."""
    return "'bob@contoso.com'" if "@" in values else "'Bob'"


class TestPassThru:
    """W6: -PassThru passes the object on."""

    def test_user_goes_on(self) -> None:
        """Set-CsUser, then Grant-: both are done."""
        text = "Set-CsUser Bob -EnterpriseVoiceEnabled $true -PassThru | Grant-CsHostedVoicemailPolicy CloudVoiceMailUsers"
        assert outcomes(text) == [("Set-CsUser 'Bob'", None), ("Grant-CsHostedVoicemailPolicy 'sip:bob@contoso.com'", None)]
        assert printed("Set-CsUser Bob -EnterpriseVoiceEnabled $true -PassThru") == ["Bob"]

    def test_contact_goes_on(self) -> None:
        """Set-CsExUmContact likewise."""
        text = "Set-CsExUmContact sa@contoso.com -AutoAttendant 1 -PassThru | Remove-CsExUmContact"
        assert [one.sip_address for one in rehearsed(text).after.contacts] == ["sip:aa@contoso.com"]


class TestSmaller:
    """W14, and what else was missing."""

    def test_out_variable_is_assigned(self) -> None:
        """-OutVariable keeps what the cmdlet prints; other variables are refused."""
        assert printed("Get-CsUser Alice -OutVariable x; $X") == ["Alice"]
        assert "puts something into a variable" in refused("Get-CsUser Alice -ErrorVariable x")

    def test_text_is_added_to_a_variable_without_a_value(self) -> None:
        """$r += "x" on an unset variable is "x"."""
        assert printed('$r += "x"; $r') == ["x"]

    def test_identity_takes_an_object(self) -> None:
        """A user from a variable or from the pipe stands for -Identity."""
        assert changed("$user = Get-CsUser Bob; Set-CsUser -Identity $user -HostedVoiceMail $null") == ["Bob"]
        assert changed("Get-CsUser Bob | % {Set-CsUser -Identity $_ -HostedVoiceMail $null}") == ["Bob"]

    def test_logon_name_is_compared_without_its_domain(self) -> None:
        """The property SamAccountName has no domain."""
        assert printed('Get-CsUser | Where-Object {$_.SamAccountName -eq "alice"}') == ["Alice"]

    @pytest.mark.parametrize("name", ['""', "$null"])
    def test_empty_policy_name_unassigns(self, name: str) -> None:
        """An empty text is what PowerShell makes of $null for a parameter that takes a text."""
        assert (
            rehearsed(f"Grant-CsHostedVoicemailPolicy -Identity Alice -PolicyName {name}")
            .after.users[0]
            .hosted_voicemail_policy
            is None
        )

    @pytest.mark.parametrize("parameter", ["Destination", "Organization"])
    def test_an_empty_text_is_null(self, parameter: str) -> None:
        """For a parameter that an empty text is no value of, it does what $null does; a description may be empty."""
        first = "Set-CsHostedVoicemailPolicy CloudVoiceMailUsers -Description x -Organization a.com"
        second = f"{first}; Set-CsHostedVoicemailPolicy CloudVoiceMailUsers -{parameter}"
        assert rehearsed(f'{second} ""').after == rehearsed(f"{second} $null").after != rehearsed(first).after

    def test_contacts_of_subscriber_access(self) -> None:
        """IsSubscriberAccess selects the contacts that are no auto attendants."""
        text = "Get-CsExUmContact | ? {$_.IsSubscriberAccess -eq $true} | Remove-CsExUmContact"
        assert [one.sip_address for one in rehearsed(text).after.contacts] == ["sip:aa@contoso.com"]

    def test_disabling_is_refused_with_both_readings(self) -> None:
        """W9: the article says that it fails, and Microsoft's Direct Routing page relies on that it does not."""
        (step,) = rehearsed("Set-CsUser Alice -HostedVoiceMail $False").steps
        text = str(step.refusal)
        assert all(one in text for one in ("REFUSED_IF_POLICY_APPLIES", "Direct Routing", "ALWAYS_ALLOWED", "$null"))

    @pytest.mark.parametrize(
        "line",
        [
            "Set-CsUser Alice -OnPremLineURI tel:+1425",
            "Set-CsExUmContact sa@contoso.com -ExchangeArchivingPolicy x",
            "Invoke-CsManagementStoreReplication -Force",
        ],
    )
    def test_documented_parameters_are_accepted(self, line: str) -> None:
        """Parameters of the pages that have no bearing on routing."""
        assert rehearsed(line).steps[0].not_modelled != ()

    @pytest.mark.parametrize(
        "line",
        [
            "Set-CsUser Alice -HostedVoiceMail $null -Force",
            "Grant-CsHostedVoicemailPolicy CloudVoiceMailUsers Bob -Force",
            "Enable-CsHostingProvider Other -PassThru",
            "Remove-CsExUmContact sa@contoso.com -Force",
            "Set-CsUser Alice -CsEnabled $False",
            "Enable-CsHostingProvider -Instance x",
            "Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus",
            "Get-CsAccessEdgeConfiguration -Filter l*",
        ],
    )
    def test_parameters_that_the_pages_lack_or_that_select_are_refused(self, line: str) -> None:
        """What is not on the page does not exist; what selects otherwise is not rehearsed."""
        assert refused(line)


def shown(text: str, deployment: Deployment = DEPLOYMENT) -> list[Any]:
    """What the last step of a script printed, as JSON."""
    found: list[Any] = step_to_json(rehearsed(text, deployment).steps[-1]).get("Output", [])
    return found


class TestSelectObject:
    """W4: Select-Object makes new objects with those properties."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Get-CsUser | Select-Object DisplayName | Where-Object {$_.EnterpriseVoiceEnabled -eq $true}", []),
            ("Get-CsUser | Select-Object RegistrarPool -Unique", [{"RegistrarPool": "pool01.contoso.com"}]),
            ("Get-CsUser Bob | Select-Object HostedVoicemailPolicy", [{"HostedVoicemailPolicy": None}]),
            ("Get-CsUser Bob | select DisplayName,hostedvoicemail", [{"DisplayName": "Bob", "HostedVoiceMail": True}]),
            ("Get-CsAccessEdgeConfiguration | Select-Object Allow*", [{"AllowFederatedUsers": False}]),
            ("Get-CsUser Bob | select DisplayName | select DisplayName, Nothing", [{"DisplayName": "Bob", "Nothing": None}]),
        ],
    )
    def test_properties(self, text: str, expected: list[Any]) -> None:
        """The properties that were named, in any case or by a wildcard, and no others."""
        assert shown(text) == expected

    def test_nothing_binds_without_an_identity(self) -> None:
        """An object without an Identity changes nobody; one with it does."""
        text = "Get-CsUser | Select-Object DisplayName | Set-CsUser -HostedVoiceMail $null"
        assert (outcomes(text), changed(text)) == ([("Set-CsUser", "NoValue")] * 2, [])
        assert changed("Get-CsUser Bob | Select-Object Identity | Set-CsUser -HostedVoiceMail $null") == ["Bob"]

    def test_what_is_not_known_is_said(self) -> None:
        """A property that the document does not have is named, and cannot be asked later."""
        text = "Get-CsUser Bob | Select-Object DisplayName, LineURI"
        step = rehearsed(text).steps[-1]
        assert (step.not_known, step_to_json(step)["NotKnown"]) == (("LineURI",), ["LineURI"])
        assert outcomes(f"{text} | ? {{$_.LineURI -eq 'x'}}") == [("the pipeline", "NoValue")]
        assert rehearsed(f"{text} | select LineURI").steps[-1].not_known == ("LineURI",)


class TestReplication:
    """W5: the replication status is an object like others; case 18: a replication that was started may fail."""

    BEHIND: Final = Deployment(
        edge=AccessEdgeConfiguration(use_dns_srv_routing=True),
        edge_replica=EdgeReplica(
            fqdn="edge01.contoso.com", configuration=EdgeConfiguration(access_edge=AccessEdgeConfiguration())
        ),
    )
    STATUS: Final = "Get-CsManagementStoreReplicationStatus"

    def test_status_is_filtered_kept_and_piped(self) -> None:
        """Filtered it may be gone, in a variable it is kept, and its ReplicaFqdn is taken from the pipe."""
        assert shown(f"{self.STATUS} | Where-Object {{$_.UpToDate -eq $True}}", self.BEHIND) == []
        assert len(rehearsed(f"{self.STATUS} | Where-Object {{$_.UpToDate -eq $True}}", self.BEHIND).steps) == 1
        kept = [{"ReplicaFqdn": "edge01.contoso.com", "UpToDate": False}]
        assert shown(f"$s = {self.STATUS}; $s", self.BEHIND) == kept
        for pipe in (self.STATUS, "'edge01.contoso.com'"):
            found = rehearsed(f"{pipe} | Invoke-CsManagementStoreReplication", self.BEHIND)
            assert found.after.edge_replica != self.BEHIND.edge_replica

    def test_started_is_not_done(self) -> None:
        """Invoke- only starts it: the status after it does not claim that the replica is up to date."""
        found = rehearsed(f"Invoke-CsManagementStoreReplication\n{self.STATUS}", self.BEHIND)
        assert found.steps[0].lines[0].startswith("Started; whether it reaches the Edge Server is not known.")
        assert step_to_json(found.steps[1])["Output"] == [{"ReplicaFqdn": "edge01.contoso.com"}]


class TestFilter:
    """W8: a text beside a flag in -Filter is refused."""

    @pytest.mark.parametrize("condition", ['EnterpriseVoiceEnabled -eq "False"', "'True' -ne $_.HostedVoiceMail"])
    def test_text_and_flag(self, condition: str) -> None:
        """The shell takes every text for true, the directory does not."""
        text = f"Get-CsUser -Filter {{{condition}}} | Set-CsUser -HostedVoiceMail $null"
        assert (outcomes(text), changed(text)) == ([("Get-CsUser", "NoValue")], [])

    def test_where_object_is_the_shell_itself(self) -> None:
        """There a text counts as PowerShell has it; a flag is compared with flags, a text with texts."""
        assert printed('Get-CsUser | ? {$_.EnterpriseVoiceEnabled -eq "False"}') == ["Alice"]
        assert printed("Get-CsUser -Filter {EnterpriseVoiceEnabled -eq $False -and DisplayName -eq 'Bob'}") == ["Bob"]


class TestUnit:
    """W10: a mistyped organizational unit is said to be one."""

    def test_what_is_not_a_distinguished_name_is_refused(self) -> None:
        """A canonical name is not a distinguished name."""
        assert outcomes('Get-CsUser -OU "contoso.com/Customers"') == [("Get-CsUser", "InvalidValue")]

    def test_a_unit_without_anybody_is_told(self) -> None:
        """Where nobody of the document lies within it, there is a warning, behind a pipe too."""
        (step,) = rehearsed('Get-CsUser -OU "OU=Customers,DC=contoso,DC=com" | Set-CsUser -HostedVoiceMail $null').steps
        assert step.warnings[0].startswith("No DistinguishedName of the deployment lies within OU=Customers,")
        assert rehearsed('Get-CsUser Bob* -OU "OU=Redmond, DC=contoso,DC=com"').steps[0].warnings != ()
        assert rehearsed('Get-CsUser Bob* -OU "OU=Redmond,DC=contoso,DC=com"').steps[0].warnings == ()


class TestEffectivePolicy:
    """W7: Get-CsEffectivePolicy gives the user's effective policies, not the policy."""

    def test_identity_is_the_users(self) -> None:
        """Its Identity is the user's, and HostedVoicemailPolicy is the policy that applies."""
        assert shown("(Get-CsEffectivePolicy Alice).Identity") == ["CN=Alice,OU=Redmond,DC=contoso,DC=com"]
        assert shown("Get-CsEffectivePolicy Bob") == [{"Identity": "sip:bob@contoso.com", "HostedVoicemailPolicy": "Global"}]
        assert shown("(Get-CsEffectivePolicy Alice).hostedvoicemailpolicy") == ["tag:CloudVoiceMailUsers"]
        assert outcomes("(Get-CsEffectivePolicy Alice).VoicePolicy") == [("the pipeline", "NoValue")]
        assert rehearsed("Get-CsEffectivePolicy Alice | select VoicePolicy").steps[0].not_known == ("VoicePolicy",)

    def test_it_is_no_policy(self) -> None:
        """Piped into Set-CsHostedVoicemailPolicy it changes no policy."""
        found = rehearsed("Get-CsUser | Get-CsEffectivePolicy | Set-CsHostedVoicemailPolicy -Destination um.fabrikam.com")
        assert found.after == DEPLOYMENT
        assert [step.failed for step in found.steps] == [True, True]


class TestFalse:
    """W12: what is False is shown."""

    def test_flags_that_are_off(self) -> None:
        """A disabled provider and the Edge as installed show every flag; what is not known is left out."""
        (provider,) = shown("Get-CsHostingProvider Other")
        assert (provider["Enabled"], provider["VerificationLevel"]) == (False, "AlwaysVerifiable")
        (edge,) = shown("Get-CsAccessEdgeConfiguration")
        assert edge["EnablePartnerDiscovery"] is False
        unknown = Deployment(users=[User(sip_address="zoe@contoso.com")])
        assert "EnterpriseVoiceEnabled" not in shown("Get-CsUser", unknown)[0]
        assert shown("Get-CsUser Bob")[0]["EnterpriseVoiceEnabled"] is False


class TestRequired:
    """W11: what the page requires is required."""

    @pytest.mark.parametrize("left_out", ["-Identity New", "-ProxyFqdn um.contoso.com", "-Enabled $True"])
    def test_a_provider_needs_what_its_page_says(self, left_out: str) -> None:
        """Identity, ProxyFqdn and Enabled; the published examples omit the other flags."""
        line = "New-CsHostingProvider -Identity New -ProxyFqdn um.contoso.com -Enabled $True"
        assert not rehearsed(line).steps[0].failed
        assert f"needs {left_out.partition(' ')[0]}" in refused(line.replace(left_out, ""))

    def test_dns_routing_without_partner_discovery_is_told(self) -> None:
        """The page contradicts itself, so that the line is done with a warning."""
        (step,) = rehearsed("Set-CsAccessEdgeConfiguration -UseDnsSrvRouting").steps
        assert (step.failed, len(step.warnings)) == (False, 1)
        assert rehearsed("Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery 0").steps[0].warnings == ()


def faults(text: str) -> list[str]:
    """Every fault of a script that is refused before anything runs, as a line."""
    try:
        rehearse(read_script(text), DEPLOYMENT)
    except ScriptError as error:
        return list(map(str, every_fault(error).faults))
    return []


class TestRefusals:
    """W13: what is said of refusals is true."""

    def test_faults_of_syntax_and_of_commands_come_together(self) -> None:
        """In the order of their places, in one round; a statement that cannot be read has no second fault."""
        found = faults(
            "Import-Csv users.csv | ForEach-Object { Set-CsUser $_.upn -HostedVoiceMail $true }\n"
            'foreach ($u in "alice","bob") { Set-CsUser $u -HostedVoiceMail $true }\n'
            "Set-CsUsr alice\n"
            "New-CsHostingProvider -Identity (1 * 2)\n"
            "Set-CsUser 'open\n"
        )
        assert [line.partition(":")[0] for line in found] == [
            "line 1, column 1",
            "line 2, column 1",
            "line 3, column 1",
            "line 4, column 34",
            "line 5, column 13",
        ]
        assert "write what it gives as a list" in found[0]
        assert "did you mean Set-CsUser?" in found[2]

    def test_where_only_syntax_is_wrong_nothing_is_added(self) -> None:
        """The error is the one that reading raised."""
        with pytest.raises(ScriptError) as caught:
            read_script("if ($true) {}\nGet-CsUser Bob")
        assert every_fault(caught.value) is caught.value
        assert len(caught.value.readable.statements) == 1

    @pytest.mark.parametrize(
        "script",
        [
            'Get-CsUser | Select-Object DisplayName, @{Name="P";Expression={$_.HostedVoicemailPolicy}}',
            'Get-CsUser | Select-Object @{Name="P";Expression={$_.HostedVoicemailPolicy}}, DisplayName',
            'Get-CsUser | select DisplayName,@{n="P";e={$_.X}},SipAddress | ft',
            'Get-CsUser | select DisplayName,\n  @{n="P";e={ @{a=1} }}',
        ],
    )
    def test_a_calculated_property_is_powershell(self, script: str) -> None:
        """It is not read, and the message says what to write instead."""
        (line,) = faults(script)
        assert "is a hashtable among names, a calculated property" in line
        assert "no PowerShell" not in line

    @pytest.mark.parametrize(
        ("script", "words"),
        [
            ("[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Low')]\nparam()", "is an attribute of a script"),
            ("[CmdletBinding()]\nparam([string]$x)", "assign the values to variables"),
            ('param(\n [Parameter(Mandatory)]\n [ValidateSet("a","b")]\n [string]$User\n)', "assign the values to variables"),
        ],
    )
    def test_parameters_of_a_script_are_powershell(self, script: str, words: str) -> None:
        """They are not read, and the message says what to do."""
        (line,) = faults(script)
        assert words in line
        assert "no PowerShell" not in line

    @pytest.mark.parametrize("script", ["Get-CsUser |", 'Set-CsUser "a', "Get-CsUser | Select-Object A, @{n={", "a }"])
    def test_what_is_no_powershell_is_said_to_be_none(self, script: str) -> None:
        """An open quote, an open brace, a pipe into nothing."""
        assert any("is no PowerShell here" in line for line in faults(script))

    @pytest.mark.parametrize("value", ["$u", "(Get-CsUser)", "(Get-CsHostingProvider)", "(Get-CsHostedVoicemailPolicy Global)"])
    def test_no_message_shows_the_inside_of_an_object(self, value: str) -> None:
        """Whatever parameter of whatever cmdlet is given an object, the message names its kind."""
        for cmdlet in (*CMDLETS.values(), *ELSEWHERE.values()):
            for parameter in cmdlet.parameters:
                if parameter.type is ParameterType.SWITCH:
                    continue
                needed = " ".join(f"-{one} x" for one in cmdlet.required if one != parameter.name)
                text = f"$u = Get-CsUser Bob\n{cmdlet.name} -{parameter.name} {value} {needed}"
                said = " ".join([*faults(text)] or [str(step.refusal) for step in rehearsed(text).steps])
                assert not re.search(r"\w\([a-z_]+=", said), text

    @pytest.mark.parametrize("name", sorted(STRANGERS))
    def test_commands_of_other_modules_say_what_to_write(self, name: str) -> None:
        """None of them is only to be taken out, where something is needed in its place."""
        (line,) = faults(f"{name} x | ForEach-Object {{ Get-CsUser $_ }}")
        assert line == f"line 1, column 1: {name} {STRANGERS[name]}"
