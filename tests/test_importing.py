"""The import: which kind an object is, merging, and every trap of exports; what decides a route is never guessed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import exports
import pytest
from exports import Choice, Member, Named, Object

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    ExumRoutingError,
    HostedVoicemailPolicy,
    Pool,
    User,
    VerificationLevel,
    route,
)
from exum_routing.importing import (
    Import,
    Kind,
    Origin,
    Source,
    SourceError,
    Weight,
    import_deployment,
    read_source,
    read_user,
    report_lines,
    report_to_json,
    summary_line,
)
from exum_routing.importing.values import MISSING, Refused, enterprise_voice, flag, once, policy, pool, text, texts, word
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.records import NoText, read_clixml
from exum_routing.routing import HostedUm, NotRouted, OnPremisesUm

SAMPLES = Path(__file__).parent / "samples" / "exports"
ZOE = "sip:zoe@contoso.com"
HOME = "CN=Lc Services,CN=Microsoft,CN={},CN=Pools,CN=RTC Service,CN=Services,CN=Configuration,DC=contoso,DC=com"
OCS_USER = "Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser"
USER = {
    "SipAddress": ZOE,
    "RegistrarPool": "pool01.contoso.com",
    "HostedVoicemailPolicy": None,
    "HostingProvider": "SRV:",
    "Enabled": True,
}
ACCOUNT = {
    "msRTCSIP-PrimaryUserAddress": ZOE,
    "msExchUCVoiceMailSettings": "CsHostedVoiceMail=1",
    "proxyAddresses": "SMTP:zoe@contoso.com",
}
"""The attributes of an account that decide its route."""


def as_json(name: str, *objects: Mapping[str, Any]) -> Source:
    """A file of ConvertTo-Json."""
    return Source(name, json.dumps(list(objects)).encode())


def as_ldif(*accounts: Mapping[str, str | Sequence[str]]) -> Source:
    """A file of ldapsearch."""
    entries = []
    for number, account in enumerate(accounts):
        pairs = [(key, one) for key, value in account.items() for one in ([value] if isinstance(value, str) else value)]
        entries.append((f"CN=account {number},DC=contoso,DC=com", pairs))
    return Source("users.ldf", exports.ldif(entries))


def notes(imported: Import, weight: Weight, *, parts: bool = False) -> list[str]:
    """The notes of a weight; those about whole parts that no source gives only if asked for."""
    return [str(note) for note in imported.notes if note.weight is weight and (parts or note.place)]


def imported(*sources: Source, **kinds: Any) -> Import:
    """The import of sources."""
    return import_deployment(sources, **kinds)


def user_of(*sources: Source) -> User:
    """The one user that sources give."""
    [user] = imported(*sources).deployment.users
    return user


class TestKinds:
    """Which kind an object is."""

    @pytest.mark.parametrize("prefix", ["", "Deserialized.", "Selected.", "Deserialized.Selected."])
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            (OCS_USER, Kind.USER),
            ("System.Management.Automation.PSCustomObject.Microsoft.ActiveDirectory.Management.ADUser", Kind.ACCOUNT),
            ("Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayHostingProvider", Kind.PROVIDER),
            ("Microsoft.Exchange.Data.Directory.Management.ExchangeServer", Kind.EXCHANGE_SERVER),
        ],
    )
    def test_by_type(self, prefix: str, name: str, kind: Kind) -> None:
        """What Select-Object and remoting put before a type name does not matter, and neither does the file's name."""
        [record] = read_source(Source("Get-CsPool.xml", exports.clixml([Object(prefix + name, {"SipAddress": ZOE})])))
        assert (record.kind, record.place) == (kind, "Get-CsPool.xml[0]")

    @pytest.mark.parametrize(
        ("properties", "kind"),
        [
            ("msRTCSIP-PrimaryUserAddress", Kind.ACCOUNT),
            ("dn dNSHostName", Kind.DIRECTORY_POOL),
            ("SipAddress DisplayNumber", Kind.CONTACT),
            ("SipAddress AutoAttendant", Kind.CONTACT),
            ("sipaddress", Kind.USER),
            ("Identity ProxyFqdn", Kind.PROVIDER),
            ("Identity Destination", Kind.POLICY),
            ("ReplicaFqdn", Kind.REPLICATION),
            ("PhoneContext", Kind.DIAL_PLAN),
            ("Name AdminDisplayVersion Fqdn Site", Kind.EXCHANGE_SERVER),
            ("Identity Pools", Kind.SITE),
            ("Identity Fqdn Site Services", Kind.POOL),
            ("Identity RoutingMethod", Kind.ACCESS_EDGE),
            ("Identity AllowFederatedUsers", Kind.ACCESS_EDGE),
            ("Identity", None),
            ("Other", None),
        ],
    )
    def test_by_properties(self, properties: str, kind: Kind | None) -> None:
        """Without a type name, the properties tell, in any case."""
        [record] = read_source(as_json("a.json", dict.fromkeys(properties.split(), "x")))
        assert record.kind is kind
        assert record.origin is (Origin.DIRECTORY if kind in {Kind.ACCOUNT, Kind.DIRECTORY_POOL} else Origin.CMDLET)

    def test_of_no_kind(self) -> None:
        """Such an object is left out, by its type or without one."""
        result = imported(
            Source("a.xml", exports.clixml([Object("Contoso.Disk", {"Size": 3})])), as_json("b.json", {"Size": 3})
        )
        assert sorted(notes(result, Weight.LEFT_OUT)) == [
            "a.xml[0]: 'Contoso.Disk' is not a kind of object that is imported: leave it out",
            "b.json[0]: it is not a kind of object that is imported: leave it out",
        ]
        assert result.taken == ()

    def test_a_document_is_records_too(self) -> None:
        """Its objects come by hand; what only a document has is not among them."""
        document = {"Users": [{"SipAddress": ZOE, "DisplayName": None}], "AccessEdgeConfiguration": {}, "UmDialPlans": []}
        records = read_source(as_document(document))
        assert [(one.place, one.kind, one.origin, dict(one.properties)) for one in records] == [
            ("by-hand.json.Users[0]", Kind.USER, Origin.HAND, {"SipAddress": ZOE}),
            ("by-hand.json.AccessEdgeConfiguration[0]", Kind.ACCESS_EDGE, Origin.HAND, {}),
        ]


def as_document(document: Mapping[str, Any]) -> Source:
    """A document that is written by hand."""
    return Source("by-hand.json", json.dumps(document).encode())


