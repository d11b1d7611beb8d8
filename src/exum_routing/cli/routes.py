"""The commands ``route`` and ``explain``."""

import json
from collections.abc import Iterator
from typing import Any, assert_never

import click

from exum_routing.cli.terminal import FILE, JSON, READING, asked, print_table, print_text, read, reading_fields
from exum_routing.decision import HostedUm, NotRouted, OnPremisesUm, RoutingDecision
from exum_routing.deployment import Subject
from exum_routing.explanation import Explanation, explain
from exum_routing.interchange.document import decision_to_json
from exum_routing.reading import Reading
from exum_routing.request_uri import request_uri
from exum_routing.routing import OPEN_CLAUSES, route


@click.command("route")
@FILE
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@JSON
@READING
def route_command(file: str, addresses: tuple[str, ...], *, as_json: bool, reading: Reading) -> None:
    """Where the voice mail calls of these SIP addresses go; with none given, of all users and contacts.

    The Request-URIs are among what --json prints, and in what explain says of one address.
    """
    deployment = read(file)
    subjects = asked(file, deployment, addresses) if addresses else deployment.subjects
    routed = ((subject, route(subject, deployment, reading=reading)) for subject in subjects)
    if as_json:
        click.echo(
            "\n".join(json.dumps(decision_to_json(subject, decision)) for subject, decision in routed), nl=bool(subjects)
        )
        return
    rows = [_row(subject, decision) for subject, decision in routed]
    print_table(("SIP address", "Route", "By", "To", "Clauses"), rows)


def _row(subject: Subject, decision: RoutingDecision) -> tuple[str, ...]:
    match decision:
        case HostedUm(policy):
            by, to = str(policy.identity), str(decision.destination)
        case OnPremisesUm(_, um_servers):
            by, to = decision.phone_context, ", ".join(um_servers) or "UM servers not known"
        case NotRouted(reason, policy, proxy_address):
            dial_plan = "" if proxy_address is None else str(proxy_address.phone_context)
            by, to = dial_plan if policy is None else str(policy.identity), reason.value
        case _:
            assert_never(decision)
    return subject.sip_address, type(decision).__name__, by, to, " ".join(decision.clauses)


@click.command("explain")
@FILE
@click.argument("address", metavar="ADDRESS")
@JSON
@READING
def explain_command(file: str, address: str, *, as_json: bool, reading: Reading) -> None:
    """Why the voice mail calls of this SIP address go where they go."""
    deployment = read(file)
    (subject,) = asked(file, deployment, [address])
    explanation = explain(subject, deployment, reading=reading)
    if as_json:
        print_text(json.dumps(_explanation_to_json(subject, explanation)))
        return
    print_text("\n".join(_explanation_lines(subject, explanation)))


def _explanation_to_json(subject: Subject, explanation: Explanation) -> dict[str, Any]:
    return {
        "Decision": decision_to_json(subject, explanation.decision),
        "Inputs": [{"Name": looked_at.name, "Value": looked_at.value} for looked_at in explanation.inputs],
        "Candidates": [
            {"Identity": str(candidate.identity), "Standing": candidate.standing.value, "Reason": candidate.reason}
            for candidate in explanation.candidates
        ],
        "Clauses": [
            {"Id": clause.id, "Sentence": clause.sentence, "Basis": clause.basis.value} for clause in explanation.clauses
        ],
        "Reading": {field: getattr(explanation.reading, field).value for field in reading_fields()},
    }


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
