"""A rehearsal as JSON."""

from typing import Any

from exum_routing.call import call_changes
from exum_routing.deployment import HostingProvider
from exum_routing.interchange.answers import call_change_to_json, change_to_json
from exum_routing.interchange.document import KEYS, object_to_json
from exum_routing.interchange.powershell import Number
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.rehearsal.evaluation import Selected
from exum_routing.rehearsal.steps import Rehearsal, Step
from exum_routing.routing import route_changes


def step_to_json(step: Step) -> dict[str, Any]:
    """What one command did, as one JSON object; what there is none of is left out.

    Clauses: CMD-13
    """
    found: dict[str, Any] = {
        "Output": [_shown(one) for one in step.output],
        "Lines": list(step.lines),
        "Warnings": list(step.warnings),
        "Refused": None if step.refusal is None else str(step.refusal),
        "NotKnown": list(step.not_known),
        "RunsElsewhere": step.elsewhere,
        "Aside": step.aside,
        "DependsOn": list(step.depends_on),
        "Silenced": step.silenced,
        "NotModelled": list(step.not_modelled),
    }
    return {"Line": step.line, "Command": step.command, **{key: value for key, value in found.items() if value}}


def _shown(value: Any) -> object:  # noqa: ANN401 - whatever was printed
    if isinstance(value, Number):
        return value.value
    if isinstance(value, tuple):
        return [_shown(one) for one in value]
    if isinstance(value, Selected):
        return {name: _shown(one) for name, one in value.properties}
    return value if isinstance(value, str | bool | None) else _whole(value)


def _whole(value: Any) -> dict[str, Any]:  # noqa: ANN401 - an object that a cmdlet printed
    """An object as the document has it, with every flag that is False: one tells it from what is not known."""
    keys = KEYS.get(type(value), {})
    off = {key: False for field, key in keys.items() if getattr(value, field) is False}
    level = {"VerificationLevel": value.verification_level.value} if isinstance(value, HostingProvider) else {}
    known = object_to_json(value) | off | level
    return {key: known[key] for key in (*keys.values(), *known) if key in known}


def rehearsal_to_json(rehearsal: Rehearsal, *, reading: Reading = DEFAULT_READING) -> dict[str, Any]:
    """A whole rehearsal as one JSON object: every step, whether it stopped, and whose calls change.

    Clauses: CMD-13, ROUTE-10
    """
    before, after = rehearsal.before, rehearsal.after
    return {
        "Steps": [step_to_json(step) for step in rehearsal.steps],
        "Stopped": rehearsal.stopped,
        "CallChanges": [call_change_to_json(change) for change in call_changes(before, after, reading=reading)],
        "RouteChanges": [change_to_json(change, before, after) for change in route_changes(before, after, reading=reading)],
    }
