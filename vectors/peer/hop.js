'use strict';

// A hop that the INVITE left, and the next hop.

const PORT = 5061;

function nextHop(station, host) {
  return { Hop: station, Host: host, Port: PORT, Transport: 'TLS' };
}

/** `next` is the station of the next hop, and its host or null. */
function forwarded(hop, invite, [station, host], clauses) {
  return { Hop: hop, Invite: invite, NextHop: nextHop(station, host), Clauses: [...new Set(clauses)] };
}

module.exports = { forwarded, nextHop };
