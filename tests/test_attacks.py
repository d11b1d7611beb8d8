"""Every promise that an attack on 0.2 broke, each as the smallest script that shows it, and where its law is.

A script prints ``held`` if the promise holds. Each was run on the code that was attacked, where it does not print that. Rows
16 and 19 are about other packages and other Pythons: what can be seen of them here is looked at.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).parent.parent
_SECONDS: Final = 120
_PRELUDE: Final = """
import json, resource, subprocess, sys, tempfile
from pathlib import Path
from exum_routing import *
from exum_routing.errors import ExumRoutingError
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
folder = Path(tempfile.mkdtemp())
EDGE = {"UseDnsSrvRouting": True, "AllowFederatedUsers": True}
EXO = "exap.um.outlook.com"
ONLINE = {"Identity": "Online", "ProxyFqdn": EXO, "Enabled": True, "EnabledSharedAddressSpace": True}
ON = {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1"]}
def save(name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)
def run(*words, text=None):
    command = [sys.executable, "-m", "exum_routing", *words]
    return subprocess.run(command, capture_output=True, input=text, encoding="utf-8", errors="replace")
def refused(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except ExumRoutingError:
        return True
    return False
def held(*promises):
    print("held" if all(promises) else promises)
"""


class Attack(NamedTuple):
    """A row of the report."""

    number: int
    """Its number."""
    promise: str
    """What did not hold."""
    script: str
    """What shows it."""
    law: str
    """The test of the whole kind."""


ATTACKS: Final = (
    Attack(
        1,
        "nothing injected leaves a stage",
        r"""
from exum_routing.interchange.sip_message import read_invite, write_invite
def message(*lengths, body=b"hello"):
    lines = ["INVITE sip:a@b.c SIP/2.0", "From: <sip:x@b.c>", "To: <sip:a@b.c>", "Call-ID: 1", "CSeq: 1 INVITE", *lengths]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
wrong = (["l: 5", "Content-Length: 0"], ["Content-Length: 5, 0"], ["Content-Length: +5"], ["Content-Length: 0_5"],
         ["Content-Length: \u0665"], ["Content-Length: 0"], [])
sound = read_invite(message("Content-Length: 5"))
held(*(refused(read_invite, message(*one)) for one in wrong), b"ontent-Length: 5\r\n" in write_invite(sound))
""",
        "tests/test_sip_message.py",
    ),
    Attack(
        2,
        "a header's name is RFC 3261's",
        r"""
from exum_routing.interchange.sip_message import read_invite
lines = ["INVITE sip:a@b.c SIP/2.0", "From: <sip:x@b.c>", "To: <sip:a@b.c>", "Call-ID: 1", "CSeq: 1 INVITE",
         "\u212a: ms-fe", "Content-Length: 0"]
held(refused(read_invite, ("\r\n".join(lines) + "\r\n\r\n").encode()))
""",
        "tests/test_sip_message.py",
    ),
    Attack(
        3,
        "a routed user stays routed during a plan",
        r"""
um = {"SipAddress": "roy@b.c", "ProxyAddresses": ["EUM:1;phone-context=dp"]}
policies = [{"Identity": "Global", "Destination": EXO}, {"Identity": "tag:Empty"}]
plans = [{"PhoneContext": "dp", "UriType": "SipName", "UmServers": [{"Fqdn": "um.b.c", "MajorVersion": 15}]}]
common = {"HostedVoicemailPolicies": policies, "UmDialPlans": plans, "HostingProviders": [ONLINE],
          "AccessEdgeConfiguration": EDGE}
before = save("before", {**common, "Users": [um | ON]})
after = save("after", {**common, "Users": [um | {"HostedVoicemailPolicy": "Empty"}]})
lines = [line for line in run("plan", before, after).stdout.splitlines() if line and not line.startswith("#")]
routes = []
for number in range(len(lines) + 1):
    state = save(f"state{number}", "")
    run("rehearse", before, save("script.ps1", "\n".join(lines[:number]) or "# nothing"), "--write", state)
    routes.append(json.loads(run("route", state, "--json").stdout)["Route"])
held(len(lines) == 2, "NotRouted" not in routes, routes[0] == "HostedUm", routes[-1] == "OnPremisesUm")
""",
        "tests/test_plan_orders.py",
    ),
    Attack(
        4,
        "a plan exists where an order exists",
        r"""
def contacts(pool):
    one = {"RegistrarPool": pool, "DisplayNumber": "+1"}
    return {"UmContacts": [one | {"SipAddress": f"c{n}@b.c"} for n in (1, 2)]}
found = run("plan", save("before", contacts("pool1.b.c")), save("after", contacts("pool2.b.c")))
held(found.returncode == 0, "Move-CsExUmContact" in found.stdout)
""",
        "tests/test_plan_orders.py",
    ),
    Attack(
        5,
        "an ERROR of the audit is a call that fails, and the reverse",
        r"""
policy = {"Identity": "Global", "Destination": EXO}
no_edge = save("edge", {"HostedVoicemailPolicies": [policy | {"Organization": "b.onmicrosoft.com"}],
                        "HostingProviders": [ONLINE], "Users": [{"SipAddress": "a@b.c", **ON}]})
no_organization = save("organization", {"HostedVoicemailPolicies": [policy], "HostingProviders": [ONLINE],
                                        "AccessEdgeConfiguration": EDGE, "Users": [{"SipAddress": "a@b.c", **ON}]})
call = ("--to", "a@b.c", "--from", "x@y.z")
held(*(("Refused" in run("call", document, *call).stdout) is ("ERROR" in run("audit", document).stdout)
       for document in (no_edge, no_organization)))
""",
        "tests/test_audit_rules.py, tests/test_not_known.py",
    ),
    Attack(
        6,
        "remedies work, in the order printed",
        r"""
document = save("document", {
    "HostedVoicemailPolicies": [{"Identity": "Global"}, {"Identity": "tag:Cloud", "Destination": EXO,
        "Organization": "b.onmicrosoft.com"}],
    "HostingProviders": [ONLINE | {"Enabled": False}], "AccessEdgeConfiguration": EDGE,
    "EdgeReplica": {"ReplicaFqdn": "edge.b.c", "HostingProviders": [ONLINE | {"Enabled": False}],
                    "AccessEdgeConfiguration": EDGE | {"EnablePartnerDiscovery": True}},
    "Users": [{"SipAddress": "a@b.c", "HostedVoicemailPolicy": "Cloud", **ON}]})
def offered(document):
    findings = [json.loads(line) for line in run("audit", document, "--json").stdout.splitlines()]
    return {finding["Rule"]: finding["Remedy"] for finding in findings if finding.get("Remedy")}
before, fixed = offered(document), save("fixed", "")
script = "\n".join(line for lines in before.values() for line in lines)
found = run("rehearse", document, save("script.ps1", script), "--write", fixed)
held(before, found.returncode == 0, not offered(fixed).keys() & before.keys())
""",
        "tests/test_audit_harm.py",
    ),
    Attack(
        7,
        "a deployment is a set of facts",
        r"""
tenants = [{"Organization": f"t{n}.onmicrosoft.com", "Mailboxes": []} for n in (1, 2)]
def document(order):
    return {"HostedUmServices": [{"Fqdn": EXO, "Tenants": tenants[::order]}]}
found = run("plan", save("before", document(1)), save("after", document(-1)))
held(found.returncode == 0)
""",
        "tests/test_sets_of_facts.py",
    ),
    Attack(
        8,
        "every error is an ExumRoutingError, or a TypeError that names the argument",
        r"""
from exum_routing.cmdlets import View, get_cs_user, set_cs_user
from exum_routing.interchange.document import write_deployment
from exum_routing.interchange.sip_message import write_invite
def told(name, function, *arguments, **named):
    try:
        function(*arguments, **named)
    except ExumRoutingError:
        return True
    except TypeError as error:
        return name in str(error)
    return False
view = View(Deployment())
held(told("identity", set_cs_user, view, identity=5), told("identity", get_cs_user, view, identity=5),
     told("deployment", write_deployment, None), told("invite", write_invite, None))
""",
        "tests/test_hostile_values.py",
    ),
    Attack(
        9,
        "linear",
        r"""
document = save("document", {"Users": [{"SipAddress": "a@b.c", "DisplayName": "[" * 9000}]})
pattern = run("rehearse", document, save("like.ps1", "Get-CsUser | Where-Object {$_.DisplayName -like '" + "[" * 9000 + "x'}"))
doubled = run("rehearse", document, save("double.ps1", "$a = '" + "x" * 99 + "'\n" + '$a = "$a$a"\n' * 40 + "Get-CsUser $a"))
held(*("Traceback" not in one.stderr and "MemoryError" not in one.stderr for one in (pattern, doubled)))
""",
        "tests/test_growth.py, tests/test_rehearsal_bounds.py",
    ),
    Attack(
        11,
        "names are compared without case in one way",
        r"""
from exum_routing import PolicyIdentity
names = ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2", "\u03bf\u03b4\u03bf\u03c3")
spelled = [PolicyIdentity(f"tag:{name}") for name in names]
held(len(set(spelled)) == 1)
""",
        "tests/test_casing.py",
    ),
    Attack(
        12,
        "every model is hashable and immutable",
        r"""
import copy, pickle
try:
    from exum_routing.rehearsal import rehearse
    from exum_routing.call import REFUSALS
except ImportError:
    from exum_routing.interchange.rehearsal import rehearse
    from exum_routing.refusal import REFUSALS
from exum_routing.interchange.powershell import read_script
found = rehearse(read_script("Get-CsUser a@b.c"), Deployment(users=[User(sip_address="a@b.c")]))
held(found == pickle.loads(pickle.dumps(found)), found == copy.copy(found), not isinstance(REFUSALS, dict))
""",
        "tests/test_snapshot.py",
    ),
    Attack(
        13,
        "SIP as it is",
        r"""
from exum_routing.interchange.sip_message import read_invite
def message(*headers):
    lines = ["INVITE sip:a@b.c SIP/2.0", "From: <sip:x@b.c>", "To: <sip:a@b.c>", "Call-ID: 1", *headers, "Content-Length: 0"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
words = []
for headers in (("CSeq: 1 INVITE", "Max-Forwards: x"), ("CSeq: x INVITE",)):
    try:
        read_invite(message(*headers))
    except ExumRoutingError as error:
        words.append(str(error))
referred = read_invite(message("CSeq: 1 INVITE", "b: <sip:z@b.c>"))
held(len(words) == 2, not any("invalid literal" in one for one in words), referred.values("Referred-By") == ("<sip:z@b.c>",))
""",
        "tests/test_sip_message.py, tests/test_invite.py",
    ),
    Attack(
        14,
        "a bad line gets one clear error",
        r"""
document = {"Users": [{"SipAddress": "a@b.c"}]}
lines = [{"Ask": "Route", "Reading": reading, "Deployment": document, "SipAddress": "a@b.c"} for reading in (False, "x", 1)]
found = run("conformance", "serve", text="".join(json.dumps(line) + "\n" for line in lines))
held("Traceback" not in found.stderr, len(found.stdout.splitlines()) == 3)
""",
        "tests/test_vectors.py",
    ),
    Attack(
        15,
        "two commands on a fresh machine",
        r"""
document = save("document", {"Users": [{"SipAddress": "a@b.c"}]})
with open("/dev/full", "w") as full:
    found = subprocess.run([sys.executable, "-m", "exum_routing", "route", document], stdout=full, stderr=subprocess.PIPE)
held(found.returncode == 1, len(found.stderr.splitlines()) == 1)
""",
        "tests/test_cli_files.py",
    ),
    Attack(
        17,
        "a missing extra is said",
        r"""
blocked = "import sys; sys.modules.update(dict.fromkeys(['sipmessage', 'tree_sitter', 'tree_sitter_powershell'])); "
def command(*words):
    code = blocked + f"sys.argv = ['exum-routing', *{words}]; from exum_routing.__main__ import main; main()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
document = save("document", {"Users": [{"SipAddress": "a@b.c"}]})
raw = command("call", document, "--to", "a@b.c", "--from", "x@y.z", "--invite", document)
held(command("--version").returncode == 0, command("route", document).returncode == 0, "Traceback" not in raw.stderr)
""",
        "tests/test_extras.py",
    ),
)


def run_attack(attack: Attack, root: Path = ROOT) -> str:
    """What the script of an attack prints, by the library of a checkout, in a bare environment."""
    surroundings = {"PYTHONPATH": str(root / "src"), "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}
    command = [sys.executable, "-c", _PRELUDE + attack.script]
    try:
        found = subprocess.run(  # noqa: S603 - ours
            command, capture_output=True, encoding="utf-8", check=False, env=surroundings, cwd=root, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"not done after {_SECONDS} s"
    return (found.stdout + found.stderr).strip()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.number}-{attack.promise}")
def test_attack(attack: Attack) -> None:
    """The promise holds, and the tests of its whole kind are there."""
    assert run_attack(attack) == "held"
    assert all((ROOT / name).is_file() for name in attack.law.split(", "))


def test_what_is_declared_is_tried() -> None:
    """Row 16: there is a command that runs everything with the lowest declared version of each dependency."""
    assert re.search(r"^lowest: .*\n\t.*pytest", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_what_the_check_needs_is_in_the_source_distribution() -> None:
    """Row 18: every file and folder of the repository that a command of the Makefile names is in it."""
    included = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "sdist"
    ]
    named = {
        name for name in re.findall(r"(?m)\b(\w+)/", (ROOT / "Makefile").read_text(encoding="utf-8")) if (ROOT / name).is_dir()
    }
    assert {f"/{name}" for name in named} <= set(included["include"])
    pages = {f"/{path.name}" for path in ROOT.glob("*.md")} - {"/README.md"}  # it is always in
    assert {"/fuzz", "/tests", "/benchmarks", "/vectors", "/docs", "/Makefile", "/conftest.py", *pages} <= set(
        included["include"]
    )
