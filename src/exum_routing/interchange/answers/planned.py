"""A step of a plan as JSON."""

from typing import Any

from exum_routing.cmdlets import CmdletCall


def planned_to_json(step: CmdletCall) -> dict[str, Any]:
    """A step of a plan as one JSON object: the line to run, and why.

    Clauses: CMD-13

    >>> from exum_routing import Deployment, HostedVoicemailPolicy
    >>> from exum_routing.planning import plan
    >>> usable = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")
    >>> (step,) = plan(Deployment(), Deployment(policies=[usable]))
    >>> planned_to_json(step)["Command"]
    "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination 'exap.um.outlook.com'"
    """
    return {"Command": str(step), "Why": step.why}
