"""The Request-URI: what is built for each decision, that it is always legal, and that it is read back."""

import pickle
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
import sipmessage
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    Deployment,
    ExumRoutingError,
    Fqdn,
    HostedUm,
    HostedVoicemailPolicy,
    InvalidDecision,
    InvalidFqdn,
    InvalidName,
    InvalidRequestUriLayout,
    InvalidSipAddress,
    InvalidSipUri,
    InvalidValue,
    NotAVoicemailUri,
    NotRouted,
    NotRoutedReason,
    OnPremisesUm,
    Reading,
    RequestUriLayout,
    SeveralOrganizations,
    SipAddress,
    SipUri,
    Subject,
    UmContact,
    UmProxyAddress,
    User,
    VoicemailTarget,
    read_request_uri,
    request_uri,
    route,
)
from exum_routing.routing import RoutedDecision

ALICE = User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",))
ROY = User(sip_address="roy@contoso.com")
ATTENDANT = UmContact(sip_address="aa@contoso.com", display_number="+14255550100", auto_attendant=True)
EVERYONE = HostedVoicemailPolicy(
    identity="Global", destination="exap.um.outlook.com", organizations=("corp.contoso.com", "corp.litwareinc.com")
)
NO_ORGANIZATION = attrs.evolve(EVERYONE, organizations=())
SERVERS = (Fqdn("um1.contoso.com"), Fqdn("um2.contoso.com"), Fqdn("um3.contoso.com"))
OWN_LAYOUT = RequestUriLayout(server="um-server", organization="X-Tenants", phone_context="dial.plan")
AWKWARD_NAMES = [
    "a;b",
    "a?b",
    "a@b",
    "a=b",
    'a"b',
    "a'b",
    "a<b>c",
    "a b",
    "a,b",
    "a%b",
    "a%3Bb",
    "a&b+c$d",
    "a[b]:c/d",
    "a#b",
    "a\\b",
    "a`b|c^d{e}",
    "Straße",
    "план",
    "📞",
    "a\u00a0b",
    "x;opaque=app:other;maddr=evil.example?Subject=1",
]
"""Names of dial plans that would break out of a parameter if they stood raw."""
NO_TOKENS = ["", "a b", "a;b", "a=b", "a:b", "a,b", "a%b", "a`b", "a\n", "ä", "\N{KELVIN SIGN}"]
"""What cannot be the name of a parameter; in lower case, the last one could."""


def hosted(policy: HostedVoicemailPolicy = EVERYONE) -> HostedUm:
    """A decision for hosted UM by this policy, with all of its organizations."""
    return HostedUm(policy, policy.organizations, ("ROUTE-2", "POL-3"))


def on_premises(phone_context: str = "dp.contoso.com", servers: tuple[Fqdn, ...] = SERVERS) -> OnPremisesUm:
    """A decision for on-premises UM by a proxy address that names this dial plan."""
    return OnPremisesUm(UmProxyAddress(type="EUM", address="4711", phone_context=phone_context), servers, ("ROUTE-4", "UM-1"))


def parsed(uri: str) -> tuple[str, Mapping[str, str | None]]:
    """Scheme, user and host, and the parameters, as an independent parser sees them."""
    seen = sipmessage.URI.parse(uri)
    assert (seen.password, seen.port) == (None, None)
    return f"{seen.scheme}:{seen.user}@{seen.host}", seen.parameters


