"""How answers are laid out for people: counted, wrapped, and cut to what one screen shows."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

WIDTH: Final = 100
"""Columns of a line of prose."""
SCREEN: Final = 40
"""Lines that a person sees at once: what is read first has no more of them."""


GROUPS: Final = 4
"""Groups of accounts that one screen shows."""
NAMED: Final = 5
"""Accounts of a group, subjects of a finding, and lines of its remedy, that one screen shows."""
HOW: Final = "--verbose lists all"
"""How to see what one screen leaves out."""


def counted(number: int, noun: str) -> str:
    """A number of things in words.

    >>> counted(1, "account"), counted(17_000, "account")
    ('1 account', '17,000 accounts')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def height(lines: Iterable[str]) -> int:
    """How many lines of a terminal of ``WIDTH`` columns lines take.

    >>> height(["a", "b" * 101, ""])
    4
    """
    return sum(max(1, -(-len(line) // WIDTH)) for line in lines)


def wrapped(text: str, indent: int, *, hanging: int = 0) -> list[str]:
    """A text on lines of ``WIDTH`` columns, indented; the lines after the first further by ``hanging``.

    >>> wrapped("Why it matters.", 2)
    ['  Why it matters.']
    """
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
        break_long_words=False,
    )


def listed(items: Sequence[str], indent: int, most: int | None) -> list[str]:
    """Items with commas between them, on wrapped lines; where there are more than ``most``, how many more, and how to see them.

    >>> listed(["a@b.c", "d@b.c", "e@b.c"], 2, 1)
    ['  a@b.c, and 2 more (--verbose lists all)']
    """
    if most is None or len(items) <= most:
        return wrapped(", ".join(items), indent)
    more = f"and {len(items) - most:,} more ({HOW})"
    return wrapped(", ".join((*items[:most], more)), indent)


def grouped_accounts(groups: Mapping[str, Sequence[tuple[str, Sequence[str]]]], *, verbose: bool) -> Iterator[str]:
    """Groups of accounts, the largest first: what they have in common, then the accounts.

    Args:
        groups: By what they have in common, the accounts: the address of each, and what else there is to say of it.
        verbose: Whether everything is shown; if not, four groups, with five accounts each.

    >>> print(*grouped_accounts({"through -> refused": [("a@b.c", ()), ("d@b.c", ())]}, verbose=False), sep=";")
    2 accounts: through -> refused;  a@b.c, d@b.c
    """
    largest_first = sorted(groups.items(), key=lambda group: -len(group[1]))
    for what, accounts in largest_first[: None if verbose else GROUPS]:
        yield from wrapped(f"{counted(len(accounts), 'account')}: {what}", 0, hanging=4)
        if verbose:
            for address, more in accounts:
                yield from (f"  {address}", *(f"    {line}" for line in more))
        else:
            yield from listed([address for address, _ in accounts], 2, NAMED)
    hidden = () if verbose else largest_first[GROUPS:]
    if hidden:
        accounts_of_them = sum(len(accounts) for _, accounts in hidden)
        yield f"and {counted(accounts_of_them, 'account')} in {counted(len(hidden), 'more group')} ({HOW})"
