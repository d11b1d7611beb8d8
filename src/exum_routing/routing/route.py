"""The decision: where the voice mail calls of a user or a contact go.

Rule 1: everything that decides a route is in this file, in the order of the source. Beside it, ``grounds``
has the clauses of each outcome.
Rule 2: a decision depends on the user's own account, the hosted voice mail policies and the dial plans, on nothing else.
"""

import enum
from typing import Final, TypeAlias

from exum_routing.arguments import names_wrong_types, wrong_type
from exum_routing.deployment import Deployment, HostedVoicemailPolicy, Subject, UmContact, User, VoiceMailSettings
from exum_routing.reading import DEFAULT_READING, AuthorsDisagree, DisabledWithUmProxyAddress, Reading, SeveralOrganizations
from exum_routing.routing.decision import HostedUm, NotRouted, NotRoutedReason, OnPremisesUm, RoutingDecision
from exum_routing.routing.grounds import (
    CONTACT_HOSTED,
    CONTACT_WITHOUT_DESTINATION,
    DIAL_PLANS_NOT_KNOWN,
    DISABLED,
    NO_DIAL_PLAN,
    NO_UM_SERVER,
    NO_VOICE_MAIL,
    ON_PREMISES,
    USER_HOSTED,
    USER_WITHOUT_DESTINATION,
    grounds,
)


class HostedUmAccess(enum.Enum):
    """What the attribute says of a user's access to hosted UM. Clauses: ATTR-2, ROUTE-3."""

    ENABLED = "enabled"
    """The user is enabled for hosted UM access."""
    DISABLED = "disabled"
    """The user is disabled for hosted UM access."""
    NOT_SET = "not set"
    """The attribute holds no pair that says either."""


# Members are named here once: Python 3.11 takes 120 ns for each look-up in an Enum, a tenth of a decision.
_ENABLED: Final = HostedUmAccess.ENABLED
_DISABLED: Final = HostedUmAccess.DISABLED
_ACCESS: Final = {True: _ENABLED, False: _DISABLED, None: HostedUmAccess.NOT_SET}
_ANY_ENABLED: Final = AuthorsDisagree.ANY_ENABLED
_SKYPE_FOR_BUSINESS_WINS: Final = AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS
_NOT_ROUTED: Final = DisabledWithUmProxyAddress.NOT_ROUTED
_FIRST: Final = SeveralOrganizations.FIRST
_Asked: TypeAlias = tuple[str | bool, ...]
"""Clauses that are asked about, each as its id where its condition holds, else False."""
_WITHOUT_VOICE_MAIL: Final = NotRouted(NotRoutedReason.NO_VOICE_MAIL, None, None, grounds(NO_VOICE_MAIL))


@names_wrong_types
def hosted_um_access(settings: VoiceMailSettings, reading: Reading = DEFAULT_READING) -> HostedUmAccess:
    """What the attribute says of a user's access to hosted UM, both authors considered.

    Clauses: ATTR-2, ATTR-6, ROUTE-3, ROUTE-7

    >>> hosted_um_access(VoiceMailSettings(("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1")))
    <HostedUmAccess.ENABLED: 'enabled'>
    """
    return _access(settings, reading)


def _access(settings: VoiceMailSettings, reading: Reading) -> HostedUmAccess:
    exchange, cs = settings.exchange_hosted_voice_mail, settings.cs_hosted_voice_mail
    if settings.authors_disagree and reading.authors_disagree is _ANY_ENABLED:
        return _ENABLED
    if exchange is None or (reading.authors_disagree is _SKYPE_FOR_BUSINESS_WINS and cs is not None):
        return _ACCESS[cs]
    return _ACCESS[exchange]


