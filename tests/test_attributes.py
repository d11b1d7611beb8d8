"""The directory attributes: msExchUCVoiceMailSettings and proxyAddresses."""

import itertools
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing.deployment import Deployment, HostedVoicemailPolicy, ProxyAddress, UmProxyAddress, User, VoiceMailSettings
from exum_routing.deployment.attributes import um_proxy_addresses
from exum_routing.errors import (
    ContradictoryVoiceMailSettings,
    ExumRoutingError,
    InvalidName,
    InvalidProxyAddress,
    InvalidText,
    InvalidValue,
)
from exum_routing.reading import READINGS, AuthorsDisagree, Reading
from exum_routing.routing import (
    HostedUm,
    HostedUmAccess,
    NotRouted,
    NotRoutedReason,
    OnPremisesUm,
    hosted_um_access,
    request_uri,
    route,
)

PAIRS = ("ExchangeHostedVoiceMail=1", "ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1", "CsHostedVoiceMail=0")
"""The four values that have a meaning."""

FOREIGN = [
    pytest.param("", id="empty"),
    pytest.param("=", id="no key and no value"),
    pytest.param("CsHostedVoiceMail", id="key alone"),
    pytest.param("CsHostedVoiceMail=", id="no value"),
    pytest.param("CsHostedVoiceMail=2", id="2"),
    pytest.param("CsHostedVoiceMail=01", id="01"),
    pytest.param("CsHostedVoiceMail=1 ", id="trailing blank"),
    pytest.param(" CsHostedVoiceMail=1", id="leading blank"),
    pytest.param("CsHostedVoiceMail =1", id="blank before the sign"),
    pytest.param("CsHostedVoiceMail=1;", id="trailing semicolon"),
    pytest.param("CsHostedVoiceMail=True", id="True"),
    pytest.param("CsHostedVoiceMail=\uff11", id="full-width digit"),
    pytest.param("CsHostedVoiceMail==1", id="two signs"),
    pytest.param("CsHostedVoiceMail=1,ExchangeHostedVoiceMail=1", id="two pairs in a value"),
    pytest.param("CsHostedVoicemail1", id="no sign"),
    pytest.param("HostedVoiceMail=1", id="no author"),
    pytest.param("\u0421sHostedVoiceMail=1", id="Cyrillic letter"),
    pytest.param("CsHoﬆedVoiceMail=1", id="ligature"),
    pytest.param("CsHostedVo\u0131ceMail=1", id="dotless letter"),
    pytest.param("Key=Value", id="another application's"),
]
"""Values that are none of the four."""

OTHER_ENTRIES = [
    pytest.param("SMTP:roy@contoso.com", "SMTP", "roy@contoso.com", id="SMTP"),
    pytest.param("smtp:roy@contoso.com", "smtp", "roy@contoso.com", id="secondary SMTP"),
    pytest.param("SIP:roy@contoso.com", "SIP", "roy@contoso.com", id="SIP"),
    pytest.param("X500:/o=Contoso/cn=roy", "X500", "/o=Contoso/cn=roy", id="X500"),
    pytest.param("roy@contoso.com", None, "roy@contoso.com", id="without a type"),
    pytest.param("", None, "", id="empty"),
    pytest.param(":a", "", "a", id="empty type"),
    pytest.param("x:", "x", "", id="nothing behind the colon"),
    pytest.param("x::", "x", ":", id="two colons"),
    pytest.param(" EUM:a", " EUM", "a", id="EUM with a blank before it"),
    pytest.param("EUM4:a", "EUM4", "a", id="longer type"),
    pytest.param("SMTP:a;phone-context=dp", "SMTP", "a;phone-context=dp", id="phone-context without EUM"),
    pytest.param("EUM;phone-context=dp", None, "EUM;phone-context=dp", id="EUM without a colon"),
    pytest.param("\uff25\uff35\uff2d:1;phone-context=dp", "\uff25\uff35\uff2d", "1;phone-context=dp", id="full-width EUM"),
]
"""Entries that are no UM proxy addresses, with their types and addresses."""

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)
"""Texts that a field takes."""

DIAL_PLANS = TEXTS.map(str.strip).filter(bool)
"""Names of dial plans."""

