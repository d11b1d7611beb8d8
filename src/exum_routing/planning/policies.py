"""The policies in a plan: those that are or become usable before the accounts move, the others afterwards."""

from collections.abc import Collection

from exum_routing.cmdlets import (
    new_cs_hosted_voicemail_policy,
    remove_cs_hosted_voicemail_policy,
    set_cs_hosted_voicemail_policy,
)
from exum_routing.deployment import Deployment, HostedVoicemailPolicy, PolicyIdentity
from exum_routing.planning.differences import changed_fields
from exum_routing.planning.part import NOTHING, Part, joined, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition


def plan_policies(way: Transition, granted: Collection[PolicyIdentity]) -> Part:
    """The steps that make, change and remove policies. Every target's policies can be reached.

    Args:
        way: From where to where.
        granted: The policies that the plan grants: such a one goes only after its grants.

    Clauses: CMD-1, CMD-2, CMD-5
    """
    before, after = _by_key(way.current), _by_key(way.target)
    return joined(
        (
            *(_changed(before[key], policy) if key in before else _new(policy) for key, policy in after.items()),
            *(_removed(policy, granted) for key, policy in before.items() if key not in after),
        )
    )


def _by_key(deployment: Deployment) -> dict[str, HostedVoicemailPolicy]:
    return {policy.identity.key: policy for policy in deployment.policies}


def _new(policy: HostedVoicemailPolicy) -> Part:
    phase = Phase.OPEN_POLICIES if policy.is_usable else Phase.CLOSE_POLICIES
    given = {
        "description": policy.description,
        "destination": None if policy.destination is None else str(policy.destination),
        "organization": _organization(policy),
    }
    return one_step(
        phase,
        "New policies",
        new_cs_hosted_voicemail_policy,
        identity=str(policy.identity),
        **{name: value for name, value in given.items() if value is not None},
    )


def _organization(policy: HostedVoicemailPolicy) -> str | None:
    return ",".join(policy.organizations) or None


def _changed(before: HostedVoicemailPolicy, after: HostedVoicemailPolicy) -> Part:
    if before == after:
        return NOTHING
    loses_destination = before.is_usable and not after.is_usable
    fields = changed_fields(before, after, ("description", "destination"))
    if fields.get("destination") is not None:
        fields["destination"] = str(after.destination)
    if before.organizations != after.organizations:
        fields["organization"] = _organization(after)
    return one_step(
        Phase.CLOSE_POLICIES if loses_destination else Phase.OPEN_POLICIES,
        "Policies that change",
        set_cs_hosted_voicemail_policy,
        identity=str(before.identity),
        **fields,
    )


def _removed(policy: HostedVoicemailPolicy, granted: Collection[PolicyIdentity]) -> Part:
    """At once where it has no Destination and nobody is granted it; else after the accounts have moved."""
    needed = policy.is_usable or policy.identity in granted
    return one_step(
        Phase.CLOSE_POLICIES if needed else Phase.CLEAR_POLICIES,
        "Policies that go",
        remove_cs_hosted_voicemail_policy,
        identity=str(policy.identity),
    )
