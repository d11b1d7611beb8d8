"""What a rule of the audit sees, and the cmdlet lines that mend it, ready to run."""

import itertools
import re
from collections.abc import Collection
from typing import Final

import attrs

from exum_routing.deployment import PolicyIdentity, VerificationLevel
from exum_routing.sip import Fqdn

# PowerShell ends a single-quoted string at any of these, and reads two of them in a row as one.
_SINGLE_QUOTES: Final = re.compile("['\u2018\u2019\u201a\u201b]")
_LITERALS: Final = {True: "$True", False: "$False", None: "$null"}
_EACH: Final = "{}"


@attrs.frozen
class Observation:
    """One thing that a rule sees in a deployment.

    >>> Observation(("Global",), "Nobody asks why.").calls_fail
    True
    """

    subjects: tuple[str, ...]
    """Whom or what it is about: SIP addresses, or names of objects; at least one."""
    sentence: str
    """Why it matters; where no cmdlet mends it, who can."""
    remedy: tuple[str, ...] = ()
    """The cmdlet lines that mend it, each once."""
    remedy_each: tuple[str, ...] = ()
    """The cmdlet lines that mend it for each subject; the first ``{}`` stands for the subject."""
    calls_fail: bool = True
    """Whether calls of the subjects fail because of it, where its rule is one of failing calls."""


def _quoted(text: str) -> str:
    return f"'{_SINGLE_QUOTES.sub(lambda quote: quote[0] * 2, text)}'"


def cmdlet(name: str, **parameters: str | bool | None) -> str:
    """One cmdlet line for PowerShell; texts stand in single quotes, so that nothing in them is run.

    Args:
        name: The cmdlet, with its switches.
        parameters: The parameters with their values, in order.

    >>> print(cmdlet("Set-CsUser", Identity="sip:o'brien@contoso.com", HostedVoiceMail=None))
    Set-CsUser -Identity 'sip:o''brien@contoso.com' -HostedVoiceMail $null
    """
    values = {key: _quoted(value) if isinstance(value, str) else _LITERALS[value] for key, value in parameters.items()}
    return " ".join([name, *(f"-{key} {value}" for key, value in values.items())])


def cmdlet_for_each(name: str, **parameters: str | bool | None) -> str:
    """One cmdlet line with ``{}`` in the place of its Identity, which ``for_subject`` fills.

    >>> cmdlet_for_each("Set-CsUser", HostedVoiceMail=True)
    'Set-CsUser -Identity {} -HostedVoiceMail $True'
    """
    return cmdlet(f"{name} -Identity {_EACH}", **parameters)


def for_subject(line: str, subject: str) -> str:
    """The cmdlet line for one subject.

    >>> print(for_subject("Set-CsUser -Identity {} -HostedVoiceMail $True", "sip:alice@contoso.com"))
    Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $True
    """
    return line.replace(_EACH, _quoted(subject), 1)


def set_policy(identity: PolicyIdentity, **changed: str) -> str:
    """The cmdlet line that changes a hosted voice mail policy.

    >>> print(set_policy(PolicyIdentity("Redmond"), Destination="exap.um.outlook.com"))
    Set-CsHostedVoicemailPolicy -Identity 'tag:Redmond' -Destination 'exap.um.outlook.com'
    """
    return cmdlet("Set-CsHostedVoicemailPolicy", Identity=str(identity), **changed)


def new_hosting_provider(destination: Fqdn, taken: Collection[str]) -> str:
    """The cmdlet line that makes a hosting provider for hosted UM by the recipe, under an Identity that is not taken.

    Args:
        destination: The Destination that it is for.
        taken: The Identities of the other hosting providers.

    Clauses: EDGE-4, EDGE-5, EDGE-8
    """
    names = itertools.chain((str(destination),), (f"{destination} {number}" for number in itertools.count(2)))
    lower = {identity.lower() for identity in taken}
    return cmdlet(
        "New-CsHostingProvider",
        Identity=next(name for name in names if name not in lower),
        Enabled=True,
        EnabledSharedAddressSpace=True,
        HostsOCSUsers=False,
        ProxyFqdn=destination,
        IsLocal=False,
        VerificationLevel=VerificationLevel.USE_SOURCE_VERIFICATION.value,
    )
