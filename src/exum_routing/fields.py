"""What the fields of the models accept: the converters that more than one model needs.

A converter checks the type first, then the value, and gives the canonical value. ``placed`` lets every error say in which
model and field it arose.
"""

import enum
import functools
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import attrs

from exum_routing.errors import DuplicateIdentity, ExumRoutingError, InvalidName, InvalidText, InvalidValue

T = TypeVar("T")
E = TypeVar("E", bound=enum.Enum)

_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, line separators, and halves of surrogate pairs."""


def text(value: str) -> str:
    """A text as it came, without control characters and lone surrogates; it may be empty.

    Raises:
        InvalidText: Not a text, or one with such a character.

    Clauses: NAME-7
    """
    if not isinstance(value, str):
        raise InvalidText(value, "is not a text: give a string")
    if _UNFIT.search(value):
        raise InvalidText(value, "has a control character or half of a surrogate pair: take it out")
    return str.__str__(value)


def name(value: str) -> str:
    """A name of a policy, site, provider or dial plan, in its own spelling.

    Raises:
        InvalidName: Empty, with blanks around it, or not fit as a text.

    Clauses: NAME-6
    """
    try:
        checked = text(value)
    except InvalidText as error:
        raise InvalidName(error.value, error.problem) from None
    if not checked or checked != checked.strip():
        raise InvalidName(value, "is empty or has blanks around it: give a name without them")
    return checked


def flag(value: bool) -> bool:
    """True or False, and nothing that merely counts as one.

    Raises:
        InvalidValue: Neither True nor False.
    """
    if value is not True and value is not False:
        raise InvalidValue(value, "is no boolean: give true or false")
    return value


def member(value: E, kind: type[E]) -> E:
    """A member of a closed set.

    Raises:
        InvalidValue: Anything else, its wire spelling included.
    """
    if not isinstance(value, kind):
        raise InvalidValue(value, f"is no {kind.__name__}: give one of {', '.join(str(one) for one in kind)}")
    return value


def several(values: Sequence[T], refusal: type[ExumRoutingError] = InvalidValue) -> tuple[T, ...]:
    """An ordered collection as a tuple; a bare text is refused, and so is anything without an order of its own.

    Raises:
        ExumRoutingError: Neither a tuple nor a list; of the class ``refusal``.
    """
    if not isinstance(values, tuple | list):
        raise refusal(values, "is not a tuple: give a tuple or a list")
    return tuple(values)


def instances(values: Sequence[T], kind: type[T]) -> tuple[T, ...]:
    """An ordered collection of models of one kind, as a tuple.

    Raises:
        InvalidValue: Neither a tuple nor a list, or something else inside.
    """
    checked = several(values)
    for value in checked:
        if not isinstance(value, kind):
            raise InvalidValue(value, f"is no {kind.__name__}: give only those here")
    return checked


def unique(values: Sequence[T], kind: type[T], key: Callable[[T], object], problem: str) -> tuple[T, ...]:
    """An ordered collection of models of one kind, no two of which share a key.

    Args:
        values: The models.
        kind: Their kind.
        key: What no two may share.
        problem: What is wrong where two do, to be read after the key.

    Raises:
        DuplicateIdentity: Two share it.
        InvalidValue: As ``instances`` does.
    """
    checked = instances(values, kind)
    seen: set[object] = set()
    for value in checked:
        if key(value) in seen:
            raise DuplicateIdentity(key(value), problem)
        seen.add(key(value))
    return checked


def placed(model: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """The fields of a model, each with a converter that names the model and the field in its error.

    To be given to attrs as ``field_transformer``.
    """
    return [
        field.evolve(converter=_named(field.converter, f"{model.__name__}.{field.name}"))
        if callable(field.converter)
        else field
        for field in fields
    ]


def _named(convert: Callable[[Any], Any], place: str) -> Callable[[Any], Any]:
    @functools.wraps(convert)
    def converted(value: object) -> object:
        try:
            return convert(value)
        except ExumRoutingError as error:
            error.place = place
            raise

    return converted
