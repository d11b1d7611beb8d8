"""Replication to a deployment's one replica: whether it is up to date, whom replication reaches, and what an import changes."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    Fqdn,
    HostingProvider,
    InvalidFqdn,
    InvalidValue,
    UnknownReplica,
)
from exum_routing.cmdlets import (
    CmdletResult,
    ParametersExclude,
    View,
    export_cs_configuration,
    get_cs_management_store_replication_status,
    invoke_cs_management_store_replication,
)
from exum_routing.interchange.document import object_to_json
from exum_routing.interchange.export import InvalidExport, export_configuration, import_configuration
from exum_routing.replication import ReplicationStatus, import_on_edge, is_up_to_date, replicate, replication_status
from exum_routing.testing.strategies import deployments, edge_configurations

OLD = EdgeConfiguration(access_edge=AccessEdgeConfiguration())
NEW = EdgeConfiguration(
    access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
    providers=(HostingProvider(identity="Hosted Exchange UM", proxy_fqdn="exap.um.outlook.com"),),
)
EDGE = "edge01.contoso.com"
SETTINGS: dict[str, Any] = {"edge": NEW.access_edge, "providers": NEW.providers}
BEHIND = Deployment(**SETTINGS, edge_replica=EdgeReplica(fqdn=EDGE, configuration=OLD))
NEVER = Deployment(**SETTINGS, edge_replica=EdgeReplica(fqdn=EDGE))
ASKED: list[Callable[[Deployment, str], object]] = [
    replicate,
    replication_status,
    lambda deployment, fqdn: import_on_edge(deployment, NEW, fqdn),
    lambda deployment, fqdn: invoke_cs_management_store_replication(View(deployment), replica_fqdn=fqdn),
    lambda deployment, fqdn: get_cs_management_store_replication_status(View(deployment), replica_fqdn=fqdn),
]


class TestRepl3:
    """Clause: REPL-3."""

    @pytest.mark.parametrize(
        ("before", "fqdn", "up_to_date", "reached"),
        [
            (Deployment(), None, False, False),
            (Deployment(**SETTINGS), None, True, True),
            (BEHIND, EDGE, False, True),
            (attrs.evolve(BEHIND, edge_replica=EdgeReplica(fqdn=EDGE, configuration=NEW)), EDGE, True, True),
            (NEVER, EDGE, False, False),
            (Deployment(edge_replica=BEHIND.edge_replica), EDGE, False, False),
        ],
        ids=["nothing known", "no replica of its own", "behind", "up to date", "never given any", "no settings"],
    )
    def test_replication(self, before: Deployment, fqdn: str | None, up_to_date: bool, reached: bool) -> None:
        """The status, whom replication reaches, and what it leaves as it is."""
        assert replication_status(before) == ReplicationStatus(None if fqdn is None else Fqdn(fqdn), up_to_date)
        after = replicate(before)
        assert after.configuration_at_edge == (before.edge_configuration if reached else before.configuration_at_edge)
        assert (after is before) is (up_to_date or not reached)
        assert is_up_to_date(after) is reached
        assert replication_status(after).replica_fqdn == fqdn

    def test_a_name_in_any_case(self) -> None:
        """The replica's own name is accepted."""
        assert replication_status(BEHIND, "EDGE01.contoso.com") == replication_status(BEHIND)
        assert replicate(BEHIND, "EDGE01.contoso.com") == replicate(BEHIND)

    def test_the_replica_does_not_follow_the_settings(self) -> None:
        """Replicated once, a replica is old again after the next change."""
        changed = attrs.evolve(replicate(BEHIND), providers=())
        assert changed.configuration_at_edge == NEW
        assert not is_up_to_date(changed)

    def test_a_replica_never_given_any_is_reached_once_it_was(self) -> None:
        """After the import by hand replication is automatic."""
        imported = import_on_edge(NEVER, OLD)
        assert not is_up_to_date(imported)
        assert is_up_to_date(replicate(imported))

    @pytest.mark.parametrize("deployment", [BEHIND, Deployment(**SETTINGS)], ids=["another name", "no name"])
    @pytest.mark.parametrize("ask", ASKED, ids=["replicate", "status", "import", "Invoke-", "Get-"])
    def test_unknown_replica(self, ask: Callable[[Deployment, str], object], deployment: Deployment) -> None:
        """A name that is not the replica's is refused, as is a text that is not an FQDN."""
        with pytest.raises(UnknownReplica) as caught:
            ask(deployment, "edge02.contoso.com")
        assert caught.value.value == "edge02.contoso.com"
        with pytest.raises(InvalidFqdn):
            ask(deployment, "edge 01")

    @given(deployments())
    def test_replicate_changes_the_replica_alone(self, before: Deployment) -> None:
        """Whoever had a configuration holds the store's if there is one; the rest stays, and once more changes nothing."""
        after = replicate(before)
        reached = before.edge_configuration is not None and before.configuration_at_edge is not None
        assert after.configuration_at_edge == (before.edge_configuration if reached else before.configuration_at_edge)
        assert attrs.evolve(after, edge_replica=before.edge_replica) == before
        assert replicate(after) is after
        assert is_up_to_date(after) is reached


