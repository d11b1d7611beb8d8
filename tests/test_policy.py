"""Hosted voice mail policies: identities, attributes, and which one applies."""

import itertools
import pickle
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing.deployment import (
    EXCHANGE_ONLINE,
    GLOBAL,
    Deployment,
    HostedVoicemailPolicy,
    PolicyIdentity,
    PolicyScope,
    Pool,
    UmContact,
    UmDialPlan,
    UmServer,
    User,
    policy_identity,
    read_organization,
    resolve_policy,
)
from exum_routing.deployment.policy import assigned_policy, policies_by_key, site_policy_identity
from exum_routing.errors import (
    DuplicateIdentity,
    ExumRoutingError,
    InvalidFqdn,
    InvalidName,
    InvalidOrganization,
    InvalidPolicyIdentity,
    InvalidText,
    InvalidValue,
    MissingGlobalPolicy,
)
from exum_routing.reading import READINGS
from exum_routing.routing import HostedUm, NotRouted, NotRoutedReason, OnPremisesUm, route
from exum_routing.sip import Fqdn
from exum_routing.testing.strategies import policy_identities

NO_TEXTS = [
    pytest.param(0, id="int"),
    pytest.param(True, id="True"),
    pytest.param(b"Global", id="bytes"),
    pytest.param(["Global"], id="list"),
    pytest.param(("Global",), id="tuple"),
    pytest.param(PolicyScope.GLOBAL, id="scope"),
    pytest.param(object(), id="object"),
]
"""Values of other types than text."""

IDENTITIES = ("Global", "site:Redmond", "site:Dublin", "tag:ExRedmond", "tag:ExDublin")
"""The identities of the policies that the property tests draw from."""


def policies_of(*identities: str) -> tuple[HostedVoicemailPolicy, ...]:
    """A policy for each identity, each with a Destination and an organization of its own."""
    return tuple(
        HostedVoicemailPolicy(identity=it, destination=f"{place}.um", organizations=(f"{place}.org",))
        for place, it in enumerate(identities)
    )


THREE = policies_of("Global", "site:Redmond", "tag:ExRedmond")
"""A policy of each scope."""


def identity_of_resolved(
    policies: Sequence[HostedVoicemailPolicy], assigned: str | None = None, site: str | None = None
) -> str:
    """The identity of the policy that applies."""
    return str(resolve_policy(policies, assigned=None if assigned is None else PolicyIdentity(assigned), site=site).identity)


POLICIES = st.sets(st.sampled_from(IDENTITIES[1:])).map(lambda found: ("Global", *sorted(found))).flatmap(st.permutations)
"""The identities of the policies of a deployment, in any order."""

ASSIGNED = st.none() | st.sampled_from(["tag:ExRedmond", "tag:ExDublin", "tag:exredmond", "tag:Gone"])
"""The policy that was assigned."""

SITES = st.none() | st.sampled_from(["Redmond", "site:Redmond", "SITE:redmond", "Dublin", "Gone"])
"""The site on which the user is homed."""


