"""The deployment document: a deployment as JSON, with the cmdlets' and the directory's own property names as keys.

Reading reports every fault of a document at once, each with its path. cattrs takes the objects apart, field by field; what a
field accepts is decided by the models' own converters.
"""

import codecs
import collections
import difflib
import enum
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, assert_never

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from exum_routing.attributes import ProxyAddress, VoiceMailSettings
from exum_routing.decision import HostedUm, NotRouted, OnPremisesUm, RoutingDecision
from exum_routing.deployment import Deployment, Pool, Subject, UmContact, User
from exum_routing.edge import AccessEdgeConfiguration, HostingProvider, VerificationLevel
from exum_routing.errors import ExumRoutingError, InvalidValue, shown
from exum_routing.fields import text
from exum_routing.on_premises import UmDialPlan, UmServer, UriType
from exum_routing.policy import GLOBAL, HostedVoicemailPolicy, PolicyIdentity, read_organization
from exum_routing.request_uri import DEFAULT_LAYOUT, RequestUriLayout, request_uri

T = TypeVar("T")

_LONGEST_NUMBER: Final = 20
"""Digits of a number that is read at all; no field takes one nearly as long."""
_LONGEST_KEY: Final = 100
"""Characters of an unknown key that are shown and compared with the known ones."""


@attrs.frozen
class Fault:
    """One fault of a document."""

    path: str
    """Where it is, as in ``Users[3].SipAddress``; empty: the document as a whole."""
    message: str
    """The value, what is wrong with it, and what to give instead."""

    def __str__(self) -> str:
        """Path and message on one line."""
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, path: str) -> "Fault":
        """The same fault, seen from the object that holds the faulty one."""
        dot = "." if path and self.path and not self.path.startswith("[") else ""
        return Fault(f"{path}{dot}{self.path}", self.message)


