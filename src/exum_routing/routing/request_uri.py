"""The Request-URI: what the INVITE of a voice mail call is addressed to, and how it is read back.

The exact layout on the wire is not public. It is data here, the names of three parameters, and a service that knows better
passes its own. Every field is legal by construction, so that building is joining text; only a dial plan's name is escaped.
"""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Subject, UmContact, read_organization
from exum_routing.errors import ExumRoutingError, InvalidDecision, InvalidRequestUriLayout, NotAVoicemailUri
from exum_routing.fields import checked, name, several
from exum_routing.routing.decision import HostedUm, OnPremisesUm
from exum_routing.sip import Fqdn, SipAddress, SipUri, escaped_parameter, spelled_address

RoutedDecision: TypeAlias = HostedUm | OnPremisesUm
"""A decision that has a Request-URI."""

# token = 1*( alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~" ), less what a parameter name must escape
_TOKEN: Final = re.compile(r"[a-z0-9\-.!*_+'~]+")
_VOICE_MAIL: Final = ";opaque=app:voicemail"
_RESERVED: Final = frozenset({"transport", "user", "method", "ttl", "lr", "opaque"})


def _parameter_name(value: str) -> str:
    if not isinstance(value, str) or not value.isascii() or not _TOKEN.fullmatch(value.lower()):
        raise InvalidRequestUriLayout(value, "is no name of a URI parameter: give an RFC 3261 token without '%' and '`'")
    if value.lower() in _RESERVED:
        raise InvalidRequestUriLayout(value, f"is reserved: give a name other than {', '.join(sorted(_RESERVED))}")
    return value.lower()


@attrs.frozen(kw_only=True, field_transformer=checked)
class RequestUriLayout:
    """The names of the parameters that carry a decision.

    Raises:
        InvalidRequestUriLayout: A name is no token, is reserved, or stands twice.

    Clauses: URI-2, URI-4, URI-6
    """

    server: str = attrs.field(default="maddr", converter=_parameter_name)
    """Carries the Destination, or the UM server."""
    organization: str = attrs.field(default="ms-organization", converter=_parameter_name)
    """Carries the tenants."""
    phone_context: str = attrs.field(default="phone-context", converter=_parameter_name)
    """Carries the dial plan."""

    def __attrs_post_init__(self) -> None:
        """The names are distinct."""
        names = (self.server, self.organization, self.phone_context)
        if len(set(names)) < len(names):
            raise InvalidRequestUriLayout(names, "are not distinct: give each parameter a name of its own")


DEFAULT_LAYOUT: Final = RequestUriLayout()
"""The layout of this library's own choice. Clauses: URI-2, URI-6."""


def request_uri(
    subject: Subject, decision: RoutedDecision, *, layout: RequestUriLayout = DEFAULT_LAYOUT, server: Fqdn | None = None
) -> str:
    """The Request-URI that carries a user's or a contact's voice mail call where the decision says.

    Args:
        subject: The owner of the voice mail, or the contact that is called.
        decision: Where the call goes.
        layout: The names of the parameters.
        server: The on-premises UM server that the call tries, one of the decision's. None: the first of them, if there is one.

    Raises:
        InvalidDecision: The decision does not route, or routes a contact to on-premises UM, or the server is not one of the
            decision's UM servers. A decision for hosted UM has none.

    Clauses: URI-1, URI-2, URI-3, URI-4, URI-6, URI-7, URI-8

    >>> from exum_routing.deployment import Deployment, HostedVoicemailPolicy, User
    >>> from exum_routing.routing.route import route
    >>> alice = User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",))
    >>> everyone = HostedVoicemailPolicy(
    ...     identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com", "corp.litwareinc.com")
    ... )
    >>> request_uri(alice, route(alice, Deployment(users=(alice,), policies=(everyone,))))
    'sip:alice@contoso.com;maddr=exap.um.outlook.com;opaque=app:voicemail;ms-organization=corp.contoso.com%2Ccorp.litwareinc.com'
    """
    if isinstance(decision, HostedUm):
        if server is not None:
            raise InvalidDecision(server, "is not a UM server of this decision, which goes to hosted UM: leave the server out")
        address: str = subject.sip_address
        is_contact = isinstance(subject, UmContact)
        if isinstance(subject, UmContact):
            address = f"sip:{subject.display_number}@{subject.sip_address.domain}"
        if layout is not DEFAULT_LAYOUT:
            return address + _hosted_um_tail(decision, layout, is_contact=is_contact)
        tails = decision.tails
        if is_contact not in tails:
            tails[is_contact] = _hosted_um_tail(decision, layout, is_contact=is_contact)
        return address + tails[is_contact]
    if not isinstance(decision, OnPremisesUm) or isinstance(subject, UmContact):
        raise InvalidDecision(decision, "has no Request-URI for this account: give the decision that route makes about it")
    if server is not None and server not in decision.um_servers:
        raise InvalidDecision(server, "is not a UM server of this decision: use one of its um_servers, or leave the server out")
    tried = decision.um_servers[:1] if server is None else (server,)
    named = (";", layout.server, "=", *tried) if tried else ()
    dial_plan = escaped_parameter(decision.phone_context)
    return "".join((subject.sip_address, *named, ";", layout.phone_context, "=", dial_plan, _VOICE_MAIL))


