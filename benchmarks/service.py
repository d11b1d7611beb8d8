"""What a service's day costs, as ratios in one process: making a user, a change, a snapshot, a question.

``make bench`` prints them with their bounds. The ways of a ratio are interleaved, and the median of the rounds is taken.
"""

import gc
import statistics
import time
from collections.abc import Callable

import attrs
from workload import document

from exum_routing import Deployment, HostedVoicemailPolicy, User, contested, route
from exum_routing.live import LiveRouter

USERS, ROUNDS = 100_000, 15
ON, OFF = ("CsHostedVoiceMail=1",), ("CsHostedVoiceMail=0",)
POLICIES = [
    HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=["contoso.com"]),
    HostedVoicemailPolicy(identity="tag:Several", destination="um.contoso.com", organizations=["a.com", "b.com"]),
]


@attrs.frozen(kw_only=True)
class Bare:
    """A model of the size of a User, which checks nothing."""

    sip_address: object
    registrar_pool: object = None
    hosted_voicemail_policy: object = None
    voice_mail_settings: object = ()
    proxy_addresses: object = ()
    display_name: object = None
    user_principal_name: object = None
    sam_account_name: object = None
    distinguished_name: object = None
    enterprise_voice_enabled: object = None
    um_proxy_addresses: object = attrs.field(init=False, default=())


FIELDS = {
    "SipAddress": "sip_address",
    "RegistrarPool": "registrar_pool",
    "HostedVoicemailPolicy": "hosted_voicemail_policy",
    "msExchUCVoiceMailSettings": "voice_mail_settings",
    "ProxyAddresses": "proxy_addresses",
}


def ratio(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How many times as long one way takes as another, interleaved."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for found, way in zip(times, (ours, theirs), strict=True):
            start = time.perf_counter()
            way()
            found.append(time.perf_counter() - start)
    return statistics.median(times[0]) / statistics.median(times[1])


def ratios() -> dict[str, float]:
    """Every ratio by its name."""
    gc.disable()
    rows = [{FIELDS[key]: value for key, value in row.items()} for row in document(2_000)["Users"]]
    users = [User(sip_address=f"u{number}@contoso.com", voice_mail_settings=ON) for number in range(USERS)]
    users[0] = attrs.evolve(users[0], hosted_voicemail_policy="Several")
    deployment = Deployment(users=users, policies=POLICIES)
    router = LiveRouter(deployment)
    some = users[:1_000]
    states = [some, [attrs.evolve(user, voice_mail_settings=OFF) for user in some]]
    same = [attrs.evolve(user, display_name="Zoe") for user in some]
    turn = iter(range(1_000_000))

    def change() -> None:
        for user in states[next(turn) % 2]:
            router.change_users((user,))

    def change_a_name() -> None:
        for user in same:
            router.change_users((user,))

    def decide() -> None:
        for user in some:
            route(user, deployment)

    def ask() -> None:
        for user in some:
            contested(user, deployment)

    found = {
        "User from raw texts / a bare attrs.frozen of its size": ratio(
            lambda: [User(**row) for row in rows], lambda: [Bare(**row) for row in rows]
        ),
        "contested / route": ratio(ask, decide),
        "one changed user of 100,000 in a LiveRouter, same route / route": ratio(change_a_name, decide),
        "one changed user of 100,000 in a LiveRouter, another route / route": ratio(change, decide),
        "next snapshot with one changed user / making it anew": ratio(
            lambda: deployment.with_users([states[1][0]]), lambda: Deployment(users=users, policies=POLICIES)
        ),
    }
    gc.enable()
    return found


if __name__ == "__main__":
    for name, figure in ratios().items():
        print(f"{name:<70} {figure:7.2f}")
