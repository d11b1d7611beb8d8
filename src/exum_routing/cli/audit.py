"""The command ``audit``."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

import click

from exum_routing.audit import Finding, Severity, audit, not_looked_at, summary
from exum_routing.cli.documents import SKIP_INVALID, left_out_accounts, read
from exum_routing.cli.terminal import FILE, JSON, READING, print_text, progress
from exum_routing.interchange.answers import finding_to_json
from exum_routing.reading import Reading

_SHOWN: Final = 5
"""Subjects of a finding, and lines of its remedy, that people are shown; --json has them all."""


_SEVERITIES: Final = tuple(Severity.__members__)


def _at_least(finding: Finding, severity: str) -> bool:
    return _SEVERITIES.index(finding.severity.name) <= _SEVERITIES.index(severity.upper())


@click.command("audit", short_help="What is wrong with a deployment")
@FILE
@click.option(
    "--severity",
    type=click.Choice(_SEVERITIES, case_sensitive=False),
    default="NOTE",
    show_default=True,
    help="Print findings of this severity and worse.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES, case_sensitive=False),
    help="End with exit code 1 if there is a finding of this severity or worse.",
)
@SKIP_INVALID
@JSON
@READING
def audit_command(file: str, *, severity: str, fail_on: str | None, as_json: bool, reading: Reading) -> None:
    """What is wrong with a deployment: who is affected, why, and the cmdlets that fix it."""
    deployment = read(file)
    with progress("auditing the deployment"):
        findings = audit(deployment, reading=reading)
    shown = [finding for finding in findings if _at_least(finding, severity)]
    unseen = (*_left_out(), *not_looked_at(deployment))
    if as_json:
        last = {"Summary": {one.value: sum(found.severity is one for found in findings) for one in Severity}}
        print_text("\n".join(json.dumps(one) for one in (*map(finding_to_json, shown), last | {"NotLookedAt": unseen})))
    else:
        print_text("\n".join([*(line for finding in shown for line in _finding_lines(finding)), *_end(findings, unseen)]))
    if fail_on is not None and any(_at_least(finding, fail_on) for finding in findings):
        raise SystemExit(1)


def _left_out() -> Iterator[str]:
    number = len(left_out_accounts())
    if number:
        yield f"{number:,} {'account' if number == 1 else 'accounts'} left out because of their own values"


def _end(findings: Sequence[Finding], unseen: Sequence[str]) -> Iterator[str]:
    """The findings counted, and what was not looked at."""
    yield f"{summary(findings)}."
    yield "Not looked at:"
    yield from textwrap.wrap("; ".join(unseen) + ".", 100, initial_indent="  ", subsequent_indent="  ")


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity.value} {finding.rule} ({finding.clause})"
    yield f"  {finding.sentence}"
    yield from _some(f"{len(finding.subjects)} affected", list(map(str, finding.subjects)), ", ")
    yield from _some("to fix it", list(finding.remedies()), "\n    ")


def _some(heading: str, items: list[str], between: str) -> Iterator[str]:
    """The first of some items; none: nothing."""
    if items:
        more = f"{between}and {len(items) - _SHOWN} more (--json has them all)" if len(items) > _SHOWN else ""
        space = "\n    " if "\n" in between else " "
        yield f"  {heading}:{space}{between.join(items[:_SHOWN])}{more}"
