"""The findings of the audit as JSON, and as text: one screen, or all of it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from exum_routing.arguments import names_wrong_types
from exum_routing.audit import Finding, summary
from exum_routing.interchange.answers.layout import HOW, NAMED, SCREEN, WIDTH, counted, height, listed, wrapped

_HEADS: Final = 15
"""Findings that one screen names."""


@names_wrong_types
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


@names_wrong_types
def audit_to_text(
    findings: Sequence[Finding],
    unseen: Sequence[str],
    *,
    counted_findings: Sequence[Finding] | None = None,
    verbose: bool = False,
) -> str:
    """The findings of an audit for people, how many there are, and what was not looked at.

    One screen of at most 40 lines: the first findings in full, the others by name. ``verbose`` has all of them in full.

    Args:
        findings: The findings to show, the most severe first.
        unseen: What was not looked at.
        counted_findings: The findings to count; None: those that are shown.
        verbose: Whether everything is shown.

    >>> print(audit_to_text((), ("certificates",)))
    0 errors, 0 warnings, 0 notes.
    Not looked at:
      certificates.
    """
    tail = [
        f"{summary(findings if counted_findings is None else counted_findings)}.",
        "Not looked at:",
        *wrapped("; ".join(unseen) + ".", 2),
    ]
    if verbose:
        return "\n".join([*(line for one in findings for line in _finding(one, None)), *tail])
    return "\n".join([*_screen(findings, SCREEN - len(tail)), *tail])


def _screen(findings: Sequence[Finding], lines: int) -> Iterator[str]:
    """As many of the first findings in full as the lines allow that the names of the others leave; at least one."""
    room = lines - min(len(findings), _HEADS) - 1
    full = 0
    for number, finding in enumerate(findings):
        found = _finding(finding, NAMED)
        room -= height(found) - 1
        if number and room < 0:
            break
        full = number + 1
        yield from found
    others = findings[full:_HEADS]
    yield from (_head(one) + f": {counted(len(one.subjects), _noun(one))}" for one in others)
    hidden = len(findings) - full - len(others)
    if others:
        yield f"({f'and {hidden:,} more findings; ' if hidden else ''}--verbose explains each)"


def _noun(finding: Finding) -> str:
    return "account" if str(finding.subjects[0]).startswith("sip:") else "object"


def _head(finding: Finding) -> str:
    return f"{finding.severity.value} {finding.rule} ({finding.clause})"


def _finding(finding: Finding, most: int | None) -> list[str]:
    remedies = list(finding.remedies())
    lines = [_head(finding), *wrapped(finding.sentence, 2)]
    affected = f"{len(finding.subjects):,} affected: "
    subjects = listed(list(map(str, finding.subjects)), 4, most)
    lines += (
        [f"  {affected}{subjects[0].strip()}", *subjects[1:]]
        if len(affected) + len(subjects[0]) <= WIDTH
        else [
            f"  {affected.rstrip()}",
            *subjects,
        ]
    )
    if remedies:
        lines += ["  to fix it:", *(f"    {line}" for line in remedies[:most])]
        if most is not None and len(remedies) > most:
            lines.append(f"    and {len(remedies) - most:,} more ({HOW})")
    return lines