class TestPol1:
    """Clause: POL-1."""

    @pytest.mark.parametrize(
        ("given", "expected", "scope", "name"),
        [
            ("Global", "Global", PolicyScope.GLOBAL, "Global"),
            ("global", "Global", PolicyScope.GLOBAL, "Global"),
            ("GLOBAL", "Global", PolicyScope.GLOBAL, "Global"),
            ("site:Redmond", "site:Redmond", PolicyScope.SITE, "Redmond"),
            ("SITE:Redmond", "site:Redmond", PolicyScope.SITE, "Redmond"),
            ("Site:red mond", "site:red mond", PolicyScope.SITE, "red mond"),
            ("site:Global", "site:Global", PolicyScope.SITE, "Global"),
            ("tag:ExRedmond", "tag:ExRedmond", PolicyScope.PER_USER, "ExRedmond"),
            ("Tag:ExRedmond", "tag:ExRedmond", PolicyScope.PER_USER, "ExRedmond"),
            ("ExRedmond", "tag:ExRedmond", PolicyScope.PER_USER, "ExRedmond"),
            ("tag:Global", "tag:Global", PolicyScope.PER_USER, "Global"),
            ("Globally", "tag:Globally", PolicyScope.PER_USER, "Globally"),
            ("site", "tag:site", PolicyScope.PER_USER, "site"),
            ("tag:a:b", "tag:a:b", PolicyScope.PER_USER, "a:b"),
            ("tag:site:Redmond", "tag:site:Redmond", PolicyScope.PER_USER, "site:Redmond"),
        ],
    )
    def test_an_identity_has_a_scope_and_a_name(self, given: str, expected: str, scope: PolicyScope, name: str) -> None:
        """An identity is written with its canonical prefix; its name keeps its spelling."""
        identity = PolicyIdentity(given)
        assert expected == str(identity)
        assert expected == identity.text
        assert scope is identity.scope
        assert name == identity.name
        assert identity == PolicyIdentity(expected)

    @pytest.mark.parametrize(
        "value",
        [
            *NO_TEXTS,
            pytest.param(None, id="None"),
            pytest.param("", id="empty"),
            pytest.param(" ", id="blank"),
            pytest.param("Global ", id="trailing blank"),
            pytest.param("tag:", id="no name"),
            pytest.param("site: Redmond", id="blank behind the prefix"),
            pytest.param("site :Redmond", id="blank before the colon"),
            pytest.param("pool:Redmond", id="another prefix"),
            pytest.param("service:UserServer:pool", id="service scope"),
            pytest.param("global:", id="Global as a prefix"),
            pytest.param("global:Redmond", id="Global as a prefix of a name"),
            pytest.param(":Redmond", id="empty prefix"),
            pytest.param("a:b", id="bare name with a colon"),
            pytest.param("tag:a\nb", id="LF"),
            pytest.param("tag:\ud800", id="lone surrogate"),
            pytest.param("\u017fite:Redmond", id="long s"),
        ],
    )
    def test_anything_else_is_no_identity(self, value: Any) -> None:
        """Another prefix, no name, or another type is refused by the same error, in the model too."""
        with pytest.raises(InvalidPolicyIdentity) as alone:
            PolicyIdentity(value)
        with pytest.raises(InvalidPolicyIdentity) as within:
            HostedVoicemailPolicy(identity=value)
        assert alone.value.place == "PolicyIdentity.text"
        assert within.value.place == "HostedVoicemailPolicy.identity"
        assert value is alone.value.value
        assert value is within.value.value

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Global", "GLOBAL"),
            ("site:Redmond", "SITE:REDMOND"),
            ("tag:ExRedmond", "exredmond"),
        ],
    )
    def test_identities_are_equal_without_case(self, one: str, other: str) -> None:
        """Identities that differ in case only are equal, with equal hashes, and their policies too."""
        assert PolicyIdentity(one) == PolicyIdentity(other)
        assert hash(PolicyIdentity(one)) == hash(PolicyIdentity(other))
        assert HostedVoicemailPolicy(identity=one) == HostedVoicemailPolicy(identity=other)
        assert len({HostedVoicemailPolicy(identity=one), HostedVoicemailPolicy(identity=other)}) == 1

    @pytest.mark.parametrize(
        ("one", "other"), [*itertools.combinations(["Global", "site:Global", "tag:Global", "tag:site:Global"], 2)]
    )
    def test_the_scope_is_part_of_the_identity(self, one: str, other: str) -> None:
        """One name under two scopes makes two identities."""
        assert PolicyIdentity(one) != PolicyIdentity(other)
        policies = policies_of("Global", "site:Global", "tag:Global", "tag:site:Global")
        assert policies == tuple(policies_by_key(policies).values())

    @pytest.mark.parametrize(
        ("again", "expected"),
        [
            pytest.param(policies_of("GLOBAL")[0], "Global", id="global"),
            pytest.param(policies_of("Site:redmond")[0], "site:redmond", id="site"),
            pytest.param(policies_of("ExRedmond")[0], "tag:ExRedmond", id="per-user"),
            pytest.param(THREE[2], "tag:ExRedmond", id="the very same policy"),
        ],
    )
    def test_identities_are_unique(self, again: HostedVoicemailPolicy, expected: str) -> None:
        """Two policies of one identity are refused, in any case, wherever policies are given."""
        with pytest.raises(DuplicateIdentity) as caught:
            policies_by_key((*THREE, again))
        assert expected == caught.value.value
        with pytest.raises(DuplicateIdentity):
            resolve_policy((*THREE, again), assigned=None, site=None)
        with pytest.raises(DuplicateIdentity) as caught:
            Deployment(policies=(*THREE, again))
        assert caught.value.place == "Deployment.policies"

    def test_an_identity_is_itself_where_one_is_asked_for(self) -> None:
        """A field that takes an identity takes its text as well."""
        identity = PolicyIdentity("ExRedmond")
        assert identity is policy_identity(identity)
        assert identity == policy_identity("ExRedmond")
        assert HostedVoicemailPolicy(identity=identity) == HostedVoicemailPolicy(identity="tag:ExRedmond")

    @pytest.mark.parametrize("text", IDENTITIES)
    def test_an_identity_survives_repr_and_pickling(self, text: str) -> None:
        """An identity is equal to itself after pickling, with its scope and key, and its repr shows its text."""
        identity = PolicyIdentity(text)
        found = pickle.loads(pickle.dumps(identity))  # noqa: S301 - pickled on the same line
        assert (identity, identity.text, identity.scope) == (found, found.text, found.scope)
        assert f"PolicyIdentity(text={text!r})" == repr(identity)

    @pytest.mark.parametrize("field", ["text", "key", "scope"])
    def test_an_identity_cannot_be_changed(self, field: str) -> None:
        """Assignment to a field is refused."""
        with pytest.raises(FrozenInstanceError):
            setattr(PolicyIdentity("ExRedmond"), field, "x")

    @pytest.mark.parametrize("field", ["identity", "description", "destination", "organizations"])
    def test_a_policy_cannot_be_changed(self, field: str) -> None:
        """Assignment to a field is refused."""
        with pytest.raises(FrozenInstanceError):
            setattr(policies_of("Global")[0], field, None)


