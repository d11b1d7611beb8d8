"""``make directory``: a real directory on the loopback interface, exported with ldapsearch, imported, every route compared.

Samba's domain controller for Active Directory, in a folder of its own that goes when the test ends. It needs root, for the
port of LDAP, and Debian's packages, which it installs where they are missing. With ``--write`` the exports become the samples
of ``tests/test_directory_sample.py``; without it they have to be equal to them.
"""

import base64
import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs
from directory_accounts import ACCOUNTS, DOMAIN, GIVEN, POOLS, STAFF, escaped, home_server

from exum_routing import Deployment, Router
from exum_routing.importing import Source, import_deployment, report_lines
from exum_routing.interchange.document import write_deployment
from exum_routing.interchange.records import read_ldif

SAMPLES: Final = Path(__file__).parent / "samples" / "directory"
_PACKAGES: Final = ("samba", "samba-ad-dc", "samba-ad-provision", "ldap-utils", "ldb-tools")
_ADDRESS: Final = "ldap://127.0.0.1"
_SECONDS: Final = 60
_CONFIGURATION: Final = f"CN=Configuration,{DOMAIN}"
_SCHEMA: Final = f"CN=Schema,{_CONFIGURATION}"
_NAME_OF_AN_OBJECT: Final = 127
_CLASS_OF_NAMES: Final = bytes.fromhex("2b0c0287731c00854a")
"""1.3.12.2.1011.28.0.714 in BER: the class of values that are distinguished names."""

_OF_USERS: Final = {
    "msRTCSIP-PrimaryUserAddress": ("2.5.5.12", 64, True),
    "msRTCSIP-PrimaryHomeServer": ("2.5.5.1", _NAME_OF_AN_OBJECT, True),
    "msRTCSIP-UserEnabled": ("2.5.5.8", 1, True),
    "msRTCSIP-OptionFlags": ("2.5.5.9", 2, True),
    "msRTCSIP-DeploymentLocator": ("2.5.5.12", 64, True),
    "msRTCSIP-OwnerUrn": ("2.5.5.12", 64, True),
    "msRTCSIP-SourceObjectType": ("2.5.5.9", 2, True),
    "msRTCSIP-UserPolicies": ("2.5.5.12", 64, False),
    "msExchUCVoiceMailSettings": ("2.5.5.12", 64, False),
}
"""The attributes that the schema lacks: syntax, its number, and whether they have one value."""
_OID: Final = "1.3.6.1.4.1.32473.1"
"""The arc that RFC 5612 keeps for documentation."""
_EXPORTED: Final = (
    *("objectClass", "displayName", "userPrincipalName", "sAMAccountName", "msRTCSIP-PrimaryUserAddress"),
    *("msRTCSIP-PrimaryHomeServer", "msRTCSIP-UserEnabled", "msRTCSIP-OptionFlags", "msRTCSIP-DeploymentLocator"),
    *("msRTCSIP-OwnerUrn", "msRTCSIP-SourceObjectType", "msExchUCVoiceMailSettings", "proxyAddresses"),
)

Entry = tuple[str, Mapping[str, tuple[str | bytes, ...]]]


def as_ldif(entries: Iterable[Entry]) -> str:
    """Entries to add, every value in base64, so that none has to be looked at."""
    blocks = []
    for name, attributes in entries:
        lines = [f"dn:: {_base64(name)}", "changetype: add"]
        lines += [f"{attribute}:: {_base64(value)}" for attribute, values in attributes.items() for value in values]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _base64(value: str | bytes) -> str:
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


def attributes_of_schema() -> Iterator[Entry]:
    """The attributes of accounts that Skype for Business and Exchange add to the schema."""
    for number, (name, (syntax, om, single)) in enumerate(_OF_USERS.items(), 1):
        yield (
            f"CN={name},{_SCHEMA}",
            {
                "objectClass": ("top", "attributeSchema"),
                "lDAPDisplayName": (name,),
                "attributeID": (f"{_OID}.{number}",),
                "attributeSyntax": (syntax,),
                "oMSyntax": (str(om),),
                "isSingleValued": ("TRUE" if single else "FALSE",),
                **({"oMObjectClass": (_CLASS_OF_NAMES,)} if om == _NAME_OF_AN_OBJECT else {}),
            },
        )


