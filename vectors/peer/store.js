'use strict';

// The deployment that cmdlets act on, its objects by their keys.

const { refuseUnless } = require('./refusal.js');
const { folded } = require('./names.js');
const { writePart } = require('./document.js');

const KEYS = {
  HostedVoicemailPolicies: (policy) => policy.Identity.key,
  HostingProviders: (provider) => folded(provider.Identity),
  Users: (user) => user.SipAddress,
  UmContacts: (contact) => contact.SipAddress,
};

function storeOf(deployment) {
  const store = { deployment, AccessEdgeConfiguration: deployment.AccessEdgeConfiguration };
  for (const [part, keyOf] of Object.entries(KEYS)) {
    store[part] = new Map(deployment[part].map((object) => [keyOf(object), object]));
  }
  store.sites = new Map(deployment.Pools.map((pool) => [pool.Identity, pool.Site]));
  return store;
}

/** The objects of a part, in document order. */
function allOf(store, part) {
  return [...store[part].values()];
}

function find(store, part, key) {
  return store[part].get(key);
}

function theOne(store, part, key) {
  const object = find(store, part, key);
  refuseUnless(object !== undefined, 'nothing has this Identity');
  return object;
}

/** What a cmdlet does: what it prints, how many warnings it gives, and its changes, [part, key, object or null]. */
function result({ output = [], warnings = 0, changes = [] } = {}) {
  return { output, warnings, changes };
}

function printed(part, objects) {
  return result({ output: writePart(part, objects) });
}

/** The change that an object of a part takes its place. */
function put(part, object) {
  return [part, KEYS[part](object), object];
}

function taken(part, object) {
  return [part, KEYS[part](object), null];
}

function change(store, changes) {
  for (const [part, key, object] of changes) {
    if (part === 'AccessEdgeConfiguration') store[part] = object;
    else if (object === null) store[part].delete(key);
    else store[part].set(key, object);
  }
}

function deploymentOf(store) {
  const deployment = { ...store.deployment, AccessEdgeConfiguration: store.AccessEdgeConfiguration };
  for (const part of Object.keys(KEYS)) deployment[part] = allOf(store, part);
  return deployment;
}

/** Only what is given, of the parameters named. */
function given(parameters, names) {
  return Object.fromEntries(names.filter((name) => parameters[name] !== undefined).map((name) => [name, parameters[name]]));
}

module.exports = { storeOf, allOf, find, theOne, result, printed, put, taken, change, deploymentOf, given };
