"""Hosted voice mail policies: their identities, their two attributes, and which one applies.

The narrowest policy applies: the per-user policy assigned to the user, else the policy of the site where the user is homed,
else the global policy. It applies whole.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from exum_routing.arguments import wrong_type
from exum_routing.casing import folded
from exum_routing.errors import (
    InvalidFqdn,
    InvalidName,
    InvalidOrganization,
    InvalidPolicyIdentity,
    InvalidValue,
    MissingGlobalPolicy,
)
from exum_routing.fields import by_key, checked, instances, name, several, text
from exum_routing.sip import Fqdn


class PolicyScope(enum.Enum):
    """The hierarchical level at which a policy applies; the value is its spelling in an identity. Clauses: POL-1."""

    GLOBAL = "Global"
    """Every user whom no narrower policy reaches."""
    SITE = "site"
    """The users homed on one site."""
    PER_USER = "tag"
    """The users and contacts to whom it was assigned."""


SITE_PREFIX: Final = f"{PolicyScope.SITE.value}:"
_NARROWER_SCOPES: Final = {scope.value: scope for scope in (PolicyScope.SITE, PolicyScope.PER_USER)}


def _canonical_identity(value: str) -> str:
    if not isinstance(value, str):
        raise InvalidPolicyIdentity(value, "is no policy identity: give 'Global', 'site:NAME', 'tag:NAME' or a bare name")
    if folded(value) == "global":
        return PolicyScope.GLOBAL.value
    prefix, colon, bare_name = value.partition(":")
    if not colon:
        prefix, bare_name = PolicyScope.PER_USER.value, value
    if folded(prefix) not in _NARROWER_SCOPES:
        raise InvalidPolicyIdentity(value, "has a prefix of no scope: give 'Global', 'site:NAME', 'tag:NAME' or a bare name")
    try:
        return f"{folded(prefix)}:{name(bare_name)}"
    except InvalidName as error:
        raise InvalidPolicyIdentity(value, f"is no policy identity: its name {error.problem}") from None


def _scope(identity: "PolicyIdentity") -> PolicyScope:
    return _NARROWER_SCOPES.get(identity.text.partition(":")[0], PolicyScope.GLOBAL)


def _key(identity: "PolicyIdentity") -> str:
    return f"{identity.scope.value}:{folded(identity.name)}"


@attrs.frozen(field_transformer=checked)
class PolicyIdentity:
    """The identity of a policy: ``Global``, ``site:Redmond`` or ``tag:ExRedmond``; a bare name means per-user.

    The name keeps its spelling; two identities are equal if they differ in case only.

    Raises:
        InvalidPolicyIdentity: Another prefix, or no name behind it.

    Clauses: POL-1, NAME-6

    >>> PolicyIdentity("ExRedmond")
    PolicyIdentity(text='tag:ExRedmond')
    >>> PolicyIdentity("SITE:redmond") == PolicyIdentity("site:Redmond")
    True
    """

    text: str = attrs.field(converter=_canonical_identity, eq=False)
    """The identity with its canonical prefix."""
    scope: PolicyScope = attrs.field(init=False, repr=False, eq=False, default=attrs.Factory(_scope, takes_self=True))
    """The scope of the policy."""
    key: str = attrs.field(init=False, repr=False, default=attrs.Factory(_key, takes_self=True))
    """What identities are compared and looked up by: the scope, and the name in lower case."""

    @property
    def name(self) -> str:
        """The name without the prefix; of the global policy, ``Global``."""
        return self.text.partition(":")[2] or self.text

    @property
    def shortest(self) -> str:
        """The shortest text that means this identity: the name alone, unless it would mean another policy or none.

        >>> PolicyIdentity("tag:ExRedmond").shortest, PolicyIdentity("tag:a:b").shortest
        ('ExRedmond', 'tag:a:b')
        """
        reads_otherwise = ":" in self.name or folded(self.name) == folded(PolicyScope.GLOBAL.value)
        return self.text if self.scope is not PolicyScope.PER_USER or reads_otherwise else self.name

    def __str__(self) -> str:
        """The identity with its canonical prefix."""
        return self.text


GLOBAL: Final = PolicyIdentity("Global")
"""The identity of the one global policy. Clauses: POL-2."""

EXCHANGE_ONLINE: Final = Fqdn("exap.um.outlook.com")
"""The Destination of Exchange Online, worldwide. Clauses: POL-13."""


def policy_identity(value: PolicyIdentity | str) -> PolicyIdentity:
    """An identity, given as one or as its text.

    Raises:
        InvalidPolicyIdentity: As ``PolicyIdentity`` does.

    Clauses: POL-1
    """
    return value if isinstance(value, PolicyIdentity) else PolicyIdentity(value)


def assigned_policy(value: PolicyIdentity | str | None) -> PolicyIdentity | None:
    """The identity of a per-user policy that was assigned, or None.

    Raises:
        InvalidPolicyIdentity: No identity, or one of another scope, which cannot be assigned.

    Clauses: POL-1, POL-5
    """
    if value is None:
        return None
    identity = policy_identity(value)
    if identity.scope is not PolicyScope.PER_USER:
        raise InvalidPolicyIdentity(str(identity), "cannot be assigned: give the name of a per-user policy, or leave it out")
    return identity


def has_site_prefix(site: object) -> bool:
    """Whether a site is spelled as in the identity of its policy, with ``site:`` in any case."""
    return isinstance(site, str) and folded(site[: len(SITE_PREFIX)]) == SITE_PREFIX


def site_policy_identity(site: str) -> PolicyIdentity:
    """The identity that the policy of a site has; ``Redmond`` and ``site:Redmond`` are the same site.

    Raises:
        InvalidPolicyIdentity: The site has no name.

    Clauses: POL-11

    >>> str(site_policy_identity("Redmond"))
    'site:Redmond'
    """
    return PolicyIdentity(site if has_site_prefix(site) or not isinstance(site, str) else SITE_PREFIX + site)


def _organizations(values: Sequence[str]) -> tuple[Fqdn, ...]:
    try:
        return tuple(dict.fromkeys(map(Fqdn, several(values, InvalidOrganization))))
    except InvalidFqdn as error:
        raise InvalidOrganization(error.value, error.problem) from None


@attrs.frozen(kw_only=True, field_transformer=checked)
class HostedVoicemailPolicy:
    """A hosted voice mail policy: where to route calls for users whose mailboxes are on a hosted Exchange service.

    Raises:
        InvalidPolicyIdentity: The identity is none.
        InvalidFqdn: Destination is no FQDN.
        InvalidOrganization: An organization is no FQDN, or they are no tuple.
        InvalidText: The description has control characters.

    Clauses: POL-1, POL-7, POL-8, POL-10

    >>> policy = HostedVoicemailPolicy(identity="ExRedmond", destination="exap.um.outlook.com")
    >>> str(policy.identity), policy.is_usable
    ('tag:ExRedmond', True)
    """

    identity: PolicyIdentity = attrs.field(converter=policy_identity)
    """Its scope and name; unique in a deployment."""
    description: str | None = attrs.field(default=None, converter=attrs.converters.optional(text))
    """The administrator's own words, or None; never changes a route."""
    destination: Fqdn | None = attrs.field(default=None, converter=attrs.converters.optional(Fqdn))
    """The FQDN of the hosted Exchange UM service; None: the policy names none."""
    organizations: tuple[Fqdn, ...] = attrs.field(default=(), converter=_organizations)
    """The tenants of Organization, in the administrator's order, each once."""

    @property
    def is_usable(self) -> bool:
        """Whether the policy names a Destination.

        Clauses: POL-10
        """
        return self.destination is not None