def class_of_pools() -> Entry:
    """The class of the objects of pools."""
    return (
        f"CN=msRTCSIP-Pool,{_SCHEMA}",
        {
            "objectClass": ("top", "classSchema"),
            "lDAPDisplayName": ("msRTCSIP-Pool",),
            "governsID": (f"{_OID}.100",),
            "subClassOf": ("container",),
            "objectClassCategory": ("1",),
            "rDNAttID": ("cn",),
            "possSuperiors": ("container",),
            "systemMayContain": ("dNSHostName",),
        },
    )


def pools() -> Iterator[Entry]:
    """The objects of the pools, and their home servers."""
    above = f"CN=Services,{_CONFIGURATION}"
    for name in ("RTC Service", "Pools"):
        above = f"CN={name},{above}"
        yield above, {"objectClass": ("top", "container")}
    for number, fqdn in POOLS.items():
        yield f"CN={number},{above}", {"objectClass": ("top", "container", "msRTCSIP-Pool"), "dNSHostName": (fqdn,)}
        yield f"CN=Microsoft,CN={number},{above}", {"objectClass": ("top", "container")}
        yield home_server(number), {"objectClass": ("top", "container")}


def accounts() -> Iterator[Entry]:
    """The accounts, in an organizational unit of their own."""
    yield STAFF, {"objectClass": ("top", "organizationalUnit")}
    for account in ACCOUNTS:
        classes = ("top", "person", "organizationalPerson", "user")
        attributes = {name: values for name, values in account.attributes.items() if values}
        yield f"CN={escaped(account.cn)},{STAFF}", {"objectClass": classes, **attributes}


def run(*command: str, text: str = "", **environment: str) -> str:
    """Run a command; where it fails, what it printed is the error."""
    done = subprocess.run(  # noqa: S603 - commands of this file
        command, input=text, capture_output=True, text=True, check=False, env={**os.environ, **environment}, timeout=600
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} ... ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def install() -> None:
    """Install the packages that are missing."""
    there = run("dpkg-query", "--show", "--showformat=${Package} ${db:Status-Abbrev}\n", "*")
    if not all(f"{name} ii" in there for name in _PACKAGES):
        run("apt-get", "update")
        run("apt-get", "install", "--yes", "--no-install-recommends", *_PACKAGES, DEBIAN_FRONTEND="noninteractive")


def provision(folder: Path, password: str) -> Path:
    """Make the domain in a folder, with its schema, pools and accounts; returns Samba's configuration."""
    run(
        *("samba-tool", "domain", "provision", "--quiet", f"--targetdir={folder}", "--dns-backend=NONE", "--server-role=dc"),
        *("--realm=AD.CONTOSO.COM", "--domain=CONTOSO", "--host-ip=127.0.0.1", f"--adminpass={password}"),
        *("--option=interfaces=lo", "--option=bind interfaces only=yes"),
    )
    store = str(folder / "private" / "sam.ldb")
    schema = ("--option=dsdb:schema update allowed=yes",)
    run("ldbadd", "-H", store, *schema, text=as_ldif(attributes_of_schema()))
    run("ldbadd", "-H", store, *schema, text=as_ldif([class_of_pools()]))
    run("ldbmodify", "-H", store, *schema, text=_users_may_contain())
    run("ldbadd", "-H", store, text=as_ldif(pools()))
    run("ldbadd", "-H", store, text=as_ldif(accounts()))
    return folder / "etc" / "smb.conf"


def _users_may_contain() -> str:
    lines = [f"dn: CN=User,{_SCHEMA}", "changetype: modify", "add: mayContain"]
    return "\n".join([*lines, *(f"mayContain: {name}" for name in (*_OF_USERS, "proxyAddresses"))]) + "\n"


