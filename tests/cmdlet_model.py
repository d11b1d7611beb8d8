"""The cmdlets once more, naively, over plain dictionaries and texts; written from the sentences of the clauses alone.

A cmdlet that is refused gives every reason that there is to refuse it, as names of errors: which of them comes first is the
library's own affair. A change is made in place.
"""

import re
from typing import Any

import attrs

State = dict[str, Any]
Object = dict[str, Any]

_CS = ("CsHostedVoiceMail=0", "CsHostedVoiceMail=1")
_EXCHANGE = ("ExchangeHostedVoiceMail=0", "ExchangeHostedVoiceMail=1")


@attrs.define
class Done:
    """What a cmdlet did, or why it did nothing."""

    refusals: list[str] = attrs.Factory(list)
    """The errors of which it raises one; none: it ran."""
    output: list[Object] = attrs.Factory(list)
    """What it prints."""
    warnings: list[list[str]] = attrs.Factory(list)
    """What each of its warnings has to name."""
    named: list[tuple[str, str]] = attrs.Factory(list)
    """What it may have changed: the part of the deployment, and the key there; two keys where an object got another."""


def fqdn(text: Any) -> bool:
    """Whether Set-CsHostedVoicemailPolicy accepts it."""
    return isinstance(text, str) and len(text) <= 255 and re.fullmatch(r"[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*", text) is not None


def sip(text: Any) -> str | None:
    """A SIP address in its canonical spelling."""
    match = re.fullmatch(r"(?:sip:)?([a-z0-9.*+-]+@[a-z0-9.-]+)", text.lower()) if isinstance(text, str) else None
    return f"sip:{match[1]}" if match else None


def identity_of_policy(text: str) -> str | None:
    """An identity with its prefix; None: it is no identity."""
    if text.lower() == "global":
        return "Global"
    scope, name = text.split(":", 1) if ":" in text else ("tag", text)
    if scope.lower() not in ("site", "tag") or not name or name != name.strip():
        return None
    return f"{scope.lower()}:{name}"


def organizations(text: str | None) -> list[str] | None:
    """The tenants of an Organization, each once; None: an entry is none."""
    entries = [entry.strip() for entry in text.split(",")] if text else []
    return list(dict.fromkeys(entry.lower() for entry in entries)) if all(map(fqdn, entries)) else None


