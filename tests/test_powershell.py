"""PowerShell scripts: what is read as what, what is refused and where, and how long it takes."""

import pickle
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exum_routing import ExumRoutingError
from exum_routing.cmdlets import quote
from exum_routing.interchange.powershell import (
    And,
    ArrayOf,
    Assignment,
    Boolean,
    Command,
    Comparison,
    Concatenation,
    Condition,
    Expression,
    ForEach,
    Interpolated,
    IsTrue,
    Not,
    Null,
    Number,
    Or,
    Parameter,
    Pipeline,
    Place,
    Positional,
    Property,
    Script,
    ScriptBlock,
    ScriptError,
    Statement,
    SubPipeline,
    Text,
    Variable,
    read_filter,
    read_script,
)
from exum_routing.interchange.powershell.conditions import OPERATORS
from exum_routing.interchange.powershell.refusals import NOT_READ
from exum_routing.interchange.powershell.syntax import Argument

IT = Variable("_")
SOUND_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]))


def statement(script: str) -> Statement:
    """The only statement of a script."""
    (found,) = read_script(script).statements
    return found


def commands(script: str) -> tuple[Command, ...]:
    """The commands of the only pipeline of a script."""
    found = statement(script)
    assert isinstance(found, Pipeline)
    return found.commands


def arguments(text: str) -> tuple[Argument, ...]:
    """The arguments of a command that has this text for them."""
    (command,) = commands(f"Get-X {text}")
    return command.arguments


def value(text: str) -> Expression | ScriptBlock:
    """The only value of a command that has this text for it."""
    (argument,) = arguments(text)
    assert isinstance(argument, Positional)
    return argument.value


def condition(text: str) -> Condition | ForEach:
    """What braces with this text hold."""
    block = value(f"{{{text}}}")
    assert isinstance(block, ScriptBlock)
    return block.content


def call(name: str, *given: Argument) -> SubPipeline:
    """The value of one command."""
    return SubPipeline(Pipeline(None, (Command(name, given),)))


def refusals(script: str | bytes) -> list[str]:
    """The faults of a script, each as a line."""
    with pytest.raises(ScriptError) as caught:
        read_script(script)
    lines = str(caught.value).split("\n")
    assert [str(fault) for fault in caught.value.faults] == lines
    return lines


def prop(name: str) -> Property:
    """A property of the object that came down the pipe."""
    return Property(IT, name)


