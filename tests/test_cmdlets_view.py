"""A deployment under administration: changes laid over it, how the view finds things, and the fold."""

from collections.abc import Callable

import attrs
import pytest

from exum_routing import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    DuplicateIdentity,
    Fqdn,
    HostedVoicemailPolicy,
    HostingProvider,
    InvalidSipAddress,
    InvalidValue,
    PolicyIdentity,
    Pool,
    Subject,
    UmContact,
    User,
)
from exum_routing.cmdlets import (
    Change,
    CmdletReading,
    ForeignValue,
    ObjectKind,
    View,
    apply_changes,
    exchange_sets_hosted_voice_mail,
)
from exum_routing.cmdlets.change import changed_access_edge, changed_contact, changed_policy, changed_provider, changed_user

ALICE = User(
    sip_address="alice@contoso.com",
    display_name="Alice Ackerman",
    user_principal_name="AAckerman@corp.contoso.com",
    sam_account_name="alice",
    distinguished_name="CN=Alice,OU=Redmond,DC=contoso,DC=com",
    registrar_pool="pool01.contoso.com",
    hosted_voicemail_policy="ExRedmond",
)
BOB = User(sip_address="bob@contoso.com", display_name="Bob (R+D) [1]", sam_account_name="CONTOSO\\bob")
NAMELESS = User(sip_address="zoe@contoso.com")
LOBBY = UmContact(sip_address="lobby@contoso.com", display_number="+14255550100", registrar_pool="pool01.contoso.com")
DESK = UmContact(sip_address="desk@contoso.com", display_number="+14255550101")
EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination="exap.um.outlook.com")
OF_SITE = HostedVoicemailPolicy(identity="site:Redmond", destination="um.fabrikam.com")
PER_USER = HostedVoicemailPolicy(identity="ExRedmond", destination="um.litwareinc.com")
ONLINE = HostingProvider(identity="Exchange Online", proxy_fqdn="exap.um.outlook.com")
LITWARE = HostingProvider(identity="Litware", proxy_fqdn="um.litwareinc.com")
DEPLOYMENT = Deployment(
    users=(ALICE, BOB, NAMELESS),
    contacts=(LOBBY, DESK),
    policies=(OF_SITE, EVERYONE, PER_USER),
    providers=(ONLINE, LITWARE),
    pools=(Pool(fqdn="pool01.contoso.com", site="Redmond"),),
)
VIEW = View(DEPLOYMENT)


def removed(kind: ObjectKind, key: str) -> Change:
    """That an object is there no longer."""
    return Change(kind, key, None)


def named(view: View, identity: str) -> list[str]:
    """The user parts of the addresses of those whom an Identity fits."""
    return [user.sip_address.user for user in view.users_named(identity)]


def test_a_view_without_changes_is_the_deployment() -> None:
    """What stands in the deployment is found, in document order, and the fold is the deployment itself."""
    assert tuple(VIEW.users) == DEPLOYMENT.users
    assert tuple(VIEW.contacts) == DEPLOYMENT.contacts
    assert tuple(VIEW.policies) == DEPLOYMENT.policies
    assert tuple(VIEW.providers) == DEPLOYMENT.providers
    assert VIEW.access_edge is None
    assert VIEW.folded() is DEPLOYMENT
    assert apply_changes(DEPLOYMENT, ()) is DEPLOYMENT
    assert VIEW.after(()) is VIEW


def test_look_ups_are_without_case() -> None:
    """Addresses, identities and names of pools are found in any case; what is not there is None."""
    assert VIEW.user("SIP:Alice@contoso.com") is ALICE
    assert VIEW.user("lobby@contoso.com") is None
    assert VIEW.contact("LOBBY@contoso.com") is LOBBY
    assert VIEW.contact("alice@contoso.com") is None
    assert VIEW.contacts_with_number("+14255550101")[0] is DESK
    assert VIEW.contacts_with_number("14255550101") == ()
    assert VIEW.policy(PolicyIdentity("TAG:exredmond")) is PER_USER
    assert VIEW.policy(PolicyIdentity("Other")) is None
    assert VIEW.provider("exchange ONLINE") is ONLINE
    assert VIEW.provider("Contoso") is None
    assert VIEW.provider_with_proxy(Fqdn("um.litwareinc.com")) is LITWARE
    assert VIEW.provider_with_proxy(Fqdn("um.contoso.com")) is None
    assert VIEW.pool("POOL01.contoso.com") is DEPLOYMENT.pools[0]
    assert VIEW.pool(None) is None


@pytest.mark.parametrize("look_up", [VIEW.user, VIEW.contact])
def test_what_is_no_sip_address_is_refused(look_up: Callable[[str], Subject | None]) -> None:
    """A look-up by SIP address asks for one."""
    with pytest.raises(InvalidSipAddress):
        look_up("alice")


