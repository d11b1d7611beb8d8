"""A deployment under administration: a read-only view of it with changes laid over it, and the fold of those into a new one.

A change is small, and laying one over a view costs no more than the logarithm of the changes before it, however many users
there are.
"""

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets.change import Change
from exum_routing.cmdlets.contents import Contents
from exum_routing.cmdlets.index import logon_name_of, names_of, number_of, proxy_of
from exum_routing.cmdlets.wildcard import Wildcard
from exum_routing.deployment import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    EdgeReplica,
    HostedVoicemailPolicy,
    HostingProvider,
    PolicyIdentity,
    Pool,
    Subject,
    UmContact,
    User,
    narrowest_policy,
)
from exum_routing.errors import InvalidSipAddress
from exum_routing.fields import instance
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading
from exum_routing.sip import Fqdn, SipAddress


def _contents(view: "View") -> Contents:
    return Contents.of(view.deployment)


def _deployment(value: Deployment) -> Deployment:
    return instance(value, Deployment)


@attrs.frozen(eq=False)
class View:
    """A deployment as it is after some changes; it never changes itself.

    Clauses: CMD-13

    >>> from exum_routing.cmdlets.change import changed_user
    >>> view = View(Deployment(users=[User(sip_address="alice@contoso.com")]))
    >>> alice = attrs.evolve(view.user("alice@contoso.com"), enterprise_voice_enabled=True)
    >>> later = view.after([changed_user(alice)])
    >>> view.user("alice@contoso.com").enterprise_voice_enabled, later.user("alice@contoso.com").enterprise_voice_enabled
    (None, True)
    """

    deployment: Deployment = attrs.field(converter=_deployment)
    """The deployment as it was before any change."""
    reading: CmdletReading = attrs.field(default=DEFAULT_CMDLET_READING, kw_only=True)
    """How the cmdlets read what the source leaves open."""
    _contents: Contents = attrs.field(default=attrs.Factory(_contents, takes_self=True), kw_only=True, repr=False)

    def under(self, reading: CmdletReading) -> Self:
        """The same view, under a reading.

        >>> view = View(Deployment())
        >>> view.under(view.reading) is view
        True
        """
        return self if reading == self.reading else attrs.evolve(self, reading=reading)

    def after(self, changes: Iterable[Change]) -> Self:
        """The view after further changes, in their order.

        Clauses: CMD-13
        """
        made = tuple(changes)
        if not made:
            return self
        return type(self)(self.deployment, reading=self.reading, contents=self._contents.after(made))

    @property
    def users(self) -> Iterator[User]:
        """The users, in document order."""
        return iter(self._contents.users)

    @property
    def contacts(self) -> Iterator[UmContact]:
        """The contact objects, in document order, new ones last."""
        return iter(self._contents.contacts)

    @property
    def policies(self) -> Iterator[HostedVoicemailPolicy]:
        """The hosted voice mail policies, in document order, new ones last."""
        return iter(self._contents.policies)

    @property
    def providers(self) -> Iterator[HostingProvider]:
        """The hosting providers, in document order, new ones last."""
        return iter(self._contents.providers)

    @property
    def access_edge(self) -> AccessEdgeConfiguration | None:
        """The Access Edge configuration; None: it was not given."""
        return self._contents.access_edge.get("")

    @property
    def edge_replica(self) -> EdgeReplica | None:
        """What the Edge Server works from; None: it was not given, so that the Edge Server is up to date."""
        return self._contents.edge_replica.get("")

    def user(self, address: str) -> User | None:
        """The user with this SIP address; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.
        """
        return self._contents.users.get(SipAddress(address))

    def contact(self, address: str) -> UmContact | None:
        """The contact object with this SIP address; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.
        """
        return self._contents.contacts.get(SipAddress(address))

    def contacts_with_number(self, number: str) -> tuple[UmContact, ...]:
        """The contact objects with this DisplayNumber, in document order; a number is compared as it is written.

        The deployment that the view folds into answers the same.
        """
        return self._contents.contacts.named(number_of, number)

    def policy(self, identity: PolicyIdentity) -> HostedVoicemailPolicy | None:
        """The policy with this identity; None: there is none."""
        return self._contents.policies.get(identity.key)

    def provider(self, identity: str) -> HostingProvider | None:
        """The hosting provider with this Identity, in any case; None: there is none."""
        return self._contents.providers.get(folded(identity))

    def provider_with_proxy(self, fqdn: Fqdn) -> HostingProvider | None:
        """The hosting provider with this ProxyFqdn; None: there is none."""
        return next(iter(self._contents.providers.named(proxy_of, fqdn)), None)

    def pool(self, fqdn: str | None) -> Pool | None:
        """The pool with this name; None: there is none."""
        return self.deployment.pool(fqdn)

    def effective_policy(self, subject: Subject) -> HostedVoicemailPolicy:
        """The hosted voice mail policy that applies to a user or a contact.

        Clauses: POL-3, POL-6, POL-11
        """
        pool = self.pool(subject.registrar_pool)
        assigned, site = subject.hosted_voicemail_policy, None if pool is None else pool.site_policy
        found = (self.policy(identity) for identity in (assigned, site, GLOBAL) if identity is not None)
        return narrowest_policy({one.identity.key: one for one in found if one is not None}, assigned, site)

    def users_named(self, identity: str) -> tuple[User, ...]:
        r"""The users whom an Identity fits.

        It is a SIP address, a user principal name, ``DOMAIN\NAME``, a display name, in which ``*`` stands for anything, or a
        distinguished name; in any case. Those whom an Identity with ``*`` fits stand in document order.

        Clauses: CMD-13
        """
        found = self.addresses_named(identity)
        if not has_wildcard(identity):
            users = (self._contents.users.get(address) for address in found)
            return tuple(user for user in users if user is not None)
        fits = Wildcard.of_identity(identity).matches
        return tuple(
            user
            for user in self.users
            if user.sip_address in found or (user.display_name is not None and fits(user.display_name))
        )

    def addresses_named(self, identity: str) -> Sequence[str]:
        """The SIP addresses of the users whom an Identity fits, without its wildcards; each once.

        Those who share a name are not looked at one by one.
        """
        found: list[Sequence[str]] = []
        with contextlib.suppress(InvalidSipAddress):
            address = SipAddress(identity)
            found.append((address,) if self._contents.users.get(address) is not None else ())
        if not _has_scheme(identity):
            found.append(self._contents.users.keys_of(names_of, identity))
            domain, _, logon_name = identity.partition("\\")
            if domain and logon_name:
                found.append(self._contents.users.keys_of(logon_name_of, logon_name))
        several = [keys for keys in found if keys]
        return several[0] if len(several) == 1 else tuple(dict.fromkeys(itertools.chain.from_iterable(several)))

    def folded(self) -> Deployment:
        """The deployment after every change, made in one pass.

        Clauses: CMD-13
        """
        if not self._contents.changed:
            return self.deployment
        return attrs.evolve(
            self.deployment,
            users=tuple(self.users),
            contacts=tuple(self.contacts),
            policies=tuple(self.policies),
            providers=tuple(self.providers),
            edge=self.access_edge,
            edge_replica=self.edge_replica,
        )


def has_wildcard(identity: str) -> bool:
    """Whether an Identity stands for more than it spells: a display name with ``*``.

    >>> has_wildcard("Al*"), has_wildcard("sip:al*@contoso.com")
    (True, False)
    """
    return "*" in identity and not _has_scheme(identity)


def _has_scheme(identity: str) -> bool:
    return folded(identity[:4]) == "sip:"


@names_wrong_types
def apply_changes(deployment: Deployment, changes: Iterable[Change]) -> Deployment:
    """The deployment after changes, in their order, folded into it in one pass.

    Raises:
        ExumRoutingError: The changes do not fit together, as two users of one SIP address; those of the cmdlets do.

    Clauses: CMD-13
    """
    return View(deployment).after(changes).folded()
