'use strict';

// The headers of an INVITE: their names and the addresses in From, To and Diversion (CALL-16), and the address of a URI.

const { orNull, refuseUnless } = require('./refusal.js');
const { lower, readSipAddress } = require('./names.js');
const { readSipUri } = require('./sip-uri.js');

const LONG_FORMS = new Map(Object.entries({
  f: 'from', t: 'to', k: 'supported', i: 'call-id', v: 'via', m: 'contact', l: 'content-length',
}));

const TOKEN = "[A-Za-z0-9\\-.!%*_+`'~]";
const IS_TOKEN = new RegExp(`^${TOKEN}+$`);
const FORBIDDEN_IN_VALUE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;
const WSP = '[ \\t]*';
const QUOTED = '"(?:[^"\\\\]|\\\\[^])*"';
const DISPLAY_NAME = `(?:${QUOTED}${WSP}|${TOKEN}(?:${TOKEN}|[ \\t])*)?`;
const PARAMETER = `${WSP};${WSP}${TOKEN}+(?:${WSP}=${WSP}(?:${TOKEN}+|\\[[0-9A-Fa-f:.]+\\]|${QUOTED}))?`;
const ADDRESS = new RegExp(`^(?:${DISPLAY_NAME}<([^<>\\s]+)>|([^<>\\s;,?"]+))(?:${PARAMETER})*$`, 'u');
const OTHER_URI = /^[A-Za-z][A-Za-z0-9+\-.]*:[!#-;=?-~]+$/;

/** The SIP address that a SIP URI spells, or null. */
function addressOf(sipUri) {
  return orNull(readSipAddress, readSipUri(sipUri).origin.replace(/^sips:/, 'sip:'));
}

/** The URI of a header's value. */
function readHeaderUri(value) {
  const matched = ADDRESS.exec(value);
  refuseUnless(matched !== null, 'no address');
  const uri = matched[1] ?? matched[2];
  if (/^sips?:/i.test(uri)) readSipUri(uri);
  else refuseUnless(OTHER_URI.test(uri), 'no URI');
  return uri;
}

/** The SIP address in a header's value, or null. */
function addressIn(value) {
  const uri = orNull(readHeaderUri, value);
  return uri !== null && /^sips?:/i.test(uri) ? addressOf(uri) : null;
}

function withoutBlanksAround(text) {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t'.includes(text[start])) start += 1;
  while (end > start && ' \t'.includes(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

/** A name and a value, the blanks around it taken off. */
function readHeader([name, value]) {
  refuseUnless(IS_TOKEN.test(name), 'no name of a header');
  refuseUnless(!FORBIDDEN_IN_VALUE.test(value), 'no value of a header');
  return [name, withoutBlanksAround(value)];
}

/** Two headers with one key have the same name. */
function headerKey([name]) {
  return LONG_FORMS.get(lower(name)) ?? lower(name);
}

module.exports = { addressOf, addressIn, readHeaderUri, readHeader, headerKey, withoutBlanksAround };
