'use strict';

// The users that an Identity names: "Users by name".

const { refuseUnless, orNull } = require('./refusal.js');
const { lower, readSipAddress } = require('./names.js');
const { allOf, find } = require('./store.js');
const { starMatcher } = require('./wildcard.js');

function isNamed(user, name) {
  const same = (text) => text !== null && lower(text) === name;
  const { SamAccountName: sam } = user;
  const texts = [user.SipAddress.slice('sip:'.length), user.UserPrincipalName, user.DisplayName, user.DistinguishedName];
  if (texts.some(same)) return true;
  if (sam === null || sam.includes('\\')) return same(sam);
  const backslash = name.indexOf('\\');
  return backslash >= 0 && lower(sam) === name.slice(backslash + 1);
}

/** Everyone whom the Identity fits, in document order. */
function usersNamed(store, identity) {
  if (/^sip:/i.test(identity)) {
    const user = find(store, 'Users', orNull(readSipAddress, identity));
    return user === undefined ? [] : [user];
  }
  const users = allOf(store, 'Users');
  const name = lower(identity);
  const named = users.filter((user) => isNamed(user, name));
  if (named.length > 0 || !identity.includes('*')) return named;
  const matches = starMatcher(identity);
  return users.filter((user) => user.DisplayName !== null && matches(user.DisplayName));
}

function theUser(store, identity) {
  const users = usersNamed(store, identity);
  refuseUnless(users.length === 1, 'not one user');
  return users[0];
}

module.exports = { usersNamed, theUser };
