"""Any text as a SIP URI, a Request-URI, a SIP address, an FQDN: read or refused; what is read is spelled so that it reads back.

Run it with ``make fuzz``, or alone with the options of libFuzzer: ``python fuzz/fuzz_sip_uri.py -runs=1000``.
"""

import sys

import atheris

with atheris.instrument_imports(include=["exum_routing"]):
    from exum_routing import Fqdn, SipAddress, SipUri, read_request_uri

from laws import decided, refused

PIECES = (
    "sip:",
    "SIPS:",
    "alice",
    "@",
    "contoso.com",
    "Um.Contoso.com.",
    "10.0.0.1",
    "[2001:db8::1]",
    ":5061",
    ":00",
    ";",
    "=",
    "?",
    "&",
    "%",
    "%61",
    "%C3%a9",
    "%ff",
    "%2C",
    "opaque=app:voicemail",
    "opaque=app%3Avoicemail",
    "maddr=",
    "ms-organization=",
    "phone-context=",
    "user=phone",
    "lr",
    "+1425",
)


def assembled(provider: atheris.FuzzedDataProvider) -> str:
    """A text made of the pieces that URIs are made of, and of any others."""
    pieces = []
    for _ in range(provider.ConsumeIntInRange(1, 12)):
        kind = provider.ConsumeIntInRange(0, len(PIECES) + 1)
        pieces.append(PIECES[kind] if kind < len(PIECES) else provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 8)))
    return "".join(pieces)


def check(data: bytes) -> None:
    """One input: any text, or one of known pieces."""
    provider = atheris.FuzzedDataProvider(data)
    text = assembled(provider) if provider.ConsumeBool() else provider.ConsumeUnicode(atheris.ALL_REMAINING)
    uri = decided(SipUri.parse, text)
    if not refused(uri):
        assert SipUri.parse(str(uri)) == uri, (text, str(uri))
        assert str(SipUri.parse(str(uri))) == str(uri), (text, str(uri))
    target = decided(read_request_uri, text)
    assert not (refused(uri) and not refused(target)), text
    for kind in (SipAddress, Fqdn):
        value = decided(kind, text)
        if not refused(value):
            assert kind(str(value)) == value, (text, value)
            assert str(kind(str(value))) == str(value), (text, value)
            assert not refused(decided(SipUri.parse, str(value))) or kind is Fqdn, (text, value)


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
