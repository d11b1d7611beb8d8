"""The command ``audit``."""

import json
from collections.abc import Iterator
from typing import Final

import click

from exum_routing.audit import Finding, Severity, audit, not_looked_at
from exum_routing.cli.documents import SKIP_INVALID, left_out_accounts, read
from exum_routing.cli.output import print_text
from exum_routing.cli.terminal import FILE, JSON, READING, VERBOSE, progress
from exum_routing.interchange.answers import audit_to_text, finding_to_json
from exum_routing.reading import Reading

_SEVERITIES: Final = tuple(Severity.__members__)


def _at_least(finding: Finding, severity: str) -> bool:
    return _SEVERITIES.index(finding.severity.name) <= _SEVERITIES.index(severity.upper())


@click.command("audit")
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
@VERBOSE
@SKIP_INVALID
@JSON
@READING
def audit_command(  # noqa: PLR0913 - an argument for every option
    file: str, *, severity: str, fail_on: str | None, verbose: bool, as_json: bool, reading: Reading
) -> None:
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
        print_text(audit_to_text(shown, unseen, counted_findings=findings, verbose=verbose))
    if fail_on is not None and any(_at_least(finding, fail_on) for finding in findings):
        raise SystemExit(1)


def _left_out() -> Iterator[str]:
    number = len(left_out_accounts())
    if number:
        yield f"{number:,} {'account' if number == 1 else 'accounts'} left out because of their own values"
