"""The command ``explain``."""

import json

import click

from exum_routing.cli.documents import SKIP_INVALID, asked, read
from exum_routing.cli.output import print_text
from exum_routing.cli.terminal import FILE, JSON, READING
from exum_routing.interchange.answers import explanation_to_json, explanation_to_text
from exum_routing.reading import Reading
from exum_routing.routing import explain


@click.command("explain")
@FILE
@click.argument("address", metavar="ADDRESS")
@SKIP_INVALID
@JSON
@READING
def explain_command(file: str, address: str, *, as_json: bool, reading: Reading) -> None:
    """Why the voice mail calls of this SIP address go where they go."""
    deployment = read(file)
    (subject,) = asked(file, deployment, [address])
    explanation = explain(subject, deployment, reading=reading)
    if as_json:
        print_text(json.dumps(explanation_to_json(subject, explanation)))
        return
    print_text(explanation_to_text(subject, explanation))
