"""The cmdlets of hosted voice mail policies."""

from typing import Any

import attrs
import pytest
from hypothesis import given

from exum_routing import (
    GLOBAL,
    Deployment,
    HostedVoicemailPolicy,
    InvalidFqdn,
    InvalidOrganization,
    InvalidPolicyIdentity,
    InvalidText,
    PolicyIdentity,
    Pool,
    UmContact,
    User,
)
from exum_routing.cmdlets import (
    ObjectKind,
    View,
    get_cs_effective_policy,
    get_cs_hosted_voicemail_policy,
    grant_cs_hosted_voicemail_policy,
    matches,
    new_cs_hosted_voicemail_policy,
    remove_cs_hosted_voicemail_policy,
    set_cs_hosted_voicemail_policy,
)
from exum_routing.errors import AmbiguousIdentity, ExumRoutingError, IdentityInUse, UnknownIdentity, WrongPolicyScope
from exum_routing.testing import strategies

EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination="exap.um.outlook.com")
REDMOND = HostedVoicemailPolicy(
    identity="site:Redmond", description="A site", destination="um.fabrikam.com", organizations=("a.contoso.com",)
)
EX_REDMOND = HostedVoicemailPolicy(identity="ExRedmond", destination="um.litwareinc.com", organizations=("b.contoso.com",))
ALICE = User(
    sip_address="alice@contoso.com",
    display_name="Alice",
    registrar_pool="pool01.contoso.com",
    hosted_voicemail_policy="exredmond",
)
ROY = User(sip_address="roy@contoso.com", display_name="Roy", user_principal_name="lobby@contoso.com")
LOBBY = UmContact(sip_address="lobby@contoso.com", display_number="1")
VIEW = View(
    Deployment(
        users=(ALICE, ROY),
        contacts=(LOBBY, UmContact(sip_address="desk@contoso.com", display_number="2")),
        policies=(EVERYONE, REDMOND, EX_REDMOND),
        pools=(Pool(fqdn="pool01.contoso.com", site="Redmond"),),
    )
)


def identities(view: View, **parameters: str) -> list[str]:
    """The identities of the policies that Get-CsHostedVoicemailPolicy prints."""
    result = get_cs_hosted_voicemail_policy(view, **parameters)
    assert (result.changes, result.warnings) == ((), ())
    return [str(policy.identity) for policy in result.output if isinstance(policy, HostedVoicemailPolicy)]


class TestCmd1:
    """Clause: CMD-1."""

    @pytest.mark.parametrize("identity", ["site:Seattle", "SITE:Seattle", "tag:Seattle", "Seattle", PolicyIdentity("Seattle")])
    def test_it_creates_the_policy_and_prints_it(self, identity: str | PolicyIdentity) -> None:
        """The new policy has what was given."""
        result = new_cs_hosted_voicemail_policy(
            VIEW,
            identity=identity,
            description="New",
            destination="UM.contoso.com",
            organization="b.contoso.com, a.contoso.com,b.contoso.com",
        )
        (policy,) = result.output
        assert isinstance(policy, HostedVoicemailPolicy)
        assert policy == HostedVoicemailPolicy(
            identity=identity,
            description="New",
            destination="um.contoso.com",
            organizations=("b.contoso.com", "a.contoso.com"),
        )
        later = VIEW.after(result.changes)
        assert tuple(later.policies) == (EVERYONE, REDMOND, EX_REDMOND, policy)
        assert result.warnings == ()

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_what_is_left_out_is_empty(self, nothing: str | None) -> None:
        """A policy without Destination and Organization is legal; an empty text is none."""
        result = new_cs_hosted_voicemail_policy(VIEW, identity="New", destination=nothing, organization=nothing)
        assert result.output == (HostedVoicemailPolicy(identity="New"),)
        assert new_cs_hosted_voicemail_policy(VIEW, identity="New").output == result.output

    @pytest.mark.parametrize("identity", ["Global", "GLOBAL", GLOBAL])
    def test_the_global_policy_cannot_be_made(self, identity: str | PolicyIdentity) -> None:
        """It always exists."""
        with pytest.raises(WrongPolicyScope):
            new_cs_hosted_voicemail_policy(VIEW, identity=identity)

    @pytest.mark.parametrize("identity", ["exredmond", "TAG:ExRedmond", "site:REDMOND"])
    def test_an_identity_in_use_is_refused(self, identity: str) -> None:
        """Identities are unique, in any case."""
        with pytest.raises(IdentityInUse):
            new_cs_hosted_voicemail_policy(VIEW, identity=identity)

    def test_the_same_name_in_another_scope_is_free(self) -> None:
        """A site and a per-user policy may have the same name."""
        result = new_cs_hosted_voicemail_policy(VIEW, identity="Redmond")
        assert len(tuple(VIEW.after(result.changes).policies)) == 4

    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            ({"identity": "service:Redmond"}, InvalidPolicyIdentity),
            ({"identity": ""}, InvalidPolicyIdentity),
            ({"identity": 7}, InvalidPolicyIdentity),
            ({"identity": "New", "destination": "um.contoso.com:5061"}, InvalidFqdn),
            ({"identity": "New", "organization": "a.contoso.com,"}, InvalidOrganization),
            ({"identity": "New", "description": "a\nb"}, InvalidText),
        ],
    )
    def test_malformed_values_are_refused(self, parameters: dict[str, str], error: type[ExumRoutingError]) -> None:
        """The models check what they are given."""
        with pytest.raises(error):
            new_cs_hosted_voicemail_policy(VIEW, **parameters)


