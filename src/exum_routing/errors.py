"""The errors: one family, one class per rule that a caller would catch separately.

Malformed input and a question about something that is not there raise; whatever the source calls an outcome is a returned
value. Every message names the value and what to give in its place, on one line, whatever the value holds.
"""

import reprlib
from typing import Any, Final

_LONGEST_VALUE: Final = 120
"""Characters of a value that a message shows at most; the middle of a longer one is left out."""
_LONGEST_LINE: Final = 4 * _LONGEST_VALUE
"""Characters of a collection, or of a value with many escapes, that a message shows at most."""


def with_article(kind: type) -> str:
    """The name of a class as a sentence has it.

    >>> with_article(InvalidValue)
    'an InvalidValue'
    """
    article = "an" if kind.__name__.startswith(("A", "E", "I", "O")) else "a"
    return f"{article} {kind.__name__}"


class _Shown(reprlib.Repr):
    """Shows a model by its text, or by its kind where it has no text, and never by its fields."""

    def repr_instance(self, x: Any, level: int) -> str:  # noqa: ANN401 - any object
        kind = type(x)
        if not hasattr(kind, "__attrs_attrs__"):
            return super().repr_instance(x, level)
        has_text = any("__str__" in vars(one) for one in kind.__mro__[:-1])
        return self.repr_str(str(x), level) if has_text else with_article(kind)


def shown(value: object) -> str:
    r"""The value as a message shows it: on one line, short, and never failing.

    >>> print(shown("a\r\nb"))
    'a\r\nb'
    """
    short = _Shown()
    short.maxstring = short.maxother = short.maxlong = _LONGEST_VALUE
    short.maxlevel = 2
    try:
        text = short.repr(value)
    except Exception:  # noqa: BLE001 - a value whose own repr fails still deserves its error message
        return "a value that cannot be shown"
    line = text if text.isprintable() else ascii(text)
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_VALUE]}..."


class ExumRoutingError(ValueError):
    """What this library raises; every error of its own is one."""

    value: object
    """The value that was refused."""
    problem: str
    """What is wrong with it and what to give instead, to be read after the value."""
    place: str | None
    """The model and field, as in ``User.sip_address``; None outside a model."""

    def __init__(self, value: object, problem: str) -> None:
        """Keep the value and the sentence about it."""
        super().__init__(value, problem)
        self.value = value
        self.problem = problem
        self.place = None

    @property
    def message(self) -> str:
        """The value and what is wrong with it, without the place."""
        return f"{shown(self.value)} {self.problem}"

    def __str__(self) -> str:
        """The whole message: place, value, what is wrong and what to give instead."""
        return self.message if self.place is None else f"{self.place}: {self.message}"


class InvalidValue(ExumRoutingError):
    """A field of another type than it takes: a flag, a number, a text, a closed set, a tuple of models."""


class InvalidText(ExumRoutingError):
    """A text with control characters or lone surrogates. Clauses: NAME-7."""


class InvalidName(ExumRoutingError):
    """A name of a policy, site, provider or dial plan that is empty or has surrounding blanks. Clauses: NAME-6."""


class InvalidFqdn(ExumRoutingError):
    """Not an FQDN as Set-CsHostedVoicemailPolicy accepts it. Clauses: NAME-1."""


class InvalidSipAddress(ExumRoutingError):
    """Not a SIP address ``sip:user@domain``. Clauses: NAME-2, NAME-5."""


class InvalidSipUri(ExumRoutingError):
    """Not a SIP URI by RFC 3261. Clauses: NAME-3, NAME-5."""


class NotAVoicemailUri(InvalidSipUri):
    """A SIP URI that does not mean a user's voice mail, or whose parts contradict the layout. Clauses: NAME-4, URI-5."""


class ContradictoryVoiceMailSettings(ExumRoutingError):
    """One author's 0 and 1 in the same attribute. Clauses: ATTR-5."""


class InvalidProxyAddress(ExumRoutingError):
    """An entry of proxyAddresses that cannot be one, such as an EUM entry without phone-context. Clauses: ATTR-7."""


class InvalidPolicyIdentity(ExumRoutingError):
    """Not ``Global``, ``site:NAME``, ``tag:NAME`` or a bare name, or of a scope that cannot stand here. Clauses: POL-1."""


class InvalidOrganization(ExumRoutingError):
    """Organization holds an empty entry or something that is no FQDN. Clauses: POL-8."""


class MissingGlobalPolicy(ExumRoutingError):
    """There are policies, but none is the global one. Clauses: POL-2."""


class DuplicateIdentity(ExumRoutingError):
    """Two objects of a kind with the same key. Clauses: POL-1, POL-2, EDGE-5."""


class InvalidAccessEdgeConfiguration(ExumRoutingError):
    """Access Edge settings that exclude one another. Clauses: EDGE-3."""


class InvalidDisplayNumber(ExumRoutingError):
    """A contact's number that is not digits behind an optional ``+``, the first not 0. Clauses: URI-8."""


class InvalidRequestUriLayout(ExumRoutingError):
    """A layout whose parameter names are no tokens, not distinct or reserved. Clauses: URI-2."""


class InvalidDecision(ExumRoutingError):
    """A decision that contradicts itself, such as hosted UM by a policy without Destination. Clauses: ROUTE-10."""


class InvalidInvite(ExumRoutingError):
    """An INVITE with a header that is none, or without exactly one From and one To. Clauses: CALL-16."""


class UnknownSipAddress(ExumRoutingError):
    """No user and no contact of the deployment has this SIP address. Clauses: NAME-2."""


class CmdletRefused(ExumRoutingError):
    """A cmdlet that fails; it changed nothing. Clauses: CMD-13."""


class UnknownIdentity(CmdletRefused):
    """Nothing has the identity that a cmdlet names. Clauses: CMD-2, CMD-4."""


class AmbiguousIdentity(CmdletRefused):
    """An identity that fits several where one is meant. Clauses: CMD-13."""


class IdentityInUse(CmdletRefused):
    """What a New- or Set- cmdlet would make is there already. Clauses: CMD-1, CMD-10, CMD-12."""


class WrongPolicyScope(CmdletRefused):
    """A policy of a scope with which the cmdlet does not work. Clauses: CMD-1, CMD-4."""


class NoUsablePolicyApplies(CmdletRefused):
    """A user cannot be enabled: no policy that names a Destination applies. Clauses: CMD-6."""


class UsablePolicyApplies(CmdletRefused):
    """A user cannot be disabled: a policy that names a Destination applies. Clauses: CMD-7."""


class AlreadyInThatState(CmdletRefused):
    """A hosting provider is enabled, or disabled, already. Clauses: CMD-10."""


class ParametersExclude(CmdletRefused):
    """Parameters that do not go together, or one that is missing beside another. Clauses: CMD-11, CMD-12."""


class HostingProvidersInTheWay(CmdletRefused):
    """A default route cannot be set while there are hosting providers. Clauses: CMD-11."""


class UnknownReplica(UnknownIdentity):
    """No Edge Server's replica has this name. Clauses: REPL-3."""
