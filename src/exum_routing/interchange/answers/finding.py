"""The findings of the audit as JSON, for machines."""

from typing import Any

from exum_routing.audit import Finding


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object: every subject, how many there are, and every cmdlet line, ready to run.

    >>> from exum_routing.audit import Severity
    >>> finding_to_json(Finding("partner-discovery", Severity.WARNING, ("AccessEdgeConfiguration",), "Why.", "EDGE-3"))["Count"]
    1
    """
    return {
        "Rule": finding.rule,
        "Severity": finding.severity.value,
        "Clause": finding.clause,
        "Sentence": finding.sentence,
        "Count": len(finding.subjects),
        "Subjects": [str(subject) for subject in finding.subjects],
        "Remedy": list(finding.remedies()),
    }
