"""Every figure of the benchmark, printed with the bounds that were set, and written to ``docs/benchmark.md`` and ``.svg``."""

import compileall
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import decision
import service
from decision import OURS, engines, interleaved
from workload import document

import exum_routing

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
SIZES = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000]


_NAMES = "from exum_routing import Deployment, User, request_uri, route"


def ways() -> tuple[dict[str, float], list[str]]:
    """Nanoseconds per decision of our own ways and of the engines that can be had; and why others are missing."""
    found = interleaved(OURS, 300)
    others, missing = engines()
    return found | interleaved(others, 3), missing


def scales() -> list[dict[str, float]]:
    """The figures of every size, each from a process of its own."""
    command = [sys.executable, str(HERE / "scale.py")]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / "deployment.json"
            path.write_text(json.dumps(document(size)), encoding="utf-8")
            run = subprocess.run([*command, str(size), str(path)], stdout=subprocess.PIPE, check=True)  # noqa: S603 - ours
            found.append(json.loads(run.stdout))
    return found


def starting() -> dict[str, float]:
    """How long importing and starting take, in times of others, all byte-compiled as when installed; processes take turns."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        compileall.compile_dir(Path(exum_routing.__file__).parent, quiet=2)
        commands = {code: ["-c", code] for code in ("pass", "import attrs", "import click", "import exum_routing", _NAMES)}
        commands["--version"] = ["-m", "exum_routing", "--version"]
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(41):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
                times[name].append(time.perf_counter() - start)
    found = {name: statistics.median(several[1:]) for name, several in times.items()}
    attrs = found["import attrs"] - found["pass"]
    return {
        "exum-routing --version / python -c pass plus click": found["--version"] / found["import click"],
        "import exum_routing / import attrs": (found["import exum_routing"] - found["pass"]) / attrs,
        "User, Deployment, route and request_uri imported / import attrs": (found[_NAMES] - found["pass"]) / attrs,
    }


def figures(found: dict[str, float], scale: list[dict[str, float]]) -> dict[str, float]:
    """Every figure that has a bound, by its name."""
    large = next((one for one in scale if one["users"] == 100_000), scale[-1])  # noqa: PLR2004 - the size that was asked for
    largest, library = scale[-1], found["route + request_uri"]
    return {
        "route + request_uri / by hand": library / found["by hand"],
        "fastest engine / route + request_uri": min(
            (time for name, time in found.items() if name not in OURS), default=float("nan")
        )
        / library,
        "Router.route / dict.get": found["Router.route"] / found["dict.get"],
        "Router.route + request_uri / by hand": found["Router.route + request_uri"] / found["by hand"],
        "read a document / json.loads": large["read the document µs"] / large["json.loads µs"],
        "peak bytes a user while reading": large["read the document peak bytes"],
        "build a Router / a dictionary of its users": large["build a Router µs"] / large["a dictionary of users µs"],
        "routing everyone / plain dictionary": largest["route everyone ns"] / largest["plain dictionary ns"],
        "bytes of a Router per user": largest["Router bytes"],
    }


BOUNDS: dict[str, tuple[float, bool]] = {
    "read a document / json.loads": (12, True),
    "peak bytes a user while reading": (800, True),
    "User from raw texts / a bare attrs.frozen of its size": (5, True),
    "route + request_uri / by hand": (1.2, True),
    "fastest engine / route + request_uri": (2.2, False),
    "Router.route / dict.get": (2, True),
    "Router.route + request_uri / by hand": (2, True),
    "build a Router / a dictionary of its users": (6, True),
    "routing everyone / plain dictionary": (2, True),
    "bytes of a Router per user": (100, True),
    "one changed user of 100,000 in a LiveRouter, same route / route": (3, True),
    "one changed user of 100,000 in a LiveRouter, another route / route": (3, True),
    "next snapshot with one changed user / making it anew": (0.1, True),
    "contested / route": (4, True),
    "exum-routing --version / python -c pass plus click": (1.6, True),
    "import exum_routing / import attrs": (1.7, True),
}
"""Every bound: what was asked for, and whether the figure has to stay below it."""


def bounds(measured: dict[str, float]) -> list[tuple[str, float, float, bool]]:
    """What was asked for: name, figure, bound, and whether the figure has to stay below the bound."""
    return [(name, measured[name], bound, below) for name, (bound, below) in BOUNDS.items()]


def page(found: dict[str, float], scale: list[dict[str, float]], limits: list[tuple[str, float, float, bool]]) -> str:
    """The page of the docs."""
    lines = [
        "# Benchmark",
        "",
        f"By `make bench`, on CPython {platform.python_version()} with {os.cpu_count()} cores. Ratios count, not times.",
        "",
    ]
    lines += [
        "![The ways to decide, on a logarithmic scale](benchmark.svg)",
        "",
        "| bound | asked | found | |",
        "|---|---|---|---|",
    ]
    for name, figure, bound, below in limits:
        met = "met" if (figure <= bound if below else figure >= bound) else "missed"
        lines.append(f"| {name} | {'at most' if below else 'at least'} {bound:g} | {figure:.2f} | {met} |")
    lines += [
        "",
        "One decision, on 1,000 users and 16 policies, interleaved in one process (median). The floors are",
        "written by hand for these users: a deployment whose URIs are joined beforehand, and rows that were",
        "parsed once, or are raw. They know fewer rules and give no grounds. No text, no model and no check",
        "of the library is counted in its own rows, which start from a `User`.",
        "",
        "| way | ns | by hand is 1 |",
        "|---|---|---|",
    ]
    lines += [
        f"| {name} | {time:,.0f} | {time / found['by hand']:.2f} |"
        for name, time in sorted(found.items(), key=lambda one: one[1])
    ]
    lines += ["", "Sizes, each in a process of its own, per user:", ""]
    names = [name for name in scale[0] if name != "users"]
    lines += ["| | " + " | ".join(f"{run['users']:,}" for run in scale) + " |", "|---|" + "---|" * len(scale)]
    lines += [f"| {name} | " + " | ".join(f"{run[name]:,.1f}" for run in scale) + " |" for name in names]
    return "\n".join([*lines, ""])


def figure(found: dict[str, float]) -> str:
    """The ways as bars on a logarithmic scale, in SVG."""
    import math  # noqa: PLC0415 - here alone

    rows = sorted(found.items(), key=lambda one: one[1])
    low = math.log10(rows[0][1]) - 0.3
    scale = 480 / (math.log10(rows[-1][1]) - low)
    bars = []
    for number, (name, nanoseconds) in enumerate(rows):
        width, y = (math.log10(nanoseconds) - low) * scale, 12 + 26 * number
        colour = "#2a6f97" if name.startswith(("route", "Router")) else "#adb5bd"
        bars.append(f'<text x="212" y="{y + 14}" text-anchor="end">{name}</text>')
        bars.append(f'<rect x="220" y="{y}" width="{width:.0f}" height="19" fill="{colour}"/>')
        bars.append(f'<text x="{226 + width:.0f}" y="{y + 14}">{nanoseconds:,.0f} ns</text>')
    size = f'width="800" height="{24 + 26 * len(rows)}"'
    return "\n".join(
        [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">', *bars, "</svg>", ""]
    )


def main() -> None:
    """Measure, print, write."""
    decision.check()
    found, missing = ways()
    scale = scales()
    limits = bounds(figures(found, scale) | starting() | service.ratios())
    text = page(found, scale, limits)
    print(text)
    for line in missing:
        print(f"not compared: {line}")
    (DOCS / "benchmark.md").write_text(text, encoding="utf-8")
    (DOCS / "benchmark.svg").write_text(figure(found), encoding="utf-8")


if __name__ == "__main__":
    main()
