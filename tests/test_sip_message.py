"""Raw SIP messages: what is read, what is refused, and that nothing is injected."""

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
    """An INVITE with further header lines."""
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
    assert write_invite(at_front_end(read_invite(message(b"Content-Length: 256", body=body)))).endswith(b"\r\n\r\n" + body)


def test_message_without_an_empty_line_has_no_body() -> None:
    """A file that ends with its last header is read."""
    assert read_invite(LINE + FROM_AND_TO).body == b""


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        ("INVITE", "INVITE"),
        (b"", b""),
        (b"SIP/2.0 200 OK\r\n\r\n", b"SIP/2.0 200 OK"),
        (message().replace(b"INVITE", b"BYE", 1), b"BYE sip:alice@contoso.com SIP/2.0"),
        (message(b"Content-Length: 7"), 7),
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
        (LINE + b"To: <sip:alice@contoso.com>\r\n\r\n", InvalidInvite, None, ()),
        (LINE + b'From: "Bob\r\nTo: <sip:alice@contoso.com>\r\n\r\n', InvalidInvite, "From", '"Bob'),
        (
            message(b"X-A: a\nDiversion: <sip:eve@fabrikam.com>"),
            InvalidInvite,
            "Invite.headers",
            "a\nDiversion: <sip:eve@fabrikam.com>",
        ),
        (message(b"X-A: a\rb"), InvalidInvite, "Invite.headers", "a\rb"),
        (message(b"X Y: 1"), InvalidInvite, "Invite.headers", "X Y"),
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
        (b"no colon here", "holds a header that is none"),
        (b"CSeq: x", "holds a header that is none"),
        (b"Via: x", "holds a header that is none"),
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
    assert parsed.headers.keys() == ["From", "To", "Supported", "Diversion"]
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
