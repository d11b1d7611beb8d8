"""Compare this library with the peer on random documents: ``make peer``.

Documents are drawn from a seed, so that a difference can be drawn again. Most are sound; some hold one or more faults, of
which both sides have to name the paths.
"""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from exum_routing.interchange.conformance import answer

PEER = ["node", str(Path(__file__).parent / "peer" / "peer.js")]
USERS_EACH = 100
SITES = ["Redmond", "redmond", "Dublin", "Ærø", "site:Oslo", "Σίσυφος", "a;b"]
POLICIES = ["ExRedmond", "EXREDMOND", "Ex Dublin", "tag:Σ", "\N{GREEK SMALL LETTER SIGMA}", "Gone", "Global2"]
PLANS = ["dp.contoso.com", "DP.contoso.com", "dp 2", "a;b?c@d", "Straße", "план", "100%", "gone"]
HOSTS = ["exap.um.outlook.com", "UM.fabrikam.com", "um_1", "a-.b", "x"]
KEYS = ["CsHostedVoiceMail", "cshostedvoicemail", "ExchangeHostedVoiceMail", "EXCHANGEHOSTEDVOICEMAIL"]
OTHER_VALUES = ["CsHostedVoiceMail=2", "Other=1", "", "CsHostedVoiceMail =1"]
WRONG: list[Any] = [
    None,
    0,
    True,
    [],
    {},
    "",
    " ",
    "a b",
    "a\nb",
    "\u2028",
    ".",
    "a..b",
    "tag:",
    "Global",
    "org:x",
    "site:x",
    "é@h",
    "a@b_c",
]


def some(rng: random.Random, choices: list[Any], most: int) -> list[Any]:
    """Up to so many of the choices, repeated or not."""
    return [rng.choice(choices) for _ in range(rng.randint(0, most))]


def maybe(rng: random.Random, key: str, choices: list[Any]) -> dict[str, Any]:
    """The key with one of the choices, or nothing."""
    return {key: rng.choice(choices)} if rng.random() < 0.6 else {}  # noqa: PLR2004 - more often than not


def a_proxy_address(rng: random.Random) -> str:
    """An entry of proxyAddresses, of UM more often than not."""
    if rng.random() < 0.3:  # noqa: PLR2004 - three in ten
        return rng.choice(["SMTP:a@b", "sip:a@b", "no type", ":x", "X500:/o=x;phone-context=y"])
    parameter = rng.choice([";phone-context=", ";Phone-Context="])
    return rng.choice(["EUM", "eum", "Eum"]) + ":" + rng.choice(["4711", "a@b;x"]) + parameter + rng.choice(PLANS)


def a_user(rng: random.Random, number: int) -> dict[str, Any]:
    """A user; the number makes the address unique."""
    said = [f"{key}={rng.randint(0, 1)}" for key in (rng.choice(KEYS[:2]), rng.choice(KEYS[2:])) if rng.randint(0, 1)]
    values = [*said, *some(rng, OTHER_VALUES, 1), *said[:1]]
    return {
        "SipAddress": rng.choice(["sip:", "SIP:", ""]) + f"{rng.choice(['U', '%55', 'u.', 'a%3bb'])}{number}@Contoso.com",
        **maybe(rng, "RegistrarPool", ["pool0", "POOL1.contoso.com", "pool9"]),
        **maybe(rng, "HostedVoicemailPolicy", POLICIES),
        **maybe(rng, "msExchUCVoiceMailSettings", [values]),
        **maybe(rng, "ProxyAddresses", [[a_proxy_address(rng) for _ in range(rng.randint(0, 3))]]),
    }


