"""The targets of reported cases: what the plan from each deployment to its target says."""

from pathlib import Path

import pytest

from exum_routing import Deployment, HostedUm, route
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.powershell import read_script
from exum_routing.planning import TargetUnreachable, interruptions, plan, plan_script, run_plan, same_deployment
from exum_routing.reading import CmdletReading, Disabling
from exum_routing.rehearsal import rehearse

FIELD = Path(__file__).parent / "field"


def read(name: str) -> Deployment:
    """A document of the field."""
    return read_deployment((FIELD / f"{name}.json").read_bytes())


def case(name: str) -> tuple[Deployment, Deployment]:
    """A case's deployment, and its target."""
    return read(name), read(f"{name}-target")


def test_03_an_address_goes_only_elsewhere_and_last() -> None:
    """The user is granted, moved, enabled; the stale UM address is taken away by a comment that says where to run it."""
    current, target = case("03-exchange-2019-mailbox-keeps-eum")
    steps = plan(current, target)
    lines = plan_script(steps, interruptions(current, steps)).splitlines()
    assert [line.split()[0] for line in lines if not line.startswith("#")] == [
        "Set-CsAccessEdgeConfiguration",
        "New-CsHostingProvider",
        "New-CsHostingProvider",
        "New-CsHostedVoicemailPolicy",
        "Grant-CsHostedVoicemailPolicy",
        "Move-CsUser",
        "Set-CsUser",
    ]
    assert lines[-1] == (
        "# Run in the Exchange Management Shell: Set-Mailbox -Identity 'anna@contoso.com' "
        "-EmailAddresses @{Remove='EUM:anna@contoso.com;phone-context=dp.contoso.com'}"
    )
    found = rehearse(read_script("\n".join(lines)), current)
    assert not any(step.failed for step in found.steps)
    assert isinstance(route(found.after.subject("anna@contoso.com"), found.after), HostedUm)


def test_11_what_cannot_be_disabled_has_two_other_ways() -> None:
    """CMD-7 refuses in any order; the reason names $null, the service's own setting, and the reading that allows it."""
    current, target = case("11-turn-voice-mail-off")
    with pytest.raises(TargetUnreachable) as caught:
        plan(current, target)
    (reason,) = caught.value.reasons
    for words in ("CMD-7", "$null", "Set-CsOnlineVoicemailUserSettings", "-VoicemailEnabled $False", "ALWAYS_ALLOWED"):
        assert words in reason
    allowed = CmdletReading(disabling=Disabling.ALWAYS_ALLOWED)
    steps = plan(current, target, reading=allowed)
    assert same_deployment(run_plan(current, steps, reading=allowed), target)


def test_15_a_contact_moves_back() -> None:
    """By Move-CsExUmContact alone: it is not removed and made anew."""
    current, target = case("15-contacts-on-2019-pool")
    steps = plan(current, target)
    assert [str(step) for step in steps] == [
        "Move-CsExUmContact -Identity 'sip:aa2019@contoso.com' -Target 'pool2015.contoso.com'"
    ]
    assert same_deployment(run_plan(current, steps), target)


def test_15_the_way_there_is_warned_of() -> None:
    """A move to a pool of 2019 says what is reported of it."""
    current, target = case("15-contacts-on-2019-pool")
    (step,) = plan(target, current)
    assert step.why.startswith("Contacts that move (reported")
    assert "500 and 15000" in step.why
