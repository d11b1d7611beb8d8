"""The scripts under examples/scripts: run on a fresh deployment, the users whom they enable are routed to hosted UM.

Every script is transcribed here by hand, its pipelines expanded; rehearsing the script has to come to the same deployment.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from exum_routing import HostedUm, OnPremisesUm, route, route_at_edge
from exum_routing.conformance import answer
from exum_routing.interchange.document import read_deployment, write_deployment
from exum_routing.interchange.powershell import read_script
from exum_routing.rehearsal import rehearse

EXAMPLES = Path(__file__).parent.parent / "examples"
FRESH = (EXAMPLES / "fresh" / "deployment.json").read_bytes()
PROVIDER = {"Enabled": True, "EnabledSharedAddressSpace": True, "HostsOCSUsers": False, "IsLocal": False}
VERIFIED = {"VerificationLevel": "UseSourceVerification"}
BOTH = "corp1.litwareinc.com, corp2.litwareinc.com"
REDMOND_POOL = {"RegistrarPool": "RedmondPool.litwareinc.com", "OU": "OU=ExUmContacts,DC=litwareinc,DC=com"}
HENRIETTA, AIK = "sip:hmueller@litwareinc.com", "sip:achen@litwareinc.com"
PILAR, KEN, ALICE = "sip:packerman@litwareinc.com", "sip:kenmyer@litwareinc.com", "sip:alice@litwareinc.com"
USER1, ROY = "sip:user1@litwareinc.com", "sip:roy@litwareinc.com"
CONTACTS = ("sip:exumsa1@fabrikam.com", "sip:exumaa1@fabrikam.com")


def command(cmdlet: str, **parameters: object) -> dict[str, Any]:
    """One cmdlet of a request."""
    return {"Cmdlet": cmdlet, "Parameters": parameters}


def enable(identity: str) -> dict[str, Any]:
    """Enabling one user."""
    return command("Set-CsUser", Identity=identity, HostedVoiceMail=True)


def grant(identity: str, name: str = "ExRedmond") -> dict[str, Any]:
    """Granting a policy to one account."""
    return command("Grant-CsHostedVoicemailPolicy", Identity=identity, PolicyName=name)


TRANSCRIBED: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "hosted-exchange-um": (
        [
            command(
                "Set-CsAccessEdgeConfiguration", UseDnsSrvRouting=True, AllowFederatedUsers=True, EnablePartnerDiscovery=False
            ),
            command("New-CsHostingProvider", Identity="Fabrikam.com", ProxyFqdn="proxyserver.fabrikam.com", Enabled=True),
            command("Remove-CsHostingProvider", Identity="Fabrikam.com"),
            command("New-CsHostingProvider", Identity="Fabrikam.com", ProxyFqdn="ExUM.fabrikam.com", **PROVIDER, **VERIFIED),
            command(
                "New-CsHostingProvider", **PROVIDER | {"Enabled": False}, Identity="Contoso.com", ProxyFqdn="ExUM.contoso.com"
            ),
            command("Enable-CsHostingProvider", Identity="Contoso.com"),
            command("Set-CsHostingProvider", Identity="Contoso.com", **VERIFIED),
            command("Set-CsHostedVoicemailPolicy", Destination="ExUM.fabrikam.com", Organization="corp1.litwareinc.com"),
            command(
                "New-CsHostedVoicemailPolicy",
                Identity="site:Redmond",
                Destination="ExUM.fabrikam.com",
                Description="Hosted voicemail policy for the Redmond site.",
                Organization=BOTH,
            ),
            command(
                "New-CsHostedVoicemailPolicy",
                Identity="ExRedmond",
                Destination="ExUM.fabrikam.com",
                Description="Hosted voicemail policy for Redmond users.",
                Organization=BOTH,
            ),
            command("Set-CsHostedVoicemailPolicy", Identity="ExRedmond", Destination="ExUM.contoso.com"),
            command("Set-CsHostedVoicemailPolicy", Identity="ExRedmond", Organization=f"{BOTH},corp3.litwareinc.com"),
            *(grant(identity) for identity in ("Ken Myer", HENRIETTA, AIK)),
            *(enable(identity) for identity in ("Pilar Ackerman", HENRIETTA, AIK, KEN, AIK)),
            command("New-CsExUmContact", SipAddress=CONTACTS[0], DisplayNumber="2065554567", **REDMOND_POOL),
            command(
                "New-CsExUmContact", SipAddress=CONTACTS[1], DisplayNumber="2065559876", AutoAttendant=True, **REDMOND_POOL
            ),
            grant(CONTACTS[1]),
        ],
        {PILAR, KEN, HENRIETTA, AIK, ALICE, *CONTACTS},
    ),
    "cloud-voicemail": (
        [
            command(
                "New-CsHostingProvider", Identity="Exchange Online", ProxyFqdn="exap.um.outlook.com", **PROVIDER, **VERIFIED
            ),
            command(
                "Set-CsAccessEdgeConfiguration", UseDnsSrvRouting=True, AllowFederatedUsers=True, EnablePartnerDiscovery=False
            ),
            command(
                "Set-CsHostedVoicemailPolicy",
                Identity="Global",
                Description="Global Cloud Voicemail Policy",
                Destination="exap.um.outlook.com",
                Organization="litwareinc.onmicrosoft.com",
            ),
            command(
                "New-CsHostedVoicemailPolicy",
                Identity="CloudVoiceMailUsers",
                Destination="exap.um.outlook.com",
                Organization="litwareinc.onmicrosoft.com",
            ),
            grant("User1", "Tag:CloudVoiceMailUsers"),
            command("Set-CsUser", Identity="User1", EnterpriseVoiceEnabled=True),
            *(enable(identity) for identity in ("User1", PILAR, KEN, HENRIETTA, AIK, ALICE)),
        ],
        {USER1, PILAR, KEN, HENRIETTA, AIK, ALICE},
    ),
    "seed": (
        [
            command("Set-CsUser", Identity="Pilar Ackerman", HostedVoiceMail=False),
            command(
                "Set-CsAccessEdgeConfiguration", UseDnsSrvRouting=True, AllowFederatedUsers=True, EnablePartnerDiscovery=False
            ),
            command("New-CsHostingProvider", Identity="Hosted Exchange UM", ProxyFqdn="proxyserver.fabrikam.com", **PROVIDER),
            command(
                "Set-CsHostedVoicemailPolicy",
                Destination="proxyserver.fabrikam.com",
                Organization="corp.contoso.com, corp.litwareinc.com",
            ),
            command("New-CsHostedVoicemailPolicy", Identity="ExRedmond", Destination="proxyserver.fabrikam.com"),
            grant("Alice"),
            command("Remove-CsHostedVoicemailPolicy", Identity="ExRedmond"),
            command("Set-CsUser", Identity="Alice", HostedVoiceMail=None),
            *(enable(identity) for identity in ("Alice", "Pilar Ackerman")),
        ],
        {ALICE, PILAR},
    ),
}
"""The commands of every script, and the users and contacts who are routed to hosted UM behind them."""
WARNINGS = {"hosted-exchange-um": 0, "cloud-voicemail": 1, "seed": 0}
"""How many warnings each script gives: Alice's attribute holds a value of Exchange's."""


def test_every_script_is_transcribed() -> None:
    """No script stands beside the others without a transcription."""
    assert {path.stem for path in (EXAMPLES / "scripts").iterdir()} == set(TRANSCRIBED)


def test_fresh_deployment_routes_nobody_to_hosted_um() -> None:
    """Before a script runs nobody is routed to hosted UM, and no call would cross the Edge."""
    fresh = read_deployment(FRESH)
    assert [user.sip_address for user in fresh.users if isinstance(route(user, fresh), HostedUm)] == []
    assert (fresh.providers, [policy.is_usable for policy in fresh.policies]) == ((), [False])


@pytest.mark.parametrize("name", TRANSCRIBED)
def test_enabled_users_are_routed_to_hosted_um(name: str) -> None:
    """No command is refused; whom the script enables is routed to hosted UM and crosses the Edge, and Roy stays as he is."""
    commands, enabled = TRANSCRIBED[name]
    found = answer({"Ask": "Administer", "Deployment": json.loads(FRESH), "Cmdlets": commands})
    assert [one for one in found["Results"] if "Refused" in one] == []
    assert sum(one["Warnings"] for one in found["Results"]) == WARNINGS[name]
    deployment = read_deployment(json.dumps(found["Deployment"]))
    decisions = {subject.sip_address: route(subject, deployment) for subject in deployment.subjects}
    hosted = {address: decision for address, decision in decisions.items() if isinstance(decision, HostedUm)}
    assert set(hosted) == enabled
    crossing = [route_at_edge(decision.destination, deployment.configuration_at_edge) for decision in hosted.values()]
    assert [type(one).__name__ for one in crossing] == ["EdgeRoute"] * len(enabled)
    assert isinstance(decisions[ROY], OnPremisesUm)  # type: ignore[index] # a SIP address is a text


@pytest.mark.parametrize("name", TRANSCRIBED)
def test_rehearsal_comes_to_the_same_deployment(name: str) -> None:
    """The script itself, rehearsed, is not stopped, and changes what its transcription changes."""
    commands, _ = TRANSCRIBED[name]
    found = answer({"Ask": "Administer", "Deployment": json.loads(FRESH), "Cmdlets": commands})
    script = read_script((EXAMPLES / "scripts" / f"{name}.ps1").read_bytes())
    rehearsal = rehearse(script, read_deployment(FRESH))
    assert [step.refusal for step in rehearsal.steps if step.refusal is not None] == []
    assert sum(len(step.warnings) for step in rehearsal.steps) == WARNINGS[name]
    assert json.loads(write_deployment(rehearsal.after)) == found["Deployment"]
