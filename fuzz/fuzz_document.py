"""Any bytes, and any object with the keys of a document, as a deployment: read or refused; written, it reads back.

Run it with ``make fuzz``, or alone with the options of libFuzzer: ``python fuzz/fuzz_document.py -runs=1000``.
"""

import json
import sys
from typing import Any

import atheris

with atheris.instrument_imports(include=["exum_routing"]):
    from exum_routing.interchange.document import read_deployment, write_deployment

from laws import decided, refused

OBJECTS = {
    "HostingProviders": (
        "Identity",
        "ProxyFqdn",
        "Enabled",
        "EnabledSharedAddressSpace",
        "HostsOCSUsers",
        "IsLocal",
        "VerificationLevel",
    ),
    "HostedVoicemailPolicies": ("Identity", "Description", "Destination", "Organization"),
    "Pools": ("Identity", "Site"),
    "UmDialPlans": ("PhoneContext", "UriType", "UmServers"),
    "Users": (
        "SipAddress",
        "DisplayName",
        "UserPrincipalName",
        "SamAccountName",
        "DistinguishedName",
        "RegistrarPool",
        "EnterpriseVoiceEnabled",
        "HostedVoicemailPolicy",
        "msExchUCVoiceMailSettings",
        "ProxyAddresses",
    ),
    "UmContacts": ("SipAddress", "RegistrarPool", "DisplayNumber", "AutoAttendant", "HostedVoicemailPolicy"),
}
EDGE = ("UseDnsSrvRouting", "AllowFederatedUsers", "EnablePartnerDiscovery", "DefaultRouteFqdn")
UM_SERVER = ("Fqdn", "MajorVersion", "Enabled")
FLAGS = {
    "Enabled",
    "EnabledSharedAddressSpace",
    "HostsOCSUsers",
    "IsLocal",
    "EnterpriseVoiceEnabled",
    "AutoAttendant",
    *EDGE[:3],
}
LISTS = {"msExchUCVoiceMailSettings", "ProxyAddresses"}
TEXTS: dict[str, tuple[str, ...]] = {
    "SipAddress": ("sip:alice@contoso.com", "roy@contoso.com", "SIP:Zoe@Contoso.com", "sip:a%3Bb@contoso.com"),
    "ProxyFqdn": ("exap.um.outlook.com", "um2.contoso.com"),
    "Destination": ("exap.um.outlook.com", "UM2.Contoso.com", ""),
    "DefaultRouteFqdn": ("edge.contoso.com", "edge"),
    "Organization": ("corp.contoso.com, corp.litwareinc.com", "corp.contoso.com", ""),
    "RegistrarPool": ("pool01.contoso.com", "pool02.contoso.com"),
    "Fqdn": ("um1.contoso.com", "um2.contoso.com"),
    "Site": ("Redmond", "site:Dublin"),
    "HostedVoicemailPolicy": ("ExRedmond", "tag:ExDublin", "Global"),
    "DisplayNumber": ("+14255551234", "7000", "0"),
    "VerificationLevel": ("UseSourceVerification", "AlwaysVerifiable", "alwaysverifiable"),
    "UriType": ("SipName", "E164", "TelExtn", "sipname"),
    "PhoneContext": ("dp.contoso.com", "DP2"),
    "msExchUCVoiceMailSettings": ("CsHostedVoiceMail=1", "cshostedvoicemail=0", "ExchangeHostedVoiceMail=1", "Other=x"),
    "ProxyAddresses": ("EUM:1;phone-context=dp.contoso.com", "eum:2;phone-context=DP2", "smtp:a@contoso.com", "x", "EUM:"),
}
IDENTITIES = {
    "HostedVoicemailPolicies": ("Global", "site:Redmond", "ExRedmond", "tag:ExDublin"),
    "Pools": ("pool01.contoso.com", "pool02.contoso.com"),
    "HostingProviders": ("Exchange Online", "Fabrikam"),
}


