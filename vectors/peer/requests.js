'use strict';

// The requests and their answers: vectors/FORMAT.md.

const { Refusal, refuse, refuseUnless } = require('./refusal.js');
const { readFqdn, readSipAddress } = require('./names.js');
const { readSipUri, writeSipUri, meansVoicemail } = require('./sip-uri.js');
const { isObject, readDeployment, writeDeployment } = require('./document.js');
const { READINGS, prepare, decide, deploymentMode } = require('./routing.js');
const { LAYOUT_KEYS, readLayout, requestUri, readRequestUri } = require('./request-uri.js');
const { saidBy } = require('./attributes.js');
const { routeAtEdge } = require('./edge.js');
const { configurationOf, isUpToDate, replicated } = require('./replication.js');
const { readInvite } = require('./invite.js');
const { traceCall } = require('./call.js');
const { isKnown } = require('./parameters.js');
const { CMDLET_READINGS, administer } = require('./administration.js');

/** Thrown for what is no request of the format. */
class NotSupported extends Error {}

function unsupportedIf(wrong, why) {
  if (wrong) throw new NotSupported(why);
}

function readingOf(request, readings = READINGS) {
  const given = optional(request, 'Reading', {});
  unsupportedIf(!isObject(given), 'no reading');
  unsupportedIf(Object.keys(given).some((key) => !Object.hasOwn(readings, key)), 'no reading');
  const reading = {};
  for (const [field, choices] of Object.entries(readings)) {
    reading[field] = optional(given, field, choices[0]);
    unsupportedIf(!choices.includes(reading[field]), 'no reading');
  }
  return reading;
}

function layoutOf(request) {
  const given = optional(request, 'Layout', {});
  if (!isObject(given)) refuse('no layout');
  unsupportedIf(Object.keys(given).some((key) => !LAYOUT_KEYS.includes(key)), 'an unknown key of a layout');
  return readLayout(given);
}

function optional(object, key, otherwise) {
  return Object.hasOwn(object, key) ? object[key] : otherwise;
}

/** The turn as a BigInt. `line` is the request's text, for JSON.parse rounds large numbers. */
function turnOf(request, line) {
  const turn = optional(request, 'Turn', 0);
  unsupportedIf(!Number.isInteger(turn), 'no turn');
  return BigInt(Number.isSafeInteger(turn) ? turn : exactTurn(line) ?? turn);
}

