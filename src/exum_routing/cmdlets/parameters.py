"""The table of cmdlets, with every documented parameter: its name in the source and here, its type and its position.

A parameter without an argument here has no bearing on routing: it is accepted and reported as not modelled. One with a reason
has a bearing, but cannot be rehearsed: it is refused.
"""

import enum
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets.access_edge import get_cs_access_edge_configuration, set_cs_access_edge_configuration
from exum_routing.cmdlets.contacts import (
    get_cs_ex_um_contact,
    move_cs_ex_um_contact,
    new_cs_ex_um_contact,
    remove_cs_ex_um_contact,
    set_cs_ex_um_contact,
)
from exum_routing.cmdlets.policies import (
    get_cs_hosted_voicemail_policy,
    grant_cs_hosted_voicemail_policy,
    new_cs_hosted_voicemail_policy,
    policy_and_account,
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
from exum_routing.cmdlets.replication import (
    export_cs_configuration,
    get_cs_management_store_replication_status,
    invoke_cs_management_store_replication,
)
from exum_routing.cmdlets.result import CmdletResult
from exum_routing.cmdlets.users import get_cs_effective_policy, get_cs_user, move_cs_user, set_cs_user
from exum_routing.deployment import VerificationLevel
from exum_routing.errors import InvalidValue, ParametersExclude


class ParameterType(enum.Enum):
    """What a parameter takes."""

    TEXT = "text"
    """A text; a number is taken as its digits."""
    BOOLEAN = "boolean"
    """``$True``, ``$False``, 1 or 0."""
    NULLABLE_BOOLEAN = "boolean or $null"
    """As a boolean, or ``$null``."""
    NULLABLE_TEXT = "text or $null"
    """A text or ``$null``."""
    SWITCH = "switch"
    """No value, or one behind a colon."""
    VERIFICATION_LEVEL = "verification level"
    """AlwaysVerifiable, AlwaysUnverifiable or UseSourceVerification, in any case."""
    TEXTS = "texts"
    """One text, or several with commas between them."""
    CONDITION = "condition"
    """A script block that says what has to hold of a user."""
    ERROR_ACTION = "error action"
    """Continue, SilentlyContinue, Ignore or Stop, in any case, or the number of one of them."""
    QUIET_ACTION = "action that asks nobody"
    """Continue, SilentlyContinue or Ignore, in any case, or the number of one of them."""
    UNLIMITED = "Unlimited"
    """The word Unlimited: everything."""


@attrs.frozen
class Parameter:
    """A documented parameter of a cmdlet."""

    name: str
    """As the cmdlet's page spells it."""
    argument: str | None
    """The argument of our function; None: it is not passed on."""
    type: ParameterType
    """What it takes."""
    position: int | None = None
    """Its place among values without a name, from 0; None: it is always named."""
    refusal: str | None = None
    """Why it cannot be rehearsed, and what to do; None: it can be, or has no bearing on routing."""
    aliases: tuple[str, ...] = ()
    """Other names of it; they are never cut short."""


@attrs.frozen
class Cmdlet:
    """A cmdlet: a row of the table."""

    name: str
    """As its page spells it."""
    function: Callable[..., CmdletResult] | None
    """Our function; None: the command runs elsewhere, and here it is only written."""
    required: tuple[str, ...]
    """The names of the parameters without which it cannot run."""
    parameters: tuple[Parameter, ...]
    """Every documented parameter."""
    by_content: Callable[..., Mapping[str, object]] | None = None
    """What tells two values by position apart, where the pages give both orders; None: the positions decide."""
    in_either_order: tuple[str, ...] = ()
    """The arguments that it tells apart."""
    where: str = ""
    """Where a command without a function runs."""

    def require(self, names: Container[str]) -> None:
        """Refuse a call in which a required parameter is missing.

        Raises:
            ParametersExclude: One is missing.
        """
        for name in self.required:
            if name not in names:
                raise ParametersExclude(name, f"is missing, and {self.name} cannot do without it: give it")


@names_wrong_types
def parameters_named(parameters: Sequence[Parameter], spelled: str) -> tuple[Parameter, ...]:
    """The parameters that a name or the beginning of one fits, in any case; a whole name fits one alone.

    >>> [one.name for one in parameters_named(CMDLETS["set-csuser"].parameters, "hosted")]
    ['HostedVoiceMail']
    """
    key = folded(spelled)
    whole = tuple(one for one in parameters if key in {folded(name) for name in (one.name, *one.aliases)})
    return whole or tuple(one for one in parameters if folded(one.name).startswith(key))


@names_wrong_types
def verification_level(value: object) -> VerificationLevel:
    """The verification level that a text spells, in any case.

    Raises:
        InvalidValue: The value is not the name of a verification level.

    >>> verification_level("usesourceverification")
    <VerificationLevel.USE_SOURCE_VERIFICATION: 'UseSourceVerification'>
    """
    spelled = folded(value) if isinstance(value, str) else None
    for level in VerificationLevel:
        if folded(level.value) == spelled:
            return level
    names = ", ".join(level.value for level in VerificationLevel)
    raise InvalidValue(value, f"is not a verification level: use one of {names}")


def _of(type: ParameterType, **arguments: str) -> tuple[Parameter, ...]:  # noqa: A002 - the field's name
    return tuple(Parameter(name, argument, type) for name, argument in arguments.items())


def _not_modelled(switches: str, values: str = "") -> tuple[Parameter, ...]:
    return (
        *(Parameter(name, None, ParameterType.SWITCH) for name in switches.split()),
        *(Parameter(name, None, ParameterType.NULLABLE_TEXT) for name in values.split()),
    )


def _refused(reason: str, names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, None, ParameterType.NULLABLE_TEXT, refusal=reason) for name in names.split())


