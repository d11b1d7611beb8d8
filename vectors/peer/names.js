'use strict';

// Texts, names, FQDNs, hosts and SIP addresses: NAME-1, NAME-2, NAME-5, NAME-6, NAME-7.

const { refuseUnless } = require('./refusal.js');

const UNRESERVED = "A-Za-z0-9\\-_.!~*'()";
const USER_EXTRA = '&=+$,/';
const FORBIDDEN_IN_TEXT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;
const BLANK = '[\\u0020\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]';
const BLANK_AROUND = new RegExp(`^${BLANK}|${BLANK}$`);
const LONGEST_FQDN = 255;

/** The letters A to Z in lower case: all the case there is in what RFC 3261 spells. */
function lower(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The letters whose upper case is one unit although toUpperCase gives two: those with an iota below. */
const UPPER_WITH_IOTA = new Map();
for (let unit = 0x1f80; unit < 0x2000; unit += 1) {
  const upper = String.fromCharCode(unit);
  const small = upper.toLowerCase();
  if (small.length === 1 && small !== upper && small.toUpperCase().length > 1) UPPER_WITH_IOTA.set(small, upper);
}

/** The upper case of one UTF-16 unit, itself where it has none of one unit, or only one of ASCII. */
function upperOf(unit) {
  const mapped = unit.toUpperCase();
  const upper = mapped.length === 1 ? mapped : UPPER_WITH_IOTA.get(unit) ?? unit;
  return upper < '\u0080' && unit >= '\u0080' ? unit : upper;
}

/** A name as it is compared (NAME-6): in place of each unit one that all units with its upper case share. */
function folded(text) {
  return text.replace(/[^]/g, (unit) => {
    const upper = upperOf(unit);
    const small = upper.toLowerCase();
    return small.length === 1 && upperOf(small) === upper ? small : upper;
  });
}

/** A test for text of unreserved characters, escapes and the characters of `extra`. */
function spelledWith(extra) {
  const wrong = new RegExp(`[^${UNRESERVED}${extra.replace(/[[\]]/g, '\\$&')}%]|%(?![0-9A-Fa-f]{2})`);
  return (text) => !wrong.test(text);
}

const isAddressUser = spelledWith(USER_EXTRA);
const TAKEN_RAW = new RegExp(`[${UNRESERVED}${USER_EXTRA}]`);

function readText(value) {
  refuseUnless(typeof value === 'string' && !FORBIDDEN_IN_TEXT.test(value), 'no text');
  return value;
}

function readName(value) {
  const name = readText(value);
  refuseUnless(name !== '' && !BLANK_AROUND.test(name), 'no name');
  return name;
}

function readFqdn(value) {
  refuseUnless(typeof value === 'string' && value.length <= LONGEST_FQDN, 'no FQDN');
  refuseUnless(value.split('.').every((label) => /^[A-Za-z0-9_-]+$/.test(label)), 'no FQDN');
  return lower(value);
}

function isHostname(text) {
  const labels = text.split('.');
  return labels.every((label) => /^[A-Za-z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-'))
    && /^[A-Za-z]/.test(labels[labels.length - 1]);
}

function isIpv4(text) {
  return /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text);
}

/** One octet of a user part: replaced where `user` takes it raw, else kept with upper-case hex digits. */
function normalEscape(escape) {
  const character = String.fromCharCode(parseInt(escape.slice(1), 16));
  return TAKEN_RAW.test(character) ? lower(character) : escape.toUpperCase();
}

function escapesAreUtf8(text) {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    return false;
  }
}

/** The canonical spelling, `sip:user@domain`. */
function readSipAddress(value) {
  refuseUnless(typeof value === 'string', 'no SIP address');
  const bare = value.replace(/^sip:/i, '');
  const at = bare.indexOf('@');
  const user = bare.slice(0, Math.max(at, 0));
  const domain = bare.slice(at + 1);
  refuseUnless(user !== '' && isAddressUser(user) && escapesAreUtf8(user), 'no SIP address');
  refuseUnless(domain.length <= LONGEST_FQDN && (isHostname(domain) || isIpv4(domain)), 'no SIP address');
  const canonicalUser = user.replace(/%..|[A-Z]+/g, (part) => (part[0] === '%' ? normalEscape(part) : lower(part)));
  return `sip:${canonicalUser}@${lower(domain)}`;
}

/** The distinguished name of an organizational unit. */
function readDistinguishedName(value) {
  refuseUnless(/^[A-Za-z][A-Za-z0-9.-]*=(\\.|[^,\\])+(,\s*[A-Za-z][A-Za-z0-9.-]*=(\\.|[^,\\])+)*$/s.test(value), 'no DN');
  return value;
}

function domainOf(sipAddress) {
  return sipAddress.slice(sipAddress.indexOf('@') + 1);
}

module.exports = {
  lower, folded, spelledWith, readText, readName, readFqdn, isHostname, isIpv4, readSipAddress, readDistinguishedName,
  domainOf,
};
