'use strict';

// The stage of a hosted UM service: CALL-7, CALL-14, CALL-15.

const { orNull } = require('./refusal.js');
const { lower } = require('./names.js');
const { readSipUri } = require('./sip-uri.js');
const { readRequestUri } = require('./request-uri.js');
const { addressOf, addressIn } = require('./header.js');
const { valuesOf } = require('./invite.js');
const { refusedAt } = require('./sip-response.js');
const { nextHop } = require('./hop.js');

function organizationsOf(uri, layout) {
  return orNull((value) => readRequestUri(value, layout).Organizations, uri) ?? [];
}

function tenantOf(service, organizations) {
  const tenants = new Map((service.Tenants ?? []).map((tenant) => [tenant.Organization, tenant]));
  const hosted = organizations.find((organization) => tenants.has(organization));
  return tenants.get(hosted);
}

/** The owner whom the headers name, or null. */
function ownerOf(invite) {
  const diversions = valuesOf(invite, 'diversion');
  if (diversions.length > 0) return diversions.length === 1 ? addressIn(diversions[0]) : null;
  const [to] = valuesOf(invite, 'to').map(addressIn);
  const [from] = valuesOf(invite, 'from').map(addressIn);
  return to === from ? to : null;
}

function hostedUm(invite, service, layout) {
  const refused = (reason) => refusedAt('Hosted UM', service.Fqdn, reason, ['CALL-7', 'CALL-14']);
  const handedOver = (clauses, more = {}) => ({
    Outcome: 'HandedOver', NextHop: nextHop('Hosted UM', service.Fqdn), ...more, Clauses: clauses,
  });
  const organizations = organizationsOf(invite.RequestUri, layout);
  if (service.Tenants === null && organizations.length > 0) return handedOver(['CALL-7']);
  const tenant = tenantOf(service, organizations);
  if (tenant === undefined) return refused('NO_TENANT');
  const { Organization } = tenant;
  if (lower(readSipUri(invite.RequestUri).parameters.get('user') ?? '') === 'phone') {
    return handedOver(['CALL-7', 'CALL-15'], { Organization });
  }
  const owner = ownerOf(invite);
  if (owner === null || owner !== addressOf(invite.RequestUri)) return refused('NO_OWNER');
  if (tenant.Mailboxes === null) return handedOver(['CALL-7'], { Organization });
  const mailbox = tenant.Mailboxes.find((one) => one.SipAddress === owner);
  if (mailbox === undefined) return refused('NO_MAILBOX');
  if (!mailbox.VoicemailEnabled) return refused('VOICE_MAIL_NOT_ENABLED');
  const { SipAddress: Mailbox, Home } = mailbox;
  return handedOver(['CALL-7', 'CALL-8'], { Organization, Mailbox, Home, Transcribed: tenant.EnableTranscription });
}

module.exports = { hostedUm };
