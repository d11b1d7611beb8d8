'use strict';

// The cmdlets and their parameters: the table of docs/spec/administration.md.

const { refuseUnless } = require('./refusal.js');
const { folded, readText } = require('./names.js');

const COMMON = `Verbose- Debug- OutBuffer- OutVariable- ErrorVariable^ WarningVariable^ InformationVariable^
  PipelineVariable^`;
const CONFIRMED = 'WhatIf# Confirm-';
const CHANGES = `${CONFIRMED} Force-`;
const MAKES = `${CHANGES} InMemory#`;

// A mark behind a name: * required, ? may be $null, ! flag, # switch, % level, - without bearing, ^ cannot be given.
const TABLE = {
  'New-CsHostedVoicemailPolicy': `Identity* Description? Destination? Organization? Tenant- ${MAKES}`,
  'Set-CsHostedVoicemailPolicy': `Identity Description? Destination? Organization? Instance^ Tenant- ${CHANGES}`,
  'Get-CsHostedVoicemailPolicy': 'Identity Filter LocalStore- Tenant-',
  'Grant-CsHostedVoicemailPolicy': `PolicyName*? Identity* PassThru# Tenant- DomainController- ${CONFIRMED}`,
  'Remove-CsHostedVoicemailPolicy': `Identity* Tenant- ${CHANGES}`,
  'Set-CsUser': `Identity* HostedVoiceMail!? EnterpriseVoiceEnabled! SipAddress^ Enabled^ PassThru# DomainController-
    AcpInfo- AudioVideoDisabled- EnabledForFederation- EnabledForInternetAccess- EnabledForRichPresence-
    ExchangeArchivingPolicy- IPPBXSoftPhoneRoutingEnabled- LineServerURI- LineURI- OnPremLineURI- PrivateLine-
    RemoteCallControlTelephonyEnabled- ${CONFIRMED}`,
  'Move-CsUser': `Identity* Target* PassThru# UserList^ UseLegacyMode- IgnoreBackendStoreException-
    MoveConferenceData- UseOAuth- MoveToTeams- BypassAudioConferencingCheck- BypassEnterpriseVoiceCheck- Credential-
    HostedMigrationOverrideUrl- TenantAdminUserName- AccessTokens- Report- ProxyPool- DomainController- ${CHANGES}`,
  'Get-CsUser': `Identity OU UnassignedUser# LdapFilter^ OnModernServer^ OnOfficeCommunicationServer^
    DomainController- Credential-`,
  'Get-CsEffectivePolicy': 'Identity* DomainController- Credential-',
  'New-CsHostingProvider': `Identity* ProxyFqdn* Enabled*! EnabledSharedAddressSpace! HostsOCSUsers! IsLocal!
    VerificationLevel% AutodiscoverUrl- SipClientPort- ${MAKES}`,
  'Set-CsHostingProvider': `Identity* Enabled! EnabledSharedAddressSpace! HostsOCSUsers! IsLocal! VerificationLevel%
    ProxyFqdn^ Instance^ AutodiscoverUrl- SipClientPort- ${CHANGES}`,
  'Get-CsHostingProvider': 'Identity Filter LocalStore-',
  'Enable-CsHostingProvider': `Identity* Instance^ ${CHANGES}`,
  'Disable-CsHostingProvider': `Identity* Instance^ ${CHANGES}`,
  'Remove-CsHostingProvider': `Identity* ${CHANGES}`,
  'Set-CsAccessEdgeConfiguration': `UseDnsSrvRouting# UseDefaultRouting# AllowFederatedUsers! EnablePartnerDiscovery!
    DefaultRouteFqdn Instance^ Identity- AllowOutsideUsers- AllowAnonymousUsers- BeClearingHouse-
    CertificatesDeletedPercentage- DiscoveredPartnerReportPeriodMinutes- DiscoveredPartnerStandardRate-
    DiscoveredPartnerVerificationLevel- DnsSrvCacheRecordCount- EnableArchivingDisclaimer- EnableUserReplicator-
    SkypeSearchUrl- EnableDiscoveredPartnerContactsLimit- IsPublicProvider- KeepCrlsUpToDateForPeers-
    MarkSourceVerifiableOnOutgoingMessages- MaxAcceptedCertificatesStored- MaxContactsPerDiscoveredPartner-
    MaxRejectedCertificatesStored- OutgoingTlsCountForFederatedPartners- VerificationLevel- ${CHANGES}`,
  'Get-CsAccessEdgeConfiguration': 'Identity- LocalStore- Filter^',
  'New-CsExUmContact': `SipAddress* RegistrarPool* DisplayNumber* OU* AutoAttendant! PassThru- Description-
    DomainController- ${CONFIRMED}`,
  'Set-CsExUmContact': `Identity* SipAddress DisplayNumber AutoAttendant! Enabled^ EnterpriseVoiceEnabled^ PassThru#
    Description- DomainController- ExchangeArchivingPolicy- ${CONFIRMED}`,
  'Move-CsExUmContact': `Identity* Target* PassThru# UserList^ UseLegacyMode- IgnoreBackendStoreException- Report-
    ProxyPool- DomainController- ${CHANGES}`,
  'Get-CsExUmContact': 'Identity LdapFilter^ OU^ DomainController- Credential-',
  'Remove-CsExUmContact': `Identity* DomainController- ${CONFIRMED}`,
  'Exchange-SetsHostedVoiceMail': 'Identity* Enabled*!',
};

const LEVELS = new Map(['AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification'].map((level) => [folded(level), level]));

function readFlag(value) {
  refuseUnless(typeof value === 'boolean', 'no flag');
  return value;
}

/** A switch that is off is not given. */
function readSwitch(value) {
  return readFlag(value) || undefined;
}

function readLevel(value) {
  const level = LEVELS.get(folded(readText(value)));
  refuseUnless(level !== undefined, 'no verification level');
  return level;
}

const READERS = { '!': readFlag, '#': readSwitch, '%': readLevel };

function parameterOf(word) {
  const [, name, marks] = /^([A-Za-z]+)(.*)$/.exec(word);
  const reader = Object.keys(READERS).find((mark) => marks.includes(mark));
  return [name, {
    required: marks.includes('*'),
    nullable: marks.includes('?'),
    idle: marks.includes('-'),
    refused: marks.includes('^'),
    read: READERS[reader] ?? readText,
  }];
}

const CMDLETS = new Map(Object.entries(TABLE).map(([name, words]) => {
  const common = name.startsWith('Exchange-') ? [] : COMMON.split(/\s+/);
  return [name, new Map([...words.split(/\s+/), ...common].map(parameterOf))];
}));

/** Whether the cmdlet and all of its parameters have names of the table. */
function isKnown({ Cmdlet, Parameters }) {
  const parameters = CMDLETS.get(Cmdlet);
  return parameters !== undefined && Object.keys(Parameters).every((name) => parameters.has(name));
}

/** The values of the parameters that bear on anything; one that is not given is undefined. */
function readParameters({ Cmdlet, Parameters }) {
  const given = {};
  for (const [name, parameter] of CMDLETS.get(Cmdlet)) {
    const value = Object.hasOwn(Parameters, name) ? Parameters[name] : undefined;
    refuseUnless(value !== undefined || !parameter.required, 'a required parameter is missing');
    if (value === undefined || parameter.idle) continue;
    refuseUnless(!parameter.refused, 'a parameter that cannot be given');
    given[name] = value === null && parameter.nullable ? null : parameter.read(value);
  }
  return given;
}

module.exports = { isKnown, readParameters };
