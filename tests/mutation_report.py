"""What became of the mutants: for each module how many were killed, and which survivors no list explains.

``make mutate`` runs it behind mutmut. It ends with 1 where too few mutants of a module that decides were killed, where one
survived that ``surviving_mutants.toml`` does not name, or where one is named there that did not survive.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

BOUND = 95
"""Per cent of a deciding module's mutants that are killed, at least."""
DECIDING = (
    "deployment/access_edge",
    "deployment/attributes",
    "deployment/dial_plan",
    "deployment/policy",
    "reading",
    "routing/contested",
    "routing/crossing",
    "routing/mode",
    "routing/request_uri",
    "routing/route",
)
KILLED = frozenset({1, 3, 24, 152, 255, -24})
"""mutmut's exit codes for a mutant that a test, a time limit or a crash caught."""
_MUTMUT = Path(sys.executable).with_name("mutmut")
_MANGLED = re.compile(r"\.x(?:_|ǁ)(?:(?P<owner>\w+?)ǁ)?(?P<function>\w+?)__mutmut_\d+$")


def results() -> Iterator[tuple[str, str, bool]]:
    """Module, mutant and whether it was killed, of every mutant that was run."""
    source = Path("mutants/src/exum_routing")
    for path in sorted(source.rglob("*.py.meta")):
        for mutant, code in json.loads(path.read_text())["exit_code_by_key"].items():
            yield path.relative_to(source).as_posix().removesuffix(".py.meta"), mutant, code in KILLED


def function(mutant: str) -> str:
    """The function that a mutant is one of, as ``exum_routing.deployment.access_edge.HostingProvider.parse``."""
    return _MANGLED.sub(lambda found: "." + ".".join(filter(None, (found["owner"], found["function"]))), mutant)


def changed_line(mutant: str) -> str:
    """What a mutant has in the place of the line that it changed; empty: it took the line out."""
    shown = subprocess.run([_MUTMUT, "show", mutant], capture_output=True, text=True, check=True).stdout  # noqa: S603 - a name
    added = [line[1:].strip() for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return " ".join(added)


def main() -> int:
    """Print the report."""
    counts: dict[str, list[bool]] = {}
    survivors: list[str] = []
    for module, mutant, killed in results():
        counts.setdefault(module, []).append(killed)
        if not killed:
            survivors.append(mutant)
    listed = {
        (one["mutant"], one["line"]) for one in tomllib.loads(Path("tests/surviving_mutants.toml").read_text())["survivor"]
    }
    found = {(function(mutant), changed_line(mutant)): mutant for mutant in survivors}
    failed = False
    for module, killed_ones in counts.items():
        share = 100 * sum(killed_ones) / len(killed_ones)
        low = module in DECIDING and share < BOUND
        failed |= low
        print(f"{module:<26} {sum(killed_ones):>5} of {len(killed_ones):>5} killed  {share:5.1f} %{'  TOO FEW' if low else ''}")
    for key in sorted(found.keys() - listed):
        print(f"survived, and not on the list: {found[key]}\n  {key[1]}")
    for name, line in sorted(listed - found.keys()):
        print(f"on the list, but did not survive: {name}\n  {line}")
    failed |= found.keys() != listed
    print(f"{sum(map(len, counts.values()))} mutants, {len(survivors)} survived, {len(listed)} of the survivors explained")
    return int(failed or not counts)


if __name__ == "__main__":
    sys.exit(main())