def _identity(position: int = 0, argument: str = "identity") -> Parameter:
    return Parameter("Identity", argument, ParameterType.TEXT, position)


_TEXT, _NULLABLE, _BOOLEAN = ParameterType.TEXT, ParameterType.NULLABLE_TEXT, ParameterType.BOOLEAN
WHAT_IF: Final = Parameter("WhatIf", None, ParameterType.SWITCH)
"""With it a cmdlet changes nothing."""
IN_MEMORY: Final = Parameter("InMemory", None, ParameterType.SWITCH)
"""With it a New- cmdlet prints the object and changes nothing."""
ERROR_ACTION: Final = Parameter("ErrorAction", None, ParameterType.ERROR_ACTION, aliases=("EA",))
"""What happens after an error of the cmdlet."""
OUT_VARIABLE: Final = Parameter("OutVariable", None, ParameterType.TEXT, aliases=("OV",))
"""The variable that keeps what the cmdlet prints, too."""
COMMON: Final = (
    *_not_modelled("Verbose Debug", "OutBuffer"),
    ERROR_ACTION,
    OUT_VARIABLE,
    Parameter("WarningAction", None, ParameterType.QUIET_ACTION, aliases=("WA",)),
    Parameter("InformationAction", None, ParameterType.QUIET_ACTION, aliases=("IA", "INFA")),
    *_refused(
        "puts something into a variable that is not rehearsed: leave it out",
        "ErrorVariable WarningVariable InformationVariable PipelineVariable",
    ),
)
"""The parameters that every cmdlet has."""
_CONFIRMED: Final = (*_not_modelled("Confirm"), WHAT_IF)
_CHANGING: Final = (*_not_modelled("Force"), *_CONFIRMED)
_NO_INSTANCE: Final = _refused(
    "takes an object made with -InMemory, which is not rehearsed: name what is to change", "Instance"
)
_ACCOUNT: Final = "changes the account itself, which is not rehearsed: change the deployment"
_NO_ACCOUNT: Final = (
    *_refused(_ACCOUNT, "SipAddress"),
    Parameter("Enabled", None, _NULLABLE, refusal=_ACCOUNT, aliases=("CsEnabled",)),
)
_SERVERS: Final = "selects users by the version of their server, which is not known: use -Filter or Where-Object"
_INSTANCE: Final = _refused("takes an object: use -Identity, or pipe the hosting provider into the command", "Instance")
_ONE_FILTER: Final = _refused("is not rehearsed: use -Filter or Where-Object", "LdapFilter")
_RESULT_SIZE: Final = Parameter("ResultSize", None, ParameterType.UNLIMITED)
_PASS_THRU: Final = Parameter("PassThru", "pass_thru", ParameterType.SWITCH)
_TARGET: Final = Parameter("Target", "target", _TEXT, 1)
_USER_LIST: Final = _refused("names a file of accounts, which is not read: pipe the accounts into the command", "UserList")
_REPLICA: Final = Parameter("ReplicaFqdn", "replica_fqdn", _TEXT, 0)
_PROVIDER_FLAGS: Final = _of(
    _BOOLEAN,
    Enabled="enabled",
    EnabledSharedAddressSpace="enabled_shared_address_space",
    HostsOCSUsers="hosts_ocs_users",
    IsLocal="is_local",
) + _of(ParameterType.VERIFICATION_LEVEL, VerificationLevel="verification_level")

