"""The parts of a plan that reach beyond cmdlets of accounts: moves, replication, other shells, and interruptions."""

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_plan import OU, READINGS, changed_deployments, steps_of

from exum_routing import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedUm,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    InvalidValue,
    NotRouted,
    Pool,
    PoolVersion,
    Tenant,
    UmContact,
    UmDialPlan,
    UmServer,
    User,
    route,
    route_at_edge,
)
from exum_routing.cmdlets import CmdletCall, View
from exum_routing.planning import (
    Interruption,
    TargetUnreachable,
    interruptions,
    plan,
    plan_script,
    run_plan,
    same_deployment,
    with_wanted_replica,
)
from exum_routing.routing import EdgeRefusal

EXO = "exap.um.outlook.com"
ON = "CsHostedVoiceMail=1"
EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination=EXO)
SITE = HostedVoicemailPolicy(identity="site:Redmond", destination="um.fabrikam.com")
POOLS = (Pool(fqdn="pool01.contoso.com", site="Redmond"), Pool(fqdn="pool02.contoso.com", site="Dublin"))
DNS = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
SOUND: dict[str, Any] = {"enabled": True, "enabled_shared_address_space": True}
ONLINE = HostingProvider(identity="Online", proxy_fqdn=EXO, **SOUND)


def alice(**fields: Any) -> User:
    """A user."""
    return User(sip_address="alice@contoso.com", **fields)


def lines(steps: Iterable[CmdletCall]) -> list[str]:
    """The lines of steps."""
    return [step.line for step in steps]


class TestMoves:
    """Clauses: CMD-12, CMD-14."""

    def test_a_user_moves_between_a_grant_and_what_needs_the_site(self) -> None:
        """The site's policy applies after the move, so the user is enabled only then."""
        current = Deployment(
            users=[alice(registrar_pool="pool02.contoso.com")],
            policies=[HostedVoicemailPolicy(identity=GLOBAL), SITE],
            pools=POOLS,
        )
        target = attrs.evolve(current, users=[alice(registrar_pool="pool01.contoso.com", voice_mail_settings=(ON,))])
        assert lines(plan(current, target)) == [
            "Move-CsUser -Identity 'sip:alice@contoso.com' -Target 'pool01.contoso.com'",
            "Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $True",
        ]

    @pytest.mark.parametrize(
        ("before", "after", "reason"),
        [
            (None, "pool01.contoso.com", "the current RegistrarPool is not known: add it to the current deployment"),
            ("pool01.contoso.com", None, "RegistrarPool is missing in the target: add the pool that the account is to have"),
        ],
    )
    def test_a_pool_that_is_not_known_is_no_move(self, before: str | None, after: str | None, reason: str) -> None:
        """Of a user, and of a contact object: the documents differ in what they know."""
        lobby: dict[str, Any] = {"sip_address": "alice@contoso.com", "display_number": "1"}
        for was, wanted in (
            (Deployment(users=[alice(registrar_pool=before)]), Deployment(users=[alice(registrar_pool=after)])),
            (
                Deployment(contacts=[UmContact(registrar_pool=before, **lobby)]),
                Deployment(contacts=[UmContact(registrar_pool=after, **lobby)]),
            ),
        ):
            with pytest.raises(TargetUnreachable) as caught:
                plan(was, wanted, ou=OU)
            assert caught.value.reasons == (f"sip:alice@contoso.com: {reason}",)

    @pytest.mark.parametrize("version", [None, *PoolVersion])
    def test_a_contact_that_moves_to_2019_is_warned_of(self, version: PoolVersion | None) -> None:
        """Only where the pool's version is known to be 2019."""
        pools = [Pool(fqdn="pool02.contoso.com", site="Dublin", version=version)]
        lobby = UmContact(sip_address="lobby@contoso.com", display_number="1", registrar_pool="pool01.contoso.com")
        moved = attrs.evolve(lobby, registrar_pool="pool02.contoso.com")
        (step,) = plan(Deployment(contacts=[lobby], pools=pools), Deployment(contacts=[moved], pools=pools))
        assert ("15000" in step.why) is (version is PoolVersion.SERVER_2019)

    @pytest.mark.parametrize("ou", ["Contacts", "contoso.com/Contacts", ""])
    def test_a_unit_is_a_distinguished_name(self, ou: str) -> None:
        """Even where no contact object is made."""
        with pytest.raises(InvalidValue, match="distinguished name"):
            plan(Deployment(), Deployment(), ou=ou)


