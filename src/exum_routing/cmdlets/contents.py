"""What a deployment under administration holds: the objects that cmdlets change, kind by kind."""

import operator
from collections.abc import Collection
from typing import Final, Self

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets.change import Change, ObjectKind
from exum_routing.cmdlets.index import logon_name_of, names_of, number_of, proxy_of
from exum_routing.cmdlets.objects import Objects, Original
from exum_routing.deployment import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeReplica,
    HostedVoicemailPolicy,
    HostingProvider,
    UmContact,
    User,
)

_ADDRESS: Final = operator.attrgetter("sip_address")
_IDENTITY: Final = operator.attrgetter("identity.key")


def _provider_key(provider: HostingProvider) -> str:
    return folded(provider.identity)


def _no_key(_: object) -> str:
    return ""


def _users(deployment: Deployment) -> Original[User]:
    """The users, whom the deployment looks up itself: there are many."""
    by_address = deployment.by_address

    def find(address: str) -> User | None:
        found = by_address.get(address)
        return found if isinstance(found, User) else None

    return Original(kind=ObjectKind.USER, type=User, objects=deployment.users, key=_ADDRESS, find=find)


def _contacts(deployment: Deployment) -> Original[UmContact]:
    return Original(kind=ObjectKind.CONTACT, type=UmContact, objects=deployment.contacts, key=_ADDRESS)


def _policies(deployment: Deployment) -> Original[HostedVoicemailPolicy]:
    return Original(kind=ObjectKind.POLICY, type=HostedVoicemailPolicy, objects=deployment.policies, key=_IDENTITY)


def _providers(deployment: Deployment) -> Original[HostingProvider]:
    return Original(kind=ObjectKind.PROVIDER, type=HostingProvider, objects=deployment.providers, key=_provider_key)


def _access_edge(deployment: Deployment) -> Original[AccessEdgeConfiguration]:
    given = () if deployment.edge is None else (deployment.edge,)
    return Original(kind=ObjectKind.ACCESS_EDGE, type=AccessEdgeConfiguration, objects=given, key=_no_key)


def _edge_replica(deployment: Deployment) -> Original[EdgeReplica]:
    given = () if deployment.edge_replica is None else (deployment.edge_replica,)
    return Original(kind=ObjectKind.EDGE_REPLICA, type=EdgeReplica, objects=given, key=_no_key)


@attrs.frozen(eq=False)
class Contents:
    """The objects of each kind, after some changes."""

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
    changed: bool = False
    """Whether there was any change."""

    @classmethod
    def of(cls, deployment: Deployment) -> Self:
        """What a deployment holds; no user is looked at before somebody asks."""
        return cls(
            Objects.of(_users(deployment), names_of, logon_name_of),
            Objects.of(_contacts(deployment), number_of),
            Objects.of(_policies(deployment)),
            Objects.of(_providers(deployment), proxy_of),
            Objects.of(_access_edge(deployment)),
            Objects.of(_edge_replica(deployment)),
        )

    def after(self, changes: Collection[Change]) -> Self:
        """The contents after further changes, in their order."""
        return type(self)(
            self.users.after(changes),
            self.contacts.after(changes),
            self.policies.after(changes),
            self.providers.after(changes),
            self.access_edge.after(changes),
            self.edge_replica.after(changes),
            changed=True,
        )
