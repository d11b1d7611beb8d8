"""What RFC 3261 says: names, URIs and the INVITE."""

from exum_routing.sip.invite import Invite, NameAddr, header_key, long_form
from exum_routing.sip.names import Fqdn, SipAddress, spelled_address
from exum_routing.sip.uri import HIGHEST_PORT, SipUri, escaped_parameter

__all__ = [
    "HIGHEST_PORT",
    "Fqdn",
    "Invite",
    "NameAddr",
    "SipAddress",
    "SipUri",
    "escaped_parameter",
    "header_key",
    "long_form",
    "spelled_address",
]
