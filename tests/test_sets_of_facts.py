"""A deployment is a set of facts: no answer depends on the order of what has none.

Users, contact objects, policies, providers, pools, dial plans, hosted services, tenants, mailboxes and the values of an
attribute have no order. UM servers, UM proxy addresses and the organizations of a policy have one. Lists of accounts and of
findings follow the document, so answers are compared without that.
"""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import Deployment, EdgeConfiguration, EdgeReplica, User, contested, diagnose, explain, request_uri, route
from exum_routing.audit import audit, not_looked_at
from exum_routing.call import Circumstances, call_changes, trace_call
from exum_routing.diagnosis import Symptom
from exum_routing.interchange.document import read_deployment, write_deployment
from exum_routing.planning import TargetUnreachable, interruptions, plan, same_deployment
from exum_routing.routing import NotRouted, deployment_mode, route_changes
from exum_routing.sip import Invite
from exum_routing.testing.strategies import deployments

PARTS = ("users", "contacts", "policies", "providers", "pools", "dial_plans", "hosted_um_services")
OU = "OU=Contacts,DC=contoso,DC=com"


def _shuffled(draw: st.DrawFn, values: Any) -> Any:
    return values if values is None else tuple(draw(st.permutations(values)))


def _user(draw: st.DrawFn, user: User) -> User:
    return attrs.evolve(user, voice_mail_settings=_shuffled(draw, user.voice_mail_settings.values))


@st.composite
def reordered(draw: st.DrawFn) -> tuple[Deployment, Deployment]:
    """A deployment, and the same facts in another order."""
    deployment = draw(deployments(max_users=5, max_contacts=3))
    parts = {part: _shuffled(draw, getattr(deployment, part)) for part in PARTS}
    parts["users"] = tuple(_user(draw, user) for user in parts["users"])
    parts["hosted_um_services"] = tuple(
        attrs.evolve(
            service,
            tenants=None
            if service.tenants is None
            else [attrs.evolve(one, mailboxes=_shuffled(draw, one.mailboxes)) for one in _shuffled(draw, service.tenants)],
        )
        for service in parts["hosted_um_services"]
    )
    replica = deployment.edge_replica
    if replica is not None and replica.configuration is not None:
        providers = _shuffled(draw, replica.configuration.providers)
        held = EdgeConfiguration(access_edge=replica.configuration.access_edge, providers=providers)
        parts["edge_replica"] = EdgeReplica(fqdn=replica.fqdn, configuration=held)
    return deployment, attrs.evolve(deployment, **parts)


def by_account(ask: Callable[[Any, Deployment], Any]) -> Callable[[Deployment], Any]:
    """An answer about each account, by its address."""
    return lambda deployment: {str(one.sip_address): repr(ask(one, deployment)) for one in deployment.subjects}


def _uri(subject: Any, deployment: Deployment) -> str | None:
    decision = route(subject, deployment)
    return None if isinstance(decision, NotRouted) else request_uri(subject, decision)


def _trace(subject: Any, deployment: Deployment) -> Any:
    return trace_call(Invite.of_call("caller@example.com", subject.sip_address), deployment, Circumstances(turn=1))


def _explanation(subject: Any, deployment: Deployment) -> Any:
    found = explain(subject, deployment)
    inputs = [(one.name, one.value) for one in found.inputs if one.name != "msExchUCVoiceMailSettings"]
    return repr(found.decision), tuple(inputs), sorted(map(repr, found.candidates)), repr(found.clauses)


def _findings(deployment: Deployment) -> Any:
    return sorted(
        (one.rule, one.severity.value, one.sentence, sorted(map(str, one.subjects)), sorted(one.remedies()))
        for one in audit(deployment)
    )


def _diagnoses(subject: Any, deployment: Deployment) -> Any:
    return [diagnose(deployment, subject.sip_address, symptom) for symptom in Symptom]


ANSWERS: dict[str, Callable[[Deployment], Any]] = {
    "route": by_account(route),
    "request_uri": by_account(_uri),
    "explain": by_account(_explanation),
    "contested": by_account(contested),
    "trace_call": by_account(_trace),
    "diagnose": by_account(_diagnoses),
    "audit": _findings,
    "not_looked_at": not_looked_at,
    "deployment_mode": deployment_mode,
}
"""Every answer about one deployment, without the order of accounts and findings."""


@pytest.mark.parametrize("name", ANSWERS)
@given(pair=reordered())
def test_an_answer_is_the_same_in_any_order(name: str, pair: tuple[Deployment, Deployment]) -> None:
    """Of routes, Request-URIs, explanations, open clauses, calls, diagnoses, findings with their remedies, and modes."""
    one, other = pair
    assert ANSWERS[name](one) == ANSWERS[name](other)


@given(pair=reordered())
def test_nothing_changes_between_two_orders(pair: tuple[Deployment, Deployment]) -> None:
    """No route, no call, nothing to plan; the document that is written is the same deployment."""
    one, other = pair
    assert route_changes(one, other) == ()
    assert call_changes(one, other) == ()
    assert plan(one, other) == ()
    assert same_deployment(one, other)
    assert same_deployment(read_deployment(write_deployment(other)), one)


@given(pair=reordered(), target=deployments(max_users=3, max_contacts=2))
def test_a_plan_is_the_same_in_any_order(pair: tuple[Deployment, Deployment], target: Deployment) -> None:
    """From either, the same steps lead to a target, and interrupt the same accounts; or the same reasons say why not."""
    one, other = pair
    wanted = attrs.evolve(one, policies=target.policies, providers=target.providers)
    assert _planned(one, wanted) == _planned(other, wanted)


def _planned(current: Deployment, target: Deployment) -> Any:
    try:
        steps = plan(current, target, ou=OU)
    except TargetUnreachable as error:
        return sorted(error.reasons)
    return sorted(map(str, steps)), sorted(one.address for one in interruptions(current, steps))
