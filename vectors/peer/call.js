'use strict';

// The whole way of a call, and the Edge's stage of it: docs/spec/calls.md.

const { readSipUri } = require('./sip-uri.js');
const { readRequestUri } = require('./request-uri.js');
const { routeAtEdge } = require('./edge.js');
const { configurationAtEdge } = require('./replication.js');
const { goesToVoiceMail } = require('./invite.js');
const { frontEnd } = require('./front-end.js');
const { hostedUm } = require('./hosted-um.js');
const { refusedAt } = require('./sip-response.js');
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
  if (unreachable.includes(route.Host)) return refusedAt(HOP, host, 'UNREACHABLE', ['EDGE-6', 'CALL-6']);
  return forwarded(HOP, invite, ['Hosted UM', route.Host], ['EDGE-6']);
}

function handedOver(hop) {
  return { Outcome: 'HandedOver', NextHop: hop.NextHop, Clauses: hop.Clauses };
}

function isOutcome(result) {
  return Object.hasOwn(result, 'Outcome');
}

/** The hops that the INVITE left, and the outcome. */
function traceCall(invite, answered, deployment, circumstances) {
  const Hops = [];
  const end = (Outcome) => ({ Hops, Outcome });
  if (!goesToVoiceMail(invite, answered)) return end({ Outcome: 'NotVoiceMail', Clauses: ['CALL-1'] });
  const first = frontEnd(invite, deployment, circumstances);
  if (isOutcome(first)) return end(first);
  Hops.push(first);
  if (first.NextHop.Hop === 'UM server') return end(handedOver(first));
  const second = edge(first.Invite, deployment, circumstances);
  if (isOutcome(second)) return end(second);
  Hops.push(second);
  const service = deployment.HostedUmServices.find((one) => one.Fqdn === second.NextHop.Host);
  return end(service === undefined ? handedOver(second) : hostedUm(second.Invite, service, circumstances.layout));
}

module.exports = { traceCall };
