"""The Central Management store and its replicas: who is reached, who is behind, and what an import changes."""

import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    DuplicateIdentity,
    EdgeConfiguration,
    EdgeReplica,
    Fqdn,
    HostingProvider,
    InvalidFqdn,
    InvalidValue,
    UnknownReplica,
)
from exum_routing.interchange.export import InvalidExport, export_configuration, import_configuration
from exum_routing.replication import (
    CentralManagementStore,
    Replica,
    Replication,
    ReplicationStatus,
    replication_of,
    with_replica,
)
from exum_routing.testing.strategies import deployments, edge_configurations

OLD = EdgeConfiguration(access_edge=AccessEdgeConfiguration())
NEW = EdgeConfiguration(
    access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
    providers=(HostingProvider(identity="Hosted Exchange UM", proxy_fqdn="exap.um.outlook.com"),),
)
EDGES = ("edge01.contoso.com", "edge02.contoso.com", "edge03.contoso.com")


def replication(store: EdgeConfiguration | None = NEW) -> Replication:
    """One replica behind, one that was never given the configuration, one up to date as far as it can be."""
    replicas = (
        Replica(fqdn=EDGES[0], configuration=OLD, version=0),
        Replica(fqdn=EDGES[1]),
        Replica(fqdn=EDGES[2], configuration=NEW),
    )
    return Replication(store=CentralManagementStore(configuration=store, version=1), replicas=replicas)


def up_to_date(replication: Replication) -> list[bool]:
    """UpToDate of every replica, in their order."""
    return [status.up_to_date for status in replication.status()]


@st.composite
def replications(draw: DrawFn, *, min_replicas: int = 0) -> Replication:
    """A store some changes on, and up to three replicas: never given any, at one of the store's versions, or imported."""
    history = draw(st.lists(edge_configurations(), min_size=1, max_size=3))
    store = CentralManagementStore(configuration=history[0])
    past = [store]
    for configuration in history[1:]:
        store = store.changed(configuration)
        past.append(store)
    kinds = st.one_of(
        st.just((None, None)),
        st.sampled_from(past).map(lambda then: (then.configuration, then.version)),
        edge_configurations().map(lambda imported: (imported, None)),
    )
    names = draw(st.lists(st.sampled_from((None, *EDGES)), min_size=min_replicas, max_size=3, unique=True))
    given = [draw(kinds) for _ in names]
    replicas = [
        Replica(fqdn=name, configuration=configuration, version=version)
        for name, (configuration, version) in zip(names, given, strict=True)
    ]
    return Replication(store=store, replicas=replicas)


