"""The INVITE of a call: which headers it may have, whom they name, and what is kept of them."""

import pickle
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import ExumRoutingError, InvalidInvite, InvalidSipUri, SipAddress, SipUri
from exum_routing.sip import Invite, NameAddr, header_key
from exum_routing.testing.strategies import invites, sip_addresses

FROM, TO = ("From", '"Bob" <sip:bob@fabrikam.com>;tag=1'), ("To", "<sip:alice@contoso.com>")
LINE_BREAKS = ["\r\n", "\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
"""Whatever any reader of lines takes for the end of one."""
UNFIT = [*LINE_BREAKS, "\x00", "\x08", "\x1f", "\x7f", "\x80", "\x9f", "\ud800", "\udfff"]


def invite(*headers: tuple[str, str], request_uri: str = "sip:alice@contoso.com") -> Invite:
    """An INVITE from Bob to Alice with further headers."""
    return Invite(request_uri=request_uri, headers=(FROM, TO, *headers))


class TestCall16:
    """Clause: CALL-16."""

    @pytest.mark.parametrize("name", ["From", "To"])
    @pytest.mark.parametrize("compact", [False, True], ids=["long", "compact"])
    def test_one_of_each_is_needed(self, name: str, compact: bool) -> None:
        """None is too few, and two are too many, the compact form and any case counted in."""
        headers = dict((FROM, TO))
        again = (name[0].lower() if compact else name.upper(), headers[name])
        without = tuple(header for header in (FROM, TO) if header[0] != name)

        assert Invite(request_uri="sip:alice@contoso.com", headers=(*without, again)).values(name) == (headers[name],)
        with pytest.raises(InvalidInvite, match=f"not one {name} header") as caught:
            Invite(request_uri="sip:alice@contoso.com", headers=without)
        assert caught.value.value == ()
        with pytest.raises(InvalidInvite, match=f"not one {name} header") as caught:
            invite(again)
        assert caught.value.value == (headers[name], headers[name])

    @pytest.mark.parametrize("name", ["From", "To"])
    @pytest.mark.parametrize("value", ["", "bob", "<sip:bob@fabrikam.com>, <sip:roy@contoso.com>", "<sip:a_b@c_d>"])
    def test_they_hold_an_address(self, name: str, value: str) -> None:
        """A From or a To that is no address is refused by its name."""
        headers = {**dict((FROM, TO)), name: value}
        with pytest.raises(InvalidInvite, match=f"^{name}: .* is no address of a SIP header") as caught:
            Invite(request_uri="sip:alice@contoso.com", headers=tuple(headers.items()))
        assert caught.value.value == value

    @pytest.mark.parametrize("name", ["X", "a-b.c!d%e*f_g+h`i'j~k", "4", "x" * 70000], ids=lambda name: name[:9])
    def test_a_token_is_a_name(self, name: str) -> None:
        """A header may have any token for a name, in any spelling."""
        assert invite((name, "1")).headers[-1] == (name, "1")

    @pytest.mark.parametrize(
        "name", ["", " ", "a b", "X:", "X\r\nY", "X\n", "é", "a/b", "a@b", '"a"', "a;b", "a,b", "X\x00", "\ud800"]
    )
    def test_anything_else_is_no_name(self, name: str) -> None:
        """What is no token is refused as a name."""
        with pytest.raises(InvalidInvite, match="is no name of a SIP header") as caught:
            invite((name, "1"))
        assert (caught.value.value, caught.value.place) == (name, "Invite.headers")

    @pytest.mark.parametrize("character", UNFIT, ids=ascii)
    @pytest.mark.parametrize("frame", ["{}", "a{}b", "{}Diversion: <sip:roy@contoso.com>", "a{}"])
    def test_no_line_break_is_in_a_value(self, frame: str, character: str) -> None:
        """No value holds what could end a line, any other control character, or half of a surrogate pair."""
        value = frame.format(character)
        with pytest.raises(InvalidInvite, match="Subject") as caught:
            invite(("Subject", value))
        assert (caught.value.value, caught.value.place) == (value, "Invite.headers")

    @pytest.mark.parametrize("character", UNFIT, ids=ascii)
    @pytest.mark.parametrize(
        "frame", ['"a{}b" <sip:bob@fabrikam.com>', '"\\{}" <sip:bob@fabrikam.com>', "<sip:bob@fabrikam.com>{};a=b"]
    )
    def test_no_line_break_is_in_an_address(self, frame: str, character: str) -> None:
        """An address of a header holds none either, its display name and its parameters included."""
        value = frame.format(character)
        with pytest.raises(InvalidInvite) as caught:
            NameAddr(value)
        assert caught.value.value == value

    @pytest.mark.parametrize(
        "value",
        ["", "a\tb", "a: b", '"', "\\", "\u00e9\u5f35\U0001d518", "x" * 65536, "  a  b", "<>;,"],
        ids=lambda value: value[:9],
    )
    def test_any_other_text_is_a_value(self, value: str) -> None:
        """A value is any other text, less blanks around it: a tab, any script, 64 KiB, nothing."""
        assert invite(("Subject", f" {value}\t ")).values("subject") == (value.strip(" \t"),)

    @given(invites())
    def test_headers_are_kept_as_they_came(self, invite: Invite) -> None:
        """Built again from its headers, an INVITE is the same; From and To are among them."""
        again = Invite(request_uri=invite.request_uri, headers=list(invite.headers), body=invite.body)
        assert (invite, invite.from_, invite.to, hash(invite)) == (again, again.from_, again.to, hash(again))
        assert invite.headers == again.headers


class TestInvite:
    """What an INVITE says, and what it is refused for."""

    @pytest.mark.parametrize(
        ("field", "value", "error", "message"),
        [
            ("request_uri", "alice@contoso.com", InvalidSipUri, "is not a SIP URI"),
            ("request_uri", "tel:+14255550100", InvalidSipUri, "is not a SIP URI"),
            ("request_uri", "sip:alice@contoso.com\r\nX: y", InvalidSipUri, "is not a SIP URI"),
            ("request_uri", "sip:al%FFice@contoso.com", InvalidSipUri, "has escapes that are not UTF-8"),
            ("request_uri", None, InvalidSipUri, "is not a SIP URI"),
            ("request_uri", "sip:alice@contoso.com;lr;LR", InvalidSipUri, "occurs twice among the parameters"),
            ("headers", "From: <sip:bob@fabrikam.com>", InvalidInvite, "is not a tuple"),
            ("headers", None, InvalidInvite, "is not a tuple"),
            ("headers", {"From": "<sip:bob@fabrikam.com>"}, InvalidInvite, "is not a tuple"),
            ("headers", ("From",), InvalidInvite, "is no header"),
            ("headers", (["From", "<sip:a@b>"],), InvalidInvite, "is no header"),
            ("headers", (("From", "a", "b"),), InvalidInvite, "is no header"),
            ("headers", (("From", None),), InvalidInvite, "is no header"),
            ("headers", ((b"From", "<sip:a@b>"),), InvalidInvite, "is no header"),
            ("body", "v=0", InvalidInvite, "'v=0' is no body"),
            ("body", None, InvalidInvite, "None is no body"),
        ],
    )  # fmt: skip
    def test_malformed_values_are_refused(self, field: str, value: Any, error: type[ExumRoutingError], message: str) -> None:
        """A value that does not fit is named, with the field."""
        with pytest.raises(error, match=message) as caught:
            Invite(**{"request_uri": "sip:alice@contoso.com", "headers": (FROM, TO), field: value})
        assert caught.value.place == f"Invite.{field}"

    @pytest.mark.parametrize(
        ("request_uri", "expected"),
        [
            ("sip:alice@contoso.com", "sip:alice@contoso.com"),
            ("SIPS:Alice@CONTOSO.com:5061;gruu;opaque=app:voicemail?subject=x", "sip:alice@contoso.com"),
            ("sip:%61lice@contoso.com;maddr=um.fabrikam.com", "sip:alice@contoso.com"),
            ("sip:a%3Bb@contoso.com", "sip:a%3Bb@contoso.com"),
            ("sip:a;b@contoso.com", None),
            ("sip:alice:secret@contoso.com", None),
            ("sip:contoso.com", None),
            ("sip:contoso.com;alice@contoso.com", None),
            ("sip:alice@[::1]:5061", None),
        ],
    )
    def test_address(self, request_uri: str, expected: str | None) -> None:
        """User and host of the Request-URI make a SIP address, or none."""
        assert expected == invite(request_uri=request_uri).address

    def test_values_and_others(self) -> None:
        """Headers are found in order, by either form of the name in any case; the others are kept in order, as spelled."""
        found = invite(("k", "100rel"), ("X", "1"), ("SUPPORTED", "timer"), ("x", "2"), ("Supported-By", "3"))
        assert found.values("supported") == found.values("K") == ("100rel", "timer")
        assert found.values("diversion") == ()
        assert found.without("Supported", "to") == (FROM, ("X", "1"), ("x", "2"), ("Supported-By", "3"))
        assert found.without() == found.headers

    @pytest.mark.parametrize(
        ("names", "key"),
        [
            (("F", "from", "FROM"), "from"),
            (("t", "To"), "to"),
            (("K", "Supported"), "supported"),
            (("i", "Call-ID"), "call-id"),
            (("v", "Via"), "via"),
            (("m", "contact"), "contact"),
            (("L", "Content-Length"), "content-length"),
            (("Diversion", "DIVERSION"), "diversion"),
            (("Ms-Mras-Address",), "ms-mras-address"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_header_key(self, names: tuple[str, ...], key: str) -> None:
        """Either form of a name, in any case, is the same header."""
        assert {key} == set(map(header_key, names))

    @pytest.mark.parametrize("scheme", ["", "sip:", "SIPS:"])
    def test_of_call(self, scheme: str) -> None:
        """A whole INVITE has every header that RFC 3261 asks for, once."""
        found = Invite.of_call(f"{scheme}bob@fabrikam.com", f"{scheme}alice@contoso.com")
        spelled = scheme or "sip:"
        assert (found.request_uri, found.from_.uri) == (f"{spelled}alice@contoso.com", f"{spelled}bob@fabrikam.com")
        assert (found.address, found.to.address) == ("sip:alice@contoso.com", "sip:alice@contoso.com")
        names = ["Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq", "Contact", "Content-Length"]
        assert names == [name for name, _ in found.headers]

    def test_of_call_to_another_request_uri(self) -> None:
        """The Request-URI may be another one than that of To."""
        found = Invite.of_call("bob@fabrikam.com", "alice@contoso.com", request_uri="sip:roy@contoso.com;lr")
        assert (found.request_uri, found.to.uri) == ("sip:roy@contoso.com;lr", "sip:alice@contoso.com")

    @pytest.mark.parametrize("party", ["", "tel:+1", "a b@c", "alice@contoso.com>\r\nX: y", "<alice@contoso.com>", None, 3])
    def test_no_call_of_no_address(self, party: Any) -> None:
        """A party that is no SIP address and no SIP URI is refused."""
        for parties in ((party, "alice@contoso.com"), ("alice@contoso.com", party)):
            with pytest.raises(InvalidSipUri):
                Invite.of_call(*parties)

    @pytest.mark.parametrize("field", ["request_uri", "headers", "body", "from_", "to"])
    def test_an_invite_cannot_be_changed(self, field: str) -> None:
        """Every field is frozen."""
        with pytest.raises(FrozenInstanceError):
            setattr(invite(), field, "")

    def test_invites_differ_in_each_part(self) -> None:
        """Request-URI, headers, their order and spelling, and the body make an INVITE another."""
        one = invite(("X", "1"))
        others = [
            attrs.evolve(one, request_uri="sip:ALICE@contoso.com"),
            attrs.evolve(one, headers=one.headers[::-1]),
            attrs.evolve(one, headers=one.without("X")),
            attrs.evolve(one, headers=(FROM, TO, ("x", "1"))),
            attrs.evolve(one, body=b"v=0"),
        ]
        assert len({one, *others}) == 6


class TestNameAddr:
    """The values of From, To and Diversion."""

    @pytest.mark.parametrize(
        ("value", "uri", "address"),
        [
            ("<sip:bob@fabrikam.com>", "sip:bob@fabrikam.com", "sip:bob@fabrikam.com"),
            ("sip:bob@fabrikam.com", "sip:bob@fabrikam.com", "sip:bob@fabrikam.com"),
            ("sip:bob@fabrikam.com;tag=1;lr", "sip:bob@fabrikam.com", "sip:bob@fabrikam.com"),
            ("<sip:bob@fabrikam.com;lr?a=b>;tag=1", "sip:bob@fabrikam.com;lr?a=b", "sip:bob@fabrikam.com"),
            ("Bob B. \t<SIPS:BOB@fabrikam.com:5061> ; tag = 1", "SIPS:BOB@fabrikam.com:5061", "sip:bob@fabrikam.com"),
            ('""<sip:a,b@c.d>;x="a;\\"b"', "sip:a,b@c.d", "sip:a,b@c.d"),
            (r'"B \"<sip:roy@contoso.com>\" \\" <sip:bob@fabrikam.com>', "sip:bob@fabrikam.com", "sip:bob@fabrikam.com"),
            ('"\u5f35\u5049" <sip:bob@fabrikam.com>', "sip:bob@fabrikam.com", "sip:bob@fabrikam.com"),
            ("<sip:b%3bb@fabrikam.com>", "sip:b%3bb@fabrikam.com", "sip:b%3Bb@fabrikam.com"),
            ("<sip:bob@[::1]>;received=[::1]", "sip:bob@[::1]", None),
            ("<sip:fabrikam.com>", "sip:fabrikam.com", None),
            ("<tel:+14255550100;phone-context=a>", "tel:+14255550100;phone-context=a", None),
            ("tel:+14255550100", "tel:+14255550100", None),
            ("<https://fabrikam.com/bob>", "https://fabrikam.com/bob", None),
        ],
    )
    def test_it_names(self, value: str, uri: str, address: str | None) -> None:
        """A URI stands with or without brackets, display name and parameters; it may be no SIP address."""
        assert (uri, address) == (NameAddr(value).uri, NameAddr(value).address)
        assert value == NameAddr(value)

    @pytest.mark.parametrize(
        "value",
        [
            "", " ", "bob", "<bob@fabrikam.com>", "<>", "<sip:>", "<tel:>", "*", None, 3, b"<sip:a@b>",
            "<sip:bob@fabrikam.com", "sip:bob@fabrikam.com>", "Bob sip:bob@fabrikam.com", '"Bob <sip:bob@fabrikam.com>',
            '"Bob\\" <sip:bob@fabrikam.com>', "B\u00e9 <sip:bob@fabrikam.com>", "<sip:bob@fabrikam.com>x",
            "<sip:bob@fabrikam.com>;", "<sip:bob@fabrikam.com>;=1", "<sip:bob@fabrikam.com>;a=", "sip:bob@fabrikam.com?a=b",
            "<sip:bob@fabrikam.com>, <sip:roy@contoso.com>", "sip:bob@fabrikam.com,sip:roy@contoso.com",
            "<sip:bob @fabrikam.com>", "<sip:b_b@f_f>", "<http://\u00e9>", "<sip:al%ffice@contoso.com>",
        ],
    )  # fmt: skip
    def test_anything_else_is_refused(self, value: Any) -> None:
        """What is no one address is refused, and named."""
        with pytest.raises(InvalidInvite) as caught:
            NameAddr(value)
        assert value is caught.value.value

    @pytest.mark.parametrize(
        "value", ['"' + "\\" * 65537, "a " * 65536, "<" * 65536, ";a" * 65536, '"a' * 65536, "<sip:a@b>" + ";a=" * 65536]
    )
    def test_a_long_value_is_refused_in_linear_time(self, value: str) -> None:
        """64 KiB that nearly are an address are refused at once."""
        with pytest.raises(InvalidInvite):
            NameAddr(value)

    @given(sip_addresses(), st.sampled_from(["{}", "<{}>", '"a" <{};lr>;tag=1']))
    def test_every_sip_address_is_named(self, address: SipAddress, frame: str) -> None:
        """Any SIP address that needs no brackets, or has them, is the one named."""
        if frame == "{}" and set(address) & set(",;?"):
            frame = "<{}>"
        assert address == NameAddr(frame.format(address)).address

    def test_it_is_a_value(self) -> None:
        """It is itself where given again, and survives pickling."""
        one = NameAddr("<sip:bob@fabrikam.com>;tag=1")
        copy = pickle.loads(pickle.dumps(one))  # noqa: S301 - its own pickle
        assert NameAddr(one) is one
        assert (copy, type(copy), copy.uri) == (one, NameAddr, one.uri)


@given(invites())
def test_request_uri_and_address_agree(invite: Invite) -> None:
    """The address of an INVITE is that of user and host of its Request-URI, as an independent reading has it."""
    uri, address = SipUri.parse(invite.request_uri), invite.address
    if address is not None:
        spelled = SipUri.parse(address)
        assert (str(uri.user).encode().lower(), uri.host) == (str(spelled.user).encode().lower(), spelled.host)
    else:
        assert (
            uri.user is None or uri.password is not None or ":" in uri.host or uri.host[-1] == "." or set(uri.user) & set(";?")
        )


def test_invite_of_a_call_is_whole() -> None:
    """It has every header that RFC 3261 asks for, each as the wire has it."""
    assert Invite.of_call("bob@fabrikam.com", "sip:alice@contoso.com").headers == (
        ("Via", "SIP/2.0/TLS client.invalid;branch=z9hG4bK1"),
        ("Max-Forwards", "70"),
        ("From", "<sip:bob@fabrikam.com>;tag=1"),
        ("To", "<sip:alice@contoso.com>"),
        ("Call-ID", "1@client.invalid"),
        ("CSeq", "1 INVITE"),
        ("Contact", "<sip:client.invalid;transport=tls>"),
        ("Content-Length", "0"),
    )
