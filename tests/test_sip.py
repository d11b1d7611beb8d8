"""Names and URIs of SIP, by RFC 3261; the torture cases follow RFC 4475."""

import copy
import pickle
import re
import string
from collections.abc import Callable
from typing import Any

import attrs
import pytest
import sipmessage
from attrs.exceptions import FrozenInstanceError
from hypothesis import example, given
from hypothesis import strategies as st

from exum_routing.deployment import Deployment, UmContact, User
from exum_routing.errors import ExumRoutingError, InvalidFqdn, InvalidSipAddress, InvalidSipUri
from exum_routing.sip import Fqdn, SipAddress, SipUri, escaped_parameter, spelled_address
from exum_routing.sip.names import address_of
from exum_routing.testing import strategies

MEGABYTE = 1_000_000
"""Characters of a long text."""

NO_TEXTS = [
    pytest.param(None, id="None"),
    pytest.param(True, id="True"),
    pytest.param(5060, id="int"),
    pytest.param(1.5, id="float"),
    pytest.param(b"sip:alice@contoso.com", id="bytes"),
    pytest.param(bytearray(b"sip:alice@contoso.com"), id="bytearray"),
    pytest.param(["sip:alice@contoso.com"], id="list"),
    pytest.param(("sip:alice@contoso.com",), id="tuple"),
    pytest.param({"sip:alice@contoso.com"}, id="set"),
    pytest.param(sipmessage.URI.parse("sip:alice@contoso.com"), id="another library's URI"),
    pytest.param(SipUri(user="alice", host="contoso.com"), id="SipUri"),
    pytest.param(str, id="class"),
    pytest.param(object(), id="object"),
]
"""Values of other types than text."""

LABEL = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=20)
"""A label of an FQDN."""

FQDNS = st.lists(LABEL, min_size=1, max_size=5).map(".".join)
"""FQDNs in any case."""

HOST_LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
HOSTNAMES = st.builds(
    lambda labels, top: ".".join([*labels, top]),
    st.lists(HOST_LABEL, max_size=3),
    st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True),
)
"""Hostnames of RFC 3261 in lower case."""

HOSTS = HOSTNAMES | st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(lambda address: f"[{address}]")
"""Hosts of RFC 3261."""

TEXTS = st.text(st.characters(codec="utf-8"), max_size=10)
"""Any text that has a UTF-8 encoding, control characters included."""

SOME_TEXT = TEXTS.filter(bool)
"""Such a text that is not empty."""

PARAMETERS = st.dictionaries(SOME_TEXT.map(str.lower), st.none() | SOME_TEXT, max_size=4).map(
    lambda found: tuple(found.items())
)
"""Parameters of a URI, each once."""

HEADERS = st.lists(st.tuples(SOME_TEXT, TEXTS), max_size=3).map(tuple)
"""Headers of a URI."""

URIS = st.builds(
    SipUri,
    scheme=st.sampled_from(["sip", "sips"]),
    user=SOME_TEXT,
    password=st.none() | TEXTS,
    host=HOSTS,
    port=st.none() | st.integers(1, 65535),
    parameters=PARAMETERS,
    headers=HEADERS,
) | st.builds(SipUri, host=HOSTS, port=st.none() | st.integers(1, 65535), parameters=PARAMETERS, headers=HEADERS)
"""SIP URIs with and without userinfo."""

URI_LIKE = st.lists(
    st.sampled_from(
        [*"aZ09@:;=?&%.,-_[]+/$ \r\n\x00é", "sip:", "sips:", "%41", "%00", "%FF", "%", "::1", "lr", ";lr", "?a=b", ":5060"]
    ),
    max_size=12,
).map("".join)
"""Texts that look like a SIP URI, most of which are none."""