class TestRepl3:
    """Clause: REPL-3."""

    def test_status_says_who_is_behind(self) -> None:
        """A replica is up to date if its configuration equals the store's; the order is that of the replicas."""
        assert replication().status() == (
            ReplicationStatus(Fqdn(EDGES[0]), up_to_date=False, version=0),
            ReplicationStatus(Fqdn(EDGES[1]), up_to_date=False, version=None),
            ReplicationStatus(Fqdn(EDGES[2]), up_to_date=True, version=None),
        )

    def test_status_of_some(self) -> None:
        """A name in any case gives the status of that replica alone, in the order of the names."""
        assert replication().status(["EDGE03.contoso.com", EDGES[0]]) == replication().status()[::-2]
        assert replication().status([]) == ()

    def test_replication_reaches_every_replica_that_was_given_the_configuration_once(self) -> None:
        """One that was never given any is not reached, and says so."""
        after = replication().replicate()
        assert up_to_date(after) == [True, False, True]
        assert after.replicas == (
            Replica(fqdn=EDGES[0], configuration=NEW, version=1),
            Replica(fqdn=EDGES[1]),
            Replica(fqdn=EDGES[2], configuration=NEW, version=1),
        )

    def test_replication_to_one(self) -> None:
        """The others stay behind."""
        before = Replication(
            store=CentralManagementStore(configuration=NEW),
            replicas=[Replica(fqdn=fqdn, configuration=OLD) for fqdn in EDGES],
        )
        assert up_to_date(before.replicate((EDGES[1],))) == [False, True, False]

    def test_a_replica_never_given_any_is_reached_once_it_was(self) -> None:
        """After the import by hand replication is automatic."""
        imported = replication().import_configuration(EDGES[1], OLD)
        assert up_to_date(imported)[1] is False
        assert up_to_date(imported.replicate())[1] is True

    def test_without_a_configuration_in_the_store_nothing_is_replicated(self) -> None:
        """Nothing is known of the store, so that no replica changes and none is up to date."""
        before = replication(store=None)
        assert before.replicate() == before
        assert up_to_date(before) == [False, False, False]

    def test_change_leaves_replicas_behind(self) -> None:
        """Administration changes the store alone."""
        before = replication().replicate()
        after = attrs.evolve(before, store=before.store.changed(OLD))
        assert after.replicas == before.replicas
        assert after.store == CentralManagementStore(configuration=OLD, version=2)
        assert up_to_date(after) == [False, False, False]

    def test_equal_configuration_is_no_change(self) -> None:
        """The store stays as it is, its version too."""
        store = replication().store
        assert store.changed(attrs.evolve(NEW)) is store

    @pytest.mark.parametrize(
        "ask",
        [
            lambda replication, fqdn: replication.replicate((EDGES[0], fqdn)),
            lambda replication, fqdn: replication.status((EDGES[0], fqdn)),
            lambda replication, fqdn: replication.import_configuration(fqdn, NEW),
        ],
        ids=["replicate", "status", "import"],
    )
    @pytest.mark.parametrize("fqdn", ["edge04.contoso.com", None])
    def test_unknown_replica(self, ask: Callable[[Replication, str | None], object], fqdn: str | None) -> None:
        """A name that no replica has is refused, and so is none where every replica has one."""
        with pytest.raises(UnknownReplica, match="is the name of no replica"):
            ask(replication(), fqdn)

    def test_names_are_names(self) -> None:
        """A text in the place of several, or one that is no FQDN, is refused."""
        with pytest.raises(InvalidValue, match="is not a tuple"):
            replication().replicate("edge01.contoso.com")
        with pytest.raises(InvalidFqdn):
            replication().status(("edge 01",))

    @given(replications())
    def test_replicate_is_idempotent_and_brings_up_to_date_whom_it_reaches(self, before: Replication) -> None:
        """Whoever had a configuration holds the store's; whoever had none is as before; once more changes nothing."""
        after = before.replicate()
        for old, new in zip(before.replicas, after.replicas, strict=True):
            reached = old.configuration is not None
            assert new.configuration == (before.store.configuration if reached else None)
            assert new.version == (before.store.version if reached else None)
        assert after.store == before.store
        assert after.replicate() == after

    @given(replications(), edge_configurations())
    def test_change_leaves_behind_unless_equal(self, before: Replication, configuration: EdgeConfiguration) -> None:
        """After a change exactly those replicas are up to date whose configuration is equal to the new one."""
        after = attrs.evolve(before, store=before.store.changed(configuration))
        assert after.replicas == before.replicas
        assert up_to_date(after) == [replica.configuration == configuration for replica in before.replicas]

    @given(replications(), st.data())
    def test_replicating_one_changes_no_other(self, before: Replication, data: st.DataObject) -> None:
        """Replicas change by name, and one after the other they are as all at once."""
        fqdns = data.draw(st.permutations([replica.fqdn for replica in before.replicas]))
        after = before
        for fqdn in fqdns:
            earlier, after = after, after.replicate((fqdn,))
            changed = [new.fqdn for old, new in zip(earlier.replicas, after.replicas, strict=True) if new != old]
            assert changed in ([], [fqdn])
        assert after == before.replicate()


