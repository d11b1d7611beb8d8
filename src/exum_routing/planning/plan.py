"""The plan: the cmdlets that lead from one deployment to another, in an order in which none is refused.

Each part of it is a module: fixed, providers, access_edge, contacts, users, policies. A part gives its steps, each in a phase
(``Phase``), and the reasons why its target cannot be reached.
"""

from collections.abc import Callable, Iterable
from typing import Final

from exum_routing.cmdlets import CmdletCall, View
from exum_routing.deployment import Deployment
from exum_routing.planning.access_edge import plan_access_edge
from exum_routing.planning.contacts import plan_contacts
from exum_routing.planning.fixed import plan_fixed
from exum_routing.planning.grants import granted_policies
from exum_routing.planning.order import in_order
from exum_routing.planning.part import Part, joined
from exum_routing.planning.policies import plan_policies
from exum_routing.planning.providers import plan_providers
from exum_routing.planning.transition import Transition
from exum_routing.planning.unreachable import TargetUnreachable
from exum_routing.planning.users import plan_users
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading

_PARTS: Final[tuple[Callable[[Transition], Part], ...]] = (
    plan_fixed,
    plan_providers,
    plan_access_edge,
    plan_contacts,
    plan_users,
)
"""The parts of a plan that may have reasons, in their order. The policies have none, and need to know what is granted."""


def plan(current: Deployment, target: Deployment, *, reading: CmdletReading = DEFAULT_CMDLET_READING) -> tuple[CmdletCall, ...]:
    """The cmdlets that lead from one deployment to another.

    None is refused, each comes after what it needs, and a user who is routed before and after is routed in between, wherever
    an order of cmdlets does that.

    Args:
        current: The deployment as it is.
        target: The deployment as it is to be.
        reading: How to read what the source leaves open about Set-CsUser.

    Raises:
        TargetUnreachable: No cmdlets lead there; it carries every reason.

    Clauses: CMD-1, CMD-6, CMD-7, CMD-10, CMD-11, CMD-13

    >>> from exum_routing.deployment import HostedVoicemailPolicy
    >>> target = Deployment(policies=[HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")])
    >>> [str(step) for step in plan(Deployment(), target)]
    ["Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination 'exap.um.outlook.com'"]
    """
    way = Transition(current, target, reading)
    found = joined(plan_part(way) for plan_part in _PARTS)
    if found.reasons:
        raise TargetUnreachable(found.reasons)
    policies = plan_policies(way, granted_policies(found.steps))
    return in_order((*found.steps, *policies.steps), View(current).under(reading))


def run_plan(
    current: Deployment, steps: Iterable[CmdletCall], *, reading: CmdletReading = DEFAULT_CMDLET_READING
) -> Deployment:
    """The deployment after the steps of a plan.

    Raises:
        ExumRoutingError: A step is refused.

    Clauses: CMD-13
    """
    view = View(current).under(reading)
    for step in steps:
        view = view.after(step.run(view).changes)
    return view.folded()