class TestPol2:
    """Clause: POL-2."""

    def test_a_deployment_without_policies_has_the_global_one(self) -> None:
        """The global policy is there without being given, and holds nothing."""
        assert Deployment().policies == (HostedVoicemailPolicy(identity="Global"),)
        assert PolicyIdentity("Global") == GLOBAL

    @pytest.mark.parametrize(
        "policies",
        [
            pytest.param((), id="none at all"),
            pytest.param(policies_of("site:Redmond", "tag:ExRedmond"), id="narrower ones only"),
            pytest.param(policies_of("site:Global", "tag:Global"), id="of its name in another scope"),
        ],
    )
    def test_it_cannot_be_deleted_or_renamed(self, policies: tuple[HostedVoicemailPolicy, ...]) -> None:
        """Policies without the global one are refused, and the error holds the identities that are there."""
        expected = tuple(str(policy.identity).lower() for policy in policies)
        with pytest.raises(MissingGlobalPolicy) as caught:
            Deployment(policies=policies)
        assert expected == caught.value.value
        assert caught.value.place == "Deployment.policies"
        with pytest.raises(MissingGlobalPolicy):
            resolve_policy(policies, assigned=None, site=None)
        with pytest.raises(MissingGlobalPolicy):
            policies_by_key(policies)

    def test_there_is_not_a_second_one(self) -> None:
        """Two global policies are refused."""
        with pytest.raises(DuplicateIdentity) as caught:
            Deployment(policies=policies_of("Global", "site:Redmond", "global"))
        assert caught.value.value == "Global"

    def test_it_can_be_modified(self) -> None:
        """The global policy may be given any Destination and organizations."""
        (modified,) = policies_of("GLOBAL")
        assert Deployment(policies=(modified,)).policy(GLOBAL) == modified
        assert modified.is_usable

    @pytest.mark.parametrize(
        "policies",
        [
            pytest.param("Global", id="text"),
            pytest.param(["Global"], id="texts"),
            pytest.param((None,), id="None within"),
            pytest.param({"Global": HostedVoicemailPolicy(identity="Global")}, id="dict"),
            pytest.param({HostedVoicemailPolicy(identity="Global")}, id="set"),
            pytest.param(None, id="None"),
            pytest.param(1, id="int"),
        ],
    )
    def test_policies_stand_in_a_tuple_or_a_list(self, policies: Any) -> None:
        """Whatever is no ordered collection of policies is refused."""
        with pytest.raises(InvalidValue):
            policies_by_key(policies)
        with pytest.raises(InvalidValue) as caught:
            Deployment(policies=policies)
        assert caught.value.place == "Deployment.policies"


class TestPol3:
    """Clause: POL-3."""

    @pytest.mark.parametrize(
        ("assigned", "site", "expected"),
        [
            pytest.param("tag:ExRedmond", "Redmond", "tag:ExRedmond", id="assigned and homed"),
            pytest.param("tag:ExRedmond", None, "tag:ExRedmond", id="assigned"),
            pytest.param("tag:ExRedmond", "Nowhere", "tag:ExRedmond", id="assigned, the site without a policy"),
            pytest.param(None, "Redmond", "site:Redmond", id="homed"),
            pytest.param(None, "Nowhere", "Global", id="homed on a site without a policy"),
            pytest.param(None, None, "Global", id="neither"),
        ],
    )
    def test_per_user_beats_site_beats_global(self, assigned: str | None, site: str | None, expected: str) -> None:
        """The narrowest of the policies that reach the user is effective, whatever their order."""
        for policies in itertools.permutations(THREE):
            assert expected == identity_of_resolved(policies, assigned, site)

    @given(identities=POLICIES, assigned=ASSIGNED, site=SITES)
    def test_there_always_is_one(self, identities: list[str], assigned: str | None, site: str | None) -> None:
        """Whatever policies there are, the effective one is the first that exists of assigned, the site's and global."""
        there = [identity.lower() for identity in identities]
        site_policy = None if site is None else f"site:{site.lower().removeprefix('site:')}"
        wanted = [one for one in ((assigned or "").lower(), site_policy, "global") if one in there]
        assert wanted[0] == identity_of_resolved(policies_of(*identities), assigned, site).lower()

    @given(identities=POLICIES, assigned=ASSIGNED, site=SITES.filter(bool))
    def test_a_deployment_answers_alike(self, identities: list[str], assigned: str | None, site: str) -> None:
        """The policy of a user or a contact of a deployment is the one that the policies by themselves give."""
        policies = policies_of(*identities)
        pools = (Pool(fqdn="pool", site=site),)
        user = User(sip_address="a@b", hosted_voicemail_policy=assigned, registrar_pool="pool")
        contact = UmContact(sip_address="c@b", hosted_voicemail_policy=assigned, registrar_pool="pool", display_number="1")
        deployment = Deployment(users=(user,), contacts=(contact,), policies=policies, pools=pools)
        expected = resolve_policy(iter(policies), assigned=user.hosted_voicemail_policy, site=site)
        assert [expected] * 2 == [deployment.effective_policy(subject) for subject in deployment.subjects]


