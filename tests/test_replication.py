"""The Edge Server's own configuration: a replica, which may be older than the deployment's, or absent."""

from typing import Any

import attrs
import pytest
from endings import mailbox_of
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeFault,
    EdgeRefusal,
    EdgeReplica,
    EdgeRoute,
    Fqdn,
    route_at_edge,
)
from exum_routing.call import Circumstances, Forwarded, HandedOver, Hop, Refused, edge, front_end, trace_call
from exum_routing.testing import a_deployment, a_hosted_um_service, a_provider, a_user, an_invite
from exum_routing.testing.sip_strategies import fqdns
from exum_routing.testing.strategies import deployments, edge_configurations, edge_replicas

ALICE = a_user(hosted=True)
RECIPE = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)


def a_hosted_deployment(**fields: Any) -> Deployment:
    """Alice is hosted, her call crosses the Edge, and her mailbox is there; but for what is given."""
    return a_deployment(ALICE, hosted_um_services=[a_hosted_um_service(ALICE.sip_address)], **fields)


class TestRepl1:
    """Clause: REPL-1."""

    BEFORE = EdgeConfiguration(access_edge=RECIPE, providers=(a_provider(enabled=False),))

    def test_a_change_reaches_calls_by_the_replica_alone(self) -> None:
        """Enabling the provider lets no call cross before the Edge has it, and every one once it has."""
        changed = a_hosted_deployment(edge_replica=EdgeReplica(configuration=self.BEFORE))
        behind = trace_call(an_invite(), changed).outcome
        assert isinstance(behind, Refused)
        assert behind.edge_faults == (EdgeFault.PROVIDER_DISABLED,)

        for up_to_date in (None, EdgeReplica(configuration=changed.edge_configuration)):
            assert mailbox_of(trace_call(an_invite(), attrs.evolve(changed, edge_replica=up_to_date)).outcome)

    def test_what_was_taken_away_still_is_at_the_edge(self) -> None:
        """A provider that was removed carries calls as long as the replica has it."""
        removed = a_hosted_deployment(
            providers=[], edge_replica=EdgeReplica(configuration=a_hosted_deployment().edge_configuration)
        )
        assert mailbox_of(trace_call(an_invite(), removed).outcome)
        assert isinstance(trace_call(an_invite(), attrs.evolve(removed, edge_replica=None)).outcome, Refused)

    @given(deployments())
    def test_the_replica_is_what_the_edge_works_from(self, deployment: Deployment) -> None:
        """Where there is a replica of its own, it is that; else what the deployment has."""
        replica = deployment.edge_replica
        assert deployment.configuration_at_edge == (deployment.edge_configuration if replica is None else replica.configuration)

    @given(st.none() | edge_replicas(), st.none() | edge_configurations())
    def test_the_front_end_does_not_ask_it(self, replica: EdgeReplica | None, configuration: EdgeConfiguration | None) -> None:
        """What leaves the Front End is the same, whatever the Edge has, but for the Edge Server's name."""
        parts: dict[str, Any] = {"edge": None, "providers": ()}
        if configuration is not None:
            parts = {"edge": configuration.access_edge, "providers": configuration.providers}
        found = front_end(an_invite(), a_hosted_deployment(edge_replica=replica, **parts))
        expected = front_end(an_invite(), a_hosted_deployment())
        assert isinstance(found, Forwarded)
        assert isinstance(expected, Forwarded)
        assert (found.invite, found.clauses) == (expected.invite, expected.clauses)
        assert found.next_hop == attrs.evolve(expected.next_hop, host=None if replica is None else replica.fqdn)


class TestRepl2:
    """Clause: REPL-2."""

    @given(st.none() | fqdns())
    def test_no_call_crosses(self, destination: Fqdn | None) -> None:
        """Any Destination, or none, has the one fault."""
        assert route_at_edge(destination, None) == EdgeRefusal((EdgeFault.NO_CONFIGURATION,))

    @pytest.mark.parametrize("unreachable", [(), ("exap.um.outlook.com",)])
    def test_the_call_is_refused(self, unreachable: tuple[str, ...]) -> None:
        """The call is refused as any at the Edge is, and on these grounds, before anything is tried."""
        outcome = trace_call(
            an_invite(), a_hosted_deployment(edge_replica=EdgeReplica()), Circumstances(unreachable=unreachable)
        ).outcome
        assert isinstance(outcome, Refused)
        assert (outcome.edge_faults, outcome.clauses) == ((EdgeFault.NO_CONFIGURATION,), ("REPL-2", "EDGE-7", "CALL-6"))
        assert (outcome.response.status, outcome.response.error_id) == (504, 1005)

    def test_of_an_edge_that_is_not_described_nothing_is_concluded(self) -> None:
        """Without replica and settings, nobody knows what the Edge was given: no refusal."""
        outcome = trace_call(an_invite(), a_hosted_deployment(edge=None)).outcome
        assert isinstance(outcome, HandedOver)
        assert outcome.next_hop.hop is Hop.EDGE

    def test_an_empty_configuration_is_one(self) -> None:
        """An Edge that was given settings without providers has a configuration, and another fault."""
        replica = EdgeReplica(configuration=EdgeConfiguration(access_edge=RECIPE))
        outcome = trace_call(an_invite(), a_hosted_deployment(edge_replica=replica)).outcome
        assert isinstance(outcome, Refused)
        assert (outcome.edge_faults, outcome.clauses) == ((EdgeFault.NO_HOSTING_PROVIDER,), ("EDGE-7", "CALL-6"))

    @given(fqdns(), st.none() | edge_configurations())
    def test_that_fault_is_of_no_other_edge(self, destination: Fqdn, configuration: EdgeConfiguration | None) -> None:
        """The fault stands alone, exactly where there is no configuration."""
        decision = route_at_edge(destination, configuration)
        found = () if isinstance(decision, EdgeRoute) else decision.faults
        assert (EdgeFault.NO_CONFIGURATION in found) is (configuration is None)

    def test_no_invite_crosses(self) -> None:
        """An INVITE that would cross with a configuration does not without."""
        leaving = front_end(an_invite(), a_hosted_deployment())
        assert isinstance(leaving, Forwarded)
        assert isinstance(edge(leaving.invite, a_hosted_deployment().edge_configuration), Forwarded)
        assert isinstance(edge(leaving.invite, None), Refused)
