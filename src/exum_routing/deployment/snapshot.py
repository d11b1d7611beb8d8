"""The snapshot that the ExUM Routing application sees: users, contacts, policies, pools, providers, dial plans."""

import enum
import functools
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import attrs

from exum_routing.casing import folded
from exum_routing.deployment.access_edge import (
    AccessEdgeConfiguration,
    EdgeConfiguration,
    EdgeReplica,
    HostingProvider,
    unique_providers,
)
from exum_routing.deployment.accounts import Subject, UmContact, User
from exum_routing.deployment.dial_plan import UmDialPlan
from exum_routing.deployment.hosted_service import HostedUmService
from exum_routing.deployment.policy import (
    GLOBAL,
    SITE_PREFIX,
    HostedVoicemailPolicy,
    PolicyIdentity,
    PolicyScope,
    has_site_prefix,
    narrowest_policy,
    policies_by_key,
    policy_identity,
    site_policy_identity,
)
from exum_routing.errors import DuplicateIdentity, InvalidName, UnknownSipAddress
from exum_routing.fields import by_key, checked, instances, name, unique
from exum_routing.sip import Fqdn, SipAddress, SipUri


def _site(value: str) -> str:
    site = name(value[len(SITE_PREFIX) :] if has_site_prefix(value) else value)
    if has_site_prefix(site):
        raise InvalidName(value, "has the prefix 'site:' twice: give the site's name, with the prefix once or not at all")
    return site


def _site_policy(pool: "Pool") -> PolicyIdentity:
    return site_policy_identity(pool.site)


class PoolVersion(enum.Enum):
    """The version of Skype for Business Server that a pool runs; the value is its spelling in the document."""

    SERVER_2015 = "2015"
    """Skype for Business Server 2015."""
    SERVER_2019 = "2019"
    """Skype for Business Server 2019."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Pool:
    """A registrar pool, its site, and its version where that is known.

    Raises:
        InvalidFqdn: Its name is no FQDN.
        InvalidName: The site's name is empty, has blanks around it, or the prefix twice.
        InvalidValue: The version is not a PoolVersion.

    Clauses: POL-11

    >>> Pool(fqdn="pool01.contoso.com", site="site:Redmond").site
    'Redmond'
    """

    fqdn: Fqdn = attrs.field(converter=Fqdn)
    """Its name; unique."""
    site: str = attrs.field(converter=_site, eq=folded)
    """The site's name, in its own spelling, given with or without ``site:``."""
    version: PoolVersion | None = None
    """The version that it runs; None: not known. It never changes a route."""
    site_policy: PolicyIdentity = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_site_policy, takes_self=True)
    )
    """The identity that a policy of this site has, whether there is one or not."""


def _users(values: Sequence[User]) -> tuple[User, ...]:
    return instances(values, User)


def _contacts(values: Sequence[UmContact]) -> tuple[UmContact, ...]:
    return instances(values, UmContact)


def _policies(values: Sequence[HostedVoicemailPolicy]) -> tuple[HostedVoicemailPolicy, ...]:
    return tuple(policies_by_key(values).values())


def _pools(values: Sequence[Pool]) -> tuple[Pool, ...]:
    return instances(values, Pool)


def _dial_plans(values: Sequence[UmDialPlan] | None) -> tuple[UmDialPlan, ...] | None:
    return None if values is None else instances(values, UmDialPlan)


def _av_edge_gruu(value: SipUri | str | None) -> SipUri | None:
    return value if value is None or isinstance(value, SipUri) else SipUri.parse(value)


def _hosted_um_services(values: Sequence[HostedUmService]) -> tuple[HostedUmService, ...]:
    return instances(values, HostedUmService)


_TWO: Final = "is the name of two {} of the deployment: keep one, or give each its own"


def _subjects_by_address(deployment: "Deployment") -> dict[str, Subject]:
    subjects: tuple[Subject, ...] = (*deployment.users, *deployment.contacts)
    return by_key(subjects, lambda subject: str(subject.sip_address), _TWO.format("users or contacts"))


