"""The cmdlets of contact objects."""

from typing import Any

import attrs
import pytest

from exum_routing import (
    Deployment,
    ExumRoutingError,
    InvalidDisplayNumber,
    InvalidFqdn,
    InvalidSipAddress,
    InvalidValue,
    UmContact,
    User,
)
from exum_routing.cmdlets import (
    CmdletResult,
    View,
    get_cs_ex_um_contact,
    move_cs_ex_um_contact,
    new_cs_ex_um_contact,
    remove_cs_ex_um_contact,
    set_cs_ex_um_contact,
)
from exum_routing.errors import IdentityInUse, UnknownIdentity

ALICE = User(sip_address="alice@contoso.com")
LOBBY = UmContact(
    sip_address="lobby@contoso.com",
    display_number="+14255550100",
    registrar_pool="pool01.contoso.com",
    auto_attendant=True,
    hosted_voicemail_policy="ExRedmond",
)
DESK = UmContact(sip_address="desk@contoso.com", display_number="14255550101")
VIEW = View(Deployment(users=(ALICE,), contacts=(LOBBY, DESK)))
NEW: dict[str, Any] = {
    "sip_address": "sip:new@contoso.com",
    "registrar_pool": "POOL01.contoso.com",
    "display_number": "1",
    "ou": "OU=Contacts,DC=contoso,DC=com",
}


def after(result: CmdletResult) -> tuple[UmContact, ...]:
    """The contact objects afterwards; nothing else may have changed."""
    later = VIEW.after(result.changes)
    contacts = tuple(later.contacts)
    assert later.folded() == attrs.evolve(VIEW.deployment, contacts=contacts)
    assert result.warnings == ()
    return contacts


class TestCmd12:
    """Clause: CMD-12."""

    @pytest.mark.parametrize("number", ["1", "+1", "14255550100", "9" * 30])
    def test_new_creates_the_contact_and_prints_it(self, number: str) -> None:
        """Subscriber access, unless it is to be an auto attendant; with and without + are two numbers."""
        result = new_cs_ex_um_contact(VIEW, **{**NEW, "display_number": number})
        new = UmContact(sip_address="new@contoso.com", registrar_pool="pool01.contoso.com", display_number=number)
        assert result.output == (new,)
        assert after(result) == (LOBBY, DESK, new)

    def test_new_auto_attendant(self) -> None:
        """The one flag there is."""
        assert new_cs_ex_um_contact(VIEW, **NEW, auto_attendant=True).output == (
            UmContact(
                sip_address="new@contoso.com",
                registrar_pool="pool01.contoso.com",
                display_number="1",
                auto_attendant=True,
            ),
        )

    @pytest.mark.parametrize(
        ("parameters", "value"),
        [
            ({"sip_address": "SIP:Alice@contoso.com"}, "sip:alice@contoso.com"),
            ({"sip_address": "sip:lobby@contoso.com"}, "sip:lobby@contoso.com"),
            ({"display_number": "14255550101"}, "14255550101"),
        ],
    )
    def test_address_and_number_are_unique(self, parameters: dict[str, Any], value: str) -> None:
        """The address among users and contacts, the number among contacts."""
        with pytest.raises(IdentityInUse) as caught:
            new_cs_ex_um_contact(VIEW, **{**NEW, **parameters})
        assert caught.value.value == value

    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            ({"sip_address": "new@contoso.com"}, InvalidSipAddress),
            ({"sip_address": "sips:new@contoso.com"}, InvalidSipAddress),
            ({"sip_address": "sip:new"}, InvalidSipAddress),
            ({"sip_address": None}, InvalidSipAddress),
            ({"display_number": "0800"}, InvalidDisplayNumber),
            ({"display_number": "+0"}, InvalidDisplayNumber),
            ({"display_number": "1 425"}, InvalidDisplayNumber),
            ({"display_number": ""}, InvalidDisplayNumber),
            ({"display_number": 1}, InvalidDisplayNumber),
            ({"registrar_pool": "pool 1"}, InvalidFqdn),
            ({"registrar_pool": None}, InvalidFqdn),
            ({"auto_attendant": 1}, InvalidValue),
        ],
    )
    def test_malformed_values_are_refused(self, parameters: dict[str, Any], error: type[ExumRoutingError]) -> None:
        """New- checks all that it is given."""
        with pytest.raises(error):
            new_cs_ex_um_contact(VIEW, **{**NEW, **parameters})

    @pytest.mark.parametrize(
        ("parameters", "changed"),
        [
            ({}, {}),
            ({"sip_address": "SIP:Lobby@contoso.com"}, {}),
            ({"display_number": "+14255550100"}, {}),
            ({"display_number": "5"}, {"display_number": "5"}),
            ({"auto_attendant": False}, {"auto_attendant": False}),
        ],
        ids=str,
    )
    def test_set_changes_what_is_given(self, parameters: dict[str, Any], changed: dict[str, Any]) -> None:
        """It keeps the rest, the assigned policy too; its own address and number are not in its way."""
        result = set_cs_ex_um_contact(VIEW, identity="LOBBY@contoso.com", **parameters)
        assert after(result) == (attrs.evolve(LOBBY, **changed), DESK)
        assert result.output == ()

    def test_set_may_change_the_address(self) -> None:
        """The old address and number are free then; the contact stands last, as a new one."""
        result = set_cs_ex_um_contact(
            VIEW, identity="lobby@contoso.com", sip_address="sip:hall@contoso.com", display_number="7"
        )
        hall = attrs.evolve(LOBBY, sip_address="hall@contoso.com", display_number="7")
        assert after(result) == (DESK, hall)
        view = VIEW.after(result.changes)
        assert view.contact("lobby@contoso.com") is None
        again = new_cs_ex_um_contact(view, **{**NEW, "sip_address": "sip:lobby@contoso.com", "display_number": "+14255550100"})
        assert len(again.changes) == 1

    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            ({"identity": "nobody@contoso.com"}, UnknownIdentity),
            ({"identity": "alice@contoso.com"}, UnknownIdentity),
            ({"identity": "Lobby"}, UnknownIdentity),
            ({"sip_address": "hall@contoso.com"}, InvalidSipAddress),
            ({"sip_address": "sip:hall"}, InvalidSipAddress),
            ({"sip_address": "sip:alice@contoso.com"}, IdentityInUse),
            ({"sip_address": "sip:desk@contoso.com"}, IdentityInUse),
            ({"display_number": "14255550101"}, IdentityInUse),
            ({"display_number": "0"}, InvalidDisplayNumber),
            ({"display_number": None}, InvalidDisplayNumber),
            ({"auto_attendant": None}, InvalidValue),
        ],
        ids=str,
    )
    def test_set_refuses(self, parameters: dict[str, Any], error: type[ExumRoutingError]) -> None:
        """What is not there, what is in use, and what is malformed."""
        with pytest.raises(error):
            set_cs_ex_um_contact(VIEW, **{"identity": "lobby@contoso.com", **parameters})

    def test_remove_deletes(self) -> None:
        """The other stays."""
        assert after(remove_cs_ex_um_contact(VIEW, identity="sip:LOBBY@contoso.com")) == (DESK,)

    @pytest.mark.parametrize("identity", ["nobody@contoso.com", "alice@contoso.com", "+14255550100", ""])
    def test_remove_refuses_what_is_no_contact(self, identity: str) -> None:
        """A user is none, and a number is no identity."""
        with pytest.raises(UnknownIdentity):
            remove_cs_ex_um_contact(VIEW, identity=identity)


