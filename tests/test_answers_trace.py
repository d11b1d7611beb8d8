"""A call's whole way as JSON."""

import json

import attrs
import pytest

from exum_routing import Deployment, HostedUmService, Mailbox, Tenant, UmContact, User
from exum_routing.call import Circumstances, trace_call
from exum_routing.deployment import AccessEdgeConfiguration, EdgeReplica
from exum_routing.interchange.answers import trace_to_json
from exum_routing.sip import Invite
from exum_routing.testing import a_policy, a_provider, a_user

SERVICE = HostedUmService(
    fqdn="exap.um.outlook.com",
    tenants=[Tenant(organization="corp.contoso.com", mailboxes=[Mailbox(sip_address="alice@contoso.com")])],
)


def deployment(*, service: bool = True) -> Deployment:
    """Hosted UM behind an Edge that lets calls cross; Alice, Zoe and an auto attendant."""
    return Deployment(
        users=(a_user("alice@contoso.com", hosted=True), User(sip_address="zoe@contoso.com")),
        contacts=(UmContact(sip_address="aa@contoso.com", display_number="+14255550100", auto_attendant=True),),
        policies=(a_policy("Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com",)),),
        providers=(a_provider(),),
        edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
        hosted_um_services=(SERVICE,) if service else (),
    )


def outcome(callee: str, *, service: bool = True, answered: bool = False, unreachable: tuple[str, ...] = ()) -> object:
    """How a call of Bob's ends, without the clauses."""
    invite = Invite.of_call("bob@fabrikam.com", callee)
    trace = trace_call(invite, deployment(service=service), Circumstances(unreachable=unreachable), answered=answered)
    found = trace_to_json(trace)
    assert json.loads(json.dumps(found)) == found
    del found["Outcome"]["Clauses"]
    return found["Outcome"]


HOSTED_UM = {"Hop": "Hosted UM", "Host": "exap.um.outlook.com", "Port": 5061, "Transport": "TLS"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            outcome("alice@contoso.com"),
            {
                "Outcome": "HandedOver",
                "NextHop": HOSTED_UM,
                "Organization": "corp.contoso.com",
                "Mailbox": "sip:alice@contoso.com",
                "Home": "Online",
                "Transcribed": True,
            },
        ),
        (outcome("aa@contoso.com"), {"Outcome": "HandedOver", "NextHop": HOSTED_UM, "Organization": "corp.contoso.com"}),
        (outcome("alice@contoso.com", service=False), {"Outcome": "HandedOver", "NextHop": HOSTED_UM}),
        (outcome("alice@contoso.com", answered=True), {"Outcome": "NotVoiceMail"}),
        (
            outcome("zoe@contoso.com"),
            {
                "Outcome": "Refused",
                "Hop": "Front End",
                "Reason": "NO_VOICE_MAIL",
                "Status": 480,
                "ReasonPhrase": "Temporarily Unavailable",
                "MsDiagnostics": None,
            },
        ),
    ],
    ids=lambda value: value.get("Outcome"),
)
def test_outcome(found: object, expected: object) -> None:
    """Every outcome has its own keys."""
    assert expected == found


def test_faults_of_the_edge() -> None:
    """A refusal at the Edge names every fault."""
    closed = attrs.evolve(deployment(), edge=None, edge_replica=EdgeReplica())
    found = trace_to_json(trace_call(Invite.of_call("bob@fabrikam.com", "alice@contoso.com"), closed))
    assert found["Outcome"]["EdgeFaults"] == ["NO_CONFIGURATION"]
    assert found["ToCaller"]["Status"] is None
    assert found["ToCaller"]["MsDiagnostics"].startswith("15030;")


def test_hops_and_body() -> None:
    """The INVITE stands as sent and as it left every hop, a body as a character for each octet."""
    sent = Invite(request_uri="sip:alice@contoso.com", headers=(("f", "<sip:b@h>"), ("t", "<sip:a@h>")), body=b"v=0\xff")
    found = trace_to_json(trace_call(sent, deployment()))
    assert found["Sent"] == {
        "RequestUri": "sip:alice@contoso.com",
        "Headers": [["f", "<sip:b@h>"], ["t", "<sip:a@h>"]],
        "Body": "v=0ÿ",
    }
    assert [(hop["Hop"], hop["NextHop"]["Hop"], hop["Invite"]["Body"]) for hop in found["Hops"]] == [
        ("Front End", "Edge", "v=0ÿ"),
        ("Edge", "Hosted UM", "v=0ÿ"),
    ]
