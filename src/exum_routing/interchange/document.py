"""The deployment document: a deployment as JSON, with the cmdlets' and the directory's own property names as keys.

Reading reports every fault of a document at once, each with its path. cattrs takes the objects apart, field by field; what a
field accepts is decided by the models' own converters.
"""

import enum
import functools
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.extras import needs

with needs("interchange"):
    import cattrs
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from exum_routing.cmdlets import Printed
from exum_routing.deployment import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    MailboxHome,
    PolicyIdentity,
    Pool,
    PoolVersion,
    ProxyAddress,
    Tenant,
    UmContact,
    UmDialPlan,
    UmServer,
    UriType,
    User,
    VerificationLevel,
    VoiceMailSettings,
    read_organization,
    unique_providers,
)
from exum_routing.errors import ExumRoutingError, InvalidValue, shown
from exum_routing.fields import text
from exum_routing.interchange.json_text import DocumentError, Fault, LeftOut, checked_object, each, every, parsed
from exum_routing.replication import ReplicationStatus
from exum_routing.sip import Fqdn, SipUri

__all__ = [
    "KEYS",
    "DocumentError",
    "Fault",
    "LeftOut",
    "object_to_json",
    "read_deployment",
    "read_edge_configuration",
    "read_valid_accounts",
    "write_deployment",
    "write_edge_configuration",
]

T = TypeVar("T")


KEYS: Final[Mapping[type, Mapping[str, str]]] = {
    AccessEdgeConfiguration: {
        "use_dns_srv_routing": "UseDnsSrvRouting",
        "allow_federated_users": "AllowFederatedUsers",
        "enable_partner_discovery": "EnablePartnerDiscovery",
        "default_route_fqdn": "DefaultRouteFqdn",
    },
    HostingProvider: {
        "identity": "Identity",
        "enabled": "Enabled",
        "enabled_shared_address_space": "EnabledSharedAddressSpace",
        "hosts_ocs_users": "HostsOCSUsers",
        "proxy_fqdn": "ProxyFqdn",
        "is_local": "IsLocal",
        "verification_level": "VerificationLevel",
    },
    HostedVoicemailPolicy: {
        "identity": "Identity",
        "description": "Description",
        "destination": "Destination",
        "organizations": "Organization",
    },
    Pool: {"fqdn": "Identity", "site": "Site", "version": "Version"},
    UmServer: {"fqdn": "Fqdn", "major_version": "MajorVersion", "enabled": "Enabled"},
    UmDialPlan: {"phone_context": "PhoneContext", "uri_type": "UriType", "um_servers": "UmServers"},
    User: {
        "sip_address": "SipAddress",
        "display_name": "DisplayName",
        "user_principal_name": "UserPrincipalName",
        "sam_account_name": "SamAccountName",
        "distinguished_name": "DistinguishedName",
        "registrar_pool": "RegistrarPool",
        "enterprise_voice_enabled": "EnterpriseVoiceEnabled",
        "hosted_voicemail_policy": "HostedVoicemailPolicy",
        "voice_mail_settings": "msExchUCVoiceMailSettings",
        "proxy_addresses": "ProxyAddresses",
    },
    UmContact: {
        "sip_address": "SipAddress",
        "registrar_pool": "RegistrarPool",
        "display_number": "DisplayNumber",
        "auto_attendant": "AutoAttendant",
        "hosted_voicemail_policy": "HostedVoicemailPolicy",
    },
    Mailbox: {"sip_address": "SipAddress", "home": "Home", "voicemail_enabled": "VoicemailEnabled"},
    Tenant: {
        "organization": "Organization",
        "enable_transcription": "EnableTranscription",
        "mailboxes": "Mailboxes",
    },
    HostedUmService: {"fqdn": "Fqdn", "tenants": "Tenants"},
}
"""The key of every field, in the order in which the fields are read and written."""


def _settings(values: object, _: object) -> VoiceMailSettings:
    return VoiceMailSettings(every(values, text))


def _proxy_addresses(values: object, _: object) -> tuple[ProxyAddress, ...]:
    return every(values, ProxyAddress.parse)