class TestValues:
    """What values say, whatever the format and the database."""

    @pytest.mark.parametrize(
        ("read", "value", "found"),
        [
            (text, ("a",), "a"),
            (text, [], None),
            (text, 5, "5"),
            (text, ["a", "b"], Refused(["a", "b"], "are several values where one belongs: keep one")),
            (text, ("",), None),
            (flag, "true", True),
            (flag, ("FALSE",), False),
            (flag, 1, True),
            (flag, "", None),
            (flag, "maybe", Refused("maybe", "is not a flag: it is True or False")),
            (flag, 2, Refused(2, "is not a flag: it is True or False")),
            (flag, ["a", "b"], Refused(["a", "b"], "are several values where one belongs: keep one")),
            (texts, "", ()),
            (texts, ["a", "", None, "b"], ("a", "b")),
            (texts, "x400:C=US;A= ;P=Contoso", ("x400:C=US;A= ;P=Contoso",)),
            (pool, "487279971", MISSING),
            (pool, 487279971, MISSING),
            (pool, "pool01", "pool01"),
            (policy, 5, MISSING),
            (policy, "5", "5"),
            (word, 2, MISSING),
            (word, NoText.OBJECT, MISSING),
            (word, "SipName", "SipName"),
            (enterprise_voice, ("384",), True),
            (enterprise_voice, 256, False),
            (enterprise_voice, None, MISSING),
            (enterprise_voice, "x", MISSING),
        ],
    )
    def test_tolerance(self, read: Any, value: object, found: object) -> None:
        """NULL, an empty text, one text or several, flags as databases have them; numbers of enumerations say nothing."""
        assert read(value) == found

    @pytest.mark.parametrize(
        "value",
        [
            "@{A=1; B=2}",
            "System.Object[]",
            "System.Collections.Hashtable",
            "System.Collections.ObjectModel.Collection`1[System.String]",
            "Microsoft.Exchange.Data.MultiValuedProperty`1[Microsoft.Exchange.Data.ProxyAddress]",
            "Deserialized.System.String[]",
            NoText.OBJECT,
        ],
    )
    @pytest.mark.parametrize("read", [text, texts, flag])
    def test_cut_values(self, value: object, read: Any) -> None:
        """What PowerShell prints for something that it does not go into is never taken for the value."""
        found = read(value)
        assert isinstance(found, Refused)
        assert found.message.endswith("export with Export-Clixml, or ConvertTo-Json -Depth 4")

    @pytest.mark.parametrize("value", ["system.contoso.com", "Microsoft.com", "System", "Sales", "D", "@home"])
    def test_values_that_only_look_so(self, value: str) -> None:
        """Names of hosts and people are taken."""
        assert text(value) == value

    @pytest.mark.parametrize("value", ["SMTP:a@x EUM:1;phone-context=dp", "CsHostedVoiceMail=1 ExchangeHostedVoiceMail=0"])
    def test_a_list_cut_to_one_text(self, value: str) -> None:
        """One text where a list belongs, with several entries in it, would lose all but one."""
        assert isinstance(texts(value), Refused)
        assert texts([value]) == (value,)