FQDNS = st.from_regex(r"[A-Za-z0-9_-]{1,9}(\.[A-Za-z0-9_-]{1,9}){0,3}", fullmatch=True).map(Fqdn)
ADDRESSES = st.builds(
    "{}@{}".format,
    st.from_regex(r"([A-Za-z0-9\-_.!~*'()&=+$,/]|%40|%22|%25|%3A|%3B|%3F|%20|%5B|%0D%0A|%C3%84){1,12}", fullmatch=True),
    st.sampled_from(["contoso.com", "Corp.Contoso.COM", "localhost", "192.0.2.1", "xn--bcher-kva.example"]),
)
USERS = st.builds(User, sip_address=ADDRESSES)
CONTACTS = st.builds(UmContact, sip_address=ADDRESSES, display_number=st.from_regex(r"\+?[1-9][0-9]{0,14}", fullmatch=True))
NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20
).filter(lambda name: name == name.strip())  # fmt: skip
HOSTED = st.builds(
    hosted,
    st.builds(HostedVoicemailPolicy, identity=st.just("Global"), destination=FQDNS, organizations=st.lists(FQDNS, max_size=3)),
)
ON_PREMISES = st.builds(on_premises, NAMES, st.lists(FQDNS, max_size=3).map(tuple))
ROUTED: st.SearchStrategy[tuple[Subject, RoutedDecision]] = st.one_of(
    st.tuples(USERS, HOSTED | ON_PREMISES), st.tuples(CONTACTS, HOSTED)
)
"""Users with any decision, contacts with one for hosted UM."""


def servers_of(routed: tuple[Subject, RoutedDecision]) -> st.SearchStrategy[tuple[Subject, RoutedDecision, Fqdn | None]]:
    """The same with a UM server that the call may try, or None."""
    subject, decision = routed
    servers = decision.um_servers if isinstance(decision, OnPremisesUm) else ()
    return st.tuples(st.just(subject), st.just(decision), st.sampled_from((None, *servers)))


TRIED = ROUTED.flatmap(servers_of)
"""Users and contacts with a decision and a UM server that it names, or None."""
TOKENS = st.from_regex(r"x[a-zA-Z0-9\-.!*_+'~]{0,9}", fullmatch=True)
LAYOUTS = st.lists(TOKENS, min_size=3, max_size=3, unique_by=str.lower).map(
    lambda names: RequestUriLayout(server=names[0], organization=names[1], phone_context=names[2])
)


class TestUri1:
    """Clause: URI-1."""

    @pytest.mark.parametrize("destination", ["exap.um.outlook.com", "exap.um.partner.outlook.cn", "um_1"])
    @pytest.mark.parametrize("organizations", [("corp.contoso.com",), ("a_b", "c"), ("b", "a")], ids=str)
    def test_both_are_inserted(self, destination: str, organizations: tuple[str, ...]) -> None:
        """The parameters carry the policy's Destination and its organizations, in order."""
        policy = HostedVoicemailPolicy(identity="Global", destination=destination, organizations=organizations)

        address, parameters = parsed(request_uri(ALICE, hosted(policy)))

        assert address == "sip:alice@contoso.com"
        assert (destination, ",".join(organizations)) == (parameters["maddr"], parameters["ms-organization"])

    def test_of_the_effective_policy(self) -> None:
        """What stands in the URI is what the route's policy says."""
        everyone = attrs.evolve(EVERYONE, organizations=("corp.contoso.com",))
        decision = route(ALICE, Deployment(policies=(everyone,)))

        assert isinstance(decision, HostedUm)
        assert request_uri(ALICE, decision) == (
            "sip:alice@contoso.com;maddr=exap.um.outlook.com;opaque=app:voicemail;ms-organization=corp.contoso.com"
        )