class TestName1:
    """Clause: NAME-1."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param("exap.um.outlook.com", "exap.um.outlook.com", id="lower case"),
            pytest.param("Exap.UM.Outlook.COM", "exap.um.outlook.com", id="any case"),
            pytest.param("localhost", "localhost", id="one label"),
            pytest.param("a", "a", id="one letter"),
            pytest.param("1", "1", id="one digit"),
            pytest.param("-", "-", id="hyphen alone"),
            pytest.param("_sip._tls.example", "_sip._tls.example", id="underscores"),
            pytest.param("a--b.-c-", "a--b.-c-", id="hyphens anywhere"),
            pytest.param("192.0.2.1", "192.0.2.1", id="IPv4 address"),
            pytest.param("XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example", id="A-label"),
            pytest.param("a" * 255, "a" * 255, id="255 characters in a label"),
            pytest.param("a." * 127 + "b", "a." * 127 + "b", id="255 characters"),
            pytest.param(Fqdn("A.B"), "a.b", id="Fqdn"),
        ],
    )
    def test_an_fqdn_is_held_in_lower_case(self, value: str, expected: str) -> None:
        """An FQDN is accepted in any case and held in lower case."""
        assert expected == Fqdn(value)
        assert isinstance(Fqdn(value), Fqdn)

    @pytest.mark.parametrize(
        "value",
        [
            *NO_TEXTS,
            pytest.param("", id="empty"),
            pytest.param(".", id="dot"),
            pytest.param("a.example.", id="trailing dot"),
            pytest.param(".example", id="leading dot"),
            pytest.param("a..b", id="two dots"),
            pytest.param("a.example:5061", id="port"),
            pytest.param(" a", id="leading blank"),
            pytest.param("a ", id="trailing blank"),
            pytest.param("a b", id="blank"),
            pytest.param("a.example\n", id="trailing LF"),
            pytest.param("a.example\r\nVia: b", id="CR and LF"),
            pytest.param("a\x00", id="NUL"),
            pytest.param("a,b", id="comma"),
            pytest.param("a;b", id="semicolon"),
            pytest.param("a@b", id="at sign"),
            pytest.param("[::1]", id="IPv6 reference"),
            pytest.param("*.example", id="wildcard"),
            pytest.param("sip:a", id="scheme"),
            pytest.param("münchen.example", id="U-label"),
            pytest.param("\u212a.example", id="Kelvin sign, which lowers to k"),
            pytest.param("\u0130.example", id="dotted capital I"),
            pytest.param("\uff41.example", id="full-width letter"),
            pytest.param("\u0661.example", id="Arabic digit"),
            pytest.param("a\u3002b", id="ideographic full stop"),
            pytest.param("\ud800", id="lone surrogate"),
            pytest.param("a" * 256, id="256 characters"),
            pytest.param("a" * MEGABYTE, id="1 MB"),
            pytest.param("a." * (MEGABYTE // 2) + "!", id="1 MB of labels"),
        ],
    )
    def test_anything_else_is_refused(self, value: Any) -> None:
        """What is no such name is refused, a wrong type by the same error as a wrong value."""
        with pytest.raises(InvalidFqdn) as caught:
            Fqdn(value)
        assert value is caught.value.value
        assert caught.value.place is None

    @given(value=FQDNS)
    def test_case_does_not_matter(self, value: str) -> None:
        """An FQDN is the same in any case, with the same hash; it is a fixed point of the constructor."""
        found = Fqdn(value)
        assert value.lower() == found
        assert found == Fqdn(value.upper()) == Fqdn(value.swapcase())
        assert hash(found) == hash(Fqdn(value.upper()))
        assert found is Fqdn(found)

    @given(value=st.text(max_size=8) | st.text("aA0-_.", max_size=8))
    def test_accepted_exactly_if_each_label_is(self, value: str) -> None:
        """A short text is an FQDN exactly if every label between its dots is one or more of the permitted characters."""
        permitted = set(string.ascii_letters + string.digits + "-_")
        expected = all(label and set(label) <= permitted for label in value.split("."))
        try:
            accepted = Fqdn(value) == value.lower()
        except InvalidFqdn:
            accepted = False
        assert expected is accepted

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    @pytest.mark.parametrize("value", [Fqdn("A.B"), SipAddress("A@B")])
    def test_it_survives_pickling_and_copying(self, value: str, protocol: int) -> None:
        """A name is of the same type, and equal, after pickling and copying."""
        for found in (pickle.loads(pickle.dumps(value, protocol)), copy.deepcopy(value)):  # noqa: S301 - pickled here
            assert value == found
            assert type(value) is type(found)

    @pytest.mark.parametrize("value", [Fqdn("A.B"), SipAddress("A@B")])
    def test_it_cannot_be_changed(self, value: Any) -> None:
        """A name takes no attributes."""
        with pytest.raises(AttributeError):
            value.port = 5061


class TestName2:
    """Clause: NAME-2."""

    @pytest.mark.parametrize(
        ("value", "expected", "user", "domain"),
        [
            pytest.param("sip:alice@contoso.com", "sip:alice@contoso.com", "alice", "contoso.com", id="canonical"),
            pytest.param("alice@contoso.com", "sip:alice@contoso.com", "alice", "contoso.com", id="without scheme"),
            pytest.param("SIP:Alice@Contoso.COM", "sip:alice@contoso.com", "alice", "contoso.com", id="any case"),
            pytest.param("sip@contoso.com", "sip:sip@contoso.com", "sip", "contoso.com", id="user sip"),
            pytest.param("a@b", "sip:a@b", "a", "b", id="shortest"),
            pytest.param("+1425@192.0.2.1", "sip:+1425@192.0.2.1", "+1425", "192.0.2.1", id="number at an IPv4 address"),
            pytest.param("-_.!~*'()&=+$,/@b", "sip:-_.!~*'()&=+$,/@b", "-_.!~*'()&=+$,/", "b", id="marks"),
            pytest.param("%41lice@b", "sip:alice@b", "alice", "b", id="needless escape of a capital"),
            pytest.param("%2dx%2F@b", "sip:-x/@b", "-x/", "b", id="needless escapes of marks"),
            pytest.param("a%20b@b", "sip:a%20b@b", "a%20b", "b", id="escaped blank"),
            pytest.param("a%c3%a9@b", "sip:a%C3%A9@b", "a%C3%A9", "b", id="escape in lower case"),
            pytest.param("a%40b@b", "sip:a%40b@b", "a%40b", "b", id="escaped at sign"),
            pytest.param("a%3bb%3F@b", "sip:a%3Bb%3F@b", "a%3Bb%3F", "b", id="escaped delimiters"),
            pytest.param("%2541@b", "sip:%2541@b", "%2541", "b", id="escaped percent sign"),
            pytest.param("%00@b", "sip:%00@b", "%00", "b", id="escaped NUL"),
            pytest.param("a@" + "b" * 255, "sip:a@" + "b" * 255, "a", "b" * 255, id="domain of 255 characters"),
            pytest.param("a" * MEGABYTE + "@b", "sip:" + "a" * MEGABYTE + "@b", "a" * MEGABYTE, "b", id="user of 1 MB"),
            pytest.param(
                "%41" * (MEGABYTE // 3) + "@b",
                "sip:" + "a" * (MEGABYTE // 3) + "@b",
                "a" * (MEGABYTE // 3),
                "b",
                id="1 MB of escapes",
            ),
        ],
    )
    def test_an_address_is_held_in_canonical_spelling(self, value: str, expected: str, user: str, domain: str) -> None:
        """An address has its scheme, is in lower case and escapes nothing needlessly; its parts can be asked for."""
        found = SipAddress(value)
        assert expected == found
        assert user == found.user
        assert domain == found.domain
        assert isinstance(found.domain, Fqdn)

    @pytest.mark.parametrize(
        "value",
        [
            *NO_TEXTS,
            pytest.param("", id="empty"),
            pytest.param("sip:", id="scheme alone"),
            pytest.param("alice", id="user alone"),
            pytest.param("sip:contoso.com", id="host alone"),
            pytest.param("@contoso.com", id="no user"),
            pytest.param("alice@", id="no domain"),
            pytest.param("sips:alice@contoso.com", id="sips"),
            pytest.param("tel:+1425", id="tel"),
            pytest.param("sip:sip:alice@contoso.com", id="two schemes"),
            pytest.param("sip://contoso.com", id="slashes"),
            pytest.param("alice@contoso.com:5060", id="port"),
            pytest.param("alice@contoso.com;lr", id="parameter"),
            pytest.param("alice@contoso.com?subject=x", id="header"),
            pytest.param("alice:secret@contoso.com", id="password"),
            pytest.param("alice;x=y@contoso.com", id="semicolon in the user"),
            pytest.param("alice?x@contoso.com", id="question mark in the user"),
            pytest.param("alice@bob@contoso.com", id="two at signs"),
            pytest.param("al ice@contoso.com", id="blank"),
            pytest.param(" alice@contoso.com", id="leading blank"),
            pytest.param("alice@contoso.com ", id="trailing blank"),
            pytest.param("alice@contoso.com\n", id="trailing LF"),
            pytest.param("alice\r\n@contoso.com", id="CR and LF"),
            pytest.param("alice\x00@contoso.com", id="NUL"),
            pytest.param('"alice"@contoso.com', id="quotes"),
            pytest.param("<sip:alice@contoso.com>", id="angle brackets"),
            pytest.param("alicé@contoso.com", id="user outside ASCII"),
            pytest.param("alice@contosö.com", id="domain outside ASCII"),
            pytest.param("\u212aim@contoso.com", id="Kelvin sign"),
            pytest.param("\ud800@contoso.com", id="lone surrogate"),
            pytest.param("alice%@contoso.com", id="percent sign alone"),
            pytest.param("alice%4@contoso.com", id="half an escape"),
            pytest.param("alice%4G@contoso.com", id="escape that is none"),
            pytest.param("a%FF@contoso.com", id="octet that UTF-8 has not"),
            pytest.param("a%C3@contoso.com", id="half a character"),
            pytest.param("%C0%80@contoso.com", id="overlong NUL"),
            pytest.param("a@" + "b" * 256, id="domain of 256 characters"),
            pytest.param("a" * MEGABYTE, id="1 MB of user"),
            pytest.param("a@" + "b." * (MEGABYTE // 2), id="1 MB of domain"),
            pytest.param("a@" * (MEGABYTE // 2), id="1 MB of at signs"),
            pytest.param("%" * MEGABYTE, id="1 MB of percent signs"),
        ],
    )
    def test_anything_else_is_refused(self, value: Any) -> None:
        """What is no such address is refused, a wrong type by the same error as a wrong value."""
        with pytest.raises(InvalidSipAddress) as caught:
            SipAddress(value)
        assert value is caught.value.value
        assert caught.value.place is None

    @given(user=st.text(string.ascii_letters + string.digits + "-_.!~*'()&=+$,/", min_size=1), domain=HOSTNAMES)
    def test_case_does_not_matter(self, user: str, domain: str) -> None:
        """An address is the same in any case and with every character of the user escaped; it is a fixed point."""
        found = SipAddress(f"{user}@{domain}")
        escaped = "".join(f"%{ord(one):02x}" for one in user)
        assert f"sip:{user}@{domain}".lower() == found
        assert found == SipAddress(f"SIP:{user.swapcase()}@{domain.upper()}") == SipAddress(f"{escaped}@{domain}")
        assert found is SipAddress(found)
        assert found == SipAddress(str(found))

    @given(value=URI_LIKE)
    def test_an_address_is_canonical_or_refused(self, value: str) -> None:
        """Whatever the text, it is refused, or it makes an address whose text is ASCII in canonical spelling."""
        try:
            found = SipAddress(value)
        except InvalidSipAddress:
            return
        assert re.fullmatch(r"sip:[^@:;?\s\x00-\x1f]+@[a-z0-9.-]+", found, re.ASCII)
        assert found == SipAddress(str(found))

    @pytest.mark.parametrize("asked", ["sip:alice@contoso.com", "ALICE@CONTOSO.COM", "Sip:%61lice@Contoso.com"])
    def test_look_up_is_without_case(self, asked: str) -> None:
        """A user, and a contact, is found by the SIP address in any spelling."""
        deployment = Deployment(
            users=(User(sip_address="Alice@Contoso.com"),), contacts=(UmContact(sip_address="Desk@b", display_number="1"),)
        )
        assert deployment.users[0] is deployment.user(asked)
        assert deployment.users[0] is deployment.subject(asked)
        assert deployment.contacts[0] is deployment.subject("sip:DESK@B")


LEGAL = [
    ("sip:contoso.com", {"host": "contoso.com"}),
    ("sip:alice@contoso.com", {"user": "alice"}),
    ("sips:alice@contoso.com", {"scheme": "sips"}),
    ("sip:alice:pa+ss@contoso.com", {"password": "pa+ss"}),
    ("sip:alice:@contoso.com", {"password": ""}),
    ("sip:null-%00-null@example.com", {"user": "null-\x00-null"}),
    ("sip:sip%3Auser%40example.com@company.com;other-param=summit", {"user": "sip:user@example.com"}),
    ("sip:user;par=u%40example.net@example.com", {"user": "user;par=u@example.net", "parameters": ()}),
    ("sip:a?b=c@example.com", {"user": "a?b=c", "headers": ()}),
    (
        "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
        {"user": "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", "password": "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"},
    ),
    ("sip:%25zz%2525@h", {"user": "%zz%25"}),
    ("sip:%0D%0AVia:%20x@h", {"user": "\r\nVia", "password": " x"}),
    ("sip:example.com;lr", {"parameters": (("lr", None),)}),
    ("sip:a@h;opaque=app:voicemail;gruu", {"parameters": (("opaque", "app:voicemail"), ("gruu", None))}),
    ("sip:h;%C3%A9=%3B%3D%2C", {"parameters": (("é", ";=,"),)}),
    ("sip:h;[]/:&+$=[]/:&+$", {"parameters": (("[]/:&+$", "[]/:&+$"),)}),
    ("sip:h;maddr=[2001:db8::1];ttl=15", {"parameters": (("maddr", "[2001:db8::1]"), ("ttl", "15"))}),
    ("sip:user@example.com?route=%3Csip:example.com%3E", {"headers": (("route", "<sip:example.com>"),)}),
    ("sip:h?a=&a=b", {"headers": (("a", ""), ("a", "b"))}),
    ("sip:h?[]/?:+$=[]/?:+$", {"headers": (("[]/?:+$", "[]/?:+$"),)}),
    ("sip:192.0.2.1:1", {"host": "192.0.2.1", "port": 1}),
    ("sip:[2001:db8::9:1]", {"host": "[2001:db8::9:1]"}),
    ("sip:user@[::ffff:192.0.2.1]:65535", {"host": "[::ffff:192.0.2.1]", "port": 65535}),
]
"""URIs in canonical spelling, and some of their parts."""


class TestName3:
    """Clause: NAME-3."""

    @pytest.mark.parametrize(("text", "parts"), LEGAL)
    def test_a_canonical_uri_is_read_and_written_alike(self, text: str, parts: dict[str, Any]) -> None:
        """A URI in canonical spelling has these parts, not escaped, and is written as it was read."""
        uri = SipUri.parse(text)
        assert parts == {part: getattr(uri, part) for part in parts}
        assert text == str(uri)
        assert uri == SipUri(**attrs.asdict(uri, recurse=False))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("SIP:Alice@Contoso.COM", "sip:Alice@contoso.com", id="scheme and host in any case, the user kept"),
            pytest.param("SipS:h", "sips:h", id="sips in any case"),
            pytest.param("sip:h;LR;Transport=TCP", "sip:h;lr;transport=TCP", id="names in lower case, values kept"),
            pytest.param("sip:h?Subject=A", "sip:h?subject=A", id="header names in lower case, values kept"),
            pytest.param("sip:h:05061", "sip:h:5061", id="leading zero of a port"),
            pytest.param(
                "sip:h:" + "0" * 5000 + "1",
                "sip:h:1",
                id="5,000 leading zeros",
            ),
            pytest.param("sip:%61lice@h", "sip:alice@h", id="needless escape in the user"),
            pytest.param("sip:a%3bb%3f@h", "sip:a;b?@h", id="needless escapes of delimiters in the user"),
            pytest.param("sip:a:%61%2B@h", "sip:a:a+@h", id="needless escapes in the password"),
            pytest.param("sip:h;%6Cr=%66", "sip:h;lr=f", id="needless escapes in a parameter"),
            pytest.param("sip:h;opaque=app%3avoicemail", "sip:h;opaque=app:voicemail", id="needless escape of a colon"),
            pytest.param("sip:h?%61=%62", "sip:h?a=b", id="needless escapes in a header"),
            pytest.param("sip:%c3%a9@h", "sip:%C3%A9@h", id="escapes in lower case"),
            pytest.param("sip:[2001:DB8::A]", "sip:[2001:db8::a]", id="IPv6 reference in any case"),
        ],
    )
    def test_another_spelling_becomes_canonical(self, text: str, expected: str) -> None:
        """A URI in another spelling is equal to the one in canonical spelling, and is written so."""
        uri = SipUri.parse(text)
        assert expected == str(uri)
        assert uri == SipUri.parse(expected)
        assert hash(uri) == hash(SipUri.parse(expected))

    @pytest.mark.parametrize(
        "text",
        [
            *NO_TEXTS,
            pytest.param("", id="empty"),
            pytest.param("sip:", id="scheme alone"),
            pytest.param("alice@contoso.com", id="no scheme"),
            pytest.param("sip", id="no colon"),
            pytest.param("tel:+1425", id="tel"),
            pytest.param("nobodyKnowsThisScheme:totallyopaquecontent", id="unknown scheme"),
            pytest.param("soap.beep://192.0.2.103:3002", id="scheme of another grammar"),
            pytest.param("sip://contoso.com", id="slashes"),
            pytest.param("sip:@h", id="empty user"),
            pytest.param("sip::secret@h", id="password without user"),
            pytest.param("sip:a@", id="no host"),
            pytest.param("sip:a@b@h", id="two at signs"),
            pytest.param("sip:a:b:c@h", id="two colons in userinfo"),
            pytest.param("sip:a:b;c@h", id="semicolon in the password"),
            pytest.param("sip:a b@h", id="blank in the user"),
            pytest.param('sip:"a"@h', id="quotes"),
            pytest.param("sip:[a]@h", id="brackets in the user"),
            pytest.param("sip:é@h", id="outside ASCII"),
            pytest.param("sip:\u0661@h", id="Arabic digit"),
            pytest.param("sip:a%@h", id="percent sign alone"),
            pytest.param("sip:a%4@h", id="half an escape"),
            pytest.param("sip:%zz@h", id="escape that is none"),
            pytest.param("<sip:a@h>", id="angle brackets"),
            pytest.param(" sip:a@h", id="leading blank"),
            pytest.param("sip:a@h ", id="trailing blank"),
            pytest.param("sip:a@h; lr", id="blank before a parameter"),
            pytest.param("sip:a@h\n", id="trailing LF"),
            pytest.param("sip:a@h;lr\n", id="LF behind a parameter"),
            pytest.param("sip:a@h\r\n", id="trailing CR and LF"),
            pytest.param("sip:a\x00@h", id="raw NUL"),
            pytest.param("sip:\ud800@h", id="lone surrogate"),
            pytest.param("sip:h;", id="no parameter behind the semicolon"),
            pytest.param("sip:h;;lr", id="two semicolons"),
            pytest.param("sip:h;a=", id="empty value of a parameter"),
            pytest.param("sip:h;=b", id="empty name of a parameter"),
            pytest.param("sip:h;a=b=c", id="two signs in a parameter"),
            pytest.param("sip:h;a=b,c", id="raw comma in a parameter"),
            pytest.param('sip:h;a="b"', id="quoted value of a parameter"),
            pytest.param("sip:a@h;a=b@c", id="raw at sign in a parameter"),
            pytest.param("sip:h?", id="no header behind the question mark"),
            pytest.param("sip:h?a", id="header without sign"),
            pytest.param("sip:h?=b", id="header without name"),
            pytest.param("sip:h?a=b&", id="trailing ampersand"),
            pytest.param("sip:h?a=b;c", id="semicolon in a header"),
            pytest.param("sip:h?a=b=c", id="two signs in a header"),
            pytest.param("sip:h?a=b#c", id="fragment"),
            pytest.param("sip:h:", id="empty port"),
            pytest.param("sip:h:+5060", id="port with a sign"),
            pytest.param("sip:h:-1", id="negative port"),
            pytest.param("sip:h:50 60", id="blank in a port"),
            pytest.param("sip:h:0x10", id="hexadecimal port"),
            pytest.param("sip:h:\uff15", id="full-width port"),
            pytest.param("sip:h:5060:5060", id="two ports"),
            pytest.param("sip:a%FF@h", id="octet that UTF-8 has not"),
            pytest.param("sip:%C3@h", id="half a character"),
            pytest.param("sip:%C0%80@h", id="overlong NUL"),
            pytest.param("sip:%ED%A0%80@h", id="encoded surrogate"),
            pytest.param("sip:a:%FF@h", id="password that is not UTF-8"),
            pytest.param("sip:h;a=%FF", id="parameter value that is not UTF-8"),
            pytest.param("sip:h;%FF", id="parameter name that is not UTF-8"),
            pytest.param("sip:h?a=%FF", id="header value that is not UTF-8"),
            pytest.param("sip:h?%FF=a", id="header name that is not UTF-8"),
        ],
    )
    def test_what_is_no_uri_is_refused(self, text: Any) -> None:
        """What is no SIP URI is refused, a wrong type by the same error as a wrong value."""
        with pytest.raises(InvalidSipUri) as caught:
            SipUri.parse(text)
        assert text is caught.value.value
        assert caught.value.place is None

    @pytest.mark.parametrize(
        ("text", "value", "place"),
        [
            pytest.param("sip:h:0", 0, "SipUri.port", id="port 0"),
            pytest.param("sip:h:00", 0, "SipUri.port", id="port 00"),
            pytest.param("sip:h:65536", 65536, "SipUri.port", id="port 65536"),
            pytest.param("sip:h:99999", 99999, "SipUri.port", id="port 99999"),
            pytest.param("sip:h:100000", "100000", None, id="port of six digits"),
            pytest.param("sip:h:" + "9" * 5000, "9" * 5000, None, id="port of 5,000 digits"),
            pytest.param("sip:h;lr;lr", "lr", "SipUri.parameters", id="repeated parameter"),
            pytest.param("sip:h;a=1;A=2", "a", "SipUri.parameters", id="repeated in another case"),
            pytest.param("sip:h;a;b;%61=1", "a", "SipUri.parameters", id="repeated by an escape"),
        ],
    )
    def test_a_part_that_no_uri_has_is_refused(self, text: str, value: object, place: str | None) -> None:
        """A port out of range and a repeated parameter are refused; the error holds the part."""
        with pytest.raises(InvalidSipUri) as caught:
            SipUri.parse(text)
        assert value == caught.value.value
        assert place == caught.value.place

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("sip:" + "a" * MEGABYTE + "@h", id="user"),
            pytest.param("sip:" + "%00" * (MEGABYTE // 3) + "@h", id="escapes"),
            pytest.param("sip:a:" + "b" * MEGABYTE + "@h", id="password"),
            pytest.param("sip:" + "a" * MEGABYTE, id="one label"),
            pytest.param("sip:" + "a." * (MEGABYTE // 2) + "b", id="labels"),
            pytest.param("sip:" + "a-" * (MEGABYTE // 2) + "b", id="hyphens"),
            pytest.param("sip:[" + "1:" * (MEGABYTE // 2) + "1]", id="IPv6 groups"),
            pytest.param("sip:h;" + "a" * MEGABYTE, id="parameter"),
            pytest.param("sip:h" + "".join(f";p{number}" for number in range(100_000)), id="parameters"),
            pytest.param("sip:h?a=" + "b" * MEGABYTE, id="header"),
            pytest.param("sip:h?" + "&".join(["a=b"] * 100_000), id="headers"),
        ],
    )
    def test_a_long_uri_is_read_in_linear_time(self, text: str) -> None:
        """A URI of a megabyte or more is read, and refused once a character that no URI has stands behind it."""
        assert text == str(SipUri.parse(text))
        with pytest.raises(InvalidSipUri) as caught:
            SipUri.parse(text + "\x00")
        assert len(str(caught.value)) < 300

    @given(uri=URIS)
    def test_parse_of_str_is_identity(self, uri: SipUri) -> None:
        """Reading what was written gives an equal URI."""
        assert uri == SipUri.parse(str(uri))

    @given(uri=URIS)
    def test_only_what_may_not_stand_raw_is_escaped(self, uri: SipUri) -> None:
        """The text is ASCII, and escapes no letter, digit or mark anywhere, nor what its part permits."""
        text = str(uri)
        assert text.isascii()
        assert text.isprintable()
        assert not any(
            chr(int(code, 16)) in string.ascii_letters + string.digits + "-_.!~*'()" for code in re.findall("%(..)", text)
        )
        parameters = "".join(f"{name}{value or ''}" for name, value in uri.parameters)
        expected = sum(len(one.encode()) for one in parameters if not re.match(r"[A-Za-z0-9\-_.!~*'()\[\]/:&+$]", one))
        assert expected == sum(escaped_parameter(one).count("%") for one in parameters)

    @given(uri=URIS, host=st.sampled_from(["contoso.com", "h", "192.0.2.1", "[2001:db8::1]"]))
    def test_another_reader_of_sip_reads_the_same_parts(self, uri: SipUri, host: str) -> None:
        """An independent implementation finds the same scheme, user, host and port in what was written."""
        other = sipmessage.URI.parse(str(attrs.evolve(uri, host=host, password=None, parameters=(), headers=())))
        assert (uri.scheme, uri.user, host, uri.port) == (other.scheme, other.user, other.host, other.port)

    @given(text=URI_LIKE | URI_LIKE.map("sip:h".__add__) | URI_LIKE.map("sip:a@h".__add__))
    @example(text="sip:h;a=%3D?%26=%3d")
    def test_a_text_is_read_or_refused(self, text: str) -> None:
        """Whatever the text, it is refused, or makes a URI whose text is a fixed point."""
        try:
            uri = SipUri.parse(text)
        except InvalidSipUri:
            return
        assert uri == SipUri.parse(str(uri))
        assert str(uri) == str(SipUri.parse(str(uri)))

    @pytest.mark.parametrize(
        ("parts", "expected"),
        [
            pytest.param({"host": "H"}, "sip:h", id="host in any case"),
            pytest.param({"host": "h", "user": "a b@c:d%41"}, "sip:a%20b%40c%3Ad%2541@h", id="user to be escaped"),
            pytest.param({"host": "h", "user": "a;b?c/d,e"}, "sip:a;b?c/d,e@h", id="user that may stand raw"),
            pytest.param({"host": "h", "user": "a", "password": ";:/?"}, "sip:a:%3B%3A%2F%3F@h", id="password"),
            pytest.param({"host": "h", "parameters": [("A", "b;c=d?e,f@g")]}, "sip:h;a=b%3Bc%3Dd%3Fe%2Cf%40g", id="parameter"),
            pytest.param({"host": "h", "parameters": (("\r\n", '"\\'),)}, "sip:h;%0D%0A=%22%5C", id="CR, LF and quotes"),
            pytest.param({"host": "h", "headers": [("A", "b&c=d;e,f@g")]}, "sip:h?a=b%26c%3Dd%3Be%2Cf%40g", id="header"),
            pytest.param({"host": "h", "user": "é\U0001f600"}, "sip:%C3%A9%F0%9F%98%80@h", id="outside ASCII"),
            pytest.param({"host": "h", "scheme": "sips", "port": 65535}, "sips:h:65535", id="highest port"),
        ],
    )
    def test_parts_are_written_escaped(self, parts: dict[str, Any], expected: str) -> None:
        """A URI is made from parts that are not escaped, and written with what may not stand raw escaped."""
        assert expected == str(SipUri(**parts))

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            *(pytest.param("scheme", value, id=f"scheme {value!r}") for value in ("", "SIP", "tel", "sip:", "sip\n", None, 5)),
            *(pytest.param("user", value, id=f"user {value!r}") for value in ("", b"a", 5, "\ud800", ("a",))),
            *(pytest.param("password", value, id=f"password {value!r}") for value in (b"a", 5, "\ud800", ("a",))),
            *(pytest.param("port", value, id=f"port {value!r}") for value in (0, 65536, -1, True, "5060", 5060.0, b"1")),
        ],
    )
    def test_a_part_of_a_wrong_type_or_value_is_refused(self, field: str, value: Any) -> None:
        """A part is refused by the same error whether its type or its value is wrong."""
        parts = {"host": "h", "user": "a", field: value}
        with pytest.raises(InvalidSipUri) as caught:
            SipUri(**parts)
        assert value is caught.value.value
        assert f"SipUri.{field}" == caught.value.place

    @pytest.mark.parametrize("field", ["parameters", "headers"])
    @pytest.mark.parametrize(
        ("values", "value"),
        [
            pytest.param("lr", "lr", id="bare text"),
            pytest.param(None, None, id="None"),
            pytest.param({"a": "b"}, {"a": "b"}, id="dict"),
            pytest.param({("a", "b")}, {("a", "b")}, id="set"),
            pytest.param(("ab",), "ab", id="text of two characters for a pair"),
            pytest.param((("a",),), ("a",), id="one for a pair"),
            pytest.param((("a", "b", "c"),), ("a", "b", "c"), id="three for a pair"),
            pytest.param((["a", "b"],), ["a", "b"], id="list for a pair"),
            pytest.param((("", "b"),), ("", "b"), id="empty name"),
            pytest.param(((None, "b"),), (None, "b"), id="None for a name"),
            pytest.param(((5, "b"),), 5, id="int for a name"),
            pytest.param((("a", 5),), 5, id="int for a value"),
            pytest.param((("a", b"b"),), b"b", id="bytes for a value"),
            pytest.param((("\ud800", "b"),), "\ud800", id="lone surrogate in a name"),
            pytest.param((("a", "\udfff"),), "\udfff", id="lone surrogate in a value"),
        ],
    )
    def test_pairs_of_a_wrong_type_or_value_are_refused(self, field: str, values: Any, value: object) -> None:
        """Parameters and headers are tuples or lists of pairs of texts; the error holds what is wrong in them."""
        parts = {"host": "h", field: values}
        with pytest.raises(InvalidSipUri) as caught:
            SipUri(**parts)
        assert value == caught.value.value
        assert f"SipUri.{field}" == caught.value.place

    @pytest.mark.parametrize(
        ("parts", "value", "place"),
        [
            pytest.param({"parameters": (("a", ""),)}, "a", "SipUri.parameters", id="empty value of a parameter"),
            pytest.param({"parameters": (("a", None), ("A", "1"))}, "a", "SipUri.parameters", id="repeated parameter"),
            pytest.param({"headers": (("a", None),)}, "a", "SipUri.headers", id="header without a value"),
            pytest.param({"password": "p"}, "p", None, id="password without user"),
        ],
    )
    def test_parts_that_cannot_be_written_are_refused(self, parts: dict[str, Any], value: object, place: str | None) -> None:
        """What no text could spell cannot be made from parts either."""
        with pytest.raises(InvalidSipUri) as caught:
            SipUri(host="h", **parts)
        assert value == caught.value.value
        assert place == caught.value.place

    @pytest.mark.parametrize("field", ["scheme", "user", "password", "host", "port", "parameters", "headers"])
    def test_a_uri_cannot_be_changed(self, field: str) -> None:
        """Assignment to a field is refused."""
        with pytest.raises(FrozenInstanceError):
            setattr(SipUri(host="h"), field, None)

    @given(uri=URIS)
    def test_a_uri_survives_pickling(self, uri: SipUri) -> None:
        """A URI is equal to itself, with an equal hash, after pickling."""
        found = pickle.loads(pickle.dumps(uri))  # noqa: S301 - pickled on the same line
        assert uri == found
        assert hash(uri) == hash(found)

    @pytest.mark.parametrize(
        ("text", "other"),
        [
            ("sip:alice@h", "sip:Alice@h"),
            ("sip:h", "sip:h."),
            ("sip:h", "sips:h"),
            ("sip:h", "sip:h:5060"),
            ("sip:h;a=b", "sip:h;a=B"),
            ("sip:h;a", "sip:h;a=1"),
            ("sip:h;a;b", "sip:h;b;a"),
            ("sip:h?a=", "sip:h"),
            ("sip:a@h", "sip:a:@h"),
        ],
    )
    def test_uris_of_other_parts_differ(self, text: str, other: str) -> None:
        """URIs are equal if all their parts are, the user with case."""
        assert SipUri.parse(text) != SipUri.parse(other)


class TestName4:
    """Clause: NAME-4."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail", True, id="alone"),
            pytest.param("sip:alice@contoso.com;gruu;opaque=app:voicemail", True, id="with gruu"),
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail;gruu;x=y?a=b", True, id="with others behind"),
            pytest.param("sips:contoso.com;opaque=app:voicemail", True, id="without user"),
            pytest.param("sip:a@h;OPAQUE=App:VoiceMail", True, id="any case"),
            pytest.param("sip:a@h;opaque=app%3Avoicemail", True, id="escaped colon"),
            pytest.param("sip:a@h;%6Fpaque=app:voicemail", True, id="escaped name"),
            pytest.param("sip:a@h", False, id="no parameter"),
            pytest.param("sip:a@h;gruu", False, id="gruu alone"),
            pytest.param("sip:a@h;opaque", False, id="no value"),
            pytest.param("sip:a@h;opaque=voicemail", False, id="another value"),
            pytest.param("sip:a@h;opaque=app:voicemail2", False, id="longer value"),
            pytest.param("sip:a@h;opaque=app:conf", False, id="another application"),
            pytest.param("sip:a@h;x-opaque=app:voicemail", False, id="another name"),
            pytest.param("sip:a@h;app:voicemail", False, id="value as a name"),
            pytest.param("sip:a@h?opaque=app:voicemail", False, id="header"),
            pytest.param("sip:a;opaque=app:voicemail@h", False, id="within the user"),
        ],
    )
    def test_the_parameter_decides(self, text: str, expected: bool) -> None:
        """A URI means voice mail exactly if the parameter opaque is app:voicemail, wherever it stands among them."""
        assert expected is SipUri.parse(text).is_voicemail

    @given(uri=URIS, place=st.integers(0, 4))
    def test_other_parts_do_not_matter(self, uri: SipUri, place: int) -> None:
        """Whatever else a URI has, with the parameter it means voice mail, and without it does not."""
        others = tuple(pair for pair in uri.parameters if pair[0] != "opaque")
        marked = (*others[:place], ("opaque", "app:voicemail"), *others[place:])
        assert attrs.evolve(uri, parameters=marked).is_voicemail
        assert not attrs.evolve(uri, parameters=others).is_voicemail


