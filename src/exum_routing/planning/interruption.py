"""Whose calls fail between two steps of a plan, although they get through before the plan and after it."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.cmdlets import CmdletCall, ObjectKind, View
from exum_routing.deployment import Deployment, Subject, UmContact
from exum_routing.planning.plan import run_plan
from exum_routing.planning.through import gets_through, without_accounts
from exum_routing.reading import DEFAULT_CMDLET_READING, DEFAULT_READING, CmdletReading, Reading

_ACCOUNTS: Final = frozenset({ObjectKind.USER, ObjectKind.CONTACT})


@attrs.frozen
class Interruption:
    """An account whose calls fail while a plan runs. The steps of the plan count from 0. Clauses: CMD-13."""

    address: str
    """The account's SIP address."""
    begins: int
    """The step after which its calls fail."""
    ends: int
    """The step after which they get through again."""


@names_wrong_types
def interruptions(
    current: Deployment,
    steps: Iterable[CmdletCall],
    *,
    reading: CmdletReading = DEFAULT_CMDLET_READING,
    routing: Reading = DEFAULT_READING,
) -> tuple[Interruption, ...]:
    """The accounts whose calls get through before a plan and after it, and fail in between.

    A call gets through if it is routed and nothing is known to refuse it. A step that runs elsewhere changes nothing here.

    Args:
        current: The deployment as it is.
        steps: The steps of a plan that begins there.
        reading: How to read what the source leaves open about the cmdlets.
        routing: How to read what it leaves open about routes.

    Returns:
        In the order of their ends; those that end together, in the order of their addresses.

    Raises:
        ExumRoutingError: A step is refused.

    Clauses: CMD-13

    >>> from exum_routing.deployment import UmContact
    >>> lobby = UmContact(sip_address="lobby@contoso.com", display_number="1")
    >>> interruptions(Deployment(contacts=[lobby]), ())
    ()
    """
    calls = tuple(steps)
    watched = _through_all_along(current, run_plan(current, calls, reading=reading), routing)
    failing: dict[str, int] = {}
    found: list[Interruption] = []
    for number, (view, ground, touched) in enumerate(_states(View(current).under(reading), calls)):
        looked_at = watched if touched is None else watched & touched
        refused = _refused(looked_at, view, ground, routing)
        for address in sorted(looked_at):
            if address in refused:
                failing.setdefault(address, number)
            elif address in failing:
                found.append(Interruption(address, failing.pop(address), number))
    return tuple(found)


def _states(view: View, calls: Iterable[CmdletCall]) -> Iterator[tuple[View, Deployment, frozenset[str] | None]]:
    """After each step: the view, what it holds but for the accounts, and whom the step touched; None: everybody."""
    ground = without_accounts(view)
    for call in calls:
        changes = () if call.cmdlet.where else call.run(view).changes
        view = view.after(changes)
        touched: frozenset[str] | None = frozenset(change.key for change in changes)
        if any(change.kind not in _ACCOUNTS for change in changes):
            ground, touched = without_accounts(view), None
        yield view, ground, touched


def _through_all_along(start: Deployment, end: Deployment, routing: Reading) -> frozenset[str]:
    """The addresses of the accounts whose calls get through in both deployments."""
    after = {str(one.sip_address): one for one in end.subjects}
    both = ((str(one.sip_address), one) for one in start.subjects if str(one.sip_address) in after)
    return frozenset(
        address
        for address, before in both
        if gets_through(before, start, routing) and gets_through(after[address], end, routing)
    )


def _refused(addresses: Iterable[str], view: View, ground: Deployment, routing: Reading) -> frozenset[str]:
    """The addresses of those whose calls fail; accounts that are alike are asked about once."""
    known: dict[Hashable, bool] = {}
    refused = set()
    for address in addresses:
        account: Subject | None = view.user(address) or view.contact(address)
        facts = _facts(account)
        if facts not in known:
            known[facts] = account is not None and gets_through(account, ground, routing)
        if not known[facts]:
            refused.add(address)
    return frozenset(refused)


def _facts(account: Subject | None) -> Hashable:
    """What of an account decides whether its calls get through."""
    if account is None or isinstance(account, UmContact):
        return account
    return (
        account.hosted_voicemail_policy,
        account.registrar_pool,
        account.voice_mail_settings.values,
        account.um_proxy_addresses,
    )
