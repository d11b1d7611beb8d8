"""New-, Set-, Get-, Grant- and Remove-CsHostedVoicemailPolicy."""

from collections.abc import Mapping

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets.change import Change, ObjectKind, changed_contact, changed_policy, changed_user
from exum_routing.cmdlets.names import the_user
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven, given
from exum_routing.cmdlets.view import View
from exum_routing.cmdlets.wildcard import matches
from exum_routing.deployment import (
    GLOBAL,
    HostedVoicemailPolicy,
    PolicyIdentity,
    PolicyScope,
    Subject,
    UmContact,
    policy_identity,
    read_organization,
)
from exum_routing.errors import (
    AmbiguousIdentity,
    IdentityInUse,
    InvalidPolicyIdentity,
    InvalidSipAddress,
    UnknownIdentity,
    WrongPolicyScope,
)


@names_wrong_types
def new_cs_hosted_voicemail_policy(
    view: View,
    *,
    identity: PolicyIdentity | str,
    description: str | None = None,
    destination: str | None = None,
    organization: str | None = None,
) -> CmdletResult:
    """New-CsHostedVoicemailPolicy: creates a site or per-user policy.

    Raises:
        WrongPolicyScope: The identity is the global policy's, which always exists.
        IdentityInUse: There is a policy of this identity.
        InvalidPolicyIdentity: It is no identity.
        InvalidFqdn: Destination is no FQDN.
        InvalidOrganization: Organization lists something else than FQDNs.
        InvalidText: The description has control characters.

    Clauses: CMD-1

    >>> from exum_routing.deployment import Deployment
    >>> result = new_cs_hosted_voicemail_policy(View(Deployment()), identity="ExRedmond", destination="exap.um.outlook.com")
    >>> str(result.output[0].identity)
    'tag:ExRedmond'
    """
    wanted = policy_identity(identity)
    if wanted.scope is PolicyScope.GLOBAL:
        raise WrongPolicyScope(str(wanted), "always exists and cannot be made: change it by Set-CsHostedVoicemailPolicy")
    if view.policy(wanted) is not None:
        raise IdentityInUse(str(wanted), "is the identity of a policy: give another, or Set-CsHostedVoicemailPolicy")
    policy = HostedVoicemailPolicy(
        identity=wanted,
        description=description,
        destination=destination or None,
        organizations=read_organization(organization or ""),
    )
    return CmdletResult(output=(policy,), changes=(changed_policy(policy),))


def _existing(view: View, identity: PolicyIdentity | str) -> HostedVoicemailPolicy:
    found = view.policy(policy_identity(identity))
    if found is None:
        raise UnknownIdentity(str(identity), "is the identity of no hosted voice mail policy: give one of the deployment")
    return found


@names_wrong_types
def set_cs_hosted_voicemail_policy(
    view: View,
    *,
    identity: PolicyIdentity | str = GLOBAL,
    description: str | NotGiven | None = NOT_GIVEN,
    destination: str | NotGiven | None = NOT_GIVEN,
    organization: str | NotGiven | None = NOT_GIVEN,
) -> CmdletResult:
    """Set-CsHostedVoicemailPolicy: changes what is given and keeps the rest; without Identity, of the global policy.

    Organization replaces the whole list.

    Raises:
        UnknownIdentity: There is no policy of this identity.
        InvalidPolicyIdentity: It is no identity.
        InvalidFqdn: Destination is no FQDN.
        InvalidOrganization: Organization lists something else than FQDNs.
        InvalidText: The description has control characters.

    Clauses: CMD-2, POL-2

    >>> from exum_routing.deployment import Deployment
    >>> result = set_cs_hosted_voicemail_policy(View(Deployment()), destination="exap.um.outlook.com")
    >>> result.changes[0].value.destination
    'exap.um.outlook.com'
    """
    changes = given(description=description, destination=destination)
    if changes.get("destination") == "":
        changes["destination"] = None
    if not isinstance(organization, NotGiven):
        changes["organizations"] = read_organization(organization or "")
    return CmdletResult(changes=(changed_policy(attrs.evolve(_existing(view, identity), **changes)),))


@names_wrong_types
def get_cs_hosted_voicemail_policy(
    view: View,
    *,
    identity: PolicyIdentity | str | None = None,
    filter: str | None = None,  # noqa: A002 - the parameter's name
) -> CmdletResult:
    """Get-CsHostedVoicemailPolicy: all, one by Identity, or those whose stored identity matches a wildcard Filter.

    Raises:
        UnknownIdentity: There is no policy of this identity.
        InvalidPolicyIdentity: It is no identity.

    Clauses: CMD-3

    >>> from exum_routing.deployment import Deployment
    >>> [str(policy.identity) for policy in get_cs_hosted_voicemail_policy(View(Deployment()), filter="g*").output]
    ['Global']
    """
    if identity is not None:
        return CmdletResult(output=(_existing(view, identity),))
    return CmdletResult(
        output=tuple(policy for policy in view.policies if filter is None or matches(str(policy.identity), filter))
    )