def read_organization(text: str) -> tuple[Fqdn, ...]:
    """The tenants that the text of Organization lists: FQDNs with commas between them, blanks around commas or not.

    An empty text lists none.

    Raises:
        InvalidOrganization: An entry is empty or no FQDN.

    Clauses: POL-8

    >>> read_organization("corp.contoso.com, corp.litwareinc.com")
    ('corp.contoso.com', 'corp.litwareinc.com')
    """
    if not isinstance(text, str):
        raise InvalidOrganization(text, "is not a text: give FQDNs with commas between them")
    entries = [entry.strip(" ") for entry in text.split(",")] if text else []
    if "" in entries:
        raise InvalidOrganization(text, "has an empty entry: give FQDNs with single commas between them")
    return _organizations(entries)


def policies_by_key(policies: Sequence[HostedVoicemailPolicy]) -> dict[str, HostedVoicemailPolicy]:
    """Every policy by the key of its identity.

    Raises:
        DuplicateIdentity: Two policies have the same identity.
        MissingGlobalPolicy: None is the global one.
        InvalidValue: The policies are no tuple or list of policies.

    Clauses: POL-1, POL-2
    """
    problem = "is the identity of two policies: keep one, or give each its own"
    checked_policies = instances(policies, HostedVoicemailPolicy)
    found = by_key(checked_policies, lambda policy: policy.identity.key, problem, lambda policy: str(policy.identity))
    if GLOBAL.key not in found:
        raise MissingGlobalPolicy(tuple(found), "holds no global policy: there is always one; add 'Global', empty if need be")
    return found


