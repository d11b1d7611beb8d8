"""In what deployments and their objects differ: most parts of a deployment are sets of facts, whose order means nothing."""

from collections.abc import Sequence
from typing import Any, Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment, EdgeReplica, HostedUmService, User

FIXED_PARTS: Final = {
    "pools": "Pools",
    "dial_plans": "UmDialPlans",
    "av_edge_gruu": "AvEdgeGruu",
    "hosted_um_services": "HostedUmServices",
}
"""The parts of a deployment that no cmdlet changes, with the document's keys."""


@names_wrong_types
def same_deployment(one: Deployment, other: Deployment) -> bool:
    """Whether two deployments state the same facts, in whatever order.

    Clauses: CMD-13

    >>> users = (User(sip_address="alice@contoso.com"), User(sip_address="roy@contoso.com"))
    >>> same_deployment(Deployment(users=users), Deployment(users=users[::-1]))
    True
    """
    return _facts(one) == _facts(other)


def _facts(deployment: Deployment) -> tuple[Any, ...]:
    return (
        {user.sip_address: (attrs.evolve(user, voice_mail_settings=()), attribute_values(user)) for user in deployment.users},
        frozenset(deployment.contacts),
        frozenset(deployment.policies),
        frozenset(deployment.providers),
        deployment.edge,
        replica_as_facts(deployment.edge_replica),
        *(part_as_facts(deployment, part) for part in FIXED_PARTS),
    )


def part_as_facts(deployment: Deployment, part: str) -> object:
    """A part of a deployment, as a set where it is a collection. Clauses: CMD-13."""
    found = getattr(deployment, part)
    if part == "hosted_um_services":
        return frozenset(map(_service_as_facts, found))
    return frozenset(found) if isinstance(found, tuple) else found


def _service_as_facts(service: HostedUmService) -> object:
    """What a hosted service holds: its tenants and their mailboxes have no order; None stays what is not known."""
    if service.tenants is None:
        return service
    return service.fqdn, frozenset(
        (attrs.evolve(tenant, mailboxes=None), None if tenant.mailboxes is None else frozenset(tenant.mailboxes))
        for tenant in service.tenants
    )


def replica_as_facts(replica: EdgeReplica | None) -> object:
    """What a replica holds; the order of its hosting providers means nothing. Clauses: REPL-1."""
    if replica is None or replica.configuration is None:
        return replica
    return replica.fqdn, replica.configuration.access_edge, frozenset(replica.configuration.providers)


def attribute_values(user: User) -> frozenset[str]:
    """The values of a user's msExchUCVoiceMailSettings. Clauses: ATTR-1."""
    return frozenset(user.voice_mail_settings.values)


def changed_fields(before: object, after: object, fields: Sequence[str]) -> dict[str, object]:
    """What differs of some fields, as it is afterwards.

    Clauses: CMD-13

    >>> alice = User(sip_address="alice@contoso.com")
    >>> changed_fields(alice, attrs.evolve(alice, display_name="Alice"), ("display_name", "registrar_pool"))
    {'display_name': 'Alice'}
    """
    return {field: getattr(after, field) for field in fields if getattr(before, field) != getattr(after, field)}
