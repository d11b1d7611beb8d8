"""Set-CsUser, Move-CsUser, Get-CsUser and Get-CsEffectivePolicy; and Exchange's own writing of its pair."""

from collections.abc import Callable
from typing import Any, Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets.change import changed_user
from exum_routing.cmdlets.names import distinguished_name, the_user
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven
from exum_routing.cmdlets.view import View
from exum_routing.deployment import User, VoiceMailSettings
from exum_routing.errors import CmdletRefused, NoUsablePolicyApplies, UsablePolicyApplies
from exum_routing.fields import flag
from exum_routing.reading import Disabling, ForeignValue
from exum_routing.sip import Fqdn

_ONLINE: Final = "sipfed."
"""How the name of a service begins that homes accounts online, in every cloud, as ``sipfed.online.lync.com``."""


@names_wrong_types
def set_cs_user(
    view: View,
    *,
    identity: str,
    hosted_voice_mail: bool | NotGiven | None = NOT_GIVEN,
    enterprise_voice_enabled: bool | NotGiven = NOT_GIVEN,
    pass_thru: bool = False,
) -> CmdletResult:
    r"""Set-CsUser: enables or disables a user for hosted voice mail, or for Enterprise Voice.

    Args:
        view: The deployment, and the reading of what the source leaves open.
        identity: A SIP address, UPN, ``DOMAIN\NAME``, display name (``*`` stands for anything) or distinguished name.
        hosted_voice_mail: True writes CsHostedVoiceMail=1, False CsHostedVoiceMail=0; None removes every value.
        enterprise_voice_enabled: Whether the user has Enterprise Voice.
        pass_thru: Whether the user is printed.

    Raises:
        NoUsablePolicyApplies: True, but no policy with a Destination applies to the user.
        UsablePolicyApplies: False, but one does.
        UnknownIdentity: The identity fits nobody.
        AmbiguousIdentity: It fits several.
        InvalidValue: A flag is none.

    Clauses: CMD-6, CMD-7, CMD-8, CMD-9, CMD-13

    >>> from exum_routing.deployment import Deployment
    >>> pilar = User(sip_address="pilar@contoso.com", display_name="Pilar Ackerman")
    >>> set_cs_user(View(Deployment(users=[pilar])), identity="Pilar Ackerman", hosted_voice_mail=True)
    Traceback (most recent call last):
    exum_routing.errors.NoUsablePolicyApplies: 'sip:pilar@contoso.com' cannot be enabled: ...
    """
    user = the_user(view, identity)
    changes: dict[str, Any] = {}
    warnings: tuple[str, ...] = ()
    if not isinstance(enterprise_voice_enabled, NotGiven):
        changes["enterprise_voice_enabled"] = flag(enterprise_voice_enabled)
    if hosted_voice_mail is None:
        changes["voice_mail_settings"] = VoiceMailSettings()
    elif not isinstance(hosted_voice_mail, NotGiven):
        _require_policy(view, user, enabling=flag(hosted_voice_mail))
        foreign = user.voice_mail_settings.foreign
        if foreign:
            warnings = (_managed_elsewhere(user, foreign),)
        if not foreign or view.reading.foreign_value is ForeignValue.WARN_AND_WRITE:
            changes["voice_mail_settings"] = user.voice_mail_settings.with_cs(enabled=hosted_voice_mail)
    changed = attrs.evolve(user, **changes)
    printed = (changed,) if flag(pass_thru) else ()
    return CmdletResult(output=printed, warnings=warnings, changes=(changed_user(changed),) if changes else ())


def _require_policy(view: View, user: User, *, enabling: bool) -> None:
    policy = view.effective_policy(user)
    if enabling and not policy.is_usable:
        raise NoUsablePolicyApplies(
            str(user.sip_address),
            f"cannot be enabled: the policy that applies is {policy.identity}, which names no Destination; give it one by "
            "Set-CsHostedVoicemailPolicy, or grant another",
        )
    if not enabling and policy.is_usable and view.reading.disabling is Disabling.REFUSED_IF_POLICY_APPLIES:
        raise UsablePolicyApplies(
            str(user.sip_address),
            f"cannot be disabled: the policy {policy.identity} applies, and the article says that it fails then (reading "
            "disabling=REFUSED_IF_POLICY_APPLIES). Microsoft's Direct Routing page relies on the other, "
            "disabling=ALWAYS_ALLOWED: use $null to clear the attribute, or that reading",
        )


def _managed_elsewhere(user: User, foreign: tuple[str, ...]) -> str:
    return (
        f"{user.sip_address} has {'; '.join(foreign)} in msExchUCVoiceMailSettings, which may be managed by a different "
        "application: edit it in Active Directory, or give $null to clear it."
    )


