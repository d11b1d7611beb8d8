"""The whole way of a call to voice mail, a module for each hop.

Every hop is a function that takes the INVITE as it arrives. It returns the INVITE as it leaves with its next hop, or the
response that refuses it. What a proxy adds for itself (Via, Record-Route, one less in Max-Forwards) is not shown.

``front_end``, ``edge`` and ``hosted_um`` have the names of the modules that they live in. As attributes of this package these
names are the functions.
"""

from exum_routing.call.changes import CallChange, CallEnd, call_changes
from exum_routing.call.circumstances import USUAL, Circumstances
from exum_routing.call.edge import edge
from exum_routing.call.front_end import front_end
from exum_routing.call.hosted_um import hosted_um
from exum_routing.call.indicator import call_voice_mail_indicator, goes_to_voice_mail
from exum_routing.call.missing_facts import not_known
from exum_routing.call.outcome import (
    CallOutcome,
    CallTrace,
    Forwarded,
    HandedOver,
    Hop,
    NextHop,
    NotVoiceMail,
    Refused,
)
from exum_routing.call.refusal import REFUSALS, CallFault, Refusal, RefusalReason, SipResponse
from exum_routing.call.trace import trace_call

__all__ = [
    "REFUSALS",
    "USUAL",
    "CallChange",
    "CallEnd",
    "CallFault",
    "CallOutcome",
    "CallTrace",
    "Circumstances",
    "Forwarded",
    "HandedOver",
    "Hop",
    "NextHop",
    "NotVoiceMail",
    "Refusal",
    "RefusalReason",
    "Refused",
    "SipResponse",
    "call_changes",
    "call_voice_mail_indicator",
    "edge",
    "front_end",
    "goes_to_voice_mail",
    "hosted_um",
    "not_known",
    "trace_call",
]
