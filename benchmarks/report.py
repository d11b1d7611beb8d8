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
from decision import OURS, engines, interleaved
from workload import document

import exum_routing

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
SIZES = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000]


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


def import_ratio() -> float:
    """How long ``import exum_routing`` takes, in times of ``import attrs``, both byte-compiled as when installed."""
    medians = []
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        compileall.compile_dir(Path(exum_routing.__file__).parent, quiet=2)
        codes = ("pass", "import attrs", "import exum_routing")
        times: dict[str, list[float]] = {code: [] for code in codes}
        for _ in range(41):
            for code in codes:
                start = time.perf_counter()
                subprocess.run([sys.executable, "-c", code], env=environment, check=True)  # noqa: S603 - ours
                times[code].append(time.perf_counter() - start)
        medians = [statistics.median(times[code][1:]) for code in codes]
    start_up, attrs, ours = medians
    return (ours - start_up) / (attrs - start_up)


def bounds(found: dict[str, float], scale: list[dict[str, float]], imported: float) -> list[tuple[str, float, float, bool]]:
    """What was asked for: name, figure, bound, and whether the figure has to stay below the bound."""
    largest = scale[-1]
    fastest = min((time for name, time in found.items() if name not in OURS), default=float("nan"))
    library, router, with_uri = (found[way] for way in ("route + request_uri", "Router.route", "Router.route + request_uri"))
    everyone = largest["route everyone ns"] / largest["plain dictionary ns"]
    return [
        ("route + request_uri / by hand", library / found["by hand"], 3, True),
        ("fastest engine / route + request_uri", fastest / library, 8, False),
        ("Router.route / dict.get", router / found["dict.get"], 2, True),
        ("Router.route + request_uri / by hand", with_uri / found["by hand"], 2, True),
        (f"{largest['users']:,} users: routing everyone / plain dictionary", everyone, 2, True),
        (f"{largest['users']:,} users: bytes of a Router per user", largest["Router bytes"], 100, True),
        ("import exum_routing / import attrs", imported, 2, True),
    ]


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
        "One decision, on 1,000 users and 16 policies, interleaved in one process (median):",
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
    scale, imported = scales(), import_ratio()
    limits = bounds(found, scale, imported)
    text = page(found, scale, limits)
    print(text)
    for line in missing:
        print(f"not compared: {line}")
    (DOCS / "benchmark.md").write_text(text, encoding="utf-8")
    (DOCS / "benchmark.svg").write_text(figure(found), encoding="utf-8")


if __name__ == "__main__":
    main()
