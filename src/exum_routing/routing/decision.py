"""The routing decisions: hosted UM, on-premises UM, or not routed, each with the grounds that determined it.

A decision holds no owner, so that users with equal grounds share equal decisions.
"""

import enum
import functools
from collections.abc import Mapping
from types import NoneType
from typing import Final, TypeAlias

import attrs

from exum_routing.clauses import CLAUSES
from exum_routing.deployment import HostedVoicemailPolicy, UmProxyAddress
from exum_routing.errors import InvalidDecision
from exum_routing.sip import Fqdn

_FQDN: Final = frozenset({Fqdn})
_IDS: Final = frozenset(clause.id for clause in CLAUSES)


def _is_fqdn(server: object) -> bool:
    return isinstance(server, Fqdn)


def _require_clauses(clauses: tuple[str, ...]) -> None:
    try:
        if isinstance(clauses, tuple) and _IDS.issuperset(clauses):
            return
    except TypeError:
        pass
    raise InvalidDecision(clauses, "is no tuple of clause ids: give those that decided")


@attrs.frozen
class HostedUm:
    """The call goes to the hosted UM service that a policy names.

    Raises:
        InvalidDecision: The policy names no Destination, the organizations are not the policy's, or a clause is none.

    Clauses: ROUTE-2, ROUTE-10, URI-1
    """

    policy: HostedVoicemailPolicy
    """The policy that determined the decision; it names a Destination."""
    organizations: tuple[Fqdn, ...]
    """The tenants to send, in the policy's order: all, or the first, as the reading has it."""
    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the table of outcomes."""

    def __attrs_post_init__(self) -> None:
        """The policy is usable, and the organizations are its own."""
        policy, organizations = self.policy, self.organizations
        if not isinstance(policy, HostedVoicemailPolicy) or policy.destination is None:
            raise InvalidDecision(policy, "cannot determine a route to hosted UM: give a policy with a Destination")
        if organizations is not policy.organizations and organizations not in (policy.organizations, policy.organizations[:1]):
            raise InvalidDecision(organizations, "are not the policy's organizations: give all of them, or the first")
        _require_clauses(self.clauses)

    @functools.cached_property
    def tails(self) -> dict[bool, str]:
        """The end of the Request-URI in the default layout, for users and for contacts, joined once for all accounts."""
        return {}

    @property
    def destination(self) -> Fqdn:
        """The FQDN of the hosted UM service."""
        return self.policy.destination  # type: ignore[return-value]  # a usable policy has one


@attrs.frozen
class OnPremisesUm:
    """The call goes to on-premises UM, by the user's UM proxy address.

    Raises:
        InvalidDecision: The proxy address is not a UmProxyAddress, a server's name is no Fqdn, or a clause is none.

    Clauses: ROUTE-4, ROUTE-10
    """

    proxy_address: UmProxyAddress
    """The UM proxy address that determined the decision."""
    um_servers: tuple[Fqdn, ...]
    """Every UM server that may be tried, in document order; none where the dial plans are not known."""
    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the table of outcomes."""

    def __attrs_post_init__(self) -> None:
        """The proxy address is one of UM."""
        _require_clauses(self.clauses)
        if not isinstance(self.proxy_address, UmProxyAddress):
            raise InvalidDecision(self.proxy_address, "cannot determine a route to on-premises UM: give a UM proxy address")
        servers = self.um_servers
        if not isinstance(servers, tuple) or not (_FQDN.issuperset(map(type, servers)) or all(map(_is_fqdn, servers))):
            raise InvalidDecision(self.um_servers, "is no tuple of UM server names: give Fqdns")

    @property
    def phone_context(self) -> str:
        """The name of the user's dial plan."""
        return self.proxy_address.phone_context


class NotRoutedReason(enum.Enum):
    """Why a call is not routed to voice mail; the value is its spelling on the wire."""

    NO_VOICE_MAIL = "NO_VOICE_MAIL"
    """The user has neither a pair of the attribute nor a UM proxy address (ROUTE-5)."""
    HOSTED_VOICE_MAIL_DISABLED = "HOSTED_VOICE_MAIL_DISABLED"
    """The user counts as disabled for hosted UM access, and no UM proxy address routes (ROUTE-12)."""
    POLICY_WITHOUT_DESTINATION = "POLICY_WITHOUT_DESTINATION"
    """The user is enabled, but the policy that applies names no Destination (ROUTE-6)."""
    NO_DIAL_PLAN = "NO_DIAL_PLAN"
    """The UM proxy address names a dial plan that is not there (UM-6)."""
    NO_UM_SERVER = "NO_UM_SERVER"
    """The dial plan has no UM server that may be tried (UM-6)."""

    @property
    def ground(self) -> type[HostedVoicemailPolicy | UmProxyAddress] | None:
        """What determined it: a policy or a UM proxy address; None: nothing that the user has."""
        return _GROUNDS.get(self)


_GROUNDS: Final[Mapping[NotRoutedReason, type[HostedVoicemailPolicy | UmProxyAddress]]] = {
    NotRoutedReason.POLICY_WITHOUT_DESTINATION: HostedVoicemailPolicy,
    NotRoutedReason.NO_DIAL_PLAN: UmProxyAddress,
    NotRoutedReason.NO_UM_SERVER: UmProxyAddress,
}


@attrs.frozen
class NotRouted:
    """The call is not routed to voice mail.

    Raises:
        InvalidDecision: The reason is not a NotRoutedReason, its ground is missing or another, or a clause does not exist.

    Clauses: ROUTE-5, ROUTE-6, ROUTE-10, ROUTE-12, UM-6
    """

    reason: NotRoutedReason
    """Why."""
    policy: HostedVoicemailPolicy | None
    """The policy that determined it; None: none was looked at."""
    proxy_address: UmProxyAddress | None
    """The UM proxy address that determined it; None: none was looked at."""
    clauses: tuple[str, ...]
    """Ids of the clauses that decided, in the order of the table of outcomes."""

    def __attrs_post_init__(self) -> None:
        """Every reason has its own grounds."""
        _require_clauses(self.clauses)
        if not isinstance(self.reason, NotRoutedReason):
            raise InvalidDecision(self.reason, "is no reason for not routing: give a NotRoutedReason")
        reason, ground = self.reason, self.reason.ground
        if not isinstance(self.policy, HostedVoicemailPolicy if ground is HostedVoicemailPolicy else NoneType):
            raise InvalidDecision(self.policy, f"does not go with {reason.name}: use a policy where one decided, else None")
        if not isinstance(self.proxy_address, UmProxyAddress if ground is UmProxyAddress else NoneType):
            problem = f"does not go with {reason.name}: use a UM proxy address where one decided, else None"
            raise InvalidDecision(self.proxy_address, problem)


RoutingDecision: TypeAlias = HostedUm | OnPremisesUm | NotRouted
"""Where a voice mail call goes; to be consumed with ``match`` and ``assert_never``."""
