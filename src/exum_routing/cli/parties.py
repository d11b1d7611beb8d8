"""Who calls whom, as ``call`` is asked: SIP addresses, URIs and telephone numbers; and the hosts that do not answer."""

import re
from collections.abc import Iterable
from typing import Final, NoReturn

from exum_routing.cli.documents import why_left_out
from exum_routing.cli.output import refuse
from exum_routing.deployment import Deployment, Subject
from exum_routing.errors import ExumRoutingError
from exum_routing.sip import Fqdn, Invite, SipAddress
from exum_routing.suggestion import nearest

ANONYMOUS: Final = "sip:anonymous@anonymous.invalid"
"""The caller where none is given, as RFC 3323 spells one who does not say."""
_NUMBER: Final = re.compile(r"\+?[0-9]+")


def invite_of(callee: str, caller: str | None, deployment: Deployment) -> Invite:
    """The INVITE of a call; where a party is not an address, or nobody has the callee's, end with a line that says so.

    A telephone number as callee is the DisplayNumber of a contact object; as caller it is at the callee's domain.
    """
    if _NUMBER.fullmatch(callee):
        contacts = deployment.contacts_with_number(callee)
        if len(contacts) != 1:
            _nobody(callee, deployment)
        callee = f"sip:{callee}@{contacts[0].sip_address.domain};user=phone"
    called = _address("--to", callee)
    if called not in deployment.by_address and len(deployment.contacts_with_number(called.user)) != 1:
        _nobody(callee, deployment)
    if caller is None:
        return Invite.of_call(ANONYMOUS, callee)
    if _NUMBER.fullmatch(caller):
        caller = f"sip:{caller}@{called.domain};user=phone"
    _address("--from", caller)
    return Invite.of_call(caller, callee)


def account(option: str, text: str, deployment: Deployment) -> Subject:
    """The user or contact that an option names, by SIP address or DisplayNumber; where there is none, end with a line."""
    if _NUMBER.fullmatch(text):
        contacts = deployment.contacts_with_number(text)
        found: Subject | None = contacts[0] if len(contacts) == 1 else None
    else:
        found = deployment.by_address.get(_address(option, text))
    if found is None:
        _nobody(text, deployment, option)
    return found


def _address(option: str, text: str) -> SipAddress:
    try:
        found = Invite.of_call(text, text).address
    except ExumRoutingError as error:
        refuse(option, [error])
    if found is None:
        refuse(option, [f"{text!r} is not a SIP address: use one such as alice@contoso.com, or a number such as +14255550100"])
    return found


def _nobody(callee: str, deployment: Deployment, option: str = "--to") -> NoReturn:
    left_out = why_left_out(callee)
    if left_out is not None:
        refuse(option, [left_out])
    subjects: tuple[Subject, ...] = deployment.subjects
    near = nearest(callee.removeprefix("sip:"), tuple(one.sip_address.removeprefix("sip:") for one in subjects))
    hint = (
        "use that of a user or contact, or the DisplayNumber of one contact" if near is None else f"the nearest one is {near}"
    )
    refuse(option, [f"{callee!r} is the address of no user or contact in the deployment: {hint}"])


def check_hosts(unreachable: Iterable[Fqdn], deployment: Deployment) -> None:
    """End with a line for each host that the deployment does not name as a UM server or a hosting provider."""
    replica = deployment.edge_replica and deployment.edge_replica.configuration
    providers = (*deployment.providers, *(replica.providers if replica else ()))
    servers = (server.fqdn for plan in deployment.dial_plans or () for server in plan.um_servers)
    known = tuple(dict.fromkeys((*servers, *(provider.proxy_fqdn for provider in providers))))
    lines = []
    for host in unreachable:
        if host not in known:
            near = nearest(host, known)
            hint = (
                "use the Fqdn of a UM server or the ProxyFqdn of a hosting provider"
                if near is None
                else f"the nearest is {near}"
            )
            lines.append(f"{str(host)!r} is not a host that calls are sent to: {hint}")
    if lines:
        refuse("--unreachable", lines)
