"""The command ``plan``."""

import json
from collections.abc import Iterable

import click

from exum_routing.cli.terminal import (
    JSON,
    choices,
    cmdlet_reading_fields,
    print_text,
    progress,
    read_both,
    readings_help,
    refuse,
)
from exum_routing.interchange.answers import planned_to_json
from exum_routing.planning import TargetUnreachable, plan, plan_script
from exum_routing.reading import CmdletReading


def _cmdlet_reading(_context: click.Context, _parameter: click.Parameter, given: Iterable[str]) -> CmdletReading:
    return CmdletReading(**choices(given, cmdlet_reading_fields()))


@click.command("plan", short_help="The cmdlets from one deployment to another")
@click.argument("current", metavar="CURRENT")
@click.argument("target", metavar="TARGET")
@JSON
@click.option(
    "--reading",
    metavar="FIELD=READING",
    multiple=True,
    callback=_cmdlet_reading,
    help=readings_help(
        "Read what the source leaves open about Set-CsUser in another way; may be repeated:", cmdlet_reading_fields()
    ),
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
        found = [json.dumps(planned_to_json(step)) for step in steps]
        print_text("\n".join(found), nl=bool(found))
    else:
        print_text(plan_script(steps).rstrip("\n"))