class TestUri2:
    """Clause: URI-2."""

    def test_verbatim(self) -> None:
        """Alice's call, letter for letter."""
        decision = route(ALICE, Deployment(users=(ALICE,), policies=(EVERYONE,)))

        assert isinstance(decision, HostedUm)
        assert request_uri(ALICE, decision) == (
            "sip:alice@contoso.com;maddr=exap.um.outlook.com;opaque=app:voicemail"
            ";ms-organization=corp.contoso.com%2Ccorp.litwareinc.com"
        )

    def test_another_layout(self) -> None:
        """Another layout changes the names of the parameters, in lower case, and nothing else."""
        assert request_uri(ALICE, hosted(), layout=OWN_LAYOUT) == (
            "sip:alice@contoso.com;um-server=exap.um.outlook.com;opaque=app:voicemail"
            ";x-tenants=corp.contoso.com%2Ccorp.litwareinc.com"
        )

    def test_default_layout(self) -> None:
        """The default layout has maddr, ms-organization and phone-context."""
        assert attrs.astuple(RequestUriLayout()) == ("maddr", "ms-organization", "phone-context")

    @pytest.mark.parametrize(
        "name",
        [*["transport", "user", "method", "ttl", "lr", "opaque", "OPAQUE"], *NO_TOKENS, None, 3, ["x"], b"x"],
        ids=ascii,
    )
    @pytest.mark.parametrize("field", ["server", "organization", "phone_context"])
    def test_names_that_cannot_stand_are_refused(self, field: str, name: Any) -> None:
        """A name that is no token or is reserved is refused by its value, with its place."""
        with pytest.raises(InvalidRequestUriLayout) as caught:
            RequestUriLayout(**{field: name})
        assert (name, f"RequestUriLayout.{field}") == (caught.value.value, caught.value.place)

    @pytest.mark.parametrize(
        "names",
        [
            {"server": "a", "organization": "A"},
            {"server": "phone-context"},
            {"organization": "MADDR"},
            {"server": "x", "organization": "x", "phone_context": "x"},
        ],
        ids=str,
    )
    def test_names_are_distinct(self, names: dict[str, str]) -> None:
        """A name that stands twice, in any case, is refused."""
        with pytest.raises(InvalidRequestUriLayout) as caught:
            RequestUriLayout(**names)
        assert isinstance(caught.value.value, tuple)
        assert len(set(caught.value.value)) < len(caught.value.value) == 3

    def test_layouts_are_values(self) -> None:
        """A layout is frozen; names that differ in case only are equal; a pickled one is equal."""
        layout = RequestUriLayout(server="Server")
        again = pickle.loads(pickle.dumps(layout))  # noqa: S301 - what was pickled just now

        assert RequestUriLayout(server="SERVER") == layout == again
        assert hash(layout) == hash(again)
        with pytest.raises(FrozenInstanceError):
            layout.server = "x"  # type: ignore[misc]  # that is the point


class TestUri3:
    """Clause: URI-3."""

    @given(st.lists(FQDNS, min_size=1, unique=True))
    def test_all_in_order(self, organizations: list[Fqdn]) -> None:
        """However many organizations there are, all are sent in order, and no comma stands raw."""
        policy = attrs.evolve(EVERYONE, organizations=organizations)

        uri = request_uri(ALICE, hosted(policy))

        assert uri.endswith(f";ms-organization={'%2C'.join(organizations)}")
        assert "," not in uri

    @pytest.mark.parametrize(
        ("reading", "expected"),
        [
            (Reading(), "corp.contoso.com%2Ccorp.litwareinc.com"),
            (Reading(several_organizations=SeveralOrganizations.FIRST), "corp.contoso.com"),
        ],
        ids=["default", "first"],
    )
    def test_reading(self, reading: Reading, expected: str) -> None:
        """All organizations are sent unless the reading has the first alone."""
        decision = route(ALICE, Deployment(policies=(EVERYONE,)), reading=reading)

        assert isinstance(decision, HostedUm)
        assert request_uri(ALICE, decision).rpartition("=")[2] == expected
        assert decision.clauses == ("ROUTE-2", "POL-3", "URI-3")


