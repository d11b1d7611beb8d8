"""What the fields of the models accept, and the clauses on names and texts that every model shares."""

import enum
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing.casing import folded
from exum_routing.deployment import (
    Deployment,
    HostedVoicemailPolicy,
    HostingProvider,
    PolicyIdentity,
    Pool,
    ProxyAddress,
    UmDialPlan,
    UmProxyAddress,
    User,
    VoiceMailSettings,
)
from exum_routing.errors import (
    DuplicateIdentity,
    ExumRoutingError,
    InvalidFqdn,
    InvalidName,
    InvalidPolicyIdentity,
    InvalidProxyAddress,
    InvalidText,
    InvalidValue,
)
from exum_routing.fields import by_key, checked, flag, instance, instances, name, several, text, unique

OPTIONAL_TEXT, OPTIONAL_FLAG = attrs.converters.optional(text), attrs.converters.optional(flag)

UNFIT = [
    pytest.param("\x00", id="NUL"),
    pytest.param("a\r\nb", id="CR and LF"),
    pytest.param("a\n", id="trailing LF"),
    pytest.param("\ta", id="leading TAB"),
    pytest.param("a\x1bb", id="ESC"),
    pytest.param("a\x7fb", id="DEL"),
    pytest.param("a\x80b", id="first C1 control"),
    pytest.param("a\x85b", id="NEL"),
    pytest.param("a\x9fb", id="last C1 control"),
    pytest.param("a\u2028b", id="line separator"),
    pytest.param("a\u2029b", id="paragraph separator"),
    pytest.param("a\ud800b", id="high surrogate"),
    pytest.param("a\udfffb", id="low surrogate"),
    pytest.param("\ud83d\ude00", id="two surrogates for one character"),
]
"""Texts that no field takes."""

FIT = [
    pytest.param("a", id="letter"),
    pytest.param("Ex Redmond", id="blank within"),
    pytest.param("a  b", id="two blanks within"),
    pytest.param("ÉÑ", id="letters outside ASCII"),
    pytest.param("e\u0301", id="combining accent"),
    pytest.param("ﬁ", id="ligature"),
    pytest.param("\U0001f600", id="astral character"),
    pytest.param("a\u202eb", id="bidi control"),
    pytest.param("\u200b", id="zero-width space"),
    pytest.param("a\xa0b", id="no-break space within"),
    pytest.param("~", id="last before DEL"),
    pytest.param("a\xa0b\u2027\u202a\ud7ff\ue000", id="neighbours of what is unfit"),
    pytest.param(";,:=%@?", id="delimiters"),
    pytest.param("x" * 1_000_000, id="1 MB"),
]
"""Texts that every text field and every name takes."""

NO_TEXTS = [
    pytest.param(None, id="None"),
    pytest.param(True, id="True"),
    pytest.param(0, id="int"),
    pytest.param(b"a", id="bytes"),
    pytest.param(["a"], id="list"),
    pytest.param(("a",), id="tuple"),
    pytest.param(object(), id="object"),
]
"""Values of other types than text."""

FIT_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
"""Whatever a text may hold."""

