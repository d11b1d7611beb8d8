"""The users in a plan: what of each is fixed, Enterprise Voice, the assigned policy, the pool, the attribute."""

from collections.abc import Callable, Iterator
from typing import Final

from exum_routing.cmdlets import set_cs_user
from exum_routing.deployment import User
from exum_routing.planning.attribute import plan_attribute, refusal_of
from exum_routing.planning.elsewhere import plan_proxy_addresses
from exum_routing.planning.fixed import plan_fixed_fields
from exum_routing.planning.grants import plan_grant
from exum_routing.planning.own_step import OwnWay
from exum_routing.planning.part import NOTHING, Part, joined, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.pools import plan_move
from exum_routing.planning.transition import Transition


def plan_users(way: Transition) -> Part:
    """The steps that change users, aspect by aspect; users who come or go are fixed. Clauses: CMD-4, CMD-6, CMD-7."""
    return joined(_way(before, after, way) for before, after in _changed(way))


def _way(before: User, after: User, way: Transition) -> Part:
    found = joined(plan_aspect(before, after, way) for plan_aspect in _ASPECTS)
    ways = (OwnWay(before, found.own, refusal_of(after)),) if found.own else ()
    return Part(found.steps, found.reasons, ways=ways)


def _changed(way: Transition) -> Iterator[tuple[User, User]]:
    """The users who differ, as they are and as they are to be."""
    for after in way.target.users:
        before = way.current.user(after.sip_address)
        if before is not None and before != after:
            yield before, after


def _enterprise_voice(before: User, after: User, _: Transition) -> Part:
    """Enabled first, disabled last: without Enterprise Voice the user's calls go nowhere."""
    enabled = after.enterprise_voice_enabled
    if before.enterprise_voice_enabled is enabled:
        return NOTHING
    if enabled is None:
        return one_reason(f"{after.sip_address}: EnterpriseVoiceEnabled is known and is not to be: give true or false")
    phase = Phase.PREPARE if enabled else Phase.FINISH
    return one_step(phase, "Enterprise Voice", set_cs_user, identity=str(after.sip_address), enterprise_voice_enabled=enabled)


def _assigned_policy(before: User, after: User, way: Transition) -> Part:
    return plan_grant(before.hosted_voicemail_policy, after, way)


_ASPECTS: Final[tuple[Callable[[User, User, Transition], Part], ...]] = (
    plan_fixed_fields,
    plan_proxy_addresses,
    _enterprise_voice,
    _assigned_policy,
    plan_move,
    plan_attribute,
)
"""What a plan looks at of a user, in the order of its reasons."""
