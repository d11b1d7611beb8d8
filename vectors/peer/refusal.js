'use strict';

/** Thrown by every reader whose value a clause refuses. */
class Refusal extends Error {}

function refuse(why) {
  throw new Refusal(why);
}

function refuseUnless(holds, why) {
  if (!holds) refuse(why);
}

/** What is read, or null where it is refused. */
function orNull(read, value) {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return null;
  }
}

module.exports = { Refusal, refuse, refuseUnless, orNull };
