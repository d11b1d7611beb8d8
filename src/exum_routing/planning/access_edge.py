"""The Access Edge configuration in a plan: one cmdlet, early where it lets calls cross, last where it stops them."""

from exum_routing.cmdlets import set_cs_access_edge_configuration
from exum_routing.deployment import AccessEdgeConfiguration
from exum_routing.planning.part import NOTHING, Part, one_reason, one_step
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition


def sets_default_route(way: Transition) -> bool:
    """Whether a default route is set that was not there, which no hosting provider may stand in the way of.

    Clauses: CMD-11, EDGE-3
    """
    after = way.target.edge
    return after is not None and after.default_route_fqdn not in {None, _installed(way).default_route_fqdn}


def _installed(way: Transition) -> AccessEdgeConfiguration:
    return way.current.edge or AccessEdgeConfiguration()


def plan_access_edge(way: Transition) -> Part:
    """The step that brings the Access Edge configuration to what it is to be.

    Clauses: CMD-11, EDGE-1, EDGE-3
    """
    after = way.target.edge
    if after == way.current.edge:
        return NOTHING
    if after is None:
        return one_reason("AccessEdgeConfiguration was given and is not any more: no cmdlet takes it away")
    routing = _routing(after, way)
    if routing is None:
        return one_reason("AccessEdgeConfiguration: default routing needs DefaultRouteFqdn: give it in the target")
    return one_step(
        Phase.OPEN_EDGE if _opens(after, way) else Phase.FINISH,
        "The Access Edge configuration",
        set_cs_access_edge_configuration,
        **routing,
        allow_federated_users=after.allow_federated_users,
    )


def _routing(after: AccessEdgeConfiguration, way: Transition) -> dict[str, object] | None:
    """The arguments that give the routing method; None: no arguments give it."""
    installed = _installed(way)
    if after.use_dns_srv_routing:
        return {"use_dns_srv_routing": True, "enable_partner_discovery": after.enable_partner_discovery}
    if sets_default_route(way):
        return {"use_default_routing": True, "default_route_fqdn": str(after.default_route_fqdn)}
    if installed.use_dns_srv_routing or installed.default_route_fqdn != after.default_route_fqdn:
        return None
    return {}


def _opens(after: AccessEdgeConfiguration, way: Transition) -> bool:
    return (after.use_dns_srv_routing and after.allow_federated_users) or sets_default_route(way)
