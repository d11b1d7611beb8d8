"""The values of a script as it runs: expressions, properties of objects, and conditions."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, Self, assert_never

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets import matches
from exum_routing.deployment import AccessEdgeConfiguration, HostedVoicemailPolicy, HostingProvider, Subject, UmContact, User
from exum_routing.errors import CmdletRefused
from exum_routing.interchange.document import KEYS
from exum_routing.interchange.powershell import (
    And,
    ArrayOf,
    Boolean,
    Comparison,
    Concatenation,
    Condition,
    Expression,
    Interpolated,
    IsTrue,
    Not,
    Null,
    Number,
    Or,
    Pipeline,
    Property,
    SubPipeline,
    Text,
    Variable,
)
from exum_routing.rehearsal.bounds import joined, listed
from exum_routing.replication import ReplicationStatus


class NoValue(CmdletRefused):
    """Something in a script that has no value where one is needed."""


def _fields(model: type, *left_out: str) -> dict[str, Callable[[Any], object]]:
    return {key: operator.attrgetter(field) for field, key in KEYS[model].items() if field not in left_out}


def _policy_name(subject: Subject) -> str | None:
    policy = subject.hosted_voicemail_policy
    return None if policy is None else policy.name


_PROPERTIES: Final[Mapping[type, Mapping[str, Callable[[Any], object]]]] = {
    User: {
        "Identity": lambda user: user.distinguished_name or user.sip_address,
        **_fields(User, "voice_mail_settings", "proxy_addresses"),
        "HostedVoiceMail": lambda user: user.voice_mail_settings.cs_hosted_voice_mail,
        "HostedVoicemailPolicy": _policy_name,
        "SamAccountName": lambda user: None if user.sam_account_name is None else user.sam_account_name.rpartition("\\")[2],
    },
    UmContact: {
        "Identity": lambda contact: contact.sip_address,
        **_fields(UmContact),
        "HostedVoicemailPolicy": _policy_name,
        "IsSubscriberAccess": lambda contact: not contact.auto_attendant,
    },
    HostedVoicemailPolicy: {
        **_fields(HostedVoicemailPolicy),
        "Identity": lambda policy: str(policy.identity),
        "Organization": lambda policy: ", ".join(policy.organizations) or None,
    },
    HostingProvider: {
        **_fields(HostingProvider),
        "Name": lambda provider: provider.identity,
        "VerificationLevel": lambda provider: provider.verification_level.value,
    },
    AccessEdgeConfiguration: {"Identity": lambda _: "Global", **_fields(AccessEdgeConfiguration)},
    ReplicationStatus: {"ReplicaFqdn": lambda status: status.replica_fqdn, "UpToDate": lambda status: status.up_to_date},
}
"""What a script may ask of an object: the keys of the document, and what a cmdlet prints in another way or besides."""


@attrs.frozen
class Selected:
    """What Select-Object makes of an object: the properties that it was told, and no others."""

    properties: tuple[tuple[str, Any], ...]
    """Each property's name with its value."""
    not_known: tuple[str, ...] = ()
    """Properties that were asked for and are not known here."""
    has_others: bool = False
    """Whether the product has further properties of it, which are not known here."""


def selected_of(value: object, names: tuple[str, ...]) -> Selected:
    """A new object with some properties of another, each named in any case or by a wildcard."""
    if isinstance(value, Selected):
        known = dict(value.properties)
    else:
        known = {name: read(value) for name, read in _PROPERTIES.get(type(value), {}).items()}
    found: dict[str, Any] = {}
    not_known: list[str] = []
    for wanted in names:
        fitting = {name: one for name, one in known.items() if matches(name, wanted)}
        found |= fitting
        if not fitting and isinstance(value, Selected) and not value.has_others and wanted not in value.not_known:
            found[wanted] = None
        elif not fitting:
            not_known.append(wanted)
    return Selected(tuple(found.items()), tuple(not_known))


def property_of(value: object, name: str) -> Any:  # noqa: ANN401 - a script's value
    """A property of an object, in any case; of several objects, of each; of ``$null``, ``$null``.

    Raises:
        NoValue: The object has no such property here.
    """
    if value is None:
        return None
    if isinstance(value, tuple):
        return type(value)(property_of(one, name) for one in value)
    if isinstance(value, Selected):
        return _property_of_selected(value, name)
    known = _PROPERTIES.get(type(value), {})
    for spelled, read in known.items():
        if folded(spelled) == folded(name):
            return read(value)
    raise NoValue(name, f"is no property that is known here: give one of {', '.join(known) or 'an object of a Get- cmdlet'}")


def _property_of_selected(value: Selected, name: str) -> Any:  # noqa: ANN401 - a script's value
    key, known = folded(name), {folded(one): found for one, found in value.properties}
    if key in known:
        return known[key]
    if value.has_others or key in {folded(one) for one in value.not_known}:
        raise NoValue(name, f"is not a property that is known here: use one of {', '.join(one for one, _ in value.properties)}")
    return None


