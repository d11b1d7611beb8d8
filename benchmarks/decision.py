"""What a decision costs, as ratios in one process: against a function written by hand, and against ``dict.get``.

Run it with ``make ratios``. The three ways are interleaved, round by round, and the median per decision is taken.
"""

import gc
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from exum_routing import Deployment, NotRouted, Router, User, request_uri, route
from exum_routing.interchange.document import read_deployment

USERS, POLICIES, ROUNDS = 1_000, 16, 300


def document() -> dict[str, Any]:
    """A deployment of 1,000 users and 16 policies: most users hosted, some on-premises, a few without voice mail."""
    policies = [{"Identity": "Global", "Destination": "exap.um.outlook.com", "Organization": "corp.contoso.com"}]
    for number in range(1, POLICIES):
        scope = "site:Site" if number % 4 == 0 else "tag:Policy"
        organization = "corp.contoso.com, corp.litwareinc.com" if number % 2 else "corp.fabrikam.com"
        policies.append(
            {"Identity": f"{scope}{number}", "Destination": f"um{number}.contoso.com", "Organization": organization}
        )
    users: list[dict[str, Any]] = []
    for number in range(USERS):
        user: dict[str, Any] = {
            "SipAddress": f"sip:user{number}@contoso.com",
            "RegistrarPool": f"pool{number % 16}.contoso.com",
        }
        if number % 10 < 7:  # noqa: PLR2004 - seven in ten
            author = "Cs" if number % 2 else "Exchange"
            user["msExchUCVoiceMailSettings"] = [f"{author}HostedVoiceMail=1"]
        elif number % 10 < 9:  # noqa: PLR2004 - two in ten
            user["ProxyAddresses"] = [
                f"SMTP:user{number}@contoso.com",
                f"EUM:user{number}@contoso.com;phone-context=dp.contoso.com",
            ]
        if number % 3 == 0:
            user["HostedVoicemailPolicy"] = f"Policy{1 + number % 15}"
        users.append(user)
    servers = [{"Fqdn": f"um{number}.contoso.com", "MajorVersion": 15} for number in (1, 2)]
    return {
        "HostedVoicemailPolicies": policies,
        "Pools": [{"Identity": f"pool{number}.contoso.com", "Site": f"Site{number}"} for number in range(16)],
        "UmDialPlans": [{"PhoneContext": "dp.contoso.com", "UmServers": servers}],
        "Users": users,
    }


def plain_dictionaries(parts: dict[str, Any]) -> dict[str, Any]:
    """The same deployment as someone without the library would hold it: dictionaries by key, texts as they came."""
    return {
        "policies": {policy["Identity"].lower(): policy for policy in parts["HostedVoicemailPolicies"]},
        "sites": {pool["Identity"]: pool["Site"].lower() for pool in parts["Pools"]},
        "dial_plans": {plan["PhoneContext"].lower(): plan for plan in parts["UmDialPlans"]},
    }


def by_hand(user: dict[str, Any], deployment: dict[str, Any]) -> str | None:
    """The Request-URI of a user's call, by the same rules, without models, checks or grounds."""
    enabled = False
    for value in user.get("msExchUCVoiceMailSettings", ()):
        key, _, setting = value.partition("=")
        if setting == "1" and key.lower() in ("cshostedvoicemail", "exchangehostedvoicemail"):
            enabled = True
    if enabled:
        policies = deployment["policies"]
        policy = None
        assigned = user.get("HostedVoicemailPolicy")
        if assigned is not None:
            policy = policies.get("tag:" + assigned.lower())
        if policy is None:
            site = deployment["sites"].get(user.get("RegistrarPool"))
            policy = policies.get(f"site:{site}") or policies["global"]
        if not policy["Destination"]:
            return None
        organizations = "%2C".join(entry.strip() for entry in policy["Organization"].split(","))
        return f"{user['SipAddress']};maddr={policy['Destination']};opaque=app:voicemail;ms-organization={organizations}"
    for address in user.get("ProxyAddresses", ()):
        kind, _, rest = address.partition(":")
        if kind == "EUM":
            _, _, phone_context = rest.partition(";phone-context=")
            servers = [one for one in deployment["dial_plans"][phone_context.lower()]["UmServers"] if one.get("Enabled", True)]
            highest = max(server["MajorVersion"] for server in servers)
            first = next(server["Fqdn"] for server in servers if server["MajorVersion"] == highest)
            return f"{user['SipAddress']};maddr={first};phone-context={phone_context};opaque=app:voicemail"
    return None


def by_library(user: User, deployment: Deployment) -> str | None:
    """The same by ``route`` and ``request_uri``."""
    decision = route(user, deployment)
    return None if isinstance(decision, NotRouted) else request_uri(user, decision)


def interleaved(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median nanoseconds per decision of each way; one round after the other, so that noise strikes all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    gc.disable()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter_ns()
            way()
            seconds[name].append((time.perf_counter_ns() - start) / USERS)
    gc.enable()
    return {name: statistics.median(measured) for name, measured in seconds.items()}


def main() -> None:
    """Check that both ways give the same answers, then print both ratios."""
    parts = document()
    deployment = read_deployment(json.dumps(parts))
    plain, router = plain_dictionaries(parts), Router(deployment)
    pairs = list(zip(parts["Users"], deployment.users, strict=True))
    assert all(by_hand(user, plain) == by_library(model, deployment) for user, model in pairs)
    decisions = {str(user.sip_address): router.route(user.sip_address) for user in deployment.users}
    addresses = [str(user.sip_address) for user in deployment.users]  # equal to the keys, not the same objects, as from a wire

    def hand() -> None:
        for user in parts["Users"]:
            by_hand(user, plain)

    def library() -> None:
        for user in deployment.users:
            by_library(user, deployment)

    def compiled() -> None:
        answer = router.route
        for address in addresses:
            answer(address)

    def dictionary() -> None:
        get = decisions.get
        for address in addresses:
            get(address)

    found = interleaved({"by hand": hand, "route + request_uri": library, "Router.route": compiled, "dict.get": dictionary})
    for name, nanoseconds in found.items():
        print(f"{name:<20} {nanoseconds:8.0f} ns")
    print(f"route + request_uri / by hand   {found['route + request_uri'] / found['by hand']:5.2f}")
    print(f"Router.route / dict.get         {found['Router.route'] / found['dict.get']:5.2f}")


if __name__ == "__main__":
    main()