def test_a_change_shows_in_the_later_view_alone() -> None:
    """The view before still answers as before; the later one and its fold have the new objects, in the old places."""
    bob = attrs.evolve(BOB, enterprise_voice_enabled=True)
    lobby = attrs.evolve(LOBBY, auto_attendant=True)
    of_site = attrs.evolve(OF_SITE, destination=None)
    online = attrs.evolve(ONLINE, enabled=True)
    edge = AccessEdgeConfiguration(allow_federated_users=True)
    later = VIEW.after(
        (
            changed_user(bob),
            changed_contact(lobby),
            changed_policy(of_site),
            changed_provider(online),
            changed_access_edge(edge),
        )
    )
    assert later.folded() == attrs.evolve(
        DEPLOYMENT,
        users=(ALICE, bob, NAMELESS),
        contacts=(lobby, DESK),
        policies=(of_site, EVERYONE, PER_USER),
        providers=(online, LITWARE),
        edge=edge,
    )
    assert later.provider_with_proxy(ONLINE.proxy_fqdn) is online
    assert later.contacts_with_number("+14255550100")[0] is lobby
    assert later.access_edge is edge
    assert VIEW.folded() is DEPLOYMENT
    assert VIEW.user("bob@contoso.com") is BOB
    assert VIEW.access_edge is None


def test_what_is_removed_is_found_by_nothing() -> None:
    """A removed object is found neither by its key nor by its number, ProxyFqdn or names, and does not stand in the fold."""
    later = VIEW.after(
        (
            removed(ObjectKind.USER, ALICE.sip_address),
            removed(ObjectKind.CONTACT, LOBBY.sip_address),
            removed(ObjectKind.POLICY, "tag:exredmond"),
            removed(ObjectKind.PROVIDER, "litware"),
        )
    )
    assert later.user("alice@contoso.com") is None
    assert named(later, "Alice Ackerman") == []
    assert named(later, "CONTOSO\\alice") == []
    assert later.contacts_with_number("+14255550100") == ()
    assert later.provider_with_proxy(LITWARE.proxy_fqdn) is None
    assert later.policy(PER_USER.identity) is None
    assert later.folded() == attrs.evolve(
        DEPLOYMENT, users=(BOB, NAMELESS), contacts=(DESK,), policies=(OF_SITE, EVERYONE), providers=(ONLINE,)
    )


def test_new_objects_stand_last_in_the_order_they_were_made() -> None:
    """What was removed and made anew stands last, as it would if every change were folded by itself."""
    first, second, third = (HostedVoicemailPolicy(identity=name) for name in ("First", "Second", "Third"))
    changes = (
        changed_policy(third),
        changed_policy(first),
        changed_policy(second),
        removed(ObjectKind.POLICY, OF_SITE.identity.key),
        removed(ObjectKind.POLICY, first.identity.key),
        removed(ObjectKind.POLICY, third.identity.key),
        changed_policy(first),
        changed_policy(OF_SITE),
        changed_policy(attrs.evolve(second, description="changed")),
    )
    wanted = (EVERYONE, PER_USER, attrs.evolve(second, description="changed"), first, OF_SITE)
    one_by_one = VIEW
    for change in changes:
        one_by_one = one_by_one.after([change])
    assert tuple(one_by_one.policies) == wanted
    assert tuple(VIEW.after(changes).policies) == wanted


def test_a_user_who_is_made_or_renamed_is_found_by_the_new_names() -> None:
    """Names follow the account, whether it was in the deployment or not."""
    new = User(sip_address="new@contoso.com", display_name="Newcomer", sam_account_name="new")
    renamed = attrs.evolve(ALICE, display_name="Alice Baker", sam_account_name="abaker")
    later = VIEW.after([changed_user(new)]).after([changed_user(renamed)])
    assert named(later, "newcomer") == named(later, "FABRIKAM\\new") == named(later, "new@contoso.com") == ["new"]
    assert named(later, "Alice Ackerman") == named(later, "CONTOSO\\alice") == []
    assert named(later, "Alice Baker") == named(later, "CONTOSO\\ABaker") == ["alice"]
    assert named(later, "*") == ["alice", "bob", "new"]
    assert named(VIEW, "Alice Ackerman") == ["alice"]