def _policies_by_key(deployment: "Deployment") -> dict[str, HostedVoicemailPolicy]:
    return policies_by_key(deployment.policies)


def _pools_by_fqdn(deployment: "Deployment") -> dict[str, Pool]:
    return by_key(deployment.pools, lambda pool: str(pool.fqdn), _TWO.format("pools"))


def _services_by_fqdn(deployment: "Deployment") -> dict[str, HostedUmService]:
    return by_key(deployment.hosted_um_services, lambda service: str(service.fqdn), _TWO.format("hosted UM services"))


def _dial_plans_by_name(deployment: "Deployment") -> dict[str, UmDialPlan]:
    problem = _TWO.format("UM dial plans")
    return by_key(
        deployment.dial_plans or (), lambda plan: folded(plan.phone_context), problem, lambda plan: plan.phone_context
    )


def _has_site_policies(deployment: "Deployment") -> bool:
    return any(policy.identity.scope is PolicyScope.SITE for policy in deployment.policies)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Deployment:
    """One immutable snapshot of a Skype for Business Server 2019 deployment.

    Raises:
        DuplicateIdentity: Two users or contacts, policies, providers, pools or dial plans with the same key.
        MissingGlobalPolicy: Policies are given, but no global one.
        InvalidValue: A part of another type.

    Clauses: POL-1, POL-2, EDGE-5, NAME-2, UM-6

    >>> deployment = Deployment(users=[User(sip_address="alice@contoso.com")])
    >>> deployment.user("ALICE@contoso.com").sip_address
    'sip:alice@contoso.com'
    """

    users: tuple[User, ...] = attrs.field(default=(), converter=_users)
    """The users, in document order."""
    contacts: tuple[UmContact, ...] = attrs.field(default=(), converter=_contacts)
    """The contact objects of hosted UM, in document order."""
    policies: tuple[HostedVoicemailPolicy, ...] = attrs.field(
        default=(HostedVoicemailPolicy(identity=GLOBAL),), converter=_policies
    )
    """The hosted voice mail policies, exactly one of them global; not given: an empty global one, as installed."""
    providers: tuple[HostingProvider, ...] = attrs.field(default=(), converter=unique_providers)
    """The hosting providers; they never change a route."""
    edge: AccessEdgeConfiguration | None = None
    """The Access Edge settings; None: not given, so it is not known whether a call crosses the Edge."""
    pools: tuple[Pool, ...] = attrs.field(default=(), converter=_pools)
    """The registrar pools."""
    dial_plans: tuple[UmDialPlan, ...] | None = attrs.field(default=None, converter=_dial_plans)
    """The UM dial plans; None: Exchange UM's objects cannot be read; empty: read, and there are none."""
    edge_replica: EdgeReplica | None = None
    """What the Edge Server works from; None: its replica is up to date. It never changes a route."""
    av_edge_gruu: SipUri | None = attrs.field(default=None, converter=_av_edge_gruu)
    """The GRUU of the A/V Edge, given as such or as text; None: no A/V Edge is configured. It never changes a route."""
    hosted_um_services: tuple[HostedUmService, ...] = attrs.field(default=(), converter=_hosted_um_services)
    """The hosted UM services, as far as they are known; they never change a route."""
    _subjects: dict[str, Subject] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_subjects_by_address, takes_self=True)
    )
    _policies: dict[str, HostedVoicemailPolicy] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_policies_by_key, takes_self=True)
    )
    has_site_policies: bool = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_has_site_policies, takes_self=True)
    )
    """Whether there is a policy of site scope, so that the site of an account matters."""
    _pools: dict[str, Pool] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_pools_by_fqdn, takes_self=True)
    )
    _dial_plans: dict[str, UmDialPlan] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_dial_plans_by_name, takes_self=True)
    )
    _services: dict[str, HostedUmService] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(_services_by_fqdn, takes_self=True)
    )

    @functools.cached_property
    def _providers(self) -> dict[str, HostingProvider]:
        return {folded(provider.identity): provider for provider in self.providers}

    @functools.cached_property
    def _contacts_by_number(self) -> dict[str, tuple[UmContact, ...]]:
        found: dict[str, list[UmContact]] = {}
        for contact in self.contacts:
            found.setdefault(contact.display_number, []).append(contact)
        return {number: tuple(contacts) for number, contacts in found.items()}

    @functools.cached_property
    def shared_decisions(self) -> dict[tuple[int, bool, tuple[str | bool, ...]], Any]:
        """The decisions that accounts with equal grounds share, as ``route`` makes them. It is not part of the deployment."""
        return {}

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The users, then the contacts, in document order."""
        return (*self.users, *self.contacts)

    @property
    def by_address(self) -> Mapping[str, Subject]:
        """The users and contacts by their canonical SIP addresses, to be read only."""
        return MappingProxyType(self._subjects)

    @property
    def edge_is_known(self) -> bool:
        """Whether it is known what the Edge Server works from: its replica or the Access Edge settings are given.

        Clauses: REPL-1
        """
        return self.edge is not None or self.edge_replica is not None

    @property
    def edge_configuration(self) -> EdgeConfiguration | None:
        """What an up-to-date Edge Server works from; None: the Access Edge settings were not given."""
        return None if self.edge is None else EdgeConfiguration(access_edge=self.edge, providers=self.providers)

    @property
    def configuration_at_edge(self) -> EdgeConfiguration | None:
        """What the Edge Server works from, which may be older than the deployment's own; None: it has none, or it is not known.

        Clauses: REPL-1, REPL-2
        """
        return self.edge_configuration if self.edge_replica is None else self.edge_replica.configuration

    def with_users(self, changed: Iterable[User] = (), removed: Iterable[str] = ()) -> "Deployment":
        """The next snapshot: with some users changed, added or removed, and all the rest as it is, which is not checked again.

        Args:
            changed: Users as they are now. One whose SIP address is known takes the place of that user; others come last.
            removed: SIP addresses of users who are gone, in any case.

        Raises:
            UnknownSipAddress: No user has an address that is to be removed.
            DuplicateIdentity: A changed user has the SIP address of a contact, of another changed user or of a removed one.
            InvalidSipAddress: What is to be removed is not a SIP address.
            InvalidValue: What has changed is not a user.

        Clauses: NAME-2

        >>> roy, zoe = (User(sip_address=f"{name}@contoso.com") for name in ("roy", "zoe"))
        >>> [user.sip_address for user in Deployment(users=[roy]).with_users([zoe], ["ROY@contoso.com"]).users]
        ['sip:zoe@contoso.com']
        """
        now = unique(tuple(changed), User, lambda user: str(user.sip_address), _TWO.format("users"))
        gone = {str(self._known_user(address).sip_address) for address in removed}
        for user in now:
            if isinstance(self._subjects.get(user.sip_address), UmContact) or user.sip_address in gone:
                raise DuplicateIdentity(str(user.sip_address), "is the name of a contact or of a removed user too: keep one")
        subjects = dict(self._subjects)
        for contact in self.contacts:  # they come after all users
            del subjects[contact.sip_address]
        subjects.update((str(user.sip_address), user) for user in now)
        for address in gone:
            del subjects[address]
        return self._with_subjects(subjects)

    def _known_user(self, address: str) -> User:
        found = self.subject(address)
        if not isinstance(found, User):
            raise UnknownSipAddress(found.sip_address, "is the SIP address of a contact object, not of a user")
        return found

    def _with_subjects(self, users: dict[str, Any]) -> "Deployment":
        """A copy with other users by their addresses, all of them sound: a twentieth of the time of making it anew."""
        copied = object.__new__(Deployment)
        for field in attrs.fields(Deployment):
            object.__setattr__(copied, field.name, getattr(self, field.name))
        object.__setattr__(copied, "users", tuple(users.values()))
        users.update((str(contact.sip_address), contact) for contact in self.contacts)
        object.__setattr__(copied, "_subjects", users)
        object.__setattr__(copied, "shared_decisions", self.shared_decisions)  # they do not depend on users
        return copied

    def subject(self, address: str) -> Subject:
        """The user or contact with this SIP address, in any case.

        Raises:
            UnknownSipAddress: Nobody has it.
            InvalidSipAddress: It is none.

        Clauses: NAME-2
        """
        canonical = SipAddress(address)
        if canonical not in self._subjects:
            raise UnknownSipAddress(canonical, "is the SIP address of no user and no contact: give one of the deployment")
        return self._subjects[canonical]

    def user(self, address: str) -> User | None:
        """The user with this SIP address, in any case; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.

        Clauses: NAME-2
        """
        found = self._subjects.get(SipAddress(address))
        return found if isinstance(found, User) else None

    def policy(self, identity: PolicyIdentity | str) -> HostedVoicemailPolicy | None:
        """The policy with this identity, in any case; None: there is none.

        Raises:
            InvalidPolicyIdentity: It is no identity.

        Clauses: POL-1
        """
        return self._policies.get(policy_identity(identity).key)

    def provider(self, identity: str) -> HostingProvider | None:
        """The hosting provider with this Identity, in any case; None: there is none.

        Clauses: EDGE-5, NAME-6
        """
        return self._providers.get(folded(identity))

    def pool(self, fqdn: str | None) -> Pool | None:
        """The pool with this name, in any case; None: there is none, or no name is given.

        Raises:
            InvalidFqdn: It is no FQDN.

        Clauses: POL-11
        """
        return None if fqdn is None else self._pools.get(Fqdn(fqdn))

    def dial_plan(self, phone_context: str) -> UmDialPlan | None:
        """The dial plan with this name, in any case; None: there is none, or they are not known.

        Clauses: UM-1, NAME-6
        """
        return self._dial_plans.get(folded(phone_context))

    def hosted_um_service(self, fqdn: str) -> HostedUmService | None:
        """The hosted UM service with this name, in any case; None: nothing is known of it.

        Raises:
            InvalidFqdn: It is no FQDN.

        Clauses: CALL-7
        """
        return self._services.get(Fqdn(fqdn))

    def contacts_with_number(self, number: str) -> tuple[UmContact, ...]:
        """The contact objects with this DisplayNumber, in document order; a number is compared as it is written.

        Clauses: CALL-13, CMD-10
        """
        return self._contacts_by_number.get(number, ())

    def effective_policy(self, subject: Subject) -> HostedVoicemailPolicy:
        """The hosted voice mail policy that applies to a user or a contact.

        Clauses: POL-3, POL-4, POL-6, POL-11
        """
        pool = self._pools.get(subject.registrar_pool or "")
        return narrowest_policy(self._policies, subject.hosted_voicemail_policy, None if pool is None else pool.site_policy)

    def may_have_site_policy(self, subject: Subject) -> bool:
        """Whether a site policy may apply to a user or a contact although ``effective_policy`` cannot say so.

        There are site policies, the account's site is not known, and no per-user policy that exists comes before them.

        Clauses: POL-11

        >>> unknown = User(sip_address="alice@contoso.com", registrar_pool="pool01.contoso.com")
        >>> policies = (HostedVoicemailPolicy(identity="Global"), HostedVoicemailPolicy(identity="site:Redmond"))
        >>> Deployment(users=(unknown,), policies=policies).may_have_site_policy(unknown)
        True
        """
        if not self.has_site_policies or subject.registrar_pool in self._pools:
            return False
        assigned = subject.hosted_voicemail_policy
        return assigned is None or assigned.key not in self._policies
