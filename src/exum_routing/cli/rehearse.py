"""The command ``rehearse``."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from exum_routing.call import call_changes
from exum_routing.cli.changes import call_lines, change_lines
from exum_routing.cli.documents import SKIP_INVALID, left_out_accounts, read
from exum_routing.cli.files import write_whole
from exum_routing.cli.terminal import (
    FILE,
    JSON,
    choices,
    cmdlet_reading_fields,
    print_text,
    progress,
    read_bytes,
    reading_fields,
    readings_help,
    refuse,
)
from exum_routing.interchange.document import write_deployment
from exum_routing.interchange.powershell import ScriptError, read_script
from exum_routing.reading import CmdletReading, Reading
from exum_routing.rehearsal import Rehearsal, ServerVersion, Step, rehearsal_to_json, rehearse, step_to_json
from exum_routing.routing import route_changes

_FIELDS = cmdlet_reading_fields() | reading_fields()


def _readings(_context: click.Context, _parameter: click.Parameter, given: Iterable[str]) -> tuple[CmdletReading, Reading]:
    chosen = choices(given, _FIELDS)
    of_cmdlets = {field: chosen.pop(field) for field in cmdlet_reading_fields() if field in chosen}
    return CmdletReading(**of_cmdlets), Reading(**chosen)


@click.command("rehearse", short_help="What a PowerShell script would do")
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
        refuse(script, error.faults)
    unwritten = None if written is None else _fault_of_saving(rehearsal, written)
    if as_json:
        print_text(json.dumps(rehearsal_to_json(rehearsal, reading=routes)))
    else:
        print_text("\n".join(_lines(rehearsal, routes)))
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


def _lines(rehearsal: Rehearsal, reading: Reading) -> Iterator[str]:
    for step in rehearsal.steps:
        yield from step_lines(step)
    if rehearsal.stopped:
        yield "Stopped here."
    yield ""
    yield from call_lines(call_changes(rehearsal.before, rehearsal.after, reading=reading))
    yield from change_lines(route_changes(rehearsal.before, rehearsal.after, reading=reading))


def _outcome(step: Step) -> str:
    if step.elsewhere:
        return f"runs {step.elsewhere}, not rehearsed"
    if step.aside:
        return f"not modelled, it {step.aside}"
    if step.depends_on:
        return f"done where the server has {', '.join(step.depends_on)} (reported absent from 2019 CU1 HF1 on; see --server)"
    return "done" if step.refusal is None else "refused, as the script expects" if step.silenced else "REFUSED"


def step_lines(step: Step) -> Iterator[str]:
    """A step as the terminal shows it."""
    found = step_to_json(step)
    yield f"line {step.line}: {step.command}: {_outcome(step)}"
    yield from (f"  {json.dumps(one, ensure_ascii=False)}" for one in found.get("Output", ()))
    yield from (f"  {line}" for line in step.lines)
    yield from (f"  WARNING: {warning}" for warning in step.warnings)
    if step.refusal is not None:
        yield f"  {step.refusal}"
    if step.not_known:
        yield f"  not known: {', '.join(step.not_known)}"
    if step.not_modelled:
        yield f"  not modelled: {', '.join(f'-{name}' for name in step.not_modelled)}"
