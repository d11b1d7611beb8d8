"""What is wrong with a deployment: findings, each by one rule of the table, and what was not looked at."""

from exum_routing.audit.not_looked_at import not_looked_at
from exum_routing.audit.observation import CallForEach
from exum_routing.audit.routed import AuditView, audit_view
from exum_routing.audit.rules import RULES, Finding, Rule, Severity, audit
from exum_routing.audit.summary import summary

__all__ = [
    "RULES",
    "AuditView",
    "CallForEach",
    "Finding",
    "Rule",
    "Severity",
    "audit",
    "audit_view",
    "not_looked_at",
    "summary",
]
