"""Why a route is as it is, as JSON."""

from typing import Any

from exum_routing.deployment import Subject
from exum_routing.interchange.answers.decision import decision_to_json
from exum_routing.interchange.answers.reading import reading_to_json
from exum_routing.routing import Explanation


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
