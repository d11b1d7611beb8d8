'use strict';

// SIP URIs: NAME-3, NAME-4, NAME-5.

const { refuse, refuseUnless } = require('./refusal.js');
const { lower, spelledWith, isHostname, isIpv4 } = require('./names.js');

/** The characters that each part takes raw, beside the unreserved ones. */
const RAW = { user: '&=+$,;?/', password: '&=+$,', parameter: '[]/:&+$', header: '[]/?:+$' };

const fits = Object.fromEntries(Object.entries(RAW).map(([part, extra]) => [part, spelledWith(extra)]));

function decodePart(text, part) {
  refuseUnless(fits[part](text), `no ${part}`);
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return refuse('escapes that are not UTF-8');
  }
}

/** encodeURIComponent leaves exactly the unreserved characters raw. */
function encodePart(text, part) {
  return encodeURIComponent(text).replace(/%[0-7][0-9A-F]/g, (escape) => {
    const character = String.fromCharCode(parseInt(escape.slice(1), 16));
    return RAW[part].includes(character) ? character : escape;
  });
}

function isHexSequence(text) {
  return text.split(':').every((hex) => /^[0-9A-Fa-f]{1,4}$/.test(hex));
}

function isHexPart(text) {
  const sides = text.split('::');
  if (sides.length === 1) return isHexSequence(text);
  return sides.length === 2 && sides.every((side) => side === '' || isHexSequence(side));
}

function isIpv6Reference(text) {
  if (!text.startsWith('[') || !text.endsWith(']')) return false;
  const inner = text.slice(1, -1);
  const colon = inner.lastIndexOf(':');
  return isHexPart(isIpv4(inner.slice(colon + 1)) ? inner.slice(0, Math.max(colon, 0)) : inner);
}

function readHost(text) {
  refuseUnless(isHostname(text.replace(/\.$/, '')) || isIpv4(text) || isIpv6Reference(text), 'no host');
  return lower(text);
}

function readPort(text) {
  refuseUnless(/^[0-9]+$/.test(text), 'no port');
  const port = Number(text);
  refuseUnless(port >= 1 && port <= 65535, 'no port');
  return port;
}

function splitHostPort(text) {
  const colon = text.indexOf(':', text.startsWith('[') ? text.indexOf(']') : 0);
  return colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
}

function readUserinfo(text) {
  const colon = text.indexOf(':');
  const user = decodePart(colon < 0 ? text : text.slice(0, colon), 'user');
  refuseUnless(user !== '', 'an empty user');
  return { user, password: colon < 0 ? null : decodePart(text.slice(colon + 1), 'password') };
}

/** A name and a value, or a name and null where there is no `=`. */
function readPair(text, part) {
  const equals = text.indexOf('=');
  const name = lower(decodePart(equals < 0 ? text : text.slice(0, equals), part));
  refuseUnless(name !== '', 'an empty name');
  return [name, equals < 0 ? null : decodePart(text.slice(equals + 1), part)];
}

function readParameters(texts) {
  const parameters = new Map();
  for (const text of texts) {
    const [name, value] = readPair(text, 'parameter');
    refuseUnless(value !== '', 'an empty value');
    refuseUnless(!parameters.has(name), 'a repeated parameter');
    parameters.set(name, value);
  }
  return parameters;
}

function readHeaders(text) {
  return text.split('&').map((header) => {
    const pair = readPair(header, 'header');
    refuseUnless(pair[1] !== null, 'a header without a value');
    return pair;
  });
}

/** The parts of a SIP URI, their escapes undone; `origin` is its scheme, userinfo and host as they were spelled. */
function readSipUri(value) {
  refuseUnless(typeof value === 'string', 'no text');
  const colon = value.indexOf(':');
  const scheme = lower(value.slice(0, Math.max(colon, 0)));
  refuseUnless(scheme === 'sip' || scheme === 'sips', 'no scheme');
  const rest = value.slice(colon + 1);
  const at = rest.indexOf('@');
  const behind = rest.slice(at + 1);
  const question = behind.indexOf('?');
  const [hostPort, ...parameters] = (question < 0 ? behind : behind.slice(0, question)).split(';');
  const [host, port] = splitHostPort(hostPort);
  return {
    scheme,
    ...(at < 0 ? { user: null, password: null } : readUserinfo(rest.slice(0, at))),
    host: readHost(host),
    port: port === null ? null : readPort(port),
    parameters: readParameters(parameters),
    headers: question < 0 ? [] : readHeaders(behind.slice(question + 1)),
    origin: `${scheme}:${rest.slice(0, at + 1)}${host}`,
  };
}

function writePair([name, value], part) {
  return encodePart(name, part) + (value === null ? '' : `=${encodePart(value, part)}`);
}

function writeSipUri(uri) {
  const password = uri.password === null ? '' : `:${encodePart(uri.password, 'password')}`;
  const userinfo = uri.user === null ? '' : `${encodePart(uri.user, 'user')}${password}@`;
  const port = uri.port === null ? '' : `:${uri.port}`;
  const parameters = Array.from(uri.parameters, (pair) => `;${writePair(pair, 'parameter')}`).join('');
  const headers = uri.headers.map((pair) => writePair(pair, 'header')).join('&');
  return `${uri.scheme}:${userinfo}${uri.host}${port}${parameters}${headers && `?${headers}`}`;
}

function meansVoicemail(uri) {
  return lower(uri.parameters.get('opaque') ?? '') === 'app:voicemail';
}

module.exports = { readSipUri, writeSipUri, meansVoicemail, encodePart };
