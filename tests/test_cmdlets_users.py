"""The cmdlets of user accounts: enabling and disabling hosted voice mail, and how an account is named."""

from typing import Any

import attrs
import pytest

from exum_routing import (
    GLOBAL,
    READINGS,
    AuthorsDisagree,
    Deployment,
    ExumRoutingError,
    HostedUm,
    HostedVoicemailPolicy,
    HostingProvider,
    InvalidFqdn,
    InvalidValue,
    Pool,
    User,
    route,
)
from exum_routing.cmdlets import (
    NOT_GIVEN,
    CmdletResult,
    ObjectKind,
    View,
    exchange_sets_hosted_voice_mail,
    get_cs_effective_policy,
    get_cs_user,
    move_cs_user,
    set_cs_user,
)
from exum_routing.cmdlets.names import the_user
from exum_routing.cmdlets.result import given
from exum_routing.errors import AmbiguousIdentity, CmdletRefused, NoUsablePolicyApplies, UnknownIdentity, UsablePolicyApplies
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading, Disabling, ForeignValue

USABLE = HostedVoicemailPolicy(identity="Usable", destination="um.litwareinc.com")
BARE = HostedVoicemailPolicy(identity="Bare", organizations=("corp.contoso.com",))
EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination="exap.um.outlook.com")
ALWAYS = CmdletReading(disabling=Disabling.ALWAYS_ALLOWED)
WARN_ONLY = CmdletReading(foreign_value=ForeignValue.WARN_ONLY)


def view_of(*values: str, policy: str | None = None, of_everyone: HostedVoicemailPolicy | None = None) -> View:
    """Alice with these values in her attribute, and with this policy assigned; the global policy is empty unless given."""
    alice = User(sip_address="alice@contoso.com", hosted_voicemail_policy=policy, voice_mail_settings=values)
    policies = (of_everyone or HostedVoicemailPolicy(identity=GLOBAL), USABLE, BARE)
    return View(Deployment(users=(alice,), policies=policies))


def set_alice(view: View, reading: CmdletReading = DEFAULT_CMDLET_READING, **parameters: Any) -> CmdletResult:
    """Set-CsUser on Alice."""
    return set_cs_user(view.under(reading), identity="sip:alice@contoso.com", **parameters)


def values_after(view: View, result: CmdletResult) -> tuple[str, ...]:
    """What is in Alice's attribute afterwards; she is all that may have changed."""
    assert result.output == ()
    later = view.after(result.changes)
    (alice,) = later.users
    assert later.folded() == attrs.evolve(view.folded(), users=(alice,))
    return alice.voice_mail_settings.values


class TestCmd6:
    """Clause: CMD-6."""

    @pytest.mark.parametrize("before", [(), ("CsHostedVoiceMail=0",), ("CsHostedVoiceMail=1",), ("cshostedvoicemail=0",)])
    @pytest.mark.parametrize(
        ("policy", "of_everyone"), [("usable", None), ("Usable", EVERYONE), (None, EVERYONE), ("Gone", EVERYONE)]
    )
    def test_it_is_written(
        self, before: tuple[str, ...], policy: str | None, of_everyone: HostedVoicemailPolicy | None
    ) -> None:
        """Whichever policy applies, and whatever the pair said."""
        view = view_of(*before, policy=policy, of_everyone=of_everyone)
        result = set_alice(view, hosted_voice_mail=True)
        assert values_after(view, result) == ("CsHostedVoiceMail=1",)
        assert result.warnings == ()

    @pytest.mark.parametrize(("policy", "of_everyone"), [(None, None), ("Gone", None), ("Bare", None), ("Bare", EVERYONE)])
    @pytest.mark.parametrize("reading", [CmdletReading(), ALWAYS, WARN_ONLY])
    def test_without_a_usable_policy_it_is_refused(
        self, policy: str | None, of_everyone: HostedVoicemailPolicy | None, reading: CmdletReading
    ) -> None:
        """A policy without Destination is of no use, and nothing is taken from a wider one; no reading changes that."""
        view = view_of("Other=1", policy=policy, of_everyone=of_everyone)
        with pytest.raises(NoUsablePolicyApplies):
            set_alice(view, hosted_voice_mail=True, reading=reading)

    @pytest.mark.parametrize(
        "reading",
        [reading for reading in READINGS if reading.authors_disagree is not AuthorsDisagree.EXCHANGE_WINS],
    )
    @pytest.mark.parametrize("before", [(), ("ExchangeHostedVoiceMail=0",), ("CsHostedVoiceMail=0",)])
    def test_an_enabled_user_is_routed_to_hosted_um(self, before: tuple[str, ...], reading: Any) -> None:
        """What the cmdlet asks for is what routing needs, unless Exchange's own pair is what counts."""
        view = view_of(*before, policy="Usable")
        later = view.after(set_alice(view, hosted_voice_mail=True).changes).folded()
        decision = route(later.users[0], later, reading=reading)
        assert isinstance(decision, HostedUm)
        assert decision.policy is USABLE