NO_HOSTS = [
    pytest.param("", id="empty"),
    pytest.param("a_b.example", id="underscore"),
    pytest.param("-a.example", id="leading hyphen"),
    pytest.param("a-.example", id="trailing hyphen"),
    pytest.param("a.example-", id="trailing hyphen of the top label"),
    pytest.param("a..b", id="two dots"),
    pytest.param(".a", id="leading dot"),
    pytest.param(".", id="dot"),
    pytest.param("a.1", id="top label that begins with a digit"),
    pytest.param("1", id="number"),
    pytest.param("192.0.2", id="three numbers"),
    pytest.param("192.0.2.1.5", id="five numbers"),
    pytest.param("192.0.2.1000", id="four digits in an IPv4 address"),
    pytest.param("a b", id="blank"),
    pytest.param("a\n", id="trailing LF"),
    pytest.param("é.example", id="outside ASCII"),
    pytest.param("\u212a", id="Kelvin sign"),
    pytest.param("a%41", id="escape"),
    pytest.param("*.example", id="wildcard"),
    pytest.param("\ud800", id="lone surrogate"),
]
"""Texts that are no hosts, nor domains of SIP addresses."""


class TestName5:
    """Clause: NAME-5."""

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            pytest.param("contoso.com", "contoso.com", id="hostname"),
            pytest.param("Contoso.COM", "contoso.com", id="any case"),
            pytest.param("a", "a", id="one letter"),
            pytest.param("contoso.com.", "contoso.com.", id="trailing dot"),
            pytest.param("1.2a.example", "1.2a.example", id="labels that begin with a digit"),
            pytest.param("a--b.xn--p1ai", "a--b.xn--p1ai", id="hyphens"),
            pytest.param("192.0.2.1", "192.0.2.1", id="IPv4 address"),
            pytest.param("999.0.0.1", "999.0.0.1", id="IPv4 address by the grammar"),
            pytest.param("[::]", "[::]", id="IPv6 reference of zeros"),
            pytest.param("[::1]", "[::1]", id="IPv6 reference"),
            pytest.param("[2001:DB8:0:0:0:0:0:1]", "[2001:db8:0:0:0:0:0:1]", id="IPv6 reference in full"),
            pytest.param("[1::]", "[1::]", id="IPv6 reference with zeros behind"),
            pytest.param("[::ffff:192.0.2.1]", "[::ffff:192.0.2.1]", id="IPv6 reference that ends in an IPv4 address"),
            pytest.param("a" * MEGABYTE, "a" * MEGABYTE, id="1 MB"),
        ],
    )
    def test_a_host_of_rfc_3261_is_accepted(self, host: str, expected: str) -> None:
        """A hostname, an IPv4 address or an IPv6 reference is a host, held in lower case."""
        assert expected == SipUri(host=host).host
        assert expected == SipUri.parse(f"sip:a@{host}:5060;lr").host

    @pytest.mark.parametrize(
        "host",
        [
            *NO_HOSTS,
            *NO_TEXTS,
            pytest.param("::1", id="IPv6 address without brackets"),
            pytest.param("[::1", id="open bracket"),
            pytest.param("[]", id="empty brackets"),
            pytest.param("[:1]", id="single colon"),
            pytest.param("[1:::2]", id="three colons"),
            pytest.param("[::1::]", id="two gaps"),
            pytest.param("[12345::]", id="five digits"),
            pytest.param("[g::]", id="letter that is no digit"),
            pytest.param("[fe80::1%25eth0]", id="zone"),
            pytest.param("[192.0.2.1]", id="IPv4 address in brackets"),
            pytest.param("a:5060", id="port"),
            pytest.param("a@b", id="user"),
            pytest.param("a;lr", id="parameter"),
            pytest.param("a." * (MEGABYTE // 2) + "_", id="1 MB of labels"),
        ],
    )
    def test_another_host_is_refused(self, host: Any) -> None:
        """What is no host is refused, a wrong type by the same error as a wrong value."""
        with pytest.raises(InvalidSipUri) as caught:
            SipUri(host=host)
        assert host is caught.value.value
        assert caught.value.place == "SipUri.host"

    @pytest.mark.parametrize("host", NO_HOSTS)
    @pytest.mark.parametrize(
        ("read", "kind"), [(SipUri.parse, InvalidSipUri), (SipAddress, InvalidSipAddress)], ids=["SipUri", "SipAddress"]
    )
    def test_an_address_of_no_host_is_refused(
        self, read: Callable[[str], object], kind: type[ExumRoutingError], host: str
    ) -> None:
        """Neither a URI nor a SIP address has such a host."""
        with pytest.raises(kind) as caught:
            read(f"sip:alice@{host}")
        assert f"sip:alice@{host}" == caught.value.value

    @pytest.mark.parametrize("domain", ["contoso.com.", "[::1]"])
    def test_a_sip_address_has_a_domain_that_is_an_fqdn_too(self, domain: str) -> None:
        """A host that is no FQDN is no domain of a SIP address."""
        assert SipUri.parse(f"sip:alice@{domain}").host == domain
        with pytest.raises(InvalidSipAddress):
            SipAddress(f"alice@{domain}")

    @pytest.mark.parametrize("value", ["a_b.example", "-", "1", "a.1"])
    def test_another_fqdn_may_be_a_parameter_value(self, value: str) -> None:
        """An Fqdn that is no host stands in a parameter as it is."""
        text = f"sip:alice@contoso.com;maddr={Fqdn(value)}"
        assert SipUri.parse(text).parameters == (("maddr", value),)
        assert text == str(SipUri.parse(text))

    @given(host=HOSTS)
    def test_hosts_are_hosts(self, host: str) -> None:
        """Every hostname, IPv4 address and bracketed IPv6 address is a host, in any case."""
        assert host == SipUri(host=host.upper()).host

    @given(domain=HOSTNAMES)
    def test_every_domain_is_a_host_and_an_fqdn(self, domain: str) -> None:
        """The domain of a SIP address is an Fqdn, and the host of the URI that the address is."""
        address = SipAddress(f"alice@{domain}")
        assert domain == address.domain
        assert domain == SipUri.parse(address).host
        assert address == str(SipUri.parse(address))


class TestEscapedParameter:
    """A text as it stands in a URI parameter."""

    @given(value=SOME_TEXT)
    def test_it_stands_in_a_uri_and_is_read_back(self, value: str) -> None:
        """Whatever the text, it is the value of the parameter once escaped."""
        assert SipUri.parse(f"sip:h;a={escaped_parameter(value)}").parameters == (("a", value),)


RESTS = ["", ":5061", ";lr", ";gruu;opaque=app:voicemail", "?a=b", ":5060;maddr=a?b=c"]


class TestSpelledAddress:
    """Scheme, userinfo and host of a URI as it spells them."""

    @pytest.mark.parametrize(
        ("uri", "spelled", "address"),
        [
            ("sip:alice@contoso.com", "sip:alice@contoso.com", "sip:alice@contoso.com"),
            ("SIPS:Alice@Contoso.com:5061", "SIPS:Alice@Contoso.com", "sip:alice@contoso.com"),
            ("sips:alice@contoso.com", "sips:alice@contoso.com", "sip:alice@contoso.com"),
            ("sip:alice@contoso.com;gruu;opaque=app:voicemail?a=b", "sip:alice@contoso.com", "sip:alice@contoso.com"),
            ("sip:alice@contoso.com?a=b:c", "sip:alice@contoso.com", "sip:alice@contoso.com"),
            ("sip:a%3bb@contoso.com;lr", "sip:a%3bb@contoso.com", "sip:a%3Bb@contoso.com"),
            ("sip:a;b?c@contoso.com;lr", "sip:a;b?c@contoso.com", None),
            ("sip:alice:secret@contoso.com", "sip:alice:secret@contoso.com", None),
            ("sip:alice@contoso.com.", "sip:alice@contoso.com.", None),
            ("sip:alice@[::1]:5061", "sip:alice@[", None),
            ("sip:contoso.com", "sip:contoso.com@", None),
            ("tel:+14255550100", "tel:+14255550100@", None),
            ("https://contoso.com/a@b", "https://contoso.com/a@b", None),
        ],
    )
    def test_spelling_and_address(self, uri: str, spelled: str, address: str | None) -> None:
        """Port, parameters and headers are left out, escapes are kept; both schemes make the same address, or it is none."""
        assert spelled == spelled_address(uri)
        assert address == address_of(uri)

    @given(
        address=strategies.sip_addresses(), scheme=st.sampled_from(["sip", "SIP", "sips", "SIPS"]), rest=st.sampled_from(RESTS)
    )
    def test_every_address_is_found(self, address: SipAddress, scheme: str, rest: str) -> None:
        """Whatever stands around it, a SIP address is the one of its URI."""
        assert address == address_of(f"{scheme}:{address.partition(':')[2]}{rest}")

    @given(uri=strategies.sip_uris())
    def test_an_address_is_that_of_user_and_host(self, uri: SipUri) -> None:
        """Where a URI has an address, user and host of the address are the URI's, but for the case of ASCII letters."""
        address = address_of(str(uri))
        if address is None:
            assert uri.user is None or uri.password is not None or ":" in uri.host or set(uri.user) & set(";?")
        else:
            found = SipUri.parse(address)
            assert (str(uri.user).encode().lower(), uri.host) == (str(found.user).encode().lower(), found.host)
