"""Any bytes, any change of an export, and any heap of its parts: records or one refusal, by the reader that is named.

Run it with ``make fuzz``, or one reader alone with the options of libFuzzer: ``python fuzz/fuzz_records.py ldif -runs=1000``.
``import`` gives what comes out to the whole import, together with a document.
"""

import sys
from collections.abc import Callable, Iterable

import atheris

with atheris.instrument_imports(include=["exum_routing"]):
    from exum_routing import Deployment
    from exum_routing.importing import Source, import_deployment, read_source, report_lines
    from exum_routing.interchange.document import read_deployment, write_deployment
    from exum_routing.interchange.records import (
        Exported,
        read_clixml,
        read_convertto_json,
        read_export_csv,
        read_exported,
        read_ldif,
        read_topology,
    )

from laws import decided, is_one_line, refused

PROPERTIES = (
    b"SipAddress RegistrarPool HomeServer HostedVoicemailPolicy HostedVoiceMail EnterpriseVoiceEnabled HostingProvider Enabled "
    b"DisplayName DistinguishedName msExchUCVoiceMailSettings proxyAddresses msRTCSIP-PrimaryUserAddress "
    b"msRTCSIP-PrimaryHomeServer msRTCSIP-OptionFlags objectClass dNSHostName DisplayNumber AutoAttendant Identity Destination "
    b"Organization ProxyFqdn EnabledSharedAddressSpace HostsOCSUsers IsLocal VerificationLevel RoutingMethod "
    b"AllowFederatedUsers EnablePartnerDiscovery Fqdn Site Services Pools ReplicaFqdn UpToDate PhoneContext URIType UMServers "
    b"Name AdminDisplayVersion"
).split()
VALUES = (
    b"sip:a@b.c sip:d@b.c pool01 487279971 True False SRV: Tag:x Site:R Global CsHostedVoiceMail=1 EUM:1;phone-context=dp "
    b"SMTP:a@b.c System.Object[] @{a=1} exap.um.outlook.com CN=Lc,CN=Microsoft,CN=1:2,CN=Pools UseDnsSrvRouting SipName 384 "
    b"EX01 Registrar:pool01 +1425 dp \xc3\xa9 _x000A_ _xD83D_ \xff"
).split()
NS = b'xmlns="http://schemas.microsoft.com/powershell/2004/04"'
TOPOLOGY = b'xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008"'
PARTS: dict[str, tuple[bytes, ...]] = {
    "clixml": (
        b'<Obj RefId="0">', b"</Obj>", b"<Props>", b"</Props>", b"<MS>", b"</MS>", b'<S N="', b'">', b"</S>",
        b'<B N="', b"</B>",
        b"<Nil />", b'<Obj N="Site" RefId="1">', b"<LST>", b"</LST>", b"<S>", b"<ToString>", b"</ToString>",
        b'<Ref N="Site" RefId="1" />',
        b'<TN RefId="0"><T>A.OCSADUser</T></TN>', b'<TNRef RefId="0" />', b"<!DOCTYPE a>", b"&a;", b"<!-- -->",
        b'<I32 N="', b"</I32>",
    ),
    "json": (
        b"{", b"}", b"[", b"]", b'"', b":", b",", b"null", b"true", b"1", b'"value"', b'"Count"', b'"Value"',
        b'"FriendlyName"',
    ),
    "csv": (b'"', b",", b";", b"\r\n", b"#TYPE A.OCSADUser\r\n", b"\t"),
    "ldif": (
        b"dn: CN=a\n", b"\n", b": ", b":: ", b":< ", b"\n ", b"# ", b"changetype: ", b"result: 0 Success\n", b"YQ==",
        b";range=0",
    ),
    "topology": (
        b"<Sites>", b"</Sites>", b'<CentralSite SiteId="1">', b"<Name>", b"</Name>", b"</CentralSite>", b"<Clusters>",
        b"</Clusters>",
        b'<Cluster Fqdn="pool01">', b'<ClusterId SiteId="1" Number="2" />', b"</Cluster>", b"<Services>",
        b"</Services>", b"<Service>",
        b'<ServiceId RoleName="Registrar" />', b"<InstalledOn>", b"</InstalledOn>", b"</Service>",
    ),
}  # fmt: skip
WHOLE: dict[str, tuple[bytes, bytes]] = {
    "clixml": (b'<Objs Version="1.1.0.1" ' + NS + b">", b"</Objs>"),
    "json": (b"[", b"]"),
    "csv": (b'"SipAddress","RegistrarPool","Identity"\r\n', b"\r\n"),
    "ldif": (b"", b"\n\n"),
    "topology": (b"<Topology " + TOPOLOGY + b">", b"</Topology>"),
}
READERS: dict[str, Callable[[bytes], Iterable[Exported]]] = {
    "clixml": read_clixml,
    "json": read_convertto_json,
    "csv": read_export_csv,
    "ldif": read_ldif,
    "topology": read_topology,
    "any": read_exported,
}
DOCUMENT = Source("d.json", b'{"Users": [{"SipAddress": "sip:a@b.c", "DisplayName": "A"}], "UmDialPlans": []}')


