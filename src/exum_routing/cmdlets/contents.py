"""What a deployment under administration holds: the objects that cmdlets change, and what else they are found by."""

import operator
from collections.abc import Collection, Iterator
from typing import Final, Self, TypeVar

import attrs

from exum_routing.cmdlets.change import Change, ObjectKind
from exum_routing.cmdlets.index import Index, logon_name_of, names_of, number_of, proxy_of
from exum_routing.cmdlets.objects import Objects
from exum_routing.deployment import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeReplica,
    HostedVoicemailPolicy,
    HostingProvider,
    UmContact,
    User,
)

T = TypeVar("T")

_ADDRESS: Final = operator.attrgetter("sip_address")


def _policy_key(policy: HostedVoicemailPolicy) -> str:
    return policy.identity.key


def _provider_key(provider: HostingProvider) -> str:
    return provider.identity.lower()


def _of_one(one: T | None) -> Objects[T]:
    """The objects of a kind of which there is at most one, by the empty key."""
    return Objects.of(() if one is None else (one,), lambda _: "")


def _users(deployment: Deployment) -> Objects[User]:
    """The users, whom the deployment itself looks up: there are many."""
    by_address = deployment.by_address

    def find(address: str) -> User | None:
        found = by_address.get(address)
        return found if isinstance(found, User) else None

    return Objects.of(deployment.users, _ADDRESS, find)


def _made_to(changes: Collection[Change], kind: ObjectKind, type_: type[T]) -> Iterator[tuple[str, T | None]]:
    """The keys and values of the changes to one kind of objects, all of which have its type."""
    for change in changes:
        if change.kind is kind:
            yield change.key, change.value if isinstance(change.value, type_) else None


@attrs.frozen(eq=False)
class Contents:
    """The objects of each kind, and their indexes, after some changes."""

    users: Objects[User]
    """The users, by SIP address."""
    contacts: Objects[UmContact]
    """The contact objects, by SIP address."""
    policies: Objects[HostedVoicemailPolicy]
    """The hosted voice mail policies, by the key of their identity."""
    providers: Objects[HostingProvider]
    """The hosting providers, by Identity in lower case."""
    access_edge: Objects[AccessEdgeConfiguration]
    """The one Access Edge configuration, by the empty key."""
    edge_replica: Objects[EdgeReplica]
    """The one replica of the Edge Server, by the empty key."""
    names: Index[User]
    """Users by their names."""
    logon_names: Index[User]
    """Users by logon names whose domain is not known."""
    numbers: Index[UmContact]
    """Contact objects by DisplayNumber."""
    proxies: Index[HostingProvider]
    """Hosting providers by ProxyFqdn."""
    changed: bool = False
    """Whether there was a change."""

    @classmethod
    def of(cls, deployment: Deployment) -> Self:
        """What a deployment holds; its users are not looked at before they are asked for."""
        return cls(
            users=_users(deployment),
            contacts=Objects.of(deployment.contacts, _ADDRESS),
            policies=Objects.of(deployment.policies, _policy_key),
            providers=Objects.of(deployment.providers, _provider_key),
            access_edge=_of_one(deployment.edge),
            edge_replica=_of_one(deployment.edge_replica),
            names=Index.of(deployment.users, _ADDRESS, names_of),
            logon_names=Index.of(deployment.users, _ADDRESS, logon_name_of),
            numbers=Index.of(deployment.contacts, _ADDRESS, number_of),
            proxies=Index.of(deployment.providers, _provider_key, proxy_of),
        )

    def after(self, changes: Collection[Change]) -> Self:
        """The contents after further changes, in their order."""
        users = tuple(_made_to(changes, ObjectKind.USER, User))
        contacts = tuple(_made_to(changes, ObjectKind.CONTACT, UmContact))
        providers = tuple(_made_to(changes, ObjectKind.PROVIDER, HostingProvider))
        return type(self)(
            users=self.users.after(users),
            contacts=self.contacts.after(contacts),
            policies=self.policies.after(_made_to(changes, ObjectKind.POLICY, HostedVoicemailPolicy)),
            providers=self.providers.after(providers),
            access_edge=self.access_edge.after(_made_to(changes, ObjectKind.ACCESS_EDGE, AccessEdgeConfiguration)),
            edge_replica=self.edge_replica.after(_made_to(changes, ObjectKind.EDGE_REPLICA, EdgeReplica)),
            names=self.names.after(self.users.get, users),
            logon_names=self.logon_names.after(self.users.get, users),
            numbers=self.numbers.after(self.contacts.get, contacts),
            proxies=self.proxies.after(self.providers.get, providers),
            changed=True,
        )
