"""The deployment document: what is read, what is refused with which faults, and what is written."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    Mailbox,
    MailboxHome,
    Tenant,
    UmContact,
    UmDialPlan,
    User,
    route,
)
from exum_routing.errors import ExumRoutingError
from exum_routing.interchange import DocumentError, Fault, document, fault_lines
from exum_routing.interchange.answers import decision_to_json
from exum_routing.interchange.document import read_deployment, write_deployment
from exum_routing.testing.strategies import deployments, request_uri_layouts, subjects_in_deployments

EXAMPLES = sorted(Path("examples").rglob("deployment.json"))


def faults_of(document: Any) -> list[str]:
    """The faults of a document, each as a line."""
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    with pytest.raises(DocumentError) as caught:
        read_deployment(text)
    lines = str(caught.value).split("\n")
    assert [str(fault) for fault in caught.value.faults] == lines
    return lines


class TestReading:
    """What a document may hold."""

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
    def test_examples_are_read(self, path: Path) -> None:
        """Every example is a deployment with users."""
        assert read_deployment(path.read_bytes()).users

    @pytest.mark.parametrize("text", ["{}", b"{}", "\ufeff{}", b"\xef\xbb\xbf{}", "{}".encode("utf-16"), ' {"Users": null}\n'])
    def test_empty_document_is_an_empty_deployment(self, text: str | bytes) -> None:
        """Every part is optional, and there is an empty global policy."""
        assert read_deployment(text) == Deployment()

    def test_missing_global_policy_is_added_empty(self) -> None:
        """A document without a global policy gets an empty one before the others."""
        deployment = read_deployment('{"HostedVoicemailPolicies": [{"Identity": "ExRedmond"}]}')
        expected = (HostedVoicemailPolicy(identity="Global"), HostedVoicemailPolicy(identity="tag:ExRedmond"))
        assert expected == deployment.policies

    @pytest.mark.parametrize(
        ("part", "expected"),
        [({}, None), ({"UmDialPlans": None}, None), ({"UmDialPlans": []}, ())],
        ids=["missing", "null", "empty"],
    )
    def test_dial_plans_not_known_differ_from_none(self, part: dict[str, Any], expected: tuple[()] | None) -> None:
        """No UmDialPlans means not readable; an empty array means read, and there are none."""
        assert expected == read_deployment(json.dumps(part)).dial_plans

    def test_null_is_the_same_as_missing(self) -> None:
        """A null in an object says as little as a missing key."""
        keys = ("DisplayName", "RegistrarPool", "HostedVoicemailPolicy", "msExchUCVoiceMailSettings", "ProxyAddresses")
        user = {"SipAddress": "sip:zoe@contoso.com"} | dict.fromkeys(keys)
        assert read_deployment(json.dumps({"Users": [user]})).users == (User(sip_address="zoe@contoso.com"),)

    def test_empty_destination_and_organization_are_none(self) -> None:
        """An empty text is no Destination and no Organization."""
        policy = {"Identity": "Global", "Destination": "", "Organization": ""}
        assert read_deployment(json.dumps({"HostedVoicemailPolicies": [policy]})) == Deployment()

    def test_booleans_default_as_the_cmdlets_do(self) -> None:
        """Missing flags are False, but for a UM server's Enabled."""
        document = {
            "AccessEdgeConfiguration": {},
            "HostingProviders": [{"Identity": "Hosted", "ProxyFqdn": "um.fabrikam.com"}],
            "UmDialPlans": [{"PhoneContext": "dp", "UmServers": [{"Fqdn": "um1", "MajorVersion": 15}]}],
            "UmContacts": [{"SipAddress": "sip:aa@contoso.com", "DisplayNumber": "1"}],
        }
        deployment = read_deployment(json.dumps(document))
        provider, dial_plans = deployment.providers[0], deployment.dial_plans or ()
        assert deployment.edge is not None
        assert not any([deployment.edge.use_dns_srv_routing, deployment.edge.allow_federated_users, provider.enabled])
        assert not any([provider.enabled_shared_address_space, provider.hosts_ocs_users, provider.is_local])
        assert dial_plans[0].um_servers[0].enabled
        assert not deployment.contacts[0].auto_attendant

    def test_hosted_um_services_are_read_with_their_defaults(self) -> None:
        """Where nothing else is said, a mailbox is homed online and takes voice mail, and a tenant transcribes it."""
        mailboxes = [
            {"SipAddress": "Alice@contoso.com"},
            {"SipAddress": "ken@contoso.com", "Home": "OnPremises", "VoicemailEnabled": False},
        ]
        tenants = [
            {"Organization": "Corp.Contoso.com", "Mailboxes": mailboxes},
            {"Organization": "corp.litwareinc.com", "EnableTranscription": False},
        ]
        services = [{"Fqdn": "EXAP.um.outlook.com", "Tenants": tenants}, {"Fqdn": "um.fabrikam.com"}]
        alice = Mailbox(sip_address="alice@contoso.com", home=MailboxHome.ONLINE, voicemail_enabled=True)
        ken = Mailbox(sip_address="ken@contoso.com", home=MailboxHome.ON_PREMISES, voicemail_enabled=False)
        contoso = Tenant(organization="corp.contoso.com", enable_transcription=True, mailboxes=[alice, ken])
        litware = Tenant(organization="corp.litwareinc.com", enable_transcription=False)
        assert read_deployment(json.dumps({"HostedUmServices": services})).hosted_um_services == (
            HostedUmService(fqdn="exap.um.outlook.com", tenants=[contoso, litware]),
            HostedUmService(fqdn="um.fabrikam.com", tenants=None),
        )

    @pytest.mark.parametrize(
        ("replica", "expected"),
        [
            (None, None),
            ({}, EdgeReplica(fqdn=None, configuration=None)),
            ({"ReplicaFqdn": None, "AccessEdgeConfiguration": None, "HostingProviders": None}, EdgeReplica()),
            ({"ReplicaFqdn": "Edge.contoso.com"}, EdgeReplica(fqdn="edge.contoso.com")),
            (
                {"AccessEdgeConfiguration": {"UseDnsSrvRouting": True}},
                EdgeReplica(configuration=EdgeConfiguration(access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True))),
            ),
            (
                {"AccessEdgeConfiguration": {}, "HostingProviders": [{"Identity": "A", "ProxyFqdn": "a.com", "Enabled": True}]},
                EdgeReplica(
                    configuration=EdgeConfiguration(
                        access_edge=AccessEdgeConfiguration(),
                        providers=[HostingProvider(identity="A", proxy_fqdn="a.com", enabled=True)],
                    )
                ),
            ),
        ],
        ids=["null", "empty", "nulls", "name only", "settings", "settings and providers"],
    )
    def test_edge_replica_without_settings_was_never_given_any(
        self, replica: dict[str, Any] | None, expected: EdgeReplica | None
    ) -> None:
        """No EdgeReplica is one that is up to date; one without Access Edge settings has no configuration at all."""
        deployment = read_deployment(json.dumps({"EdgeReplica": replica}))
        assert expected == deployment.edge_replica

    def test_edge_replica_stands_apart_from_the_deployments_own_settings(self) -> None:
        """What stands in the replica does not count as the deployment's, nor as a duplicate of it."""
        provider = {"Identity": "A", "ProxyFqdn": "a.com"}
        replica = {"AccessEdgeConfiguration": {"AllowFederatedUsers": True}, "HostingProviders": [provider]}
        document = {"AccessEdgeConfiguration": {}, "HostingProviders": [provider | {"Enabled": True}], "EdgeReplica": replica}
        deployment = read_deployment(json.dumps(document))
        assert deployment.edge == AccessEdgeConfiguration()
        assert deployment.provider("A") == HostingProvider(identity="A", proxy_fqdn="a.com", enabled=True)
        assert deployment.configuration_at_edge == EdgeConfiguration(
            access_edge=AccessEdgeConfiguration(allow_federated_users=True),
            providers=[HostingProvider(identity="A", proxy_fqdn="a.com")],
        )

    @pytest.mark.parametrize(
        ("gruu", "expected"),
        [
            (None, None),
            (
                "SIP:av.contoso.com@Contoso.com;gruu;opaque=srvr:MRAS:x",
                "sip:av.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:x",
            ),
            ("sips:edge.contoso.com:5062", "sips:edge.contoso.com:5062"),
        ],
        ids=["null", "sip", "sips"],
    )
    def test_av_edge_gruu_is_a_sip_uri(self, gruu: str | None, expected: str | None) -> None:
        """Any SIP URI is taken; null is none."""
        found = read_deployment(json.dumps({"AvEdgeGruu": gruu})).av_edge_gruu
        assert expected == (None if found is None else str(found))


