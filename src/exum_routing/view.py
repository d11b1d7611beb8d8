"""A deployment under administration: a read-only view of it with changes laid over it, and the fold of those into a new one.

A change is small, and laying one over a view costs no more than the logarithm of the changes before it, however many users
there are: the changes stand in layers, each at least twice as large as the next.
"""

import enum
import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, TypeAlias, TypeVar

import attrs

from exum_routing.deployment import Deployment, Pool, Subject, UmContact, User
from exum_routing.edge import AccessEdgeConfiguration, HostingProvider
from exum_routing.errors import InvalidSipAddress
from exum_routing.policy import GLOBAL, HostedVoicemailPolicy, PolicyIdentity
from exum_routing.sip import Fqdn, SipAddress

T = TypeVar("T")

Administered: TypeAlias = User | UmContact | HostedVoicemailPolicy | HostingProvider | AccessEdgeConfiguration
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


_Layer: TypeAlias = Mapping[tuple[ObjectKind | str, str], Any]


def _with_layer(layers: tuple[_Layer, ...], newest: _Layer) -> tuple[_Layer, ...]:
    """The layers with one more on top, those that are no larger than it melted into it."""
    while layers and len(layers[-1]) <= len(newest):
        newest = {**layers[-1], **newest}
        layers = layers[:-1]
    return (*layers, newest)


def _indexed(change: Change, before: object) -> Iterator[tuple[tuple[ObjectKind | str, str], Any]]:
    """What a change puts into its layer: the object, and what else it is found by."""
    if isinstance(before, HostingProvider):
        yield (_PROXY, before.proxy_fqdn), None
    if isinstance(before, UmContact):
        yield (_NUMBER, before.display_number), None
    if isinstance(change.value, HostingProvider):
        yield (_PROXY, change.value.proxy_fqdn), change.value
    if isinstance(change.value, UmContact):
        yield (_NUMBER, change.value.display_number), change.value
    yield (change.kind, change.key), change.value


_PROXY = "ProxyFqdn"
_NUMBER = "DisplayNumber"