class TestAccounts:
    """Users, of cmdlets, the directory and documents."""

    def test_a_list_that_was_cut_leaves_the_account_out(self) -> None:
        """ConvertTo-Json without -Depth, and Get-ADUser as CSV: nobody is routed by half a list."""
        for cut in (
            "SMTP:zoe@contoso.com EUM:1;phone-context=dp",
            "System.Collections.ObjectModel.Collection`1[System.String]",
        ):
            result = imported(as_json("a.json", USER), as_json("ad.json", ACCOUNT | {"proxyAddresses": cut}))
            assert result.deployment.users == ()
            [line] = notes(result, Weight.LEFT_OUT)
            assert line.startswith("a.json[0]: '")
            assert line.endswith(": export with Export-Clixml, or ConvertTo-Json -Depth 4")

    def test_a_cut_list_does_no_harm_where_another_source_has_it(self) -> None:
        """The fact is known then."""
        cut = as_json("ad.json", ACCOUNT | {"proxyAddresses": "System.Object[]"})
        user = user_of(as_json("a.json", USER), cut, as_ldif(ACCOUNT))
        assert [str(one) for one in user.proxy_addresses] == ["SMTP:zoe@contoso.com"]

    @pytest.mark.parametrize("source", ["directory pool", "topology", "none"])
    def test_a_pool_that_is_a_number(self, source: str) -> None:
        """The home server leads to the pool, by the directory's object or by the topology; else it is not known."""
        given = {
            "directory pool": [
                Source("p.ldf", exports.ldif([(HOME.format("1:2")[28:], [("dNSHostName", "Pool02.contoso.com")])]))
            ],
            "topology": [
                Source(
                    "t.xml",
                    f'<Topology xmlns="{exports.TOPOLOGY}"><Clusters><Cluster Fqdn="pool02.contoso.com">'
                    '<ClusterId SiteId="1" Number="2" /></Cluster></Clusters></Topology>'.encode(),
                )
            ],
            "none": [],
        }[source]
        user = USER | {"RegistrarPool": 487279971, "HomeServer": HOME.format("1:2"), "HostedVoiceMail": True}
        result = imported(as_json("a.json", user), as_ldif(ACCOUNT), *given)
        [found] = result.deployment.users
        assert found.registrar_pool == (None if source == "none" else "pool02.contoso.com")
        assert any("RegistrarPool" in note.message for note in result.notes if note.weight is Weight.GAP) is (source == "none")

    @pytest.mark.parametrize("home", ["", "CN=Lc Services", "nonsense"])
    def test_a_home_server_that_is_none(self, home: str) -> None:
        """It leads nowhere."""
        user = USER | {"RegistrarPool": "487279971", "HomeServer": home}
        assert user_of(as_json("a.json", user)).registrar_pool is None

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            (
                {"HostingProvider": "sipfed.online.lync.com"},
                "'sipfed.online.lync.com' hosts the account, so it is homed online",
            ),
            ({"RegistrarPool": None}, "has no home server"),
            ({"RegistrarPool": None, "HomeServer": None}, "has no home server"),
            ({"SipAddress": None}, "has no SipAddress, so it is not a user of Skype for Business"),
            ({"SipAddress": "zoe"}, "'zoe' is not a SIP address"),
            ({"RegistrarPool": "pool 1"}, "'pool 1' is not an FQDN"),
            ({"HostedVoicemailPolicy": "Site:Redmond"}, "'site:Redmond' cannot be assigned"),
        ],
    )
    def test_not_taken(self, changes: dict[str, Any], problem: str) -> None:
        """Homed online or nowhere, no user at all, or refused by the model: counted, with the model's own reason."""
        result = imported(as_json("a.json", USER | changes))
        assert result.deployment.users == ()
        [line] = notes(result, Weight.LEFT_OUT)
        assert line.startswith(f"a.json[0]: {problem}")

    def test_the_directory_says_too_who_is_homed_elsewhere(self) -> None:
        """No home server at all, or another deployment locator."""
        nowhere = {"msRTCSIP-PrimaryUserAddress": "a@contoso.com"}
        online = {"msRTCSIP-PrimaryUserAddress": "b@contoso.com", "msRTCSIP-DeploymentLocator": "sipfed.online.lync.com"}
        here = {"msRTCSIP-PrimaryUserAddress": ZOE, "msRTCSIP-PrimaryHomeServer": HOME.format("1:1")}
        result = imported(as_ldif(nowhere, online, here))
        assert [user.sip_address for user in result.deployment.users] == [ZOE]
        assert len(notes(result, Weight.LEFT_OUT)) == 2

    @pytest.mark.parametrize("value", ["EUM:zoe@contoso.com", "CsHostedVoiceMail=0"])
    def test_a_refused_deciding_value_leaves_the_account_out(self, value: str) -> None:
        """With the model's own message."""
        attribute = "proxyAddresses" if value.startswith("EUM") else "msExchUCVoiceMailSettings"
        result = imported(as_json("a.json", USER), as_ldif({**ACCOUNT, attribute: [str(ACCOUNT[attribute]), value]}))
        assert result.deployment.users == ()
        [line] = notes(result, Weight.LEFT_OUT)
        assert ("has no phone-context" if value.startswith("EUM") else "contradict each other") in line

    def test_a_refused_name_loses_the_name_only(self) -> None:
        """Names never change a route."""
        names = {"DisplayName": "Zoe\x07", "UserPrincipalName": "a\x85b", "SamAccountName": "System.Object[]"}
        result = imported(as_json("a.json", USER | names | {"DistinguishedName": "CN=Zoe"}))
        [user] = result.deployment.users
        assert (user.display_name, user.user_principal_name, user.sam_account_name) == (None, None, None)
        assert user.distinguished_name == "CN=Zoe"
        lines = notes(result, Weight.LEFT_OUT)
        assert {line.partition(":")[0] for line in lines} == {f"a.json[0].{name}" for name in names}
        assert all(line.endswith("; the account is taken without it") for line in lines)

    def test_a_refused_value_of_the_attribute(self) -> None:
        """A control character there may be half of a pair that decides."""
        result = imported(as_json("a.json", USER), as_ldif(ACCOUNT | {"msExchUCVoiceMailSettings": "CsHosted\x07VoiceMail=1"}))
        assert result.deployment.users == ()

    def test_not_enabled(self) -> None:
        """Taken, and said."""
        result = imported(as_json("a.json", USER | {"Enabled": False}))
        assert len(result.deployment.users) == 1
        assert notes(result, Weight.READ_AS) == [
            "a.json[0]: is not enabled for Skype for Business, and is taken like one that is"
        ]

    @pytest.mark.parametrize(
        ("value", "values"), [(True, ("CsHostedVoiceMail=1",)), (False, ("CsHostedVoiceMail=0",)), (None, ())]
    )
    def test_hosted_voice_mail_stands_in(self, value: bool | None, values: tuple[str, ...]) -> None:
        """Where nobody gave the attribute; who wrote it is lost then."""
        result = imported(as_json("a.json", USER | {"HostedVoiceMail": value}))
        assert result.deployment.users[0].voice_mail_settings.values == values
        assert len(notes(result, Weight.READ_AS)) == (value is not None)

    @pytest.mark.parametrize("value", [True, False, None])
    def test_the_attribute_beats_hosted_voice_mail(self, value: bool | None) -> None:
        """It says who wrote what."""
        account = as_ldif(ACCOUNT | {"msExchUCVoiceMailSettings": "ExchangeHostedVoiceMail=1"})
        user = user_of(as_json("a.json", USER | {"HostedVoiceMail": value}), account)
        assert user.voice_mail_settings.values == ("ExchangeHostedVoiceMail=1",)

    def test_not_exported_is_a_gap_and_null_is_none(self) -> None:
        """A property that no record of a source has was not exported; the report asks whether it may be read."""
        result = imported(as_json("a.json", {"SipAddress": ZOE, "RegistrarPool": "pool01.contoso.com"}))
        gaps = [note for note in notes(result, Weight.GAP, parts=True) if "none of 1 accounts has it" in note]
        assert [gap.partition(" ")[0] for gap in gaps] == [
            "HostedVoicemailPolicy",
            "msExchUCVoiceMailSettings",
            "ProxyAddresses",
        ]
        assert all("may you read it (389, 636)?" in gap for gap in gaps[1:])
        other = {"msRTCSIP-PrimaryUserAddress": "roy@contoso.com", "msRTCSIP-PrimaryHomeServer": HOME.format("1:1")}
        known = imported(as_json("a.json", USER), as_ldif({"msRTCSIP-PrimaryUserAddress": ZOE}, other | ACCOUNT | other))
        assert [note for note in known.notes if "msExch" in note.message] == []

    def test_a_gap_of_some_accounts_names_them(self) -> None:
        """Those whom the directory's file lacks."""
        result = imported(as_json("a.json", USER, USER | {"SipAddress": "roy@contoso.com"}), as_ldif(ACCOUNT))
        assert [line.partition(":")[0] for line in notes(result, Weight.GAP)] == [
            "a.json[1].msExchUCVoiceMailSettings",
            "a.json[1].ProxyAddresses",
        ]

    def test_sources_that_differ(self) -> None:
        """By hand is stronger than a cmdlet, and a cmdlet than the directory; case does not count."""
        by_hand = as_document({"Users": [{"SipAddress": ZOE, "DisplayName": "By hand"}]})
        cmdlet = as_json(
            "a.json", USER | {"DisplayName": "Cmdlet", "UserPrincipalName": "Zoe@contoso.com", "SamAccountName": "zoe"}
        )
        directory = as_ldif(
            ACCOUNT | {"displayName": "Directory", "userPrincipalName": "zoe@CONTOSO.com", "sAMAccountName": "zoë"}
        )
        result = imported(directory, cmdlet, by_hand)
        [user] = result.deployment.users
        assert (user.display_name, user.user_principal_name, user.sam_account_name) == ("By hand", "Zoe@contoso.com", "zoe")
        assert sorted(notes(result, Weight.READ_AS)) == [
            "a.json[0].SamAccountName: 'zoe' is taken, and users.ldf has another value: correct the wrong one",
            "by-hand.json.Users[0].DisplayName: 'By hand' is taken, and a.json has another value: correct the wrong one",
            "by-hand.json.Users[0].DisplayName: 'By hand' is taken, and users.ldf has another value: correct the wrong one",
        ]

    def test_two_exports_of_the_same_cmdlet(self) -> None:
        """What one lacks the other has; where they differ, one is taken whatever their order, and it is said."""
        one = as_json("one.json", USER | {"DisplayName": "A", "SamAccountName": None})
        other = as_json("other.json", {"SipAddress": ZOE.upper(), "DisplayName": "B", "DistinguishedName": "CN=Zoe"})
        result = imported(one, other)
        assert imported(other, one) == result
        [user] = result.deployment.users
        assert (user.display_name in {"A", "B"}, user.distinguished_name) == (True, "CN=Zoe")
        assert len(notes(result, Weight.READ_AS)) == 1

    def test_a_document_may_be_added_after(self) -> None:
        """What the stronger source says of an account comes first, whatever the order of the files' contents."""
        by_hand = as_document(
            {"AvEdgeGruu": "sip:av@contoso.com;gruu", "Users": [{"SipAddress": ZOE, "DisplayName": "By hand"}]}
        )
        cmdlet = Source("a.csv", exports.csv([Object(OCS_USER, USER | {"DisplayName": "Cmdlet"})]))
        assert user_of(by_hand, cmdlet).display_name == "By hand"
        assert by_hand.content > cmdlet.content or cmdlet.content.startswith(b"\xef")

    @pytest.mark.parametrize("prefix", ["", "Tag:", "tag:", "TAG:"])
    def test_policies_with_any_prefix(self, prefix: str) -> None:
        """FriendlyName in the local snap-in, text in a remote session, ``Tag:`` in any case."""
        for value in (f"{prefix}ExRedmond", {"FriendlyName": f"{prefix}ExRedmond", "AnchorId": 3}):
            user = user_of(as_json("a.json", USER | {"HostedVoicemailPolicy": value}))
            assert str(user.hosted_voicemail_policy) == "tag:ExRedmond"

    def test_enterprise_voice_of_the_directory(self) -> None:
        """By the bit of OptionFlags; else it is not known."""
        home = {"msRTCSIP-PrimaryHomeServer": HOME.format("1:1"), **ACCOUNT}
        for flags, found in (({"msRTCSIP-OptionFlags": "385"}, True), ({"msRTCSIP-OptionFlags": "257"}, False), ({}, None)):
            assert user_of(as_ldif(home | flags)).enterprise_voice_enabled is found


