"""The malformed documents have one fault each, where they say, and every kind of fault occurs."""

import codecs
import functools
import json
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exum_routing import Deployment
from exum_routing.interchange import DocumentError
from exum_routing.interchange.document import _EDGE, _PROVIDERS, _REPLICA_FQDN, KEYS, read_deployment, write_deployment
from exum_routing.testing import malformed
from exum_routing.testing.malformed import malformed_documents, malformed_texts


def fault_paths(text: str | bytes) -> list[str]:
    """The paths of a document's faults."""
    with pytest.raises(DocumentError) as caught:
        read_deployment(text)
    return [fault.path for fault in caught.value.faults]


@given(malformed_documents())
def test_a_document_has_one_fault_at_its_path(drawn: tuple[dict[str, Any], str]) -> None:
    """The reader finds exactly one fault, where the strategy says."""
    document, path = drawn
    assert [path] == fault_paths(json.dumps(document))


@given(malformed_texts())
def test_a_text_has_one_fault_at_its_path(drawn: tuple[str | bytes, str]) -> None:
    """So it is with texts and bytes, which may not even be JSON."""
    text, path = drawn
    assert [path] == fault_paths(text)


@given(malformed_documents(deployments=st.just(Deployment())) | malformed_texts(deployments=st.just(Deployment())))
def test_the_deployment_that_is_broken_can_be_pinned(drawn: tuple[Any, str]) -> None:
    """A deployment given is the one broken; an empty one too gets a part to break, with one fault."""
    document, path = drawn
    assert [path] == fault_paths(json.dumps(document) if isinstance(document, dict) else document)


@given(st.data())
@settings(max_examples=20)
def test_what_was_drawn_can_be_changed(data: st.DataObject) -> None:
    """No two documents share a part, nor one with the tables here: changing one changes nothing else."""
    before = repr(malformed._PARTS)
    document, _ = data.draw(malformed_documents())
    for part in document.values():
        if isinstance(part, list | dict):
            part.clear()
        if isinstance(part, list):
            part.append(5)
    assert before == repr(malformed._PARTS)


def test_every_key_of_a_document_is_broken() -> None:
    """The table of what no field takes has the keys that are read, no more and no fewer."""
    expected = [sorted(keys.values()) for keys in KEYS.values()] + [sorted((_REPLICA_FQDN, _EDGE, _PROVIDERS))]
    assert sorted(expected) == sorted(sorted(keys) for keys in malformed._PARTS.values())


def test_examples_are_sound() -> None:
    """The objects that stand in for empty arrays are sound, and have the required keys alone."""
    examples = {array: dict(example) for array, example in malformed._EXAMPLES.items()}
    examples["UmContacts"]["SipAddress"] = "a@b"
    for array, holder in malformed._WITHIN.items():
        examples[holder][array] = [examples[array]]
    document = {array: [example] for array, example in examples.items() if array not in malformed._WITHIN}
    written = json.loads(write_deployment(read_deployment(json.dumps(document))))
    assert [example["SipAddress"] for example in document["Users"]] == [user["SipAddress"] for user in written["Users"]]
    for array, example in examples.items():
        for key in malformed._EXAMPLES[array]:
            value = example.pop(key)
            (path,) = fault_paths(json.dumps(document))
            assert path.endswith(f"{array}[0].{key}")
            example[key] = value


@functools.cache
def sample() -> tuple[tuple[str | bytes, str], ...]:
    """The same malformed texts and documents each time, the latter as texts."""
    drawn: list[tuple[str | bytes, str]] = []
    empty = st.just(Deployment())
    documents = malformed_documents(deployments=empty).map(lambda pair: (json.dumps(pair[0]), pair[1]))
    for strategy, number in ((malformed_texts(deployments=empty), 300), (documents, 1500)):

        @settings(database=None, derandomize=True, max_examples=number, phases=[Phase.generate])
        @given(strategy)
        def draw(value: tuple[str | bytes, str]) -> None:
            drawn.append(value)

        draw()
    return tuple(drawn)


MESSAGES = {
    "no key": "unknown key",
    "missing key": "is missing",
    "repeated key": "stands twice",
    "duplicate": "stands already at",
    "contradiction at the Edge": "goes with",
    "contradiction in the attribute": "contradict each other",
    "two servers of one name": "is the name of two UM servers",
    "two providers at the Edge": "is the ProxyFqdn of two hosting providers",
    "two tenants of one organization": "is the Organization of two tenants",
    "two mailboxes of one owner": "owns two mailboxes",
    "providers without settings": "stands without AccessEdgeConfiguration",
    "bad GRUU": "is not a SIP URI",
    "bad home": "is not a MailboxHome",
    "control character": "has a control character",
    "bad FQDN": "is not an FQDN",
    "bad SIP address": "is not a SIP address",
    "bad policy identity": "is no policy identity",
    "policy that cannot be assigned": "cannot be assigned",
    "bad proxy address": "has no phone-context",
    "bad number": "is no display number",
    "bad version": "is no major version",
    "no flag": "is no boolean",
    "no text": "is not a text",
    "no array": "is not an array",
    "no object": "is not an object",
    "no JSON": "is not JSON",
    "empty": "is empty: give a JSON object",
    "no UTF-8": "is not UTF-8",
    "no UTF-16": "is not UTF-16",
    "NaN": "NaN is not an array",
}


@functools.cache
def messages() -> str:
    """What the reader says to all of the sample."""
    found = []
    for text, _ in sample():
        with pytest.raises(DocumentError) as caught:
            read_deployment(text)
        found.append(str(caught.value))
    return "\n".join(found)


@pytest.mark.parametrize("kind", MESSAGES)
def test_every_kind_of_fault_occurs(kind: str) -> None:
    """Among the texts there is one with each kind of fault that a reader tells apart."""
    assert MESSAGES[kind] in messages()


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16], ids=["UTF-8 with mark", "UTF-16"])
def test_encodings_occur(mark: bytes) -> None:
    """Texts come as text, and as bytes in every encoding that is read."""
    texts = [text for text, path in sample() if path]
    assert any(isinstance(text, str) for text in texts)
    assert any(isinstance(text, bytes) and text.startswith(b"{") for text in texts)
    assert any(isinstance(text, bytes) and text.startswith(mark) for text in texts)