class TestCmd2:
    """Clause: CMD-2."""

    @pytest.mark.parametrize(
        ("parameters", "changed"),
        [
            ({}, {}),
            ({"description": "New"}, {"description": "New"}),
            ({"description": None}, {"description": None}),
            ({"destination": "um.contoso.com"}, {"destination": "um.contoso.com"}),
            ({"destination": None}, {"destination": None}),
            ({"destination": ""}, {"destination": None}),
            ({"organization": "c.contoso.com"}, {"organizations": ("c.contoso.com",)}),
            ({"organization": None}, {"organizations": ()}),
            ({"organization": ""}, {"organizations": ()}),
        ],
    )
    def test_it_changes_what_is_given(self, parameters: dict[str, str], changed: dict[str, str]) -> None:
        """Every other attribute stays; nothing is printed."""
        result = set_cs_hosted_voicemail_policy(VIEW, identity="SITE:redmond", **parameters)
        assert (result.output, result.warnings) == ((), ())
        assert tuple(VIEW.after(result.changes).policies) == (EVERYONE, attrs.evolve(REDMOND, **changed), EX_REDMOND)

    def test_without_identity_it_changes_the_global_policy(self) -> None:
        """The others stay as they are."""
        result = set_cs_hosted_voicemail_policy(VIEW, organization="c.contoso.com")
        changed = attrs.evolve(EVERYONE, organizations=("c.contoso.com",))
        assert tuple(VIEW.after(result.changes).policies) == (changed, REDMOND, EX_REDMOND)

    def test_the_identity_keeps_its_spelling(self) -> None:
        """There is no rename, not of its case either."""
        result = set_cs_hosted_voicemail_policy(VIEW, identity="EXREDMOND", description="New")
        changed = VIEW.after(result.changes).policy(EX_REDMOND.identity)
        assert changed is not None
        assert str(changed.identity) == "tag:ExRedmond"

    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            ({"identity": "Redmond"}, UnknownIdentity),
            ({"identity": "a:b"}, InvalidPolicyIdentity),
            ({"destination": "."}, InvalidFqdn),
            ({"organization": ","}, InvalidOrganization),
            ({"description": "\x00"}, InvalidText),
        ],
    )
    def test_refusals(self, parameters: dict[str, str], error: type[ExumRoutingError]) -> None:
        """A policy that is not there, and malformed values."""
        with pytest.raises(error):
            set_cs_hosted_voicemail_policy(VIEW, **parameters)


