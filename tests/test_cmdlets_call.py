"""A call of a cmdlet: what it takes, what it does, and its line in a script."""

import pytest

from exum_routing import Deployment, VerificationLevel
from exum_routing.cmdlets import ELSEWHERE, Cmdlet, CmdletCall, CmdletRefused, ParametersExclude, View

PROVIDER = "Cloud Voicemail"


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (
            CmdletCall.named(
                "set-cshostingprovider", identity=PROVIDER, verification_level=VerificationLevel.ALWAYS_VERIFIABLE
            ),
            "Set-CsHostingProvider -Identity 'Cloud Voicemail' -VerificationLevel 'AlwaysVerifiable'",
        ),
        (
            CmdletCall.named("Set-CsUser", identity="$(a)", hosted_voice_mail=None),
            "Set-CsUser -Identity '$(a)' -HostedVoiceMail $null",
        ),
        (
            CmdletCall.named("Import-CsConfiguration", local_store=True, file_name="Edge.zip"),
            "Import-CsConfiguration -LocalStore -FileName 'Edge.zip'",
        ),
        (CmdletCall.named("Invoke-CsManagementStoreReplication"), "Invoke-CsManagementStoreReplication"),
    ],
)
def test_the_line_of_a_call(call: CmdletCall, line: str) -> None:
    """Texts are quoted, a switch has no value, and a command that runs elsewhere is written too."""
    assert str(call) == line


@pytest.mark.parametrize("name", ["destination", "view", "Identity"])
def test_an_argument_that_the_cmdlet_does_not_have(name: str) -> None:
    """It is refused when the call is made."""
    with pytest.raises(ParametersExclude, match=f"'{name}' is not a parameter of Set-CsUser: leave it out"):
        CmdletCall.named("Set-CsUser", identity="alice@contoso.com", **{name: "x"})


def test_a_required_argument_that_is_missing() -> None:
    """It is refused when the call is made."""
    with pytest.raises(ParametersExclude, match="'ProxyFqdn' is missing"):
        CmdletCall.named("New-CsHostingProvider", identity=PROVIDER)


@pytest.mark.parametrize("cmdlet", ELSEWHERE.values(), ids=lambda cmdlet: cmdlet.name)
def test_a_command_that_runs_elsewhere(cmdlet: Cmdlet) -> None:
    """It is refused on a deployment."""
    call = CmdletCall(cmdlet, tuple((name.lower(), "um01.contoso.com") for name in cmdlet.required))
    with pytest.raises(CmdletRefused, match=f"'{cmdlet.name}' cannot be run on a deployment"):
        call.run(View(Deployment()))


def test_a_cmdlet_that_does_not_exist() -> None:
    """The table does not have it."""
    with pytest.raises(KeyError):
        CmdletCall.named("Set-CsNothing")
