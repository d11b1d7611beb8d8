"""A call's whole way as JSON, and as text: a ladder."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, assert_never

from exum_routing.arguments import names_wrong_types
from exum_routing.call import CallOutcome, CallTrace, HandedOver, NextHop, NotVoiceMail, Refused, SipResponse
from exum_routing.deployment import NotKnown
from exum_routing.sip import Invite, header_key

_SHOWN: Final = ("diversion", "ms-mras-address", "supported")
"""The headers that the Front End sets, which the ladder shows."""
_TO_CALLER: Final = (
    "  the status line is not published; the header reaches callers inside the organization only, and its",
    "  source is a Front End server of that pool",
)


def invite_to_json(invite: Invite) -> dict[str, Any]:
    """An INVITE as one JSON object; the body, if any, as text of its octets.

    Clauses: CALL-16

    >>> invite_to_json(Invite(request_uri="sip:b@h", headers=(("f", "<sip:a@h>"), ("t", "<sip:b@h>"))))
    {'RequestUri': 'sip:b@h', 'Headers': [['f', '<sip:a@h>'], ['t', '<sip:b@h>']]}
    """
    found: dict[str, Any] = {"RequestUri": invite.request_uri, "Headers": [list(header) for header in invite.headers]}
    if invite.body:
        found["Body"] = invite.body.decode("latin-1")
    return found


def _next_hop(next_hop: NextHop) -> dict[str, Any]:
    return {
        "Hop": next_hop.hop.value,
        "Host": None if next_hop.host is None else str(next_hop.host),
        "Port": next_hop.port,
        "Transport": next_hop.transport,
    }


def _handed_over(outcome: HandedOver) -> dict[str, Any]:
    """The system that has the call, and what the deployment describes of it."""
    found: dict[str, Any] = {"NextHop": _next_hop(outcome.next_hop)}
    if outcome.organization is not None:
        found["Organization"] = str(outcome.organization)
    if outcome.mailbox is not None:
        found |= {"Mailbox": str(outcome.mailbox.sip_address), "Home": outcome.mailbox.home.value}
        found["Transcribed"] = outcome.transcribed
    return found


def _response(response: SipResponse) -> dict[str, Any]:
    return {
        "Status": response.status,
        "ReasonPhrase": response.reason_phrase,
        "MsDiagnostics": response.ms_diagnostics,
    }


def outcome_to_json(outcome: CallOutcome) -> dict[str, Any]:
    """How a call ended, as one JSON object.

    Clauses: CALL-6, CALL-8

    >>> outcome_to_json(NotVoiceMail(("CALL-1",)))
    {'Outcome': 'NotVoiceMail', 'Clauses': ['CALL-1']}
    """
    found: dict[str, Any] = {"Outcome": type(outcome).__name__}
    match outcome:
        case HandedOver():
            found |= _handed_over(outcome)
        case Refused(hop, reason, edge_faults, response):
            found |= {"Hop": hop.value, "Reason": reason.value}
            if edge_faults:
                found["EdgeFaults"] = [fault.value for fault in edge_faults]
            found |= _response(response)
        case NotVoiceMail():
            pass
        case _:
            assert_never(outcome)
    found["Clauses"] = list(outcome.clauses)
    return found


@names_wrong_types
def trace_to_json(trace: CallTrace) -> dict[str, Any]:
    """A call's whole way as one JSON object: the INVITE as sent, as it left every hop, the outcome, what the caller gets.

    Clauses: CALL-1, CALL-8, CALL-18
    """
    to_caller = {} if trace.to_caller is None else {"ToCaller": _response(trace.to_caller)}
    return {
        "Sent": invite_to_json(trace.sent),
        "Hops": [
            {
                "Hop": forwarded.hop.value,
                "Invite": invite_to_json(forwarded.invite),
                "NextHop": _next_hop(forwarded.next_hop),
                "Clauses": list(forwarded.clauses),
            }
            for forwarded in trace.hops
        ],
        "Outcome": outcome_to_json(trace.outcome),
        **to_caller,
    }


@names_wrong_types
def trace_to_text(trace: CallTrace, not_known: Sequence[NotKnown] = ()) -> str:
    """A call's whole way for people: a rung for every hop, then the outcome and what the caller gets.

    Args:
        trace: The call.
        not_known: What its way depends on and the deployment does not hold: see ``call.not_known``.

    Clauses: CALL-1, CALL-8, CALL-18

    >>> from exum_routing import Deployment, User
    >>> from exum_routing.call import trace_call
    >>> deployment = Deployment(users=[User(sip_address="zoe@contoso.com")])
    >>> print(trace_to_text(trace_call(Invite.of_call("a@b.com", "zoe@contoso.com"), deployment)).partition("  it")[0], end="")
    sip:a@b.com calls sip:zoe@contoso.com
    Refused by Front End: NO_VOICE_MAIL
    """
    return "\n".join((*_ladder(trace), *(f"  {one} ({one.clause})" for one in not_known)))


@names_wrong_types
def outcome_to_text(outcome: CallOutcome) -> str:
    """How a call ended, for people.

    Clauses: CALL-6, CALL-8

    >>> outcome_to_text(NotVoiceMail(("CALL-1",)))
    'Answered by the callee; not a call to voice mail'
    """
    return "\n".join(_outcome_lines(outcome))


def _ladder(trace: CallTrace) -> Iterator[str]:
    """The call for people: a rung for every hop, then the outcome."""
    yield f"{_safe(trace.sent.from_.uri)} calls {_safe(trace.sent.request_uri)}"
    for forwarded in trace.hops:
        yield "  |"
        yield f"{forwarded.hop.value}  ({' '.join(forwarded.clauses)})"
        yield f"  |  INVITE {_safe(forwarded.invite.request_uri)}"
        for name, value in forwarded.invite.headers:
            if header_key(name) in _SHOWN:
                yield f"  |  {name}: {_safe(value)}"
        yield f"  v  to {_place(forwarded.next_hop)}"
    yield from _outcome_lines(trace.outcome)
    if trace.to_caller is not None:
        yield f"  the caller gets {trace.to_caller}"
        if trace.to_caller.status is None:
            yield from _TO_CALLER
    yield f"  clauses: {' '.join(trace.outcome.clauses)}"


def _safe(text: str) -> str:
    return text if text.isprintable() else ascii(text)


def _place(next_hop: NextHop) -> str:
    host = next_hop.host or "its name is not known"
    return f"{next_hop.hop.value} ({host}), {next_hop.transport} port {next_hop.port}"


def _handed_over_lines(outcome: HandedOver) -> Iterator[str]:
    yield f"Handed over to {_place(outcome.next_hop)}"
    if outcome.organization is not None:
        yield f"  for tenant {outcome.organization}"
    if outcome.mailbox is not None:
        home, transcribed = outcome.mailbox.home.value, "transcribed" if outcome.transcribed else "not transcribed"
        yield f"  for the mailbox of {outcome.mailbox.sip_address} ({home}, {transcribed})"
        yield "  the service deposits voice mail there (CALL-7); whether it arrives is not known"
    else:
        yield "  what happens there is not known"


def _outcome_lines(outcome: CallOutcome) -> Iterator[str]:
    match outcome:
        case HandedOver():
            yield from _handed_over_lines(outcome)
        case Refused(hop, reason, edge_faults, response):
            yield f"Refused by {hop.value}: {reason.value}"
            if edge_faults:
                yield f"  because {', '.join(fault.value for fault in edge_faults)}"
            yield f"  it answers {response}"
        case NotVoiceMail():
            yield "Answered by the callee; not a call to voice mail"
        case _:
            assert_never(outcome)
