"""Hypothesis strategies for malformed deployment documents, each with the place of its fault.

A sound document is written and broken in one place, by a table of what no field takes; so the document has one fault, and
a reader has to name that place. Needs the extras ``hypothesis`` and ``interchange``.
"""

import copy
import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from exum_routing.extras import needs

with needs("hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

from exum_routing.deployment import Deployment
from exum_routing.interchange.document import write_deployment
from exum_routing.testing.strategies import deployments as sound_deployments

__all__ = ["malformed_documents", "malformed_texts"]

Document: TypeAlias = dict[str, Any]

_EDGE: Final = "AccessEdgeConfiguration"
_PROVIDERS: Final = "HostingProviders"
_REPLICA: Final = "EdgeReplica"
_GRUU: Final = "AvEdgeGruu"
_NO_TEXT: Final[tuple[Any, ...]] = (5, True, 1.5, [], {})
_CONTROL: Final = ("A\r\nB", "\x00", "\x85", "\u2028", "\ud800")
_NO_FQDN: Final = (*_NO_TEXT, "a..b", "a b", ".a", "a\n", "contoso.com.", "contoso.com:5061", "b\u00fccher.example", "a" * 256)
_NO_FLAG: Final[tuple[Any, ...]] = (0, 1, "true", "False", [], {})
_NO_ARRAY: Final[tuple[Any, ...]] = (5, True, "a", {})
_NO_OBJECT: Final[tuple[Any, ...]] = (5, False, "a", [])
_UNFIT_TEXT: Final = (*_NO_TEXT, *_CONTROL)
_NO_NAME: Final = (*_UNFIT_TEXT, "", " a", "a\u3000")
_NO_SIP_ADDRESS: Final = (
    *_UNFIT_TEXT,
    "",
    "alice",
    "sip:",
    "sip:@contoso.com",
    "sip:a;b@contoso.com",
    "sip:a@contoso.com\r\n",
    "tel:+1",
)
_NO_SIP_URI: Final = (*_NO_TEXT, "", "av.contoso.com", "sip:", "sip:a b@contoso.com", "sip:av@contoso.com;x;x", "sip:a@b\r\n")
_NO_POLICY: Final[tuple[Any, ...]] = (5, [], "A\r\nB", "", "org:A", "tag:", "tag: A")
_NO_ASSIGNMENT: Final = (*_NO_POLICY, "Global", "site:A")
_SAME_SERVER_TWICE: Final = ([{"Fqdn": "um1", "MajorVersion": 15}, {"Fqdn": "UM1", "MajorVersion": 14}],)
_SAME_PROVIDER_TWICE: Final = (
    [{"Identity": "A", "ProxyFqdn": "a"}, {"Identity": "a", "ProxyFqdn": "b"}],
    [{"Identity": "A", "ProxyFqdn": "a"}, {"Identity": "B", "ProxyFqdn": "A"}],
)
_SAME_TENANT_TWICE: Final = ([{"Organization": "a.com"}, {"Organization": "A.com", "Mailboxes": []}],)
_SAME_OWNER_TWICE: Final = ([{"SipAddress": "sip:a@contoso.com"}, {"SipAddress": "A@contoso.com", "Home": "OnPremises"}],)

_PARTS: Final[Mapping[str, Mapping[str, tuple[Any, ...]]]] = {
    _EDGE: {
        **dict.fromkeys(("UseDnsSrvRouting", "AllowFederatedUsers", "EnablePartnerDiscovery"), _NO_FLAG),
        "DefaultRouteFqdn": (*_NO_FQDN, ""),
    },
    _PROVIDERS: {
        "Identity": _NO_NAME,
        **dict.fromkeys(("Enabled", "EnabledSharedAddressSpace", "HostsOCSUsers", "IsLocal"), _NO_FLAG),
        "ProxyFqdn": (*_NO_FQDN, ""),
        "VerificationLevel": (*_NO_TEXT, "", "usesourceverification"),
    },
    "HostedVoicemailPolicies": {
        "Identity": (*_NO_POLICY, "site:"),
        "Description": _UNFIT_TEXT,
        "Destination": _NO_FQDN,
        "Organization": (*_NO_FQDN, ",", "a.com,,b.com", "a.com,", "a.com;b.com"),
    },
    "Pools": {
        "Identity": (*_NO_FQDN, ""),
        "Site": (*_NO_NAME, "site:", "site:site:A"),
        "Version": (2019, "", "2013", "2019 CU1"),
    },
    "UmDialPlans": {
        "PhoneContext": _NO_NAME,
        "UriType": (*_NO_TEXT, "", "sipname", "Sip"),
        "UmServers": (*_NO_ARRAY, *_SAME_SERVER_TWICE),
    },
    "UmServers": {"Fqdn": (*_NO_FQDN, ""), "MajorVersion": (-1, 64, 10**30, 15.0, True, "15", []), "Enabled": _NO_FLAG},
    "Users": {
        "SipAddress": _NO_SIP_ADDRESS,
        **dict.fromkeys(("DisplayName", "UserPrincipalName", "SamAccountName", "DistinguishedName"), _UNFIT_TEXT),
        "RegistrarPool": (*_NO_FQDN, ""),
        "EnterpriseVoiceEnabled": _NO_FLAG,
        "HostedVoicemailPolicy": _NO_ASSIGNMENT,
        "msExchUCVoiceMailSettings": _NO_ARRAY,
        "ProxyAddresses": _NO_ARRAY,
    },
    "UmContacts": {
        "SipAddress": _NO_SIP_ADDRESS,
        "RegistrarPool": (*_NO_FQDN, ""),
        "DisplayNumber": (5, [], "A\r\nB", "", "+", "0123", "+0", "1 2", "1;ext=2", "\u0661"),
        "AutoAttendant": _NO_FLAG,
        "HostedVoicemailPolicy": _NO_ASSIGNMENT,
    },
    "HostedUmServices": {"Fqdn": (*_NO_FQDN, ""), "Tenants": (*_NO_ARRAY, *_SAME_TENANT_TWICE)},
    "Tenants": {
        "Organization": (*_NO_FQDN, "", "a.com, b.com"),
        "EnableTranscription": _NO_FLAG,
        "Mailboxes": (*_NO_ARRAY, *_SAME_OWNER_TWICE),
    },
    "Mailboxes": {
        "SipAddress": _NO_SIP_ADDRESS,
        "Home": (*_NO_TEXT, "", "online", "On-premises"),
        "VoicemailEnabled": _NO_FLAG,
    },
    _REPLICA: {"ReplicaFqdn": (*_NO_FQDN, ""), _EDGE: _NO_OBJECT, _PROVIDERS: (*_NO_ARRAY, *_SAME_PROVIDER_TWICE)},
}
"""What no field takes, by the part of the document and the key."""
_WHOLES: Final[Mapping[str, tuple[Any, ...]]] = {_EDGE: _NO_OBJECT, _REPLICA: _NO_OBJECT, _GRUU: _NO_SIP_URI}
"""What a part that stands once does not take."""
_WITHIN: Final[Mapping[str, str]] = {"UmServers": "UmDialPlans", "Tenants": "HostedUmServices", "Mailboxes": "Tenants"}
"""The part whose objects hold an array that does not stand in the document itself."""
_FIELDS: Final = tuple((part, key) for part, keys in _PARTS.items() for key in keys)
_ENTRIES: Final[Mapping[str, tuple[Any, ...]]] = {
    "msExchUCVoiceMailSettings": (None, *_UNFIT_TEXT),
    "ProxyAddresses": (
        None,
        *_UNFIT_TEXT,
        "EUM:a@b",
        "eum:a;phone-context=",
        "EUM:;phone-context=dp",
        "EUM:1;phone-context= dp",
    ),
}
"""What no entry of a user's arrays may be."""
_CONTRADICTIONS: Final[tuple[tuple[str, Document], ...]] = (
    (_EDGE, {"UseDnsSrvRouting": True, "DefaultRouteFqdn": "sip.contoso.com"}),
    (_EDGE, {"UseDnsSrvRouting": False, "EnablePartnerDiscovery": True}),
    (_REPLICA, {_PROVIDERS: [], _EDGE: None}),
    (_REPLICA, {_PROVIDERS: [{"Identity": "A", "ProxyFqdn": "a"}], _EDGE: None}),
    ("Users", {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1", "cshostedvoicemail=0"]}),
    ("Users", {"msExchUCVoiceMailSettings": ["ExchangeHostedVoiceMail=0", "Other=1", "EXCHANGEHOSTEDVOICEMAIL=1"]}),
)
"""What stands in one object and excludes one another."""
_EXAMPLES: Final[Mapping[str, Document]] = {
    _PROVIDERS: {"Identity": "an example in the document", "ProxyFqdn": "example.contoso.com"},
    "HostedVoicemailPolicies": {"Identity": "tag:an example in the document"},
    "Pools": {"Identity": "an-example-in-the-document.contoso.com", "Site": "Redmond"},
    "UmDialPlans": {"PhoneContext": "an example in the document"},
    "UmServers": {"Fqdn": "an-example-in-the-document.contoso.com", "MajorVersion": 15},
    "Users": {"SipAddress": "sip:an.example.in.the.document@contoso.com"},
    "UmContacts": {"SipAddress": "sip:an.example.in.the.document@contoso.com", "DisplayNumber": "1"},
    "HostedUmServices": {"Fqdn": "an-example-in-the-document.contoso.com"},
    "Tenants": {"Organization": "an-example-in-the-document.contoso.com"},
    "Mailboxes": {"SipAddress": "sip:an.example.in.the.document@contoso.com"},
}
"""A sound object of every array, with the required keys alone, for an array that has none; no strategy draws its keys."""
_UNIQUE: Final[tuple[tuple[str, str, str, Document], ...]] = (
    (_PROVIDERS, _PROVIDERS, "Identity", {"ProxyFqdn": "another-example.contoso.com"}),
    (_PROVIDERS, _PROVIDERS, "ProxyFqdn", {"Identity": "another example in the document"}),
    ("HostedVoicemailPolicies", "HostedVoicemailPolicies", "Identity", {}),
    ("Pools", "Pools", "Identity", {"Site": "Redmond"}),
    ("UmDialPlans", "UmDialPlans", "PhoneContext", {}),
    ("Users", "Users", "SipAddress", {}),
    ("Users", "UmContacts", "SipAddress", {"DisplayNumber": "1"}),
    ("UmContacts", "UmContacts", "SipAddress", {"DisplayNumber": "1"}),
    ("HostedUmServices", "HostedUmServices", "Fqdn", {}),
)
"""Two arrays, or one twice, a key that no two objects of them may share, and what a sound object has besides."""
_ARRAYS: Final = tuple(dict.fromkeys(array for array, *_ in _UNIQUE))


def _one_of(draw: DrawFn, holder: Document, array: str) -> tuple[str, Document]:
    objects = holder.setdefault(array, [])
    if not objects:
        objects.append(dict(_EXAMPLES[array]))
    number = draw(st.integers(0, len(objects) - 1))
    return f"{array}[{number}]", objects[number]


def _replica_of(document: Document) -> Document:
    """The Edge Server's replica, with Access Edge settings."""
    replica: Document = document.setdefault(_REPLICA, {})
    replica.setdefault(_EDGE, {})
    return replica


def _object_of(draw: DrawFn, document: Document, part: str) -> tuple[str, Document]:
    """An object of the part, with its path; settings and providers are the deployment's or the Edge Server's own."""
    if part == _REPLICA:
        return part, _replica_of(document)
    if part in _WITHIN:
        path, holder = _object_of(draw, document, _WITHIN[part])
    else:
        in_replica = part in (_EDGE, _PROVIDERS) and draw(st.booleans())
        path, holder = (_REPLICA, _replica_of(document)) if in_replica else ("", document)
    inner, found = (part, holder.setdefault(part, {})) if part == _EDGE else _one_of(draw, holder, part)
    return f"{path}.{inner}" if path else inner, found


def _break_a_field(draw: DrawFn, document: Document) -> str:
    part, key = draw(st.sampled_from(_FIELDS))
    path, found = _object_of(draw, document, part)
    found[key] = draw(st.sampled_from(_PARTS[part][key]))
    return f"{path}.{key}"


def _break_an_entry(draw: DrawFn, document: Document) -> str:
    path, user = _one_of(draw, document, "Users")
    key = draw(st.sampled_from(tuple(_ENTRIES)))
    entries = user.setdefault(key, [])
    entries.append(draw(st.sampled_from(_ENTRIES[key])))
    return f"{path}.{key}[{len(entries) - 1}]"


def _contradict(draw: DrawFn, document: Document) -> str:
    part, setting = draw(st.sampled_from(_CONTRADICTIONS))
    path, found = _object_of(draw, document, part)
    found.update(setting)
    return path if part == _EDGE else f"{path}.{next(iter(setting))}"


def _take_a_key(draw: DrawFn, document: Document) -> str:
    part = draw(st.sampled_from(tuple(_EXAMPLES)))
    path, found = _object_of(draw, document, part)
    key = draw(st.sampled_from(tuple(_EXAMPLES[part])))
    found[key] = None
    if draw(st.booleans()):
        del found[key]
    return f"{path}.{key}"


def _add_a_key(draw: DrawFn, document: Document) -> str:
    part = draw(st.sampled_from(tuple(_PARTS)))
    path, found = _object_of(draw, document, part)
    key = draw(st.sampled_from(("Colour", *map(str.swapcase, _PARTS[part]))))
    found[key] = draw(st.sampled_from((None, True, "a")))
    return f"{path}.{key}"


def _replace_an_object(draw: DrawFn, document: Document) -> str:
    array = draw(st.sampled_from(_ARRAYS))
    _one_of(draw, document, array)
    number = draw(st.integers(0, len(document[array]) - 1))
    document[array][number] = draw(st.sampled_from((None, *_NO_OBJECT)))
    return f"{array}[{number}]"


def _replace_a_part(draw: DrawFn, document: Document) -> str:
    part = draw(st.sampled_from((*_WHOLES, *_ARRAYS, "Colour", "USERS", *_WITHIN)))
    document[part] = draw(st.sampled_from(_WHOLES.get(part, _NO_ARRAY)))
    return part


def _repeat_an_object(draw: DrawFn, document: Document) -> str:
    array, other_array, key, besides = draw(st.sampled_from(_UNIQUE))
    value = _one_of(draw, document, array)[1][key]
    in_other_case = value.isascii() and draw(st.booleans())
    objects = document.setdefault(other_array, [])
    objects.append({key: value.swapcase() if in_other_case else value} | besides)
    return f"{other_array}[{len(objects) - 1}].{key}"


_WAYS: Final[tuple[Callable[[DrawFn, Document], str], ...]] = (
    *(_break_a_field, _break_a_field, _break_a_field),
    _break_an_entry,
    _contradict,
    _take_a_key,
    _add_a_key,
    _replace_an_object,
    _replace_a_part,
    _repeat_an_object,
)
_SOUND: Final = sound_deployments()


def _written(draw: DrawFn, deployments: SearchStrategy[Deployment] | None) -> Document:
    document: Document = json.loads(write_deployment(draw(_SOUND if deployments is None else deployments)))
    return document


@st.composite
def malformed_documents(draw: DrawFn, *, deployments: SearchStrategy[Deployment] | None = None) -> tuple[dict[str, Any], str]:
    """Documents with exactly one fault, with its path as ``Fault.path`` spells it, such as ``Users[0].SipAddress``.

    A field holds what it does not take, a required key is missing, there is an unknown key, an array or an object is something
    else, two settings contradict each other, or two objects share a key, perhaps in other case.

    Args:
        draw: Given by hypothesis.
        deployments: Draws the deployments whose documents are broken.
    """
    document = _written(draw, deployments)
    path = draw(st.sampled_from(_WAYS))(draw, document)
    return copy.deepcopy(document), path


def _encoded(draw: DrawFn, text: str) -> str | bytes:
    encoding = draw(st.sampled_from((None, "utf-8", "utf-8-sig", "utf-16")))
    return text if encoding is None else text.encode(encoding)


@st.composite
def malformed_texts(draw: DrawFn, *, deployments: SearchStrategy[Deployment] | None = None) -> tuple[str | bytes, str]:
    """Documents as JSON text or bytes, with exactly one fault and its path; empty: the document as a whole.

    They are those of ``malformed_documents``, and those that are no JSON object, cut off, in no known encoding, with a
    repeated key or with NaN.

    Args:
        draw: Given by hypothesis.
        deployments: Draws the deployments whose documents are broken.
    """
    way = draw(st.sampled_from(("document", "whole", "cut off", "encoding", "repeated key", "no number")))
    if way == "document":
        broken, path = draw(malformed_documents(deployments=deployments))
        return _encoded(draw, json.dumps(broken)), path
    if way == "whole":
        return _encoded(draw, draw(st.sampled_from(("", " \n", "null", "[]", "5", '"Users"', "{} {}")))), ""
    document = _written(draw, deployments)
    text, part = json.dumps(document), draw(st.sampled_from(_ARRAYS))
    if way == "cut off":
        return _encoded(draw, text[: draw(st.integers(0, len(text) - 1))]), ""
    if way == "encoding":
        return draw(st.sampled_from((text.encode() + b"\xff", b"\xff\xfe" + text.encode("utf-16-le") + b"\x00"))), ""
    if way == "repeated key":
        return _encoded(draw, f'{{"{part}": null, "{part}": null, {text[1:]}'), part
    return _encoded(draw, json.dumps(document | {part: draw(st.sampled_from((math.nan, math.inf, -math.inf)))})), part
