"""A deployment compiled once, to answer by address at the speed of a dictionary."""

import attrs

from exum_routing.decision import RoutingDecision
from exum_routing.deployment import Deployment
from exum_routing.reading import Reading
from exum_routing.routing import DEFAULT_READING, route


def _decisions(router: "Router") -> dict[str, RoutingDecision]:
    shared: dict[RoutingDecision, RoutingDecision] = {}
    decisions: dict[str, RoutingDecision] = {}
    for address, subject in router.deployment.by_address.items():
        decision = route(subject, router.deployment, reading=router.reading)
        decisions[address] = shared.setdefault(decision, decision)
    return decisions


@attrs.frozen
class Router:
    """Every decision of a deployment, made beforehand; equal decisions are one object.

    Clauses: ROUTE-10, NAME-2

    >>> from exum_routing import User
    >>> router = Router(Deployment(users=[User(sip_address="zoe@contoso.com")]))
    >>> router.route("sip:ZOE@contoso.com").reason.name
    'NO_VOICE_MAIL'
    """

    deployment: Deployment
    """The snapshot that it answers for."""
    reading: Reading = attrs.field(default=DEFAULT_READING, kw_only=True)
    """The reading of the open clauses."""
    _decisions: dict[str, RoutingDecision] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_decisions, takes_self=True)
    )

    def route(self, address: str) -> RoutingDecision:
        """Where the voice mail calls to this SIP address go; the address may be in any case.

        Raises:
            UnknownSipAddress: No user and no contact has it.
            InvalidSipAddress: It is no SIP address.

        Clauses: NAME-2
        """
        try:
            return self._decisions[address]
        except (KeyError, TypeError):
            return self._route_canonical(address)

    def _route_canonical(self, address: str) -> RoutingDecision:
        return self._decisions[self.deployment.subject(address).sip_address]
