"""Hostile octets through reading, the Front End and writing: what became of each, and that one message leaves.

``make hostile`` follows 200,000. Each message that leaves is parsed by the grammar of RFC 3261 alone, written once more here:
exactly one framing, the same body, and no header that the input did not have but for those that the Front End adds.
"""

import re
import sys
from collections import Counter
from random import Random

from exum_routing import AccessEdgeConfiguration, Deployment, ExumRoutingError, HostedVoicemailPolicy, User
from exum_routing.call import Forwarded, front_end
from exum_routing.interchange.sip_message import read_invite, write_invite

DEPLOYMENT = Deployment(
    users=[
        User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",)),
        User(sip_address="roy@contoso.com", proxy_addresses=("EUM:roy@contoso.com;phone-context=dp",)),
    ],
    policies=[HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=("contoso.com",))],
    edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
    av_edge_gruu="sip:av@contoso.com;gruu",
)
OURS = frozenset({b"diversion", b"supported", b"ms-mras-address"})
URIS = (
    b"sip:alice@contoso.com",
    b"SIP:alice@contoso.com;opaque=app:voicemail",
    b"sip:roy@contoso.com",
    b"tel:+1",
    b"sip:x y@b",
)
NAMES = (
    b"From",
    b"f",
    b"To",
    b"t",
    b"Via",
    b"Diversion",
    b"k",
    b"Supported",
    b"X",
    b"X Y",
    b"",
    b"\xe2\x84\xaa",
    b"Content-Length",
    b"l",
)
VALUES = (
    *(
        b"<sip:bob@fabrikam.com>;tag=1",
        b"<sip:alice@contoso.com>",
        b"sip:eve@fabrikam.com",
        b'"B\\" <sip:a@b>',
        b"ms-fe, timer",
    ),
    *(
        b"SIP/2.0/TLS a.invalid;branch=z9hG4bK1",
        b"0",
        b"5",
        b"+5",
        b"5, 5",
        b"\xd9\xa5",
        b"a\r\n b",
        b"a\nDiversion: <sip:e@f>",
    ),
    *(b"\xff", b"", b"a\r\n\r\nINVITE sip:e@f SIP/2.0", b"\x00", b"\xe2\x80\xa8"),
)
BODIES = (b"", b"hello", b"INVITE sip:eve@fabrikam.com SIP/2.0\r\nl: 0\r\n\r\n", b"\r\n\r\n", bytes(range(256)))


def a_message(rng: Random) -> bytes:
    """A message: most of it sound, some of it hostile, now and then with octets changed."""
    body = rng.choice(BODIES)
    lines = [b"From: <sip:bob@fabrikam.com>;tag=1", b"To: <sip:alice@contoso.com>", b"Content-Length: %d" % len(body)]
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        lines.insert(
            rng.randrange(len(lines) + 1), rng.choice(NAMES) + rng.choice((b":", b": ", b" :", b"")) + rng.choice(VALUES)
        )
    if rng.random() < 0.1:  # noqa: PLR2004 - one in ten
        lines.pop(rng.randrange(len(lines)))
    octets = bytearray(b"INVITE " + rng.choice(URIS) + b" SIP/2.0\r\n" + b"\r\n".join(lines) + b"\r\n\r\n" + body)
    for _ in range(rng.choice((0, 0, 0, 1, 3))):
        octets[rng.randrange(len(octets))] = rng.randrange(256)
    return bytes(octets)


def violation(octets: bytes, written: bytes) -> str:
    """What is wrong with a message that leaves; empty: nothing."""
    head, blank, rest = written.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    pairs = [line.partition(b":") for line in lines]
    lengths = [value.strip() for name, _, value in pairs if name.lower() in {b"content-length", b"l"}]
    unfolded = re.sub(rb"[ \t]*\r\n[ \t]+", b" ", octets.partition(b"\r\n\r\n")[0])
    received = {line.partition(b":")[2].strip(b" \t") for line in unfolded.split(b"\r\n")}
    others = {value.strip(b" \t") for name, _, value in pairs if name.lower() not in OURS}
    names = (colon and re.fullmatch(rb"[-A-Za-z0-9.!%*_+`'~]+", name) for name, colon, _ in pairs)
    faults = {
        "line breaks within the headers": not blank or re.search(rb"\r(?!\n)|(?<!\r)\n", head),
        "no request line": not re.fullmatch(rb"INVITE [^ \r\n]+ SIP/2\.0", first),
        "a line that is no header": not all(names),
        "another framing": lengths != [b"%d" % len(rest)],
        "another body": rest != octets.partition(b"\r\n\r\n")[2],
        "a header that the input did not have": not others <= received,
    }
    return ", ".join(fault for fault, holds in faults.items() if holds)


def what_became_of(octets: bytes) -> str:
    """Refused when read, refused at the Front End, passed on; or what is wrong."""
    try:
        invite = read_invite(octets)
    except ExumRoutingError as error:
        return f"refused, {type(error).__name__}" if str(error).isprintable() else "VIOLATION: a message that is not one line"
    left = front_end(invite, DEPLOYMENT)
    if not isinstance(left, Forwarded):
        return "refused at the Front End"
    found = violation(octets, write_invite(left.invite))
    return f"VIOLATION: {found}" if found else "one message left"


def main(messages: int, seed: int) -> int:
    """Print how many messages ended in which way; 1: there was a violation."""
    rng = Random(seed)  # noqa: S311 - a seed that can be drawn again
    found = Counter[str]()
    for _ in range(messages):
        found[what_became_of(a_message(rng))] += 1
    violations = sum(number for outcome, number in found.items() if outcome.startswith("VIOLATION"))
    for outcome, number in found.most_common():
        print(f"{number:>9,}  {outcome}")
    print(f"{messages:,} messages, seed {seed}: {violations} violations")
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