NAMES = st.text(FIT_CHARACTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
"""Names of policies, sites, providers and dial plans."""

UNPREFIXED = NAMES.filter(lambda name: not name.upper().startswith("SITE:"))
"""Names that begin with the prefix of a site in no case, as '\\u017fite:' does in upper case."""

CASED = st.sampled_from(
    [
        "ExRedmond",
        "exredmond",
        "EXREDMOND",
        "straße",
        "STRASSE",
        "strasse",
        "É",
        "é",
        "e\u0301",
        "İ",
        "i",
        "\u03a3",
        "\u03c3",
        "\u03c2",
    ]
)
"""Names that some ways of comparing take for equal, and others do not."""


class Colour(enum.Enum):
    """A closed set."""

    RED = "Red"
    BLUE = "Blue"


class Paint(enum.StrEnum):
    """A closed set of texts."""

    RED = "Red"


def fqdn(_: str) -> str:
    """A converter that refuses whatever it is given."""
    raise InvalidFqdn(_, "is not an FQDN: give one")


class TestName6:
    """Clause: NAME-6."""

    @pytest.mark.parametrize("value", FIT)
    def test_a_name_keeps_its_spelling(self, value: str) -> None:
        """A name comes back as it was given, wherever a name stands."""
        assert value == name(value)
        assert value == PolicyIdentity(f"tag:{value}").name
        assert value == Pool(fqdn="pool", site=f"site:{value}").site
        assert value == HostingProvider(identity=value, proxy_fqdn="proxy").identity
        assert value == UmDialPlan(phone_context=value).phone_context
        assert value == UmProxyAddress(type="EUM", address="1", phone_context=value).phone_context

    @pytest.mark.parametrize(
        "value",
        [
            *UNFIT,
            *NO_TEXTS,
            pytest.param("", id="empty"),
            pytest.param(" ", id="blank"),
            pytest.param(" a", id="leading blank"),
            pytest.param("a ", id="trailing blank"),
            pytest.param("a\xa0", id="trailing no-break space"),
            pytest.param("\u3000a", id="leading ideographic space"),
        ],
    )
    def test_anything_else_is_no_name(self, value: Any) -> None:
        """Empty names, surrounding blanks, unfit texts and other types are refused by the same error."""
        with pytest.raises(InvalidName) as caught:
            name(value)
        assert value is caught.value.value
        assert caught.value.place is None

    @pytest.mark.parametrize(
        ("refuse", "kind", "value", "place"),
        [
            pytest.param(
                lambda it: PolicyIdentity(f"tag:{it}"), InvalidPolicyIdentity, "tag: a", "PolicyIdentity.text", id="policy"
            ),
            pytest.param(lambda it: Pool(fqdn="pool", site=it), InvalidName, " a", "Pool.site", id="site"),
            pytest.param(
                lambda it: HostingProvider(identity=it, proxy_fqdn="a"),
                InvalidName,
                " a",
                "HostingProvider.identity",
                id="provider",
            ),
            pytest.param(
                lambda it: UmDialPlan(phone_context=it), InvalidName, " a", "UmDialPlan.phone_context", id="dial plan"
            ),
            pytest.param(
                lambda it: UmProxyAddress(type="EUM", address="1", phone_context=it),
                InvalidName,
                " a",
                "UmProxyAddress.phone_context",
                id="dial plan of a proxy address",
            ),
        ],
    )
    def test_surrounding_blanks_are_refused_wherever_a_name_stands(
        self, refuse: Callable[[str], object], kind: type[ExumRoutingError], value: str, place: str
    ) -> None:
        """A name with a blank before it is refused in every model, with the place."""
        with pytest.raises(kind) as caught:
            refuse(" a")
        assert value == caught.value.value
        assert place == caught.value.place

    @given(one=NAMES | CASED, other=NAMES | CASED)
    def test_policies_are_equal_if_their_names_without_case_are(self, one: str, other: str) -> None:
        """Two per-user identities are equal, with equal hashes, exactly if both names are equal without case."""
        identities = PolicyIdentity(f"tag:{one}"), PolicyIdentity(f"TAG:{other}")
        assert (folded(one) == folded(other)) is (identities[0] == identities[1])
        assert (folded(one) == folded(other)) is (len(set(identities)) == 1)

    @pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase, str.title])
    @given(spelled=UNPREFIXED)
    def test_one_comparison_holds_for_every_kind_of_name(self, change: Callable[[str], str], spelled: str) -> None:
        """A name in another case is the same name exactly if both are equal without case, whatever it names."""
        changed = change(spelled)
        same = folded(spelled) == folded(changed)
        plans = [UmDialPlan(phone_context=it) for it in (spelled, changed)]
        providers = [HostingProvider(identity=it, proxy_fqdn="proxy") for it in (spelled, changed)]
        sites = [Pool(fqdn="pool", site=f"site:{it}") for it in (spelled, changed)]
        policies = [PolicyIdentity(f"tag:{it}") for it in (spelled, changed)]
        assert [same] * 4 == [one == other for one, other in (plans, providers, sites, policies)]
        assert [2 - same] * 4 == [len(set(pair)) for pair in (plans, providers, sites, policies)]

    def test_a_name_may_become_the_prefix_in_another_case(self) -> None:
        """A long s is no s, so such a text is a name; in upper case it is the prefix, which is refused."""
        spelled = "\u017fite:Redmond"
        assert Pool(fqdn="pool", site=f"site:{spelled}").site == spelled
        with pytest.raises(InvalidName):
            Pool(fqdn="pool", site=f"site:{spelled.upper()}")

    def test_the_prefix_does_not_matter_to_the_name(self) -> None:
        """Every sigma is the same, also right after the prefix, and where a word ends."""
        assert len({PolicyIdentity(f"tag:{sigma}") for sigma in "\u03a3\u03c3\u03c2"}) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("straße", "STRASSE", id="casefold"),
            pytest.param("\xe9", "e\u0301", id="composed and decomposed"),
            pytest.param("ﬁ", "fi", id="ligature"),
            pytest.param("\uff25", "E", id="full width"),
            pytest.param("a b", "a  b", id="blanks within"),
        ],
    )
    def test_what_casefold_or_normalisation_would_equate_differs(self, one: str, other: str) -> None:
        """Names are neither casefolded nor normalised."""
        assert PolicyIdentity(f"tag:{one}") != PolicyIdentity(f"tag:{other}")
        assert UmDialPlan(phone_context=one) != UmDialPlan(phone_context=other)

    def test_look_up_is_without_case(self) -> None:
        """A dial plan and a provider are found by their names in any case."""
        deployment = Deployment(
            dial_plans=(UmDialPlan(phone_context="Dp.Contoso.com"),),
            providers=(HostingProvider(identity="Hosted Exchange UM", proxy_fqdn="proxy"),),
        )
        assert deployment.dial_plans is not None
        assert deployment.dial_plans[0] is deployment.dial_plan("DP.contoso.COM")
        assert deployment.providers[0] is deployment.provider("HOSTED exchange um")


