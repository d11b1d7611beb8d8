"""The directory attributes of a user: msExchUCVoiceMailSettings and proxyAddresses.

Values that mean nothing to routing are kept as they came, so that what is read can be written back.
"""

import re
from collections.abc import Sequence
from typing import Final

import attrs

from exum_routing.casing import folded
from exum_routing.errors import ContradictoryVoiceMailSettings, InvalidName, InvalidProxyAddress, InvalidText
from exum_routing.fields import checked, flag, name, several, text

_EXCHANGE: Final = ("ExchangeHostedVoiceMail=0", "ExchangeHostedVoiceMail=1")
_CS: Final = ("CsHostedVoiceMail=0", "CsHostedVoiceMail=1")
"""What each author writes, disabled before enabled, in the canonical spelling; nothing else has a meaning."""
_CANONICAL: Final = {folded(pair): pair for pair in (*_EXCHANGE, *_CS)}
_PHONE_CONTEXT: Final = re.compile(";phone-context=", re.IGNORECASE)


def _values(values: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    pairs: set[str] = set()
    for value in several(values):
        pair = _CANONICAL.get(folded(text(value)))
        if pair not in pairs:
            kept.append(pair or value)
        if pair is not None:
            pairs.add(pair)
    for disabled, enabled in (_EXCHANGE, _CS):
        if disabled in pairs and enabled in pairs:
            raise ContradictoryVoiceMailSettings(
                tuple(kept), f"holds {enabled} and {disabled}, which contradict each other: keep one of the two"
            )
    return tuple(kept)


def _said(author: tuple[str, str], values: tuple[str, ...]) -> bool | None:
    disabled, enabled = author
    if enabled in values:
        return True
    return False if disabled in values else None


def _exchange(settings: "VoiceMailSettings") -> bool | None:
    return _said(_EXCHANGE, settings.values)


def _cs(settings: "VoiceMailSettings") -> bool | None:
    return _said(_CS, settings.values)


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

    @property
    def foreign(self) -> tuple[str, ...]:
        """The values that Set-CsUser does not write: Exchange's pair, and every value without a meaning."""
        return tuple(value for value in self.values if value not in _CS)

    def with_cs(self, *, enabled: bool) -> "VoiceMailSettings":
        """The values after Skype for Business Server has written its pair.

        Raises:
            InvalidValue: ``enabled`` is not a boolean.

        Clauses: ATTR-1, ATTR-9

        >>> VoiceMailSettings(("CsHostedVoiceMail=0", "Other=x")).with_cs(enabled=True).values
        ('CsHostedVoiceMail=1', 'Other=x')
        """
        return _with_pair(self.values, _CS[flag(enabled)], _CS)

    def with_exchange(self, *, enabled: bool) -> "VoiceMailSettings":
        """The values after Exchange has written its pair.

        Raises:
            InvalidValue: ``enabled`` is not a boolean.

        Clauses: ATTR-1, ATTR-9

        >>> VoiceMailSettings(("CsHostedVoiceMail=0",)).with_exchange(enabled=True).values
        ('CsHostedVoiceMail=0', 'ExchangeHostedVoiceMail=1')
        """
        return _with_pair(self.values, _EXCHANGE[flag(enabled)], _EXCHANGE)


def _with_pair(values: tuple[str, ...], pair: str, author: tuple[str, str]) -> VoiceMailSettings:
    """The values with a pair in the place of its author's other one, or after all values."""
    written = tuple(pair if value in author else value for value in values)
    return VoiceMailSettings(written if pair in written else (*written, pair))


def _type(value: str | None) -> str | None:
    if value is not None and ":" in _address(value):
        raise InvalidProxyAddress(value, "is no type of a proxy address: give it without a colon")
    return value


def _address(value: str) -> str:
    try:
        return text(value)
    except InvalidText as error:
        raise InvalidProxyAddress(error.value, error.problem) from None


def _is_eum(kind: str | None) -> bool:
    return kind is not None and folded(kind) == "eum"


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProxyAddress:
    """One entry of proxyAddresses; one of type EUM is a ``UmProxyAddress``.

    Raises:
        InvalidProxyAddress: The type is EUM, or no entry can be spelled with these parts.

    Clauses: ATTR-7, ATTR-8, NAME-7

    >>> ProxyAddress.parse("SMTP:zoe@contoso.com")
    ProxyAddress(type='SMTP', address='zoe@contoso.com')
    """

    type: str | None = attrs.field(default=None, converter=_type)
    """What stands before the colon, as spelled; None: the entry has no type."""
    address: str = attrs.field(converter=_address)
    """What follows the colon; of a UM proxy address, the extension or SIP address before ``;phone-context=``."""

    def __attrs_post_init__(self) -> None:
        """An EUM entry has a phone-context too, and an entry without a type has no colon."""
        if self.type is None and ":" in self.address:
            raise InvalidProxyAddress(self.address, "has a colon but no type: give what stands before the colon as the type")
        if _is_eum(self.type):
            raise InvalidProxyAddress(str(self), "is an EUM entry: use a UmProxyAddress")

    @staticmethod
    def parse(entry: str) -> "ProxyAddress":
        """The proxy address that an entry of the attribute spells, a ``UmProxyAddress`` if its type is EUM.

        Raises:
            InvalidProxyAddress: The entry is not a text, or is an EUM entry that ``UmProxyAddress.parse`` refuses.

        Clauses: ATTR-7, ATTR-8
        """
        if not isinstance(entry, str):
            raise InvalidProxyAddress(entry, "is not a text: give a string")
        before, colon, rest = entry.partition(":")
        if colon and folded(before) == "eum":
            return UmProxyAddress.parse(entry)
        try:
            return ProxyAddress(type=before if colon else None, address=rest if colon else before)
        except InvalidProxyAddress as error:
            raise InvalidProxyAddress(entry, error.problem) from None

    def __str__(self) -> str:
        """The entry as the attribute holds it."""
        return self.address if self.type is None else f"{self.type}:{self.address}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class UmProxyAddress(ProxyAddress):
    """A UM proxy address: an entry of type EUM, which names a dial plan.

    Raises:
        InvalidProxyAddress: The type is not EUM, the address is empty, or no entry can be spelled with these parts.
        InvalidName: The dial plan's name is empty or has blanks around it.

    Clauses: ATTR-7, NAME-6, NAME-7

    >>> UmProxyAddress.parse("EUM:roy@contoso.com;phone-context=dp.contoso.com").phone_context
    'dp.contoso.com'
    """

    phone_context: str = attrs.field(converter=name)
    """The dial plan, as spelled."""

    def __attrs_post_init__(self) -> None:
        """The type is EUM, and the entry can be spelled."""
        if not _is_eum(self.type) or not self.address or _PHONE_CONTEXT.search(self.address):
            raise InvalidProxyAddress(str(self), "is not a UM proxy address: use EUM:ADDRESS;phone-context=DIAL PLAN")

    @staticmethod
    def parse(entry: str) -> "UmProxyAddress":
        """The UM proxy address that an entry of the attribute spells.

        Raises:
            InvalidProxyAddress: The entry is not a text, is not of type EUM, or does not name a dial plan.

        Clauses: ATTR-7
        """
        before, _, rest = _address(entry).partition(":")
        if not _is_eum(before):
            raise InvalidProxyAddress(entry, "is not of type EUM: use EUM:ADDRESS;phone-context=DIAL PLAN")
        address, *dial_plan = _PHONE_CONTEXT.split(rest, maxsplit=1)
        if not dial_plan:
            raise InvalidProxyAddress(entry, "has no phone-context: use EUM:ADDRESS;phone-context=DIAL PLAN")
        try:
            return UmProxyAddress(type=before, address=address, phone_context=dial_plan[0])
        except InvalidName as error:
            raise InvalidProxyAddress(entry, f"names no dial plan, for its name {error.problem}") from None

    def __str__(self) -> str:
        """The entry as the attribute holds it."""
        return f"{super().__str__()};phone-context={self.phone_context}"


def um_proxy_addresses(entries: Sequence[ProxyAddress]) -> tuple[UmProxyAddress, ...]:
    """The UM proxy addresses among the entries, each once, the one that is used first: the primary ones before the others.

    Clauses: ATTR-7

    >>> entries = [ProxyAddress.parse(f"{kind}:1;phone-context={kind}") for kind in ("eum", "EUM")]
    >>> um_proxy_addresses(entries)[0].phone_context
    'EUM'
    """
    found = tuple([entry for entry in entries if isinstance(entry, UmProxyAddress)])
    if len(found) < 2:  # noqa: PLR2004 - nothing to order: a tenth of the time that a User takes
        return found
    return tuple(sorted(dict.fromkeys(found), key=lambda entry: entry.type != "EUM"))
