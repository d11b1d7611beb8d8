"""The values of a command find their parameters by name, by the beginning of one or by position; what does not fit is told."""

from typing import Final

import pytest

from exum_routing.cmdlets import IN_MEMORY, WHAT_IF, Parameter, ParameterType
from exum_routing.interchange.powershell import Boolean, Command, Null, Number, Pipeline, Place, Text, read_script
from exum_routing.rehearsal.binding import BindingError, Bound, Signature, bind
from exum_routing.rehearsal.check import SIGNATURES

SIGNATURE: Final = Signature(
    "Set-Thing",
    (
        Parameter("Second", "second", ParameterType.NULLABLE_TEXT, 1),
        Parameter("Identity", "identity", ParameterType.TEXT, 0),
        Parameter("Flag", "flag", ParameterType.BOOLEAN),
        Parameter("FlagOrNull", "flag_or_null", ParameterType.NULLABLE_BOOLEAN),
        Parameter("Switch", "switch", ParameterType.SWITCH),
        Parameter("Filter", "filter", ParameterType.CONDITION),
        Parameter("Level", "level", ParameterType.VERIFICATION_LEVEL),
        Parameter("Aside", None, ParameterType.NULLABLE_TEXT),
        Parameter("AsideSwitch", None, ParameterType.SWITCH),
        Parameter("Owner", None, ParameterType.NULLABLE_TEXT, refusal="cannot be changed: leave it out"),
        WHAT_IF,
        IN_MEMORY,
    ),
    ("Identity", "Second"),
    "Identity",
)
NO_PIPE: Final = Signature("Get-Thing", (Parameter("Name", "name", ParameterType.TEXT),), (), None)


def command(text: str) -> Command:
    """The only command of a script."""
    (pipeline,) = read_script(text).statements
    assert isinstance(pipeline, Pipeline)
    return pipeline.commands[0]


def bound(arguments: str, *, piped: bool = False) -> Bound:
    """A command of the signature above with these arguments."""
    return bind(command(f"Set-Thing {arguments}"), SIGNATURE, piped=piped)


def faults(arguments: str, signature: Signature = SIGNATURE, *, piped: bool = False) -> list[str]:
    """The faults of a command with these arguments, each behind its column."""
    with pytest.raises(BindingError) as caught:
        bind(command(f"{signature.name} {arguments}"), signature, piped=piped)
    assert {place.line for place, _ in caught.value.faults} == {1}
    return [f"{place.column}: {message}" for place, message in caught.value.faults]


@pytest.mark.parametrize(
    "arguments",
    [
        "-Identity a -Second b",
        "-second b -IDENTITY a",
        "-Id a -Se b",
        "-Id:a -Second:b",
        "a b",
        "a -Second b",
        "-Second b a",
        "b -Identity a",
        "a -Switch b",
        "-Switch a b",
    ],
)
def test_by_name_by_beginning_by_position(arguments: str) -> None:
    """A value is that of the name before it, in any case and cut short, or of the next position that no name has taken."""
    values = bound(arguments).values
    assert (values["identity"], values["second"]) == (Text("a"), Text("b"))


def test_whole_name_is_not_ambiguous() -> None:
    """A whole name means its parameter, though others begin with it."""
    assert bound("a b -Flag $True").values["flag"] == Boolean(value=True)
    assert bound("a b -FlagO $null").values["flag_or_null"] == Null()


def test_what_is_bound_knows_its_place_and_parameters() -> None:
    """What is bound names the place of the command, and the parameter of every argument."""
    found = bind(command("\n  Set-Thing a b -Level x"), SIGNATURE, piped=False)
    assert found.place == Place(2, 3)
    assert {argument: parameter.name for argument, parameter in found.parameters.items()} == {
        "identity": "Identity",
        "second": "Second",
        "level": "Level",
    }


def test_switch_takes_a_value_behind_a_colon_only() -> None:
    """A switch alone is $True; what stands behind it is another parameter's."""
    assert bound("a b -Switch").values["switch"] == Boolean(value=True)
    assert bound("a b -Switch:$False").values["switch"] == Boolean(value=False)
    assert faults("a b -Switch $False") == ["23: a value has no parameter here: name one, or take it out"]


def test_what_is_not_modelled_is_named() -> None:
    """A parameter without bearing on routing is taken with any value, and named as its page spells it."""
    found = bound("a b -AsideS -aside 'x','y'")
    assert found.not_modelled == ("AsideSwitch", "Aside")
    assert set(found.values) == {"identity", "second"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("-WhatIf", [("WhatIf", Boolean(value=True))]),
        ("-wh:$False -InMemory", [("WhatIf", Boolean(value=False)), ("InMemory", Boolean(value=True))]),
        ("-InMemory:0", [("InMemory", Number(0, "0"))]),
        ("", []),
    ],
)
def test_what_if_and_in_memory_are_kept_apart(arguments: str, expected: list[tuple[str, object]]) -> None:
    """-WhatIf and -InMemory are neither passed on nor said to be not modelled."""
    found = bound(f"a b {arguments}")
    assert [(parameter.name, value) for parameter, value in found.dry] == expected
    assert found.not_modelled == ()


