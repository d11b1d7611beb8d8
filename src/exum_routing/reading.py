"""The readings: what the source leaves open about routing, and the named ways to read it.

A service that knows how its own deployment behaves picks the reading; the defaults are the ones that the clauses argue for.
"""

import enum

import attrs

from exum_routing.fields import member, placed


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


def _authors_disagree(value: AuthorsDisagree) -> AuthorsDisagree:
    return member(value, AuthorsDisagree)


def _disabled_with_um_proxy_address(value: DisabledWithUmProxyAddress) -> DisabledWithUmProxyAddress:
    return member(value, DisabledWithUmProxyAddress)


def _several_organizations(value: SeveralOrganizations) -> SeveralOrganizations:
    return member(value, SeveralOrganizations)


@attrs.frozen(kw_only=True, field_transformer=placed)
class Reading:
    """One way to read every clause that the source leaves open.

    Raises:
        InvalidValue: A field is no member of its closed set.

    Clauses: ROUTE-7, ROUTE-8, URI-3

    >>> Reading(several_organizations=SeveralOrganizations.FIRST).authors_disagree
    <AuthorsDisagree.ANY_ENABLED: 'ANY_ENABLED'>
    """

    authors_disagree: AuthorsDisagree = attrs.field(default=AuthorsDisagree.ANY_ENABLED, converter=_authors_disagree)
    """ROUTE-7: one author's pair says 1, the other's 0."""
    disabled_with_um_proxy_address: DisabledWithUmProxyAddress = attrs.field(
        default=DisabledWithUmProxyAddress.ROUTE_ON_PREMISES, converter=_disabled_with_um_proxy_address
    )
    """ROUTE-8: the attribute is present and counts as disabled, and a UM proxy address is there."""
    several_organizations: SeveralOrganizations = attrs.field(
        default=SeveralOrganizations.WHOLE_LIST, converter=_several_organizations
    )
    """URI-3: the policy names several organizations."""
