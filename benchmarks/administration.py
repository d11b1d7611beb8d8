"""What a script of cmdlets costs: commands through a view, then folded, for commands and users, and for a tenth of each.

Were the cost the product of both, a tenth of the users would take a tenth of the time, whatever the commands. The best of
three rounds counts; the garbage collector is off while times are taken.
"""

import gc
import json
import sys
import time
from typing import Final

from workload import document

from exum_routing import Deployment
from exum_routing.cmdlets import View, grant_cs_hosted_voicemail_policy, set_cs_hosted_voicemail_policy, set_cs_user
from exum_routing.interchange.document import read_deployment

COMMANDS, USERS = (int(size) for size in sys.argv[1:] or (10_000, 100_000))
ROUNDS: Final = 3
BOUND: Final = 2.0
"""Times of the two parts added up that commands and users together may take at most."""


def deployment_of(users: int) -> Deployment:
    """The deployment of the other benchmarks, each user with a user principal name."""
    parts = document(users)
    for number, user in enumerate(parts["Users"]):
        user["UserPrincipalName"] = f"logon{number}@corp.contoso.com"
    return read_deployment(json.dumps(parts))


def after_commands(view: View, commands: int, users: int) -> View:
    """The view after that many commands: half enable by SIP address, four in ten assign a policy by name, one sets a policy."""
    for number in range(commands):
        who = number * 7919 % users
        match number % 10:
            case 0:
                result = set_cs_hosted_voicemail_policy(view, organization=f"tenant{number}.contoso.com")
            case 1 | 2 | 3 | 4:
                identity = f"logon{who}@corp.contoso.com"
                result = grant_cs_hosted_voicemail_policy(view, identity=identity, policy_name=f"Policy{1 + number % 3}")
            case _:
                result = set_cs_user(view, identity=f"sip:user{who}@contoso.com", hosted_voice_mail=True)
        assert len(result.changes) == 1
        view = view.after(result.changes)
    return view


def run(deployment: Deployment, commands: int) -> dict[str, float]:
    """Seconds for the commands, a new view and its table of names among them, and for the fold."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    view = after_commands(View(deployment), commands, len(deployment.users))
    ran = time.perf_counter()
    folded = view.folded()
    end = time.perf_counter()
    gc.enable()
    assert len(folded.users) == len(deployment.users)
    return {"commands": ran - start, "fold": end - ran, "together": end - start}


def best(deployment: Deployment, commands: int) -> dict[str, float]:
    """The round that took least."""
    return min((run(deployment, commands) for _ in range(ROUNDS)), key=lambda found: found["together"])


def main() -> None:
    """Print seconds and ratios; fail if commands and users together cost more than their bound."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    print("| commands | users | running them, s | folding, s | together, s |\n| ---: | ---: | ---: | ---: | ---: |")
    for users in (USERS // 10, USERS):
        deployment = deployment_of(users)
        for commands in (COMMANDS // 10, COMMANDS):
            one = found[commands, users] = best(deployment, commands)
            print(f"| {commands:,} | {users:,} | {one['commands']:.3f} | {one['fold']:.3f} | {one['together']:.3f} |")
    whole, fewer_commands, fewer_users, least = (
        found[key]["together"]
        for key in ((COMMANDS, USERS), (COMMANDS // 10, USERS), (COMMANDS, USERS // 10), (COMMANDS // 10, USERS // 10))
    )
    ratio = whole / (fewer_commands + fewer_users)
    print(
        f"\na tenth of the commands: {fewer_commands / whole:.2f} of the time; a tenth of the users: {fewer_users / whole:.2f}"
    )
    print(f"ten times both: {whole / least:.1f} times a tenth of both (their product would be 100)")
    print(f"both / (a tenth of the commands + a tenth of the users): {ratio:.2f}, at most {BOUND}: {ratio <= BOUND}")
    if ratio > BOUND:
        sys.exit(1)


if __name__ == "__main__":
    main()
