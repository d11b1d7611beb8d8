"""Users of other sources: a row of a database, or an entry of an identity system, with the tolerance of the import."""

from collections.abc import Mapping
from typing import Any, Final

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import User
from exum_routing.errors import ExumRoutingError, InvalidValue
from exum_routing.importing.accounts import ACCOUNTS
from exum_routing.importing.kind import Kind
from exum_routing.importing.merge import Column
from exum_routing.importing.properties import property_names
from exum_routing.importing.values import Refused, known, text

_ADDRESS: Final[tuple[Column, ...]] = (("SipAddress", text), ("msRTCSIP-PrimaryUserAddress", text))
_FIELDS: Final[Mapping[str, str]] = {
    "display_name": "DisplayName",
    "user_principal_name": "UserPrincipalName",
    "sam_account_name": "SamAccountName",
    "distinguished_name": "DistinguishedName",
    "registrar_pool": "RegistrarPool",
    "enterprise_voice_enabled": "EnterpriseVoiceEnabled",
    "hosted_voicemail_policy": "HostedVoicemailPolicy",
    "voice_mail_settings": "msExchUCVoiceMailSettings",
    "proxy_addresses": "ProxyAddresses",
}
"""The fields of a user, with the facts of an account that they hold."""


@names_wrong_types
def read_user(row: Mapping[str, object]) -> User:
    """The user that a row of a database, or an entry of an identity system, describes.

    Args:
        row: The values by the names of the properties of Get-CsUser or of the directory, in any case; others are passed over.
            NULL and an empty text are nothing; flags may be 0 and 1; attributes with several values may be one text or several.

    Raises:
        ExumRoutingError: A value cannot be used; ``place`` names the property, or the field of ``User`` that refused it.

    >>> row = {"sipaddress": "zoe@contoso.com", "EnterpriseVoiceEnabled": 1, "HostedVoicemailPolicy": ""}
    >>> read_user(row).enterprise_voice_enabled
    True
    """
    name = property_names()
    properties = {kept: value for spelling, value in row.items() if (kept := name(spelling)) is not None}
    fields: dict[str, Any] = {"sip_address": _value(properties, _ADDRESS)}
    for field, fact in _FIELDS.items():
        position = ACCOUNTS.facts.index(fact)
        value = _value(properties, tuple(ACCOUNTS.columns[kind][position] for kind in (Kind.USER, Kind.ACCOUNT)))
        if value is not None:
            fields[field] = value
    return User(**fields)


def _value(properties: Mapping[str, object], columns: tuple[Column, ...]) -> object:
    """What the first column says that says something; None: none does.

    Raises:
        InvalidValue: It says something that cannot be used.
    """
    for name, read in columns:
        value = read(properties[name]) if name in properties else None
        if isinstance(value, Refused):
            error: ExumRoutingError = InvalidValue(value.value, value.problem)
            error.place = name
            raise error
        if known(value) and value is not None:
            return value
    return None