class TestContacts:
    """Contact objects."""

    CONTACT: Mapping[str, Any] = {
        "SipAddress": "sip:sa@contoso.com",
        "DisplayNumber": "+14255550100",
        "AutoAttendant": False,
        "RegistrarPool": {"FriendlyName": "pool01.contoso.com"},
        "HostedVoicemailPolicy": None,
    }

    def test_the_cmdlet_alone_gives_them(self) -> None:
        """The directory's object is passed over where the cmdlet has it, and counted where it has not."""
        entry = {"objectClass": ["top", "contact"], "msRTCSIP-PrimaryUserAddress": "sip:sa@contoso.com"}
        both = imported(as_json("c.json", self.CONTACT), as_ldif(entry))
        assert [one.sip_address for one in both.deployment.contacts] == ["sip:sa@contoso.com"]
        assert both.deployment.users == ()
        assert notes(both, Weight.LEFT_OUT) == []
        for sign in ({}, {"msRTCSIP-OwnerUrn": "urn:application:ExUM"}, {"msRTCSIP-SourceObjectType": "2415919104"}):
            other = entry if not sign else {"msRTCSIP-PrimaryUserAddress": "sip:sa@contoso.com", **sign}
            [line] = notes(imported(as_ldif(other)), Weight.LEFT_OUT)
            assert "is a contact object, whose number only Get-CsExUmContact has: export that too" in line

    def test_an_address_that_is_a_contact_too(self) -> None:
        """Of the directory's account nothing is said, a user of Get-CsUser is left out."""
        user, account = USER | {"SipAddress": "sip:sa@contoso.com"}, {"msRTCSIP-PrimaryUserAddress": "sip:sa@contoso.com"}
        result = imported(as_json("c.json", self.CONTACT), as_json("u.json", user))
        assert notes(result, Weight.LEFT_OUT) == ["u.json[0]: 'sip:sa@contoso.com' is a contact object too: only that is taken"]
        assert notes(imported(as_json("c.json", self.CONTACT), as_ldif(account)), Weight.LEFT_OUT) == []

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"DisplayNumber": None}, "'' is no display number"),
            ({"AutoAttendant": None}, "has neither AutoAttendant nor IsSubscriberAccess"),
            ({"AutoAttendant": "@{a=1}"}, "'@{a=1}' is a cut value"),
        ],
    )
    def test_left_out(self, changes: dict[str, Any], problem: str) -> None:
        """With the reason."""
        [line] = notes(imported(as_json("c.json", {**self.CONTACT, **changes})), Weight.LEFT_OUT)
        assert problem in line

    def test_what_is_not_exported(self) -> None:
        """IsSubscriberAccess says the same as AutoAttendant; where a contact is homed may be a gap."""
        given = {"SipAddress": "sa@contoso.com", "DisplayNumber": "+14255550100", "IsSubscriberAccess": True}
        result = imported(as_json("c.json", given))
        assert result.deployment.contacts[0].auto_attendant is False
        assert len(notes(result, Weight.GAP)) == 2


