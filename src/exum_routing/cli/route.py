"""The command ``route``."""

import json
from typing import Final, assert_never

import click

from exum_routing.cli.documents import SKIP_INVALID, asked, read
from exum_routing.cli.output import print_text
from exum_routing.cli.terminal import FILE, JSON, READING, print_table
from exum_routing.deployment import Subject
from exum_routing.interchange.answers import decision_to_json
from exum_routing.reading import Reading
from exum_routing.routing import HostedUm, NotRouted, OnPremisesUm, RoutingDecision, route

_HEADINGS: Final = ("SIP address", "Route", "By", "To", "Clauses")
_SITE_NOT_KNOWN: Final = (
    'Where By ends in "?", the site of the account is not known, and the policy of its site may apply instead (POL-11).'
)


@click.command("route")
@FILE
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@SKIP_INVALID
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
        print_text(
            "\n".join(json.dumps(decision_to_json(subject, decision)) for subject, decision in routed), nl=bool(subjects)
        )
        return
    rows = [_row(subject, decision) for subject, decision in routed]
    print_table(_HEADINGS, rows)
    if any("POL-11" in row[-1] for row in rows):
        print_text(_SITE_NOT_KNOWN)


def _row(subject: Subject, decision: RoutingDecision) -> tuple[str, ...]:
    match decision:
        case HostedUm(policy):
            by, to = str(policy.identity), str(decision.destination)
        case OnPremisesUm(_, um_servers):
            by, to = decision.phone_context, ", ".join(um_servers) or "UM servers not known"
        case NotRouted(reason, policy, proxy_address):
            dial_plan = "" if proxy_address is None else proxy_address.phone_context
            by, to = dial_plan if policy is None else str(policy.identity), reason.value
        case _:
            assert_never(decision)
    by += "?" * ("POL-11" in decision.clauses)
    return subject.sip_address.removeprefix("sip:"), type(decision).__name__, by, to, " ".join(decision.clauses)