NO_TEXTS = [
    pytest.param(None, id="None"),
    pytest.param(1, id="int"),
    pytest.param(b"EUM:1;phone-context=dp", id="bytes"),
    pytest.param(("EUM:1;phone-context=dp",), id="tuple"),
    pytest.param(object(), id="object"),
]
"""Values of other types than text."""


def in_any_case(spelled: str) -> st.SearchStrategy[str]:
    """The text with each letter in either case."""
    return st.tuples(*(st.sampled_from([one.lower(), one.upper()]) for one in spelled)).map("".join)


def deployment_of(*values: str, proxy_addresses: tuple[str, ...] = ()) -> Deployment:
    """A deployment of one user, with a usable global policy."""
    user = User(sip_address="alice@contoso.com", voice_mail_settings=values, proxy_addresses=proxy_addresses)
    return Deployment(users=(user,), policies=(HostedVoicemailPolicy(identity="Global", destination="um.example"),))


class TestAttr1:
    """Clause: ATTR-1."""

    @given(values=st.lists(TEXTS.filter(lambda value: "hostedvoicemail" not in value.lower())))
    def test_every_value_is_kept_in_its_place(self, values: list[str]) -> None:
        """There may be any number of values, and their order is kept."""
        assert tuple(values) == VoiceMailSettings(values).values

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            pytest.param("CsHostedVoiceMail=1", InvalidValue, id="bare text"),
            pytest.param(None, InvalidValue, id="None"),
            pytest.param({"CsHostedVoiceMail=1"}, InvalidValue, id="set"),
            pytest.param({"CsHostedVoiceMail": "1"}, InvalidValue, id="dict"),
            pytest.param(iter(["CsHostedVoiceMail=1"]), InvalidValue, id="iterator"),
            pytest.param(b"CsHostedVoiceMail=1", InvalidValue, id="bytes"),
        ],
    )
    def test_values_stand_in_a_tuple_or_a_list(self, values: Any, kind: type[ExumRoutingError]) -> None:
        """Whatever is neither a tuple nor a list is refused, a single text included."""
        with pytest.raises(kind) as caught:
            VoiceMailSettings(values)
        assert values is caught.value.value
        assert caught.value.place == "VoiceMailSettings.values"

    @pytest.mark.parametrize(
        "value",
        [
            *NO_TEXTS,
            pytest.param("CsHostedVoiceMail=1\n", id="trailing LF"),
            pytest.param("\x00", id="NUL"),
            pytest.param("\ud800", id="lone surrogate"),
        ],
    )
    def test_each_value_is_a_text(self, value: Any) -> None:
        """A value that is no text, or unfit as one, is refused, also behind a good one."""
        with pytest.raises(InvalidText) as caught:
            VoiceMailSettings(("CsHostedVoiceMail=1", value))
        assert value is caught.value.value
        assert caught.value.place == "VoiceMailSettings.values"

    @pytest.mark.parametrize(
        ("values", "hosted"),
        [
            pytest.param(("CsHostedVoiceMail=1",), True, id="a value for each pair"),
            pytest.param(("CsHostedVoiceMail=1,Other=x",), False, id="two pairs in a value"),
        ],
    )
    def test_a_value_is_one_pair(self, values: tuple[str, ...], hosted: bool) -> None:
        """Pairs are not looked for within a value."""
        assert hosted is (VoiceMailSettings(values).cs_hosted_voice_mail is True)

    @pytest.mark.parametrize("field", ["values", "exchange_hosted_voice_mail", "cs_hosted_voice_mail"])
    def test_the_settings_cannot_be_changed(self, field: str) -> None:
        """Assignment to a field is refused."""
        with pytest.raises(FrozenInstanceError):
            setattr(VoiceMailSettings(), field, ())

    def test_settings_are_equal_by_their_values(self) -> None:
        """Equal values in the same order make equal settings with equal hashes, also after pickling; another order does not."""
        settings = VoiceMailSettings(("a", "CSHOSTEDVOICEMAIL=1"))
        assert settings == VoiceMailSettings(["a", "CsHostedVoiceMail=1"])
        assert hash(settings) == hash(VoiceMailSettings(["a", "CsHostedVoiceMail=1"]))
        assert settings != VoiceMailSettings(("CsHostedVoiceMail=1", "a"))
        assert settings == pickle.loads(pickle.dumps(settings))  # noqa: S301 - pickled on the same line


