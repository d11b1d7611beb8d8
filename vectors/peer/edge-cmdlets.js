'use strict';

// The cmdlets of hosting providers and of the Access Edge: CMD-10, CMD-11.

const { refuseUnless } = require('./refusal.js');
const { folded, readName, readFqdn } = require('./names.js');
const { allOf, theOne, result, printed, put, taken, given } = require('./store.js');
const { filterMatcher } = require('./wildcard.js');

const PART = 'HostingProviders';
const EDGE = 'AccessEdgeConfiguration';
const SETTINGS = ['Enabled', 'EnabledSharedAddressSpace', 'HostsOCSUsers', 'IsLocal', 'VerificationLevel'];
const AS_BY_DEFAULT = {
  EnabledSharedAddressSpace: false, HostsOCSUsers: false, IsLocal: false, VerificationLevel: 'AlwaysVerifiable',
};
const AS_INSTALLED = {
  UseDnsSrvRouting: false, AllowFederatedUsers: false, EnablePartnerDiscovery: false, DefaultRouteFqdn: null,
};

function theProvider(store, identity) {
  return theOne(store, PART, folded(identity));
}

function newProvider(parameters, store) {
  const provider = {
    Identity: readName(parameters.Identity),
    ProxyFqdn: readFqdn(parameters.ProxyFqdn),
    ...AS_BY_DEFAULT,
    ...given(parameters, SETTINGS),
  };
  const inUse = allOf(store, PART).some((other) => folded(other.Identity) === folded(provider.Identity)
    || other.ProxyFqdn === provider.ProxyFqdn);
  refuseUnless(!inUse, 'in use');
  return { ...printed(PART, [provider]), changes: [put(PART, provider)] };
}

function setProvider(parameters, store) {
  const provider = { ...theProvider(store, parameters.Identity), ...given(parameters, SETTINGS) };
  return result({ changes: [put(PART, provider)] });
}

function getProvider({ Identity, Filter }, store) {
  if (Identity !== undefined) return printed(PART, [theProvider(store, Identity)]);
  const matches = filterMatcher(Filter ?? '*');
  return printed(PART, allOf(store, PART).filter((provider) => matches(provider.Identity)));
}

function switchedTo(enabled) {
  return ({ Identity }, store) => {
    const provider = theProvider(store, Identity);
    refuseUnless(provider.Enabled !== enabled, 'so already');
    return result({ changes: [put(PART, { ...provider, Enabled: enabled })] });
  };
}

function removeProvider({ Identity }, store) {
  return result({ changes: [taken(PART, theProvider(store, Identity))] });
}

/** The method's settings that the switches bring. */
function methodOf({ UseDnsSrvRouting, UseDefaultRouting, DefaultRouteFqdn }) {
  if (UseDnsSrvRouting) return { UseDnsSrvRouting: true, DefaultRouteFqdn: null };
  if (!UseDefaultRouting) return {};
  return { UseDnsSrvRouting: false, EnablePartnerDiscovery: false, DefaultRouteFqdn: readFqdn(DefaultRouteFqdn) };
}

function setAccessEdge(parameters, store) {
  const { UseDnsSrvRouting, UseDefaultRouting, EnablePartnerDiscovery, DefaultRouteFqdn } = parameters;
  refuseUnless(!UseDnsSrvRouting || !UseDefaultRouting, 'both methods');
  refuseUnless(EnablePartnerDiscovery === undefined || UseDnsSrvRouting, 'goes with UseDnsSrvRouting only');
  refuseUnless((UseDefaultRouting === undefined) === (DefaultRouteFqdn === undefined), 'one without the other');
  refuseUnless(!UseDefaultRouting || allOf(store, PART).length === 0, 'hosting providers are in the way');
  const edge = {
    ...(store[EDGE] ?? AS_INSTALLED),
    ...methodOf(parameters),
    ...given(parameters, ['AllowFederatedUsers', 'EnablePartnerDiscovery']),
  };
  const warnings = UseDnsSrvRouting && EnablePartnerDiscovery === undefined ? 1 : 0;
  return result({ warnings, changes: [[EDGE, null, edge]] });
}

function getAccessEdge(parameters, store) {
  const edge = printed(EDGE, store[EDGE] ?? AS_INSTALLED);
  return { ...edge, output: [edge.output] };
}

module.exports = {
  'New-CsHostingProvider': newProvider,
  'Set-CsHostingProvider': setProvider,
  'Get-CsHostingProvider': getProvider,
  'Enable-CsHostingProvider': switchedTo(true),
  'Disable-CsHostingProvider': switchedTo(false),
  'Remove-CsHostingProvider': removeProvider,
  'Set-CsAccessEdgeConfiguration': setAccessEdge,
  'Get-CsAccessEdgeConfiguration': getAccessEdge,
};
