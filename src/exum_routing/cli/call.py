"""The command ``call``."""

import json

import click

from exum_routing.call import Circumstances, not_known, trace_call
from exum_routing.cli.documents import SKIP_INVALID, read
from exum_routing.cli.output import print_text, refuse
from exum_routing.cli.parties import check_hosts, invite_of
from exum_routing.cli.terminal import FILE, JSON, READING, read_bytes
from exum_routing.errors import ExumRoutingError
from exum_routing.interchange.answers import outcome_to_text, trace_to_json, trace_to_text
from exum_routing.reading import Reading
from exum_routing.sip import Invite


@click.command("call")
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
        refuse("--raw", [f"the INVITE left no hop: {' '.join(outcome_to_text(trace.outcome).split())}"])
    elif raw:
        from exum_routing.interchange.sip_message import write_invite  # noqa: PLC0415 - an extra that only --raw needs

        print_text(write_invite(trace.hops[-1].invite), nl=False)
    elif as_json:
        print_text(json.dumps(trace_to_json(trace)))
    else:
        print_text(trace_to_text(trace, not_known(trace, deployment)))


def _from_file(file: str) -> Invite:
    from exum_routing.interchange.sip_message import read_invite  # noqa: PLC0415 - an extra that only --invite needs

    try:
        return read_invite(read_bytes(file))
    except ExumRoutingError as error:
        refuse(file, [error])