def stands_for(wildcard: str, text: str) -> bool:
    """Whether a text is a wildcard in which * stands for anything."""
    if not wildcard:
        return not text
    if wildcard[0] == "*":
        return any(stands_for(wildcard[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and wildcard[0] == text[0] and stands_for(wildcard[1:], text[1:])


def policy(state: State, identity: str | None) -> Object | None:
    """The policy with this identity."""
    return next((one for one in state["policies"] if one["identity"].lower() == (identity or "").lower()), None)


def contact(state: State, address: Any) -> Object | None:
    """The contact object with this SIP address."""
    return next((one for one in state["contacts"] if one["sip"] == sip(address)), None)


def provider(state: State, identity: str) -> Object | None:
    """The hosting provider with this Identity."""
    return next((one for one in state["providers"] if one["identity"].lower() == identity.lower()), None)


def effective(state: State, account: Object) -> Object:
    """The per-user policy that was assigned, else that of the site, else the global one."""
    of_site = f"site:{state['pools'].get(account['pool'])}"
    found = (policy(state, account["policy"]), policy(state, of_site), policy(state, "Global"))
    return next(one for one in found if one is not None)


def fits(user: Object, identity: str) -> bool:
    r"""Whether an Identity is a user's, in any case: SIP address, UPN, DOMAIN\name, display name with *, DN."""
    wanted = identity.lower()
    if wanted.startswith("sip:"):
        return bool(user["sip"] == wanted)
    logon, display = (user["logon"] or "").lower(), (user["display"] or "").lower()
    if "\\" not in logon:
        domain, _, name = wanted.partition("\\")
        if domain and name and name == logon:
            return True
    elif wanted == logon:
        return True
    names = [user["sip"].removeprefix("sip:"), (user["upn"] or "").lower(), display, (user["dn"] or "").lower()]
    return bool(wanted) and (wanted in names or ("*" in wanted and bool(display) and stands_for(wanted, display)))


def one_of(found: list[Object]) -> list[str]:
    """Why these are not the one that is meant."""
    return [] if len(found) == 1 else ["AmbiguousIdentity" if found else "UnknownIdentity"]


def malformed_policy(given: Object) -> list[str]:
    """What is wrong with the words for a policy."""
    faults = []
    if given.get("destination") and not fqdn(given["destination"]):
        faults.append("InvalidFqdn")
    if organizations(given.get("organization")) is None:
        faults.append("InvalidOrganization")
    if "\n" in (given.get("description") or ""):
        faults.append("InvalidText")
    return faults


def write_policy(target: Object, given: Object) -> None:
    """What is given is changed."""
    if "description" in given:
        target["description"] = given["description"]
    if "destination" in given:
        target["destination"] = given["destination"].lower() if given["destination"] else None
    if "organization" in given:
        target["organizations"] = organizations(given["organization"])


def new_cs_hosted_voicemail_policy(state: State, identity: str, **given: Any) -> Done:
    """CMD-1."""
    faults, wanted = malformed_policy(given), identity_of_policy(identity)
    if wanted is None:
        return Done([*faults, "InvalidPolicyIdentity"])
    if wanted == "Global":
        faults.append("WrongPolicyScope")
    elif policy(state, wanted):
        faults.append("IdentityInUse")
    if faults:
        return Done(faults)
    new: Object = {"identity": wanted, "description": None, "destination": None, "organizations": []}
    write_policy(new, given)
    state["policies"].append(new)
    return Done(output=[new], named=[("policies", wanted.lower())])


def set_cs_hosted_voicemail_policy(state: State, identity: str = "Global", **given: Any) -> Done:
    """CMD-2."""
    faults, wanted = malformed_policy(given), identity_of_policy(identity)
    found = policy(state, wanted)
    if wanted is None:
        faults.append("InvalidPolicyIdentity")
    elif found is None:
        faults.append("UnknownIdentity")
    if faults or found is None:
        return Done(faults)
    write_policy(found, given)
    return Done(named=[("policies", found["identity"].lower())])


def get_cs_hosted_voicemail_policy(state: State, identity: str | None = None, filter: str = "*") -> Done:  # noqa: A002 - as there
    """CMD-3."""
    if identity is None:
        return Done(output=[one for one in state["policies"] if stands_for(filter.lower(), one["identity"].lower())])
    wanted = identity_of_policy(identity)
    found = policy(state, wanted)
    if found is None:
        return Done(["InvalidPolicyIdentity" if wanted is None else "UnknownIdentity"])
    return Done(output=[found])


def grant_cs_hosted_voicemail_policy(state: State, identity: str, policy_name: str | None, *, pass_thru: bool = False) -> Done:
    """CMD-4."""
    users: list[Object] = [user for user in state["users"] if fits(user, identity)]
    contacts: list[Object] = [one for one in state["contacts"] if one["sip"] == sip(identity)]
    faults = one_of([*contacts, *users])
    assigned = None
    if policy_name:
        wanted = identity_of_policy(policy_name)
        found = policy(state, wanted)
        if wanted is None:
            faults.append("InvalidPolicyIdentity")
        elif not wanted.startswith("tag:"):
            faults.append("WrongPolicyScope")
        elif found is None:
            faults.append("UnknownIdentity")
        assigned = found["identity"] if found else None
    if faults:
        return Done(faults)
    (account,) = [*contacts, *users]
    account["policy"] = assigned
    return Done(output=[account] if pass_thru else [], named=[("contacts" if contacts else "users", account["sip"])])


def remove_cs_hosted_voicemail_policy(state: State, identity: str) -> Done:
    """CMD-5."""
    wanted = identity_of_policy(identity)
    found = policy(state, wanted)
    if found is None:
        return Done(["InvalidPolicyIdentity" if wanted is None else "UnknownIdentity"])
    named = [("policies", found["identity"].lower())]
    if found["identity"] == "Global":
        found.update(description=None, destination=None, organizations=[])
        return Done(warnings=[["global policy", "reset"]], named=named)
    state["policies"].remove(found)
    return Done(named=named)


def with_pair(values: list[str], pairs: tuple[str, str], wanted: str) -> list[str]:
    """The values with the one pair in the place of the other, or behind the rest."""
    changed = [wanted if value in pairs else value for value in values]
    return changed if wanted in changed else [*changed, wanted]


def set_cs_user(state: State, identity: str, *, always: bool, warn_only: bool, **given: Any) -> Done:
    """CMD-6 to CMD-9."""
    found = [user for user in state["users"] if fits(user, identity)]
    faults = one_of(found)
    flags = [given.get("hosted_voice_mail") or False, given.get("enterprise_voice_enabled", False)]
    if any(flag is not True and flag is not False for flag in flags):
        faults.append("InvalidValue")
    if faults:
        return Done(faults)
    (user,) = found
    done = Done(named=[("users", user["sip"])])
    if "hosted_voice_mail" in given:
        enabling, usable = given["hosted_voice_mail"], effective(state, user)["destination"] is not None
        if enabling is True and not usable:
            return Done(["NoUsablePolicyApplies"])
        if enabling is False and usable and not always:
            return Done(["UsablePolicyApplies"])
        foreign = [value for value in user["values"] if value not in _CS]
        if enabling is not None and foreign:
            done.warnings.append([user["sip"], *foreign])
        if enabling is None:
            user["values"] = []
        elif not foreign or not warn_only:
            user["values"] = with_pair(user["values"], _CS, _CS[enabling])
    if "enterprise_voice_enabled" in given:
        user["ev"] = given["enterprise_voice_enabled"]
    return done


def move_cs_user(state: State, identity: str, target: str) -> Done:
    """CMD-14."""
    found = [user for user in state["users"] if fits(user, identity)]
    faults = one_of(found) + ["InvalidFqdn"] * (not fqdn(target))
    if any(one["proxy"] == target.lower() for one in state["providers"]) or target.lower().startswith("sipfed."):
        faults.append("CmdletRefused")
    if faults:
        return Done(faults)
    found[0]["pool"] = target.lower()
    return Done(named=[("users", found[0]["sip"])])


def exchange_sets_hosted_voice_mail(state: State, identity: str, *, enabled: bool) -> Done:
    """ATTR-9: Exchange writes only its own pair."""
    found = [user for user in state["users"] if fits(user, identity)]
    if len(found) != 1:
        return Done(one_of(found))
    found[0]["values"] = with_pair(found[0]["values"], _EXCHANGE, _EXCHANGE[enabled])
    return Done(named=[("users", found[0]["sip"])])


def get_cs_user(state: State, identity: str | None = None) -> Done:
    """Every user, or those whom an Identity fits; with *, perhaps nobody or several."""
    found = [user for user in state["users"] if identity is None or fits(user, identity)]
    if identity is not None and "*" not in identity and len(found) != 1:
        return Done(one_of(found))
    return Done(output=found)


def get_cs_effective_policy(state: State, identity: str) -> Done:
    """POL-3."""
    found = [user for user in state["users"] if fits(user, identity)]
    return Done(one_of(found)) if len(found) != 1 else Done(output=[effective(state, found[0])])


def new_cs_hosting_provider(state: State, identity: str, proxy_fqdn: str, **given: Any) -> Done:
    """CMD-10."""
    faults = []
    if not identity or identity != identity.strip():
        faults.append("InvalidName")
    if not fqdn(proxy_fqdn):
        faults.append("InvalidFqdn")
    if provider(state, identity) or any(one["proxy"] == proxy_fqdn.lower() for one in state["providers"]):
        faults.append("IdentityInUse")
    if faults:
        return Done(faults)
    new = {
        "identity": identity,
        "proxy": proxy_fqdn.lower(),
        "enabled": False,
        "enabled_shared_address_space": False,
        "hosts_ocs_users": False,
        "is_local": False,
        "verification_level": "AlwaysVerifiable",
        **given,
    }
    state["providers"].append(new)
    return Done(output=[new], named=[("providers", identity.lower())])


def set_cs_hosting_provider(state: State, identity: str, **given: Any) -> Done:
    """CMD-10."""
    found = provider(state, identity)
    if found is None:
        return Done(["UnknownIdentity"])
    found.update(given)
    return Done(named=[("providers", identity.lower())])


def get_cs_hosting_provider(state: State, identity: str | None = None) -> Done:
    """All, or one by Identity."""
    if identity is None:
        return Done(output=list(state["providers"]))
    found = provider(state, identity)
    return Done(["UnknownIdentity"]) if found is None else Done(output=[found])


def _switch(state: State, identity: str, *, enabled: bool) -> Done:
    found = provider(state, identity)
    if found is None:
        return Done(["UnknownIdentity"])
    if found["enabled"] is enabled:
        return Done(["AlreadyInThatState"])
    found["enabled"] = enabled
    return Done(named=[("providers", identity.lower())])


def enable_cs_hosting_provider(state: State, identity: str) -> Done:
    """CMD-10."""
    return _switch(state, identity, enabled=True)


def disable_cs_hosting_provider(state: State, identity: str) -> Done:
    """CMD-10."""
    return _switch(state, identity, enabled=False)


def remove_cs_hosting_provider(state: State, identity: str) -> Done:
    """CMD-10."""
    found = provider(state, identity)
    if found is None:
        return Done(["UnknownIdentity"])
    state["providers"].remove(found)
    return Done(named=[("providers", identity.lower())])


def set_cs_access_edge_configuration(state: State, **given: Any) -> Done:
    """CMD-11."""
    dns, default = given.get("use_dns_srv_routing", False), given.get("use_default_routing", False)
    route = given.get("default_route_fqdn")
    faults = []
    if (dns and default) or ("enable_partner_discovery" in given and not dns) or default is (route is None):
        faults.append("ParametersExclude")
    if default and state["providers"]:
        faults.append("HostingProvidersInTheWay")
    if route is not None and not fqdn(route):
        faults.append("InvalidFqdn")
    if faults:
        return Done(faults)
    edge = state["edge"] or {"dns": False, "federated": False, "discovery": False, "route": None}
    state["edge"] = edge
    edge["federated"] = given.get("allow_federated_users", edge["federated"])
    if dns:
        edge.update(dns=True, discovery=given.get("enable_partner_discovery", edge["discovery"]), route=None)
    if default and route is not None:
        edge.update(dns=False, discovery=False, route=route.lower())
    missing = dns and "enable_partner_discovery" not in given
    return Done(warnings=[["UseDnsSrvRouting", "EnablePartnerDiscovery"]] if missing else [], named=[("edge", "")])


def get_cs_access_edge_configuration(state: State) -> Done:
    """As installed, where it was not given."""
    return Done(output=[state["edge"] or {"dns": False, "federated": False, "discovery": False, "route": None}])


def malformed_contact(state: State, given: Object, before: Object) -> list[str]:
    """What is wrong with the words for a contact object, which was ``before``."""
    faults = []
    others = [one for one in state["contacts"] if one is not before]
    if "sip_address" in given:
        if not given["sip_address"].lower().startswith("sip:") or sip(given["sip_address"]) is None:
            faults.append("InvalidSipAddress")
        elif any(one["sip"] == sip(given["sip_address"]) for one in [*others, *state["users"]]):
            faults.append("IdentityInUse")
    if "display_number" in given:
        if not re.fullmatch(r"\+?[1-9][0-9]*", given["display_number"]):
            faults.append("InvalidDisplayNumber")
        elif any(one["number"] == given["display_number"] for one in others):
            faults.append("IdentityInUse")
    if "registrar_pool" in given and not fqdn(given["registrar_pool"]):
        faults.append("InvalidFqdn")
    if "ou" in given and "=" not in given["ou"]:
        faults.append("InvalidValue")
    return faults


def new_cs_ex_um_contact(state: State, **given: Any) -> Done:
    """CMD-12."""
    faults = malformed_contact(state, given, {})
    if faults:
        return Done(faults)
    new: Object = {
        "sip": sip(given["sip_address"]),
        "pool": given["registrar_pool"].lower(),
        "number": given["display_number"],
        "attendant": given.get("auto_attendant", False),
        "policy": None,
    }
    state["contacts"].append(new)
    return Done(output=[new], named=[("contacts", new["sip"])])


def set_cs_ex_um_contact(state: State, identity: str, **given: Any) -> Done:
    """CMD-12; one with a new address stands last."""
    found = contact(state, identity)
    if found is None:
        return Done(["UnknownIdentity", *malformed_contact(state, given, {})])
    faults = malformed_contact(state, given, found)
    if faults:
        return Done(faults)
    before = found["sip"]
    found["sip"] = sip(given.get("sip_address", before))
    found["number"] = given.get("display_number", found["number"])
    found["attendant"] = given.get("auto_attendant", found["attendant"])
    if found["sip"] != before:
        state["contacts"].remove(found)
        state["contacts"].append(found)
    return Done(named=[("contacts", before), ("contacts", found["sip"])])


def move_cs_ex_um_contact(state: State, identity: str, target: str) -> Done:
    """CMD-12."""
    found = contact(state, identity)
    faults = ["UnknownIdentity"] * (found is None) + ["InvalidFqdn"] * (not fqdn(target))
    if faults or found is None:
        return Done(faults)
    found["pool"] = target.lower()
    return Done(named=[("contacts", found["sip"])])


def get_cs_ex_um_contact(state: State, identity: str | None = None) -> Done:
    """All, or one by SIP address."""
    if identity is None:
        return Done(output=list(state["contacts"]))
    found = contact(state, identity)
    return Done(["UnknownIdentity"]) if found is None else Done(output=[found])


def remove_cs_ex_um_contact(state: State, identity: str) -> Done:
    """CMD-12."""
    found = contact(state, identity)
    if found is None:
        return Done(["UnknownIdentity"])
    state["contacts"].remove(found)
    return Done(named=[("contacts", found["sip"])])
