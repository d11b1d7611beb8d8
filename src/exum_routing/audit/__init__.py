"""What is wrong with a deployment: findings, each by one rule of the table, and what was not looked at."""

from exum_routing.audit.counts import summary
from exum_routing.audit.observation import CallForEach
from exum_routing.audit.routed import AuditView, audit_view
from exum_routing.audit.rules import RULES, Finding, Rule, Severity, audit
from exum_routing.audit.unseen import not_looked_at

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
