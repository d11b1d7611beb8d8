"""The command ``diff``."""

import json

import click

from exum_routing.cli.changes import change_lines
from exum_routing.cli.terminal import JSON, READING, print_text, progress, read_both
from exum_routing.interchange.answers import change_to_json
from exum_routing.reading import Reading
from exum_routing.routing import route_changes

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
        print_text("\n".join(json.dumps(change_to_json(change, was, now)) for change in changes), nl=bool(changes))
    else:
        print_text("\n".join(change_lines(changes)))
