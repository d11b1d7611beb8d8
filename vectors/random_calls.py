"""Random calls for compare.py: the library's own strategies, and INVITEs with random damage."""

import json
import random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from exum_routing.call import Circumstances
from exum_routing.deployment import Deployment
from exum_routing.interchange.answers import reading_to_json
from exum_routing.interchange.document import write_deployment
from exum_routing.sip import Invite
from exum_routing.testing.strategies import circumstances, deployments, invites

EVERY_CHECK = list(HealthCheck)
SPOILERS: list[str] = [
    *'<>";,=?@:\\[]%&',
    "\t",
    " ",
    "\n",
    "\x00",
    "\x7f",
    "é",
    "%zz",
    "sips:",
    "f",
    ";opaque=app:voicemail",
    ";user=Phone",
]


def to_json(sent: Invite, deployment: Deployment, met: Circumstances, *, answered: bool) -> dict[str, Any]:
    """The call as a request."""
    body = {"Body": sent.body.decode("latin-1")} if sent.body else {}
    layout = met.layout
    return {
        "Ask": "TraceCall",
        "Deployment": json.loads(write_deployment(deployment)),
        "Invite": {"RequestUri": str(sent.request_uri), "Headers": [[name, value] for name, value in sent.headers], **body},
        "Answered": answered,
        "Turn": met.turn,
        "Unreachable": sorted(met.unreachable),
        "ServersTried": met.servers_tried,
        "Reading": reading_to_json(met.reading),
        "Layout": {"Server": layout.server, "Organization": layout.organization, "PhoneContext": layout.phone_context},
    }


def spoiled(rng: random.Random, request: dict[str, Any]) -> dict[str, Any]:
    """The call with characters put into a URI or header, or with a header doubled or removed."""
    invite: dict[str, Any] = json.loads(json.dumps(request["Invite"]))
    headers: list[list[str]] = invite["Headers"]
    header = rng.choice(headers)

    def inserted(text: str) -> str:
        at, spoiler = rng.randint(0, len(text)), rng.choice(SPOILERS)
        return text[:at] + spoiler + text[at + rng.randint(0, 1) :]

    match rng.randint(0, 9):
        case 0:
            invite["RequestUri"] = inserted(invite["RequestUri"])
        case 1:
            header[0] = inserted(header[0])
        case 2:
            headers.remove(header)
        case 3:
            headers.append(list(header))
        case _:
            header[1] = inserted(header[1])
    return request | {"Invite": invite}


def random_calls(count: int, number: int) -> list[dict[str, Any]]:
    """So many random calls, each as it was drawn and spoiled; the number is the seed."""
    rng = random.Random(number)  # noqa: S311 - no secret is made
    calls: list[dict[str, Any]] = []

    @seed(number)
    @settings(
        max_examples=count, database=None, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data(), deployments(min_users=1), circumstances(), st.booleans())
    def draw(data: st.DataObject, deployment: Deployment, met: Circumstances, answered: bool) -> None:
        addresses = st.sampled_from(
            [*(user.sip_address for user in deployment.users), *(one.sip_address for one in deployment.contacts)]
        )
        sent = data.draw(st.one_of(invites(callee=addresses), invites(callee=addresses, caller=addresses), invites()))
        request = to_json(sent, deployment, met, answered=answered)
        calls.extend([request, spoiled(rng, request)])

    draw()
    return calls