ALICE = {"SipAddress": "sip:alice@contoso.com"}
FQDN = "is not an FQDN"
URI = "is not a SIP URI"


def services(**tenant: Any) -> dict[str, Any]:
    """A document with one hosted UM service and one tenant."""
    return {"HostedUmServices": [{"Fqdn": "um.fabrikam.com", "Tenants": [tenant]}]}


def mailbox(**keys: Any) -> dict[str, Any]:
    """A document with one mailbox."""
    return services(Organization="a.com", Mailboxes=[{"SipAddress": "alice@contoso.com"} | keys])


SERVICE = "HostedUmServices[0]"
TENANT = f"{SERVICE}.Tenants[0]"
MAILBOX = f"{TENANT}.Mailboxes[0]"


class TestRefusing:
    """Every fault is one line with its path, and all faults of a document come together."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", "the document is empty: give a JSON object"),
            ("{", "the document is not JSON at line 1, column 2"),
            ('{"Users": [\n{"SipAddress": "sip:al', "the document is not JSON at line 2, column 16"),
            ("not JSON", "the document is not JSON at line 1, column 1"),
            ("[]", "[] is not an object"),
            ("null", "None is not an object"),
            (b"\xff{}", "the document is not UTF-8 at byte 0"),
            (b"\xff\xfe{", "the document is not UTF-16 at byte 2"),
            (b'{"Users": "\xe4"}', "the document is not UTF-8 at byte 11"),
            ("[" * 100_000, "the document is nested too deeply"),
            ('{"Users":' * 100_000, "the document is nested too deeply"),
        ],
        ids=[
            "empty", "one brace", "truncated", "not JSON", "array", "null", "byte", "UTF-16", "Latin-1", "arrays", "objects",
        ],
    )  # fmt: skip
    def test_document_as_a_whole(self, text: str | bytes, expected: str) -> None:
        """What is no JSON object in a known encoding is one fault, with its place."""
        (line,) = faults_of(text)
        assert line.startswith(expected)

    def test_neither_text_nor_bytes(self) -> None:
        """Anything else than text or bytes is refused as a document, not with a TypeError."""
        with pytest.raises(DocumentError, match="5 is neither text nor bytes"):
            read_deployment(5)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("document", "expected"),
        [
            ({"Usrs": []}, "Usrs: unknown key: did you mean Users?"),
            (
                {"UmContacts": [{"SipAddress": "sip:a@b.c", "DisplayNumber": "1", "LineURI": "tel:1"}]},
                "UmContacts[0].LineURI: unknown key: use one of SipAddress, RegistrarPool",
            ),
            ({"Users": [ALICE | {"Sipadress": 1}]}, "Users[0].Sipadress: unknown key: did you mean SipAddress?"),
            ({"Users": [{"A\nB": None} | ALICE]}, r"Users[0].'A\nB': unknown key: use one of SipAddress"),
            ({"Users": {}}, "Users: {} is not an array"),
            ({"Users": "alice"}, "Users: 'alice' is not an array"),
            ({"Users": [None]}, "Users[0]: None is not an object"),
            ({"Users": [{}]}, "Users[0].SipAddress: is missing: it is required"),
            ({"Users": [{"SipAddress": None}]}, "Users[0].SipAddress: is missing: it is required"),
            ({"Users": [{"SipAddress": 5}]}, "Users[0].SipAddress: 5 is not a SIP address"),
            ({"Users": [{"SipAddress": "sip:a;b@contoso.com"}]}, "Users[0].SipAddress: 'sip:a;b@contoso.com' is not a SIP"),
            ({"Users": [{"SipAddress": "sip:a@contoso.com\r\n"}]}, r"Users[0].SipAddress: 'sip:a@contoso.com\r\n' is not a"),
            ({"Users": [ALICE | {"DisplayName": "A\r\nB"}]}, r"Users[0].DisplayName: 'A\r\nB' has a control character"),
            ({"Users": [ALICE | {"DisplayName": "\ud800"}]}, r"Users[0].DisplayName: '\ud800' has a control character"),
            ({"Users": [ALICE | {"EnterpriseVoiceEnabled": "True"}]}, "Users[0].EnterpriseVoiceEnabled: 'True' is no boolean"),
            ({"Users": [ALICE | {"RegistrarPool": "pool;x"}]}, f"Users[0].RegistrarPool: 'pool;x' {FQDN}"),
            ({"Users": [ALICE | {"HostedVoicemailPolicy": "Global"}]}, "Users[0].HostedVoicemailPolicy: 'Global' cannot be"),
            ({"Users": [ALICE | {"HostedVoicemailPolicy": "site:A"}]}, "Users[0].HostedVoicemailPolicy: 'site:A' cannot be"),
            (
                {"Users": [ALICE | {"msExchUCVoiceMailSettings": "CsHostedVoiceMail=1"}]},
                "Users[0].msExchUCVoiceMailSettings: 'CsHostedVoiceMail=1' is not an array",
            ),
            (
                {"Users": [ALICE | {"msExchUCVoiceMailSettings": ["X=1", 5]}]},
                "Users[0].msExchUCVoiceMailSettings[1]: 5 is not a text",
            ),
            (
                {"Users": [ALICE | {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1\r\n"]}]},
                r"Users[0].msExchUCVoiceMailSettings[0]: 'CsHostedVoiceMail=1\r\n' has a control character",
            ),
            (
                {"Users": [ALICE | {"msExchUCVoiceMailSettings": ["CsHostedVoiceMail=1", "cshostedvoicemail=0"]}]},
                "Users[0].msExchUCVoiceMailSettings: ('CsHostedVoiceMail=1', 'CsHostedVoiceMail=0') holds",
            ),
            (
                {"Users": [ALICE | {"ProxyAddresses": ["SMTP:a@b", "EUM:a@b"]}]},
                "Users[0].ProxyAddresses[1]: 'EUM:a@b' has no phone-context",
            ),
            ({"Pools": [{"Identity": "p"}]}, "Pools[0].Site: is missing: it is required"),
            ({"Pools": [{"Identity": "p", "Site": ""}]}, "Pools[0].Site: '' is empty or has blanks around it"),
            ({"HostedVoicemailPolicies": [{"Identity": "org:A"}]}, "HostedVoicemailPolicies[0].Identity: 'org:A' has a prefix"),
            (
                {"HostedVoicemailPolicies": [{"Identity": "A", "Destination": 5}]},
                f"HostedVoicemailPolicies[0].Destination: 5 {FQDN}",
            ),
            (
                {"HostedVoicemailPolicies": [{"Identity": "A", "Organization": "a.com,,b.com"}]},
                "HostedVoicemailPolicies[0].Organization: 'a.com,,b.com' has an empty entry",
            ),
            (
                {"HostingProviders": [{"Identity": "A", "ProxyFqdn": "a", "VerificationLevel": "usesourceverification"}]},
                "HostingProviders[0].VerificationLevel: 'usesourceverification' is not a VerificationLevel: use one of Always",
            ),
            (
                {"AccessEdgeConfiguration": {"EnablePartnerDiscovery": True}},
                "AccessEdgeConfiguration: 'EnablePartnerDiscovery' goes with UseDnsSrvRouting only",
            ),
            ({"AccessEdgeConfiguration": []}, "AccessEdgeConfiguration: [] is not an object"),
            (
                {"UmDialPlans": [{"PhoneContext": "dp", "UmServers": [{"Fqdn": "um1"}]}]},
                "UmDialPlans[0].UmServers[0].MajorVersion: is missing: it is required",
            ),
            (
                {"UmDialPlans": [{"PhoneContext": "dp", "UmServers": [{"Fqdn": "um1", "MajorVersion": True}]}]},
                "UmDialPlans[0].UmServers[0].MajorVersion: True is no major version",
            ),
            (
                {"UmDialPlans": [{"PhoneContext": "dp", "UmServers": [{"Fqdn": "u", "MajorVersion": n} for n in (1, 2)]}]},
                "UmDialPlans[0].UmServers: 'u' is the name of two UM servers",
            ),
            ({"UmContacts": [{"SipAddress": "aa@contoso.com", "DisplayNumber": "0"}]}, "UmContacts[0].DisplayNumber: '0' is"),
            ({"HostedUmServices": {}}, "HostedUmServices: {} is not an array"),
            ({"HostedUmServices": ["um"]}, f"{SERVICE}: 'um' is not an object"),
            ({"HostedUmServices": [{}]}, f"{SERVICE}.Fqdn: is missing: it is required"),
            ({"HostedUmServices": [{"Fqdn": "um:5061"}]}, f"{SERVICE}.Fqdn: 'um:5061' {FQDN}"),
            (
                {"HostedUmServices": [{"Fqdn": "um", "Tenant": []}]},
                f"{SERVICE}.Tenant: unknown key: did you mean Tenants?",
            ),
            ({"HostedUmServices": [{"Fqdn": "um", "Tenants": "a.com"}]}, f"{SERVICE}.Tenants: 'a.com' is not an array"),
            ({"HostedUmServices": [{"Fqdn": "um", "Tenants": [5]}]}, f"{TENANT}: 5 is not an object"),
            (services(), f"{TENANT}.Organization: is missing: it is required"),
            (services(Organization=None), f"{TENANT}.Organization: is missing: it is required"),
            (services(Organization="a.com, b.com"), f"{TENANT}.Organization: 'a.com, b.com' {FQDN}"),
            (services(Organization="a.com", EnableTranscription=1), f"{TENANT}.EnableTranscription: 1 is no boolean"),
            (services(Organization="a.com", Mailboxes={}), f"{TENANT}.Mailboxes: {{}} is not an array"),
            (services(Organization="a.com", Mailboxs=[]), f"{TENANT}.Mailboxs: unknown key: did you mean Mailboxes?"),
            (services(Organization="a.com", Mailboxes=[None]), f"{MAILBOX}: None is not an object"),
            (services(Organization="a.com", Mailboxes=[{}]), f"{MAILBOX}.SipAddress: is missing: it is required"),
            (mailbox(SipAddress="alice"), f"{MAILBOX}.SipAddress: 'alice' is not a SIP address"),
            (mailbox(Home="online"), f"{MAILBOX}.Home: 'online' is not a MailboxHome: use one of Online, OnPremises"),
            (mailbox(VoicemailEnabled="yes"), f"{MAILBOX}.VoicemailEnabled: 'yes' is no boolean"),
            (mailbox(VoiceMailEnabled=True), f"{MAILBOX}.VoiceMailEnabled: unknown key: did you mean VoicemailEnabled?"),
            (
                {"HostedUmServices": [{"Fqdn": "um", "Tenants": [{"Organization": "a.com"}, {"Organization": "A.com"}]}]},
                f"{SERVICE}.Tenants: 'a.com' is the Organization of two",
            ),
            (
                services(Organization="a.com", Mailboxes=[ALICE, {"SipAddress": "Alice@contoso.com", "Home": "OnPremises"}]),
                f"{TENANT}.Mailboxes: 'sip:alice@contoso.com' owns two mailboxes",
            ),
            ({"EdgeReplica": []}, "EdgeReplica: [] is not an object"),
            (
                {"EdgeReplica": {"Fqdn": "edge"}},
                "EdgeReplica.Fqdn: unknown key: use one of ReplicaFqdn",
            ),
            ({"EdgeReplica": {"ReplicaFqdn": "e..f"}}, f"EdgeReplica.ReplicaFqdn: 'e..f' {FQDN}"),
            (
                {"EdgeReplica": {"AccessEdgeConfiguration": {"AllowFederatedUsers": 0}}},
                "EdgeReplica.AccessEdgeConfiguration.AllowFederatedUsers: 0 is no boolean",
            ),
            (
                {"EdgeReplica": {"AccessEdgeConfiguration": {"EnablePartnerDiscovery": True}}},
                "EdgeReplica.AccessEdgeConfiguration: 'EnablePartnerDiscovery' goes with UseDnsSrvRouting only",
            ),
            (
                {"EdgeReplica": {"AccessEdgeConfiguration": {}, "HostingProviders": {}}},
                "EdgeReplica.HostingProviders: {} is not an array",
            ),
            (
                {"EdgeReplica": {"AccessEdgeConfiguration": {}, "HostingProviders": [{"Identity": "A"}]}},
                "EdgeReplica.HostingProviders[0].ProxyFqdn: is missing: it is required",
            ),
            (
                {
                    "EdgeReplica": {
                        "AccessEdgeConfiguration": {},
                        "HostingProviders": [{"Identity": "A", "ProxyFqdn": "p"}, {"Identity": "a", "ProxyFqdn": "q"}],
                    }
                },
                "EdgeReplica.HostingProviders: 'a' is the Identity of two hosting providers",
            ),
            (
                {"EdgeReplica": {"HostingProviders": []}},
                "EdgeReplica.HostingProviders: stands without AccessEdgeConfiguration: give both, or neither",
            ),
            (
                {"EdgeReplica": {"AccessEdgeConfiguration": None, "HostingProviders": [{"Identity": "A", "ProxyFqdn": "p"}]}},
                "EdgeReplica.HostingProviders: stands without AccessEdgeConfiguration",
            ),
            ({"AvEdgeGruu": "av.contoso.com"}, f"AvEdgeGruu: 'av.contoso.com' {URI}"),
            ({"AvEdgeGruu": "sip:av@contoso.com\r\nVia: x"}, rf"AvEdgeGruu: 'sip:av@contoso.com\r\nVia: x' {URI}"),
            ({"AvEdgeGruu": 5}, f"AvEdgeGruu: 5 {URI}"),
            ({"AvEdgeGruu": ["sip:av@contoso.com"]}, f"AvEdgeGruu: ['sip:av@contoso.com'] {URI}"),
        ],
        ids=lambda value: value.partition(" ")[0] if isinstance(value, str) else "",
    )
    def test_fault_has_its_path(self, document: dict[str, Any], expected: str) -> None:
        """A document with one fault gives one line, which begins with the path and shows the value."""
        (line,) = faults_of(document)
        assert line.startswith(expected)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"Users": [], "Users": []}', "Users: stands twice in one object"),
            ('{"Pools": [{"Identity": "p", "Site": "A", "Site": "A"}]}', "Pools[0].Site: stands twice in one object"),
            ('{"Users": NaN}', "Users: NaN is not an array"),
            ('{"Pools": [{"Identity": Infinity, "Site": "A"}]}', f"Pools[0].Identity: Infinity {FQDN}"),
            ('{"Pools": [{"Identity": ' + "9" * 5_000 + ', "Site": "A"}]}', "Pools[0].Identity: 9999"),
            ('{"Pools": [{"Identity": 1e999, "Site": "A"}]}', f"Pools[0].Identity: 1e999 {FQDN}"),
        ],
        ids=["repeated part", "repeated key", "NaN", "Infinity", "5,000 digits", "1e999"],
    )
    def test_what_only_json_text_can_hold(self, text: str, expected: str) -> None:
        """Repeated keys, NaN and huge numbers are faults at their place, and short ones."""
        (line,) = faults_of(text)
        assert line.startswith(expected)
        assert len(line) < 400

    @pytest.mark.parametrize(
        ("document", "expected"),
        [
            (
                {"HostedVoicemailPolicies": [{"Identity": "Global"}, {"Identity": "GLOBAL"}]},
                "HostedVoicemailPolicies[1].Identity: 'Global' stands already at HostedVoicemailPolicies[0].Identity",
            ),
            (
                {"HostedVoicemailPolicies": [{"Identity": "tag:a"}, {"Identity": "A"}]},
                "HostedVoicemailPolicies[1].Identity: 'tag:A' stands already at HostedVoicemailPolicies[0].Identity",
            ),
            (
                {"HostingProviders": [{"Identity": "A", "ProxyFqdn": "p"}, {"Identity": "a", "ProxyFqdn": "q"}]},
                "HostingProviders[1].Identity: 'a' stands already at HostingProviders[0].Identity",
            ),
            (
                {"HostingProviders": [{"Identity": "A", "ProxyFqdn": "p"}, {"Identity": "B", "ProxyFqdn": "P"}]},
                "HostingProviders[1].ProxyFqdn: 'p' stands already at HostingProviders[0].ProxyFqdn",
            ),
            (
                {"Pools": [{"Identity": "p", "Site": "A"}, {"Identity": "P", "Site": "A"}]},
                "Pools[1].Identity: 'p' stands already at Pools[0].Identity",
            ),
            (
                {"UmDialPlans": [{"PhoneContext": "dp"}, {"PhoneContext": "DP"}]},
                "UmDialPlans[1].PhoneContext: 'DP' stands already at UmDialPlans[0].PhoneContext",
            ),
            (
                {"Users": [ALICE], "UmContacts": [{"SipAddress": "Alice@contoso.com", "DisplayNumber": "1"}]},
                "UmContacts[0].SipAddress: 'sip:alice@contoso.com' stands already at Users[0].SipAddress",
            ),
            (
                {"HostedUmServices": [{"Fqdn": "um.fabrikam.com"}, {"Fqdn": "UM.fabrikam.com", "Tenants": []}]},
                "HostedUmServices[1].Fqdn: 'um.fabrikam.com' stands already at HostedUmServices[0].Fqdn",
            ),
        ],
        ids=lambda value: value.partition(":")[0] if isinstance(value, str) else "",
    )
    def test_duplicate_is_named_with_both_places(self, document: dict[str, Any], expected: str) -> None:
        """Two objects with one key are a fault of the second, which names the first."""
        (line,) = faults_of(document)
        assert line.startswith(expected)

    def test_all_faults_come_at_once(self) -> None:
        """Faults of one object, of several parts and duplicates among the sound parts are all reported."""
        document = {
            "Colour": 1,
            "Users": [ALICE, {"SipAddress": "x", "DisplayName": 5}, ALICE, 7],
            "Pools": [{"Identity": "a b", "Site": "A"}],
        }
        places = [line.partition(": ")[0] for line in faults_of(document)]
        expected = ["Colour", "Pools[0].Identity", "Users[1].SipAddress", "Users[1].DisplayName", "Users[3]"]
        assert [*expected, "Users[2].SipAddress"] == places

    def test_all_faults_of_the_parts_of_a_call_come_at_once(self) -> None:
        """Faults of the replica, of the GRUU and of every tenant and mailbox are reported together."""
        mailboxes = [{"SipAddress": "x"}, {"Home": 1}]
        document = {
            "HostedUmServices": [{"Fqdn": "um", "Tenants": [{"Organization": "a b", "Mailboxes": mailboxes}, {}]}],
            "EdgeReplica": {"Colour": 1, "ReplicaFqdn": 5, "AccessEdgeConfiguration": [], "HostingProviders": [7]},
            "AvEdgeGruu": "av",
        }
        assert [line.partition(": ")[0] for line in faults_of(document)] == [
            "EdgeReplica.Colour",
            "EdgeReplica.ReplicaFqdn",
            "EdgeReplica.AccessEdgeConfiguration",
            "EdgeReplica.HostingProviders[0]",
            "AvEdgeGruu",
            f"{TENANT}.Organization",
            f"{MAILBOX}.SipAddress",
            f"{TENANT}.Mailboxes[1].SipAddress",
            f"{TENANT}.Mailboxes[1].Home",
            f"{SERVICE}.Tenants[1].Organization",
        ]

    def test_faults_survive_pickling(self) -> None:
        """An error that crosses a process boundary keeps its faults."""
        error = DocumentError([Fault("Users[0]", "is wrong")])
        assert pickle.loads(pickle.dumps(error)).faults == error.faults  # noqa: S301 - our own bytes

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner) | st.dictionaries(st.sampled_from(["Users", "Pools", "Identity", "SipAddress"]), inner)
            ),
        )
    )
    def test_any_json_is_read_or_refused(self, value: Any) -> None:
        """Whatever JSON a document holds, it is a deployment or a DocumentError of whole lines."""
        try:
            deployment = read_deployment(json.dumps(value))
        except DocumentError as error:
            assert len(error.faults) == len(str(error).splitlines())  # noqa: PT017 - either outcome is right
        else:
            assert isinstance(deployment, Deployment)

    @given(st.binary())
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        """Whatever bytes a document is made of, nothing but a DocumentError comes out."""
        try:
            assert read_deployment(data) == Deployment()
        except DocumentError as error:
            assert error.faults  # noqa: PT017 - either outcome is right


class TestWriting:
    """What is written can be read, and says what the models say."""

    @given(deployments())
    def test_reading_what_was_written_gives_an_equal_deployment(self, deployment: Deployment) -> None:
        """write_deployment then read_deployment is the identity, also through UTF-8 and UTF-16."""
        text = write_deployment(deployment)
        assert deployment == read_deployment(text)
        assert deployment == read_deployment(text.encode())
        assert deployment == read_deployment(text.encode("utf-16"))

    def test_no_dial_plans_are_written_where_they_are_known(self) -> None:
        """Known to be none and not known are written apart."""
        assert '"UmDialPlans": []' in write_deployment(Deployment(dial_plans=()))
        assert "UmDialPlans" not in write_deployment(Deployment())

    def test_parts_of_a_call_are_written_as_documented(self) -> None:
        """Services with tenants and mailboxes a service a line, then the replica and the GRUU; defaults are left out."""
        mailboxes = [
            Mailbox(sip_address="alice@contoso.com"),
            Mailbox(sip_address="ken@contoso.com", home=MailboxHome.ON_PREMISES, voicemail_enabled=False),
        ]
        tenants = [
            Tenant(organization="corp.contoso.com", mailboxes=mailboxes),
            Tenant(organization="corp.litwareinc.com", enable_transcription=False),
        ]
        configuration = EdgeConfiguration(
            access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True),
            providers=[HostingProvider(identity="Größe", proxy_fqdn="um.fabrikam.com")],
        )
        deployment = Deployment(
            hosted_um_services=[
                HostedUmService(fqdn="um.fabrikam.com", tenants=tenants),
                HostedUmService(fqdn="um.contoso.com"),
            ],
            edge_replica=EdgeReplica(fqdn="edge.contoso.com", configuration=configuration),
            av_edge_gruu="sip:av@contoso.com;gruu;opaque=srvr:MRAS",
        )
        text = write_deployment(deployment)
        assert (
            text
            == """{
  "HostedVoicemailPolicies": [
    {"Identity": "Global"}
  ],
  "HostedUmServices": [
    {"Fqdn": "um.fabrikam.com", "Tenants": [{"Organization": "corp.contoso.com", "Mailboxes": \
[{"SipAddress": "sip:alice@contoso.com"}, {"SipAddress": "sip:ken@contoso.com", "Home": "OnPremises", \
"VoicemailEnabled": false}]}, {"Organization": "corp.litwareinc.com", "EnableTranscription": false}]},
    {"Fqdn": "um.contoso.com"}
  ],
  "EdgeReplica": {"ReplicaFqdn": "edge.contoso.com", "AccessEdgeConfiguration": {"UseDnsSrvRouting": true}, \
"HostingProviders": [{"Identity": "Größe", "ProxyFqdn": "um.fabrikam.com"}]},
  "AvEdgeGruu": "sip:av@contoso.com;gruu;opaque=srvr:MRAS"
}
"""
        )
        assert deployment == read_deployment(text)

    @pytest.mark.parametrize(
        ("replica", "expected"),
        [
            (EdgeReplica(), {}),
            (EdgeReplica(fqdn="edge.contoso.com"), {"ReplicaFqdn": "edge.contoso.com"}),
            (
                EdgeReplica(configuration=EdgeConfiguration(access_edge=AccessEdgeConfiguration())),
                {"AccessEdgeConfiguration": {}, "HostingProviders": []},
            ),
        ],
        ids=["never given any", "name only", "empty configuration"],
    )
    def test_an_edge_without_configuration_and_one_with_an_empty_one_are_written_apart(
        self, replica: EdgeReplica, expected: dict[str, Any]
    ) -> None:
        """What the replica does not have is not written, and all that it has is."""
        text = write_deployment(Deployment(edge_replica=replica))
        assert expected == json.loads(text)["EdgeReplica"]
        assert replica == read_deployment(text).edge_replica
        assert "EdgeReplica" not in write_deployment(Deployment())

    @given(subjects_in_deployments(), request_uri_layouts())
    def test_decision_is_json(self, pair: tuple[User | UmContact, Deployment], layout: Any) -> None:
        """Every decision is one JSON object with the address asked for and the clauses that decided."""
        subject, deployment = pair
        decision = route(subject, deployment)
        found = decision_to_json(subject, decision, layout=layout)
        assert json.loads(json.dumps(found)) == found
        assert (found["SipAddress"], found["Clauses"]) == (subject.sip_address, list(decision.clauses))
        assert (found["Route"] == "NotRouted") == ("RequestUri" not in found)

    def test_decisions_are_spelled_as_documented(self) -> None:
        """The three shapes of a decision, and a contact's, are the documented ones."""
        roy = User(sip_address="roy@contoso.com", proxy_addresses=["EUM:roy@contoso.com;phone-context=dp.contoso.com"])
        lost = User(sip_address="lost@contoso.com", proxy_addresses=["EUM:4711;phone-context=Gone"])
        contact = UmContact(sip_address="aa@contoso.com", display_number="+1425")
        policy = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=["corp.contoso.com"])
        plan = UmDialPlan(phone_context="dp.contoso.com", um_servers=[])
        deployment = Deployment(users=[roy, lost], contacts=[contact], policies=[policy], dial_plans=[plan])
        assert [decision_to_json(subject, route(subject, deployment)) for subject in deployment.subjects] == [
            {
                "SipAddress": "sip:roy@contoso.com",
                "Route": "NotRouted",
                "Reason": "NO_UM_SERVER",
                "DialPlan": "dp.contoso.com",
                "Clauses": ["ROUTE-4", "UM-1", "UM-2", "UM-6"],
            },
            {
                "SipAddress": "sip:lost@contoso.com",
                "Route": "NotRouted",
                "Reason": "NO_DIAL_PLAN",
                "DialPlan": "Gone",
                "Clauses": ["ROUTE-4", "UM-1", "UM-6"],
            },
            {
                "SipAddress": "sip:aa@contoso.com",
                "DisplayNumber": "+1425",
                "Route": "HostedUm",
                "Policy": "Global",
                "Destination": "exap.um.outlook.com",
                "Organizations": ["corp.contoso.com"],
                "RequestUri": "sip:+1425@contoso.com;maddr=exap.um.outlook.com;user=phone;opaque=app:voicemail"
                ";ms-organization=corp.contoso.com",
                "Clauses": ["ROUTE-9", "ROUTE-2", "POL-3"],
            },
        ]


