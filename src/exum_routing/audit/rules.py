"""The audit: what is wrong with a deployment, who is affected, why, and which cmdlets fix it.

Every rule is a row of ``RULES``. An error names the users and contacts whose calls fail; where a fault stops no call yet, its
finding is a warning and names the object. The published recipe leads to neither.
"""

import enum
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.audit.accounts import (
    authors_disagree,
    contact_number_not_unique,
    contact_of_cloud_voicemail,
    contact_on_2019_pool,
    indicator_dark,
    misspelled_pair,
    other_attribute_values,
    outside_support_matrix,
    pool_version_not_known,
    site_not_known,
    stale_um_proxy_address,
    without_enterprise_voice,
    without_voice_mail,
)
from exum_routing.audit.edge import (
    default_routing,
    destination_without_provider,
    edge_never_configured,
    edge_replica_behind,
    edge_settings_not_given,
    federation_not_allowed,
    no_hybrid_provider,
    partner_discovery,
    provider_disabled,
    provider_hosts_ocs_users,
    provider_is_local,
    provider_not_shared,
    verification_level,
)
from exum_routing.audit.observation import CallForEach, Observation
from exum_routing.audit.organizations import (
    cloud_not_known,
    organization_missing,
    organization_no_domain,
    other_cloud,
    several_organizations,
)
from exum_routing.audit.policies import (
    contact_without_destination,
    dangling_assignment,
    granted_but_not_enabled,
    policy_reaches_nobody,
    policy_without_destination,
    pools_not_given,
    site_policy_beside_others,
    site_policy_without_pool,
)
from exum_routing.audit.routed import AuditView, audit_view
from exum_routing.audit.um import (
    dial_plan_missing,
    dial_plan_not_sip_uri,
    dial_plan_of_mixed_versions,
    dial_plan_with_one_server,
    dial_plan_without_server,
    dial_plans_not_given,
    mailbox_missing,
    mailbox_not_used,
    no_primary_um_address,
    tenant_not_hosted,
    um_address_of_another_name,
    um_address_of_two,
    unsupported_um_version,
    voice_mail_turned_off,
)
from exum_routing.cmdlets import CmdletCall
from exum_routing.deployment import Deployment
from exum_routing.reading import DEFAULT_READING, Reading

__all__ = ["RULES", "AuditView", "Finding", "Rule", "Severity", "audit", "audit_view"]


class Severity(enum.Enum):
    """How much a finding matters; the value is its spelling on the wire."""

    ERROR = "ERROR"
    """A call fails."""
    WARNING = "WARNING"
    """No call is known to fail, but one will, or the settings are not those of the recipe."""
    NOTE = "NOTE"
    """Good to know; it may be meant so."""


@attrs.frozen
class Finding:
    """What a rule found.

    Clauses: POL-11, POL-12, URI-7, EDGE-8
    """

    rule: str
    """The id of the rule, as in ``destination-without-provider``."""
    severity: Severity
    """How much it matters."""
    subjects: tuple[str, ...]
    """Whom or what it is about, all of them, at least one: SIP addresses of users and contacts, or names of objects."""
    sentence: str
    """Why, in one sentence; where no cmdlet fixes it, who can."""
    clause: str
    """The id of the clause on which it rests."""
    remedy: tuple[CmdletCall, ...] = ()
    """The cmdlet calls that fix it, each to be run once."""
    remedy_each: tuple[CallForEach, ...] = ()
    """The cmdlet calls to be run for each subject."""

    def remedies(self) -> Iterator[str]:
        """Every cmdlet line that fixes it, in order; nothing where no cmdlet is known to fix it without harm.

        A line that another shell or machine has to run is a comment that says where.

        >>> finding = Finding("dangling-assignment", Severity.WARNING, ("sip:roy@contoso.com",), "Why.", "POL-6", (),
        ...                   (CallForEach("Grant-CsHostedVoicemailPolicy", (("policy_name", None),)),))
        >>> print(*finding.remedies())
        Grant-CsHostedVoicemailPolicy -Identity 'sip:roy@contoso.com' -PolicyName $null
        """
        yield from (call.line for call in self.remedy)
        yield from (call.of(subject).line for subject in self.subjects for call in self.remedy_each)