class TestPol4:
    """Clause: POL-4."""

    @pytest.mark.parametrize(
        ("assigned", "site"),
        [
            pytest.param("tag:ExRedmond", "Redmond", id="per-user"),
            pytest.param(None, "Redmond", id="site"),
        ],
    )
    @pytest.mark.parametrize("kept", [{}, {"destination": "um.example"}, {"organizations": ("org.example",)}])
    def test_what_is_left_out_stays_left_out(self, assigned: str | None, site: str, kept: dict[str, Any]) -> None:
        """The effective policy is the policy itself, whatever wider policies hold."""
        narrow = HostedVoicemailPolicy(identity=assigned or f"site:{site}", **kept)
        policies = (*policies_of("Global", "site:Redmond")[: 2 if assigned else 1], narrow)
        found = resolve_policy(policies, assigned=assigned_policy(assigned), site=site)
        assert narrow is found
        assert kept.get("destination") == found.destination
        assert kept.get("organizations", ()) == found.organizations

    def test_a_narrow_policy_without_destination_does_not_fall_back(self) -> None:
        """A user whose site's policy names no Destination is not routed, although the global policy names one."""
        user = User(sip_address="a@b", registrar_pool="pool", voice_mail_settings=("CsHostedVoiceMail=1",))
        deployment = Deployment(
            users=(user,),
            pools=(Pool(fqdn="pool", site="Redmond"),),
            policies=(*policies_of("Global"), HostedVoicemailPolicy(identity="site:Redmond")),
        )
        decision = route(user, deployment)
        assert isinstance(decision, NotRouted)
        assert decision.reason is NotRoutedReason.POLICY_WITHOUT_DESTINATION
        assert decision.policy == HostedVoicemailPolicy(identity="site:Redmond")


class TestPol5:
    """Clause: POL-5."""

    @given(identities=POLICIES, assigned=ASSIGNED, site=SITES)
    def test_it_does_not_reach_others(self, identities: list[str], assigned: str | None, site: str | None) -> None:
        """Without the per-user policies that were not assigned, the same policy is effective."""
        policies = policies_of(*identities)
        wanted = assigned_policy(assigned)
        fewer = [it for it in policies if it.identity.scope is not PolicyScope.PER_USER or it.identity == wanted]
        assert resolve_policy(policies, assigned=wanted, site=site) is resolve_policy(fewer, assigned=wanted, site=site)

    def test_a_user_and_a_contact_get_what_was_assigned_to_them(self) -> None:
        """The assigned policy routes the user and the contact to whom it was assigned, and nobody else."""
        alice = User(sip_address="alice@b", voice_mail_settings=("CsHostedVoiceMail=1",), hosted_voicemail_policy="EXREDMOND")
        bob = attrs.evolve(alice, sip_address="bob@b", hosted_voicemail_policy=None)
        desk = UmContact(sip_address="desk@b", display_number="1", hosted_voicemail_policy="ExRedmond")
        deployment = Deployment(
            users=(alice, bob), contacts=(desk,), policies=policies_of("tag:ExRedmond", "Global", "tag:ExDublin")
        )
        found = {subject.sip_address: str(deployment.effective_policy(subject).identity) for subject in deployment.subjects}
        assert found == {"sip:alice@b": "tag:ExRedmond", "sip:bob@b": "Global", "sip:desk@b": "tag:ExRedmond"}

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param(None, None, id="none"),
            pytest.param("ExRedmond", "tag:ExRedmond", id="bare name"),
            pytest.param("TAG:ExRedmond", "tag:ExRedmond", id="prefix"),
            pytest.param(PolicyIdentity("ExRedmond"), "tag:ExRedmond", id="identity"),
        ],
    )
    def test_a_per_user_policy_can_be_assigned(self, value: PolicyIdentity | str | None, expected: str | None) -> None:
        """A per-user policy may be named as text or as an identity; None is no assignment."""
        found = assigned_policy(value)
        assert expected == (None if found is None else str(found))

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param("global", "Global", id="global"),
            pytest.param("SITE:Redmond", "site:Redmond", id="site"),
            pytest.param(GLOBAL, "Global", id="identity of the global one"),
        ],
    )
    def test_no_other_scope_can_be_assigned(self, value: PolicyIdentity | str, expected: str) -> None:
        """The global policy and a site's are refused as an assignment, wherever one is given."""
        with pytest.raises(InvalidPolicyIdentity, match="cannot be assigned") as caught:
            assigned_policy(value)
        assert expected == caught.value.value
        with pytest.raises(InvalidPolicyIdentity) as caught:
            User(sip_address="a@b", hosted_voicemail_policy=value)
        assert caught.value.place == "User.hosted_voicemail_policy"
        with pytest.raises(InvalidPolicyIdentity):
            resolve_policy(policies_of("Global", "site:Redmond"), assigned=policy_identity(value), site=None)

    @pytest.mark.parametrize("value", [*NO_TEXTS, "", "tag:", "pool:a", " a"])
    def test_what_is_no_identity_cannot_be_assigned(self, value: Any) -> None:
        """What is no identity is refused by the same error."""
        with pytest.raises(InvalidPolicyIdentity) as caught:
            assigned_policy(value)
        assert value is caught.value.value


