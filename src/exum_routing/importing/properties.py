"""The properties that an import looks at, under one name each, whatever the case in which an export spells it.

Everything else that an export holds is left where it is: telephone numbers, addresses and what else accounts have.
"""

from collections.abc import Callable
from typing import Final

from exum_routing.casing import folded

_NAMES: Final = """
SipAddress DisplayName UserPrincipalName SamAccountName DistinguishedName RegistrarPool HomeServer EnterpriseVoiceEnabled
HostedVoicemailPolicy HostedVoiceMail msExchUCVoiceMailSettings ProxyAddresses Enabled HostingProvider
msRTCSIP-PrimaryUserAddress msRTCSIP-PrimaryHomeServer msRTCSIP-UserEnabled msRTCSIP-OptionFlags msRTCSIP-DeploymentLocator
msRTCSIP-SourceObjectType msRTCSIP-OwnerUrn objectClass dNSHostName
DisplayNumber AutoAttendant IsSubscriberAccess
Identity Description Destination Organization
Name ProxyFqdn EnabledSharedAddressSpace HostsOCSUsers IsLocal VerificationLevel
UseDnsSrvRouting RoutingMethod AllowFederatedUsers EnablePartnerDiscovery DefaultRouteFqdn BeClearingHouse IsPublicProvider
Fqdn Site Services Pools Version ClusterId Roles
ReplicaFqdn UpToDate
PhoneContext UriType UMServers AdminDisplayVersion
"""
_OTHER_NAMES: Final = {"dn": "DistinguishedName", "DefaultRoute": "DefaultRouteFqdn"}
_MOST_SPELLINGS: Final = 10_000
"""Spellings that are remembered; a file has no more, unless it was made to."""


class _Spellings(dict[str, str | None]):
    """The name of every property that is looked at, by its spelling, and None for the others as far as they came up."""

    def __missing__(self, spelling: str) -> str | None:
        name = _BY_LOWER_CASE.get(folded(spelling))
        if len(self) < _MOST_SPELLINGS:
            self[spelling] = name
        return name


_BY_LOWER_CASE: Final = {
    **{folded(name): name for name in _NAMES.split()},
    **{folded(other): name for other, name in _OTHER_NAMES.items()},
}


def property_names() -> Callable[[str], str | None]:
    """What gives the name of a property by its spelling; None: it is not looked at.

    >>> name = property_names()
    >>> name("proxyaddresses"), name("dn"), name("telephoneNumber")
    ('ProxyAddresses', 'DistinguishedName', None)
    """
    return _Spellings().__getitem__