_TABLE: Final[Iterable[tuple[str, Callable[..., CmdletResult], str, tuple[Parameter, ...]]]] = (
    (
        "New-CsHostedVoicemailPolicy",
        new_cs_hosted_voicemail_policy,
        "Identity",
        (
            _identity(),
            *_of(_NULLABLE, Description="description", Destination="destination", Organization="organization"),
            *_not_modelled("", "Tenant"),
            IN_MEMORY,
            *_CHANGING,
        ),
    ),
    (
        "Set-CsHostedVoicemailPolicy",
        set_cs_hosted_voicemail_policy,
        "",
        (
            _identity(),
            *_of(_NULLABLE, Description="description", Destination="destination", Organization="organization"),
            *_not_modelled("", "Tenant"),
            *_NO_INSTANCE,
            *_CHANGING,
        ),
    ),
    (
        "Get-CsHostedVoicemailPolicy",
        get_cs_hosted_voicemail_policy,
        "",
        (_identity(), *_of(_TEXT, Filter="filter"), *_not_modelled("LocalStore", "Tenant")),
    ),
    (
        "Grant-CsHostedVoicemailPolicy",
        grant_cs_hosted_voicemail_policy,
        "PolicyName Identity",
        (
            Parameter("PolicyName", "policy_name", _NULLABLE, 0),
            _identity(1),
            _PASS_THRU,
            *_not_modelled("", "Tenant DomainController"),
            *_CONFIRMED,
        ),
    ),
    (
        "Remove-CsHostedVoicemailPolicy",
        remove_cs_hosted_voicemail_policy,
        "Identity",
        (_identity(), *_not_modelled("", "Tenant"), *_CHANGING),
    ),
    (
        "Set-CsUser",
        set_cs_user,
        "Identity",
        (
            _identity(),
            *_of(ParameterType.NULLABLE_BOOLEAN, HostedVoiceMail="hosted_voice_mail"),
            *_of(_BOOLEAN, EnterpriseVoiceEnabled="enterprise_voice_enabled"),
            _PASS_THRU,
            *_not_modelled(
                "",
                "DomainController AcpInfo AudioVideoDisabled EnabledForFederation EnabledForInternetAccess "
                "EnabledForRichPresence ExchangeArchivingPolicy IPPBXSoftPhoneRoutingEnabled LineServerURI LineURI "
                "OnPremLineURI PrivateLine RemoteCallControlTelephonyEnabled",
            ),
            *_NO_ACCOUNT,
            *_CONFIRMED,
        ),
    ),
    (
        "Move-CsUser",
        move_cs_user,
        "Identity Target",
        (
            _identity(),
            _TARGET,
            _PASS_THRU,
            *_not_modelled(
                "UseLegacyMode IgnoreBackendStoreException MoveConferenceData UseOAuth MoveToTeams "
                "BypassAudioConferencingCheck BypassEnterpriseVoiceCheck",
                "Credential HostedMigrationOverrideUrl TenantAdminUserName AccessTokens Report ProxyPool DomainController",
            ),
            *_USER_LIST,
            *_CHANGING,
        ),
    ),
    (
        "Get-CsUser",
        get_cs_user,
        "",
        (
            _identity(),
            Parameter("Filter", "filter", ParameterType.CONDITION),
            *_of(_TEXT, OU="ou"),
            *_of(ParameterType.SWITCH, UnassignedUser="unassigned_user"),
            _RESULT_SIZE,
            *_not_modelled("", "DomainController Credential"),
            Parameter("OnOfficeCommunicationServer", None, ParameterType.SWITCH, refusal=_SERVERS),
            Parameter("OnModernServer", None, ParameterType.SWITCH, refusal=_SERVERS, aliases=("OnLyncServer",)),
            *_ONE_FILTER,
        ),
    ),
    (
        "Get-CsEffectivePolicy",
        get_cs_effective_policy,
        "Identity",
        (_identity(), _RESULT_SIZE, *_not_modelled("", "DomainController Credential")),
    ),
    (
        "New-CsHostingProvider",
        new_cs_hosting_provider,
        "Identity ProxyFqdn Enabled",
        (
            _identity(),
            *_of(_TEXT, ProxyFqdn="proxy_fqdn"),
            *_PROVIDER_FLAGS,
            *_not_modelled("", "AutodiscoverUrl SipClientPort"),
            IN_MEMORY,
            *_CHANGING,
        ),
    ),
    (
        "Set-CsHostingProvider",
        set_cs_hosting_provider,
        "Identity",
        (
            _identity(),
            *_PROVIDER_FLAGS,
            *_refused("cannot be modified: delete the hosting provider and create it anew", "ProxyFqdn"),
            *_not_modelled("", "AutodiscoverUrl SipClientPort"),
            *_NO_INSTANCE,
            *_CHANGING,
        ),
    ),
    (
        "Get-CsHostingProvider",
        get_cs_hosting_provider,
        "",
        (_identity(), *_of(_TEXT, Filter="filter"), *_not_modelled("LocalStore")),
    ),
    ("Enable-CsHostingProvider", enable_cs_hosting_provider, "Identity", (_identity(), *_INSTANCE, *_CHANGING)),
    (
        "Disable-CsHostingProvider",
        disable_cs_hosting_provider,
        "Identity",
        (_identity(), *_INSTANCE, *_CHANGING),
    ),
    ("Remove-CsHostingProvider", remove_cs_hosting_provider, "Identity", (_identity(), *_CHANGING)),
    (
        "Set-CsAccessEdgeConfiguration",
        set_cs_access_edge_configuration,
        "",
        (
            Parameter("Identity", None, _TEXT, 0),
            *_of(ParameterType.SWITCH, UseDnsSrvRouting="use_dns_srv_routing", UseDefaultRouting="use_default_routing"),
            *_of(_BOOLEAN, AllowFederatedUsers="allow_federated_users", EnablePartnerDiscovery="enable_partner_discovery"),
            *_of(_TEXT, DefaultRouteFqdn="default_route_fqdn"),
            *_not_modelled(
                "",
                "AllowOutsideUsers AllowAnonymousUsers BeClearingHouse CertificatesDeletedPercentage "
                "DiscoveredPartnerReportPeriodMinutes DiscoveredPartnerStandardRate DiscoveredPartnerVerificationLevel "
                "DnsSrvCacheRecordCount EnableArchivingDisclaimer EnableUserReplicator SkypeSearchUrl "
                "EnableDiscoveredPartnerContactsLimit IsPublicProvider KeepCrlsUpToDateForPeers "
                "MarkSourceVerifiableOnOutgoingMessages MaxAcceptedCertificatesStored MaxContactsPerDiscoveredPartner "
                "MaxRejectedCertificatesStored OutgoingTlsCountForFederatedPartners VerificationLevel",
            ),
            *_NO_INSTANCE,
            *_CHANGING,
        ),
    ),
    (
        "Get-CsAccessEdgeConfiguration",
        get_cs_access_edge_configuration,
        "",
        (
            Parameter("Identity", None, _TEXT, 0),
            *_not_modelled("LocalStore"),
            *_refused("selects by Identity, and there is only one configuration: leave it out", "Filter"),
        ),
    ),
    (
        "New-CsExUmContact",
        new_cs_ex_um_contact,
        "SipAddress RegistrarPool DisplayNumber OU",
        (
            *_of(_TEXT, SipAddress="sip_address", RegistrarPool="registrar_pool", DisplayNumber="display_number", OU="ou"),
            *_of(_BOOLEAN, AutoAttendant="auto_attendant"),
            *_not_modelled("PassThru", "Description DomainController"),
            *_CONFIRMED,
        ),
    ),
    (
        "Set-CsExUmContact",
        set_cs_ex_um_contact,
        "Identity",
        (
            _identity(),
            *_of(_TEXT, SipAddress="sip_address", DisplayNumber="display_number"),
            *_of(_BOOLEAN, AutoAttendant="auto_attendant"),
            _PASS_THRU,
            *_not_modelled("", "Description DomainController ExchangeArchivingPolicy"),
            *_refused(_ACCOUNT, "Enabled EnterpriseVoiceEnabled"),
            *_CONFIRMED,
        ),
    ),
    (
        "Move-CsExUmContact",
        move_cs_ex_um_contact,
        "Identity Target",
        (
            _identity(),
            _TARGET,
            _PASS_THRU,
            *_not_modelled("UseLegacyMode IgnoreBackendStoreException", "Report ProxyPool DomainController"),
            *_USER_LIST,
            *_CHANGING,
        ),
    ),
    (
        "Get-CsExUmContact",
        get_cs_ex_um_contact,
        "",
        (
            _identity(),
            Parameter("Filter", "filter", ParameterType.CONDITION),
            _RESULT_SIZE,
            *_not_modelled("", "DomainController Credential"),
            *_refused("is not rehearsed: use -Filter or Where-Object", "LdapFilter OU"),
        ),
    ),
    (
        "Remove-CsExUmContact",
        remove_cs_ex_um_contact,
        "Identity",
        (_identity(), *_not_modelled("", "DomainController"), *_CONFIRMED),
    ),
    (
        "Invoke-CsManagementStoreReplication",
        invoke_cs_management_store_replication,
        "",
        (_REPLICA, *_not_modelled("Force")),
    ),
    (
        "Get-CsManagementStoreReplicationStatus",
        get_cs_management_store_replication_status,
        "",
        (
            _REPLICA,
            Parameter(
                "CentralManagementStoreStatus",
                None,
                ParameterType.SWITCH,
                refusal="prints the status of the store, which is not rehearsed: leave it out",
            ),
        ),
    ),
    (
        "Export-CsConfiguration",
        export_cs_configuration,
        "",
        (
            Parameter("FileName", "file_name", _TEXT, 0),
            *_of(ParameterType.SWITCH, AsBytes="as_bytes"),
            *_not_modelled("LocalStore Force"),
        ),
    ),
)
_BY_CONTENT: Final[Mapping[str, tuple[Callable[..., Mapping[str, object]], tuple[str, ...]]]] = {
    "Grant-CsHostedVoicemailPolicy": (policy_and_account, ("policy_name", "identity")),
}
CMDLETS: Final[Mapping[str, Cmdlet]] = {
    folded(name): Cmdlet(name, function, tuple(required.split()), (*parameters, *COMMON), *_BY_CONTENT.get(name, ()))
    for name, function, required, parameters in _TABLE
}
"""Every cmdlet that can be rehearsed, by name in lower case."""