EXPRESSIONS: dict[str, Expression] = {
    "exap.um.outlook.com": Text("exap.um.outlook.com"),
    "site:Redmond": Text("site:Redmond"),
    "tag:*": Text("tag:*"),
    "tag*": Text("tag*"),
    "*": Text("*"),
    "sip:alice@contoso.com": Text("sip:alice@contoso.com"),
    "+14255550100": Text("+14255550100"),
    "10.0.0.1": Text("10.0.0.1"),
    "1.example.com": Text("1.example.com"),
    "a–b": Text("a–b"),
    "Zoë日本😀": Text("Zoë日本😀"),
    r"litwareinc\kenmyer": Text(r"litwareinc\kenmyer"),
    "a#b": Text("a#b"),
    "if": Text("if"),
    "'it''s'": Text("it's"),
    "''": Text(""),
    "'$x `n \"'": Text('$x `n "'),
    "'a\nb'": Text("a\nb"),
    "‘Pilar Ackerman’": Text("Pilar Ackerman"),
    "'it’’s ‚‛'": Text("it’s ‛"),
    '"a""b"': Text('a"b'),
    '"a”“b"': Text("a“b"),
    "“Pilar Ackerman„": Text("Pilar Ackerman"),
    '""': Text(""),
    '"#$ $"': Text("#$ $"),
    '"`$x `" `` `a`b`f`n`r`t`v`0 `e`q`“"': Text('$x " ` \a\b\f\n\r\t\v\0 eq“'),
    '"`\n"': Text("\n"),
    "'a, b' # 'c": Text("a, b"),
    '"a, b"': Text("a, b"),
    "@'\nit''s $x “`n\n'@": Text("it''s $x “`n"),
    "@'\r\na\r\nb\r\n'@": Text("a\r\nb"),
    "@‘ \nb\n\n’@": Text("b\n"),
    '@"\na "" `$ “`t\n"@': Text('a "" $ “\t'),
    '@"\n\n"@': Text(""),
    '@"\nto $x!\n"@': Interpolated((Text("to "), Variable("x"), Text("!"))),
    "12": Number(12, "12"),
    "007": Number(7, "007"),
    "14255550100": Number(14255550100, "14255550100"),
    "9" * 18: Number(10**18 - 1, "9" * 18),
    "$true": Boolean(value=True),
    "$False": Boolean(value=False),
    "${TRUE}": Boolean(value=True),
    "$NULL": Null(),
    "$policy": Variable("policy"),
    "${a b}": Variable("a b"),
    "$größe": Variable("größe"),
    "$_": IT,
    '"$x"': Interpolated((Variable("x"),)),
    '"$x,corp3.contoso.com"': Interpolated((Variable("x"), Text(",corp3.contoso.com"))),
    '"$größe→"': Interpolated((Variable("größe"), Text("→"))),
    '"$x😀"': Interpolated((Variable("x"), Text("😀"))),
    '"${x}y$true"': Interpolated((Variable("x"), Text("y"), Boolean(value=True))),
    '"a""$x`$"': Interpolated((Text('a"'), Variable("x"), Text("$"))),
    '"$p.Organization"': Interpolated((Variable("p"), Text(".Organization"))),
    '"$($p.Organization), b"': Interpolated((Property(Variable("p"), "Organization"), Text(", b"))),
    '"$((Get-X "a").B)"': Interpolated((Property(call("Get-X", Positional(Text("a"))), "B"),)),
    '"$(Get-X)"': Interpolated((call("Get-X"),)),
    "$policy.Organization": Property(Variable("policy"), "Organization"),
    "$a.b.c": Property(Property(Variable("a"), "b"), "c"),
    "(Get-X -Identity Global).Organization": Property(
        call("Get-X", Parameter("Identity"), Positional(Text("Global"))), "Organization"
    ),
    "(Get-X)": call("Get-X"),
    "(\nGet-X\n)": call("Get-X"),
    '("a")': Text("a"),
    "($a | Get-X)": SubPipeline(Pipeline(Variable("a"), (Command("Get-X"),))),
    '"a","b"': ArrayOf((Text("a"), Text("b"))),
    '"a",\n "b", $c': ArrayOf((Text("a"), Text("b"), Variable("c"))),
    "DisplayName, SipAddress,tag*": ArrayOf((Text("DisplayName"), Text("SipAddress"), Text("tag*"))),
    "Zoë, Ärzte": ArrayOf((Text("Zoë"), Text("Ärzte"))),
    "1, 2": ArrayOf((Number(1, "1"), Number(2, "2"))),
    '("a" + $b)': Concatenation((Text("a"), Variable("b"))),
    '("a" + "b" + 1 + $c.D)': Concatenation((Text("a"), Text("b"), Number(1, "1"), Property(Variable("c"), "D"))),
    '("a" + ("b" + $c))': Concatenation((Text("a"), Concatenation((Text("b"), Variable("c"))))),
    '("a" + # or b\n "c")': Concatenation((Text("a"), Text("c"))),
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_expressions(text: str) -> None:
    """Each way to spell a value."""
    assert value(text) == EXPRESSIONS[text]


STATEMENTS: dict[str, tuple[Statement, ...]] = {
    "": (),
    "\n ;;\n# nothing\n<# nothing\nat all #>": (),
    "$a = 'x'; $a += \"y\"": (Assignment("a", "=", Text("x")), Assignment("a", "+=", Text("y"))),
    "${a b}=Get-X": (Assignment("a b", "=", call("Get-X")),),
    "$a = Get-X | Get-Y": (Assignment("a", "=", SubPipeline(Pipeline(None, (Command("Get-X"), Command("Get-Y"))))),),
    "$a": (Pipeline(Variable("a")),),
    "'a','b' | Get-X": (Pipeline(ArrayOf((Text("a"), Text("b"))), (Command("Get-X"),)),),
    "Get-X |\n Get-Y | # c\n Get-Z": (Pipeline(None, (Command("Get-X"), Command("Get-Y"), Command("Get-Z"))),),
    "Get-X\r\nGet-Y\rGet-Z": (
        Pipeline(None, (Command("Get-X"),)),
        Pipeline(None, (Command("Get-Y"),)),
        Pipeline(None, (Command("Get-Z"),)),
    ),
    "Get–X": (Pipeline(None, (Command("Get-X"),)),),
    r".\mend.ps1": (Pipeline(None, (Command(r".\mend.ps1"),)),),
}


@pytest.mark.parametrize("text", STATEMENTS)
def test_statements(text: str) -> None:
    """Assignments, pipelines, and what separates them."""
    assert read_script(text) == Script(STATEMENTS[text])


ARGUMENTS: dict[str, tuple[Argument, ...]] = {
    "": (),
    "-Force": (Parameter("Force"),),
    "-Force:$false": (Parameter("Force", Boolean(value=False)),),
    "-Force: $false -x": (Parameter("Force", Boolean(value=False)), Parameter("x")),
    "-Filter:{A -eq 1}": (Parameter("Filter", ScriptBlock(Comparison("eq", prop("A"), Number(1, "1")))),),
    "–Identity user –HostedVoicemail $null": (
        Parameter("Identity"),
        Positional(Text("user")),
        Parameter("HostedVoicemail"),
        Positional(Null()),
    ),
    "—a ―b\u00a0c": (Parameter("a"), Parameter("b"), Positional(Text("c"))),
    "a `\n -B `\r\n  c": (Positional(Text("a")), Parameter("B"), Positional(Text("c"))),
    "-a <# : #> b # -c": (Parameter("a"), Positional(Text("b"))),
    "'`\n\n' # `\n\n": (Positional(Text("`\n\n")),),
    "-a :b": (Parameter("a"), Positional(Text(":b"))),
}


@pytest.mark.parametrize("text", ARGUMENTS)
def test_arguments(text: str) -> None:
    """Parameters and values as a flat sequence: only a colon binds them."""
    assert arguments(text) == ARGUMENTS[text]


A_IS_1 = Comparison("eq", prop("A"), Number(1, "1"))
B_IS_X = Comparison("like", prop("B"), Text("x*"))

CONDITIONS: dict[str, Condition | ForEach] = {
    "$_.A -eq 1": A_IS_1,
    "\n$_.A –EQ 1\n# c\n": A_IS_1,
    "$_.A -eq 1 -and $_.B -Like 'x*'": And((A_IS_1, B_IS_X)),
    "$_.A -eq 1 -and $_.B -like 'x*' -and $_.A -eq 1": And((A_IS_1, B_IS_X, A_IS_1)),
    "$_.A -eq 1 -or $_.B -like 'x*' -and $_.A -eq 1": And((Or((A_IS_1, B_IS_X)), A_IS_1)),
    "$_.A -eq 1 -or ($_.B -like 'x*' -and $_.A -eq 1)": Or((A_IS_1, And((B_IS_X, A_IS_1)))),
    "-not ($_.A -eq 1)": Not(A_IS_1),
    "!$_.A": Not(IsTrue(prop("A"))),
    "-not !$_.A": Not(Not(IsTrue(prop("A")))),
    "$_.A": IsTrue(prop("A")),
    "(Get-X)": IsTrue(call("Get-X")),
    "(Get-X).A -eq $_.A": Comparison("eq", Property(call("Get-X"), "A"), prop("A")),
    "($_.A) -ne ('a' + $b)": Comparison("ne", prop("A"), Concatenation((Text("a"), Variable("b")))),
    "A -eq 1": A_IS_1,
    "A -eq 1 -and B -like 'x*' -and A -eq 1": And((A_IS_1, B_IS_X, A_IS_1)),
    "A -eq 1 -or B -like 'x*'": Or((A_IS_1, B_IS_X)),
    "(A -eq 1) -and (B -like 'x*')": And((A_IS_1, B_IS_X)),
    "A -eq 1 -and (B -like 'x*' -or A -eq 1)": And((A_IS_1, Or((B_IS_X, A_IS_1)))),
    "A -eq 1 -and -not (B -like 'x*') -and A -eq 1": And((A_IS_1, Not(B_IS_X), A_IS_1)),
    "-not (A -eq 1)": Not(A_IS_1),
    "Set-X -Identity $_.Sip": ForEach((Pipeline(None, (Command("Set-X", (Parameter("Identity"), Positional(prop("Sip")))),)),)),
    "$_ | Set-X": ForEach((Pipeline(IT, (Command("Set-X"),)),)),
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_script_blocks(text: str) -> None:
    """Conditions with $_ and with bare names, and pipelines to run."""
    assert condition(text) == CONDITIONS[text]


@pytest.mark.parametrize(("spelled", "meant"), OPERATORS.items())
def test_comparisons(spelled: str, meant: str) -> None:
    """Each comparison, with and without the i that says what goes without saying."""
    assert condition(f"$_.A -{spelled} 1") == Comparison(meant, prop("A"), Number(1, "1"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Where-Object {$_.A -eq 1}", A_IS_1),
        ("where {$_.A -eq 1}", A_IS_1),
        ("? {$_.A -eq 1}", A_IS_1),
        ("Where-Object -FilterScript {$_.A -eq 1}", A_IS_1),
        ("Where-Object -Filter:{$_.A -eq 1}", A_IS_1),
        ("WHERE-OBJECT A -EQ 1", A_IS_1),
        ("? A", IsTrue(prop("A"))),
    ],
)
def test_where_object_has_one_form(text: str, held: Condition) -> None:
    """However it is spelled, Where-Object has one script block with a condition."""
    (_, where) = commands(f"Get-X | {text}")
    assert where.arguments == (Positional(ScriptBlock(held)),)


@pytest.mark.parametrize("name", ["ForEach-Object", "foreach", "%"])
def test_for_each_object(name: str) -> None:
    """ForEach-Object has a pipeline to run; inside it a bare name is no property."""
    (_, each) = commands(f"Get-X | {name} {{A -eq 1}}")
    pipeline = Pipeline(None, (Command("A", (Parameter("eq"), Positional(Number(1, "1")))),))
    assert each == Command(name, (Positional(ScriptBlock(ForEach((pipeline,)))),))


@pytest.mark.parametrize("text", ["%{A $_;B}", "% {A $_; B}", "foreach {\n  # first\n  A $_\n  B\n}"])
def test_several_pipelines_in_braces(text: str) -> None:
    """Braces may stand against the command's name, and hold several pipelines, on a line or on several."""
    (_, each) = commands(f"Get-X | {text}")
    pipelines = (Pipeline(None, (Command("A", (Positional(Variable("_")),)),)), Pipeline(None, (Command("B"),)))
    assert each.arguments == (Positional(ScriptBlock(ForEach(pipelines))),)


def test_filter_of_a_command_within_for_each_object() -> None:
    """What a bare name means depends on the innermost command."""
    (_, _, last) = commands("Get-X | % {Get-X -Filter {A -eq 1}} | Get-X -Filter {A -eq 1}")
    assert last.arguments[1] == Positional(ScriptBlock(A_IS_1))


PUBLISHED = [
    'Set-CsUser -Identity "Pilar Ackerman" -HostedVoiceMail $True',
    'Set-CsUser -Identity "Pilar Ackerman" -HostedVoiceMail $False',
    "Set-CsUser –identity user –HostedVoicemail $null",
    "Export-CsConfiguration -FileName ConfigurationFilePath.zip",
    "Get-CsHostedVoicemailPolicy -Filter tag:*",
    "Get-CsHostedVoicemailPolicy -Filter tag* | Remove-CsHostedVoicemailPolicy",
    "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -AllowFederatedUsers 1 -EnablePartnerDiscovery 0",
    "Set-CsAccessEdgeConfiguration -AllowFederatedUsers $True",
    (
        'New-CsHostingProvider -Identity "Exchange Online" -Enabled $True -EnabledSharedAddressSpace $True '
        '-HostsOCSUsers $False -ProxyFqdn "exap.um.outlook.com" -IsLocal $False -VerificationLevel UseSourceVerification'
    ),
    "Set-CsHostedVoicemailPolicy -Identity Global -Destination exap.um.outlook.com -Organization contoso.onmicrosoft.com",
    'New-CsHostedVoicemailPolicy -Identity ExRedmond -Organization "corp1.litwareinc.com, corp2.litwareinc.com"',
    (
        '$a = (Get-CsHostedVoicemailPolicy -Identity ExRedmond).Organization\n\n$a += ",corp3.litwareinc.com"\n\n'
        "Set-CsHostedVoicemailPolicy -Identity ExRedmond -Organization $a"
    ),
    'Grant-CsHostedVoicemailPolicy -Identity "Ken Myer" -PolicyName "Tag:CloudVoiceMailUsers"',
    'Grant-CsHostedVoicemailPolicy -Identity "Ken Myer" -PolicyName $null',
    'Get-CsUser -OU "ou=Finance,ou=North America,dc=litwareinc,dc=com" | Grant-CsHostedVoicemailPolicy -PolicyName ExRedmond',
    'Get-CsUser "Ken Myer" | Select-Object HostedVoicemailPolicy',
    "Get-CsUser | Format-Table -Property DisplayName, SipAddress, EnterpriseVoiceEnabled -AutoSize",
    "Get-CsUser -Filter {EnterpriseVoiceEnabled -eq $True}",
    (
        "Get-CsHostingProvider | Where-Object {$_.EnabledSharedAddressSpace -eq $True -and $_.HostsOCSUsers -eq $True} | "
        "Set-CsHostingProvider -EnabledSharedAddressSpace $False -HostsOCSUsers $False"
    ),
    "Get-CsHostingProvider -LocalStore",
    "Get-CsHostingProvider | Select-Object *",
    "Get-CsExUmContact -Identity sip:exumsa4@fabrikam.com | Set-CsExUmContact -AutoAttendant $True",
    (
        'Set-CsExUmContact -Identity "CN={1bf6208d-2847-45d0-828f-636f14da858b},OU=ExUmContacts,DC=litwareinc,DC=com" '
        "-AutoAttendant $True"
    ),
    "Get-CsManagementStoreReplicationStatus",
    "Invoke-CsManagementStoreReplication",
]


@pytest.mark.parametrize("script", PUBLISHED)
def test_published_commands_are_read(script: str) -> None:
    """The commands that Microsoft publishes are read; each statement has the commands that its text names."""
    read = read_script(script).statements
    assert len(read) == len([line for line in script.split("\n") if line])
    assert repr(read).count("Command(name='") == script.count("-Cs") + script.count("-Object") + script.count("-Table")


@pytest.mark.parametrize(
    "script",
    [
        b"Get-X 'Zo\xc3\xab'",
        b"\xef\xbb\xbfGet-X 'Zo\xc3\xab'",
        "Get-X 'Zoë'".encode("utf-16"),
        b"\xfe\xff" + "Get-X 'Zoë'".encode("utf-16-be"),
        "\ufeffGet-X 'Zoë'",
    ],
)
def test_encodings(script: str | bytes) -> None:
    """Text, UTF-8, and UTF-16 with a byte-order mark, say the same."""
    assert read_script(script) == read_script("Get-X Zoë")


class TestPlaces:
    """Where things stand; it does not count when two are compared."""

    def test_columns_count_characters(self) -> None:
        """A character beyond ASCII and a tab are one column each; lines end as PowerShell has it."""
        last = read_script("'😀'\r\n\rGet-X\n\t'Zoë–“' | Get-X –Identity $zoë.A").statements[-1]
        assert isinstance(last, Pipeline)
        name, user = last.commands[0].arguments
        assert last.source is not None
        assert isinstance(user, Positional)
        assert isinstance(user.value, Property)
        places = [last.place, last.source.place, last.commands[0].place, name.place, user.place, user.value.owner.place]
        assert list(map(str, places)) == [f"line 4, column {column}" for column in (2, 2, 12, 18, 28, 28)]

    def test_items_and_parts_have_their_own(self) -> None:
        """Each item of a list of words, and each part of a text."""
        words, text = (argument.value for argument in arguments('a,  b "x $y z"') if isinstance(argument, Positional))
        assert isinstance(words, ArrayOf)
        assert isinstance(text, Interpolated)
        assert [item.place.column for item in (*words.items, *text.parts)] == [7, 11, 14, 16, 18]

    def test_conditions_have_theirs(self) -> None:
        """A condition stands where its left value begins, -not where it is spelled."""
        content = condition("$_.A -eq 1 -and -not ($_.B)")
        assert isinstance(content, And)
        assert [content.place.column, *(one.place.column for one in content.conditions)] == [8, 8, 24]

    def test_equality_is_blind_to_places(self) -> None:
        """The same in another place is equal, hashes equally, and is copied with its place."""
        first, second = read_script("Get-X a"), read_script("\n  Get-X a")
        assert first == second
        assert hash(first) == hash(second)
        assert pickle.loads(pickle.dumps(second)).statements[0].place == Place(2, 3)  # noqa: S301 - ours


REFUSED: dict[str, list[str]] = {
    # what PowerShell reads and this library does not
    "class A {}": ["line 1, column 1: 'class A {}' is not read"],
    "do {X} while ($a)": ["line 1, column 1: 'do {X} while ($a)' is not read"],
    "enum A {B}": ["line 1, column 1: 'enum A {B}' is not read"],
    "return Get-X": ["line 1, column 1: 'return Get-X' is not read"],
    "for ($i = 0; $i -lt 1; $i++) {X}": ["line 1, column 1: 'for ("],
    "foreach ($a in $b) {X}": ["line 1, column 1: 'foreach ($a in $b) {X}' is not read: pipe the objects"],
    "function f {X}": ["line 1, column 1: 'function f {X}' is a function"],
    "if ($a) {X} else {Y}": ["line 1, column 1: 'if ($a) {X} else {Y}' is not read: keep the commands"],
    "param($a)\nGet-X": ["line 1, column 1: 'param($a)' is not read: assign"],
    "switch ($a) {1 {X}}": ["line 1, column 1: 'switch ("],
    "trap {X}": ["line 1, column 1: 'trap {X}' is not read"],
    "try {X} catch {Y}": ["line 1, column 1: 'try {X} catch {Y}' is not read"],
    "while ($a) {X}": ["line 1, column 1: 'while ($a) {X}' is not read"],
    "data {'a'}": ["line 1, column 1: \"data {'a'}\" is not read"],
    "$a = if ($b) {X}": ["line 1, column 6: 'if ($b) {X}' is not read: keep"],
    "X || Y": ["line 1, column 3: '||' is not read: write the commands"],
    "& X": ["line 1, column 1: '&' is not read: write the command's name"],
    ". X": ["line 1, column 1: '.' is not read: write the command's name"],
    "X > y": ["line 1, column 3: '> y' redirects output"],
    "X --% y": ["line 1, column 3: '--% y' is not read: write the arguments"],
    "X @y": ["line 1, column 3: '@y' is splatted"],
    "X @('y')": ["""line 1, column 3: "@('y')" is not read: write the items"""],
    "X @{y=1}": ["line 1, column 3: '@{y=1}' is a hashtable"],
    "X [int]5": ["line 1, column 3: '[int]5' is a type cast"],
    "X [string]": ["line 1, column 3: '[string]' is a type, "],
    "X $y[0]": ["line 1, column 3: '$y[0]' takes an item"],
    "X $y.Trim()": ["line 1, column 10: '()' calls a method"],
    "X (Y).Z()": ["line 1, column 8: '()' calls a method"],
    "X $(Y)": ["line 1, column 3: '$(Y)' is not read outside double quotes"],
    "X -5": ["line 1, column 3: '-5' begins with an operator"],
    "X 'a' , 'b'": ["""line 1, column 7: ", 'b'" begins with an operator"""],
    "X (1..3)": ["line 1, column 4: '1..3' is no name"],
    "X ($a..$b)": ["line 1, column 4: '$a..$b' is a range"],
    "('a').Trim()": ["""line 1, column 1: "('a').Trim()" calls a method"""],
    "X ('a' -f 1)": ["""line 1, column 4: "'a' -f 1" formats"""],
    "X (2 * 3)": ["line 1, column 4: '2 * 3' is arithmetic, which is not read: write the result"],
    "X ('a' - 'b')": ["""line 1, column 4: "'a' - 'b'" is arithmetic"""],
    "X (1 + 2)": ["line 1, column 4: '1 + 2' is arithmetic"],
    "X ($null + 'a')": ["line 1, column 4: \"$null + 'a'\" is arithmetic"],
    "X ($a -eq 1)": ["line 1, column 4: '$a -eq 1' is a comparison"],
    "X ($a -and $b)": ["line 1, column 4: '$a -and $b' is a condition"],
    "X (Y -a b; Z)": ["line 1, column 12: 'Z)' is no PowerShell here"],
    "X ($a = 1)": ["line 1, column 4: '$a = 1' is an assignment inside"],
    "$a = $b = 1": ["line 1, column 6: '$b = 1' is an assignment inside"],
    "$a -= 1": ["line 1, column 4: '-=' is no assignment"],
    "$a++": ["line 1, column 1: '$a++' is not read here"],
    "$a.b = 1": ["line 1, column 1: '$a.b' cannot be assigned to"],
    "$true = 1": ["line 1, column 1: '$true' cannot be assigned to"],
    "$_ = 1": ["line 1, column 1: '$_' cannot be assigned to"],
    "$a,$b = 1": ["line 1, column 1: '$a,$b' cannot be assigned to"],
    "$env:a = 1": ["line 1, column 1: '$env:a' is no plain variable"],
    "X $? $^ ${a`b}": [
        "line 1, column 3: '$?' is no plain variable",
        "line 1, column 6: '$^' is no plain variable",
        "line 1, column 9: '${a`b}' is no plain variable",
    ],
    "X $a.'b' $a::b": [
        """line 1, column 3: "$a.'b'" is no plain property""",
        "line 1, column 10: '$a::b' is no plain property",
    ],
    '"$global:a $$ $(A;B) $()"': [
        "line 1, column 2: '$global:a' is no plain variable",
        "line 1, column 12: '$$' is no plain variable",
        "line 1, column 15: '$(A;B)' is not read: put one value",
        "line 1, column 22: '$()' is not read: put one value",
    ],
    "X 0x10 1.5 10KB 12. 12,a 0xF,a": [
        "line 1, column 3: '0x10' is a number that is not read",
        "line 1, column 8: '1.5' is a number that is not read",
        "line 1, column 12: '10KB' may be a number or a text",
        "line 1, column 17: '12.' may be a number or a text",
        "line 1, column 21: '12,a' may be a number or a text",
        "line 1, column 26: '0xF,a' may be a number or a text",
    ],
    f"X {'1' * 19}": ["line 1, column 3: '1111111111111111111' has more than 18 digits"],
    "X a$b a'b' a`b <a a ,b": [
        "line 1, column 3: 'a$b' is a word with special characters",
        """line 1, column 7: "a'b'" is a word with special characters""",
        "line 1, column 12: 'a`b' is a word with special characters",
        "line 1, column 16: '<a' is a word with special characters",
        "line 1, column 21: ',b' is a word with special characters",
    ],
    "X$y; 'X'; X'y'; A,B c": [
        "line 1, column 1: 'X$y' is no name of a command",
        """line 1, column 11: "X'y'" is no name of a command""",
        "line 1, column 17: 'A,B' is no name of a command",
    ],
    "X | 'a'": ['line 1, column 7: "\'" is no PowerShell here'],
    "{X}": ["line 1, column 1: '{X}' is a script block"],
    # arguments
    "X -a: -b c:": ["line 1, column 7: '-b' is a parameter where a value is expected"],
    "X -a:": ["line 1, column 5: ':' has no value behind it"],
    "X 'a':b": ["line 1, column 7: 'b' stands behind a colon that follows no parameter"],
    "X 'a'-b (Y){Z}": [
        "line 1, column 6: '-b' stands against what is before it",
        "line 1, column 12: '{Z}' stands against what is before it",
    ],
    "X --a": ["line 1, column 3: '--a' is no name of a parameter"],
    # script blocks
    "X {A;if (1) {B}}": ["line 1, column 3: '{A;if (1) {B}}' is not read: put one condition"],
    "X {A;$b = 1}": ["line 1, column 6: '$b = 1' is an assignment inside a statement"],
    "X | ? {$_;$_}": ["line 1, column 8: '?' is not read with these arguments"],
    "X {param($a) A}": ["line 1, column 3: '{param($a) A}' is not read: put one condition"],
    "X {}": ["line 1, column 4: '}' is no PowerShell here"],
    "X {$_.A -match 1}": ["line 1, column 9: '-match' is no comparison that is read"],
    "X {$_.A -ceq 1}": ["line 1, column 9: '-ceq' is no comparison that is read"],
    "X {$_.A -eq1}": ["line 1, column 9: '-eq' stands against what is behind it"],
    "X {$_.A -xor $_.B}": ["line 1, column 9: '-xor' does not join conditions"],
    "X {-not $_.A -eq 1}": ["line 1, column 4: '-not $_.A' begins with an operator"],
    "X {+$_.A}": ["line 1, column 4: '+$_.A' begins with an operator"],
    "X {$_.A -eq 1 -eq 2}": ["line 1, column 4: '$_.A -eq 1' is a comparison"],
    "X {$a = 1}": ["line 1, column 4: '$a = 1' is an assignment inside"],
    "X {A -eq 1 -and}": ["line 1, column 4: 'A' is no condition of a filter"],
    "X {A -eq}": ["line 1, column 4: 'A' is no condition of a filter"],
    "X {A -eq 1 B}": ["line 1, column 12: 'A' is no condition of a filter"],
    "X {A -eq 1 -and:$b C}": ["line 1, column 12: 'A' is no condition of a filter"],
    "X {A -eq 1 -and (Get-Y)}": ["line 1, column 18: 'Get-Y' is no condition of a filter"],
    "X {A -eq {B -eq 1}}": ["line 1, column 4: 'A' is no condition of a filter"],
    "X {A -eq 1 -and B -match 2}": ["line 1, column 19: '-match' is no comparison that is read"],
    "X {A -eq 1 -xor B -eq 2}": ["line 1, column 12: '-xor' does not join conditions"],
    "X {A -eq 1 -and B -eq 2 -or C -eq 3}": ["line 1, column 25: '-or' joins conditions without saying"],
    "X {A -eq @('b')}": ["""line 1, column 10: "@('b')" is not read"""],
    "X | ? {A -eq 1}": ["line 1, column 8: 'A' is not read with these arguments"],
    "X | ? A -eq 1 -and B -eq 2": ["line 1, column 5: '?' is not read with these arguments"],
    "X | ? -Property A -EQ 1": ["line 1, column 5: '?' is not read with these arguments"],
    "X | ? A -match 1": ["line 1, column 9: '-match' is no comparison that is read"],
    "X | ? A -eq {B -eq 1}": ["line 1, column 5: '?' is not read with these arguments"],
    "X | ? {$_.A -eq @(1)}": ["line 1, column 17: '@(1)' is not read"],
    # what is no PowerShell
    "X 'a": ["line 1, column 4: 'a' is no PowerShell here"],
    'X\nX "a\nY': ["line 2, column 3: '\"a' is no PowerShell here"],
    "X (\n\nY": ["line 3, column 1: 'Y' is no PowerShell here"],
    "X (": ["line 1, column 3: '(' is no PowerShell here"],
    "X }": ["line 1, column 3: '}' is no PowerShell here"],
    "X ()": ["line 1, column 4: ')' is no PowerShell here"],
    "X 'a', b": ["line 1, column 8: 'b' is no PowerShell here"],
    "X a#,b": ["line 1, column 5: ',b' is no PowerShell here"],
    "X \u201ca": ["line 1, column 3: '\u201ca' is no PowerShell here"],
    "X 'it\u2019s'": ['line 1, column 8: "\'" is no PowerShell here'],
    "Foreach-Object {X}": ["line 1, column 9: 'Object {X}' is no PowerShell here"],
    "X -a ` \nY": ["line 1, column 7: ' ' comes behind a backtick"],
    "X `": ["line 1, column 3: '`' is no PowerShell here"],
    "X `\n\nY": ["line 1, column 3: '`' continues a line with an empty one"],
    "X -a b `\r\n \t\r\nY": ["line 1, column 8: '`' continues a line with an empty one"],
    "$a = 'b' `\n\n + 'c'": ["line 1, column 10: '`' continues a line with an empty one"],
    "X 'a\x00b'\n\x1b": [
        "line 1, column 5: '\\x00' is a control character",
        "line 2, column 1: '\\x1b' is a control character",
    ],
    "X '\ud800'": ["line 1, column 4: '\\ud800' is a control character or half"],
    # several at once
    "X $y[0] $z[1]\nif ($a) {X}\nGet-X\nX (": [
        "line 1, column 3: '$y[0]' takes an item",
        "line 1, column 9: '$z[1]' takes an item",
        "line 2, column 1: 'if ($a) {X}' is not read",
        "line 4, column 3: '(' is no PowerShell here",
    ],
}


@pytest.mark.parametrize("script", REFUSED)
def test_refusals(script: str) -> None:
    """Each fault with its place, what is wrong with which text, in the order of the places."""
    lines = refusals(script)
    assert len(lines) == len(REFUSED[script])
    for line, expected in zip(lines, REFUSED[script], strict=True):
        assert line.startswith(expected)


def test_every_remedy_is_given() -> None:
    """No message of the table is never used."""
    given = "\n".join(line for script in REFUSED for line in refusals(script))
    assert [kind for kind, problem in NOT_READ.items() if problem not in given] == []


def test_refused_beside_broken() -> None:
    """A statement on the line of a broken one is not judged, one on a line of its own is."""
    assert len(refusals("X } if ($a) {Y}\nif ($a) {Y}")) == 2


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (b"Get-X '\xff'", "the script is not UTF-8 at byte 7: save it as UTF-8, or as UTF-16 with a byte-order mark"),
        (b"\xff\xfea", "the script is not UTF-16 at byte 2: save it as UTF-8, or as UTF-16 with a byte-order mark"),
        (None, "None is neither text nor bytes: use a script"),
    ],
)
def test_what_is_no_script(script: str | bytes, expected: str) -> None:
    """A fault of the whole script has no place."""
    assert refusals(script) == [expected]


