"""The command ``import``."""

import json
from pathlib import Path

import click

from exum_routing.cli.files import write_whole
from exum_routing.cli.output import print_text, refuse
from exum_routing.cli.sources import imported_of
from exum_routing.importing import (
    EXPORT_SCRIPT,
    Import,
    Weight,
    report_lines,
    report_to_json,
    summary_line,
)
from exum_routing.interchange.document import write_deployment


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--replica",
    "replica",
    metavar="FILE",
    multiple=True,
    help="What Get-CsHostingProvider and Get-CsAccessEdgeConfiguration -LocalStore give on the Edge Server; may be repeated.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Save the document here.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a gap, or something was left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, every note on a line.")
@click.option("--script", is_flag=True, help="Print the PowerShell and ldifde lines that make the exports, and stop.")
def import_command(  # noqa: PLR0913 - an argument for every option
    files: tuple[str, ...],
    *,
    replica: tuple[str, ...],
    output: Path | None,
    strict: bool,
    as_json: bool,
    script: bool,
) -> None:
    """Make a deployment document of exports: Export-Clixml, ConvertTo-Json, Export-Csv, LDIF, the topology, documents.

    A FILE may be a folder or a zip of exports. The report is on standard error: what was taken, what nobody gave, what was left
    out, and what was read in one of several ways.
    """
    if script:
        print_text(EXPORT_SCRIPT, nl=False)
        return
    if not files:
        raise click.UsageError("there is no FILE: give exports, or --script to see how to make them")
    imported = imported_of(files, replica)
    _report(imported, as_json=as_json)
    if not imported.taken:
        refuse("import", ["nothing was taken from any source: see the report above"])
    document = write_deployment(imported.deployment)
    if output is None:
        print_text(document, nl=False)
    else:
        _save(document, output)
    if strict and any(note.weight is not Weight.READ_AS for note in imported.notes):
        raise SystemExit(1)


def _report(imported: Import, *, as_json: bool) -> None:
    lines = map(json.dumps, report_to_json(imported)) if as_json else report_lines(imported)
    for line in lines:
        click.echo(line, err=True)
    if not as_json:
        click.echo(summary_line(imported), err=True)


def _save(document: str, path: Path) -> None:
    try:
        write_whole(path, document)
    except OSError as error:
        refuse(str(path), [f"cannot be written ({error.strerror}): give another place"])
