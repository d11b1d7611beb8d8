"""The open clauses on which routes depend, as JSON, and as text: grouped by question."""

from collections.abc import Iterable, Iterator
from typing import Any

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Subject
from exum_routing.interchange.answers.decision import decision_to_json, decision_to_text
from exum_routing.interchange.answers.layout import GROUPS, HOW, NAMED, counted, listed, wrapped
from exum_routing.interchange.answers.reading import reading_key
from exum_routing.routing import Contested, HostedUm, RoutingDecision


@names_wrong_types
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


@names_wrong_types
def contested_to_text(found: Iterable[tuple[Subject, Contested]], *, verbose: bool = False) -> str:
    """The open clauses on which routes depend, for people: each question once, what each reading gives, then whose route it is.

    One screen of at most 40 lines: the questions of most accounts, with five accounts each. ``verbose`` has all of them.

    Args:
        found: The accounts, each with an open clause on which its route depends.
        verbose: Whether everything is shown.

    Clauses: ROUTE-7, ROUTE-8, URI-3

    >>> from exum_routing import Deployment, User, contested
    >>> torn = User(sip_address="zoe@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"))
    >>> print(contested_to_text((torn, one) for one in contested(torn, Deployment(users=[torn]))))
    ROUTE-7, authors_disagree: 1 account
      ANY_ENABLED: not routed, POLICY_WITHOUT_DESTINATION
      EXCHANGE_WINS: not routed, HOSTED_VOICE_MAIL_DISABLED
      SKYPE_FOR_BUSINESS_WINS: not routed, POLICY_WITHOUT_DESTINATION
      sip:zoe@contoso.com
    """
    questions: dict[tuple[str, ...], list[str]] = {}
    for subject, one in found:
        outcomes = (f"{getattr(reading, one.field).value}: {_outcome(decision)}" for reading, decision in one.outcomes)
        questions.setdefault((f"{one.clause}, {one.field}", *outcomes), []).append(str(subject.sip_address))
    if not questions:
        return "No route depends on a clause that the source leaves open."
    return "\n".join(_questions(questions, verbose=verbose))


def _questions(questions: dict[tuple[str, ...], list[str]], *, verbose: bool) -> Iterator[str]:
    largest_first = sorted(questions.items(), key=lambda question: -len(question[1]))
    for (head, *outcomes), addresses in largest_first[: None if verbose else GROUPS]:
        yield f"{head}: {counted(len(addresses), 'account')}"
        yield from (line for outcome in outcomes for line in wrapped(outcome, 2, hanging=2))
        yield from listed(addresses, 2, None if verbose else NAMED)
    if not verbose and len(largest_first) > GROUPS:
        yield f"and {counted(len(largest_first) - GROUPS, 'more question')} ({HOW})"


def _outcome(decision: RoutingDecision) -> str:
    text = decision_to_text(decision)
    return f"{text}, {','.join(decision.organizations)}" if isinstance(decision, HostedUm) and decision.organizations else text
