"""The administrator's cmdlets as pure functions, each named after its cmdlet, its parameters in snake case.

A cmdlet takes a ``View`` of a deployment. It returns what it prints, its warnings, and what it changes; a refusal raises one
error and changes nothing. ``apply_changes`` folds any number of changes into a new deployment.
"""

from exum_routing.cmdlets.access_edge import get_cs_access_edge_configuration, set_cs_access_edge_configuration
from exum_routing.cmdlets.call import CmdletCall
from exum_routing.cmdlets.change import Change, ObjectKind
from exum_routing.cmdlets.contacts import (
    get_cs_ex_um_contact,
    move_cs_ex_um_contact,
    new_cs_ex_um_contact,
    remove_cs_ex_um_contact,
    set_cs_ex_um_contact,
)
from exum_routing.cmdlets.names import distinguished_name
from exum_routing.cmdlets.parameters import (
    CMDLETS,
    COMMON,
    ELSEWHERE,
    ERROR_ACTION,
    IN_MEMORY,
    OUT_VARIABLE,
    WHAT_IF,
    Cmdlet,
    Parameter,
    ParameterType,
    parameters_named,
    verification_level,
)
from exum_routing.cmdlets.policies import (
    get_cs_hosted_voicemail_policy,
    grant_cs_hosted_voicemail_policy,
    new_cs_hosted_voicemail_policy,
    remove_cs_hosted_voicemail_policy,
    set_cs_hosted_voicemail_policy,
)
from exum_routing.cmdlets.powershell import DOUBLE_QUOTES, SINGLE_QUOTES, Without, quote
from exum_routing.cmdlets.providers import (
    disable_cs_hosting_provider,
    enable_cs_hosting_provider,
    get_cs_hosting_provider,
    new_cs_hosting_provider,
    remove_cs_hosting_provider,
    set_cs_hosting_provider,
)
from exum_routing.cmdlets.replication import (
    export_cs_configuration,
    get_cs_management_store_replication_status,
    invoke_cs_management_store_replication,
)
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven, Printed
from exum_routing.cmdlets.users import (
    exchange_sets_hosted_voice_mail,
    get_cs_effective_policy,
    get_cs_user,
    move_cs_user,
    set_cs_user,
)
from exum_routing.cmdlets.view import View, apply_changes
from exum_routing.cmdlets.wildcard import matches
from exum_routing.errors import (
    AlreadyInThatState,
    AmbiguousIdentity,
    CmdletRefused,
    HostingProvidersInTheWay,
    IdentityInUse,
    NoUsablePolicyApplies,
    ParametersExclude,
    UnknownIdentity,
    UnknownReplica,
    UsablePolicyApplies,
    WrongPolicyScope,
)
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading, Disabling, ForeignValue

__all__ = [
    "CMDLETS",
    "COMMON",
    "DEFAULT_CMDLET_READING",
    "DOUBLE_QUOTES",
    "ELSEWHERE",
    "ERROR_ACTION",
    "IN_MEMORY",
    "NOT_GIVEN",
    "OUT_VARIABLE",
    "SINGLE_QUOTES",
    "WHAT_IF",
    "AlreadyInThatState",
    "AmbiguousIdentity",
    "Change",
    "Cmdlet",
    "CmdletCall",
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
    "Parameter",
    "ParameterType",
    "ParametersExclude",
    "Printed",
    "UnknownIdentity",
    "UnknownReplica",
    "UsablePolicyApplies",
    "View",
    "Without",
    "WrongPolicyScope",
    "apply_changes",
    "disable_cs_hosting_provider",
    "distinguished_name",
    "enable_cs_hosting_provider",
    "exchange_sets_hosted_voice_mail",
    "export_cs_configuration",
    "get_cs_access_edge_configuration",
    "get_cs_effective_policy",
    "get_cs_ex_um_contact",
    "get_cs_hosted_voicemail_policy",
    "get_cs_hosting_provider",
    "get_cs_management_store_replication_status",
    "get_cs_user",
    "grant_cs_hosted_voicemail_policy",
    "invoke_cs_management_store_replication",
    "matches",
    "move_cs_ex_um_contact",
    "move_cs_user",
    "new_cs_ex_um_contact",
    "new_cs_hosted_voicemail_policy",
    "new_cs_hosting_provider",
    "parameters_named",
    "quote",
    "remove_cs_ex_um_contact",
    "remove_cs_hosted_voicemail_policy",
    "remove_cs_hosting_provider",
    "set_cs_access_edge_configuration",
    "set_cs_ex_um_contact",
    "set_cs_hosted_voicemail_policy",
    "set_cs_hosting_provider",
    "set_cs_user",
    "verification_level",
]
