"""Why a route is as it is: every input looked at, every candidate policy, every clause in words."""

import enum

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.clauses import Clause, clause
from exum_routing.deployment import Deployment, HostedVoicemailPolicy, PolicyIdentity, PolicyScope, Subject, UmContact, UriType
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing.decision import HostedUm, RoutingDecision
from exum_routing.routing.route import hosted_um_access, route


@attrs.frozen
class Input:
    """One input that was looked at."""

    name: str
    """What it is, in the source's words."""
    value: str
    """Its value, as text."""


class Standing(enum.Enum):
    """How a policy stands towards a user."""

    EFFECTIVE = "EFFECTIVE"
    """It applies."""
    SHADOWED = "SHADOWED"
    """It would apply, but a narrower one does."""
    NOT_ASSIGNED = "NOT_ASSIGNED"
    """Per-user, and not assigned to this user."""
    OTHER_SITE = "OTHER_SITE"
    """Of another site than the one where the user is homed."""
    SITE_NOT_KNOWN = "SITE_NOT_KNOWN"
    """Of a site, while nobody knows on which site the user is homed: it may be the one that applies."""
    MISSING = "MISSING"
    """Assigned, but there is no such policy."""


@attrs.frozen
class Candidate:
    """A policy and how it stands towards a user."""

    identity: PolicyIdentity
    """The policy's identity."""
    standing: Standing
    """How it stands."""
    reason: str
    """Why, in words."""


@attrs.frozen
class Explanation:
    """A decision with all that led to it."""

    decision: RoutingDecision
    """What ``route`` decides."""
    inputs: tuple[Input, ...]
    """Every input looked at, in the order of the source; the dial plan only where a UM proxy address decided."""
    candidates: tuple[Candidate, ...]
    """Every policy of the deployment in its order, then an assigned one that does not exist."""
    clauses: tuple[Clause, ...]
    """The clauses that decided, in the order of the table of outcomes."""
    reading: Reading
    """The reading of the clauses that the source leaves open."""


@names_wrong_types
def explain(subject: Subject, deployment: Deployment, *, reading: Reading = DEFAULT_READING) -> Explanation:
    """The decision about a user or a contact, with every input, every candidate policy and the clauses as sentences.

    Clauses: ROUTE-10, POL-3, POL-5, POL-6, POL-11

    >>> from exum_routing.deployment import User
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> [clause.id for clause in explain(zoe, Deployment(users=(zoe,))).clauses]
    ['ROUTE-5']
    """
    decision = route(subject, deployment, reading=reading)
    return Explanation(
        decision,
        _account_inputs(subject, reading) + _homing_inputs(subject, deployment) + _dial_plan_inputs(decision, deployment),
        _candidates(subject, deployment),
        tuple(map(clause, decision.clauses)),
        reading,
    )


def _account_inputs(subject: Subject, reading: Reading) -> tuple[Input, ...]:
    if isinstance(subject, UmContact):
        kind = "auto attendant" if subject.auto_attendant else "subscriber access"
        return (Input("contact object", f"{kind} at {subject.display_number}; counts as enabled for hosted UM access"),)
    settings = subject.voice_mail_settings
    return (
        Input("msExchUCVoiceMailSettings", "; ".join(settings.values) or "not set"),
        Input("hosted UM access", hosted_um_access(settings, reading).value),
        Input("UM proxy addresses", "; ".join(map(str, subject.um_proxy_addresses)) or "none"),
    )


def _homing_inputs(subject: Subject, deployment: Deployment) -> tuple[Input, ...]:
    assigned, pool = subject.hosted_voicemail_policy, deployment.pool(subject.registrar_pool)
    if pool is None:
        why = "no RegistrarPool is given" if subject.registrar_pool is None else "the deployment has no pool of this name"
        site = f"not known: {why}" + ("; the policy of its site may apply" * deployment.may_have_site_policy(subject))
    else:
        site = pool.site
    return (
        Input("assigned policy", "none" if assigned is None else str(assigned)),
        Input("registrar pool", subject.registrar_pool or "not given"),
        Input("site", site),
    )


def _dial_plan_inputs(decision: RoutingDecision, deployment: Deployment) -> tuple[Input, ...]:
    if isinstance(decision, HostedUm) or decision.proxy_address is None:
        return ()
    phone_context = decision.proxy_address.phone_context
    dial_plan = deployment.dial_plan(phone_context)
    if deployment.dial_plans is None:
        servers = "not known: Exchange UM's directory objects cannot be read"
    elif dial_plan is None:
        servers = "none: there is no such dial plan"
    else:
        servers = "; ".join(
            f"{server.fqdn} (version {server.major_version}, {'enabled' if server.enabled else 'disabled'})"
            for server in dial_plan.um_servers
        )
        servers = f"{dial_plan.uri_type.value}: {servers or 'none'}"
        if dial_plan.uri_type is not UriType.SIP_NAME:
            servers += "; none is tried, because its dial plan is not a SIP URI dial plan (UM-2)"
    return (Input("dial plan", phone_context), Input("UM servers", servers))


def _candidates(subject: Subject, deployment: Deployment) -> tuple[Candidate, ...]:
    effective = deployment.effective_policy(subject)
    candidates = tuple(_candidate(policy, effective, subject, deployment) for policy in deployment.policies)
    assigned = subject.hosted_voicemail_policy
    if assigned is None or deployment.policy(assigned) is not None:
        return candidates
    return (*candidates, Candidate(assigned, Standing.MISSING, "it is assigned, but no policy has this name"))


def _candidate(
    policy: HostedVoicemailPolicy, effective: HostedVoicemailPolicy, subject: Subject, deployment: Deployment
) -> Candidate:
    identity = policy.identity
    pool = deployment.pool(subject.registrar_pool)
    if policy is effective:
        standing, reason = Standing.EFFECTIVE, _WHY_EFFECTIVE[identity.scope]
    elif identity.scope is PolicyScope.PER_USER:
        standing, reason = Standing.NOT_ASSIGNED, "it is not assigned to this account"
    elif identity.scope is PolicyScope.SITE and deployment.may_have_site_policy(subject):
        standing, reason = Standing.SITE_NOT_KNOWN, "the site of this account is not known, so this policy may apply"
    elif identity.scope is PolicyScope.SITE and pool is not None and pool.site_policy != identity:
        standing, reason = Standing.OTHER_SITE, f"this account is homed on {pool.site}"
    else:
        standing, reason = Standing.SHADOWED, f"{effective.identity} is narrower"
    return Candidate(identity, standing, reason)


_WHY_EFFECTIVE = {
    PolicyScope.PER_USER: "it is assigned to this account",
    PolicyScope.SITE: "no per-user policy applies, and this account is homed on its site",
    PolicyScope.GLOBAL: "neither a per-user nor a site policy applies",
}
