"""A call's whole way as JSON."""

from typing import Any, assert_never

from exum_routing.call import CallOutcome, CallTrace, HandedOver, NextHop, NotVoiceMail, Refused, SipResponse
from exum_routing.sip import Invite


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
