"""A deployment as the rules of the audit look at it: every account is routed once, and sorted by what decided.

What is in a view costs one pass over the users and contacts; a rule only looks things up in it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.deployment import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    HostedVoicemailPolicy,
    HostingProvider,
    Subject,
    User,
)
from exum_routing.reading import Reading
from exum_routing.routing import EdgeFault, EdgeRefusal, HostedUm, NotRouted, RoutingDecision, route, route_at_edge
from exum_routing.sip import Fqdn, SipAddress

_FAULTLESS: Final = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)


@attrs.frozen
class Destination:
    """A Destination that a policy names, the calls that go there, and what stops them at the Edge.

    Clauses: EDGE-6, EDGE-7, REPL-1
    """

    fqdn: Fqdn
    """The Destination itself."""
    accounts: Sequence[SipAddress]
    """The users and contacts whose calls are routed there."""
    provider: HostingProvider | None
    """The hosting provider that the store has for it; None: there is none, or none is known."""
    faults_in_store: Sequence[EdgeFault]
    """What would stop the calls at an Edge that is up to date; nothing where that is not known."""
    faults_at_edge: Sequence[EdgeFault]
    """What stops the calls at the Edge as it is; nothing where that is not known."""

    def stopped_by(self, fault: EdgeFault) -> Sequence[SipAddress]:
        """The users and contacts whose calls the Edge refuses for this fault."""
        return self.accounts if fault in self.faults_at_edge else ()


@attrs.frozen
class AuditView:
    """A deployment and what was decided about every account in it.

    Clauses: ROUTE-2, ROUTE-4, POL-3
    """

    deployment: Deployment
    """The snapshot."""
    reading: Reading
    """The reading of the clauses that the source leaves open."""
    decisions: Sequence[tuple[Subject, RoutingDecision]]
    """Every user, then every contact, with the decision about it."""
    enabled: Sequence[User]
    """The users who count as enabled for hosted UM access."""
    destinations: Sequence[Destination]
    """Every Destination that a policy names, once each, in the order of the policies."""
    hosted: Mapping[str, Sequence[tuple[Subject, HostedUm]]]
    """The accounts that are routed to hosted UM, with the decision, by the key of the policy that routes them.

    Accounts to which the policy of a site that is not known may apply are neither here nor in ``without_destination``.
    """
    without_destination: Mapping[str, Sequence[Subject]]
    """The accounts that are enabled, by the key of the policy that applies to them and names no Destination."""
    reached: frozenset[str]
    """The keys of the policies that apply to any account, enabled or not."""
    by_dial_plan: Mapping[str, Sequence[tuple[SipAddress, str]]]
    """The users whom a UM proxy address routes, or fails to, by the dial plan's name in lower case, with its spelling."""

    def hosted_by(self, policy: HostedVoicemailPolicy) -> tuple[SipAddress, ...]:
        """The accounts that this policy routes to hosted UM."""
        return tuple(subject.sip_address for subject, _ in self.hosted.get(policy.identity.key, ()))


@names_wrong_types
def audit_view(deployment: Deployment, reading: Reading) -> AuditView:
    """The view of a deployment, made in one pass over its accounts.

    Clauses: ROUTE-2, ROUTE-4, POL-3

    >>> audit_view(Deployment(), Reading()).destinations
    ()
    """
    decisions = [(subject, route(subject, deployment, reading=reading)) for subject in deployment.subjects]
    hosted: dict[str, list[tuple[Subject, HostedUm]]] = {}
    without_destination: dict[str, list[Subject]] = {}
    by_dial_plan: dict[str, list[tuple[SipAddress, str]]] = {}
    reached: set[str] = set()
    for subject, decision in decisions:
        known = "POL-11" not in decision.clauses
        if isinstance(decision, HostedUm):
            key = decision.policy.identity.key
            if known:
                hosted.setdefault(key, []).append((subject, decision))
        elif isinstance(decision, NotRouted) and decision.policy is not None:
            key = decision.policy.identity.key
            if known:
                without_destination.setdefault(key, []).append(subject)
        else:
            key = deployment.effective_policy(subject).identity.key
            if decision.proxy_address is not None:
                name = decision.proxy_address.phone_context
                by_dial_plan.setdefault(folded(name), []).append((subject.sip_address, name))
        reached.add(key)
    return AuditView(
        deployment,
        reading,
        decisions,
        [subject for subject, decision in decisions if isinstance(subject, User) and _is_enabled(decision)],
        _destinations(deployment, hosted),
        hosted,
        without_destination,
        frozenset(reached),
        by_dial_plan,
    )


def _is_enabled(decision: RoutingDecision) -> bool:
    return isinstance(decision, HostedUm) or (isinstance(decision, NotRouted) and decision.policy is not None)


def _destinations(deployment: Deployment, hosted: Mapping[str, Sequence[tuple[Subject, HostedUm]]]) -> tuple[Destination, ...]:
    accounts: dict[Fqdn, list[SipAddress]] = {}
    for policy in deployment.policies:
        if policy.destination is not None:
            routed = (subject.sip_address for subject, _ in hosted.get(policy.identity.key, ()))
            accounts.setdefault(policy.destination, []).extend(routed)
    store, replica = _store(deployment), deployment.edge_replica
    found = []
    for fqdn, addresses in accounts.items():
        in_store = () if store is None else _faults(fqdn, store)
        at_edge = in_store if replica is None else _faults(fqdn, replica.configuration)
        found.append(Destination(fqdn, addresses, None if store is None else store.provider(fqdn), in_store, at_edge))
    return tuple(found)


def _store(deployment: Deployment) -> EdgeConfiguration | None:
    """What the store has for the Edge; where providers alone are given, the Access Edge settings count as faultless."""
    if deployment.edge is None and deployment.providers:
        return EdgeConfiguration(access_edge=_FAULTLESS, providers=deployment.providers)
    return deployment.edge_configuration


def _faults(fqdn: Fqdn, configuration: EdgeConfiguration | None) -> tuple[EdgeFault, ...]:
    decision = route_at_edge(fqdn, configuration)
    return decision.faults if isinstance(decision, EdgeRefusal) else ()


def known_tenants(view: AuditView) -> dict[Fqdn, str]:
    """What a policy may name as Organization, by Destination, where the deployment leaves no choice.

    That is the only tenant of a hosted service that is described, else what all other policies name.

    Clauses: CALL-7, POL-8
    """
    found = {
        service.fqdn: str(service.tenants[0].organization)
        for service in view.deployment.hosted_um_services
        if service.tenants is not None and len(service.tenants) == 1
    }
    described = {service.fqdn for service in view.deployment.hosted_um_services if service.tenants is not None}
    named: dict[Fqdn, set[tuple[Fqdn, ...]]] = {}
    for policy in view.deployment.policies:
        if policy.destination is not None and policy.organizations:
            named.setdefault(policy.destination, set()).add(policy.organizations)
    for destination, lists in named.items():
        if destination not in described and len(lists) == 1:
            found[destination] = ",".join(next(iter(lists)))
    return found