class TestAttr2:
    """Clause: ATTR-2."""

    @pytest.mark.parametrize(
        ("values", "exchange", "cs"),
        [
            pytest.param((), None, None, id="no value"),
            pytest.param(("ExchangeHostedVoiceMail=1",), True, None, id="enabled by Exchange"),
            pytest.param(("ExchangeHostedVoiceMail=0",), False, None, id="disabled by Exchange"),
            pytest.param(("CsHostedVoiceMail=1",), None, True, id="enabled by Skype for Business Server"),
            pytest.param(("CsHostedVoiceMail=0",), None, False, id="disabled by Skype for Business Server"),
            pytest.param(("ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=1"), True, True, id="enabled by both"),
            pytest.param(("CsHostedVoiceMail=0", "ExchangeHostedVoiceMail=0"), False, False, id="disabled by both"),
            pytest.param(("ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=1"), False, True, id="the authors disagree"),
            pytest.param(
                ("CsHostedVoiceMail=0", "x", "ExchangeHostedVoiceMail=1"), True, False, id="with another value between"
            ),
        ],
    )
    def test_each_author_says_enabled_disabled_or_nothing(
        self, values: tuple[str, ...], exchange: bool | None, cs: bool | None
    ) -> None:
        """A pair says what its author says, and nothing about the other author."""
        settings = VoiceMailSettings(values)
        assert exchange is settings.exchange_hosted_voice_mail
        assert cs is settings.cs_hosted_voice_mail

    @pytest.mark.parametrize(
        ("pair", "expected"),
        [
            (PAIRS[0], HostedUmAccess.ENABLED),
            (PAIRS[1], HostedUmAccess.DISABLED),
            (PAIRS[2], HostedUmAccess.ENABLED),
            (PAIRS[3], HostedUmAccess.DISABLED),
        ],
    )
    def test_one_pair_alone_decides_access(self, pair: str, expected: HostedUmAccess) -> None:
        """Where one author alone has spoken, the user is as that author says, under every reading."""
        assert {expected} == {hosted_um_access(VoiceMailSettings((pair,)), reading) for reading in READINGS}


class TestAttr3:
    """Clause: ATTR-3."""

    @given(data=st.data(), pair=st.sampled_from(PAIRS))
    def test_a_pair_in_any_case_is_written_canonically(self, data: st.DataObject, pair: str) -> None:
        """The key in any case makes the same settings as in the canonical spelling."""
        settings = VoiceMailSettings((data.draw(in_any_case(pair)),))
        assert (pair,) == settings.values
        assert VoiceMailSettings((pair,)) == settings

    def test_the_spelling_of_the_source_is_read(self) -> None:
        """CSHostedVoiceMail, which the source writes once, is CsHostedVoiceMail."""
        assert VoiceMailSettings(("CSHostedVoiceMail=1",)).values == ("CsHostedVoiceMail=1",)


class TestAttr4:
    """Clause: ATTR-4."""

    @pytest.mark.parametrize("value", FOREIGN)
    def test_another_value_is_kept_and_means_nothing(self, value: str) -> None:
        """Such a value is kept as it came, and neither author has said anything."""
        settings = VoiceMailSettings((value,))
        assert (value,) == settings.values
        assert settings.exchange_hosted_voice_mail is None
        assert settings.cs_hosted_voice_mail is None

    @pytest.mark.parametrize("value", FOREIGN)
    @pytest.mark.parametrize("pairs", [(), *((pair,) for pair in PAIRS), (PAIRS[0], PAIRS[3])])
    @pytest.mark.parametrize("proxies", [(), ("EUM:1;phone-context=dp",)], ids=["without proxy address", "with proxy address"])
    def test_another_value_never_changes_a_route(self, pairs: tuple[str, ...], proxies: tuple[str, ...], value: str) -> None:
        """With such a value before, between and behind the pairs, the route is the same under every reading."""
        without = deployment_of(*pairs, proxy_addresses=proxies)
        spread = itertools.chain([value], *((pair, value) for pair in pairs))
        within = deployment_of(*spread, proxy_addresses=proxies)
        for reading in READINGS:
            expected = route(without.users[0], without, reading=reading)
            assert expected == route(within.users[0], within, reading=reading)

    def test_other_values_stay_in_their_places(self) -> None:
        """Other values are kept among the pairs, each as often as it came."""
        values = ("b=1", "CsHostedVoiceMail=1", "a", "b=1", "ExchangeHostedVoiceMail=0", "CsHostedVoiceMail=2")
        assert values == VoiceMailSettings(values).values