def test_error_is_one_of_the_family() -> None:
    """It is caught with the others, and survives pickling with its faults."""
    with pytest.raises(ScriptError) as caught:
        read_script("X (")
    assert isinstance(caught.value, ExumRoutingError)
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301 - ours


class TestReadFilter:
    """A text given to -Filter as a condition."""

    def test_condition(self) -> None:
        """It says the same as in braces."""
        assert read_filter("A -eq 1 -and B -like 'x*'") == ScriptBlock(And((A_IS_1, B_IS_X)))
        assert read_filter("-not (A -eq 1)") == ScriptBlock(Not(A_IS_1))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("tag:*", "line 1, column 1: 'tag:*' is no condition: write Name -eq value"),
            ("", "line 1, column 1: '' is no condition: write Name -eq value"),
            ("A -eq 1; B", "line 1, column 1: 'A -eq 1; B' is no condition: write Name -eq value"),
            ("A -eq $b[0]", "line 1, column 7: '$b[0]' takes an item by its number"),
        ],
    )
    def test_anything_else_is_refused(self, text: str, expected: str) -> None:
        """With the place in the text."""
        with pytest.raises(ScriptError) as caught:
            read_filter(text)
        assert str(caught.value).startswith(expected)

    def test_broken_text_has_the_fault_of_its_grammar(self) -> None:
        """A text that is no PowerShell is refused, whatever else is wrong with it."""
        with pytest.raises(ScriptError, match="is no PowerShell here"):
            read_filter("A -eq (")


