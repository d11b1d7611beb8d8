"""Invoke-CsManagementStoreReplication, Get-CsManagementStoreReplicationStatus and Export-CsConfiguration."""

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets.change import changed_edge_replica
from exum_routing.cmdlets.result import CmdletResult
from exum_routing.cmdlets.view import View
from exum_routing.deployment import AccessEdgeConfiguration, Deployment, EdgeConfiguration
from exum_routing.errors import ParametersExclude
from exum_routing.fields import flag
from exum_routing.replication import replicate, replication_status


@names_wrong_types
def invoke_cs_management_store_replication(view: View, *, replica_fqdn: str | None = None) -> CmdletResult:
    """Invoke-CsManagementStoreReplication: brings the Edge Server's replica up to date, if replication reaches it.

    Args:
        view: The deployment.
        replica_fqdn: The name of the replica; None: the deployment's, whatever its name.

    Raises:
        UnknownReplica: The deployment's replica has another name.
        InvalidFqdn: The name is not an FQDN.

    Clauses: REPL-3

    >>> from exum_routing.deployment import EdgeReplica
    >>> old, new = AccessEdgeConfiguration(), AccessEdgeConfiguration(use_dns_srv_routing=True)
    >>> replica = EdgeReplica(configuration=EdgeConfiguration(access_edge=old))
    >>> result = invoke_cs_management_store_replication(View(Deployment(edge=new, edge_replica=replica)))
    >>> result.changes[0].value.configuration.access_edge == new
    True
    """
    before = _edge_of(view)
    replica = replicate(before, replica_fqdn).edge_replica
    if replica is None or replica is before.edge_replica:
        return CmdletResult()
    return CmdletResult(changes=(changed_edge_replica(replica),))


@names_wrong_types
def get_cs_management_store_replication_status(view: View, *, replica_fqdn: str | None = None) -> CmdletResult:
    """Get-CsManagementStoreReplicationStatus: whether the Edge Server's replica is up to date.

    Args:
        view: The deployment.
        replica_fqdn: The name of the replica; None: the deployment's, whatever its name.

    Raises:
        UnknownReplica: The deployment's replica has another name.
        InvalidFqdn: The name is not an FQDN.

    Clauses: REPL-3

    >>> get_cs_management_store_replication_status(View(Deployment())).output
    (ReplicationStatus(replica_fqdn=None, up_to_date=False),)
    """
    return CmdletResult(output=(replication_status(_edge_of(view), replica_fqdn),))


def export_cs_configuration(view: View, *, file_name: str | None = None, as_bytes: bool = False) -> CmdletResult:
    """Export-CsConfiguration: what the Edge Server needs of the store; settings that were not given are as installed.

    Args:
        view: The deployment.
        file_name: The file to write the export to; None: none. No file is written here.
        as_bytes: Whether the export is returned as bytes.

    Raises:
        ParametersExclude: Both a file and bytes, or neither.
        InvalidValue: ``as_bytes`` is neither True nor False.

    Clauses: REPL-4

    >>> export_cs_configuration(View(Deployment()), as_bytes=True).output[0].access_edge
    AccessEdgeConfiguration(use_dns_srv_routing=False, allow_federated_users=False, enable_partner_discovery=False, \
default_route_fqdn=None)
    """
    if flag(as_bytes) is (file_name is not None):
        raise ParametersExclude("FileName, AsBytes", "are two ways to export: use exactly one of them")
    access_edge = view.access_edge or AccessEdgeConfiguration()
    return CmdletResult(output=(EdgeConfiguration(access_edge=access_edge, providers=tuple(view.providers)),))


def _edge_of(view: View) -> Deployment:
    """What the deployment holds of the Edge."""
    return Deployment(edge=view.access_edge, providers=tuple(view.providers), edge_replica=view.edge_replica)
