"""What a document says of a possible cause: it shows it, it rules it out, or it does not know."""

import enum
from typing import Final

import attrs

from exum_routing.deployment import Deployment, Subject, UmProxyAddress
from exum_routing.routing import HostedUm, OnPremisesUm, RoutingDecision


class Verdict(enum.Enum):
    """What a document says of a cause."""

    RULED_OUT = "RULED_OUT"
    """The document proves that it is not the cause."""
    SHOWN = "SHOWN"
    """The document has it."""
    TO_CHECK = "TO_CHECK"
    """The document cannot tell."""


@attrs.frozen
class Evidence:
    """A verdict with its reason."""

    verdict: Verdict
    """What the document says."""
    because: str
    """Why, with the names of the objects: one sentence."""


def ruled_out(because: str) -> Evidence:
    """The document proves that it is not the cause."""
    return Evidence(Verdict.RULED_OUT, because)


def shown(because: str) -> Evidence:
    """The document has the cause."""
    return Evidence(Verdict.SHOWN, because)


def to_check(because: str) -> Evidence:
    """The document cannot tell."""
    return Evidence(Verdict.TO_CHECK, because)


@attrs.frozen
class Situation:
    """What an account's calls do by the document, under one reading of the open clauses."""

    deployment: Deployment
    """The deployment that the document describes."""
    subject: Subject
    """The user or contact."""
    decision: RoutingDecision
    """Where the calls of the account go."""

    @property
    def policy_is_known(self) -> bool:
        """Whether the hosted voice mail policy that applies is known; where none is looked at, that is known.

        Clauses: POL-11
        """
        return "POL-11" not in self.decision.clauses

    @property
    def way(self) -> str:
        """Where the calls go, as a sentence."""
        decision = self.decision
        if isinstance(decision, HostedUm):
            return f"The calls go to hosted UM at {decision.destination}, by policy {decision.policy.identity}."
        if isinstance(decision, OnPremisesUm):
            return f"The calls go to on-premises UM, by dial plan {decision.proxy_address.phone_context}."
        return f"The calls are not routed to voice mail: {decision.reason.value}."

    def hosted(self) -> HostedUm | Evidence:
        """The way to hosted UM; where the calls do not take it, or nobody knows, the evidence that says so."""
        if not self.policy_is_known:
            return to_check(f"The site of {self.subject.sip_address} is not known, so neither is the policy that applies.")
        return self.decision if isinstance(self.decision, HostedUm) else ruled_out(self.way)

    def on_premises(self) -> UmProxyAddress | Evidence:
        """The UM proxy address that decides; where none does, the evidence that says so."""
        if isinstance(self.decision, HostedUm) or self.decision.proxy_address is None:
            return ruled_out(self.way if self.policy_is_known else _ENABLED)
        return self.decision.proxy_address


_ENABLED: Final = "The calls do not go to on-premises UM: the account is enabled for hosted UM access."
IN_NO_DOCUMENT: Final = "No document holds it."
"""Why a cause has to be checked by hand that stands in no deployment."""


def always_by_hand(_situation: Situation) -> Evidence:
    """A fact that no document holds, whichever way the calls go."""
    return to_check(IN_NO_DOCUMENT)


def by_hand_on_hosted_way(situation: Situation) -> Evidence:
    """A fact that no document holds, and that matters on the way to hosted UM only."""
    found = situation.hosted()
    return found if isinstance(found, Evidence) else to_check(IN_NO_DOCUMENT)


def by_hand_on_premises(situation: Situation) -> Evidence:
    """A fact that no document holds, and that matters on the way to on-premises UM only."""
    found = situation.on_premises()
    if isinstance(found, Evidence):
        return found
    return to_check(IN_NO_DOCUMENT) if isinstance(situation.decision, OnPremisesUm) else ruled_out(situation.way)
