"""Where voice mail calls go in a Skype for Business Server 2019 deployment, as its ExUM Routing application decides it.

What is named in ``__all__`` is the public interface. A name is loaded when it is first used.
"""

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from exum_routing.clauses import CLAUSES, Basis, Clause, Status, clause
    from exum_routing.deployment import (
        EXCHANGE_ONLINE,
        GLOBAL,
        SERVERS_TRIED,
        AccessEdgeConfiguration,
        Deployment,
        EdgeConfiguration,
        EdgeReplica,
        HostedUmService,
        HostedVoicemailPolicy,
        HostingProvider,
        Mailbox,
        MailboxHome,
        PolicyIdentity,
        PolicyScope,
        Pool,
        PoolVersion,
        ProxyAddress,
        Subject,
        Tenant,
        UmContact,
        UmDialPlan,
        UmProxyAddress,
        UmServer,
        UriType,
        User,
        VerificationLevel,
        VoiceMailSettings,
        read_organization,
        resolve_policy,
        um_server_order,
    )
    from exum_routing.diagnosis import Cause, Diagnosis, Symptom, diagnose
    from exum_routing.errors import (
        ContradictoryVoiceMailSettings,
        DuplicateIdentity,
        ExumRoutingError,
        InvalidAccessEdgeConfiguration,
        InvalidDecision,
        InvalidDisplayNumber,
        InvalidFqdn,
        InvalidInvite,
        InvalidName,
        InvalidOrganization,
        InvalidPolicyIdentity,
        InvalidProxyAddress,
        InvalidRequestUriLayout,
        InvalidSipAddress,
        InvalidSipUri,
        InvalidText,
        InvalidValue,
        MissingGlobalPolicy,
        NotAVoicemailUri,
        UnknownReplica,
        UnknownSipAddress,
    )
    from exum_routing.reading import READINGS, AuthorsDisagree, DisabledWithUmProxyAddress, Reading, SeveralOrganizations
    from exum_routing.routing import (
        EDGE_PORT,
        Candidate,
        Contested,
        DeploymentMode,
        EdgeDecision,
        EdgeFault,
        EdgeRefusal,
        EdgeRoute,
        Explanation,
        HostedUm,
        Input,
        NotRouted,
        NotRoutedReason,
        OnPremisesUm,
        RequestUriLayout,
        RoutedDecision,
        Router,
        RoutingDecision,
        Standing,
        VoicemailTarget,
        contested,
        deployment_mode,
        explain,
        read_request_uri,
        request_uri,
        route,
        route_at_edge,
    )
    from exum_routing.sip import Fqdn, SipAddress, SipUri

__all__ = [
    "CLAUSES",
    "EDGE_PORT",
    "EXCHANGE_ONLINE",
    "GLOBAL",
    "READINGS",
    "SERVERS_TRIED",
    "AccessEdgeConfiguration",
    "AuthorsDisagree",
    "Basis",
    "Candidate",
    "Cause",
    "Clause",
    "Contested",
    "ContradictoryVoiceMailSettings",
    "Deployment",
    "DeploymentMode",
    "Diagnosis",
    "DisabledWithUmProxyAddress",
    "DuplicateIdentity",
    "EdgeConfiguration",
    "EdgeDecision",
    "EdgeFault",
    "EdgeRefusal",
    "EdgeReplica",
    "EdgeRoute",
    "Explanation",
    "ExumRoutingError",
    "Fqdn",
    "HostedUm",
    "HostedUmService",
    "HostedVoicemailPolicy",
    "HostingProvider",
    "Input",
    "InvalidAccessEdgeConfiguration",
    "InvalidDecision",
    "InvalidDisplayNumber",
    "InvalidFqdn",
    "InvalidInvite",
    "InvalidName",
    "InvalidOrganization",
    "InvalidPolicyIdentity",
    "InvalidProxyAddress",
    "InvalidRequestUriLayout",
    "InvalidSipAddress",
    "InvalidSipUri",
    "InvalidText",
    "InvalidValue",
    "Mailbox",
    "MailboxHome",
    "MissingGlobalPolicy",
    "NotAVoicemailUri",
    "NotRouted",
    "NotRoutedReason",
    "OnPremisesUm",
    "PolicyIdentity",
    "PolicyScope",
    "Pool",
    "PoolVersion",
    "ProxyAddress",
    "Reading",
    "RequestUriLayout",
    "RoutedDecision",
    "Router",
    "RoutingDecision",
    "SeveralOrganizations",
    "SipAddress",
    "SipUri",
    "Standing",
    "Status",
    "Subject",
    "Symptom",
    "Tenant",
    "UmContact",
    "UmDialPlan",
    "UmProxyAddress",
    "UmServer",
    "UnknownReplica",
    "UnknownSipAddress",
    "UriType",
    "User",
    "VerificationLevel",
    "VoiceMailSettings",
    "VoicemailTarget",
    "clause",
    "contested",
    "deployment_mode",
    "diagnose",
    "explain",
    "read_organization",
    "read_request_uri",
    "request_uri",
    "resolve_policy",
    "route",
    "route_at_edge",
    "um_server_order",
]
__version__ = "0.2.0"

_ROOMS: Final = ("errors", "clauses", "reading", "sip", "deployment", "routing", "diagnosis")
"""Where the public names live, from the ground up."""


if not TYPE_CHECKING:  # pragma: no branch - a type checker sees the imports above, and takes no other name

    def __getattr__(name: str) -> object:
        """The public name, from its room.

        Raises:
            AttributeError: The library has no such public name.
        """
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        rooms = (importlib.import_module(f"{__name__}.{room}") for room in _ROOMS)
        globals()[name] = next(getattr(room, name) for room in rooms if hasattr(room, name))
        return globals()[name]


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
