"""Every answer of the library as JSON, and a reading from JSON. None needs an extra.

Each is valid by the JSON Schema of its name in ``interchange.schema``. A rehearsal's JSON is in ``rehearsal``.
"""

from exum_routing.interchange.answers.call_change import call_change_to_json, call_changes_to_text
from exum_routing.interchange.answers.change import change_to_json, route_changes_to_text
from exum_routing.interchange.answers.contested import contested_to_json, contested_to_text
from exum_routing.interchange.answers.decision import decision_to_json, decision_to_text
from exum_routing.interchange.answers.diagnosis import diagnosis_to_json, diagnosis_to_text
from exum_routing.interchange.answers.explanation import explanation_to_json, explanation_to_text
from exum_routing.interchange.answers.finding import audit_to_text, finding_to_json
from exum_routing.interchange.answers.planned import planned_to_json
from exum_routing.interchange.answers.reading import reading_from_json, reading_key, reading_to_json
from exum_routing.interchange.answers.trace import outcome_to_text, trace_to_json, trace_to_text

__all__ = [
    "audit_to_text",
    "call_change_to_json",
    "call_changes_to_text",
    "change_to_json",
    "contested_to_json",
    "contested_to_text",
    "decision_to_json",
    "decision_to_text",
    "diagnosis_to_json",
    "diagnosis_to_text",
    "explanation_to_json",
    "explanation_to_text",
    "finding_to_json",
    "outcome_to_text",
    "planned_to_json",
    "reading_from_json",
    "reading_key",
    "reading_to_json",
    "route_changes_to_text",
    "trace_to_json",
    "trace_to_text",
]
