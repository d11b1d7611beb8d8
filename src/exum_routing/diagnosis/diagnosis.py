"""The diagnosis: for a symptom, which causes the document rules out, which it shows, and which to check by hand."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from exum_routing.cmdlets import quote
from exum_routing.deployment import Deployment, Subject, UmContact
from exum_routing.diagnosis.cause import Cause
from exum_routing.diagnosis.causes import CAUSES
from exum_routing.diagnosis.evidence import Evidence, Situation, Verdict, to_check
from exum_routing.diagnosis.symptom import Symptom
from exum_routing.fields import instance
from exum_routing.reading import READINGS
from exum_routing.routing import HostedUm, RoutingDecision, contested, route
from exum_routing.sip import SipAddress


@attrs.frozen
class Judgement:
    """A possible cause and what the document says of it."""

    cause: Cause
    """The cause."""
    verdict: Verdict
    """What the document says."""
    because: str
    """Why, with the names of the objects."""
    check: str
    """How to check it by hand, with the names of the account and of the hosts on its way."""


@attrs.frozen
class Diagnosis:
    """Every cause that a symptom can have, in three groups, each in alphabetical order: none is ranked."""

    sip_address: SipAddress
    """Whose symptom it is."""
    symptom: Symptom
    """What was seen or heard."""
    ruled_out: tuple[Judgement, ...]
    """What the document rules out, under every reading of the open clauses."""
    shown: tuple[Judgement, ...]
    """What the document shows, under every reading of the open clauses."""
    to_check: tuple[Judgement, ...]
    """What the document cannot tell."""


def diagnose(deployment: Deployment, address: str, symptom: Symptom) -> Diagnosis:
    """The causes that a symptom can have: those that the document rules out, those that it shows, those to check by hand.

    A cause is ruled out or shown only where the document proves it. Where a route depends on a clause that the source leaves
    open, every reading has to agree.

    Args:
        deployment: What the document describes.
        address: The SIP address of the user or contact object that is called, in any case; ``sip:`` may be left out.
        symptom: What was seen or heard.

    Raises:
        UnknownSipAddress: Nobody has the address.
        InvalidSipAddress: It is not a SIP address.
        InvalidValue: The symptom is not a Symptom.

    Clauses: POL-11, ROUTE-7, ROUTE-8, URI-3

    >>> from exum_routing.deployment import User
    >>> anna = User(sip_address="anna@contoso.com", voice_mail_settings=("ExchangeHostedVoiceMail=1",))
    >>> found = diagnose(Deployment(users=[anna]), "anna@contoso.com", Symptom.INDICATOR_DARK)
    >>> [one.cause.id for one in found.shown]
    ['indicator-dark']
    >>> found.shown[0].because
    'msExchUCVoiceMailSettings holds ExchangeHostedVoiceMail=1.'
    """
    instance(symptom, Symptom)
    subject = deployment.subject(address)
    situations = tuple(Situation(deployment, subject, decision) for decision in _decisions(subject, deployment))
    names = _names(situations[0])
    causes = sorted((cause for cause in CAUSES if symptom in cause.symptoms), key=lambda cause: cause.id)
    judged = [_judged(cause, situations, names) for cause in causes]

    def those(verdict: Verdict) -> tuple[Judgement, ...]:
        return tuple(one for one in judged if one.verdict is verdict)

    return Diagnosis(subject.sip_address, symptom, those(Verdict.RULED_OUT), those(Verdict.SHOWN), those(Verdict.TO_CHECK))


def _decisions(subject: Subject, deployment: Deployment) -> Iterator[RoutingDecision]:
    """The decisions under all readings, each once, that of the default reading first."""
    yield from dict.fromkeys(route(subject, deployment, reading=reading) for reading in READINGS)


def _judged(cause: Cause, situations: Sequence[Situation], names: Mapping[str, str]) -> Judgement:
    found = [cause.look(situation) for situation in situations]
    agreed = found[0] if len({one.verdict for one in found}) == 1 else _open(situations[0])
    return Judgement(cause, agreed.verdict, agreed.because, cause.how_to_check(names))


def _open(situation: Situation) -> Evidence:
    clauses = ", ".join(one.clause for one in contested(situation.subject, situation.deployment))
    return to_check(f"The route rests on how {clauses} is read, which the source leaves open.")


def _names(situation: Situation) -> dict[str, str]:
    """What the placeholders of a check stand for; where the document does not tell, a word in capitals."""
    subject, decision = situation.subject, situation.decision
    hosted = decision if isinstance(decision, HostedUm) and situation.policy_is_known else None
    proxy_address = None if isinstance(decision, HostedUm) else decision.proxy_address
    cmdlet = "Get-CsExUmContact" if isinstance(subject, UmContact) else "Get-CsUser"
    return {
        "address": quote(subject.sip_address),
        "get": f"{cmdlet} -Identity {quote(subject.sip_address)}",
        "domain": subject.sip_address.domain,
        "pool": subject.registrar_pool or "POOL",
        "destination": "DESTINATION" if hosted is None else hosted.destination,
        "organization": ", ".join(hosted.organizations if hosted else ()) or "ORGANIZATION",
        "dial_plan": "DIALPLAN" if proxy_address is None else proxy_address.phone_context,
    }
