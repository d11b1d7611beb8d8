"""What someone would take instead: rule engines that choose the policy or the proxy address, each in its own language.

Rules and the names of the policies are loaded beforehand; what an engine is asked is made from the plain dictionaries, and
the text is formatted in plain Python.
"""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from workload import by_hand

Facts: TypeAlias = dict[str, Any]
Choose: TypeAlias = Callable[[Facts], str]

ENABLED = ["CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=1"]


def facts(user: dict[str, Any], deployment: dict[str, Any]) -> Facts:
    """What an engine is told of a user: texts, and the keys under which policies would stand."""
    assigned = user.get("HostedVoicemailPolicy")
    return {
        "settings": user.get("msExchUCVoiceMailSettings", []),
        "assigned": "tag:" + assigned.lower() if assigned else "",
        "site": f"site:{deployment['sites'].get(user.get('RegistrarPool'))}",
        "proxies": user.get("ProxyAddresses", []),
    }


def answered(choose: Choose, user: dict[str, Any], deployment: dict[str, Any]) -> str | None:
    """The Request-URI by an engine's choice: a policy's key, ``on-premises`` or ``none``."""
    choice = choose(facts(user, deployment))
    if choice == "none":
        return None
    if choice == "on-premises":
        return by_hand({**user, "msExchUCVoiceMailSettings": ()}, deployment)
    policy = deployment["policies"][choice]
    organizations = "%2C".join(entry.strip() for entry in policy["Organization"].split(","))
    return f"{user['SipAddress']};maddr={policy['Destination']};opaque=app:voicemail;ms-organization={organizations}"


def business_rules(policies: list[str]) -> Choose:  # noqa: C901 - a method for every variable and action is its way
    """Conditions and actions as data, variables as methods."""
    from business_rules import run_all  # noqa: PLC0415 - each engine may be missing
    from business_rules.actions import BaseActions, rule_action  # noqa: PLC0415
    from business_rules.variables import BaseVariables, boolean_rule_variable  # noqa: PLC0415

    known = frozenset(policies)

    class Variables(BaseVariables):  # type: ignore[misc]
        def __init__(self, told: Facts) -> None:
            self.told = told

        @boolean_rule_variable()  # type: ignore[untyped-decorator]
        def enabled(self) -> bool:
            return any(value in ENABLED for value in self.told["settings"])

        @boolean_rule_variable()  # type: ignore[untyped-decorator]
        def assigned_exists(self) -> bool:
            return self.told["assigned"] in known

        @boolean_rule_variable()  # type: ignore[untyped-decorator]
        def site_exists(self) -> bool:
            return self.told["site"] in known

        @boolean_rule_variable()  # type: ignore[untyped-decorator]
        def um(self) -> bool:
            return any(entry.startswith("EUM:") for entry in self.told["proxies"])

    class Actions(BaseActions):  # type: ignore[misc]
        def __init__(self, told: Facts) -> None:
            self.told = told
            self.choice = "none"

        @rule_action()  # type: ignore[untyped-decorator]
        def take_assigned(self) -> None:
            self.choice = self.told["assigned"]

        @rule_action()  # type: ignore[untyped-decorator]
        def take_site(self) -> None:
            self.choice = self.told["site"]

        @rule_action()  # type: ignore[untyped-decorator]
        def take_global(self) -> None:
            self.choice = "global"

        @rule_action()  # type: ignore[untyped-decorator]
        def take_on_premises(self) -> None:
            self.choice = "on-premises"

    def holds(name: str) -> dict[str, Any]:
        return {"name": name, "operator": "is_true", "value": True}

    rules = [
        {"conditions": {"all": [holds(name) for name in names]}, "actions": [{"name": action}]}
        for names, action in (
            (["enabled", "assigned_exists"], "take_assigned"),
            (["enabled", "site_exists"], "take_site"),
            (["enabled"], "take_global"),
            (["um"], "take_on_premises"),
        )
    ]

    def choose(told: Facts) -> str:
        actions = Actions(told)
        run_all(rules, Variables(told), actions, stop_on_first_trigger=True)
        return actions.choice

    return choose


def cel(policies: list[str]) -> Choose:
    """One CEL expression, compiled; the names of the policies stand in it."""
    from cel_expr_python import cel as library  # noqa: PLC0415 - each engine may be missing

    texts = library.Type.List(library.Type.STRING)
    kinds = {"settings": texts, "assigned": library.Type.STRING, "site": library.Type.STRING, "proxies": texts}
    known = json.dumps(policies)
    expression = library.NewEnv(variables=kinds).compile(
        f"settings.exists(value, value in {json.dumps(ENABLED)})"
        f' ? (assigned in {known} ? assigned : (site in {known} ? site : "global"))'
        ' : (proxies.exists(entry, entry.startsWith("EUM:")) ? "on-premises" : "none")'
    )
    return lambda told: str(expression.eval(data=told).value())


