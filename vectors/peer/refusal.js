'use strict';

/** Thrown by every reader whose value a clause refuses. */
class Refusal extends Error {}

function refuse(why) {
  throw new Refusal(why);
}

function refuseUnless(holds, why) {
  if (!holds) refuse(why);
}

module.exports = { Refusal, refuse, refuseUnless };
