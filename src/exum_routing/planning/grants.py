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
        _when(wanted, way),
        "Grants",
        grant_cs_hosted_voicemail_policy,
        policy_name=None if wanted is None else str(wanted),
        identity=str(account.sip_address),
    )


def _when(wanted: PolicyIdentity | None, way: Transition) -> Phase:
    if wanted is None:
        return Phase.REVOKE
    return Phase.GRANT_CLOSED if _is_closed(wanted, way) else Phase.GRANT


def _is_closed(identity: PolicyIdentity, way: Transition) -> bool:
    """Whether the policy is to have no Destination, and has none now: it is new, or stays so."""
    before, after = way.current.policy(identity), way.target.policy(identity)
    return after is not None and not after.is_usable and (before is None or not before.is_usable)


def granted_policies(steps: Iterable[Step]) -> frozenset[PolicyIdentity]:
    """The policies that some account is granted by steps. Clauses: CMD-4."""
    names = {
        dict(step.call.arguments)["policy_name"]
        for step in steps
        if step.call.cmdlet.function is grant_cs_hosted_voicemail_policy
    }
    return frozenset(PolicyIdentity(name) for name in names if isinstance(name, str))
