"""The table of outcomes: for each outcome of ``route``, the clauses that decide it, in order.

``docs/spec/routing.md`` shows the same table. Its order is that of a decision's clauses.
"""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# The outcomes are plain texts: looking up the member of an Enum at each decision costs a tenth of the decision (Python 3.11).
USER_HOSTED: Final = "hosted UM, a user"
"""The user's calls go to hosted UM."""
CONTACT_HOSTED: Final = "hosted UM, a contact"
"""The contact's calls go to hosted UM."""
USER_WITHOUT_DESTINATION: Final = "POLICY_WITHOUT_DESTINATION, a user"
"""The user is enabled, but the effective policy names no Destination."""
CONTACT_WITHOUT_DESTINATION: Final = "POLICY_WITHOUT_DESTINATION, a contact"
"""The effective policy of the contact names no Destination."""
DIAL_PLANS_NOT_KNOWN: Final = "on-premises UM, dial plans not known"
"""The UM proxy address routes, and nothing is known of its dial plan."""
ON_PREMISES: Final = "on-premises UM, dial plans known"
"""The UM proxy address routes to the UM servers of its dial plan."""
NO_DIAL_PLAN: Final = "NO_DIAL_PLAN"
"""The dial plan that the UM proxy address names does not exist."""
NO_UM_SERVER: Final = "NO_UM_SERVER"
"""The dial plan has no UM server that may be tried."""
NO_VOICE_MAIL: Final = "NO_VOICE_MAIL"
"""Nothing says that the user has voice mail."""
DISABLED: Final = "HOSTED_VOICE_MAIL_DISABLED"
"""The user is disabled, and no UM proxy address routes."""

GROUNDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        USER_HOSTED: "ROUTE-2 [ROUTE-7] [ROUTE-3] [POL-6] [POL-11] POL-3 [URI-3]",
        CONTACT_HOSTED: "ROUTE-9 ROUTE-2 [POL-6] [POL-11] POL-3 [URI-8]",
        USER_WITHOUT_DESTINATION: "ROUTE-2 [ROUTE-7] [ROUTE-3] [POL-6] [POL-11] POL-3 ROUTE-6",
        CONTACT_WITHOUT_DESTINATION: "ROUTE-9 ROUTE-2 [POL-6] [POL-11] POL-3 ROUTE-6",
        DIAL_PLANS_NOT_KNOWN: "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1",
        ON_PREMISES: "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1 UM-2 UM-3",
        NO_DIAL_PLAN: "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1 UM-6",
        NO_UM_SERVER: "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1 UM-2 UM-6",
        NO_VOICE_MAIL: "ROUTE-5",
        DISABLED: "[ROUTE-7] ROUTE-12 [ROUTE-8]",
    }
)
"""The clauses that decide each outcome; one in brackets only where its question arose."""


@functools.cache
def grounds(outcome: str, *arose: str | bool) -> tuple[str, ...]:
    """The clauses that decided an outcome; equal grounds are one object.

    Args:
        outcome: What was decided, a key of ``GROUNDS``.
        arose: Ids of the clauses in brackets whose question arose. False: that question did not.

    Clauses: ROUTE-10

    >>> grounds(USER_HOSTED, "ROUTE-7", False)
    ('ROUTE-2', 'ROUTE-7', 'POL-3')
    """
    return tuple(id.strip("[]") for id in GROUNDS[outcome].split() if id[0] != "[" or id[1:-1] in arose)  # noqa: A001 - an id
