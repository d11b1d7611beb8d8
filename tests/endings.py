"""What a call is handed over for."""

from exum_routing import Mailbox
from exum_routing.call import HandedOver


def mailbox_of(outcome: object) -> Mailbox | None:
    """The mailbox that a call is handed over for; None: it is for none, or refused."""
    return outcome.mailbox if isinstance(outcome, HandedOver) else None
