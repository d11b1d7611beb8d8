"""Random calls over several tenants: where each ends, and that no voice mail is in another's mailbox.

``make calls`` follows a million calls, ``make calls CALLS=1000`` as many. Users are hosted, on-premises or neither; the INVITEs
are honest or forged; the Edge refuses some and hosts do not answer. Each deposit is held against the sentence of CALL-8 by
plain dictionaries that are kept beside the deployment, not by anything that the way of a call uses itself.
"""

import sys
import time
from collections import Counter
from random import Random
from typing import Any, NamedTuple

import attrs

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    MailboxHome,
    Pool,
    Tenant,
    UmContact,
    UmDialPlan,
    UmServer,
    User,
)
from exum_routing.call import Circumstances, HandedOver, Refused, trace_call
from exum_routing.sip import Invite

CALLS, SEED = 1_000_000, 1
DEPLOYMENTS, USERS = 200, 40
DESTINATIONS = ("exap.um.outlook.com", "um.fabrikam.com", "um.litwareinc.com")
TENANTS = tuple(f"tenant{number}.contoso.com" for number in range(6))
UM_SERVERS = ("um1.contoso.com", "um2.contoso.com", "um3.contoso.com")
PREFIXES = ("sip:", "sip:", "sip:", "SIP:", "sips:")
TAILS = (
    "",
    "",
    ";opaque=app:voicemail",
    ";gruu;opaque=app:voicemail",
    ":5061",
    ":5061;user=phone?subject=x",
    ";maddr=um.fabrikam.com;opaque=app:voicemail;ms-organization=tenant0.contoso.com",
)
PLAIN = (("Via", "SIP/2.0/TLS client.invalid;branch=z9hG4bK1"), ("Max-Forwards", "70"), ("Call-ID", "1"), ("CSeq", "1 INVITE"))


class World(NamedTuple):
    """A deployment, and beside it what CALL-8 asks of it: plain texts, all in lower case."""

    deployment: Deployment
    policy_of: dict[str, str]
    """The name of the policy that applies to a user, by SIP address."""
    policies: dict[str, tuple[str | None, list[str]]]
    """Destination and organizations, by the name of the policy."""
    tenants: set[tuple[str, str]]
    """Services, each with a tenant that it hosts."""
    boxes: dict[tuple[str, str, str], bool]
    """Whether a mailbox takes voice mail, by service, tenant and owner."""
    parties: list[str]
    """Whom calls are from and to."""


def some_policies(random: Random) -> dict[str, tuple[str | None, list[str]]]:
    """A global policy, one of a site and four per-user ones, of three services and six tenants; few lead nowhere."""
    names = ["Global", "site:Redmond", *(f"tag:Ex{number}" for number in range(4))]
    destinations = (*(6 * DESTINATIONS), None)
    return {name: (random.choice(destinations), random.sample(TENANTS, random.randint(1, 4))) for name in names}


def some_edge(random: Random, providers: list[HostingProvider]) -> dict[str, Any]:
    """An Edge that mostly lets calls cross; else one that refuses, for each fault there is."""
    recipe = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
    broken = random.choice(["enabled", "enabled_shared_address_space", "hosts_ocs_users", "is_local"])
    flag: dict[str, Any] = {broken: not getattr(providers[0], broken)}
    one_broken = [attrs.evolve(providers[0], **flag), *providers[1:]]
    good = {"edge": recipe, "providers": providers}
    kinds: list[dict[str, Any]] = [
        {"edge": recipe, "providers": one_broken},
        {"edge": AccessEdgeConfiguration(use_dns_srv_routing=True), "providers": providers},
        {"edge": AccessEdgeConfiguration(allow_federated_users=True), "providers": providers},
        good | {"edge_replica": EdgeReplica(fqdn="edge.contoso.com")},
        good | {"edge_replica": EdgeReplica(configuration=EdgeConfiguration(access_edge=recipe, providers=providers[1:]))},
        {"edge": None},
    ]
    return random.choice([*(18 * [good]), *kinds])


