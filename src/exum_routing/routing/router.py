"""A deployment compiled once, to answer by address at the speed of a dictionary."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from exum_routing.deployment import Deployment
from exum_routing.errors import InvalidSipAddress, UnknownSipAddress
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing.decision import RoutingDecision
from exum_routing.routing.route import route
from exum_routing.sip import SipAddress


class _Decisions(dict[str, RoutingDecision]):
    """Decisions by canonical address; an address in another spelling is looked up by its canonical one."""

    __slots__ = ()

    def __missing__(self, address: str) -> RoutingDecision:
        canonical = SipAddress(address)
        if canonical not in self:
            raise UnknownSipAddress(str(canonical), "is the SIP address of no user and no contact: give one of the deployment")
        return self[canonical]


def _decided(router: "Router") -> _Decisions:
    shared: dict[RoutingDecision, RoutingDecision] = {}
    decisions = _Decisions()
    for address, subject in router.deployment.by_address.items():
        decision = route(subject, router.deployment, reading=router.reading)
        decisions[address] = shared.setdefault(decision, decision)
    return decisions


@attrs.frozen
class Router:
    """Every decision of a deployment, made beforehand; equal decisions are one object.

    Clauses: ROUTE-10, NAME-2

    >>> from exum_routing.deployment import User
    >>> router = Router(Deployment(users=[User(sip_address="zoe@contoso.com")]))
    >>> router.route("sip:ZOE@contoso.com").reason.name
    'NO_VOICE_MAIL'
    """

    deployment: Deployment
    """The snapshot that it answers for."""
    reading: Reading = attrs.field(default=DEFAULT_READING, kw_only=True)
    """The reading of the open clauses."""
    _decisions: _Decisions = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_decided, takes_self=True))

    @property
    def decisions(self) -> Mapping[str, RoutingDecision]:
        """Every decision by canonical SIP address, read-only.

        ``[]`` takes an address in any spelling, as ``route`` does; ``in`` and ``get`` take the canonical one. Where a loop asks
        many times, keep the mapping in a name: its ``[]`` is faster than ``route``, because it is a dictionary's own. So a key
        that cannot be hashed, such as a list, raises Python's TypeError; ``route`` raises InvalidSipAddress.
        """
        return MappingProxyType(self._decisions)

    def route(self, address: str) -> RoutingDecision:
        """Where the voice mail calls to a SIP address go.

        Args:
            address: The SIP address, in any case, with ``sip:`` or without.

        Raises:
            UnknownSipAddress: No user and no contact has the address.
            InvalidSipAddress: It is not a SIP address.

        Clauses: ROUTE-10, NAME-2
        """
        try:
            return self._decisions[address]
        except TypeError:
            raise InvalidSipAddress(address, "is not a SIP address: use a text") from None
