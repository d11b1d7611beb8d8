"""New-, Set-, Move-, Get- and Remove-CsExUmContact."""

from collections.abc import Callable

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets.change import Change, ObjectKind, changed_contact
from exum_routing.cmdlets.names import distinguished_name
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven, given
from exum_routing.cmdlets.view import View
from exum_routing.deployment import UmContact
from exum_routing.errors import IdentityInUse, InvalidSipAddress, UnknownIdentity
from exum_routing.fields import flag
from exum_routing.sip import Fqdn, SipAddress


def new_cs_ex_um_contact(  # noqa: PLR0913 - the cmdlet's parameters
    view: View, *, sip_address: str, registrar_pool: str, display_number: str, ou: str, auto_attendant: bool = False
) -> CmdletResult:
    """New-CsExUmContact: creates a contact object of hosted UM.

    Args:
        view: The deployment.
        sip_address: Its SIP address, with ``sip:``.
        registrar_pool: The FQDN of its Registrar pool; it need not be a pool that the deployment describes.
        display_number: Its telephone number.
        ou: The distinguished name of the organizational unit for it. No call depends on it.
        auto_attendant: Whether it is an Auto Attendant; if not, it is for Subscriber Access.

    Raises:
        IdentityInUse: A user or contact has the SIP address, or a contact the DisplayNumber.
        InvalidSipAddress: The SIP address is none, or does not begin with ``sip:``.
        InvalidDisplayNumber: The number is not digits behind an optional ``+``, the first not 0.
        InvalidFqdn: The pool is not an FQDN.
        InvalidValue: The flag is not one, or the unit is not a distinguished name.

    Clauses: CMD-12

    >>> from exum_routing.deployment import Deployment
    >>> new_cs_ex_um_contact(
    ...     View(Deployment()), ou="OU=Contacts,DC=fabrikam,DC=com",
    ...     sip_address="sip:exumsa1@fabrikam.com", registrar_pool="pool01.fabrikam.com", display_number="2065559876",
    ... ).output[0].auto_attendant
    False
    """
    distinguished_name(ou)
    contact = UmContact(
        sip_address=_with_scheme(sip_address),
        registrar_pool=Fqdn(registrar_pool),
        display_number=display_number,
        auto_attendant=auto_attendant,
    )
    _require_free(view, contact, None)
    return CmdletResult(output=(contact,), changes=(changed_contact(contact),))


def _with_scheme(sip_address: str) -> str:
    if not isinstance(sip_address, str) or not folded(sip_address).startswith("sip:"):
        raise InvalidSipAddress(sip_address, "does not begin with sip: give sip:user@domain")
    return sip_address


def _require_free(view: View, contact: UmContact, before: UmContact | None) -> None:
    """Its address and number are nobody else's."""
    address, number = contact.sip_address, contact.display_number
    if (before is None or before.sip_address != address) and (view.user(address) or view.contact(address)):
        raise IdentityInUse(str(address), "is the SIP address of a user or contact: give another")
    others = view.contacts_with_number(number)
    if others and (before is None or before.display_number != number):
        raise IdentityInUse(number, f"is the DisplayNumber of {others[0].sip_address}: give another")


def _existing(view: View, identity: str) -> UmContact:
    try:
        found = view.contact(identity)
    except InvalidSipAddress:
        found = None
    if found is None:
        raise UnknownIdentity(identity, "is no contact object: give the SIP address of one")
    return found


@names_wrong_types
def set_cs_ex_um_contact(  # noqa: PLR0913 - the cmdlet's parameters
    view: View,
    *,
    identity: str,
    sip_address: str | NotGiven = NOT_GIVEN,
    display_number: str | NotGiven = NOT_GIVEN,
    auto_attendant: bool | NotGiven = NOT_GIVEN,
    pass_thru: bool = False,
) -> CmdletResult:
    """Set-CsExUmContact: changes what is given of a contact object, and keeps the rest.

    Raises:
        UnknownIdentity: There is no such contact.
        IdentityInUse: A user or contact has the SIP address, or a contact the DisplayNumber.
        InvalidSipAddress: The SIP address is none, or does not begin with ``sip:``.
        InvalidDisplayNumber: The number is not digits behind an optional ``+``, the first not 0.
        InvalidValue: The flag is none.

    Clauses: CMD-12
    """
    before = _existing(view, identity)
    changes = given(display_number=display_number, auto_attendant=auto_attendant)
    if not isinstance(sip_address, NotGiven):
        changes["sip_address"] = SipAddress(_with_scheme(sip_address))
    contact = attrs.evolve(before, **changes)
    _require_free(view, contact, before)
    moved = () if contact.sip_address == before.sip_address else (Change(ObjectKind.CONTACT, before.sip_address, None),)
    return CmdletResult(output=(contact,) if flag(pass_thru) else (), changes=(*moved, changed_contact(contact)))


@names_wrong_types
def move_cs_ex_um_contact(view: View, *, identity: str, target: str, pass_thru: bool = False) -> CmdletResult:
    """Move-CsExUmContact: moves a contact object to another Registrar pool, and changes nothing else.

    Args:
        view: The deployment.
        identity: The contact's SIP address.
        target: The FQDN of the pool; it need not be a pool that the deployment describes.
        pass_thru: Whether the contact is printed.

    Raises:
        UnknownIdentity: There is no such contact.
        InvalidFqdn: The target is not an FQDN.
        InvalidValue: The flag is not one.

    Clauses: CMD-12

    >>> from exum_routing.deployment import Deployment
    >>> lobby = UmContact(sip_address="lobby@contoso.com", display_number="1", registrar_pool="pool01.contoso.com")
    >>> view = View(Deployment(contacts=[lobby]))
    >>> result = move_cs_ex_um_contact(view, identity="lobby@contoso.com", target="pool02.contoso.com")
    >>> result.changes[0].value.registrar_pool
    'pool02.contoso.com'
    """
    pool = Fqdn(target)
    contact = attrs.evolve(_existing(view, identity), registrar_pool=pool)
    return CmdletResult(output=(contact,) if flag(pass_thru) else (), changes=(changed_contact(contact),))


@names_wrong_types
def get_cs_ex_um_contact(
    view: View,
    *,
    identity: str | None = None,
    filter: Callable[[UmContact], bool] | None = None,  # noqa: A002 - the parameter's name
) -> CmdletResult:
    """Get-CsExUmContact: every contact object, one by its SIP address, or those for which Filter holds.

    Raises:
        UnknownIdentity: There is no such contact.

    Clauses: CMD-12
    """
    found = tuple(view.contacts) if identity is None else (_existing(view, identity),)
    return CmdletResult(output=tuple(contact for contact in found if filter is None or filter(contact)))


@names_wrong_types
def remove_cs_ex_um_contact(view: View, *, identity: str) -> CmdletResult:
    """Remove-CsExUmContact: deletes a contact object.

    Raises:
        UnknownIdentity: There is no such contact.

    Clauses: CMD-12
    """
    return CmdletResult(changes=(Change(ObjectKind.CONTACT, _existing(view, identity).sip_address, None),))