@attrs.frozen
class Rule:
    """One rule of the audit."""

    id: str
    """Its name in words."""
    severity: Severity
    """How much its findings matter; one of a rule of errors that stops no call is a warning."""
    clause: str
    """The id of the clause on which it rests."""
    title: str
    """What it finds, in a few words."""
    observe: Callable[[AuditView], Iterator[Observation]]
    """What looks for it."""

    def check(self, view: AuditView) -> Iterator[Finding]:
        """The findings of this rule in a deployment."""
        for seen in self.observe(view):
            severity = self.severity
            if severity is Severity.ERROR and not seen.calls_fail:
                severity = Severity.WARNING
            yield Finding(self.id, severity, seen.subjects, seen.sentence, self.clause, seen.remedy, seen.remedy_each)


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_SEVERITIES: Final = tuple(Severity)

RULES: Final = (
    Rule("default-routing", _E, "EDGE-1", "The Edge uses default routing", default_routing),
    Rule("federation-not-allowed", _E, "EDGE-2", "AllowFederatedUsers is False", federation_not_allowed),
    Rule("destination-without-provider", _E, "EDGE-6", "No hosting provider for a Destination", destination_without_provider),
    Rule("provider-disabled", _E, "EDGE-4", "The hosting provider is not enabled", provider_disabled),
    Rule("provider-not-shared", _E, "EDGE-4", "EnabledSharedAddressSpace is False", provider_not_shared),
    Rule("provider-hosts-ocs-users", _E, "EDGE-4", "HostsOCSUsers is True", provider_hosts_ocs_users),
    Rule("provider-is-local", _E, "EDGE-4", "IsLocal is True", provider_is_local),
    Rule("no-hybrid-provider", _W, "POL-13", "Cloud Voicemail without hybrid connectivity", no_hybrid_provider),
    Rule("edge-never-configured", _E, "REPL-2", "The Edge Server was never given the configuration", edge_never_configured),
    Rule("edge-replica-behind", _E, "REPL-3", "The Edge Server's replica is not what the store has", edge_replica_behind),
    Rule("verification-level", _W, "EDGE-8", "VerificationLevel is not the recipe's", verification_level),
    Rule("partner-discovery", _N, "EDGE-3", "EnablePartnerDiscovery is True", partner_discovery),
    Rule("edge-settings-not-given", _N, "EDGE-0", "The Access Edge settings are not known", edge_settings_not_given),
    Rule(
        "policy-without-destination",
        _E,
        "ROUTE-6",
        "Enabled users whose policy names no Destination",
        policy_without_destination,
    ),
    Rule(
        "contact-without-destination",
        _E,
        "ROUTE-9",
        "Contact objects whose policy names no Destination",
        contact_without_destination,
    ),
    Rule("organization-missing", _E, "URI-7", "A policy without Organization", organization_missing),
    Rule("organization-no-domain", _W, "POL-8", "An Organization that is no tenant's domain", organization_no_domain),
    Rule("several-organizations", _W, "POL-13", "Several organizations with Cloud Voicemail", several_organizations),
    Rule("other-cloud", _W, "POL-13", "A Destination of another cloud than the tenant's", other_cloud),
    Rule("cloud-not-known", _N, "POL-13", "An Organization whose cloud is not known", cloud_not_known),
    Rule("dangling-assignment", _W, "POL-6", "An assigned policy that does not exist", dangling_assignment),
    Rule("site-policy-without-pool", _W, "POL-11", "A site policy for a site without a pool", site_policy_without_pool),
    Rule("pools-not-given", _N, "POL-11", "The pools are not known", pools_not_given),
    Rule("site-policy-beside-others", _N, "POL-12", "Site policies beside other policies", site_policy_beside_others),
    Rule("policy-reaches-nobody", _N, "POL-5", "A policy that reaches nobody", policy_reaches_nobody),
    Rule("granted-but-not-enabled", _N, "POL-5", "Granted a usable policy, not enabled", granted_but_not_enabled),
    Rule("site-not-known", _W, "POL-11", "Accounts whose site is not known", site_not_known),
    Rule("without-enterprise-voice", _W, "ROUTE-2", "Enabled users without Enterprise Voice", without_enterprise_voice),
    Rule("authors-disagree", _W, "ROUTE-7", "The attribute's authors disagree", authors_disagree),
    Rule("misspelled-pair", _W, "ATTR-4", "A misspelled pair in the attribute", misspelled_pair),
    Rule("other-attribute-values", _N, "ATTR-4", "Other values in the attribute", other_attribute_values),
    Rule("stale-um-proxy-address", _N, "ROUTE-3", "A UM proxy address beside an enabled attribute", stale_um_proxy_address),
    Rule("without-voice-mail", _N, "ROUTE-5", "Enterprise Voice without voice mail", without_voice_mail),
    Rule("indicator-dark", _N, "CALL-9", "The call voice mail indicator stays dark", indicator_dark),
    Rule("outside-support-matrix", _W, "CALL-7", "Cloud Voicemail outside the support matrix", outside_support_matrix),
    Rule("contact-number-not-unique", _E, "CALL-13", "Contact objects that share a DisplayNumber", contact_number_not_unique),
    Rule("contact-on-2019-pool", _E, "CALL-15", "Contact objects fail on pools of 2019", contact_on_2019_pool),
    Rule("pool-version-not-known", _N, "CALL-15", "Contact objects on pools of unknown version", pool_version_not_known),
    Rule("contact-of-cloud-voicemail", _W, "CALL-15", "Contact objects of Cloud Voicemail", contact_of_cloud_voicemail),
    Rule("dial-plan-missing", _E, "UM-6", "A UM dial plan that does not exist", dial_plan_missing),
    Rule("dial-plan-not-sip-uri", _E, "UM-2", "A UM dial plan of another type than SIP URI", dial_plan_not_sip_uri),
    Rule("dial-plan-without-server", _E, "UM-6", "A UM dial plan without an enabled UM server", dial_plan_without_server),
    Rule("dial-plan-with-one-server", _W, "UM-5", "A UM dial plan with one UM server", dial_plan_with_one_server),
    Rule("dial-plan-of-mixed-versions", _N, "UM-3", "UM servers that are never tried", dial_plan_of_mixed_versions),
    Rule("unsupported-um-version", _W, "UM-3", "UM servers of a version that is not supported", unsupported_um_version),
    Rule("no-primary-um-address", _W, "ATTR-7", "No primary UM proxy address", no_primary_um_address),
    Rule("um-address-of-another-name", _W, "ATTR-7", "A UM proxy address of another name", um_address_of_another_name),
    Rule("um-address-of-two", _W, "ATTR-7", "A UM proxy address of two accounts", um_address_of_two),
    Rule("dial-plans-not-given", _N, "UM-6", "The UM dial plans are not known", dial_plans_not_given),
    Rule("tenant-not-hosted", _E, "CALL-14", "No organization that the hosted service hosts", tenant_not_hosted),
    Rule("mailbox-missing", _E, "CALL-14", "Users without a mailbox in the tenant", mailbox_missing),
    Rule("voice-mail-turned-off", _N, "CALL-14", "Voice mail turned off at the service", voice_mail_turned_off),
    Rule("mailbox-not-used", _W, "CALL-7", "Users with a mailbox online who are not enabled", mailbox_not_used),
)
"""The rules, in the order in which their findings are given."""


@names_wrong_types
def audit(deployment: Deployment, *, reading: Reading = DEFAULT_READING) -> tuple[Finding, ...]:
    """The findings about a deployment: errors first, then warnings, then notes, each in the order of the rules.

    No finding does not mean that voice mail works: ``not_looked_at`` says what a deployment cannot show.

    The order of the users changes nothing but the order of subjects. The time it takes is linear in the accounts.

    Clauses: POL-11, POL-12, URI-7, EDGE-7, EDGE-8

    >>> from exum_routing.deployment import User
    >>> alice = User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",))
    >>> [(finding.rule, finding.severity.name) for finding in audit(Deployment(users=[alice]))]
    [('policy-without-destination', 'ERROR')]
    """
    view = audit_view(deployment, reading)
    found = [finding for rule in RULES for finding in rule.check(view)]
    return tuple(sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity)))