@pytest.mark.parametrize(("users", "lines"), [(1, 1), (10, 10), (11, 1), (1000, 1)])
def test_many_faults_of_one_kind_are_one_line(users: int, lines: int) -> None:
    """Up to ten faults of a kind are listed; of more, the first with the number of the others. Other kinds stay as they are."""
    accounts = [{"SipAddress": f"user{number} @contoso.com"} for number in range(users)]
    document = {"Users": accounts, "Pools": [{"Identity": "a b", "Site": "S"}]}
    with pytest.raises(DocumentError) as caught:
        read_deployment(json.dumps(document))
    found = fault_lines(caught.value.faults)
    assert len(caught.value.faults) == users + 1
    assert len(found) == lines + 1
    assert sum(line.startswith("Pools[0].Identity: 'a b' is not an FQDN") for line in found) == 1
    (first,) = [line for line in found if line.startswith("Users[0].SipAddress: ")]
    assert first.endswith(f"(and {users - 1:,} more of this kind)") is (users > 10)


class TestTwoWays:
    """An object in which nothing is wrong is read at once, and any other field by field; they never disagree."""

    @pytest.mark.parametrize("model", document.KEYS)
    @given(data=st.data())
    def test_both_ways_give_the_same(self, model: type, data: st.DataObject) -> None:
        """Of any JSON: what is read at once is what is read field by field, and what one refuses the other does."""
        names = {"SipAddress": "zoe@contoso.com", "Identity": "Global", "PhoneContext": "dp", "Organization": "contoso.com"}
        texts = st.sampled_from((*names.values(), "", "x y", "site:R", "EUM:1;phone-context=dp", "CsHostedVoiceMail=1", "2015"))
        values = (
            texts | st.none() | st.booleans() | st.integers(0, 20) | st.lists(texts | st.none() | st.booleans(), max_size=2)
        )
        keys = list(document.KEYS[model].values())
        given = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys((*keys, "Unknown"), values)) | values)
        if isinstance(given, dict):
            given |= {key: name for key, name in names.items() if key in keys and data.draw(st.booleans())}
        at_once: object
        try:
            at_once = document._at_once(model)(given)
        except (ExumRoutingError, TypeError, KeyError):
            at_once = None
        try:
            assert document._explaining(model)(given) == at_once
        except DocumentError:
            assert at_once is None

    @given(deployments())
    def test_what_is_written_is_read_at_once(self, deployment: Deployment) -> None:
        """Every object of a written document is read at once."""
        for array, (part, model) in document._ARRAYS.items():
            given = json.loads(write_deployment(deployment)).get(array, [])
            assert [document._at_once(model)(one) for one in given] == list(getattr(deployment, part) or ())
