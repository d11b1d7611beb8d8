"""Cmdlets as JSON: names, values and refusals; what is printed; and the request Administer."""

import re
from pathlib import Path
from typing import Any

import pytest

from exum_routing import Deployment, ExumRoutingError, HostedVoicemailPolicy, User, VerificationLevel
from exum_routing.cmdlets import CMDLETS, COMMON, Cmdlet, ParameterType, View
from exum_routing.conformance import answer
from exum_routing.conformance.administer import EXCHANGE, run_cmdlet
from exum_routing.conformance.protocol import NOT_SUPPORTED, REFUSED
from exum_routing.errors import InvalidText, InvalidValue, ParametersExclude
from exum_routing.interchange.document import object_to_json

SPEC = Path(__file__).parent.parent / "docs" / "spec" / "administration.md"
GLOBAL = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")
VIEW = View(Deployment(users=[User(sip_address="alice@contoso.com")], policies=[GLOBAL]))
PROVIDER = {"Identity": "Hosted Exchange UM", "ProxyFqdn": "exap.um.outlook.com", "Enabled": True}


def administered(*cmdlets: object, **more: object) -> dict[str, Any]:
    """The answer to a request about a deployment with one user."""
    document = {"Users": [{"SipAddress": "sip:alice@contoso.com"}]}
    return answer({"Ask": "Administer", "Deployment": document, "Cmdlets": list(cmdlets)} | more)


class TestValues:
    """What the values of parameters may be."""

    @pytest.mark.parametrize(
        ("name", "parameters", "refusal"),
        [
            ("New-CsHostedVoicemailPolicy", {"Identity": 5}, InvalidText),
            ("New-CsHostedVoicemailPolicy", {"Identity": None}, InvalidText),
            ("New-CsHostedVoicemailPolicy", {"Identity": "A", "Description": True}, InvalidText),
            ("Set-CsUser", {"Identity": "alice@contoso.com", "HostedVoiceMail": "$True"}, InvalidValue),
            ("Set-CsUser", {"Identity": "alice@contoso.com", "EnterpriseVoiceEnabled": None}, InvalidValue),
            ("Set-CsUser", {"Identity": "alice@contoso.com", "WhatIf": "yes"}, InvalidValue),
            ("Set-CsAccessEdgeConfiguration", {"UseDnsSrvRouting": 1}, InvalidValue),
            ("New-CsHostingProvider", PROVIDER | {"VerificationLevel": "Always"}, InvalidValue),
            ("New-CsHostingProvider", PROVIDER | {"VerificationLevel": True}, InvalidValue),
        ],
    )
    def test_value_of_another_type_is_refused(
        self, name: str, parameters: dict[str, Any], refusal: type[ExumRoutingError]
    ) -> None:
        """A text, a flag, a switch and a verification level take nothing else, and only some take null."""
        with pytest.raises(refusal):
            run_cmdlet(VIEW, name, parameters)

    @pytest.mark.parametrize("level", VerificationLevel)
    def test_verification_level_in_any_case(self, level: VerificationLevel) -> None:
        """A verification level is taken in any case and written in its own."""
        result = run_cmdlet(VIEW, "New-CsHostingProvider", PROVIDER | {"VerificationLevel": level.value.upper()})
        assert [one.verification_level for one in result.output] == [level]  # type: ignore[union-attr] # a provider

    def test_parameter_without_bearing_takes_anything(self) -> None:
        """What has no bearing on routing is not looked at."""
        result = run_cmdlet(VIEW, "Set-CsUser", {"Identity": "alice@contoso.com", "LineURI": ["tel:+1"], "Confirm": 0})
        assert (result.output, result.changes) == ((), ())

    def test_missing_parameter_is_named(self) -> None:
        """A refusal says which parameter the cmdlet cannot do without."""
        with pytest.raises(ParametersExclude, match="'ProxyFqdn' is missing"):
            run_cmdlet(VIEW, "New-CsHostingProvider", {"Identity": "A"})

    def test_parameter_that_cannot_be_given_says_why(self) -> None:
        """A refusal says why, and what to do."""
        with pytest.raises(ParametersExclude, match="'ProxyFqdn' cannot be modified"):
            run_cmdlet(VIEW, "Set-CsHostingProvider", PROVIDER)

    @pytest.mark.parametrize("switch", ["WhatIf", "InMemory"])
    def test_nothing_is_changed_where_it_is_not_to_be(self, switch: str) -> None:
        """With WhatIf or InMemory the policy is printed and not made; a switch that is off counts as not given."""
        dry, wet = (run_cmdlet(VIEW, "New-CsHostedVoicemailPolicy", {"Identity": "A", switch: on}) for on in (True, False))
        assert dry.output == wet.output
        assert (dry.changes, len(wet.changes)) == ((), 1)

    @pytest.mark.parametrize(
        ("name", "parameters"),
        [
            ("Move-CsApplicationEndpoint", {}),
            ("set-csuser", {}),
            ("Set-CsUser", {"identity": "alice@contoso.com"}),
            ("Set-CsUser", {"Ident": "alice@contoso.com"}),
            ("Get-CsUser", {"Filter": "HostedVoiceMail -eq $True"}),
        ],
    )
    def test_names_are_whole_and_as_spelled(self, name: str, parameters: dict[str, Any]) -> None:
        """A cmdlet or parameter by another name, and a script block, are not known here."""
        with pytest.raises(KeyError):
            run_cmdlet(VIEW, name, parameters)


