"""The phases of a plan: when a step runs, and why not earlier or later."""

import enum


class Phase(enum.Enum):
    """When a step of a plan runs. The members stand in the order in which they run; the value is the place in that order.

    First comes what makes nobody's calls fail: the Edge, hosting providers. Then the accounts and their policies. Then what
    nobody needs any more goes.

    Clauses: CMD-13

    >>> [phase.name for phase in Phase][:2]
    ['PREPARE', 'OPEN_EDGE']
    """

    PREPARE = 1
    """Steps that need the deployment as it was.

    Every hosting provider goes that bars a new default route. Enterprise Voice is enabled.
    """
    OPEN_EDGE = 2
    """The Access Edge configuration, where it lets calls cross or has a new default route.

    The providers that bar a default route are gone, and those that come after it are not made yet.
    """
    PROVIDERS = 3
    """Hosting providers, before a policy leads to them.

    Those go whose Identity or ProxyFqdn a new one needs. New ones are made. The others change, where calls can cross to them
    afterwards.
    """
    REPLICATE = 4
    """The Edge Server's replica gets what the earlier steps changed, before a call needs it."""
    REMOVE_CONTACTS = 5
    """Contact objects go: their numbers are free for others."""
    CHANGE_CONTACTS = 6
    """Contact objects that stay get their new numbers, each once it is free."""
    NEW_CONTACTS = 7
    """New contact objects, before they are granted a policy."""
    ACCOUNTS = 8
    """Policies change, and accounts are granted them, move, and have their attribute set: in the order of ``schedule``."""
    FINISH = 9
    """What no call needs any more.

    Hosting providers go, or change to what lets no call cross. The Access Edge configuration stops calls. Enterprise Voice
    is disabled.
    """
    REPLICATE_AGAIN = 10
    """The Edge Server's replica gets what ``FINISH`` changed."""
    ELSEWHERE = 11
    """What another shell has to do, once nobody's calls need what goes."""
