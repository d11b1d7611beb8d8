"""The administrator's cmdlets as pure functions, each named after its cmdlet, its parameters in snake case.

A cmdlet takes a ``View`` of a deployment and gives what it prints, its warnings, and what it changes; a refusal raises one
error and changes nothing. ``apply_changes`` folds any number of changes into a new deployment.
"""

from exum_routing.cmdlets.access_edge import get_cs_access_edge_configuration, set_cs_access_edge_configuration
from exum_routing.cmdlets.contacts import (
    get_cs_ex_um_contact,
    new_cs_ex_um_contact,
    remove_cs_ex_um_contact,
    set_cs_ex_um_contact,
)
from exum_routing.cmdlets.policies import (
    get_cs_hosted_voicemail_policy,
    grant_cs_hosted_voicemail_policy,
    new_cs_hosted_voicemail_policy,
    remove_cs_hosted_voicemail_policy,
    set_cs_hosted_voicemail_policy,
)
from exum_routing.cmdlets.providers import (
    disable_cs_hosting_provider,
    enable_cs_hosting_provider,
    get_cs_hosting_provider,
    new_cs_hosting_provider,
    remove_cs_hosting_provider,
    set_cs_hosting_provider,
)
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven
from exum_routing.cmdlets.users import (
    CmdletReading,
    Disabling,
    ForeignValue,
    exchange_sets_hosted_voice_mail,
    get_cs_effective_policy,
    get_cs_user,
    set_cs_user,
)
from exum_routing.errors import (
    AlreadyInThatState,
    AmbiguousIdentity,
    CmdletRefused,
    HostingProvidersInTheWay,
    IdentityInUse,
    NoUsablePolicyApplies,
    ParametersExclude,
    UnknownIdentity,
    UsablePolicyApplies,
    WrongPolicyScope,
)
from exum_routing.view import Change, ObjectKind, View, apply_changes

__all__ = [
    "NOT_GIVEN",
    "AlreadyInThatState",
    "AmbiguousIdentity",
    "Change",
    "CmdletReading",
    "CmdletRefused",
    "CmdletResult",
    "Disabling",
    "ForeignValue",
    "HostingProvidersInTheWay",
    "IdentityInUse",
    "NoUsablePolicyApplies",
    "NotGiven",
    "ObjectKind",
    "ParametersExclude",
    "UnknownIdentity",
    "UsablePolicyApplies",
    "View",
    "WrongPolicyScope",
    "apply_changes",
    "disable_cs_hosting_provider",
    "enable_cs_hosting_provider",
    "exchange_sets_hosted_voice_mail",
    "get_cs_access_edge_configuration",
    "get_cs_effective_policy",
    "get_cs_ex_um_contact",
    "get_cs_hosted_voicemail_policy",
    "get_cs_hosting_provider",
    "get_cs_user",
    "grant_cs_hosted_voicemail_policy",
    "new_cs_ex_um_contact",
    "new_cs_hosted_voicemail_policy",
    "new_cs_hosting_provider",
    "remove_cs_ex_um_contact",
    "remove_cs_hosted_voicemail_policy",
    "remove_cs_hosting_provider",
    "set_cs_access_edge_configuration",
    "set_cs_ex_um_contact",
    "set_cs_hosted_voicemail_policy",
    "set_cs_hosting_provider",
    "set_cs_user",
]
