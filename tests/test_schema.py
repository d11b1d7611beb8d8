"""The JSON Schemas say what the library reads and writes."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from exum_routing import Deployment, Reading, UmContact, User, contested, explain, route
from exum_routing.audit import Severity, audit
from exum_routing.call import REFUSALS, Hop, trace_call
from exum_routing.conformance.cases import Case, read_cases
from exum_routing.deployment import MailboxHome
from exum_routing.errors import InvalidValue
from exum_routing.interchange import DocumentError
from exum_routing.interchange.answers import (
    change_to_json,
    contested_to_json,
    decision_to_json,
    explanation_to_json,
    finding_to_json,
    planned_to_json,
    reading_key,
    trace_to_json,
)
from exum_routing.interchange.document import (
    _ARRAYS,
    _EDGE,
    _PROVIDERS,
    _REPLICA,
    _REPLICA_FQDN,
    _SINGLE,
    KEYS,
    read_deployment,
)
from exum_routing.interchange.document import write_deployment as written
from exum_routing.interchange.powershell import read_script
from exum_routing.interchange.schema import SCHEMAS as NAMES
from exum_routing.interchange.schema import schema
from exum_routing.planning import Interruption, TargetUnreachable, plan
from exum_routing.reading import OPEN_CLAUSES
from exum_routing.rehearsal import rehearsal_to_json, rehearse
from exum_routing.routing import EdgeFault, NotRoutedReason, Standing, WhatChanged, route_changes
from exum_routing.testing import a_policy
from exum_routing.testing.strategies import circumstances, deployments, invites, readings, subjects_in_deployments

SCHEMAS = {name: schema(name) for name in NAMES}
VALIDATORS = {name: Draft202012Validator(SCHEMAS[name]) for name in SCHEMAS}
DEPLOYMENT = VALIDATORS["deployment"]
FOLDER = Path("src/exum_routing/interchange/schema")
CASES = [*read_cases(Path("vectors")), *read_cases(Path("vectors/questions"))]


def faults(name: str, answer: object) -> list[str]:
    """What a schema has against an answer, which has to be JSON."""
    return [error.message for error in VALIDATORS[name].iter_errors(json.loads(json.dumps(answer)))]


def objects(part: object) -> Iterator[dict[str, Any]]:
    """Every description of an object with its keys in a schema."""
    if isinstance(part, dict) and part.get("type") == "object" and part != {"type": "object"}:
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from objects(inner)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_is_one(kind: str) -> None:
    """Each file is itself a schema by its draft."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_no_object_has_other_keys(kind: str) -> None:
    """Every object of a schema is closed; the keys of one with a decision for each reading are listed."""
    for part in objects(SCHEMAS[kind]):
        assert part["additionalProperties"] is False or "propertyNames" in part


def test_every_file_has_a_name() -> None:
    """The names are those of the files, and nothing else is offered."""
    assert sorted(path.name for path in FOLDER.glob("*.json")) == [f"{name}.schema.json" for name in NAMES]
    with pytest.raises(InvalidValue, match="'route' is not the name of a schema: use one of call-change, change, contested"):
        schema("route")


def test_schema_is_a_new_object() -> None:
    """What is done to a schema is not done to the next one."""
    schema("decision").clear()
    assert schema("decision") == SCHEMAS["decision"]


