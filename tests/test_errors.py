"""The errors: one family, and messages that stand on one line whatever was refused."""

import copy
import enum
import pickle
import re
from collections.abc import Callable
from typing import Any
from unittest.mock import ANY

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import exum_routing
from exum_routing import cmdlets, errors, fields
from exum_routing.deployment import (
    GLOBAL,
    AccessEdgeConfiguration,
    HostedVoicemailPolicy,
    PolicyIdentity,
    Pool,
    ProxyAddress,
    UmProxyAddress,
    VoiceMailSettings,
    read_organization,
    resolve_policy,
)
from exum_routing.deployment.policy import policies_by_key
from exum_routing.errors import (
    CmdletRefused,
    ContradictoryVoiceMailSettings,
    DuplicateIdentity,
    ExumRoutingError,
    InvalidFqdn,
    InvalidName,
    InvalidOrganization,
    InvalidPolicyIdentity,
    InvalidProxyAddress,
    InvalidSipAddress,
    InvalidSipUri,
    InvalidText,
    InvalidValue,
    MissingGlobalPolicy,
    NotAVoicemailUri,
    UnknownIdentity,
    UnknownReplica,
    shown,
    with_article,
)
from exum_routing.reading import AuthorsDisagree, Reading
from exum_routing.sip import Fqdn, SipAddress, SipUri

FAMILY = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ExumRoutingError)]
"""Every class of error."""

ADVICE = re.compile(r": .*\b(give|use|take|keep|add|escape)\b")
"""What every problem ends with: what to give instead."""

