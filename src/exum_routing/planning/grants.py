"""The grants in a plan: which accounts get which per-user policy, and when."""

from collections.abc import Iterable

from exum_routing.cmdlets import grant_cs_hosted_voicemail_policy
from exum_routing.deployment import PolicyIdentity, Subject
from exum_routing.planning.part import NOTHING, Part, Step, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition


def plan_grant(before: PolicyIdentity | None, account: Subject, way: Transition) -> Part:
    """The grant of the policy that an account is to have, in the phase in which the policy is there.

    Args:
        before: The policy that is assigned to the account so far.
        account: The account as it is to be.
        way: From where to where.

    Clauses: CMD-4
    """
    wanted = account.hosted_voicemail_policy
    if wanted == before:
        return NOTHING
    if wanted is not None and way.current.policy(wanted) is None and way.target.policy(wanted) is None:
        return one_reason(f"{account.sip_address} is to have {wanted}, which is no policy: give one of the target")
    return one_step(
        Phase.GRANT_CLOSED if wanted is not None and _is_made_closed(wanted, way) else Phase.GRANT,
        "Grants",
        grant_cs_hosted_voicemail_policy,
        policy_name=None if wanted is None else str(wanted),
        identity=str(account.sip_address),
    )


def _is_made_closed(identity: PolicyIdentity, way: Transition) -> bool:
    """Whether the policy is new and has no Destination."""
    policy = way.target.policy(identity)
    return policy is not None and not policy.is_usable and way.current.policy(identity) is None


def granted_policies(steps: Iterable[Step]) -> frozenset[PolicyIdentity]:
    """The policies that some account is granted by steps. Clauses: CMD-4."""
    names = {
        dict(step.call.arguments)["policy_name"]
        for step in steps
        if step.call.cmdlet.function is grant_cs_hosted_voicemail_policy
    }
    return frozenset(PolicyIdentity(name) for name in names if isinstance(name, str))
