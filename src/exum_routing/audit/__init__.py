"""What is wrong with a deployment: findings, each by one rule of the table."""

from exum_routing.audit.observation import CallForEach
from exum_routing.audit.routed import AuditView, audit_view
from exum_routing.audit.rules import RULES, Finding, Rule, Severity, audit

__all__ = ["RULES", "AuditView", "CallForEach", "Finding", "Rule", "Severity", "audit", "audit_view"]
