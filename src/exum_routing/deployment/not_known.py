"""The facts that a document may lack, in the words in which every answer says so.

What a deployment does not hold is never taken for absent. The audit, a call and a change of calls
name the same missing fact in the same words.
"""

import enum


class NotKnown(enum.Enum):
    """A fact that the deployment does not hold, and what is not known without it.

    Clauses: POL-11, UM-6, EDGE-0, CALL-7, CALL-17

    >>> str(NotKnown.EDGE)
    'AccessEdgeConfiguration: whether calls cross the Edge is not known'
    """

    SITES = ("Pools", "on which site an account is homed is not known", "POL-11")
    """The site of an account, so that the policy of a site may apply to it."""
    POOL_VERSIONS = ("Pools[].Version", "which pools run 2015 or 2019 is not known", "CALL-17")
    """The version of a pool: contact objects on a pool of 2019 are reported to take no calls."""
    UM_SERVERS = ("UmDialPlans", "which UM servers take calls is not known", "UM-6")
    """The UM dial plans of on-premises UM."""
    EDGE = ("AccessEdgeConfiguration", "whether calls cross the Edge is not known", "EDGE-0")
    """The Access Edge settings and the replica of the Edge."""
    SERVICES = ("HostedUmServices", "tenants and mailboxes are not known", "CALL-7")
    """The hosted UM service of a Destination."""
    TENANTS = ("HostedUmServices[].Tenants", "which tenants a service hosts is not known", "CALL-7")
    """The tenants of a hosted UM service."""
    MAILBOXES = ("HostedUmServices[].Tenants[].Mailboxes", "which users have a mailbox is not known", "CALL-7")
    """The mailboxes of a tenant."""

    def __init__(self, part: str, words: str, clause: str) -> None:
        """The part of the document that would hold the fact, what is not known, and the clause."""
        self.part = part
        self.words = words
        self.clause = clause

    def __str__(self) -> str:
        """The part, and what is not known without it."""
        return f"{self.part}: {self.words}"
