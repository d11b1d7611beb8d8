"""Hosted voice mail policies, as Get-CsHostedVoicemailPolicy and documents have them."""

from typing import Final

from exum_routing.deployment import GLOBAL, HostedVoicemailPolicy, read_organization
from exum_routing.errors import ExumRoutingError, InvalidText
from exum_routing.fields import text as fit
from exum_routing.importing.kind import Kind
from exum_routing.importing.merge import Column, Gathered, Merged, Table, place_of
from exum_routing.importing.notes import Notes
from exum_routing.importing.values import MISSING, Refused, text

_NAMES: Final = ("Identity", "Description", "Destination", "Organization")
_BY_CMDLET: Final[dict[str, Column]] = {name: (name, text) for name in _NAMES}
POLICIES: Final = Table(facts=tuple(_BY_CMDLET), columns={Kind.POLICY: tuple(_BY_CMDLET.values())})
"""The facts of a policy, and where they are."""
_DECIDING: Final = ("Destination", "Organization")


def policies(gathered: Gathered, notes: Notes) -> tuple[HostedVoicemailPolicy, ...]:
    """The policies of the deployment, the global one among them."""
    found = []
    for _, policy in gathered.each(notes):
        model = _policy(policy, notes)
        if model is not None:
            policy.taken()
            found.append(model)
    if all(policy.identity != GLOBAL for policy in found):
        found.insert(0, HostedVoicemailPolicy(identity=GLOBAL))
    return tuple(found)


def _policy(policy: Merged, notes: Notes) -> HostedVoicemailPolicy | None:
    facts = policy.facts
    reason = policy.refused(but=("Description",))
    lacking = next((name for name in _DECIDING if facts[name] is MISSING), None)
    if reason is None and lacking is not None and not policy.by_hand:
        reason = f"{policy.text('Identity')!r} was exported without {lacking}, which decides routes: export all properties"
    if reason is not None:
        notes.left_out(policy.place, reason)
        return None
    try:
        return HostedVoicemailPolicy(
            identity=policy.text("Identity") or "",
            description=_description(policy, notes),
            destination=policy.text("Destination") or None,
            organizations=read_organization(policy.text("Organization") or ""),
        )
    except ExumRoutingError as error:
        notes.left_out(policy.place, error.message)
        return None


def _description(policy: Merged, notes: Notes) -> str | None:
    description = policy.facts["Description"]
    problem = description.message if isinstance(description, Refused) else ""
    try:
        return fit(description) if isinstance(description, str) else None
    except InvalidText as error:
        problem = error.message
        return None
    finally:
        if problem:
            notes.left_out(place_of(policy.claims[0], "Description"), f"{problem}; the policy is taken without it")
