'use strict';

// The decision: ROUTE-1 to ROUTE-12, UM-1 to UM-6, MODE-1 to MODE-3.

const { folded } = require('./names.js');
const { saidBy, umProxyAddresses, usedProxyAddress } = require('./attributes.js');
const { effectivePolicy, siteMatters } = require('./policies.js');

/** The choices of each reading, the default first. */
const READINGS = {
  AuthorsDisagree: ['ANY_ENABLED', 'EXCHANGE_WINS', 'SKYPE_FOR_BUSINESS_WINS'],
  DisabledWithUmProxyAddress: ['ROUTE_ON_PREMISES', 'NOT_ROUTED'],
  SeveralOrganizations: ['WHOLE_LIST', 'FIRST'],
};

/** What the decisions of a deployment are looked up in. */
function prepare(deployment) {
  const plans = deployment.UmDialPlans;
  return {
    policies: new Map(deployment.HostedVoicemailPolicies.map((policy) => [policy.Identity.key, policy])),
    sites: new Map(deployment.Pools.map((pool) => [pool.Identity, pool.Site])),
    dialPlans: plans && new Map(plans.map((plan) => [folded(plan.PhoneContext), plan])),
  };
}

function isContact(subject) {
  return Object.hasOwn(subject, 'DisplayNumber');
}

function clauseIf(holds, clause) {
  return holds ? [clause] : [];
}

/** Whether the user counts as enabled (true), disabled (false) or not set (null), and whether the authors disagree. */
function hostedAccess(user, reading) {
  const exchange = saidBy('ExchangeHostedVoiceMail', user.msExchUCVoiceMailSettings);
  const skype = saidBy('CsHostedVoiceMail', user.msExchUCVoiceMailSettings);
  const disagree = exchange !== null && skype !== null && exchange !== skype;
  if (disagree && reading.AuthorsDisagree === 'EXCHANGE_WINS') return { enabled: exchange, disagree };
  if (disagree && reading.AuthorsDisagree === 'SKYPE_FOR_BUSINESS_WINS') return { enabled: skype, disagree };
  if (exchange || skype) return { enabled: true, disagree };
  return { enabled: exchange === null && skype === null ? null : false, disagree };
}

function decide(subject, known, reading) {
  if (isContact(subject)) return decideHosted(subject, known, ['ROUTE-9', 'ROUTE-2'], 'FIRST');
  const { enabled, disagree } = hostedAccess(subject, reading);
  const umAddresses = umProxyAddresses(subject.ProxyAddresses);
  const hasUmAddress = umAddresses.length > 0;
  const route7 = clauseIf(disagree, 'ROUTE-7');
  if (enabled) {
    const clauses = ['ROUTE-2', ...route7, ...clauseIf(hasUmAddress, 'ROUTE-3')];
    return decideHosted(subject, known, clauses, reading.SeveralOrganizations);
  }
  const disabled = enabled === false;
  const route8 = clauseIf(disabled && hasUmAddress, 'ROUTE-8');
  if (disabled && (!hasUmAddress || reading.DisabledWithUmProxyAddress === 'NOT_ROUTED')) {
    return notRouted('HOSTED_VOICE_MAIL_DISABLED', [...route7, 'ROUTE-12', ...route8]);
  }
  if (!hasUmAddress) return notRouted('NO_VOICE_MAIL', ['ROUTE-5']);
  const clauses = ['ROUTE-4', ...route7, ...route8, ...clauseIf(umAddresses.length > 1, 'ATTR-7'), 'UM-1'];
  return decideOnPremises(usedProxyAddress(umAddresses).dialPlan, known, clauses);
}

function notRouted(reason, clauses, grounds = {}) {
  return { route: 'NotRouted', reason, clauses, ...grounds };
}

function decideHosted(subject, known, before, sending) {
  const policy = effectivePolicy(subject, known.policies, known.sites);
  const assigned = subject.HostedVoicemailPolicy;
  const dangling = assigned !== null && !known.policies.has(assigned.key);
  const clauses = [...before, ...clauseIf(dangling, 'POL-6'),
    ...clauseIf(siteMatters(subject, known.policies, known.sites), 'POL-11'), 'POL-3'];
  if (policy.Destination === null) {
    return notRouted('POLICY_WITHOUT_DESTINATION', [...clauses, 'ROUTE-6'], { policy });
  }
  const several = policy.Organization.length > 1;
  return {
    route: 'HostedUm',
    policy,
    organizations: sending === 'FIRST' ? policy.Organization.slice(0, 1) : policy.Organization,
    clauses: [...clauses, ...clauseIf(several, isContact(subject) ? 'URI-8' : 'URI-3')],
  };
}

/** `dialPlan` is the name as the proxy address spells it. */
function decideOnPremises(dialPlan, known, clauses) {
  if (known.dialPlans === null) return { route: 'OnPremisesUm', dialPlan, servers: [], clauses };
  const plan = known.dialPlans.get(folded(dialPlan));
  if (plan === undefined) return notRouted('NO_DIAL_PLAN', [...clauses, 'UM-6'], { dialPlan });
  const servers = candidates(plan);
  if (servers.length === 0) return notRouted('NO_UM_SERVER', [...clauses, 'UM-2', 'UM-6'], { dialPlan });
  return { route: 'OnPremisesUm', dialPlan, servers, clauses: [...clauses, 'UM-2', 'UM-3'] };
}

function candidates(plan) {
  if (plan.UriType !== 'SipName') return [];
  const enabled = plan.UmServers.filter((server) => server.Enabled);
  const highest = enabled.reduce((version, server) => Math.max(version, server.MajorVersion), 0);
  return enabled.filter((server) => server.MajorVersion === highest).map((server) => server.Fqdn);
}

/** The mode's word, or null. */
function deploymentMode(deployment, reading) {
  const known = prepare(deployment);
  const routes = new Set(deployment.Users.map((user) => decide(user, known, reading).route));
  if (routes.has('HostedUm')) return routes.has('OnPremisesUm') ? 'Mixed' : 'Cross-premises';
  return routes.has('OnPremisesUm') ? 'On-premises' : null;
}

module.exports = { READINGS, isContact, prepare, decide, deploymentMode };
