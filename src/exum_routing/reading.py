"""The readings: what the source leaves open about routing, and the named ways to read it.

A service that knows how its own deployment behaves picks the reading; the defaults are the ones that the clauses argue for.
"""

import enum
from typing import Final

import attrs

from exum_routing.fields import checked


class AuthorsDisagree(enum.Enum):
    """Whether a user counts as enabled when one author's pair says 1 and the other's says 0. Clauses: ROUTE-7."""

    ANY_ENABLED = "ANY_ENABLED"
    """Enabled if either author says so."""
    EXCHANGE_WINS = "EXCHANGE_WINS"
    """As ExchangeHostedVoiceMail says."""
    SKYPE_FOR_BUSINESS_WINS = "SKYPE_FOR_BUSINESS_WINS"
    """As CsHostedVoiceMail says."""


class DisabledWithUmProxyAddress(enum.Enum):
    """What happens to a user disabled for hosted UM access who has a UM proxy address. Clauses: ROUTE-8."""

    ROUTE_ON_PREMISES = "ROUTE_ON_PREMISES"
    """The UM proxy address routes."""
    NOT_ROUTED = "NOT_ROUTED"
    """The attribute takes precedence, so the UM proxy address is not looked at."""


class SeveralOrganizations(enum.Enum):
    """Which organizations a Request-URI carries when the policy names several. Clauses: URI-3."""

    WHOLE_LIST = "WHOLE_LIST"
    """All, in the policy's order."""
    FIRST = "FIRST"
    """Only the first."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Reading:
    """One way to read every clause that the source leaves open.

    Raises:
        InvalidValue: A field is not a member of its closed set.

    Clauses: ROUTE-7, ROUTE-8, URI-3

    >>> Reading(several_organizations=SeveralOrganizations.FIRST).authors_disagree
    <AuthorsDisagree.ANY_ENABLED: 'ANY_ENABLED'>
    """

    authors_disagree: AuthorsDisagree = AuthorsDisagree.ANY_ENABLED
    """ROUTE-7: one author's pair says 1, the other's 0."""
    disabled_with_um_proxy_address: DisabledWithUmProxyAddress = DisabledWithUmProxyAddress.ROUTE_ON_PREMISES
    """ROUTE-8: the attribute is present and counts as disabled, and a UM proxy address is there."""
    several_organizations: SeveralOrganizations = SeveralOrganizations.WHOLE_LIST
    """URI-3: the policy names several organizations."""


DEFAULT_READING: Final = Reading()
"""The reading that the clauses argue for."""


OPEN_CLAUSES: Final = (
    ("ROUTE-7", "authors_disagree", tuple(AuthorsDisagree)),
    ("ROUTE-8", "disabled_with_um_proxy_address", tuple(DisabledWithUmProxyAddress)),
    ("URI-3", "several_organizations", tuple(SeveralOrganizations)),
)
"""The clauses that the source leaves open, each with its field of ``Reading`` and the readings of it."""


READINGS: Final = tuple(
    Reading(authors_disagree=authors, disabled_with_um_proxy_address=disabled, several_organizations=organizations)
    for authors in AuthorsDisagree
    for disabled in DisabledWithUmProxyAddress
    for organizations in SeveralOrganizations
)
"""Every reading there is, the default one first."""


class Disabling(enum.Enum):
    """Whether a user can be disabled while a usable policy applies. Clauses: CMD-7."""

    REFUSED_IF_POLICY_APPLIES = "REFUSED_IF_POLICY_APPLIES"
    """No: the cmdlet fails, as the source says."""
    ALWAYS_ALLOWED = "ALWAYS_ALLOWED"
    """Yes: the pair is written whatever policy applies."""


class ForeignValue(enum.Enum):
    """What Set-CsUser does where another application's value is in the attribute. Clauses: CMD-9."""

    WARN_AND_WRITE = "WARN_AND_WRITE"
    """It warns, and writes its own pair beside the other value."""
    WARN_ONLY = "WARN_ONLY"
    """It warns, and writes nothing."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class CmdletReading:
    """One way to read what the source leaves open about Set-CsUser.

    Raises:
        InvalidValue: A field is not a member of its closed set.

    Clauses: CMD-7, CMD-9
    """

    disabling: Disabling = Disabling.REFUSED_IF_POLICY_APPLIES
    """CMD-7: a user is to be disabled while a usable policy applies."""
    foreign_value: ForeignValue = ForeignValue.WARN_AND_WRITE
    """CMD-9: the attribute holds a value that is no pair of Skype for Business Server."""


DEFAULT_CMDLET_READING: Final = CmdletReading()
"""The reading that the clauses argue for."""
