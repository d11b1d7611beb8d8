"""Which kind an exported object is: by its type names, or else by its properties, never by the name of its file."""

import enum
from collections.abc import Mapping, Sequence
from typing import Final

from exum_routing.interchange.records import Value


class Kind(enum.Enum):
    """A kind of exported object; the value is what gives such objects."""

    USER = "Get-CsUser"
    """A user, as the product's cmdlet or a document gives it."""
    ACCOUNT = "directory accounts"
    """The directory's account of a user, as ldifde, ldapsearch or Get-ADUser give it."""
    CONTACT = "Get-CsExUmContact"
    """A contact object of hosted UM."""
    POLICY = "Get-CsHostedVoicemailPolicy"
    """A hosted voice mail policy."""
    PROVIDER = "Get-CsHostingProvider"
    """A hosting provider."""
    ACCESS_EDGE = "Get-CsAccessEdgeConfiguration"
    """The Access Edge settings."""
    POOL = "Get-CsPool"
    """A pool."""
    CLUSTER = "Get-CsTopology"
    """A pool of the topology."""
    SITE = "Get-CsSite"
    """A site with its pools."""
    DIRECTORY_POOL = "directory pools"
    """The directory's object of a pool."""
    REPLICATION = "Get-CsManagementStoreReplicationStatus"
    """Whether a replica is up to date."""
    DIAL_PLAN = "Get-UMDialPlan"
    """A UM dial plan."""
    EXCHANGE_SERVER = "Get-ExchangeServer"
    """An Exchange server."""


class Origin(enum.IntEnum):
    """Who says something, the strongest first."""

    HAND = 0
    """A deployment document, written by hand."""
    CMDLET = 1
    """A cmdlet of the product or of Exchange."""
    DIRECTORY = 2
    """The directory."""


_TYPES: Final[Mapping[str, Kind]] = {
    "OCSADUser": Kind.USER,
    "ADUser": Kind.ACCOUNT,
    "OCSADExUmContact": Kind.CONTACT,
    "HostedVoicemailPolicy": Kind.POLICY,
    "DisplayHostingProvider": Kind.PROVIDER,
    "HostingProvider": Kind.PROVIDER,
    "DisplayAccessEdgeSettingsDnsSrvRouting": Kind.ACCESS_EDGE,
    "DisplayAccessEdgeSettingsDefaultRoute": Kind.ACCESS_EDGE,
    "DisplayAccessEdgeSettings": Kind.ACCESS_EDGE,
    "AccessEdgeSettings": Kind.ACCESS_EDGE,
    "UMDialPlan": Kind.DIAL_PLAN,
    "ExchangeServer": Kind.EXCHANGE_SERVER,
}
"""The last part of a type name; what Select-Object and remoting put before it does not matter."""
_ROUTING_TYPES: Final = {
    "DisplayAccessEdgeSettingsDnsSrvRouting": "UseDnsSrvRouting",
    "DisplayAccessEdgeSettingsDefaultRoute": "UseDefaultRouting",
}
_SIGNS: Final[Sequence[tuple[Kind, frozenset[str]]]] = tuple(
    (kind, frozenset(names.split()))
    for kind, names in (
        (Kind.ACCOUNT, "msRTCSIP-PrimaryUserAddress"),
        (Kind.ACCOUNT, "msRTCSIP-PrimaryHomeServer"),
        (Kind.DIRECTORY_POOL, "dNSHostName DistinguishedName"),
        (Kind.CONTACT, "SipAddress DisplayNumber"),
        (Kind.CONTACT, "SipAddress AutoAttendant"),
        (Kind.USER, "SipAddress"),
        (Kind.PROVIDER, "ProxyFqdn"),
        (Kind.POLICY, "Identity Destination"),
        (Kind.POLICY, "Identity Organization"),
        (Kind.REPLICATION, "ReplicaFqdn"),
        (Kind.DIAL_PLAN, "PhoneContext"),
        (Kind.DIAL_PLAN, "UMServers"),
        (Kind.EXCHANGE_SERVER, "AdminDisplayVersion"),
        (Kind.CLUSTER, "Fqdn ClusterId"),
        (Kind.SITE, "Identity Pools"),
        (Kind.POOL, "Fqdn Site"),
        (Kind.POOL, "Identity Site"),
        (Kind.ACCESS_EDGE, "AllowFederatedUsers"),
        (Kind.ACCESS_EDGE, "RoutingMethod"),
        (Kind.ACCESS_EDGE, "EnablePartnerDiscovery"),
        (Kind.USER, "HostedVoiceMail"),
        (Kind.USER, "RegistrarPool"),
        (Kind.ACCOUNT, "msExchUCVoiceMailSettings"),
        (Kind.ACCOUNT, "ProxyAddresses"),
    )
)
"""Properties that only one kind has, the first that are all there."""


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def kind_of(types: Sequence[str], properties: Mapping[str, Value]) -> Kind | None:
    """The kind of an object; None: it is none that is imported.

    >>> kind_of(("Selected.Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser",), {}).name
    'USER'
    >>> kind_of((), {"Identity": "Global", "Destination": None}).name
    'POLICY'
    """
    for name in types:
        if (kind := _TYPES.get(_last(name))) is not None:
            return kind
    for kind, names in _SIGNS:
        if names <= properties.keys():
            return kind
    return None


def routing_method(types: Sequence[str]) -> str | None:
    """The routing method that the type of Access Edge settings names; None: it names none.

    >>> routing_method(("Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayAccessEdgeSettingsDefaultRoute",))
    'UseDefaultRouting'
    """
    return next((_ROUTING_TYPES[_last(name)] for name in types if _last(name) in _ROUTING_TYPES), None)


def origin_of(kind: Kind) -> Origin:
    """Who gives objects of a kind, where it is not a document."""
    return Origin.DIRECTORY if kind in {Kind.ACCOUNT, Kind.DIRECTORY_POOL} else Origin.CMDLET