def _hosted_um_tail(decision: HostedUm, layout: RequestUriLayout, *, is_contact: bool) -> str:
    """What follows the address; a contact is called by its number, and for the first organization."""
    organizations = decision.organizations[:1] if is_contact else decision.organizations
    tenants = (";", layout.organization, "=", "%2C".join(organizations)) if organizations else ()
    phone = ";user=phone" if is_contact else ""
    return "".join((";", layout.server, "=", decision.destination, phone, _VOICE_MAIL, *tenants))


def _organizations(values: Sequence[str]) -> tuple[Fqdn, ...]:
    return tuple(map(Fqdn, several(values)))


def _phone_context(value: str | None) -> str | None:
    return None if value is None else name(value)


@attrs.frozen(field_transformer=checked)
class VoicemailTarget:
    """What a Request-URI says: whose voice mail, and where it is.

    Raises:
        InvalidSipAddress: The owner is no SIP address.
        InvalidFqdn: The Destination or an organization is no FQDN.
        InvalidName: The dial plan's name is empty, has blanks around it or control characters.
        InvalidValue: The organizations are no tuple.

    Clauses: URI-5
    """

    owner: SipAddress = attrs.field(converter=SipAddress)
    """User and host of the URI: the owner's SIP address, or a contact's number at its SIP domain."""
    destination: Fqdn | None = attrs.field(converter=attrs.converters.optional(Fqdn))
    """The Destination or the UM server; None: the URI names none."""
    organizations: tuple[Fqdn, ...] = attrs.field(converter=_organizations)
    """The tenants, in order; empty: the URI names none."""
    phone_context: str | None = attrs.field(converter=_phone_context)
    """The dial plan; None: the URI names none."""


def read_request_uri(text: str, *, layout: RequestUriLayout = DEFAULT_LAYOUT) -> VoicemailTarget:
    """What a Request-URI says; parameters that the layout does not name are passed over.

    Raises:
        InvalidSipUri: The text is no SIP URI.
        NotAVoicemailUri: The URI does not mean a user's voice mail, or a part of it is not what the layout says.

    Clauses: NAME-4, URI-5

    >>> read_request_uri("sip:alice@contoso.com;gruu;opaque=app:voicemail").owner
    'sip:alice@contoso.com'
    """
    return voicemail_target(text, SipUri.parse(text), layout=layout)


@names_wrong_types
def voicemail_target(text: str, uri: SipUri, *, layout: RequestUriLayout = DEFAULT_LAYOUT) -> VoicemailTarget:
    """What a Request-URI says that is already parsed.

    Args:
        text: The Request-URI as spelled.
        uri: The same, parsed.
        layout: The names of the parameters.

    Raises:
        NotAVoicemailUri: As ``read_request_uri`` does.

    Clauses: NAME-4, URI-5
    """
    if not uri.is_voicemail:
        raise NotAVoicemailUri(text, "does not mean voice mail: give a URI with opaque=app:voicemail")
    parameters = dict(uri.parameters)
    try:
        return VoicemailTarget(
            spelled_address(text),
            parameters.get(layout.server),
            read_organization(parameters.get(layout.organization) or ""),
            parameters.get(layout.phone_context),
        )
    except ExumRoutingError as error:
        raise NotAVoicemailUri(text, f"has a part that means no voice mail: {error.message}") from None
