"""Replication of the Central Management store to the Edge Server: whether its replica is up to date, and what changes it.

A deployment's own Access Edge settings and hosting providers are the store; what its Edge Server works from is the replica. The
replica changes only where the store is replicated to it, or where an export is imported on the Edge Server.
"""

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment, EdgeConfiguration, EdgeReplica
from exum_routing.errors import InvalidValue, UnknownReplica
from exum_routing.sip import Fqdn

__all__ = ["ReplicationStatus", "import_on_edge", "is_up_to_date", "replicate", "replication_status"]


@attrs.frozen
class ReplicationStatus:
    """What Get-CsManagementStoreReplicationStatus says of the replica. Clauses: REPL-3."""

    replica_fqdn: Fqdn | None
    """The Edge Server's name; None: not known."""
    up_to_date: bool | None
    """Whether the replica holds the store's configuration; None: not known."""


@names_wrong_types
def is_up_to_date(deployment: Deployment) -> bool:
    """Whether the Edge Server has a configuration, and it equals the deployment's own.

    Clauses: REPL-3

    >>> is_up_to_date(Deployment())
    False
    """
    at_edge = deployment.configuration_at_edge
    return at_edge is not None and at_edge == deployment.edge_configuration


@names_wrong_types
def replication_status(deployment: Deployment, fqdn: str | None = None) -> ReplicationStatus:
    """What Get-CsManagementStoreReplicationStatus prints.

    Args:
        deployment: The deployment.
        fqdn: The name of the replica; None: the deployment's, whatever its name.

    Raises:
        UnknownReplica: The deployment's replica has another name.
        InvalidFqdn: The name is not an FQDN.

    Clauses: REPL-3

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> replication_status(Deployment(edge=AccessEdgeConfiguration()))
    ReplicationStatus(replica_fqdn=None, up_to_date=True)
    """
    return ReplicationStatus(_named(deployment, fqdn), is_up_to_date(deployment))


@names_wrong_types
def replicate(deployment: Deployment, fqdn: str | None = None) -> Deployment:
    """What Invoke-CsManagementStoreReplication leads to: a replica that replication reaches is up to date.

    Replication does not reach an Edge Server that was never given the configuration: an export has to be imported there first.

    Args:
        deployment: The deployment.
        fqdn: The name of the replica; None: the deployment's, whatever its name.

    Returns:
        The deployment after it; the same deployment if nothing changes.

    Raises:
        UnknownReplica: The deployment's replica has another name.
        InvalidFqdn: The name is not an FQDN.

    Clauses: REPL-1, REPL-2, REPL-3

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> old, new = AccessEdgeConfiguration(), AccessEdgeConfiguration(use_dns_srv_routing=True)
    >>> before = Deployment(edge=new, edge_replica=EdgeReplica(configuration=EdgeConfiguration(access_edge=old)))
    >>> is_up_to_date(before), is_up_to_date(replicate(before))
    (False, True)
    """
    name, store = _named(deployment, fqdn), deployment.edge_configuration
    if store is None or deployment.configuration_at_edge is None:
        return deployment
    return _given(deployment, name, store)


def import_on_edge(deployment: Deployment, configuration: EdgeConfiguration, fqdn: str | None = None) -> Deployment:
    """What Import-CsConfiguration -LocalStore on the Edge Server leads to: its replica is what was exported.

    Args:
        deployment: The deployment.
        configuration: What was exported.
        fqdn: The name of the Edge Server; None: the deployment's, whatever its name.

    Returns:
        The deployment after it; the same deployment if nothing changes.

    Raises:
        UnknownReplica: The deployment's replica has another name.
        InvalidFqdn: The name is not an FQDN.
        InvalidValue: The configuration is not an EdgeConfiguration.

    Clauses: REPL-4

    >>> from exum_routing.deployment import AccessEdgeConfiguration
    >>> exported = EdgeConfiguration(access_edge=AccessEdgeConfiguration())
    >>> import_on_edge(Deployment(), exported).configuration_at_edge == exported
    True
    """
    if not isinstance(configuration, EdgeConfiguration):
        raise InvalidValue(configuration, "is not an EdgeConfiguration: use what import_configuration reads from an export")
    return _given(deployment, _named(deployment, fqdn), configuration)


def _named(deployment: Deployment, fqdn: str | None) -> Fqdn | None:
    """The name of the deployment's replica."""
    name = None if deployment.edge_replica is None else deployment.edge_replica.fqdn
    if fqdn is not None and Fqdn(fqdn) != name:
        raise UnknownReplica(fqdn, "is not the name of the deployment's replica: use its name, or leave the name out")
    return name


def _given(deployment: Deployment, name: Fqdn | None, configuration: EdgeConfiguration) -> Deployment:
    if configuration == deployment.configuration_at_edge:
        return deployment
    return attrs.evolve(deployment, edge_replica=EdgeReplica(fqdn=name, configuration=configuration))
