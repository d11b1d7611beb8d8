'use strict';

// The shared SIP address space: EDGE-0 to EDGE-8, REPL-2.

const PORT = 5061;

const MUST_BE = [
  ['Enabled', true, 'PROVIDER_DISABLED'],
  ['EnabledSharedAddressSpace', true, 'NOT_SHARED_ADDRESS_SPACE'],
  ['HostsOCSUsers', false, 'HOSTS_OCS_USERS'],
  ['IsLocal', false, 'IS_LOCAL'],
];

function providerFaults(provider) {
  if (provider === undefined) return ['NO_HOSTING_PROVIDER'];
  return MUST_BE.filter(([setting, value]) => provider[setting] !== value).map(([, , fault]) => fault);
}

/** The answer for a call to `destination`, a canonical FQDN or null; `configuration` is what the Edge Server has, or null. */
function routeAtEdge(destination, configuration) {
  if (configuration === null) return { EdgeRefusal: ['NO_CONFIGURATION'] };
  const { AccessEdgeConfiguration: accessEdge, HostingProviders: providers } = configuration;
  const provider = providers.find((one) => one.ProxyFqdn === destination);
  const faults = [
    ...(accessEdge.UseDnsSrvRouting ? [] : ['NOT_DNS_SRV_ROUTING']),
    ...(accessEdge.AllowFederatedUsers ? [] : ['FEDERATION_NOT_ALLOWED']),
    ...providerFaults(provider),
  ];
  if (faults.length > 0) return { EdgeRefusal: faults };
  return { EdgeRoute: { Provider: provider.Identity, Host: provider.ProxyFqdn, Port: PORT } };
}

module.exports = { routeAtEdge };
