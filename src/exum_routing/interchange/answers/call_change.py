"""What changed of what becomes of an account's calls, as JSON."""

from typing import Any

from exum_routing.call import CallChange, CallEnd


def call_change_to_json(change: CallChange) -> dict[str, Any]:
    """What becomes of a usual call to an account before and after, as one JSON object.

    Clauses: CALL-6

    >>> call_change_to_json(CallChange("sip:zoe@contoso.com", CallEnd(), CallEnd(not_known="the site is not given")))["Calls"]
    {'Before': {'Through': True}, 'After': {'NotKnown': 'the site is not given'}}
    """
    return {"SipAddress": change.address, "Calls": {"Before": _end(change.before), "After": _end(change.after)}}


def _end(end: CallEnd) -> dict[str, Any]:
    if end.not_known is not None:
        return {"NotKnown": end.not_known}
    if end.refused_by is None:
        return {"Through": True}
    return {"Through": False, "RefusedBy": end.refused_by.value, "Reasons": list(end.reasons)}
