"""A deployment under administration: a read-only view of it with changes laid over it, and the fold of those into a new one.

A change is small, and laying one over a view costs no more than the logarithm of the changes before it, however many users
there are: the changes stand in layers, each at least twice as large as the next.
"""

import contextlib
import enum
import fnmatch
import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, TypeAlias, TypeVar

import attrs

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
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading
from exum_routing.sip import Fqdn, SipAddress

T = TypeVar("T")

Administered: TypeAlias = User | UmContact | HostedVoicemailPolicy | HostingProvider | AccessEdgeConfiguration | EdgeReplica
"""What a cmdlet changes."""


class ObjectKind(enum.Enum):
    """The kinds of objects that cmdlets change; the value is the part of the deployment."""

    USER = "users"
    """User accounts, by SIP address."""
    CONTACT = "contacts"
    """Contact objects, by SIP address."""
    POLICY = "policies"
    """Hosted voice mail policies, by the key of their identity."""
    PROVIDER = "providers"
    """Hosting providers, by Identity in lower case."""
    ACCESS_EDGE = "edge"
    """The one Access Edge configuration, by the empty key."""
    EDGE_REPLICA = "edge_replica"
    """The replica that the Edge Server works from, by the empty key."""


@attrs.frozen
class Change:
    """What one cmdlet changes of one object.

    Clauses: CMD-13
    """

    kind: ObjectKind
    """What kind of object."""
    key: str
    """What it is looked up by."""
    value: Administered | None
    """The object as it is from now on; None: it is removed."""


def changed_user(user: User) -> Change:
    """A user account as it is from now on."""
    return Change(ObjectKind.USER, user.sip_address, user)


def changed_policy(policy: HostedVoicemailPolicy) -> Change:
    """A policy as it is from now on."""
    return Change(ObjectKind.POLICY, policy.identity.key, policy)


def changed_provider(provider: HostingProvider) -> Change:
    """A hosting provider as it is from now on."""
    return Change(ObjectKind.PROVIDER, provider.identity.lower(), provider)


def changed_contact(contact: UmContact) -> Change:
    """A contact object as it is from now on."""
    return Change(ObjectKind.CONTACT, contact.sip_address, contact)


def changed_access_edge(configuration: AccessEdgeConfiguration) -> Change:
    """The Access Edge configuration as it is from now on."""
    return Change(ObjectKind.ACCESS_EDGE, "", configuration)


def changed_edge_replica(replica: EdgeReplica) -> Change:
    """The Edge Server's replica as it is from now on."""
    return Change(ObjectKind.EDGE_REPLICA, "", replica)


_Key: TypeAlias = tuple[ObjectKind | str, str]
_Layer: TypeAlias = dict[_Key, Any]

_PROXY, _NUMBER, _NAME, _LOGON = "ProxyFqdn", "DisplayNumber", "name", "logon name"
"""What else objects are found by; there stand the keys of those that have it."""


def _with_layer(layers: tuple[_Layer, ...], newest: _Layer) -> tuple[_Layer, ...]:
    """The layers with one more on top, those that are less than twice as large as it melted into it."""
    while layers and len(layers[-1]) < 2 * len(newest):
        newest = {**layers[-1], **newest}
        layers = layers[:-1]
    return (*layers, newest)


def _found_by(value: object) -> set[_Key]:
    """What else than its key an object is found by."""
    if isinstance(value, HostingProvider):
        return {(_PROXY, value.proxy_fqdn)}
    if isinstance(value, UmContact):
        return {(_NUMBER, value.display_number)}
    if isinstance(value, User):
        logon = value.sam_account_name or ""
        names = (value.user_principal_name, value.display_name, value.distinguished_name, logon if "\\" in logon else None)
        found: set[_Key] = {(_NAME, name.lower()) for name in names if name}
        return found | ({(_LOGON, logon.lower())} if logon and "\\" not in logon else set())
    return set()


def _index(objects: Iterable[tuple[str, object]], into: dict[_Key, Any]) -> None:
    """Note what else objects are found by."""
    for key, value in objects:
        for found in _found_by(value):
            into[found] = (*into.get(found, ()), key)


