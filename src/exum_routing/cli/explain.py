"""The command ``explain``."""

import json
from collections.abc import Iterator

import click

from exum_routing.cli.documents import SKIP_INVALID, asked, read
from exum_routing.cli.terminal import FILE, JSON, READING, print_text
from exum_routing.deployment import Subject
from exum_routing.interchange.answers import explanation_to_json
from exum_routing.reading import OPEN_CLAUSES, Reading
from exum_routing.routing import Explanation, HostedUm, NotRouted, explain, request_uri


@click.command("explain", short_help="Why a route is as it is")
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
    print_text("\n".join(_explanation_lines(subject, explanation)))


def _explanation_lines(subject: Subject, explanation: Explanation) -> Iterator[str]:
    decision = explanation.decision
    yield str(subject.sip_address)
    if isinstance(decision, NotRouted):
        yield f"  is not routed to voice mail: {decision.reason.value}"
    else:
        yield f"  is routed to {'hosted' if isinstance(decision, HostedUm) else 'on-premises'} UM"
        yield f"  Request-URI: {request_uri(subject, decision)}"
    yield "What was looked at"
    yield from (f"  {looked_at.name}: {looked_at.value}" for looked_at in explanation.inputs)
    by_policy = isinstance(decision, HostedUm) or (isinstance(decision, NotRouted) and decision.policy is not None)
    yield "Hosted voice mail policies" + ("" if by_policy else " (not looked at; how they stand towards this account)")
    yield from (f"  {one.identity}: {one.standing.value}, {one.reason}" for one in explanation.candidates)
    yield "Clauses that decided"
    read_as = {clause: getattr(explanation.reading, field).value for clause, field, _ in OPEN_CLAUSES}
    for clause in explanation.clauses:
        basis = clause.basis.value + (f", read as {read_as[clause.id]}" if clause.id in read_as else "")
        yield f"  {clause.id} ({basis}): {clause.sentence}"
