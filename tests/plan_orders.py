"""Small random pairs of deployments, and every order of cmdlets between them: ``make plans`` holds plans against that.

A search asks every state that the cmdlets of a pair lead to. It tells whether they reach the target at all, and whether they do
without a state in which the calls of some accounts fail. A plan may fall short of neither.
"""

import random
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple

import attrs

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    HostedUm,
    HostedVoicemailPolicy,
    HostingProvider,
    NotRouted,
    Pool,
    PoolVersion,
    Subject,
    UmContact,
    UmDialPlan,
    UmServer,
    User,
    route,
    route_at_edge,
)
from exum_routing.cmdlets import CmdletCall, View
from exum_routing.errors import ExumRoutingError
from exum_routing.planning import TargetUnreachable, interruptions, plan, same_deployment
from exum_routing.reading import CmdletReading, Disabling, ForeignValue
from exum_routing.routing import EdgeRefusal

OU: Final = "OU=Contacts,DC=contoso,DC=com"
READINGS: Final = (
    CmdletReading(),
    CmdletReading(disabling=Disabling.ALWAYS_ALLOWED),
    CmdletReading(foreign_value=ForeignValue.WARN_ONLY),
)
EXO, FABRIKAM = "exap.um.outlook.com", "um.fabrikam.com"
ON, OFF, EXCHANGE, OTHER = "CsHostedVoiceMail=1", "CsHostedVoiceMail=0", "ExchangeHostedVoiceMail=1", "Other=1"
ATTRIBUTES = ((), (), (ON,), (ON,), (OFF,), (EXCHANGE,), (ON, OTHER), (OTHER, OFF), (ON, EXCHANGE))
WRITTEN = ((), (ON,), (OFF,))
UM_ADDRESS = "EUM:alice@contoso.com;phone-context=dp"
POOLS = (Pool(fqdn="pool01.contoso.com", site="Redmond"), Pool(fqdn="pool02.contoso.com", site="Dublin"))
SERVERS = [UmServer(fqdn="um1.contoso.com", major_version=15)]
EDGE = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
NUMBERS = ("11", "11", "12", "13")
PROVIDERS = tuple(
    HostingProvider(identity=name, proxy_fqdn=fqdn, enabled=True, enabled_shared_address_space=True)
    for name, fqdn in (("Online", EXO), ("Fabrikam", FABRIKAM))
)


class Pair(NamedTuple):
    """Where a plan begins, where it is to lead, and how the cmdlets read what is open."""

    current: Deployment
    target: Deployment
    reading: CmdletReading


def random_pair(rng: random.Random) -> Pair:
    """A pair that differs in at most two accounts and four policies."""
    users = range(rng.choice((0, 1, 1, 1, 2)))
    contacts = range(rng.choice((0, 0, 1, 2)) if users else rng.choice((1, 2, 3)))
    um_addresses = [rng.choice(((), (UM_ADDRESS,))) for _ in users]
    dial_plans = rng.choice(([], [UmDialPlan(phone_context="dp", um_servers=SERVERS)]))
    names = rng.sample(("Usable", "Other", "site:Redmond"), rng.randint(0, 2))
    found = []
    before = [rng.choice(ATTRIBUTES) for _ in users]
    for attributes in (before, [rng.choice((was, *WRITTEN)) for was in before]):
        policies = [_policy(rng, name) for name in names if rng.random() < 0.8]
        assigned = [None, *(one.identity for one in policies if not str(one.identity).startswith("site:"))]
        gone = None if rng.random() < 0.9 else "Gone"
        found.append(
            Deployment(
                users=[
                    User(
                        sip_address=f"user{number}@contoso.com",
                        registrar_pool=rng.choice(POOLS).fqdn,
                        hosted_voicemail_policy=rng.choice((*assigned, gone)),
                        voice_mail_settings=attributes[number],
                        proxy_addresses=um_addresses[number],
                    )
                    for number in users
                ],
                contacts=[
                    UmContact(
                        sip_address=f"contact{number}@contoso.com",
                        registrar_pool=rng.choice(POOLS).fqdn,
                        display_number=rng.choice(NUMBERS),
                        hosted_voicemail_policy=rng.choice(assigned),
                    )
                    for number in contacts
                    if rng.random() < 0.9
                ],
                policies=[_policy(rng, "Global"), *policies],
                pools=POOLS,
                dial_plans=dial_plans,
                edge=EDGE,
                providers=PROVIDERS,
            )
        )
    return Pair(found[0], found[1], rng.choice(READINGS))


def _policy(rng: random.Random, name: str) -> HostedVoicemailPolicy:
    return HostedVoicemailPolicy(identity=name, destination=rng.choice((None, EXO, EXO, FABRIKAM)))


def through(deployment: Deployment) -> frozenset[str]:
    """The addresses of the accounts whose calls get through, asked one by one."""
    return frozenset(str(account.sip_address) for account in deployment.subjects if _gets_through(account, deployment))


def _gets_through(account: Subject, deployment: Deployment) -> bool:
    decision, pool = route(account, deployment), deployment.pool(account.registrar_pool)
    if isinstance(decision, NotRouted):
        return False
    if isinstance(account, UmContact) and pool is not None and pool.version is PoolVersion.SERVER_2019:
        return False
    if not isinstance(decision, HostedUm) or not deployment.edge_is_known:
        return True
    return not isinstance(route_at_edge(decision.destination, deployment.configuration_at_edge), EdgeRefusal)