def narrowest_policy(
    policies: Mapping[str, HostedVoicemailPolicy], assigned: PolicyIdentity | None, site: PolicyIdentity | None
) -> HostedVoicemailPolicy:
    """The policy of the narrowest scope, looked up by key: per-user, else site, else global.

    Args:
        policies: Every policy by the key of its identity, the global one among them.
        assigned: The per-user policy assigned to the user; one that does not exist counts as none.
        site: The identity of the policy of the user's site, whether there is such a policy or not.

    Clauses: POL-3, POL-4, POL-5, POL-6
    """
    try:
        if assigned is not None and assigned.key in policies:
            return policies[assigned.key]
        if site is not None and site.key in policies:
            return policies[site.key]
        return policies[GLOBAL.key]
    except (AttributeError, KeyError, TypeError) as error:
        raise wrong_type(narrowest_policy, (policies, assigned, site), {}, error)  # noqa: B904 - it has its cause


def _in_order(policies: Iterable[HostedVoicemailPolicy]) -> tuple[HostedVoicemailPolicy, ...]:
    if not isinstance(policies, Iterable):
        raise InvalidValue(policies, "holds no policies: give those of the deployment")
    return tuple(policies)


def resolve_policy(
    policies: Iterable[HostedVoicemailPolicy], *, assigned: PolicyIdentity | None, site: str | None
) -> HostedVoicemailPolicy:
    """The hosted voice mail policy that applies to a user.

    A per-user policy that was assigned wins over the site's, and the site's over the global one. It applies whole: what it
    leaves out is not taken from a wider scope. The order of ``policies`` does not matter.

    Args:
        policies: Every policy in the deployment; exactly one is global.
        assigned: The per-user policy assigned to the user, if any; one that does not exist counts as none.
        site: The site on which the user is homed, with or without ``site:``; None: not known.

    Raises:
        MissingGlobalPolicy: ``policies`` holds no global policy.
        DuplicateIdentity: Two policies have the same identity.
        InvalidPolicyIdentity: ``assigned`` is no per-user policy, or ``site`` no site.
        InvalidValue: ``policies`` holds something else.

    Clauses: POL-2, POL-3, POL-4, POL-5, POL-6, POL-11

    >>> everyone = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")
    >>> redmond = HostedVoicemailPolicy(identity="site:Redmond")
    >>> resolve_policy([everyone, redmond], assigned=None, site="Redmond").identity
    PolicyIdentity(text='site:Redmond')
    """
    return narrowest_policy(
        policies_by_key(_in_order(policies)), assigned_policy(assigned), None if site is None else site_policy_identity(site)
    )
