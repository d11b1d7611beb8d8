"""The accounts whose calls are routed: users, and the contact objects of hosted UM."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs

from exum_routing.deployment.attributes import ProxyAddress, UmProxyAddress, VoiceMailSettings, um_proxy_addresses
from exum_routing.deployment.policy import PolicyIdentity, assigned_policy
from exum_routing.errors import InvalidDisplayNumber
from exum_routing.fields import checked, flag, several, text
from exum_routing.sip import Fqdn, SipAddress

# DisplayNumber = [ "+" ] %x31-39 *DIGIT
_DISPLAY_NUMBER: Final = re.compile(r"\+?[1-9][0-9]*")


def _voice_mail_settings(value: VoiceMailSettings | Sequence[str]) -> VoiceMailSettings:
    return value if isinstance(value, VoiceMailSettings) else VoiceMailSettings(value)


def _proxy_addresses(values: Sequence[ProxyAddress | str]) -> tuple[ProxyAddress, ...]:
    return tuple(value if isinstance(value, ProxyAddress) else ProxyAddress.parse(value) for value in several(values))


def _um_proxy_addresses(user: "User") -> tuple[UmProxyAddress, ...]:
    return um_proxy_addresses(user.proxy_addresses)


@attrs.frozen(kw_only=True, field_transformer=checked)
class User:
    """A user account, as far as the ExUM Routing application and the administrator's cmdlets look at it.

    Raises:
        InvalidSipAddress: The SIP address is none.
        InvalidFqdn: The registrar pool is no FQDN.
        InvalidPolicyIdentity: The assigned policy is no per-user policy.
        ContradictoryVoiceMailSettings: One author's 0 and 1 in the attribute.
        InvalidProxyAddress: An entry of proxyAddresses is none.
        InvalidText: A text has control characters.
        InvalidValue: A flag is neither True, False nor None, or a tuple is none.

    Clauses: ROUTE-1, POL-5, POL-11, ATTR-1, ATTR-7

    >>> alice = User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",))
    >>> alice.sip_address, alice.voice_mail_settings.cs_hosted_voice_mail
    ('sip:alice@contoso.com', True)
    """

    sip_address: SipAddress = attrs.field(converter=SipAddress)
    """The SIP address; unique among users and contacts."""
    display_name: str | None = attrs.field(default=None, converter=attrs.converters.optional(text))
    """The name shown for the user, or None; never changes a route."""
    user_principal_name: str | None = attrs.field(default=None, converter=attrs.converters.optional(text))
    """The logon name ``user@domain``, or None; never changes a route."""
    sam_account_name: str | None = attrs.field(default=None, converter=attrs.converters.optional(text))
    """The logon name before Windows 2000, or None; never changes a route."""
    distinguished_name: str | None = attrs.field(default=None, converter=attrs.converters.optional(text))
    """The name of the directory object, or None; never changes a route."""
    registrar_pool: Fqdn | None = attrs.field(default=None, converter=attrs.converters.optional(Fqdn))
    """The pool where the user is homed; None or an unknown pool: no site policy reaches the user."""
    enterprise_voice_enabled: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag))
    """Whether the user has Enterprise Voice; None: not known; never changes a route."""
    hosted_voicemail_policy: PolicyIdentity | None = attrs.field(default=None, converter=assigned_policy)
    """The per-user policy that was assigned, whether it exists or not; None: none was."""
    voice_mail_settings: VoiceMailSettings = attrs.field(factory=VoiceMailSettings, converter=_voice_mail_settings)
    """msExchUCVoiceMailSettings, given as such or as its values."""
    proxy_addresses: tuple[ProxyAddress, ...] = attrs.field(default=(), converter=_proxy_addresses)
    """proxyAddresses, given as such or as text."""
    um_proxy_addresses: tuple[UmProxyAddress, ...] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_um_proxy_addresses, takes_self=True)
    )
    """The UM proxy addresses among them, the one that is used first."""


def _display_number(value: str) -> str:
    if not isinstance(value, str) or not _DISPLAY_NUMBER.fullmatch(value):
        raise InvalidDisplayNumber(value, "is no display number: give digits, the first not 0, behind an optional '+'")
    return value


@attrs.frozen(kw_only=True, field_transformer=checked)
class UmContact:
    """A contact object of hosted UM: subscriber access or an auto attendant.

    Raises:
        InvalidSipAddress: The SIP address is none.
        InvalidFqdn: The registrar pool is no FQDN.
        InvalidDisplayNumber: The number is not digits behind an optional ``+``, the first not 0.
        InvalidPolicyIdentity: The assigned policy is no per-user policy.
        InvalidValue: The flag is neither True nor False.

    Clauses: ROUTE-9, URI-8, POL-5
    """

    sip_address: SipAddress = attrs.field(converter=SipAddress)
    """The SIP address; unique among users and contacts."""
    registrar_pool: Fqdn | None = attrs.field(default=None, converter=attrs.converters.optional(Fqdn))
    """The pool where the contact is homed; None or an unknown pool: no site policy reaches it."""
    display_number: str = attrs.field(converter=_display_number)
    """The number callers dial: digits, the first not 0, behind an optional ``+``."""
    auto_attendant: bool = attrs.field(default=False, converter=flag)
    """True: an auto attendant; False: subscriber access."""
    hosted_voicemail_policy: PolicyIdentity | None = attrs.field(default=None, converter=assigned_policy)
    """The per-user policy that was assigned, whether it exists or not; None: none was."""


Subject: TypeAlias = User | UmContact
"""Whose calls are routed."""