_ELSEWHERE: Final[Iterable[tuple[str, str, str, tuple[Parameter, ...]]]] = (
    (
        "Set-Mailbox",
        "in the Exchange Management Shell",
        "Identity",
        (_identity(), *_of(_TEXT, EmailAddresses="email_addresses"), *_not_modelled("", "DomainController"), *_CHANGING),
    ),
    (
        "Enable-UMService",
        "in the Exchange Management Shell",
        "Identity",
        (_identity(), *_not_modelled("Confirm", "DomainController"), WHAT_IF),
    ),
    (
        "Import-CsConfiguration",
        "on the Edge Server",
        "",
        (
            *_of(ParameterType.SWITCH, LocalStore="local_store"),
            Parameter("FileName", "file_name", _TEXT, 0),
            *_not_modelled("", "ByteInput"),
            *_CHANGING,
        ),
    ),
    (
        "Set-CsOnlineVoicemailUserSettings",
        "in Teams PowerShell",
        "Identity",
        (
            _identity(),
            *_not_modelled(
                "",
                "CallAnswerRule DefaultGreetingPromptOverwrite DefaultOofGreetingPromptOverwrite OofGreetingEnabled "
                "OofGreetingFollowAutomaticRepliesEnabled OofGreetingFollowCalendarEnabled PromptLanguage ShareData "
                "TransferTarget",
            ),
            *_of(_BOOLEAN, VoicemailEnabled="voicemail_enabled"),
            *_CHANGING,
        ),
    ),
)
ELSEWHERE: Final[Mapping[str, Cmdlet]] = {
    folded(name): Cmdlet(name, None, tuple(required.split()), (*parameters, *COMMON), where=where)
    for name, where, required, parameters in _ELSEWHERE
}
"""Commands that have no function here and are only written, by name in lower case."""