def _um_servers(values: object, _: object) -> tuple[UmServer, ...]:
    return every(values, _READERS[UmServer])


def _mailboxes(values: object, _: object) -> tuple[Mailbox, ...]:
    return every(values, _READERS[Mailbox])


def _tenants(values: object, _: object) -> tuple[Tenant, ...]:
    return every(values, _READERS[Tenant])


def _destination(value: str, _: object) -> str | None:
    return value or None if isinstance(value, str) else value


def _wire_spelling(kind: type[enum.Enum]) -> Callable[[object, object], object]:
    def structure(value: object, _: object) -> object:
        for one in kind:
            if one.value == value:
                return one
        raise InvalidValue(value, f"is not a {kind.__name__}: use one of {', '.join(one.value for one in kind)}")

    return structure


_OF_THEIR_OWN: Final[Mapping[tuple[type, str], Callable[[Any, Any], Any]]] = {
    (HostingProvider, "verification_level"): _wire_spelling(VerificationLevel),
    (HostedVoicemailPolicy, "organizations"): lambda value, _: read_organization(value),
    (Pool, "version"): _wire_spelling(PoolVersion),
    (UmDialPlan, "uri_type"): _wire_spelling(UriType),
    (UmDialPlan, "um_servers"): _um_servers,
    (User, "voice_mail_settings"): _settings,
    (User, "proxy_addresses"): _proxy_addresses,
    (Mailbox, "home"): _wire_spelling(MailboxHome),
    (Tenant, "mailboxes"): _mailboxes,
    (HostedUmService, "tenants"): _tenants,
}
"""The fields that the document spells in another way than the model takes them."""


def _field_reader(model: type, field: "attrs.Attribute[Any]") -> Callable[[Any, Any], Any]:
    own = _OF_THEIR_OWN.get((model, field.name))
    convert: Any = field.converter
    if own is not None:
        return lambda value, kind: convert(own(value, kind))
    if (model, field.name) == (HostedVoicemailPolicy, "destination"):
        return lambda value, kind: convert(_destination(value, kind))
    return lambda value, _: convert(value)


def _faults_of(group: cattrs.ClassValidationError, keys: Mapping[str, str]) -> Iterator[Fault]:
    for error in group.exceptions:
        notes = (note for note in getattr(error, "__notes__", ()) if isinstance(note, cattrs.AttributeValidationNote))
        key = next((keys[note.name] for note in notes), "")
        if isinstance(error, KeyError):
            yield Fault(key, "is missing: it is required")
        elif isinstance(error, DocumentError):
            yield from (fault.under(key) for fault in error.faults)
        elif isinstance(error, ExumRoutingError):
            yield Fault(key, error.message)
        else:  # pragma: no cover - nothing else can happen, and if it does, it must not pass for a fault
            raise error


_MOST_SHARED: Final = 4096
"""Values of one kind that are kept to be shared; a deployment has fewer pools and policies."""


def _shared(name: str) -> Callable[[Any, Any], Any]:
    """What reads a field in which many users have the same, each value once: two thirds of the memory, half of the time."""
    convert = attrs.fields_dict(User)[name].converter
    cached = functools.lru_cache(_MOST_SHARED)(cast(Callable[[Any], Any], convert))
    return lambda value, _: cached(value if type(value) is str else tuple(_list(value)))


def _list(value: object) -> list[object]:
    if type(value) is not list:
        raise TypeError
    return value


_AT_ONCE: Final[Mapping[tuple[type, str], Callable[[Any, Any], Any] | None]] = {
    (User, "voice_mail_settings"): _shared("voice_mail_settings"),
    (User, "proxy_addresses"): None,
    (User, "registrar_pool"): _shared("registrar_pool"),
    (User, "hosted_voicemail_policy"): _shared("hosted_voicemail_policy"),
    (HostedVoicemailPolicy, "destination"): _destination,
}
"""The fields that are read in another way where nothing is wrong; None: as the document spells them."""