class TestPol6:
    """Clause: POL-6."""

    @given(identities=POLICIES, site=SITES)
    def test_it_counts_as_none(self, identities: list[str], site: str | None) -> None:
        """With such an assignment the same policy is effective as without one."""
        policies = policies_of(*identities)
        gone = PolicyIdentity("tag:Gone")
        assert resolve_policy(policies, assigned=None, site=site) is resolve_policy(policies, assigned=gone, site=site)

    def test_a_policy_of_the_same_name_in_another_scope_is_not_meant(self) -> None:
        """An assignment of a per-user policy is not one of the site's policy of that name."""
        assert identity_of_resolved(policies_of("Global", "site:Redmond"), "tag:Redmond") == "Global"


class TestPol7:
    """Clause: POL-7."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param(None, None, id="left out"),
            pytest.param("exap.um.outlook.com", "exap.um.outlook.com", id="FQDN"),
            pytest.param("Exap.UM.Outlook.com", "exap.um.outlook.com", id="in any case"),
            pytest.param("um_1", "um_1", id="one label"),
            pytest.param(Fqdn("a.b"), "a.b", id="Fqdn"),
        ],
    )
    def test_destination_is_one_fqdn_or_none(self, value: str | None, expected: str | None) -> None:
        """Destination is held as an Fqdn, in lower case, or is None."""
        found = HostedVoicemailPolicy(identity="Global", destination=value).destination
        assert expected == found
        assert isinstance(found, Fqdn | None)

    def test_destination_need_not_be_given(self) -> None:
        """A policy without Destination is one whose Destination is None."""
        assert HostedVoicemailPolicy(identity="Global") == HostedVoicemailPolicy(identity="Global", destination=None)

    @pytest.mark.parametrize(
        "value",
        [
            *NO_TEXTS,
            pytest.param("", id="empty"),
            pytest.param("a.example,b.example", id="two FQDNs"),
            pytest.param("um.example.", id="trailing dot"),
            pytest.param("um.example:5061", id="port"),
            pytest.param("sip:um.example", id="scheme"),
            pytest.param("um.example;lr", id="parameter"),
            pytest.param("um.example\r\nVia: x", id="CR and LF"),
        ],
    )
    def test_anything_else_is_refused(self, value: Any) -> None:
        """What is no FQDN is refused, a wrong type by the same error as a wrong value."""
        with pytest.raises(InvalidFqdn) as caught:
            HostedVoicemailPolicy(identity="Global", destination=value)
        assert value is caught.value.value
        assert caught.value.place == "HostedVoicemailPolicy.destination"


class TestPol8:
    """Clause: POL-8."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("", (), id="empty"),
            pytest.param("a.example", ("a.example",), id="one"),
            pytest.param("b.example,a.example", ("b.example", "a.example"), id="the administrator's order"),
            pytest.param("a.example , b.example", ("a.example", "b.example"), id="blanks around the comma"),
            pytest.param("  a.example,b.example  ", ("a.example", "b.example"), id="blanks around the list"),
            pytest.param("A.Example", ("a.example",), id="in any case"),
            pytest.param("b,a,B,c,a", ("b", "a", "c"), id="repeated tenants"),
        ],
    )
    def test_a_list_is_read(self, text: str, expected: tuple[str, ...]) -> None:
        """The tenants of the list, each once, in order."""
        found = read_organization(text)
        assert expected == found
        assert all(isinstance(one, Fqdn) for one in found)

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            pytest.param(",", ",", id="comma alone"),
            pytest.param(" ", " ", id="blank alone"),
            pytest.param("a,", "a,", id="trailing comma"),
            pytest.param(",a", ",a", id="leading comma"),
            pytest.param("a,,b", "a,,b", id="two commas"),
            pytest.param("a, ,b", "a, ,b", id="blank between commas"),
            pytest.param("a b", "a b", id="blank within"),
            pytest.param("a;b", "a;b", id="semicolon"),
            pytest.param("a,\tb", "\tb", id="TAB"),
            pytest.param("a,b\r\n", "b\r\n", id="CR and LF"),
            pytest.param("a,b.", "b.", id="trailing dot"),
            pytest.param("a,é", "é", id="outside ASCII"),
            pytest.param("a\xa0,b", "a\xa0", id="no-break space"),
            pytest.param("," * 1_000_000, "," * 1_000_000, id="1 MB of commas"),
            pytest.param(b"a", b"a", id="bytes"),
            pytest.param(("a",), ("a",), id="tuple"),
            pytest.param(0, 0, id="int"),
            pytest.param(None, None, id="None"),
        ],
    )
    def test_anything_else_is_refused(self, text: Any, value: object) -> None:
        """An empty entry, one that is no FQDN, and what is no text are refused; the error holds the entry or the text."""
        with pytest.raises(InvalidOrganization) as caught:
            read_organization(text)
        assert value == caught.value.value

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            pytest.param((), (), id="none"),
            pytest.param(["B.example", "a.example", "b.EXAMPLE"], ("b.example", "a.example"), id="list"),
            pytest.param((Fqdn("a"),), ("a",), id="Fqdn"),
        ],
    )
    def test_a_policy_holds_each_tenant_once(self, values: Any, expected: tuple[str, ...]) -> None:
        """The organizations of a policy are a tuple of Fqdns, each once, in order."""
        found = HostedVoicemailPolicy(identity="Global", organizations=values).organizations
        assert expected == found
        assert all(isinstance(one, Fqdn) for one in found)

    @pytest.mark.parametrize(
        ("values", "value"),
        [
            pytest.param("a.example", "a.example", id="bare text"),
            pytest.param(b"a", b"a", id="bytes"),
            pytest.param({"a"}, {"a"}, id="set"),
            pytest.param(None, None, id="None"),
            pytest.param(1, 1, id="int"),
            pytest.param(("a", ""), "", id="empty entry"),
            pytest.param(("a,b",), "a,b", id="two in an entry"),
            pytest.param((" a",), " a", id="blank"),
            pytest.param(("a", None), None, id="None within"),
            pytest.param((["a"],), ["a"], id="list within"),
        ],
    )
    def test_a_policy_refuses_anything_else(self, values: Any, value: object) -> None:
        """What is no tuple or list, and an entry that is no FQDN, are refused by the same error."""
        with pytest.raises(InvalidOrganization) as caught:
            HostedVoicemailPolicy(identity="Global", organizations=values)
        assert value == caught.value.value
        assert caught.value.place == "HostedVoicemailPolicy.organizations"

    @given(
        entries=st.lists(
            st.tuples(st.text("abAB1-_", min_size=1, max_size=3), st.sampled_from([",", ", ", " ,", "  ,  "])), max_size=8
        )
    )
    def test_the_first_place_counts(self, entries: list[tuple[str, str]]) -> None:
        """Whatever the blanks around the commas, the list is the tenants in lower case, each at its first place."""
        spelled = "".join(tenant + comma for tenant, comma in entries).rstrip(", ")
        tenants = [tenant for tenant, _ in entries]
        lower = [one.lower() for one in tenants]
        expected = [one for place, one in enumerate(lower) if one not in lower[:place]]
        assert tuple(expected) == read_organization(spelled)
        assert tuple(expected) == HostedVoicemailPolicy(identity="Global", organizations=tenants).organizations


