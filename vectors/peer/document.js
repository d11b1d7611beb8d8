'use strict';

// The deployment document: reading it, all of its faults, and its canonical form.

const { refuseUnless } = require('./refusal.js');
const {
  FAULTY, isObject, readAt, readItems, readObject, repeatedIndexes, single, flag, oneOf, object, objects, distinctObjects,
  required, writeObject,
} = require('./fields.js');
const { folded, readText, readName, readFqdn, readSipAddress } = require('./names.js');
const { readSettings, readProxyAddress } = require('./attributes.js');
const { readSipUri, writeSipUri } = require('./sip-uri.js');
const {
  GLOBAL, readIdentity, readAssignedPolicy, readSite, readDestination, readOrganization,
} = require('./policies.js');

const byText = { write: (value) => value.text };

function readMajorVersion(value) {
  refuseUnless(Number.isInteger(value) && value >= 0 && value <= 63, 'no major version');
  return value;
}

function readDisplayNumber(value) {
  refuseUnless(typeof value === 'string' && /^\+?[1-9][0-9]*$/.test(value), 'no display number');
  return value;
}

function excludeOneAnother(edge) {
  return !edge.UseDnsSrvRouting && edge.EnablePartnerDiscovery
    || edge.UseDnsSrvRouting && edge.DefaultRouteFqdn !== null;
}

function checkAccessEdge(edge, path, faults) {
  if (!Object.values(edge).includes(FAULTY) && excludeOneAnother(edge)) faults.push(path);
}

/** A replica with Access Edge settings has hosting providers, none where they are missing; one without has none to be given. */
function checkReplica(replica, path, faults) {
  if (replica.AccessEdgeConfiguration !== null) replica.HostingProviders ??= [];
  else if (replica.HostingProviders !== null) faults.push(`${path}.HostingProviders`);
}

function readSettingsAt(value, path, faults) {
  const texts = readItems(value, path, faults, (item, itemPath) => readAt(readText, item, itemPath, faults));
  if (texts === FAULTY || texts.includes(FAULTY)) return FAULTY;
  return readAt(readSettings, texts, path, faults);
}

function readProxyAddressesAt(value, path, faults) {
  return readItems(value, path, faults, (item, itemPath) => readAt(readProxyAddress, item, itemPath, faults));
}

const ACCESS_EDGE = {
  UseDnsSrvRouting: flag(false),
  AllowFederatedUsers: flag(false),
  EnablePartnerDiscovery: flag(false),
  DefaultRouteFqdn: single(readFqdn),
};

const PROVIDER = {
  Identity: required(single(readName)),
  Enabled: flag(false),
  EnabledSharedAddressSpace: flag(false),
  HostsOCSUsers: flag(false),
  ProxyFqdn: required(single(readFqdn)),
  IsLocal: flag(false),
  VerificationLevel: oneOf(['AlwaysVerifiable', 'AlwaysUnverifiable', 'UseSourceVerification'], 'AlwaysVerifiable'),
};

const SAME_PROVIDER = [(provider) => folded(provider.Identity), (provider) => provider.ProxyFqdn];

const REPLICA = {
  ReplicaFqdn: single(readFqdn),
  AccessEdgeConfiguration: object(ACCESS_EDGE, checkAccessEdge),
  HostingProviders: distinctObjects(PROVIDER, SAME_PROVIDER, { otherwise: null }),
};

const MAILBOX = {
  SipAddress: required(single(readSipAddress)),
  Home: oneOf(['Online', 'OnPremises'], 'Online'),
  VoicemailEnabled: flag(true),
};

const TENANT = {
  Organization: required(single(readFqdn)),
  EnableTranscription: flag(true),
  Mailboxes: distinctObjects(MAILBOX, [(mailbox) => mailbox.SipAddress], { otherwise: null }),
};

const HOSTED_UM_SERVICE = {
  Fqdn: required(single(readFqdn)),
  Tenants: distinctObjects(TENANT, [(tenant) => tenant.Organization], { otherwise: null }),
};

const POLICY = {
  Identity: required(single(readIdentity, byText)),
  Description: single(readText),
  Destination: single(readDestination),
  Organization: single(readOrganization, { otherwise: [], write: (tenants) => tenants.join(', ') }),
};

const POOL = {
  Identity: required(single(readFqdn)),
  Site: required(single(readSite)),
  Version: oneOf(['2015', '2019'], null),
};

