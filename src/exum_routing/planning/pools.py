"""Moves in a plan: the pool of a user or a contact object."""

from typing import Final

from exum_routing.cmdlets import CmdletCall, move_cs_ex_um_contact, move_cs_user
from exum_routing.deployment import PoolVersion, Subject, UmContact
from exum_routing.planning.own_step import Rank
from exum_routing.planning.part import NOTHING, Part, one_reason, own_step
from exum_routing.planning.transition import Transition

_CONTACTS: Final = "Contacts that move"
_TO_2019: Final = (
    f"{_CONTACTS} (reported, without a published fix: a call to a contact on a pool of 2019 fails with 500 and 15000)"
)


def plan_move(before: Subject, after: Subject, way: Transition) -> Part:
    """The move of an account to the pool that it is to have.

    A pool that is known only before or only after is a gap in a document, not a move.

    Clauses: CMD-12, CMD-14
    """
    if before.registrar_pool == after.registrar_pool:
        return NOTHING
    if before.registrar_pool is None:
        return one_reason(f"{after.sip_address}: the current RegistrarPool is not known: add it to the current deployment")
    if after.registrar_pool is None:
        return one_reason(
            f"{after.sip_address}: RegistrarPool is missing in the target: add the pool that the account is to have"
        )
    call = CmdletCall.of(
        _heading(after, way),
        move_cs_ex_um_contact if isinstance(after, UmContact) else move_cs_user,
        identity=str(after.sip_address),
        target=str(after.registrar_pool),
    )
    return own_step(Rank.MOVE, call, "registrar_pool", after.registrar_pool)


def _heading(account: Subject, way: Transition) -> str:
    if not isinstance(account, UmContact):
        return "Users that move"
    pool = way.target.pool(account.registrar_pool)
    return _TO_2019 if pool is not None and pool.version is PoolVersion.SERVER_2019 else _CONTACTS