class DocumentError(ExumRoutingError):
    """A document that cannot be read; it carries every fault."""

    faults: tuple[Fault, ...]
    """The faults, in the order of the document's parts; at least one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__(tuple(faults), "are the faults of the document")
        self.args = (tuple(faults),)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """A line for each fault."""
        return "\n".join(map(str, self.faults))


_KEYS: Final[Mapping[type, Mapping[str, str]]] = {
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
    Pool: {"fqdn": "Identity", "site": "Site"},
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
}
"""The key of every field, in the order in which the fields are read and written."""


class _RepeatedKeys(dict[str, Any]):
    """A JSON object in which keys occurred twice; the last value stands."""

    repeated: tuple[str, ...] = ()


class _Unreadable:
    """Something that JSON or this library does not take as a number."""

    def __init__(self, spelling: str) -> None:
        self._spelling = spelling

    def __repr__(self) -> str:
        return self._spelling


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = _RepeatedKeys(found)
    marked.repeated = tuple(key for key, times in collections.Counter(key for key, _ in pairs).items() if times > 1)
    return marked


def _integer(digits: str) -> object:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _Unreadable(digits)


def _decoded(document: str | bytes) -> str:
    if isinstance(document, str):
        return document.removeprefix("\ufeff")
    if not isinstance(document, bytes):
        raise DocumentError([Fault("", f"{shown(document)} is neither text nor bytes: give a JSON document")])
    utf_16 = document.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return document.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        encoding = "UTF-16" if utf_16 else "UTF-8"
        problem = f"is not {encoding} at byte {error.start}: save it as UTF-8, or as UTF-16 with a byte-order mark"
        raise DocumentError([Fault("", f"the document {problem}")]) from None


def _parsed(document: str | bytes) -> object:
    text = _decoded(document)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_Unreadable, parse_constant=_Unreadable
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        if not text.strip():
            raise DocumentError([Fault("", "the document is empty: give a JSON object, {} at least")]) from None
        fault = Fault("", f"the document is not JSON at {place} ({error.msg}): give one whole JSON object")
    except RecursionError:
        fault = Fault("", "the document is nested too deeply: no part of a deployment goes deeper than five levels")
    raise DocumentError([fault])


def _spelled(key: str) -> str:
    short = key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}..."
    return short if short.isprintable() and short else ascii(short)


@functools.lru_cache
def _nearest(key: str, known: tuple[str, ...]) -> str:
    by_lower = {name.lower(): name for name in known}
    return by_lower[difflib.get_close_matches(key[:_LONGEST_KEY].lower(), by_lower, n=1, cutoff=0.0)[0]]


def _key_faults(found: dict[str, Any], known: tuple[str, ...]) -> Iterator[Fault]:
    if isinstance(found, _RepeatedKeys):
        for key in found.repeated:
            yield Fault(_spelled(key), "stands twice in one object: keep one of the two")
    for key in found:
        if key not in known:
            yield Fault(_spelled(key), f"is no key here: the nearest known is {_nearest(key, known)}")


def _checked_object(value: object, known: tuple[str, ...]) -> tuple[dict[str, Any], list[Fault]]:
    """The keys that are known and hold something, and the faults of the others."""
    if not isinstance(value, dict):
        raise DocumentError([Fault("", f"{shown(value)} is not an object: give one with braces")])
    return {key: value[key] for key in known if value.get(key) is not None}, list(_key_faults(value, known))


def _each(values: object, structure: Callable[[Any], T]) -> tuple[list[tuple[int, T]], list[Fault]]:
    """The items of an array that are sound, with their numbers, and the faults of the others."""
    if not isinstance(values, list):
        return [], [Fault("", f"{shown(values)} is not an array: give one with brackets")]
    sound: list[tuple[int, T]] = []
    faults: list[Fault] = []
    for number, value in enumerate(values):
        try:
            sound.append((number, structure(value)))
        except DocumentError as error:
            faults += [fault.under(f"[{number}]") for fault in error.faults]
        except ExumRoutingError as error:
            faults.append(Fault(f"[{number}]", error.message))
    return sound, faults


def _all(values: object, structure: Callable[[Any], T]) -> tuple[T, ...]:
    sound, faults = _each(values, structure)
    if faults:
        raise DocumentError(faults)
    return tuple(item for _, item in sound)


def _settings(values: object, _: object) -> VoiceMailSettings:
    return VoiceMailSettings(_all(values, text))


def _proxy_addresses(values: object, _: object) -> tuple[ProxyAddress, ...]:
    return _all(values, ProxyAddress.parse)


def _um_servers(values: object, _: object) -> tuple[UmServer, ...]:
    return _all(values, _READERS[UmServer])


def _destination(value: str, _: object) -> str | None:
    return value or None if isinstance(value, str) else value


def _wire_spelling(kind: type[enum.Enum]) -> Callable[[object, object], object]:
    def structure(value: object, _: object) -> object:
        for one in kind:
            if one.value == value:
                return one
        raise InvalidValue(value, f"is no {kind.__name__}: give one of {', '.join(one.value for one in kind)}")

    return structure


_OF_THEIR_OWN: Final[Mapping[tuple[type, str], Callable[[Any, Any], Any]]] = {
    (HostingProvider, "verification_level"): _wire_spelling(VerificationLevel),
    (HostedVoicemailPolicy, "organizations"): lambda value, _: read_organization(value),
    (UmDialPlan, "uri_type"): _wire_spelling(UriType),
    (UmDialPlan, "um_servers"): _um_servers,
    (User, "voice_mail_settings"): _settings,
    (User, "proxy_addresses"): _proxy_addresses,
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


def _reader(model: type[T]) -> Callable[[object], T]:
    """What reads one JSON object as a model, or raises a DocumentError with every fault of the object."""
    keys = _KEYS[model]
    overrides: dict[str, Any] = {
        field.name: override(rename=keys[field.name], struct_hook=_field_reader(model, field))
        for field in attrs.fields(model)  # type: ignore[arg-type] # every model is an attrs class
        if field.init
    }
    structure: Any = make_dict_structure_fn(model, _CONVERTER, _cattrs_forbid_extra_keys=False, **overrides)
    known = tuple(keys.values())

    def read(value: object) -> T:
        found, faults = _checked_object(value, known)
        try:
            read_model: T = structure(found, model)
        except cattrs.ClassValidationError as group:
            raise DocumentError([*faults, *_faults_of(group, keys)]) from None
        if faults:
            raise DocumentError(faults)
        return read_model

    return read


_CONVERTER: Final = cattrs.Converter(detailed_validation=True)
_READERS: Final[Mapping[type, Callable[[object], Any]]] = {model: _reader(model) for model in _KEYS}

_ARRAYS: Final[Mapping[str, tuple[str, type]]] = {
    "HostingProviders": ("providers", HostingProvider),
    "HostedVoicemailPolicies": ("policies", HostedVoicemailPolicy),
    "Pools": ("pools", Pool),
    "UmDialPlans": ("dial_plans", UmDialPlan),
    "Users": ("users", User),
    "UmContacts": ("contacts", UmContact),
}
"""The arrays of a document, with the part of a deployment that each one is, in the order in which they are written."""
_EDGE: Final = "AccessEdgeConfiguration"

_UNIQUE: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("Identity", ("HostingProviders",)),
    ("ProxyFqdn", ("HostingProviders",)),
    ("Identity", ("HostedVoicemailPolicies",)),
    ("Identity", ("Pools",)),
    ("PhoneContext", ("UmDialPlans",)),
    ("SipAddress", ("Users", "UmContacts")),
)
"""The keys that no two objects may share, with the arrays over which this holds."""


def _duplicates(sound: Mapping[str, Sequence[tuple[int, Any]]]) -> Iterator[Fault]:
    for key, arrays in _UNIQUE:
        places: dict[str, str] = {}
        for array in arrays:
            field = next(field for field, spelled in _KEYS[_ARRAYS[array][1]].items() if spelled == key)
            for number, model in sound.get(array, ()):
                value, place = str(getattr(model, field)), f"{array}[{number}].{key}"
                first = places.setdefault(value.lower(), place)
                if first is not place:
                    yield Fault(place, f"{shown(value)} stands already at {first}: keep one, or give each its own")


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
    document, faults = _checked_object(_parsed(text), (_EDGE, *_ARRAYS))
    parts: dict[str, Any] = {}
    if _EDGE in document:
        try:
            parts["edge"] = _READERS[AccessEdgeConfiguration](document[_EDGE])
        except DocumentError as error:
            faults += [fault.under(_EDGE) for fault in error.faults]
    sound: dict[str, list[tuple[int, Any]]] = {}
    for array, (part, model) in _ARRAYS.items():
        if array in document:
            sound[array], found = _each(document[array], _READERS[model])
            faults += [fault.under(array) for fault in found]
            parts[part] = tuple(item for _, item in sound[array])
    faults += _duplicates(sound)
    if faults:
        raise DocumentError(faults)
    if all(policy.identity != GLOBAL for policy in parts.get("policies", ())):
        parts["policies"] = (HostedVoicemailPolicy(identity=GLOBAL), *parts.get("policies", ()))
    return Deployment(**parts)


def _plain(value: object) -> object:
    """A field's value as JSON has it."""
    match value:
        case VoiceMailSettings():
            return list(value.values)
        case PolicyIdentity() | ProxyAddress():
            return str(value)
        case VerificationLevel() | UriType():
            return value.value
        case UmServer():
            return _WRITERS[UmServer](value)
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _writer(model: type) -> Callable[[Any], dict[str, Any]]:
    overrides: dict[str, Any] = {
        name: override(rename=key, unstruct_hook=_joined if key == "Organization" else _plain, omit_if_default=True)
        for name, key in _KEYS[model].items()
    }
    return make_dict_unstructure_fn(model, _CONVERTER, **overrides)