class TestPol9:
    """Clause: POL-9."""

    @pytest.mark.parametrize("values", [(), ("CsHostedVoiceMail=0",), ("ExchangeHostedVoiceMail=0",)])
    @given(identities=POLICIES, assigned=ASSIGNED, site=SITES.filter(bool), known=st.booleans())
    def test_no_policy_changes_an_on_premises_route(
        self, values: tuple[str, ...], identities: list[str], assigned: str | None, site: str, known: bool
    ) -> None:
        """A user who is not enabled is routed as in a deployment without policies, whatever policies are added."""
        servers = (UmServer(fqdn="um", major_version=14),)
        bare = Deployment(
            users=(User(sip_address="a@b", voice_mail_settings=values, proxy_addresses=("EUM:1;phone-context=dp",)),),
            dial_plans=(UmDialPlan(phone_context="dp", um_servers=servers),) if known else None,
        )
        user = attrs.evolve(bare.users[0], registrar_pool="pool", hosted_voicemail_policy=assigned)
        pools = (Pool(fqdn="pool", site=site),)
        full = attrs.evolve(bare, users=(user,), policies=policies_of(*identities), pools=pools)
        for reading in READINGS:
            assert route(bare.users[0], bare, reading=reading) == route(user, full, reading=reading)
        assert isinstance(route(user, full), OnPremisesUm)


