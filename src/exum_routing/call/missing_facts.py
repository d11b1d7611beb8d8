"""What the way of a call depends on that the deployment does not hold."""

from collections.abc import Iterator

from exum_routing.arguments import names_wrong_types
from exum_routing.call.front_end import called
from exum_routing.call.outcome import CallTrace, HandedOver, Hop
from exum_routing.deployment import Deployment, HostedUmService, NotKnown, UmContact


@names_wrong_types
def not_known(trace: CallTrace, deployment: Deployment) -> tuple[NotKnown, ...]:
    """The facts on which the way of a call depends, and which the deployment does not hold.

    Args:
        trace: The call, as traced in this deployment.
        deployment: The deployment.

    Clauses: POL-11, UM-6, EDGE-0, CALL-7, CALL-17

    >>> from exum_routing.call import trace_call
    >>> from exum_routing.deployment import User
    >>> from exum_routing.sip import Invite
    >>> roy = User(sip_address="roy@contoso.com", proxy_addresses=["EUM:1;phone-context=dp"])
    >>> trace = trace_call(Invite.of_call("zoe@contoso.com", "roy@contoso.com"), Deployment(users=[roy]))
    >>> [str(one) for one in not_known(trace, Deployment(users=[roy]))]
    ['UmDialPlans: which UM servers take calls is not known']
    """
    return tuple(_not_known(trace, deployment))


def _not_known(trace: CallTrace, deployment: Deployment) -> Iterator[NotKnown]:
    outcome = trace.outcome
    if any("POL-11" in step.clauses for step in (*trace.hops, outcome)):
        yield NotKnown.SITES
    if not isinstance(outcome, HandedOver):
        return
    subject = called(trace.sent, deployment)
    pool = None if subject is None else deployment.pool(subject.registrar_pool)
    if isinstance(subject, UmContact) and (pool is None or pool.version is None):
        yield NotKnown.POOL_VERSIONS
    if outcome.next_hop.hop is Hop.EDGE:
        yield NotKnown.EDGE
    elif outcome.next_hop.hop is Hop.HOSTED_UM:
        found = _of_service(outcome, deployment.hosted_um_service(outcome.next_hop.host or ""))
        if found is not None and not (isinstance(subject, UmContact) and found is NotKnown.MAILBOXES):
            yield found
    elif outcome.next_hop.host is None:
        yield NotKnown.UM_SERVERS


def _of_service(outcome: HandedOver, service: HostedUmService | None) -> NotKnown | None:
    """What is not known of the hosted UM service; None: everything that the call depends on is."""
    if service is None:
        return NotKnown.SERVICES
    if outcome.organization is None:
        return NotKnown.TENANTS
    return NotKnown.MAILBOXES if outcome.mailbox is None else None
