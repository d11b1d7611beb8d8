"""Hypothesis strategies for what SIP itself has: names, addresses, URIs and INVITEs; ``strategies`` offers them too."""

from string import ascii_letters, digits
from typing import Final, TypeVar
from urllib.parse import quote

from exum_routing.extras import needs

with needs("hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

from exum_routing.deployment import EXCHANGE_ONLINE
from exum_routing.sip import Fqdn, Invite, SipAddress, SipUri

T = TypeVar("T")

FQDNS: Final = (EXCHANGE_ONLINE, *map(Fqdn, ("um.fabrikam.com", "corp.contoso.com", "um_1.contoso.com", "localhost")))
"""Names that are drawn often, so that they meet."""
_HOSTNAMES: Final = ("contoso.com", "litwareinc.com", "localhost", "xn--bcher-kva.example", "contoso.xn--p1ai")
_IPV4: Final = ("10.0.0.1", "192.168.100.200")
_IPV6: Final = ("[::1]", "[2001:db8::a:1]", "[::ffff:192.0.2.1]")
_SIP_USERS: Final = ("alice", "roy", "alice.b-c_d", "+14255550100", "a%3Bb", "a%3Fb", "a%40b", "%C3%A9", "a%25", "&=+$,/!~*'()")

_ENCODABLE: Final = st.characters(exclude_categories=["Cs"])
_LABELS: Final = st.text(f"{ascii_letters}{digits}-_", min_size=1, max_size=9)
_TOP_LABELS: Final = st.text(ascii_letters, min_size=1, max_size=8)


def given_or(given: SearchStrategy[T] | None, default: SearchStrategy[T]) -> SearchStrategy[T]:
    """The strategy that was given, or the default one."""
    return default if given is None else given


def fqdns() -> SearchStrategy[Fqdn]:
    """FQDNs, ``_`` and single labels among them; none near the limit of 255 characters.

    Clauses: NAME-1
    """
    return st.sampled_from(FQDNS) | st.lists(_LABELS, min_size=1, max_size=3).map(".".join).map(Fqdn)


def sip_addresses(
    *, user: SearchStrategy[str] | None = None, domain: SearchStrategy[str] | None = None
) -> SearchStrategy[SipAddress]:
    """SIP addresses, escapes among them; escaped octets are UTF-8, and last labels have no digit but in ``xn--``.

    ``user`` draws what stands before the ``@``, escaped, and ``domain`` what stands behind it.

    Clauses: NAME-2, NAME-5
    """
    drawn = st.text(_ENCODABLE, min_size=1, max_size=8).map(lambda user: quote(user, safe="!*'()&=+$,/"))
    users, domains = st.sampled_from(_SIP_USERS) | drawn, st.sampled_from(_HOSTNAMES + _IPV4) | _TOP_LABELS
    return st.builds("{}@{}".format, given_or(user, users), given_or(domain, domains)).map(SipAddress)


def _lower_name(pair: tuple[str, str | None]) -> str:
    return pair[0].lower()


@st.composite
def sip_uris(draw: DrawFn) -> SipUri:
    """SIP URIs with every part there may be, any encodable text in them; no hostname with a trailing dot.

    Clauses: NAME-3, NAME-5
    """
    some, any_text = st.text(_ENCODABLE, min_size=1, max_size=6), st.text(_ENCODABLE, max_size=6)
    known = st.sampled_from((("opaque", "app:voicemail"), ("gruu", None), ("maddr", "exap.um.outlook.com"), ("lr", None)))
    user = draw(st.none() | some)
    return SipUri(
        scheme=draw(st.sampled_from(("sip", "sips"))),
        user=user,
        password=None if user is None else draw(st.none() | any_text),
        host=draw(st.sampled_from(_HOSTNAMES + _IPV4 + _IPV6) | _TOP_LABELS),
        port=draw(st.none() | st.integers(1, 65535)),
        parameters=draw(st.lists(known | st.tuples(some, st.none() | some), max_size=3, unique_by=_lower_name)),
        headers=draw(st.lists(st.tuples(some, any_text), max_size=2)),
    )


_VOICE_MAIL: Final = (";gruu;opaque=app:voicemail", ";opaque=app:voicemail", ";OPAQUE=App%3AVoicemail;lr")
_FORGED: Final = ";maddr=um.fabrikam.com;opaque=app:voicemail;ms-organization=corp.contoso.com"
_URI_PARAMETERS: Final = ("", "", *_VOICE_MAIL, _FORGED, ";user=phone", ";transport=tls;x")
_URI_HEADERS: Final = ("", "", "", "?subject=", "?Diversion=%3Csip:roy%40contoso.com%3E&a=b")
_TEL_URIS: Final = ("tel:+14255550100", "tel:1234;phone-context=dp.contoso.com")
_ADDRESS_PARAMETERS: Final = ("", ";tag=1", ' ; tag="a;b\\"c"', ";tag=1;lr;host=[::1];reason=no-answer")
_TOKENS_OF_NAMES: Final = ("", "Bob ", "Bob  B.\tC ", "anonymous")

_HEADER_TEXT: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\t"), max_size=12)
_QUOTED_NAMES: Final = _HEADER_TEXT.map(lambda text: '"' + text.replace("\\", r"\\").replace('"', r"\"") + '" ')
_DISPLAY_NAMES: Final = (
    st.sampled_from((*_TOKENS_OF_NAMES, '"Bob" ', r'"B \"<sip:roy@contoso.com>\" \\" ', '"張偉"')) | _QUOTED_NAMES
)
_FROM, _TO, _DIVERSION = (st.sampled_from(names) for names in (("From", "f", "FROM"), ("To", "t"), ("Diversion", "DIVERSION")))
_OPTION_TAGS: Final = st.sampled_from(("ms-fe", "timer, Ms-Fe", "timer,100rel", "", "ms-fe-2", "MS-FE ,x"))
_PLAIN_HEADERS: Final = (
    ("Via", "SIP/2.0/TLS client.invalid;branch=z9hG4bK1"),
    ("v", "SIP/2.0/TLS 10.0.0.1;branch=z9hG4bK2, SIP/2.0/UDP [::1]"),
    ("Max-Forwards", "70"),
    ("i", "1@client.invalid"),
    ("Call-ID", "2@client.invalid"),
    ("CSeq", "1 INVITE"),
    ("m", "<sip:client.invalid;transport=tls>"),
    ("Content-Length", "0"),
    ("Ms-Mras-Address", "<sip:mras.invalid>"),
    ("ms-mras-address", ""),
    ("Subject", ""),
    ("P-Asserted-Identity", '"Bob" <sip:bob@fabrikam.com>, <tel:+14255550100>'),
)
_ODD_NAMES: Final = ("X-Odd", "x-odd", "Not-Diversion", "Diversion-2", "F2", "X!%*_+`'~.-1", "Referred-By", "History-Info")
_OTHER_HEADERS: Final = st.lists(
    st.sampled_from(_PLAIN_HEADERS)
    | st.tuples(st.sampled_from(("Supported", "k", "SUPPORTED")), _OPTION_TAGS)
    | st.tuples(
        st.sampled_from(_ODD_NAMES), _HEADER_TEXT | st.sampled_from(("a: b", "<>", '"', ";;", "\\", "Diversion: <sip:x>"))
    ),
    max_size=5,
)
_BODIES: Final = st.just(b"") | st.just(b"v=0\r\n\r\nDiversion: <sip:roy@contoso.com>\r\n") | st.binary(max_size=8)
_NO_ADDRESSES: Final = ("", "roy", "<sip:roy@contoso.com>, <sip:alice@contoso.com>", "<sip:con_toso.com>")
_STRANGERS: Final = sip_addresses()


def _spellings(address: str) -> SearchStrategy[str]:
    """SIP URIs with user and host of the address: of both schemes, in any case, with a port, parameters and headers."""
    cases = st.sampled_from((str.lower, str.lower, str.upper, str.swapcase))
    named = st.builds(
        lambda scheme, case: f"{scheme}:{case(address.partition(':')[2])}", st.sampled_from(("sip", "SIP", "sips")), cases
    )
    rest = (st.sampled_from(parts) for parts in (("", "", ":5061"), _URI_PARAMETERS, _URI_HEADERS))
    return st.builds("{}{}{}{}".format, named, *rest)


def _name_addrs(uri: str) -> SearchStrategy[str]:
    """The URI as the value of a header, with any display name and parameters."""
    with_name = st.builds("{}<{}>{}".format, _DISPLAY_NAMES, st.just(uri), st.sampled_from(_ADDRESS_PARAMETERS))
    bare = st.just(uri).map(lambda uri: uri if set(uri).isdisjoint(",;?") else f"<{uri}>")
    return with_name | with_name | st.builds("{}{}".format, bare, st.sampled_from(_ADDRESS_PARAMETERS))


@st.composite
def invites(draw: DrawFn, *, caller: SearchStrategy[str] | None = None, callee: SearchStrategy[str] | None = None) -> Invite:
    """INVITEs as any caller may send them, honest or forged: Request-URI, From and To need not go together.

    There are display names with escapes and in any script, ``tel:`` URIs, compact forms, Diversions that are there already,
    Supported with and without ms-fe, headers that no rule names, and bodies.

    ``caller`` draws the SIP addresses that From names, in any spelling; not given, it often is the callee, as where an owner
    calls in. ``callee`` draws those that the Request-URI names, in any spelling; not given, any SIP URI stands there too.

    Clauses: CALL-16
    """
    called = draw(given_or(callee, _STRANGERS))
    request_uri = draw(_spellings(called) if callee is not None or draw(st.booleans()) else sip_uris().map(str))
    calling = draw(given_or(caller, st.just(called) | _STRANGERS))
    from_uri = draw(_spellings(calling) if caller is not None else _spellings(calling) | st.sampled_from(_TEL_URIS))
    forged = draw(_STRANGERS)
    to_uri = draw(st.sampled_from((called, called, calling, forged, *_TEL_URIS)))
    diverting = st.sampled_from((called, calling, forged)).flatmap(_name_addrs) | st.sampled_from(_NO_ADDRESSES)
    headers = [
        (draw(_FROM), draw(_name_addrs(from_uri))),
        (draw(_TO), draw(_name_addrs(to_uri))),
        *draw(st.lists(st.tuples(_DIVERSION, diverting), max_size=2)),
        *draw(_OTHER_HEADERS),
    ]
    return Invite(request_uri=request_uri, headers=draw(st.permutations(headers)), body=draw(_BODIES))
