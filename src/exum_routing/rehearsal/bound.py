"""A bound script: every pipeline in it with the stages that its commands are bound to, so that it can run."""

from typing import TypeAlias

import attrs

from exum_routing.cmdlets import Cmdlet
from exum_routing.interchange.powershell import Assignment, Condition, Pipeline, Place
from exum_routing.rehearsal.asides import Aside
from exum_routing.rehearsal.binding import Bound


@attrs.frozen
class CmdletStage:
    """A cmdlet."""

    cmdlet: Cmdlet
    """The cmdlet's row in the table."""
    bound: Bound
    """Its values, each at its parameter."""


@attrs.frozen
class ElsewhereStage:
    """A command that runs elsewhere."""

    cmdlet: Cmdlet
    """The command's row in the table."""
    bound: Bound
    """Its values, each at its parameter."""


@attrs.frozen
class AsideStage:
    """A command that is not modelled."""

    place: Place
    """The place of the command."""
    aside: Aside
    """The command."""


@attrs.frozen
class SelectStage:
    """Select-Object."""

    bound: Bound
    """Its values, each at its parameter."""


@attrs.frozen
class WhereStage:
    """Where-Object."""

    place: Place
    """The place of the command."""
    condition: Condition
    """What must hold of an object that it lets through."""


@attrs.frozen
class ForEachStage:
    """ForEach-Object."""

    pipelines: "tuple[BoundPipeline, ...]"
    """What runs for each object, in order."""


Stage: TypeAlias = CmdletStage | ElsewhereStage | AsideStage | SelectStage | WhereStage | ForEachStage
"""What one command of a pipeline is bound to."""


@attrs.frozen
class BoundPipeline(Pipeline):
    """A pipeline with every command bound, as is every pipeline within it."""

    stages: tuple[Stage, ...] = ()
    """What its commands are bound to, in their order."""


BoundStatement: TypeAlias = Assignment | BoundPipeline
"""One step of a bound script."""


@attrs.frozen
class BoundScript:
    """A script in which every pipeline is bound; ``check`` makes it."""

    statements: tuple[BoundStatement, ...]
    """Its statements, in order."""