class TestCmd3:
    """Clause: CMD-3."""

    def test_all(self) -> None:
        """Without parameters it prints every policy, in document order."""
        assert identities(VIEW) == ["Global", "site:Redmond", "tag:ExRedmond"]

    @pytest.mark.parametrize("identity", ["ExRedmond", "tag:exredmond"])
    def test_one_by_identity(self, identity: str) -> None:
        """In any case, with the prefix of a per-user policy or without."""
        assert identities(VIEW, identity=identity) == ["tag:ExRedmond"]

    @pytest.mark.parametrize(
        ("wildcard", "wanted"),
        [
            ("*", ["Global", "site:Redmond", "tag:ExRedmond"]),
            ("tag:*", ["tag:ExRedmond"]),
            ("TAG*", ["tag:ExRedmond"]),
            ("*redmond", ["site:Redmond", "tag:ExRedmond"]),
            ("g[lm]obal", ["Global"]),
            ("globa?", ["Global"]),
            ("ExRedmond", []),
        ],
    )
    def test_filter_matches_the_stored_identity(self, wildcard: str, wanted: list[str]) -> None:
        """The prefix is part of what a Filter is compared with."""
        assert identities(VIEW, filter=wildcard) == wanted

    def test_unknown_identity_is_refused(self) -> None:
        """Asking for one that is not there fails; so does an identity that is none."""
        with pytest.raises(UnknownIdentity):
            identities(VIEW, identity="Seattle")
        with pytest.raises(InvalidPolicyIdentity):
            identities(VIEW, identity="a:b")

    def test_a_dot_is_a_dot(self) -> None:
        """Nothing of a wildcard is read as a regular expression."""
        assert matches("a.b", "A.*")
        assert not matches("aXb", "a.b")


class TestCmd4:
    """Clause: CMD-4."""

    @pytest.mark.parametrize("policy_name", ["ExRedmond", "tag:exredmond", PolicyIdentity("EXREDMOND")])
    @pytest.mark.parametrize("identity", ["roy@contoso.com", "SIP:Roy@contoso.com", "Roy", "r*"])
    def test_to_a_user(self, identity: str, policy_name: str | PolicyIdentity) -> None:
        """The assignment has the policy's own spelling; nothing is printed."""
        result = grant_cs_hosted_voicemail_policy(VIEW, identity=identity, policy_name=policy_name)
        assert (result.output, result.warnings) == ((), ())
        changed = VIEW.after(result.changes).user("roy@contoso.com")
        assert changed == attrs.evolve(ROY, hosted_voicemail_policy="ExRedmond")
        assert changed is not None
        assert str(changed.hosted_voicemail_policy) == "tag:ExRedmond"

    def test_to_a_contact(self) -> None:
        """A contact object is named by its SIP address."""
        result = grant_cs_hosted_voicemail_policy(VIEW, identity="DESK@contoso.com", policy_name="ExRedmond", pass_thru=True)
        (changed,) = result.output
        assert isinstance(changed, UmContact)
        assert changed.hosted_voicemail_policy == EX_REDMOND.identity
        assert tuple(VIEW.after(result.changes).contacts) == (LOBBY, changed)

    def test_null_unassigns(self) -> None:
        """The user falls to the policy of the site."""
        result = grant_cs_hosted_voicemail_policy(VIEW, identity="Alice", policy_name=None, pass_thru=True)
        assert result.output == (attrs.evolve(ALICE, hosted_voicemail_policy=None),)
        assert get_cs_effective_policy(VIEW.after(result.changes), identity="Alice").output == (REDMOND,)

    @pytest.mark.parametrize("policy_name", ["Global", "site:Redmond", GLOBAL])
    def test_a_site_or_global_policy_cannot_be_granted(self, policy_name: str | PolicyIdentity) -> None:
        """They reach their users by themselves."""
        with pytest.raises(WrongPolicyScope):
            grant_cs_hosted_voicemail_policy(VIEW, identity="Roy", policy_name=policy_name)

    @pytest.mark.parametrize(
        ("identity", "policy_name", "error"),
        [
            ("Roy", "Redmond", UnknownIdentity),
            ("Roy", "a:b", InvalidPolicyIdentity),
            ("Nobody", "ExRedmond", UnknownIdentity),
            ("*", "ExRedmond", AmbiguousIdentity),
            ("lobby@contoso.com", "ExRedmond", AmbiguousIdentity),
        ],
    )
    def test_refusals(self, identity: str, policy_name: str, error: type[ExumRoutingError]) -> None:
        """A policy or an account that is not there; a name that fits several, a contact and a user among them."""
        with pytest.raises(error):
            grant_cs_hosted_voicemail_policy(VIEW, identity=identity, policy_name=policy_name)

    def test_a_scheme_makes_a_contact_plain(self) -> None:
        """With sip: the identity is a SIP address and no user principal name."""
        (change,) = grant_cs_hosted_voicemail_policy(VIEW, identity="sip:lobby@contoso.com", policy_name="ExRedmond").changes
        assert (change.kind, change.key) == (ObjectKind.CONTACT, LOBBY.sip_address)

    def test_a_policy_without_destination_can_be_granted(self) -> None:
        """The grant succeeds; to enable the user fails."""
        view = VIEW.after(new_cs_hosted_voicemail_policy(VIEW, identity="Bare").changes)
        result = grant_cs_hosted_voicemail_policy(view, identity="Roy", policy_name="Bare")
        assert len(result.changes) == 1


