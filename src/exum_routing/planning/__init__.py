"""What a change of a deployment does to routes, and the cmdlets that lead from one deployment to another."""

from exum_routing.planning.calls import CmdletCall, TargetUnreachable
from exum_routing.planning.plan import plan, run_plan, same_deployment
from exum_routing.planning.routes import RouteChange, WhatChanged, grouped, route_changes

__all__ = [
    "CmdletCall",
    "RouteChange",
    "TargetUnreachable",
    "WhatChanged",
    "grouped",
    "plan",
    "route_changes",
    "run_plan",
    "same_deployment",
]