def _at_once(model: type[T]) -> Callable[[Any], T]:
    """What reads one JSON object in which nothing is wrong as a model; where something is, any error is raised."""
    names = {key: (name, _AT_ONCE.get((model, name), _OF_THEIR_OWN.get((model, name)))) for name, key in KEYS[model].items()}

    def read(value: Any) -> T:  # noqa: ANN401 - any JSON
        if type(value) is not dict:  # a key that stands twice, too
            raise TypeError
        fields = {}
        for key, given in value.items():
            name, own = names[key]
            if given is not None:
                fields[name] = given if own is None else own(given, None)
        return model(**fields)

    return read


def _explaining(model: type[T]) -> Callable[[object], T]:
    """What reads one JSON object field by field, or raises a DocumentError with every fault of the object."""
    keys = KEYS[model]
    overrides: dict[str, Any] = {
        field.name: override(rename=keys[field.name], struct_hook=_field_reader(model, field))
        for field in attrs.fields(model)  # type: ignore[arg-type] # every model is an attrs class
        if field.init
    }
    structure: Any = make_dict_structure_fn(model, _CONVERTER, _cattrs_forbid_extra_keys=False, **overrides)
    known = tuple(keys.values())

    def read(value: object) -> T:
        found, faults = checked_object(value, known)
        try:
            read_model: T = structure(found, model)
        except cattrs.ClassValidationError as group:
            raise DocumentError([*faults, *_faults_of(group, keys)]) from None
        if faults:
            raise DocumentError(faults)
        return read_model

    return read


def _reader(model: type[T]) -> Callable[[object], T]:
    """What reads one JSON object as a model, or raises a DocumentError with every fault of the object."""
    at_once, explaining = _at_once(model), _explaining(model)

    def read(value: object) -> T:
        try:
            return at_once(value)
        except (ExumRoutingError, TypeError, KeyError):  # something is wrong with it
            return explaining(value)

    return read


_CONVERTER: Final = cattrs.Converter(detailed_validation=True)


_READERS: Final[Mapping[type, Callable[[object], Any]]] = {model: _reader(model) for model in KEYS}


_ARRAYS: Final[Mapping[str, tuple[str, type]]] = {
    "HostingProviders": ("providers", HostingProvider),
    "HostedVoicemailPolicies": ("policies", HostedVoicemailPolicy),
    "Pools": ("pools", Pool),
    "UmDialPlans": ("dial_plans", UmDialPlan),
    "Users": ("users", User),
    "UmContacts": ("contacts", UmContact),
    "HostedUmServices": ("hosted_um_services", HostedUmService),
}
"""The arrays of a document, with the part of a deployment that each one is, in the order in which they are written."""


_ACCOUNTS: Final = frozenset({"Users", "UmContacts"})


_EDGE: Final = "AccessEdgeConfiguration"


_PROVIDERS: Final = "HostingProviders"


_REPLICA: Final = "EdgeReplica"


_REPLICA_FQDN: Final = "ReplicaFqdn"


_GRUU: Final = "AvEdgeGruu"


_UNIQUE: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("Identity", ("HostingProviders",)),
    ("ProxyFqdn", ("HostingProviders",)),
    ("Identity", ("HostedVoicemailPolicies",)),
    ("Identity", ("Pools",)),
    ("PhoneContext", ("UmDialPlans",)),
    ("SipAddress", ("Users", "UmContacts")),
    ("Fqdn", ("HostedUmServices",)),
)
"""The keys that no two objects may share, with the arrays over which this holds."""


def _field_of(array: str, key: str) -> str:
    """The field of the models of an array that has a key."""
    return next(field for field, spelled in KEYS[_ARRAYS[array][1]].items() if spelled == key)


def _duplicates(sound: Mapping[str, Sequence[tuple[int, Any]]]) -> Iterator[Fault]:
    for key, arrays in _UNIQUE:
        models = [(model, _field_of(array, key)) for array in arrays for _, model in sound.get(array, ())]
        if len({folded(str(getattr(model, field))) for model, field in models}) == len(models):
            continue
        places: dict[str, str] = {}
        for array in arrays:
            field = _field_of(array, key)
            for number, model in sound.get(array, ()):
                value, place = str(getattr(model, field)), f"{array}[{number}].{key}"
                first = places.setdefault(folded(value), place)
                if first is not place:
                    yield Fault(place, f"{shown(value)} stands already at {first}: keep one, or give each its own")


