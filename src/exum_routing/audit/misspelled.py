"""Values of msExchUCVoiceMailSettings that are nearly one of the four pairs, as a slip of the keyboard makes them."""

import difflib
import re
from collections.abc import Mapping
from typing import Final

from exum_routing.casing import folded
from exum_routing.deployment import VoiceMailSettings

_KEYS: Final = {"cshostedvoicemail": "CsHostedVoiceMail", "exchangehostedvoicemail": "ExchangeHostedVoiceMail"}
_DIGITS: Final = {"1": "1", "true": "1", "$true": "1", "0": "0", "false": "0", "$false": "0"}
_NEAR: Final = 0.8
"""How alike two keys are, of 1, if one is a misspelling of the other."""


def misspelled_pairs(settings: VoiceMailSettings) -> Mapping[str, str]:
    """The values that are nearly a pair, each with the pair that it nearly is.

    Clauses: ATTR-2, ATTR-4

    >>> dict(misspelled_pairs(VoiceMailSettings(("CsHostedVoicMail=1", "Other=1", "CsHostedVoiceMail=True"))))
    {'CsHostedVoicMail=1': 'CsHostedVoiceMail=1', 'CsHostedVoiceMail=True': 'CsHostedVoiceMail=1'}
    """
    return {value: pair for value in settings.values if (pair := _meant(value)) is not None and pair != value}


def _meant(value: str) -> str | None:
    key, equals, said = (folded(part.strip()) for part in re.split("(=)", value, maxsplit=1)) if "=" in value else ("", "", "")
    near = difflib.get_close_matches(key, _KEYS, 1, _NEAR) if equals and said in _DIGITS else []
    return f"{_KEYS[near[0]]}={_DIGITS[said]}" if near else None
