"""What a plan needs of another shell: UM addresses that go are taken off the mailbox in the Exchange Management Shell."""

from exum_routing.cmdlets import CmdletCall, Without
from exum_routing.deployment import UmProxyAddress, User
from exum_routing.planning.part import NOTHING, Part, Step, one_reason
from exum_routing.planning.phases import Phase
from exum_routing.planning.transition import Transition


def plan_proxy_addresses(before: User, after: User, _: Transition) -> Part:
    """The line that takes UM proxy addresses off a mailbox. No line adds an address, or takes off one of another type.

    Clauses: ATTR-7, CMD-13
    """
    if before.proxy_addresses == after.proxy_addresses:
        return NOTHING
    gone = tuple(one for one in before.proxy_addresses if one not in after.proxy_addresses)
    kept = tuple(one for one in before.proxy_addresses if one in after.proxy_addresses)
    if kept != after.proxy_addresses or not all(isinstance(one, UmProxyAddress) for one in gone):
        return one_reason(
            f"{after.sip_address}: ProxyAddresses differs by more than UM addresses that go: no cmdlet here changes it"
        )
    mailbox = after.user_principal_name or after.sip_address.removeprefix("sip:")
    call = CmdletCall.named("Set-Mailbox", identity=mailbox, email_addresses=Without(tuple(map(str, gone))))
    why = "UM addresses that go, only once Cloud Voicemail or nothing answers for the mailbox"
    return Part(steps=(Step(Phase.ELSEWHERE, CmdletCall(call.cmdlet, call.arguments, why)),))