class TestPol10:
    """Clause: POL-10."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            pytest.param({}, False, id="nothing"),
            pytest.param({"description": "a"}, False, id="Description"),
            pytest.param({"organizations": ("a",)}, False, id="Organization"),
            pytest.param({"destination": "a"}, True, id="Destination"),
            pytest.param({"destination": "a", "organizations": ("a",)}, True, id="both"),
        ],
    )
    def test_usable_means_that_there_is_a_destination(self, fields: dict[str, Any], expected: bool) -> None:
        """A policy is usable exactly if it names a Destination, and only then routes a user who is enabled."""
        policy = HostedVoicemailPolicy(identity="Global", **fields)
        user = User(sip_address="a@b", voice_mail_settings=("CsHostedVoiceMail=1",))
        decision = route(user, Deployment(users=(user,), policies=(policy,)))
        assert expected is policy.is_usable
        assert expected is isinstance(decision, HostedUm)

    def test_the_policy_as_installed_is_not_usable(self) -> None:
        """The global policy that nobody modified applies to everyone, and is not usable."""
        user = User(sip_address="a@b")
        assert not Deployment(users=(user,)).effective_policy(user).is_usable


class TestPol11:
    """Clause: POL-11."""

    @pytest.mark.parametrize(
        ("pool", "expected"),
        [
            pytest.param("pool01.contoso.com", "site:Redmond", id="known pool"),
            pytest.param("POOL01.Contoso.com", "site:Redmond", id="known pool in another case"),
            pytest.param("pool02.contoso.com", "site:Dublin", id="pool of another site"),
            pytest.param("pool03.contoso.com", "Global", id="pool of a site without a policy"),
            pytest.param("pool04.contoso.com", "Global", id="unknown pool"),
            pytest.param(None, "Global", id="no pool"),
        ],
    )
    def test_the_pool_names_the_site(self, pool: str | None, expected: str) -> None:
        """A user or contact is reached by the policy of the site of the pool, if there are both."""
        user = User(sip_address="a@b", registrar_pool=pool)
        contact = UmContact(sip_address="c@b", registrar_pool=pool, display_number="1")
        deployment = Deployment(
            users=(user,),
            contacts=(contact,),
            policies=policies_of("site:Dublin", "site:Redmond", "Global"),
            pools=(
                Pool(fqdn="pool01.contoso.com", site="Redmond"),
                Pool(fqdn="pool02.contoso.com", site="site:Dublin"),
                Pool(fqdn="pool03.contoso.com", site="Singapore"),
            ),
        )
        assert [expected] * 2 == [str(deployment.effective_policy(subject).identity) for subject in deployment.subjects]

    @pytest.mark.parametrize(
        ("site", "expected"),
        [
            ("Redmond", "site:Redmond"),
            ("site:Redmond", "site:Redmond"),
            ("SITE:redmond", "site:redmond"),
            ("Global", "site:Global"),
            ("tag:Redmond", "site:tag:Redmond"),
            ("si", "site:si"),
            ("site", "site:site"),
        ],
    )
    def test_the_prefix_may_be_left_out(self, site: str, expected: str) -> None:
        """A site with and without its prefix has the same policy, without case."""
        identity = site_policy_identity(site)
        assert expected == str(identity)
        assert identity.scope is PolicyScope.SITE
        assert identity == Pool(fqdn="pool", site=site).site_policy
        assert identity_of_resolved(policies_of("Global", expected), site=site.upper()) == expected

    @pytest.mark.parametrize("value", [*NO_TEXTS, "", "site:", " Redmond", "site: Redmond", "Red\nmond", "\ud800"])
    def test_what_is_no_site_is_refused(self, value: Any) -> None:
        """A site without a name, and what is no text, is refused wherever a site is given."""
        with pytest.raises(InvalidPolicyIdentity):
            site_policy_identity(value)
        with pytest.raises(InvalidPolicyIdentity):
            resolve_policy(policies_of("Global"), assigned=None, site=value)
        with pytest.raises(InvalidName) as caught:
            Pool(fqdn="pool", site=value)
        assert caught.value.place == "Pool.site"

    @pytest.mark.parametrize("pool", [None, "gone"])
    def test_without_a_site_only_the_global_policy_and_the_assigned_one_remain(self, pool: str | None) -> None:
        """A user without a known pool is reached by no site's policy, and by an assigned one as before."""
        user = User(sip_address="a@b", registrar_pool=pool, hosted_voicemail_policy="ExRedmond")
        deployment = Deployment(
            policies=policies_of("site:Redmond", "Global", "tag:ExRedmond"), pools=(Pool(fqdn="pool", site="Redmond"),)
        )
        other = attrs.evolve(user, hosted_voicemail_policy=None)
        assert str(deployment.effective_policy(user).identity) == "tag:ExRedmond"
        assert deployment.effective_policy(other).identity == GLOBAL


