'use strict';

// The users that an Identity names: "Users by name".

const { refuseUnless, orNull } = require('./refusal.js');
const { folded, readSipAddress } = require('./names.js');
const { allOf } = require('./store.js');
const { starMatcher } = require('./wildcard.js');

/** `address` is the name read as a SIP address, or null. */
function isNamed(user, name, address) {
  const same = (text) => text !== null && folded(text) === name;
  const { SamAccountName: sam } = user;
  const texts = [user.UserPrincipalName, user.DisplayName, user.DistinguishedName];
  if (user.SipAddress === address || texts.some(same)) return true;
  if (sam === null || sam.includes('\\')) return same(sam);
  const backslash = name.indexOf('\\');
  return backslash >= 0 && folded(sam) === name.slice(backslash + 1);
}

/** Everyone whom the Identity fits, in document order. */
function usersNamed(store, identity) {
  const address = orNull(readSipAddress, identity);
  if (/^sip:/i.test(identity)) return allOf(store, 'Users').filter((user) => user.SipAddress === address);
  const name = folded(identity);
  const matches = identity.includes('*') ? starMatcher(identity) : () => false;
  return allOf(store, 'Users').filter((user) => isNamed(user, name, address)
    || user.DisplayName !== null && matches(user.DisplayName));
}

function theUser(store, identity) {
  const users = usersNamed(store, identity);
  refuseUnless(users.length === 1, 'not one user');
  return users[0];
}

module.exports = { usersNamed, theUser };