class TestUri4:
    """Clause: URI-4."""

    @pytest.mark.parametrize("user", ["a;b", "a?b"])
    def test_raw_delimiters_make_no_owner(self, user: str) -> None:
        """A delimiter that stands raw in the user is not the one that is escaped: no SIP address has it raw."""
        with pytest.raises(NotAVoicemailUri):
            read_request_uri(f"sip:{user}@contoso.com;opaque=app:voicemail")

    @pytest.mark.parametrize("name", AWKWARD_NAMES)
    def test_awkward_dial_plans(self, name: str) -> None:
        """Whatever a dial plan is called, its name stays in its parameter."""
        uri = request_uri(ROY, on_premises(name))

        assert uri.isascii()
        assert not set(uri) & set(' "<>,\\^`{|}#?')
        address, parameters = parsed(uri)
        assert address == "sip:roy@contoso.com"
        assert dict(parameters) == {"maddr": "um1.contoso.com", "phone-context": name, "opaque": "app:voicemail"}

    @pytest.mark.parametrize("name", ["a\r\nb", "a\nb", "a\x00b", "a\u2028b", "a\x7fb", "\ud800"], ids=ascii)
    def test_no_line_break_gets_in(self, name: str) -> None:
        """A name with a line break or a control character is refused before there is a decision."""
        with pytest.raises(InvalidName):
            on_premises(name)

    @given(tried=TRIED, layout=LAYOUTS)
    def test_two_parsers_accept_it(self, tried: tuple[Subject, RoutedDecision, Fqdn | None], layout: RequestUriLayout) -> None:
        """Whatever the fields hold, this library and an independent parser read the same parts."""
        subject, decision, server = tried
        uri = request_uri(subject, decision, layout=layout, server=server)

        address, parameters = parsed(uri)
        read = SipUri.parse(uri)
        assert dict(read.parameters) == dict(parameters)
        assert address == f"{read.scheme}:{read.user}@{read.host}"
        assert (read.password, read.port, read.headers) == (None, None, ())

    @given(routed=ROUTED)
    def test_what_need_not_be_escaped_is_not(self, routed: tuple[Subject, RoutedDecision]) -> None:
        """The parameters of a Request-URI are spelled as the URI that was read from it spells them."""
        subject, decision = routed
        uri = request_uri(subject, decision)

        assert uri.partition("@")[2] == str(SipUri.parse(uri)).partition("@")[2]