class TestCmd7:
    """Clause: CMD-7."""

    @pytest.mark.parametrize(("policy", "of_everyone"), [("Usable", None), (None, EVERYONE), ("Gone", EVERYONE)])
    def test_it_is_refused_while_a_usable_policy_applies(
        self, policy: str | None, of_everyone: HostedVoicemailPolicy | None
    ) -> None:
        """Another reading writes the pair."""
        view = view_of("CsHostedVoiceMail=1", policy=policy, of_everyone=of_everyone)
        with pytest.raises(UsablePolicyApplies):
            set_alice(view, hosted_voice_mail=False)
        allowed = set_alice(view, hosted_voice_mail=False, reading=ALWAYS)
        assert values_after(view, allowed) == ("CsHostedVoiceMail=0",)

    @pytest.mark.parametrize(("policy", "of_everyone"), [(None, None), ("Bare", None), ("Bare", EVERYONE)])
    @pytest.mark.parametrize("reading", [CmdletReading(), ALWAYS])
    def test_else_it_is_written(
        self, policy: str | None, of_everyone: HostedVoicemailPolicy | None, reading: CmdletReading
    ) -> None:
        """A policy without Destination stands in nobody's way."""
        view = view_of("CsHostedVoiceMail=1", policy=policy, of_everyone=of_everyone)
        result = set_alice(view, hosted_voice_mail=False, reading=reading)
        assert values_after(view, result) == ("CsHostedVoiceMail=0",)
        assert result.warnings == ()


class TestCmd8:
    """Clause: CMD-8."""

    @pytest.mark.parametrize("before", [(), ("CsHostedVoiceMail=1",), ("Other=1", "ExchangeHostedVoiceMail=1")])
    @pytest.mark.parametrize("policy", [None, "Usable"])
    @pytest.mark.parametrize("reading", [CmdletReading(), WARN_ONLY])
    def test_nothing_is_left(self, before: tuple[str, ...], policy: str | None, reading: CmdletReading) -> None:
        """Foreign values go too, and no policy is asked for."""
        view = view_of(*before, policy=policy)
        result = set_alice(view, hosted_voice_mail=None, reading=reading)
        assert values_after(view, result) == ()
        assert result.warnings == ()


