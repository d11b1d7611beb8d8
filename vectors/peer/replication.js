'use strict';

// What an Edge Server works from, and its replication: REPL-1 to REPL-3.

const { folded } = require('./names.js');

/** The store's configuration, or null where its Access Edge settings were not given. */
function configurationOf({ AccessEdgeConfiguration, HostingProviders }) {
  return AccessEdgeConfiguration === null ? null : { AccessEdgeConfiguration, HostingProviders };
}

/** What the Edge Server works from, or null. */
function configurationAtEdge(deployment) {
  return configurationOf(deployment.EdgeReplica ?? deployment);
}

/** Two configurations with one key are equal. */
function keyOf({ AccessEdgeConfiguration, HostingProviders }) {
  const providers = HostingProviders.map((provider) => ({ ...provider, Identity: folded(provider.Identity) }));
  return JSON.stringify([AccessEdgeConfiguration, providers]);
}

function isUpToDate(deployment) {
  const store = configurationOf(deployment);
  const atEdge = configurationAtEdge(deployment);
  return store !== null && atEdge !== null && keyOf(store) === keyOf(atEdge);
}

/** The deployment with its replica as it is after replication. */
function replicated(deployment) {
  const store = configurationOf(deployment);
  if (store === null || deployment.EdgeReplica === null || isUpToDate(deployment)) return deployment;
  if (configurationAtEdge(deployment) === null) return deployment;
  return { ...deployment, EdgeReplica: { ...deployment.EdgeReplica, ...store } };
}

module.exports = { configurationOf, configurationAtEdge, isUpToDate, replicated };
