"""The cmdlets that lead from one deployment to another, in an order in which none is refused.

``plan`` has the name of the module that it lives in. As an attribute of this package the name is the function.
"""

from exum_routing.planning.differences import same_deployment
from exum_routing.planning.interruption import Interruption, interruptions
from exum_routing.planning.plan import plan, run_plan
from exum_routing.planning.replica import with_wanted_replica
from exum_routing.planning.script import plan_script
from exum_routing.planning.unreachable import TargetUnreachable

__all__ = [
    "Interruption",
    "TargetUnreachable",
    "interruptions",
    "plan",
    "plan_script",
    "run_plan",
    "same_deployment",
    "with_wanted_replica",
]
