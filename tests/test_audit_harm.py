"""Advice does no harm: the lines of the audit are accepted, fix what they are for, and break no call that got through."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from test_audit_rules import ROWS, Row, audited

from exum_routing import AccessEdgeConfiguration, Deployment, EdgeConfiguration, UmDialPlan
from exum_routing.audit import Finding, audit
from exum_routing.call import Circumstances, Refused, trace_call
from exum_routing.cmdlets import CmdletCall
from exum_routing.interchange.powershell import read_script
from exum_routing.reading import Reading
from exum_routing.rehearsal import rehearse
from exum_routing.replication import import_on_edge
from exum_routing.sip import Invite
from exum_routing.testing import a_deployment, a_policy, a_user
from exum_routing.testing.strategies import readings


def elsewhere(deployment: Deployment, call: CmdletCall) -> Deployment:
    """The deployment after a line that another shell or machine runs, taken to be done."""
    arguments = dict(call.arguments)
    if call.cmdlet.name == "Import-CsConfiguration":
        installed = EdgeConfiguration(access_edge=AccessEdgeConfiguration(), providers=deployment.providers)
        return import_on_edge(deployment, deployment.edge_configuration or installed)
    assert call.cmdlet.name == "Enable-UMService"
    return attrs.evolve(deployment, dial_plans=[enabled(plan, arguments["identity"]) for plan in deployment.dial_plans or ()])


def enabled(dial_plan: UmDialPlan, fqdn: object) -> UmDialPlan:
    """The dial plan with one server enabled."""
    servers = [attrs.evolve(one, enabled=True) if one.fqdn == fqdn else one for one in dial_plan.um_servers]
    return attrs.evolve(dial_plan, um_servers=servers)


def fixed(deployment: Deployment, findings: tuple[Finding, ...]) -> Deployment:
    """The deployment after every line of the findings, in the order printed; none of them is refused."""
    lines = [line for finding in findings for line in finding.remedies()]
    rehearsal = rehearse(read_script("\n".join(lines)), deployment)
    assert [(step.command, step.refusal) for step in rehearsal.steps if step.refusal is not None] == []
    after = rehearsal.after
    for finding in findings:
        for call in finding.remedy:
            if call.cmdlet.where:
                after = elsewhere(after, call)
    return after


def got_through(deployment: Deployment, reading: Reading) -> set[str]:
    """The accounts whose usual call no hop refuses."""
    found = set()
    for subject in deployment.subjects:
        invite = Invite.of_call("caller@example.com", subject.sip_address)
        if not isinstance(trace_call(invite, deployment, Circumstances(reading=reading)).outcome, Refused):
            found.add(str(subject.sip_address))
    return found


def assert_fixed(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> None:
    """No finding that offered a line is left."""
    left = {
        (finding.rule, subject) for finding in after for subject in finding.subjects if any(True for _ in finding.remedies())
    }
    offered = {
        (finding.rule, subject) for finding in before for subject in finding.subjects if any(True for _ in finding.remedies())
    }
    assert left & offered == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_lines_of_every_rule_are_accepted_and_fix_it(row: Row) -> None:
    """For every row of the rules: all lines are accepted, no finding that offered one is left, no call is worse off."""
    findings = audit(row.fires)
    after = fixed(row.fires, findings)
    assert_fixed(findings, audit(after))
    assert got_through(row.fires, Reading()) <= got_through(after, Reading())


@given(audited(), readings())
def test_lines_are_accepted_and_fix_what_they_are_for(deployment: Deployment, reading: Reading) -> None:
    """Whatever the deployment: the lines are accepted as printed, and no finding that offered one is left."""
    findings = audit(deployment, reading=reading)
    assert_fixed(findings, audit(fixed(deployment, findings), reading=reading))


@st.composite
def partly_known(draw: DrawFn) -> tuple[Deployment, Deployment]:
    """A deployment as it is, and as a document has it that lacks some parts of it."""
    whole = draw(audited())
    lacking = draw(
        st.sets(st.sampled_from(["pools", "dial_plans", "hosted_um_services", "edge", "edge_replica", "contacts"]), max_size=4)
    )
    changed: dict[str, Any] = {part: None if part in {"dial_plans", "edge_replica", "edge"} else () for part in lacking}
    if "edge" in lacking:
        changed["providers"] = ()
    return whole, attrs.evolve(whole, **changed)


@given(partly_known(), readings())
def test_advice_breaks_no_call(drawn: tuple[Deployment, Deployment], reading: Reading) -> None:
    """The lines of an audit that knows the deployment in part are run on the whole: every call that got through still does."""
    whole, known = drawn
    lines = [line for finding in audit(known, reading=reading) for line in finding.remedies()]
    after = rehearse(read_script("\n".join(lines)), whole).after
    assert got_through(whole, reading) <= got_through(after, reading)


@pytest.mark.parametrize("name", ["a:b", "Global"])
def test_a_grant_names_the_policy_whatever_its_name(name: str) -> None:
    """A per-user policy whose bare name would mean another policy, or none, is granted by its whole identity."""
    policies = [
        a_policy(f"tag:{name}", destination="um.fabrikam.com"),
        a_policy("tag:Empty", destination=None),
        a_policy("Global", destination=None),
    ]
    user = attrs.evolve(a_user("alice@contoso.com", hosted=True), hosted_voicemail_policy="Empty")
    deployment = a_deployment(user, policies=policies)
    findings = audit(deployment)
    assert f"-PolicyName 'tag:{name}'" in " ".join(line for finding in findings for line in finding.remedies())
    assert_fixed(findings, audit(fixed(deployment, findings)))
