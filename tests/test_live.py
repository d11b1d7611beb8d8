"""The next snapshot, and a router that takes changes as they happen."""

import random
import threading
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import Deployment, HostedVoicemailPolicy, Router, UmContact, User, route
from exum_routing.errors import (
    DuplicateIdentity,
    InvalidSipAddress,
    InvalidValue,
    MissingGlobalPolicy,
    UnknownSipAddress,
)
from exum_routing.live import LiveRouter
from exum_routing.reading import Reading
from exum_routing.routing import route_changes
from exum_routing.testing.strategies import deployments, readings, subjects_in_deployments

ROY, ZOE = (User(sip_address=f"{name}@contoso.com") for name in ("roy", "zoe"))
OFF = ("CsHostedVoiceMail=0",)
CONTACT = UmContact(sip_address="aa@contoso.com", display_number="1")


@st.composite
def changes(draw: st.DrawFn) -> tuple[Deployment, list[User], list[str]]:
    """A deployment, users of it as they are later and new ones, and addresses of users who go."""
    deployment, later = draw(deployments()), draw(deployments())
    known = {contact.sip_address for contact in deployment.contacts}
    changed = [user for user in later.users if user.sip_address not in known]
    changed += [attrs.evolve(user, voice_mail_settings=OFF) for user in deployment.users if draw(st.booleans())]
    changed = list({user.sip_address: user for user in changed}.values())
    stay = {user.sip_address for user in changed}
    removed = [str(user.sip_address) for user in deployment.users if user.sip_address not in stay and draw(st.booleans())]
    return deployment, changed, removed


def anew(deployment: Deployment, changed: list[User], removed: list[str]) -> Deployment:
    """The deployment after a change, made from the beginning."""
    now = {user.sip_address: user for user in changed}
    users = [now.pop(user.sip_address, user) for user in deployment.users if str(user.sip_address) not in removed]
    return attrs.evolve(deployment, users=(*users, *now.values()))


@given(subjects_in_deployments(), readings())
def test_a_route_does_not_depend_on_other_users(pair: tuple[Any, Deployment], reading: Reading) -> None:
    """``route`` does not look at the users of the deployment: without them, the decision is the same."""
    subject, deployment = pair
    alone = attrs.evolve(deployment, users=(), contacts=())
    assert route(subject, deployment, reading=reading) == route(subject, alone, reading=reading)


@given(changes())
def test_the_next_snapshot_is_as_if_made_anew(change: tuple[Deployment, list[User], list[str]]) -> None:
    """It is equal, has the same order of accounts, answers alike, and leaves the one before as it was."""
    deployment, changed, removed = change
    before = attrs.evolve(deployment)
    found, expected = deployment.with_users(changed, removed), anew(deployment, changed, removed)
    assert found == expected
    assert hash(found) == hash(expected)
    assert list(found.by_address.items()) == list(expected.by_address.items())
    assert Router(found) == Router(expected)
    assert [found.contacts_with_number(one.display_number) for one in found.contacts] == [
        expected.contacts_with_number(one.display_number) for one in expected.contacts
    ]
    assert deployment == before


REFUSED: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"removed": ["zoe@contoso.com"]}, UnknownSipAddress),
    ({"removed": ["aa@contoso.com"]}, UnknownSipAddress),
    ({"removed": ["zoe"]}, InvalidSipAddress),
    ({"changed": [attrs.evolve(ROY, sip_address="aa@contoso.com")]}, DuplicateIdentity),
    ({"changed": [ZOE, ZOE]}, DuplicateIdentity),
    ({"changed": [ROY], "removed": ["ROY@contoso.com"]}, DuplicateIdentity),
    ({"changed": [CONTACT]}, InvalidValue),
    ({"changed": ["roy@contoso.com"]}, InvalidValue),
]


@pytest.mark.parametrize(("change", "error"), REFUSED)
@pytest.mark.parametrize("live", [True, False])
def test_what_is_refused_changes_nothing(live: bool, change: dict[str, Any], error: type[Exception]) -> None:
    """A change that cannot be is one error, and neither the snapshot nor the router is another after it."""
    deployment = Deployment(users=[ROY], contacts=[CONTACT])
    router = LiveRouter(deployment)
    ask: Callable[..., object] = router.change_users if live else deployment.with_users
    with pytest.raises(error):
        ask(**change)
    assert router.deployment == deployment == Deployment(users=[ROY], contacts=[CONTACT])
    assert router.route("roy@contoso.com") == route(ROY, deployment)


