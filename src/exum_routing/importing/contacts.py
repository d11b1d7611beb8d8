"""Contact objects of hosted UM: subscriber access and auto attendants, as Get-CsExUmContact and documents have them."""

from typing import Any, Final

from exum_routing.deployment import UmContact
from exum_routing.errors import ExumRoutingError
from exum_routing.importing.kind import Kind
from exum_routing.importing.merge import Column, Gathered, Merged, Table
from exum_routing.importing.notes import Notes
from exum_routing.importing.values import MISSING, flag, policy, pool, text
from exum_routing.sip import SipAddress

_BY_CMDLET: Final[dict[str, Column]] = {
    "DisplayNumber": ("DisplayNumber", text),
    "AutoAttendant": ("AutoAttendant", flag),
    "IsSubscriberAccess": ("IsSubscriberAccess", flag),
    "RegistrarPool": ("RegistrarPool", pool),
    "HostedVoicemailPolicy": ("HostedVoicemailPolicy", policy),
}
CONTACTS: Final = Table(facts=tuple(_BY_CMDLET), columns={Kind.CONTACT: tuple(_BY_CMDLET.values())})
"""The facts of a contact object, and where they are."""
_GAPS: Final = {
    "RegistrarPool": "does not say where the contact is homed: no site policy reaches it; export with Export-Clixml",
    "HostedVoicemailPolicy": "was not exported, so no policy counts as assigned: export it with Get-CsExUmContact",
}


def contacts(gathered: Gathered, notes: Notes) -> tuple[UmContact, ...]:
    """The contact objects of the deployment."""
    found = []
    for address, contact in gathered.each(notes):
        model = _contact(address, contact, notes)
        if model is not None:
            contact.taken()
            found.append(model)
    return tuple(found)


def _contact(address: str, contact: Merged, notes: Notes) -> UmContact | None:
    facts: dict[str, Any] = dict(contact.facts)
    reason = contact.refused()
    attendant = facts["AutoAttendant"]
    if attendant in {MISSING, None} and isinstance(facts["IsSubscriberAccess"], bool):
        attendant = not facts["IsSubscriberAccess"]
    if attendant in {MISSING, None} and contact.by_hand:
        attendant = False
    if attendant in {MISSING, None}:
        reason = reason or "has neither AutoAttendant nor IsSubscriberAccess: export one of them"
    if reason is not None:
        notes.left_out(contact.place, reason)
        return None
    for fact, message in _GAPS.items():
        if facts[fact] is MISSING and not contact.only_by_hand:
            notes.gap(f"{contact.place}.{fact}", message)
    try:
        return UmContact(
            sip_address=SipAddress(address),
            display_number=contact.text("DisplayNumber") or "",
            auto_attendant=attendant,
            registrar_pool=contact.text("RegistrarPool"),
            hosted_voicemail_policy=contact.text("HostedVoicemailPolicy"),
        )
    except ExumRoutingError as error:
        notes.left_out(contact.place, error.message)
        return None
