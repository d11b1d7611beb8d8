"""A diagnosis as JSON and as text."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from exum_routing.arguments import names_wrong_types
from exum_routing.diagnosis import Diagnosis, Judgement
from exum_routing.interchange.answers.layout import wrapped


@names_wrong_types
def diagnosis_to_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """A diagnosis as one JSON object: the causes that are ruled out, those that are shown, those to check by hand and how.

    >>> from exum_routing import Deployment, Symptom, User, diagnose
    >>> anna = User(sip_address="anna@contoso.com")
    >>> found = diagnosis_to_json(diagnose(Deployment(users=[anna]), "anna@contoso.com", Symptom.ID_15000))
    >>> [cause["Cause"] for cause in found["RuledOut"]], [cause["Cause"] for cause in found["ToCheck"]]
    (['contact-on-2019-pool'], ['document-older', 'publication-not-read'])
    """
    return {
        "SipAddress": str(diagnosis.sip_address),
        "Symptom": diagnosis.symptom.value,
        "RuledOut": [_judgement(one) for one in diagnosis.ruled_out],
        "Shown": [_judgement(one) for one in diagnosis.shown],
        "ToCheck": [_judgement(one) | {"Check": one.check} for one in diagnosis.to_check],
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    cause = judgement.cause
    return {
        "Cause": cause.id,
        "Sentence": cause.sentence,
        "Because": judgement.because,
        "Clauses": list(cause.clauses),
        "Sources": cause.sources,
    }


@names_wrong_types
def diagnosis_to_text(diagnosis: Diagnosis) -> str:
    """A diagnosis for people: what is ruled out, grouped by why; what is shown; what to check by hand, and how.

    >>> from exum_routing import Deployment, Symptom, User, diagnose
    >>> anna = User(sip_address="anna@contoso.com")
    >>> print(diagnosis_to_text(diagnose(Deployment(users=[anna]), "anna@contoso.com", Symptom.ID_15000)).partition("To")[0])
    sip:anna@contoso.com (15000): the caller gets ms-diagnostics 15000, "Unable to read the user
      properties publication"
    Ruled out by the document
      It is a user, not a contact object.
        contact-on-2019-pool
    Shown by the document
      nothing
    <BLANKLINE>
    """
    head = f"{diagnosis.sip_address} ({diagnosis.symptom.value}): {diagnosis.symptom.sentence}"
    return "\n".join(
        [
            *wrapped(head, 0, hanging=2),
            "Ruled out by the document",
            *(list(_ruled_out(diagnosis.ruled_out)) or [_NOTHING]),
            "Shown by the document",
            *([line for one in diagnosis.shown for line in _cause(one, one.because)] or [_NOTHING]),
            "To check by hand: possible causes in alphabetical order, none more likely than another",
            *(line for one in diagnosis.to_check for line in _cause(one, f"{one.because} {one.check}")),
        ]
    )


_NOTHING: Final = "  nothing"


def _ruled_out(judgements: Sequence[Judgement]) -> Iterator[str]:
    """The causes by what rules them out, so that one fact is said once."""
    for because in dict.fromkeys(one.because for one in judgements):
        yield from wrapped(because, 2, hanging=2)
        yield from wrapped(", ".join(one.cause.id for one in judgements if one.because == because), 4, hanging=2)


def _cause(judgement: Judgement, more: str) -> Iterator[str]:
    yield from wrapped(f"{judgement.cause.id}: {judgement.cause.sentence}", 2, hanging=2)
    yield from wrapped(more, 4, hanging=2)
