"""The command ``call``."""

import json
from collections.abc import Iterator
from typing import Final, assert_never

import click

from exum_routing.call import (
    CallOutcome,
    CallTrace,
    Circumstances,
    HandedOver,
    NextHop,
    NotVoiceMail,
    Refused,
    trace_call,
)
from exum_routing.cli.documents import SKIP_INVALID, read
from exum_routing.cli.parties import check_hosts, invite_of
from exum_routing.cli.terminal import FILE, JSON, READING, print_text, read_bytes, refuse
from exum_routing.errors import ExumRoutingError
from exum_routing.interchange.answers import trace_to_json
from exum_routing.reading import Reading
from exum_routing.sip import Invite, header_key

_SHOWN: Final = ("diversion", "ms-mras-address", "supported")
"""The headers that the Front End sets, which the ladder shows."""


@click.command("call", short_help="The way of one call, hop by hop")
@FILE
@click.option("--to", "callee", metavar="ADDRESS", help="Who is called: a SIP address or URI, or the number of a contact.")
@click.option(
    "--from",
    "caller",
    metavar="ADDRESS",
    help="Who calls: a SIP address or URI, or a number; anonymous by default.",
)
@click.option(
    "--invite", "invite_file", metavar="FILE.sip", help="The INVITE as a raw SIP message, in place of --to and --from."
)
@click.option("--answered", is_flag=True, help="The callee answers: only a call addressed to voice mail goes there.")
@click.option("--turn", type=int, default=0, show_default=True, help="Whose turn it is among the UM servers; any whole number.")
@click.option("--unreachable", metavar="FQDN", multiple=True, help="A host that does not answer; may be repeated.")
@click.option("--raw", is_flag=True, help="Print the INVITE that leaves the last hop as a raw SIP message, and nothing else.")
@SKIP_INVALID
@JSON
@READING
def call_command(  # noqa: PLR0913 - an argument for every option
    file: str,
    *,
    callee: str | None,
    caller: str | None,
    invite_file: str | None,
    answered: bool,
    turn: int,
    unreachable: tuple[str, ...],
    raw: bool,
    as_json: bool,
    reading: Reading,
) -> None:
    """The whole way of a call to voice mail: hop by hop, to a mailbox or to the response that refuses it.

    Give the call by --to, or by --invite.
    """
    if raw and as_json:
        raise click.UsageError("--raw and --json exclude each other: give one of them")
    if invite_file is not None and (caller is not None or callee is not None):
        raise click.UsageError("--invite says who calls and who is called: leave --to and --from out")
    if invite_file is None and callee is None:
        raise click.UsageError("give --to ADDRESS, or --invite FILE.sip")
    invite = None if invite_file is None else _from_file(invite_file)
    deployment = read(file)
    try:
        circumstances = Circumstances(turn=turn, unreachable=unreachable, reading=reading)
    except ExumRoutingError as error:
        refuse("--unreachable", [error])
    check_hosts(circumstances.unreachable, deployment)
    if invite is None:
        invite = invite_of(callee or "", caller, deployment)
    trace = trace_call(invite, deployment, circumstances, answered=answered)
    if raw and not trace.hops:
        refuse("--raw", [f"the INVITE left no hop: {' '.join(_outcome_lines(trace.outcome))}"])
    elif raw:
        from exum_routing.interchange.sip_message import write_invite  # noqa: PLC0415 - an extra that only --raw needs

        print_text(write_invite(trace.hops[-1].invite), nl=False)
    elif as_json:
        print_text(json.dumps(trace_to_json(trace)))
    else:
        print_text("\n".join(_ladder(trace)))


def _from_file(file: str) -> Invite:
    from exum_routing.interchange.sip_message import read_invite  # noqa: PLC0415 - an extra that only --invite needs

    try:
        return read_invite(read_bytes(file))
    except ExumRoutingError as error:
        refuse(file, [error])


def _ladder(trace: CallTrace) -> Iterator[str]:
    """The call for people: a rung for every hop, then the outcome."""
    yield f"{_safe(trace.sent.from_.uri)} calls {_safe(trace.sent.request_uri)}"
    for forwarded in trace.hops:
        yield "  |"
        yield f"{forwarded.hop.value}  ({' '.join(forwarded.clauses)})"
        yield f"  |  INVITE {_safe(forwarded.invite.request_uri)}"
        for name, value in forwarded.invite.headers:
            if header_key(name) in _SHOWN:
                yield f"  |  {name}: {_safe(value)}"
        yield f"  v  to {_place(forwarded.next_hop)}"
    yield from _outcome_lines(trace.outcome)
    if trace.to_caller is not None:
        yield f"  the caller gets {trace.to_caller}"
        if trace.to_caller.status is None:
            yield from _TO_CALLER
    yield f"  clauses: {' '.join(trace.outcome.clauses)}"
    if "POL-11" in trace.outcome.clauses or any("POL-11" in hop.clauses for hop in trace.hops):
        yield "  the site of the account is not known: the policy of its site, if there is one, decides instead (POL-11)"


def _safe(text: str) -> str:
    return text if text.isprintable() else ascii(text)


def _place(next_hop: NextHop) -> str:
    host = next_hop.host or "its name is not known"
    return f"{next_hop.hop.value} ({host}), {next_hop.transport} port {next_hop.port}"


_TO_CALLER: Final = (
    "  the status line is not published; the header reaches callers inside the organization only, and its",
    "  source is a Front End server of that pool",
)


def _handed_over(outcome: HandedOver) -> Iterator[str]:
    yield f"Handed over to {_place(outcome.next_hop)}"
    if outcome.organization is not None:
        yield f"  for tenant {outcome.organization}"
    if outcome.mailbox is not None:
        home, transcribed = outcome.mailbox.home.value, "transcribed" if outcome.transcribed else "not transcribed"
        yield f"  for the mailbox of {outcome.mailbox.sip_address} ({home}, {transcribed})"
        yield "  the service deposits voice mail there (CALL-7); whether it arrives is not known"
    else:
        yield "  what happens there is not known"


def _outcome_lines(outcome: CallOutcome) -> Iterator[str]:
    match outcome:
        case HandedOver():
            yield from _handed_over(outcome)
        case Refused(hop, reason, edge_faults, response):
            yield f"Refused by {hop.value}: {reason.value}"
            if edge_faults:
                yield f"  because {', '.join(fault.value for fault in edge_faults)}"
            yield f"  it answers {response}"
        case NotVoiceMail():
            yield "Answered by the callee; not a call to voice mail"
        case _:
            assert_never(outcome)
