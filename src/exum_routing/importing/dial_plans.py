"""UM dial plans and their servers: Get-UMDialPlan names the servers, and Get-ExchangeServer says their FQDN and version.

Where a dial plan cannot be taken whole, the dial plans are not known: one that is left out would count as not there.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from exum_routing.casing import folded
from exum_routing.deployment import UmDialPlan, UmServer, UriType
from exum_routing.errors import ExumRoutingError, InvalidValue
from exum_routing.importing.kind import Kind
from exum_routing.importing.merge import Column, Gathered, Merged, Table
from exum_routing.importing.notes import Notes
from exum_routing.importing.values import MISSING, Refused, text, texts, word
from exum_routing.sip import Fqdn

_OF_PLAN: Final[dict[str, Column]] = {
    "PhoneContext": ("PhoneContext", text),
    "UriType": ("UriType", word),
    "UMServers": ("UMServers", texts),
}
DIAL_PLANS: Final = Table(facts=tuple(_OF_PLAN), columns={Kind.DIAL_PLAN: tuple(_OF_PLAN.values())}, nothing={"UMServers": ()})
"""The facts of a dial plan, and where they are."""
_OF_SERVER: Final[dict[str, Column]] = {name: (name, text) for name in ("Fqdn", "AdminDisplayVersion")}
EXCHANGE_SERVERS: Final = Table(facts=tuple(_OF_SERVER), columns={Kind.EXCHANGE_SERVER: tuple(_OF_SERVER.values())})
"""The facts of an Exchange server, and where they are."""
_VERSION: Final = re.compile(r"\s*(?:Version\s+)?([0-9]{1,2})\.", re.IGNORECASE)
_URI_TYPES: Final = {folded(one.value): one for one in UriType}


def server_key(name: str) -> str:
    """The name of a server as the keys have it: without the path in the directory.

    >>> server_key("contoso.com/Configuration/Servers/EX01"), server_key("CN=EX01,CN=Servers"), server_key("EX01")
    ('ex01', 'ex01', 'ex01')
    """
    first = name.rpartition("/")[2].partition(",")[0]
    return folded(first.removeprefix("CN=").strip())


def dial_plans(
    plans: Gathered, servers: Gathered, by_hand: Sequence[UmDialPlan] | None, notes: Notes
) -> tuple[UmDialPlan, ...] | None:
    """The dial plans; None: they are not known."""
    of_servers = dict(servers.each(notes))
    named = {folded(plan.phone_context) for plan in by_hand or ()}
    found = list(by_hand or ())
    plans_given = bool(plans.objects)
    whole = by_hand is not None or plans_given
    for key, plan in plans.each(notes):
        if key in named:
            plan.taken()
            continue
        try:
            found.append(_plan(plan, of_servers, notes))
        except ExumRoutingError as error:
            notes.left_out(plan.place, error.message)
            whole = False
        else:
            plan.taken()
    if not whole and plans_given:
        notes.gap(
            "", "the UM dial plans are not known, since one was left out: export what it lacks, or write it in a document"
        )
    return tuple(found) if whole else None


def _plan(plan: Merged, servers: Mapping[str, Merged], notes: Notes) -> UmDialPlan:
    """A dial plan.

    Raises:
        ExumRoutingError: Something of it is not known, or refused by the model.
    """
    names, kind = plan.facts["UMServers"], folded(plan.text("UriType") or "")
    if kind not in _URI_TYPES:
        named = plan.text("UriType") or plan.text("PhoneContext")
        raise InvalidValue(named, "does not say the URI type by its name: export with Export-Clixml")
    if not isinstance(names, tuple):
        reason = "are not given" if names is MISSING or names is None else "are not readable"
        raise InvalidValue(plan.text("PhoneContext"), f"has UM servers that {reason}: export UMServers with Export-Clixml")
    models = tuple(_server(name, servers, notes) for name in names)
    return UmDialPlan(phone_context=plan.text("PhoneContext") or "", uri_type=_URI_TYPES[kind], um_servers=models)


def _server(name: str, servers: Mapping[str, Merged], notes: Notes) -> UmServer:
    server = servers.get(server_key(name))
    if server is None:
        raise InvalidValue(name, "is a UM server of which nothing is known: export Get-ExchangeServer too")
    version = _VERSION.match(server.text("AdminDisplayVersion") or "")
    if version is None:
        raise InvalidValue(name, "has no version by AdminDisplayVersion: export Get-ExchangeServer with Export-Clixml")
    fqdn = Fqdn(server.facts["Fqdn"] if not isinstance(server.facts["Fqdn"], Refused) else "")  # type: ignore[arg-type] # it is checked
    notes.read_as(server.place, "is taken as a UM server that is enabled, for no export says whether it is")
    server.taken()
    return UmServer(fqdn=fqdn, major_version=int(version[1]))