def edge(store: Sequence[HostingProvider], replica: Sequence[HostingProvider] | None, **fields: Any) -> Deployment:
    """A deployment whose store and replica have these providers; None: the Edge Server was never given any."""
    held = None if replica is None else EdgeConfiguration(access_edge=DNS, providers=tuple(replica))
    at_edge = EdgeReplica(fqdn=fields.pop("fqdn", "edge.contoso.com"), configuration=held)
    return Deployment(edge=DNS, providers=tuple(store), edge_replica=at_edge, **fields)


INVOKE = "Invoke-CsManagementStoreReplication -ReplicaFqdn 'edge.contoso.com'"
REMOVE = "Remove-CsHostingProvider -Identity 'Online'"


class TestReplication:
    """Clauses: REPL-1, REPL-2, REPL-3."""

    @pytest.mark.parametrize("replica", [[], [ONLINE]], ids=["as it was", "as it is to be"])
    def test_what_changes_at_the_edge_is_replicated_before_accounts_need_it(self, replica: list[HostingProvider]) -> None:
        """Whether the target has the old replica or the new one."""
        current = edge([], [], users=[alice()], policies=[EVERYONE])
        target = edge([ONLINE], replica, users=[alice(voice_mail_settings=(ON,))], policies=[EVERYONE])
        steps = plan(current, target)
        assert [line.split()[0] for line in lines(steps)] == [
            "New-CsHostingProvider",
            "Invoke-CsManagementStoreReplication",
            "Set-CsUser",
        ]
        assert lines(steps)[1] == INVOKE
        assert "UpToDate" in steps[1].why
        assert same_deployment(run_plan(current, steps), edge([ONLINE], [ONLINE], users=target.users, policies=[EVERYONE]))

    def test_what_no_call_needs_any_more_is_replicated_last(self) -> None:
        """After the user has lost the attribute."""
        current = edge([ONLINE], [ONLINE], users=[alice(voice_mail_settings=(ON,))], policies=[EVERYONE])
        target = edge([], [ONLINE], users=[alice()], policies=[EVERYONE])
        assert lines(plan(current, target)) == [
            "Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $null",
            REMOVE,
            INVOKE,
        ]

    def test_both(self) -> None:
        """What opens is replicated early, what closes late."""
        other = HostingProvider(identity="Other", proxy_fqdn="um.fabrikam.com", **SOUND)
        steps = plan(edge([ONLINE], [ONLINE]), edge([other], [ONLINE]))
        assert [line.split()[0] for line in lines(steps)] == [
            "New-CsHostingProvider",
            "Invoke-CsManagementStoreReplication",
            "Remove-CsHostingProvider",
            "Invoke-CsManagementStoreReplication",
        ]

    def test_a_replica_that_is_only_behind(self) -> None:
        """The store stays as it is; a target that leaves the replica behind as well asks for nothing."""
        behind, replicated = edge([ONLINE], []), edge([ONLINE], [ONLINE])
        assert lines(plan(behind, replicated)) == [INVOKE]
        assert plan(behind, behind) == ()

    def test_without_a_name(self) -> None:
        """The deployment's replica, whatever its name."""
        assert lines(plan(edge([ONLINE], [], fqdn=None), edge([ONLINE], [ONLINE], fqdn=None))) == [
            "Invoke-CsManagementStoreReplication"
        ]

    @pytest.mark.parametrize(
        ("current", "target", "words"),
        [
            (edge([], []), Deployment(edge=DNS), "by more than what it holds"),
            (Deployment(edge=DNS), edge([], []), "by more than what it holds"),
            (edge([], []), edge([], [], fqdn="other.contoso.com"), "by more than what it holds"),
            (edge([ONLINE], None), edge([ONLINE], [ONLINE]), "Import-CsConfiguration -LocalStore"),
            (edge([], []), edge([], None), "something else than HostingProviders"),
            (edge([], []), edge([], [ONLINE]), "something else than HostingProviders"),
            (edge([ONLINE], []), attrs.evolve(edge([ONLINE], [ONLINE]), edge=None), "something else than HostingProviders"),
        ],
        ids=["gone", "new", "renamed", "never given", "taken away", "more than the store has", "the store not known"],
    )
    def test_what_replication_cannot_do(self, current: Deployment, target: Deployment, words: str) -> None:
        """It brings what the store has to a replica that is there and was given the configuration once."""
        with pytest.raises(TargetUnreachable) as caught:
            plan(current, target)
        assert words in caught.value.reasons[-1]

    def test_the_wanted_replica_leaves_the_rest(self) -> None:
        """A target without replica, with another one, or without changes at the Edge is taken as it is."""
        current = edge([ONLINE], [ONLINE])
        for target in (
            Deployment(),
            current,
            edge([], []),
            edge([], None),
            attrs.evolve(edge([], [ONLINE]), edge=None),
        ):
            assert with_wanted_replica(current, target) is target
        assert with_wanted_replica(current, edge([], [ONLINE])) == edge([], [])


