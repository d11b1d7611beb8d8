"""The compiled router: it answers by address, as ``route`` does, and refuses what is no address."""

import itertools
import pickle
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    READINGS,
    AuthorsDisagree,
    Deployment,
    DisabledWithUmProxyAddress,
    HostedUm,
    HostedVoicemailPolicy,
    InvalidSipAddress,
    NotRouted,
    OnPremisesUm,
    Reading,
    Router,
    RoutingDecision,
    Subject,
    UmContact,
    UnknownSipAddress,
    User,
    route,
)

ENABLED = ("CsHostedVoiceMail=1",)
TORN = ("CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0")
EUM = ("EUM:roy@contoso.com;phone-context=dp.contoso.com",)
ALICE = User(sip_address="alice@contoso.com", voice_mail_settings=ENABLED)
PILAR = User(sip_address="pilar@contoso.com", voice_mail_settings=ENABLED)
ROY = User(sip_address="roy@contoso.com", proxy_addresses=EUM)
ZOE = User(sip_address="zoe@contoso.com")
TOM = User(sip_address="tom@contoso.com", voice_mail_settings=TORN, proxy_addresses=EUM)
ATTENDANT = UmContact(sip_address="aa@contoso.com", display_number="+14255550100", auto_attendant=True)
SUBSCRIBER_ACCESS = UmContact(sip_address="sa@contoso.com", display_number="14255550101")
EVERYONE = HostedVoicemailPolicy(
    identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com", "corp.litwareinc.com")
)
DEPLOYMENT = Deployment(users=(ALICE, PILAR, ROY, ZOE, TOM), contacts=(ATTENDANT, SUBSCRIBER_ACCESS), policies=(EVERYONE,))


@pytest.mark.parametrize("reading", READINGS, ids=[f"reading {number}" for number in range(len(READINGS))])
@pytest.mark.parametrize("subject", DEPLOYMENT.subjects, ids=[subject.sip_address.user for subject in DEPLOYMENT.subjects])
def test_answers_as_route_does(subject: Subject, reading: Reading) -> None:
    """Of every user and contact, under every reading, the router gives the decision of ``route``."""
    assert route(subject, DEPLOYMENT, reading=reading) == Router(DEPLOYMENT, reading=reading).route(subject.sip_address)


@pytest.mark.parametrize(
    "address",
    ["sip:alice@contoso.com", "alice@contoso.com", "SIP:Alice@Contoso.COM", "ALICE@contoso.com", "sip:%61lice@contoso.com"],
)
def test_any_spelling_of_an_address_is_found(address: str) -> None:
    """An address is found in any case, without ``sip:``, and with needless escapes."""
    router = Router(DEPLOYMENT)

    assert router.route(ALICE.sip_address) is router.route(address)


@pytest.mark.parametrize("address", ["sip:nobody@contoso.com", "Nobody@contoso.com", "alice@contoso.com.au"])
def test_unknown_addresses_are_named(address: str) -> None:
    """An address that nobody has is refused, named in its canonical spelling."""
    with pytest.raises(UnknownSipAddress) as caught:
        Router(DEPLOYMENT).route(address)
    assert caught.value.value == "sip:" + address.lower().removeprefix("sip:")


class Impostor:
    """What has the hash of an address that is there, and is no text."""

    def __hash__(self) -> int:
        """The hash of an address that is there."""
        return hash(ALICE.sip_address)


