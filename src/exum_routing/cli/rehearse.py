"""The command ``rehearse``."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from exum_routing.call import call_changes
from exum_routing.cli.changes import changes_text
from exum_routing.cli.documents import SKIP_INVALID, left_out_accounts, read
from exum_routing.cli.files import write_whole
from exum_routing.cli.output import print_text, refuse
from exum_routing.cli.terminal import (
    FILE,
    JSON,
    VERBOSE,
    choices,
    cmdlet_reading_fields,
    progress,
    read_bytes,
    reading_fields,
    readings_help,
)
from exum_routing.interchange.document import write_deployment
from exum_routing.interchange.powershell import ScriptError, read_script
from exum_routing.reading import CmdletReading, Reading
from exum_routing.rehearsal import Rehearsal, ServerVersion, every_fault, rehearsal_to_json, rehearsal_to_text, rehearse
from exum_routing.routing import route_changes

_FIELDS = cmdlet_reading_fields() | reading_fields()


def _readings(_context: click.Context, _parameter: click.Parameter, given: Iterable[str]) -> tuple[CmdletReading, Reading]:
    chosen = choices(given, _FIELDS)
    of_cmdlets = {field: chosen.pop(field) for field in cmdlet_reading_fields() if field in chosen}
    return CmdletReading(**of_cmdlets), Reading(**chosen)


@click.command("rehearse")
@FILE
@click.argument("script", metavar="SCRIPT.ps1")
@click.option(
    "--server",
    type=click.Choice([one.value for one in ServerVersion]),
    help="The server's version; without it, a command that depends on it says so.",
)
@click.option("--stop", is_flag=True, help="Stop at the first command that is refused; PowerShell goes on.")
@click.option(
    "--write", "written", metavar="NEW.json", type=click.Path(path_type=Path), help="Save the deployment that results."
)
@VERBOSE
@SKIP_INVALID
@JSON
@click.option(
    "--reading",
    metavar="FIELD=READING",
    multiple=True,
    callback=_readings,
    help=readings_help(
        "Read what the source leaves open, of routes or of Set-CsUser, in another way; may be repeated:", _FIELDS
    ),
)
def rehearse_command(  # noqa: PLR0913 - an argument for every option
    file: str,
    script: str,
    *,
    server: str | None,
    stop: bool,
    written: Path | None,
    verbose: bool,
    as_json: bool,
    reading: tuple[CmdletReading, Reading],
) -> None:
    """What a PowerShell script of cmdlets would do: each command's result, then whose calls change.

    Nothing runs if the script holds anything that cannot be rehearsed. Exit code 1: a command was refused.
    """
    if file == script == "-":
        raise click.UsageError("standard input is one file only: give the deployment or the script by its name")
    deployment = read(file)
    if written is not None and left_out_accounts():
        refuse(str(written), ["is not written: the accounts that were left out would be lost; correct them first"])
    cmdlet_reading, routes = reading
    try:
        with progress("rehearsing the script"):
            rehearsal = rehearse(
                read_script(read_bytes(script)),
                deployment,
                reading=cmdlet_reading,
                stop=stop,
                server=None if server is None else ServerVersion(server),
            )
    except ScriptError as error:
        refuse(script, every_fault(error).faults)
    unwritten = None if written is None else _fault_of_saving(rehearsal, written)
    if as_json:
        print_text(json.dumps(rehearsal_to_json(rehearsal, reading=routes)))
    else:
        print_text(_text(rehearsal, routes, verbose=verbose))
    if unwritten is not None:
        refuse(str(written), [unwritten])
    if any(step.failed for step in rehearsal.steps):
        raise SystemExit(1)


def _fault_of_saving(rehearsal: Rehearsal, path: Path) -> str | None:
    """Why the deployment that results cannot be saved; None: it is saved."""
    try:
        write_whole(path, write_deployment(rehearsal.after))
    except OSError as error:
        return f"cannot be written ({error.strerror}): use another place"
    return None


def _text(rehearsal: Rehearsal, reading: Reading, *, verbose: bool) -> str:
    calls = call_changes(rehearsal.before, rehearsal.after, reading=reading)
    routes = route_changes(rehearsal.before, rehearsal.after, reading=reading)
    steps = rehearsal_to_text(rehearsal)
    return "\n".join([*([steps] if steps else []), "", changes_text(calls, routes, verbose=verbose)])