def identity_of(value: object) -> str:
    """What an object that comes down the pipe, or is given to -Identity, is named by.

    Raises:
        NoValue: It is no object of a Get- cmdlet and no text.
    """
    if isinstance(value, User | UmContact):
        return value.sip_address
    if isinstance(value, HostedVoicemailPolicy | HostingProvider):
        return str(value.identity)
    named = property_of(value, "Identity") if isinstance(value, Selected) else value
    if isinstance(named, str):
        return named
    raise NoValue(_told(value), "cannot be bound to -Identity: pipe what a Get- cmdlet prints, or a text")


def _told(value: object) -> object:
    """A value as a refusal tells it: what Select-Object made, by the names of its properties."""
    return ", ".join(name for name, _ in value.properties) if isinstance(value, Selected) else value


@attrs.frozen
class Scope:
    """What an expression may refer to."""

    variables: Mapping[str, Any]
    """The values of variables, by name in lower case."""
    run: Callable[[Pipeline, "Scope"], tuple[Any, ...]]
    """What runs a pipeline in parentheses in a scope, and returns its objects."""
    piped: tuple[Any, ...] = ()
    """The one object that came down the pipe; empty: none did."""
    filtering: bool = False
    """Whether a -Filter is asked, which the directory evaluates."""

    def of(self, piped: object) -> Self:
        """The scope in which an object is ``$_``."""
        return attrs.evolve(self, piped=(piped,))

    def variable(self, name: str) -> Any:  # noqa: ANN401 - a script's value
        """The value of a variable, by its name in any case.

        Raises:
            NoValue: The variable was never given a value.
        """
        key = folded(name)
        if self.piped and key in {"_", "psitem"}:
            return self.piped[0]
        if key not in self.variables:
            raise NoValue(f"${name}", "has no value: assign one before")
        return self.variables[key]


def value_of(expression: Expression, scope: Scope) -> Any:  # noqa: ANN401, PLR0911 - a script's value; a kind of expression each
    """The value of an expression: a text, number, boolean, object, several of these as a tuple, or None.

    Raises:
        NoValue: A variable that was never given a value, or a property that is not known.
        TooLarge: A text or a list grows beyond what a rehearsal holds.
    """
    match expression:
        case Text(value) | Boolean(value):
            return value
        case Number():
            return expression
        case Null():
            return None
        case Variable(name):
            return scope.variable(name)
        case Interpolated(parts) | Concatenation(parts):
            return joined(text_of(value_of(part, scope)) for part in parts)
        case Property(owner, name):
            return property_of(value_of(owner, scope), name)
        case SubPipeline(pipeline):
            found = scope.run(pipeline, scope)
            return found if len(found) > 1 else next(iter(found), None)
        case ArrayOf(items):
            return listed(tuple(value_of(item, scope) for item in items))
        case _:
            assert_never(expression)


def text_of(value: object) -> str:
    """A value as PowerShell puts it into a text.

    Raises:
        NoValue: An object has no text.
        TooLarge: The text grows beyond what a rehearsal holds.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case Number():
            return value.spelling
        case str():
            return str(value)
        case tuple():
            return joined(map(text_of, value), " ")
        case _:
            raise NoValue(value, "is an object, not a text: give one of its properties")


def holds(condition: Condition, scope: Scope) -> bool:
    """Whether a condition holds.

    Raises:
        NoValue: As ``value_of`` does.
    """
    match condition:
        case Comparison(comparison, left, right):
            alike = comparison in {"like", "notlike"}
            compare = _is_like if alike else _equals
            if scope.filtering:
                _refuse_flag_and_text(left, right, scope)
                _refuse_flag_and_text(right, left, scope)
            return compare(_single(left, scope), _single(right, scope)) is (comparison in {"eq", "like"})
        case IsTrue(value):
            return _truth(value_of(value, scope))
        case Not(negated):
            return not holds(negated, scope)
        case And(conditions):
            return all(holds(one, scope) for one in conditions)
        case Or(conditions):
            return any(holds(one, scope) for one in conditions)
        case _:
            assert_never(condition)


def _refuse_flag_and_text(one: Expression, other: Expression, scope: Scope) -> None:
    """Refuse a text that a filter compares with a flag: the shell and the directory take it differently."""
    flags = {"enterprisevoiceenabled", "hostedvoicemail", "autoattendant", "issubscriberaccess"}
    if isinstance(one, Property) and folded(one.name) in flags:
        value = value_of(other, scope)
        if isinstance(value, str):
            raise NoValue(value, f"is a text, and {one.name} is a flag: compare it with $True, $False or $null")


def _single(expression: Expression, scope: Scope) -> object:
    value = value_of(expression, scope)
    if isinstance(value, tuple):
        raise NoValue(value, "are several values, which are not compared: pipe them into Where-Object")
    return value


def _truth(value: object) -> bool:
    return bool(value.value if isinstance(value, Number) else value)


def _equals(left: object, right: object) -> bool:
    """As -eq compares: ``$null`` equals itself alone; a boolean on the left, the truth of the right; texts, without case."""
    if left is None or right is None:
        return left is right
    if isinstance(left, bool):
        return left is _truth(right)
    if isinstance(left, Number) and isinstance(right, Number | bool):
        return left.value == (right.value if isinstance(right, Number) else right)
    return folded(text_of(left)) == folded(text_of(right))


def _is_like(left: object, right: object) -> bool:
    return matches(text_of(left), text_of(right))
