"""The table of causes: what each can be seen by, how to check it by hand, and who reported it."""

from typing import Final

from exum_routing.diagnosis.accounts import (
    contact_on_2019_pool,
    emptied,
    indicator_dark,
    never_enabled,
    other_attribute_values,
    policy_without_destination,
    without_enterprise_voice,
    without_voice_mail,
)
from exum_routing.diagnosis.cause import Cause
from exum_routing.diagnosis.crossing import (
    access_edge,
    destination_without_provider,
    edge_replica,
    no_hybrid_provider,
    provider_settings,
)
from exum_routing.diagnosis.evidence import always_by_hand, by_hand_on_hosted_way, by_hand_on_premises
from exum_routing.diagnosis.on_premises import dial_plan_missing, dial_plan_without_server
from exum_routing.diagnosis.service import (
    contact_of_cloud_voicemail,
    mailbox_missing,
    organization_missing,
    other_cloud,
    tenant_not_hosted,
    voice_mail_turned_off,
)
from exum_routing.diagnosis.symptom import Symptom
from exum_routing.routing import EdgeFault

_BUSY: Final = (Symptom.FAST_BUSY,)
_FAILED: Final = (Symptom.ID_15030, Symptom.FAST_BUSY)
_UNAVAILABLE: Final = (Symptom.ID_15030, Symptom.STATUS_503, Symptom.FAST_BUSY)
_EMPTIES: Final = (Symptom.ATTRIBUTE_EMPTIES,)

_MIRAZON: Final = 'mirazon.com, "When Lync Unified Messaging Integration Broke" (2014)'
_LAST_WRITTEN: Final = (
    'On a domain controller: repadmin /showobjmeta * "DN" with the distinguished name of {address}. It says when and '
    "where msExchUCVoiceMailSettings was last written, and in which version; no line means never."
)

