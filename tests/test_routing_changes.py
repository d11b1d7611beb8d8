"""What a change of a deployment does to routes: exactly the accounts whose calls go another way."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    GLOBAL,
    Deployment,
    HostedUm,
    HostedVoicemailPolicy,
    NotRouted,
    OnPremisesUm,
    Reading,
    RequestUriLayout,
    Subject,
    UmContact,
    UmDialPlan,
    User,
    request_uri,
    route,
)
from exum_routing.reading import AuthorsDisagree
from exum_routing.routing import RouteChange, WhatChanged, route_change, route_changes
from exum_routing.testing.strategies import deployments, readings, request_uri_layouts, users

ON, OFF = "CsHostedVoiceMail=1", "CsHostedVoiceMail=0"
EXO = "exap.um.outlook.com"
TENANT = ("contoso.onmicrosoft.com",)
EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination=EXO, organizations=TENANT)
ALIKE = HostedVoicemailPolicy(identity="Alike", destination=EXO, organizations=TENANT)
NOWHERE = HostedVoicemailPolicy(identity=GLOBAL)
HOSTED_URI = f"sip:alice@contoso.com;maddr={EXO};opaque=app:voicemail;ms-organization=contoso.onmicrosoft.com"

ROUTE, REASON, POLICY, URI = WhatChanged.ROUTE, WhatChanged.REASON, WhatChanged.POLICY, WhatChanged.REQUEST_URI


def alice(*values: str, **fields: Any) -> User:
    """Alice with these values in her attribute."""
    return User(sip_address="alice@contoso.com", voice_mail_settings=values, **fields)


def with_alice(user: User, *policies: HostedVoicemailPolicy, **parts: Any) -> Deployment:
    """A deployment of Alice alone."""
    return Deployment(users=(user,), policies=policies, **parts)


def seen(subject: Subject, deployment: Deployment, reading: Reading, layout: RequestUriLayout) -> tuple[object, ...]:
    """All that a change of a route is a change of."""
    decision = route(subject, deployment, reading=reading)
    match decision:
        case HostedUm(policy):
            return HostedUm, None, policy.identity, request_uri(subject, decision, layout=layout)
        case OnPremisesUm():
            return OnPremisesUm, None, None, request_uri(subject, decision, layout=layout)
        case NotRouted(reason):
            return NotRouted, reason, None if decision.policy is None else decision.policy.identity, None


@st.composite
def two_deployments(draw: st.DrawFn) -> tuple[Deployment, Deployment]:
    """Two deployments with some of the same accounts."""
    before, other = draw(deployments(max_contacts=2)), draw(deployments(max_contacts=2))
    parts = {part: getattr(draw(st.sampled_from((before, other))), part) for part in ("policies", "pools", "dial_plans")}
    kept = [user for user in before.users if draw(st.integers(0, 3))]
    changed = [attrs.evolve(draw(st.just(user) | users()), sip_address=user.sip_address) for user in kept]
    new = [user for user in other.users if user.sip_address not in before.by_address]
    contacts = [contact for contact in before.contacts if draw(st.booleans())]
    return before, attrs.evolve(before, users=[*new, *changed], contacts=contacts, **parts)


@given(deployment=deployments(max_contacts=2), reading=readings(), layout=request_uri_layouts())
def test_no_change_changes_no_route(deployment: Deployment, reading: Reading, layout: RequestUriLayout) -> None:
    """Nor does another order of users, policies and pools."""
    reordered = attrs.evolve(
        deployment, users=deployment.users[::-1], policies=deployment.policies[::-1], pools=deployment.pools[::-1]
    )
    assert route_changes(deployment, deployment, reading=reading, layout=layout) == ()
    assert route_changes(deployment, reordered, reading=reading, layout=layout) == ()


@given(both=two_deployments(), reading=readings(), layout=request_uri_layouts())
def test_exactly_the_accounts_whose_calls_differ(
    both: tuple[Deployment, Deployment], reading: Reading, layout: RequestUriLayout
) -> None:
    """By variant, reason, policy or Request-URI; or who is new, or gone."""
    was, now = ({str(subject.sip_address): seen(subject, one, reading, layout) for subject in one.subjects} for one in both)
    changes = route_changes(*both, reading=reading, layout=layout)
    in_order = dict.fromkeys([*was, *now])
    assert [change.address for change in changes] == [one for one in in_order if was.get(one) != now.get(one)]
    for change in changes:
        before, after = was.get(change.address), now.get(change.address)
        assert change.changed == _what_changed(before, after)
        assert (change.uri_before, change.uri_after) == (before and before[3], after and after[3])
        for decision, one in zip((change.before, change.after), both, strict=True):
            subject = one.by_address.get(change.address)
            assert decision == (subject and route(subject, one, reading=reading))


def _what_changed(before: tuple[object, ...] | None, after: tuple[object, ...] | None) -> tuple[WhatChanged, ...]:
    if before is None or after is None:
        return (WhatChanged.ADDED if before is None else WhatChanged.REMOVED,)
    return tuple(what for what, one, other in zip((ROUTE, REASON, POLICY, URI), before, after, strict=True) if one != other)


ROY = alice(proxy_addresses=("EUM:1234;phone-context=dp",))
PLAN_A, PLAN_B = UmDialPlan(phone_context="dp", um_servers=()), UmDialPlan(phone_context="other")
CHANGES = {
    "enabled": (with_alice(alice(), EVERYONE), with_alice(alice(ON), EVERYONE), (ROUTE, REASON, POLICY, URI)),
    "disabled": (with_alice(alice(), EVERYONE), with_alice(alice(OFF), EVERYONE), (REASON,)),
    "a policy alike": (
        with_alice(alice(ON), EVERYONE, ALIKE),
        with_alice(alice(ON, hosted_voicemail_policy="Alike"), EVERYONE, ALIKE),
        (POLICY,),
    ),
    "another organization": (
        with_alice(alice(ON), EVERYONE),
        with_alice(alice(ON), attrs.evolve(EVERYONE, organizations=("fabrikam.com",))),
        (URI,),
    ),
    "a Destination blanked": (with_alice(alice(ON), EVERYONE), with_alice(alice(ON), NOWHERE), (ROUTE, REASON, URI)),
    "to hosted UM": (
        with_alice(ROY, EVERYONE),
        with_alice(attrs.evolve(ROY, voice_mail_settings=(ON,)), EVERYONE),
        (ROUTE, POLICY, URI),
    ),
    "a dial plan gone": (with_alice(ROY, EVERYONE), with_alice(ROY, EVERYONE, dial_plans=[PLAN_B]), (ROUTE, REASON, URI)),
    "a dial plan without server": (
        with_alice(ROY, EVERYONE, dial_plans=[PLAN_B]),
        with_alice(ROY, EVERYONE, dial_plans=[PLAN_A]),
        (REASON,),
    ),
    "a contact in a user's place": (
        with_alice(alice(ON), EVERYONE),
        Deployment(policies=[EVERYONE], contacts=[UmContact(sip_address="alice@contoso.com", display_number="11")]),
        (URI,),
    ),
    "a description": (
        with_alice(alice(ON), EVERYONE),
        with_alice(alice(ON, display_name="Alice"), attrs.evolve(EVERYONE, description="of everyone")),
        (),
    ),
}


@pytest.mark.parametrize(("before", "after", "changed"), CHANGES.values(), ids=CHANGES)
def test_what_changed(before: Deployment, after: Deployment, changed: tuple[WhatChanged, ...]) -> None:
    """What is different about one account's calls, in the order of the set; back again it is the same."""
    assert [change.changed for change in route_changes(before, after)] == [changed] * bool(changed)
    assert [change.changed for change in route_changes(after, before)] == [changed] * bool(changed)


