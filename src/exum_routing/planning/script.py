"""A plan as a PowerShell script: a command a line, under a comment for each kind of step."""

import itertools
from collections.abc import Iterable

from exum_routing.cmdlets import CmdletCall


def plan_script(steps: Iterable[CmdletCall]) -> str:
    """A plan as a script; without steps, a script of one comment.

    >>> print(plan_script(()), end="")
    # Nothing is to be done.
    """
    lines: list[str] = []
    for why, group in itertools.groupby(steps, key=lambda step: step.why):
        lines += (f"# {why}", *map(str, group))
    return "\n".join(lines or ["# Nothing is to be done."]) + "\n"
