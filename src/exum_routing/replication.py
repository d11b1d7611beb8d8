"""The Central Management store and its replicas on the Edge Servers: replicate, import, and the status of each.

Administration changes the store. An Edge Server works from its replica, which changes only where the store is replicated
to it or an export is imported on it. There is no clock: the versions of the store are counted.
"""

from collections.abc import Iterable, Sequence

import attrs

from exum_routing.deployment import Deployment, EdgeConfiguration, EdgeReplica
from exum_routing.errors import InvalidValue, UnknownReplica
from exum_routing.fields import checked, several, unique
from exum_routing.sip import Fqdn

__all__ = [
    "CentralManagementStore",
    "Replica",
    "Replication",
    "ReplicationStatus",
    "replication_of",
    "with_replica",
]


def _configuration(value: EdgeConfiguration | None) -> EdgeConfiguration | None:
    return EdgeReplica(configuration=value).configuration


def _version(value: int) -> int:
    if type(value) is not int or value < 0:
        raise InvalidValue(value, "is no version of the store: give a whole number, 0 or more")
    return value


def _optional_version(value: int | None) -> int | None:
    return None if value is None else _version(value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class CentralManagementStore:
    """What administration changes, as far as the Edge Servers work from it.

    Raises:
        InvalidValue: The configuration is none, or the version is no whole number from 0.

    Clauses: REPL-1
    """

    configuration: EdgeConfiguration | None = attrs.field(default=None, converter=_configuration)
    """The Access Edge settings and the hosting providers; None: not given, so that there is nothing to replicate."""
    version: int = attrs.field(default=0, converter=_version)
    """The number of changes since the first configuration that is known."""

    def changed(self, configuration: EdgeConfiguration | None) -> "CentralManagementStore":
        """The store after a change, one version later; the same store where the configuration is equal.

        Raises:
            InvalidValue: The configuration is none.

        Clauses: REPL-1
        """
        if configuration == self.configuration:
            return self
        return CentralManagementStore(configuration=configuration, version=self.version + 1)

    def holds(self, replica: "Replica") -> bool:
        """Whether a replica is up to date: it has a configuration, and the store's is equal.

        Clauses: REPL-3
        """
        return replica.configuration is not None and replica.configuration == self.configuration


@attrs.frozen(kw_only=True, field_transformer=checked)
class Replica:
    """What one Edge Server works from.

    Raises:
        InvalidFqdn: The name is no FQDN.
        InvalidValue: The configuration is none, or there is a version of no configuration.

    Clauses: REPL-1, REPL-2
    """

    fqdn: Fqdn | None = attrs.field(default=None, converter=attrs.converters.optional(Fqdn))
    """The Edge Server's name, unique among the replicas; None: not known."""
    configuration: EdgeConfiguration | None = attrs.field(default=None, converter=_configuration)
    """What the Edge Server works from; None: it was never given any."""
    version: int | None = attrs.field(default=None, converter=_optional_version)
    """The version of the store that it holds; None: it was never given any, or it is not known which."""

    def __attrs_post_init__(self) -> None:
        """No version of nothing."""
        if self.version is not None and self.configuration is None:
            raise InvalidValue(self.version, "is a version without a configuration: give the configuration too, or None")


@attrs.frozen
class ReplicationStatus:
    """What Get-CsManagementStoreReplicationStatus says of one replica. Clauses: REPL-3."""

    replica_fqdn: Fqdn | None
    """The Edge Server's name; None: not known."""
    up_to_date: bool
    """Whether the replica holds the store's configuration."""
    version: int | None
    """The version of the store that the replica holds; None: it was never given any, or it is not known which."""


def _store(value: CentralManagementStore) -> CentralManagementStore:
    if not isinstance(value, CentralManagementStore):
        raise InvalidValue(value, "is no CentralManagementStore: give one")
    return value


def _replicas(values: Sequence[Replica]) -> tuple[Replica, ...]:
    problem = "is the name of two replicas: keep one, or give each its own"
    return unique(values, Replica, lambda replica: replica.fqdn, problem)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Replication:
    """The Central Management store with the replicas of it.

    A replica that was never given the configuration is not reached by replication: the data are not available to an Edge
    Server until an export is imported on it, which is needed once for each.

    Raises:
        InvalidValue: A part of another type, or a replica's version is not one of the store's.
        DuplicateIdentity: Two replicas share a name.

    Clauses: REPL-1, REPL-2, REPL-3

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> new = EdgeConfiguration(access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True))
    >>> old = EdgeConfiguration(access_edge=AccessEdgeConfiguration())
    >>> behind = Replication(
    ...     store=CentralManagementStore(configuration=new),
    ...     replicas=(Replica(fqdn="edge01.contoso.com", configuration=old), Replica(fqdn="edge02.contoso.com")),
    ... )
    >>> [status.up_to_date for status in behind.status()], [status.up_to_date for status in behind.replicate().status()]
    ([False, False], [True, False])
    """

    store: CentralManagementStore = attrs.field(factory=CentralManagementStore, converter=_store)
    """What administration changes."""
    replicas: tuple[Replica, ...] = attrs.field(default=(), converter=_replicas)
    """What the Edge Servers work from, in the order in which they were given."""

    def __attrs_post_init__(self) -> None:
        """A replica's version is one that the store had, with what it held then as far as that is known."""
        for replica in self.replicas:
            newest = replica.version == self.store.version
            if (replica.version or 0) > self.store.version or (newest and not self.store.holds(replica)):
                raise InvalidValue(replica.version, "is not the store's version of that configuration: give None")

    def replicate(self, fqdns: Sequence[str | None] | None = None) -> "Replication":
        """What Invoke-CsManagementStoreReplication leads to: every replica that can be reached is up to date.

        Args:
            fqdns: The names of the replicas; None: all of them.

        Raises:
            UnknownReplica: A name is that of no replica.
            InvalidFqdn: A name is no FQDN.
            InvalidValue: The names are no tuple or list.

        Clauses: REPL-1, REPL-2, REPL-3
        """
        named = self._named(fqdns)
        if self.store.configuration is None:
            return self
        reached = (replica for replica in named if replica.configuration is not None)
        return self._with(self._given(replica, self.store.configuration) for replica in reached)

    def import_configuration(self, fqdn: str | None, configuration: EdgeConfiguration) -> "Replication":
        """What Import-CsConfiguration -LocalStore on one Edge Server leads to: its replica is what was exported.

        Args:
            fqdn: The name of the Edge Server; None: the one whose name is not known.
            configuration: What was exported.

        Raises:
            UnknownReplica: The name is that of no replica.
            InvalidFqdn: The name is no FQDN.
            InvalidValue: The configuration is none.

        Clauses: REPL-4
        """
        (replica,) = self._named((fqdn,))
        if not isinstance(configuration, EdgeConfiguration):
            raise InvalidValue(configuration, "is no EdgeConfiguration: give one")
        return self._with((self._given(replica, configuration),))

    def status(self, fqdns: Sequence[str | None] | None = None) -> tuple[ReplicationStatus, ...]:
        """What Get-CsManagementStoreReplicationStatus prints.

        Args:
            fqdns: The names of the replicas; None: all of them.

        Returns:
            One for each name, in their order; for all of them, in the order of the replicas.

        Raises:
            UnknownReplica: A name is that of no replica.
            InvalidFqdn: A name is no FQDN.
            InvalidValue: The names are no tuple or list.

        Clauses: REPL-3
        """
        return tuple(
            ReplicationStatus(replica.fqdn, self.store.holds(replica), replica.version) for replica in self._named(fqdns)
        )

    def _named(self, fqdns: Sequence[str | None] | None) -> tuple[Replica, ...]:
        if fqdns is None:
            return self.replicas
        by_fqdn = {replica.fqdn: replica for replica in self.replicas}
        named = []
        for fqdn in map(attrs.converters.optional(Fqdn), several(fqdns)):
            if fqdn not in by_fqdn:
                raise UnknownReplica(fqdn, "is the name of no replica: give the name of one, or none for all of them")
            named.append(by_fqdn[fqdn])
        return tuple(named)

    def _given(self, replica: Replica, configuration: EdgeConfiguration) -> Replica:
        version = self.store.version if configuration == self.store.configuration else None
        return Replica(fqdn=replica.fqdn, configuration=configuration, version=version)

    def _with(self, changed: Iterable[Replica]) -> "Replication":
        by_fqdn = {replica.fqdn: replica for replica in changed}
        return attrs.evolve(self, replicas=tuple(by_fqdn.get(replica.fqdn, replica) for replica in self.replicas))


def replication_of(deployment: Deployment) -> Replication:
    """A deployment's own Edge settings as the store, and what its Edge Server works from as the only replica of it.

    Clauses: REPL-1, REPL-2

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> replication_of(Deployment(edge=AccessEdgeConfiguration())).status()
    (ReplicationStatus(replica_fqdn=None, up_to_date=True, version=0),)
    """
    store = CentralManagementStore(configuration=deployment.edge_configuration)
    fqdn = None if deployment.edge_replica is None else deployment.edge_replica.fqdn
    replica = Replica(fqdn=fqdn, configuration=deployment.configuration_at_edge)
    return Replication(store=store, replicas=(attrs.evolve(replica, version=0 if store.holds(replica) else None),))


def with_replica(deployment: Deployment, replica: Replica) -> Deployment:
    """The deployment whose Edge Server works from this replica; the same deployment where it does already.

    So a deployment without a replica of its own, which is always up to date, stays one.

    Clauses: REPL-1

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> behind = Deployment(edge=AccessEdgeConfiguration(), edge_replica=EdgeReplica(configuration=EdgeConfiguration(
    ...     access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True))))
    >>> (replica,) = replication_of(behind).replicate().replicas
    >>> with_replica(behind, replica).configuration_at_edge == behind.edge_configuration
    True
    """
    fqdn = None if deployment.edge_replica is None else deployment.edge_replica.fqdn
    if (replica.fqdn, replica.configuration) == (fqdn, deployment.configuration_at_edge):
        return deployment
    return attrs.evolve(deployment, edge_replica=EdgeReplica(fqdn=replica.fqdn, configuration=replica.configuration))
