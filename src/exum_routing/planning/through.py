"""Whether the calls of an account get through, as far as a plan changes that."""

import attrs

from exum_routing.cmdlets import View
from exum_routing.deployment import Deployment, PoolVersion, Subject, UmContact
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing import EdgeRefusal, HostedUm, NotRouted, route, route_at_edge


def gets_through(account: Subject, deployment: Deployment, routing: Reading = DEFAULT_READING) -> bool:
    """Whether an account's calls are routed, and nothing is known to refuse them at the Front End or at the Edge.

    The account need not be one of the deployment's.

    Clauses: ROUTE-11, EDGE-7, CALL-17

    >>> from exum_routing.deployment import User
    >>> gets_through(User(sip_address="alice@contoso.com"), Deployment())
    False
    """
    decision = route(account, deployment, reading=routing)
    if isinstance(decision, NotRouted):
        return False
    pool = deployment.pool(account.registrar_pool)
    if isinstance(account, UmContact) and pool is not None and pool.version is PoolVersion.SERVER_2019:
        return False
    if not isinstance(decision, HostedUm) or not deployment.edge_is_known:
        return True
    return not isinstance(route_at_edge(decision.destination, deployment.configuration_at_edge), EdgeRefusal)


def without_accounts(view: View) -> Deployment:
    """The deployment of a view without its accounts: a route depends on the account and on this. Clauses: ROUTE-11."""
    return attrs.evolve(
        view.deployment,
        users=(),
        contacts=(),
        policies=tuple(view.policies),
        providers=tuple(view.providers),
        edge=view.access_edge,
        edge_replica=view.edge_replica,
    )
