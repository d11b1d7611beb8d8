"""A rehearsal as JSON: the steps, whether it stopped, and whose route changes."""

import json
from typing import Any

import pytest

from exum_routing import Deployment, route
from exum_routing.errors import CmdletRefused
from exum_routing.interchange.answers import change_to_json, decision_to_json
from exum_routing.interchange.document import object_to_json
from exum_routing.interchange.powershell import Number, read_script
from exum_routing.reading import Reading, SeveralOrganizations
from exum_routing.rehearsal import Step, rehearsal_to_json, rehearse, step_to_json
from exum_routing.routing import route_changes
from exum_routing.testing import a_contact, a_deployment, a_policy, a_user

ALICE = a_user(hosted=True)
EMPTY = a_policy(destination=None, organizations=())


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step(3, "Set-CsUser 'Alice'"), {}),
        (Step(3, "Set-CsUser 'Alice'", lines=("What if: nothing is changed.",)), {"Lines": ["What if: nothing is changed."]}),
        (Step(3, "Set-CsUser 'Alice'", warnings=("a", "b")), {"Warnings": ["a", "b"]}),
        (Step(3, "Set-CsUser 'Alice'", refusal=CmdletRefused("x", "is wrong: give y")), {"Refused": "'x' is wrong: give y"}),
        (Step(3, "Set-CsUser 'Alice'", not_modelled=("LineURI",)), {"NotModelled": ["LineURI"]}),
        (Step(3, "Set-CsUser 'Alice'", (ALICE, EMPTY)), {"Output": [object_to_json(ALICE), {"Identity": "Global"}]}),
        (Step(3, "Set-CsUser 'Alice'", ("a", None, True)), {"Output": ["a", None, True]}),
        (Step(3, "Set-CsUser 'Alice'", (Number(7, "007"), ("a", ALICE))), {"Output": [7, ["a", object_to_json(ALICE)]]}),
    ],
)
def test_step_has_what_there_is(step: Step, expected: dict[str, Any]) -> None:
    """Line and command always; output, lines, warnings, refusal and parameters not modelled where there are any."""
    assert step_to_json(step) == {"Line": 3, "Command": "Set-CsUser 'Alice'"} | expected


def test_change_has_the_decision_before_and_after() -> None:
    """What changed by name, and both decisions as they are written elsewhere; null where the account is not there."""
    contact = a_contact()
    before = Deployment(users=[ALICE], policies=[EMPTY])
    after = Deployment(contacts=[contact], users=[ALICE], policies=[a_policy()])
    hosted, added = route_changes(before, after)
    assert change_to_json(hosted, before, after) == {
        "SipAddress": "sip:alice@contoso.com",
        "Changed": ["Route", "Reason", "Request-URI"],
        "Before": decision_to_json(ALICE, route(ALICE, before)),
        "After": decision_to_json(ALICE, route(ALICE, after)),
    }
    assert change_to_json(added, before, after) == {
        "SipAddress": "sip:aa@contoso.com",
        "Changed": ["Added"],
        "Before": None,
        "After": decision_to_json(contact, route(contact, after)),
    }
    _, removed = route_changes(after, before)
    assert change_to_json(removed, after, before)["After"] is None


def test_whole_rehearsal() -> None:
    """Steps in order, whether a refusal stopped the script, what changes of calls and routes; and it is JSON."""
    deployment = a_deployment(a_user(), policies=[EMPTY])
    script = read_script(
        "Set-CsHostedVoicemailPolicy -Destination um.contoso.com\nSet-CsUser alice@contoso.com -Host 1\nGet-CsUser x"
    )
    found = rehearsal_to_json(rehearse(script, deployment, stop=True))
    assert json.loads(json.dumps(found)) == found
    assert list(found) == ["Steps", "Stopped", "CallChanges", "RouteChanges"]
    assert [step["Line"] for step in found["Steps"]] == [1, 2, 3]
    assert found["Stopped"] is True
    (change,) = found["RouteChanges"]
    assert (change["Before"]["Route"], change["After"]["Route"]) == ("NotRouted", "HostedUm")
    (calls,) = found["CallChanges"]
    assert calls["Calls"]["Before"]["Reasons"] == ["NO_VOICE_MAIL"]
    nothing = {"Steps": [], "Stopped": False, "CallChanges": [], "RouteChanges": []}
    assert rehearsal_to_json(rehearse(read_script(""), deployment)) == nothing


def test_reading_is_that_of_the_routes() -> None:
    """A change that one reading does not see is not listed under it."""
    deployment = Deployment(users=[ALICE], policies=[a_policy(organizations=("a.contoso.com", "b.contoso.com"))])
    script = read_script("Set-CsHostedVoicemailPolicy -Organization 'a.contoso.com, c.contoso.com'")
    rehearsal = rehearse(script, deployment)
    assert len(rehearsal_to_json(rehearsal)["RouteChanges"]) == 1
    first = Reading(several_organizations=SeveralOrganizations.FIRST)
    assert rehearsal_to_json(rehearsal, reading=first)["RouteChanges"] == []