class TestName7:
    """Clause: NAME-7."""

    @pytest.mark.parametrize("value", [*FIT, pytest.param("", id="empty"), pytest.param(" a ", id="blanks around")])
    def test_a_fit_text_is_kept_as_it_came(self, value: str) -> None:
        """A text comes back as it was given, wherever a text stands; it may be empty and have blanks around it."""
        assert value == text(value)
        assert value == OPTIONAL_TEXT(value)
        assert value == User(sip_address="a@b", display_name=value).display_name
        assert value == HostedVoicemailPolicy(identity="Global", description=value).description
        assert (value,) == VoiceMailSettings((value,)).values
        assert value == ProxyAddress(type="x", address=value).address

    @pytest.mark.parametrize("value", [*UNFIT, *NO_TEXTS])
    def test_an_unfit_text_is_refused(self, value: Any) -> None:
        """A text with such a character, and whatever is no text, is refused by the same error."""
        with pytest.raises(InvalidText) as caught:
            text(value)
        assert value is caught.value.value
        assert caught.value.place is None

    @pytest.mark.parametrize("value", UNFIT)
    @pytest.mark.parametrize(
        ("refuse", "kind", "place"),
        [
            pytest.param(
                lambda it: User(sip_address="a@b", display_name=it), InvalidText, "User.display_name", id="DisplayName"
            ),
            pytest.param(
                lambda it: User(sip_address="a@b", user_principal_name=it), InvalidText, "User.user_principal_name", id="UPN"
            ),
            pytest.param(
                lambda it: User(sip_address="a@b", sam_account_name=it), InvalidText, "User.sam_account_name", id="SAM"
            ),
            pytest.param(
                lambda it: User(sip_address="a@b", distinguished_name=it), InvalidText, "User.distinguished_name", id="DN"
            ),
            pytest.param(
                lambda it: HostedVoicemailPolicy(identity="Global", description=it),
                InvalidText,
                "HostedVoicemailPolicy.description",
                id="Description",
            ),
            pytest.param(lambda it: VoiceMailSettings((it,)), InvalidText, "VoiceMailSettings.values", id="VoiceMailSettings"),
            pytest.param(lambda it: ProxyAddress(address=it), InvalidProxyAddress, "ProxyAddress.address", id="proxy address"),
            pytest.param(
                lambda it: ProxyAddress(type=it, address=""),
                InvalidProxyAddress,
                "ProxyAddress.type",
                id="type of a proxy address",
            ),
            pytest.param(ProxyAddress.parse, InvalidProxyAddress, None, id="entry of proxyAddresses"),
        ],
    )
    def test_an_unfit_text_is_refused_wherever_a_text_stands(
        self, refuse: Callable[[Any], object], kind: type[ExumRoutingError], place: str | None, value: str
    ) -> None:
        """No model holds a text with such a character; the error names the place."""
        with pytest.raises(kind) as caught:
            refuse(value)
        assert value == caught.value.value
        assert place == caught.value.place

    @given(value=st.text(st.characters()))
    def test_a_text_is_kept_or_refused(self, value: str) -> None:
        """A text is refused exactly if one of its characters is a control, a separator of lines or a surrogate."""
        unfit = any(
            ord(one) < 0x20 or 0x7F <= ord(one) <= 0x9F or one in "\u2028\u2029" or 0xD800 <= ord(one) <= 0xDFFF
            for one in value
        )
        try:
            kept = text(value) == value
        except InvalidText:
            kept = False
        assert unfit is not kept

    def test_no_text_is_not_an_empty_text(self) -> None:
        """None stays None where a text may be missing, and an empty text stays one."""
        assert OPTIONAL_TEXT(None) is None
        assert OPTIONAL_TEXT("") == ""