def cedar(policies: list[str]) -> Choose:
    """Four permits in one parsed policy set; the first that determined the answer is the choice."""
    import cedarpy  # noqa: PLC0415 - each engine may be missing

    enabled, known = f"context.settings.containsAny({json.dumps(ENABLED)})", json.dumps(policies)
    conditions = [
        f"{enabled} && {known}.contains(context.assigned)",
        f"{enabled} && {known}.contains(context.site)",
        enabled,
        "context.um",
    ]
    permits = "\n".join(f"permit(principal, action, resource) when {{ {condition} }};" for condition in conditions)
    parsed, nobody = cedarpy.PolicySet.from_str(permits), cedarpy.Entities.from_json_str("[]")

    def choose(told: Facts) -> str:
        um = any(entry.startswith("EUM:") for entry in told["proxies"])
        context = {"settings": told["settings"], "assigned": told["assigned"], "site": told["site"], "um": um}
        request = {"principal": 'User::"u"', "action": 'Action::"a"', "resource": 'Mail::"m"', "context": context}
        reasons = cedarpy.is_authorized(request, parsed, nobody).diagnostics.reasons
        choices = {"policy0": told["assigned"], "policy1": told["site"], "policy2": "global", "policy3": "on-premises"}
        return str(next((choice for policy, choice in choices.items() if policy in reasons), "none"))

    return choose


def zen(policies: list[str]) -> Choose:
    """A GoRules decision table, first hit, between an input and an output node."""
    import zen as library  # noqa: PLC0415 - each engine may be missing

    fields = {
        "enabled": f"some(settings, # in {json.dumps(ENABLED)})",
        "assigned_exists": f"assigned in {json.dumps(policies)}",
        "site_exists": f"site in {json.dumps(policies)}",
        "um": 'some(proxies, startsWith(#, "EUM:"))',
    }
    rows = [
        (("enabled", "assigned_exists"), "assigned"),
        (("enabled", "site_exists"), "site"),
        (("enabled",), '"global"'),
        (("um",), '"on-premises"'),
        ((), '"none"'),
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": field} for name, field in fields.items()],
        "outputs": [{"id": "choice", "name": "choice", "field": "choice"}],
        "rules": [
            {"_id": str(number), "choice": choice, **{name: "true" if name in holding else "" for name in fields}}
            for number, (holding, choice) in enumerate(rows)
        ],
    }
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": one + other, "type": "edge", "sourceId": one, "targetId": other}
        for one, other in (("in", "table"), ("table", "out"))
    ]
    decision = library.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda told: str(decision.evaluate(told)["result"]["choice"])


def zen_expression(policies: list[str]) -> Choose:
    """The same as one compiled expression of GoRules' language, without a decision table."""
    import zen as library  # noqa: PLC0415 - each engine may be missing

    known = json.dumps(policies)
    expression = library.compile_expression(
        f"some(settings, # in {json.dumps(ENABLED)})"
        f' ? (assigned in {known} ? assigned : (site in {known} ? site : "global"))'
        ' : (some(proxies, startsWith(#, "EUM:")) ? "on-premises" : "none")'
    )
    return lambda told: str(expression.evaluate(told))


def rego(policies: list[str]) -> Choose:
    """A Rego module with an else for every choice."""
    import regopy  # noqa: PLC0415 - each engine may be missing

    module = """package route
import rego.v1
default choice := "none"
known := {KNOWN}
says_enabled := {ENABLED}
enabled if {
  some value in input.settings
  value in says_enabled
}
um if {
  some entry in input.proxies
  startswith(entry, "EUM:")
}
choice := input.assigned if {
  enabled
  input.assigned in known
} else := input.site if {
  enabled
  input.site in known
} else := "global" if {
  enabled
} else := "on-premises" if {
  um
}
"""
    sets = {"KNOWN": json.dumps(policies)[1:-1], "ENABLED": json.dumps(ENABLED)[1:-1]}
    interpreter = regopy.Interpreter()
    interpreter.add_module("route", module.replace("KNOWN", sets["KNOWN"]).replace("ENABLED", sets["ENABLED"]))

    def choose(told: Facts) -> str:
        interpreter.set_input(told)
        output = interpreter.query("data.route.choice")
        return str(json.loads(str(output))["expressions"][0])

    return choose


ENGINES: dict[str, Callable[[list[str]], Choose]] = {
    "business-rules": business_rules,
    "cel-expr-python": cel,
    "cedarpy": cedar,
    "zen-engine (decision table)": zen,
    "zen-engine (expression)": zen_expression,
    "regopy": rego,
}
