"""What a person reads first fits one screen: of the examples, of 100,000 users, and of anything else."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from exum_routing import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    HostedVoicemailPolicy,
    HostingProvider,
    Pool,
    Subject,
    User,
    contested,
)
from exum_routing.audit import audit, not_looked_at
from exum_routing.call import CallChange, CallEnd, Hop, call_changes
from exum_routing.interchange.answers import (
    audit_to_text,
    call_changes_to_text,
    contested_to_text,
    route_changes_to_text,
)
from exum_routing.interchange.document import read_deployment
from exum_routing.routing import Contested, RouteChange, WhatChanged, route_changes
from exum_routing.testing.strategies import deployments

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/*.json"))
SCREEN, WIDTH = 40, 100


def height(text: str) -> int:
    """The lines that a text takes on a terminal."""
    return sum(max(1, -(-len(line) // WIDTH)) for line in text.splitlines())


def asked(deployment: Deployment) -> list[tuple[Subject, Contested]]:
    """The open clauses on which routes depend."""
    return [(subject, one) for subject in deployment.subjects for one in contested(subject, deployment)]


def changed(before: Deployment, after: Deployment, *, verbose: bool = False) -> str:
    """What ``diff`` prints."""
    calls, routes = call_changes(before, after), route_changes(before, after)
    return "\n".join((call_changes_to_text(calls, verbose=verbose), "Routes", route_changes_to_text(routes, verbose=verbose)))


def many() -> Deployment:
    """A deployment of 100,000 users with most of what the audit finds, and every open clause."""
    pairs = itertools.cycle(
        (
            ("CsHostedVoiceMail=1",),
            ("CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"),
            ("CsHostedVoiceMail=0",),
            ("CsHostedVoiceMial=1",),
            (),
        )
    )
    policies = [
        HostedVoicemailPolicy(
            identity=f"tag:P{number}", destination=f"um{number}.fabrikam.com", organizations=("a.com", "b.com")
        )
        for number in range(40)
    ]
    users = [
        User(
            sip_address=f"user{number}@contoso.com",
            registrar_pool=f"pool{number % 30}.contoso.com",
            hosted_voicemail_policy=f"tag:P{number % 45}",
            voice_mail_settings=next(pairs),
            proxy_addresses=(f"EUM:user{number}@contoso.com;phone-context=dp{number % 20}",) if number % 3 == 0 else (),
        )
        for number in range(100_000)
    ]
    return Deployment(
        users=users,
        policies=[HostedVoicemailPolicy(identity=GLOBAL), HostedVoicemailPolicy(identity="site:S1"), *policies],
        pools=[Pool(fqdn=f"pool{number}.contoso.com", site=f"S{number}") for number in range(20)],
        providers=[HostingProvider(identity="Online", proxy_fqdn="um1.fabrikam.com")],
        dial_plans=[],
        edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
    )


@pytest.fixture(scope="module")
def large() -> Deployment:
    """The deployment of 100,000 users."""
    return many()


class TestHundredThousand:
    """Of a deployment of 100,000 users in which much is wrong."""

    def test_audit(self, large: Deployment) -> None:
        """The worst findings in full, the others by name, then the summary and what was not looked at."""
        findings = audit(large)
        text = audit_to_text(findings, not_looked_at(large))
        assert height(text) <= SCREEN
        assert len(findings) > 15
        assert "more findings; --verbose explains each)" in text
        assert max(len(one.subjects) for one in findings) > 10_000

    def test_contested(self, large: Deployment) -> None:
        """The questions of most accounts."""
        found = asked(large)
        assert len(found) > 10_000
        text = contested_to_text(found)
        assert height(text) <= SCREEN
        assert "more questions (--verbose lists all)" in text

    def test_diff(self, large: Deployment) -> None:
        """The changes of most accounts."""
        after = attrs.evolve(large, policies=large.policies[:2], providers=())
        text = changed(large, after)
        assert height(text) <= SCREEN
        assert "more groups (--verbose lists all)" in text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_examples(path: Path) -> None:
    """Every example, and every two of them."""
    deployment = read_deployment(path.read_bytes())
    assert height(audit_to_text(audit(deployment), not_looked_at(deployment))) <= SCREEN
    assert height(contested_to_text(asked(deployment))) <= SCREEN
    for other in EXAMPLES:
        assert height(changed(deployment, read_deployment(other.read_bytes()))) <= SCREEN


@given(deployments(max_users=8, max_contacts=3), deployments(max_users=8, max_contacts=3))
def test_any_deployment(one: Deployment, other: Deployment) -> None:
    """And any change of one into another; ``verbose`` leaves nothing out."""
    findings = audit(one)
    assert height(audit_to_text(findings, not_looked_at(one))) <= SCREEN
    assert height(contested_to_text(asked(one))) <= SCREEN
    assert height(changed(one, other)) <= SCREEN
    said = audit_to_text(findings, (), verbose=True)
    assert all(str(subject) in said for finding in findings for subject in finding.subjects)
    assert all(line in said for finding in findings for line in finding.remedies())
    verbose = changed(one, other, verbose=True)
    assert all(change.address in verbose for change in route_changes(one, other))
    questions = contested_to_text(asked(one), verbose=True)
    assert all(str(subject.sip_address) in questions for subject, _ in asked(one))


def _call_changes(groups: Sequence[int]) -> list[CallChange]:
    return [
        CallChange(f"sip:u{group}-{number}@contoso.com", CallEnd(), CallEnd(Hop.EDGE, (f"REASON_{group}",)))
        for group, size in enumerate(groups)
        for number in range(size)
    ]


def test_the_largest_groups_come_first() -> None:
    """Of those of one size, the one that occurs first; what is left out is counted."""
    lines = call_changes_to_text(_call_changes([1, 7, 2, 7, 1, 1])).splitlines()
    assert [line.split(":")[0] for line in lines if "->" in line] == ["7 accounts", "7 accounts", "2 accounts", "1 account"]
    assert [line[-1] for line in lines if "->" in line] == ["1", "3", "2", "0"]
    assert lines[-1] == "and 2 accounts in 2 more groups (--verbose lists all)"
    assert "and 2 more (--verbose lists all)" in lines[3]
    assert call_changes_to_text([]) == "No calls end in another way."


def test_a_change_within_one_decision_says_what_is_different() -> None:
    """Where both sides read alike, what changed is named."""
    user = User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",))
    one, other = (
        Deployment(
            users=[user],
            policies=[HostedVoicemailPolicy(identity=GLOBAL, destination="um.fabrikam.com", organizations=(tenant,))],
        )
        for tenant in ("a.com", "b.com")
    )
    assert route_changes_to_text(route_changes(one, other)).splitlines() == [
        "1 account: hosted UM by Global at um.fabrikam.com, another Request-URI",
        "  sip:alice@contoso.com",
    ]
    assert WhatChanged.REQUEST_URI in route_changes(one, other)[0].changed
    same = RouteChange("sip:a@b.c", (WhatChanged.REQUEST_URI,), None, None, "x", "x")
    assert "before" not in route_changes_to_text([same], verbose=True)