def a_document(rng: random.Random) -> dict[str, Any]:
    """A document that is sound."""
    organizations = ["", "corp.contoso.com", "corp.contoso.com, Corp.litwareinc.com", "a.b ,a.b,c_d"]
    identities = {name.lower(): name for name in ["Global", "site:Redmond", "site:Ærø", "ExRedmond", "tag:Σ", "site:a;b"]}
    policies = [
        {"Identity": name, **maybe(rng, "Destination", ["", *HOSTS]), **maybe(rng, "Organization", organizations)}
        for name in identities.values()
        if rng.random() < 0.7  # noqa: PLR2004 - seven in ten
    ]
    servers = [
        {"Fqdn": f"um{number}.contoso.com", "MajorVersion": rng.choice([8, 14, 15, 15]), **maybe(rng, "Enabled", [True, False])}
        for number in range(4)
    ]
    plans = [
        {"PhoneContext": name, "UriType": rng.choice(["SipName", "SipName", "E164"]), "UmServers": some(rng, servers, 1)}
        | {"UmServers": rng.sample(servers, rng.randint(0, 4))}
        for name in ["dp.contoso.com", "dp 2", "a;b?c@d", "straße", "ПЛАН", "100%"]
    ]
    contacts = [
        {"SipAddress": f"contact{number}@contoso.com", "DisplayNumber": f"+1425555{number:04}"}
        | maybe(rng, "HostedVoicemailPolicy", POLICIES)
        for number in range(rng.randint(0, 3))
    ]
    return {
        "HostedVoicemailPolicies": policies,
        "Pools": [{"Identity": f"pool{number}{'.contoso.com' * number}", "Site": rng.choice(SITES)} for number in range(2)],
        "Users": [a_user(rng, number) for number in range(USERS_EACH)],
        "UmContacts": contacts,
        **maybe(rng, "UmDialPlans", [plans, []]),
    }


def broken(rng: random.Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with one to three values, keys or objects made wrong."""
    spoiled: dict[str, Any] = json.loads(json.dumps(document))
    for _ in range(rng.randint(1, 3)):
        part = spoiled[rng.choice([key for key, value in spoiled.items() if isinstance(value, list) and value] or ["Users"])]
        one = rng.choice(part) if part else None
        if not isinstance(one, dict):
            continue
        match rng.randint(0, 3):
            case 0:
                one[rng.choice(["Colour", "sipAddress", "__proto__", "constructor"])] = rng.choice(WRONG)
            case 1 if one:
                one[rng.choice(list(one))] = rng.choice(WRONG)
            case 2 if one:
                one.pop(rng.choice(list(one)))
            case _:
                part.append(rng.choice([one, rng.choice(WRONG)]))
    return spoiled


def requests(rng: random.Random) -> list[dict[str, Any]]:
    """Everything that is asked about one document."""
    document = a_document(rng)
    reading = {
        **maybe(rng, "authors_disagree", ["ANY_ENABLED", "EXCHANGE_WINS", "SKYPE_FOR_BUSINESS_WINS"]),
        **maybe(rng, "disabled_with_um_proxy_address", ["ROUTE_ON_PREMISES", "NOT_ROUTED"]),
        **maybe(rng, "several_organizations", ["WHOLE_LIST", "FIRST"]),
    }
    everyone = {"Ask": "RouteEveryone", "Deployment": document, "Reading": reading, "Turn": rng.randint(-9, 9)}
    return [
        everyone | maybe(rng, "Layout", [{}, {"Server": "X-Server", "PhoneContext": "p"}]),
        {"Ask": "DeploymentMode", "Deployment": document, "Reading": reading},
        {"Ask": "ReadDeployment", "Deployment": document},
        {"Ask": "ReadDeployment", "Deployment": broken(rng, document)},
    ]


def main(users: int, seed: int) -> int:
    """Ask both about so many users, print the counts, and every request that was answered otherwise."""
    rng = random.Random(seed)  # noqa: S311 - no secret is made
    routed = asked = faulty = differ = 0
    with subprocess.Popen(PEER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as peer:  # noqa: S603 - ours
        assert peer.stdin is not None
        assert peer.stdout is not None
        while routed < users:
            for request in requests(rng):
                peer.stdin.write(json.dumps(request).encode() + b"\n")
                peer.stdin.flush()
                ours, theirs = answer(request), json.loads(peer.stdout.readline())
                asked += 1
                routed += len(ours.get("Decisions", ()))
                faulty += "Faults" in ours
                if ours != theirs:
                    differ += 1
                    print(f"differs: {json.dumps(request)}\n  ours: {json.dumps(ours)}\n  peer: {json.dumps(theirs)}")
        peer.stdin.close()
    print(f"seed {seed}: {routed:,} users and contacts routed, {asked:,} requests, {faulty:,} with faults, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