const SERVER = {
  Fqdn: required(single(readFqdn)),
  MajorVersion: required(single(readMajorVersion)),
  Enabled: flag(true),
};

const DIAL_PLAN = {
  PhoneContext: required(single(readName)),
  UriType: oneOf(['TelExtn', 'E164', 'SipName'], 'SipName'),
  UmServers: distinctObjects(SERVER, [(server) => server.Fqdn]),
};

const USER = {
  SipAddress: required(single(readSipAddress)),
  DisplayName: single(readText),
  UserPrincipalName: single(readText),
  SamAccountName: single(readText),
  DistinguishedName: single(readText),
  RegistrarPool: single(readFqdn),
  EnterpriseVoiceEnabled: flag(null),
  HostedVoicemailPolicy: single(readAssignedPolicy, byText),
  msExchUCVoiceMailSettings: { read: readSettingsAt, otherwise: [] },
  ProxyAddresses: {
    read: readProxyAddressesAt, otherwise: [], write: (entries) => entries.map((entry) => entry.text),
  },
};

const CONTACT = {
  SipAddress: required(single(readSipAddress)),
  RegistrarPool: single(readFqdn),
  DisplayNumber: required(single(readDisplayNumber)),
  AutoAttendant: flag(false),
  HostedVoicemailPolicy: single(readAssignedPolicy, byText),
};

const DEPLOYMENT = {
  AccessEdgeConfiguration: object(ACCESS_EDGE, checkAccessEdge),
  HostingProviders: objects(PROVIDER),
  HostedVoicemailPolicies: objects(POLICY),
  Pools: objects(POOL),
  UmDialPlans: objects(DIAL_PLAN, { otherwise: null }),
  Users: objects(USER),
  UmContacts: objects(CONTACT),
  HostedUmServices: objects(HOSTED_UM_SERVICE),
  EdgeReplica: object(REPLICA, checkReplica),
  AvEdgeGruu: single((value) => writeSipUri(readSipUri(value))),
};

const UNIQUE = [
  ['HostedVoicemailPolicies', 'Identity', (identity) => identity.key],
  ['HostingProviders', 'Identity', folded],
  ['HostingProviders', 'ProxyFqdn', (fqdn) => fqdn],
  ['Pools', 'Identity', (fqdn) => fqdn],
  ['UmDialPlans', 'PhoneContext', folded],
  ['HostedUmServices', 'Fqdn', (fqdn) => fqdn],
];

function checkUnique(deployment, faults) {
  for (const [part, key, same] of UNIQUE) {
    for (const index of repeatedIndexes(deployment[part] ?? [], (item) => same(item[key]))) {
      faults.push(`${part}[${index}].${key}`);
    }
  }
  const users = deployment.Users ?? [];
  const everyone = users.concat(deployment.UmContacts ?? []);
  for (const index of repeatedIndexes(everyone, (subject) => subject.SipAddress)) {
    const place = index < users.length ? `Users[${index}]` : `UmContacts[${index - users.length}]`;
    faults.push(`${place}.SipAddress`);
  }
}

function byCodePoint(one, other) {
  for (let at = 0; at < one.length && at < other.length;) {
    const difference = one.codePointAt(at) - other.codePointAt(at);
    if (difference !== 0) return difference;
    at += one.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return one.length - other.length;
}

function withGlobalPolicy(policies) {
  if (policies.some((policy) => policy.Identity === GLOBAL)) return policies;
  return [readObject({ Identity: 'Global' }, POLICY, '', []), ...policies];
}

/** The deployment and the paths of its faults; with faults the deployment is of no use. */
function readDeployment(value) {
  const found = [];
  const deployment = readObject(value, DEPLOYMENT, '', found);
  if (deployment !== FAULTY) checkUnique(deployment, found);
  const faults = [...new Set(found)].sort(byCodePoint);
  if (faults.length === 0) {
    deployment.HostedVoicemailPolicies = withGlobalPolicy(deployment.HostedVoicemailPolicies);
  }
  return { deployment, faults };
}

function writeDeployment(deployment) {
  return writeObject(deployment, DEPLOYMENT);
}

/** Objects of a part, or the one object that a part is, as they stand in a document. */
function writePart(part, value) {
  return DEPLOYMENT[part].write(value);
}

module.exports = { isObject, readDisplayNumber, readDeployment, writeDeployment, writePart };
