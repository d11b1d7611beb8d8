"""Any values of the attributes, of proxyAddresses, of identities and Organization: read or refused; spelled, they read back.

Run it with ``make fuzz``, or alone with the options of libFuzzer: ``python fuzz/fuzz_attributes.py -runs=1000``.
"""

import sys

import atheris

with atheris.instrument_imports(include=["exum_routing"]):
    from exum_routing import PolicyIdentity, ProxyAddress, UmProxyAddress, User, VoiceMailSettings, read_organization

from laws import decided, refused

PIECES = (
    "ExchangeHostedVoiceMail=",
    "CsHostedVoiceMail=",
    "cshostedvoicemail=1",
    "0",
    "1",
    "EUM:",
    "eum:",
    "smtp:",
    "roy@contoso.com",
    ";phone-context=",
    ";PHONE-CONTEXT=",
    "dp.contoso.com",
    "Global",
    "site:",
    "TAG:",
    "ExRedmond",
    ",",
    ", ",
    " ",
    ":",
    "corp.contoso.com",
    "\n",
    "\u2028",
    "\u0130",
)


def assembled(provider: atheris.FuzzedDataProvider) -> str:
    """A text made of the pieces that these values are made of, and of any others."""
    pieces = []
    for _ in range(provider.ConsumeIntInRange(0, 5)):
        kind = provider.ConsumeIntInRange(0, len(PIECES) + 1)
        pieces.append(PIECES[kind] if kind < len(PIECES) else provider.ConsumeUnicode(provider.ConsumeIntInRange(0, 8)))
    return "".join(pieces)


def check(data: bytes) -> None:
    """One input: up to six texts as the values of an attribute, each of them as an entry, an identity, an Organization."""
    provider = atheris.FuzzedDataProvider(data)
    texts = [assembled(provider) for _ in range(provider.ConsumeIntInRange(0, 6))]
    texts.append(provider.ConsumeUnicode(atheris.ALL_REMAINING))
    settings = decided(VoiceMailSettings, texts)
    if not refused(settings):
        assert VoiceMailSettings(settings.values) == settings, texts
        assert VoiceMailSettings(settings.values).values == settings.values, texts
    for text in texts:
        for read in (ProxyAddress.parse, PolicyIdentity):
            value = decided(read, text)
            if not refused(value):
                assert read(str(value)) == value, (text, str(value))
                assert str(read(str(value))) == str(value), (text, str(value))
        organizations = decided(read_organization, text)
        if not refused(organizations):
            assert read_organization(", ".join(organizations)) == organizations, text
    addresses = [address for address in (decided(ProxyAddress.parse, text) for text in texts) if not refused(address)]
    user = User(sip_address="roy@contoso.com", proxy_addresses=addresses)
    assert {address for address in addresses if isinstance(address, UmProxyAddress)} == set(user.um_proxy_addresses), texts


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
