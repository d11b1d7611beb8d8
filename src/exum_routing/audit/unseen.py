"""What the audit does not look at: facts that no deployment holds, and parts that this deployment does not have."""

from collections.abc import Callable
from typing import Final

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment

ELSEWHERE: Final = (
    "DNS records (_sipfederationtls._tcp, _sip._tls, and those of the hosted service)",
    "certificates",
    "firewalls (TCP 5061 from the Edge Server to the hosted service, TCP 4443 to the Edge Server)",
    "licences",
    "mail flow (connectors with Exchange Online Protection)",
    "directory synchronisation and its permissions",
    "the versions of mailboxes",
    "media encryption and the start-up modes of UM (VoIPSecurity)",
    "tenant policies and provisioning",
    "OAuth and EWS",
    "whether replication can reach the Edge Server",
    "whether ExumRouting is enabled on each pool",
)
"""What decides over voice mail as well, and stands in no deployment."""

_PARTS: Final[tuple[tuple[str, Callable[[Deployment], bool]], ...]] = (
    ("Pools: on which site an account is homed is not known", lambda one: not one.pools),
    ("Pools[].Version: which pools run 2015 or 2019 is not known", lambda one: any(pool.version is None for pool in one.pools)),
    ("UmDialPlans: which UM servers take calls is not known", lambda one: one.dial_plans is None),
    (
        "AccessEdgeConfiguration: whether calls cross the Edge is not known",
        lambda one: not one.edge_is_known,
    ),
    ("HostingProviders: none is given", lambda one: not one.providers),
    ("EdgeReplica: the Edge Server is taken to be up to date", lambda one: one.edge_replica is None),
    ("HostedUmServices: tenants and mailboxes are not known", lambda one: not one.hosted_um_services),
    (
        "HostedUmServices[].Tenants: which tenants a service hosts is not known",
        lambda one: any(service.tenants is None for service in one.hosted_um_services),
    ),
    (
        "HostedUmServices[].Tenants[].Mailboxes: which users have a mailbox is not known",
        lambda one: any(tenant.mailboxes is None for service in one.hosted_um_services for tenant in service.tenants or ()),
    ),
    ("UmContacts: none is given", lambda one: not one.contacts),
    ("Users: none is given", lambda one: not one.users),
)


@names_wrong_types
def not_looked_at(deployment: Deployment) -> tuple[str, ...]:
    """What the audit of a deployment says nothing about, a few words each: first the parts that the deployment lacks.

    Clauses: POL-11, UM-6, EDGE-0, CALL-7

    >>> not_looked_at(Deployment())[0]
    'Pools: on which site an account is homed is not known'
    >>> "certificates" in not_looked_at(Deployment())
    True
    """
    return (*(words for words, is_missing in _PARTS if is_missing(deployment)), *ELSEWHERE)
