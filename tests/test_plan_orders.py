"""A plan falls short of nothing that an order of cmdlets does: it finds one, and interrupts only whom every order does."""

from collections import Counter
from random import Random
from typing import Any

import attrs
import plan_orders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_orders import EXO, FABRIKAM, OFF, ON, Pair, is_reachable, random_pair, shortfall, through

from exum_routing import GLOBAL, Deployment, HostedVoicemailPolicy, UmContact, User
from exum_routing.planning import TargetUnreachable, plan, run_plan, same_deployment
from exum_routing.planning.numbers import number_changes
from exum_routing.sip import SipAddress

EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination=EXO)
NOBODY = HostedVoicemailPolicy(identity=GLOBAL)


@given(seed=st.integers(0, 2**32))
def test_no_order_of_cmdlets_does_better(seed: int) -> None:
    """Over small pairs with UM addresses, policies without Destination, moves, and contact objects that share numbers."""
    pair = random_pair(Random(seed))  # noqa: S311 - a seed that can be drawn again
    assert shortfall(pair) == ""


def test_the_search_can_find_a_plan_short() -> None:
    """It knows a target that no order reaches, one that every order interrupts, and one that some order does not."""
    reading = plan_orders.READINGS[0]
    alice = User(sip_address="alice@contoso.com", voice_mail_settings=(ON,))
    here = Deployment(users=[alice], policies=[EVERYONE])
    disabled = attrs.evolve(here, users=[attrs.evolve(alice, voice_mail_settings=(OFF,))])
    assert not is_reachable(Pair(here, disabled, reading))
    both = attrs.evolve(here, users=[attrs.evolve(alice, voice_mail_settings=(ON, "Other=1"))])
    assert is_reachable(Pair(both, here, reading))
    assert not is_reachable(Pair(both, here, reading), through(here))
    granted = Deployment(
        users=[attrs.evolve(alice, hosted_voicemail_policy="Usable")],
        policies=[NOBODY, HostedVoicemailPolicy(identity="Usable", destination=FABRIKAM)],
    )
    assert is_reachable(Pair(here, granted, reading), through(here))


def test_the_figures_of_many_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    """``make plans`` counts what became of each pair, and says how many plans fall short."""
    assert plan_orders.main(40, 3) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(int(line.split()[0]) for line in lines[:-1]) == 40
    assert lines[-1] == "40 pairs, seed 3: 0 plans fall short of what an order of cmdlets does"


def test_the_policies_may_change_in_another_order_than_that_of_their_turns() -> None:
    """Disabling is allowed only between two of their steps: once one is closed, and before another is usable."""
    current = Deployment(
        users=[User(sip_address="alice@contoso.com", registrar_pool="pool01.contoso.com")],
        policies=[NOBODY, HostedVoicemailPolicy(identity="site:Redmond", destination=EXO)],
        pools=plan_orders.POOLS,
    )
    target = attrs.evolve(current, users=[attrs.evolve(current.users[0], voice_mail_settings=(OFF,))], policies=[EVERYONE])
    steps = plan(current, target)
    assert [step.cmdlet.name for step in steps] == [
        "Remove-CsHostedVoicemailPolicy",
        "Set-CsUser",
        "Set-CsHostedVoicemailPolicy",
    ]
    assert same_deployment(run_plan(current, steps), target)


def test_more_than_five_policies_keep_the_order_of_their_turns() -> None:
    """Then an order that exists may not be found; the reason says what the order of the turns lacks."""
    others = [HostedVoicemailPolicy(identity=f"tag:P{number}", destination=EXO) for number in range(4)]
    current = Deployment(
        users=[User(sip_address="alice@contoso.com", registrar_pool="pool01.contoso.com")],
        policies=[NOBODY, HostedVoicemailPolicy(identity="site:Redmond", destination=EXO)],
        pools=plan_orders.POOLS,
    )
    target = attrs.evolve(
        current, users=[attrs.evolve(current.users[0], voice_mail_settings=(OFF,))], policies=[EVERYONE, *others]
    )
    with pytest.raises(TargetUnreachable, match="CMD-7 refuses that"):
        plan(current, target)
    fewer = attrs.evolve(target, policies=[EVERYONE, *others[:3]])
    assert same_deployment(run_plan(current, plan(current, fewer)), fewer)


