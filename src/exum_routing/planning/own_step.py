"""The steps of one account in a plan: what each changes of it."""

import enum
from typing import Any

import attrs

from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import Subject


class Rank(enum.IntEnum):
    """What a step does to an account, in the order that is taken where any would do."""

    EMPTY = 1
    """The attribute is emptied, which needs no policy."""
    GRANT = 2
    """A policy is granted, which has to be there."""
    MOVE = 3
    """The account moves to another pool."""
    REVOKE = 4
    """The account loses its per-user policy."""
    SET = 5
    """The attribute is set, which needs a policy that is usable, or one that is not (CMD-6, CMD-7)."""


@attrs.frozen
class OwnStep:
    """A step that changes one field of one account. Clauses: CMD-13."""

    rank: Rank
    """What it does."""
    call: CmdletCall
    """What runs."""
    field: str
    """The field that it changes."""
    value: object
    """The field's value from then on."""
    optional: bool = False
    """Whether it may be left out."""

    def of(self, account: Subject) -> Subject:
        """The account after the step."""
        changed: dict[str, Any] = {self.field: self.value}
        return attrs.evolve(account, **changed)


@attrs.frozen
class OwnWay:
    """An account, and the steps that lead it to what it is to be, in whatever order allows it. Clauses: CMD-13."""

    before: Subject
    """The account before its steps."""
    steps: tuple[OwnStep, ...]
    """Its steps; none, if only its policies change."""
    refusal: str
    """Why its target cannot be reached, where no order of its steps is allowed."""
