"""The commands about a deployment as a whole: ``audit``, ``contested``, ``diff`` and ``plan``."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

import click

from exum_routing.audit import Finding, Severity, audit
from exum_routing.cli.changes import change_lines
from exum_routing.cli.terminal import (
    FILE,
    JSON,
    READING,
    choices,
    cmdlet_reading_fields,
    print_text,
    progress,
    read,
    read_both,
    refuse,
)
from exum_routing.cmdlets import CmdletReading
from exum_routing.interchange.audit_json import finding_to_json
from exum_routing.interchange.change_json import change_to_json
from exum_routing.interchange.document import decision_to_json
from exum_routing.interchange.plan_script import command_line, plan_script
from exum_routing.planning import TargetUnreachable, plan, route_changes
from exum_routing.reading import Reading
from exum_routing.routing import contested

_SHOWN: Final = 5
"""Subjects of a finding, and lines of its remedy, that people are shown; --json has them all."""
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
@JSON
@READING
def audit_command(file: str, *, severity: str, fail_on: str | None, as_json: bool, reading: Reading) -> None:
    """What is wrong with a deployment: who is affected, why, and the cmdlets that mend it."""
    deployment = read(file)
    with progress("auditing the deployment"):
        findings = audit(deployment, reading=reading)
    shown = [finding for finding in findings if _at_least(finding, severity)]
    if as_json:
        click.echo("\n".join(json.dumps(finding_to_json(finding)) for finding in shown), nl=bool(shown))
    else:
        print_text("\n".join(line for finding in shown for line in _finding_lines(finding)) or "No findings.")
    if fail_on is not None and any(_at_least(finding, fail_on) for finding in findings):
        raise SystemExit(1)


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity.value} {finding.rule} ({finding.clause})"
    yield f"  {finding.sentence}"
    yield from _some(f"{len(finding.subjects)} affected", list(map(str, finding.subjects)), ", ")
    yield from _some("mend it by", list(finding.remedies()), "\n    ")


def _some(heading: str, items: list[str], between: str) -> Iterator[str]:
    """The first of some items; none: nothing."""
    if items:
        more = f"{between}and {len(items) - _SHOWN} more (--json has them all)" if len(items) > _SHOWN else ""
        space = "\n    " if "\n" in between else " "
        yield f"  {heading}:{space}{between.join(items[:_SHOWN])}{more}"


@click.command("contested")
@FILE
@JSON
def contested_command(file: str, *, as_json: bool) -> None:
    """The users whose route depends on a clause that the source leaves open, with the routes under each reading."""
    deployment = read(file)
    lines = []
    with progress("reading every clause in every way"):
        for subject in deployment.subjects:
            for one in contested(subject, deployment):
                outcomes = {
                    getattr(reading, one.field).value: decision_to_json(subject, decision) for reading, decision in one.outcomes
                }
                if as_json:
                    found = {"SipAddress": str(subject.sip_address), "Clause": one.clause, "Field": one.field}
                    lines.append(json.dumps(found | {"Outcomes": outcomes}))
                else:
                    lines.append(f"{subject.sip_address}: {one.clause}, {one.field}")
                    lines += [f"  {reading}: {_outcome(decision)}" for reading, decision in outcomes.items()]
    if as_json:
        click.echo("\n".join(lines), nl=bool(lines))
    else:
        print_text("\n".join(lines) or "No route depends on a clause that the source leaves open.")


def _outcome(decision: dict[str, object]) -> str:
    return f"{decision['Route']}, {decision.get('RequestUri') or decision['Reason']}"


_BEFORE = click.argument("before", metavar="BEFORE")
_AFTER = click.argument("after", metavar="AFTER")


@click.command("diff")
@_BEFORE
@_AFTER
@JSON
@READING
def diff_command(before: str, after: str, *, as_json: bool, reading: Reading) -> None:
    """The users whose route, policy, Request-URI or reason differs between two deployments, grouped by what changed."""
    was, now = read_both(before, after)
    with progress("comparing the routes"):
        changes = route_changes(was, now, reading=reading)
    if as_json:
        click.echo("\n".join(json.dumps(change_to_json(change, was, now)) for change in changes), nl=bool(changes))
    else:
        print_text("\n".join(change_lines(changes)))


def _cmdlet_reading(_context: click.Context, _parameter: click.Parameter, given: Iterable[str]) -> CmdletReading:
    return CmdletReading(**choices(given, cmdlet_reading_fields()))


@click.command("plan")
@click.argument("current", metavar="CURRENT")
@click.argument("target", metavar="TARGET")
@JSON
@click.option(
    "--reading",
    metavar="FIELD=READING",
    multiple=True,
    callback=_cmdlet_reading,
    help="Read what the source leaves open about Set-CsUser in another way; may be repeated. "
    + "; ".join(f"{field}={'|'.join(kind.__members__)}" for field, kind in cmdlet_reading_fields().items())
    + ".",
)
def plan_command(current: str, target: str, *, as_json: bool, reading: CmdletReading) -> None:
    """The cmdlets that lead from one deployment to another, as a PowerShell script in an order in which none is refused."""
    was, wanted = read_both(current, target)
    try:
        with progress("planning"):
            steps = plan(was, wanted, reading=reading)
    except TargetUnreachable as error:
        refuse(target, error.reasons)
    if as_json:
        found = [json.dumps({"Command": command_line(step), "Why": step.why}) for step in steps]
        click.echo("\n".join(found), nl=bool(found))
    else:
        print_text(plan_script(steps).rstrip("\n"))
