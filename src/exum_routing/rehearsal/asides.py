"""Commands that change nothing in a deployment: they print, order objects or prepare the shell, and are not modelled."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from exum_routing.casing import folded


@attrs.frozen
class Aside:
    """A command that is accepted and not modelled."""

    name: str
    """As its page spells it."""
    does: str
    """What it does, to be read after *it*."""
    shows: bool = False
    """Whether it prints the objects that come down the pipe."""
    passes: bool = False
    """Whether the objects go on down the pipe; otherwise nothing does."""
    selecting: tuple[str, ...] = ()
    """The parameters with which it would select objects."""


class Unordered(tuple[Any, ...]):
    """Several objects in an order that is not known, since Sort-Object is not modelled."""

    __slots__ = ()


_PRINTS: Final = "only prints"
_TABLE: Final[Iterable[tuple[Aside, str]]] = (
    (Aside("Format-Table", _PRINTS, shows=True), "ft"),
    (Aside("Format-List", _PRINTS, shows=True), "fl"),
    (Aside("Format-Wide", _PRINTS, shows=True), "fw"),
    (Aside("Format-Custom", _PRINTS, shows=True), "fc"),
    (Aside("Out-Host", _PRINTS, shows=True), "oh"),
    (Aside("Out-Default", _PRINTS, shows=True), ""),
    (Aside("Out-String", _PRINTS, shows=True), ""),
    (Aside("Out-GridView", _PRINTS, shows=True), "ogv"),
    (Aside("Out-Printer", _PRINTS), "lp"),
    (Aside("Out-File", "only writes a file"), ""),
    (Aside("Out-Null", "only hides what would be printed"), ""),
    (Aside("Sort-Object", "only orders", shows=True, passes=True, selecting=("Unique", "Top", "Bottom")), "sort"),
    (Aside("Write-Host", _PRINTS), ""),
    (Aside("Write-Output", _PRINTS), "write echo"),
    (Aside("Write-Verbose", _PRINTS), ""),
    (Aside("Write-Warning", _PRINTS), ""),
    (Aside("Write-Information", _PRINTS), ""),
    (Aside("Write-Debug", _PRINTS), ""),
    (Aside("Write-Progress", _PRINTS), ""),
    (Aside("Import-Module", "only loads commands"), "ipmo"),
    (Aside("Start-Transcript", "only writes a file"), ""),
    (Aside("Stop-Transcript", "only writes a file"), ""),
)
ASIDES: Final[Mapping[str, Aside]] = {
    name: aside for aside, aliases in _TABLE for name in (folded(aside.name), *aliases.split())
}
"""The commands that are accepted and not modelled, by name and alias in lower case."""
