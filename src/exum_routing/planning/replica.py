"""The Edge Server's replica in a plan: replicated after what changes the Edge, where the deployment describes a replica."""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets import invoke_cs_management_store_replication
from exum_routing.deployment import Deployment, EdgeReplica
from exum_routing.planning.differences import replica_as_facts
from exum_routing.planning.part import NOTHING, Part, Step, joined, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition

_WHY: Final = (
    "Replication to the Edge Server: it takes minutes and may fail, so go on only when "
    "Get-CsManagementStoreReplicationStatus shows UpToDate True"
)
_LATE: Final = frozenset({Phase.FINISH})
_EDGE: Final = frozenset({Phase.PREPARE, Phase.OPEN_EDGE, Phase.PROVIDERS})


@names_wrong_types
def with_wanted_replica(current: Deployment, target: Deployment) -> Deployment:
    """A target whose Edge Server gets what is to change.

    A target is mostly the current document with other hosting providers or Access Edge settings, and the replica as it was.
    What is wanted then is that the changes reach the Edge Server. Where the replica differs as well, or no provider and no
    setting does, the target is taken as it is.

    Clauses: REPL-1, REPL-3
    """
    replica = target.edge_replica
    if replica is None or replica.configuration is None or replica_as_facts(replica) != replica_as_facts(current.edge_replica):
        return target
    wanted = _replicated(replica, target)
    if wanted is None or replica_as_facts(wanted) == replica_as_facts(_replicated(replica, current)):
        return target
    return attrs.evolve(target, edge_replica=wanted)


def plan_replica(way: Transition, steps: Iterable[Step]) -> Part:
    """The steps that bring the replica to what it is to be, after the steps that change the store.

    Args:
        way: From where to where.
        steps: The steps of the hosting providers and of the Access Edge configuration.

    Clauses: REPL-2, REPL-3
    """
    before, after = way.current.edge_replica, way.target.edge_replica
    if replica_as_facts(before) == replica_as_facts(after):
        return NOTHING
    if before is None or after is None or before.fqdn != after.fqdn:
        return one_reason("EdgeReplica differs by more than what it holds: no cmdlet here changes that; change the document")
    if before.configuration is None:
        return one_reason(
            "EdgeReplica: the Edge Server was never given the configuration, so replication does not reach it: run "
            "Export-CsConfiguration -FileName EdgeConfiguration.zip, then, on the Edge Server, Import-CsConfiguration "
            "-LocalStore -FileName EdgeConfiguration.zip, and plan from there"
        )
    if after.configuration is None or replica_as_facts(after) != replica_as_facts(_replicated(after, way.target)):
        return one_reason(
            "EdgeReplica is to hold something else than HostingProviders and AccessEdgeConfiguration of the target: "
            "replication brings just those; make them equal"
        )
    which = {} if after.fqdn is None else {"replica_fqdn": str(after.fqdn)}
    return joined(one_step(phase, _WHY, invoke_cs_management_store_replication, **which) for phase in _when(steps))


def _replicated(replica: EdgeReplica, deployment: Deployment) -> EdgeReplica | None:
    """The replica, with what the deployment's store has; None: that is not known."""
    store = deployment.edge_configuration
    return None if store is None else EdgeReplica(fqdn=replica.fqdn, configuration=store)


def _when(steps: Iterable[Step]) -> Iterator[Phase]:
    """After the early changes, after the late ones, or both; early where the store does not change."""
    phases = {step.phase for step in steps}
    if phases & _EDGE or not phases & _LATE:
        yield Phase.REPLICATE
    if phases & _LATE:
        yield Phase.REPLICATE_AGAIN
