"""The mode of a deployment: on-premises, cross-premises or mixed."""

import enum

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing.decision import HostedUm, NotRouted, OnPremisesUm
from exum_routing.routing.route import route


class DeploymentMode(enum.Enum):
    """How a deployment integrates with Exchange UM; the value is the source's word."""

    ON_PREMISES = "On-premises"
    """Every user with voice mail is routed to on-premises UM (MODE-1)."""
    CROSS_PREMISES = "Cross-premises"
    """Every user with voice mail is routed to hosted UM (MODE-2)."""
    MIXED = "Mixed"
    """Some are routed to the one, some to the other (MODE-3)."""


@names_wrong_types
def deployment_mode(deployment: Deployment, *, reading: Reading = DEFAULT_READING) -> DeploymentMode | None:
    """The mode of a deployment; None: no user is routed to voice mail. Contacts do not count.

    Clauses: MODE-1, MODE-2, MODE-3

    >>> deployment_mode(Deployment()) is None
    True
    """
    routes = {type(route(user, deployment, reading=reading)) for user in deployment.users} - {NotRouted}
    if len(routes) > 1:
        return DeploymentMode.MIXED
    return {HostedUm: DeploymentMode.CROSS_PREMISES, OnPremisesUm: DeploymentMode.ON_PREMISES}[routes.pop()] if routes else None
