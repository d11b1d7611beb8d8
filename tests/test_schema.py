"""The JSON Schemas say what the library reads and writes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError

from exum_routing import Deployment, Reading, UmContact, User, route
from exum_routing.interchange import DocumentError
from exum_routing.interchange.answers import decision_to_json
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
from exum_routing.testing.strategies import deployments, readings, subjects_in_deployments

SCHEMAS = {
    kind: json.loads(Path(f"src/exum_routing/interchange/schema/{kind}.schema.json").read_text(encoding="utf-8"))
    for kind in ("deployment", "decision", "explanation")
}
DEPLOYMENT, DECISION = Draft202012Validator(SCHEMAS["deployment"]), Draft202012Validator(SCHEMAS["decision"])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_is_one(kind: str) -> None:
    """Each file is itself a schema by its draft."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


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
    assert list(DECISION.iter_errors(decision_to_json(subject, decision))) == []


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