@given(SOUND_TEXTS)
@example("it\u2019s \u2018\u201a\u201b' $x `n \u201c\"")
@example("\u2028\u00a0")
def test_quote_is_read_back(text: str) -> None:
    """Whatever a text holds, its literal gives it back."""
    assert arguments(f"-Identity {quote(text)}") == (Parameter("Identity"), Positional(Text(text)))


@given(st.text(), st.booleans())
def test_any_text_is_read_or_refused(text: str, within: bool) -> None:
    """There is no other way out, whatever the script holds."""
    script = f"Get-X {text}" if within else text
    try:
        read = read_script(script)
    except ScriptError as error:
        read = None
        faults = error.faults
    assert faults if read is None else isinstance(read, Script)


PIECES = st.lists(
    st.sampled_from(
        [
            "X",
            " ",
            " ",
            "\n",
            "`\n",
            "-a",
            ":",
            "'",
            '"',
            "b",
            "(",
            ")",
            "{",
            "}",
            "$c",
            ".d",
            ",",
            "|",
            ";",
            "=",
            "+",
            "-eq",
            "-and",
            "-not",
            "1",
            "$(",
            "@",
            "#",
            "<#",
            "#>",
            "[",
            "]",
            "Where-Object",
            "?",
            "é",
            "’",
            "–",
        ]
    ),
    max_size=30,
)