def _joined(organizations: Iterable[str]) -> str:
    return ", ".join(organizations)


_WRITERS: Final = {model: _writer(model) for model in _KEYS}


def _lines(models: Iterable[Any]) -> str:
    lines = [json.dumps(_WRITERS[type(model)](model), ensure_ascii=False) for model in models]
    return "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"


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
    return "{\n  " + ",\n  ".join(parts) + "\n}\n"


def decision_to_json(
    subject: Subject, decision: RoutingDecision, *, layout: RequestUriLayout = DEFAULT_LAYOUT
) -> dict[str, Any]:
    """A decision about a user or a contact as one JSON object.

    Clauses: ROUTE-10, URI-2, URI-8

    >>> from exum_routing import route
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> decision_to_json(zoe, route(zoe, Deployment(users=[zoe])))
    {'SipAddress': 'sip:zoe@contoso.com', 'Route': 'NotRouted', 'Reason': 'NO_VOICE_MAIL', 'Clauses': ['ROUTE-5']}
    """
    found: dict[str, Any] = {"SipAddress": str(subject.sip_address)}
    if isinstance(subject, UmContact):
        found["DisplayNumber"] = subject.display_number
    found["Route"] = type(decision).__name__
    match decision:
        case HostedUm(policy, organizations):
            found |= {"Policy": str(policy.identity), "Destination": str(decision.destination)}
            found |= {"Organizations": list(map(str, organizations))}
            found |= {"RequestUri": request_uri(subject, decision, layout=layout)}
        case OnPremisesUm(_, um_servers):
            found |= {"DialPlan": decision.phone_context, "UmServers": list(map(str, um_servers))}
            found |= {"RequestUri": request_uri(subject, decision, layout=layout)}
        case NotRouted(reason, policy, proxy_address):
            found["Reason"] = reason.value
            if policy is not None:
                found["Policy"] = str(policy.identity)
            if proxy_address is not None:
                found["DialPlan"] = proxy_address.phone_context
        case _:
            assert_never(decision)
    found["Clauses"] = list(decision.clauses)
    return found
