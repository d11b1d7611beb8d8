"""What the benchmark works on: a deployment, the same as plain dictionaries, and the decision written by hand."""

from typing import Any

USERS, POLICIES = 1_000, 16


def document(users_wanted: int = USERS) -> dict[str, Any]:
    """A deployment of 16 policies: seven in ten users hosted, two on-premises, one without voice mail."""
    policies = [{"Identity": "Global", "Destination": "exap.um.outlook.com", "Organization": "corp.contoso.com"}]
    for number in range(1, POLICIES):
        scope = "site:Site" if number % 4 == 0 else "tag:Policy"
        organization = "corp.contoso.com, corp.litwareinc.com" if number % 2 else "corp.fabrikam.com"
        policies.append(
            {"Identity": f"{scope}{number}", "Destination": f"um{number}.contoso.com", "Organization": organization}
        )
    users: list[dict[str, Any]] = []
    for number in range(users_wanted):
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


def compiled(parts: dict[str, Any]) -> dict[str, Any]:
    """The deployment as the floors hold it: everything that does not depend on a user is joined beforehand."""
    plain = plain_dictionaries(parts)
    tails = {}
    for key, policy in plain["policies"].items():
        organizations = "%2C".join(entry.strip() for entry in policy["Organization"].split(","))
        tails[key] = f";maddr={policy['Destination']};opaque=app:voicemail;ms-organization={organizations}"
    pools = {pool: tails.get(f"site:{site}", tails["global"]) for pool, site in plain["sites"].items()}
    plans = {}
    for name, plan in plain["dial_plans"].items():
        highest = max(server["MajorVersion"] for server in plan["UmServers"])
        first = next(server["Fqdn"] for server in plan["UmServers"] if server["MajorVersion"] == highest)
        plans[name] = f";maddr={first};phone-context={plan['PhoneContext']};opaque=app:voicemail"
    return {"tails": tails, "pools": pools, "plans": plans, "global": tails["global"]}


def parsed(user: dict[str, Any]) -> tuple[str, bool, str | None, str | None, str | None]:
    """A user as the lower floor holds it: address, enabled, key of the assigned policy, pool, dial plan."""
    values = [value.lower() for value in user.get("msExchUCVoiceMailSettings", ())]
    assigned = user.get("HostedVoicemailPolicy")
    plans = [entry.partition(";phone-context=")[2].lower() for entry in user.get("ProxyAddresses", ()) if entry[:4] == "EUM:"]
    return (
        user["SipAddress"],
        "cshostedvoicemail=1" in values or "exchangehostedvoicemail=1" in values,
        None if assigned is None else "tag:" + assigned.lower(),
        user.get("RegistrarPool"),
        plans[0] if plans else None,
    )


def by_parsed_row(user: tuple[str, bool, str | None, str | None, str | None], deployment: dict[str, Any]) -> str | None:
    """The lower floor: a row that was parsed once, in a deployment that was compiled once."""
    address, enabled, assigned, pool, dial_plan = user
    if enabled:
        tail = deployment["tails"].get(assigned) or deployment["pools"].get(pool, deployment["global"])
        return str(address + tail)
    return None if dial_plan is None else str(address + deployment["plans"][dial_plan])


def by_raw_row(user: dict[str, Any], deployment: dict[str, Any]) -> str | None:
    """The upper floor: a raw row, in a deployment that was compiled once."""
    return by_parsed_row(parsed(user), deployment)
