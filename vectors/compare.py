"""Compare this library with the peer on random documents, calls and cmdlets: ``make peer``.

Documents are drawn from a seed, so that a difference can be drawn again. Most are sound. Some hold
one or more faults, and both sides have to name the paths of the faults.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from random_calls import random_calls
from random_cmdlets import a_series

from exum_routing.conformance import answer

PEER = ["node", str(Path(__file__).parent / "peer" / "peer.js")]
USERS_EACH = 100
SITES = ["Redmond", "redmond", "Dublin", "Ærø", "site:Oslo", "Σίσυφος", "a;b"]
POLICIES = ["ExRedmond", "EXREDMOND", "Ex Dublin", "tag:Σ", "\N{GREEK SMALL LETTER SIGMA}", "Gone", "Global2"]
PLANS = ["dp.contoso.com", "DP.contoso.com", "dp 2", "a;b?c@d", "Straße", "план", "100%", "gone"]
HOSTS = ["exap.um.outlook.com", "UM.fabrikam.com", "um_1", "a-.b", "x"]
KEYS = ["CsHostedVoiceMail", "cshostedvoicemail", "ExchangeHostedVoiceMail", "EXCHANGEHOSTEDVOICEMAIL"]
GRUUS = ["sip:av.contoso.com@Contoso.com;gruu;opaque=srvr:MRAS", "SIPS:%41v@h.;A=%2C?b=c", "sip:[::1]:05061"]
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


def an_access_edge(rng: random.Random) -> dict[str, Any]:
    """Access Edge settings that do not exclude one another."""
    flags = {key: rng.random() < 0.7 for key in ("UseDnsSrvRouting", "AllowFederatedUsers")}  # noqa: PLR2004 - seven in ten
    other = maybe(rng, "EnablePartnerDiscovery", [True]) if flags["UseDnsSrvRouting"] else maybe(rng, "DefaultRouteFqdn", HOSTS)
    return {**rng.choice([flags, {}]), **other} if flags["UseDnsSrvRouting"] is False else {**flags, **other}


def providers(rng: random.Random) -> list[dict[str, Any]]:
    """Hosting providers, most of them open."""
    usual = {"Enabled": True, "EnabledSharedAddressSpace": True}
    return [
        {"Identity": name, "ProxyFqdn": host}
        | rng.choice([usual, usual, {}])
        | maybe(rng, rng.choice(["HostsOCSUsers", "IsLocal"]), [False, False, True, None])
        | maybe(rng, "VerificationLevel", ["AlwaysVerifiable", "UseSourceVerification", None])
        for name, host in zip(["UM", "uM 2", "Σ"], rng.sample(HOSTS, 3), strict=True)
        if rng.random() < 0.7  # noqa: PLR2004 - seven in ten
    ]


def a_service(rng: random.Random, host: str) -> dict[str, Any]:
    """A hosted UM service with mailboxes of some of the users."""
    return {
        "Fqdn": host,
        "Tenants": [
            {
                "Organization": organization,
                **maybe(rng, "EnableTranscription", [True, False, None]),
                "Mailboxes": [
                    {"SipAddress": f"{rng.choice(['U', 'u.', 'a%3bb'])}{number}@contoso.com"}
                    | maybe(rng, "Home", ["Online", "OnPremises"])
                    | maybe(rng, "VoicemailEnabled", [True, True, False])
                    for number in rng.sample(range(USERS_EACH), rng.randint(0, USERS_EACH))
                ],
            }
            for organization in rng.sample(["corp.contoso.com", "Corp.litwareinc.com", "a.b", "c_d"], rng.randint(0, 4))
        ],
    }


def at_the_edge(rng: random.Random) -> dict[str, Any]:
    """The parts on which no route depends: the Edge's, the hosted services."""
    store = {**maybe(rng, "AccessEdgeConfiguration", [an_access_edge(rng)]), "HostingProviders": providers(rng)}
    other = {"AccessEdgeConfiguration": an_access_edge(rng), **maybe(rng, "HostingProviders", [providers(rng)])}
    equal = store if "AccessEdgeConfiguration" in store else {}
    replica = rng.choice([other, other, equal, {}]) | maybe(rng, "ReplicaFqdn", ["Edge01.contoso.com", None])
    return {
        **store,
        **maybe(rng, "EdgeReplica", [replica, None]),
        "HostedUmServices": [a_service(rng, host) for host in rng.sample(HOSTS, rng.randint(0, 5))],
        **maybe(rng, "AvEdgeGruu", GRUUS),
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
        **at_the_edge(rng),
    }


