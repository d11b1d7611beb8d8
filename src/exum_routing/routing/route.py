"""The decision: where the voice mail calls of a user or a contact go.

Rule 1: everything that decides a route stands in this file, in the order of the source.
Rule 2: a decision depends on the user's own account, the hosted voice mail policies and the dial plans, on nothing else.
"""

import enum
from typing import Final

from exum_routing.deployment import Deployment, ProxyAddress, Subject, UmContact, VoiceMailSettings
from exum_routing.reading import DEFAULT_READING, AuthorsDisagree, DisabledWithUmProxyAddress, Reading, SeveralOrganizations
from exum_routing.routing.decision import HostedUm, NotRouted, NotRoutedReason, OnPremisesUm, RoutingDecision


class HostedUmAccess(enum.Enum):
    """What the attribute says of a user's access to hosted UM. Clauses: ATTR-2, ROUTE-3."""

    ENABLED = "enabled"
    """The user is enabled for hosted UM access."""
    DISABLED = "disabled"
    """The user is disabled for hosted UM access."""
    NOT_SET = "not set"
    """The attribute holds no pair that says either."""


_ACCESS: Final = {True: HostedUmAccess.ENABLED, False: HostedUmAccess.DISABLED, None: HostedUmAccess.NOT_SET}


def hosted_um_access(settings: VoiceMailSettings, reading: Reading = DEFAULT_READING) -> HostedUmAccess:
    """What the attribute says of a user's access to hosted UM, both authors considered.

    Clauses: ATTR-2, ATTR-6, ROUTE-3, ROUTE-7

    >>> hosted_um_access(VoiceMailSettings(("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1")))
    <HostedUmAccess.ENABLED: 'enabled'>
    """
    exchange, cs = settings.exchange_hosted_voice_mail, settings.cs_hosted_voice_mail
    if settings.authors_disagree and reading.authors_disagree is AuthorsDisagree.ANY_ENABLED:
        return HostedUmAccess.ENABLED
    if exchange is None or (reading.authors_disagree is AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS and cs is not None):
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
    if isinstance(subject, UmContact):
        return _to_hosted_um(subject, deployment, reading, ("ROUTE-9", "ROUTE-2"))
    settings, um_proxy_addresses = subject.voice_mail_settings, subject.um_proxy_addresses
    access = hosted_um_access(settings, reading)
    disagreement = ("ROUTE-7",) if settings.authors_disagree else ()

    if access is HostedUmAccess.ENABLED:
        precedence = ("ROUTE-3",) if um_proxy_addresses else ()
        return _to_hosted_um(subject, deployment, reading, ("ROUTE-2",) + disagreement + precedence)

    if not um_proxy_addresses:
        if access is HostedUmAccess.NOT_SET:
            return NotRouted(NotRoutedReason.NO_VOICE_MAIL, None, None, ("ROUTE-5",))
        return NotRouted(NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED, None, None, disagreement + ("ROUTE-12",))

    silenced = ("ROUTE-8",) if access is HostedUmAccess.DISABLED else ()
    if silenced and reading.disabled_with_um_proxy_address is DisabledWithUmProxyAddress.NOT_ROUTED:
        return NotRouted(NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED, None, None, disagreement + ("ROUTE-12",) + silenced)
    choice = ("ATTR-7",) if len(um_proxy_addresses) > 1 else ()
    return _to_on_premises_um(um_proxy_addresses[0], deployment, ("ROUTE-4",) + disagreement + silenced + choice)


def _to_hosted_um(subject: Subject, deployment: Deployment, reading: Reading, clauses: tuple[str, ...]) -> RoutingDecision:
    policy = deployment.effective_policy(subject)
    assigned = subject.hosted_voicemail_policy
    dangling = ("POL-6",) if assigned is not None and assigned != policy.identity else ()
    if policy.destination is None:
        return NotRouted(NotRoutedReason.POLICY_WITHOUT_DESTINATION, policy, None, clauses + dangling + ("POL-3", "ROUTE-6"))
    if len(policy.organizations) < 2:  # noqa: PLR2004 - one tenant, or none, leaves nothing to choose
        return HostedUm(policy, policy.organizations, clauses + dangling + ("POL-3",))
    if isinstance(subject, UmContact):
        return HostedUm(policy, policy.organizations[:1], clauses + dangling + ("POL-3", "URI-8"))
    first_only = reading.several_organizations is SeveralOrganizations.FIRST
    return HostedUm(policy, policy.organizations[: 1 if first_only else None], clauses + dangling + ("POL-3", "URI-3"))


def _to_on_premises_um(proxy_address: ProxyAddress, deployment: Deployment, clauses: tuple[str, ...]) -> RoutingDecision:
    if deployment.dial_plans is None:
        return OnPremisesUm(proxy_address, (), clauses + ("UM-1",))
    dial_plan = deployment.dial_plan(proxy_address.phone_context or "")
    if dial_plan is None:
        return NotRouted(NotRoutedReason.NO_DIAL_PLAN, None, proxy_address, clauses + ("UM-1", "UM-6"))
    if not dial_plan.candidates:
        return NotRouted(NotRoutedReason.NO_UM_SERVER, None, proxy_address, clauses + ("UM-1", "UM-2", "UM-6"))
    return OnPremisesUm(proxy_address, dial_plan.candidates, clauses + ("UM-1", "UM-2", "UM-3"))
