"""Rules of the audit about accounts: the attribute, the proxy addresses, where users are homed, contact objects."""

from collections import defaultdict
from collections.abc import Iterator

from exum_routing.audit.observation import CallForEach, Observation, for_each
from exum_routing.audit.routed import AuditView
from exum_routing.deployment import PolicyScope, User, VoiceMailSettings
from exum_routing.routing import HostedUmAccess, hosted_um_access
from exum_routing.sip import SipAddress

_SET_NULL = for_each("Set-CsUser", hosted_voice_mail=None)
_SET_TRUE = for_each("Set-CsUser", hosted_voice_mail=True)


def without_enterprise_voice(view: AuditView) -> Iterator[Observation]:
    """Users are enabled for hosted UM access without Enterprise Voice (L12). Clauses: ROUTE-2."""
    without = tuple(user.sip_address for user in view.enabled if user.enterprise_voice_enabled is False)
    if without:
        yield Observation(
            without,
            "They are enabled for hosted UM access, but not for Enterprise Voice, which Cloud Voicemail requires.",
            (),
            (for_each("Set-CsUser", enterprise_voice_enabled=True),),
        )


def site_not_known(view: AuditView) -> Iterator[Observation]:
    """There are site policies, and no site is known of an account that has no per-user policy. Clauses: POL-11."""
    deployment = view.deployment
    if all(policy.identity.scope is not PolicyScope.SITE for policy in deployment.policies):
        return
    homeless: list[SipAddress] = []
    unknown: list[SipAddress] = []
    for subject, _ in view.decisions:
        assigned = subject.hosted_voicemail_policy
        if deployment.pool(subject.registrar_pool) is None and (assigned is None or deployment.policy(assigned) is None):
            (homeless if subject.registrar_pool is None else unknown).append(subject.sip_address)
    if homeless:
        yield Observation(
            tuple(homeless),
            "The snapshot names no registrar pool for them, so no site policy reaches them: whoever takes the snapshot adds "
            "RegistrarPool, or the administrator homes them on a pool.",
        )
    if unknown:
        yield Observation(
            tuple(unknown),
            "Their registrar pool is none of the snapshot's, so no site policy reaches them: whoever takes the snapshot adds "
            "the pool and its site.",
        )


def _by_remedy(view: AuditView, users: list[User]) -> Iterator[tuple[tuple[SipAddress, ...], tuple[CallForEach, ...]]]:
    """The users by what writes their attribute anew, so that one pair of Skype for Business Server alone says what counts.

    Set-CsUser -HostedVoiceMail $null removes every value.
    """
    found: dict[bool, list[SipAddress]] = defaultdict(list)
    for user in users:
        found[hosted_um_access(user.voice_mail_settings, view.reading) is HostedUmAccess.ENABLED].append(user.sip_address)
    remedies = {True: (_SET_NULL, _SET_TRUE), False: (_SET_NULL,)}
    return ((tuple(found[enabled]), remedy) for enabled, remedy in remedies.items() if enabled in found)


def authors_disagree(view: AuditView) -> Iterator[Observation]:
    """One author's pair says enabled, the other's disabled (L10). Clauses: ROUTE-7."""
    torn = [user for user in view.deployment.users if user.voice_mail_settings.authors_disagree]
    for subjects, remedy in _by_remedy(view, torn):
        count = "enabled" if len(remedy) > 1 else "not enabled"
        yield Observation(
            subjects,
            "In their attribute Exchange and Skype for Business Server say opposite things; they count as "
            f"{count} for hosted UM access, and another reading may have it otherwise.",
            (),
            remedy,
        )


def other_attribute_values(view: AuditView) -> Iterator[Observation]:
    """The attribute holds values that mean nothing to routing (L10). Clauses: ATTR-4."""
    odd = [user for user in view.deployment.users if _has_other_values(user.voice_mail_settings)]
    for subjects, remedy in _by_remedy(view, odd):
        yield Observation(
            subjects,
            "Their attribute holds values that mean nothing to routing, so another application may manage it; ask before the "
            "values are removed.",
            (),
            remedy,
        )


def _has_other_values(settings: VoiceMailSettings) -> bool:
    authors = (settings.exchange_hosted_voice_mail, settings.cs_hosted_voice_mail)
    return len(settings.values) > sum(said is not None for said in authors)


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


def contact_on_2019_pool(view: AuditView) -> Iterator[Observation]:
    """Calls to contact objects fail on pools of Skype for Business Server 2019 (L20). Clauses: ROUTE-9."""
    contacts = tuple(contact.sip_address for contact in view.deployment.contacts)
    if contacts:
        yield Observation(
            contacts,
            "On a pool of Skype for Business Server 2019 the product fails calls to contact objects (500 and 15000): the "
            "administrator keeps them on a pool of 2015 or earlier. The snapshot does not say which pool is which.",
        )
