"""What a change of a deployment does to calls: which get through, and which hop refuses the others."""

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.call.circumstances import Circumstances
from exum_routing.call.outcome import HandedOver, Hop, Refused
from exum_routing.call.trace import trace_call
from exum_routing.deployment import Deployment, NotKnown, Subject, UmContact
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing import EdgeFault, EdgeRefusal, HostedUm, NotRouted, route, route_at_edge
from exum_routing.sip import Fqdn, Invite

_WHERE: Final[Mapping[Hop, str]] = {
    Hop.EDGE: "at the Edge",
    Hop.HOSTED_UM: "by the hosted service",
    Hop.FRONT_END: "at the Front End",
}


@attrs.frozen
class CallEnd:
    """What becomes of a usual call to an account: it is unanswered, comes from outside, and every system answers.

    >>> str(CallEnd(Hop.EDGE, ("NO_HOSTING_PROVIDER",))), str(CallEnd())
    ('refused at the Edge, NO_HOSTING_PROVIDER', 'through')
    """

    refused_by: Hop | None = None
    """The hop that refuses it; None: none is known to."""
    reasons: tuple[str, ...] = ()
    """Why it is refused, as the reasons are spelled on the wire."""
    not_known: NotKnown | None = None
    """Which fact is missing, so that nobody knows what becomes of it; None: it is known."""

    def __str__(self) -> str:
        """The end in words."""
        if self.not_known is not None:
            return self.not_known.words
        if self.refused_by is None:
            return "through"
        return f"refused {_WHERE[self.refused_by]}, {', '.join(self.reasons)}"


@attrs.frozen
class CallChange:
    """A user or contact whose calls end in another way."""

    address: str
    """The SIP address."""
    before: CallEnd
    """What became of a usual call before."""
    after: CallEnd
    """What becomes of it now."""


@names_wrong_types
def call_changes(before: Deployment, after: Deployment, *, reading: Reading = DEFAULT_READING) -> tuple[CallChange, ...]:
    """The users and contacts in both deployments whose usual calls get through before and not after, or are refused otherwise.

    Where a call that gets through goes is not compared: ``route_changes`` does that. The order is that of the document.

    Clauses: CALL-6, CALL-7, EDGE-7

    >>> from exum_routing.deployment import User
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> served = attrs.evolve(zoe, proxy_addresses=("EUM:zoe@contoso.com;phone-context=dp.contoso.com",))
    >>> change, = call_changes(Deployment(users=[served]), Deployment(users=[zoe]))
    >>> print(change.before, "->", change.after)
    through -> refused at the Front End, NO_VOICE_MAIL
    """
    was, now = dict(_ends(before, reading)), dict(_ends(after, reading))
    both = (address for address in was if address in now)
    return tuple(CallChange(address, was[address], now[address]) for address in both if was[address] != now[address])


_NO_SITE: Final = CallEnd(not_known=NotKnown.SITES)
_NO_EDGE: Final = CallEnd(not_known=NotKnown.EDGE)


def _ends(deployment: Deployment, reading: Reading) -> Iterator[tuple[str, CallEnd]]:
    crossings: dict[Fqdn, CallEnd] = {}  # asked once for each Destination: tracing every call takes many times as long
    for subject in deployment.subjects:
        decision = route(subject, deployment, reading=reading)
        if "POL-11" in decision.clauses:
            end = _NO_SITE
        elif isinstance(decision, NotRouted):
            end = CallEnd(Hop.FRONT_END, (decision.reason.value,))
        elif isinstance(subject, UmContact) or (isinstance(decision, HostedUm) and _asks_the_service(decision, deployment)):
            end = _traced(subject, deployment, reading)
        elif isinstance(decision, HostedUm):
            if decision.destination not in crossings:
                crossings[decision.destination] = _crossing(decision.destination, deployment)
            end = crossings[decision.destination]
        else:
            end = CallEnd()
        yield str(subject.sip_address), end


def _asks_the_service(decision: HostedUm, deployment: Deployment) -> bool:
    """Whether the hosted UM service may refuse the call: it is described, or the call names no organization."""
    return not decision.organizations or deployment.hosted_um_service(decision.destination) is not None


def _crossing(destination: Fqdn, deployment: Deployment) -> CallEnd:
    if not deployment.edge_is_known:
        return _NO_EDGE
    found = route_at_edge(destination, deployment.configuration_at_edge)
    return _at_edge(found.faults) if isinstance(found, EdgeRefusal) else CallEnd()


def _at_edge(faults: tuple[EdgeFault, ...]) -> CallEnd:
    return CallEnd(Hop.EDGE, tuple(fault.value for fault in faults))


def _traced(subject: Subject, deployment: Deployment, reading: Reading) -> CallEnd:
    invite = Invite.of_call("caller@example.com", subject.sip_address)
    outcome = trace_call(invite, deployment, Circumstances(reading=reading)).outcome
    if isinstance(outcome, HandedOver) and outcome.next_hop.hop is Hop.EDGE:
        return _NO_EDGE
    if not isinstance(outcome, Refused):
        return CallEnd()
    return _at_edge(outcome.edge_faults) if outcome.edge_faults else CallEnd(outcome.hop, (outcome.reason.value,))
