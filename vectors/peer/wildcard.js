'use strict';

// Texts with wildcards, compared without case and whole.

const { folded } = require('./names.js');

function matcher(wildcard, translated) {
  const pattern = folded(wildcard).replace(translated, (part) => {
    if (part === '*') return '[^]*';
    if (part === '?') return '[^]';
    if (part.length > 1 && part[0] === '`') return `\\${part[1]}`;
    return part.length > 1 && part[0] === '[' ? bracket(part.slice(1, -1)) : part.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  const whole = new RegExp(`^${pattern}$`, 'u');
  return (text) => whole.test(folded(text));
}

function bracket(inside) {
  return `[${inside.replace(/[\\^[\]]/g, '\\$&').replace(/^-|-$/g, '\\-')}]`;
}

/** A test by `*`, `?`, `[abc]` and `[a-c]`; a backtick lets one stand for itself. */
function filterMatcher(wildcard) {
  return matcher(wildcard, /`[*?[]|\[[^\]]+\]|[^]/gu);
}

/** A test by `*` alone. */
function starMatcher(wildcard) {
  return matcher(wildcard.replace(/\?/g, '\u0000'), /[^]/gu);
}

module.exports = { filterMatcher, starMatcher };