class TestCmd5:
    """Clause: CMD-5."""

    def test_its_users_fall_to_site_then_global(self) -> None:
        """They keep the name: once the policy is made anew it applies again."""
        view = VIEW
        applied: list[object] = []
        for identity in ("tag:EXREDMOND", "site:Redmond"):
            result = remove_cs_hosted_voicemail_policy(view, identity=identity)
            assert (result.output, result.warnings) == ((), ())
            view = view.after(result.changes)
            applied += get_cs_effective_policy(view, identity="Alice").output
        assert applied == [REDMOND, EVERYONE]
        assert view.user("alice@contoso.com") is ALICE
        new = new_cs_hosted_voicemail_policy(view, identity="ExRedmond", destination="um.contoso.com")
        assert get_cs_effective_policy(view.after(new.changes), identity="Alice").output == new.output

    @pytest.mark.parametrize("identity", ["Global", "GLOBAL", GLOBAL])
    def test_the_global_policy_outlives_it(self, identity: str | PolicyIdentity) -> None:
        """It is reset to an empty one, with a warning."""
        result = remove_cs_hosted_voicemail_policy(VIEW, identity=identity)
        assert result.warnings == ("The global policy cannot be removed: it was reset to an empty one.",)
        assert tuple(VIEW.after(result.changes).policies) == (HostedVoicemailPolicy(identity=GLOBAL), REDMOND, EX_REDMOND)

    @pytest.mark.parametrize("identity", ["Redmond", "site:ExRedmond"])
    def test_unknown_identity_is_refused(self, identity: str) -> None:
        """A policy that is not there cannot be removed."""
        with pytest.raises(UnknownIdentity):
            remove_cs_hosted_voicemail_policy(VIEW, identity=identity)

    def test_an_identity_that_is_none_is_refused(self) -> None:
        """As everywhere."""
        with pytest.raises(InvalidPolicyIdentity):
            remove_cs_hosted_voicemail_policy(VIEW, identity="tag:")


@given(strategies.hosted_voicemail_policies())
def test_new_makes_every_policy_there_can_be(policy: HostedVoicemailPolicy) -> None:
    """New- with a policy's own words makes that policy; of the global one, Set- does."""
    words: dict[str, Any] = {
        "description": policy.description,
        "destination": policy.destination,
        "organization": ", ".join(policy.organizations),
    }
    view = View(Deployment())
    if policy.identity == GLOBAL:
        result = set_cs_hosted_voicemail_policy(view, **words)
    else:
        result = new_cs_hosted_voicemail_policy(view, identity=str(policy.identity), **words)
    assert view.after(result.changes).policy(policy.identity) == policy


@pytest.mark.parametrize(
    ("text", "wildcard", "expected"),
    [
        ("!a", "[!a]a", True),
        ("xa", "[!a]a", False),
        ("a*", "a`*", True),
        ("ab", "a`*", False),
        ("[", "`[", True),
        ("B", "[a-c]", True),
        ("d", "[a-c]", False),
        ("a", "[c-a]", False),
        ("-", "[a-]", True),
        ("b", "[-c]", False),
        ("]", "[]a]", True),
        ("^", "[^a]", True),
        ("b", "[^a]", False),
        ("\\", "[\\d]", True),
        ("[]", "[]", True),
        ("[a", "[a", True),
        ("`a", "`a", True),
        ("`*", "``*", True),
        ("`b", "``*", False),
        ("a\nb", "a?b", True),
        ("a\n\nb", "a*b", True),
        ("ab", "ab*ba", False),
        ("aba", "ab*ba", False),
        ("abba", "ab*ba", True),
        ("abcab", "*ab", True),
        ("abcabc", "*ab", False),
        ("abc", "", False),
        ("", "", True),
        ("", "**", True),
        ("a.b", "a[.]b", True),
    ],
)
def test_wildcards_are_those_of_powershell(text: str, wildcard: str, expected: bool) -> None:
    """A set is not negated by ``!``, and a backtick takes a special character's meaning away."""
    assert matches(text, wildcard) is expected