class TestAttr5:
    """Clause: ATTR-5."""

    @pytest.mark.parametrize(
        "values",
        [
            pytest.param(("ExchangeHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"), id="Exchange"),
            pytest.param(("ExchangeHostedVoiceMail=0", "ExchangeHostedVoiceMail=1"), id="Exchange, 0 first"),
            pytest.param(("CsHostedVoiceMail=1", "CsHostedVoiceMail=0"), id="Skype for Business Server"),
            pytest.param(("CsHostedVoiceMail=0", "CsHostedVoiceMail=1"), id="Skype for Business Server, 0 first"),
            pytest.param(("CsHostedVoiceMail=1", "a", "ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=0"), id="others between"),
        ],
    )
    def test_a_contradiction_is_refused(self, values: tuple[str, ...]) -> None:
        """The error holds all the values and names the two in its message, the 1 first."""
        author = values[0].partition("=")[0]
        with pytest.raises(ContradictoryVoiceMailSettings, match=f"holds {author}=1 and {author}=0, which") as caught:
            VoiceMailSettings(values)
        assert values == caught.value.value
        assert caught.value.place == "VoiceMailSettings.values"

    def test_a_contradiction_in_another_case_is_refused(self) -> None:
        """The case of the keys does not hide a contradiction, and both values are named in the canonical spelling."""
        with pytest.raises(ContradictoryVoiceMailSettings, match="holds CsHostedVoiceMail=1 and CsHostedVoiceMail=0, which"):
            VoiceMailSettings(("cshostedvoicemail=1", "CSHOSTEDVOICEMAIL=0"))

    @pytest.mark.parametrize("exchange", PAIRS[:2])
    @pytest.mark.parametrize("cs", PAIRS[2:])
    def test_two_authors_do_not_contradict_each_other(self, exchange: str, cs: str) -> None:
        """What the other author says is never refused."""
        assert (exchange, cs) == VoiceMailSettings((exchange, cs)).values

    @given(data=st.data(), values=st.lists(st.sampled_from([PAIRS[0], PAIRS[3], "Other=x"])))
    def test_equal_pairs_count_once(self, data: st.DataObject, values: list[str]) -> None:
        """A repeated pair, in any case, is kept at its first place; other values are kept as often as they came."""
        spelled = [data.draw(in_any_case(value)) if value in PAIRS else value for value in values]
        expected = [value for place, value in enumerate(values) if value not in PAIRS or value not in values[:place]]
        assert tuple(expected) == VoiceMailSettings(spelled).values

    @given(values=st.lists(st.sampled_from(PAIRS)))
    def test_refused_exactly_if_contradictory(self, values: list[str]) -> None:
        """Settings exist exactly if no author says both."""
        contradictory = set(PAIRS[:2]) <= set(values) or set(PAIRS[2:]) <= set(values)
        try:
            refused = not isinstance(VoiceMailSettings(values), VoiceMailSettings)
        except ContradictoryVoiceMailSettings:
            refused = True
        assert contradictory is refused


class TestAttr6:
    """Clause: ATTR-6."""

    def test_no_value_and_not_set_are_equal(self) -> None:
        """Settings without a value equal those that were not given, by themselves and in a user."""
        assert VoiceMailSettings() == VoiceMailSettings([])
        assert User(sip_address="a@b") == User(sip_address="a@b", voice_mail_settings=())

    @pytest.mark.parametrize(
        ("proxies", "expected"),
        [
            pytest.param((), NotRouted, id="without proxy address"),
            pytest.param(("EUM:1;phone-context=dp",), OnPremisesUm, id="with proxy address"),
        ],
    )
    def test_no_value_says_nothing(self, proxies: tuple[str, ...], expected: type) -> None:
        """A user whose attribute has no value is neither enabled nor disabled."""
        deployment = deployment_of(proxy_addresses=proxies)
        assert expected is type(route(deployment.users[0], deployment))
        assert hosted_um_access(VoiceMailSettings(())) is HostedUmAccess.NOT_SET