@given(PIECES)
def test_any_row_of_tokens_is_read_or_refused(pieces: list[str]) -> None:
    """So is whatever looks like a script; every fault has a place within it."""
    script = "".join(pieces)
    places = []
    try:
        read_script(script)
    except ScriptError as error:
        places = [tuple(int(word.rstrip(",")) for word in fault.path.split()[1::2]) for fault in error.faults]
    assert places == sorted(places)
    assert all(line <= script.count("\n") + 1 for line, _ in places)


@pytest.mark.parametrize(
    "script",
    [
        "X " + "(" * 20_000 + "Y" + ")" * 20_000,
        "X " + "(" * 20_000,
        "X {" + "-not " * 20_000 + "$a}",
        "X {" + "(" * 2_000 + "$_.A" + ")" * 2_000 + "}",
        "X $a" + ".b" * 20_000,
        "X {$a" + " -and $a -or $a" * 2_000 + "}",
        "X {" * 500 + "}" * 500,
    ],
    ids=["parentheses", "open", "not", "condition", "properties", "and-or", "blocks"],
)
def test_deep_nesting_is_refused(script: str) -> None:
    """What would be too deep for any reader is one fault."""
    assert len(refusals(script)) == 1


@pytest.mark.parametrize("script", ["X {" + "(" * 20 + "$_.A" + ")" * 20 + "}", "X " + "(" * 30 + "Y" + ")" * 30])
def test_moderate_nesting_is_read(script: str) -> None:
    """Nobody nests this deep, and it is read."""
    assert read_script(script).statements