def _base(view: "View") -> _Layer:
    """What stands in the deployment itself, but for the users, whom it looks up."""
    deployment = view.deployment
    found: dict[_Key, Any] = {(ObjectKind.POLICY, policy.identity.key): policy for policy in deployment.policies}
    found |= {(ObjectKind.PROVIDER, provider.identity.lower()): provider for provider in deployment.providers}
    found |= {(ObjectKind.CONTACT, contact.sip_address): contact for contact in deployment.contacts}
    found[ObjectKind.ACCESS_EDGE, ""] = deployment.edge
    found[ObjectKind.EDGE_REPLICA, ""] = deployment.edge_replica
    _index(((provider.identity.lower(), provider) for provider in deployment.providers), found)
    _index(((contact.sip_address, contact) for contact in deployment.contacts), found)
    return found


@attrs.frozen(eq=False)
class View:
    """A deployment as it is after some changes; it never changes itself.

    Clauses: CMD-13

    >>> view = View(Deployment(users=[User(sip_address="alice@contoso.com")]))
    >>> alice = attrs.evolve(view.user("alice@contoso.com"), enterprise_voice_enabled=True)
    >>> later = view.after([changed_user(alice)])
    >>> view.user("alice@contoso.com").enterprise_voice_enabled, later.user("alice@contoso.com").enterprise_voice_enabled
    (None, True)
    """

    deployment: Deployment
    """The deployment as it was before any change."""
    reading: CmdletReading = attrs.field(default=DEFAULT_CMDLET_READING, kw_only=True)
    """How the cmdlets read what the source leaves open."""
    _layers: tuple[_Layer, ...] = attrs.field(default=(), kw_only=True, repr=False)
    _made: Mapping[ObjectKind, tuple[_Layer, ...]] = attrs.field(factory=dict, kw_only=True, repr=False)
    _changes: int = attrs.field(default=0, kw_only=True, repr=False)
    _below: _Layer = attrs.field(default=attrs.Factory(_base, takes_self=True), kw_only=True, repr=False)
    _names: dict[_Key, Any] = attrs.field(factory=dict, kw_only=True, repr=False)

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
        newest: _Layer = {}
        made_now: dict[ObjectKind, _Layer] = {}
        for number, change in enumerate(made, self._changes + 1):
            key = (change.kind, change.key)
            before = newest[key] if key in newest else self._get(key)
            was, will = _found_by(before), _found_by(change.value)
            for gone in was - will:
                newest[gone] = tuple(one for one in newest.get(gone, self._get(gone)) if one != change.key)
            for come in will - was:
                newest[come] = (*(newest.get(come, self._get(come)) or ()), change.key)
            if before is None and change.value is not None:
                made_now.setdefault(change.kind, {})[key] = number
            newest[key] = change.value
        return type(self)(
            self.deployment,
            reading=self.reading,
            layers=_with_layer(self._layers, newest),
            made={**self._made, **{kind: _with_layer(self._made.get(kind, ()), one) for kind, one in made_now.items()}},
            changes=self._changes + len(made),
            below=self._below,
            names=self._names,
        )

    def _get(self, key: _Key) -> Any:  # noqa: ANN401 - as the kind has it
        for layer in reversed(self._layers):
            if key in layer:
                return layer[key]
        if key[0] is ObjectKind.USER:
            found = self.deployment.by_address.get(key[1])
            return found if isinstance(found, User) else None
        if key[0] in {_NAME, _LOGON}:
            if not self._names:
                _index(((user.sip_address, user) for user in self.deployment.users), self._names)
            return self._names.get(key)
        return self._below.get(key)

    def _changed(self, kind: ObjectKind) -> Mapping[_Key, Any]:
        """Whatever was changed; users are many, so for them it is worth one dictionary. The others do not pay for it."""
        if kind is not ObjectKind.USER:
            return ChainMap(*reversed(self._layers))
        over: _Layer = {}
        for layer in self._layers:
            over |= layer
        return over

    def _all(self, kind: ObjectKind, below: Iterable[tuple[str, T]]) -> Iterator[T]:
        over = self._changed(kind)
        made: _Layer = {}
        for layer in self._made.get(kind, ()):
            made |= layer
        for key, value in below:
            now = over.get((kind, key), value)
            if now is not None and (kind, key) not in made:
                yield now
        for at in sorted(made, key=made.__getitem__):
            if over[at] is not None:
                yield over[at]

    @property
    def users(self) -> Iterator[User]:
        """The users, in document order."""
        return self._all(ObjectKind.USER, ((user.sip_address, user) for user in self.deployment.users))

    @property
    def contacts(self) -> Iterator[UmContact]:
        """The contact objects, in document order, new ones last."""
        return self._all(ObjectKind.CONTACT, ((contact.sip_address, contact) for contact in self.deployment.contacts))

    @property
    def policies(self) -> Iterator[HostedVoicemailPolicy]:
        """The hosted voice mail policies, in document order, new ones last."""
        return self._all(ObjectKind.POLICY, ((policy.identity.key, policy) for policy in self.deployment.policies))

    @property
    def providers(self) -> Iterator[HostingProvider]:
        """The hosting providers, in document order, new ones last."""
        return self._all(ObjectKind.PROVIDER, ((one.identity.lower(), one) for one in self.deployment.providers))

    @property
    def access_edge(self) -> AccessEdgeConfiguration | None:
        """The Access Edge configuration; None: it was not given."""
        found: AccessEdgeConfiguration | None = self._get((ObjectKind.ACCESS_EDGE, ""))
        return found

    @property
    def edge_replica(self) -> EdgeReplica | None:
        """What the Edge Server works from; None: it was not given, so that the Edge Server is up to date."""
        found: EdgeReplica | None = self._get((ObjectKind.EDGE_REPLICA, ""))
        return found

    def user(self, address: str) -> User | None:
        """The user with this SIP address; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.
        """
        found: User | None = self._get((ObjectKind.USER, SipAddress(address)))
        return found

    def contact(self, address: str) -> UmContact | None:
        """The contact object with this SIP address; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.
        """
        found: UmContact | None = self._get((ObjectKind.CONTACT, SipAddress(address)))
        return found

    def contacts_with_number(self, number: str) -> tuple[UmContact, ...]:
        """The contact objects with this DisplayNumber; a number is compared as it is written."""
        return tuple(self._get((ObjectKind.CONTACT, key)) for key in self._get((_NUMBER, number)) or ())

    def policy(self, identity: PolicyIdentity) -> HostedVoicemailPolicy | None:
        """The policy with this identity; None: there is none."""
        found: HostedVoicemailPolicy | None = self._get((ObjectKind.POLICY, identity.key))
        return found

    def provider(self, identity: str) -> HostingProvider | None:
        """The hosting provider with this Identity, in any case; None: there is none."""
        found: HostingProvider | None = self._get((ObjectKind.PROVIDER, identity.lower()))
        return found

    def provider_with_proxy(self, fqdn: Fqdn) -> HostingProvider | None:
        """The hosting provider with this ProxyFqdn; None: there is none."""
        keys = self._get((_PROXY, fqdn))
        found: HostingProvider | None = self._get((ObjectKind.PROVIDER, keys[0])) if keys else None
        return found

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
        found = dict.fromkeys(self._addresses(identity))
        if "*" not in identity or _has_scheme(identity):
            users = (self.user(address) for address in found)
            return tuple(user for user in users if user is not None)
        fits = re.compile(fnmatch.translate(identity.lower().replace("[", "[[]").replace("?", "[?]"))).match
        return tuple(
            user
            for user in self.users
            if user.sip_address in found or (user.display_name is not None and fits(user.display_name.lower()))
        )

    def _addresses(self, identity: str) -> Iterator[SipAddress]:
        """The SIP addresses of those who have an Identity, without its wildcards; perhaps of nobody."""
        with contextlib.suppress(InvalidSipAddress):
            yield SipAddress(identity)
        if not _has_scheme(identity):
            key = identity.lower()
            yield from self._get((_NAME, key)) or ()
            domain, _, logon = key.partition("\\")
            if domain:
                yield from self._get((_LOGON, logon)) or ()

    def folded(self) -> Deployment:
        """The deployment after every change, made in one pass.

        Clauses: CMD-13
        """
        if not self._layers:
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


def _has_scheme(identity: str) -> bool:
    return identity[:4].lower() == "sip:"


def apply_changes(deployment: Deployment, changes: Iterable[Change]) -> Deployment:
    """The deployment after changes, in their order, folded into it in one pass.

    Raises:
        ExumRoutingError: The changes do not fit together, as two users of one SIP address; those of the cmdlets do.

    Clauses: CMD-13
    """
    return View(deployment).after(changes).folded()
