'use strict';

// Refusals of a call as SIP responses: CALL-6.

const UNAVAILABLE = [480, 'Temporarily Unavailable'];
const NOT_FOUND = [404, 'Not Found'];
const SERVER_ERROR = [500, 'Server Internal Error'];
const TIME_OUT = [504, 'Server Time-out'];

const RESPONSES = {
  NO_VOICE_MAIL: [UNAVAILABLE, null, 'The user has no voice mail'],
  HOSTED_VOICE_MAIL_DISABLED: [UNAVAILABLE, null, 'The user is disabled for hosted voice mail'],
  POLICY_WITHOUT_DESTINATION: [UNAVAILABLE, null, 'The hosted voice mail policy names no Destination'],
  NO_DIAL_PLAN: [UNAVAILABLE, null, 'The UM dial plan does not exist'],
  NO_UM_SERVER: [UNAVAILABLE, null, 'The UM dial plan has no UM server'],
  UNKNOWN_CALLEE: [NOT_FOUND, 1003, 'User does not exist'],
  CONTACT_ON_2019_POOL: [
    SERVER_ERROR, 15000, 'Unable to read the user properties publication for the user or contact object',
  ],
  UNREACHABLE: [TIME_OUT, 15030, 'Failed to route to Exchange Server'],
  PROVIDER_UNREACHABLE: [TIME_OUT, null, 'The hosting provider does not answer'],
  REFUSED_AT_EDGE: [TIME_OUT, 1005, 'Cannot route to destination domain'],
  NO_TENANT: [NOT_FOUND, null, 'The service hosts none of the organizations'],
  NO_OWNER: [NOT_FOUND, null, 'The call does not name one owner of the voice mail'],
  NO_MAILBOX: [NOT_FOUND, null, 'The tenant has no mailbox of the user'],
  VOICE_MAIL_NOT_ENABLED: [UNAVAILABLE, null, 'Voice mail is not enabled for the user'],
};

/** The outcome of a call that ends at `hop`; `host` is that hop's. */
function refusedAt(hop, host, reason, clauses, more = {}) {
  const [[status, phrase], id, words] = RESPONSES[reason];
  return {
    Outcome: 'Refused',
    Hop: hop,
    Reason: reason,
    ...more,
    Status: status,
    ReasonPhrase: phrase,
    MsDiagnostics: id === null ? null : `${id};reason="${words}";source="${host}"${id >= 15000 ? ';appName="ExumRouting"' : ''}`,
    Clauses: clauses,
  };
}

/** CALL-18: what the caller gets of a call to hosted UM that fails after the Front End, which is `host`. */
function afterFrontEnd(host, destination, organizations) {
  const [, id, words] = RESPONSES.UNREACHABLE;
  const plan = organizations.length === 1 ? `;dialplan="Hosted__${destination}__${organizations[0]}"` : '';
  const MsDiagnostics = `${id};reason="${words}";source="${host}"${plan};appName="ExumRouting"`;
  return { Status: null, ReasonPhrase: null, MsDiagnostics };
}

module.exports = { refusedAt, afterFrontEnd };
