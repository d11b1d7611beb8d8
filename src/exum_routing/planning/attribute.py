"""The attribute of a user in a plan: the cmdlets that bring msExchUCVoiceMailSettings to its values, and when they may run."""

from exum_routing.cmdlets import CmdletCall, set_cs_user
from exum_routing.deployment import User
from exum_routing.planning.differences import attribute_values
from exum_routing.planning.part import NOTHING, Part, joined, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition
from exum_routing.reading import Disabling, ForeignValue


def plan_attribute(before: User, after: User, way: Transition) -> Part:
    """The steps that bring a user's attribute to its values.

    Set-CsUser writes its own pair. Only its ``$null`` takes another application's value away, with all the others.

    Clauses: CMD-6, CMD-7, CMD-9
    """
    if attribute_values(before) == attribute_values(after):
        return NOTHING
    had, enabled = (user.voice_mail_settings.cs_hosted_voice_mail for user in (before, after))
    kept, foreign = (frozenset(user.voice_mail_settings.foreign) for user in (before, after))
    emptied = bool(kept - foreign) or (had is not None and enabled is None)
    unwritable = foreign if emptied else foreign - kept
    if unwritable:
        return one_reason(f"{after.sip_address}: msExchUCVoiceMailSettings is to hold what no cmdlet writes or keeps: edit it")
    if foreign and way.reading.foreign_value is ForeignValue.WARN_ONLY:
        return one_reason(
            f"{after.sip_address}: Set-CsUser writes nothing beside another application's value in the reading WARN_ONLY"
        )
    if enabled is None:
        return _set(Phase.EMPTY, "The attribute", after, hosted_voice_mail=None)
    return (_enabled if enabled else _disabled)(before, after, way, emptied=emptied)


def _set(phase: Phase, why: str, user: User, *, hosted_voice_mail: bool | None) -> Part:
    return one_step(phase, why, set_cs_user, identity=str(user.sip_address), hosted_voice_mail=hosted_voice_mail)


def _usable(before: User, after: User, way: Transition) -> tuple[bool, bool]:
    """Whether the policy is usable that applies to the user now, and the one that is to apply."""
    return way.current.effective_policy(before).is_usable, way.target.effective_policy(after).is_usable


def _enabled(before: User, after: User, way: Transition, *, emptied: bool) -> Part:
    """Under a usable policy: the one that is to apply or, where that is not usable, the one that applies now."""
    now, then = _usable(before, after, way)
    if not now and not then:
        return one_reason(
            f"{after.sip_address} is to be enabled, but no policy with a Destination applies: give it one (CMD-6)"
        )
    phase = Phase.ENABLE if then else Phase.PREPARE
    cleared = _set(phase, "Enabled users", after, hosted_voice_mail=None) if emptied else NOTHING
    return joined((cleared, _set(phase, "Enabled users", after, hosted_voice_mail=True)))


def _disabled(before: User, after: User, way: Transition, *, emptied: bool) -> Part:
    """Under a policy that is not usable: before one becomes usable, or after one no longer is.

    A user who has to wait for that has an empty attribute meanwhile.
    """
    now, then = _usable(before, after, way)
    allowed = way.reading.disabling is Disabling.ALWAYS_ALLOWED
    if now and then and not allowed:
        return one_reason(_other_ways_than_disabling(after))
    phase = Phase.ENABLE if allowed else Phase.DISABLE if now else Phase.PREPARE
    waits = phase is Phase.DISABLE
    cleared = NOTHING
    if emptied or (waits and _is_only_pair(before)):
        cleared = _set(Phase.ENABLE if waits else phase, "Disabled users", after, hosted_voice_mail=None)
    return joined((cleared, _set(phase, "Disabled users", after, hosted_voice_mail=False)))


def _other_ways_than_disabling(user: User) -> str:
    elsewhere = CmdletCall.named("Set-CsOnlineVoicemailUserSettings", identity=str(user.sip_address), voicemail_enabled=False)
    return (
        f"{user.sip_address} is to be disabled, but a policy with a Destination applies: CMD-7 refuses that. There are two "
        f"other ways: leave the attribute empty ($null), or turn voice mail off at the service, {elsewhere.cmdlet.where}: "
        f"{elsewhere}. Microsoft's Direct Routing page relies on the other reading, disabling=ALWAYS_ALLOWED"
    )


def _is_only_pair(user: User) -> bool:
    return user.voice_mail_settings.cs_hosted_voice_mail is not None and not user.voice_mail_settings.foreign