class TestCmd9:
    """Clause: CMD-9."""

    @pytest.mark.parametrize(
        ("before", "foreign", "after"),
        [
            (("Other=1",), "Other=1", ("Other=1", "CsHostedVoiceMail=1")),
            (("CsHostedVoiceMail=2",), "CsHostedVoiceMail=2", ("CsHostedVoiceMail=2", "CsHostedVoiceMail=1")),
            (
                ("ExchangeHostedVoiceMail=0",),
                "ExchangeHostedVoiceMail=0",
                ("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1"),
            ),
            (
                ("a", "CsHostedVoiceMail=0", "exchangehostedvoicemail=1"),
                "a; ExchangeHostedVoiceMail=1",
                ("a", "CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=1"),
            ),
        ],
    )
    def test_it_warns_and_keeps_the_value(self, before: tuple[str, ...], foreign: str, after: tuple[str, ...]) -> None:
        """The warning names the values; the pair stands where it stood, or behind the others."""
        view = view_of(*before, policy="Usable")
        result = set_alice(view, hosted_voice_mail=True)
        assert values_after(view, result) == after
        (warning,) = result.warnings
        assert warning == (
            f"sip:alice@contoso.com has {foreign} in msExchUCVoiceMailSettings, which may be managed by a different "
            "application: edit it in Active Directory, or give $null to clear it."
        )

    def test_disabling_warns_too(self) -> None:
        """The value 0 is written as 1 is."""
        view = view_of("Other=1")
        result = set_alice(view, hosted_voice_mail=False)
        assert values_after(view, result) == ("Other=1", "CsHostedVoiceMail=0")
        assert len(result.warnings) == 1

    def test_another_reading_writes_nothing(self) -> None:
        """It warns in the same words; what else was given is written."""
        view = view_of("Other=1", policy="Usable")
        result = set_alice(view, hosted_voice_mail=True, reading=WARN_ONLY)
        assert result.warnings == set_alice(view, hosted_voice_mail=True).warnings
        assert result.changes == ()
        both = set_alice(view, hosted_voice_mail=True, enterprise_voice_enabled=True, reading=WARN_ONLY)
        assert values_after(view, both) == ("Other=1",)
        (alice,) = view.after(both.changes).users
        assert alice.enterprise_voice_enabled is True

    def test_that_reading_writes_where_there_is_no_foreign_value(self) -> None:
        """A pair of Skype for Business Server's own is no foreign value."""
        view = view_of("CsHostedVoiceMail=0", policy="Usable")
        result = set_alice(view, hosted_voice_mail=True, reading=WARN_ONLY)
        assert values_after(view, result) == ("CsHostedVoiceMail=1",)
        assert result.warnings == ()


ALICE = User(sip_address="alice@contoso.com", display_name="Alice", distinguished_name="CN=Alice,OU=UM,DC=contoso,DC=com")
ALAN = User(sip_address="alan@contoso.com", display_name="Alan", distinguished_name="CN=Alan,OU=XUM,DC=contoso,DC=com")
ROY = User(sip_address="roy@contoso.com", display_name="Roy", sam_account_name="roy", enterprise_voice_enabled=True)
PEOPLE = View(Deployment(users=(ALICE, ALAN, ROY), policies=(EVERYONE,), pools=(Pool(fqdn="p", site="Redmond"),)))


class TestCmd13:
    """Clause: CMD-13."""

    @pytest.mark.parametrize("identity", ["roy@contoso.com", "Roy", "ro*", "CONTOSO\\roy"])
    def test_only_the_user_named_is_changed(self, identity: str) -> None:
        """However the account is named."""
        result = set_cs_user(PEOPLE, identity=identity, hosted_voice_mail=True)
        (change,) = result.changes
        assert (change.kind, change.key) == (ObjectKind.USER, ROY.sip_address)
        changed = attrs.evolve(ROY, voice_mail_settings=("CsHostedVoiceMail=1",))
        assert PEOPLE.after(result.changes).folded() == attrs.evolve(PEOPLE.deployment, users=(ALICE, ALAN, changed))

    @pytest.mark.parametrize(
        ("identity", "error"),
        [("roy", None), ("nobody", UnknownIdentity), ("al*", AmbiguousIdentity), ("*", AmbiguousIdentity)],
    )
    def test_a_refused_cmdlet_changes_nothing(self, identity: str, error: type[ExumRoutingError] | None) -> None:
        """A view never changes itself; a refusal gives no changes to lay over it."""
        if error is None:
            assert set_cs_user(PEOPLE, identity=identity).changes == ()
        else:
            with pytest.raises(error):
                set_cs_user(PEOPLE, identity=identity, hosted_voice_mail=True)
        assert PEOPLE.folded() is PEOPLE.deployment

    def test_a_logon_name_alone_is_no_identity(self) -> None:
        """The domain has to be given."""
        view = View(Deployment(users=(attrs.evolve(ROY, display_name=None),)))
        assert the_user(view, "CONTOSO\\ROY").sip_address == ROY.sip_address
        with pytest.raises(UnknownIdentity):
            the_user(view, "roy")

    def test_a_name_that_fits_several_is_refused_naming_them(self) -> None:
        """Five of them at most, and how many there are."""
        seven = tuple(User(sip_address=f"u{number}@contoso.com", display_name="Same") for number in range(7))
        with pytest.raises(AmbiguousIdentity) as caught:
            the_user(View(Deployment(users=seven)), "SAME")
        five = ", ".join(f"sip:u{number}@contoso.com" for number in range(5))
        assert caught.value.value == "SAME"
        assert f"7 users, {five} and 2 more: " in str(caught.value)
        with pytest.raises(AmbiguousIdentity) as caught:
            the_user(View(Deployment(users=seven[:2])), "SAME")
        assert "fits 2 users, sip:u0@contoso.com, sip:u1@contoso.com: give" in str(caught.value)