def route(subject: Subject, deployment: Deployment, *, reading: Reading = DEFAULT_READING) -> RoutingDecision:
    """Where the voice mail calls of a user or a contact go, and on what grounds.

    The attribute is looked at first. A user enabled for hosted UM access is routed by the hosted voice mail policy that
    applies, whatever UM proxy address there is. Any other user is routed to on-premises UM by the UM proxy address, if there
    is one. A contact counts as enabled.

    Clauses: ROUTE-1, ROUTE-2, ROUTE-3, ROUTE-4, ROUTE-5, ROUTE-7, ROUTE-8, ROUTE-9, ROUTE-11, ROUTE-12

    >>> from exum_routing.deployment import User
    >>> roy = User(sip_address="roy@contoso.com", proxy_addresses=("EUM:roy@contoso.com;phone-context=dp.contoso.com",))
    >>> route(roy, Deployment(users=(roy,))).clauses
    ('ROUTE-4', 'UM-1')
    """
    try:
        if isinstance(subject, UmContact):
            return _contact_to_hosted_um(subject, deployment)
        access = _access(subject.voice_mail_settings, reading)
        if access is _ENABLED:
            return _user_to_hosted_um(subject, deployment, reading)

        disabled = access is _DISABLED
        silenced = disabled and reading.disabled_with_um_proxy_address is _NOT_ROUTED
        if subject.um_proxy_addresses and not silenced:
            return _user_to_on_premises_um(subject, deployment, disabled=disabled)

        if disabled:
            asked = subject.voice_mail_settings.authors_disagree and "ROUTE-7", bool(subject.um_proxy_addresses) and "ROUTE-8"
            return NotRouted(NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED, None, None, grounds(DISABLED, *asked))
        return _WITHOUT_VOICE_MAIL  # noqa: TRY300 - the prose ends here
    except AttributeError as error:  # of an argument of another type; where there is none, this costs nothing
        raise wrong_type(route, (subject, deployment), {"reading": reading}, error)  # noqa: B904 - it has its cause


def _user_to_hosted_um(user: User, deployment: Deployment, reading: Reading) -> RoutingDecision:
    policy = deployment.effective_policy(user)
    asked = (
        user.voice_mail_settings.authors_disagree and "ROUTE-7",
        bool(user.um_proxy_addresses) and "ROUTE-3",
        *_asked_of_policy(user, policy, deployment),
    )
    first = reading.several_organizations is _FIRST
    # Users with equal grounds share a decision, which is made once: half of the time.
    shared, key = deployment.shared_decisions, (id(policy), first, asked)
    decision: RoutingDecision | None = shared.get(key)
    if decision is None:
        decision = shared[key] = _user_by_policy(policy, asked, first=first)
    return decision


def _user_by_policy(policy: HostedVoicemailPolicy, asked: _Asked, *, first: bool) -> RoutingDecision:
    if policy.destination is None:
        clauses = grounds(USER_WITHOUT_DESTINATION, *asked)
        return NotRouted(NotRoutedReason.POLICY_WITHOUT_DESTINATION, policy, None, clauses)
    several = len(policy.organizations) > 1
    organizations = policy.organizations[:1] if several and first else policy.organizations
    return HostedUm(policy, organizations, grounds(USER_HOSTED, *asked, several and "URI-3"))


def _contact_to_hosted_um(contact: UmContact, deployment: Deployment) -> RoutingDecision:
    policy = deployment.effective_policy(contact)
    asked = _asked_of_policy(contact, policy, deployment)
    if policy.destination is None:
        clauses = grounds(CONTACT_WITHOUT_DESTINATION, *asked)
        return NotRouted(NotRoutedReason.POLICY_WITHOUT_DESTINATION, policy, None, clauses)
    several = len(policy.organizations) > 1
    return HostedUm(policy, policy.organizations[:1], grounds(CONTACT_HOSTED, *asked, several and "URI-8"))


def _user_to_on_premises_um(user: User, deployment: Deployment, *, disabled: bool) -> RoutingDecision:
    proxy_address, several = user.um_proxy_addresses[0], len(user.um_proxy_addresses) > 1
    asked = user.voice_mail_settings.authors_disagree and "ROUTE-7", disabled and "ROUTE-8", several and "ATTR-7"
    if deployment.dial_plans is None:
        return OnPremisesUm(proxy_address, (), grounds(DIAL_PLANS_NOT_KNOWN, *asked))
    dial_plan = deployment.dial_plan(proxy_address.phone_context)
    if dial_plan is None:
        return NotRouted(NotRoutedReason.NO_DIAL_PLAN, None, proxy_address, grounds(NO_DIAL_PLAN, *asked))
    if not dial_plan.candidates:
        return NotRouted(NotRoutedReason.NO_UM_SERVER, None, proxy_address, grounds(NO_UM_SERVER, *asked))
    return OnPremisesUm(proxy_address, dial_plan.candidates, grounds(ON_PREMISES, *asked))


def _asked_of_policy(
    subject: Subject, effective: HostedVoicemailPolicy, deployment: Deployment
) -> tuple[str | bool, str | bool]:
    """Whether a policy is assigned that does not exist, and whether that of a site which is not known may apply."""
    assigned = subject.hosted_voicemail_policy
    if assigned is not None and assigned.key == effective.identity.key:
        return False, False
    return assigned is not None and "POL-6", deployment.may_have_site_policy(subject) and "POL-11"
