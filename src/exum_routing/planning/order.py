"""The order of a plan's steps: by phase, but a step that is refused waits for what lets it through."""

from collections.abc import Iterable

from exum_routing.cmdlets import CmdletCall, View
from exum_routing.errors import ExumRoutingError
from exum_routing.planning.part import Step
from exum_routing.planning.unreachable import TargetUnreachable


def in_order(steps: Iterable[Step], view: View) -> tuple[tuple[CmdletCall, ...], View]:
    """The calls of steps in an order in which none is refused, and the view after them.

    They are tried phase by phase; what is refused is tried again after all others, until nothing is left. What runs elsewhere
    comes last.

    Raises:
        TargetUnreachable: Every call that is left is refused.

    Clauses: CMD-13
    """
    calls = [step.call for step in sorted(steps, key=lambda step: step.phase.value)]
    waiting = [call for call in calls if not call.cmdlet.where]
    done: list[CmdletCall] = []
    while waiting:
        view, ran, refused = _one_round(waiting, view)
        if not ran:
            raise TargetUnreachable([f"no order of the cmdlets leads there: {error}" for _, error in refused])
        done += ran
        waiting = [call for call, _ in refused]
    return (*done, *(call for call in calls if call.cmdlet.where)), view


def _one_round(
    calls: Iterable[CmdletCall], view: View
) -> tuple[View, list[CmdletCall], list[tuple[CmdletCall, ExumRoutingError]]]:
    """The view after every call that is not refused, those calls, and the refused ones with their errors."""
    ran: list[CmdletCall] = []
    refused: list[tuple[CmdletCall, ExumRoutingError]] = []
    for call in calls:
        try:
            view = view.after(call.run(view).changes)
        except ExumRoutingError as error:
            refused.append((call, error))
        else:
            ran.append(call)
    return view, ran, refused