@names_wrong_types
def grant_cs_hosted_voicemail_policy(
    view: View, *, identity: str, policy_name: PolicyIdentity | str | None, pass_thru: bool = False
) -> CmdletResult:
    """Grant-CsHostedVoicemailPolicy: assigns a per-user policy to a user or a contact; ``None`` and an empty text unassign.

    The members of a group are expanded by the caller, at that moment.

    Args:
        view: The deployment.
        identity: The user, as Set-CsUser takes it, or a contact's SIP address.
        policy_name: The policy's name, with ``tag:`` or without; None or empty: no per-user policy from now on.
        pass_thru: Whether the account is printed.

    Raises:
        WrongPolicyScope: A site or global policy.
        UnknownIdentity: There is no such policy, or nobody whom the identity fits.
        AmbiguousIdentity: The identity fits several.
        InvalidPolicyIdentity: It is no identity.

    Clauses: CMD-4, POL-5
    """
    assigned = None
    if policy_name is not None and policy_name != "":
        wanted = policy_identity(policy_name)
        if wanted.scope is not PolicyScope.PER_USER:
            raise WrongPolicyScope(str(wanted), "cannot be granted: give the name of a per-user policy, or $null")
        assigned = _existing(view, wanted).identity
    account = attrs.evolve(_account(view, identity), hosted_voicemail_policy=assigned)
    change = changed_contact(account) if isinstance(account, UmContact) else changed_user(account)
    return CmdletResult(output=(account,) if pass_thru else (), changes=(change,))


def policy_and_account(view: View, first: object, second: object) -> Mapping[str, object]:
    """The arguments of Grant-CsHostedVoicemailPolicy without names: its pages give both orders, so what exists decides.

    Raises:
        AmbiguousIdentity: Both orders fit, or neither does.

    Clauses: CMD-4

    >>> from exum_routing.deployment import Deployment
    >>> view = View(Deployment(policies=[HostedVoicemailPolicy(identity="Global"), HostedVoicemailPolicy(identity="Cloud")]))
    >>> policy_and_account(view, "Bob", "cloud")
    {'policy_name': 'cloud', 'identity': 'Bob'}
    """
    is_policy = [_names_a_policy(view, one) for one in (first, second)]
    if is_policy == [True, False]:
        return {"policy_name": first, "identity": second}
    if is_policy == [False, True]:
        return {"policy_name": second, "identity": first}
    raise AmbiguousIdentity(
        ", ".join("$null" if one is None else str(one) for one in (first, second)),
        "may stand in either order, and the pages give both: name them, -PolicyName and -Identity",
    )


def _names_a_policy(view: View, value: object) -> bool:
    """Whether a value can be a PolicyName: nothing, or the name of a policy."""
    if value is None or value == "":
        return True
    try:
        return view.policy(policy_identity(str(value))) is not None
    except InvalidPolicyIdentity:
        return False


def _account(view: View, identity: str) -> Subject:
    """A contact by its SIP address, or a user."""
    try:
        contact = view.contact(identity)
    except InvalidSipAddress:
        contact = None
    if contact is None:
        return the_user(view, identity)
    users = view.users_named(identity)
    if users:
        raise AmbiguousIdentity(
            identity,
            f"is the SIP address of a contact object and fits {users[0].sip_address} too: give a SIP address with sip:",
        )
    return contact


@names_wrong_types
def remove_cs_hosted_voicemail_policy(view: View, *, identity: PolicyIdentity | str) -> CmdletResult:
    """Remove-CsHostedVoicemailPolicy: removes a site or per-user policy; resets the global one and warns.

    Its users keep the name and fall to the policy of their site, then to the global one.

    Raises:
        UnknownIdentity: There is no policy of this identity.
        InvalidPolicyIdentity: It is no identity.

    Clauses: CMD-5, POL-2, POL-6

    >>> from exum_routing.deployment import Deployment
    >>> remove_cs_hosted_voicemail_policy(View(Deployment()), identity="Global").warnings
    ('The global policy cannot be removed: it was reset to an empty one.',)
    """
    policy = _existing(view, identity)
    if policy.identity.scope is PolicyScope.GLOBAL:
        warning = "The global policy cannot be removed: it was reset to an empty one."
        return CmdletResult(warnings=(warning,), changes=(changed_policy(HostedVoicemailPolicy(identity=GLOBAL)),))
    return CmdletResult(changes=(Change(ObjectKind.POLICY, policy.identity.key, None),))
