"""Random series of cmdlets for compare.py, over few names, so that they meet."""

import random
from typing import Any, TypeAlias

Choices: TypeAlias = dict[str, list[Any]]

ADDRESSES = ["a@b", "sip:A@b", "sip:%61@b", "c@b", "sip:c@b", "SIP:d@b", "sip:e@b", "%41@b", "sip:x", "a b"]
NAMES = ["Ann", "ANN*", "*", "a*", "Bob B", "x\\ann", "X\\y", "y", "CN=Ann,OU=Sales,DC=b", "", "u@b"]
POLICIES = ["Global", "GLOBAL", "site:S", "SITE:s", "P", "tag:p", "Tag:Q", "q", "tag:", "org:x", "Σ", "ς"]
FILTERS = [
    "*",
    "tag:*",
    "TAG:?",
    "[p-r]",
    "tag:[pq]",
    "`*",
    "u?",
    "",
    "*\N{GREEK SMALL LETTER SIGMA}",
    "*[!p]",
    "g.*",
    "tag:[a-o]",
]
PROVIDERS = ["Um", "UM", "u2", "u 3", " ", "*"]
FQDNS = ["x.y", "X.Y", "z", "a b", "", "exap.um.outlook.com"]
ORGANIZATIONS = ["", "a.b", "a.b, A.B,c", "a.b,", None]
NUMBERS = ["1", "+1", "2", "02", "x"]
LEVELS = ["AlwaysVerifiable", "usesourceverification", "x", None]
FLAGS = [True, True, False, False, None, "x"]
ANYTHING: list[Any] = [None, 3, {}, "x"]
TEXTS = ["", "a text", None, "a\nb", 3]
TARGETS = ["pool", "Pool2.b", "x.y", "X.Y", "sipfed.online.lync.com", "sipfed", "a b", ""]
OUS = ["OU=Sales,DC=b", "sales,dc=b", "DC=b", "", "x"]

FLAG_NAMES = ["Enabled", "EnabledSharedAddressSpace", "HostsOCSUsers", "IsLocal"]
SETTINGS: Choices = dict.fromkeys(FLAG_NAMES, FLAGS) | {"VerificationLevel": LEVELS}
POLICY: Choices = {
    "Identity": POLICIES,
    "Description": TEXTS,
    "Destination": [*FQDNS, None],
    "Organization": ORGANIZATIONS,
}
ACCOUNTS = ADDRESSES + NAMES
CONTACT: Choices = {"SipAddress": ADDRESSES, "DisplayNumber": NUMBERS, "AutoAttendant": FLAGS}
ACCESS_EDGE: Choices = dict.fromkeys(
    ("UseDnsSrvRouting", "UseDefaultRouting", "AllowFederatedUsers", "EnablePartnerDiscovery"), FLAGS
)

# The parameters of each cmdlet, the required ones first, and how many those are.
CMDLETS: dict[str, tuple[int, Choices]] = {
    "New-CsHostedVoicemailPolicy": (1, POLICY | {"InMemory": FLAGS}),
    "Set-CsHostedVoicemailPolicy": (0, POLICY | {"Tenant": ANYTHING}),
    "Get-CsHostedVoicemailPolicy": (0, {"Identity": POLICIES, "Filter": FILTERS}),
    "Grant-CsHostedVoicemailPolicy": (2, {"PolicyName": [*POLICIES, None], "Identity": ACCOUNTS, "PassThru": FLAGS}),
    "Remove-CsHostedVoicemailPolicy": (1, {"Identity": POLICIES}),
    "Set-CsUser": (1, {"Identity": ACCOUNTS, "HostedVoiceMail": FLAGS, "EnterpriseVoiceEnabled": FLAGS}),
    "Get-CsUser": (0, {"Identity": ACCOUNTS, "OU": OUS, "OnLyncServer": ANYTHING}),
    "Get-CsEffectivePolicy": (1, {"Identity": ACCOUNTS}),
    "New-CsHostingProvider": (3, {"Identity": PROVIDERS, "ProxyFqdn": FQDNS, **SETTINGS}),
    "Set-CsHostingProvider": (1, {"Identity": PROVIDERS, **SETTINGS, "ProxyFqdn": FQDNS}),
    "Get-CsHostingProvider": (0, {"Identity": PROVIDERS, "Filter": FILTERS}),
    "Enable-CsHostingProvider": (1, {"Identity": PROVIDERS}),
    "Disable-CsHostingProvider": (1, {"Identity": PROVIDERS}),
    "Remove-CsHostingProvider": (1, {"Identity": PROVIDERS}),
    "Set-CsAccessEdgeConfiguration": (0, ACCESS_EDGE | {"DefaultRouteFqdn": FQDNS}),
    "Get-CsAccessEdgeConfiguration": (0, {}),
    "New-CsExUmContact": (4, {"RegistrarPool": FQDNS, "SipAddress": ADDRESSES, "DisplayNumber": NUMBERS, "OU": OUS, **CONTACT}),
    "Move-CsExUmContact": (2, {"Identity": ADDRESSES, "Target": TARGETS, "PassThru": FLAGS}),
    "Move-CsUser": (2, {"Identity": ACCOUNTS, "Target": TARGETS, "PassThru": FLAGS}),
    "Set-CsExUmContact": (1, {"Identity": ADDRESSES, **CONTACT}),
    "Get-CsExUmContact": (0, {"Identity": ADDRESSES}),
    "Remove-CsExUmContact": (1, {"Identity": ADDRESSES}),
    "Exchange-SetsHostedVoiceMail": (2, {"Identity": ACCOUNTS, "Enabled": FLAGS}),
}
READINGS = {"Disabling": ["REFUSED_IF_POLICY_APPLIES", "ALWAYS_ALLOWED"], "ForeignValue": ["WARN_AND_WRITE", "WARN_ONLY"]}


