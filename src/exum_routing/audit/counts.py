"""How many findings of each severity there are, in words."""

from collections import Counter
from collections.abc import Iterable

from exum_routing.arguments import names_wrong_types
from exum_routing.audit.rules import Finding, Severity


@names_wrong_types
def summary(findings: Iterable[Finding]) -> str:
    """The findings counted, errors first.

    Clauses: POL-11

    >>> summary(())
    '0 errors, 0 warnings, 0 notes'
    """
    count = Counter(finding.severity for finding in findings)
    return ", ".join(f"{count[one]} {one.value.lower()}{'' if count[one] == 1 else 's'}" for one in Severity)