@names_wrong_types
def move_cs_user(view: View, *, identity: str, target: str, pass_thru: bool = False) -> CmdletResult:
    r"""Move-CsUser: moves a user to another Registrar pool of the deployment, and changes nothing else.

    Args:
        view: The deployment.
        identity: As Set-CsUser takes it.
        target: The FQDN of the pool; it need not be a pool that the deployment describes.
        pass_thru: Whether the user is printed.

    Raises:
        UnknownIdentity: The identity fits nobody.
        AmbiguousIdentity: It fits several.
        InvalidFqdn: The target is not an FQDN.
        CmdletRefused: The target is not a pool but a service that homes accounts online.
        InvalidValue: The flag is not one.

    Clauses: CMD-14

    >>> from exum_routing.deployment import Deployment
    >>> view = View(Deployment(users=[User(sip_address="pilar@contoso.com", registrar_pool="pool01.contoso.com")]))
    >>> move_cs_user(view, identity="pilar@contoso.com", target="Pool02.contoso.com").changes[0].value.registrar_pool
    'pool02.contoso.com'
    """
    pool = Fqdn(target)
    user = the_user(view, identity)
    if pool.startswith(_ONLINE) or view.provider_with_proxy(pool) is not None:
        raise CmdletRefused(
            target,
            "is not a Registrar pool: there an account is homed online, which a deployment does not hold; name a pool",
        )
    changed = attrs.evolve(user, registrar_pool=pool)
    return CmdletResult(output=(changed,) if flag(pass_thru) else (), changes=(changed_user(changed),))


@names_wrong_types
def exchange_sets_hosted_voice_mail(view: View, *, identity: str, enabled: bool) -> CmdletResult:
    """What Exchange does when it enables a user for Exchange UM or moves a mailbox: it writes its own pair.

    Raises:
        UnknownIdentity: The identity fits nobody.
        AmbiguousIdentity: It fits several.
        InvalidValue: The flag is none.

    Clauses: ATTR-9

    >>> from exum_routing.deployment import Deployment
    >>> view = View(Deployment(users=[User(sip_address="alice@contoso.com")]))
    >>> exchange_sets_hosted_voice_mail(view, identity="alice@contoso.com", enabled=True).changes[0].value.voice_mail_settings
    VoiceMailSettings(values=('ExchangeHostedVoiceMail=1',))
    """
    user = the_user(view, identity)
    settings = user.voice_mail_settings.with_exchange(enabled=enabled)
    return CmdletResult(changes=(changed_user(attrs.evolve(user, voice_mail_settings=settings)),))


@names_wrong_types
def get_cs_user(
    view: View,
    *,
    identity: str | None = None,
    filter: Callable[[User], bool] | None = None,  # noqa: A002 - the parameter's name
    ou: str | None = None,
    unassigned_user: bool = False,
) -> CmdletResult:
    """Get-CsUser: every user, those whom an Identity fits, those for whom Filter holds, or those of an organizational unit.

    Args:
        view: The deployment.
        identity: As Set-CsUser takes it; a display name with ``*`` may fit several.
        filter: What has to hold of the user.
        ou: The distinguished name of an organizational unit; those within it or below it.
        unassigned_user: Whether only those without a Registrar pool are meant.

    Raises:
        UnknownIdentity: The identity fits nobody.
        AmbiguousIdentity: It fits several and has no ``*``.
        InvalidValue: The unit is not a distinguished name.
        CmdletRefused: Those without a Registrar pool are meant, and the deployment does not say whose pool it is.

    Clauses: CMD-13

    >>> from exum_routing.deployment import Deployment
    >>> view = View(Deployment(users=[User(sip_address="alice@contoso.com", display_name="Alice")]))
    >>> [user.sip_address for user in get_cs_user(view, identity="al*").output]
    ['sip:alice@contoso.com']
    """
    if identity is None:
        found = tuple(view.users)
    elif "*" in identity:
        found = view.users_named(identity)
    else:
        found = (the_user(view, identity),)
    unit = None if ou is None else distinguished_name(ou)
    kept = tuple(user for user in found if (filter is None or filter(user)) and (unit is None or _is_within(user, unit)))
    warnings = () if unit is None or any(_is_within(user, unit) for user in view.users) else (_nobody_within(unit),)
    return CmdletResult(output=_unassigned(kept) if flag(unassigned_user) else kept, warnings=warnings)


def _nobody_within(ou: str) -> str:
    return f"No DistinguishedName of the deployment lies within {ou}: check the name, and whether the document has them."


def _unassigned(users: tuple[User, ...]) -> tuple[User, ...]:
    """Those without a Registrar pool: nobody, since a deployment names pools and never says that there is none."""
    unknown = [user for user in users if user.registrar_pool is None]
    if unknown:
        raise CmdletRefused(
            str(unknown[0].sip_address),
            f"is one of {len(unknown)} whose Registrar pool is not known: -UnassignedUser needs RegistrarPool in the document",
        )
    return ()


def _is_within(user: User, ou: str) -> bool:
    return user.distinguished_name is not None and folded(user.distinguished_name).endswith(f",{folded(ou)}")


@names_wrong_types
def get_cs_effective_policy(view: View, *, identity: str) -> CmdletResult:
    """Get-CsEffectivePolicy: the hosted voice mail policy that applies to a user.

    Raises:
        UnknownIdentity: The identity fits nobody.
        AmbiguousIdentity: It fits several.

    Clauses: POL-3, POL-6
    """
    return CmdletResult(output=(view.effective_policy(the_user(view, identity)),))
