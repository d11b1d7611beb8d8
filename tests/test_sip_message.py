"""Raw SIP messages: what is read, what is refused, and that nothing is injected."""

import re

import pytest
import sipmessage
from hypothesis import example, given
from hypothesis import strategies as st

from exum_routing import ExumRoutingError, InvalidInvite, InvalidSipUri
from exum_routing.call import Forwarded, front_end
from exum_routing.deployment import Deployment, HostedVoicemailPolicy, User
from exum_routing.interchange.sip_message import InvalidSipMessage, read_invite, write_invite
from exum_routing.sip import Invite

FROM_AND_TO = b"From: <sip:bob@fabrikam.com>;tag=1\r\nTo: <sip:alice@contoso.com>\r\n"
LINE = b"INVITE sip:alice@contoso.com SIP/2.0\r\n"


def message(*lines: bytes, body: bytes = b"") -> bytes:
    """An INVITE with further header lines, framed as it has to be."""
    length = b"Content-Length: %d" % len(body)
    return unframed(*lines, length, body=body)


def unframed(*lines: bytes, body: bytes = b"") -> bytes:
    """An INVITE with further header lines, its Content-Length among them or not."""
    return LINE + FROM_AND_TO + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


def at_front_end(invite: Invite) -> Invite:
    """The INVITE as it leaves the Front End towards hosted UM."""
    alice = User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",))
    everyone = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com",))
    left = front_end(invite, Deployment(users=(alice,), policies=(everyone,)))
    assert isinstance(left, Forwarded)
    return left.invite


def test_what_is_read_is_written() -> None:
    """A whole INVITE comes back octet for octet."""
    written = write_invite(Invite.of_call("bob@fabrikam.com", "sip:alice@contoso.com;opaque=app:voicemail"))
    assert write_invite(read_invite(written)) == written


def test_folded_headers_are_one_line() -> None:
    """A folded value is read as one line, with one blank in the place of each fold."""
    invite = read_invite(message(b"Subject: one\r\n \ttwo\r\n  three", b"X: y"))
    assert invite.values("Subject") == ("one two three",)
    assert b"\r\nSubject: one two three\r\n" in write_invite(invite)


def test_compact_forms_are_the_long_names() -> None:
    """Compact forms of names are read as the long ones."""
    invite = read_invite(LINE + b"f: sip:bob@fabrikam.com;tag=1\r\nt:<sip:alice@contoso.com>\r\nk: timer\r\nl: 0\r\n\r\n")
    assert invite.from_.address == "sip:bob@fabrikam.com"
    assert invite.values("Supported") == ("timer",)


def test_repeated_diversion_is_removed() -> None:
    """However often and however spelled a Diversion came, one leaves: the owner's."""
    invite = read_invite(message(b"Diversion: <sip:eve@fabrikam.com>", b"X: y", b"DIVERSION: <sip:roy@contoso.com>"))
    assert at_front_end(invite).values("Diversion") == ("<sip:alice@contoso.com>",)


def test_a_header_of_64_kib_is_passed_on() -> None:
    """A header of any length is passed on as it came."""
    long = b"a" * 65_536
    assert b"\r\nX-Long: " + long + b"\r\n" in write_invite(at_front_end(read_invite(message(b"X-Long: " + long))))


def test_body_is_passed_on() -> None:
    """The octets behind the headers are passed on, whatever they are."""
    body = bytes(range(256))
    assert write_invite(at_front_end(read_invite(message(body=body)))).endswith(b"\r\n\r\n" + body)


def test_message_without_an_empty_line_has_no_body() -> None:
    """A file that ends with its last header is read."""
    assert read_invite(LINE + FROM_AND_TO + b"l: 0").body == b""


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        ("INVITE", "INVITE"),
        (b"", b""),
        (b"SIP/2.0 200 OK\r\n\r\n", b"SIP/2.0 200 OK"),
        (message().replace(b"INVITE", b"BYE", 1), b"BYE sip:alice@contoso.com SIP/2.0"),
        (unframed(b"Content-Length: 7"), "7"),
    ],
)
def test_what_is_no_invite_is_refused(octets: object, value: object) -> None:
    """Every refusal names what was refused: the message, its first line, or its length."""
    with pytest.raises(InvalidSipMessage) as caught:
        read_invite(octets)  # type: ignore[arg-type] # malformed on purpose
    assert (caught.value.place, caught.value.value) == (None, value)