class TestFlag:
    """Flags are True or False, and nothing that merely counts as one."""

    @pytest.mark.parametrize("value", [True, False])
    def test_a_flag_is_kept(self, value: bool) -> None:
        """True and False are accepted."""
        assert value is flag(value)
        assert value is OPTIONAL_FLAG(value)

    def test_a_flag_may_be_unknown_only_where_it_is_optional(self) -> None:
        """None is accepted by an optional flag alone."""
        nothing: Any = None
        assert OPTIONAL_FLAG(nothing) is None
        with pytest.raises(InvalidValue) as caught:
            flag(nothing)
        assert caught.value.value is None

    @pytest.mark.parametrize(
        "value",
        [
            pytest.param(0, id="0"),
            pytest.param(1, id="1"),
            pytest.param(1.0, id="1.0"),
            pytest.param("", id="empty text"),
            pytest.param("True", id="text"),
            pytest.param([], id="list"),
            pytest.param(bool, id="bool itself"),
        ],
    )
    @pytest.mark.parametrize("convert", [flag, OPTIONAL_FLAG])
    def test_what_merely_counts_as_one_is_refused(self, convert: Callable[[Any], object], value: object) -> None:
        """A number, a text or anything else is refused, also where it equals True or False."""
        with pytest.raises(InvalidValue) as caught:
            convert(value)
        assert value is caught.value.value


class TestInstance:
    """A closed set takes its own members only, and a model is of its own kind."""

    @pytest.mark.parametrize("value", Colour)
    def test_a_member_is_kept(self, value: Colour) -> None:
        """Every member is accepted."""
        assert value is instance(value, Colour)

    @pytest.mark.parametrize("value", ["Red", "RED", Paint.RED, None, 0, Colour])
    def test_anything_else_is_refused(self, value: Any) -> None:
        """Anything else is refused, spellings included, and the message lists the members."""
        with pytest.raises(InvalidValue, match=r"Colour\.RED, Colour\.BLUE$") as caught:
            instance(value, Colour)
        assert value is caught.value.value