def _edge_replica(value: object) -> EdgeReplica:
    """The Edge Server's replica; without AccessEdgeConfiguration it was never given the configuration."""
    found, faults = checked_object(value, (_REPLICA_FQDN, _EDGE, _PROVIDERS))
    parts: dict[str, Any] = {}
    readers = (
        (_REPLICA_FQDN, attrs.converters.optional(Fqdn)),
        (_EDGE, _READERS[AccessEdgeConfiguration]),
        (_PROVIDERS, lambda given: unique_providers(every(given, _READERS[HostingProvider]))),
    )
    for key, read in readers:
        if key in found:
            faults += _read_into(parts, key, read, found[key])
    if _PROVIDERS in found and _EDGE not in found:
        faults.append(Fault(_PROVIDERS, f"stands without {_EDGE}: give both, or neither for an Edge that was never given any"))
    if faults:
        raise DocumentError(faults)
    configuration = None
    if _EDGE in parts:
        configuration = EdgeConfiguration(access_edge=parts[_EDGE], providers=parts.get(_PROVIDERS, ()))
    return EdgeReplica(fqdn=parts.get(_REPLICA_FQDN), configuration=configuration)


_SINGLE: Final[Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    _EDGE: ("edge", _READERS[AccessEdgeConfiguration]),
    _REPLICA: ("edge_replica", _edge_replica),
    _GRUU: ("av_edge_gruu", SipUri.parse),
}
"""The parts of a document that stand once, with what reads each."""


def _read_into(parts: dict[str, Any], key: str, read: Callable[[Any], Any], value: object) -> list[Fault]:
    """Put what is read among the parts; or give its faults, seen from the object that holds it."""
    try:
        parts[key] = read(value)
    except DocumentError as error:
        return [fault.under(key) for fault in error.faults]
    except ExumRoutingError as error:
        return [Fault(key, error.message)]
    return []


def _read_parts(
    text: str | bytes, known: tuple[str, ...], required: tuple[str, ...] = (), left_out: list[LeftOut] | None = None
) -> dict[str, Any]:
    """The parts of a deployment that a document holds under the keys that it may have.

    Where ``left_out`` is given, accounts whose own values are wrong are put there, and are no faults of the document.
    """
    document, faults = checked_object(parsed(text), known)
    faults += [Fault(key, "is missing: it is required") for key in required if key not in document]
    single: dict[str, Any] = {}
    for key, (_, read) in _SINGLE.items():
        if key in document:
            faults += _read_into(single, key, read, document[key])
    parts = {_SINGLE[key][0]: value for key, value in single.items()}
    sound: dict[str, list[tuple[int, Any]]] = {}
    for array, (part, model) in _ARRAYS.items():
        if array in document:
            sound[array], found = each(document[array], _READERS[model], dropping=True)
            if left_out is None or array not in _ACCOUNTS or not isinstance(document[array], list):
                faults += [fault.under(array) for fault in found]
            else:
                left_out += _left_out(array, document[array], found)
            parts[part] = tuple(item for _, item in sound[array])
    faults += _duplicates(sound)
    if faults:
        raise DocumentError(faults)
    return parts


def _left_out(array: str, values: Sequence[object], faults: Iterable[Fault]) -> Iterator[LeftOut]:
    """The accounts of an array that have faults. Paths begin with the number of the account in brackets."""
    for index, found in itertools.groupby(faults, key=lambda fault: fault.path[: fault.path.index("]") + 1]):
        account = values[int(index[1:-1])]
        address = account.get("SipAddress") if isinstance(account, dict) else None
        under = tuple(fault.under(array) for fault in found)
        yield LeftOut(array + index, address if isinstance(address, str) else None, under)