class TestElsewhere:
    """UM addresses go by a line for the Exchange Management Shell; no other address changes."""

    @pytest.mark.parametrize(
        ("fields", "identity"),
        [({}, "alice@contoso.com"), ({"user_principal_name": "al@corp.contoso.com"}, "al@corp.contoso.com")],
    )
    def test_um_addresses_go(self, fields: dict[str, Any], identity: str) -> None:
        """All in one line, quoted, by the UPN where it is known; the line changes nothing here."""
        kept = ("SMTP:alice@contoso.com", "EUM:1;phone-context=dp")
        current = Deployment(
            users=[alice(proxy_addresses=(*kept, "EUM:o'neil;phone-context=dp", "eum:2;phone-context=dp"), **fields)]
        )
        target = Deployment(users=[alice(proxy_addresses=kept, **fields)])
        steps = plan(current, target)
        assert lines(steps) == [
            (
                f"# Run in the Exchange Management Shell: Set-Mailbox -Identity '{identity}' "
                "-EmailAddresses @{Remove='EUM:o''neil;phone-context=dp','eum:2;phone-context=dp'}"
            )
        ]
        assert run_plan(current, steps) == current

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ((), ("EUM:1;phone-context=dp",)),
            (("SMTP:a@b",), ()),
            (("EUM:1;phone-context=dp", "SMTP:a@b"), ()),
            (("EUM:1;phone-context=dp", "eum:2;phone-context=dp"), ("eum:2;phone-context=dp", "EUM:1;phone-context=dp")),
            (("EUM:1;phone-context=dp",), ("EUM:2;phone-context=dp",)),
        ],
        ids=["comes", "another type", "both", "another order", "another"],
    )
    def test_nothing_else(self, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        """The order tells which address is used, so it counts."""
        with pytest.raises(TargetUnreachable) as caught:
            plan(Deployment(users=[alice(proxy_addresses=before)]), Deployment(users=[alice(proxy_addresses=after)]))
        assert "ProxyAddresses differs by more than UM addresses that go" in caught.value.reasons[0]


def through(deployment: Deployment) -> set[str]:
    """The accounts whose calls get through, asked one by one."""
    found = set()
    for account in deployment.subjects:
        decision = route(account, deployment)
        pool = deployment.pool(account.registrar_pool)
        if isinstance(decision, NotRouted):
            continue
        if isinstance(account, UmContact) and pool is not None and pool.version is PoolVersion.SERVER_2019:
            continue
        if isinstance(decision, HostedUm) and deployment.edge_is_known:
            at_edge = route_at_edge(decision.destination, deployment.configuration_at_edge)
            if isinstance(at_edge, EdgeRefusal):
                continue
        found.add(str(account.sip_address))
    return found


DIAL_PLAN = UmDialPlan(phone_context="dp", um_servers=[UmServer(fqdn="um1.contoso.com", major_version=15)])


class TestInterruptions:
    """Whose calls fail between two steps, although they get through before and after."""

    @given(changed=changed_deployments(), reading=st.sampled_from(READINGS))
    def test_they_are_those_of_every_state_in_between(self, changed: tuple[Deployment, Deployment], reading: Any) -> None:
        """Asked of the whole deployment after every step."""
        current, target = changed
        steps = steps_of(current, target, reading)
        states, view = [through(current)], View(current).under(reading)
        for step in steps:
            view = view.after(() if step.cmdlet.where else step.run(view).changes)
            states.append(through(view.folded()))
        watched, found = states[0] & states[-1], []
        for address in watched:
            gets = [address in state for state in states]
            ends = [number for number in range(len(steps)) if gets[number + 1] and not gets[number]]
            found += [
                Interruption(address, max(number for number in range(end) if gets[number] and not gets[number + 1]), end)
                for end in ends
            ]
        assert interruptions(current, steps, reading=reading) == tuple(sorted(found, key=lambda one: (one.ends, one.address)))

    def test_a_provider_that_is_made_anew_interrupts_everybody_who_needs_it(self) -> None:
        """Until it is there again; the script says so before the step, with five names at most."""
        users = [
            User(sip_address=f"u{number}@contoso.com", voice_mail_settings=(ON,), enterprise_voice_enabled=True)
            for number in range(7)
        ]
        parts: dict[str, Any] = {"users": users, "policies": [EVERYONE], "edge": DNS}
        other = HostingProvider(identity="Online", proxy_fqdn="um.fabrikam.com", **SOUND)
        renamed = attrs.evolve(ONLINE, identity="New")
        current = Deployment(providers=[ONLINE], **parts)
        target = Deployment(providers=[other, renamed], **parts)
        steps = plan(current, target)
        found = interruptions(current, steps)
        assert [(one.begins, one.ends) for one in found] == [(0, 2)] * 7
        script = plan_script(steps, found).splitlines()
        assert script[:10] == [
            "# Hosting providers that go",
            f"# WARNING: from the next line until after: {steps[2]}",
            "#   calls to these 7 accounts fail:",
            *(f"#   sip:u{number}@contoso.com" for number in range(5)),
            "#   and 2 more",
            REMOVE,
        ]
        assert interruptions(current, steps[:0]) == ()

    def test_one_account(self) -> None:
        """Another application's value goes only with the pair, so the attribute is empty for a moment."""
        current = Deployment(users=[alice(voice_mail_settings=(ON, "Other=1"))], policies=[EVERYONE])
        target = Deployment(users=[alice(voice_mail_settings=(ON,))], policies=[EVERYONE])
        steps = plan(current, target)
        assert interruptions(current, steps) == (Interruption("sip:alice@contoso.com", 0, 1),)
        assert "#   calls to this account fail:" in plan_script(steps, interruptions(current, steps))

    def test_a_contact_that_is_made_anew(self) -> None:
        """By steps that a plan does not have: its calls fail until it is granted its policy again."""
        aa = UmContact(sip_address="aa@contoso.com", display_number="1", registrar_pool="p", hosted_voicemail_policy="Usable")
        policies = [HostedVoicemailPolicy(identity=GLOBAL), HostedVoicemailPolicy(identity="Usable", destination=EXO)]
        steps = (
            CmdletCall.named("Remove-CsExUmContact", identity="sip:aa@contoso.com"),
            CmdletCall.named(
                "New-CsExUmContact", sip_address="sip:aa@contoso.com", registrar_pool="p", display_number="1", ou=OU
            ),
            CmdletCall.named("Grant-CsHostedVoicemailPolicy", policy_name="Usable", identity="sip:aa@contoso.com"),
        )
        found = interruptions(Deployment(contacts=[aa], policies=policies), steps)
        assert found == (Interruption("sip:aa@contoso.com", 0, 2),)

    def test_a_pool_of_2019_on_the_way(self) -> None:
        """A contact's calls are refused there, as reported; who only gets there by the plan is not interrupted by it."""
        pools = [Pool(fqdn="pool02.contoso.com", site="Dublin", version=PoolVersion.SERVER_2019)]
        lobby = UmContact(sip_address="lobby@contoso.com", display_number="1", registrar_pool="pool01.contoso.com")
        moves = [
            CmdletCall.named("Move-CsExUmContact", identity="sip:lobby@contoso.com", target=f"pool0{number}.contoso.com")
            for number in (2, 1)
        ]
        current = Deployment(contacts=[lobby], pools=pools, policies=[EVERYONE])
        assert interruptions(current, moves) == (Interruption("sip:lobby@contoso.com", 0, 1),)
        assert interruptions(current, moves[:1]) == ()

    def test_on_premises_um_needs_no_edge(self) -> None:
        """A change at the Edge interrupts nobody whose mailbox is served on-premises."""
        user = alice(proxy_addresses=("EUM:alice@contoso.com;phone-context=dp",))
        current = Deployment(users=[user], dial_plans=[DIAL_PLAN], providers=[ONLINE], edge=DNS)
        target = attrs.evolve(current, providers=[attrs.evolve(ONLINE, proxy_fqdn="um.fabrikam.com")])
        assert through(current) == {"sip:alice@contoso.com"}
        assert interruptions(current, plan(current, target)) == ()


@pytest.mark.parametrize("tenants", [None, [], [Tenant(organization="contoso.com")]])
def test_what_a_hosted_service_holds_is_fixed(tenants: Any) -> None:
    """Not known, nothing and something are three different facts."""
    one = Deployment(hosted_um_services=[HostedUmService(fqdn=EXO, tenants=tenants)])
    other = Deployment(hosted_um_services=[HostedUmService(fqdn=EXO, tenants=[Tenant(organization="fabrikam.com")])])
    assert same_deployment(one, one)
    assert not same_deployment(one, other)
