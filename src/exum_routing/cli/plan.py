"""The command ``plan``."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import click

from exum_routing.cli.documents import SKIP_INVALID, read_both
from exum_routing.cli.output import print_text, refuse
from exum_routing.cli.terminal import JSON, choices, cmdlet_reading_fields, progress, readings_help
from exum_routing.cmdlets import CmdletCall
from exum_routing.errors import InvalidValue
from exum_routing.interchange.answers import planned_to_json
from exum_routing.planning import Interruption, TargetUnreachable, interruptions, plan, plan_script
from exum_routing.reading import CmdletReading


def _cmdlet_reading(_context: click.Context, _parameter: click.Parameter, given: Iterable[str]) -> CmdletReading:
    return CmdletReading(**choices(given, cmdlet_reading_fields()))


@click.command("plan")
@click.argument("current", metavar="CURRENT")
@click.argument("target", metavar="TARGET")
@SKIP_INVALID
@JSON
@click.option(
    "--ou",
    metavar="DN",
    help="The organizational unit in which contact objects are made, as OU=Contacts,DC=contoso,DC=com; New-CsExUmContact needs "
    "it.",
)
@click.option(
    "--reading",
    metavar="FIELD=READING",
    multiple=True,
    callback=_cmdlet_reading,
    help=readings_help(
        "Read what the source leaves open about Set-CsUser in another way; may be repeated:", cmdlet_reading_fields()
    ),
)
def plan_command(current: str, target: str, *, ou: str | None, as_json: bool, reading: CmdletReading) -> None:
    """The cmdlets that lead from one deployment to another, as a PowerShell script in an order in which none is refused.

    Before a step after which calls fail for a while, a comment says whose, and until when.
    """
    was, wanted = read_both(current, target)
    try:
        with progress("planning"):
            steps = plan(was, wanted, ou=ou, reading=reading)
            interrupted = interruptions(was, steps, reading=reading)
    except TargetUnreachable as error:
        refuse(target, error.reasons)
    except InvalidValue as error:
        raise click.BadParameter(str(error), param_hint="--ou") from error
    if as_json:
        found = [json.dumps(planned_to_json(step, beginning)) for step, beginning in _with_interruptions(steps, interrupted)]
        print_text("\n".join(found), nl=bool(found))
    else:
        print_text(plan_script(steps, interrupted).rstrip("\n"))


def _with_interruptions(
    steps: Iterable[CmdletCall], interrupted: Iterable[Interruption]
) -> Iterator[tuple[CmdletCall, list[Interruption]]]:
    """Each step with the interruptions that begin with it."""
    beginning: dict[int, list[Interruption]] = defaultdict(list)
    for one in interrupted:
        beginning[one.begins].append(one)
    return ((step, beginning[number]) for number, step in enumerate(steps))
