"""The command ``diff``."""

import json

import click

from exum_routing.call import call_changes
from exum_routing.cli.changes import changes_text
from exum_routing.cli.documents import SKIP_INVALID, read_both
from exum_routing.cli.output import print_text
from exum_routing.cli.terminal import JSON, READING, VERBOSE, progress
from exum_routing.interchange.answers import call_change_to_json, change_to_json
from exum_routing.reading import Reading
from exum_routing.routing import route_changes

_BEFORE = click.argument("before", metavar="BEFORE")


_AFTER = click.argument("after", metavar="AFTER")


@click.command("diff")
@_BEFORE
@_AFTER
@VERBOSE
@SKIP_INVALID
@JSON
@READING
def diff_command(before: str, after: str, *, verbose: bool, as_json: bool, reading: Reading) -> None:
    """Whose calls end or are routed in another way in the second of two deployments, grouped by what changed."""
    was, now = read_both(before, after)
    with progress("comparing routes and calls"):
        changes, calls = route_changes(was, now, reading=reading), call_changes(was, now, reading=reading)
    if as_json:
        found = [*map(call_change_to_json, calls), *(change_to_json(change, was, now) for change in changes)]
        print_text("\n".join(map(json.dumps, found)), nl=bool(found))
    else:
        print_text(changes_text(calls, changes, verbose=verbose))
