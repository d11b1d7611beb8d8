'use strict';

// The two attributes of a user account: ATTR-1 to ATTR-8.

const { refuseUnless } = require('./refusal.js');
const { folded, readText, readName } = require('./names.js');

const PAIRS = ['ExchangeHostedVoiceMail=1', 'ExchangeHostedVoiceMail=0', 'CsHostedVoiceMail=1', 'CsHostedVoiceMail=0'];
const PAIR_BY_FOLDED = new Map(PAIRS.map((pair) => [folded(pair), pair]));

/** The values with the pairs in their spelling, each pair once. The values are texts. */
function readSettings(texts) {
  const seen = new Set();
  const values = [];
  for (const text of texts) {
    const pair = PAIR_BY_FOLDED.get(folded(text));
    if (pair === undefined) values.push(text);
    else if (!seen.has(pair)) {
      seen.add(pair);
      values.push(pair);
    }
  }
  for (const author of ['ExchangeHostedVoiceMail', 'CsHostedVoiceMail']) {
    refuseUnless(!(seen.has(`${author}=1`) && seen.has(`${author}=0`)), 'a contradiction');
  }
  return values;
}

/** True, false, or null where the author says nothing. */
function saidBy(author, values) {
  if (values.includes(`${author}=1`)) return true;
  return values.includes(`${author}=0`) ? false : null;
}

/** `dialPlan` is null for an entry that is no UM proxy address. */
function readProxyAddress(value) {
  const entry = readText(value);
  const colon = entry.indexOf(':');
  const type = entry.slice(0, Math.max(colon, 0));
  if (folded(type) !== 'eum') return { type, dialPlan: null, text: entry };
  const behind = entry.slice(colon + 1);
  const parameter = /;phone-context=/i.exec(behind);
  refuseUnless(parameter !== null && parameter.index > 0, 'no phone-context, or no address');
  const dialPlan = readName(behind.slice(parameter.index + parameter[0].length));
  return { type, dialPlan, text: `${type}:${behind.slice(0, parameter.index)};phone-context=${dialPlan}` };
}

/** The UM proxy addresses, equal ones once. */
function umProxyAddresses(proxyAddresses) {
  const entries = proxyAddresses.filter((entry) => entry.dialPlan !== null);
  return [...new Map(entries.map((entry) => [entry.text, entry])).values()];
}

/** The one that is used: the first primary one, else the first. */
function usedProxyAddress(umAddresses) {
  return umAddresses.find((entry) => entry.type === 'EUM') ?? umAddresses[0];
}

module.exports = { readSettings, saidBy, readProxyAddress, umProxyAddresses, usedProxyAddress };
