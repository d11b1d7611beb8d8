"""Writers of exports, as PowerShell, ldifde and ldapsearch write them: for tests of what reads them.

An object is its type name and its properties. `Named` is an object with a FriendlyName, as policies and pools are; `Member` one
member of an enumeration; `Choice` an object without properties, as RoutingMethod is; `Listed` names servers by objects.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from exum_routing import Deployment, HostingProvider, UmContact, User
from exum_routing.importing import Source


class Named(NamedTuple):
    """An object with a FriendlyName."""

    name: str


class Member(NamedTuple):
    """A member of an enumeration."""

    name: str
    number: int


class Choice(NamedTuple):
    """An object whose text is all that it has."""

    name: str


class Object(NamedTuple):
    """An exported object."""

    type: str
    properties: Mapping[str, Any]


CLIXML = "http://schemas.microsoft.com/powershell/2004/04"
TOPOLOGY = "urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008"
_USER = "Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser"
_POLICY = "Microsoft.Rtc.Management.WritableConfig.Policy.Voice.HostedVoicemailPolicy"
_EDGE = "Microsoft.Rtc.Management.WritableConfig.Settings.Edge.Display"
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


def _escaped(text: str) -> str:
    return escape(_UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def clixml(objects: Iterable[Object], encoding: str = "utf-16") -> bytes:  # noqa: C901 - a case for each type
    """Export-Clixml."""
    types: dict[str, int] = {}
    count = iter(range(1_000_000_000))

    def type_of(name: str) -> str:
        if name in types:
            return f'<TNRef RefId="{types[name]}" />'
        types[name] = len(types)
        return f'<TN RefId="{types[name]}"><T>{_escaped(name)}</T><T>System.Object</T></TN>'

    def obj(name: str, type_name: str, inside: str) -> str:
        named = f" N={quoteattr(_escaped(name))}" if name else ""
        return f'<Obj{named} RefId="{next(count)}">{type_of(type_name)}{inside}</Obj>'

    def value(name: str, one: Any) -> str:  # noqa: PLR0911 - likewise
        named = f" N={quoteattr(_escaped(name))}" if name else ""
        match one:
            case None:
                return f"<Nil{named} />"
            case bool():
                return f"<B{named}>{str(one).lower()}</B>"
            case int():
                return f"<I32{named}>{one}</I32>"
            case str():
                return f"<S{named}>{_escaped(one)}</S>"
            case Named(text):
                inside = f"<Props>{value('FriendlyName', text)}<I64 N='AnchorId'>3</I64></Props>"
                return obj(name, "Core.FriendlyIdentity", f"{inside}<ToString>{_escaped(text)}</ToString>")
            case Member(text, number):
                inside = f"<ToString>{text}</ToString><I32>{number}</I32>"
                return obj(name, "Contoso.Enum", inside)
            case Choice(text):
                return obj(name, f"Contoso.Choice.{text}", f"<ToString>{_escaped(text)}</ToString>")
            case _:
                return obj(name, "System.Collections.ArrayList", f"<LST>{''.join(value('', item) for item in one)}</LST>")

    def whole(one: Object) -> str:
        reference = next(count)
        head = f'<Obj RefId="{reference}">{type_of(one.type)}'
        return f"{head}<Props>{''.join(value(name, item) for name, item in one.properties.items())}</Props></Obj>"

    text = f'<Objs Version="1.1.0.1" xmlns="{CLIXML}">\r\n  ' + "\r\n  ".join(map(whole, objects)) + "\r\n</Objs>"
    return text.encode(encoding, "surrogatepass")


def csv(objects: Iterable[Object], delimiter: str = ",", *, with_type: bool = True) -> bytes:
    """Export-Csv; the columns are the first object's."""

    def field(one: Any) -> str:
        match one:
            case None:
                text = ""
            case Named(text) | Choice(text) | Member(text, _):
                pass
            case list() | tuple():
                text = "System.Collections.ObjectModel.Collection`1[System.String]"
            case _:
                text = str(one)
        return '"' + text.replace('"', '""') + '"'

    several = tuple(objects)
    columns = tuple(several[0].properties)
    lines = [f"#TYPE {several[0].type}"] if with_type else []
    lines.append(delimiter.join(f'"{column}"' for column in columns))
    lines += [delimiter.join(field(one.properties.get(column)) for column in columns) for one in several]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _to_json(objects: Iterable[Object], plain: Callable[[Any], Any]) -> Any:
    several = [{name: plain(value) for name, value in one.properties.items()} for one in objects]
    return several[0] if len(several) == 1 else several


