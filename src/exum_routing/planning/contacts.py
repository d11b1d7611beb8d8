"""The contact objects in a plan: those that go, change or move, new ones, and the policies that they are granted."""

from collections.abc import Mapping
from typing import Final

from exum_routing.cmdlets import new_cs_ex_um_contact, remove_cs_ex_um_contact, set_cs_ex_um_contact
from exum_routing.deployment import UmContact
from exum_routing.planning.differences import changed_fields
from exum_routing.planning.grants import plan_grant
from exum_routing.planning.part import NOTHING, Part, joined, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.pools import plan_move
from exum_routing.planning.transition import Transition
from exum_routing.sip import SipAddress

_GIVE_OU: Final = "say in which organizational unit, by its distinguished name, as --ou 'OU=Contacts,DC=contoso,DC=com'"


def plan_contacts(way: Transition) -> Part:
    """The steps that remove, change, move and make contact objects.

    A contact object that is to have a number that another has had is removed and made anew.

    Clauses: CMD-12
    """
    before = {contact.sip_address: contact for contact in way.current.contacts}
    after = {contact.sip_address: contact for contact in way.target.contacts}
    kept = _kept(before, after)
    return joined(
        (
            *(_removed(address) for address in sorted(before.keys() - kept)),
            *(
                _changed(before[address], contact, way) if address in kept else _new(contact, way)
                for address, contact in after.items()
            ),
        )
    )


def _kept(before: Mapping[SipAddress, UmContact], after: Mapping[SipAddress, UmContact]) -> set[SipAddress]:
    """The addresses of the contact objects that need not be made anew."""
    taken = {contact.display_number for contact in before.values()}
    return {
        address
        for address, contact in after.items()
        if address in before
        and (before[address].display_number == contact.display_number or contact.display_number not in taken)
    }


def _removed(address: SipAddress) -> Part:
    return one_step(Phase.REMOVE_CONTACTS, "Contacts that go", remove_cs_ex_um_contact, identity=str(address))


def _changed(before: UmContact, after: UmContact, way: Transition) -> Part:
    address, fields = str(after.sip_address), changed_fields(before, after, ("display_number", "auto_attendant"))
    change = NOTHING
    if fields:
        change = one_step(Phase.CHANGE_CONTACTS, "Contacts that change", set_cs_ex_um_contact, identity=address, **fields)
    return joined((change, plan_move(before, after, way), plan_grant(before.hosted_voicemail_policy, after, way)))


def _new(contact: UmContact, way: Transition) -> Part:
    if contact.registrar_pool is None:
        return one_reason(f"{contact.sip_address} is to be a contact without RegistrarPool: New-CsExUmContact needs one")
    if way.ou is None:
        return one_reason(f"{contact.sip_address} is to be made, and New-CsExUmContact needs -OU: {_GIVE_OU}")
    made = one_step(
        Phase.NEW_CONTACTS,
        "New contacts",
        new_cs_ex_um_contact,
        sip_address=str(contact.sip_address),
        registrar_pool=str(contact.registrar_pool),
        display_number=contact.display_number,
        ou=way.ou,
        auto_attendant=contact.auto_attendant,
    )
    return joined((made, plan_grant(None, contact, way)))
