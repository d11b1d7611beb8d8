"""Rules of the audit about accounts: the attribute, the proxy addresses, where users are homed, contact objects."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from exum_routing.audit.misspelled import misspelled_pairs
from exum_routing.audit.observation import Observation, for_each
from exum_routing.audit.routed import AuditView
from exum_routing.call import call_voice_mail_indicator
from exum_routing.deployment import CLOUDS, MailboxHome, NotKnown, PoolVersion, Subject, User, VoiceMailSettings
from exum_routing.routing import HostedUm, HostedUmAccess, NotRouted, NotRoutedReason, hosted_um_access
from exum_routing.sip import SipAddress

_SET_NULL: Final = for_each("Set-CsUser", hosted_voice_mail=None)
_SET_TRUE: Final = for_each("Set-CsUser", hosted_voice_mail=True)


def without_enterprise_voice(view: AuditView) -> Iterator[Observation]:
    """Users are enabled for hosted UM access without Enterprise Voice (L12). Clauses: ROUTE-2."""
    without = tuple(user.sip_address for user in view.enabled if user.enterprise_voice_enabled is False)
    if without:
        yield Observation(
            without,
            "They are enabled for hosted UM access, but not for Enterprise Voice, which Cloud Voicemail requires: enable it "
            "with Set-CsUser if they are to have it.",
        )


def site_not_known(view: AuditView) -> Iterator[Observation]:
    """There are site policies, and no site is known of an account that has no per-user policy. Clauses: POL-11."""
    deployment = view.deployment
    unknown = [subject for subject in deployment.subjects if deployment.may_have_site_policy(subject)]
    why = {
        True: f"The document gives no RegistrarPool for them, so {NotKnown.SITES.words}, and the policy of a site may apply: "
        "add RegistrarPool.",
        False: f"The document does not have their registrar pool, so {NotKnown.SITES.words}, and the policy of a site may "
        "apply: add the pool and its site.",
    }
    for without_pool, sentence in why.items():
        subjects = tuple(one.sip_address for one in unknown if (one.registrar_pool is None) is without_pool)
        if subjects:
            yield Observation(subjects, sentence)


def authors_disagree(view: AuditView) -> Iterator[Observation]:
    """One author's pair says enabled, the other's disabled (L10). Clauses: ROUTE-7."""
    found: dict[bool, list[SipAddress]] = defaultdict(list)
    for user in view.deployment.users:
        if user.voice_mail_settings.authors_disagree:
            enabled = hosted_um_access(user.voice_mail_settings, view.reading) is HostedUmAccess.ENABLED
            found[enabled].append(user.sip_address)
    for enabled in (True, False):
        if found[enabled]:
            count = "enabled" if enabled else "not enabled"
            yield Observation(
                tuple(found[enabled]),
                "In their attribute Exchange and Skype for Business Server say opposite things; they count as "
                f"{count} for hosted UM access, and another reading may have it otherwise. Find out which of the two is right "
                "before you clear the attribute and set it anew.",
            )


def misspelled_pair(view: AuditView) -> Iterator[Observation]:
    """A value of the attribute that is nearly one of the four pairs, and means nothing (L10). Clauses: ATTR-4, CMD-6."""
    mended: list[SipAddress] = []
    others: list[SipAddress] = []
    for subject, decision in view.decisions:
        if isinstance(subject, User) and misspelled_pairs(subject.voice_mail_settings):
            meant = len(misspelled_pairs(subject.voice_mail_settings)) == len(subject.voice_mail_settings.values)
            safe = meant and isinstance(decision, NotRouted) and decision.reason is NotRoutedReason.NO_VOICE_MAIL
            (mended if safe and _may_be_enabled(view, subject) else others).append(subject.sip_address)
    why = (
        "Their attribute holds a value that is nearly one of the pairs that have a meaning, and means nothing as it is spelled"
    )
    if mended:
        yield Observation(tuple(mended), f"{why}.", (), (_SET_NULL, _SET_TRUE))
    if others:
        yield Observation(
            tuple(others),
            f"{why}: clear the attribute with Set-CsUser -HostedVoiceMail $null and set it anew, once you know what was meant.",
        )


def _may_be_enabled(view: AuditView, user: User) -> bool:
    """Whether a user's misspelled value means enabled, and a policy with a Destination is known to apply."""
    enables = all(pair.endswith("=1") for pair in misspelled_pairs(user.voice_mail_settings).values())
    known = not view.deployment.may_have_site_policy(user)
    return enables and known and view.deployment.effective_policy(user).is_usable


def other_attribute_values(view: AuditView) -> Iterator[Observation]:
    """The attribute holds values that mean nothing to routing (L10). Clauses: ATTR-4."""
    odd = tuple(user.sip_address for user in view.deployment.users if _has_other_values(user.voice_mail_settings))
    if odd:
        yield Observation(
            odd,
            "Their attribute holds values that mean nothing to routing, so another application may manage it; leave them as "
            "they are until you know which.",
        )


def _has_other_values(settings: VoiceMailSettings) -> bool:
    authors = (settings.exchange_hosted_voice_mail, settings.cs_hosted_voice_mail)
    misspelled = len(misspelled_pairs(settings))
    return len(settings.values) - misspelled > sum(said is not None for said in authors)