def read_valid_accounts(text: str | bytes) -> tuple[Deployment, tuple[LeftOut, ...]]:
    """The deployment that a document describes, without the accounts whose own values are wrong.

    An account is a user or a contact object. A fault anywhere else, and a SIP address that two accounts have, is a fault of
    the document: what an account's calls depend on is never left out.

    Args:
        text: As ``read_deployment`` takes it.

    Returns:
        The deployment, and the accounts that were left out, in the order of the document. Without any, the deployment is that
        of ``read_deployment``.

    Raises:
        DocumentError: The document has faults that are not an account's own; it carries these, and those of the accounts.

    Clauses: NAME-1, NAME-2, NAME-6, NAME-7, ATTR-5, ATTR-7

    >>> document = '{"Users": [{"SipAddress": "zoe@contoso.com"}, {"SipAddress": "roy", "DisplayName": "Roy"}]}'
    >>> deployment, (roy,) = read_valid_accounts(document)
    >>> [user.sip_address for user in deployment.users], roy.place, roy.address
    (['sip:zoe@contoso.com'], 'Users[1]', 'roy')
    """
    left_out: list[LeftOut] = []
    try:
        parts = _read_parts(text, _KEYS_OF_A_DEPLOYMENT, left_out=left_out)
    except DocumentError as error:
        raise DocumentError([*error.faults, *(fault for one in left_out for fault in one.faults)]) from None
    return _deployment(parts), tuple(left_out)


def read_deployment(text: str | bytes) -> Deployment:
    """The deployment that a document describes.

    Args:
        text: A JSON document; bytes are UTF-8 or, with a byte-order mark, UTF-16.

    Raises:
        DocumentError: The document has faults; it carries them all.

    Clauses: NAME-1, NAME-2, NAME-6, NAME-7, ATTR-5, ATTR-7, POL-1, POL-2, POL-8, EDGE-3, EDGE-5

    >>> read_deployment('{"Users": [{"SipAddress": "sip:zoe@contoso.com"}]}').users[0].sip_address
    'sip:zoe@contoso.com'
    """
    return _deployment(_read_parts(text, _KEYS_OF_A_DEPLOYMENT))


_KEYS_OF_A_DEPLOYMENT: Final = (_EDGE, *_ARRAYS, _REPLICA, _GRUU)


def _deployment(parts: dict[str, Any]) -> Deployment:
    """The deployment of these parts; a global policy is always there."""
    if all(policy.identity != GLOBAL for policy in parts.get("policies", ())):
        parts["policies"] = (HostedVoicemailPolicy(identity=GLOBAL), *parts.get("policies", ()))
    return Deployment(**parts)


def read_edge_configuration(text: str | bytes) -> EdgeConfiguration:
    """What an Edge Server works from, of a document with AccessEdgeConfiguration and HostingProviders alone.

    Args:
        text: As ``read_deployment`` takes it.

    Raises:
        DocumentError: The document has faults, of which a missing AccessEdgeConfiguration is one; it carries them all.

    Clauses: NAME-1, NAME-6, EDGE-3, EDGE-5

    >>> read_edge_configuration('{"AccessEdgeConfiguration": {"UseDnsSrvRouting": true}}').access_edge.use_dns_srv_routing
    True
    """
    parts = _read_parts(text, (_EDGE, _PROVIDERS), required=(_EDGE,))
    return EdgeConfiguration(access_edge=parts["edge"], providers=parts.get("providers", ()))


def _plain(value: object) -> object:
    """A field's value as JSON has it."""
    match value:
        case VoiceMailSettings():
            return list(value.values)
        case PolicyIdentity() | ProxyAddress():
            return str(value)
        case VerificationLevel() | UriType() | MailboxHome() | PoolVersion():
            return value.value
        case UmServer() | Mailbox() | Tenant():
            return _WRITERS[type(value)](value)
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _writer(model: type) -> Callable[[Any], dict[str, Any]]:
    overrides: dict[str, Any] = {
        name: override(rename=key, unstruct_hook=_joined if name == "organizations" else _plain, omit_if_default=True)
        for name, key in KEYS[model].items()
    }
    return make_dict_unstructure_fn(model, _CONVERTER, **overrides)