class TestRepl4:
    """Clause: REPL-4."""

    @given(deployments(), edge_configurations())
    def test_import_of_an_export_gives_the_same_replica(self, before: Deployment, configuration: EdgeConfiguration) -> None:
        """The replica holds what was exported; its name and the rest are as before."""
        after = import_on_edge(before, import_configuration(export_configuration(configuration)))
        assert after.configuration_at_edge == configuration
        assert attrs.evolve(after, edge_replica=before.edge_replica) == before
        assert replication_status(after).replica_fqdn == replication_status(before).replica_fqdn

    def test_import_of_what_is_there_changes_nothing(self) -> None:
        """So a deployment without a replica of its own stays one."""
        deployment = Deployment(**SETTINGS)
        assert import_on_edge(deployment, NEW) is deployment
        assert import_on_edge(deployment, OLD).edge_replica == EdgeReplica(configuration=OLD)

    def test_refused_file_is_not_imported(self) -> None:
        """A damaged export gives nothing that can be imported."""
        with pytest.raises(InvalidExport):
            import_on_edge(NEVER, import_configuration(export_configuration(NEW)[:-1]))

    @pytest.mark.parametrize("value", [export_configuration(NEW), AccessEdgeConfiguration(), None])
    def test_only_a_configuration_is_imported(self, value: Any) -> None:
        """The bytes of an export have to be read first."""
        with pytest.raises(InvalidValue) as caught:
            import_on_edge(NEVER, value)
        assert caught.value.value is value


class TestCmdlets:
    """What the three cmdlets do to a view. Clauses: REPL-3, REPL-4."""

    @given(deployments())
    def test_invoke_is_replicate(self, deployment: Deployment) -> None:
        """Folded, the view is the deployment after replication; where nothing changes, there is no change."""
        view = View(deployment)
        result = invoke_cs_management_store_replication(view)
        after = replicate(deployment)
        assert view.after(result.changes).folded() == after
        assert (result.changes == ()) is (after is deployment)
        assert result.output == ()

    @given(deployments())
    def test_status_is_that_of_the_view(self, deployment: Deployment) -> None:
        """The status is that of the view's own Edge settings and replica."""
        view = View(deployment)
        status = replication_status(deployment)
        assert get_cs_management_store_replication_status(view) == CmdletResult(output=(status,))
        written = {} if status.replica_fqdn is None else {"ReplicaFqdn": status.replica_fqdn}
        assert object_to_json(status) == {**written, "UpToDate": status.up_to_date}

    def test_export_is_what_an_up_to_date_edge_works_from(self) -> None:
        """Without Access Edge settings it is the settings as installed."""
        assert export_cs_configuration(View(BEHIND), file_name="a.zip").output == (NEW,)
        providers = attrs.evolve(OLD, providers=NEW.providers)
        assert export_cs_configuration(View(Deployment(providers=NEW.providers)), as_bytes=True).output == (providers,)

    def test_objects_are_written_as_the_document_writes_them(self) -> None:
        """What is exported, and a replica."""
        providers = [{"Identity": "Hosted Exchange UM", "ProxyFqdn": "exap.um.outlook.com"}]
        written = {
            "AccessEdgeConfiguration": {"UseDnsSrvRouting": True, "AllowFederatedUsers": True},
            "HostingProviders": providers,
        }
        assert object_to_json(NEW) == written
        assert object_to_json(EdgeReplica(fqdn=EDGE, configuration=NEW)) == {"ReplicaFqdn": EDGE, **written}

    @pytest.mark.parametrize("arguments", [{}, {"file_name": "a.zip", "as_bytes": True}])
    def test_export_takes_a_file_or_bytes(self, arguments: dict[str, Any]) -> None:
        """Neither or both is refused, and what is not a boolean."""
        with pytest.raises(ParametersExclude, match="FileName, AsBytes"):
            export_cs_configuration(View(BEHIND), **arguments)
        with pytest.raises(InvalidValue):
            export_cs_configuration(View(BEHIND), as_bytes=1)  # type: ignore[arg-type] # malformed on purpose
