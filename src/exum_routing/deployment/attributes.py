"""The directory attributes of a user: msExchUCVoiceMailSettings and proxyAddresses.

Values that mean nothing to routing are kept as they came, so that what is read can be written back.
"""

import re
from collections.abc import Sequence
from typing import Final, Self

import attrs

from exum_routing.errors import ContradictoryVoiceMailSettings, InvalidName, InvalidProxyAddress, InvalidText
from exum_routing.fields import checked, name, several, text

_PAIRS: Final = (
    "ExchangeHostedVoiceMail=1",
    "ExchangeHostedVoiceMail=0",
    "CsHostedVoiceMail=1",
    "CsHostedVoiceMail=0",
)
"""The four values that have a meaning, in their canonical spelling."""
_CANONICAL: Final = {pair.lower(): pair for pair in _PAIRS}
_CONTRADICTIONS: Final = (_PAIRS[:2], _PAIRS[2:])
_PHONE_CONTEXT: Final = re.compile(";phone-context=", re.IGNORECASE)


def _values(values: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    pairs: set[str] = set()
    for value in several(values):
        pair = _CANONICAL.get(text(value).lower())
        if pair not in pairs:
            kept.append(pair or value)
        if pair is not None:
            pairs.add(pair)
    for one, other in _CONTRADICTIONS:
        if one in pairs and other in pairs:
            raise ContradictoryVoiceMailSettings(
                tuple(kept), f"holds {one} and {other}, which contradict each other: keep one of the two"
            )
    return tuple(kept)


def _said_by(key: str, values: tuple[str, ...]) -> bool | None:
    if f"{key}=1" in values:
        return True
    return False if f"{key}=0" in values else None


def _exchange(settings: "VoiceMailSettings") -> bool | None:
    return _said_by("ExchangeHostedVoiceMail", settings.values)


def _cs(settings: "VoiceMailSettings") -> bool | None:
    return _said_by("CsHostedVoiceMail", settings.values)


def _disagree(settings: "VoiceMailSettings") -> bool:
    exchange, cs = settings.exchange_hosted_voice_mail, settings.cs_hosted_voice_mail
    return exchange is not None and cs is not None and exchange is not cs


@attrs.frozen(field_transformer=checked)
class VoiceMailSettings:
    """The values of msExchUCVoiceMailSettings.

    The four key/value pairs that have a meaning are read without case of the key, written in the canonical spelling, and
    count once. Every other value is kept as it came, in its place, and means nothing here. No value: the attribute is not set.

    Raises:
        ContradictoryVoiceMailSettings: One author's 0 and 1 together.
        InvalidText: A value is no text, or has control characters.
        InvalidValue: The values are neither a tuple nor a list.

    Clauses: ATTR-1, ATTR-2, ATTR-3, ATTR-4, ATTR-5, ATTR-6

    >>> settings = VoiceMailSettings(("cshostedvoicemail=1", "Other=x"))
    >>> settings.values, settings.cs_hosted_voice_mail, settings.exchange_hosted_voice_mail
    (('CsHostedVoiceMail=1', 'Other=x'), True, None)
    """

    values: tuple[str, ...] = attrs.field(default=(), converter=_values)
    """The values in the order they came."""
    exchange_hosted_voice_mail: bool | None = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_exchange, takes_self=True)
    )
    """What Exchange says: enabled (1), disabled (0), or None: its pair is not there."""
    cs_hosted_voice_mail: bool | None = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_cs, takes_self=True)
    )
    """What Skype for Business Server says: enabled (1), disabled (0), or None: its pair is not there."""
    authors_disagree: bool = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_disagree, takes_self=True))
    """Whether one author's pair says enabled and the other's disabled."""


def _type(value: str | None) -> str | None:
    if value is not None and ":" in _address(value):
        raise InvalidProxyAddress(value, "is no type of a proxy address: give it without a colon")
    return value


def _address(value: str) -> str:
    try:
        return text(value)
    except InvalidText as error:
        raise InvalidProxyAddress(error.value, error.problem) from None


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProxyAddress:
    """One entry of proxyAddresses; of type EUM, it is a UM proxy address.

    Raises:
        InvalidProxyAddress: An EUM entry without address or phone-context, another entry with a phone-context, or parts that
            no text could spell.
        InvalidName: The dial plan's name is empty or has blanks around it.

    Clauses: ATTR-7, ATTR-8, NAME-6, NAME-7

    >>> ProxyAddress.parse("EUM:roy@contoso.com;phone-context=dp.contoso.com").phone_context
    'dp.contoso.com'
    """

    type: str | None = attrs.field(default=None, converter=_type)
    """What stands before the colon, as spelled; None: the entry has no type."""
    address: str = attrs.field(converter=_address)
    """What stands behind the colon; of a UM proxy address, the extension or SIP address before ``;phone-context=``."""
    phone_context: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    """The dial plan of a UM proxy address, as spelled; None: any other entry."""

    def __attrs_post_init__(self) -> None:
        """Only, and always, a UM proxy address has a phone-context, and every entry can be spelled."""
        if self.is_um != (self.phone_context is not None):
            raise InvalidProxyAddress(
                str(self), "is no proxy address: give an EUM entry ';phone-context=DIAL PLAN', and no other one"
            )
        if self.is_um and (not self.address or _PHONE_CONTEXT.search(self.address)):
            raise InvalidProxyAddress(str(self), "is no UM proxy address: give EUM:ADDRESS;phone-context=DIAL PLAN")
        if self.type is None and ":" in self.address:
            raise InvalidProxyAddress(self.address, "has a colon but no type: give what stands before the colon as the type")

    @classmethod
    def parse(cls, entry: str) -> Self:
        """The proxy address that an entry of the attribute spells.

        Raises:
            InvalidProxyAddress: As the class does, and where the entry is no text, or names no dial plan.

        Clauses: ATTR-7, ATTR-8
        """
        before, colon, behind = _address(entry).partition(":")
        if not colon:
            return cls(address=before)
        if before.lower() != "eum":
            return cls(type=before, address=behind)
        address, *dial_plan = _PHONE_CONTEXT.split(behind, maxsplit=1)
        if not dial_plan:
            raise InvalidProxyAddress(entry, "has no phone-context: give EUM:ADDRESS;phone-context=DIAL PLAN")
        try:
            return cls(type=before, address=address, phone_context=dial_plan[0])
        except InvalidName as error:
            raise InvalidProxyAddress(entry, f"names no dial plan, for its name {error.problem}") from None

    @property
    def is_um(self) -> bool:
        """Whether this is a UM proxy address.

        Clauses: ATTR-7
        """
        return self.type is not None and self.type.lower() == "eum"

    def __str__(self) -> str:
        """The entry as the attribute holds it."""
        prefix = "" if self.type is None else f"{self.type}:"
        return prefix + self.address + ("" if self.phone_context is None else f";phone-context={self.phone_context}")


def um_proxy_addresses(entries: Sequence[ProxyAddress]) -> tuple[ProxyAddress, ...]:
    """The UM proxy addresses among the entries, each once, the one that is used first: the primary ones before the others.

    Clauses: ATTR-7

    >>> entries = [ProxyAddress.parse(f"{kind}:1;phone-context={kind}") for kind in ("eum", "EUM")]
    >>> um_proxy_addresses(entries)[0].phone_context
    'EUM'
    """
    found = [entry for entry in entries if entry.is_um]
    return tuple(found) if len(found) < 2 else tuple(sorted(dict.fromkeys(found), key=lambda entry: entry.type != "EUM"))  # noqa: PLR2004 - one, or none, leaves nothing to order