@pytest.mark.parametrize(
    ("octets", "kind", "place", "value"),
    [
        (message().replace(b"sip:alice", b"tel:alice", 1), InvalidSipUri, "Invite.request_uri", "tel:alice@contoso.com"),
        (LINE + b"l: 0\r\nTo: <sip:alice@contoso.com>\r\n\r\n", InvalidInvite, None, ()),
        (LINE + b'l: 0\r\nFrom: "Bob\r\nTo: <sip:alice@contoso.com>\r\n\r\n', InvalidInvite, "From", '"Bob'),
        (
            message(b"X-A: a\nDiversion: <sip:eve@fabrikam.com>"),
            InvalidInvite,
            "Invite.headers",
            "a\nDiversion: <sip:eve@fabrikam.com>",
        ),
        (message(b"X-A: a\rb"), InvalidInvite, "Invite.headers", "a\rb"),
    ],
)
def test_what_an_invite_refuses_is_refused(
    octets: bytes, kind: type[ExumRoutingError], place: str | None, value: object
) -> None:
    """What an INVITE does not take is refused by its own error, with place and value; tests/test_messages.py has the words."""
    with pytest.raises(ExumRoutingError) as caught:
        read_invite(octets)
    assert (kind, place, value) == (type(caught.value), caught.value.place, caught.value.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"X: \xff\xfe", "is not UTF-8 at byte"),
        (b"no colon here", "is not a header"),
        (b"X Y: 1", "is not a header"),
        ("\u212a: timer".encode(), "is not a header"),
        (b": 1", "is not a header"),
        (b"CSeq: x", "is no value of CSeq"),
        (b"CSeq: 1 BYE", "is no value of CSeq"),
        (b"CSeq: 2147483648 INVITE", "is no value of CSeq"),
        ("CSeq: \u0661 INVITE".encode(), "is no value of CSeq"),
        (b"Max-Forwards: 256", "is no value of Max-Forwards"),
        (b"Max-Forwards: +7", "is no value of Max-Forwards"),
        (b"Max-Forwards: 7\r\nMax-Forwards: 7", "is no value of Max-Forwards"),
        (b"Via: x", "is no value of Via"),
        (b"v: x", "is no value of Via"),
        (b"Call-ID: ", "is no value of Call-ID"),
    ],
)
def test_headers_that_are_none_are_refused(line: bytes, words: str) -> None:
    """Bad octets and headers that break their grammar are refused on one line."""
    with pytest.raises(InvalidSipMessage, match=words) as caught:
        read_invite(message(line))
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("octets", [b"\xff", b"a\xff"])
def test_request_uri_that_is_not_utf_8_is_refused(octets: bytes) -> None:
    """The Request-URI has to be UTF-8 too."""
    with pytest.raises(InvalidSipMessage, match="is not UTF-8"):
        read_invite(message().replace(b"sip:", b"sip:" + octets, 1))


INJECTIONS = ("Bob\r\nDiversion: <sip:eve@fabrikam.com>", "Bob\nX: y", "Bob\r", "Bob\x00", "Bob\u2028", 'B"<sip:eve@x>', "B\\")


@given(st.sampled_from(INJECTIONS) | st.text())
@example("Bob\r\n\r\nbody")
@example('Bob" <sip:alice@contoso.com>\r\nX: y')
def test_nothing_is_injected(display_name: str) -> None:
    """Whatever a display name holds, it is refused, or no header more and no body leaves the Front End."""
    try:
        invite = Invite(
            request_uri="sip:alice@contoso.com",
            headers=(("From", f'"{display_name}" <sip:bob@fabrikam.com>;tag=1'), ("To", "<sip:alice@contoso.com>")),
        )
    except ExumRoutingError:
        return
    parsed = sipmessage.Message.parse(write_invite(at_front_end(invite)))
    assert parsed.headers.keys() == ["From", "To", "Supported", "Diversion", "Content-Length"]
    assert parsed.headers.getlist("Diversion") == ["<sip:alice@contoso.com>"]
    assert parsed.body == b""


@given(
    st.binary() | st.binary().map(lambda tail: message()[:-2] + tail) | st.binary().map(lambda value: message(b"X: " + value))
)
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    """Whatever the octets are, they are an INVITE, which is written and read back equal, or refused on one line."""
    try:
        invite = read_invite(octets)
    except ExumRoutingError as error:
        assert str(error).isprintable()  # noqa: PT017 - either way is right
        return
    assert read_invite(write_invite(invite)) == invite


