"""The command ``contested``."""

import json

import click

from exum_routing.cli.documents import SKIP_INVALID, read
from exum_routing.cli.terminal import FILE, JSON, print_text, progress
from exum_routing.interchange.answers import contested_to_json
from exum_routing.routing import contested


@click.command("contested", short_help="Routes that open clauses decide")
@FILE
@SKIP_INVALID
@JSON
def contested_command(file: str, *, as_json: bool) -> None:
    """The users whose route depends on a clause that the source leaves open, with the routes under each reading."""
    deployment = read(file)
    lines = []
    with progress("reading every clause in every way"):
        for subject in deployment.subjects:
            for one in contested(subject, deployment):
                found = contested_to_json(subject, one)
                if as_json:
                    lines.append(json.dumps(found))
                else:
                    lines.append(f"{subject.sip_address}: {one.clause}, {one.field}")
                    lines += [f"  {reading}: {_outcome(decision)}" for reading, decision in found["Outcomes"].items()]
    if as_json:
        print_text("\n".join(lines), nl=bool(lines))
    else:
        print_text("\n".join(lines) or "No route depends on a clause that the source leaves open.")


def _outcome(decision: dict[str, object]) -> str:
    return f"{decision['Route']}, {decision.get('RequestUri') or decision['Reason']}"