def a_cmdlet(rng: random.Random) -> dict[str, Any]:
    """A cmdlet, its required parameters mostly given, the others here and there."""
    name = rng.choice(list(CMDLETS))
    required, parameters = CMDLETS[name]
    given = {
        key: rng.choice(values)
        for at, (key, values) in enumerate(parameters.items())
        if rng.random() < (0.97 if at < required else 0.3)
    }
    if rng.random() < 0.05 and not name.startswith(("Get-", "Exchange-")):  # noqa: PLR2004 - seldom
        given["WhatIf"] = rng.choice(FLAGS)
    return {"Cmdlet": name, "Parameters": given}


def before(rng: random.Random) -> dict[str, Any]:
    """A small deployment, whose names the cmdlets use."""
    pairs = [
        [],
        ["CsHostedVoiceMail=0"],
        ["Other=x", "cshostedvoicemail=1"],
        ["ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=0"],
    ]
    users = [
        {"SipAddress": "a@b", "DisplayName": "Ann", "SamAccountName": "ann", "RegistrarPool": "pool"},
        {"SipAddress": "d@b", "DisplayName": "ANN*", "SamAccountName": "X\\Y", "UserPrincipalName": "u@b"},
        {
            "SipAddress": "f@b",
            "DisplayName": "Bob B",
            "DistinguishedName": "CN=Bob,OU=Sales,DC=b",
            "HostedVoicemailPolicy": "p",
        },
        {"SipAddress": "g@b", "DisplayName": "bob b", "RegistrarPool": "pool"},
    ]
    policies = [{"Identity": "site:S"}, {"Identity": "p", "Destination": "x.y"}, {"Identity": "Global", "Destination": "z"}]
    document = {
        "Users": [user | {"msExchUCVoiceMailSettings": rng.choice(pairs)} for user in rng.sample(users, rng.randint(1, 4))],
        "HostedVoicemailPolicies": rng.sample(policies, rng.randint(0, 3)),
        "HostingProviders": [{"Identity": "um", "ProxyFqdn": "x.y"}],
        "UmContacts": [{"SipAddress": "c@b", "DisplayNumber": "1", "RegistrarPool": "pool"}],
        "Pools": [{"Identity": "pool", "Site": "s"}],
    }
    return {key: value for key, value in document.items() if rng.random() < 0.8}  # noqa: PLR2004 - four in five


def a_series(rng: random.Random) -> dict[str, Any]:
    """A request of up to twenty cmdlets."""
    return {
        "Ask": "Administer",
        "Deployment": before(rng),
        "Cmdlets": [a_cmdlet(rng) for _ in range(rng.randint(1, 20))],
        "Reading": {field: rng.choice(choices) for field, choices in READINGS.items() if rng.random() < 0.5},  # noqa: PLR2004 - half
    }
