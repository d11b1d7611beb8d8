"""Where a plan ends: a deployment to which no cmdlets lead."""

from collections.abc import Sequence

from exum_routing.errors import ExumRoutingError


class TargetUnreachable(ExumRoutingError):
    """A deployment to which no cmdlets lead; it carries every reason. Clauses: CMD-7, CMD-13."""

    reasons: tuple[str, ...]
    """Why, a sentence each; at least one."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the reasons."""
        super().__init__(tuple(reasons), "keep the cmdlets from leading there: change the target")
        self.args = (tuple(reasons),)
        self.reasons = tuple(reasons)

    def __str__(self) -> str:
        """A line for each reason."""
        return "\n".join(self.reasons)
