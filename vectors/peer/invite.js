'use strict';

// The INVITE: CALL-1, CALL-16.

const { refuseUnless } = require('./refusal.js');
const { readSipUri, meansVoicemail } = require('./sip-uri.js');
const { readHeader, readHeaderUri, headerKey } = require('./header.js');

/** The values of the headers of one name, in order; the name is a long form in lower case. */
function valuesOf(invite, name) {
  return invite.Headers.filter((header) => headerKey(header) === name).map(([, value]) => value);
}

/** The INVITE with the blanks around its values taken off, and without an empty body. */
function readInvite(given) {
  readSipUri(given.RequestUri);
  const invite = { RequestUri: given.RequestUri, Headers: given.Headers.map(readHeader) };
  if (given.Body) invite.Body = given.Body;
  for (const name of ['from', 'to']) {
    const values = valuesOf(invite, name);
    refuseUnless(values.length === 1, `not one ${name}`);
    readHeaderUri(values[0]);
  }
  return invite;
}

function goesToVoiceMail(invite, answered) {
  return !answered || meansVoicemail(readSipUri(invite.RequestUri));
}

module.exports = { valuesOf, readInvite, goesToVoiceMail };
