'use strict';

// A series of cmdlets: CMD-13.

const { Refusal } = require('./refusal.js');
const { readParameters } = require('./parameters.js');
const { storeOf, change, deploymentOf } = require('./store.js');

const CMDLETS = {
  ...require('./policy-cmdlets.js'),
  ...require('./user-cmdlets.js'),
  ...require('./edge-cmdlets.js'),
  ...require('./contact-cmdlets.js'),
};

/** The choices of each reading, the default first. */
const CMDLET_READINGS = {
  Disabling: ['REFUSED_IF_POLICY_APPLIES', 'ALWAYS_ALLOWED'],
  ForeignValue: ['WARN_AND_WRITE', 'WARN_ONLY'],
};

function run(cmdlet, store, reading) {
  try {
    const parameters = readParameters(cmdlet);
    const { output, warnings, changes } = CMDLETS[cmdlet.Cmdlet](parameters, store, reading);
    if (!parameters.WhatIf && !parameters.InMemory) change(store, changes);
    return { Output: output, Warnings: warnings };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { Refused: true };
  }
}

/** The results of the cmdlets, and the deployment after all of them. */
function administer(cmdlets, deployment, reading) {
  const store = storeOf(deployment);
  const results = cmdlets.map((cmdlet) => run(cmdlet, store, reading));
  return { results, deployment: deploymentOf(store) };
}

module.exports = { CMDLET_READINGS, administer };
