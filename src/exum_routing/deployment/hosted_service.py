"""The hosted UM service: the tenants that it hosts, and the mailboxes in which it deposits voice mail."""

import enum
import functools
from collections.abc import Sequence

import attrs

from exum_routing.fields import checked, flag, unique
from exum_routing.sip import Fqdn, SipAddress


class MailboxHome(enum.Enum):
    """Where an Exchange mailbox is homed; the value is the document's spelling. Clauses: CALL-7."""

    ONLINE = "Online"
    """In the hosted service's own data center."""
    ON_PREMISES = "OnPremises"
    """On an Exchange server within the enterprise."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Mailbox:
    """The Exchange mailbox of a user, as the hosted UM service knows it.

    Raises:
        InvalidSipAddress: The SIP address is none.
        InvalidValue: The home is not a MailboxHome, or the flag is neither True nor False.

    Clauses: CALL-7
    """

    sip_address: SipAddress = attrs.field(converter=SipAddress)
    """The owner's SIP address; unique in the tenant."""
    home: MailboxHome = MailboxHome.ONLINE
    """Where it is homed; a deposit reaches it either way."""
    voicemail_enabled: bool = attrs.field(default=True, converter=flag)
    """The user's own setting; False: the service takes no voice mail for the user."""


def _mailboxes(values: Sequence[Mailbox] | None) -> tuple[Mailbox, ...] | None:
    if values is None:
        return None
    return unique(values, Mailbox, lambda mailbox: mailbox.sip_address, "owns two mailboxes of the tenant: keep one")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Tenant:
    """A tenant of the hosted UM service, named by an organization of a hosted voice mail policy.

    Raises:
        InvalidFqdn: The organization is no FQDN.
        InvalidValue: The flag is neither True nor False, or the mailboxes are no tuple of mailboxes.
        DuplicateIdentity: Two mailboxes have the same owner.

    Clauses: CALL-7, CALL-8
    """

    organization: Fqdn = attrs.field(converter=Fqdn)
    """Its routing FQDN; unique in the service."""
    enable_transcription: bool = attrs.field(default=True, converter=flag)
    """The administrator's own setting: whether voice mail is transcribed."""
    mailboxes: tuple[Mailbox, ...] | None = attrs.field(default=None, converter=_mailboxes)
    """Its users' mailboxes; None: not known; empty: known, and there are none."""

    @functools.cached_property
    def _by_owner(self) -> dict[SipAddress, Mailbox]:
        return {mailbox.sip_address: mailbox for mailbox in self.mailboxes or ()}

    def mailbox(self, owner: SipAddress) -> Mailbox | None:
        """The mailbox of this owner; None: the tenant has none, or its mailboxes are not known.

        Clauses: CALL-7
        """
        return self._by_owner.get(owner)


def _tenants(values: Sequence[Tenant] | None) -> tuple[Tenant, ...] | None:
    if values is None:
        return None
    problem = "is the Organization of two tenants of the service: keep one"
    return unique(values, Tenant, lambda tenant: tenant.organization, problem)


@attrs.frozen(kw_only=True, field_transformer=checked)
class HostedUmService:
    """A hosted UM service, reached at the Destination of a hosted voice mail policy.

    Raises:
        InvalidFqdn: Its name is no FQDN.
        InvalidValue: The tenants are no tuple of tenants.
        DuplicateIdentity: Two tenants have the same organization.

    Clauses: CALL-7

    >>> corp = Tenant(organization="corp.contoso.com", mailboxes=[Mailbox(sip_address="alice@contoso.com")])
    >>> service = HostedUmService(fqdn="exap.um.outlook.com", tenants=[corp])
    >>> service.first_tenant(("corp.litwareinc.com", "corp.contoso.com")).organization
    'corp.contoso.com'
    """

    fqdn: Fqdn = attrs.field(converter=Fqdn)
    """Its name, as Destination and ProxyFqdn give it; unique."""
    tenants: tuple[Tenant, ...] | None = attrs.field(default=None, converter=_tenants)
    """The tenants that it hosts; None: not known; empty: known, and there are none."""

    @functools.cached_property
    def _by_organization(self) -> dict[Fqdn, Tenant]:
        return {tenant.organization: tenant for tenant in self.tenants or ()}

    def first_tenant(self, organizations: Sequence[Fqdn]) -> Tenant | None:
        """The tenant of the first of these organizations that is hosted; None: none is, or the tenants are not known.

        Clauses: CALL-7
        """
        return next((self._by_organization[name] for name in organizations if name in self._by_organization), None)