def world(random: Random) -> World:
    """A deployment with several tenants, in which a user's mailbox stands in several of them, or in none."""
    policies = some_policies(random)
    users, policy_of = [], {}
    for number in range(USERS):
        address = f"sip:user{number}@{random.choice(['contoso.com', 'litwareinc.com'])}"
        kind, assigned = random.random(), random.choice([None, None, "Ex0", "Ex1", "Ex2", "Ex3", "Gone"])
        pool = random.choice(["pool01.contoso.com", "pool02.contoso.com", None])
        settings = ["CsHostedVoiceMail=1"] if kind < 0.75 else random.choice([[], [], ["CsHostedVoiceMail=0"]])  # noqa: PLR2004
        plan = random.choice(["dp.contoso.com", "dp.contoso.com", "dp.contoso.com", "empty.contoso.com", "gone.contoso.com"])
        entries = [f"EUM:{number};phone-context={plan}"] if random.random() < 0.6 else []  # noqa: PLR2004
        users.append(
            User(
                sip_address=address,
                registrar_pool=pool,
                hosted_voicemail_policy=assigned,
                voice_mail_settings=settings,
                proxy_addresses=entries,
            )
        )
        at_site = "site:Redmond" if pool == "pool01.contoso.com" else "Global"
        policy_of[address] = f"tag:{assigned}" if f"tag:{assigned}" in policies else at_site
    boxes: dict[tuple[str, str, str], bool] = {}
    for service in DESTINATIONS:
        for tenant in random.sample(TENANTS, 5):
            for address in random.sample(sorted(policy_of), 36):
                boxes[service, tenant, address] = random.random() < 0.9  # noqa: PLR2004
    providers = [
        HostingProvider(identity=one, proxy_fqdn=one, enabled=True, enabled_shared_address_space=True) for one in DESTINATIONS
    ]
    contacts = [UmContact(sip_address=f"aa{n}@contoso.com", display_number=f"+1425555010{n // 2}") for n in range(3)]
    deployment = Deployment(
        users=users,
        contacts=contacts,
        policies=[
            HostedVoicemailPolicy(identity=name, destination=destination, organizations=organizations)
            for name, (destination, organizations) in policies.items()
        ],
        pools=[Pool(fqdn="pool01.contoso.com", site="Redmond"), Pool(fqdn="pool02.contoso.com", site="Dublin")],
        dial_plans=[
            UmDialPlan(phone_context="dp.contoso.com", um_servers=[UmServer(fqdn=one, major_version=15) for one in UM_SERVERS]),
            UmDialPlan(phone_context="empty.contoso.com"),
        ],
        av_edge_gruu=random.choice([None, "sip:av.contoso.com@contoso.com;gruu"]),
        hosted_um_services=hosted_services(random, boxes),
        **some_edge(random, providers),
    )
    strangers = ["sip:bob@fabrikam.com", "sip:user0@fabrikam.com"]
    parties = [*policy_of, *(contact.sip_address for contact in contacts), "sip:+14255550101@contoso.com", *strangers]
    return World(deployment, policy_of, policies, {(service, tenant) for service, tenant, _ in boxes}, boxes, parties)


def hosted_services(random: Random, boxes: dict[tuple[str, str, str], bool]) -> list[HostedUmService]:
    """The services with these mailboxes; now and then one of them is not known."""
    homes = list(MailboxHome)
    services = []
    for service in DESTINATIONS:
        tenants: dict[str, list[Mailbox]] = {}
        for (there, tenant, owner), enabled in boxes.items():
            if there == service:
                box = Mailbox(sip_address=owner, voicemail_enabled=enabled, home=random.choice(homes))
                tenants.setdefault(tenant, []).append(box)
        hosted = [Tenant(organization=tenant, mailboxes=found) for tenant, found in tenants.items()]
        services.append(HostedUmService(fqdn=service, tenants=hosted))
    return services if random.random() < 0.9 else services[1:]  # noqa: PLR2004