def heap(provider: atheris.FuzzedDataProvider, form: str) -> bytes:
    """A file of parts of a format, of properties and of values, mostly between its beginning and its end."""
    parts = PARTS[form]
    found = []
    for _ in range(provider.ConsumeIntInRange(0, 40)):
        group = (parts, parts, PROPERTIES, VALUES)[provider.ConsumeIntInRange(0, 3)]
        found.append(group[provider.ConsumeIntInRange(0, len(group) - 1)])
    found.append(provider.ConsumeBytes(provider.ConsumeIntInRange(0, 6)))
    before, after = WHOLE[form] if provider.ConsumeIntInRange(0, 9) else (b"", b"")
    content = before + b"".join(found) + after
    if provider.ConsumeIntInRange(0, 7) == 0:
        content = content.decode("latin-1").encode("utf-16")
    return content


def given(provider: atheris.FuzzedDataProvider, form: str) -> bytes:
    """A heap of parts, or any bytes."""
    if form not in PARTS:
        form = sorted(PARTS)[provider.ConsumeIntInRange(0, len(PARTS) - 1)]
    return heap(provider, form) if provider.ConsumeIntInRange(0, 9) else provider.ConsumeBytes(atheris.ALL_REMAINING)


def check_reader(name: str) -> Callable[[bytes], None]:
    """One input for a reader: its records have numbers from 0, or it is refused."""

    def check(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        content = given(provider, name)
        found = decided(lambda content: list(READERS[name](content)), content)
        assert refused(found) or [one.number for one in found] == list(range(len(found))), content

    return check


def check_import(data: bytes) -> None:
    """Up to three files and a document: a deployment that can be written and read back and notes, or a refusal."""
    provider = atheris.FuzzedDataProvider(data)
    sources = [Source(f"{number}", given(provider, "any")) for number in range(provider.ConsumeIntInRange(1, 3))]
    if provider.ConsumeBool():
        sources.append(DOCUMENT)
    imported = decided(lambda sources: import_deployment(sources, replica=sources[:1]), sources)
    if refused(imported):
        return
    deployment: Deployment = imported.deployment
    assert read_deployment(write_deployment(deployment)) == deployment, sources
    assert all(is_one_line(str(note)) for note in imported.notes), sources
    assert all(map(is_one_line, report_lines(imported))), sources
    assert import_deployment(sources[::-1], replica=sources[:1]) == imported, sources
    for source in sources:
        read_source(source)


if __name__ == "__main__":
    reader = sys.argv.pop(1)
    atheris.Setup(sys.argv, check_import if reader == "import" else check_reader(reader))
    atheris.Fuzz()
