'use strict';

// The Request-URI: URI-1 to URI-8, UM-4.

const { refuseUnless } = require('./refusal.js');
const { lower, readName, readFqdn, readSipAddress, domainOf } = require('./names.js');
const { readOrganization } = require('./policies.js');
const { readSipUri, meansVoicemail, encodePart } = require('./sip-uri.js');

const USUAL_LAYOUT = { Server: 'maddr', Organization: 'ms-organization', PhoneContext: 'phone-context' };
const LAYOUT_KEYS = Object.keys(USUAL_LAYOUT);
const RESERVED = ['transport', 'user', 'method', 'ttl', 'lr', 'opaque'];
const VOICE_MAIL = ';opaque=app:voicemail';

function readLayoutName(value) {
  refuseUnless(typeof value === 'string' && /^[A-Za-z0-9\-.!*_+'~]+$/.test(value), 'no name of a parameter');
  const name = lower(value);
  refuseUnless(!RESERVED.includes(name), 'a reserved name');
  return name;
}

function readLayout(given) {
  const layout = {};
  for (const [key, usual] of Object.entries(USUAL_LAYOUT)) {
    layout[key] = Object.hasOwn(given, key) ? readLayoutName(given[key]) : usual;
  }
  refuseUnless(new Set(Object.values(layout)).size === 3, 'names that are not distinct');
  return layout;
}

/** The servers in the order in which a call of this turn tries them; there is one at least, and the turn is a BigInt. */
function serversInOrder(servers, turn) {
  const count = BigInt(servers.length);
  const first = Number(((turn % count) + count) % count);
  return [...servers.slice(first), ...servers.slice(0, first)];
}

function hostedUri(subject, decision, layout) {
  const number = subject.DisplayNumber;
  const owner = number === undefined ? subject.SipAddress : `sip:${number}@${domainOf(subject.SipAddress)}`;
  const phone = number === undefined ? '' : ';user=phone';
  const tenants = decision.organizations.join('%2C');
  const organization = tenants && `;${layout.Organization}=${tenants}`;
  return `${owner};${layout.Server}=${decision.policy.Destination}${phone}${VOICE_MAIL}${organization}`;
}

function onPremisesUri(subject, decision, layout, turn) {
  const { servers, dialPlan } = decision;
  const server = servers.length === 0 ? '' : `;${layout.Server}=${serversInOrder(servers, turn)[0]}`;
  return `${subject.SipAddress}${server};${layout.PhoneContext}=${encodePart(dialPlan, 'parameter')}${VOICE_MAIL}`;
}

function requestUri(subject, decision, layout, turn) {
  return decision.route === 'HostedUm'
    ? hostedUri(subject, decision, layout)
    : onPremisesUri(subject, decision, layout, turn);
}

function readRequestUri(value, layout) {
  const uri = readSipUri(value);
  refuseUnless(meansVoicemail(uri), 'does not mean voice mail');
  const part = (name, read, missing) => {
    const text = uri.parameters.get(name) ?? null;
    return text === null ? missing : read(text);
  };
  return {
    Owner: readSipAddress(uri.origin),
    Destination: part(layout.Server, readFqdn, null),
    Organizations: part(layout.Organization, readOrganization, []),
    PhoneContext: part(layout.PhoneContext, readName, null),
  };
}

module.exports = { LAYOUT_KEYS, readLayout, serversInOrder, requestUri, readRequestUri };