def test_a_change_carries_both_sides() -> None:
    """The decisions and Request-URIs before and after; an account that is not there has none."""
    enabled, nobody = with_alice(alice(ON), EVERYONE), Deployment(policies=[EVERYONE])
    none = with_alice(alice(), EVERYONE)
    decision, unrouted = route(enabled.users[0], enabled), route(none.users[0], none)
    assert route_changes(none, enabled) == (
        RouteChange("sip:alice@contoso.com", (ROUTE, REASON, POLICY, URI), unrouted, decision, None, HOSTED_URI),
    )
    assert route_changes(nobody, enabled) == (
        RouteChange("sip:alice@contoso.com", (WhatChanged.ADDED,), None, decision, None, HOSTED_URI),
    )
    assert route_changes(enabled, nobody) == (
        RouteChange("sip:alice@contoso.com", (WhatChanged.REMOVED,), decision, None, HOSTED_URI, None),
    )


def test_the_reading_decides_what_changes() -> None:
    """Where Exchange wins, a pair of Skype for Business Server beside Exchange's changes nothing."""
    before = with_alice(alice("ExchangeHostedVoiceMail=1", ON), EVERYONE)
    after = with_alice(alice("ExchangeHostedVoiceMail=1", OFF), EVERYONE)
    assert route_changes(before, after, reading=Reading(authors_disagree=AuthorsDisagree.EXCHANGE_WINS)) == ()
    assert len(route_changes(before, after, reading=Reading(authors_disagree=AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS))) == 1


def test_an_account_that_was_never_there_has_no_change() -> None:
    """Neither before nor after: there is nothing to tell."""
    assert route_change("sip:zoe@contoso.com", (None, Deployment()), (None, Deployment())) is None
