"""What one snapshot of a deployment holds: accounts, policies, pools, dial plans, the Edge, hosted UM services."""

from exum_routing.deployment.access_edge import (
    AccessEdgeConfiguration,
    EdgeConfiguration,
    EdgeReplica,
    HostingProvider,
    VerificationLevel,
    unique_providers,
)
from exum_routing.deployment.accounts import Subject, UmContact, User
from exum_routing.deployment.attributes import ProxyAddress, UmProxyAddress, VoiceMailSettings
from exum_routing.deployment.clouds import CHINA, CLOUDS, HYBRID, cloud_of
from exum_routing.deployment.dial_plan import (
    HIGHEST_MAJOR_VERSION,
    SERVERS_TRIED,
    UmDialPlan,
    UmServer,
    UriType,
    um_server_order,
)
from exum_routing.deployment.hosted_service import HostedUmService, Mailbox, MailboxHome, Tenant
from exum_routing.deployment.not_known import NotKnown
from exum_routing.deployment.policy import (
    EXCHANGE_ONLINE,
    GLOBAL,
    HostedVoicemailPolicy,
    PolicyIdentity,
    PolicyScope,
    narrowest_policy,
    policy_identity,
    read_organization,
    resolve_policy,
)
from exum_routing.deployment.snapshot import Deployment, Pool, PoolVersion

__all__ = [
    "CHINA",
    "CLOUDS",
    "EXCHANGE_ONLINE",
    "GLOBAL",
    "HIGHEST_MAJOR_VERSION",
    "HYBRID",
    "SERVERS_TRIED",
    "AccessEdgeConfiguration",
    "Deployment",
    "EdgeConfiguration",
    "EdgeReplica",
    "HostedUmService",
    "HostedVoicemailPolicy",
    "HostingProvider",
    "Mailbox",
    "MailboxHome",
    "NotKnown",
    "PolicyIdentity",
    "PolicyScope",
    "Pool",
    "PoolVersion",
    "ProxyAddress",
    "Subject",
    "Tenant",
    "UmContact",
    "UmDialPlan",
    "UmProxyAddress",
    "UmServer",
    "UriType",
    "User",
    "VerificationLevel",
    "VoiceMailSettings",
    "cloud_of",
    "narrowest_policy",
    "policy_identity",
    "read_organization",
    "resolve_policy",
    "um_server_order",
    "unique_providers",
]
