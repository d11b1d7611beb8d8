"""Which policy an account can be granted so that its calls get through: advice for the rules of the audit.

A grant concerns one account, so it comes before any change of a policy that others share.
"""

import difflib
from typing import Final

from exum_routing.audit.routed import AuditView
from exum_routing.casing import folded
from exum_routing.deployment import CLOUDS, HostedVoicemailPolicy, PolicyScope, Subject, UmContact

_NEAR: Final = 0.6
"""How alike two names are, of 1, if one may be a misspelling of the other."""


def usable_policies(view: AuditView) -> tuple[HostedVoicemailPolicy, ...]:
    """The per-user policies with Destination and Organization to which, as far as is known, calls cross the Edge.

    Clauses: POL-5, POL-10
    """
    stopped = {one.fqdn for one in view.destinations if one.faults_in_store or one.faults_at_edge}
    return tuple(
        policy
        for policy in view.deployment.policies
        if policy.identity.scope is PolicyScope.PER_USER
        and policy.destination is not None
        and policy.destination not in stopped
        and policy.organizations
    )


def nearest_policy(view: AuditView, name: str) -> HostedVoicemailPolicy | None:
    """The usable policy with the nearest name, where it is the only usable one of its tenants; None: nobody can say.

    Clauses: POL-6
    """
    usable = usable_policies(view)
    by_name = {folded(policy.identity.name): policy for policy in usable}
    near = difflib.get_close_matches(folded(name), by_name, 2, _NEAR)
    if not near:
        return None
    found = by_name[near[0]]
    return found if sum(policy.organizations == found.organizations for policy in usable) == 1 else None


def policy_to_grant(view: AuditView, subject: Subject) -> HostedVoicemailPolicy | None:
    """The one policy that makes the calls of an account get through; None: there is none, or more than one.

    An account that is assigned a policy that does not exist may be granted the one with the nearest name. Any other may be
    granted a usable policy if there is only one. Cloud Voicemail answers no contact object, so contact objects are not
    granted its policies.

    Clauses: POL-5, POL-6
    """
    assigned = subject.hosted_voicemail_policy
    if assigned is not None and view.deployment.policy(assigned) is None:
        found = nearest_policy(view, assigned.name)
    else:
        usable = usable_policies(view)
        found = usable[0] if len(usable) == 1 else None
    if found is not None and isinstance(subject, UmContact) and found.destination in CLOUDS:
        return None
    return found
