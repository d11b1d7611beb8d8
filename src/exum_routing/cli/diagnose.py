"""The command ``diagnose``."""

import json
from typing import Final

import click

from exum_routing.cli.documents import SKIP_INVALID, read
from exum_routing.cli.output import print_text
from exum_routing.cli.parties import account
from exum_routing.cli.terminal import FILE, JSON
from exum_routing.diagnosis import Symptom, diagnose
from exum_routing.interchange.answers import diagnosis_to_json, diagnosis_to_text

_SYMPTOMS: Final = tuple(symptom.value for symptom in Symptom)


@click.command("diagnose")
@FILE
@click.option(
    "--user",
    "address",
    required=True,
    metavar="ADDRESS",
    help="The SIP address that is called, or the number of a contact object.",
)
@click.option("--symptom", type=click.Choice(_SYMPTOMS, case_sensitive=False), required=True, help="What was seen or heard.")
@SKIP_INVALID
@JSON
def diagnose_command(file: str, address: str, *, symptom: str, as_json: bool) -> None:
    """What a symptom can come from: what FILE rules out, what it shows, and what to check by hand and how."""
    deployment = read(file)
    found = diagnose(deployment, account("--user", address, deployment).sip_address, Symptom(symptom))
    print_text(json.dumps(diagnosis_to_json(found)) if as_json else diagnosis_to_text(found))