@contextlib.contextmanager
def served(configuration: Path) -> Iterator[None]:
    """The directory, served on the loopback interface alone until the end of the block."""
    options = ("server services=ldap", "interfaces=lo", "bind interfaces only=yes", "ldap server require strong auth=no")
    command = ["samba", "--interactive", "--model=single", f"--configfile={configuration}"]
    command += [f"--option={option}" for option in options]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        deadline = time.monotonic() + _SECONDS
        asked = ("ldapsearch", "-x", "-H", _ADDRESS, "-s", "base")
        while subprocess.run(asked, capture_output=True, check=False).returncode:  # noqa: S603 - likewise
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit("the directory does not answer on the loopback interface: is port 389 in use?")
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        try:
            server.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


def exported(password: str) -> dict[str, str]:
    """What ldapsearch exports of accounts and pools, in pages, as an administrator runs it."""
    ask = ("ldapsearch", "-x", "-H", _ADDRESS, "-D", f"CN=Administrator,CN=Users,{DOMAIN}", "-w", password)
    pages = ("-E", "pr=50/noprompt")
    users = run(*ask, *pages, "-b", DOMAIN, "(msRTCSIP-PrimaryUserAddress=*)", *_EXPORTED)
    pools_of_forest = run(*ask, *pages, "-b", _CONFIGURATION, "(objectClass=msRTCSIP-Pool)", "objectClass", "dNSHostName")
    return {"users.ldif": users, "pools.ldif": pools_of_forest}


def imported(exports: Mapping[str, str]) -> Deployment:
    """The deployment that the exports make with a document beside them, after the report of it."""
    sources = [Source(name, text.encode()) for name, text in exports.items()]
    result = import_deployment([*sources, Source("by-hand.json", write_deployment(GIVEN).encode())])
    print("\n".join(report_lines(result)))
    return result.deployment


def compared(deployment: Deployment) -> list[str]:
    """What differs from what was put in, account by account; prints how many routes there are of each kind."""
    users = {account.user.sip_address: account.user for account in ACCOUNTS if account.user is not None}
    expected = Router(attrs.evolve(GIVEN, users=tuple(users.values())))
    found = {user.sip_address: user for user in deployment.users}
    router = Router(deployment)
    differ = [f"{address}: not imported" for address in users.keys() - found.keys()]
    differ += [f"{address}: not an account of the deployment" for address in found.keys() - users.keys()]
    for address in users.keys() & found.keys():
        if found[address] != users[address]:
            differ.append(f"{address}: imported as {found[address]}, put in as {users[address]}")
        if router.route(address) != expected.route(address):
            differ.append(f"{address}: {router.route(address)}, expected {expected.route(address)}")
    kinds = Counter(type(router.route(address)).__name__ for address in found)
    print(f"{len(ACCOUNTS)} accounts put in, {len(found)} imported: {', '.join(f'{n} {kind}' for kind, n in kinds.items())}")
    return sorted(differ)


def _entries(text: str) -> list[str]:
    """The entries of an export in one order, for a directory promises none."""
    return sorted(
        repr(
            {
                name: sorted(map(str, value)) if isinstance(value, tuple) else value
                for name, value in sorted(one.properties.items())
            }
        )
        for one in read_ldif(text.encode(), lambda name: name)
    )


def main() -> None:
    """Make, export, import, compare."""
    install()
    password = secrets.token_urlsafe(16) + "aA1!"
    with tempfile.TemporaryDirectory(prefix="directory-") as folder, served(provision(Path(folder), password)):
        exports = exported(password)
    if "--write" in sys.argv:
        SAMPLES.mkdir(parents=True, exist_ok=True)
        for name, text in exports.items():
            (SAMPLES / name).write_text(text, encoding="utf-8", newline="")
    differ = compared(imported(exports))
    if "--write" not in sys.argv:
        same = all(_entries((SAMPLES / name).read_text(encoding="utf-8")) == _entries(text) for name, text in exports.items())
        differ += [] if same else [f"{SAMPLES.name}: the exports differ from the samples; --write makes them anew"]
    print("\n".join(differ) or "every account and every route is what was put in")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