class TestSeveral:
    """Ordered collections are tuples or lists."""

    @pytest.mark.parametrize("values", [(), [], ("a",), ["b", "a", "b"], ("ab",)])
    def test_tuples_and_lists_become_tuples(self, values: Any) -> None:
        """A tuple or a list is kept in its order, as a tuple."""
        assert tuple(values) == several(values)
        assert tuple is type(several(values))
        assert tuple(values) == instances(values, str)

    @pytest.mark.parametrize(
        "values",
        [
            pytest.param("ab", id="text"),
            pytest.param(b"ab", id="bytes"),
            pytest.param({"a", "b"}, id="set"),
            pytest.param(frozenset("ab"), id="frozenset"),
            pytest.param({"a": "b"}, id="dict"),
            pytest.param(iter(["a"]), id="iterator"),
            pytest.param(range(2), id="range"),
            pytest.param(None, id="None"),
            pytest.param(1, id="int"),
        ],
    )
    def test_anything_else_is_refused(self, values: Any) -> None:
        """A bare text, a collection without an order of its own and whatever is none is refused, by the error asked for."""
        with pytest.raises(InvalidValue) as caught:
            several(values)
        with pytest.raises(InvalidValue):
            instances(values, str)
        with pytest.raises(InvalidName):
            several(values, InvalidName)
        assert values is caught.value.value

    def test_an_iterator_is_not_used_up(self) -> None:
        """What is refused is left as it was."""
        values: Iterator[str] = iter(["a"])
        refused: Any = values
        with pytest.raises(InvalidValue):
            several(refused)
        assert list(values) == ["a"]

    def test_a_stranger_among_instances_is_refused(self) -> None:
        """The first element of another type is the value of the error."""
        values: Any = [Colour.RED, "Red", None]
        with pytest.raises(InvalidValue) as caught:
            instances(values, Colour)
        assert caught.value.value == "Red"


@attrs.frozen(field_transformer=checked)
class Inner:
    """A model with one field of each kind that is checked by its annotation alone."""

    a_class: str = ""
    an_enum: Colour = Colour.RED
    optional_class: Pool | None = None
    optional_enum: Colour | None = None
    classes: tuple[str, ...] = ()
    enums: tuple[Colour, ...] = attrs.field(default=(), kw_only=True)
    computed: dict[str, int] = attrs.field(init=False, factory=dict)


def inner(value: object) -> Inner:
    """A converter that makes a model, which can refuse the value itself."""
    return value if isinstance(value, Inner) else Inner(an_enum=value)  # type: ignore[arg-type]  # that is the point


POOL = Pool(fqdn="pool01.contoso.com", site="Redmond")


class TestByKey:
    """No two models share a key."""

    def test_models_are_found_by_their_key(self) -> None:
        """Models with different keys are kept, in their order."""
        assert by_key(("b", "A"), str.lower, "twice") == {"b": "b", "a": "A"}
        assert unique(["b", "A"], str, str.lower, "twice") == ("b", "A")

    def test_a_shared_key_is_refused(self) -> None:
        """The error's value is the key, or the spelling of the second model where a spelling is asked for."""
        with pytest.raises(DuplicateIdentity, match=r"^'a' is there twice$"):
            by_key(("a", "A"), str.lower, "is there twice")
        with pytest.raises(DuplicateIdentity, match=r"^'A' is there twice$"):
            unique(("a", "A"), str, str.lower, "is there twice", str)


