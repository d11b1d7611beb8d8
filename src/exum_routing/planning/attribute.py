"""The attribute of a user in a plan: the cmdlets that bring msExchUCVoiceMailSettings to its values."""

from exum_routing.cmdlets import CmdletCall, set_cs_user
from exum_routing.deployment import User, VoiceMailSettings
from exum_routing.planning.differences import attribute_values
from exum_routing.planning.own_step import Rank
from exum_routing.planning.part import NOTHING, Part, joined, one_reason, own_step
from exum_routing.planning.transition import Transition
from exum_routing.reading import ForeignValue


def plan_attribute(before: User, after: User, way: Transition) -> Part:
    """The steps that bring a user's attribute to its values.

    Set-CsUser writes its own pair. Only its ``$null`` takes another application's value away, with all the others. A user who
    is to be disabled may have an empty attribute until CMD-7 allows it.

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
        return _emptied(after, "The attribute")
    why = "Enabled users" if enabled else "Disabled users"
    written = _set(Rank.SET, why, after, after.voice_mail_settings, enabled)
    may_be_emptied = not enabled and had is not None and not kept
    return joined((_emptied(after, why, optional=not emptied) if emptied or may_be_emptied else NOTHING, written))


def _emptied(user: User, why: str, *, optional: bool = False) -> Part:
    return _set(Rank.EMPTY, why, user, VoiceMailSettings(), None, optional=optional)


def _set(  # noqa: PLR0913 - the row of one step
    rank: Rank, why: str, user: User, settings: VoiceMailSettings, value: bool | None, *, optional: bool = False
) -> Part:
    call = CmdletCall.of(why, set_cs_user, identity=str(user.sip_address), hosted_voice_mail=value)
    return own_step(rank, call, "voice_mail_settings", settings, optional=optional)


def refusal_of(user: User) -> str:
    """Why a user's attribute cannot be set, where no order of the cmdlets allows it. Clauses: CMD-6, CMD-7."""
    if user.voice_mail_settings.cs_hosted_voice_mail:
        return f"{user.sip_address} is to be enabled, but no policy with a Destination applies: give it one (CMD-6)"
    elsewhere = CmdletCall.named("Set-CsOnlineVoicemailUserSettings", identity=str(user.sip_address), voicemail_enabled=False)
    return (
        f"{user.sip_address} is to be disabled, but a policy with a Destination applies: CMD-7 refuses that. There are two "
        f"other ways: leave the attribute empty ($null), or turn voice mail off at the service, {elsewhere.cmdlet.where}: "
        f"{elsewhere}. Microsoft's Direct Routing page relies on the other reading, disabling=ALWAYS_ALLOWED"
    )
