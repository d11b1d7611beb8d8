"""What a decision costs, as ratios in one process: against a function written by hand, ``dict.get``, and rule engines.

``make ratios`` prints the first two; ``make bench`` adds the engines. The ways are interleaved, round by round, so that noise
strikes all alike, and the median per decision is taken.
"""

import functools
import gc
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from engines import ENGINES, answered
from workload import by_hand, by_parsed_row, by_raw_row, compiled, document, parsed, plain_dictionaries

from exum_routing import Deployment, NotRouted, Router, User, request_uri, route
from exum_routing.interchange.document import read_deployment

PARTS = document()
PLAIN = plain_dictionaries(PARTS)
COMPILED = compiled(PARTS)
ROWS = [parsed(user) for user in PARTS["Users"]]
DEPLOYMENT = read_deployment(json.dumps(PARTS))
ROUTER = Router(DEPLOYMENT)
ADDRESSES = [str(user.sip_address) for user in DEPLOYMENT.users]
"""Equal to the keys of dictionaries and routers, not the same objects, as addresses from a wire are."""
READY = {str(user.sip_address): ROUTER.route(user.sip_address) for user in DEPLOYMENT.users}


def by_library(user: User, deployment: Deployment) -> str | None:
    """The Request-URI by ``route`` and ``request_uri``."""
    decision = route(user, deployment)
    return None if isinstance(decision, NotRouted) else request_uri(user, decision)


def hand() -> None:
    """(a) The function written by hand."""
    for user in PARTS["Users"]:
        by_hand(user, PLAIN)


def parsed_rows() -> None:
    """The lower floor: rows that were parsed once, in a deployment that was compiled once."""
    for row in ROWS:
        by_parsed_row(row, COMPILED)


def raw_rows() -> None:
    """The upper floor: raw rows, in a deployment that was compiled once."""
    for user in PARTS["Users"]:
        by_raw_row(user, COMPILED)


def library() -> None:
    """(b) ``route`` and ``request_uri``."""
    for user in DEPLOYMENT.users:
        by_library(user, DEPLOYMENT)


def router() -> None:
    """(c) ``Router.route``."""
    answer = ROUTER.route
    for address in ADDRESSES:
        answer(address)


def router_with_uri() -> None:
    """(c) ``Router.route`` and ``request_uri``."""
    answer = ROUTER.route
    for user, address in zip(DEPLOYMENT.users, ADDRESSES, strict=True):
        decision = answer(address)
        if not isinstance(decision, NotRouted):
            request_uri(user, decision)


def dictionary() -> None:
    """(d) A bare ``dict.get``."""
    get = READY.get
    for address in ADDRESSES:
        get(address)


OURS: dict[str, Callable[[], None]] = {
    "floor: parsed rows, compiled deployment": parsed_rows,
    "floor: raw rows, compiled deployment": raw_rows,
    "by hand": hand,
    "route + request_uri": library,
    "Router.route": router,
    "Router.route + request_uri": router_with_uri,
    "dict.get": dictionary,
}


def interleaved(ways: dict[str, Callable[[], None]], rounds: int) -> dict[str, float]:
    """The median nanoseconds per decision of each way."""
    measured: dict[str, list[float]] = {name: [] for name in ways}
    gc.disable()
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter_ns()
            way()
            measured[name].append((time.perf_counter_ns() - start) / len(ADDRESSES))
    gc.enable()
    return {name: statistics.median(times) for name, times in measured.items()}


def engines() -> tuple[dict[str, Callable[[], None]], list[str]]:
    """A way for every engine that can be had and gives the answers of the function by hand; and why others are missing."""
    ways: dict[str, Callable[[], None]] = {}
    missing = []
    for name, make in ENGINES.items():
        try:
            choose = make(list(PLAIN["policies"]))
        except (ImportError, MemoryError, RuntimeError) as error:
            missing.append(f"{name}: {error!r}")
            continue
        wrong = [user for user in PARTS["Users"] if answered(choose, user, PLAIN) != by_hand(user, PLAIN)]
        if wrong:
            missing.append(f"{name}: answers {len(wrong)} users otherwise")
            continue

        def way(choose: Callable[[dict[str, Any]], str] = choose) -> None:
            for user in PARTS["Users"]:
                answered(choose, user, PLAIN)

        ways[name] = functools.partial(way, choose)
    return ways, missing


def check() -> None:
    """By hand and by the library, everyone has the same answer."""
    pairs = zip(PARTS["Users"], DEPLOYMENT.users, strict=True)
    for plain, user in pairs:
        assert by_hand(plain, PLAIN) == by_library(user, DEPLOYMENT) == by_raw_row(plain, COMPILED)


def main() -> None:
    """Print what our own ways cost, and both ratios."""
    check()
    found = interleaved(OURS, 300)
    for name, nanoseconds in found.items():
        print(f"{name:<28} {nanoseconds:8.0f} ns")
    print(f"route + request_uri / by hand   {found['route + request_uri'] / found['by hand']:5.2f}")
    print(f"Router.route / dict.get         {found['Router.route'] / found['dict.get']:5.2f}")


if __name__ == "__main__":
    main()