class TestPoliciesAndEdge:
    """Policies, providers, Access Edge and replica."""

    PROVIDER: Mapping[str, Any] = {
        "Identity": "Exchange Online",
        "ProxyFqdn": "exap.um.outlook.com",
        "VerificationLevel": "UseSourceVerification",
        "Enabled": True,
        "EnabledSharedAddressSpace": True,
        "HostsOCSUsers": False,
        "IsLocal": False,
    }
    POLICY: Mapping[str, Any] = {
        "Identity": "Tag:ExRedmond",
        "Destination": "exap.um.outlook.com",
        "Organization": "contoso.com",
    }
    EDGE: Mapping[str, Any] = {
        "Identity": "Global",
        "AllowFederatedUsers": True,
        "EnablePartnerDiscovery": True,
        "RoutingMethod": "UseDnsSrvRouting",
    }

    @pytest.mark.parametrize("lacking", ["Destination", "Organization"])
    def test_a_policy_without_a_deciding_property(self, lacking: str) -> None:
        """It is left out; the document's default does not fill in."""
        given = {key: value for key, value in self.POLICY.items() if key != lacking}
        result = imported(as_json("p.json", given))
        assert result.deployment.policies == (HostedVoicemailPolicy(identity="Global"),)
        [line] = notes(result, Weight.LEFT_OUT)
        assert line == f"p.json[0]: 'Tag:ExRedmond' was exported without {lacking}, which decides routes: export all properties"

    def test_a_policy_that_a_document_completes(self) -> None:
        """What is written by hand is merged; the document's defaults are its own."""
        given = {"Identity": "tag:exredmond", "Organization": "contoso.com"}
        by_hand = as_document({"HostedVoicemailPolicies": [{"Identity": "ExRedmond", "Destination": "exap.um.outlook.com"}]})
        found = imported(as_json("p.json", given), by_hand).deployment.policy("ExRedmond")
        assert found is not None
        assert (found.destination, found.organizations) == ("exap.um.outlook.com", ("contoso.com",))

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"Organization": "a,,b"}, "has an empty entry"),
            ({"Destination": "System.Object[]"}, "is a cut value"),
            ({"Identity": "x:y"}, "has a prefix of no scope"),
            ({"Identity": "System.Object[]"}, "is not a text, so the Identity is not known"),
            ({"Identity": None}, "is no policy identity"),
        ],
    )
    def test_a_refused_policy(self, changes: dict[str, Any], problem: str) -> None:
        """With the model's own reason."""
        [line] = notes(imported(as_json("p.json", {**self.POLICY, **changes})), Weight.LEFT_OUT)
        assert problem in line

    @pytest.mark.parametrize("description", ["a\x07", "System.Object[]"])
    def test_a_refused_description(self, description: str) -> None:
        """It changes no route, so the policy is taken without it."""
        result = imported(as_json("p.json", {**self.POLICY, "Description": description}))
        assert result.deployment.policies[1].description is None
        [line] = notes(result, Weight.LEFT_OUT)
        assert line.endswith("; the policy is taken without it")

    @pytest.mark.parametrize("lacking", ["Enabled", "EnabledSharedAddressSpace", "HostsOCSUsers", "IsLocal"])
    def test_a_provider_without_a_flag(self, lacking: str) -> None:
        """Select-Object Identity, ProxyFqdn says nothing of the flags: left out, never False."""
        given = {key: value for key, value in self.PROVIDER.items() if key != lacking}
        result = imported(as_json("p.json", given))
        assert result.deployment.providers == ()
        assert f"was exported without {lacking}, on which calls depend" in notes(result, Weight.LEFT_OUT)[0]
        by_hand = as_document({"HostingProviders": [{"Identity": "exchange online", "ProxyFqdn": "exap.um.outlook.com"}]})
        assert len(imported(as_json("p.json", given), by_hand).deployment.providers) == 1

    def test_other_providers(self) -> None:
        """Name stands for a missing Identity; two with the same ProxyFqdn, a cut flag and a bad FQDN are left out."""
        named = {key: value for key, value in self.PROVIDER.items() if key != "Identity"} | {"Name": "Exchange Online"}
        twice = {**self.PROVIDER, "Identity": "Other"}
        result = imported(
            as_json(
                "p.json", named, twice, twice | {"Identity": "C", "IsLocal": "x"}, twice | {"Identity": "D", "ProxyFqdn": None}
            )
        )
        assert [one.identity for one in result.deployment.providers] == ["Exchange Online"]
        lines = notes(result, Weight.LEFT_OUT)
        assert [
            "ProxyFqdn of two hosting providers" in lines[0],
            "is not a flag" in lines[1],
            "is not an FQDN" in lines[2],
        ] == [True] * 3

    @pytest.mark.parametrize("level", [2, None, "2", "Unheard"])
    def test_a_level_by_number(self, level: object) -> None:
        """It changes no route: read as the default, and said."""
        result = imported(as_json("p.json", {**self.PROVIDER, "VerificationLevel": level}))
        assert result.deployment.providers[0].verification_level is VerificationLevel.ALWAYS_VERIFIABLE
        [line] = notes(result, Weight.READ_AS)
        assert line.startswith("p.json[0].VerificationLevel: does not name a level, and is read as AlwaysVerifiable, which ")

    @pytest.mark.parametrize(
        ("properties", "found"),
        [
            ({"RoutingMethod": "UseDnsSrvRouting"}, True),
            ({"RoutingMethod": {"Element": "<UseDnsSrvRouting />"}, "BeClearingHouse": False}, True),
            ({"RoutingMethod": {}, "EnablePartnerDiscovery": False}, True),
            ({"RoutingMethod": {}, "VerificationLevel": "AlwaysVerifiable", "EnablePartnerDiscovery": None}, False),
            ({"RoutingMethod": {}, "IsPublicProvider": False, "EnablePartnerDiscovery": None}, False),
            (
                {"RoutingMethod": "UseDefaultRouting", "DefaultRoute": "edge.fabrikam.com", "EnablePartnerDiscovery": None},
                False,
            ),
            ({"RoutingMethod": {}, "EnablePartnerDiscovery": None}, None),
            ({"RoutingMethod": 1, "BeClearingHouse": True, "IsPublicProvider": True}, None),
        ],
    )
    def test_the_routing_method(self, properties: dict[str, Any], found: bool | None) -> None:
        """Any text that names a method, else what there is with one method only; else the settings are left out."""
        given = {"Identity": "Global", "AllowFederatedUsers": True, "EnablePartnerDiscovery": False, **properties}
        result = imported(as_json("e.json", given))
        edge = result.deployment.edge
        assert (None if edge is None else edge.use_dns_srv_routing) is found
        assert bool(notes(result, Weight.LEFT_OUT)) is (found is None)

    @pytest.mark.parametrize(("kind", "found"), [("DnsSrvRouting", True), ("DefaultRoute", False)])
    def test_the_routing_method_by_type(self, kind: str, found: bool) -> None:
        """The type says it where the property was lost; a property that says it counts first."""
        name = f"Selected.Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayAccessEdgeSettings{kind}"
        one = Object(name, {"AllowFederatedUsers": True, "EnablePartnerDiscovery": False})
        edge = imported(Source("e.xml", exports.clixml([one]))).deployment.edge
        assert edge == AccessEdgeConfiguration(use_dns_srv_routing=found, allow_federated_users=True)

    @pytest.mark.parametrize(
        ("properties", "problem"),
        [
            ({"AllowFederatedUsers": None}, "was exported without AllowFederatedUsers"),
            ({"EnablePartnerDiscovery": None}, "was exported without EnablePartnerDiscovery"),
            ({"AllowFederatedUsers": "x"}, "'x' is not a flag"),
            ({"RoutingMethod": "UseDefaultRouting"}, "goes with UseDnsSrvRouting only"),
        ],
    )
    def test_access_edge_left_out(self, properties: dict[str, Any], problem: str) -> None:
        """What decides whether calls pass is never guessed."""
        result = imported(as_json("e.json", {**self.EDGE, **properties}))
        assert result.deployment.edge is None
        assert problem in notes(result, Weight.LEFT_OUT)[0]

    def test_access_edge_by_hand(self) -> None:
        """A document says the method by UseDnsSrvRouting, and default routing where it says nothing."""
        by_hand = as_document({"AccessEdgeConfiguration": {"AllowFederatedUsers": True, "EnablePartnerDiscovery": False}})
        assert imported(by_hand).deployment.edge == AccessEdgeConfiguration(allow_federated_users=True)
        edge = imported(by_hand, as_json("e.json", self.EDGE)).deployment.edge
        assert edge == AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)

    def test_the_replica(self) -> None:
        """The same cmdlets with -LocalStore; the Edge's name is that of the topology, or of the only replica."""
        status = as_json("s.json", {"ReplicaFqdn": "Edge01.contoso.com", "UpToDate": False})
        local = [as_json("p.json", self.PROVIDER), as_json("e.json", {**self.EDGE, "EnablePartnerDiscovery": False})]
        replica = imported(status, replica=local).deployment.edge_replica
        assert replica is not None
        assert replica.fqdn == "edge01.contoso.com"
        assert replica.configuration is not None
        assert replica.configuration.access_edge == AccessEdgeConfiguration(
            use_dns_srv_routing=True, allow_federated_users=True
        )
        assert replica.configuration.providers[0].proxy_fqdn == "exap.um.outlook.com"
        topology = Source("t.xml", exports.topology(Deployment(pools=[Pool(fqdn="pool01", site="Redmond")])))
        two = as_json(
            "s.json", {"ReplicaFqdn": "pool01", "UpToDate": "True"}, {"ReplicaFqdn": "edge01.contoso.com", "UpToDate": True}
        )
        named = imported(topology, two, replica=local).deployment.edge_replica
        assert named is not None
        assert named.fqdn == "edge01.contoso.com"
        unnamed = imported(two, replica=local).deployment.edge_replica
        assert unnamed is not None
        assert unnamed.fqdn is None

    def test_a_replica_that_is_not_known(self) -> None:
        """Not up to date and nobody says what it holds; or only half of it is given, or what is not part of one."""
        status = as_json(
            "s.json", {"ReplicaFqdn": "edge01.contoso.com", "UpToDate": False}, {"ReplicaFqdn": "pool01", "UpToDate": False}
        )
        topology = Source("t.xml", exports.topology(Deployment(pools=[Pool(fqdn="pool01", site="Redmond")])))
        [line] = notes(imported(status, topology), Weight.GAP)
        assert line.startswith("s.json[0]: 'edge01.contoso.com' is not up to date, and what it holds is not known: run ")
        half = imported(topology, replica=[as_json("p.json", self.PROVIDER), as_json("u.json", USER)])
        assert half.deployment.edge_replica is None
        assert any("the replica has no Access Edge settings" in note.message for note in half.notes)
        assert "u.json: Get-CsUser is not part of a replica: give it without --replica" in notes(half, Weight.LEFT_OUT)


