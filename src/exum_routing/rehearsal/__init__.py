"""A script tried offline: checked whole, then run on a view of a deployment."""

from exum_routing.rehearsal.answers import rehearsal_to_json, rehearsal_to_text, step_to_json, step_to_text
from exum_routing.rehearsal.check import every_fault
from exum_routing.rehearsal.run import rehearse
from exum_routing.rehearsal.server import ServerVersion
from exum_routing.rehearsal.steps import Rehearsal, Step

__all__ = [
    "Rehearsal",
    "ServerVersion",
    "Step",
    "every_fault",
    "rehearsal_to_json",
    "rehearsal_to_text",
    "rehearse",
    "step_to_json",
    "step_to_text",
]
