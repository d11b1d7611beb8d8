"""The grants in a plan: which accounts get which per-user policy."""

from collections.abc import Iterable

from exum_routing.cmdlets import CmdletCall, grant_cs_hosted_voicemail_policy
from exum_routing.deployment import PolicyIdentity, Subject
from exum_routing.planning.own_step import OwnWay, Rank
from exum_routing.planning.part import NOTHING, Part, one_reason, own_step
from exum_routing.planning.transition import Transition


def plan_grant(before: PolicyIdentity | None, account: Subject, way: Transition) -> Part:
    """The grant of the policy that an account is to have.

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
    call = CmdletCall.of(
        "Grants",
        grant_cs_hosted_voicemail_policy,
        policy_name=None if wanted is None else str(wanted),
        identity=str(account.sip_address),
    )
    return own_step(Rank.REVOKE if wanted is None else Rank.GRANT, call, "hosted_voicemail_policy", wanted)


def granted_policies(ways: Iterable[OwnWay]) -> frozenset[PolicyIdentity]:
    """The policies that some account is granted. Clauses: CMD-4."""
    values = {step.value for way in ways for step in way.steps if step.rank is Rank.GRANT}
    return frozenset(value for value in values if isinstance(value, PolicyIdentity))
