"""What rehearsing a script costs: 10,000 lines on 100,000 users, and a tenth of each.

Were the cost the product of lines and users, a tenth of either would take a tenth of the time. The lines are a mix that an
administrator would write: users by SIP address and by display name, grants, policies, a few pipelines with an identity. A
command that asks for every user looks at every user, and is none of the mix.
"""

import gc
import sys
import time

from exum_routing import Deployment, HostedVoicemailPolicy, User
from exum_routing.interchange.powershell import read_script
from exum_routing.rehearsal import rehearse
from exum_routing.routing import route_changes

BOUND = 3.0
"""Times of a tenth of the lines and a tenth of the users, added up, that the whole may take at most, over ten."""


def deployment(users: int) -> Deployment:
    """Users with a display name, a usable global policy, and per-user ones."""
    return Deployment(
        users=tuple(
            User(sip_address=f"sip:user{number}@contoso.com", display_name=f"User {number}") for number in range(users)
        ),
        policies=(
            HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com",)),
            *(HostedVoicemailPolicy(identity=f"Policy{number}", destination=f"um{number}.contoso.com") for number in range(10)),
        ),
    )


def script(lines: int, users: int) -> str:
    """A script of that many lines, spread over the users."""
    found = []
    for number in range(lines):
        who = number * 7919 % users
        found.append(
            (
                f"Set-CsUser -Identity sip:user{who}@contoso.com -HostedVoiceMail $True",
                f"Set-CsUser -Identity 'User {who}' -HostedVoiceMail $True # by display name",
                f"Grant-CsHostedVoicemailPolicy -Identity sip:user{who}@contoso.com -PolicyName Policy{number % 10}",
                f"Get-CsUser -Identity sip:user{who}@contoso.com | Set-CsUser -EnterpriseVoiceEnabled $True",
                f"Set-CsHostedVoicemailPolicy -Identity Policy{number % 10} -Organization 'o{number}.contoso.com'",
                f"Set-CsUser (Get-CsUser 'User {who}').SipAddress -HostedVoiceMail $null",
                f"Get-CsUser 'User {who}' | Where-Object {{$_.HostedVoiceMail -ne $True}} | Set-CsUser -HostedVoiceMail $True",
                f"Get-CsHostedVoicemailPolicy -Filter *y{number % 10} | Set-CsHostedVoicemailPolicy -Description '{number}'",
                f"'User {who}' | % {{Grant-CsHostedVoicemailPolicy -Identity $_ -PolicyName $null}}",
            )[number % 9]
        )
    return "\n".join(found)


def seconds(lines: int, users: int) -> tuple[float, float, float]:
    """Reading the script, running it, and the route changes."""
    before, text = deployment(users), script(lines, users)
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    read = read_script(text)
    parsed = time.perf_counter()
    rehearsal = rehearse(read, before)
    ran = time.perf_counter()
    route_changes(rehearsal.before, rehearsal.after)
    end = time.perf_counter()
    gc.enable()
    assert not rehearsal.stopped
    assert len(rehearsal.steps) >= lines * 8 // 9
    return parsed - start, ran - parsed, end - ran


def main(lines: int, users: int) -> int:
    """Print the table; 1 where lines and users multiply."""
    print(f"{'lines':>8} {'users':>9} {'read s':>8} {'run s':>8} {'route changes s':>16} {'together s':>11}")
    together = {}
    for many_lines in (lines // 10, lines):
        for many_users in (users // 10, users):
            parts = seconds(many_lines, many_users)
            together[many_lines, many_users] = sum(parts)
            read, run, changes = parts
            print(f"{many_lines:>8,} {many_users:>9,} {read:>8.2f} {run:>8.2f} {changes:>16.2f} {sum(parts):>11.2f}")
    fewer = together[lines // 10, users] + together[lines, users // 10]
    whole = together[lines, users]
    print(f"whole / (a tenth of the lines + a tenth of the users) = {whole / fewer:.2f}; were it their product, 5")
    return int(whole / fewer > BOUND)


if __name__ == "__main__":
    sys.exit(main(*(int(size) for size in sys.argv[1:] or (10_000, 100_000))))