class TestUri5:
    """Clause: URI-5."""

    @given(tried=TRIED, layout=LAYOUTS)
    def test_round_trip(self, tried: tuple[Subject, RoutedDecision, Fqdn | None], layout: RequestUriLayout) -> None:
        """Under any layout, what was built is read back whole; of a contact's organizations, the first."""
        subject, decision, server = tried
        target = read_request_uri(request_uri(subject, decision, layout=layout, server=server), layout=layout)

        if isinstance(subject, User):
            assert subject.sip_address == target.owner
        else:
            assert f"sip:{subject.display_number}@{subject.sip_address.domain}" == target.owner
        if isinstance(decision, HostedUm):
            sent = decision.organizations[: 1 if isinstance(subject, UmContact) else None]
            assert VoicemailTarget(target.owner, decision.destination, sent, None) == target
        else:
            first = decision.um_servers[0] if decision.um_servers else None
            assert VoicemailTarget(target.owner, server or first, (), decision.phone_context) == target

    @pytest.mark.parametrize("user", ["a%3Bb", "a%3Fb", "a%3A%40b", "%25", "%22%20", "%0D%0A", "%C3%84", "%F0%9F%93%9E"])
    def test_awkward_owners(self, user: str) -> None:
        """An owner whose user part must be escaped is read back too."""
        owner = User(sip_address=f"{user}@contoso.com")

        assert owner.sip_address == read_request_uri(request_uri(owner, hosted())).owner

    @pytest.mark.parametrize("user", ["a;b", "a?b"])
    def test_raw_delimiters_make_no_owner(self, user: str) -> None:
        """A delimiter that stands raw in the user is not the one that is escaped: no SIP address has it raw."""
        with pytest.raises(NotAVoicemailUri):
            read_request_uri(f"sip:{user}@contoso.com;opaque=app:voicemail")

    @pytest.mark.parametrize("name", AWKWARD_NAMES)
    def test_awkward_dial_plans(self, name: str) -> None:
        """Whatever a dial plan is called, its name is read back."""
        assert name == read_request_uri(request_uri(ROY, on_premises(name))).phone_context

    @pytest.mark.parametrize(
        ("uri", "expected"),
        [
            ("sip:alice@contoso.com;gruu;opaque=app:voicemail", ("sip:alice@contoso.com", None, (), None)),
            ("SIP:Alice@Contoso.com;OPAQUE=APP%3AVoicemail;MADDR=UM1", ("sip:alice@contoso.com", "um1", (), None)),
            ("sip:a@b:5061;opaque=app:voicemail?Subject=x", ("sip:a@b", None, (), None)),
            ("sip:a@b;opaque=app:voicemail;maddr;ms-organization;phone-context", ("sip:a@b", None, (), None)),
            (
                "sip:a@b;ms-organization=c%2C%20D;x=y;phone-context=%C3%84;user=phone;opaque=app:voicemail",
                ("sip:a@b", None, ("c", "d"), "Ä"),
            ),
        ],
        ids=["gruu alone", "other case", "port and header", "no values", "other parameters"],
    )
    def test_what_others_built(self, uri: str, expected: tuple[object, ...]) -> None:
        """Other orders, cases and parameters, a port and headers are read, or passed over."""
        assert expected == attrs.astuple(read_request_uri(uri))

    def test_layout_matters(self) -> None:
        """What was built in one layout and is read in another names no Destination and no organization."""
        target = read_request_uri(request_uri(ALICE, hosted()), layout=OWN_LAYOUT)

        assert VoicemailTarget(ALICE.sip_address, None, (), None) == target

    @pytest.mark.parametrize(
        "uri",
        [
            pytest.param("sip:alice@contoso.com", id="no marker"),
            pytest.param("sip:alice@contoso.com;opaque", id="marker without value"),
            pytest.param("sip:alice@contoso.com;opaque=app:conf", id="another application"),
            pytest.param("sip:alice@contoso.com;maddr=x?opaque=app:voicemail", id="marker as header"),
            pytest.param("sip:contoso.com;opaque=app:voicemail", id="no user"),
            pytest.param("sip:alice:secret@contoso.com;opaque=app:voicemail", id="password"),
            pytest.param("sip:alice:@contoso.com;opaque=app:voicemail", id="empty password"),
            pytest.param("sips:alice@contoso.com;opaque=app:voicemail", id="sips"),
            pytest.param("sip:alice@[::1];opaque=app:voicemail", id="IPv6"),
            pytest.param("sip:alice@contoso.com.;opaque=app:voicemail", id="trailing dot"),
            pytest.param("sip:alice@contoso.com;maddr=a%20b;opaque=app:voicemail", id="Destination with a blank"),
            pytest.param("sip:alice@contoso.com;maddr=[::1];opaque=app:voicemail", id="Destination no FQDN"),
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail;ms-organization=a%2C", id="empty entry"),
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail;ms-organization=%2C", id="empty entries"),
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail;ms-organization=a%0D%0Ab", id="line break in a tenant"),
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail;phone-context=a%0D%0Ab", id="line break in a dial plan"),
            pytest.param("sip:alice@contoso.com;opaque=app:voicemail;phone-context=%20", id="blank dial plan"),
        ],
    )
    def test_other_uris_are_refused(self, uri: str) -> None:
        """A URI that does not mean a user's voice mail, or has a part that cannot, is refused whole, on one line."""
        with pytest.raises(NotAVoicemailUri) as caught:
            read_request_uri(uri)
        assert uri == caught.value.value
        assert len(str(caught.value).splitlines()) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "alice@contoso.com",
            "tel:+14255550100",
            "sip:alice@contoso.com;opaque=app:voicemail\n",
            "sip:alice@contoso.com;opaque=app:voicemail\r\nDiversion: x",
            "sip:alice@contoso.com;opaque=app:voicemail;opaque=app:voicemail",
            "sip:alice@contoso.com;opaque=app:voicemail;maddr=",
            "sip:alice@contoso.com;opaque=app:voicemail;ms-organization=a,b",
            "sip:alice@contoso.com:0;opaque=app:voicemail",
            "sip:älice@contoso.com;opaque=app:voicemail",
            "sip:alice@contoso.com;opaque=app:voicemail;phone-context=%FF",
            None,
            3,
            b"sip:alice@contoso.com;opaque=app:voicemail",
            ["sip:alice@contoso.com;opaque=app:voicemail"],
        ],
        ids=ascii,
    )
    def test_what_is_no_uri_is_refused(self, text: Any) -> None:
        """What is no SIP URI at all is refused as such, on one line."""
        with pytest.raises(InvalidSipUri) as caught:
            read_request_uri(text)
        assert not isinstance(caught.value, NotAVoicemailUri)
        assert len(str(caught.value).splitlines()) == 1

    @pytest.mark.parametrize(
        ("field", "value", "refused", "error"),
        [
            ("owner", None, None, InvalidSipAddress),
            ("owner", "alice", "alice", InvalidSipAddress),
            ("destination", 3, 3, InvalidFqdn),
            ("destination", "", "", InvalidFqdn),
            ("organizations", None, None, InvalidValue),
            ("organizations", "corp.contoso.com", "corp.contoso.com", InvalidValue),
            ("organizations", ("corp.contoso.com", None), None, InvalidFqdn),
            ("phone_context", 3, 3, InvalidName),
            ("phone_context", "", "", InvalidName),
            ("phone_context", "a\r\nb", "a\r\nb", InvalidName),
        ],
        ids=lambda part: part.__name__ if isinstance(part, type) else ascii(part),
    )
    def test_targets_are_valid(self, field: str, value: Any, refused: object, error: type[ExumRoutingError]) -> None:
        """A target with a part that no Request-URI says is refused, with its place."""
        target = VoicemailTarget(ALICE.sip_address, None, (), None)
        with pytest.raises(ExumRoutingError) as caught:
            attrs.evolve(target, **{field: value})
        assert (error, refused) == (type(caught.value), caught.value.value)
        assert f"VoicemailTarget.{field}" == caught.value.place

    def test_targets_are_values(self) -> None:
        """A target holds canonical parts, is frozen, and its pickled copy is equal, with an equal hash."""
        target = VoicemailTarget(SipAddress("Alice@contoso.com"), Fqdn("UM1"), (Fqdn("B"), Fqdn("a")), "Dp")
        again = pickle.loads(pickle.dumps(target))  # noqa: S301 - what was pickled just now

        assert attrs.astuple(target) == ("sip:alice@contoso.com", "um1", ("b", "a"), "Dp")
        assert (target, hash(target)) == (again, hash(again))
        with pytest.raises(FrozenInstanceError):
            target.destination = None  # type: ignore[misc]  # that is the point


