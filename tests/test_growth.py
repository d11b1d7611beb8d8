"""Four times the input takes about four times as long: no parser and no command is quadratic in what somebody else wrote.

Times are compared, not counted: the best of several runs of each size, and a second look before a growth is believed.
"""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from exum_routing import Deployment, ExumRoutingError, HostedVoicemailPolicy, User
from exum_routing.audit import audit
from exum_routing.cmdlets import matches
from exum_routing.deployment import read_organization
from exum_routing.interchange import fault_lines
from exum_routing.interchange.document import DocumentError, read_deployment
from exum_routing.interchange.powershell import ScriptError, read_script
from exum_routing.interchange.sip_message import read_invite
from exum_routing.planning import interruptions, plan
from exum_routing.rehearsal import rehearse
from exum_routing.sip import SipUri

FOUR, TOO_MUCH = 4, 10
LINE = b"INVITE sip:a@b.com SIP/2.0\r\nf: <sip:c@d.com>\r\nt: <sip:a@b.com>\r\nl: 0\r\n"


def tried(call: Callable[[], object]) -> None:
    """A call that may be refused."""
    try:
        call()
    except (ExumRoutingError, DocumentError, ScriptError):
        return


def users(number: int, **fields: Any) -> Deployment:
    """A deployment of so many users of one display name."""
    return Deployment(
        users=[User(sip_address=f"u{one}@contoso.com", display_name="Same", **fields) for one in range(number)],
        policies=[HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")],
    )


def document(number: int) -> str:
    """A document in which every user has a fault and a key that is not known."""
    return json.dumps({"Users": [{"SipAddress": f"u{one}", "SipAdress": "x"} for one in range(number)]})


def faults_of(number: int) -> None:
    """Reading such a document, and saying what is wrong with it."""
    try:
        read_deployment(document(number))
    except DocumentError as error:
        fault_lines(error.faults)


def rehearsed(script: str, deployment: Deployment | None = None) -> None:
    """A script, read and rehearsed."""
    tried(lambda: rehearse(read_script(script), deployment or Deployment()))


ON = ("CsHostedVoiceMail=1",)


def planned(number: int) -> None:
    """A plan that enables everybody, and whom it interrupts."""
    before, after = users(number), users(number, voice_mail_settings=ON)
    interruptions(before, plan(before, after))


GROWING: dict[str, tuple[int, Callable[[int], object]]] = {
    "a document of faults": (400, faults_of),
    "nested brackets in a document": (2_000, lambda n: tried(lambda: read_deployment("[" * n + "]" * n))),
    "an Organization of many tenants": (2_000, lambda n: read_organization(",".join(f"t{one}.com" for one in range(n)))),
    "a wildcard of brackets": (4_000, lambda n: matches("a" * n, "[" * n)),
    "a wildcard of stars": (2_000, lambda n: matches("a" * n, "*a" * n + "b")),
    "a URI of parameters": (4_000, lambda n: tried(lambda: SipUri.parse("sip:a@b" + ";x=y" * n))),
    "a URI of escapes": (8_000, lambda n: tried(lambda: SipUri.parse(f"sip:{'%41' * n}@b"))),
    "many headers": (1_000, lambda n: read_invite(LINE + b"X: y\r\n" * n + b"\r\n")),
    "folded headers": (4_000, lambda n: read_invite(LINE + b"X: y" + b"\r\n z" * n + b"\r\n\r\n")),
    "a From of quotes": (4_000, lambda n: tried(lambda: read_invite(LINE.replace(b"f: ", b"f: " + b'"\\"' * n) + b"\r\n"))),
    "a script of commands": (150, lambda n: rehearsed("Get-CsUser\n" * n)),
    "a script that is no PowerShell": (150, lambda n: rehearsed('Get-CsUser "\n' * n)),
    "hashtables in lists": (150, lambda n: rehearsed("Get-CsUser | select A, @{n=1}\n" * n)),
    "hashtables within hashtables": (300, lambda n: rehearsed("select A, " + "@{n=" * n + "}" * n)),
    "parentheses": (200, lambda n: rehearsed("(" * n + "Get-CsUser" + ")" * n)),
    "a text of variables": (400, lambda n: rehearsed('$a = "x"\n"' + "$a" * n + '"')),
    "blank continuations": (400, lambda n: rehearsed("Get-CsUser `\n\n" * n)),
    "a list of words": (400, lambda n: rehearsed("'a@b.com'" + ",'a@b.com'" * n)),
    "commands for each of many": (
        100,
        lambda n: rehearsed("Get-CsUser | ForEach-Object { Set-CsUser $_ -HostedVoiceMail $true }", users(n)),
    ),
    "refusals for each of many": (
        100,
        lambda n: rehearsed("Get-CsUser | ForEach-Object { Set-CsUser Same -HostedVoiceMail $true }", users(n)),
    ),
    "an audit of many": (200, lambda n: audit(users(n, voice_mail_settings=ON))),
    "a plan for many": (100, planned),
}
"""What somebody else may write or have much of: a size that takes some milliseconds, and what reads it."""


def seconds(call: Callable[[int], object], size: int) -> float:
    """The best of three runs."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        call(size)
        found.append(time.perf_counter() - start)
    return min(found)


@pytest.mark.parametrize(("size", "call"), GROWING.values(), ids=GROWING)
def test_growth(size: int, call: Callable[[int], object]) -> None:
    """Four times the input takes less than ten times as long, where a quadratic one takes sixteen."""
    call(size)
    for _ in range(3):
        if seconds(call, FOUR * size) < TOO_MUCH * max(seconds(call, size), 0.0005):
            return
    pytest.fail("four times the input takes more than ten times as long")