def anything(provider: atheris.FuzzedDataProvider, depth: int = 0) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A value of any JSON type."""
    match provider.ConsumeIntInRange(0, 7 if depth < 3 else 5):  # noqa: PLR2004 - deep enough
        case 0:
            return None
        case 1:
            return provider.ConsumeBool()
        case 2:
            return provider.ConsumeInt(provider.ConsumeIntInRange(1, 16))
        case 3:
            return provider.ConsumeFloat()
        case 4 | 5:
            return provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 20))
        case 6:
            return [anything(provider, depth + 1) for _ in range(provider.ConsumeIntInRange(0, 3))]
        case _:
            return {
                provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 8)): anything(provider, depth + 1)
                for _ in range(provider.ConsumeIntInRange(0, 3))
            }


def text(provider: atheris.FuzzedDataProvider, known: tuple[str, ...]) -> str:
    """One of the known texts, or, one time in five, any other."""
    if not known or provider.ConsumeIntInRange(0, 4) == 0:
        return str(provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 20)))
    return str(known[provider.ConsumeIntInRange(0, len(known) - 1)])


def value(provider: atheris.FuzzedDataProvider, array: str, key: str) -> Any:  # noqa: ANN401 - likewise
    """A value that may stand behind a key, or, one time in sixteen, anything."""
    if provider.ConsumeIntInRange(0, 15) == 0:
        return anything(provider)
    if key in FLAGS:
        return provider.ConsumeBool()
    if key == "MajorVersion":
        return provider.ConsumeIntInRange(-1, 65)
    if key == "UmServers":
        return [model(provider, key, UM_SERVER) for _ in range(provider.ConsumeIntInRange(0, 3))]
    known = IDENTITIES[array] if key == "Identity" else TEXTS.get(key, ())
    if key in LISTS:
        return [text(provider, known) for _ in range(provider.ConsumeIntInRange(0, 4))]
    return text(provider, known)


def model(provider: atheris.FuzzedDataProvider, array: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """An object of an array: most of its keys, and now and then one that nobody knows."""
    required = {"Identity", "SipAddress", "DisplayNumber", "Fqdn", "MajorVersion", "PhoneContext", "ProxyFqdn", "Site"}
    present = provider.ConsumeIntInRange(0, 2 ** len(keys) - 1)
    always = provider.ConsumeIntInRange(0, 15) != 0
    found = {
        key: value(provider, array, key)
        for number, key in enumerate(keys)
        if present >> number & 1 or (always and key in required)
    }
    if provider.ConsumeIntInRange(0, 31) == 0:
        found[provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 12))] = anything(provider)
    return found


def document(provider: atheris.FuzzedDataProvider) -> bytes:
    """A document with the known arrays, each of up to three objects."""
    found: dict[str, Any] = {}
    if provider.ConsumeBool():
        found["AccessEdgeConfiguration"] = model(provider, "AccessEdgeConfiguration", EDGE)
    for array, keys in OBJECTS.items():
        if provider.ConsumeBool():
            found[array] = [model(provider, array, keys) for _ in range(provider.ConsumeIntInRange(0, 3))]
    written = json.dumps(found, ensure_ascii=provider.ConsumeBool())
    return written.encode("utf-16" if provider.ConsumeIntInRange(0, 7) == 0 else "utf-8", "surrogatepass")


def check(data: bytes) -> None:
    """One input: any bytes, or those of an object with the known keys."""
    provider = atheris.FuzzedDataProvider(data)
    given = provider.ConsumeBytes(atheris.ALL_REMAINING) if provider.ConsumeIntInRange(0, 3) == 0 else document(provider)
    deployment = decided(read_deployment, given)
    if not refused(deployment):
        written = write_deployment(deployment)
        assert read_deployment(written) == deployment, given
        assert write_deployment(read_deployment(written)) == written, given


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
