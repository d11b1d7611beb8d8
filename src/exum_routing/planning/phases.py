"""The phases of a plan: when a step runs, and why not earlier or later."""

import enum


class Phase(enum.Enum):
    """When a step of a plan runs. The members stand in the order in which they run; the value is the place in that order.

    First comes what makes nobody's calls fail: the Edge, hosting providers, policies that become usable. Then the accounts
    move: contact objects, grants, the attribute. Then what nobody needs any more goes.

    Clauses: CMD-13

    >>> [phase.name for phase in Phase][:2]
    ['PREPARE', 'OPEN_EDGE']
    """

    PREPARE = 1
    """Steps that need the deployment as it was.

    Every hosting provider goes that bars a new default route. The attribute is set where only the old policies allow it.
    Enterprise Voice is enabled.
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
    CLEAR_POLICIES = 5
    """Policies without a Destination go if nobody is granted them: a wider policy then applies to whom they were assigned."""
    OPEN_POLICIES = 6
    """Policies that are new and usable, or that change without losing a Destination, before accounts are granted them."""
    EMPTY = 7
    """The attribute is emptied where it is to stay empty, before a policy closes or a user moves: that needs no policy."""
    REMOVE_CONTACTS = 8
    """Contact objects go: their numbers are free for others."""
    CHANGE_CONTACTS = 9
    """Contact objects that stay get their new numbers: numbers that no contact object had."""
    NEW_CONTACTS = 10
    """New contact objects, before they are granted a policy."""
    GRANT = 11
    """Accounts are granted the policies that are there, while the policies that they leave are still usable."""
    MOVE = 12
    """Accounts move to their pools, with the policies that they had or are to have."""
    REVOKE = 13
    """Accounts lose their per-user policies, once the pool's site is the one whose policy is to apply."""
    ENABLE = 14
    """The attribute is set under the policy that is to apply; no policy has lost its Destination yet."""
    CLOSE_POLICIES = 15
    """Policies lose their Destination, or go, or are made without one: no account that is to be routed needs them any more."""
    GRANT_CLOSED = 16
    """Accounts are granted the policies that have no Destination."""
    DISABLE = 17
    """Users are disabled to whom no usable policy applies any more (CMD-7)."""
    FINISH = 18
    """What no call needs any more.

    Hosting providers go, or change to what lets no call cross. The Access Edge configuration stops calls. Enterprise Voice
    is disabled.
    """
    REPLICATE_AGAIN = 19
    """The Edge Server's replica gets what ``FINISH`` changed."""
    ELSEWHERE = 20
    """What another shell has to do, once nobody's calls need what goes."""
