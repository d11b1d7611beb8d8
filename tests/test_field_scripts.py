"""The scripts of reported cases: what a rehearsal says of each, line by line."""

from pathlib import Path

import pytest

from exum_routing import Deployment, HostedUm, NotRouted, route
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.powershell import read_script
from exum_routing.rehearsal import Rehearsal, ServerVersion, rehearse
from exum_routing.replication import ReplicationStatus

FIELD = Path(__file__).parent / "field"
ANNA = "anna@contoso.com"


def rehearsed(case: str, script: str = "script", server: ServerVersion | None = None) -> Rehearsal:
    """A case's script, rehearsed on its deployment."""
    deployment = read_deployment((FIELD / f"{case}.json").read_bytes())
    return rehearse(read_script((FIELD / f"{case}-{script}.ps1").read_bytes()), deployment, server=server)


def reason(deployment: Deployment) -> str:
    """Why Anna is not routed; empty: she is."""
    decision = route(deployment.subject(ANNA), deployment)
    return decision.reason.name if isinstance(decision, NotRouted) else ""


def test_08_the_published_hybrid_script_is_done() -> None:
    """1 is a flag, the filter finds the old provider by its ProxyFqdn, and the new one is there."""
    found = rehearsed("08-published-hybrid-script", "replace-provider")
    assert not any(step.failed or step.elsewhere for step in found.steps)
    assert [provider.identity for provider in found.after.providers if provider.proxy_fqdn == "sipfed.online.lync.com"] == [
        "Hybrid"
    ]
    assert found.before.provider("Hybrid") is None


@pytest.mark.parametrize(
    ("server", "refused", "depends"),
    [
        (None, [], ("-Tenant",)),
        (ServerVersion.SERVER_2019, [], ()),
        (ServerVersion.SERVER_2019_CU1_HF1, [1, 2, 3], ()),
    ],
)
def test_09_a_parameter_that_the_server_may_not_have(
    server: ServerVersion | None, refused: list[int], depends: tuple[str, ...]
) -> None:
    """By one report -Tenant does not exist from 2019 CU1 HF1 on: there the line fails, and with it what builds on it.

    Where the server is not known, the line is not plainly done.
    """
    found = rehearsed("09-tenant-parameter-of-2019-cu1", server=server)
    assert [step.line for step in found.steps if step.failed] == refused
    assert found.steps[0].depends_on == depends
    if refused:
        assert "-Tenant' is not a parameter of New-CsHostedVoicemailPolicy on this server" in str(found.steps[0].refusal)
    assert isinstance(route(found.after.subject(ANNA), found.after), NotRouted if refused else HostedUm)


def test_10_an_empty_text_unassigns_as_null_does() -> None:
    """The assignment goes, Anna falls to the empty Global policy, stays enabled, and her calls fail."""
    empty, null = rehearsed("10-grant-empty-policy-name"), rehearsed("10-grant-empty-policy-name", "script-null")
    assert empty.after == null.after
    assert (reason(empty.before), reason(empty.after)) == ("", "POLICY_WITHOUT_DESTINATION")


def test_11_three_ways_to_turn_voice_mail_off() -> None:
    """$False is refused with both readings shown, $null is done, and what runs elsewhere is said so and changes nothing."""
    refused = rehearsed("11-turn-voice-mail-off")
    assert [step.failed for step in refused.steps] == [True]
    for part in ("REFUSED_IF_POLICY_APPLIES", "ALWAYS_ALLOWED", "Direct Routing"):
        assert part in str(refused.steps[0].refusal)
    assert reason(rehearsed("11-turn-voice-mail-off", "script-null").after) == "NO_VOICE_MAIL"
    elsewhere = rehearsed("11-turn-voice-mail-off", "script-online")
    assert [(step.elsewhere, step.failed) for step in elsewhere.steps] == [("in Teams PowerShell", False)]
    assert elsewhere.after == elsewhere.before


def test_14_contacts_of_subscriber_access_are_found_and_removed() -> None:
    """`?{` is read, IsSubscriberAccess selects, and the auto attendant stays."""
    found = rehearsed("14-subscriber-access-after-um-online", "remove-subscriber-access")
    assert not any(step.failed for step in found.steps)
    assert [one.auto_attendant for one in found.after.contacts] == [True]
    assert len(found.before.contacts) > 1


def test_18_replication_is_started_and_its_end_is_not_claimed() -> None:
    """Whether replication reaches the Edge is not known, and the status after it does not say that it is up to date."""
    found = rehearsed("18-replication-cannot-reach-edge")
    assert "not known" in found.steps[0].lines[0]
    (status,) = found.steps[-1].output
    assert isinstance(status, ReplicationStatus)
    assert status.up_to_date is None