def _base(view: "View") -> _Layer:
    """What stands in the deployment itself, but for the users, whom it looks up."""
    deployment = view.deployment
    found: dict[tuple[ObjectKind | str, str], Any] = {}
    for policy in deployment.policies:
        found[ObjectKind.POLICY, policy.identity.key] = policy
    for provider in deployment.providers:
        found[ObjectKind.PROVIDER, provider.identity.lower()] = provider
        found[_PROXY, provider.proxy_fqdn] = provider
    for contact in deployment.contacts:
        found[ObjectKind.CONTACT, contact.sip_address] = contact
        found[_NUMBER, contact.display_number] = contact
    found[ObjectKind.ACCESS_EDGE, ""] = deployment.edge
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
    _layers: tuple[_Layer, ...] = attrs.field(default=(), kw_only=True)
    _below: _Layer = attrs.field(default=attrs.Factory(_base, takes_self=True), kw_only=True, repr=False)
    _names: dict[str, list[SipAddress]] = attrs.field(factory=dict, kw_only=True, repr=False)

    def after(self, changes: Iterable[Change]) -> Self:
        """The view after further changes, in their order.

        Clauses: CMD-13
        """
        newest: dict[tuple[ObjectKind | str, str], Any] = {}
        for change in changes:
            key = (change.kind, change.key)
            newest |= _indexed(change, newest[key] if key in newest else self._get(*key))
        if not newest:
            return self
        return type(self)(self.deployment, layers=_with_layer(self._layers, newest), below=self._below, names=self._names)

    def _get(self, kind: ObjectKind | str, key: str) -> Any:  # noqa: ANN401 - as the kind has it
        for layer in reversed(self._layers):
            if (kind, key) in layer:
                return layer[kind, key]
        if kind is ObjectKind.USER:
            found = self.deployment.by_address.get(key)
            return found if isinstance(found, User) else None
        return self._below.get((kind, key))

    def _all(self, kind: ObjectKind, below: Iterable[tuple[str, T]]) -> Iterator[T]:
        over: dict[tuple[ObjectKind | str, str], Any] = {}
        for layer in self._layers:
            over |= layer
        for key, value in below:
            now = over.pop((kind, key), value)
            if now is not None:
                yield now
        yield from (value for (of_kind, _), value in over.items() if of_kind is kind and value is not None)

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
        found: AccessEdgeConfiguration | None = self._get(ObjectKind.ACCESS_EDGE, "")
        return found

    def user(self, address: str) -> User | None:
        """The user with this SIP address; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.
        """
        found: User | None = self._get(ObjectKind.USER, SipAddress(address))
        return found

    def contact(self, address: str) -> UmContact | None:
        """The contact object with this SIP address; None: there is none.

        Raises:
            InvalidSipAddress: It is no SIP address.
        """
        found: UmContact | None = self._get(ObjectKind.CONTACT, SipAddress(address))
        return found

    def contact_with_number(self, number: str) -> UmContact | None:
        """A contact object with this DisplayNumber; None: there is none."""
        found: UmContact | None = self._get(_NUMBER, number)
        return found

    def policy(self, identity: PolicyIdentity) -> HostedVoicemailPolicy | None:
        """The policy with this identity; None: there is none."""
        found: HostedVoicemailPolicy | None = self._get(ObjectKind.POLICY, identity.key)
        return found

    def provider(self, identity: str) -> HostingProvider | None:
        """The hosting provider with this Identity, in any case; None: there is none."""
        found: HostingProvider | None = self._get(ObjectKind.PROVIDER, identity.lower())
        return found

    def provider_with_proxy(self, fqdn: Fqdn) -> HostingProvider | None:
        """The hosting provider with this ProxyFqdn; None: there is none."""
        found: HostingProvider | None = self._get(_PROXY, fqdn)
        return found

    def pool(self, fqdn: str | None) -> Pool | None:
        """The pool with this name; None: there is none."""
        return self.deployment.pool(fqdn)

    def effective_policy(self, subject: Subject) -> HostedVoicemailPolicy:
        """The hosted voice mail policy that applies to a user or a contact.

        Clauses: POL-3, POL-6, POL-11
        """
        pool = self.pool(subject.registrar_pool)
        identities = (subject.hosted_voicemail_policy, None if pool is None else pool.site_policy, GLOBAL)
        found = (self.policy(identity) for identity in identities if identity is not None)
        return next(policy for policy in found if policy is not None)

    def users_named(self, identity: str) -> tuple[User, ...]:
        r"""The users whom an Identity fits, in document order.

        It is a SIP address, a user principal name, ``DOMAIN\NAME``, a display name, in which ``*`` stands for anything, or a
        distinguished name; in any case.

        Clauses: CMD-13
        """
        if identity[:4].lower() == "sip:":
            user = self._user_at(identity)
            return () if user is None else (user,)
        if not self._names:
            self._names.update(_addresses_by_name(self.deployment.users))
        key = identity.lower()
        addresses = (*self._names.get(key, ()), *(self._names.get(key[key.index("\\") :], ()) if "\\" in key else ()))
        if "*" in key and not addresses:
            fits = re.compile(fnmatch.translate(key.replace("[", "[[]").replace("?", "[?]"))).match
            return tuple(user for user in self.users if user.display_name is not None and fits(user.display_name.lower()))
        found = (self.user(address) for address in dict.fromkeys(addresses))
        return tuple(user for user in found if user is not None)

    def _user_at(self, identity: str) -> User | None:
        try:
            return self.user(identity)
        except InvalidSipAddress:
            return None

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
        )


def _addresses_by_name(users: Iterable[User]) -> dict[str, list[SipAddress]]:
    """Who has each name, in lower case; a logon name without its domain stands behind a backslash."""
    found: dict[str, list[SipAddress]] = {}
    for user in users:
        address, logon = user.sip_address, user.sam_account_name
        names = (
            address.removeprefix("sip:"),
            user.user_principal_name,
            user.display_name,
            user.distinguished_name,
            logon if logon is None or "\\" in logon else f"\\{logon}",
        )
        for name in {name.lower() for name in names if name}:
            found.setdefault(name, []).append(address)
    return found


def apply_changes(deployment: Deployment, changes: Iterable[Change]) -> Deployment:
    """The deployment after changes, in their order, folded into it in one pass.

    Raises:
        ExumRoutingError: The changes do not fit together, as two users of one SIP address; those of the cmdlets do.

    Clauses: CMD-13
    """
    return View(deployment).after(changes).folded()