class TestPoolsAndDialPlans:
    """Pools, sites, dial plans and their servers."""

    def test_pools_of_cmdlets(self) -> None:
        """Get-CsPool and Get-CsSite; those without a Registrar are none, those without a site are left out."""
        pools = as_json(
            "pools.json",
            {
                "Identity": "pool01.contoso.com",
                "Site": "Site:Redmond",
                "Services": ["Registrar:pool01.contoso.com", "UserServer:x"],
            },
            {"Fqdn": "edge01.contoso.com", "Site": "Site:Redmond", "Services": ["EdgeServer:edge01.contoso.com"]},
            {"Identity": "pool02.contoso.com", "Site": None, "Services": ["Registrar:x"]},
            {"Identity": "pool03.contoso.com", "Site": "@{a=1}"},
            {"Identity": "pool04.contoso.com", "Site": "site:site:x"},
            {"Identity": None, "Site": "Redmond"},
        )
        sites = as_json(
            "sites.json",
            {"Identity": "Site:Dublin", "Pools": ["pool05.contoso.com"]},
            {"Identity": "Site:Paris", "Pools": None},
            {"Identity": "Site:Rome", "Pools": "System.Object[]"},
            {"Identity": "Site:Oslo", "Pools": ["pool 6"]},
        )
        result = imported(pools, sites)
        assert {pool.fqdn: pool.site for pool in result.deployment.pools} == {
            "pool01.contoso.com": "Redmond",
            "pool05.contoso.com": "Dublin",
        }
        problems = (
            "has no site",
            "is a cut value",
            "has the prefix 'site:' twice",
            "is not an FQDN",
            "is a cut value",
            "is not an FQDN",
        )
        lines = notes(result, Weight.LEFT_OUT)
        assert len(lines) == len(problems)
        assert all(any(problem in line for line in lines) for problem in problems)

    def test_users_of_a_pool_without_site(self) -> None:
        """No site policy reaches them: a gap for each pool."""
        result = imported(as_json("a.json", USER))
        assert any(
            note.message.startswith("'pool01.contoso.com', where 1 users are homed, has no known site") for note in result.notes
        )

    PLAN: Mapping[str, Any] = {
        "PhoneContext": "dp.contoso.com",
        "UriType": "SipName",
        "UMServers": ["contoso.com/Servers/EX01"],
    }
    SERVER: Mapping[str, Any] = {
        "Name": "EX01",
        "Fqdn": "ex01.contoso.com",
        "AdminDisplayVersion": "Version 15.1 (Build 225.42)",
    }

    def test_dial_plans(self) -> None:
        """The servers of Get-UMDialPlan are names, of which Get-ExchangeServer says the rest."""
        result = imported(as_json("d.json", self.PLAN), as_json("x.json", self.SERVER))
        assert result.deployment.dial_plans is not None
        [plan] = result.deployment.dial_plans
        assert [(one.fqdn, one.major_version, one.enabled) for one in plan.um_servers] == [("ex01.contoso.com", 15, True)]
        assert notes(result, Weight.READ_AS) == [
            "x.json[0]: is taken as a UM server that is enabled, for no export says whether it is"
        ]

    @pytest.mark.parametrize(
        ("plan", "server", "problem"),
        [
            ({"UriType": 3}, {}, "'dp.contoso.com' does not say the URI type by its name"),
            ({"UriType": "Odd"}, {}, "'Odd' does not say the URI type by its name"),
            ({"UMServers": None}, {}, "has UM servers that are not given"),
            ({"UMServers": [{}, {}]}, {}, "has UM servers that are not readable"),
            ({"UMServers": ["EX02"]}, {}, "'EX02' is a UM server of which nothing is known"),
            ({}, {"AdminDisplayVersion": None}, "'contoso.com/Servers/EX01' has no version by AdminDisplayVersion"),
            ({}, {"Fqdn": "@{a=1}"}, "is not an FQDN"),
            ({"PhoneContext": " "}, {}, "is empty or has blanks around it"),
        ],
    )
    def test_a_dial_plan_that_is_not_whole(self, plan: dict[str, Any], server: dict[str, Any], problem: str) -> None:
        """Then the dial plans are not known: one that is left out would count as one that is not there."""
        whole = {**self.PLAN, "PhoneContext": "other.contoso.com", "UMServers": []}
        result = imported(as_json("d.json", whole, {**self.PLAN, **plan}), as_json("x.json", {**self.SERVER, **server}))
        if problem.startswith("is empty"):
            assert [one.phone_context for one in result.deployment.dial_plans or ()] == ["other.contoso.com"]
        elif plan.get("UMServers", ()) is not None:
            assert result.deployment.dial_plans is None
        assert any(problem in line for line in notes(result, Weight.LEFT_OUT)) or plan.get("UMServers", ()) is None

    def test_dial_plans_by_hand(self) -> None:
        """They count whole, and before those of the cmdlet; [] says that there are none."""
        by_hand = {"PhoneContext": "DP.contoso.com", "UmServers": [{"Fqdn": "um.contoso.com", "MajorVersion": 14}]}
        result = imported(as_json("d.json", self.PLAN), as_document({"UmDialPlans": [by_hand]}))
        assert [one.phone_context for one in result.deployment.dial_plans or ()] == ["DP.contoso.com"]
        assert imported(as_json("a.json", USER), as_document({"UmDialPlans": []})).deployment.dial_plans == ()
        assert imported(as_json("a.json", USER)).deployment.dial_plans is None


