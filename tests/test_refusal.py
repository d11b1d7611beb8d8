"""The responses that refuse a call: one row of the table for every reason."""

import pytest

from exum_routing import NotRoutedReason
from exum_routing.call import REFUSALS, CallFault, RefusalReason, SipResponse
from exum_routing.call.refusal import response

REASONS: list[RefusalReason] = [*NotRoutedReason, *CallFault]
PHRASES = {404: "Not Found", 480: "Temporarily Unavailable", 500: "Server Internal Error", 504: "Server Time-out"}
"""Reason phrases by RFC 3261, 21."""


def test_every_reason_has_a_row() -> None:
    """The table names every reason there is, and nothing else."""
    assert set(REASONS) == set(REFUSALS)


def test_every_reason_has_an_id_of_its_own() -> None:
    """No two reasons share a published id, nor the words; no id is invented."""
    assert sorted(row.error_id for row in REFUSALS.values() if row.error_id is not None) == [1003, 1005, 15000, 15030]
    assert len({row.reason for row in REFUSALS.values()}) == 14


def test_the_table_is_read_only() -> None:
    """No caller changes what every other caller is answered."""
    with pytest.raises(TypeError):
        REFUSALS[CallFault.NO_OWNER] = REFUSALS[CallFault.NO_TENANT]  # type: ignore[index]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name)
def test_a_row_is_a_response(reason: RefusalReason) -> None:
    """Status and phrase go together, the id is a whole number, and no word breaks out of the header."""
    found = response(reason, "pool01.contoso.com")
    assert found.status is not None
    assert PHRASES[found.status] == found.reason_phrase
    assert not set('"\\\r\n') & set(found.reason)
    header = f'{found.error_id};reason="{found.reason}";source="pool01.contoso.com"'
    if found.error_id is None:
        assert found.ms_diagnostics is None
        assert str(found) == f"{found.status} {found.reason_phrase} (no published ms-diagnostics: {found.reason})"
    else:
        application = ';appName="ExumRouting"' if found.error_id >= 15000 else ""
        assert found.ms_diagnostics == header + application
        assert str(found) == f"{found.status} {found.reason_phrase} (ms-diagnostics: {found.ms_diagnostics})"


@pytest.mark.parametrize(
    ("reason", "status", "error_id"),
    [
        (NotRoutedReason.NO_VOICE_MAIL, 480, None),
        (NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED, 480, None),
        (NotRoutedReason.POLICY_WITHOUT_DESTINATION, 480, None),
        (NotRoutedReason.NO_DIAL_PLAN, 480, None),
        (NotRoutedReason.NO_UM_SERVER, 480, None),
        (CallFault.UNKNOWN_CALLEE, 404, 1003),
        (CallFault.CONTACT_ON_2019_POOL, 500, 15000),
        (CallFault.UNREACHABLE, 504, 15030),
        (CallFault.PROVIDER_UNREACHABLE, 504, None),
        (CallFault.REFUSED_AT_EDGE, 504, 1005),
        (CallFault.NO_TENANT, 404, None),
        (CallFault.NO_OWNER, 404, None),
        (CallFault.NO_MAILBOX, 404, None),
        (CallFault.VOICE_MAIL_NOT_ENABLED, 480, None),
    ],
)
def test_rows_are_as_documented(reason: RefusalReason, status: int, error_id: int | None) -> None:
    """Callers rely on status and id."""
    found = response(reason, "contoso.com")
    assert (status, error_id, "contoso.com") == (found.status, found.error_id, found.source)
    assert isinstance(found, SipResponse)


@pytest.mark.parametrize("reason", CallFault)
def test_a_fault_is_spelled_as_it_is_named(reason: CallFault) -> None:
    """The spelling on the wire is the name."""
    assert reason.value == reason.name
