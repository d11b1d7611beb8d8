"""Long sequences of cmdlets against the naive model; and that the comparison finds what is wrong."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from cmdlet_machine import CmdletMachine
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from exum_routing import User, cmdlets
from exum_routing.cmdlets import Change, CmdletResult, View

TestCmdlets = CmdletMachine.TestCase
TestCmdlets.settings = settings(stateful_step_count=70)
TestCmdlets.__doc__ = "The library and the model agree on every step of every sequence."


def and_clears(change: Change) -> tuple[Change, ...]:
    """The change, and another user's attribute cleared with it."""
    other = User(sip_address="roy@litwareinc.com")
    return change, attrs.evolve(change, key=other.sip_address, value=other)


def allowed(cmdlet: Callable[..., CmdletResult]) -> Callable[..., CmdletResult]:
    """Set-CsUser that disables whatever policy applies."""
    reading = cmdlets.CmdletReading(disabling=cmdlets.Disabling.ALWAYS_ALLOWED)
    return lambda view, **given: cmdlet(view.under(reading), **given)


def changing(changes: Callable[[Change], tuple[Change, ...]]) -> Callable[[Callable[..., CmdletResult]], Any]:
    """A cmdlet whose first change becomes others."""

    def made(cmdlet: Callable[..., CmdletResult]) -> Callable[..., CmdletResult]:
        def wrong(view: View, **given: Any) -> CmdletResult:
            result = cmdlet(view, **given)
            return attrs.evolve(result, changes=tuple(new for change in result.changes for new in changes(change)))

        return wrong

    return made


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("set_cs_user", allowed),
        ("set_cs_user", changing(and_clears)),
        ("remove_cs_hosted_voicemail_policy", changing(lambda change: (attrs.evolve(change, value=None),))),
        ("new_cs_hosting_provider", changing(lambda _: ())),
        ("grant_cs_hosted_voicemail_policy", lambda cmdlet: lambda view, **given: cmdlet(view, **given | {"pass_thru": True})),
    ],
    ids=["disables", "changes another", "removes the global policy", "does nothing", "prints"],
)
def test_a_wrong_cmdlet_is_found(monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., Any]) -> None:
    """The machine fails where a cmdlet is not as the clauses say."""
    monkeypatch.setattr(cmdlets, name, broken(getattr(cmdlets, name)))
    few = settings(max_examples=200, phases=(Phase.generate,), database=None, derandomize=True, deadline=None)
    with pytest.raises((AssertionError, StopIteration, ValueError)):
        run_state_machine_as_test(CmdletMachine, settings=few)