LINE_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a message on one line never holds: control characters, separators, bidi controls, lone surrogates."""


class FailingRepr:
    """An object that cannot be shown."""

    def __repr__(self) -> str:
        """Fail."""
        raise RuntimeError


class ReprOf:
    """An object that is shown as it was told."""

    def __init__(self, told: Any) -> None:
        """Keep what to show."""
        self.told = told

    def __repr__(self) -> str:
        """What was told, a text or not."""
        return self.told  # type: ignore[no-any-return] # it need not be a text


def nested(depth: int, wrap: Callable[[Any], object]) -> object:
    """Something within something, this many times."""
    value: object = ()
    for _ in range(depth):
        value = wrap(value)
    return value


def endless() -> list[object]:
    """A list that holds itself."""
    value: list[object] = []
    value.append(value)
    return value


NO_TEXTS = [
    pytest.param(10**5000, id="int of 5,001 digits"),
    pytest.param(-(10**5000), id="negative int of 5,001 digits"),
    pytest.param(float("nan"), id="NaN"),
    pytest.param(b"a" * 1_000_000, id="1 MB of bytes"),
    pytest.param(bytearray(b"a.example"), id="bytearray"),
    pytest.param({"a": 10**5000}, id="dict with a huge int"),
    pytest.param(nested(10_000, lambda inner: {"a": inner}), id="deep dicts"),
    pytest.param({"a", "b"}, id="set"),
    pytest.param(FailingRepr(), id="failing repr"),
    pytest.param(ReprOf(7), id="repr that is no text"),
    pytest.param(ReprOf("a\r\nb: c\x00\x85\u2028\u2029"), id="repr with line breaks"),
    pytest.param(ReprOf("\u202eevil\u2066\u2069"), id="repr with bidi controls"),
    pytest.param(ReprOf("\ud800"), id="repr with a lone surrogate"),
    pytest.param(ReprOf("x" * 1_000_000), id="repr of 1 MB"),
    pytest.param(type("a\r\nb", (), {})(), id="type with a line break in its name"),
    pytest.param(type("str", (), {})(), id="another type of the name str"),
    pytest.param(object, id="class"),
    pytest.param(lambda: None, id="function"),
]
"""Values that no field of any model takes, and that are hard to show."""

HARD_TO_SHOW = [
    *NO_TEXTS,
    pytest.param("a\r\nb", id="CR and LF"),
    pytest.param("a\tb\x0b\x0c\x1b[31m\x7f\x9b", id="control characters"),
    pytest.param("\x85\u2028\u2029", id="line separators"),
    pytest.param("\ud800\udfff", id="lone surrogates"),
    pytest.param("\u202e\u202a\u2066\u2069", id="bidi controls"),
    pytest.param("x" * 1_000_000, id="1 MB of text"),
    pytest.param("", id="empty text"),
    pytest.param("{0} {value} %s %(a)s", id="format directives"),
    pytest.param(nested(10_000, lambda inner: [inner]), id="deep lists"),
    pytest.param(nested(10_000, lambda inner: (inner,)), id="deep tuples"),
    pytest.param([10**5000], id="list with a huge int"),
    pytest.param(["a\r\nb"] * 1000, id="long list"),
    pytest.param(endless(), id="list that holds itself"),
    pytest.param(None, id="None"),
]
"""Values that are hard to show in a message."""

REFUSALS = [
    pytest.param(Fqdn, InvalidFqdn, None, id="Fqdn"),
    pytest.param(SipAddress, InvalidSipAddress, None, id="SipAddress"),
    pytest.param(SipUri.parse, InvalidSipUri, None, id="SipUri.parse"),
    pytest.param(lambda it: SipUri(host="h", scheme=it), InvalidSipUri, "SipUri.scheme", id="SipUri.scheme"),
    pytest.param(lambda it: SipUri(host="h", user=it), InvalidSipUri, "SipUri.user", id="SipUri.user"),
    pytest.param(lambda it: SipUri(host="h", user="u", password=it), InvalidSipUri, "SipUri.password", id="SipUri.password"),
    pytest.param(lambda it: SipUri(host=it), InvalidSipUri, "SipUri.host", id="SipUri.host"),
    pytest.param(lambda it: SipUri(host="h", port=it), InvalidSipUri, "SipUri.port", id="SipUri.port"),
    pytest.param(lambda it: SipUri(host="h", parameters=it), InvalidSipUri, "SipUri.parameters", id="SipUri.parameters"),
    pytest.param(lambda it: SipUri(host="h", parameters=(it,)), InvalidSipUri, "SipUri.parameters", id="a parameter"),
    pytest.param(lambda it: SipUri(host="h", parameters=((it, "1"),)), InvalidSipUri, "SipUri.parameters", id="its name"),
    pytest.param(lambda it: SipUri(host="h", parameters=(("n", it),)), InvalidSipUri, "SipUri.parameters", id="its value"),
    pytest.param(lambda it: SipUri(host="h", headers=it), InvalidSipUri, "SipUri.headers", id="SipUri.headers"),
    pytest.param(lambda it: SipUri(host="h", headers=(("n", it),)), InvalidSipUri, "SipUri.headers", id="a header's value"),
    pytest.param(VoiceMailSettings, InvalidValue, "VoiceMailSettings.values", id="VoiceMailSettings.values"),
    pytest.param(lambda it: VoiceMailSettings((it,)), InvalidText, "VoiceMailSettings.values", id="one of the values"),
    pytest.param(ProxyAddress.parse, InvalidProxyAddress, None, id="ProxyAddress.parse"),
    pytest.param(
        lambda it: ProxyAddress(type=it, address="1"), InvalidProxyAddress, "ProxyAddress.type", id="ProxyAddress.type"
    ),
    pytest.param(lambda it: ProxyAddress(address=it), InvalidProxyAddress, "ProxyAddress.address", id="ProxyAddress.address"),
    pytest.param(
        lambda it: UmProxyAddress(type="EUM", address="1", phone_context=it),
        InvalidName,
        "UmProxyAddress.phone_context",
        id="UmProxyAddress.phone_context",
    ),
    pytest.param(PolicyIdentity, InvalidPolicyIdentity, "PolicyIdentity.text", id="PolicyIdentity.text"),
    pytest.param(
        lambda it: HostedVoicemailPolicy(identity=it),
        InvalidPolicyIdentity,
        "HostedVoicemailPolicy.identity",
        id="HostedVoicemailPolicy.identity",
    ),
    pytest.param(
        lambda it: HostedVoicemailPolicy(identity=GLOBAL, description=it),
        InvalidText,
        "HostedVoicemailPolicy.description",
        id="HostedVoicemailPolicy.description",
    ),
    pytest.param(
        lambda it: HostedVoicemailPolicy(identity=GLOBAL, destination=it),
        InvalidFqdn,
        "HostedVoicemailPolicy.destination",
        id="HostedVoicemailPolicy.destination",
    ),
    pytest.param(
        lambda it: HostedVoicemailPolicy(identity=GLOBAL, organizations=it),
        InvalidOrganization,
        "HostedVoicemailPolicy.organizations",
        id="HostedVoicemailPolicy.organizations",
    ),
    pytest.param(
        lambda it: HostedVoicemailPolicy(identity=GLOBAL, organizations=(it,)),
        InvalidOrganization,
        "HostedVoicemailPolicy.organizations",
        id="one of the organizations",
    ),
    pytest.param(read_organization, InvalidOrganization, None, id="read_organization"),
    pytest.param(policies_by_key, InvalidValue, None, id="policies_by_key"),
    pytest.param(
        lambda it: resolve_policy((it,), assigned=None, site=None), InvalidValue, None, id="one of the policies to resolve"
    ),
    pytest.param(
        lambda it: Reading(authors_disagree=it), InvalidValue, "Reading.authors_disagree", id="Reading.authors_disagree"
    ),
    pytest.param(
        lambda it: Reading(disabled_with_um_proxy_address=it),
        InvalidValue,
        "Reading.disabled_with_um_proxy_address",
        id="Reading.disabled_with_um_proxy_address",
    ),
    pytest.param(
        lambda it: Reading(several_organizations=it),
        InvalidValue,
        "Reading.several_organizations",
        id="Reading.several_organizations",
    ),
    pytest.param(fields.text, InvalidText, None, id="text"),
    pytest.param(fields.name, InvalidName, None, id="name"),
    pytest.param(fields.flag, InvalidValue, None, id="flag"),
    pytest.param(lambda it: fields.instance(it, AuthorsDisagree), InvalidValue, None, id="instance"),
    pytest.param(fields.several, InvalidValue, None, id="several"),
    pytest.param(lambda it: fields.instances((it,), HostedVoicemailPolicy), InvalidValue, None, id="instances"),
]
"""What refuses a value, with the class of its error and the place that the error names."""


class TestFamily:
    """Whoever catches ExumRoutingError catches every error of the library."""

    @pytest.mark.parametrize("kind", FAMILY)
    def test_every_error_is_a_value_error_of_the_family(self, kind: type[ExumRoutingError]) -> None:
        """Every class of error is an ExumRoutingError, which is a ValueError."""
        assert issubclass(kind, ExumRoutingError)
        assert issubclass(kind, ValueError)

    @pytest.mark.parametrize("kind", FAMILY)
    def test_every_error_can_be_imported_from_the_package(self, kind: type[ExumRoutingError]) -> None:
        """Every class of error is part of the public interface: of the package, or, a refused cmdlet's, of the cmdlets."""
        home = cmdlets if issubclass(kind, CmdletRefused) else exum_routing
        assert kind is getattr(home, kind.__name__)
        assert kind.__name__ in home.__all__

    def test_only_one_error_is_a_kind_of_another(self) -> None:
        """Each rule's error can be caught by itself, apart from these: a refused cmdlet's are of one kind."""
        inner = {kind: kind.__base__ for kind in FAMILY if kind.__base__ not in (ExumRoutingError, ValueError, CmdletRefused)}
        assert inner == {NotAVoicemailUri: InvalidSipUri, UnknownReplica: UnknownIdentity}


