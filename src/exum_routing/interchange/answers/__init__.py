"""Every answer of the library as JSON."""

from exum_routing.interchange.answers.change import change_to_json
from exum_routing.interchange.answers.decision import decision_to_json
from exum_routing.interchange.answers.finding import finding_to_json
from exum_routing.interchange.answers.reading import reading_from_json, reading_key, reading_to_json
from exum_routing.interchange.answers.trace import trace_to_json

__all__ = [
    "change_to_json",
    "decision_to_json",
    "finding_to_json",
    "reading_from_json",
    "reading_key",
    "reading_to_json",
    "trace_to_json",
]