def json7(objects: Iterable[Object]) -> bytes:
    """ConvertTo-Json of PowerShell 7."""

    def plain(one: Any) -> Any:
        match one:
            case Named(text):
                return {"FriendlyName": text, "AnchorId": 3}
            case Member(_, number):
                return number
            case Choice():
                return {}
            case list() | tuple():
                return [plain(item) for item in one]
            case _:
                return one

    return (json.dumps(_to_json(objects, plain), indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def json51(objects: Iterable[Object]) -> bytes:
    """ConvertTo-Json of Windows PowerShell 5.1, and what an enumeration looks like that came through remoting."""

    def plain(one: Any) -> Any:
        match one:
            case Named(text):
                return {"FriendlyName": text, "AnchorId": 3}
            case Member(name, number):
                return {"value": number, "Value": name}
            case Choice():
                return {}
            case list() | tuple():
                return {"value": [plain(item) for item in one], "Count": len(one)}
            case _:
                return one

    text = json.dumps(_to_json(objects, plain), indent=4).replace('": ', '":  ')
    for character in "'<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return (text + "\r\n").encode("utf-16")


def ldif(entries: Iterable[tuple[str, Sequence[tuple[str, str]]]], *, ldifde: bool = False) -> bytes:
    """ldapsearch, or ldifde with -u; lines are folded as each of them folds."""

    def line(name: str, value: str) -> str:
        plain = value.isascii() and value.isprintable() and value == value.strip() and value[:1] not in {":", "<", "-"}
        text = f"{name}: {value}" if plain else f"{name}:: {base64.b64encode(value.encode()).decode()}"
        return "\n ".join(text[start : start + 76] for start in range(0, len(text), 76))

    blocks = []
    for dn, attributes in entries:
        head = [line("dn", dn)] + (["changetype: add"] if ldifde else [])
        comment = [] if ldifde else ["# refldap://ad.contoso.com/CN=Configuration", "# a comment that is glued to its entry"]
        blocks.append("\n".join([*comment, *head, *(line(name, value) for name, value in attributes)]) + "\n")
    if not ldifde:
        blocks.append("# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 1\n")
    text = "\n".join(blocks) + "\n"
    return text.replace("\n", "\r\n").encode("utf-16") if ldifde else text.encode()


def topology(deployment: Deployment) -> bytes:
    """Get-CsTopology -AsXml: the pools, each on a site of its own number, and an Edge."""
    sites, clusters, services = [], [], []
    for number, pool in enumerate(deployment.pools, 1):
        site = "RemoteSite" if number % 3 == 0 else "CentralSite"
        sites.append(f'<{site} SiteId="{number}"><Name>{escape(pool.site)}</Name></{site}>')
        cluster_id = f'<ClusterId SiteId="{number}" Number="1" />'
        clusters.append(f'<Cluster Fqdn="{pool.fqdn}">{cluster_id}</Cluster>')
        services.append(f'<Service><ServiceId RoleName="Registrar" /><InstalledOn>{cluster_id}</InstalledOn></Service>')
    clusters.append('<Cluster Fqdn="edge01.contoso.com"><ClusterId SiteId="1" Number="9" /></Cluster>')
    services.append(
        '<Service><ServiceId RoleName="EdgeServer" /><InstalledOn><ClusterId SiteId="1" Number="9" /></InstalledOn></Service>'
    )
    parts = (("Sites", sites), ("Clusters", clusters), ("Services", services))
    inside = "".join(f"<{name}>{''.join(lines)}</{name}>" for name, lines in parts)
    return f'<?xml version="1.0" encoding="utf-16"?><Topology xmlns="{TOPOLOGY}">{inside}</Topology>'.encode("utf-8-sig")


def user(one: User) -> Object:
    """A user of Get-CsUser; a pool that is not known is a number."""
    policy = one.hosted_voicemail_policy
    said = one.voice_mail_settings
    return Object(
        _USER,
        {
            "SamAccountName": one.sam_account_name,
            "UserPrincipalName": one.user_principal_name,
            "FirstName": "Pilar",
            "HostedVoiceMail": said.cs_hosted_voice_mail or said.exchange_hosted_voice_mail,
            "DisplayName": one.display_name,
            "EnterpriseVoiceEnabled": one.enterprise_voice_enabled,
            "LineURI": "tel:+14255550100",
            "SipAddress": one.sip_address,
            "Enabled": True,
            "RegistrarPool": 487279971 if one.registrar_pool is None else Named(one.registrar_pool),
            "VoicePolicy": Named("AllowAll"),
            "HostedVoicemailPolicy": None if policy is None else Named(str(policy).replace("tag:", "Tag:", 1)),
            "HostingProvider": "SRV:",
            "DistinguishedName": one.distinguished_name,
            "ObjectClass": ["top", "person", "user"],
        },
    )


def contact(one: UmContact) -> Object:
    """A contact object of Get-CsExUmContact."""
    policy = one.hosted_voicemail_policy
    return Object(
        "Microsoft.Rtc.Management.ADConnect.Schema.OCSADExUmContact",
        {
            "AutoAttendant": one.auto_attendant,
            "IsSubscriberAccess": not one.auto_attendant,
            "DisplayNumber": one.display_number,
            "SipAddress": one.sip_address,
            "RegistrarPool": 487279971 if one.registrar_pool is None else Named(one.registrar_pool),
            "HostedVoicemailPolicy": None if policy is None else Named(str(policy)),
        },
    )


def provider(one: HostingProvider) -> Object:
    """A hosting provider of Get-CsHostingProvider."""
    level = one.verification_level
    return Object(
        f"{_EDGE}HostingProvider",
        {
            "Identity": one.identity,
            "Name": one.identity,
            "ProxyFqdn": one.proxy_fqdn,
            "VerificationLevel": Member(level.value, list(type(level)).index(level)),
            "Enabled": one.enabled,
            "EnabledSharedAddressSpace": one.enabled_shared_address_space,
            "HostsOCSUsers": one.hosts_ocs_users,
            "IsLocal": one.is_local,
        },
    )


def objects(deployment: Deployment) -> dict[str, list[Object]]:
    """The objects of a deployment, by the cmdlets that give them; cmdlets that give nothing are left out."""
    edge = deployment.edge
    found = {
        "Get-CsUser": [user(one) for one in deployment.users],
        "Get-CsExUmContact": [contact(one) for one in deployment.contacts],
        "Get-CsHostingProvider": [provider(one) for one in deployment.providers],
        "Get-CsHostedVoicemailPolicy": [
            Object(
                _POLICY,
                {
                    "Identity": str(one.identity).replace("site:", "Site:", 1).replace("tag:", "Tag:", 1),
                    "Description": one.description,
                    "Destination": one.destination,
                    "Organization": ",".join(one.organizations) or None,
                    "Anchor": Choice("Microsoft.Rtc.Management.ScopeFramework.GlobalScopeAnchor"),
                },
            )
            for one in deployment.policies
        ],
    }
    if edge is not None:
        kind = "DnsSrvRouting" if edge.use_dns_srv_routing else "DefaultRoute"
        own = (
            {"BeClearingHouse": False, "EnablePartnerDiscovery": edge.enable_partner_discovery}
            if edge.use_dns_srv_routing
            else {
                "VerificationLevel": Member("AlwaysVerifiable", 0),
                "IsPublicProvider": False,
                "DefaultRoute": edge.default_route_fqdn,
            }
        )
        method = Choice("UseDnsSrvRouting" if edge.use_dns_srv_routing else "UseDefaultRouting")
        found["Get-CsAccessEdgeConfiguration"] = [
            Object(
                f"{_EDGE}AccessEdgeSettings{kind}",
                {"Identity": "Global", "AllowFederatedUsers": edge.allow_federated_users, **own, "RoutingMethod": method},
            )
        ]
    servers = [
        (number, place, server)
        for number, plan in enumerate(deployment.dial_plans or ())
        for place, server in enumerate(plan.um_servers)
    ]
    found["Get-UMDialPlan"] = [
        Object(
            "Microsoft.Exchange.Data.Directory.SystemConfiguration.UMDialPlan",
            {
                "Name": plan.phone_context,
                "PhoneContext": plan.phone_context,
                "URIType": Member(plan.uri_type.value, list(type(plan.uri_type)).index(plan.uri_type)),
                "UMServers": [Choice(f"EX{number}-{place}") for place in range(len(plan.um_servers))],
            },
        )
        for number, plan in enumerate(deployment.dial_plans or ())
    ]
    found["Get-ExchangeServer"] = [
        Object(
            "Microsoft.Exchange.Data.Directory.Management.ExchangeServer",
            {
                "Name": f"EX{number}-{place}",
                "Fqdn": server.fqdn,
                "AdminDisplayVersion": Choice(f"Version {server.major_version}.1 (Build 225.42)"),
            },
        )
        for number, place, server in servers
    ]
    return {name: several for name, several in found.items() if several}


def accounts(deployment: Deployment, *, with_contacts: bool = True) -> list[tuple[str, list[tuple[str, str]]]]:
    """The accounts of the directory, with the attributes that it has for them."""
    homes = {pool.fqdn: number for number, pool in enumerate(deployment.pools, 1)}
    found = []
    for number, one in enumerate(deployment.users):
        attributes = [
            ("objectClass", "user"),
            ("msRTCSIP-PrimaryUserAddress", one.sip_address),
            ("msRTCSIP-DeploymentLocator", "SRV:"),
            ("msRTCSIP-UserEnabled", "TRUE"),
            *((("telephoneNumber", "+14255550100"),)),
            *(("msExchUCVoiceMailSettings", value) for value in one.voice_mail_settings.values),
            *(("proxyAddresses", str(value)) for value in one.proxy_addresses),
        ]
        if one.registrar_pool in homes:
            pools = "CN=Pools,CN=RTC Service,CN=Services,CN=Configuration,DC=contoso,DC=com"
            home = f"CN=Lc Services,CN=Microsoft,CN={homes[one.registrar_pool]}:1,{pools}"
            attributes.append(("msRTCSIP-PrimaryHomeServer", home))
        found.append((one.distinguished_name or f"CN=user {number},DC=contoso,DC=com", attributes))
    if with_contacts:
        for number, other in enumerate(deployment.contacts):
            classes = [("objectClass", "contact"), ("msRTCSIP-PrimaryUserAddress", other.sip_address)]
            found.append((f"CN=contact {number},DC=contoso,DC=com", classes))
    return found


def sources(deployment: Deployment, writer: Callable[[Iterable[Object]], bytes], *, ldifde: bool = False) -> list[Source]:
    """All exports of a deployment, those of cmdlets by one writer."""
    found = [Source(f"{name}.export", writer(several)) for name, several in objects(deployment).items()]
    if deployment.pools:
        found.append(Source("topology.xml", topology(deployment)))
    if deployment.users:
        found.append(Source("users.ldf", ldif(accounts(deployment), ldifde=ldifde)))
    return found