def test_get_prints_all_or_one() -> None:
    """In document order; it changes nothing."""
    assert get_cs_ex_um_contact(VIEW) == CmdletResult(output=(LOBBY, DESK))
    assert get_cs_ex_um_contact(VIEW, identity="DESK@contoso.com") == CmdletResult(output=(DESK,))
    with pytest.raises(UnknownIdentity):
        get_cs_ex_um_contact(VIEW, identity="alice@contoso.com")


def test_filter_is_asked_about_every_contact() -> None:
    """Get-CsExUmContact gives those for which the filter holds."""
    contacts = (
        UmContact(sip_address="aa@contoso.com", display_number="1", auto_attendant=True),
        UmContact(sip_address="sa@contoso.com", display_number="2"),
    )
    found = get_cs_ex_um_contact(View(Deployment(contacts=contacts)), filter=lambda contact: contact.auto_attendant)
    assert found.output == contacts[:1]


class TestUnitAndPool:
    """The unit and the pool of a contact object, CMD-12."""

    @pytest.mark.parametrize("ou", ["contoso.com/Contacts", "Contacts", "", "OU=", None, 1])
    def test_new_needs_the_distinguished_name_of_a_unit(self, ou: Any) -> None:
        """Another text, or no text, is refused; what the name is changes no contact object."""
        with pytest.raises(InvalidValue, match="distinguished name"):
            new_cs_ex_um_contact(VIEW, **{**NEW, "ou": ou})
        elsewhere = new_cs_ex_um_contact(VIEW, **{**NEW, "ou": "OU=Other,DC=contoso,DC=com"})
        assert elsewhere == new_cs_ex_um_contact(VIEW, **NEW)

    @pytest.mark.parametrize("identity", ["lobby@contoso.com", "SIP:Lobby@contoso.com"])
    def test_move_changes_the_pool_alone(self, identity: str) -> None:
        """To a pool that is described or not; the number, the kind and the policy stay."""
        result = move_cs_ex_um_contact(VIEW, identity=identity, target="Gone.contoso.com")
        moved = attrs.evolve(LOBBY, registrar_pool="gone.contoso.com")
        assert after(result) == (moved, DESK)
        assert result.output == ()
        assert move_cs_ex_um_contact(VIEW, identity=identity, target="gone.contoso.com", pass_thru=True).output == (moved,)

    @pytest.mark.parametrize(
        ("identity", "target", "error"),
        [
            ("nobody@contoso.com", "pool02.contoso.com", UnknownIdentity),
            ("alice@contoso.com", "pool02.contoso.com", UnknownIdentity),
            ("lobby@contoso.com", "pool 2", InvalidFqdn),
            ("lobby@contoso.com", "", InvalidFqdn),
        ],
    )
    def test_move_refuses(self, identity: str, target: str, error: type[ExumRoutingError]) -> None:
        """What is no contact object, and what is not an FQDN."""
        with pytest.raises(error):
            move_cs_ex_um_contact(VIEW, identity=identity, target=target)