@pytest.mark.parametrize("path", sorted(Path("examples").rglob("deployment.json")), ids=lambda path: path.parent.name)
def test_examples_follow_the_schema(path: Path) -> None:
    """Every example document is valid by the schema."""
    assert list(DEPLOYMENT.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


@given(deployments())
def test_written_deployments_follow_the_schema(deployment: Deployment) -> None:
    """Whatever is written is valid by the schema."""
    assert list(DEPLOYMENT.iter_errors(json.loads(written(deployment)))) == []


@given(subjects_in_deployments(), readings())
def test_decisions_follow_the_schema(pair: tuple[User | UmContact, Deployment], reading: Reading) -> None:
    """Whatever is decided, its JSON is valid by the schema."""
    subject, deployment = pair
    decision = route(subject, deployment, reading=reading)
    assert faults("decision", decision_to_json(subject, decision)) == []


@given(subjects_in_deployments(), readings())
def test_explanations_follow_the_schema(pair: tuple[User | UmContact, Deployment], reading: Reading) -> None:
    """What is explained and what is contested is valid by the schema."""
    subject, deployment = pair
    assert faults("explanation", explanation_to_json(subject, explain(subject, deployment, reading=reading))) == []
    for one in contested(subject, deployment):
        assert faults("contested", contested_to_json(subject, one)) == []


@given(deployments(), readings())
def test_findings_follow_the_schema(deployment: Deployment, reading: Reading) -> None:
    """Every finding of the audit is valid by the schema."""
    for finding in audit(deployment, reading=reading):
        assert faults("finding", finding_to_json(finding)) == []


@given(deployments(), deployments(max_users=1))
def test_changes_follow_the_schema(deployment: Deployment, other: Deployment) -> None:
    """Every route change, to another deployment or to one without policies, is valid by the schema."""
    without = attrs.evolve(deployment, policies=[a_policy(destination=None, organizations=())])
    for before, after in ((deployment, other), (deployment, without), (without, deployment)):
        for change in route_changes(before, after):
            assert faults("change", change_to_json(change, before, after)) == []


@given(subjects_in_deployments(), st.data())
def test_traces_follow_the_schema(pair: tuple[User | UmContact, Deployment], data: st.DataObject) -> None:
    """The whole way of any call is valid by the schema."""
    subject, deployment = pair
    invite = data.draw(invites(callee=st.just(str(subject.sip_address))) | invites())
    trace = trace_call(invite, deployment, data.draw(circumstances()), answered=data.draw(st.booleans()))
    assert faults("trace", trace_to_json(trace)) == []


@given(deployments(max_users=3))
def test_plans_and_rehearsals_follow_the_schema(deployment: Deployment) -> None:
    """Every step that leads to any policies is valid by the schema, and so is the rehearsal of them all."""
    before = attrs.evolve(deployment, policies=[a_policy(destination=None, organizations=())])
    with contextlib.suppress(TargetUnreachable):
        interrupted = Interruption("sip:alice@contoso.com", 0, 1)
        steps = [planned_to_json(step, [interrupted]) for step in plan(before, deployment, ou="OU=Contacts,DC=contoso,DC=com")]
        assert [found for step in steps for found in faults("plan-step", step)] == []
        script = "\n".join([*(step["Command"] for step in steps), *LISTED, "Set-CsUser nobody@contoso.com -HostedVoiceMail 1"])
        rehearsal = rehearsal_to_json(rehearse(read_script(script), before))
        assert faults("rehearsal", rehearsal) == []


LISTED = [
    "Get-CsUser",
    "Get-CsExUmContact",
    "Get-CsHostedVoicemailPolicy",
    "Get-CsHostingProvider",
    "Get-CsAccessEdgeConfiguration",
]
"""Cmdlets that print objects of every kind."""


@pytest.mark.parametrize(
    ("name", "path", "members"),
    [
        ("trace", "$defs Hop enum", [hop.value for hop in Hop]),
        ("trace", "$defs Refused properties Reason enum", [reason.value for reason in REFUSALS]),
        ("trace", "$defs Refused properties EdgeFaults items enum", [fault.value for fault in EdgeFault]),
        ("trace", "$defs HandedOver properties Home enum", [home.value for home in MailboxHome]),
        ("finding", "properties Severity enum", [severity.value for severity in Severity]),
        ("change", "properties Changed items enum", [what.value for what in WhatChanged]),
        ("contested", "properties Field enum", [reading_key(field) for _, field, _ in OPEN_CLAUSES]),
        (
            "contested",
            "properties Outcomes propertyNames enum",
            list(dict.fromkeys(choice.value for _, _, choices in OPEN_CLAUSES for choice in choices)),
        ),
        ("explanation", "properties Candidates items properties Standing enum", [standing.value for standing in Standing]),
        ("decision", "$defs NotRouted properties Reason enum", [reason.value for reason in NotRoutedReason]),
    ],
)
def test_closed_sets_are_the_models(name: str, path: str, members: list[str]) -> None:
    """What a schema lists is what the library can answer, in its order."""
    found: Any = SCHEMAS[name]
    for key in path.split():
        found = found[key]
    assert found == members


@pytest.mark.parametrize(
    "case", [*read_cases(Path("vectors")), *read_cases(Path("vectors/questions"))], ids=lambda case: case.file
)
def test_answers_of_the_vectors_follow_the_schema(case: Case) -> None:
    """Decisions, route changes and calls of the vectors are valid by the schemas."""
    answer = case.answer
    for decision in [answer[key] for key in ("Decision",) if key in answer] + answer.get("Decisions", []):
        assert faults("decision", decision) == []
    for change in answer.get("RouteChanges", []):
        assert faults("change", change) == []
    if "Hops" in answer:
        assert faults("trace", {"Sent": case.request["Invite"]} | answer) == []


def test_schema_names_every_key() -> None:
    """The schema's objects have exactly the keys that are read."""
    expected = {model.__name__: set(keys.values()) for model, keys in KEYS.items()}
    expected[_REPLICA] = {_REPLICA_FQDN, _EDGE, _PROVIDERS}
    objects = {name: set(part["properties"]) for name, part in SCHEMAS["deployment"]["$defs"].items() if "properties" in part}
    assert expected == objects
    assert {*_SINGLE, *_ARRAYS} == set(SCHEMAS["deployment"]["properties"])


@pytest.mark.parametrize(
    "document",
    [
        {"Usrs": []},
        {"Users": [{}]},
        {"Users": [{"SipAddress": "a b@contoso.com"}]},
        {"Users": [{"SipAddress": "a@contoso.com\n"}]},
        {"Users": [{"SipAddress": "a@contoso.com", "DisplayName": "A\nB"}]},
        {"Users": [{"SipAddress": "a@contoso.com", "msExchUCVoiceMailSettings": "CsHostedVoiceMail=1"}]},
        {"Pools": [{"Identity": "p..q", "Site": "A"}]},
        {"UmDialPlans": [{"PhoneContext": "dp", "UmServers": [{"Fqdn": "u", "MajorVersion": 64}]}]},
        {"UmContacts": [{"SipAddress": "a@contoso.com", "DisplayNumber": "012"}]},
        {"HostingProviders": [{"Identity": "A", "ProxyFqdn": "p", "VerificationLevel": "Always"}]},
        {"HostedUmServices": [{"Tenants": []}]},
        {"HostedUmServices": [{"Fqdn": "um", "Tenants": [{}]}]},
        {"HostedUmServices": [{"Fqdn": "um", "Tenants": [{"Organization": "a.com, b.com"}]}]},
        {"HostedUmServices": [{"Fqdn": "um", "Tenants": [{"Organization": "a.com", "EnableTranscription": "True"}]}]},
        {"HostedUmServices": [{"Fqdn": "um", "Tenants": [{"Organization": "a.com", "Mailboxes": [{"Home": "Online"}]}]}]},
        {
            "HostedUmServices": [
                {"Fqdn": "u", "Tenants": [{"Organization": "a", "Mailboxes": [{"SipAddress": "a@b", "Home": 1}]}]}
            ]
        },
        {"EdgeReplica": []},
        {"EdgeReplica": {"Fqdn": "edge.contoso.com"}},
        {"EdgeReplica": {"HostingProviders": []}},
        {"EdgeReplica": {"HostingProviders": [], "AccessEdgeConfiguration": None}},
        {"EdgeReplica": {"AccessEdgeConfiguration": {}, "HostingProviders": [{"Identity": "A"}]}},
        {"AvEdgeGruu": "av.contoso.com"},
        {"AvEdgeGruu": "sip:av@contoso.com;gruu\n"},
    ],
    ids=json.dumps,
)
def test_schema_and_reader_refuse_alike(document: dict[str, Any]) -> None:
    """What the schema can say, it refuses where the reader does."""
    with pytest.raises(ValidationError):
        DEPLOYMENT.validate(document)
    with pytest.raises(DocumentError):
        read_deployment(json.dumps(document))


@pytest.mark.parametrize(
    "document",
    [
        {"EdgeReplica": None, "AvEdgeGruu": None, "HostedUmServices": None},
        {"EdgeReplica": {}},
        {"EdgeReplica": {"ReplicaFqdn": None, "AccessEdgeConfiguration": None, "HostingProviders": None}},
        {"EdgeReplica": {"ReplicaFqdn": "edge.contoso.com", "AccessEdgeConfiguration": {}}},
        {"EdgeReplica": {"AccessEdgeConfiguration": {}, "HostingProviders": [{"Identity": "A", "ProxyFqdn": "p"}]}},
        {"HostedUmServices": [{"Fqdn": "um", "Tenants": [{"Organization": "a.com", "Mailboxes": [{"SipAddress": "a@b"}]}]}]},
        {
            "HostedUmServices": [
                {"Fqdn": "um", "Tenants": None},
                {"Fqdn": "u", "Tenants": [{"Organization": "a", "Mailboxes": None}]},
            ]
        },
        {"AvEdgeGruu": "sips:av:x@contoso.com:5061;gruu;opaque=srvr:MRAS?a=b"},
    ],
    ids=json.dumps,
)
def test_schema_and_reader_accept_alike(document: dict[str, Any]) -> None:
    """What the schema takes of the parts that may be left out, the reader takes."""
    DEPLOYMENT.validate(document)
    assert isinstance(read_deployment(json.dumps(document)), Deployment)


def test_answers_and_schemas_need_no_extra() -> None:
    """Where only attrs is installed, every answer and schema is there."""
    code = (
        "import sys; sys.modules |= dict.fromkeys(('cattrs', 'sipmessage', 'tree_sitter', 'tree_sitter_powershell', 'click'));"
        "import exum_routing.interchange.answers, exum_routing.interchange.schema as room; print(len(room.SCHEMAS))"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert finished.stdout.split() == [str(len(NAMES))]
