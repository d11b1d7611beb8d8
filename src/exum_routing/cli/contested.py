"""The command ``contested``."""

import json

import click

from exum_routing.cli.documents import SKIP_INVALID, read
from exum_routing.cli.output import print_text
from exum_routing.cli.terminal import FILE, JSON, VERBOSE, progress
from exum_routing.interchange.answers import contested_to_json, contested_to_text
from exum_routing.routing import contested


@click.command("contested")
@FILE
@VERBOSE
@SKIP_INVALID
@JSON
def contested_command(file: str, *, verbose: bool, as_json: bool) -> None:
    """The open clauses of the source on which routes depend: what each reading gives, and whose routes they are."""
    deployment = read(file)
    with progress("reading every clause in every way"):
        found = [(subject, one) for subject in deployment.subjects for one in contested(subject, deployment)]
    if as_json:
        print_text("\n".join(json.dumps(contested_to_json(*one)) for one in found), nl=bool(found))
    else:
        print_text(contested_to_text(found, verbose=verbose))
