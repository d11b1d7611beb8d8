"""Evidence about the account itself: its attribute, its policy, its pool."""

from exum_routing.deployment import PoolVersion, UmContact, User, VoiceMailSettings
from exum_routing.diagnosis.evidence import IN_NO_DOCUMENT, Evidence, Situation, ruled_out, shown, to_check
from exum_routing.routing import NotRouted

_ATTRIBUTE = "msExchUCVoiceMailSettings"
_OF_USERS = f"It is a contact object, and {_ATTRIBUTE} is an attribute of users."


def without_voice_mail(situation: Situation) -> Evidence:
    """The user has no voice mail, or counts as disabled. Clauses: ROUTE-5, ROUTE-12."""
    decision = situation.decision
    if isinstance(decision, NotRouted) and decision.policy is None and decision.proxy_address is None:
        return shown(situation.way)
    return ruled_out(
        situation.way if situation.policy_is_known else "The account is enabled for hosted UM access, whichever policy applies."
    )


def policy_without_destination(situation: Situation) -> Evidence:
    """The policy that applies names no Destination. Clauses: ROUTE-6."""
    decision = situation.decision
    if situation.policy_is_known and isinstance(decision, NotRouted) and decision.policy is not None:
        return shown(f"Policy {decision.policy.identity} applies and names no Destination.")
    found = situation.hosted()
    return found if isinstance(found, Evidence) else ruled_out(situation.way)


def contact_on_2019_pool(situation: Situation) -> Evidence:
    """The call is to a contact object on a pool of 2019. Clauses: CALL-17."""
    subject = situation.subject
    if isinstance(subject, User):
        return ruled_out("It is a user, not a contact object.")
    pool = situation.deployment.pool(subject.registrar_pool)
    if pool is None or pool.version is None:
        return to_check(
            f"The document does not give the version of its pool, {subject.registrar_pool or 'which is not known'}."
        )
    runs = f"It is a contact object on {pool.fqdn}, which runs Skype for Business Server {pool.version.value}."
    return shown(runs) if pool.version is PoolVersion.SERVER_2019 else ruled_out(runs)


def indicator_dark(situation: Situation) -> Evidence:
    """The pair that lights the indicator is not there. Clauses: CALL-9."""
    subject = situation.subject
    if isinstance(subject, UmContact):
        return ruled_out("It is a contact object, and no client signs in as one.")
    lit = subject.voice_mail_settings.cs_hosted_voice_mail is True
    return (ruled_out if lit else shown)(_holds(subject.voice_mail_settings))


def without_enterprise_voice(situation: Situation) -> Evidence:
    """The user does not have Enterprise Voice. Clauses: ROUTE-2."""
    subject = situation.subject
    if isinstance(subject, UmContact):
        return ruled_out("It is a contact object, not a user.")
    if subject.enterprise_voice_enabled is None:
        return to_check("The document does not give EnterpriseVoiceEnabled.")
    verdict = ruled_out if subject.enterprise_voice_enabled else shown
    return verdict(f"EnterpriseVoiceEnabled is {subject.enterprise_voice_enabled}.")


def never_enabled(situation: Situation) -> Evidence:
    """The attribute may never have been written. Clauses: ATTR-2."""
    subject = situation.subject
    if isinstance(subject, UmContact):
        return ruled_out(_OF_USERS)
    if subject.voice_mail_settings.values:
        return ruled_out(_holds(subject.voice_mail_settings))
    return to_check(f"{_holds(subject.voice_mail_settings)} It does not say since when.")


def emptied(situation: Situation) -> Evidence:
    """Somebody or something may have emptied the attribute: no document says who wrote it last. Clauses: ATTR-2."""
    subject = situation.subject
    return ruled_out(_OF_USERS) if isinstance(subject, UmContact) else to_check(IN_NO_DOCUMENT)


def other_attribute_values(situation: Situation) -> Evidence:
    """The attribute holds values that are none of the four pairs. Clauses: ATTR-4."""
    subject = situation.subject
    if isinstance(subject, UmContact):
        return ruled_out(_OF_USERS)
    settings = subject.voice_mail_settings
    authors = (settings.exchange_hosted_voice_mail, settings.cs_hosted_voice_mail)
    if len(settings.values) > sum(said is not None for said in authors):
        return shown(_holds(settings))
    return to_check(f"{_holds(settings)} What wrote to it before is in no document.")


def _holds(settings: VoiceMailSettings) -> str:
    held = ", ".join(sorted(settings.values))
    return f"{_ATTRIBUTE} holds {held}." if held else f"{_ATTRIBUTE} is empty."
