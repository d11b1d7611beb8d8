"""The table of cmdlets: that it agrees with the functions, prefixes of parameters, and which are required."""

import inspect
import types
import typing
from collections.abc import Callable
from typing import Any

import pytest

from exum_routing import PolicyIdentity, VerificationLevel, cmdlets
from exum_routing.cmdlets import CMDLETS, IN_MEMORY, WHAT_IF, Cmdlet, CmdletResult, ParameterType, parameters_named

EVERY = pytest.mark.parametrize("cmdlet", CMDLETS.values(), ids=lambda cmdlet: cmdlet.name)
TAKES: dict[ParameterType, set[Any]] = {
    ParameterType.TEXT: {str},
    ParameterType.NULLABLE_TEXT: {str, type(None)},
    ParameterType.BOOLEAN: {bool},
    ParameterType.NULLABLE_BOOLEAN: {bool, type(None)},
    ParameterType.SWITCH: {bool},
    ParameterType.VERIFICATION_LEVEL: {VerificationLevel},
}
"""What an argument of our functions has to accept for a parameter of each type."""


def function_of(cmdlet: Cmdlet) -> Callable[..., CmdletResult]:
    """The function of a cmdlet that can be rehearsed."""
    assert cmdlet.function is not None
    return cmdlet.function


def arguments(cmdlet: Cmdlet) -> dict[str, inspect.Parameter]:
    """The arguments of our function that a script may give."""
    given = dict(inspect.signature(function_of(cmdlet)).parameters)
    given.pop("view")
    return given


def accepted(annotation: Any) -> set[Any]:
    """The types that an argument accepts."""
    return set(typing.get_args(annotation)) if isinstance(annotation, types.UnionType) else {annotation}


def names(cmdlet: str, spelled: str) -> list[str]:
    """The names of the parameters that a spelling fits."""
    return [parameter.name for parameter in parameters_named(CMDLETS[cmdlet.lower()].parameters, spelled)]


def test_every_cmdlet_of_the_library_is_there() -> None:
    """Each function named after a cmdlet has one entry, under the cmdlet's name in lower case."""
    functions = {name for name in cmdlets.__all__ if "_cs_" in name}
    assert {function_of(cmdlet).__name__ for cmdlet in CMDLETS.values()} == functions
    assert len(CMDLETS) == len(functions)


@EVERY
def test_a_function_is_named_after_its_cmdlet(cmdlet: Cmdlet) -> None:
    """The name in snake case, hyphen and all."""
    assert CMDLETS[cmdlet.name.lower()] is cmdlet
    assert function_of(cmdlet).__name__.replace("_", "") == cmdlet.name.replace("-", "").lower()
    assert getattr(cmdlets, function_of(cmdlet).__name__) is cmdlet.function


@EVERY
def test_parameters_are_the_arguments(cmdlet: Cmdlet) -> None:
    """Every argument of the function has one parameter, which has its name, and the other way round."""
    passed_on = {parameter.argument: parameter.name for parameter in cmdlet.parameters if parameter.argument is not None}
    assert set(passed_on) == set(arguments(cmdlet))
    assert len(passed_on) == sum(parameter.argument is not None for parameter in cmdlet.parameters)
    assert {argument.replace("_", "") for argument in passed_on} == {name.lower() for name in passed_on.values()}


@EVERY
def test_parameters_have_the_types_of_the_arguments(cmdlet: Cmdlet) -> None:
    """What a parameter takes, its argument accepts; $null where the argument accepts None, unless that only means not given."""
    for parameter in cmdlet.parameters:
        if parameter.argument is not None and parameter.type is not ParameterType.CONDITION:
            argument = arguments(cmdlet)[parameter.argument]
            accepts = accepted(argument.annotation)
            assert TAKES[parameter.type] <= accepts
            left_out = argument.default is None and parameter.type is ParameterType.TEXT
            assert (accepts - TAKES[parameter.type]) <= {cmdlets.NotGiven, PolicyIdentity, *([type(None)] if left_out else [])}


@EVERY
def test_names_are_distinct_and_positions_count_from_0(cmdlet: Cmdlet) -> None:
    """No two parameters have a name in common; those without a name come one after another."""
    spelled = [parameter.name.lower() for parameter in cmdlet.parameters]
    assert len(set(spelled)) == len(spelled)
    positions = sorted(parameter.position for parameter in cmdlet.parameters if parameter.position is not None)
    assert positions == list(range(len(positions)))


