"""The symptoms that a diagnosis starts from, as people report them."""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


class Symptom(enum.Enum):
    """What somebody saw or heard; the value is its name on the command line and in JSON."""

    ID_15030 = "15030"
    """The trace of a call has the ms-diagnostics id 15030."""
    ID_15000 = "15000"
    """The trace of a call has the ms-diagnostics id 15000."""
    STATUS_503 = "503"
    """The service or the UM server answers with 503."""
    FAST_BUSY = "fast-busy"
    """The caller hears a fast busy tone."""
    INDICATOR_DARK = "indicator-dark"
    """The indicator "call voice mail" of the client is dark."""
    ATTRIBUTE_EMPTIES = "attribute-empties"
    """The attribute loses what was written to it."""

    @property
    def sentence(self) -> str:
        """What somebody saw or heard, in words.

        >>> Symptom("fast-busy").sentence
        'unanswered calls end with a fast busy tone'
        """
        return _SENTENCES[self]


_SENTENCES: Final[Mapping[Symptom, str]] = MappingProxyType(
    {
        Symptom.ID_15030: 'the caller gets ms-diagnostics 15030, "Failed to route to Exchange Server"',
        Symptom.ID_15000: 'the caller gets ms-diagnostics 15000, "Unable to read the user properties publication"',
        Symptom.STATUS_503: "the hosted service or the UM server answers with 503 Service Unavailable",
        Symptom.FAST_BUSY: "unanswered calls end with a fast busy tone",
        Symptom.INDICATOR_DARK: 'the indicator "call voice mail" of the client is dark',
        Symptom.ATTRIBUTE_EMPTIES: "msExchUCVoiceMailSettings is empty again after it was written",
    }
)
