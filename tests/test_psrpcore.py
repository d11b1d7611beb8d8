"""An independent reader of CLIXML, psrpcore, agrees with ours on the samples and on generated deployments."""

from pathlib import Path
from typing import Any

import exports
import pytest
from hypothesis import given

from exum_routing import Deployment
from exum_routing.interchange.records import NoText, read_clixml
from exum_routing.testing.strategies import deployments

types = pytest.importorskip("psrpcore.types", reason="psrpcore is in the group test")
crypto = pytest.importorskip("psrpcore._crypto")

SAMPLES = sorted((Path(__file__).parent / "samples" / "exports").glob("*.clixml"))


def theirs(content: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The type and the properties of every object, as psrpcore reads them."""
    objects = types.deserialize_clixml(content.decode("utf-16"), crypto.PSRemotingCrypto())
    return [
        (
            one.PSTypeNames[0].removeprefix("Deserialized."),
            {
                found.name: said(found.get_value(one))
                for found in (*one.PSObject.adapted_properties, *one.PSObject.extended_properties)
            },
        )
        for one in objects
    ]


def said(value: Any) -> Any:
    """What a value of psrpcore's says, by the rule of our reader: its list, else its FriendlyName, else its text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list):
        return tuple(map(said, value))
    if isinstance(value, int):  # a member of an enumeration has a text of its own
        text = getattr(getattr(value, "PSObject", None), "to_string", None)
        return int(value) if text in {None, str(int(value))} else str(text)
    text = getattr(value, "FriendlyName", None) or value.PSObject.to_string
    return NoText.OBJECT if text is None else str(text)


def ours(content: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The same by our reader."""
    return [(one.types[0], dict(one.properties)) for one in read_clixml(content)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples(path: Path) -> None:
    """Every type and every property of every object."""
    content = path.read_bytes()
    assert ours(content) == theirs(content)
    assert ours(content)


@given(deployments())
def test_generated_deployments(deployment: Deployment) -> None:
    """Names with any characters, lists, enumerations and objects with a FriendlyName."""
    for several in exports.objects(deployment).values():
        content = exports.clixml(several)
        assert ours(content) == theirs(content)