def spelled(random: Random, address: str) -> str:
    """A URI of the address, in capitals now and then."""
    rest = address[4:].upper() if random.random() < 0.1 else address[4:]  # noqa: PLR2004
    return f"{random.choice(PREFIXES)}{rest}"


def invite(random: Random, parties: list[str]) -> tuple[Invite, str]:
    """A call, honest or forged in From, To or Diversion, with the address that its Request-URI names."""
    called, forged = random.choice(parties), random.choice(parties)
    calling = called if random.random() < 0.3 else random.choice(parties)  # noqa: PLR2004
    to = random.choice([called, called, called, forged])
    from_uri = "tel:+14255550199" if random.random() < 0.05 else spelled(random, calling)  # noqa: PLR2004
    headers = [
        *PLAIN,
        (random.choice(["From", "f"]), f"{random.choice(['', chr(34) + 'B, <sip:x>' + chr(34) + ' '])}<{from_uri}>;tag=1"),
        (random.choice(["To", "t"]), f"<{spelled(random, to)}>"),
        *(("Diversion", f"<{spelled(random, forged)}>") for _ in range(random.choice([0, 0, 1, 2]))),
        *((("k", "timer, ms-fe"),) if random.random() < 0.2 else ()),  # noqa: PLR2004
    ]
    random.shuffle(headers)
    return Invite(request_uri=spelled(random, called) + random.choice(TAILS), headers=headers), called


def check(found: HandedOver, called: str, world: World) -> None:
    """The sentence of CALL-8: the mailbox is the owner's, in a tenant that the policy names, at the service it names."""
    owner = "" if found.mailbox is None else str(found.mailbox.sip_address)
    assert owner == called, (owner, called)
    destination, organizations = world.policies[world.policy_of[called]]
    assert destination is not None, called
    first = next(one for one in organizations if (destination, one) in world.tenants)
    assert str(found.organization) == first, (found, organizations)
    assert world.boxes[destination, first, owner], (found, destination)


def run(calls: int, seed: int) -> tuple[Counter[str], float]:
    """How often calls ended in each way, and the seconds that the way of all of them took."""
    random = Random(seed)  # noqa: S311 - chance, not secrecy
    ends: Counter[str] = Counter()
    seconds, done = 0.0, 0
    while done < calls:
        here = world(random)
        hosts = [*DESTINATIONS, *UM_SERVERS]
        for _ in range(min(calls - done, max(1, calls // DEPLOYMENTS))):
            sent, called = invite(random, here.parties)
            down = random.sample(hosts, 4) if random.random() < 0.2 else []  # noqa: PLR2004
            met = Circumstances(turn=done, unreachable=down)
            answered = random.random() < 0.05  # noqa: PLR2004
            start = time.perf_counter()
            outcome = trace_call(sent, here.deployment, met, answered=answered).outcome
            seconds += time.perf_counter() - start
            done += 1
            if isinstance(outcome, HandedOver) and outcome.mailbox is not None:
                check(outcome, called, here)
            reason = f"{outcome.hop.value}: {outcome.reason.name}" if isinstance(outcome, Refused) else ""
            faults = ", ".join(fault.name for fault in outcome.edge_faults) if isinstance(outcome, Refused) else ""
            kind = f"{type(outcome).__name__}{' for a mailbox' if isinstance(outcome, HandedOver) and outcome.mailbox else ''}"
            ends[f"{kind:<24} {reason:<34} {faults}".rstrip()] += 1
    return ends, seconds


def main() -> None:
    """Follow the calls, and print how they ended."""
    calls, seed = (*map(int, sys.argv[1:]), *(CALLS, SEED)[len(sys.argv) - 1 :])
    start = time.perf_counter()
    ends, seconds = run(calls, seed)
    assert ends.total() == calls
    for end, times in ends.most_common():
        print(f"{times:>10,} {100 * times / calls:5.1f} %  {end}")
    print(f"{calls:,} calls, seed {seed}; none handed over for a mailbox but the owner's")
    print(f"{calls / seconds:,.0f} calls per second; {time.perf_counter() - start:,.0f} s with making and checking them")


if __name__ == "__main__":
    main()
