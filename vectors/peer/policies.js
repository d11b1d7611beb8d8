'use strict';

// Hosted voice mail policies: POL-1, POL-3, POL-5, POL-6, POL-8, POL-11.

const { refuse, refuseUnless } = require('./refusal.js');
const { folded, readText, readName, readFqdn } = require('./names.js');

const GLOBAL = { scope: 'global', text: 'Global', key: 'global' };

/** Two names with one key are equal. */
function scoped(scope, name) {
  return { scope, text: `${scope}:${name}`, key: `${scope}:${folded(name)}` };
}

function readIdentity(value) {
  const text = readText(value);
  if (folded(text) === 'global') return GLOBAL;
  const colon = text.indexOf(':');
  if (colon < 0) return scoped('tag', readName(text));
  const prefix = folded(text.slice(0, colon));
  if (prefix !== 'site' && prefix !== 'tag') refuse('a prefix of no scope');
  return scoped(prefix, readName(text.slice(colon + 1)));
}

function readAssignedPolicy(value) {
  const identity = readIdentity(value);
  refuseUnless(identity.scope === 'tag', 'cannot be assigned');
  return identity;
}

/** A site's name, without `site:`. */
function readSite(value) {
  const site = readName(readText(value).replace(/^site:/i, ''));
  refuseUnless(!/^site:/i.test(site), 'the prefix twice');
  return site;
}

function readDestination(value) {
  return value === '' ? null : readFqdn(value);
}

/** The tenants, each once. */
function readOrganization(value) {
  refuseUnless(typeof value === 'string', 'no text');
  if (value === '') return [];
  return [...new Set(value.split(',').map((entry) => readFqdn(withoutSpacesAround(entry))))];
}

function withoutSpacesAround(text) {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start += 1;
  while (end > start && text[end - 1] === ' ') end -= 1;
  return text.slice(start, end);
}

/** `policies` by the keys of their Identities, `sites` by the names of their pools. */
function effectivePolicy(subject, policies, sites) {
  const assigned = subject.HostedVoicemailPolicy;
  const site = sites.get(subject.RegistrarPool);
  return (assigned && policies.get(assigned.key))
    ?? (site !== undefined ? policies.get(scoped('site', site).key) : undefined)
    ?? policies.get(GLOBAL.key);
}

/** POL-11: there are site policies, and nobody knows whether one of them applies. */
function siteMatters(subject, policies, sites) {
  const assigned = subject.HostedVoicemailPolicy;
  const perUser = assigned !== null && policies.has(assigned.key);
  const anySitePolicy = [...policies.values()].some((policy) => policy.Identity.scope === 'site');
  return anySitePolicy && !perUser && !sites.has(subject.RegistrarPool);
}

module.exports = {
  siteMatters,
  GLOBAL, readIdentity, readAssignedPolicy, readSite, readDestination, readOrganization, effectivePolicy,
};
