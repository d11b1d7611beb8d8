'use strict';

// Users' cmdlets, and what Exchange does: CMD-6 to CMD-9, ATTR-9.

const { refuseUnless } = require('./refusal.js');
const { folded, readDistinguishedName, readFqdn } = require('./names.js');
const { effectivePolicy } = require('./policies.js');
const { allOf, result, printed, put } = require('./store.js');
const { usersNamed, theUser } = require('./users-by-name.js');

const PART = 'Users';
const OURS = ['CsHostedVoiceMail=0', 'CsHostedVoiceMail=1'];

/** The values with the author's pair, in the place of the one that was there. */
function withPair(values, author, enabled) {
  const pair = `${author}=${enabled ? 1 : 0}`;
  const at = values.findIndex((value) => value === `${author}=0` || value === `${author}=1`);
  return at < 0 ? [...values, pair] : values.map((value, index) => (index === at ? pair : value));
}

function checkPolicy(user, enabled, store, reading) {
  const usable = effectivePolicy(user, store.HostedVoicemailPolicies, store.sites).Destination !== null;
  if (enabled) refuseUnless(usable, 'no usable policy applies');
  else refuseUnless(!usable || reading.Disabling === 'ALWAYS_ALLOWED', 'a usable policy applies');
}

function setUser({ Identity, HostedVoiceMail, EnterpriseVoiceEnabled, PassThru }, store, reading) {
  const user = { ...theUser(store, Identity) };
  const values = user.msExchUCVoiceMailSettings;
  let warnings = 0;
  if (HostedVoiceMail === null) user.msExchUCVoiceMailSettings = [];
  else if (HostedVoiceMail !== undefined) {
    checkPolicy(user, HostedVoiceMail, store, reading);
    warnings = values.every((value) => OURS.includes(value)) ? 0 : 1;
    const written = warnings === 0 || reading.ForeignValue === 'WARN_AND_WRITE';
    if (written) user.msExchUCVoiceMailSettings = withPair(values, 'CsHostedVoiceMail', HostedVoiceMail);
  }
  if (EnterpriseVoiceEnabled !== undefined) user.EnterpriseVoiceEnabled = EnterpriseVoiceEnabled;
  return { ...printed(PART, PassThru ? [user] : []), warnings, changes: [put(PART, user)] };
}

function moveUser({ Identity, Target, PassThru }, store) {
  const pool = readFqdn(Target);
  const user = { ...theUser(store, Identity), RegistrarPool: pool };
  const online = allOf(store, 'HostingProviders').some((provider) => provider.ProxyFqdn === pool);
  refuseUnless(!online && !pool.startsWith('sipfed.'), 'a service that homes accounts online');
  return { ...printed(PART, PassThru ? [user] : []), changes: [put(PART, user)] };
}

function getUser({ Identity, OU, UnassignedUser }, store) {
  const users = Identity === undefined ? allOf(store, PART) : usersNamed(store, Identity);
  refuseUnless(Identity === undefined || Identity.includes('*') || users.length === 1, 'not one user');
  if (OU !== undefined) readDistinguishedName(OU);
  const end = OU === undefined ? '' : `,${folded(OU)}`;
  const isWithin = (user) => end === '' || folded(user.DistinguishedName ?? '').endsWith(end);
  const within = users.filter(isWithin);
  const warnings = OU === undefined || allOf(store, PART).some(isWithin) ? 0 : 1;
  if (!UnassignedUser) return { ...printed(PART, within), warnings };
  // A deployment names pools, and never says that there is none.
  refuseUnless(within.every((user) => (user.RegistrarPool ?? null) !== null), 'a pool that is not known');
  return { ...printed(PART, []), warnings };
}

function exchangeSets({ Identity, Enabled }, store) {
  const user = theUser(store, Identity);
  const values = withPair(user.msExchUCVoiceMailSettings, 'ExchangeHostedVoiceMail', Enabled);
  return result({ changes: [put(PART, { ...user, msExchUCVoiceMailSettings: values })] });
}

module.exports = {
  'Set-CsUser': setUser,
  'Move-CsUser': moveUser,
  'Get-CsUser': getUser,
  'Exchange-SetsHostedVoiceMail': exchangeSets,
};
