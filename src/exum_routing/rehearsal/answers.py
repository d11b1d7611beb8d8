"""A rehearsal as JSON and as text."""

import json
from collections.abc import Iterator
from typing import Any

from exum_routing.arguments import names_wrong_types
from exum_routing.call import call_changes
from exum_routing.deployment import HostingProvider
from exum_routing.interchange.answers import call_change_to_json, change_to_json
from exum_routing.interchange.document import KEYS, object_to_json
from exum_routing.interchange.powershell import Number
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.rehearsal.evaluation import Selected
from exum_routing.rehearsal.steps import Rehearsal, Step
from exum_routing.routing import route_changes


@names_wrong_types
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


@names_wrong_types
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


@names_wrong_types
def rehearsal_to_text(rehearsal: Rehearsal) -> str:
    """What every command of a script did, for people; what changes of routes and calls has texts of its own.

    Clauses: CMD-13
    """
    return "\n".join([*map(step_to_text, rehearsal.steps), *(["Stopped here."] if rehearsal.stopped else [])])


@names_wrong_types
def step_to_text(step: Step) -> str:
    """What one command did, for people.

    Clauses: CMD-13
    """
    return "\n".join(_lines(step))


def _lines(step: Step) -> Iterator[str]:
    found = step_to_json(step)
    yield f"line {step.line}: {step.command}: {_outcome(step)}"
    yield from (f"  {json.dumps(one, ensure_ascii=False)}" for one in found.get("Output", ()))
    yield from (f"  {line}" for line in step.lines)
    yield from (f"  WARNING: {warning}" for warning in step.warnings)
    if step.refusal is not None:
        yield f"  {step.refusal}"
    if step.not_known:
        yield f"  not known: {', '.join(step.not_known)}"
    if step.not_modelled:
        yield f"  not modelled: {', '.join(f'-{name}' for name in step.not_modelled)}"


def _outcome(step: Step) -> str:
    if step.elsewhere:
        return f"runs {step.elsewhere}, not rehearsed"
    if step.aside:
        return f"not modelled, it {step.aside}"
    if step.depends_on:
        return f"done where the server has {', '.join(step.depends_on)} (reported absent from 2019 CU1 HF1 on; see --server)"
    return "done" if step.refusal is None else "refused, as the script expects" if step.silenced else "REFUSED"
