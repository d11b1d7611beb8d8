"""The contact objects in a plan: those that go, change or move, new ones, and the policies that they are granted."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from exum_routing.cmdlets import new_cs_ex_um_contact, remove_cs_ex_um_contact, set_cs_ex_um_contact
from exum_routing.deployment import UmContact
from exum_routing.planning.grants import plan_grant
from exum_routing.planning.numbers import number_changes
from exum_routing.planning.own_step import OwnWay
from exum_routing.planning.part import Part, joined, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.pools import plan_move
from exum_routing.planning.transition import Transition
from exum_routing.sip import SipAddress

_GIVE_OU: Final = "say in which organizational unit, by its distinguished name, as --ou 'OU=Contacts,DC=contoso,DC=com'"


def plan_contacts(way: Transition) -> Part:
    """The steps that remove, change, move and make contact objects. One that stays is never removed and made anew.

    Clauses: CMD-12
    """
    before = {contact.sip_address: contact for contact in way.current.contacts}
    after = {contact.sip_address: contact for contact in way.target.contacts}
    kept = [(before[address], contact) for address, contact in after.items() if address in before]
    return joined(
        (
            *(_removed(address) for address in sorted(before.keys() - after.keys())),
            *_changes(kept),
            *(_way(was, contact, way) for was, contact in kept),
            *(_new(contact, way) for address, contact in after.items() if address not in before),
        )
    )


def _removed(address: SipAddress) -> Part:
    return one_step(Phase.REMOVE_CONTACTS, "Contacts that go", remove_cs_ex_um_contact, identity=str(address))


def _changes(kept: Sequence[tuple[UmContact, UmContact]]) -> Iterator[Part]:
    """What else changes of a contact object changes with its number, if that does."""
    before = {contact.sip_address: contact.display_number for contact, _ in kept}
    after = {contact.sip_address: contact.display_number for _, contact in kept}
    attendants = {
        now.sip_address: {"auto_attendant": now.auto_attendant}
        for was, now in kept
        if was.auto_attendant is not now.auto_attendant
    }
    for address, number in number_changes(before, after):
        others = attendants.pop(address, {}) if number == after[address] else {}
        yield _set(address, display_number=number, **others)
    yield from (_set(address, **fields) for address, fields in attendants.items())


def _set(address: SipAddress, **fields: object) -> Part:
    return one_step(Phase.CHANGE_CONTACTS, "Contacts that change", set_cs_ex_um_contact, identity=str(address), **fields)


def _way(before: UmContact, after: UmContact, way: Transition) -> Part:
    found = joined((plan_move(before, after, way), plan_grant(before.hosted_voicemail_policy, after, way)))
    ways = (OwnWay(before, found.own, f"{after.sip_address} cannot be granted its policy"),) if found.own else ()
    return Part(reasons=found.reasons, ways=ways)


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
    return joined((made, _way(attrs.evolve(contact, hosted_voicemail_policy=None), contact, way)))
