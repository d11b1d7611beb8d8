'use strict';

// A hop that the INVITE left, and the next hop.

const PORT = 5061;

/** `next` is the station of the next hop, and its host or null. */
function forwarded(hop, invite, [station, host], clauses) {
  const nextHop = { Hop: station, Host: host, Port: PORT, Transport: 'TLS' };
  return { Hop: hop, Invite: invite, NextHop: nextHop, Clauses: [...new Set(clauses)] };
}

module.exports = { forwarded };