class TestPol13:
    """Clause: POL-13."""

    def test_the_fqdn_of_exchange_online(self) -> None:
        """The constant is that FQDN."""
        assert EXCHANGE_ONLINE == "exap.um.outlook.com"
        assert isinstance(EXCHANGE_ONLINE, Fqdn)

    @pytest.mark.parametrize("destination", [EXCHANGE_ONLINE, "exap.um.partner.outlook.cn", "exap.um.office365.us"])
    def test_every_cloud_can_be_a_destination(self, destination: str) -> None:
        """A policy takes the FQDN of each cloud, and routes to it."""
        policy = HostedVoicemailPolicy(identity="Global", destination=destination)
        user = User(sip_address="a@b", voice_mail_settings=("CsHostedVoiceMail=1",))
        decision = route(user, Deployment(users=(user,), policies=(policy,)))
        assert isinstance(decision, HostedUm)
        assert destination == decision.destination


class TestPolicyValue:
    """A policy is a value: compared by what it holds, and portable."""

    def test_policies_are_equal_by_their_fields(self) -> None:
        """Policies differ in any field they differ in, and equal ones have equal hashes, also after pickling."""
        one = HostedVoicemailPolicy(identity="tag:A", description="d", destination="a.b", organizations=("o", "p"))
        changes: list[dict[str, Any]] = [
            {"identity": "tag:B"},
            {"description": None},
            {"destination": None},
            {"organizations": ("p", "o")},
        ]
        assert len({one, *(attrs.evolve(one, **change) for change in changes)}) == 5
        assert one == HostedVoicemailPolicy(identity="a", description="d", destination="A.B", organizations=["O", "p", "o"])
        assert one == pickle.loads(pickle.dumps(one))  # noqa: S301 - pickled on the same line

    def test_fields_are_given_by_name(self) -> None:
        """A policy cannot be given by position."""
        anything: Any = HostedVoicemailPolicy
        with pytest.raises(TypeError):
            anything("Global")

    @pytest.mark.parametrize("value", [*NO_TEXTS, None])
    def test_an_identity_of_a_wrong_type_is_refused(self, value: Any) -> None:
        """What stands for an identity and is none is refused by one error."""
        with pytest.raises(ExumRoutingError) as caught:
            policy_identity(value)
        assert InvalidPolicyIdentity is type(caught.value)

    @pytest.mark.parametrize("description", [None, "", " Umzug nach Köln; A\u2192B "])
    def test_a_description_is_kept_and_changes_no_route(self, description: str | None) -> None:
        """A description is kept as it came, and the policy is as usable as without it."""
        (policy,) = policies_of("Global")
        described = attrs.evolve(policy, description=description)
        assert description == described.description
        assert policy.is_usable is described.is_usable

    @pytest.mark.parametrize("value", [*NO_TEXTS, "a\nb", "\u2028", "\ud800"])
    def test_a_description_is_a_text(self, value: Any) -> None:
        """A description that is no text, or unfit as one, is refused."""
        with pytest.raises(InvalidText) as caught:
            HostedVoicemailPolicy(identity="Global", description=value)
        assert value is caught.value.value
        assert caught.value.place == "HostedVoicemailPolicy.description"


@pytest.mark.parametrize(
    ("refuse", "kind", "value"),
    [
        (lambda: resolve_policy(5, assigned=None, site=None), InvalidValue, 5),  # type: ignore[arg-type]
        (lambda: read_organization(5), InvalidOrganization, 5),  # type: ignore[arg-type]
        (lambda: read_organization("a.com,,b.com"), InvalidOrganization, "a.com,,b.com"),
    ],
    ids=["policies", "organization", "empty entry"],
)
def test_what_is_refused_is_named(refuse: Callable[[], object], kind: type[ExumRoutingError], value: object) -> None:
    """A value of a wrong type, or with an empty entry, is named."""
    with pytest.raises(kind) as caught:
        refuse()
    assert value == caught.value.value


def test_blanks_alone_are_taken_off_an_organization() -> None:
    """Of what stands around a comma, blanks are taken off and nothing else."""
    assert read_organization(" X.com , com.X ") == ("x.com", "com.x")


@given(policy_identities())
def test_the_shortest_text_means_the_same_policy(identity: PolicyIdentity) -> None:
    """Whatever the name, with a colon or that of the global policy too, the shortest text is read as the identity."""
    assert PolicyIdentity(identity.shortest) == identity
    assert len(identity.shortest) <= len(str(identity))


@pytest.mark.parametrize("name", ["a:b", "Global", "GLOBAL", "site:x", "tag:y"])
def test_a_name_that_would_mean_another_policy_keeps_its_prefix(name: str) -> None:
    """A per-user policy may have such a name; alone it would mean another policy, or none."""
    assert PolicyIdentity(f"tag:{name}").shortest == f"tag:{name}"
    assert PolicyIdentity("tag:Cloud").shortest == "Cloud"