def test_a_number_that_several_contacts_have_stays_in_use() -> None:
    """A deployment may hold one number twice; it is free when the last contact that has it gave it up."""
    twin = UmContact(sip_address="twin@contoso.com", display_number=LOBBY.display_number)
    both = View(Deployment(contacts=(LOBBY, twin)))
    assert both.contacts_with_number(LOBBY.display_number)[0] is LOBBY
    one = both.after([removed(ObjectKind.CONTACT, LOBBY.sip_address)])
    assert one.contacts_with_number(LOBBY.display_number)[0] is twin
    none = one.after([changed_contact(attrs.evolve(twin, display_number="1"))])
    assert none.contacts_with_number(LOBBY.display_number) == ()
    kept = both.after([changed_contact(attrs.evolve(LOBBY, auto_attendant=True))])
    assert kept.contacts_with_number(LOBBY.display_number)[0] == attrs.evolve(LOBBY, auto_attendant=True)


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        (ALICE, PER_USER),
        (attrs.evolve(ALICE, hosted_voicemail_policy="Gone"), OF_SITE),
        (LOBBY, OF_SITE),
        (BOB, EVERYONE),
    ],
    ids=["per-user", "missing, so site", "site", "global"],
)
def test_effective_policy(subject: Subject, wanted: HostedVoicemailPolicy) -> None:
    """The narrowest policy applies, as in the deployment."""
    assert VIEW.effective_policy(subject) is wanted
    assert DEPLOYMENT.effective_policy(subject) is wanted


@pytest.mark.parametrize(
    ("identity", "wanted"),
    [
        ("sip:alice@contoso.com", ["alice"]),
        ("SIP:Alice@Contoso.com", ["alice"]),
        ("alice@contoso.com", ["alice"]),
        ("ALICE@contoso.com", ["alice"]),
        ("%61lice@contoso.com", ["alice"]),
        ("sip:alice", []),
        ("sip:nobody@contoso.com", []),
        ("sip:*@contoso.com", []),
        ("sip:aackerman@corp.contoso.com", []),
        ("aackerman@CORP.contoso.com", ["alice"]),
        ("CONTOSO\\alice", ["alice"]),
        ("fabrikam\\ALICE", ["alice"]),
        ("contoso\\BOB", ["bob"]),
        ("fabrikam\\bob", []),
        ("\\alice", []),
        ("\\bob", []),
        ("CONTOSO\\", []),
        ("alice", []),
        ("bob", []),
        ("alice ackerman", ["alice"]),
        ("Alice Ack*", ["alice"]),
        ("*acker*", ["alice"]),
        ("*", ["alice", "bob", "tick"]),
        ("a*z", []),
        ("Alice Ackerma?", []),
        ("Alice Ackerma[n]*", []),
        ("Alice.Ackerman", []),
        ("bob (r+d) [1]", ["bob"]),
        ("Bob (R+D) [*", ["bob"]),
        ("bob*[1]", ["bob"]),
        ("bob*[1", []),
        ("bob*[0-9]", []),
        ("b[o]b*", []),
        ("bob*`[1]", []),
        ("tick ` `* [!a]", ["tick"]),
        ("tick `*", ["tick"]),
        ("TICK*`* [!A]", ["tick"]),
        ("*[!b]", []),
        ("tick `` `*", []),
        ("tick `[`] *", []),
        ("cn=alice,ou=redmond,dc=contoso,dc=com", ["alice"]),
        ("", []),
    ],
)
def test_users_named(identity: str, wanted: list[str]) -> None:
    """The forms of an Identity, in any case; a logon name alone is none; in a display name * alone stands for anything."""
    users = (*DEPLOYMENT.users, User(sip_address="tick@contoso.com", display_name="Tick ` `* [!a]"))
    assert named(View(attrs.evolve(DEPLOYMENT, users=users)), identity) == wanted


def test_an_identity_may_fit_several_in_several_ways() -> None:
    """One user's SIP address, another's UPN, a third's display name, a fourth's logon name; * takes its literal too."""
    users = (
        User(sip_address="star@contoso.com", display_name="A*"),
        User(sip_address="alice@contoso.com", display_name="Alice"),
        User(sip_address="upn@contoso.com", user_principal_name="alice@contoso.com"),
        User(sip_address="name@contoso.com", display_name="alice@contoso.com"),
        User(sip_address="slash@contoso.com", display_name="CONTOSO\\al"),
        User(sip_address="logon@contoso.com", sam_account_name="al"),
        User(sip_address="a*z@contoso.com"),
    )
    view = View(Deployment(users=users))
    assert named(view, "Alice@contoso.com") == ["alice", "upn", "name"]
    assert named(view, "contoso\\AL") == ["slash", "logon"]
    assert named(view, "a*") == ["star", "alice", "name"]
    assert named(view, "a*z@contoso.com") == ["a*z"]
    assert named(view, "sip:a*z@contoso.com") == ["a*z"]


