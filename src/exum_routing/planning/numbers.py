"""The numbers of contact objects in a plan: in which order they change, since a number has to be free first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from exum_routing.sip import SipAddress


def number_changes(before: Mapping[SipAddress, str], after: Mapping[SipAddress, str]) -> Iterator[tuple[SipAddress, str]]:
    """The changes of numbers, in an order in which each number is free when it is given.

    Where numbers go round in a circle, a contact object has another number for a while: its own with zeros after it. Where no
    order is left, because a number stays another's, the changes come all the same, to be refused.

    Args:
        before: The numbers that contact objects have.
        after: The numbers that the same contact objects are to have.

    Clauses: CMD-12

    >>> list(number_changes({"sip:a@b.c": "1", "sip:d@b.c": "2"}, {"sip:a@b.c": "2", "sip:d@b.c": "1"}))
    [('sip:a@b.c', '10'), ('sip:d@b.c', '1'), ('sip:a@b.c', '2')]
    """
    held, holders, wanting = dict(before), _by_number(before), _by_number(after)
    waiting = {address: number for address, number in after.items() if before[address] != number}
    ready, circles = list(reversed(waiting)), list(reversed(waiting))
    while waiting:
        if ready:
            address = ready.pop()
            if address not in waiting or holders[after[address]]:
                continue
            number = waiting.pop(address)
        elif circles:
            address = circles.pop()
            if address not in waiting or not wanting[held[address]] & waiting.keys():
                continue
            number = _free_number(held[address], {*held.values(), *after.values()})
        else:
            yield from waiting.items()
            return
        holders[held[address]].discard(address)
        ready += (one for one in wanting[held[address]] if one in waiting)
        held[address] = number
        holders[number].add(address)
        yield address, number


def _by_number(numbers: Mapping[SipAddress, str]) -> dict[str, set[SipAddress]]:
    found: dict[str, set[SipAddress]] = defaultdict(set)
    for address, number in numbers.items():
        found[number].add(address)
    return found


def _free_number(number: str, taken: set[str]) -> str:
    """The number with as many zeros after it as make it nobody's."""
    while number in taken:
        number += "0"
    return number