def test_more_than_fifty_kinds_of_accounts_keep_the_order_of_the_turns() -> None:
    """As for policies: what every order is tried for is small."""
    users = [
        User(sip_address=f"u{number}@contoso.com", registrar_pool="pool01.contoso.com", hosted_voicemail_policy=f"P{number}")
        for number in range(51)
    ]
    alice = User(sip_address="alice@contoso.com", registrar_pool="pool01.contoso.com")
    current = Deployment(
        users=[alice, *users],
        policies=[NOBODY, HostedVoicemailPolicy(identity="site:Redmond", destination=EXO)],
        pools=plan_orders.POOLS,
    )
    target = attrs.evolve(current, users=[attrs.evolve(alice, voice_mail_settings=(OFF,)), *users], policies=[EVERYONE])
    with pytest.raises(TargetUnreachable, match="CMD-7 refuses that"):
        plan(current, target)


ADDRESSES = [SipAddress(f"c{number}@contoso.com") for number in range(5)]
NUMBERS = st.sampled_from(("1", "2", "3", "4", "5", "10", "20"))


class TestNumbers:
    """The numbers of contact objects."""

    @given(before=st.lists(NUMBERS, min_size=5, max_size=5), after=st.lists(NUMBERS, min_size=5, max_size=5))
    def test_each_number_is_free_when_it_is_given(self, before: list[str], after: list[str]) -> None:
        """Wherever the numbers after it are different ones; each contact object has its own at the end."""
        held, wanted = dict(zip(ADDRESSES, before, strict=True)), dict(zip(ADDRESSES, after, strict=True))
        possible = _can_be_given(before, after)
        for address, number in number_changes(dict(held), wanted):
            taken = {other for one, other in held.items() if one != address}
            assert number not in taken or not possible
            held[address] = number
        assert held == wanted

    def test_one_of_a_circle_is_parked(self) -> None:
        """Three contact objects whose numbers go round need four changes, two circles of two need six."""
        three = ["2", "3", "1", "4", "5"]
        assert len(list(_changes(["1", "2", "3", "4", "5"], three))) == 4
        assert len(list(_changes(["1", "2", "3", "4", "5"], ["2", "1", "4", "3", "5"]))) == 6

    def test_a_chain_needs_no_parking(self) -> None:
        """The last one changes first."""
        assert [number for _, number in _changes(["1", "2", "3", "4", "5"], ["2", "3", "4", "5", "10"])] == [
            "10",
            "5",
            "4",
            "3",
            "2",
        ]


def _changes(before: list[str], after: list[str]) -> Any:
    return number_changes(dict(zip(ADDRESSES, before, strict=True)), dict(zip(ADDRESSES, after, strict=True)))


def _can_be_given(before: list[str], after: list[str]) -> bool:
    """Whether no number that is new to a contact object is also another's afterwards."""
    times = Counter(after)
    return all(was == now or times[now] == 1 for was, now in zip(before, after, strict=True))


def test_numbers_that_two_share_before_and_after() -> None:
    """They stay, whatever else changes of the two: their pools, their policies, their kinds."""
    one = UmContact(sip_address="one@contoso.com", display_number="1", registrar_pool="pool01.contoso.com")
    two = attrs.evolve(one, sip_address="two@contoso.com")
    moved = [attrs.evolve(contact, registrar_pool="pool02.contoso.com", auto_attendant=True) for contact in (one, two)]
    current, target = Deployment(contacts=[one, two]), Deployment(contacts=moved)
    steps = plan(current, target)
    assert Counter(step.cmdlet.name for step in steps) == {"Set-CsExUmContact": 2, "Move-CsExUmContact": 2}
    assert same_deployment(run_plan(current, steps), target)