def _joined(organizations: Iterable[str]) -> str:
    return ", ".join(organizations)


def _edge_configuration(configuration: EdgeConfiguration) -> dict[str, Any]:
    return {
        _EDGE: _WRITERS[AccessEdgeConfiguration](configuration.access_edge),
        _PROVIDERS: [_WRITERS[HostingProvider](provider) for provider in configuration.providers],
    }


def _replica(replica: EdgeReplica) -> dict[str, Any]:
    found: dict[str, Any] = {} if replica.fqdn is None else {_REPLICA_FQDN: replica.fqdn}
    return found | ({} if replica.configuration is None else _edge_configuration(replica.configuration))


def _status(status: ReplicationStatus) -> dict[str, Any]:
    found: dict[str, Any] = {} if status.replica_fqdn is None else {_REPLICA_FQDN: status.replica_fqdn}
    return found | ({} if status.up_to_date is None else {"UpToDate": status.up_to_date})


_WRITERS: Final[Mapping[type, Callable[[Any], dict[str, Any]]]] = {
    **{model: _writer(model) for model in KEYS},
    EdgeConfiguration: _edge_configuration,
    EdgeReplica: _replica,
    ReplicationStatus: _status,
}


@names_wrong_types
def object_to_json(model: Printed | Pool) -> dict[str, Any]:
    """One object of a deployment as the document has it; what is as by default is left out.

    The status of a replica is ``ReplicaFqdn``, where it is known, and ``UpToDate``.

    >>> object_to_json(User(sip_address="zoe@contoso.com"))
    {'SipAddress': 'sip:zoe@contoso.com'}
    """
    found: dict[str, Any] = _WRITERS[type(model)](model)
    return found


def _lines(models: Iterable[Any]) -> str:
    lines = [json.dumps(_WRITERS[type(model)](model), ensure_ascii=False) for model in models]
    return "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"


def _document(parts: Iterable[str]) -> str:
    return "{\n  " + ",\n  ".join(parts) + "\n}\n"


@names_wrong_types
def write_edge_configuration(configuration: EdgeConfiguration) -> str:
    """The document that describes what an Edge Server works from; reading it gives an equal configuration.

    >>> print(write_edge_configuration(EdgeConfiguration(access_edge=AccessEdgeConfiguration(allow_federated_users=True))))
    {
      "AccessEdgeConfiguration": {"AllowFederatedUsers": true},
      "HostingProviders": []
    }
    <BLANKLINE>
    """
    access_edge = json.dumps(_WRITERS[AccessEdgeConfiguration](configuration.access_edge))
    return _document((f'"{_EDGE}": {access_edge}', f'"{_PROVIDERS}": {_lines(configuration.providers)}'))


@names_wrong_types
def write_deployment(deployment: Deployment) -> str:
    """The document that describes a deployment, an object a line; what is as by default is left out.

    Reading it gives an equal deployment.

    >>> print(write_deployment(Deployment(users=[User(sip_address="zoe@contoso.com")])))
    {
      "HostedVoicemailPolicies": [
        {"Identity": "Global"}
      ],
      "Users": [
        {"SipAddress": "sip:zoe@contoso.com"}
      ]
    }
    <BLANKLINE>
    """
    parts = []
    if deployment.edge is not None:
        parts.append(f'"{_EDGE}": ' + json.dumps(_WRITERS[AccessEdgeConfiguration](deployment.edge)))
    for array, (part, _) in _ARRAYS.items():
        models = getattr(deployment, part)
        if models or (models is not None and part == "dial_plans"):
            parts.append(f'"{array}": {_lines(models)}')
    if deployment.edge_replica is not None:
        parts.append(f'"{_REPLICA}": ' + json.dumps(_replica(deployment.edge_replica), ensure_ascii=False))
    if deployment.av_edge_gruu is not None:
        parts.append(f'"{_GRUU}": ' + json.dumps(str(deployment.av_edge_gruu)))
    return _document(parts)
