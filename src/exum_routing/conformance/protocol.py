"""The protocol of the vectors: requests as JSON, and this library's answers (``vectors/FORMAT.md``)."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from exum_routing.arguments import names_wrong_types
from exum_routing.audit import audit
from exum_routing.call import Circumstances, call_voice_mail_indicator, trace_call
from exum_routing.cmdlets import View
from exum_routing.conformance.administer import run_cmdlet
from exum_routing.deployment import SERVERS_TRIED, Deployment, Subject, User, um_server_order
from exum_routing.errors import ExumRoutingError, InvalidRequestUriLayout
from exum_routing.interchange import DocumentError
from exum_routing.interchange.answers import change_to_json, decision_to_json, finding_to_json, reading_from_json, trace_to_json
from exum_routing.interchange.document import object_to_json, read_deployment, write_deployment
from exum_routing.reading import DEFAULT_CMDLET_READING, DEFAULT_READING, CmdletReading, Reading
from exum_routing.replication import is_up_to_date, replicate
from exum_routing.routing import (
    EdgeRefusal,
    OnPremisesUm,
    RequestUriLayout,
    contested,
    deployment_mode,
    read_request_uri,
    request_uri,
    route,
    route_at_edge,
    route_changes,
)
from exum_routing.sip import Fqdn, Invite, SipUri

R = TypeVar("R", Reading, CmdletReading)


REFUSED: Final = {"Refused": True}
"""The answer to a question that cannot be asked."""


NOT_SUPPORTED: Final = {"NotSupported": True}
"""The answer to a request that is not known."""


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """What this library answers to a request.

    >>> answer({"Ask": "ReadSipUri", "SipUri": "SIP:alice@Contoso.com"})
    {'SipUri': 'sip:alice@contoso.com', 'IsVoicemail': False}
    """
    try:
        return _ANSWERS[request["Ask"]](request)
    except DocumentError as error:
        return {"Faults": sorted({fault.path for fault in error.faults})}
    except ExumRoutingError:
        return dict(REFUSED)
    except (KeyError, TypeError, ValueError):
        return dict(NOT_SUPPORTED)


@names_wrong_types
def answer_line(line: str) -> str:
    """The answer to a request that is one line of JSON, as one line of JSON.

    >>> answer_line('{"Ask": "ReadSipUri", "SipUri": "alice"}')
    '{"Refused": true}'
    """
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return json.dumps(NOT_SUPPORTED)
    return json.dumps(answer(request) if isinstance(request, dict) else NOT_SUPPORTED, ensure_ascii=False)


def _deployment(request: Mapping[str, Any]) -> Deployment:
    return read_deployment(json.dumps(request["Deployment"]))


def _chosen(request: Mapping[str, Any], default: R) -> R:
    """The default reading, with what the request chooses in its place."""
    try:
        return reading_from_json(request.get("Reading", {}), default)
    except DocumentError as error:
        raise ValueError(str(error)) from None


def _reading(request: Mapping[str, Any]) -> Reading:
    return _chosen(request, DEFAULT_READING)


def _layout(request: Mapping[str, Any]) -> RequestUriLayout:
    names = {"Server": "server", "Organization": "organization", "PhoneContext": "phone_context"}
    given = request.get("Layout", {})
    if not isinstance(given, dict):
        raise InvalidRequestUriLayout(given, "is not a layout: use an object with the names of parameters")
    return RequestUriLayout(**{names[key]: value for key, value in given.items()})


def _decision(request: Mapping[str, Any], deployment: Deployment, subject: Subject, layout: RequestUriLayout) -> dict[str, Any]:
    decision = route(subject, deployment, reading=_reading(request))
    found = decision_to_json(subject, decision, layout=layout)
    if isinstance(decision, OnPremisesUm):
        order = um_server_order(decision.um_servers, request.get("Turn", 0))
        found["RequestUri"] = request_uri(subject, decision, layout=layout, server=next(iter(order), None))
    return found


def _route(request: Mapping[str, Any]) -> dict[str, Any]:
    deployment, layout = _deployment(request), _layout(request)
    return {"Decision": _decision(request, deployment, deployment.subject(request["SipAddress"]), layout)}


def _route_everyone(request: Mapping[str, Any]) -> dict[str, Any]:
    deployment, layout = _deployment(request), _layout(request)
    return {"Decisions": [_decision(request, deployment, subject, layout) for subject in deployment.subjects]}


def _deployment_mode(request: Mapping[str, Any]) -> dict[str, Any]:
    mode = deployment_mode(_deployment(request), reading=_reading(request))
    return {"Mode": None if mode is None else mode.value}


def _route_at_edge(request: Mapping[str, Any]) -> dict[str, Any]:
    configuration = _deployment(request).edge_configuration
    destination = Fqdn(request["Destination"])
    if configuration is None:
        return dict(REFUSED)
    decision = route_at_edge(destination, configuration)
    if isinstance(decision, EdgeRefusal):
        return {"EdgeRefusal": [fault.value for fault in decision.faults]}
    return {"EdgeRoute": {"Provider": decision.provider.identity, "Host": str(decision.host), "Port": decision.port}}


def _read_deployment(request: Mapping[str, Any]) -> dict[str, Any]:
    return {"Deployment": json.loads(write_deployment(_deployment(request)))}


def _read_sip_uri(request: Mapping[str, Any]) -> dict[str, Any]:
    uri = SipUri.parse(request["SipUri"])
    return {"SipUri": str(uri), "IsVoicemail": uri.is_voicemail}


def _read_request_uri(request: Mapping[str, Any]) -> dict[str, Any]:
    target = read_request_uri(request["RequestUri"], layout=_layout(request))
    return {
        "Target": {
            "Owner": str(target.owner),
            "Destination": target.destination,
            "Organizations": list(target.organizations),
            "PhoneContext": target.phone_context,
        }
    }


def _trace_call(request: Mapping[str, Any]) -> dict[str, Any]:
    deployment, asked = _deployment(request), request["Invite"]
    invite = Invite(
        request_uri=asked["RequestUri"],
        headers=tuple((name, value) for name, value in asked["Headers"]),
        body=str.encode(asked.get("Body", ""), "latin-1"),
    )
    circumstances = Circumstances(
        turn=request.get("Turn", 0),
        unreachable=tuple(request.get("Unreachable", ())),
        servers_tried=request.get("ServersTried", SERVERS_TRIED),
        reading=_reading(request),
        layout=_layout(request),
    )
    trace = trace_to_json(trace_call(invite, deployment, circumstances, answered=request.get("Answered", False)))
    return {key: value for key, value in trace.items() if key != "Sent"}


def _indicator(request: Mapping[str, Any]) -> dict[str, Any]:
    user = _deployment(request).subject(request["SipAddress"])
    return {"Lit": isinstance(user, User) and call_voice_mail_indicator(user)}


def _administer(request: Mapping[str, Any]) -> dict[str, Any]:
    view, reading = View(_deployment(request)), _chosen(request, DEFAULT_CMDLET_READING)
    results: list[dict[str, Any]] = []
    for command in request["Cmdlets"]:
        try:
            result = run_cmdlet(view, command["Cmdlet"], command["Parameters"], reading=reading)
        except ExumRoutingError:
            results.append(dict(REFUSED))
            continue
        view = view.after(result.changes)
        results.append({"Output": [object_to_json(one) for one in result.output], "Warnings": len(result.warnings)})
    return {"Results": results, "Deployment": json.loads(write_deployment(view.folded()))}


def _replicate(request: Mapping[str, Any]) -> dict[str, Any]:
    before = _deployment(request)
    after = replicate(before)
    up_to_date = {"Before": is_up_to_date(before), "After": is_up_to_date(after)}
    return {**up_to_date, "Deployment": json.loads(write_deployment(after))}


def _audit(request: Mapping[str, Any]) -> dict[str, Any]:
    findings = map(finding_to_json, audit(_deployment(request), reading=_reading(request)))
    return {"Findings": [{key: one[key] for key in ("Rule", "Severity", "Clause", "Subjects")} for one in findings]}


def _contested(request: Mapping[str, Any]) -> dict[str, Any]:
    deployment = _deployment(request)
    return {"Contested": [one.clause for one in contested(deployment.subject(request["SipAddress"]), deployment)]}


def _route_changes(request: Mapping[str, Any]) -> dict[str, Any]:
    before, after = _deployment(request), read_deployment(json.dumps(request["After"]))
    changes = route_changes(before, after, reading=_reading(request))
    return {"RouteChanges": [change_to_json(change, before, after) for change in changes]}


_ANSWERS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "Route": _route,
    "RouteEveryone": _route_everyone,
    "DeploymentMode": _deployment_mode,
    "RouteAtEdge": _route_at_edge,
    "ReadDeployment": _read_deployment,
    "ReadSipUri": _read_sip_uri,
    "ReadRequestUri": _read_request_uri,
    "TraceCall": _trace_call,
    "Audit": _audit,
    "Contested": _contested,
    "RouteChanges": _route_changes,
    "Replicate": _replicate,
    "CallVoiceMailIndicator": _indicator,
    "Administer": _administer,
}
