'use strict';

// The whole way of a call, and the Edge's stage of it: docs/spec/calls.md.

const { readSipUri } = require('./sip-uri.js');
const { readRequestUri } = require('./request-uri.js');
const { routeAtEdge } = require('./edge.js');
const { configurationAtEdge } = require('./replication.js');
const { goesToVoiceMail } = require('./invite.js');
const { calleeOf, hostOf, frontEnd } = require('./front-end.js');
const { addressOf } = require('./header.js');
const { hostedUm } = require('./hosted-um.js');
const { refusedAt, afterFrontEnd } = require('./sip-response.js');
const { forwarded } = require('./hop.js');

const HOP = 'Edge';

function edge(invite, deployment, { layout, unreachable }) {
  const host = deployment.EdgeReplica?.ReplicaFqdn ?? readSipUri(invite.RequestUri).host;
  const configuration = configurationAtEdge(deployment);
  const { EdgeRoute: route, EdgeRefusal: faults } = routeAtEdge(
    readRequestUri(invite.RequestUri, layout).Destination, configuration,
  );
  if (route === undefined) {
    const clauses = [...(configuration === null ? ['REPL-2'] : []), 'EDGE-7', 'CALL-6'];
    return refusedAt(HOP, host, 'REFUSED_AT_EDGE', clauses, { EdgeFaults: faults });
  }
  if (unreachable.includes(route.Host)) return refusedAt(HOP, host, 'PROVIDER_UNREACHABLE', ['EDGE-6', 'CALL-6']);
  return forwarded(HOP, invite, ['Hosted UM', route.Host], ['EDGE-6']);
}

function handedOver(hop) {
  return { Outcome: 'HandedOver', NextHop: hop.NextHop, Clauses: hop.Clauses };
}

function isOutcome(result) {
  return Object.hasOwn(result, 'Outcome');
}

/** Whether it is known what the Edge Server works from. */
function edgeIsKnown({ AccessEdgeConfiguration, EdgeReplica }) {
  return AccessEdgeConfiguration !== null || EdgeReplica !== null;
}

/** What the caller gets where a hop refuses: CALL-18 for one after the Front End. */
function toCaller({ Outcome, Hop, Status, ReasonPhrase, MsDiagnostics }, invite, left, deployment, layout) {
  if (Outcome !== 'Refused') return {};
  if (Hop === 'Front End') return { ToCaller: { Status, ReasonPhrase, MsDiagnostics } };
  const host = hostOf(calleeOf(addressOf(invite.RequestUri), deployment));
  const { Destination, Organizations } = readRequestUri(left.Invite.RequestUri, layout);
  return { ToCaller: afterFrontEnd(host, Destination, Organizations) };
}

/** The hops that the INVITE left, the outcome, and what the caller gets. */
function traceCall(invite, answered, deployment, circumstances) {
  const Hops = [];
  const { layout } = circumstances;
  const end = (Outcome) => ({ Hops, Outcome, ...toCaller(Outcome, invite, Hops[0], deployment, layout) });
  if (!goesToVoiceMail(invite, answered)) return end({ Outcome: 'NotVoiceMail', Clauses: ['CALL-1'] });
  const first = frontEnd(invite, deployment, circumstances);
  if (isOutcome(first)) return end(first);
  Hops.push(first);
  if (first.NextHop.Hop === 'UM server' || !edgeIsKnown(deployment)) return end(handedOver(first));
  const second = edge(first.Invite, deployment, circumstances);
  if (isOutcome(second)) return end(second);
  Hops.push(second);
  const service = deployment.HostedUmServices.find((one) => one.Fqdn === second.NextHop.Host);
  const outcome = hostedUm(second.Invite, service ?? { Fqdn: second.NextHop.Host, Tenants: null }, layout);
  return end(service === undefined && outcome.Outcome === 'HandedOver' ? handedOver(second) : outcome);
}

module.exports = { traceCall };
