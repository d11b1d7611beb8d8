"""What depends on the version of the server: parameters that are reported not to exist from a version on."""

import enum
from collections.abc import Iterable, Mapping
from typing import Final


class ServerVersion(enum.Enum):
    """The version of the server on which a script is to run; the value is its spelling on the command line."""

    SERVER_2019 = "2019"
    """Skype for Business Server 2019 as it was released."""
    SERVER_2019_CU1_HF1 = "2019-cu1-hf1"
    """Skype for Business Server 2019 from Cumulative Update 1, Hotfix 1 on."""


_ABSENT: Final[Mapping[str, frozenset[str]]] = {"New-CsHostedVoicemailPolicy": frozenset({"Tenant"})}
"""By cmdlet, the parameters that one report says do not exist from 2019 CU1 HF1 on; their pages still list them."""
WHY: Final = "one report says that it does not exist from 2019 CU1 HF1 on, and the page still lists it"
"""Why it depends on the version."""


def depending(cmdlet: str, given: Iterable[str]) -> tuple[str, ...]:
    """The parameters, among those given, that the server may not have, with their hyphens.

    >>> depending("New-CsHostedVoicemailPolicy", ["Tenant", "Force"])
    ('-Tenant',)
    """
    absent = _ABSENT.get(cmdlet, frozenset())
    return tuple(f"-{name}" for name in given if name in absent)
