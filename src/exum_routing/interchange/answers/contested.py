"""An open clause on which a route depends, as JSON."""

from typing import Any

from exum_routing.deployment import Subject
from exum_routing.interchange.answers.decision import decision_to_json
from exum_routing.interchange.answers.reading import reading_key
from exum_routing.routing import Contested


def contested_to_json(subject: Subject, contested: Contested) -> dict[str, Any]:
    """An open clause on which a user's route depends, as one JSON object with the decision under each reading.

    Clauses: ROUTE-7, ROUTE-8, URI-3

    >>> from exum_routing import Deployment, User, contested
    >>> torn = User(sip_address="zoe@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"))
    >>> (one,) = contested(torn, Deployment(users=[torn]))
    >>> found = contested_to_json(torn, one)
    >>> found["Clause"], found["Field"], list(found["Outcomes"])
    ('ROUTE-7', 'AuthorsDisagree', ['ANY_ENABLED', 'EXCHANGE_WINS', 'SKYPE_FOR_BUSINESS_WINS'])
    """
    return {
        "SipAddress": str(subject.sip_address),
        "Clause": contested.clause,
        "Field": reading_key(contested.field),
        "Outcomes": {
            getattr(reading, contested.field).value: decision_to_json(subject, decision)
            for reading, decision in contested.outcomes
        },
    }