@pytest.mark.parametrize(
    "text", ["$a" + " + $a" * 5_000, "Y {$a" + " -and $a" * 5_000 + "}", "Y {A -eq 1" + " -and A -eq 1" * 5_000 + "}"]
)
def test_long_chains_are_flat(text: str) -> None:
    """A long sum or conjunction is one value with many parts, which can be compared, shown and copied."""
    read = read_script(text)
    assert read == pickle.loads(pickle.dumps(read))  # noqa: S301 - ours
    assert repr(read)


def test_time_grows_with_the_lines() -> None:
    """A script of 10,000 lines takes seconds."""
    line = "Get-CsUser | ? {$_.A -eq $true -and $_.B -like 'pool*'} | Grant-X -PolicyName \"tag:Zoë\" # {}"
    began = time.perf_counter()
    assert len(read_script("\n".join([line] * 10_000)).statements) == 10_000
    assert time.perf_counter() - began < 60


def test_the_table_of_the_page_is_read() -> None:
    """What docs/scripts.md gives as an example is read, in the place where it can stand."""
    rows = [
        re.split(r"(?<!\\)\|", line)
        for line in Path("docs/scripts.md").read_text(encoding="utf-8").splitlines()
        if line[:1] == "|"
    ]
    examples = [one or two for row in rows[2:] for one, two in re.findall(r"``(.+?)``(?!`)|`([^`]+)`", row[2])]
    whole = [text.replace("\\|", "|") for text in examples if "…" not in text and text != ";"]
    assert len(whole) > 30
    for text in whole:
        stands_alone = re.match(r"\w+-|\$\w+ [=+|]", text)
        assert read_script(text if stands_alone else f"Get-X {text}").statements


