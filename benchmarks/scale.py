"""What a size costs: reading, routing everyone, writing; each size in a process of its own, run by ``report.py``.

Prints one JSON object. Peak memory is what a step adds to the process's high-water mark, per user; nothing, where an earlier step
has already taken more. The garbage collector is off while times are taken.
"""

import gc
import json
import resource
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exum_routing import Deployment, Router
from exum_routing.interchange.document import read_deployment, write_deployment


def peak() -> int:
    """The most memory that the process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measured(found: dict[str, float], name: str, users: int, step: Callable[[], Any]) -> Any:  # noqa: ANN401 - any step
    """Run a step; note its microseconds and its peak bytes, both per user."""
    before = peak()
    start = time.perf_counter()
    result = step()
    found[f"{name} µs"] = (time.perf_counter() - start) * 1e6 / users
    found[f"{name} peak bytes"] = (peak() - before) / users
    return result


def per_look_up(look_up: Callable[[str], object], addresses: list[str]) -> float:
    """Nanoseconds for each address, once over all."""
    start = time.perf_counter_ns()
    for address in addresses:
        look_up(address)
    return (time.perf_counter_ns() - start) / len(addresses)


def router_bytes(deployment: Deployment) -> int:
    """What a router holds beyond its deployment."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    router = Router(deployment)
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert router.deployment is deployment
    return held


def main(users: int, path: Path) -> None:
    """Measure one size."""
    text = path.read_text(encoding="utf-8")
    found: dict[str, float] = {"users": users}
    gc.disable()
    deployment = measured(found, "read the document", users, lambda: read_deployment(text))
    router = measured(found, "build a Router", users, lambda: Router(deployment))
    addresses = [str(user.sip_address) for user in deployment.users]
    plain = {str(user.sip_address): number for number, user in enumerate(deployment.users)}
    rounds = max(3, min(30, 3_000_000 // users))
    times = [(per_look_up(router.route, addresses), per_look_up(plain.__getitem__, addresses)) for _ in range(rounds)]
    found["route everyone ns"] = statistics.median(ours for ours, _ in times)
    found["plain dictionary ns"] = statistics.median(theirs for _, theirs in times)
    del plain, addresses
    measured(found, "write the document", users, lambda: write_deployment(deployment))
    del router
    found["Router bytes"] = router_bytes(deployment) / users
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
