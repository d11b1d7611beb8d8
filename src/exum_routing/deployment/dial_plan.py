"""On-premises UM: dial plans, their UM servers, and the order in which the servers are tried."""

import enum
from collections.abc import Sequence
from typing import Final, TypeVar

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.errors import InvalidValue
from exum_routing.fields import checked, flag, name, unique
from exum_routing.sip import Fqdn

T = TypeVar("T")

HIGHEST_MAJOR_VERSION: Final = 63
"""The directory keeps the major version of an Exchange server in six bits."""

SERVERS_TRIED: Final = 2
"""UM servers tried for one call, at most, unless set otherwise. Clauses: UM-5."""


class UriType(enum.Enum):
    """The URI type of a UM dial plan; the value is the cmdlet's spelling. Clauses: UM-2."""

    TEL_EXTN = "TelExtn"
    """Telephone extensions."""
    E164 = "E164"
    """E.164 numbers."""
    SIP_NAME = "SipName"
    """SIP URIs; the only type whose servers take calls from Skype for Business Server."""


def _major_version(value: int) -> int:
    if type(value) is not int or not 0 <= value <= HIGHEST_MAJOR_VERSION:
        raise InvalidValue(value, f"is no major version of Exchange: give a whole number from 0 to {HIGHEST_MAJOR_VERSION}")
    return value


@attrs.frozen(kw_only=True, field_transformer=checked)
class UmServer:
    """A UM server of a dial plan.

    Raises:
        InvalidFqdn: Its name is no FQDN.
        InvalidValue: The version is no whole number from 0 to 63, or the flag neither True nor False.

    Clauses: UM-2, UM-3
    """

    fqdn: Fqdn = attrs.field(converter=Fqdn)
    """Its name; unique in the dial plan."""
    major_version: int = attrs.field(converter=_major_version)
    """The major version of Exchange, 0 to 63: 8 is Exchange 2007, 14 is 2010, 15 is 2013 and 2016."""
    enabled: bool = attrs.field(default=True, converter=flag)
    """Whether it takes calls."""


def _um_servers(values: Sequence[UmServer]) -> tuple[UmServer, ...]:
    return unique(values, UmServer, lambda server: server.fqdn, "is the name of two UM servers of the dial plan: keep one")


def _candidates(dial_plan: "UmDialPlan") -> tuple[Fqdn, ...]:
    enabled = [server for server in dial_plan.um_servers if server.enabled]
    if dial_plan.uri_type is not UriType.SIP_NAME or not enabled:
        return ()
    highest = max(server.major_version for server in enabled)
    return tuple(server.fqdn for server in enabled if server.major_version == highest)


@attrs.frozen(kw_only=True, field_transformer=checked)
class UmDialPlan:
    """A UM dial plan, named by the phone-context of UM proxy addresses.

    Raises:
        InvalidName: The name is empty or has blanks around it.
        InvalidValue: The type is not a UriType, or the servers are not a tuple of UmServers.
        DuplicateIdentity: Two servers have the same name.

    Clauses: UM-1, UM-2, UM-3, NAME-6

    >>> servers = [UmServer(fqdn=f"um{version}.contoso.com", major_version=version) for version in (8, 14)]
    >>> UmDialPlan(phone_context="dp.contoso.com", um_servers=servers).candidates
    ('um14.contoso.com',)
    """

    phone_context: str = attrs.field(converter=name, eq=folded)
    """Its name, in its own spelling; unique without case."""
    uri_type: UriType = UriType.SIP_NAME
    """What its users are addressed by."""
    um_servers: tuple[UmServer, ...] = attrs.field(default=(), converter=_um_servers)
    """Its UM servers, in document order."""
    candidates: tuple[Fqdn, ...] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_candidates, takes_self=True)
    )
    """The servers that are tried: of a SIP URI dial plan, those enabled and of the highest major version among them."""


@names_wrong_types
def um_server_order(servers: Sequence[T], turn: int) -> tuple[T, ...]:
    """The UM servers in the order in which a call tries them: round robin, rotated by the turn.

    Args:
        servers: The candidates of a dial plan.
        turn: Any whole number; it counts the calls, and the caller keeps it.

    Clauses: UM-4

    >>> um_server_order(("um1", "um2", "um3"), 4)
    ('um2', 'um3', 'um1')
    """
    if not servers:
        return ()
    first = turn % len(servers)
    return (*servers[first:], *servers[:first])