@pytest.mark.parametrize("script", ["", " \n", "# a", "# a\n", "\n\n# a\n  <# b\nc #>\n"])
def test_a_script_of_comments_is_empty(script: str) -> None:
    """A script that holds nothing but comments and blanks has no statement."""
    assert read_script(script) == Script(())


@pytest.mark.parametrize("missing", ["tree_sitter", "tree_sitter_powershell"])
def test_tree_sitter_is_loaded_when_a_script_is_read(missing: str) -> None:
    """Without the extra a rehearsal's answers are importable, and reading a script says in one line what to install."""
    code = (
        f"import sys; sys.modules[{missing!r}] = None; import exum_routing.rehearsal\n"
        "from exum_routing.interchange.powershell import read_script\n"
        "try:\n    read_script('Get-CsUser')\nexcept ModuleNotFoundError as error:\n    print(error)"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert finished.stdout == f"{missing} is not installed: use pip install 'exum-routing[powershell]'\n"


@pytest.mark.parametrize(
    "comment", ["# a", "#" + "a" * 60, "# Run in the Exchange Management Shell: Enable-UMService -Identity 'um1.contoso.com'"]
)
@pytest.mark.parametrize("count", range(1, 5))
@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_comments_alone_are_an_empty_script(comment: str, count: int, end: str) -> None:
    """However many comments there are, however long, and however the script ends."""
    assert read_script("\n".join([comment] * count) + end).statements == ()