class TestMessage:
    """An error says where, what and what to give instead, on one line."""

    def test_an_error_keeps_the_value_and_the_problem(self) -> None:
        """The value and the problem stand in attributes; outside a model there is no place."""
        value = object()
        error = InvalidFqdn(value, "is not an FQDN: give one")
        assert value is error.value
        assert error.problem == "is not an FQDN: give one"
        assert error.place is None

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            pytest.param(None, "'a b' is not an FQDN: give one", id="outside a model"),
            pytest.param("Pool.fqdn", "Pool.fqdn: 'a b' is not an FQDN: give one", id="in a model"),
        ],
    )
    def test_the_message_is_place_value_and_problem(self, place: str | None, expected: str) -> None:
        """The message puts the place, where there is one, before the value and the problem."""
        error = InvalidFqdn("a b", "is not an FQDN: give one")
        error.place = place
        assert expected == str(error)
        assert error.message == "'a b' is not an FQDN: give one"

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param("a", "'a'", id="text"),
            pytest.param("", "''", id="empty text"),
            pytest.param("it's", '"it\'s"', id="quote"),
            pytest.param("a\r\nb", r"'a\r\nb'", id="CR and LF"),
            pytest.param("\ud800", r"'\ud800'", id="lone surrogate"),
            pytest.param("\u202e", r"'\u202e'", id="bidi control"),
            pytest.param("é", "'é'", id="letter outside ASCII"),
            pytest.param(65536, "65536", id="int"),
            pytest.param(None, "None", id="None"),
            pytest.param(("a", 1), "('a', 1)", id="tuple"),
            pytest.param(ReprOf("a\r\nb"), r"'a\r\nb'", id="repr with a line break"),
        ],
    )
    def test_a_value_is_shown_as_its_repr(self, value: object, expected: str) -> None:
        """A value is shown by its repr, escaped where it would not stand on one line."""
        assert expected == shown(value)

    @pytest.mark.parametrize("value", HARD_TO_SHOW)
    def test_any_value_is_shown_on_one_short_line(self, value: object) -> None:
        """Whatever the value, the message is one line without control characters, short, and does not fail."""
        error = InvalidValue(value, "is no good: give another")
        assert str(error).endswith(" is no good: give another")
        assert LINE_BREAKING.search(str(error)) is None
        assert len(str(error).splitlines()) == 1
        assert len(str(error)) < 1500

    @given(value=st.recursive(st.text() | st.binary() | st.integers() | st.floats() | st.none(), st.lists, max_leaves=10))
    def test_any_plain_value_is_shown_on_one_line(self, value: object) -> None:
        """Whatever plain value there is, it is shown on one line without control characters."""
        assert LINE_BREAKING.search(shown(value)) is None

    @given(value=st.text(max_size=10))
    def test_a_short_text_without_runs_of_blanks_is_shown_whole(self, value: str) -> None:
        """A short text can be read back from what is shown of it."""
        value = " ".join(value.split())
        assert repr(value) == shown(value)


