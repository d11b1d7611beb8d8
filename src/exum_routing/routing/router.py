"""A deployment compiled once, to answer by address at the speed of a dictionary."""

from collections.abc import Callable

import attrs

from exum_routing.deployment import Deployment
from exum_routing.errors import UnknownSipAddress
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


def _route(router: "Router") -> Callable[[str], RoutingDecision]:
    shared: dict[RoutingDecision, RoutingDecision] = {}
    decisions = _Decisions()
    for address, subject in router.deployment.by_address.items():
        decision = route(subject, router.deployment, reading=router.reading)
        decisions[address] = shared.setdefault(decision, decision)
    return decisions.__getitem__


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
    route: Callable[[str], RoutingDecision] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_route, takes_self=True)
    )
    """Where the voice mail calls to a SIP address go; the address may be in any case.

    It is the look-up of a dictionary itself, without a function in between. It raises UnknownSipAddress where no user and no
    contact has the address, InvalidSipAddress where it is none, and TypeError where it cannot be hashed.
    """