def calls_of(pair: Pair) -> tuple[CmdletCall, ...]:
    """Every call of a cmdlet that makes a part of an object what it was, or what it is to be."""
    return (*_of_policies(pair), *_of_users(pair), *_of_contacts(pair))


def _of_policies(pair: Pair) -> Iterator[CmdletCall]:
    before, after = ({str(one.identity): one for one in one_of.policies} for one_of in pair[:2])
    for identity in before.keys() - after.keys():
        yield CmdletCall.named("Remove-CsHostedVoicemailPolicy", identity=identity)
    for identity, policy in after.items():
        cmdlet = "Set" if identity in before else "New"
        if before.get(identity) != policy:
            destination = policy.destination and str(policy.destination)
            yield CmdletCall.named(f"{cmdlet}-CsHostedVoicemailPolicy", identity=identity, destination=destination)


def _of_users(pair: Pair) -> Iterator[CmdletCall]:
    for after in pair.target.users:
        before = pair.current.user(after.sip_address)
        identity = str(after.sip_address)
        if before is None or before == after:
            continue
        yield from _of_account(before, after, "Move-CsUser")
        if before.voice_mail_settings != after.voice_mail_settings:
            for value in (None, True, False):
                yield CmdletCall.named("Set-CsUser", identity=identity, hosted_voice_mail=value)


def _of_account(before: Subject, after: Subject, move: str) -> Iterator[CmdletCall]:
    identity = str(after.sip_address)
    policies = {before.hosted_voicemail_policy, after.hosted_voicemail_policy}
    for policy in policies if len(policies) > 1 else ():
        yield CmdletCall.named(
            "Grant-CsHostedVoicemailPolicy", policy_name=None if policy is None else str(policy), identity=identity
        )
    if before.registrar_pool != after.registrar_pool:
        yield CmdletCall.named(move, identity=identity, target=str(after.registrar_pool))


def _of_contacts(pair: Pair) -> Iterator[CmdletCall]:
    before, after = ({one.sip_address: one for one in one_of.contacts} for one_of in pair[:2])
    for address, contact in before.items():
        if after.get(address) != contact:
            yield CmdletCall.named("Remove-CsExUmContact", identity=str(address))
    for address, contact in after.items():
        was = before.get(address, attrs.evolve(contact, hosted_voicemail_policy=None))
        yield from _of_account(was, contact, "Move-CsExUmContact")
        if address not in before or before[address] != contact:
            yield CmdletCall.named(
                "New-CsExUmContact",
                sip_address=str(address),
                registrar_pool=str(contact.registrar_pool),
                display_number=contact.display_number,
                ou=OU,
            )
        if was.display_number != contact.display_number:
            for number in (contact.display_number, f"99{len(address)}0"):
                yield CmdletCall.named("Set-CsExUmContact", identity=str(address), display_number=number)


def is_reachable(pair: Pair, kept: Collection[str] = ()) -> bool:
    """Whether some order of the calls leads to the target, with the calls of ``kept`` getting through in every state."""
    calls, start = calls_of(pair), View(pair.current).under(pair.reading)
    waiting, seen = [start], {_state(start)}
    while waiting:
        view = waiting.pop()
        if same_deployment(view.folded(), pair.target):
            return True
        for later in _next(view, calls):
            state = _state(later)
            if state not in seen:
                seen.add(state)
                if through(later.folded()).issuperset(kept):
                    waiting.append(later)
    return False


def _next(view: View, calls: Iterable[CmdletCall]) -> Iterator[View]:
    for call in calls:
        try:
            yield view.after(call.run(view).changes)
        except ExumRoutingError:
            continue


def _state(view: View) -> Any:
    return frozenset(view.users), frozenset(view.contacts), frozenset(view.policies)


def shortfall(pair: Pair) -> str:
    """What a plan falls short of, in a few words; empty: of nothing. The figures of ``main`` count the other answers."""
    return _judged(pair)[1]


def _judged(pair: Pair) -> tuple[str, str]:
    """What became of the plan, and what it falls short of."""
    try:
        steps = plan(pair.current, pair.target, ou=OU, reading=pair.reading)
    except TargetUnreachable as error:
        return "unreachable", f"an order exists, not found: {error}" if is_reachable(pair) else ""
    found = interruptions(pair.current, steps, reading=pair.reading)
    if not found:
        return "without interruption", ""
    kind = f"interrupted by {steps[found[0].begins].cmdlet.name}"
    everybody = through(pair.current) & through(pair.target)
    avoidable = [one.address for one in found if is_reachable(pair, {one.address})]
    if is_reachable(pair, everybody) or (len(everybody) == 1 and avoidable):
        return kind, f"interrupts {', '.join(avoidable)}, which an order avoids"
    return kind, ""


def main(pairs: int, seed: int) -> int:
    """Print how many of the pairs have which plan, and those that fall short."""
    rng = random.Random(seed)  # noqa: S311 - a seed that can be drawn again
    kinds, short = Counter[str](), 0
    for _ in range(pairs):
        pair = random_pair(rng)
        kind, found = _judged(pair)
        kinds[kind] += 1
        if found:
            short += 1
            sys.stdout.write(f"{found}\n  {pair}\n")
    sys.stdout.writelines(f"{number:>8,}  {kind}\n" for kind, number in kinds.most_common())
    sys.stdout.write(f"{pairs:,} pairs, seed {seed}: {short} plans fall short of what an order of cmdlets does\n")
    return int(short > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
