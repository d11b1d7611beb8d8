"""What questions about a whole deployment cost: audit, contested routes, route changes and the plan, by the number of users.

Each for a tenth of the users as well: the ratio shows whether a question grows with the users or faster.
"""

import gc
import sys
import time
from collections.abc import Callable

import attrs

from exum_routing import Deployment, HostedVoicemailPolicy, HostingProvider, Pool, User, VerificationLevel, contested
from exum_routing.audit import audit
from exum_routing.deployment import AccessEdgeConfiguration
from exum_routing.planning import plan, run_plan, same_deployment
from exum_routing.routing import route_changes

BOUND = 20
"""Ten times the users may take this many times as long, at most: what a machine's noise leaves of linear."""


def deployment(users: int) -> Deployment:
    """A mixed deployment: users on-premises, hosted, not routed, some with faults that the audit finds."""
    return Deployment(
        users=tuple(user(number) for number in range(users)),
        policies=(
            HostedVoicemailPolicy(
                identity="Global", destination="exap.um.outlook.com", organizations=("contoso.onmicrosoft.com",)
            ),
            HostedVoicemailPolicy(identity="site:Dublin"),
            HostedVoicemailPolicy(identity="tag:Pilot", destination="exap.um.outlook.com", organizations=("a.com", "b.com")),
        ),
        providers=(
            HostingProvider(
                identity="Cloud Voicemail",
                enabled=True,
                enabled_shared_address_space=True,
                proxy_fqdn="exap.um.outlook.com",
                verification_level=VerificationLevel.USE_SOURCE_VERIFICATION,
            ),
        ),
        edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
        pools=(Pool(fqdn="pool01.contoso.com", site="Redmond"), Pool(fqdn="pool02.contoso.com", site="Dublin")),
    )


def user(number: int) -> User:
    """One user; the kinds take turns."""
    return User(
        sip_address=f"sip:user{number}@contoso.com",
        registrar_pool="pool02.contoso.com" if number % 10 == 0 else "pool01.contoso.com",
        enterprise_voice_enabled=number % 7 != 0,
        hosted_voicemail_policy="Pilot" if number % 5 == 0 else None,
        voice_mail_settings=("CsHostedVoiceMail=1",) if number % 2 else (),
        proxy_addresses=(f"EUM:{number}@contoso.com;phone-context=dp.contoso.com",) if number % 3 == 0 else (),
    )


def migrated(before: Deployment) -> Deployment:
    """The deployment with everybody enabled, by the global policy, and Enterprise Voice."""
    users = tuple(
        attrs.evolve(
            one, enterprise_voice_enabled=True, hosted_voicemail_policy=None, voice_mail_settings=("CsHostedVoiceMail=1",)
        )
        for one in before.users
    )
    return attrs.evolve(before, users=users, policies=before.policies[:1])


def seconds(question: Callable[[], object]) -> float:
    """The shortest of three runs, without the garbage collector."""
    times = []
    for _ in range(3):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        question()
        times.append(time.perf_counter() - start)
        gc.enable()
    return min(times)


def main(users: int) -> int:
    """Print the table; 1 where a question grows much faster than the users."""
    table: dict[str, list[float]] = {}
    for size in (users // 10, users):
        before = deployment(size)
        after = migrated(before)
        assert same_deployment(run_plan(before, plan(before, after)), after)
        questions: dict[str, Callable[[], object]] = {
            "audit": lambda before=before: audit(before),  # type: ignore[misc]
            "contested": lambda before=before: [contested(one, before) for one in before.users],  # type: ignore[misc]
            "route_changes": lambda before=before, after=after: route_changes(before, after),  # type: ignore[misc]
            "plan": lambda before=before, after=after: plan(before, after),  # type: ignore[misc]
        }
        for name, question in questions.items():
            table.setdefault(name, []).append(seconds(question))
    print(f"{'question':<14} {users // 10:>10,} users {users:>10,} users   times as long")
    for name, (few, many) in table.items():
        print(f"{name:<14} {few:>14.2f} s {many:>14.2f} s {many / few:>15.1f}")
    return int(any(many / few > BOUND for few, many in table.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
