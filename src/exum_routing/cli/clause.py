"""The command ``clause``."""

import json
import textwrap
from collections.abc import Sequence
from typing import Final

import click

from exum_routing.clauses import CLAUSES, Clause
from exum_routing.cli.output import print_text
from exum_routing.cli.terminal import JSON
from exum_routing.suggestion import nearest

_BY_ID: Final = {one.id: one for one in CLAUSES}


@click.command("clause")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@JSON
def clause_command(ids: Sequence[str], *, as_json: bool) -> None:
    """What clauses say, by their ids in any case, such as UM-6: the sentence, its basis and its source."""
    found = [_clause(one.upper()) for one in ids]
    if as_json:
        print_text("\n".join(json.dumps(_to_json(one)) for one in found))
        return
    print_text("\n".join(line for one in found for line in _lines(one)))


def _clause(id_: str) -> Clause:
    if id_ in _BY_ID:
        return _BY_ID[id_]
    near = nearest(id_, tuple(_BY_ID))
    hint = f"did you mean {near}" if near is not None else "docs/spec lists them"
    raise click.ClickException(f"{id_!r} is not the id of a clause: {hint}")


def _lines(one: Clause) -> list[str]:
    return [
        one.id,
        *textwrap.wrap(one.sentence, 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False),
        f"  Basis: {one.basis.value}. Source: {one.source}.",
    ]


def _to_json(one: Clause) -> dict[str, str]:
    return {"Id": one.id, "Sentence": one.sentence, "Basis": one.basis.value, "Source": one.source}
