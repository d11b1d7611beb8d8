"""The tables of docs/decision-table.md, made by asking ``route``.

The word ``any`` marks a condition that changes nothing.
"""

import sys

from exum_routing import (
    AuthorsDisagree,
    Deployment,
    DisabledWithUmProxyAddress,
    HostedVoicemailPolicy,
    NotRouted,
    Reading,
    RoutingDecision,
    UmDialPlan,
    UmServer,
    User,
    route,
)

ATTRIBUTE = {
    "not set": (),
    "disabled": ("CsHostedVoiceMail=0",),
    "enabled": ("CsHostedVoiceMail=1",),
    "authors disagree": ("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1"),
}
UM_PROXY_ADDRESS = {"no": (), "yes": ("EUM:alice@contoso.com;phone-context=plan",)}
DESTINATION = {"yes": "exap.um.outlook.com", "no": None}
SERVER = UmServer(fqdn="um1.contoso.com", major_version=15)
DIAL_PLAN = {
    "not known": None,
    "with a server": (UmDialPlan(phone_context="plan", um_servers=[SERVER]),),
    "without a server": (UmDialPlan(phone_context="plan"),),
    "missing": (),
}
HEADINGS = ("attribute", "UM proxy address", "policy's Destination", "dial plan", "route", "clauses")


def decision(attribute: str, proxy: str, destination: str, dial_plan: str, reading: Reading) -> RoutingDecision:
    """What ``route`` decides where the four conditions are so."""
    user = User(
        sip_address="alice@contoso.com",
        voice_mail_settings=ATTRIBUTE[attribute],
        proxy_addresses=UM_PROXY_ADDRESS[proxy],
    )
    policy = HostedVoicemailPolicy(identity="Global", destination=DESTINATION[destination])
    return route(user, Deployment(users=[user], policies=[policy], dial_plans=DIAL_PLAN[dial_plan]), reading=reading)


def outcomes(attribute: str, proxy: str, reading: Reading) -> list[tuple[str, str, RoutingDecision]]:
    """The decisions for the remaining two conditions, of which at most one matters."""
    by_policy = [("yes", "any"), ("no", "any")]
    by_dial_plan = [("any", dial_plan) for dial_plan in DIAL_PLAN]
    for rows in (by_policy, by_dial_plan):
        found = [
            (destination, dial_plan, decision(*_any(attribute, proxy, destination, dial_plan), reading))
            for destination, dial_plan in rows
        ]
        if len({type(one).__name__ + str(one.clauses) for _, _, one in found}) > 1:
            return found
    return [("any", "any", decision(attribute, proxy, "yes", "not known", reading))]


def _any(attribute: str, proxy: str, destination: str, dial_plan: str) -> tuple[str, str, str, str]:
    return attribute, proxy, destination.replace("any", "yes"), dial_plan.replace("any", "not known")


def table(reading: Reading | None = None) -> str:
    """The table in Markdown, under one reading."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    for attribute in ATTRIBUTE:
        for proxy in UM_PROXY_ADDRESS:
            for destination, dial_plan, found in outcomes(attribute, proxy, reading or Reading()):
                outcome = found.reason.name if isinstance(found, NotRouted) else type(found).__name__
                cells = (attribute, proxy, destination, dial_plan, outcome, " ".join(found.clauses))
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


STRICT = Reading(
    authors_disagree=AuthorsDisagree.EXCHANGE_WINS,
    disabled_with_um_proxy_address=DisabledWithUmProxyAddress.NOT_ROUTED,
)
"""Exchange wins over the administrator, and a disabled user has no use of the UM proxy address."""


def strict_table() -> str:
    """The heading of the table, and the rows that are different under the strictest reading."""
    heading, line, *rows = table(STRICT).splitlines()
    usual = set(table().splitlines())
    return "\n".join([heading, line, *(row for row in rows if row not in usual)])


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n\n{strict_table()}\n")
