"""The published recipe of Cloud Voicemail: no false alarm, and each fault put into it by hand is found, named and mended."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from exum_routing import Deployment
from exum_routing.audit import Finding, Severity, audit
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.powershell import read_script
from exum_routing.rehearsal import rehearse

RECIPE = json.loads(Path("examples/cloud-voicemail/deployment.json").read_text(encoding="utf-8"))

EXO = "exap.um.outlook.com"
TENANT, GUID = "contoso.onmicrosoft.com", "6f1c1c1e-5d3a-4b0e-9c57-0a1b2c3d4e5f"
ALICE, PILAR, ZOE = (f"sip:{name}@contoso.com" for name in ("alice", "pilar", "zoe"))
ENABLED = (ALICE, PILAR)
PROVIDER, POLICY, EDGE = "Cloud Voicemail", "tag:CloudVoiceMailUsers", "AccessEdgeConfiguration"

OF_PROVIDER, OF_POLICY, OF_EDGE = ("HostingProviders", 0), ("HostedVoicemailPolicies", 1), ("AccessEdgeConfiguration",)
OF_ALICE, OF_ZOE = ("Users", 0), ("Users", 2)
SET_PROVIDER = f"Set-CsHostingProvider -Identity '{PROVIDER}'"
SET_POLICY = f"Set-CsHostedVoicemailPolicy -Identity '{POLICY}'"
NEW_PROVIDER = (
    "New-CsHostingProvider -Identity '{0}' -Enabled $True -EnabledSharedAddressSpace $True -HostsOCSUsers $False "
    "-ProxyFqdn '{0}' -IsLocal $False -VerificationLevel 'UseSourceVerification'"
)


RECIPE_RULES = frozenset({"without-voice-mail", "voice-mail-turned-off"})


class Fault(NamedTuple):
    """A fault put into the recipe by hand, and what is to be found."""

    where: tuple[str | int, ...]
    """The object of the document."""
    changed: Mapping[str, object]
    """Its keys that change; None: the key goes."""
    rule: str
    """The rule that finds it."""
    severity: Severity
    """How severe it is."""
    subjects: tuple[str, ...]
    """Whom or what the finding names."""
    remedy: tuple[str, ...]
    """The cmdlet lines that it gives."""
    left: frozenset[str] = RECIPE_RULES
    """The rules that find something afterwards; elsewhere than in the recipe's cloud, its mailboxes are not known."""


E, W = Severity.ERROR, Severity.WARNING
FAULTS = {
    "a typo in the Destination": Fault(
        OF_POLICY,
        {"Destination": "exap.um.outlok.com"},
        "destination-without-provider",
        E,
        ENABLED,
        (f"{SET_POLICY} -Destination '{EXO}'",),
    ),
    "a Destination without provider": Fault(
        OF_POLICY,
        {"Destination": "um.fabrikam.com"},
        "destination-without-provider",
        E,
        ENABLED,
        (NEW_PROVIDER.format("um.fabrikam.com"),),
        frozenset({"without-voice-mail"}),
    ),
    "no Destination": Fault(
        OF_POLICY,
        {"Destination": None},
        "policy-without-destination",
        E,
        ENABLED,
        (f"{SET_POLICY} -Destination '{EXO}'",),
    ),
    "the provider disabled": Fault(
        OF_PROVIDER, {"Enabled": False}, "provider-disabled", E, ENABLED, (f"Enable-CsHostingProvider -Identity '{PROVIDER}'",)
    ),
    "no shared address space": Fault(
        OF_PROVIDER,
        {"EnabledSharedAddressSpace": False},
        "provider-not-shared",
        E,
        ENABLED,
        (f"{SET_PROVIDER} -EnabledSharedAddressSpace $True",),
    ),
    "a provider that hosts accounts": Fault(
        OF_PROVIDER,
        {"HostsOCSUsers": True},
        "provider-hosts-ocs-users",
        E,
        ENABLED,
        (f"{SET_PROVIDER} -HostsOCSUsers $False",),
    ),
    "a provider within the topology": Fault(
        OF_PROVIDER, {"IsLocal": True}, "provider-is-local", E, ENABLED, (f"{SET_PROVIDER} -IsLocal $False",)
    ),
    "no federation": Fault(
        OF_EDGE,
        {"AllowFederatedUsers": False},
        "federation-not-allowed",
        E,
        ENABLED,
        ("Set-CsAccessEdgeConfiguration -AllowFederatedUsers $True",),
    ),
    "default routing": Fault(
        OF_EDGE,
        {"UseDnsSrvRouting": False},
        "default-routing",
        E,
        ENABLED,
        ("Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery $False",),
    ),
    "no Organization": Fault(
        OF_POLICY, {"Organization": None}, "organization-missing", E, ENABLED, (f"{SET_POLICY} -Organization '{TENANT}'",)
    ),
    "a policy that does not exist": Fault(
        OF_ALICE,
        {"HostedVoicemailPolicy": "CloudVoicemailUser"},
        "policy-without-destination",
        E,
        (ALICE,),
        (f"Grant-CsHostedVoicemailPolicy -Identity '{ALICE}' -PolicyName 'CloudVoiceMailUsers'",),
    ),
    "a pair with a letter too few": Fault(
        OF_ALICE,
        {"msExchUCVoiceMailSettings": ["CsHostedVoicMail=1"]},
        "misspelled-pair",
        W,
        (ALICE,),
        tuple(f"Set-CsUser -Identity '{ALICE}' -HostedVoiceMail {value}" for value in ("$null", "$True")),
    ),
}
"""Faults that a cmdlet mends."""