class TestAttr7:
    """Clause: ATTR-7."""

    @pytest.mark.parametrize(
        ("entry", "kind", "address", "phone_context"),
        [
            pytest.param(
                "EUM:roy@contoso.com;phone-context=dp.contoso.com", "EUM", "roy@contoso.com", "dp.contoso.com", id="SIP address"
            ),
            pytest.param("EUM:4100;phone-context=dp", "EUM", "4100", "dp", id="extension"),
            pytest.param("eum:4100;phone-context=dp", "eum", "4100", "dp", id="secondary"),
            pytest.param("Eum:4100;PHONE-Context=Dp", "Eum", "4100", "Dp", id="phone-context in any case"),
            pytest.param(
                "EUM:sip:roy@contoso.com;phone-context=dp", "EUM", "sip:roy@contoso.com", "dp", id="colon in the address"
            ),
            pytest.param("EUM:a;b=c;phone-context=dp", "EUM", "a;b=c", "dp", id="semicolon in the address"),
            pytest.param("EUM: a ;phone-context=d p", "EUM", " a ", "d p", id="blanks"),
            pytest.param("EUM:a;phone-context=b;phone-context=c", "EUM", "a", "b;phone-context=c", id="phone-context twice"),
            pytest.param("EUM:é;phone-context=ü", "EUM", "é", "ü", id="outside ASCII"),
        ],
    )
    def test_an_eum_entry_is_taken_apart(self, entry: str, kind: str, address: str, phone_context: str) -> None:
        """An EUM entry has an address and a dial plan, each as spelled."""
        found = ProxyAddress.parse(entry)
        assert isinstance(found, UmProxyAddress)
        assert (kind, address, phone_context) == (found.type, found.address, found.phone_context)
        assert found == UmProxyAddress.parse(entry)

    @pytest.mark.parametrize(
        ("entry", "kind"),
        [
            pytest.param("EUM:", InvalidProxyAddress, id="nothing behind the colon"),
            pytest.param("EUM:4100", InvalidProxyAddress, id="no phone-context"),
            pytest.param("eum:4100;phone-context", InvalidProxyAddress, id="phone-context without sign"),
            pytest.param("EUM:4100,phone-context=dp", InvalidProxyAddress, id="comma"),
            pytest.param("EUM:4100; phone-context=dp", InvalidProxyAddress, id="blank before phone-context"),
            pytest.param("EUM:;phone-context=dp", InvalidProxyAddress, id="no address"),
            pytest.param("EUM:4100;phone-context=dp\n", InvalidProxyAddress, id="trailing LF"),
            pytest.param("EUM:4100;phone-context=\ud800", InvalidProxyAddress, id="lone surrogate"),
            pytest.param("EUM:4100;phone-context=", InvalidProxyAddress, id="empty dial plan"),
            pytest.param("EUM:4100;phone-context= dp", InvalidProxyAddress, id="blank before the dial plan"),
        ],
    )
    def test_a_malformed_eum_entry_is_refused(self, entry: str, kind: type[ExumRoutingError]) -> None:
        """An EUM entry without address or phone-context is refused, and a dial plan's name is a name."""
        for parse in (ProxyAddress.parse, UmProxyAddress.parse):
            with pytest.raises(kind) as caught:
                parse(entry)
            assert kind is type(caught.value)
            assert str(caught.value.value) in entry

    @pytest.mark.parametrize("entry", ["SMTP:a;phone-context=dp", "a;phone-context=dp", ":a;phone-context=dp", "SMTP:a", "a"])
    def test_another_entry_is_no_um_proxy_address(self, entry: str) -> None:
        """An entry of another type is refused where a UM proxy address is read, with the entry as the value."""
        with pytest.raises(InvalidProxyAddress) as caught:
            UmProxyAddress.parse(entry)
        assert caught.value.value == entry

    @pytest.mark.parametrize("value", NO_TEXTS)
    def test_what_is_no_text_is_refused(self, value: Any) -> None:
        """An entry of another type than text is refused as a malformed one is."""
        for parse in (ProxyAddress.parse, UmProxyAddress.parse):
            with pytest.raises(InvalidProxyAddress) as caught:
                parse(value)
            assert value is caught.value.value

    @pytest.mark.parametrize(
        ("parts", "value", "place"),
        [
            pytest.param({"type": "EUM", "address": "1"}, "EUM:1", None, id="no phone-context"),
            pytest.param({"type": "eum", "address": ""}, "eum:", None, id="nothing but the type"),
            pytest.param({"type": "EUM", "address": "", "phone_context": "d"}, "EUM:;phone-context=d", None, id="no address"),
            pytest.param(
                {"type": "EUM", "address": "a;Phone-Context=b", "phone_context": "d"},
                "EUM:a;Phone-Context=b;phone-context=d",
                None,
                id="phone-context in the address",
            ),
            pytest.param({"type": "SMTP", "address": "a", "phone_context": "d"}, "SMTP:a;phone-context=d", None, id="not EUM"),
            pytest.param({"address": "a", "phone_context": "d"}, "a;phone-context=d", None, id="no type"),
            pytest.param({"address": "a:b"}, "a:b", None, id="colon without type"),
            pytest.param({"type": "E:", "address": "a"}, "E:", "ProxyAddress.type", id="colon in the type"),
            pytest.param({"type": "E\n", "address": "a"}, "E\n", "ProxyAddress.type", id="LF in the type"),
            pytest.param({"type": 1, "address": "a"}, 1, "ProxyAddress.type", id="type that is no text"),
            pytest.param({"type": "x", "address": None}, None, "ProxyAddress.address", id="address that is no text"),
            pytest.param({"type": "x", "address": "\n"}, "\n", "ProxyAddress.address", id="LF in the address"),
        ],
    )
    def test_parts_that_no_entry_has_are_refused(self, parts: dict[str, Any], value: object, place: str | None) -> None:
        """What parse would not give cannot be made from parts either."""
        with pytest.raises(InvalidProxyAddress) as caught:
            (UmProxyAddress if "phone_context" in parts else ProxyAddress)(**parts)
        assert value == caught.value.value
        assert place == caught.value.place

    @pytest.mark.parametrize("value", ["", " dp", "dp\n", 5, b"dp", ("dp",)])
    def test_a_dial_plan_is_a_name(self, value: Any) -> None:
        """A dial plan of a wrong type is refused as a wrong name is."""
        with pytest.raises(InvalidName) as caught:
            UmProxyAddress(type="EUM", address="1", phone_context=value)
        assert value == caught.value.value
        assert caught.value.place == "UmProxyAddress.phone_context"

    @pytest.mark.parametrize(
        ("entries", "expected"),
        [
            pytest.param([], "", id="none"),
            pytest.param(["SMTP:x"], "", id="no UM proxy address"),
            pytest.param(["EUM:a"], "a", id="one primary"),
            pytest.param(["eum:a"], "a", id="one secondary"),
            pytest.param(["SMTP:x", "eum:a", "x500:y"], "a", id="others around"),
            pytest.param(["eum:a", "EUM:b"], "ba", id="primary before secondary"),
            pytest.param(["EUM:a", "EUM:b"], "ab", id="two primary in order"),
            pytest.param(["Eum:a", "eum:b", "EUm:c"], "abc", id="secondary in order"),
            pytest.param(["eum:a", "EUM:b", "Eum:c", "EUM:d"], "bdac", id="several of each"),
        ],
    )
    def test_the_first_primary_one_is_used(self, entries: list[str], expected: str) -> None:
        """Primary ones come first, then secondary ones, each in order; other entries are left out."""
        spelled = [f"{entry};phone-context=dp" if entry[:3].lower() == "eum" else entry for entry in entries]
        found = um_proxy_addresses([ProxyAddress.parse(entry) for entry in spelled])
        assert expected == "".join(entry.address for entry in found)
        user = User(sip_address="a@b", proxy_addresses=spelled)
        assert found == user.um_proxy_addresses

    @given(kinds=st.lists(st.sampled_from(["EUM", "eum", "Eum", "SMTP"]), max_size=8))
    def test_the_one_used_is_the_first_primary_else_the_first(self, kinds: list[str]) -> None:
        """Whatever the entries, the first UM proxy address is the first primary one, else the first secondary one."""
        entries = [
            ProxyAddress.parse(f"{kind}:{place}" if kind == "SMTP" else f"{kind}:{place};phone-context=dp")
            for place, kind in enumerate(kinds)
        ]
        primary = [entry for entry in entries if entry.type == "EUM"]
        secondary = [entry for entry in entries if entry.type not in ("EUM", "SMTP")]
        assert (*primary, *secondary) == um_proxy_addresses(entries)

    @given(address=st.text("abc;?@%:= ", min_size=1, max_size=20))
    def test_the_address_never_stands_in_a_request_uri(self, address: str) -> None:
        """The Request-URI of an on-premises route is the same whatever the address part of the UM proxy address."""
        deployments = [deployment_of(proxy_addresses=(f"EUM:{it};phone-context=dp",)) for it in (address, "4100")]
        spelled = []
        for deployment in deployments:
            decision = route(deployment.users[0], deployment)
            assert isinstance(decision, OnPremisesUm)
            spelled.append(request_uri(deployment.users[0], decision))
        assert spelled[0] == spelled[1]

    @given(kind=st.sampled_from(["EUM", "eum", "eUm"]), address=st.text("abé;?@%:= ", min_size=1), phone_context=DIAL_PLANS)
    def test_what_was_written_is_read_back(self, kind: str, address: str, phone_context: str) -> None:
        """Reading the text of a UM proxy address gives an equal one."""
        proxy_address = UmProxyAddress(type=kind, address=address, phone_context=phone_context)
        assert proxy_address == ProxyAddress.parse(str(proxy_address))

    @pytest.mark.parametrize("field", ["type", "address", "phone_context"])
    def test_a_proxy_address_cannot_be_changed(self, field: str) -> None:
        """Assignment to a field is refused."""
        with pytest.raises(FrozenInstanceError):
            setattr(UmProxyAddress(type="EUM", address="a", phone_context="dp"), field, "b")

    def test_a_long_entry_is_read_quickly(self) -> None:
        """An entry of 1 MB is read."""
        entry = "EUM:" + ";phone-contex" * 80_000 + ";phone-context=dp"
        assert ProxyAddress.parse(entry).address == ";phone-contex" * 80_000