class TestWhole:
    """Sources together."""

    def test_every_source_that_cannot_be_read_is_named(self) -> None:
        """All at once, each with its place; nothing is given by halves."""
        bad = [
            Source("a.xml", b"<Objs"),
            Source("b.json", b"[1]"),
            Source("c.ldf", b"dn: x"),
            as_document({"Users": [{"SipAddres": 1}]}),
        ]
        with pytest.raises(SourceError) as caught:
            imported(as_json("good.json", USER), *bad, replica=[Source("d.csv", b"x")])
        places = [fault.path for fault in caught.value.faults]
        assert sorted(places) == [
            "a.xml, line 1, column 1",
            "b.json[0]",
            "by-hand.json, Users[0].SipAddres",
            "by-hand.json, Users[0].SipAddress",
            "c.ldf, line 1",
            "d.csv",
        ]
        with pytest.raises(SourceError, match=r"^a\.xml, line 1, column 1: is not whole XML"):
            read_source(bad[0])

    def test_parts_that_nobody_gave(self) -> None:
        """A gap for each; a document closes it, [] too; a document alone has none."""
        result = imported(as_json("a.json", USER))
        gaps = [
            note.message for note in result.notes if note.weight is Weight.GAP and note.message.startswith("no source gives")
        ]
        assert len(gaps) == 5
        by_hand: dict[str, list[object]] = {
            part: [] for part in ("HostedVoicemailPolicies", "UmContacts", "HostingProviders", "UmDialPlans")
        }
        closed = imported(as_json("a.json", USER), as_document({**by_hand, "AccessEdgeConfiguration": {}}))
        assert [note for note in closed.notes if note.message.startswith("no source gives")] == []
        assert imported(as_document({})).notes == ()
        assert "no source gives users" in imported(as_json("s.json", {"ReplicaFqdn": "a", "UpToDate": None})).notes[0].message

    def test_a_file_without_objects(self) -> None:
        """It does not say of what there is none."""
        result = imported(Source("empty.xml", exports.clixml([])))
        assert notes(result, Weight.READ_AS) == [
            "empty.xml: holds no object, so it says nothing: write in a document, as [], what is not there"
        ]

    def test_documents_that_give_the_same_part(self) -> None:
        """One is taken, whatever the order, and it is said; hosted UM services are taken together."""
        one, other = (
            attrs.evolve(as_document({"AvEdgeGruu": f"sip:{name}@contoso.com;gruu", **parts}), name=f"{name}.json")
            for name, parts in (
                ("a", {"UmDialPlans": [{"PhoneContext": "a"}], "HostedUmServices": [{"Fqdn": "a"}]}),
                (
                    "b",
                    {"UmDialPlans": [{"PhoneContext": "b"}], "HostedUmServices": [{"Fqdn": "a", "Tenants": []}, {"Fqdn": "b"}]},
                ),
            )
        )
        result = imported(one, other)
        assert imported(other, one) == result
        assert str(result.deployment.av_edge_gruu) == "sip:a@contoso.com;gruu"
        assert [plan.phone_context for plan in result.deployment.dial_plans or ()] == ["a", "b"]
        assert [service.fqdn for service in result.deployment.hosted_um_services] == ["a", "b"]
        assert len(notes(result, Weight.READ_AS)) == 2
        same = imported(one, attrs.evolve(one, name="same.json"))
        assert notes(same, Weight.READ_AS) == []

    def test_a_replica_by_hand(self) -> None:
        """It is stronger than what the cmdlets say."""
        by_hand = as_document({"EdgeReplica": {"ReplicaFqdn": "edge01"}})
        local = [as_json("e.json", TestPoliciesAndEdge.EDGE)]
        replica = imported(by_hand, replica=local).deployment.edge_replica
        assert replica is not None
        assert (replica.fqdn, replica.configuration) == ("edge01", None)

    @pytest.mark.parametrize("form", ["clixml", "csv", "ps7.json"])
    def test_the_samples(self, form: str) -> None:
        """One company in every format: every route is what the sum of its files says."""
        files = [path for path in sorted(SAMPLES.iterdir()) if path.name.endswith((form, ".ldif", "topology.xml"))]
        result = import_deployment([Source(path.name, path.read_bytes()) for path in files])
        assert {user.sip_address: _outcome(route(user, result.deployment)) for user in result.deployment.users} == EXPECTED
        [contact] = result.deployment.contacts
        assert _outcome(route(contact, result.deployment)) == "tag:ExRedmond exap.um.outlook.com"
        assert {pool.fqdn: pool.site for pool in result.deployment.pools} == {
            "pool01.contoso.com": "Redmond",
            "pool02.contoso.com": "Redmond",
            "pool03.contoso.com": "Dublin",
            "sba01.contoso.com": "Branch",
        }
        assert result.deployment.edge == AccessEdgeConfiguration(
            use_dns_srv_routing=True, allow_federated_users=True, enable_partner_discovery=True
        )
        assert [provider.enabled for provider in result.deployment.providers] == [True]

    def test_the_samples_all_together(self) -> None:
        """All formats at once say the same."""
        result = import_deployment([Source(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())])
        assert {user.sip_address: _outcome(route(user, result.deployment)) for user in result.deployment.users} == EXPECTED


def _outcome(decision: Any) -> str:
    match decision:
        case HostedUm(policy):
            return f"{policy.identity} {decision.destination}"
        case OnPremisesUm():
            return f"{decision.phone_context}"
        case NotRouted(reason):
            return str(reason.name)
    raise AssertionError


