"""Evidence about the way to on-premises UM: the dial plan and its UM servers."""

from typing import Final

from exum_routing.deployment import UriType
from exum_routing.diagnosis.evidence import Evidence, Situation, ruled_out, shown, to_check

_NOT_GIVEN: Final = "The document does not give the UM dial plans."


def dial_plan_missing(situation: Situation) -> Evidence:
    """The dial plan that the UM proxy address names does not exist. Clauses: UM-6."""
    found = situation.on_premises()
    if isinstance(found, Evidence):
        return found
    if situation.deployment.dial_plans is None:
        return to_check(_NOT_GIVEN)
    if situation.deployment.dial_plan(found.phone_context) is None:
        return shown(f"The dial plan {found.phone_context} does not exist.")
    return ruled_out(f"The dial plan {found.phone_context} exists.")


def dial_plan_without_server(situation: Situation) -> Evidence:
    """The dial plan has no UM server that takes calls. Clauses: UM-2, UM-6."""
    found = situation.on_premises()
    if isinstance(found, Evidence):
        return found
    if situation.deployment.dial_plans is None:
        return to_check(_NOT_GIVEN)
    name = found.phone_context
    dial_plan = situation.deployment.dial_plan(name)
    if dial_plan is None:
        return ruled_out(f"The dial plan {name} does not exist.")
    if dial_plan.candidates:
        return ruled_out(f"Calls to dial plan {name} are tried at {', '.join(sorted(dial_plan.candidates))}.")
    if dial_plan.uri_type is not UriType.SIP_NAME:
        return shown(f"The dial plan {name} is of type {dial_plan.uri_type.value}, and only a SIP URI dial plan takes calls.")
    return shown(f"The dial plan {name} has no enabled UM server.")