class TestAttr8:
    """Clause: ATTR-8."""

    @pytest.mark.parametrize(("entry", "kind", "address"), OTHER_ENTRIES)
    def test_another_entry_is_kept(self, entry: str, kind: str | None, address: str) -> None:
        """Another entry has a type, or none, and an address, and is written as it came."""
        found = ProxyAddress.parse(entry)
        assert (kind, address) == (found.type, found.address)
        assert not isinstance(found, UmProxyAddress)
        assert entry == str(found)

    @pytest.mark.parametrize(("entry", "kind", "address"), OTHER_ENTRIES)
    @pytest.mark.parametrize("values", [(), *((pair,) for pair in PAIRS)])
    @pytest.mark.parametrize("proxies", [(), ("eum:1;phone-context=dp",)], ids=["without proxy address", "with proxy address"])
    def test_another_entry_never_changes_a_route(
        self, values: tuple[str, ...], proxies: tuple[str, ...], entry: str, kind: str | None, address: str
    ) -> None:
        """With such an entry before and behind, given as text or as parts, the route is the same under every reading."""
        without = deployment_of(*values, proxy_addresses=proxies)
        within = deployment_of(*values, proxy_addresses=(entry, *proxies, entry))
        parts = attrs.evolve(without.users[0], proxy_addresses=(ProxyAddress(type=kind, address=address), *proxies))
        for reading in READINGS:
            expected = route(without.users[0], without, reading=reading)
            assert expected == route(within.users[0], within, reading=reading)
            assert expected == route(parts, without, reading=reading)

    @given(entry=TEXTS)
    def test_any_entry_is_written_as_it_came(self, entry: str) -> None:
        """Any text that is no EUM entry is a proxy address, whose text is that text."""
        if entry.lower().startswith("eum:"):
            entry = "x" + entry
        found = ProxyAddress.parse(entry)
        assert entry == str(found)
        assert found == attrs.evolve(found)
        assert hash(found) == hash(ProxyAddress.parse(entry))
        assert found == pickle.loads(pickle.dumps(found))  # noqa: S301 - pickled on the same line


