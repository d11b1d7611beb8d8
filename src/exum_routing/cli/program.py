"""A program that is asked cases: its answers, a line each, with a limit of time for every case."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, Final

from exum_routing.conformance import Case

_END: Final = b""
"""What a reader finds where a program has ended."""


class ProgramFailed(Exception):
    """A program gave no answer to a case: it ended, took too long, or printed what is no answer."""


def answers_of(command: Sequence[str], cases: Sequence[Case], limit: float) -> Iterator[str]:
    """What the program answers to every case, in order.

    Args:
        command: The program with its arguments.
        cases: The cases to ask.
        limit: The seconds that it may take for a case.

    Raises:
        ProgramFailed: It gave no answer to a case, or printed more than the answers; the message names the case.
        OSError: It cannot be started.
    """
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:  # noqa: S603 - as asked
        try:
            lines = _lines(program, cases)
            for number, case in enumerate(cases, start=1):
                yield _answer(_next_line(program, lines, case, number, limit), case, number)
            rest = _next_line(program, lines, cases[-1], len(cases), limit, may_end=True)
            if rest.strip():
                raise ProgramFailed(f"printed more lines than it was asked cases: {_shown(rest)} came after the last answer")
        finally:
            program.kill()


def _lines(program: "subprocess.Popen[bytes]", cases: Sequence[Case]) -> "queue.Queue[bytes]":
    lines: queue.Queue[bytes] = queue.Queue()
    requests = b"".join(json.dumps(case.request).encode() + b"\n" for case in cases)
    for target, arguments in ((_write, (program.stdin, requests)), (_read, (program.stdout, lines))):
        threading.Thread(target=target, args=arguments, daemon=True).start()
    return lines


def _write(stream: IO[bytes], content: bytes) -> None:
    with suppress(OSError, ValueError):  # the program may end before it has read everything
        stream.write(content)
        stream.close()


def _read(stream: IO[bytes], lines: "queue.Queue[bytes]") -> None:
    for line in stream:
        lines.put(line)
    lines.put(_END)


def _next_line(  # noqa: PLR0913 - a case and its place
    program: "subprocess.Popen[bytes]",
    lines: "queue.Queue[bytes]",
    case: Case,
    number: int,
    limit: float,
    *,
    may_end: bool = False,
) -> bytes:
    try:
        line = lines.get(timeout=limit)
    except queue.Empty:
        raise ProgramFailed(f"gave no answer within {limit:g} seconds to {_named(case, number)}") from None
    if line == _END:
        code = program.wait()
        if code or not may_end:
            raise ProgramFailed(f"ended with exit code {code}, its last answer before {_named(case, number)}")
    return line


def _answer(line: bytes, case: Case, number: int) -> str:
    text = line.decode(errors="replace")
    try:
        is_answer = isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        is_answer = False
    if not is_answer:
        raise ProgramFailed(f"printed {_shown(line)}, which is no JSON object, as its answer to {_named(case, number)}")
    return text


def _shown(line: bytes) -> str:
    return repr(line.decode(errors="replace").strip()[:80])


def _named(case: Case, number: int) -> str:
    return f"case {number}, {case.clauses[0]} ({case.file}): {case.description}"
