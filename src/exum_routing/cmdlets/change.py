"""What one cmdlet changes: one object as it is from now on, or that it is removed."""

import enum
from collections.abc import Mapping
from typing import Final, TypeAlias

import attrs

from exum_routing.casing import folded
from exum_routing.deployment import (
    AccessEdgeConfiguration,
    EdgeReplica,
    HostedVoicemailPolicy,
    HostingProvider,
    UmContact,
    User,
)
from exum_routing.errors import InvalidValue
from exum_routing.fields import instance

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


_TYPES: Final[Mapping[ObjectKind, type[Administered]]] = {
    ObjectKind.USER: User,
    ObjectKind.CONTACT: UmContact,
    ObjectKind.POLICY: HostedVoicemailPolicy,
    ObjectKind.PROVIDER: HostingProvider,
    ObjectKind.ACCESS_EDGE: AccessEdgeConfiguration,
    ObjectKind.EDGE_REPLICA: EdgeReplica,
}


def _kind(value: ObjectKind) -> ObjectKind:
    return instance(value, ObjectKind)


@attrs.frozen
class Change:
    """What one cmdlet changes of one object.

    Raises:
        InvalidValue: The object is not of this kind.

    Clauses: CMD-13

    >>> Change(ObjectKind.POLICY, "global", User(sip_address="alice@contoso.com"))
    Traceback (most recent call last):
    exum_routing.errors.InvalidValue: 'global' in policies cannot be a User: use a HostedVoicemailPolicy, or None
    """

    kind: ObjectKind = attrs.field(converter=_kind)
    """What kind of object."""
    key: str
    """What it is looked up by."""
    value: Administered | None
    """The object as it is from now on; None: it is removed."""

    def __attrs_post_init__(self) -> None:
        """Check that the object is of its kind."""
        wanted = _TYPES[self.kind]
        if self.value is not None and not isinstance(self.value, wanted):
            problem = f"in {self.kind.value} cannot be a {type(self.value).__name__}: use a {wanted.__name__}, or None"
            raise InvalidValue(self.key, problem)


def changed_user(user: User) -> Change:
    """A user account as it is from now on."""
    return Change(ObjectKind.USER, user.sip_address, user)


def changed_policy(policy: HostedVoicemailPolicy) -> Change:
    """A policy as it is from now on."""
    return Change(ObjectKind.POLICY, policy.identity.key, policy)


def changed_provider(provider: HostingProvider) -> Change:
    """A hosting provider as it is from now on."""
    return Change(ObjectKind.PROVIDER, folded(provider.identity), provider)


def changed_contact(contact: UmContact) -> Change:
    """A contact object as it is from now on."""
    return Change(ObjectKind.CONTACT, contact.sip_address, contact)


def changed_access_edge(configuration: AccessEdgeConfiguration) -> Change:
    """The Access Edge configuration as it is from now on."""
    return Change(ObjectKind.ACCESS_EDGE, "", configuration)


def changed_edge_replica(replica: EdgeReplica) -> Change:
    """The Edge Server's replica as it is from now on."""
    return Change(ObjectKind.EDGE_REPLICA, "", replica)
