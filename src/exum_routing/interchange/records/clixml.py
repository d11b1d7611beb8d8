"""Export-Clixml as records: the objects of a file, with their types and the texts of their properties.

What an object says of itself is its list, else its FriendlyName, else its text. Types and objects that are named by a
reference are looked up wherever in the file they stood first.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from exum_routing.interchange.records.exported import (
    DEEPEST,
    LONGEST_VALUE,
    Exported,
    Keep,
    NoText,
    Scalar,
    Value,
    fault,
    kept,
    number,
)
from exum_routing.interchange.records.xml_text import elements

_NAMESPACE: Final = "{http://schemas.microsoft.com/powershell/2004/04}"
ROOT: Final = f"{_NAMESPACE}Objs"
_OBJ, _REF, _TN, _TN_REF, _TO_STRING, _TEXT, _NIL, _FLAG, _SECRET = (
    f"{_NAMESPACE}{tag}" for tag in ("Obj", "Ref", "TN", "TNRef", "ToString", "S", "Nil", "B", "SS")
)
_PROPERTIES: Final = frozenset(f"{_NAMESPACE}{tag}" for tag in ("Props", "MS"))
_TYPE_NAMES: Final = frozenset({_TN, _TN_REF})
_LISTS: Final = frozenset(f"{_NAMESPACE}{tag}" for tag in ("LST", "IE", "STK", "QUE"))
_NUMBERS: Final = frozenset(f"{_NAMESPACE}{tag}" for tag in ("I32", "I64", "I16", "SB", "By", "U16", "U32", "U64"))
_FRIENDLY_NAME: Final = "FriendlyName"
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_FLAGS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def unescaped(text: str) -> str:
    r"""A text without the escapes of CLIXML.

    >>> unescaped("a_x000A_b_x005F_xD83D__xDE00_")
    'a\nb_xD83D_\ude00'
    >>> unescaped("_xD83D__xDE00_") == "\N{GRINNING FACE}"
    True
    """
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _text(element: Element) -> str:
    text = element.text or ""
    if len(text) > LONGEST_VALUE:
        raise fault("", f"has a value of more than {LONGEST_VALUE:,} characters: leave that property out of the export")
    return unescaped(text) if "_x" in text else text


@attrs.define
class _File:
    """What of a file is still needed when it is named by a reference."""

    keep: Keep
    types: dict[str, tuple[str, ...]] = attrs.Factory(dict)
    values: dict[str, Value] = attrs.Factory(dict)
    in_order: list[Value] = attrs.Factory(list)
    """The values of the objects with the RefIds 0, 1, 2 ... as PowerShell counts them: a list, since there are so many."""

    def begin(self, ref_id: str | None) -> int | str | None:
        """The place of an object, in the order in which objects begin, for its value when it is known."""
        place = len(self.in_order)
        if ref_id != str(place):
            return ref_id
        self.in_order.append(NoText.OBJECT)
        return place

    def end(self, place: int | str | None, value: Value) -> None:
        """Keep the value of an object for those that refer to it."""
        if isinstance(place, int):
            self.in_order[place] = value
        elif place is not None:
            self.values[place] = value

    def named(self, ref_id: str) -> Value:
        """The value of the object that a reference names."""
        if ref_id in self.values:
            return self.values[ref_id]
        position = number(ref_id)
        if isinstance(position, int) and 0 <= position < len(self.in_order):
            return self.in_order[position]
        raise fault("", f"refers to an object {ref_id[:20]!r} that does not stand before: export it again")

    def type_names(self, element: Element) -> tuple[str, ...]:
        """The type names that a TN or a TNRef gives."""
        ref_id = element.get("RefId", "")
        if element.tag == _TN:
            self.types[ref_id] = tuple(_text(one) for one in element)
        elif ref_id not in self.types:
            raise fault("", f"refers to a type {ref_id[:20]!r} that does not stand before: export it again")
        return self.types[ref_id]


def read_clixml(content: bytes, keep: Keep = kept) -> Iterator[Exported]:
    """The objects of a file that Export-Clixml wrote.

    Args:
        content: The file: UTF-8, or UTF-16 with a byte-order mark.
        keep: Under which name a property is kept, or None.

    Raises:
        SourceError: It is not such a file, or not whole.

    >>> content = b'''<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0">
    ... <TN RefId="0"><T>Contoso.Pool</T></TN><Props><S N="Fqdn">pool01.contoso.com</S></Props></Obj></Objs>'''
    >>> [(one.types, one.properties) for one in read_clixml(content)]
    [(('Contoso.Pool',), {'Fqdn': 'pool01.contoso.com'})]
    """
    file, count = _File(keep), 0
    for element in elements(content, ROOT):
        for one in _objects(element, file):
            yield Exported(count, *_record(one, file))
            count += 1


def _objects(element: Element, file: _File) -> Iterator[Element]:
    """The objects that an element of the root is: itself, or each of a list that was exported as one."""
    if element.tag == _REF:
        file.named(element.get("RefId", ""))  # the same object once more
        return
    several = next((part for part in element if part.tag in _LISTS), None)
    if element.tag != _OBJ or several is None:
        yield element
        return
    for part in element:
        if part.tag in _TYPE_NAMES:
            file.type_names(part)
    file.begin(element.get("RefId"))
    for one in several:
        yield from _objects(one, file)


def _record(element: Element, file: _File) -> tuple[tuple[str, ...], dict[str, Value]]:
    """The types and the properties of one object of the file."""
    types: tuple[str, ...] = ()
    properties: dict[str, Value] = {}
    keep, place = file.keep, file.begin(element.get("RefId"))
    for part in element:
        tag = part.tag
        if tag in _PROPERTIES:
            for one in part:
                name = keep(one.get("N", ""))
                if name is not None:
                    properties[name] = _text(one) if one.tag == _TEXT else _value(one, file, 0)
                elif one.tag == _OBJ:
                    _value(one, file, 0)  # something later may refer to it, or to its type
        elif tag in _TYPE_NAMES:
            types = file.type_names(part)
        elif tag == _TO_STRING:
            said, same = _text(part), properties.get("DistinguishedName")
            file.end(place, same if said == same else said)  # kept once: it is long, and there are many
    return types, properties


def _value(element: Element, file: _File, level: int) -> Value:
    """What an element of a property, or of a list, says."""
    tag = element.tag
    if tag == _TEXT:
        return _text(element)
    simple = _SIMPLE.get(tag)
    if simple is not None:
        return simple(element)
    if tag == _REF:
        return file.named(element.get("RefId", ""))
    return _object(element, file, level) if tag == _OBJ else _text(element)


def _object(element: Element, file: _File, level: int) -> Value:
    """What an object says of itself: its list, its FriendlyName, its text, or the one value that it wraps."""
    if level > DEEPEST:
        raise fault("", f"is nested more than {DEEPEST} levels deep: export it as the script of import says")
    place = file.begin(element.get("RefId"))
    listed: Value = None
    friendly: Value = None
    text: Value = None
    wrapped: Value = None
    for part in element:
        tag = part.tag
        if tag == _TO_STRING:
            text = _text(part)
        elif tag in _PROPERTIES:
            for one in part:
                if one.get("N") == _FRIENDLY_NAME:
                    friendly = _value(one, file, level + 1)
                elif one.tag == _OBJ:
                    _value(one, file, level + 1)
        elif tag in _LISTS:
            listed = tuple(_item(one, file, level + 1) for one in part)
        elif tag in _TYPE_NAMES:
            file.type_names(part)
        else:
            wrapped = _value(part, file, level + 1)
    value = listed if listed is not None else friendly if friendly is not None else text if text is not None else wrapped
    value = NoText.OBJECT if value is None else value
    file.end(place, value)
    return value


def _item(element: Element, file: _File, level: int) -> Scalar:
    value = _value(element, file, level)
    return NoText.OBJECT if isinstance(value, tuple) else value


def _flag(element: Element) -> Scalar:
    return _FLAGS.get(_text(element).lower(), NoText.OBJECT)


def _number(element: Element) -> Scalar:
    return number(_text(element))


_SIMPLE: Final[Mapping[str, Callable[[Element], Value]]] = {
    _FLAG: _flag,
    _NIL: lambda _: None,
    _SECRET: lambda _: NoText.OBJECT,
    **dict.fromkeys(_NUMBERS, _number),
}
"""The elements that say something by themselves, but for texts; a secret is not kept."""
