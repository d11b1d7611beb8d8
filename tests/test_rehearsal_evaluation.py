"""The values of a script: expressions, properties of objects, and conditions."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from exum_routing import AccessEdgeConfiguration, HostedVoicemailPolicy, HostingProvider, Pool, UmContact, User
from exum_routing.errors import shown
from exum_routing.interchange.powershell import Assignment, Expression, Number, Pipeline, SubPipeline, read_filter, read_script
from exum_routing.rehearsal.evaluation import NoValue, Scope, holds, identity_of, property_of, text_of, value_of

ALICE: Final = User(
    sip_address="alice@contoso.com",
    display_name="Alice",
    user_principal_name="alice@corp.contoso.com",
    sam_account_name="alice",
    distinguished_name="CN=Alice,OU=Redmond,DC=contoso,DC=com",
    registrar_pool="pool01.contoso.com",
    enterprise_voice_enabled=True,
    hosted_voicemail_policy="ExRedmond",
    voice_mail_settings=["CsHostedVoiceMail=0"],
)
ZOE: Final = User(sip_address="zoe@contoso.com")
AA: Final = UmContact(
    sip_address="aa@contoso.com",
    registrar_pool="pool01.contoso.com",
    display_number="+14255550100",
    auto_attendant=True,
    hosted_voicemail_policy="ExRedmond",
)
POLICY: Final = HostedVoicemailPolicy(
    identity="ExRedmond",
    description="For Redmond",
    destination="exap.um.outlook.com",
    organizations=["corp.contoso.com", "corp.litwareinc.com"],
)
PROVIDER: Final = HostingProvider(identity="Hosted Exchange UM", proxy_fqdn="exap.um.outlook.com", enabled=True)
EDGE: Final = AccessEdgeConfiguration(default_route_fqdn="route.contoso.com")
VALUES: Final[Mapping[str, Any]] = {"alice": ALICE, "zoe": ZOE, "names": ("a", "b"), "nothing": None, "yes": True, "_": ZOE}


def scope(*found: object) -> Scope:
    """The variables above; every pipeline gives what is given here."""

    def run(_: Pipeline, __: Scope) -> tuple[Any, ...]:
        return found

    return Scope(VALUES, run)


def expression(text: str) -> Expression:
    """What stands behind the sign of an assignment."""
    (statement,) = read_script(f"$x = {text}").statements
    assert isinstance(statement, Assignment)
    return statement.value


def is_so(condition: str) -> bool:
    """Whether a condition of a script block holds of Alice."""
    block = read_filter(condition).content
    assert not hasattr(block, "pipelines")
    return holds(block, Scope(VALUES, lambda _, __: ()).of(ALICE))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            ALICE,
            {
                "Identity": "CN=Alice,OU=Redmond,DC=contoso,DC=com",
                "SipAddress": "sip:alice@contoso.com",
                "DisplayName": "Alice",
                "UserPrincipalName": "alice@corp.contoso.com",
                "SamAccountName": "alice",
                "DistinguishedName": "CN=Alice,OU=Redmond,DC=contoso,DC=com",
                "RegistrarPool": "pool01.contoso.com",
                "EnterpriseVoiceEnabled": True,
                "HostedVoiceMail": False,
                "HostedVoicemailPolicy": "ExRedmond",
            },
        ),
        (ZOE, {"Identity": "sip:zoe@contoso.com", "HostedVoiceMail": None, "HostedVoicemailPolicy": None, "DisplayName": None}),
        (
            AA,
            {
                "Identity": "sip:aa@contoso.com",
                "SipAddress": "sip:aa@contoso.com",
                "RegistrarPool": "pool01.contoso.com",
                "DisplayNumber": "+14255550100",
                "AutoAttendant": True,
                "HostedVoicemailPolicy": "ExRedmond",
            },
        ),
        (UmContact(sip_address="sa@contoso.com", display_number="1"), {"HostedVoicemailPolicy": None}),
        (
            POLICY,
            {
                "Identity": "tag:ExRedmond",
                "Description": "For Redmond",
                "Destination": "exap.um.outlook.com",
                "Organization": "corp.contoso.com, corp.litwareinc.com",
            },
        ),
        (HostedVoicemailPolicy(identity="Global"), {"Organization": None, "Destination": None}),
        (
            PROVIDER,
            {
                "Identity": "Hosted Exchange UM",
                "Name": "Hosted Exchange UM",
                "ProxyFqdn": "exap.um.outlook.com",
                "Enabled": True,
                "EnabledSharedAddressSpace": False,
                "HostsOCSUsers": False,
                "IsLocal": False,
                "VerificationLevel": "AlwaysVerifiable",
            },
        ),
        (
            EDGE,
            {
                "Identity": "Global",
                "UseDnsSrvRouting": False,
                "AllowFederatedUsers": False,
                "EnablePartnerDiscovery": False,
                "DefaultRouteFqdn": "route.contoso.com",
            },
        ),
    ],
)
def test_properties_have_the_names_of_the_cmdlets(value: object, expected: Mapping[str, object]) -> None:
    """Every property of every object, by its name in any case."""
    assert {name: property_of(value, name) for name in expected} == expected
    assert {name: property_of(value, name.swapcase()) for name in expected} == expected


def test_property_of_several_and_of_nothing() -> None:
    """A property of several objects is that of each; of $null it is $null."""
    assert property_of((ALICE, ZOE), "DisplayName") == ("Alice", None)
    assert property_of(None, "DisplayName") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ZOE, "'Colour' is no property that is known here: give one of Identity, SipAddress, DisplayName, "),
        (Pool(fqdn="p.contoso.com", site="Redmond"), "'Colour' is no property that is known here: give one of an object of a "),
        ("text", "'Colour' is no property that is known here: give one of an object of a Get- cmdlet"),
    ],
)
def test_unknown_property_is_refused(value: object, expected: str) -> None:
    """A property that is not known here is no $null: it is refused with those that are known."""
    with pytest.raises(NoValue) as caught:
        property_of(value, "Colour")
    assert str(caught.value).startswith(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ALICE, "sip:alice@contoso.com"),
        (AA, "sip:aa@contoso.com"),
        (POLICY, "tag:ExRedmond"),
        (PROVIDER, "Hosted Exchange UM"),
        ("Alice", "Alice"),
    ],
)
def test_identity_of_what_comes_down_the_pipe(value: object, expected: str) -> None:
    """An object is named by what its cmdlets find it by, a text by itself."""
    assert identity_of(value) == expected


@pytest.mark.parametrize("value", [EDGE, None, True, Number(1, "1"), ("a", "b")])
def test_what_has_no_identity_is_refused(value: object) -> None:
    """Anything else cannot be bound to -Identity."""
    with pytest.raises(NoValue, match="cannot be bound to -Identity: pipe what a Get- cmdlet prints, or a text"):
        identity_of(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'a'", "a"),
        ("$True", True),
        ("$false", False),
        ("$null", None),
        ("$ALICE", ALICE),
        ("$nothing", None),
        ("$alice.displayname", "Alice"),
        ("$nothing.DisplayName", None),
        ('"$names and $($alice.DisplayName)$nothing"', "a b and Alice"),
        ('"$yes"', "True"),
        ("'a' + 1 + $names", "a1a b"),
        ("'a','b'", ("a", "b")),
    ],
)
def test_value_of_an_expression(text: str, expected: object) -> None:
    """Texts, constants, variables in any case, properties, joined texts, lists."""
    assert value_of(expression(text), scope()) == expected


def test_number_keeps_its_spelling() -> None:
    """A number stays what it is until a parameter takes it as text or boolean."""
    assert value_of(expression("007"), scope()) == Number(7, "007")


@pytest.mark.parametrize(("found", "expected"), [((), None), ((ALICE,), ALICE), ((ALICE, ZOE), (ALICE, ZOE))])
def test_value_of_a_pipeline(found: tuple[object, ...], expected: object) -> None:
    """A pipeline in parentheses is what it gives: nothing is $null, one object is itself, several stay several."""
    held = expression("(Get-CsUser)")
    assert isinstance(held, SubPipeline)
    assert value_of(held, scope(*found)) == expected


def test_variable_without_value_is_refused() -> None:
    """A variable that was never assigned is refused by its name as spelled."""
    with pytest.raises(NoValue, match=r"'\$Policy' has no value: assign one before"):
        value_of(expression("$Policy"), scope())


def test_object_has_no_text() -> None:
    """An object in a text is refused: what PowerShell would write there is of no use."""
    with pytest.raises(NoValue, match="is an object, not a text: give one of its properties"):
        text_of(ALICE)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("DisplayName -eq 'ALICE'", True),
        ("DisplayName -ne 'ALICE'", False),
        ("DisplayName -eq 'Al'", False),
        ("DisplayName -like 'al*'", True),
        ("DisplayName -notlike 'al*'", False),
        ("DisplayName -like 'li'", False),
        ("$_.DisplayName -like '?l[h-j]ce'", True),
        ("$_.DisplayName", True),
        ("$nothing", False),
        ("''", False),
        ("0", False),
        ("2", True),
        ("-not $_.HostedVoiceMail", True),
        ("-not ($_.DisplayName -eq 'Alice')", False),
        ("$_.DisplayName -eq 'Alice' -and $_.RegistrarPool -eq 'x'", False),
        ("$_.DisplayName -eq 'Alice' -and $_.RegistrarPool -like 'pool*'", True),
        ("$_.DisplayName -eq 'x' -or $_.RegistrarPool -like 'pool*'", True),
        ("$_.DisplayName -eq 'x' -or $_.RegistrarPool -eq 'x'", False),
        ("$_.EnterpriseVoiceEnabled -eq $True", True),
        ("$_.EnterpriseVoiceEnabled -eq 1", True),
        ("$_.EnterpriseVoiceEnabled -eq 0", False),
        ("$_.EnterpriseVoiceEnabled -eq 'False'", True),
        ("'true' -eq $_.EnterpriseVoiceEnabled", True),
        ("1 -eq $_.EnterpriseVoiceEnabled", True),
        ("0 -eq $_.EnterpriseVoiceEnabled", False),
        ("007 -eq 7", True),
        ("007 -eq 8", False),
        ("7 -eq '7'", True),
        ("$nothing -like '*'", True),
    ],
)
def test_condition_holds_as_in_powershell(condition: str, expected: object) -> None:
    """Comparisons without case, with the conversions of PowerShell, and what counts as true."""
    assert is_so(condition) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("$_.HostedVoiceMail -eq $null", False),
        ("$null -eq $_.HostedVoiceMail", False),
        ("$zoe.HostedVoiceMail -eq $null", True),
        ("$zoe.HostedVoiceMail -eq $False", False),
        ("$_.HostedVoiceMail -eq $False", True),
        ("'' -eq $null", False),
        ("$zoe.HostedVoiceMail -ne $True", True),
    ],
)
def test_null_equals_itself_alone(condition: str, expected: object) -> None:
    """$False is not $null: a user who was disabled is not one who was never set."""
    assert is_so(condition) is expected


@pytest.mark.parametrize("condition", ["$names -eq 'a'", "'a' -eq $names", "$names -like 'a*'"])
def test_several_values_are_not_compared(condition: str) -> None:
    """PowerShell filters where several values are compared; that is not what a reader expects, so it is refused."""
    with pytest.raises(NoValue, match="are several values, which are not compared: pipe them into Where-Object"):
        is_so(condition)


def test_refused_value_is_shown_as_spelled() -> None:
    """A refusal shows a number as it stands in the script, and anything else as messages do."""
    assert (shown(Number(7, "007")), shown("a\nb")) == ("'007'", r"'a\nb'")