@given(st.lists(changes(), min_size=1, max_size=3), readings())
def test_a_live_router_answers_like_a_new_one(steps: list[tuple[Deployment, list[User], list[str]]], reading: Reading) -> None:
    """After any changes, everyone's route is that of the snapshot, and what is told are its route changes."""
    router = LiveRouter(steps[0][0], reading=reading)
    for deployment, changed, removed in steps:
        before = router.deployment
        assert router.replace(deployment) == route_changes(before, deployment, reading=reading)
        told = router.change_users(changed, removed)
        after = anew(deployment, changed, removed)
        expected = route_changes(deployment, after, reading=reading)
        assert sorted(told, key=lambda one: one.address) == sorted(expected, key=lambda one: one.address)
        assert {one: router.route(one) for one in after.by_address} == dict(Router(after, reading=reading).decisions)
        assert router.deployment == after


def test_a_user_who_comes_and_goes() -> None:
    """A user who is added and removed again between two snapshots was never there."""
    router = LiveRouter(Deployment(users=[ROY]))
    assert [change.before for change in router.change_users([ZOE])] == [None]
    assert [change.after for change in router.change_users(removed=["ZOE@contoso.com"])] == [None]
    assert router.change_users([ROY]) == ()
    assert router.deployment == Deployment(users=[ROY])
    with pytest.raises(UnknownSipAddress):
        router.route("zoe@contoso.com")


def test_policies_change_for_everyone() -> None:
    """All policies are given; what is not a whole set of them is refused, and changes nothing."""
    on = attrs.evolve(ROY, voice_mail_settings=("CsHostedVoiceMail=1",))
    router = LiveRouter(Deployment(users=[on]))
    usable = HostedVoicemailPolicy(identity="Global", destination="um.contoso.com")
    (change,) = router.change_policies([usable])
    assert change.after == router.route("ROY@contoso.com") == route(on, router.deployment)
    with pytest.raises(MissingGlobalPolicy):
        router.change_policies([attrs.evolve(usable, identity="tag:x")])
    assert router.deployment.policies == (usable,)


@pytest.mark.parametrize("address", [5, None, ["a"], "roy"])
def test_what_is_not_an_address(address: Any) -> None:
    """It is refused as by any router."""
    with pytest.raises(InvalidSipAddress):
        LiveRouter(Deployment(users=[ROY])).route(address)


def test_readers_see_before_or_after_and_nothing_else() -> None:
    """While one thread changes users and the whole deployment, others ask: every answer is one of the two, never an error."""
    users = [User(sip_address=f"u{number}@contoso.com") for number in range(50)]
    off = [attrs.evolve(user, voice_mail_settings=OFF) for user in users]
    states = Deployment(users=users), Deployment(users=off)
    router = LiveRouter(states[0])
    answers = {route(user, states[0]) for user in (users[0], off[0])}
    failures: list[object] = []
    done = threading.Event()

    def ask(seed: int) -> None:
        numbers = random.Random(seed)  # noqa: S311 - an order, no secret
        while not done.is_set():
            try:
                found = router.route(f"sip:u{numbers.randrange(50)}@contoso.com")
            except Exception as error:  # noqa: BLE001 - every error is a failure
                failures.append(error)
            else:
                failures.extend([found] if found not in answers else [])

    readers = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(40):
        router.change_users((off, users)[turn % 2])
        router.replace(states[turn % 2])
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_changes_of_two_threads_are_all_there() -> None:
    """Two threads that add users at the same time lose none."""
    router = LiveRouter(Deployment())
    writers = [
        threading.Thread(
            target=lambda name=name: [router.change_users([User(sip_address=f"{name}{n}@contoso.com")]) for n in range(50)]
        )
        for name in "ab"
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(router.deployment.users) == 100
    assert len({router.route(f"{name}{number}@contoso.com") for name in "ab" for number in range(50)}) == 1