@EVERY
def test_a_parameter_that_is_refused_is_not_passed_on(cmdlet: Cmdlet) -> None:
    """It has a reason, and what to do instead."""
    for parameter in cmdlet.parameters:
        if parameter.refusal is not None:
            assert parameter.argument is None
            assert ": " in parameter.refusal


@EVERY
def test_what_changes_can_be_tried(cmdlet: Cmdlet) -> None:
    """Every cmdlet that administers has WhatIf, and a New- one for a policy or provider InMemory."""
    assert (WHAT_IF in cmdlet.parameters) is not cmdlet.name.startswith(("Get-", "Invoke-", "Export-"))
    in_memory = cmdlet.name in {"New-CsHostedVoicemailPolicy", "New-CsHostingProvider"}
    assert (IN_MEMORY in cmdlet.parameters) is in_memory


@pytest.mark.parametrize(
    ("cmdlet", "spelled", "wanted"),
    [
        ("Set-CsUser", "HostedVoiceMail", ["HostedVoiceMail"]),
        ("Set-CsUser", "hosted", ["HostedVoiceMail"]),
        ("Set-CsUser", "ENTERPRISE", ["EnterpriseVoiceEnabled"]),
        ("Set-CsUser", "Enabled", ["Enabled"]),
        ("Set-CsUser", "Destination", []),
        ("New-CsHostingProvider", "Enabled", ["Enabled"]),
        ("New-CsHostingProvider", "Enable", ["Enabled", "EnabledSharedAddressSpace"]),
        ("New-CsHostingProvider", "EnabledS", ["EnabledSharedAddressSpace"]),
        ("Set-CsHostingProvider", "proxy", ["ProxyFqdn"]),
        ("Grant-CsHostedVoicemailPolicy", "P", ["PolicyName", "PassThru", "PipelineVariable"]),
        ("Grant-CsHostedVoicemailPolicy", "Po", ["PolicyName"]),
        ("Set-CsAccessEdgeConfiguration", "UseD", ["UseDnsSrvRouting", "UseDefaultRouting"]),
    ],
)
def test_prefixes(cmdlet: str, spelled: str, wanted: list[str]) -> None:
    """The beginning of a name fits each parameter that begins so, in any case; a whole name fits one alone."""
    assert names(cmdlet, spelled) == wanted


@pytest.mark.parametrize(
    ("cmdlet", "wanted"),
    [
        ("New-CsHostedVoicemailPolicy", ("Identity",)),
        ("Set-CsHostedVoicemailPolicy", ()),
        ("Get-CsHostedVoicemailPolicy", ()),
        ("Grant-CsHostedVoicemailPolicy", ("PolicyName", "Identity")),
        ("Remove-CsHostedVoicemailPolicy", ("Identity",)),
        ("Set-CsUser", ("Identity",)),
        ("Get-CsEffectivePolicy", ("Identity",)),
        ("New-CsHostingProvider", ("Identity", "ProxyFqdn", "Enabled")),
        ("Set-CsAccessEdgeConfiguration", ()),
        ("Get-CsAccessEdgeConfiguration", ()),
        ("New-CsExUmContact", ("SipAddress", "RegistrarPool", "DisplayNumber", "OU")),
        ("Move-CsExUmContact", ("Identity", "Target")),
        ("Move-CsUser", ("Identity", "Target")),
        ("Set-CsExUmContact", ("Identity",)),
    ],
)
def test_required(cmdlet: str, wanted: tuple[str, ...]) -> None:
    """What our function has no default for."""
    assert CMDLETS[cmdlet.lower()].required == wanted


@EVERY
def test_required_is_what_the_function_requires(cmdlet: Cmdlet) -> None:
    """For every cmdlet, as its signature says."""
    needed = [name for name, argument in arguments(cmdlet).items() if argument.default is inspect.Parameter.empty]
    of_argument = {parameter.argument: parameter.name for parameter in cmdlet.parameters}
    assert sorted(cmdlet.required) == sorted(of_argument[name] for name in needed)
