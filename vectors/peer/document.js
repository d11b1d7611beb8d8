'use strict';

// The deployment document: reading it, all of its faults, and its canonical form.

const { Refusal, refuseUnless } = require('./refusal.js');
const { lower, readText, readName, readFqdn, readSipAddress } = require('./names.js');
const { readSettings, readProxyAddress } = require('./attributes.js');
const {
  GLOBAL, readIdentity, readAssignedPolicy, readSite, readDestination, readOrganization,
} = require('./policies.js');

// What a refused value is read as. Null is a value that is not given.
const FAULTY = undefined;

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf(path, key) {
  return path === '' ? key : `${path}.${key}`;
}

/** Reads a value; if it is refused, its path is a fault. */
function readAt(read, value, path, faults) {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    faults.push(path);
    return FAULTY;
  }
}

/** Every item is read by itself, and what is faulty below it makes it faulty. */
function readItems(value, path, faults, readItem) {
  if (!Array.isArray(value)) {
    faults.push(path);
    return FAULTY;
  }
  return value.map((item, index) => {
    const before = faults.length;
    const result = readItem(item, `${path}[${index}]`);
    return faults.length === before ? result : FAULTY;
  });
}

function readObject(value, fields, path, faults) {
  if (!isObject(value)) {
    faults.push(path);
    return FAULTY;
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(fields, key)) faults.push(pathOf(path, key));
  }
  const result = {};
  for (const [key, field] of Object.entries(fields)) {
    const given = Object.hasOwn(value, key) ? value[key] : null;
    if (given !== null) result[key] = field.read(given, pathOf(path, key), faults);
    else if (field.required) faults.push(pathOf(path, key));
    else result[key] = field.otherwise;
  }
  return result;
}

/** At fault: the second and each later of the items with one key. Faulty ones are passed over. */
function repeatedIndexes(items, keyOf) {
  const seen = new Set();
  const repeated = [];
  items.forEach((item, index) => {
    if (item === FAULTY) return;
    const key = keyOf(item);
    if (seen.has(key)) repeated.push(index);
    seen.add(key);
  });
  return repeated;
}

// The kinds of fields. `write` is left out where a value is written as it is.

function single(read, more) {
  return { read: (value, path, faults) => readAt(read, value, path, faults), otherwise: null, ...more };
}

function flag(otherwise) {
  return single((value) => {
    refuseUnless(typeof value === 'boolean', 'no flag');
    return value;
  }, { otherwise });
}

function oneOf(choices, otherwise) {
  return single((value) => {
    refuseUnless(choices.includes(value), 'no choice');
    return value;
  }, { otherwise });
}

function object(fields, check) {
  return {
    read(value, path, faults) {
      const result = readObject(value, fields, path, faults);
      if (result !== FAULTY) check(result, path, faults);
      return result;
    },
    otherwise: null,
    write: (value) => writeObject(value, fields),
  };
}

function objects(fields, more) {
  return {
    read: (value, path, faults) => readItems(
      value, path, faults, (item, itemPath) => readObject(item, fields, itemPath, faults),
    ),
    otherwise: [],
    write: (items) => items.map((item) => writeObject(item, fields)),
    ...more,
  };
}

function required(field) {
  return { ...field, required: true };
}

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

function readServers(value, path, faults) {
  const servers = objects(SERVER).read(value, path, faults);
  const sound = servers !== FAULTY && !servers.includes(FAULTY);
  if (sound && repeatedIndexes(servers, (server) => server.Fqdn).length > 0) faults.push(path);
  return servers;
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

const POLICY = {
  Identity: required(single(readIdentity, byText)),
  Description: single(readText),
  Destination: single(readDestination),
  Organization: single(readOrganization, { otherwise: [], write: (tenants) => tenants.join(', ') }),
};

const POOL = {
  Identity: required(single(readFqdn)),
  Site: required(single(readSite)),
};

const SERVER = {
  Fqdn: required(single(readFqdn)),
  MajorVersion: required(single(readMajorVersion)),
  Enabled: flag(true),
};

const DIAL_PLAN = {
  PhoneContext: required(single(readName)),
  UriType: oneOf(['TelExtn', 'E164', 'SipName'], 'SipName'),
  UmServers: objects(SERVER, { read: readServers }),
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
};

const UNIQUE = [
  ['HostedVoicemailPolicies', 'Identity', (identity) => identity.key],
  ['HostingProviders', 'Identity', lower],
  ['HostingProviders', 'ProxyFqdn', (fqdn) => fqdn],
  ['Pools', 'Identity', (fqdn) => fqdn],
  ['UmDialPlans', 'PhoneContext', lower],
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

function isDefault(value, otherwise) {
  return value === null || value === otherwise
    || Array.isArray(value) && Array.isArray(otherwise) && value.length === 0;
}

function writeObject(value, fields) {
  const written = {};
  for (const [key, field] of Object.entries(fields)) {
    if (isDefault(value[key], field.otherwise)) continue;
    written[key] = field.write ? field.write(value[key]) : value[key];
  }
  return written;
}

function writeDeployment(deployment) {
  return writeObject(deployment, DEPLOYMENT);
}

module.exports = { isObject, readDeployment, writeDeployment };