CAUSES: Final = (
    Cause(
        "without-voice-mail",
        "The user has no voice mail, or counts as disabled for it.",
        _BUSY,
        "On a Front End Server: {get} | Format-List HostedVoiceMail; with the Active Directory module: Get-ADUser "
        "-Properties msExchUCVoiceMailSettings, proxyAddresses.",
        "ROUTE-5, ROUTE-12; that the caller hears a fast busy tone is inferred",
        ("ROUTE-5", "ROUTE-12"),
        without_voice_mail,
    ),
    Cause(
        "policy-without-destination",
        "The hosted voice mail policy that applies names no Destination.",
        _BUSY,
        "On a Front End Server: Get-CsEffectivePolicy -Identity {address} for a user, then Get-CsHostedVoicemailPolicy.",
        "New-, Set- and Grant-CsHostedVoicemailPolicy pages; that the caller hears a fast busy tone is inferred",
        ("ROUTE-6", "POL-3"),
        policy_without_destination,
    ),
    Cause(
        "dial-plan-missing",
        "The dial plan that the UM proxy address names does not exist.",
        _BUSY,
        "In the Exchange Management Shell: Get-UMDialPlan, and compare with the phone-context of the UM proxy address.",
        "UM-6; that the caller hears a fast busy tone is inferred",
        ("UM-6",),
        dial_plan_missing,
    ),
    Cause(
        "dial-plan-without-server",
        "The UM dial plan has no UM server that takes calls: none is enabled, or its type is not SIP URI.",
        _BUSY,
        "In the Exchange Management Shell: Get-UMDialPlan | Format-List Name, URIType, UMServers; Get-UMService.",
        "Lync Server ExUmRouting article; guidelines for integrating on-premises Unified Messaging",
        ("UM-2", "UM-6"),
        dial_plan_without_server,
    ),
    Cause(
        "contact-on-2019-pool",
        "A contact object is called whose pool runs Skype for Business Server 2019.",
        (Symptom.ID_15000, Symptom.FAST_BUSY),
        "On a Front End Server: {get} | Format-List RegistrarPool, and the version in the Topology Builder.",
        'Microsoft support article "500 Server Internal error and calls to Subscriber Access or Auto Attendant fail"; '
        "OfficeDocs-SkypeForBusiness #1143",
        ("CALL-17",),
        contact_on_2019_pool,
    ),
    Cause(
        "publication-not-read",
        "The Front End Server cannot read what the account publishes, for another reason.",
        (Symptom.ID_15000,),
        "On the Front End Server: the event log Lync Server, and a trace of the component ExumRouting with the "
        "Centralized Logging Service.",
        "the reason in the ms-diagnostics header itself; other reports than contact objects on 2019 were not found",
        (),
        always_by_hand,
    ),
    Cause(
        "exum-routing-disabled",
        "The server application ExumRouting is disabled on the pool.",
        _BUSY,
        "On a Front End Server: Get-CsServerApplication -Identity Service:Registrar:{pool}/ExumRouting.",
        "Get-CsServerApplication page; that the caller hears a fast busy tone is inferred",
        (),
        always_by_hand,
    ),
    Cause(
        "edge-replica",
        "The Edge Server works from a configuration with which the call does not cross: none, or an older one.",
        _FAILED,
        "On a Front End Server: Get-CsManagementStoreReplicationStatus; on the Edge Server: Get-CsHostingProvider "
        "-LocalStore and Get-CsAccessEdgeConfiguration -LocalStore.",
        "Get-CsManagementStoreReplicationStatus page; Microsoft integration pages",
        ("REPL-1", "REPL-2", "EDGE-7"),
        edge_replica,
    ),
    Cause(
        "default-routing",
        "The Edge uses default routing, with which it uses no hosting provider.",
        _FAILED,
        "On a Front End Server: Get-CsAccessEdgeConfiguration | Format-List RoutingMethod.",
        "Set-CsAccessEdgeConfiguration page",
        ("EDGE-1",),
        access_edge(EdgeFault.NOT_DNS_SRV_ROUTING, "UseDnsSrvRouting", needed=True),
    ),
    Cause(
        "federation-not-allowed",
        "AllowFederatedUsers is False, which also stops calls to the hosted service.",
        _FAILED,
        "On a Front End Server: Get-CsAccessEdgeConfiguration | Format-List AllowFederatedUsers.",
        "Set-CsAccessEdgeConfiguration page",
        ("EDGE-2",),
        access_edge(EdgeFault.FEDERATION_NOT_ALLOWED, "AllowFederatedUsers", needed=True),
    ),
    Cause(
        "destination-without-provider",
        "No hosting provider has the Destination as its ProxyFqdn.",
        _FAILED,
        "On a Front End Server: Get-CsHostingProvider | Format-List Identity, ProxyFqdn, and look for {destination}.",
        "New-CsHostingProvider and Set-CsHostedVoicemailPolicy pages",
        ("EDGE-6",),
        destination_without_provider,
    ),
    Cause(
        "provider-settings",
        "The hosting provider of the Destination is disabled, or its flags are not those of hosted UM.",
        _FAILED,
        "On a Front End Server: Get-CsHostingProvider | Format-List *, and look for {destination}.",
        "New-CsHostingProvider page; source document",
        ("EDGE-4",),
        provider_settings,
    ),
    Cause(
        "no-hybrid-provider",
        "Cloud Voicemail presupposes hybrid connectivity, and there is no hosting provider of it.",
        _FAILED,
        "On a Front End Server: Get-CsHostingProvider | Format-List *, and look for an enabled one with "
        "EnabledSharedAddressSpace and HostsOCSUsers True.",
        'OfficeDocs-SkypeForBusiness #4091, #1613; "Plan Cloud Voicemail service"',
        ("POL-13",),
        no_hybrid_provider,
    ),
    Cause(
        "organization-missing",
        "The policy names no Organization, so the service cannot find the tenant.",
        _FAILED,
        "On a Front End Server: Get-CsHostedVoicemailPolicy | Format-List Identity, Organization.",
        "source document; New-CsHostedVoicemailPolicy page",
        ("URI-7",),
        organization_missing,
    ),
    Cause(
        "other-cloud",
        "The Destination is that of another cloud than the tenant's.",
        _FAILED,
        "Ask the administrator of the tenant for its default domain and its cloud, and compare with {organization} and "
        "{destination}.",
        "Microsoft integration pages, which name the FQDNs of the other clouds",
        ("POL-13",),
        other_cloud,
    ),
    Cause(
        "tenant-not-hosted",
        "The service at the Destination hosts none of the organizations that the policy names.",
        _FAILED,
        "In Exchange Online PowerShell: Get-AcceptedDomain, and look for {organization}.",
        "CALL-14; source document",
        ("CALL-7", "CALL-14"),
        tenant_not_hosted,
    ),
    Cause(
        "mailbox-missing",
        "The tenant has no mailbox of the user.",
        _FAILED,
        "In Exchange Online PowerShell: Get-Recipient with the primary SMTP address of {address}.",
        "CALL-14; OfficeDocs-SkypeForBusiness #1613",
        ("CALL-7", "CALL-14"),
        mailbox_missing,
    ),
    Cause(
        "voice-mail-turned-off",
        "A policy of the tenant, an administrator or the owner turned voice mail off at the service.",
        _FAILED,
        "In Teams PowerShell: Get-CsTeamsCallingPolicy | Format-List AllowVoicemail, for the policy of {address}, and "
        "Get-CsOnlineVoicemailUserSettings -Identity {address}.",
        "OfficeDocs-SkypeForBusiness pull request #2159",
        ("CALL-14",),
        voice_mail_turned_off,
    ),
    Cause(
        "contact-of-cloud-voicemail",
        "The policy leads a contact object to Cloud Voicemail, which answers none.",
        _FAILED,
        "On a Front End Server: {get} | Format-List *, and Get-CsHostedVoicemailPolicy for the policy that it names.",
        '"Support for migrating Exchange UM Online", known issues',
        ("CALL-15", "POL-13"),
        contact_of_cloud_voicemail,
    ),
    Cause(
        "federation-record",
        "The DNS record by which the service finds its way back is missing or wrong.",
        _UNAVAILABLE,
        "On a computer outside the network: Resolve-DnsName -Type SRV _sipfederationtls._tcp.{domain}; it has to name "
        "the Access Edge and port 5061. Or the Remote Connectivity Analyzer.",
        'Microsoft support article "Incoming Lync To Phone calls aren\'t transferred to Exchange Online UM voice mail"; '
        "OfficeDocs-SkypeForBusiness #1507",
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "sip-tls-record",
        "The DNS record of the SIP domain for clients is wrong, such as port and weight exchanged.",
        _UNAVAILABLE,
        "On a computer outside the network: Resolve-DnsName -Type SRV _sip._tls.{domain}, and compare target and port.",
        'masteringlync.com, "No Dial Plans available in Exchange 365 / Voice Mail" (2015-07-01)',
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "default-sip-domain",
        "Calls from telephones carry the default SIP domain, which cannot be resolved from outside.",
        _UNAVAILABLE,
        "On a Front End Server: Get-CsSipDomain for the default domain; then, outside the network, Resolve-DnsName -Type "
        "SRV _sipfederationtls._tcp of it. Calls from inside get through where this is it.",
        'blogs.perficient.com, "How The Default SIP Domain Impacts Exchange Online UM Connections" (2015)',
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "firewall",
        "The Edge Server does not reach the service on TCP port 5061: a firewall, or the name does not resolve.",
        _FAILED,
        "On the Edge Server: Test-NetConnection {destination} -Port 5061.",
        "microsoft-365-docs #8914; public pages on ms-diagnostics (1008, 1014)",
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "edge-certificate",
        "The certificate of the Access Edge is not trusted, has expired, or has another name.",
        _FAILED,
        "On the Edge Server: Get-CsCertificate, and the event log Lync Server.",
        "public pages on ms-diagnostics (1010)",
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "identity-not-verified",
        "The signed identity in the INVITE cannot be verified, as after a change of directory synchronisation.",
        _FAILED,
        'On the Edge Server: a SIP trace with the Centralized Logging Service; look for "ms-identity" and "Invalid '
        'signature" in the response.',
        _MIRAZON,
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "not-provisioned",
        "The tenant does not know the account: not synchronised, without a licence, or its SIP domain is not accepted.",
        _FAILED,
        "In Teams PowerShell: Get-CsOnlineUser -Identity {address}; in Exchange Online PowerShell: Get-AcceptedDomain, and "
        "look for {domain}.",
        '"Create a DNS SRV record for integration with hosted Exchange UM"; OfficeDocs-SkypeForBusiness #1613',
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "service-unavailable",
        "The hosted service is down or overloaded.",
        _UNAVAILABLE,
        "In the admin center of the tenant: the health of the service at the time of the call.",
        "RFC 3261, 21.5.4",
        (),
        by_hand_on_hosted_way,
    ),
    Cause(
        "um-servers-refuse",
        "None of the UM servers that are tried answers or takes the call.",
        _UNAVAILABLE,
        "On a Front End Server: Test-NetConnection to each UM server of dial plan {dial_plan} on port 5061, and "
        "Test-CsExUMConnectivity.",
        "Lync Server ExUmRouting article; RFC 3261, 21.5.4",
        ("UM-4", "UM-5"),
        by_hand_on_premises,
    ),
    Cause(
        "um-start-up-mode",
        "The UM service does not start in TLS or dual mode, or has no certificate for UM.",
        _FAILED,
        "In the Exchange Management Shell: Get-UMService | Format-List Name, UMStartupMode, Get-UMCallRouterSettings, and "
        "Get-ExchangeCertificate.",
        "blog.ahasayen.com (Skype for Business Server reaches UM over TLS only); that it is seen as 15030 is inferred",
        (),
        by_hand_on_premises,
    ),
    Cause(
        "voip-security",
        "VoIPSecurity of the dial plan does not go with the media encryption of the pool.",
        _FAILED,
        "In the Exchange Management Shell: Get-UMDialPlan | Format-List Name, VoIPSecurity, for dial plan {dial_plan}; on a "
        "Front End Server: Get-CsMediaConfiguration | Format-List EncryptionLevel.",
        '"Configure Unified Messaging on Microsoft Exchange", caution; which id the caller gets is not published',
        (),
        by_hand_on_premises,
    ),
    Cause(
        "indicator-dark",
        "The attribute does not hold CsHostedVoiceMail=1, which lights the indicator; the pair of Exchange does not.",
        (Symptom.INDICATOR_DARK,),
        "On a Front End Server: {get} | Format-List HostedVoiceMail.",
        "source document; OfficeDocs-SkypeForBusiness pull request #2421",
        ("CALL-9",),
        indicator_dark,
    ),
    Cause(
        "without-enterprise-voice",
        "The user does not have Enterprise Voice, which Cloud Voicemail requires.",
        (Symptom.INDICATOR_DARK,),
        "On a Front End Server: {get} | Format-List EnterpriseVoiceEnabled.",
        '"Configure Cloud Voicemail", note; "Plan Cloud Voicemail service"; that the indicator shows it is inferred',
        ("ROUTE-2",),
        without_enterprise_voice,
    ),
    Cause(
        "oauth-or-ews",
        "OAuth or EWS does not work: the client has no greetings and no visual voice mail, which is taken for the indicator.",
        (Symptom.INDICATOR_DARK,),
        "On a Front End Server: Test-CsExStorageConnectivity -SipUri {address}; in the Exchange Management Shell: "
        "Test-OAuthConnectivity.",
        'OfficeDocs-SkypeForBusiness #1075; "Plan Cloud Voicemail service"',
        (),
        always_by_hand,
    ),
    Cause(
        "write-back",
        "Directory synchronisation writes an empty value back from the cloud.",
        (Symptom.INDICATOR_DARK, Symptom.ATTRIBUTE_EMPTIES),
        "On the server of Azure AD Connect: its version (before 1.2.65.0 an empty value of the cloud overwrites) and whether "
        f"Exchange hybrid writes back. {_LAST_WRITTEN}",
        "version history of Azure AD Connect; OfficeDocs-SkypeForBusiness #4774 (May 2020, still reported)",
        (),
        emptied,
    ),
    Cause(
        "switched-off",
        "An administrator or a script cleared the attribute with Set-CsUser -HostedVoiceMail $null.",
        (Symptom.INDICATOR_DARK, Symptom.ATTRIBUTE_EMPTIES),
        f"{_LAST_WRITTEN} Look for scripts that ran then.",
        'source document ("set the value to null")',
        ("CMD-8",),
        emptied,
    ),
    Cause(
        "never-enabled",
        "The attribute was never written: the user is not yet enabled, or was forgotten.",
        _EMPTIES,
        _LAST_WRITTEN,
        "source document; Lync Server 2013 sample of Get-CsUser, where a value that was never set is empty",
        ("ATTR-2",),
        never_enabled,
    ),
    Cause(
        "other-attribute-values",
        "The attribute holds values that mean nothing to routing: another application may manage it.",
        _EMPTIES,
        "On a domain controller: Get-ADUser -Properties msExchUCVoiceMailSettings for {address}, and ask who writes the "
        "other values.",
        'source document ("may be managed by a different application")',
        ("ATTR-4",),
        other_attribute_values,
    ),
    Cause(
        "document-older",
        "The settings were changed between the symptom and the export, so the document shows another state.",
        tuple(Symptom),
        "Export the document again and compare the two with exum-routing diff.",
        "follows from what a document is",
        (),
        always_by_hand,
    ),
)
"""Every cause, in the order of a call's way, which says nothing of how likely a cause is."""
