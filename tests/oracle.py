"""An independent oracle for routing: the clauses read a second time, naively, as a flat decision table.

It imports nothing of the library. A `Row` is one point of a finite abstraction of a subject and its deployment;
`expected` looks it up in `TABLE`, where the first line whose condition holds wins.
"""

import enum
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


class Pair(enum.Enum):
    """What one author's pair of msExchUCVoiceMailSettings says: nothing, 0 or 1."""

    ABSENT = "ABSENT"
    DISABLED = "DISABLED"
    ENABLED = "ENABLED"


class Proxies(enum.Enum):
    """UM proxy addresses: none; a primary naming 'plan'; a secondary naming 'other', then a primary naming 'plan'."""

    NONE = "NONE"
    ONE = "ONE"
    SEVERAL = "SEVERAL"


class PolicyKind(enum.Enum):
    """What a policy holds: Destination and organization 'one', or 'one' and 'two', or none; or else no Destination."""

    ONE_ORGANIZATION = "ONE_ORGANIZATION"
    SEVERAL_ORGANIZATIONS = "SEVERAL_ORGANIZATIONS"
    NO_ORGANIZATION = "NO_ORGANIZATION"
    NO_DESTINATION = "NO_DESTINATION"


class Dangling(enum.Enum):
    """An assignment whose name no policy has."""

    DANGLING = "DANGLING"


class NoSitePolicy(enum.Enum):
    """Why no site policy reaches the subject: no registrar pool, one that is not known, or a site without a policy.

    Another site always has a policy, so that a site that is not known could have one (POL-11).
    """

    NO_POOL = "NO_POOL"
    UNKNOWN_POOL = "UNKNOWN_POOL"
    NO_POLICY = "NO_POLICY"


class DialPlans(enum.Enum):
    """The UM dial plans: not readable; readable without 'plan'; or 'plan' is there, as the member says.

    NO_SERVER_DISABLED: it has disabled servers only. WRONG_TYPE: it is not a SIP URI dial plan. KNOWN: its servers are
    'um-a' (14), 'um-b' (15, disabled), 'um-c' (14) and 'um-d' (8), in that order.
    """

    UNKNOWN = "UNKNOWN"
    MISSING = "MISSING"
    NO_SERVER_DISABLED = "NO_SERVER_DISABLED"
    WRONG_TYPE = "WRONG_TYPE"
    KNOWN = "KNOWN"


class AuthorsDisagree(enum.Enum):
    """Readings of ROUTE-7: who is believed where one author's pair says 1 and the other's 0."""

    ANY_ENABLED = "ANY_ENABLED"
    EXCHANGE_WINS = "EXCHANGE_WINS"
    SKYPE_FOR_BUSINESS_WINS = "SKYPE_FOR_BUSINESS_WINS"


class DisabledWithUmProxyAddress(enum.Enum):
    """Readings of ROUTE-8: whether the UM proxy address of a user who counts as disabled still routes."""

    ROUTE_ON_PREMISES = "ROUTE_ON_PREMISES"
    NOT_ROUTED = "NOT_ROUTED"


class SeveralOrganizations(enum.Enum):
    """Readings of URI-3: which of a policy's organizations are sent."""

    WHOLE_LIST = "WHOLE_LIST"
    FIRST = "FIRST"


Assigned: TypeAlias = PolicyKind | Dangling | None
Site: TypeAlias = PolicyKind | NoSitePolicy


@dataclass(frozen=True)
class Row:
    """One point of the abstraction: a subject, its policies, the dial plans and the reading."""

    exchange: Pair
    cs: Pair
    proxies: Proxies
    assigned: Assigned
    site: Site
    global_: PolicyKind
    dial_plans: DialPlans
    contact: bool
    authors_disagree: AuthorsDisagree
    disabled_with_um_proxy_address: DisabledWithUmProxyAddress
    several_organizations: SeveralOrganizations