EXPECTED: dict[str, str] = {
    f"sip:user{number:05}@contoso.com": outcome
    for outcome, numbers in {
        # homed in Redmond by Get-CsUser, by the home server of the number 40, and by the directory
        "site:Redmond exap.um.outlook.com": (0, 3, 14, 40, 62, 81, 105, 141, 143, 164, 165),
        "tag:ExRedmond exap.um.outlook.com": (1,),
        # homed in Dublin and on the branch, which have no policy; the global one names no Destination
        "POLICY_WITHOUT_DESTINATION": (41, 43, 65, 120, 126, 180, 184),
        "HOSTED_VOICE_MAIL_DISABLED": (12,),
        "NO_VOICE_MAIL": (8, 16, 58, 76, 196),
        "dp-redmond.contoso.com": (9, 48, 90, 151, 189),
    }.items()
    for number in numbers
}
"""Whose calls go where, by Get-CsUser, the directory, the topology and the policies; number 135 is homed online."""


class TestReport:
    """The report for people and for machines."""

    def test_equal_notes_are_one_with_five_places(self) -> None:
        """The number of the object and the value do not make another note."""
        users = [USER | {"SipAddress": f"u{number}@contoso.com", "RegistrarPool": f"pool {number}"} for number in range(7)]
        lines = list(report_lines(imported(as_json("a.json", *users, USER))))
        assert lines[0] == "taken: 1 of Get-CsUser from a.json"
        start = lines.index("left out (these objects and values were not taken):")
        assert lines[start + 1] == "  7 times, at a.json[0], a.json[1], a.json[2], a.json[3], a.json[4] and 2 more"
        assert lines[start + 2].startswith("    'pool 0' is not an FQDN")

    def test_for_machines(self) -> None:
        """Every note is a line."""
        result = imported(as_json("a.json", USER | {"Enabled": False}))
        found = list(report_to_json(result))
        assert found[0] == {"Taken": 1, "Kind": "Get-CsUser", "Source": "a.json"}
        assert len(found) == 1 + len(result.notes)
        assert found[-1]["Weight"] == "read as"

    def test_in_one_line(self) -> None:
        """What there is, and how much was noted."""
        result = imported(as_json("a.json", USER), as_ldif(ACCOUNT))
        assert summary_line(result) == "imported 1 user and 0 contacts; 6 gaps, 0 left out, 0 read as"


def test_a_written_document_is_read_back() -> None:
    """The examples: importing is reading."""
    for path in sorted(Path("examples").rglob("deployment.json")):
        content = path.read_bytes()
        assert import_deployment([Source(path.name, content)]).deployment == read_deployment(content)


def test_a_file_with_more_names_than_any_export_has() -> None:
    """Spellings are remembered up to a bound; beyond it they are read all the same."""
    names = {f"x{number}": 1 for number in range(10_100)}
    [record] = read_source(as_json("a.json", {**names, "sipADDRESS": ZOE}))
    assert dict(record.properties) == {"SipAddress": ZOE}
    [account] = read_source(as_ldif({**dict.fromkeys(names, "1"), "msrtcsip-primaryuseraddress": ZOE}))
    assert account.properties["msRTCSIP-PrimaryUserAddress"] == (ZOE,)


def test_a_pool_of_the_directory_without_a_name() -> None:
    """It leads nowhere, and is not counted."""
    result = imported(Source("p.ldf", exports.ldif([("CN=1:1,CN=Pools", [("dNSHostName", "")])])))
    assert (result.taken, notes(result, Weight.LEFT_OUT)) == ((), [])


class TestRows:
    """Users of a database or of an identity system."""

    @pytest.mark.parametrize(
        ("row", "changes"),
        [
            ({}, {}),
            ({"DISPLAYNAME": "", "samaccountname": None, "Other": object()}, {}),
            (
                {"enterprisevoiceenabled": 0, "RegistrarPool": "pool01"},
                {"enterprise_voice_enabled": False, "registrar_pool": "pool01"},
            ),
            (
                {"msRTCSIP-OptionFlags": "384", "dn": "CN=Zoe"},
                {"enterprise_voice_enabled": True, "distinguished_name": "CN=Zoe"},
            ),
            ({"RegistrarPool": "487279971", "HostedVoicemailPolicy": 5}, {}),
            ({"proxyAddresses": "SMTP:zoe@contoso.com"}, {"proxy_addresses": ["SMTP:zoe@contoso.com"]}),
            ({"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1", None]}, {"voice_mail_settings": ["CsHostedVoiceMail=1"]}),
            ({"HostedVoicemailPolicy": "Tag:ExRedmond"}, {"hosted_voicemail_policy": "ExRedmond"}),
        ],
    )
    def test_tolerance(self, row: dict[str, object], changes: dict[str, Any]) -> None:
        """NULL, an empty text, one text or several, flags as numbers; other columns are passed over."""
        assert read_user({"SipAddress": ZOE, **row}) == User(sip_address=ZOE, **changes)
        assert read_user({"msRTCSIP-PrimaryUserAddress": ZOE, **row}) == User(sip_address=ZOE, **changes)

    @pytest.mark.parametrize(
        ("row", "line"),
        [
            ({}, "User.sip_address: None is not a SIP address"),
            ({"SipAddress": ""}, "User.sip_address: None is not a SIP address"),
            (
                {"SipAddress": ZOE, "ProxyAddresses": "a:b EUM:c"},
                "ProxyAddresses: 'a:b EUM:c' is a list that was cut to one text",
            ),
            ({"SipAddress": ZOE, "RegistrarPool": "a b"}, "User.registrar_pool: 'a b' is not an FQDN"),
            ({"SipAddress": ZOE, "DisplayName": NoText.OBJECT}, "DisplayName: "),
        ],
    )
    def test_refused(self, row: dict[str, object], line: str) -> None:
        """What cannot be used is one error that names the property or the field."""
        with pytest.raises(ExumRoutingError) as caught:
            read_user(row)
        assert str(caught.value).startswith(line)


def test_the_writers_write_what_they_are_asked_for() -> None:
    """Objects without a list, a name or a text of their own."""
    one = Object("A", {"a": Choice("x"), "b": Member("y", 1), "c": Named("z")})
    assert [dict(record.properties) for record in read_clixml(exports.clixml([one]))] == [{"a": "x", "b": "y", "c": "z"}]


def test_equal_texts_are_read_once_and_nothing_else_is_taken_for_them() -> None:
    """One object stands for equal texts; a number and a flag that are equal are read each by itself."""
    read = once(lambda value: (value, type(value)))
    assert read("Redmond") is read("Redmond")
    assert read(("Redmond",)) is read(("Redmond",)) is not read("Redmond")
    assert [read(value) for value in (1, True, (1,), (True,))] == [(1, int), (True, bool), ((1,), tuple), ((True,), tuple)]