/** The digits behind the outermost key `Turn`, or null. */
function exactTurn(line) {
  let depth = 0;
  let opened = -1;
  let text = '""';
  let digits = null;
  for (const { 0: token, index } of line.matchAll(/\\.|"|[{}[\]]|-?[0-9][0-9.eE+-]*/g)) {
    if (token === '"') {
      if (opened >= 0) text = line.slice(opened, index + 1);
      opened = opened < 0 ? index : -1;
    } else if (opened < 0) {
      if (token === '{' || token === '[') depth += 1;
      else if (token === '}' || token === ']') depth -= 1;
      else if (depth === 1 && JSON.parse(text) === 'Turn') digits = token;
    }
  }
  return /^-?[0-9]+$/.test(digits) ? digits : null;
}

/** What no deployment holds of a call. */
function circumstancesOf(request, line) {
  const serversTried = optional(request, 'ServersTried', 2);
  refuseUnless(serversTried >= 1, 'no server is tried');
  return {
    turn: turnOf(request, line),
    unreachable: optional(request, 'Unreachable', []).map(readFqdn),
    serversTried,
    reading: readingOf(request),
    layout: layoutOf(request),
  };
}

function decisionToJson(subject, decision, layout, turn) {
  const { route, policy, dialPlan } = decision;
  const json = { SipAddress: subject.SipAddress };
  if (subject.DisplayNumber !== undefined) json.DisplayNumber = subject.DisplayNumber;
  json.Route = route;
  if (decision.reason !== undefined) json.Reason = decision.reason;
  if (policy !== undefined) json.Policy = policy.Identity.text;
  if (dialPlan !== undefined) json.DialPlan = dialPlan;
  if (route === 'HostedUm') {
    json.Destination = policy.Destination;
    json.Organizations = decision.organizations;
  }
  if (route === 'OnPremisesUm') json.UmServers = decision.servers;
  if (route !== 'NotRouted') json.RequestUri = requestUri(subject, decision, layout, turn);
  json.Clauses = decision.clauses;
  return json;
}

/** A function that gives the decision of a subject as JSON. */
function decider(request, deployment, line) {
  const known = prepare(deployment);
  const reading = readingOf(request);
  const layout = layoutOf(request);
  const turn = turnOf(request, line);
  return (subject) => decisionToJson(subject, decide(subject, known, reading), layout, turn);
}

function everyoneOf(deployment) {
  return deployment.Users.concat(deployment.UmContacts);
}

/** The user or contact whose address is asked about. */
function subjectOf(request, deployment) {
  const address = readSipAddress(optional(request, 'SipAddress'));
  const subject = everyoneOf(deployment).find((one) => one.SipAddress === address);
  refuseUnless(subject !== undefined, 'nobody has this address');
  return subject;
}

const WITH_DEPLOYMENT = {
  Route(request, deployment, line) {
    const decision = decider(request, deployment, line);
    return { Decision: decision(subjectOf(request, deployment)) };
  },
  RouteEveryone(request, deployment, line) {
    return { Decisions: everyoneOf(deployment).map(decider(request, deployment, line)) };
  },
  DeploymentMode(request, deployment) {
    return { Mode: deploymentMode(deployment, readingOf(request)) };
  },
  RouteAtEdge(request, deployment) {
    const store = configurationOf(deployment);
    refuseUnless(store !== null, 'no Access Edge configuration');
    return routeAtEdge(readFqdn(optional(request, 'Destination')), store);
  },
  ReadDeployment(request, deployment) {
    return { Deployment: writeDeployment(deployment) };
  },
  TraceCall(request, deployment, line) {
    const invite = readInvite(request.Invite);
    return traceCall(invite, optional(request, 'Answered', false), deployment, circumstancesOf(request, line));
  },
  Replicate(request, deployment) {
    const after = replicated(deployment);
    return { Before: isUpToDate(deployment), After: isUpToDate(after), Deployment: writeDeployment(after) };
  },
  Administer(request, deployment) {
    unsupportedIf(!request.Cmdlets.every(isKnown), 'a name that is not in the table');
    const reading = readingOf(request, CMDLET_READINGS);
    const { results, deployment: after } = administer(request.Cmdlets, deployment, reading);
    return { Results: results, Deployment: writeDeployment(after) };
  },
  CallVoiceMailIndicator(request, deployment) {
    const { msExchUCVoiceMailSettings: values } = subjectOf(request, deployment);
    return { Lit: values !== undefined && saidBy('CsHostedVoiceMail', values) === true };
  },
};

const WITHOUT_DEPLOYMENT = {
  ReadSipUri(request) {
    const uri = readSipUri(optional(request, 'SipUri'));
    return { SipUri: writeSipUri(uri), IsVoicemail: meansVoicemail(uri) };
  },
  ReadRequestUri(request) {
    return { Target: readRequestUri(optional(request, 'RequestUri'), layoutOf(request)) };
  },
};

function answerTo(request, line) {
  unsupportedIf(!isObject(request), 'no request');
  const ask = optional(request, 'Ask');
  unsupportedIf(typeof ask !== 'string', 'an unknown request');
  const needsDeployment = Object.hasOwn(WITH_DEPLOYMENT, ask);
  unsupportedIf(!needsDeployment && !Object.hasOwn(WITHOUT_DEPLOYMENT, ask), 'an unknown request');
  if (!Object.hasOwn(request, 'Deployment')) {
    unsupportedIf(needsDeployment, 'no Deployment');
    return WITHOUT_DEPLOYMENT[ask](request);
  }
  const { deployment, faults } = readDeployment(request.Deployment);
  if (faults.length > 0) return { Faults: faults };
  return needsDeployment ? WITH_DEPLOYMENT[ask](request, deployment, line) : WITHOUT_DEPLOYMENT[ask](request);
}

/** The answer to one line, as a JSON value. */
function answerLine(line) {
  try {
    return answerTo(JSON.parse(line), line);
  } catch (error) {
    if (error instanceof Refusal) return { Refused: true };
    if (error instanceof NotSupported || error instanceof SyntaxError) return { NotSupported: true };
    throw error;
  }
}

module.exports = { answerLine };