class TestRepl4:
    """Clause: REPL-4."""

    @given(replications(min_replicas=1), edge_configurations(), st.data())
    def test_import_of_an_export_gives_the_same_replica(
        self, before: Replication, configuration: EdgeConfiguration, data: st.DataObject
    ) -> None:
        """The one replica holds what was exported, the others and the store are as before."""
        fqdn = data.draw(st.sampled_from(before.replicas)).fqdn
        after = before.import_configuration(fqdn, import_configuration(export_configuration(configuration)))
        assert after.store == before.store
        for old, new in zip(before.replicas, after.replicas, strict=True):
            assert new.configuration == (configuration if old.fqdn == fqdn else old.configuration)
            assert new.fqdn == old.fqdn
            assert new == old or old.fqdn == fqdn

    def test_import_of_the_store_s_own_export_is_up_to_date(self) -> None:
        """It holds the version of the store too; another export is of a version that is not known."""
        after = replication().import_configuration(EDGES[1], import_configuration(export_configuration(NEW)))
        assert after.replicas[1] == Replica(fqdn=EDGES[1], configuration=NEW, version=1)
        assert after.import_configuration(EDGES[1], OLD).replicas[1].version is None

    def test_refused_file_leaves_the_replica_unchanged(self) -> None:
        """Nothing is imported, so that the Edge Server still has no configuration, and its status says so."""
        before = replication()
        damaged = export_configuration(NEW)[:-1]
        with pytest.raises(InvalidExport):
            before.import_configuration(EDGES[1], import_configuration(damaged))
        assert before == replication()
        assert before.status((EDGES[1],)) == (ReplicationStatus(Fqdn(EDGES[1]), up_to_date=False, version=None),)

    def test_only_a_configuration_is_imported(self) -> None:
        """The bytes of an export are to be read first."""
        with pytest.raises(InvalidValue, match="is no EdgeConfiguration"):
            replication().import_configuration(EDGES[1], export_configuration(NEW))  # type: ignore[arg-type] # on purpose


class TestModels:
    """What a store, a replica and a replication may be."""

    @pytest.mark.parametrize(
        ("model", "fields"),
        [
            (CentralManagementStore, {"configuration": AccessEdgeConfiguration()}),
            (CentralManagementStore, {"version": -1}),
            (CentralManagementStore, {"version": True}),
            (CentralManagementStore, {"version": None}),
            (Replica, {"fqdn": ""}),
            (Replica, {"configuration": AccessEdgeConfiguration()}),
            (Replica, {"configuration": OLD, "version": -1}),
            (Replica, {"configuration": OLD, "version": "1"}),
            (Replica, {"version": 0}),
            (Replication, {"store": OLD}),
            (Replication, {"replicas": Replica()}),
            (Replication, {"replicas": [OLD]}),
        ],
        ids=str,
    )
    def test_refused(self, model: type, fields: dict[str, Any]) -> None:
        """Anything of another type or limit is refused."""
        with pytest.raises((InvalidValue, InvalidFqdn)):
            model(**fields)

    @pytest.mark.parametrize("fqdns", [("edge01.contoso.com", "EDGE01.contoso.com"), (None, None)])
    def test_names_are_unique(self, fqdns: tuple[str | None, str | None]) -> None:
        """Two replicas of one name are refused, and so are two without."""
        with pytest.raises(DuplicateIdentity, match="is the name of two replicas"):
            Replication(replicas=[Replica(fqdn=fqdn) for fqdn in fqdns])

    @pytest.mark.parametrize(("configuration", "version"), [(NEW, 2), (OLD, 2), (OLD, 1)])
    def test_version_is_one_of_the_store(self, configuration: EdgeConfiguration, version: int) -> None:
        """No replica is ahead of the store, or holds the store's version with another configuration."""
        with pytest.raises(InvalidValue, match="is not the store's version of that configuration"):
            Replication(
                store=CentralManagementStore(configuration=NEW, version=1),
                replicas=(Replica(configuration=configuration, version=version),),
            )

    @given(replications())
    def test_values(self, drawn: Replication) -> None:
        """They are hashable, can be pickled, and cannot be changed in place."""
        assert hash(drawn) == hash(attrs.evolve(drawn))
        assert pickle.loads(pickle.dumps(drawn)) == drawn  # noqa: S301 - pickled here
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            drawn.store = CentralManagementStore()  # type: ignore[misc] # on purpose


