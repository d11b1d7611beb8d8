"""What a change of a deployment does to calls: the law against a trace of every call, and what people are shown."""

import json
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from test_audit_rules import ALICE, CONTACT, PROVIDER, RECIPE, USER, audited, with_edge, with_provider, with_service
from test_schema import faults

from exum_routing import Deployment, cli, route
from exum_routing.call import CallEnd, Circumstances, HandedOver, Hop, Refused, call_changes, trace_call
from exum_routing.deployment import NotKnown
from exum_routing.interchange.answers import call_change_to_json
from exum_routing.interchange.document import write_deployment
from exum_routing.reading import Reading
from exum_routing.sip import Invite
from exum_routing.testing.strategies import readings

NOT_ALLOWED = "through -> refused at the Edge, FEDERATION_NOT_ALLOWED"


def traced(deployment: Deployment, address: str, reading: Reading) -> CallEnd | None:
    """What a trace of a usual call shows; None: nobody can say."""
    subject = deployment.by_address[address]
    outcome = trace_call(Invite.of_call("a@b.example", address), deployment, Circumstances(reading=reading)).outcome
    if "POL-11" in route(subject, deployment, reading=reading).clauses:
        return None
    if isinstance(outcome, HandedOver) and outcome.next_hop.hop is Hop.EDGE:
        assert deployment.edge is None
        assert deployment.edge_replica is None
        return None
    if not isinstance(outcome, Refused):
        return CallEnd()
    return CallEnd(outcome.hop, tuple(one.value for one in outcome.edge_faults) or (outcome.reason.value,))


@given(audited(), audited(), readings())
def test_changes_are_those_of_traces(before: Deployment, after: Deployment, reading: Reading) -> None:
    """An account is named if, and only if, a trace of its call ends otherwise; what is not known is said not to be known."""
    changes = {change.address: change for change in call_changes(before, after, reading=reading)}
    for address in before.by_address.keys() & after.by_address.keys():
        ends = traced(before, address, reading), traced(after, address, reading)
        if address in changes:
            shown = changes[address].before, changes[address].after
            assert tuple(None if end.not_known is not None else end for end in shown) == ends
        else:
            assert ends[0] == ends[1]
    assert changes.keys() <= before.by_address.keys() & after.by_address.keys()
    assert call_changes(before, before, reading=reading) == ()
    assert all(faults("call-change", call_change_to_json(change)) == [] for change in changes.values())


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (with_edge(allow_federated_users=False), NOT_ALLOWED),
        (with_provider(enabled=False), "through -> refused at the Edge, PROVIDER_DISABLED"),
        (attrs.evolve(RECIPE, providers=()), "through -> refused at the Edge, NO_HOSTING_PROVIDER"),
        (attrs.evolve(RECIPE, edge=None), "through -> whether calls cross the Edge is not known"),
        (with_service(mailboxes=()), "through -> refused by the hosted service, NO_MAILBOX"),
        (
            attrs.evolve(RECIPE, users=[attrs.evolve(USER, hosted_voicemail_policy=None)]),
            "through -> refused at the Front End, POLICY_WITHOUT_DESTINATION",
        ),
    ],
)
def test_a_change_at_the_edge_changes_calls(after: Deployment, what: str) -> None:
    """Where routes stay and calls stop, the calls are named; the other way round as well."""
    assert said(RECIPE, after) == [("sip:alice@contoso.com", what)]
    back = " -> ".join(reversed(what.split(" -> ")))
    assert said(after, RECIPE) == [("sip:alice@contoso.com", back)]


def said(before: Deployment, after: Deployment) -> list[tuple[str, str]]:
    """Whose calls end in another way, and how, before and after."""
    return [(change.address, f"{change.before} -> {change.after}") for change in call_changes(before, after)]


def test_a_contact_is_compared_without_access_edge_settings() -> None:
    """Whether a contact's calls cross the Edge is as unknown as a user's."""
    deployment = attrs.evolve(RECIPE, contacts=(CONTACT,), users=())
    (change,) = call_changes(deployment, attrs.evolve(deployment, edge=None, providers=(PROVIDER,)))
    assert (change.before, change.after.not_known) == (CallEnd(), NotKnown.EDGE)


def test_diff_says_that_calls_stop(tmp_path: Path) -> None:
    """``diff`` prints a head line with the number of accounts before "No route changes."; --json has a line for each."""
    files = [str(tmp_path / "before"), str(tmp_path / "after")]
    for file, deployment in zip(files, (RECIPE, with_edge(allow_federated_users=False)), strict=True):
        Path(file).write_text(write_deployment(deployment), encoding="utf-8")
    shown = CliRunner().invoke(cli.main, ["diff", *files])
    assert shown.stdout.splitlines() == ["Calls", f"1 account: {NOT_ALLOWED}", f"  {ALICE}", "No route changes."]
    (line,) = CliRunner().invoke(cli.main, ["diff", *files, "--json"]).stdout.splitlines()
    assert json.loads(line)["Calls"]["After"] == {
        "Through": False,
        "RefusedBy": "Edge",
        "Reasons": ["FEDERATION_NOT_ALLOWED"],
    }
