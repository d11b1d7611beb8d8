"""JSON as text and objects: read whole, with every fault at once, each with its path."""

import codecs
import collections
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import ExumRoutingError, shown
from exum_routing.suggestion import nearest

T = TypeVar("T")

_LONGEST_NUMBER: Final = 20
"""Digits of a number that is read at all; no field takes one nearly as long."""
_LONGEST_KEY: Final = 100
"""Characters of an unknown key that are shown."""


@attrs.frozen
class Fault:
    """One fault of a document."""

    path: str
    """Where it is, as in ``Users[3].SipAddress``; empty: the document as a whole."""
    message: str
    """The value, what is wrong with it, and what to give instead."""

    def __str__(self) -> str:
        """Path and message on one line."""
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, path: str) -> "Fault":
        """The same fault, seen from the object that holds the faulty one."""
        dot = "." if path and self.path and not self.path.startswith("[") else ""
        return Fault(f"{path}{dot}{self.path}", self.message)


@attrs.frozen
class LeftOut:
    """An account that was left out of a deployment because its own values are wrong."""

    place: str
    """Where it is, as in ``Users[3]``."""
    address: str | None
    """Its SIP address, as it is spelled; None: it has no text there."""
    faults: tuple[Fault, ...]
    """What is wrong with it; at least one."""


class DocumentError(ExumRoutingError):
    """A document that cannot be read; it carries every fault."""

    faults: tuple[Fault, ...]
    """The faults, in the order of the document's parts; at least one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__(tuple(faults), "are the faults of the document")
        self.args = (tuple(faults),)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """A line for each fault."""
        return "\n".join(map(str, self.faults))


_LISTED: Final = 10
"""Faults of one kind that are listed one by one; more of them are one line with their number."""
_INDEX: Final = re.compile(r"\[\d+\]")
_VALUE: Final = re.compile(r"\A('[^']*'|\"[^\"]*\"|[\d.-]+) ")
"""The value with which a message begins, as Python spells it."""


@names_wrong_types
def fault_lines(faults: Sequence[Fault]) -> tuple[str, ...]:
    """The faults for people, a line each; of more than ten of one kind, the first and how many more there are.

    Faults are of one kind where their places differ in indexes alone and their messages in the value alone.

    >>> fault_lines([Fault(f"Users[{number}].SipAdress", "is not a key") for number in range(12)])
    ('Users[0].SipAdress: is not a key (and 11 more of this kind)',)
    """
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(_kind(fault), []).append(fault)
    lines = {
        id(kind[0]): f"{kind[0]} (and {len(kind) - 1:,} more of this kind)" for kind in kinds.values() if len(kind) > _LISTED
    }
    lines |= {id(fault): str(fault) for kind in kinds.values() if len(kind) <= _LISTED for fault in kind}
    return tuple(lines[id(fault)] for fault in faults if id(fault) in lines)


def _kind(fault: Fault) -> tuple[str, str]:
    return _INDEX.sub("[]", fault.path), _VALUE.sub("", fault.message)


class _RepeatedKeys(dict[str, Any]):
    """A JSON object in which keys occurred twice; the last value stands."""

    repeated: tuple[str, ...] = ()


class _Unreadable:
    """Something that JSON or this library does not take as a number."""

    def __init__(self, spelling: str) -> None:
        self._spelling = spelling

    def __repr__(self) -> str:
        return self._spelling


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = _RepeatedKeys(found)
    marked.repeated = tuple(key for key, times in collections.Counter(key for key, _ in pairs).items() if times > 1)
    return marked


def _integer(digits: str) -> object:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _Unreadable(digits)


def decoded(text: str | bytes, what: str, wanted: str, error: Callable[[Sequence[Fault]], ExumRoutingError]) -> str:
    r"""The characters of a text: itself, or bytes in UTF-8, or in UTF-16 with a byte-order mark; the mark is left out.

    Args:
        text: The text or the bytes.
        what: What a fault calls it: ``the document``.
        wanted: What a fault says to use instead: ``a JSON document``.
        error: The error to raise with the one fault.

    Raises:
        ExumRoutingError: It is neither text nor bytes, or the bytes are of another encoding; ``error`` says of which class.

    >>> decoded(b"\xef\xbb\xbf{}", "the document", "a JSON document", DocumentError)
    '{}'
    """
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    if not isinstance(text, bytes):
        raise error([Fault("", f"{shown(text)} is neither text nor bytes: use {wanted}")])
    utf_16 = text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return text.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as found:
        encoding = "UTF-16" if utf_16 else "UTF-8"
        problem = f"is not {encoding} at byte {found.start}: save it as UTF-8, or as UTF-16 with a byte-order mark"
        raise error([Fault("", f"{what} {problem}")]) from None


def parsed(document: str | bytes) -> object:
    """What a text or bytes spell in JSON.

    Raises:
        DocumentError: They spell nothing.
    """
    text = decoded(document, "the document", "a JSON document", DocumentError)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_Unreadable, parse_constant=_Unreadable
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        if not text.strip():
            raise DocumentError([Fault("", "the document is empty: give a JSON object, {} at least")]) from None
        fault = Fault("", f"the document is not JSON at {place} ({error.msg}): give one whole JSON object")
    except RecursionError:
        fault = Fault("", "the document is nested too deeply: no part of a deployment goes deeper than five levels")
    raise DocumentError([fault])


def _spelled(key: str) -> str:
    short = key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}..."
    return short if short.isprintable() and short else ascii(short)


def _unknown(key: str, known: tuple[str, ...]) -> str:
    """What is wrong with a key that is not known."""
    near = nearest(key, known)
    return f"unknown key: did you mean {near}?" if near else f"unknown key: use one of {', '.join(known)}"


def _key_faults(found: dict[str, Any], known: tuple[str, ...]) -> Iterator[Fault]:
    if isinstance(found, _RepeatedKeys):
        for key in found.repeated:
            yield Fault(_spelled(key), "stands twice in one object: keep one of the two")
    for key in found:
        if key not in known:
            yield Fault(_spelled(key), _unknown(key, known))


def checked_object(value: object, known: tuple[str, ...]) -> tuple[dict[str, Any], list[Fault]]:
    """The keys that are known and hold something, and the faults of the others."""
    if not isinstance(value, dict):
        raise DocumentError([Fault("", f"{shown(value)} is not an object: give one with braces")])
    return {key: value[key] for key in known if value.get(key) is not None}, list(_key_faults(value, known))


def each(values: object, structure: Callable[[Any], T], *, dropping: bool = False) -> tuple[list[tuple[int, T]], list[Fault]]:
    """The items of an array that are sound, with their numbers, and the faults of the others.

    ``dropping`` takes each sound item out of the array once it is read: half of the memory at the peak.
    """
    if not isinstance(values, list):
        return [], [Fault("", f"{shown(values)} is not an array: give one with brackets")]
    sound: list[tuple[int, T]] = []
    faults: list[Fault] = []
    for number, value in enumerate(values):
        try:
            sound.append((number, structure(value)))
            if dropping:
                values[number] = None
        except DocumentError as error:
            faults += [fault.under(f"[{number}]") for fault in error.faults]
        except ExumRoutingError as error:
            faults.append(Fault(f"[{number}]", error.message))
    return sound, faults


def every(values: object, structure: Callable[[Any], T]) -> tuple[T, ...]:
    """The items of an array.

    Raises:
        DocumentError: Some are faulty, or it is no array; it carries every fault.
    """
    sound, faults = each(values, structure)
    if faults:
        raise DocumentError(faults)
    return tuple(item for _, item in sound)
