'use strict';

// The Front End's stage of a call: CALL-2 to CALL-6, CALL-13.

const { domainOf, lower } = require('./names.js');
const { readSipUri } = require('./sip-uri.js');
const { isContact, prepare, decide } = require('./routing.js');
const { requestUri, serversInOrder } = require('./request-uri.js');
const { addressOf, addressIn, headerKey, withoutBlanksAround } = require('./header.js');
const { valuesOf } = require('./invite.js');
const { refusedAt } = require('./sip-response.js');
const { forwarded } = require('./hop.js');

const HOP = 'Front End';

function calleeOf(address, { Users, UmContacts }) {
  if (address === null) return undefined;
  const named = [...Users, ...UmContacts].find((one) => one.SipAddress === address);
  if (named !== undefined) return named;
  const number = address.slice('sip:'.length, address.indexOf('@'));
  const numbered = UmContacts.filter((contact) => contact.DisplayNumber === number);
  return numbered.length === 1 ? numbered[0] : undefined;
}

/** The host that refuses a call to someone. */
function hostOf(subject) {
  return subject.RegistrarPool ?? domainOf(subject.SipAddress);
}

function hasMsFe(invite) {
  return valuesOf(invite, 'supported')
    .some((value) => value.split(',').some((tag) => lower(withoutBlanksAround(tag)) === 'ms-fe'));
}

/** The URI less its parameters and headers, as spelled. */
function barely(uri) {
  const at = uri.indexOf('@');
  return uri.slice(0, at) + uri.slice(at).replace(/[;?][^]*$/, '');
}

function changedHeaders(invite, subject, address, gruu) {
  const taken = gruu === null ? ['diversion'] : ['diversion', 'ms-mras-address'];
  const headers = invite.Headers.filter((header) => !taken.includes(headerKey(header)));
  if (!hasMsFe(invite)) headers.push(['Supported', 'ms-fe']);
  if (gruu !== null) headers.push(['Ms-Mras-Address', `<${gruu}>`]);
  const [from] = valuesOf(invite, 'from');
  if (!isContact(subject) && addressIn(from) !== address) headers.push(['Diversion', `<${barely(invite.RequestUri)}>`]);
  return headers;
}

function clausesOf(invite, subject, decision, gruu) {
  const hosted = decision.route === 'HostedUm';
  const clauses = [
    ['UM-4', !hosted && decision.servers.length > 0],
    ['URI-6', !hosted],
    ['URI-1', hosted],
    ['CALL-2', valuesOf(invite, 'diversion').length > 0],
    ['URI-8', isContact(subject)],
    ['CALL-3', !isContact(subject)],
    ['CALL-4', gruu !== null],
    ['CALL-5', !hasMsFe(invite)],
  ];
  return [...decision.clauses, ...clauses.filter(([, holds]) => holds).map(([clause]) => clause)];
}

/** The UM server that is reached, undefined if none is, null where the decision names none. */
function reachedServer(decision, { turn, serversTried, unreachable }) {
  if (decision.servers.length === 0) return null;
  return serversInOrder(decision.servers, turn).slice(0, serversTried).find((server) => !unreachable.includes(server));
}

/** CALL-17: a contact object whose pool is known to run 2019. */
function isOnPoolOf2019(subject, deployment) {
  if (!isContact(subject)) return false;
  return deployment.Pools.some((pool) => pool.Identity === subject.RegistrarPool && pool.Version === '2019');
}

function frontEnd(invite, deployment, circumstances) {
  const address = addressOf(invite.RequestUri);
  const subject = calleeOf(address, deployment);
  if (subject === undefined) return refusedAt(HOP, readSipUri(invite.RequestUri).host, 'UNKNOWN_CALLEE', ['CALL-13']);
  const decision = decide(subject, prepare(deployment), circumstances.reading);
  const refused = (reason, clauses) => refusedAt(HOP, hostOf(subject), reason, [...decision.clauses, ...clauses]);
  if (decision.route === 'NotRouted') return refused(decision.reason, ['CALL-6']);
  if (isOnPoolOf2019(subject, deployment)) return refused('CONTACT_ON_2019_POOL', ['CALL-17', 'CALL-6']);
  const leaving = { ...decision };
  let next = ['Edge', deployment.EdgeReplica?.ReplicaFqdn ?? null];
  if (decision.route === 'OnPremisesUm') {
    const server = reachedServer(decision, circumstances);
    if (server === undefined) return refused('UNREACHABLE', ['UM-4', 'UM-5', 'CALL-6']);
    if (server !== null) leaving.servers = [server];
    next = ['UM server', server];
  }
  const gruu = deployment.AvEdgeGruu;
  const left = {
    ...invite,
    RequestUri: requestUri(subject, leaving, circumstances.layout, 0n),
    Headers: changedHeaders(invite, subject, address, gruu),
  };
  return forwarded(HOP, left, next, clausesOf(invite, subject, decision, gruu));
}

module.exports = { calleeOf, hostOf, frontEnd };