@pytest.mark.parametrize("value", ["$True", "$false", "1", "0", "$x", "(Get-CsUser a).EnterpriseVoiceEnabled"])
def test_boolean_takes_constants_one_and_zero_and_what_is_known_later(value: str) -> None:
    """A boolean is $True, $False, 1 or 0; what a variable or a pipeline holds is seen when it runs."""
    assert set(bound(f"a b -Flag {value} -FlagOrNull {value} -Switch:{value}").values) >= {"flag", "flag_or_null", "switch"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("a b -Flag 2", ["15: -Flag takes $True or $False: give one of them"]),
        ("a b -Flag 'True'", ["15: -Flag takes $True or $False: give one of them"]),
        ("a b -Flag $null", ["15: -Flag takes $True or $False: give one of them"]),
        ("a b -FlagOrNull ''", ["15: -FlagOrNull takes $True or $False: give one of them"]),
        ("a b -Switch:$null", ["15: -Switch takes $True or $False: give one of them"]),
        ("a b -AsideSwitch:'x'", ["15: -AsideSwitch takes $True or $False: give one of them"]),
        ("a b -WhatIf:2", ["15: -WhatIf takes $True or $False: give one of them"]),
        ("$null b", ["11: -Identity cannot be $null: give a value"]),
        ("a b -Level $null", ["15: -Level cannot be $null: give a value"]),
        ("a,b c", ["11: -Identity takes one value: give one, or pipe several into the command"]),
        ("a b -Flag $True,$False", ["15: -Flag takes one value: give one, or pipe several into the command"]),
        ("a {$_.A -eq 1}", ["13: -Second takes no script block: give a value"]),
        ("a b -Aside {$_.A -eq 1}", ["15: -Aside takes no script block: give a value"]),
        ("a b -Filter 1", ["15: -Filter takes a condition: give one in braces or quotes"]),
        ("a b -Filter $null", ["15: -Filter takes a condition: give one in braces or quotes"]),
        ("a b -Filter 'A','B'", ["15: -Filter takes a condition: give one in braces or quotes"]),
        ("a b -Filter {Get-CsUser}", ["15: -Filter takes a condition: give one in braces or quotes"]),
        ("a b c", ["15: 'c' has no parameter here: name one, or take it out"]),
        ("a b 7", ["15: a value has no parameter here: name one, or take it out"]),
        ("a b -Fla $True", ["15: -Fla may be -Flag, -FlagOrNull: write the name out"]),
        ("a b -Aside", ["15: -Aside has no value: give one behind it"]),
        ("a b -Aside -Switch", ["15: -Aside has no value: give one behind it"]),
        ("a b -Colour red", ["15: -Colour is not a parameter of Set-Thing: take it out"]),
        ("a b -Colour", ["15: -Colour is not a parameter of Set-Thing: take it out"]),
        ("a b -Colour:red", ["15: -Colour is not a parameter of Set-Thing: take it out"]),
        ("a b -Owner x", ["15: -Owner cannot be changed: leave it out"]),
        ("a b -Flag 1 -flag $True", ["23: -Flag is given twice: keep one"]),
        ("a", ["1: Set-Thing needs -Second: give it"]),
        ("", ["1: Set-Thing needs -Identity: give it", "1: Set-Thing needs -Second: give it"]),
    ],
)
def test_what_does_not_fit_is_told(arguments: str, expected: list[str]) -> None:
    """Every fault names the parameter, what is wrong and what to do, at the argument or the command."""
    assert faults(arguments) == expected


def test_every_fault_is_found_at_once() -> None:
    """One fault does not hide another."""
    assert faults("-Colour red -Fla 1 -Flag 2 -Owner x -Level $null a") == [
        "11: -Colour is not a parameter of Set-Thing: take it out",
        "23: -Fla may be -Flag, -FlagOrNull: write the name out",
        "30: -Flag takes $True or $False: give one of them",
        "38: -Owner cannot be changed: leave it out",
        "47: -Level cannot be $null: give a value",
        "1: Set-Thing needs -Second: give it",
    ]


@pytest.mark.parametrize("value", ["{A -eq 1}", "'A -eq 1'", "$filter", '"A -eq $a"'])
def test_condition_is_in_braces_or_quotes(value: str) -> None:
    """A condition in braces, a text that spells one, or what holds such a text."""
    assert "filter" in bound(f"a b -Filter {value}").values


def test_pipe_gives_the_identity() -> None:
    """What comes down the pipe is the one parameter that is bound to it, which then stands nowhere else."""
    assert set(bound("-Second b", piped=True).values) == {"second"}
    expected = "-Identity is bound to what comes down the pipe: leave it out"
    assert faults("a b", piped=True) == [f"1: {expected}"]
    assert faults("", piped=True) == ["1: Set-Thing needs -Second: give it"]


def test_pipe_into_a_command_that_takes_nothing() -> None:
    """A command to which nothing is bound from the pipe is refused behind one."""
    assert faults("-Name a", NO_PIPE, piped=True) == ["1: Get-Thing takes nothing from the pipe: write it alone"]
    assert bind(command("Get-Thing -Name a"), NO_PIPE, piped=False).values == {"name": Text("a")}


def test_positions_are_those_of_the_pages() -> None:
    """Grant- takes the policy first, then the user, or the policy alone behind a pipe."""
    grant = SIGNATURES["grant-cshostedvoicemailpolicy"]
    alone = bind(command("Grant-CsHostedVoicemailPolicy ExRedmond 'Ken Myer'"), grant, piped=False)
    assert alone.values == {"policy_name": Text("ExRedmond"), "identity": Text("Ken Myer")}
    assert bind(command("Grant-CsHostedVoicemailPolicy ExRedmond"), grant, piped=True).values == {
        "policy_name": Text("ExRedmond")
    }


def test_every_signature_can_be_bound() -> None:
    """Every command's required parameters are parameters of it, and suffice."""
    for signature in SIGNATURES.values():
        names = {parameter.name for parameter in signature.parameters}
        assert set(signature.required) <= names
        given = " ".join(f"-{name} $given" for name in signature.required)
        assert bind(command(f"{signature.name} {given}"), signature, piped=False).not_modelled == ()