BEHIND = EdgeReplica(fqdn="edge01.contoso.com", configuration=OLD)
NEVER = EdgeReplica(fqdn="edge01.contoso.com")
SETTINGS: dict[str, Any] = {"edge": NEW.access_edge, "providers": NEW.providers}


class TestDeployments:
    """A deployment's own settings are the store, and what its Edge Server works from is the replica of it."""

    @pytest.mark.parametrize(
        ("parts", "fqdn", "is_up_to_date", "reached"),
        [
            ({}, None, False, False),
            (SETTINGS, None, True, True),
            (SETTINGS | {"edge_replica": BEHIND}, "edge01.contoso.com", False, True),
            (SETTINGS | {"edge_replica": attrs.evolve(BEHIND, configuration=NEW)}, "edge01.contoso.com", True, True),
            (SETTINGS | {"edge_replica": NEVER}, "edge01.contoso.com", False, False),
            ({"edge_replica": BEHIND}, "edge01.contoso.com", False, False),
        ],
        ids=["nothing known", "no replica of its own", "behind", "up to date", "never given any", "no settings"],
    )
    def test_replication_on_a_deployment(
        self,
        parts: dict[str, Any],
        fqdn: str | None,
        is_up_to_date: bool,
        reached: bool,
    ) -> None:
        """Status, replication, and the deployment that results."""
        before = Deployment(**parts)
        replication = replication_of(before)
        assert replication.store == CentralManagementStore(configuration=before.edge_configuration)
        (status,) = replication.status()
        assert status == ReplicationStatus(None if fqdn is None else Fqdn(fqdn), is_up_to_date, 0 if is_up_to_date else None)
        (replica,) = replication.replicate().replicas
        after = with_replica(before, replica)
        assert after.configuration_at_edge == (before.edge_configuration if reached else before.configuration_at_edge)
        assert attrs.evolve(after, edge_replica=before.edge_replica) == before
        assert up_to_date(replication_of(after)) == [reached]
        assert with_replica(after, replica) is after

    def test_the_replica_does_not_follow_the_settings(self) -> None:
        """Replicated once, a replica is behind again after the next change."""
        before = Deployment(**SETTINGS, edge_replica=BEHIND)
        after = with_replica(before, replication_of(before).replicate().replicas[0])
        changed = attrs.evolve(after, providers=())
        assert changed.configuration_at_edge == NEW
        assert up_to_date(replication_of(changed)) == [False]

    def test_import_on_the_edge_server_of_a_deployment(self) -> None:
        """The configuration is the Edge Server's own from then on; a deployment that gives no name keeps it so."""
        before = Deployment(**SETTINGS)
        imported = replication_of(before).import_configuration(None, OLD)
        assert with_replica(before, imported.replicas[0]).edge_replica == EdgeReplica(configuration=OLD)

    @given(deployments())
    def test_its_own_replica_changes_nothing(self, deployment: Deployment) -> None:
        """What its Edge Server works from already leaves a deployment as it is."""
        (replica,) = replication_of(deployment).replicas
        assert with_replica(deployment, replica) is deployment


def test_what_is_no_configuration_is_named() -> None:
    """A refused import names what it was given."""
    with pytest.raises(InvalidValue, match=r"^'nothing' is no EdgeConfiguration: give one$"):
        replication().import_configuration(EDGES[1], "nothing")  # type: ignore[arg-type] # malformed on purpose


def test_refusals_name_what_they_were_given() -> None:
    """What is no store, and a name that two replicas have, are shown."""
    with pytest.raises(InvalidValue, match="'store' is no CentralManagementStore"):
        Replication(store="store")  # type: ignore[arg-type] # malformed on purpose
    with pytest.raises(DuplicateIdentity, match=r"'edge1\.contoso\.com' is the name of two replicas"):
        Replication(replicas=(Replica(fqdn="edge1.contoso.com"), Replica(fqdn="EDGE1.contoso.com")))