NOT_MENDED = {
    "a tenant's id for its domain": (
        Fault(OF_POLICY, {"Organization": GUID}, "organization-no-domain", W, (POLICY,), ()),
        "The tenant's administrator knows its default domain.",
    ),
    "the verification level": (
        Fault(OF_PROVIDER, {"VerificationLevel": "AlwaysVerifiable"}, "verification-level", W, (PROVIDER,), ()),
        "Calls cross the Edge all the same",
    ),
    "partner discovery": (
        Fault(OF_EDGE, {"EnablePartnerDiscovery": True}, "partner-discovery", Severity.NOTE, (EDGE,), ()),
        "hybrid connectivity with open federation does",
    ),
    "an Organization with a hyphen too many": (
        Fault(OF_POLICY, {"Organization": "contoso-.onmicrosoft.com"}, "organization-no-domain", W, (POLICY,), ()),
        f"{TENANT} may be meant",
    ),
    "two organizations": (
        Fault(OF_POLICY, {"Organization": f"fabrikam.onmicrosoft.com,{TENANT}"}, "several-organizations", W, (POLICY,), ()),
        "give the users of each tenant a policy of their own",
    ),
    "a tenant of another cloud": (
        Fault(OF_POLICY, {"Organization": "contoso.onmicrosoft.us"}, "other-cloud", W, (POLICY,), ()),
        "GCC High or DoD",
    ),
    "a tenant of China": (
        Fault(OF_POLICY, {"Organization": "contoso.partner.onmschina.cn"}, "other-cloud", W, (POLICY,), ()),
        "exap.um.partner.outlook.cn",
    ),
    "no Enterprise Voice": (
        Fault(OF_ALICE, {"EnterpriseVoiceEnabled": False}, "without-enterprise-voice", W, (ALICE,), ()),
        "enable it with Set-CsUser if they are to have it",
    ),
    "a policy that does not exist": (
        Fault(OF_ZOE, {"HostedVoicemailPolicy": "CloudVoicemailUser"}, "dangling-assignment", W, (ZOE,), ()),
        "tag:CloudVoiceMailUsers may be meant",
    ),
    "no mailboxes in the tenant": (
        Fault(("HostedUmServices", 0, "Tenants", 0), {"Mailboxes": []}, "mailbox-missing", E, ENABLED, ()),
        "the tenant's administrator makes one",
    ),
}
"""Faults that no cmdlet mends, and who does."""


def faulty(fault: Fault) -> Deployment:
    """The recipe with the fault in it."""
    document: dict[str, Any] = copy.deepcopy(RECIPE)
    part: Any = document
    for key in fault.where:
        part = part[key]
    for key, value in fault.changed.items():
        if value is None:
            del part[key]
        else:
            part[key] = value
    return read_deployment(json.dumps(document).encode())


def found_by(rule: str, deployment: Deployment) -> list[Finding]:
    """What a rule finds."""
    return [finding for finding in audit(deployment) if finding.rule == rule]


def rules_of(deployment: Deployment) -> set[str]:
    """The rules that find something."""
    return {finding.rule for finding in audit(deployment)}


def test_the_recipe_raises_no_alarm() -> None:
    """One user has no voice mail, and for one it is turned off, which are notes."""
    assert [(one.rule, one.severity) for one in audit(faulty(Fault((), {}, "", E, (), ())))] == [
        ("without-voice-mail", Severity.NOTE),
        ("voice-mail-turned-off", Severity.NOTE),
    ]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_named_and_gone_after_its_cmdlets(fault: Fault) -> None:
    """The finding names whom it concerns; its cmdlets are not refused, and leave nothing of it behind."""
    deployment = faulty(fault)
    (finding,) = found_by(fault.rule, deployment)
    assert (finding.severity, finding.subjects) == (fault.severity, fault.subjects)
    assert tuple(finding.remedies()) == fault.remedy
    rehearsal = rehearse(read_script("\n".join(finding.remedies())), deployment)
    assert [step.refusal for step in rehearsal.steps] == [None] * len(fault.remedy)
    assert rules_of(rehearsal.after) == fault.left


@pytest.mark.parametrize(("fault", "who"), NOT_MENDED.values(), ids=NOT_MENDED)
def test_a_fault_that_no_cmdlet_mends_is_found_with_who_does(fault: Fault, who: str) -> None:
    """The finding gives no cmdlet, and its sentence says who can."""
    (finding,) = found_by(fault.rule, faulty(fault))
    assert (finding.severity, finding.subjects, tuple(finding.remedies())) == (fault.severity, fault.subjects, ())
    assert who in finding.sentence