class TestAdminister:
    """The request Administer."""

    def test_results_are_in_order_and_a_refusal_does_not_stop(self) -> None:
        """Every cmdlet has its result; the last one works on what those before left."""
        enable = {"Cmdlet": "Set-CsUser", "Parameters": {"Identity": "alice@contoso.com", "HostedVoiceMail": True}}
        mend = {"Cmdlet": "Set-CsHostedVoicemailPolicy", "Parameters": {"Destination": "exap.um.outlook.com"}}
        done = {"Output": [], "Warnings": 0}
        assert administered(enable, mend, enable) == {
            "Results": [REFUSED, done, done],
            "Deployment": {
                "HostedVoicemailPolicies": [{"Identity": "Global", "Destination": "exap.um.outlook.com"}],
                "Users": [{"SipAddress": "sip:alice@contoso.com", "msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1"]}],
            },
        }

    @pytest.mark.parametrize(
        "cmdlets",
        [
            ({"Cmdlet": "Move-CsApplicationEndpoint", "Parameters": {}},),
            ({"Cmdlet": "Get-CsUser"},),
            ({"Cmdlet": "Get-CsUser", "Parameters": ["Identity"]},),
            ({"Cmdlet": "Get-CsUser", "Parameters": None},),
            ({"Cmdlet": [], "Parameters": {}},),
            ("Get-CsUser",),
            (
                {"Cmdlet": "Remove-CsExUmContact", "Parameters": {"Identity": "x"}},
                {"Cmdlet": "Get-CsUser", "Parameters": {"X": 1}},
            ),
        ],
    )
    def test_what_is_no_request_is_not_supported(self, cmdlets: tuple[object, ...]) -> None:
        """One cmdlet that is none is enough, even behind one that is refused."""
        assert administered(*cmdlets) == NOT_SUPPORTED

    @pytest.mark.parametrize("reading", [{"Disabling": "NEVER"}, {"AuthorsDisagree": "ANY_ENABLED"}, {"__class__": "X"}])
    def test_reading_that_does_not_exist_is_not_supported(self, reading: dict[str, str]) -> None:
        """Only the administrator's two readings can be chosen here."""
        assert administered(Reading=reading) == NOT_SUPPORTED

    def test_faulty_deployment_is_answered_with_its_faults(self) -> None:
        """The deployment is read before any cmdlet runs."""
        assert administered("Get-CsUser", Deployment={"Users": [{}]}) == {"Faults": ["Users[0].SipAddress"]}


def test_objects_are_written_as_in_the_document() -> None:
    """What is by default is left out."""
    assert object_to_json(GLOBAL) == {"Identity": "Global", "Destination": "exap.um.outlook.com"}


def described(cmdlet: Cmdlet) -> tuple[str, ...]:
    """The row of a cmdlet in the spec: its own parameters, those that cannot be given, those without bearing."""
    groups: tuple[list[str], list[str], list[str]] = ([], [], [])
    everywhere = {one.name for one in COMMON} | {"WhatIf", "InMemory", "Confirm", "Force"}
    for one in cmdlet.parameters:
        if one.name not in everywhere:
            kind = 1 if one.refusal else 0 if one.argument or one.type is ParameterType.UNLIMITED else 2
            name = f"**{one.name}**" if one.name in cmdlet.required else one.name
            groups[kind].append(f"{name}{TYPES[one.type]}" if kind == 0 else name)
    return (cmdlet.name, *(" ".join(group) for group in groups))


TYPES = {
    ParameterType.TEXT: "",
    ParameterType.NULLABLE_TEXT: "?",
    ParameterType.BOOLEAN: "!",
    ParameterType.NULLABLE_BOOLEAN: "!?",
    ParameterType.SWITCH: "#",
    ParameterType.VERIFICATION_LEVEL: " (level)",
    ParameterType.CONDITION: " (condition)",
    ParameterType.UNLIMITED: " (Unlimited)",
}


def test_spec_lists_every_parameter() -> None:
    """The table of parameters in the spec is that of the code."""
    rows = re.findall(r"(?m)^\| ([A-Z]\w+-\w+) \| (.*?) \|$", SPEC.read_text(encoding="utf-8"))
    found = [(name, *(cell.strip() for cell in cells.split("|"))) for name, cells in rows]
    assert found == [described(cmdlet) for cmdlet in (*CMDLETS.values(), EXCHANGE)]
