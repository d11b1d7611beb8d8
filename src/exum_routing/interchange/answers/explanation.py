"""Why a route is as it is, as JSON and as text."""

from collections.abc import Iterator
from typing import Any

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Subject
from exum_routing.interchange.answers.decision import decision_to_json
from exum_routing.interchange.answers.reading import reading_to_json
from exum_routing.reading import OPEN_CLAUSES
from exum_routing.routing import Explanation, HostedUm, NotRouted, request_uri


@names_wrong_types
def explanation_to_json(subject: Subject, explanation: Explanation) -> dict[str, Any]:
    """The explanation of a user's or contact's route as one JSON object.

    Clauses: ROUTE-10, POL-3

    >>> from exum_routing import Deployment, User, explain
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> explanation_to_json(zoe, explain(zoe, Deployment(users=[zoe])))["Inputs"][1]
    {'Name': 'hosted UM access', 'Value': 'not set'}
    """
    return {
        "Decision": decision_to_json(subject, explanation.decision),
        "Inputs": [{"Name": looked_at.name, "Value": looked_at.value} for looked_at in explanation.inputs],
        "Candidates": [
            {"Identity": str(candidate.identity), "Standing": candidate.standing.value, "Reason": candidate.reason}
            for candidate in explanation.candidates
        ],
        "Clauses": [
            {"Id": clause.id, "Sentence": clause.sentence, "Basis": clause.basis.value} for clause in explanation.clauses
        ],
        "Reading": reading_to_json(explanation.reading),
    }


@names_wrong_types
def explanation_to_text(subject: Subject, explanation: Explanation) -> str:
    """The explanation of a user's or contact's route for people: what was looked at, every policy, the clauses that decided.

    Clauses: ROUTE-10, POL-3

    >>> from exum_routing import Deployment, User, explain
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> print(explanation_to_text(zoe, explain(zoe, Deployment(users=[zoe]))).partition("What")[0], end="")
    sip:zoe@contoso.com
      is not routed to voice mail: NO_VOICE_MAIL
    """
    return "\n".join(_lines(subject, explanation))


def _lines(subject: Subject, explanation: Explanation) -> Iterator[str]:
    decision = explanation.decision
    yield str(subject.sip_address)
    if isinstance(decision, NotRouted):
        yield f"  is not routed to voice mail: {decision.reason.value}"
    else:
        yield f"  is routed to {'hosted' if isinstance(decision, HostedUm) else 'on-premises'} UM"
        yield f"  Request-URI: {request_uri(subject, decision)}"
    yield "What was looked at"
    yield from (f"  {looked_at.name}: {looked_at.value}" for looked_at in explanation.inputs)
    by_policy = isinstance(decision, HostedUm) or (isinstance(decision, NotRouted) and decision.policy is not None)
    yield "Hosted voice mail policies" + ("" if by_policy else " (not looked at; how they stand towards this account)")
    yield from (f"  {one.identity}: {one.standing.value}, {one.reason}" for one in explanation.candidates)
    yield "Clauses that decided"
    read_as = {clause: getattr(explanation.reading, field).value for clause, field, _ in OPEN_CLAUSES}
    for clause in explanation.clauses:
        basis = clause.basis.value + (f", read as {read_as[clause.id]}" if clause.id in read_as else "")
        yield f"  {clause.id} ({basis}): {clause.sentence}"