class TestFraming:
    """There is one framing, CALL-16."""

    @pytest.mark.parametrize(
        "lines",
        [
            (),
            (b"Content-Length: 0",),
            (b"Content-Length: 5, 5",),
            (b"Content-Length: 5", b"l: 5"),
            (b"l: 5", b"Content-Length: 0"),
            (b"Content-Length: +5",),
            (b"Content-Length: 0_5",),
            (b"Content-Length: 5 ;x",),
            (b"Content-Length: -5",),
            (b"Content-Length: 0x5",),
            ("Content-Length: \u0665".encode(),),
            (b"Content-Length: " + b"0" * 20 + b"5",),
            (b"Content-Length:",),
            (b"Content-Length: 6",),
        ],
    )
    def test_another_framing_is_refused(self, lines: tuple[bytes, ...]) -> None:
        """The next hop might read another message, or a second one in the body; the message says which header to give."""
        with pytest.raises(InvalidSipMessage, match="Content-Length"):
            read_invite(unframed(*lines, body=b"hello"))

    @pytest.mark.parametrize("line", [b"Content-Length: 5", b"l:5", b"CONTENT-LENGTH : 005", b"L: 5 "])
    def test_one_length_in_digits_is_read(self, line: bytes) -> None:
        """However the name is spelled."""
        assert read_invite(unframed(line, body=b"hello")).body == b"hello"

    @pytest.mark.parametrize(
        "headers", [(), (("Content-Length", "7"),), (("l", "0"), ("X", "y"), ("Content-Length", "9"))], ids=["no", "one", "two"]
    )
    @pytest.mark.parametrize("body", [b"", b"hello", b"INVITE sip:eve@fabrikam.com SIP/2.0\r\n\r\n"])
    def test_what_is_written_is_framed(self, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        """Whatever the headers of the Invite say."""
        from_and_to = (("From", "<sip:bob@fabrikam.com>"), ("To", "<sip:alice@contoso.com>"))
        written = write_invite(Invite(request_uri="sip:alice@contoso.com", headers=(*from_and_to, *headers), body=body))
        head, _, rest = written.partition(b"\r\n\r\n")
        assert rest == body
        assert [line for line in head.split(b"\r\n") if b"ength" in line or line.startswith(b"l:")] == [
            b"Content-Length: %d" % len(body)
        ]
        assert read_invite(written).body == body


def strictly_parsed(octets: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """A request by the grammar of RFC 3261 alone: its headers, and the body that they frame; nothing may be left over."""
    head, blank, rest = octets.partition(b"\r\n\r\n")
    assert blank
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", head)
    first, *lines = head.split(b"\r\n")
    assert re.fullmatch(rb"INVITE [^ \r\n]+ SIP/2\.0", first)
    headers = []
    for line in lines:
        name, colon, value = line.partition(b":")
        assert colon
        assert re.fullmatch(rb"[-A-Za-z0-9.!%*_+`'~]+", name), name
        headers.append((name, value.strip(b" \t")))
    lengths = [value for name, value in headers if name.lower() in {b"content-length", b"l"}]
    assert len(lengths) == 1
    assert re.fullmatch(rb"[0-9]+", lengths[0])
    assert int(lengths[0]) == len(rest)
    return headers, rest


HOSTILE = st.lists(
    st.sampled_from(
        (
            b"Diversion: <sip:eve@fabrikam.com>",
            b"b: <sip:eve@fabrikam.com>",
            b"k: timer, ms-fe",
            b"Supported: ms-fe",
            b"Subject: one\r\n two",
            b"X: \xc3\xa9",
            b"Ms-Mras-Address: <sip:eve@fabrikam.com>",
            b"Content-Length: 0",
            b"l: 5",
            b"Transfer-Encoding: chunked",
            b"\r\nINVITE sip:eve@fabrikam.com SIP/2.0",
            b"Via: SIP/2.0/TLS a.invalid;branch=z9hG4bK1",
        )
    )
    | st.binary(max_size=20),
    max_size=5,
)


@given(
    lines=HOSTILE, body=st.binary(max_size=30) | st.just(b"INVITE sip:eve@fabrikam.com SIP/2.0\r\n\r\n"), framed=st.booleans()
)
def test_what_leaves_is_one_message(lines: list[bytes], body: bytes, *, framed: bool) -> None:
    """Of whatever octets are read, what leaves the Front End is one message with the same body, by an independent parser.

    It has no header that the input did not have, but for those of CALL-2 to CALL-5.
    """
    octets = message(*lines, body=body) if framed else unframed(*lines, body=body)
    try:
        invite = read_invite(octets)
    except ExumRoutingError:
        return
    headers, rest = strictly_parsed(write_invite(at_front_end(invite)))
    assert rest == octets.partition(b"\r\n\r\n")[2] == invite.body
    ours = {b"diversion", b"supported", b"ms-mras-address"}
    received = {(name.encode().lower(), value.encode()) for name, value in invite.headers}
    assert {(name.lower(), value) for name, value in headers if name.lower() not in ours} <= received
    assert [value for name, value in headers if name.lower() == b"diversion"] == [b"<sip:alice@contoso.com>"]


COMPACT_FORMS = {
    "a": "Accept-Contact",
    "b": "Referred-By",
    "d": "Request-Disposition",
    "o": "Event",
    "r": "Refer-To",
    "u": "Allow-Events",
}


@pytest.mark.parametrize(("compact", "long"), COMPACT_FORMS.items())
def test_every_compact_form_of_the_registry_is_its_long_name(compact: str, long: str) -> None:
    """Read as the long one, and compared with it."""
    invite = read_invite(message(f"{compact.upper()}: x".encode(), f"{long.lower()}: y".encode()))
    assert invite.values(long) == invite.values(compact) == ("x", "y")
    assert [name for name, _ in invite.headers].count(long) == 2


def test_what_is_not_an_invite_is_not_written() -> None:
    """The error says what it is."""
    with pytest.raises(InvalidSipMessage, match="is not an Invite"):
        write_invite(None)  # type: ignore[arg-type] # malformed on purpose