def without_voice_mail(view: AuditView) -> Iterator[Observation]:
    """Users with Enterprise Voice who have no voice mail at all. Clauses: ROUTE-5."""
    without = tuple(
        subject.sip_address
        for subject, decision in view.decisions
        if isinstance(subject, User)
        and subject.enterprise_voice_enabled
        and isinstance(decision, NotRouted)
        and decision.reason is NotRoutedReason.NO_VOICE_MAIL
    )
    if without:
        yield Observation(
            without,
            "They have Enterprise Voice, and neither hosted voice mail nor a UM proxy address. That may be meant so; where "
            "their mailboxes are in another forest, synchronisation may not carry the UM proxy addresses.",
        )


def indicator_dark(view: AuditView) -> Iterator[Observation]:
    """Users are routed to hosted UM, and the client's "call voice mail" stays dark. Clauses: CALL-9."""
    dark = tuple(
        subject.sip_address
        for subject, decision in view.decisions
        if isinstance(decision, HostedUm) and isinstance(subject, User) and not call_voice_mail_indicator(subject)
    )
    if dark:
        yield Observation(
            dark,
            'Their calls go to hosted UM by the pair of Exchange alone, and the client lights "call voice mail" by the pair of '
            "Skype for Business Server (inferred): it stays dark.",
        )


def stale_um_proxy_address(view: AuditView) -> Iterator[Observation]:
    """A UM proxy address beside an attribute that enables hosted UM access (L13). Clauses: ROUTE-3."""
    stale = tuple(user.sip_address for user in view.enabled if user.um_proxy_addresses)
    if stale:
        yield Observation(
            stale,
            "They are enabled for hosted UM access and still have a UM proxy address, which is not looked at: the "
            "administrator of Exchange UM removes it, once they have moved for good.",
        )


def contact_number_not_unique(view: AuditView) -> Iterator[Observation]:
    """Contact objects that share a DisplayNumber, so that a call to it finds none of them (L21). Clauses: CALL-13."""
    by_number: dict[str, list[SipAddress]] = defaultdict(list)
    for contact in view.deployment.contacts:
        by_number[contact.display_number].append(contact.sip_address)
    for number, contacts in sorted(by_number.items()):
        if len(contacts) > 1:
            yield Observation(
                tuple(contacts),
                f"They share the DisplayNumber {number}, so a call to it finds none of them: the administrator gives each its "
                "own with Set-CsExUmContact -DisplayNumber.",
            )


def _version(view: AuditView, subject: Subject) -> PoolVersion | None:
    pool = view.deployment.pool(subject.registrar_pool)
    return None if pool is None else pool.version


def _contacts_on(view: AuditView, version: PoolVersion | None) -> tuple[SipAddress, ...]:
    return tuple(one.sip_address for one in view.deployment.contacts if _version(view, one) is version)


def contact_on_2019_pool(view: AuditView) -> Iterator[Observation]:
    """Calls to contact objects fail on pools of Skype for Business Server 2019 (L20). Clauses: CALL-15."""
    contacts = _contacts_on(view, PoolVersion.SERVER_2019)
    if contacts:
        yield Observation(
            contacts,
            "Their pool runs Skype for Business Server 2019, where calls to contact objects are reported to fail with 500 and "
            "15000 (by Microsoft, without a published fix): move them to a pool of 2015 with Move-CsExUmContact.",
        )


def pool_version_not_known(view: AuditView) -> Iterator[Observation]:
    """Contact objects on pools whose version is not known (L20). Clauses: CALL-15."""
    contacts = _contacts_on(view, None)
    if contacts:
        yield Observation(
            contacts,
            "On a pool of Skype for Business Server 2019 calls to contact objects are reported to fail with 500 and 15000, and "
            f"{NotKnown.POOL_VERSIONS.words}: add Version to their pools in the document.",
        )


def contact_of_cloud_voicemail(view: AuditView) -> Iterator[Observation]:
    """Contact objects whose policy leads to Cloud Voicemail, which answers none. Clauses: CALL-15, POL-13."""
    for policy in view.deployment.policies:
        if policy.destination in CLOUDS:
            hosted = view.hosted.get(policy.identity.key, ())
            contacts = tuple(subject.sip_address for subject, _ in hosted if not isinstance(subject, User))
            if contacts:
                yield Observation(
                    contacts,
                    f"Policy {policy.identity} leads them to {policy.destination}, where nothing answers contact objects: "
                    "Exchange UM Online was retired on 2020-02-28, and Cloud Voicemail has no subscriber access and no auto "
                    "attendants. Remake an attendant as a cloud auto attendant before you remove its contact object.",
                )


def outside_support_matrix(view: AuditView) -> Iterator[Observation]:
    """Users of Cloud Voicemail on a pool of 2015 with a mailbox on-premises (L23). Clauses: CALL-7, POL-13."""
    outside = tuple(
        subject.sip_address
        for policy in view.deployment.policies
        if policy.destination in CLOUDS
        for subject, decision in view.hosted.get(policy.identity.key, ())
        if isinstance(subject, User)
        and _version(view, subject) is PoolVersion.SERVER_2015
        and _is_homed_on_premises(view, subject, decision)
    )
    if outside:
        yield Observation(
            outside,
            "Their pool runs Skype for Business Server 2015 and their mailboxes are on-premises: for that pair Cloud "
            "Voicemail is outside the published support matrix, although calls are reported to reach it.",
        )


def _is_homed_on_premises(view: AuditView, user: User, decision: HostedUm) -> bool:
    service = view.deployment.hosted_um_service(decision.destination)
    tenant = None if service is None else service.first_tenant(decision.organizations)
    mailbox = None if tenant is None else tenant.mailbox(user.sip_address)
    return mailbox is not None and mailbox.home is MailboxHome.ON_PREMISES
