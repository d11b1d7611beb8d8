"""What changed of what becomes of calls, as JSON, and as text: grouped by before and after."""

from collections.abc import Sequence
from typing import Any

from exum_routing.arguments import names_wrong_types
from exum_routing.call import CallChange, CallEnd
from exum_routing.interchange.answers.layout import grouped_accounts


@names_wrong_types
def call_change_to_json(change: CallChange) -> dict[str, Any]:
    """What becomes of a usual call to an account before and after, as one JSON object.

    Clauses: CALL-6

    >>> from exum_routing.deployment import NotKnown
    >>> call_change_to_json(CallChange("sip:zoe@contoso.com", CallEnd(), CallEnd(not_known=NotKnown.SITES)))["Calls"]
    {'Before': {'Through': True}, 'After': {'NotKnown': 'on which site an account is homed is not known'}}
    """
    return {"SipAddress": change.address, "Calls": {"Before": _end(change.before), "After": _end(change.after)}}


def _end(end: CallEnd) -> dict[str, Any]:
    if end.not_known is not None:
        return {"NotKnown": end.not_known.words}
    if end.refused_by is None:
        return {"Through": True}
    return {"Through": False, "RefusedBy": end.refused_by.value, "Reasons": list(end.reasons)}


@names_wrong_types
def call_changes_to_text(changes: Sequence[CallChange], *, verbose: bool = False) -> str:
    """What changed of what becomes of usual calls, for people: before and after, then whose calls they are.

    At most 19 lines: the groups of most accounts, with five accounts each. ``verbose`` has all of them.

    Clauses: CALL-6

    >>> from exum_routing.deployment import NotKnown
    >>> print(call_changes_to_text([CallChange("sip:zoe@contoso.com", CallEnd(), CallEnd(not_known=NotKnown.SITES))]))
    Calls
    1 account: through -> on which site an account is homed is not known
      sip:zoe@contoso.com
    """
    groups: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for change in changes:
        groups.setdefault(f"{change.before} -> {change.after}", []).append((change.address, ()))
    if not groups:
        return "No calls end in another way."
    return "\n".join(["Calls", *grouped_accounts(groups, verbose=verbose)])