class TestUri6:
    """Clause: URI-6."""

    def test_verbatim(self) -> None:
        """Roy's call, letter for letter."""
        assert request_uri(ROY, on_premises()) == (
            "sip:roy@contoso.com;maddr=um1.contoso.com;phone-context=dp.contoso.com;opaque=app:voicemail"
        )

    @pytest.mark.parametrize("layout", [RequestUriLayout(), attrs.evolve(OWN_LAYOUT, phone_context="phone-context")])
    def test_no_server_known(self, layout: RequestUriLayout) -> None:
        """Where no server is known there is no maddr."""
        uri = request_uri(ROY, on_premises(servers=()), layout=layout)

        assert uri == "sip:roy@contoso.com;phone-context=dp.contoso.com;opaque=app:voicemail"

    @pytest.mark.parametrize(("server", "sent"), [(None, SERVERS[0]), *zip(SERVERS, SERVERS, strict=True)])
    def test_the_server_is_sent(self, server: Fqdn | None, sent: Fqdn) -> None:
        """The Request-URI carries the UM server that is given; without one, the first of the decision."""
        assert request_uri(ROY, on_premises(), server=server) == (
            f"sip:roy@contoso.com;maddr={sent};phone-context=dp.contoso.com;opaque=app:voicemail"
        )

    def test_another_layout(self) -> None:
        """Another layout changes the names of the parameters, and nothing else."""
        assert request_uri(ROY, on_premises(), layout=OWN_LAYOUT, server=SERVERS[1]) == (
            "sip:roy@contoso.com;um-server=um2.contoso.com;dial.plan=dp.contoso.com;opaque=app:voicemail"
        )

    def test_the_proxy_addresss_own_address_stays_out(self) -> None:
        """The user part is the user's SIP address, not the extension of the UM proxy address."""
        assert "4711" not in request_uri(ROY, on_premises())


