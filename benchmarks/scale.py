"""What a size costs: reading, routing everyone, writing; each size in a process of its own, run by ``report.py``.

Prints one JSON object. Peak memory is the most that the process holds during a step beyond what it held before, per user, as
Linux counts it (not a number elsewhere). The garbage collector is off while times are taken.
"""

import contextlib
import gc
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exum_routing import Deployment, Router
from exum_routing.interchange.document import read_deployment, write_deployment


def resident(kind: str) -> float:
    """The bytes that the process holds now (VmRSS), or has held at most since ``forget`` (VmHWM)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    return 1024 * next(float(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(kind))


def forget() -> None:
    """Let the high-water mark begin anew."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def measured(found: dict[str, float], name: str, users: int, step: Callable[[], Any]) -> Any:  # noqa: ANN401 - any step
    """Run a step; note its microseconds and its peak bytes, both per user."""
    forget()
    before = resident("VmRSS")
    start = time.perf_counter()
    result = step()
    found[f"{name} µs"] = (time.perf_counter() - start) * 1e6 / users
    found[f"{name} peak bytes"] = (resident("VmHWM") - before) / users
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
    measured(found, "json.loads", users, lambda: json.loads(text))
    deployment = measured(found, "read the document", users, lambda: read_deployment(text))
    measured(found, "a dictionary of users", users, lambda: {str(user.sip_address): user for user in deployment.users})
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
