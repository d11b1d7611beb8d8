"""What a rule of the audit sees, and the cmdlet calls that fix it."""

import itertools
from collections.abc import Collection

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import PolicyIdentity, VerificationLevel
from exum_routing.sip import Fqdn


@attrs.frozen
class CallForEach:
    """A cmdlet call without its subject, which is its Identity.

    >>> print(CallForEach("Grant-CsHostedVoicemailPolicy", (("policy_name", None),)).of("sip:roy@contoso.com"))
    Grant-CsHostedVoicemailPolicy -Identity 'sip:roy@contoso.com' -PolicyName $null
    """

    name: str
    """The cmdlet's name."""
    arguments: tuple[tuple[str, object], ...] = ()
    """Its other arguments by name, in order."""

    def of(self, subject: str) -> CmdletCall:
        """The call for one subject."""
        return CmdletCall.named(self.name, identity=subject, **dict(self.arguments))


@attrs.frozen
class Observation:
    """One thing that a rule sees in a deployment.

    >>> Observation(("Global",), "Nobody asks why.").calls_fail
    True
    """

    subjects: tuple[str, ...]
    """Whom or what it is about: SIP addresses, or names of objects; at least one."""
    sentence: str
    """Why it matters; where no cmdlet fixes it, who can."""
    remedy: tuple[CmdletCall, ...] = ()
    """The cmdlet calls that fix it, each made once."""
    remedy_each: tuple[CallForEach, ...] = ()
    """The cmdlet calls that fix it for each subject."""
    calls_fail: bool = True
    """Whether calls of the subjects fail because of it, where its rule is one of failing calls."""


def for_each(name: str, **arguments: object) -> CallForEach:
    """The call that fixes it for each subject.

    >>> print(for_each("Set-CsUser", hosted_voice_mail=True).of("sip:alice@contoso.com"))
    Set-CsUser -Identity 'sip:alice@contoso.com' -HostedVoiceMail $True
    """
    return CallForEach(name, tuple(arguments.items()))


def set_policy(identity: PolicyIdentity, **changed: str) -> CmdletCall:
    """The call that changes a hosted voice mail policy.

    >>> print(set_policy(PolicyIdentity("Redmond"), destination="exap.um.outlook.com"))
    Set-CsHostedVoicemailPolicy -Identity 'tag:Redmond' -Destination 'exap.um.outlook.com'
    """
    return CmdletCall.named("Set-CsHostedVoicemailPolicy", identity=str(identity), **changed)


def new_hosting_provider(destination: Fqdn, taken: Collection[str]) -> CmdletCall:
    """The call that makes a hosting provider for hosted UM by the recipe, under an Identity that is not taken.

    Args:
        destination: The Destination that it is for.
        taken: The Identities of the other hosting providers.

    Clauses: EDGE-4, EDGE-5, EDGE-8
    """
    names = itertools.chain((str(destination),), (f"{destination} {number}" for number in itertools.count(2)))
    lower = {folded(identity) for identity in taken}
    return CmdletCall.named(
        "New-CsHostingProvider",
        identity=next(name for name in names if name not in lower),
        enabled=True,
        enabled_shared_address_space=True,
        hosts_ocs_users=False,
        proxy_fqdn=destination,
        is_local=False,
        verification_level=VerificationLevel.USE_SOURCE_VERIFICATION,
    )
