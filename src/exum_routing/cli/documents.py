"""Reading the deployments that commands are asked about, and finding accounts in them."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import click

from exum_routing.cli.exports import is_export
from exum_routing.cli.output import refuse
from exum_routing.cli.terminal import progress, read_bytes
from exum_routing.deployment import Deployment, Subject
from exum_routing.errors import ExumRoutingError, InvalidSipAddress
from exum_routing.interchange import DocumentError, LeftOut, fault_lines
from exum_routing.interchange.document import read_deployment, read_valid_accounts
from exum_routing.sip import SipAddress

_SKIP: Final = "exum_routing.skip_invalid"
_LEFT_OUT: Final = "exum_routing.left_out"


def _skip_invalid(context: click.Context, _parameter: click.Parameter, given: bool) -> None:
    context.meta[_SKIP] = given


SKIP_INVALID: Final = click.option(
    "--skip-invalid",
    is_flag=True,
    expose_value=False,
    callback=_skip_invalid,
    help="Go on without the accounts whose own values are wrong: they are named on standard error, and the exit code is 1.",
)
"""The option by which ``read`` leaves out accounts."""


def read(file: str) -> Deployment:
    """The deployment that a document, or a folder or zip of exports, describes; or end with a line for each fault.

    With ``--skip-invalid`` the accounts whose own values are wrong are left out and named, and the command ends with 1.
    """
    if is_export(file):
        from exum_routing.cli.sources import deployment_of_exports  # noqa: PLC0415 - a document does not need it

        return deployment_of_exports(file)
    context = click.get_current_context()
    document = read_bytes(file)
    try:
        with progress("reading the deployment"):
            if not context.meta.get(_SKIP):
                return read_deployment(document)
            deployment, left_out = read_valid_accounts(document)
    except DocumentError as error:
        refuse(file, fault_lines(error.faults))
    if left_out:
        context.meta.setdefault(_LEFT_OUT, []).extend(left_out)
        _say(file, left_out)
        context.call_on_close(_end_with_1)
    return deployment


def _say(file: str, left_out: tuple[LeftOut, ...]) -> None:
    """Name the accounts that are left out, more than ten of one kind on one line."""
    number = len(left_out)
    click.echo(f"exum-routing: {file}: left out {number:,} {'account' if number == 1 else 'accounts'}:", err=True)
    for line in fault_lines([fault for one in left_out for fault in one.faults]):
        click.echo(f"exum-routing: {file}: {line}", err=True)


def _end_with_1() -> None:
    raise SystemExit(1)


def left_out_accounts() -> list[LeftOut]:
    """The accounts that were left out of what the command has read."""
    found: list[LeftOut] = click.get_current_context().meta.get(_LEFT_OUT, [])
    return found


def read_both(one: str, other: str) -> tuple[Deployment, Deployment]:
    """The deployments that two files describe; standard input is one file only."""
    if one == other == "-":
        raise click.UsageError("standard input is one file only: give one of the deployments by its name")
    return read(one), read(other)


def asked(file: str, deployment: Deployment, addresses: Iterable[str]) -> list[Subject]:
    """The users and contacts asked for, in the order asked; nobody asked for: all. Every unknown one is refused at once."""
    found: list[Subject] = []
    refused: list[Any] = []
    for address in addresses:
        try:
            found.append(deployment.subject(address))
        except ExumRoutingError as error:
            refused.append(why_left_out(address) or error)
    if refused:
        refuse(file, refused)
    return found


def why_left_out(address: str) -> str | None:
    """Why the account with this address was left out; None: no such account was."""
    key = _key(address)
    for one in left_out_accounts():
        if one.address is not None and _key(one.address) == key:
            return f"{address!r} was left out: {one.faults[0]}"
    return None


def _key(address: str) -> str:
    """An address as it is compared; one that is not a SIP address as it is spelled."""
    with suppress(InvalidSipAddress):
        return SipAddress(address)
    return address