def objects_of(value: object) -> list[Any]:
    """The objects and arrays at any depth of a document, itself not among them."""
    below = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [one for one in below if isinstance(one, dict | list)] + [deep for one in below for deep in objects_of(one)]


def broken(rng: random.Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with one to three values, keys or objects made wrong."""
    spoiled: dict[str, Any] = json.loads(json.dumps(document))
    for _ in range(rng.randint(1, 3)):
        part = spoiled[rng.choice([key for key, value in spoiled.items() if isinstance(value, dict | list) and value])]
        one = rng.choice([part, *objects_of(part)])
        wrong = rng.choice(WRONG)
        match one, rng.randint(0, 3):
            case dict(), 0:
                one[rng.choice(["Colour", "sipAddress", "__proto__", "constructor"])] = wrong
            case dict(), 1 if one:
                one.pop(rng.choice(list(one)))
            case dict(), _ if one:
                one[rng.choice(list(one))] = wrong
            case list(), 0 if one:
                one[rng.randrange(len(one))] = wrong
            case list(), 1:
                one.append(wrong)
            case list(), _ if one:
                one.insert(rng.randrange(len(one)), json.loads(json.dumps(rng.choice(one))))
            case _:
                pass
    return spoiled


def requests(rng: random.Random) -> list[dict[str, Any]]:
    """Everything that is asked about one document."""
    document = a_document(rng)
    reading = {
        **maybe(rng, "AuthorsDisagree", ["ANY_ENABLED", "EXCHANGE_WINS", "SKYPE_FOR_BUSINESS_WINS"]),
        **maybe(rng, "DisabledWithUmProxyAddress", ["ROUTE_ON_PREMISES", "NOT_ROUTED"]),
        **maybe(rng, "SeveralOrganizations", ["WHOLE_LIST", "FIRST"]),
    }
    everyone = {"Ask": "RouteEveryone", "Deployment": document, "Reading": reading, "Turn": rng.randint(-9, 9)}
    return [
        everyone | maybe(rng, "Layout", [{}, {"Server": "X-Server", "PhoneContext": "p"}]),
        {"Ask": "DeploymentMode", "Deployment": document, "Reading": reading},
        {"Ask": "ReadDeployment", "Deployment": document},
        {"Ask": "Replicate", "Deployment": document},
        {"Ask": "RouteAtEdge", "Deployment": document, "Destination": rng.choice(HOSTS)},
        {"Ask": "CallVoiceMailIndicator", "Deployment": document, "SipAddress": rng.choice(document["Users"])["SipAddress"]},
        *({"Ask": "ReadDeployment", "Deployment": broken(rng, document)} for _ in range(5)),
    ]


class Comparison:
    """Asks both, counts the answers by question, and prints every request with two answers."""

    def __init__(self, peer: subprocess.Popen[bytes]) -> None:
        """Of the library and a peer that runs."""
        self.peer = peer
        self.counts: Counter[str] = Counter()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The library's answer."""
        assert self.peer.stdin is not None
        assert self.peer.stdout is not None
        self.peer.stdin.write(json.dumps(request).encode() + b"\n")
        self.peer.stdin.flush()
        ours, theirs = answer(request), json.loads(self.peer.stdout.readline())
        self.counts.update([request["Ask"], *(key for key in ("Faults", "Refused") if key in ours)])
        if ours != theirs:
            self.counts["differ"] += 1
            print(f"differs: {json.dumps(request)}\n  ours: {json.dumps(ours)}\n  peer: {json.dumps(theirs)}")
        return ours


def main(users: int, seed: int) -> int:
    """Ask both about so many users, and in proportion about calls and cmdlets; print the counts."""
    rng = random.Random(seed)  # noqa: S311 - no secret is made
    routed = 0
    with subprocess.Popen(PEER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as peer:  # noqa: S603 - ours
        comparison = Comparison(peer)
        while routed < users:
            for request in requests(rng):
                routed += len(comparison.ask(request).get("Decisions", ()))
        for request in random_calls(users // 50, seed):
            comparison.ask(request)
        for _ in range(users // 10):
            comparison.ask(a_series(rng))
        assert peer.stdin is not None
        peer.stdin.close()
    differ = comparison.counts.pop("differ", 0)
    counts = ", ".join(f"{count:,} {name}" for name, count in comparison.counts.items())
    print(f"seed {seed}: {routed:,} users and contacts routed; {counts}; {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
