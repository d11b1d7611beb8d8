"""The plan: the cmdlets that lead from one deployment to another, in an order in which none is refused.

Each part of it is a module: fixed, providers, access_edge, replica, contacts, users, policies. A part gives its steps, each in
a phase (``Phase``), and the reasons why its target cannot be reached.
"""

from collections.abc import Iterable

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets import CmdletCall, View
from exum_routing.deployment import Deployment
from exum_routing.planning.access_edge import plan_access_edge
from exum_routing.planning.contacts import plan_contacts
from exum_routing.planning.fixed import plan_fixed
from exum_routing.planning.grants import granted_policies
from exum_routing.planning.order import in_order
from exum_routing.planning.part import Step, joined
from exum_routing.planning.phases import Phase
from exum_routing.planning.policies import plan_policies
from exum_routing.planning.providers import plan_providers
from exum_routing.planning.replica import plan_replica, with_wanted_replica
from exum_routing.planning.schedule import schedule
from exum_routing.planning.transition import Transition
from exum_routing.planning.unreachable import TargetUnreachable
from exum_routing.planning.users import plan_users
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading


@names_wrong_types
def plan(
    current: Deployment, target: Deployment, *, ou: str | None = None, reading: CmdletReading = DEFAULT_CMDLET_READING
) -> tuple[CmdletCall, ...]:
    """The cmdlets that lead from one deployment to another.

    None is refused, each comes after what it needs, and a user who is routed before and after is routed in between, wherever
    an order of cmdlets does that. ``interruptions`` names who is not.

    Args:
        current: The deployment as it is.
        target: The deployment as it is to be. Where it has the replica of the current one, but other hosting providers or
            Access Edge settings, these are replicated.
        ou: The distinguished name of the organizational unit in which new contact objects are made; None: no contact object
            can be made.
        reading: How to read what the source leaves open about Set-CsUser.

    Returns:
        The calls, in their order. One that runs elsewhere is a comment in the script, and changes nothing here.

    Raises:
        TargetUnreachable: No cmdlets lead there; it carries every reason.
        InvalidValue: ``ou`` is not a distinguished name.

    Clauses: CMD-1, CMD-6, CMD-7, CMD-10, CMD-11, CMD-13

    >>> from exum_routing.deployment import HostedVoicemailPolicy
    >>> target = Deployment(policies=[HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")])
    >>> [str(step) for step in plan(Deployment(), target)]
    ["Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination 'exap.um.outlook.com'"]
    """
    way = Transition(current, with_wanted_replica(current, target), reading, ou)
    edge = joined((plan_providers(way), plan_access_edge(way)))
    found = joined((plan_fixed(way), edge, plan_replica(way, edge.steps), plan_contacts(way), plan_users(way)))
    view = View(current).under(reading)
    try:
        early, view = in_order((step for step in found.steps if step.phase.value < Phase.ACCOUNTS.value), view)
        accounts = schedule(way, view, plan_policies(way, granted_policies(found.ways)), found.ways)
    except TargetUnreachable as error:
        raise TargetUnreachable((*found.reasons, *error.reasons)) from None
    if found.reasons:
        raise TargetUnreachable(found.reasons)
    late, _ = in_order(
        (
            *(Step(Phase.ACCOUNTS, call) for call in accounts),
            *(step for step in found.steps if step.phase.value > Phase.ACCOUNTS.value),
        ),
        view,
    )
    return (*early, *late)


@names_wrong_types
def run_plan(
    current: Deployment, steps: Iterable[CmdletCall], *, reading: CmdletReading = DEFAULT_CMDLET_READING
) -> Deployment:
    """The deployment after the steps of a plan; one that runs elsewhere changes nothing here.

    Raises:
        ExumRoutingError: A step is refused.

    Clauses: CMD-13
    """
    view = View(current).under(reading)
    for step in steps:
        if not step.cmdlet.where:
            view = view.after(step.run(view).changes)
    return view.folded()
