"""The audit: what is wrong with a deployment, who is affected, why, and which cmdlets mend it."""

from exum_routing.audit.table import RULES, Finding, Rule, Severity, audit
from exum_routing.audit.view import AuditView, audit_view

__all__ = ["RULES", "AuditView", "Finding", "Rule", "Severity", "audit", "audit_view"]
