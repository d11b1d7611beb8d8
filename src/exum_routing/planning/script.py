"""A plan as a PowerShell script: a command a line, under a comment for each kind of step."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets import CmdletCall
from exum_routing.planning.interruption import Interruption

_NAMED: Final = 5
"""Accounts that a warning names at most."""


@names_wrong_types
def plan_script(steps: Iterable[CmdletCall], interrupted: Iterable[Interruption] = ()) -> str:
    """A plan as a script; without steps, a script of one comment.

    Args:
        steps: The steps of the plan, in their order. One that runs elsewhere is a comment that says where.
        interrupted: Whose calls fail while it runs, as ``interruptions`` says of the same steps: a comment before the step
            after which they fail.

    >>> print(plan_script(()), end="")
    # Nothing is to be done.
    """
    calls = tuple(steps)
    warnings = _warnings(calls, interrupted)
    lines: list[str] = []
    for why, group in itertools.groupby(enumerate(calls), key=lambda numbered: numbered[1].why):
        lines.append(f"# {why}")
        for number, call in group:
            lines += (*warnings.get(number, ()), call.line)
    return "\n".join(lines or ["# Nothing is to be done."]) + "\n"


def _warnings(calls: Sequence[CmdletCall], interrupted: Iterable[Interruption]) -> dict[int, list[str]]:
    """The warnings before each step: one for the accounts that fail and get through again together."""
    together: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one in interrupted:
        together[one.begins, one.ends].append(one.address)
    found: dict[int, list[str]] = defaultdict(list)
    for (begins, ends), addresses in sorted(together.items()):
        found[begins].append(f"# WARNING: from the next line until after: {calls[ends]}")
        found[begins] += (f"#   {line}" for line in _failing(addresses))
    return found


def _failing(addresses: Sequence[str]) -> Iterator[str]:
    number = len(addresses)
    yield f"calls to {'this account' if number == 1 else f'these {number:,} accounts'} fail:"
    yield from addresses[:_NAMED]
    if number > _NAMED:
        yield f"and {number - _NAMED:,} more"
