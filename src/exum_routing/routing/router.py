"""A deployment compiled once, to answer by address at the speed of a dictionary."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from exum_routing.deployment import Deployment
from exum_routing.errors import InvalidSipAddress
from exum_routing.fields import instance
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing.decision import RoutingDecision
from exum_routing.routing.route import route


def _decided(router: "Router") -> dict[str, RoutingDecision]:
    shared: dict[RoutingDecision, RoutingDecision] = {}
    decisions = {}
    for address, subject in router.deployment.by_address.items():
        decision = route(subject, router.deployment, reading=router.reading)
        decisions[address] = shared.setdefault(decision, decision)
    return decisions


def _deployment(value: Deployment) -> Deployment:
    return instance(value, Deployment)


@attrs.frozen
class Router:
    """Every decision of a deployment, made beforehand; equal decisions are one object.

    Clauses: ROUTE-10, NAME-2

    >>> from exum_routing.deployment import User
    >>> router = Router(Deployment(users=[User(sip_address="zoe@contoso.com")]))
    >>> router.route("sip:ZOE@contoso.com").reason.name
    'NO_VOICE_MAIL'
    """

    deployment: Deployment = attrs.field(converter=_deployment)
    """The snapshot that it answers for."""
    reading: Reading = attrs.field(default=DEFAULT_READING, kw_only=True)
    """The reading of the open clauses."""
    _decisions: dict[str, RoutingDecision] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_decided, takes_self=True)
    )

    @property
    def decisions(self) -> Mapping[str, RoutingDecision]:
        """Every decision by canonical SIP address (``sip:alice@contoso.com``, in lower case), read-only.

        It is a mapping and nothing more: another spelling is not found, as in any dictionary. ``route`` takes every spelling.
        A loop that counts nanoseconds keeps the mapping in a name: its ``[]`` takes less time than a call of ``route``.
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
        except KeyError:
            return self._decisions[self.deployment.subject(address).sip_address]  # another spelling, or nobody's
        except TypeError:
            raise InvalidSipAddress(address, "is not a SIP address: use a text") from None