class TestAttr9:
    """Clause: ATTR-9."""

    @pytest.mark.parametrize("pair", [PAIRS[0], PAIRS[2]])
    def test_either_author_alone_enables(self, pair: str) -> None:
        """One author's pair alone routes the user to hosted UM, under every reading."""
        deployment = deployment_of(pair)
        for reading in READINGS:
            assert isinstance(route(deployment.users[0], deployment, reading=reading), HostedUm)

    @pytest.mark.parametrize("pair", [PAIRS[1], PAIRS[3]])
    def test_either_author_alone_disables(self, pair: str) -> None:
        """One author's pair alone keeps the user from hosted UM, under every reading."""
        deployment = deployment_of(pair)
        for reading in READINGS:
            decision = route(deployment.users[0], deployment, reading=reading)
            assert isinstance(decision, NotRouted)
            assert decision.reason is NotRoutedReason.HOSTED_VOICE_MAIL_DISABLED

    def test_where_neither_has_the_user_is_not_enabled(self) -> None:
        """Without either pair a usable policy alone does not route the user to hosted UM."""
        deployment = deployment_of()
        assert deployment.effective_policy(deployment.users[0]).is_usable
        decision = route(deployment.users[0], deployment)
        assert isinstance(decision, NotRouted)
        assert decision.reason is NotRoutedReason.NO_VOICE_MAIL

    @pytest.mark.parametrize(("exchange", "cs"), [*itertools.product(PAIRS[:2], PAIRS[2:])])
    def test_one_author_does_not_overwrite_the_other(self, exchange: str, cs: str) -> None:
        """Both pairs are held side by side, and each author's is read as it stands where that author is believed."""
        settings = VoiceMailSettings((cs, exchange))
        for pair, believed in ((exchange, AuthorsDisagree.EXCHANGE_WINS), (cs, AuthorsDisagree.SKYPE_FOR_BUSINESS_WINS)):
            expected = HostedUmAccess.ENABLED if pair.endswith("=1") else HostedUmAccess.DISABLED
            assert expected is hosted_um_access(settings, Reading(authors_disagree=believed))

    @given(
        values=st.lists(st.sampled_from([PAIRS[0], PAIRS[3], "Other=x", "CsHostedVoiceMail=2"])),
        enabled=st.booleans(),
        write=st.sampled_from([VoiceMailSettings.with_exchange, VoiceMailSettings.with_cs]),
    )
    def test_an_author_writes_its_own_pair_alone(
        self, values: list[str], enabled: bool, write: Callable[..., VoiceMailSettings]
    ) -> None:
        """An author's pair takes the place of its other one, or comes last; every other value stays as it was."""
        own = PAIRS[:2] if write is VoiceMailSettings.with_exchange else PAIRS[2:]
        pair = own[0] if enabled else own[1]
        before = VoiceMailSettings(values)
        after = write(before, enabled=enabled)
        if set(before.values) & set(own):
            assert after.values == tuple(pair if value in own else value for value in before.values)
        else:
            assert after.values == (*before.values, pair)

    @given(values=st.lists(st.sampled_from([PAIRS[0], PAIRS[3], "Other=x", "CsHostedVoiceMail=2"])))
    def test_foreign_is_what_set_cs_user_does_not_write(self, values: list[str]) -> None:
        """Exchange's pair and every value without a meaning are foreign to Set-CsUser, in their order."""
        settings = VoiceMailSettings(values)
        assert settings.foreign == tuple(value for value in settings.values if value not in PAIRS[2:])

    @pytest.mark.parametrize("write", [VoiceMailSettings.with_exchange, VoiceMailSettings.with_cs])
    def test_an_author_writes_a_boolean(self, write: Callable[..., VoiceMailSettings]) -> None:
        """What is written is 0 or 1 by a boolean, and by nothing that only counts as one."""
        with pytest.raises(InvalidValue) as caught:
            write(VoiceMailSettings(), enabled=1)
        assert caught.value.value == 1
