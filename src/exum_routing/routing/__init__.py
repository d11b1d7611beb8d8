"""Where a call goes, and on what grounds.

Some functions have the name of the module that they live in: ``route``, ``request_uri``, ``contested``. As attributes of this
package these names are the functions. ``from exum_routing.routing.route import ...`` reaches the module.
"""

from exum_routing.routing.changes import RouteChange, WhatChanged, route_change, route_changes
from exum_routing.routing.contested import Contested, contested
from exum_routing.routing.crossing import (
    EDGE_PORT,
    EdgeDecision,
    EdgeFault,
    EdgeRefusal,
    EdgeRoute,
    provider_faults,
    route_at_edge,
)
from exum_routing.routing.decision import HostedUm, NotRouted, NotRoutedReason, OnPremisesUm, RoutingDecision
from exum_routing.routing.explanation import Candidate, Explanation, Input, Standing, explain
from exum_routing.routing.mode import DeploymentMode, deployment_mode
from exum_routing.routing.request_uri import (
    DEFAULT_LAYOUT,
    RequestUriLayout,
    RoutedDecision,
    VoicemailTarget,
    read_request_uri,
    request_uri,
    voicemail_target,
)
from exum_routing.routing.route import HostedUmAccess, hosted_um_access, route
from exum_routing.routing.router import Router

__all__ = [
    "DEFAULT_LAYOUT",
    "EDGE_PORT",
    "Candidate",
    "Contested",
    "DeploymentMode",
    "EdgeDecision",
    "EdgeFault",
    "EdgeRefusal",
    "EdgeRoute",
    "Explanation",
    "HostedUm",
    "HostedUmAccess",
    "Input",
    "NotRouted",
    "NotRoutedReason",
    "OnPremisesUm",
    "RequestUriLayout",
    "RouteChange",
    "RoutedDecision",
    "Router",
    "RoutingDecision",
    "Standing",
    "VoicemailTarget",
    "WhatChanged",
    "contested",
    "deployment_mode",
    "explain",
    "hosted_um_access",
    "provider_faults",
    "read_request_uri",
    "request_uri",
    "route",
    "route_at_edge",
    "route_change",
    "route_changes",
    "voicemail_target",
]