class TestChecked:
    """Every field is checked, and every error says in which model and field it arose."""

    def test_the_place_is_the_model_and_the_field(self) -> None:
        """A converter's error names the model and the field, and is otherwise the converter's own."""

        @attrs.frozen(field_transformer=checked)
        class Model:
            """A model."""

            plain: int
            converted: str = attrs.field(converter=fqdn)

        with pytest.raises(InvalidFqdn) as caught:
            Model(1, "a b")
        assert caught.value.place == "Model.converted"
        assert str(caught.value) == "Model.converted: 'a b' is not an FQDN: give one"

    def test_other_errors_pass_unchanged(self) -> None:
        """What is no error of the family is passed on as it is."""

        @attrs.frozen(field_transformer=checked)
        class Model:
            """A model."""

            number: int = attrs.field(converter=int)

        with pytest.raises(ValueError, match="invalid literal") as caught:
            Model("x")
        assert not isinstance(caught.value, ExumRoutingError)
        assert Model("7") == Model(7)

    @pytest.mark.parametrize(
        ("field", "value", "kept"),
        [
            ("a_class", "x", "x"),
            ("an_enum", Colour.BLUE, Colour.BLUE),
            ("optional_class", POOL, POOL),
            ("optional_class", None, None),
            ("optional_enum", Colour.BLUE, Colour.BLUE),
            ("optional_enum", None, None),
            ("classes", ["b", "a"], ("b", "a")),
            ("enums", (Colour.BLUE,), (Colour.BLUE,)),
        ],
    )
    def test_a_value_of_the_annotation_is_kept(self, field: str, value: Any, kept: object) -> None:
        """A value of the annotated type is kept, and a list becomes a tuple."""
        assert getattr(Inner(**{field: value}), field) == kept

    @pytest.mark.parametrize(
        ("field", "value", "refused", "wanted"),
        [
            ("a_class", 7, 7, "a str"),
            ("a_class", None, None, "a str"),
            ("an_enum", "Red", "Red", "a Colour"),
            ("optional_class", "pool", "pool", "a Pool"),
            ("optional_class", False, False, "a Pool"),
            ("optional_enum", "Red", "Red", "a Colour"),
            ("classes", "ab", "ab", "a tuple"),
            ("classes", ("a", 7), 7, "a str"),
            ("enums", (None,), None, "a Colour"),
        ],
    )
    def test_a_value_of_another_type_is_refused(self, field: str, value: Any, refused: object, wanted: str) -> None:
        """Every kind of annotation refuses another type, at the field's place, and offers None only where it may be."""
        with pytest.raises(InvalidValue) as caught:
            Inner(**{field: value})
        assert (caught.value.place, caught.value.value) == (f"Inner.{field}", refused)
        assert caught.value.problem.startswith(f"is not {wanted}: ")
        assert caught.value.problem.endswith(", or None") is field.startswith("optional")

    def test_the_outermost_model_is_the_place(self) -> None:
        """An error in a model that a field's converter makes names the field of the outer model."""

        @attrs.frozen(field_transformer=checked)
        class Outer:
            """A model with a model inside."""

            inner: Inner = attrs.field(converter=inner)

        assert Outer(Inner()).inner == Inner()
        with pytest.raises(InvalidValue) as caught:
            Outer("Red")
        assert (caught.value.place, caught.value.value) == ("Outer.inner", "Red")

    @pytest.mark.parametrize(
        "annotation",
        [
            "str",
            Any,
            str | int,
            str | int | None,
            list[str],
            dict[str, int],
            frozenset[str],
            tuple[str, int],
            tuple[str, str],
            tuple[str | int, ...],
            tuple[tuple[str, str], ...],
            tuple[str, ...] | None,
            Callable[[int], str],
        ],
        ids=str,
    )
    def test_another_annotation_needs_a_converter(self, annotation: object) -> None:
        """A field that nothing would check is an error of the model itself."""
        with pytest.raises(TypeError, match=r"^Model\.field needs a converter: its annotation .* cannot be checked$"):
            attrs.make_class("Model", {"field": attrs.field(type=annotation)}, field_transformer=checked)  # type: ignore[call-overload]  # any type

    def test_the_signature_keeps_the_annotations(self) -> None:
        """The parameters of a model have the annotations of the fields that need no converter."""
        parameters = inspect.signature(Inner).parameters
        assert parameters["an_enum"].annotation is Colour
        assert parameters["optional_class"].annotation == Pool | None
        assert "computed" not in parameters
