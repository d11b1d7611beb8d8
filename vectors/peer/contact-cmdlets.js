'use strict';

// The cmdlets of contact objects: CMD-12.

const { refuseUnless } = require('./refusal.js');
const { readDistinguishedName, readFqdn, readSipAddress } = require('./names.js');
const { readDisplayNumber } = require('./document.js');
const { allOf, find, theOne, result, printed, put, taken, given } = require('./store.js');

const PART = 'UmContacts';

function theContact(store, identity) {
  return theOne(store, PART, readSipAddress(identity));
}

/** The contact with what is given; `before` is what it was, undefined for a new one. */
function checked(parameters, store, before) {
  const contact = { ...before, ...given(parameters, ['AutoAttendant']) };
  const others = allOf(store, PART).filter((other) => other !== before);
  if (parameters.SipAddress !== undefined) {
    refuseUnless(/^sip:/i.test(parameters.SipAddress), 'does not begin with sip:');
    contact.SipAddress = readSipAddress(parameters.SipAddress);
    const inUse = find(store, 'Users', contact.SipAddress) ?? others.find((other) => other.SipAddress === contact.SipAddress);
    refuseUnless(inUse === undefined, 'the address is in use');
  }
  if (parameters.DisplayNumber !== undefined) {
    contact.DisplayNumber = readDisplayNumber(parameters.DisplayNumber);
    refuseUnless(others.every((other) => other.DisplayNumber !== contact.DisplayNumber), 'the number is in use');
  }
  return contact;
}

function newContact(parameters, store) {
  readDistinguishedName(parameters.OU);
  const contact = {
    AutoAttendant: false,
    HostedVoicemailPolicy: null,
    RegistrarPool: readFqdn(parameters.RegistrarPool),
    ...checked(parameters, store),
  };
  return { ...printed(PART, [contact]), changes: [put(PART, contact)] };
}

function setContact(parameters, store) {
  const before = theContact(store, parameters.Identity);
  const after = checked(parameters, store, before);
  const moved = after.SipAddress === before.SipAddress ? [] : [taken(PART, before)];
  return { ...printed(PART, parameters.PassThru ? [after] : []), changes: [...moved, put(PART, after)] };
}

function moveContact({ Identity, Target, PassThru }, store) {
  const contact = { ...theContact(store, Identity), RegistrarPool: readFqdn(Target) };
  return { ...printed(PART, PassThru ? [contact] : []), changes: [put(PART, contact)] };
}

function getContact({ Identity }, store) {
  return printed(PART, Identity === undefined ? allOf(store, PART) : [theContact(store, Identity)]);
}

function removeContact({ Identity }, store) {
  return result({ changes: [taken(PART, theContact(store, Identity))] });
}

module.exports = {
  'New-CsExUmContact': newContact,
  'Set-CsExUmContact': setContact,
  'Move-CsExUmContact': moveContact,
  'Get-CsExUmContact': getContact,
  'Remove-CsExUmContact': removeContact,
};