class TestModelsInMessages:
    """A message shows a model by its text or its kind, and not by its fields."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            pytest.param(Pool(fqdn="p", site="Redmond"), "a Pool", id="without text"),
            pytest.param(Reading(), "a Reading", id="article a"),
            pytest.param(AccessEdgeConfiguration(), "an AccessEdgeConfiguration", id="article an"),
            pytest.param((Pool(fqdn="p", site="Redmond"), 1), "(a Pool, 1)", id="in a tuple"),
            pytest.param(ProxyAddress.parse("SMTP:a@b"), "'SMTP:a@b'", id="text"),
            pytest.param(UmProxyAddress.parse("EUM:1;phone-context=dp"), "'EUM:1;phone-context=dp'", id="text of a subclass"),
            pytest.param(PolicyIdentity("site:Redmond"), "'site:Redmond'", id="text of an identity"),
            pytest.param(Pool, repr(Pool), id="the class itself"),
        ],
    )
    def test_a_model_is_shown_without_its_fields(self, value: object, expected: str) -> None:
        """A model that has a text is shown as that text is, any other by the name of its kind."""
        assert expected == shown(value)

    def test_an_inherited_text_is_a_text(self) -> None:
        """A model that has its text from the model that it extends is shown by it."""

        @attrs.frozen
        class Extended(PolicyIdentity):
            """A model with the text of another one."""

        assert shown(Extended("site:Redmond")) == "'site:Redmond'"

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("Agent", "an"), ("Edge", "an"), ("Invite", "an"), ("Outcome", "an"), ("User", "a"), ("Pool", "a")],
    )
    def test_the_article_is_the_one_that_is_spoken(self, name: str, expected: str) -> None:
        """A name has ``an`` before a vowel; names with U begin as ``you`` does."""
        assert with_article(type(name, (), {})) == f"{expected} {name}"


class TestRefusal:
    """What refuses a value names it, the place and what to give instead; a wrong type is refused as a wrong value is."""

    @pytest.mark.parametrize("value", NO_TEXTS)
    @pytest.mark.parametrize(("refuse", "kind", "place"), REFUSALS)
    def test_a_value_of_a_wrong_type_is_refused(
        self, refuse: Callable[[Any], object], kind: type[ExumRoutingError], place: str | None, value: object
    ) -> None:
        """A value of a wrong type raises the error of the rule, which holds the value and names the place."""
        with pytest.raises(ExumRoutingError) as caught:
            refuse(value)
        error = caught.value
        assert kind is type(error)
        assert value is error.value
        assert place == error.place
        assert ADVICE.search(error.problem)
        assert str(error) == (f"{place}: " if place else "") + f"{shown(value)} {error.problem}"
        assert LINE_BREAKING.search(str(error)) is None

    @pytest.mark.parametrize(
        ("refuse", "kind", "place", "value"),
        [
            pytest.param(
                lambda: HostedVoicemailPolicy(identity=GLOBAL, destination="a b"),
                InvalidFqdn,
                "HostedVoicemailPolicy.destination",
                "a b",
                id="Destination",
            ),
            pytest.param(
                lambda: HostedVoicemailPolicy(identity="pool:a"),
                InvalidPolicyIdentity,
                "HostedVoicemailPolicy.identity",
                "pool:a",
                id="Identity",
            ),
            pytest.param(
                lambda: VoiceMailSettings(("CsHostedVoiceMail=1", "CsHostedVoiceMail=0")),
                ContradictoryVoiceMailSettings,
                "VoiceMailSettings.values",
                ("CsHostedVoiceMail=1", "CsHostedVoiceMail=0"),
                id="contradictory pairs",
            ),
            pytest.param(lambda: SipUri.parse("sip:a@b:65536"), InvalidSipUri, "SipUri.port", 65536, id="port"),
            pytest.param(lambda: policies_by_key(()), MissingGlobalPolicy, None, (), id="no global policy"),
        ],
    )
    def test_an_error_names_class_place_and_value(
        self, refuse: Callable[[], object], kind: type[ExumRoutingError], place: str | None, value: object
    ) -> None:
        """An error is of the class of its rule, and has the place and the value; tests/test_messages.py has the words."""
        with pytest.raises(ExumRoutingError) as caught:
            refuse()
        assert (kind, place, value) == (type(caught.value), caught.value.place, caught.value.value)

    def test_the_outermost_model_is_the_place(self) -> None:
        """Where one model converts its field by another model, the place is the field that was given."""
        with pytest.raises(InvalidPolicyIdentity) as caught:
            HostedVoicemailPolicy(identity="site:")
        assert caught.value.place == "HostedVoicemailPolicy.identity"

    def test_a_change_is_checked_as_a_new_value_is(self) -> None:
        """What attrs.evolve is given is refused as the constructor refuses it."""
        policy = HostedVoicemailPolicy(identity=GLOBAL)
        with pytest.raises(InvalidFqdn) as caught:
            attrs.evolve(policy, destination="a b")
        assert caught.value.place == "HostedVoicemailPolicy.destination"


class TestPickling:
    """Errors cross process boundaries."""

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    @pytest.mark.parametrize("kind", FAMILY)
    def test_an_error_survives_pickling(self, kind: type[ExumRoutingError], protocol: int) -> None:
        """Class, value, problem, place and message are the same after pickling."""
        error = kind(("a\r\nb", None), "is no good: give another")
        error.place = "Model.field"
        found = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - pickled on the same line
        assert kind is type(found)
        assert (error.value, error.problem, error.place) == (found.value, found.problem, found.place)
        assert str(error) == str(found)

    @pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
    def test_an_error_survives_copying(self, copied: Callable[[ExumRoutingError], ExumRoutingError]) -> None:
        """A copy has the same value, problem and place."""
        error = InvalidName(" a", "has blanks: give none")
        error.place = "Model.field"
        found = copied(error)
        assert (error.value, error.problem, error.place) == (found.value, found.problem, found.place)

    @pytest.mark.parametrize(
        "refuse",
        [
            pytest.param(lambda: SipUri(host="a_b"), id="InvalidSipUri"),
            pytest.param(lambda: HostedVoicemailPolicy(identity="Global", organizations=("",)), id="InvalidOrganization"),
            pytest.param(lambda: VoiceMailSettings(("\r\n",)), id="InvalidText"),
            pytest.param(lambda: UmProxyAddress(type="EUM", address="1", phone_context=""), id="InvalidName"),
        ],
    )
    def test_a_raised_error_survives_pickling(self, refuse: Callable[[], object]) -> None:
        """An error as a model raised it keeps its place."""
        with pytest.raises(ExumRoutingError) as caught:
            refuse()
        found = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - pickled on the same line
        assert caught.value.place is not None
        assert (caught.value.value, caught.value.place) == (found.value, found.place)
        assert str(caught.value) == str(found)


class TestValueOfCrossFieldErrors:
    """Where several parts together are wrong, the error holds them as a reader would write them."""

    @pytest.mark.parametrize(
        ("refuse", "kind", "expected"),
        [
            pytest.param(
                lambda: ProxyAddress(type="EUM", address="1"), InvalidProxyAddress, "EUM:1", id="EUM without phone-context"
            ),
            pytest.param(
                lambda: UmProxyAddress(type="smtp", address="a", phone_context="dp"),
                InvalidProxyAddress,
                "smtp:a;phone-context=dp",
                id="phone-context without EUM",
            ),
            pytest.param(lambda: SipUri(host="h", password=""), InvalidSipUri, "", id="password without user"),
            pytest.param(
                lambda: policies_by_key([HostedVoicemailPolicy(identity=name) for name in ("ExRedmond", "TAG:exredmond")]),
                DuplicateIdentity,
                "tag:exredmond",
                id="two policies of one identity",
            ),
            pytest.param(
                lambda: policies_by_key([HostedVoicemailPolicy(identity="ExRedmond")]),
                MissingGlobalPolicy,
                ("tag:exredmond",),
                id="no global policy",
            ),
            pytest.param(
                lambda: VoiceMailSettings(("EXCHANGEHOSTEDVOICEMAIL=0", "x", "ExchangeHostedVoiceMail=1")),
                ContradictoryVoiceMailSettings,
                ("ExchangeHostedVoiceMail=0", "x", "ExchangeHostedVoiceMail=1"),
                id="contradictory pairs",
            ),
        ],
    )
    def test_the_value_is_what_a_reader_would_write(
        self, refuse: Callable[[], object], kind: type[ExumRoutingError], expected: object
    ) -> None:
        """The value of the error is the parts together, in their canonical spelling."""
        with pytest.raises(kind) as caught:
            refuse()
        assert expected == caught.value.value
        assert ": " in caught.value.problem


class TestShown:
    """A value in a message is short, exact, and never fails."""

    def test_nested_collections_are_short(self) -> None:
        """A collection in a collection, however deep and wide, is cut."""
        value: object = "x" * 120
        for _ in range(6):
            value = [value] * 6
        assert len(shown(value)) < 500

    def test_blanks_are_kept(self) -> None:
        """What is printable is shown as it is, runs of blanks too."""
        assert shown("a  b") == "'a  b'"

    def test_value_that_cannot_be_shown(self) -> None:
        """A value whose repr fails is said not to be showable, such as a number with too many digits."""
        assert shown(10**5_000) == "a value that cannot be shown"


@pytest.mark.parametrize(
    ("refuse", "kind"),
    [
        (lambda: Pool(fqdn="p", site="site:site:R"), InvalidName),
        (lambda: resolve_policy(None, assigned=None, site=None), InvalidValue),  # type: ignore[arg-type]
        (lambda: SipUri(scheme=ANY, host="h"), InvalidSipUri),
    ],
    ids=["prefix twice", "no policies", "equal to everything"],
)
def test_odd_values_are_refused(refuse: Callable[[], object], kind: type[ExumRoutingError]) -> None:
    """What looks like a proper value, but is none, is refused by the rule that it breaks."""
    with pytest.raises(kind):
        refuse()


def test_text_enumerations_count_as_their_text() -> None:
    """A member of a text enumeration is the text that it stands for."""

    class Name(str, enum.Enum):  # noqa: UP042 - a StrEnum is formatted as its text, this one is not
        EX = "ExRedmond"

    assert str(PolicyIdentity(Name.EX)) == "tag:ExRedmond"