def test_changes_that_do_not_fit_together_are_refused() -> None:
    """A fold is a deployment, and has to be sound."""
    with pytest.raises(DuplicateIdentity):
        apply_changes(DEPLOYMENT, [Change(ObjectKind.USER, "sip:other@contoso.com", ALICE)])


def numbered(name: str, number: str = "1") -> UmContact:
    """A contact with this number."""
    return UmContact(sip_address=f"{name}@contoso.com", display_number=number)


def test_numbers_are_counted_within_several_changes_and_across_them() -> None:
    """Whether a number is in use is known after changes made at once, and after those made one behind the other."""
    view = View(Deployment(contacts=(numbered("a"), numbered("b"))))
    gone = view.after([removed(ObjectKind.CONTACT, "sip:a@contoso.com"), changed_contact(numbered("b", "2"))])
    assert gone.contacts_with_number("1") == ()
    assert gone.after([changed_contact(numbered("a", "9"))]).contacts_with_number("1") == ()
    two = View(Deployment()).after([changed_contact(numbered("c", "5")), changed_contact(numbered("d", "5"))])
    assert two.after([removed(ObjectKind.CONTACT, "sip:d@contoso.com")]).contacts_with_number("5") == (numbered("c", "5"),)
    third = view.after([changed_contact(numbered("e"))])
    left = third.after([removed(ObjectKind.CONTACT, f"sip:{name}@contoso.com") for name in "be"])
    assert left.contacts_with_number("1") == (numbered("a"),)


def test_contacts_with_one_number_stand_in_document_order() -> None:
    """A contact that gets a number stands where the deployment has it; one that is made, or made anew, stands last."""
    view = View(Deployment(contacts=(numbered("a", "9"), numbered("b"), numbered("c"))))
    got = view.after([changed_contact(numbered("d")), changed_contact(numbered("a"))])
    assert got.contacts_with_number("1") == tuple(numbered(name) for name in "abcd")
    anew = got.after([removed(ObjectKind.CONTACT, "sip:b@contoso.com"), changed_contact(numbered("b"))])
    assert anew.contacts_with_number("1") == tuple(numbered(name) for name in "acdb")


@pytest.mark.parametrize("kind", [kind for kind in ObjectKind if kind is not ObjectKind.USER])
def test_a_change_has_an_object_of_its_kind(kind: ObjectKind) -> None:
    """A user is no object of another kind; whatever the kind, an object may be removed."""
    with pytest.raises(InvalidValue, match=f"in {kind.value} cannot be a User: use a "):
        Change(kind, "", ALICE)
    assert removed(kind, "").value is None


def test_an_identity_with_a_scheme_is_an_address_alone() -> None:
    """An Identity that begins with ``sip:`` names whoever has the address, not whose display name it is, wildcards or not."""
    users = (
        User(sip_address="alice@contoso.com"),
        User(sip_address="bob@contoso.com", display_name="sip:alice@contoso.com"),
        User(sip_address="a*@contoso.com"),
        User(sip_address="carol@contoso.com", display_name="sip:ab@contoso.com"),
    )
    view = View(Deployment(users=users))
    assert named(view, "SIP:alice@contoso.com") == ["alice"]
    assert named(view, "sip:a*@contoso.com") == ["a*"]


def test_a_question_mark_is_none_of_an_identitys_wildcards() -> None:
    """In a display name with ``*`` a question mark stands for itself."""
    users = (
        User(sip_address="a@contoso.com", display_name="What? Now"),
        User(sip_address="b@contoso.com", display_name="Whats Now"),
    )
    assert named(View(Deployment(users=users)), "what?*") == ["a"]


def test_a_logon_name_has_one_domain() -> None:
    """Behind the first backslash stands the whole logon name."""
    view = View(Deployment(users=(User(sip_address="a@contoso.com", sam_account_name="kenm"),)))
    assert named(view, "contoso\\kenm") == ["a"]
    assert named(view, "a\\contoso\\kenm") == []


def test_layers_stay_few() -> None:
    """After a hundred changes one by one there are at most seven layers."""
    view = View(Deployment())
    for number in range(100):
        view = view.after([changed_contact(numbered(f"c{number}", str(number + 1)))])
    assert len(view._contents.contacts._entries.layers) <= 7


def test_a_view_keeps_its_reading() -> None:
    """A change does not alter the reading, and a reading does not alter the changes."""
    careful = CmdletReading(foreign_value=ForeignValue.WARN_ONLY)
    view = View(Deployment(users=[User(sip_address="alice@contoso.com")])).under(careful)
    later = view.after(exchange_sets_hosted_voice_mail(view, identity="alice@contoso.com", enabled=True).changes)
    assert later.reading == careful
    assert later.under(CmdletReading()).folded() == later.folded() != view.folded()
