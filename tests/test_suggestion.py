"""The suggestion in a message: a near name, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing.suggestion import NEAR, nearest

KNOWN = ("DisplayName", "HomedOnPremises", "SipAddress", "HostedVoiceMail")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SipAdress", "SipAddress"),
        ("SIPADDRESS", "SipAddress"),
        ("hosted_voice_mail", "HostedVoiceMail"),
        ("LineURI", None),
        ("", None),
        ("SipAddress" + "x" * 100_000, None),
    ],
)
def test_only_a_near_name_is_suggested(name: str, expected: str | None) -> None:
    """A near name is suggested in its own spelling, and nothing where nothing is near."""
    assert nearest(name, KNOWN) == expected


def test_a_caller_may_ask_for_a_nearer_name() -> None:
    """What is near enough by default need not be near enough for names that share much."""
    assert nearest("get-cspool", ("Get-CsUser",)) == "Get-CsUser"
    assert nearest("get-cspool", ("Get-CsUser",), near=0.85) is None
    assert NEAR == 0.6


@given(name=st.sampled_from(KNOWN))
def test_a_known_name_is_nearest_to_itself(name: str) -> None:
    """A name in another case is the known one."""
    assert nearest(name.swapcase(), KNOWN) == name


def test_nothing_is_near_where_nothing_is_known() -> None:
    """Without known names there is no suggestion."""
    assert nearest("SipAddress", ()) is None
