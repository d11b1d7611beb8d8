"""The grammar of PowerShell, which is that of tree-sitter-powershell; it is loaded when the first script is read."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from exum_routing.extras import needs

if TYPE_CHECKING:
    from tree_sitter import Language, Node


@functools.cache
def _language() -> Language:
    """The grammar.

    Raises:
        ModuleNotFoundError: tree-sitter or its grammar of PowerShell is not installed.
    """
    with needs("powershell"):
        import tree_sitter_powershell  # noqa: PLC0415 - an extra that only a script needs
        from tree_sitter import Language  # noqa: PLC0415 - likewise
    return Language(tree_sitter_powershell.language())


def parsed(text: str) -> Node:
    """The root of the tree of an ASCII text.

    Raises:
        ModuleNotFoundError: tree-sitter or its grammar of PowerShell is not installed.
    """
    language = _language()
    from tree_sitter import Parser  # noqa: PLC0415 - as above

    return Parser(language).parse(text.encode("ascii")).root_node
