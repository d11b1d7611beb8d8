"""A step of a plan as JSON."""

from collections.abc import Iterable
from typing import Any

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets import CmdletCall
from exum_routing.planning import Interruption


@names_wrong_types
def planned_to_json(step: CmdletCall, interrupted: Iterable[Interruption] = ()) -> dict[str, Any]:
    """A step of a plan as one JSON object: the line to run, why, and where, if that is elsewhere.

    Args:
        step: The step.
        interrupted: The interruptions that begin with the step.

    Clauses: CMD-13

    >>> from exum_routing import Deployment, HostedVoicemailPolicy
    >>> from exum_routing.planning import plan
    >>> usable = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")
    >>> (step,) = plan(Deployment(), Deployment(policies=[usable]))
    >>> planned_to_json(step)["Command"]
    "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination 'exap.um.outlook.com'"
    """
    written: dict[str, Any] = {"Command": str(step), "Why": step.why}
    if step.cmdlet.where:
        written["RunsElsewhere"] = step.cmdlet.where
    failing = [{"SipAddress": one.address, "UntilStep": one.ends + 1} for one in interrupted]
    return written | ({"CallsFail": failing} if failing else {})
