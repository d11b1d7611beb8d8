"""What a rehearsal tells: its steps, and the deployment before and after."""

from typing import Any, Final

import attrs

from exum_routing.deployment import Deployment
from exum_routing.errors import ExumRoutingError
from exum_routing.rehearsal.bounds import MOST_PRINTED, TooLarge, weight


def _said(refusal: ExumRoutingError | None) -> tuple[type, str] | None:
    """What two refusals are compared by."""
    return None if refusal is None else (type(refusal), str(refusal))


@attrs.frozen
class Step:
    """What one command did, or what one object did that came down the pipe to it."""

    line: int
    """The command's line in the script, from 1."""
    command: str
    """The cmdlet, as its page spells it, and whom or what it was to work on."""
    output: tuple[Any, ...] = ()
    """The objects that it printed; only those of a pipeline's last command are printed."""
    lines: tuple[str, ...] = ()
    """What it printed that is no object."""
    warnings: tuple[str, ...] = ()
    """Its warnings."""
    refusal: ExumRoutingError | None = attrs.field(default=None, eq=_said)
    """Why it failed; None: it did not."""
    not_modelled: tuple[str, ...] = ()
    """The parameters that it was given and that have no bearing on routing."""
    not_known: tuple[str, ...] = ()
    """The properties that Select-Object was asked for and that are not known here."""
    elsewhere: str = ""
    """Where the command runs, as in ``in Teams PowerShell``, so that it was not rehearsed; empty: it was."""
    aside: str = ""
    """What the command does, as in ``only prints``, where it is accepted and not modelled; empty: it is modelled."""
    depends_on: tuple[str, ...] = ()
    """The parameters that the server may not have, so that the command runs only where it has them."""
    silenced: bool = False
    """Whether the script asked not to be told of the error: -ErrorAction SilentlyContinue or Ignore."""

    @property
    def failed(self) -> bool:
        """Whether the command was refused, and the script did not ask to pass over it."""
        return self.refusal is not None and not self.silenced


@attrs.frozen
class Rehearsal:
    """What a script does to a deployment."""

    before: Deployment
    """The deployment before the script."""
    after: Deployment
    """The deployment after what ran of it."""
    steps: tuple[Step, ...]
    """What every command did, in the order in which they ran."""
    stopped: bool
    """Whether a refusal ended the script early."""


_TOO_MUCH: Final = f"prints more than {MOST_PRINTED:,} steps and objects in all: rehearse the script in parts"


class Stopped(Exception):
    """A refusal ends the script."""


class Steps:
    """The steps so far; a refusal ends the script, or does not."""

    def __init__(self, *, stop: bool) -> None:
        """Begin without a step."""
        self.noted: list[Step] = []
        self.refused = 0
        """How many steps were refused."""
        self._stop = stop
        self._left = MOST_PRINTED

    def note(self, step: Step, *, stop: bool = False) -> None:
        """Add a step; ``stop``: its refusal ends the script.

        Raises:
            Stopped: It was refused, and a refusal ends the script; or there are more steps and objects than a rehearsal holds.
        """
        self._add(step)
        if step.failed and (stop or self._stop):
            raise Stopped

    def _add(self, step: Step) -> None:
        self._left -= 1 + weight(step.output, self._left)
        if self._left < 0:
            self.noted.append(Step(step.line, step.command, refusal=TooLarge(step.command, _TOO_MUCH)))
            raise Stopped
        self.refused += step.refusal is not None
        self.noted.append(step)

    def note_once(self, step: Step) -> None:
        """Add a step that is not refused, unless the last step is the same: a block may run for many objects."""
        if step not in self.noted[-1:]:
            self._add(step)