class TestUri7:
    """Clause: URI-7."""

    @pytest.mark.parametrize("layout", [RequestUriLayout(), RequestUriLayout(organization="x-tenants")], ids=str)
    def test_no_parameter(self, layout: RequestUriLayout) -> None:
        """Without Organization the parameter is left out, and read back as none."""
        uri = request_uri(ALICE, hosted(NO_ORGANIZATION), layout=layout)

        assert uri == "sip:alice@contoso.com;maddr=exap.um.outlook.com;opaque=app:voicemail"
        assert read_request_uri(uri, layout=layout).organizations == ()


class TestUri8:
    """Clause: URI-8."""

    @pytest.mark.parametrize("number", ["+14255550100", "14255550100", "1"])
    @pytest.mark.parametrize(
        "reading", [Reading(), Reading(several_organizations=SeveralOrganizations.FIRST)], ids=["all", "first"]
    )
    def test_verbatim(self, number: str, reading: Reading) -> None:
        """A contact's call, letter for letter, under any reading."""
        contact = attrs.evolve(ATTENDANT, display_number=number)
        decision = route(contact, Deployment(contacts=(contact,), policies=(EVERYONE,)), reading=reading)

        assert isinstance(decision, HostedUm)
        assert request_uri(contact, decision) == (
            f"sip:{number}@contoso.com;maddr=exap.um.outlook.com;user=phone;opaque=app:voicemail"
            ";ms-organization=corp.contoso.com"
        )
        assert decision.clauses == ("ROUTE-9", "ROUTE-2", "POL-3", "URI-8")

    def test_without_organization(self) -> None:
        """A contact's call by a policy without Organization names no tenant."""
        assert request_uri(ATTENDANT, hosted(NO_ORGANIZATION)) == (
            "sip:+14255550100@contoso.com;maddr=exap.um.outlook.com;user=phone;opaque=app:voicemail"
        )

    def test_no_user_has_a_phone_number_for_an_address(self) -> None:
        """A user's call has no user=phone, even where the user part is a number."""
        numbered = User(sip_address="+14255550100@contoso.com")

        assert "user=phone" not in request_uri(numbered, hosted())


class TestMixedUp:
    """A decision that cannot be about the account has no Request-URI."""

    @pytest.mark.parametrize(
        ("subject", "decision"),
        [
            (ROY, NotRouted(NotRoutedReason.NO_VOICE_MAIL, None, None, ("ROUTE-5",))),
            (UmContact(sip_address="aa@contoso.com", display_number="1"), on_premises("dp")),
        ],
        ids=["not routed", "contact on-premises"],
    )
    def test_it_is_refused(self, subject: Subject, decision: Any) -> None:
        """A call that is not routed, and a contact's to on-premises UM, are refused with the decision as the value."""
        with pytest.raises(InvalidDecision) as caught:
            request_uri(subject, decision)
        assert caught.value.value is decision

    @pytest.mark.parametrize(
        ("subject", "decision"),
        [(ROY, on_premises()), (ROY, on_premises(servers=())), (ALICE, hosted()), (ATTENDANT, hosted())],
        ids=["another's server", "no server known", "hosted", "contact"],
    )
    def test_a_foreign_server_is_refused(self, subject: Subject, decision: RoutedDecision) -> None:
        """A server that the decision does not name is refused by its name; a decision for hosted UM names none."""
        with pytest.raises(InvalidDecision, match="is not a UM server of this decision") as caught:
            request_uri(subject, decision, server=Fqdn("um9.contoso.com"))
        assert caught.value.value == "um9.contoso.com"

    def test_contact_is_sent_one_organization(self) -> None:
        """Whatever the decision holds, a contact's Request-URI carries the first organization alone."""
        policy = HostedVoicemailPolicy(identity="Global", destination="um", organizations=["a.com", "b.com"])
        contact = UmContact(sip_address="aa@contoso.com", display_number="1")
        assert read_request_uri(request_uri(contact, hosted(policy))).organizations == ("a.com",)
