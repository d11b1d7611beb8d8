"""The tables of docs/diagnosis.md, made from the causes of the library."""

import re
from collections.abc import Sequence
from pathlib import Path

from exum_routing.diagnosis import CAUSES, Symptom

PAGE = Path(__file__).parent / "diagnosis.md"
PLACEHOLDERS = {
    "address": "ADDRESS",
    "get": "Get-CsUser -Identity ADDRESS",
    "domain": "DOMAIN",
    "pool": "POOL",
    "destination": "DESTINATION",
    "organization": "ORGANIZATION",
    "dial_plan": "DIALPLAN",
}


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def tables() -> list[str]:
    """The table of symptoms, that of causes with their sources, and that of checks."""
    symptoms = [
        (f"`{one.value}`", one.sentence, ", ".join(cause.id for cause in CAUSES if one in cause.symptoms)) for one in Symptom
    ]
    causes = [(f"`{one.id}`", one.sentence, ", ".join(one.clauses), one.sources) for one in CAUSES]
    checks = [(f"`{one.id}`", one.how_to_check(PLACEHOLDERS)) for one in CAUSES]
    return [
        _table(("symptom", "what was seen or heard", "causes"), symptoms),
        _table(("cause", "what is wrong", "clauses", "sources"), causes),
        _table(("cause", "how to check it by hand"), checks),
    ]


if __name__ == "__main__":
    made = iter(tables())
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(r"(?m)(?:^\| .*\n)+", lambda _: next(made) + "\n", page), encoding="utf-8")