@dataclass(frozen=True)
class Expected:
    """What the clauses say of a row; `policy` is the scope of the policy, `organizations` are those sent."""

    route: str
    reason: str | None
    policy: str | None
    organizations: tuple[str, ...]
    dial_plan: str | None
    um_servers: tuple[str, ...]
    clauses: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Every legal row, 227,136 in all: 226,800 users, then 336 contact objects.

    Two reductions. A user is never assigned a policy of the kind NO_ORGANIZATION (users meet it at site and global
    level, contacts at all three). A contact has neither pairs nor UM proxy addresses; the dial plans are always KNOWN
    for it, and of the readings only `several_organizations` varies.
    """
    assigned: tuple[Assigned, ...] = (None, *Dangling, *PolicyKind)
    for_users: tuple[Assigned, ...] = tuple(kind for kind in assigned if kind is not PolicyKind.NO_ORGANIZATION)
    sites: tuple[Site, ...] = (*NoSitePolicy, *PolicyKind)
    attributes = itertools.product(Pair, Pair, Proxies)
    policies = itertools.product(for_users, sites, PolicyKind)
    readings = itertools.product(AuthorsDisagree, DisabledWithUmProxyAddress, SeveralOrganizations)
    for attribute, policy, plans, reading in itertools.product(attributes, policies, DialPlans, readings):
        yield Row(*attribute, *policy, plans, False, *reading)
    absent = (Pair.ABSENT, Pair.ABSENT, Proxies.NONE)
    defaults = (AuthorsDisagree.ANY_ENABLED, DisabledWithUmProxyAddress.ROUTE_ON_PREMISES)
    for policy, several in itertools.product(itertools.product(assigned, sites, PolicyKind), SeveralOrganizations):
        yield Row(*absent, *policy, DialPlans.KNOWN, True, *defaults, several)


A, D, E = Pair.ABSENT, Pair.DISABLED, Pair.ENABLED

# (Exchange, Skype for Business): what they count as by ANY_ENABLED, EXCHANGE_WINS and SKYPE_FOR_BUSINESS_WINS
COUNTS_AS: dict[tuple[Pair, Pair], tuple[Pair, Pair, Pair]] = {
    (A, A): (A, A, A), (A, D): (D, D, D), (A, E): (E, E, E),
    (D, A): (D, D, D), (D, D): (D, D, D), (D, E): (E, D, E),
    (E, A): (E, E, E), (E, D): (E, E, D), (E, E): (E, E, E),
}  # fmt: skip


def counts_as(row: Row) -> Pair:
    """What the attribute as a whole says, after ROUTE-7."""
    return COUNTS_AS[row.exchange, row.cs][list(AuthorsDisagree).index(row.authors_disagree)]


def effective(row: Row) -> tuple[str, PolicyKind]:
    """The scope and the kind of the narrowest policy there is: assigned, else site, else global."""
    if isinstance(row.assigned, PolicyKind):
        return "assigned", row.assigned
    if isinstance(row.site, PolicyKind):
        return "site", row.site
    return "global", row.global_


def effective_is(row: Row, kind: PolicyKind) -> bool:
    """Whether the effective policy is of this kind."""
    return effective(row)[1] is kind


def has_proxy(row: Row) -> bool:
    """Whether a UM proxy address is there."""
    return row.proxies is not Proxies.NONE


Condition: TypeAlias = Callable[[Row], bool]

# condition; route; reason; clauses, in brackets those that stand only where BRACKETS says so
TABLE: tuple[tuple[Condition, str, str | None, str], ...] = (
    (lambda row: row.contact and effective_is(row, PolicyKind.NO_DESTINATION),
     "NotRouted", "POLICY_WITHOUT_DESTINATION", "ROUTE-9 ROUTE-2 [POL-6] [POL-11] POL-3 ROUTE-6"),
    (lambda row: row.contact,
     "HostedUm", None, "ROUTE-9 ROUTE-2 [POL-6] [POL-11] POL-3 [URI-8]"),
    (lambda row: counts_as(row) is E and effective_is(row, PolicyKind.NO_DESTINATION),
     "NotRouted", "POLICY_WITHOUT_DESTINATION", "ROUTE-2 [ROUTE-7] [ROUTE-3] [POL-6] [POL-11] POL-3 ROUTE-6"),
    (lambda row: counts_as(row) is E,
     "HostedUm", None, "ROUTE-2 [ROUTE-7] [ROUTE-3] [POL-6] [POL-11] POL-3 [URI-3]"),
    (lambda row: counts_as(row) is D and not has_proxy(row),
     "NotRouted", "HOSTED_VOICE_MAIL_DISABLED", "[ROUTE-7] ROUTE-12"),
    (lambda row: counts_as(row) is D and row.disabled_with_um_proxy_address is DisabledWithUmProxyAddress.NOT_ROUTED,
     "NotRouted", "HOSTED_VOICE_MAIL_DISABLED", "[ROUTE-7] ROUTE-12 ROUTE-8"),
    (lambda row: not has_proxy(row),
     "NotRouted", "NO_VOICE_MAIL", "ROUTE-5"),
    (lambda row: row.dial_plans is DialPlans.UNKNOWN,
     "OnPremisesUm", None, "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1"),
    (lambda row: row.dial_plans is DialPlans.MISSING,
     "NotRouted", "NO_DIAL_PLAN", "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1 UM-6"),
    (lambda row: row.dial_plans in (DialPlans.NO_SERVER_DISABLED, DialPlans.WRONG_TYPE),
     "NotRouted", "NO_UM_SERVER", "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1 UM-2 UM-6"),
    (lambda row: row.dial_plans is DialPlans.KNOWN,
     "OnPremisesUm", None, "ROUTE-4 [ROUTE-7] [ROUTE-8] [ATTR-7] UM-1 UM-2 UM-3"),
)  # fmt: skip

BRACKETS: dict[str, Condition] = {
    "[ROUTE-7]": lambda row: {row.exchange, row.cs} == {E, D},
    "[ROUTE-3]": has_proxy,
    "[ROUTE-8]": lambda row: counts_as(row) is D,
    "[ATTR-7]": lambda row: row.proxies is Proxies.SEVERAL,
    "[POL-6]": lambda row: row.assigned is Dangling.DANGLING,
    "[POL-11]": lambda row: (
        row.site in (NoSitePolicy.NO_POOL, NoSitePolicy.UNKNOWN_POOL) and not isinstance(row.assigned, PolicyKind)
    ),
    "[URI-3]": lambda row: effective_is(row, PolicyKind.SEVERAL_ORGANIZATIONS),
    "[URI-8]": lambda row: effective_is(row, PolicyKind.SEVERAL_ORGANIZATIONS),
}

ORGANIZATIONS: dict[PolicyKind, tuple[str, ...]] = {
    PolicyKind.ONE_ORGANIZATION: ("one",),
    PolicyKind.SEVERAL_ORGANIZATIONS: ("one", "two"),
    PolicyKind.NO_ORGANIZATION: (),
}


def sent(row: Row) -> tuple[str, ...]:
    """The organizations that a hosted route sends: all, or the first for a contact and where the reading says so."""
    organizations = ORGANIZATIONS[effective(row)[1]]
    only_first = row.contact or row.several_organizations is SeveralOrganizations.FIRST
    return organizations[:1] if only_first else organizations


def expected(row: Row) -> Expected:
    """The outcome of the first line of the table whose condition holds."""
    route, reason, words = next(line[1:] for line in TABLE if line[0](row))
    by_policy = route == "HostedUm" or reason == "POLICY_WITHOUT_DESTINATION"
    by_dial_plan = route == "OnPremisesUm" or reason in ("NO_DIAL_PLAN", "NO_UM_SERVER")
    servers_known = route == "OnPremisesUm" and row.dial_plans is DialPlans.KNOWN
    return Expected(
        route=route,
        reason=reason,
        policy=effective(row)[0] if by_policy else None,
        organizations=sent(row) if route == "HostedUm" else (),
        dial_plan="plan" if by_dial_plan else None,
        um_servers=("um-a", "um-c") if servers_known else (),
        clauses=tuple(word.strip("[]") for word in words.split() if word not in BRACKETS or BRACKETS[word](row)),
    )
