"""What a call meets on its way that no deployment holds: whose turn it is, and what does not answer."""

from collections.abc import Collection
from typing import Final

import attrs

from exum_routing.deployment import SERVERS_TRIED
from exum_routing.errors import InvalidValue
from exum_routing.fields import checked
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing import DEFAULT_LAYOUT, RequestUriLayout
from exum_routing.sip import Fqdn


def _unreachable(values: Collection[str]) -> frozenset[Fqdn]:
    if not isinstance(values, tuple | list | set | frozenset):
        raise InvalidValue(values, "is no collection of names: give a tuple of FQDNs")
    return frozenset(map(Fqdn, values))


def _in_order(names: frozenset[Fqdn]) -> str:
    return f"frozenset({{{', '.join(map(repr, sorted(names)))}}})" if names else "frozenset()"


def _whole(value: int) -> int:
    if type(value) is not int:
        raise InvalidValue(value, "is no whole number: give one")
    return value


def _at_least_one(value: int) -> int:
    if _whole(value) < 1:
        raise InvalidValue(value, "is no number of servers: give a whole number from 1")
    return value


@attrs.frozen(kw_only=True, field_transformer=checked)
class Circumstances:
    """What a call meets on its way that no deployment holds.

    Raises:
        InvalidFqdn: A name of a host is no FQDN.
        InvalidValue: A field is of another type, or no server may be tried.

    Clauses: UM-4, UM-5, CALL-6
    """

    turn: int = attrs.field(default=0, converter=_whole)
    """Rotates the on-premises UM servers; any whole number."""
    unreachable: frozenset[Fqdn] = attrs.field(default=frozenset(), converter=_unreachable, repr=_in_order)
    """UM servers and hosting providers that do not answer."""
    servers_tried: int = attrs.field(default=SERVERS_TRIED, converter=_at_least_one)
    """UM servers tried for one call, at most."""
    reading: Reading = DEFAULT_READING
    """The reading of the open clauses."""
    layout: RequestUriLayout = DEFAULT_LAYOUT
    """The names of the Request-URI's parameters."""


USUAL: Final = Circumstances()
"""The first turn, everything reachable, the defaults everywhere."""
