"""From a symptom to its causes: which the document rules out, which it shows, which to check by hand."""

from exum_routing.diagnosis.cause import Cause
from exum_routing.diagnosis.causes import CAUSES
from exum_routing.diagnosis.diagnosis import Diagnosis, Judgement, diagnose
from exum_routing.diagnosis.evidence import Verdict
from exum_routing.diagnosis.symptom import Symptom

__all__ = ["CAUSES", "Cause", "Diagnosis", "Judgement", "Symptom", "Verdict", "diagnose"]
