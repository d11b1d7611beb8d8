'use strict';

// The cmdlets of hosted voice mail policies: CMD-1 to CMD-5.

const { orNull, refuseUnless } = require('./refusal.js');
const { readSipAddress } = require('./names.js');
const { GLOBAL, readIdentity, readDestination, readOrganization, effectivePolicy } = require('./policies.js');
const { allOf, find, theOne, result, printed, put, taken } = require('./store.js');
const { filterMatcher } = require('./wildcard.js');
const { theUser } = require('./users-by-name.js');

const PART = 'HostedVoicemailPolicies';

function emptyPolicy(identity) {
  return { Identity: identity, Description: null, Destination: null, Organization: [] };
}

function changed(policy, { Description, Destination, Organization }) {
  return {
    Identity: policy.Identity,
    Description: Description === undefined ? policy.Description : Description,
    Destination: Destination === undefined ? policy.Destination : readDestination(Destination ?? ''),
    Organization: Organization === undefined ? policy.Organization : readOrganization(Organization ?? ''),
  };
}

function thePolicy(store, identity) {
  return theOne(store, PART, readIdentity(identity).key);
}

function newPolicy(parameters, store) {
  const identity = readIdentity(parameters.Identity);
  refuseUnless(identity !== GLOBAL && find(store, PART, identity.key) === undefined, 'the policy exists');
  const policy = changed(emptyPolicy(identity), parameters);
  return { ...printed(PART, [policy]), changes: [put(PART, policy)] };
}

function setPolicy(parameters, store) {
  return result({ changes: [put(PART, changed(thePolicy(store, parameters.Identity ?? 'Global'), parameters))] });
}

function getPolicy({ Identity, Filter }, store) {
  if (Identity !== undefined) return printed(PART, [thePolicy(store, Identity)]);
  const matches = filterMatcher(Filter ?? '*');
  return printed(PART, allOf(store, PART).filter((policy) => matches(policy.Identity.text)));
}

/** The part and the account: a contact by its address, else a user. */
function theAccount(store, identity) {
  const contact = find(store, 'UmContacts', orNull(readSipAddress, identity));
  return contact === undefined ? ['Users', theUser(store, identity)] : ['UmContacts', contact];
}

function grantPolicy({ PolicyName, Identity, PassThru }, store) {
  const policy = PolicyName === null || PolicyName === '' ? null : thePolicy(store, PolicyName).Identity;
  refuseUnless(policy === null || policy.scope === 'tag', 'no per-user policy');
  const [part, account] = theAccount(store, Identity);
  const granted = { ...account, HostedVoicemailPolicy: policy };
  return { ...printed(part, PassThru ? [granted] : []), changes: [put(part, granted)] };
}

function removePolicy({ Identity }, store) {
  const policy = thePolicy(store, Identity);
  if (policy.Identity !== GLOBAL) return result({ changes: [taken(PART, policy)] });
  return result({ warnings: 1, changes: [put(PART, emptyPolicy(GLOBAL))] });
}

function getEffectivePolicy({ Identity }, store) {
  return printed(PART, [effectivePolicy(theUser(store, Identity), store[PART], store.sites)]);
}

module.exports = {
  'New-CsHostedVoicemailPolicy': newPolicy,
  'Set-CsHostedVoicemailPolicy': setPolicy,
  'Get-CsHostedVoicemailPolicy': getPolicy,
  'Grant-CsHostedVoicemailPolicy': grantPolicy,
  'Remove-CsHostedVoicemailPolicy': removePolicy,
  'Get-CsEffectivePolicy': getEffectivePolicy,
};