@pytest.mark.parametrize("enabled", [True, False])
def test_enterprise_voice_is_set_without_any_policy(enabled: bool) -> None:
    """It has nothing to do with hosted voice mail."""
    view = view_of("Other=1")
    result = set_alice(view, enterprise_voice_enabled=enabled)
    assert result.warnings == ()
    (alice,) = view.after(result.changes).users
    assert alice == attrs.evolve(view.deployment.users[0], enterprise_voice_enabled=enabled)


def test_nothing_given_changes_nothing() -> None:
    """Set-CsUser with an Identity alone has no effect."""
    assert set_alice(view_of("Other=1")) == CmdletResult()


@pytest.mark.parametrize(
    "parameters",
    [
        {"hosted_voice_mail": 1},
        {"hosted_voice_mail": "True"},
        {"enterprise_voice_enabled": 0},
        {"enterprise_voice_enabled": None},
    ],
)
def test_what_is_no_flag_is_refused(parameters: dict[str, Any]) -> None:
    """True, False, and for HostedVoiceMail None."""
    with pytest.raises(InvalidValue):
        set_alice(view_of(policy="Usable"), **parameters)


@pytest.mark.parametrize("field", ["disabling", "foreign_value"])
def test_a_reading_is_of_closed_sets(field: str) -> None:
    """Its wire spelling is no member."""
    default = getattr(CmdletReading(), field)
    with pytest.raises(InvalidValue):
        CmdletReading(**{field: default.value})


@pytest.mark.parametrize(
    ("before", "enabled", "after"),
    [
        ((), True, ("ExchangeHostedVoiceMail=1",)),
        (("ExchangeHostedVoiceMail=1", "a"), False, ("ExchangeHostedVoiceMail=0", "a")),
        (("CsHostedVoiceMail=0",), True, ("CsHostedVoiceMail=0", "ExchangeHostedVoiceMail=1")),
    ],
)
def test_exchange_writes_only_its_own_pair(before: tuple[str, ...], enabled: bool, after: tuple[str, ...]) -> None:
    """It asks for no policy and warns of nothing (ATTR-9)."""
    view = view_of(*before)
    result = exchange_sets_hosted_voice_mail(view, identity="alice@contoso.com", enabled=enabled)
    assert values_after(view, result) == after
    assert result.warnings == ()


def test_exchange_gives_a_flag() -> None:
    """None is not one."""
    with pytest.raises(InvalidValue):
        exchange_sets_hosted_voice_mail(view_of(), identity="alice@contoso.com", enabled=None)  # type: ignore[arg-type] # no flag


@pytest.mark.parametrize(
    ("parameters", "wanted"),
    [
        ({}, (ALICE, ALAN, ROY)),
        ({"identity": "ALICE"}, (ALICE,)),
        ({"identity": "al*"}, (ALICE, ALAN)),
        ({"identity": "z*"}, ()),
        ({"filter": lambda user: user.enterprise_voice_enabled is True}, (ROY,)),
        ({"identity": "al*", "filter": lambda user: user.display_name == "Alan"}, (ALAN,)),
        ({"ou": "ou=um,dc=contoso,DC=com"}, (ALICE,)),
        ({"ou": "DC=contoso,DC=com"}, (ALICE, ALAN)),
    ],
    ids=[
        "all",
        "one",
        "wildcard",
        "nobody",
        "filter",
        "wildcard and filter",
        "unit",
        "domain",
    ],
)
def test_get_cs_user(parameters: dict[str, Any], wanted: tuple[User, ...]) -> None:
    """It prints every user for whom all that was given holds, in document order, and changes nothing."""
    assert get_cs_user(PEOPLE, **parameters) == CmdletResult(output=wanted)