class Unhashable(str):
    """A text that cannot be the key of a dictionary."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # that is the point


@pytest.mark.parametrize(
    "address",
    [
        "",
        "alice",
        "alice@contoso.com:5061",
        "sip:alice@contoso.com;gruu",
        "sips:alice@contoso.com",
        "sip:alice@contoso.com\r\n",
        " alice@contoso.com",
        "älice@contoso.com",
        None,
        3,
        True,
        float("nan"),
        b"sip:alice@contoso.com",
        ("sip:alice@contoso.com",),
        ALICE,
        Impostor(),
    ],
    ids=lambda address: type(address).__name__ if not isinstance(address, str) else repr(address),
)
def test_what_is_no_address_is_refused(address: Any) -> None:
    """What is no SIP address, of whatever type, is refused by its value."""
    with pytest.raises(InvalidSipAddress) as caught:
        Router(DEPLOYMENT).route(address)
    assert address is caught.value.value


@pytest.mark.parametrize("address", [Unhashable("sip:roy@contoso.com"), ["sip:roy@contoso.com"], {}], ids=repr)
def test_what_cannot_be_hashed_is_refused_like_any_other_value(address: Any) -> None:
    """What cannot be the key of a dictionary is not a SIP address either: the error is of the family."""
    with pytest.raises(InvalidSipAddress):
        Router(DEPLOYMENT).route(address)


def test_decisions_are_what_route_answers_and_read_only() -> None:
    """The mapping has one decision for each account by its canonical address, no other key, and cannot be changed."""
    router = Router(DEPLOYMENT)
    assert dict(router.decisions) == {address: router.route(address) for address in DEPLOYMENT.by_address}
    for address in DEPLOYMENT.by_address:
        assert router.decisions[address] is router.route(address.upper())
        assert address.upper() not in router.decisions
    with pytest.raises(TypeError):
        router.decisions["sip:new@contoso.com"] = router.route(ALICE.sip_address)  # type: ignore[index]


def test_a_key_that_cannot_be_hashed_is_a_type_error_of_the_decisions_alone() -> None:
    """The decisions raise a dictionary's TypeError, for their look-up is a dictionary's; ``route`` raises its own."""
    router = Router(DEPLOYMENT)
    with pytest.raises(TypeError):
        router.decisions[[]]  # type: ignore[index]
    with pytest.raises(InvalidSipAddress) as caught:
        router.route([])  # type: ignore[arg-type]
    assert caught.value.value == []


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        pytest.param(ALICE, PILAR, True, id="two users alike"),
        pytest.param(ATTENDANT, SUBSCRIBER_ACCESS, True, id="two contacts"),
        pytest.param(ALICE, ATTENDANT, False, id="user and contact"),
        pytest.param(ALICE, TOM, False, id="other clauses"),
        pytest.param(ALICE, ZOE, False, id="other outcome"),
    ],
)
def test_equal_decisions_are_one_object(one: Subject, other: Subject, shared: bool) -> None:
    """Two subjects have one and the same decision exactly where their decisions are equal."""
    router = Router(DEPLOYMENT)

    assert shared is (router.route(one.sip_address) is router.route(other.sip_address))


@given(st.lists(st.tuples(st.sampled_from([(), ENABLED, TORN]), st.sampled_from([(), EUM])), max_size=30))
def test_no_decision_is_held_twice(accounts: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    """However many users there are, equal decisions are one object."""
    users = [
        User(sip_address=f"user{number}@contoso.com", voice_mail_settings=settings, proxy_addresses=proxy_addresses)
        for number, (settings, proxy_addresses) in enumerate(accounts)
    ]
    router = Router(Deployment(users=users, policies=(EVERYONE,)))
    decisions = [router.route(user.sip_address) for user in users]

    assert all((one == other) is (one is other) for one, other in itertools.combinations(decisions, 2))


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [
        (Reading(), HostedUm),
        (Reading(authors_disagree=AuthorsDisagree.EXCHANGE_WINS), OnPremisesUm),
        (
            Reading(
                authors_disagree=AuthorsDisagree.EXCHANGE_WINS,
                disabled_with_um_proxy_address=DisabledWithUmProxyAddress.NOT_ROUTED,
            ),
            NotRouted,
        ),
    ],
    ids=["default", "Exchange wins", "Exchange wins and silences"],
)
def test_the_reading_is_the_callers(reading: Reading, outcome: type[RoutingDecision]) -> None:
    """A user on whom the authors disagree is routed as the router's reading says."""
    assert isinstance(Router(DEPLOYMENT, reading=reading).route(TOM.sip_address), outcome)


def test_the_reading_is_the_default_one_unless_given() -> None:
    """A router without a reading has the one that the clauses argue for."""
    assert Router(DEPLOYMENT, reading=Reading()) == Router(DEPLOYMENT)


def test_routers_are_values() -> None:
    """A router is frozen, and its pickled copy is equal, has an equal hash and answers alike."""
    router = Router(DEPLOYMENT)
    again = pickle.loads(pickle.dumps(router))  # noqa: S301 - what was pickled just now

    assert (router, hash(router)) == (again, hash(again))
    assert router.route("ALICE@contoso.com") == again.route("ALICE@contoso.com")
    with pytest.raises(FrozenInstanceError):
        router.deployment = Deployment()  # type: ignore[misc]  # that is the point
