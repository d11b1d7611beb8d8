"""What the fields of the models accept: the converters that more than one model needs.

A converter checks the type first, then the value, and gives the canonical value. ``checked`` checks the fields that need no
more than their type, and lets every error say in which model and field it arose.
"""

import enum
import functools
import re
from collections.abc import Callable, Iterable, Sequence
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.errors import DuplicateIdentity, ExumRoutingError, InvalidName, InvalidText, InvalidValue, with_article

K = TypeVar("K")
T = TypeVar("T")

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


def instance(value: T, kind: type[T], alternative: str = "") -> T:
    """A model of one kind, or a member of one closed set.

    Raises:
        InvalidValue: Anything else, the wire spelling of a member included; the message ends with the alternative.
    """
    if not isinstance(value, kind):
        members = f" of {', '.join(map(str, kind))}" if issubclass(kind, enum.Enum) else ""
        raise InvalidValue(value, f"is not {with_article(kind)}: use one{members}{alternative}")
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
            raise InvalidValue(value, f"is not {with_article(kind)}: use only {kind.__name__} objects")
    return checked


def unique(
    values: Sequence[T],
    kind: type[T],
    key: Callable[[T], object],
    problem: str,
    spelled: Callable[[T], object] | None = None,
) -> tuple[T, ...]:
    """An ordered collection of models of one kind, no two of which share a key.

    Args:
        values: The models.
        kind: Their kind.
        key: What no two may share.
        problem: What is wrong where two do, to be read after the key.
        spelled: The key as the error shows it, where that is not the key itself.

    Raises:
        DuplicateIdentity: Two share it.
        InvalidValue: As ``instances`` does.
    """
    models = instances(values, kind)
    by_key(models, key, problem, spelled)
    return models


def by_key(
    models: Iterable[T], key: Callable[[T], K], problem: str, spelled: Callable[[T], object] | None = None
) -> dict[K, T]:
    """The models by a key that no two of them share; the arguments are those of ``unique``.

    Raises:
        DuplicateIdentity: Two share it.
    """
    found: dict[K, T] = {}
    for model in models:
        own = key(model)
        if own in found:
            raise DuplicateIdentity((spelled or key)(model), problem)
        found[own] = model
    return found


@names_wrong_types
def checked(model: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """The fields of a model, each with a converter that checks it and names the model and the field in its error.

    A field without a converter is checked against its annotation: a class or closed set, the same or None, or a tuple of it.
    Where models are nested, the error names the outermost one. Pass it to attrs as ``field_transformer``.

    Raises:
        TypeError: A field has no converter, and its annotation is of another kind.
    """
    return [field.evolve(converter=_placed(field, model.__name__)) if field.init else field for field in fields]


def _placed(field: "attrs.Attribute[Any]", model: str) -> Callable[[Any], Any]:
    place = f"{model}.{field.name}"
    convert = field.converter if callable(field.converter) else _by_annotation(field.type)
    if convert is None:
        raise TypeError(f"{place} needs a converter: its annotation {field.type!r} cannot be checked")

    @functools.wraps(convert)
    def converted(value: object) -> object:
        try:
            return convert(value)
        except ExumRoutingError as error:
            error.place = place  # replaces the place that a model inside this one has set
            raise

    return converted


# mypy's attrs plugin takes only named functions as converters, so a field that also takes a list or a text has one of its own.
def _by_annotation(annotation: object) -> Callable[[Any], Any] | None:
    """What checks a value against an annotation; None: an annotation of another kind."""
    kind, *rest = get_args(annotation) or (annotation,)
    if not isinstance(kind, type) or kind is Any:
        return None
    checks: dict[tuple[object, ...], Callable[[Any], Any]] = {
        (None,): lambda value: instance(value, kind),
        (UnionType, NoneType): lambda value: None if value is None else instance(value, kind, ", or None"),
        (tuple, ...): lambda value: instances(value, kind),
    }
    check = checks.get((get_origin(annotation), *rest))
    if check is not None:
        check.__annotations__ = {"value": annotation}
    return check
