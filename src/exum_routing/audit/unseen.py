"""What the audit does not look at: facts that no deployment holds, and parts that this deployment does not have."""

from collections.abc import Callable, Iterator
from typing import Final

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment, NotKnown, Pool

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


def _pools(deployment: Deployment) -> Iterator[Pool | None]:
    """The pools, and None for a contact whose pool is not among them."""
    yield from deployment.pools
    yield from (deployment.pool(contact.registrar_pool) for contact in deployment.contacts)


def _has_all_services(deployment: Deployment) -> bool:
    """Whether the hosted UM service of every Destination is described."""
    destinations = {policy.destination for policy in deployment.policies} - {None}
    return all(deployment.hosted_um_service(one) is not None for one in destinations if one is not None)


_PARTS: Final[tuple[tuple[str, Callable[[Deployment], bool]], ...]] = (
    (str(NotKnown.SITES), lambda one: not one.pools or any(map(one.may_have_site_policy, one.subjects))),
    (str(NotKnown.POOL_VERSIONS), lambda one: any(pool is None or pool.version is None for pool in _pools(one))),
    (str(NotKnown.UM_SERVERS), lambda one: one.dial_plans is None),
    (str(NotKnown.EDGE), lambda one: not one.edge_is_known),
    ("HostingProviders: none is given", lambda one: not one.providers),
    ("EdgeReplica: the Edge Server is taken to be up to date", lambda one: one.edge_replica is None),
    (str(NotKnown.SERVICES), lambda one: not one.hosted_um_services or not _has_all_services(one)),
    (str(NotKnown.TENANTS), lambda one: any(service.tenants is None for service in one.hosted_um_services)),
    (
        str(NotKnown.MAILBOXES),
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
