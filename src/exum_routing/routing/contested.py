"""On which open clauses of the source a route depends."""

import functools

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment, Subject, UmContact
from exum_routing.reading import OPEN_CLAUSES, READINGS, Reading
from exum_routing.routing.decision import HostedUm, NotRouted, OnPremisesUm, RoutingDecision
from exum_routing.routing.route import HostedUmAccess, hosted_um_access, route


@attrs.frozen
class Contested:
    """A clause that the source leaves open, and on which a route depends."""

    clause: str
    """The clause's id."""
    field: str
    """The field of ``Reading`` that stands for it."""
    outcomes: tuple[tuple[Reading, RoutingDecision], ...]
    """Two or more readings that differ in that field alone, with the decision under each."""


@names_wrong_types
def contested(subject: Subject, deployment: Deployment) -> tuple[Contested, ...]:
    """The open clauses on which the route of a user or a contact depends, in the order of ``Reading``'s fields.

    A clause is among them if, under some combination of the other readings, changing its reading changes the decision (the
    ids of clauses not counted). The outcomes shown are those under the first such combination, the defaults before all.

    Clauses: ROUTE-7, ROUTE-8, URI-3
    """
    if not _may_be_contested(subject, deployment):
        return ()
    decisions = [route(subject, deployment, reading=reading) for reading in READINGS]
    said = [_without_clauses(decision) for decision in decisions]
    if len(set(said)) == 1:
        return ()
    found = []
    for clause, field, variants_of_others in _variants():
        for variants in variants_of_others:
            if any(said[variant] != said[variants[0]] for variant in variants):
                outcomes = tuple((READINGS[variant], decisions[variant]) for variant in variants)
                found.append(Contested(clause, field, outcomes))
                break
    return tuple(found)


def _without_clauses(decision: RoutingDecision) -> tuple[object, ...]:
    """What a decision says but for its clauses; two decisions of one deployment share the objects that they name."""
    if isinstance(decision, HostedUm):
        return HostedUm, id(decision.policy), len(decision.organizations)
    if isinstance(decision, OnPremisesUm):
        return OnPremisesUm, id(decision.proxy_address), id(decision.um_servers)
    return NotRouted, decision.reason.value, id(decision.policy), id(decision.proxy_address)


def _may_be_contested(subject: Subject, deployment: Deployment) -> bool:
    """Whether an open clause has anything to say about an account; without, no reading changes its decision."""
    if isinstance(subject, UmContact):
        return False
    access = hosted_um_access(subject.voice_mail_settings)
    if access is HostedUmAccess.ENABLED and len(deployment.effective_policy(subject).organizations) > 1:
        return True
    silenced = access is HostedUmAccess.DISABLED and bool(subject.um_proxy_addresses)
    return silenced or subject.voice_mail_settings.authors_disagree


@functools.cache
def _variants() -> tuple[tuple[str, str, tuple[tuple[int, ...], ...]], ...]:
    """For every open clause, where in ``READINGS`` those are that differ in it alone, under each combination of the others."""
    place = {reading: number for number, reading in enumerate(READINGS)}
    return tuple(
        (
            clause,
            field,
            tuple(tuple(place[attrs.evolve(others, **{field: choice})] for choice in choices) for others in READINGS),  # type: ignore[arg-type] # by name
        )
        for clause, field, choices in OPEN_CLAUSES
    )