def test_get_cs_user_asks_for_somebody() -> None:
    """An identity without * that fits nobody, or several, is refused."""
    with pytest.raises(UnknownIdentity):
        get_cs_user(PEOPLE, identity="nobody")
    several = View(Deployment(users=(ALICE, attrs.evolve(ALAN, display_name="Alice"))))
    with pytest.raises(AmbiguousIdentity):
        get_cs_user(several, identity="alice")
    assert len(get_cs_user(several, identity="alice*").output) == 2


def test_get_cs_effective_policy() -> None:
    """It prints the policy that applies."""
    assert get_cs_effective_policy(PEOPLE, identity="Roy") == CmdletResult(output=(EVERYONE,))
    assert get_cs_effective_policy(view_of(policy="bare"), identity="alice@contoso.com").output == (BARE,)
    with pytest.raises(UnknownIdentity):
        get_cs_effective_policy(PEOPLE, identity="nobody")


def test_given_tells_null_from_what_was_not_given() -> None:
    """$null is a value."""
    assert given(a=None, b=NOT_GIVEN, c=False) == {"a": None, "c": False}


def test_five_whom_an_identity_fits_are_all_named() -> None:
    """Up to five are named, and only of more it is said how many more there are."""
    users = tuple(User(sip_address=f"u{number}@contoso.com", display_name="Same") for number in range(5))
    with pytest.raises(AmbiguousIdentity, match=r"fits 5 users, [^ ]+, [^ ]+, [^ ]+, [^ ]+, sip:u4@contoso.com: give"):
        set_cs_user(View(Deployment(users=users)), identity="Same", hosted_voice_mail=None)


@pytest.mark.parametrize("users", [(), (ALICE,)], ids=["nobody", "somebody"])
def test_an_ou_that_is_no_distinguished_name_is_refused(users: tuple[User, ...]) -> None:
    """Whoever is in the deployment, nobody too, the parameter is checked."""
    with pytest.raises(InvalidValue, match="is not a distinguished name"):
        get_cs_user(View(Deployment(users=users)), ou="contoso.com/Customers")


class TestCmd14:
    """Clause: CMD-14."""

    @pytest.mark.parametrize("target", ["Pool02.contoso.com", "sipfed", "pool.sipfed.contoso.com"])
    def test_move_changes_the_pool_alone(self, target: str) -> None:
        """To a pool that is described or not; the attribute, the policy and everybody else stay."""
        view = view_of("CsHostedVoiceMail=1", policy="Usable")
        result = move_cs_user(view, identity="alice@contoso.com", target=target)
        before = view.deployment
        moved = attrs.evolve(before.users[0], registrar_pool=target.lower())
        assert view.after(result.changes).folded() == attrs.evolve(before, users=(moved, *before.users[1:]))
        assert result.output == ()
        assert move_cs_user(view, identity="alice@contoso.com", target=target, pass_thru=True).output == (moved,)

    @pytest.mark.parametrize("target", ["sipfed.online.lync.com", "SIPFED.online.partner.lync.cn", "Proxy.fabrikam.com"])
    def test_move_online_is_refused(self, target: str) -> None:
        """A service of hybrid accounts in any cloud, and the proxy of any hosting provider, homes accounts online."""
        provider = HostingProvider(identity="Fabrikam", proxy_fqdn="proxy.fabrikam.com", enabled=False)
        view = View(Deployment(users=(ALICE,), providers=(provider,)))
        with pytest.raises(CmdletRefused, match="homed online"):
            move_cs_user(view, identity=ALICE.sip_address, target=target)

    @pytest.mark.parametrize(
        ("identity", "target", "error"),
        [("nobody", "pool02.contoso.com", UnknownIdentity), ("alice@contoso.com", "pool 2", InvalidFqdn)],
    )
    def test_move_refuses(self, identity: str, target: str, error: type[ExumRoutingError]) -> None:
        """An Identity that fits nobody, and a target that is not an FQDN."""
        with pytest.raises(error):
            move_cs_user(View(Deployment(users=(ALICE,))), identity=identity, target=target)
