"""What is not known is said in the same words by a call, by a change of calls and by the audit."""

import attrs
import pytest
from hypothesis import given
from test_audit_rules import CONTACT, RECIPE, USER, audited, with_site_policy

from exum_routing import Deployment, HostedUmService, Tenant, User
from exum_routing.audit import audit, not_looked_at
from exum_routing.call import CallTrace, Circumstances, call_changes, not_known, trace_call
from exum_routing.deployment import NotKnown, Subject
from exum_routing.interchange.answers import trace_to_text
from exum_routing.reading import Reading
from exum_routing.sip import Invite
from exum_routing.testing.strategies import readings

FOUND_BY = {
    "site-not-known": NotKnown.SITES,
    "pool-version-not-known": NotKnown.POOL_VERSIONS,
    "dial-plans-not-given": NotKnown.UM_SERVERS,
    "edge-settings-not-given": NotKnown.EDGE,
}
"""The findings about facts that the document lacks."""


def usual(subject: Subject, deployment: Deployment, reading: Reading = Reading()) -> CallTrace:  # noqa: B008 - immutable
    """A usual call to an account."""
    return trace_call(Invite.of_call("a@b.example", subject.sip_address), deployment, Circumstances(reading=reading))


@given(audited(), readings())
def test_what_a_call_lacks_the_audit_lacks(deployment: Deployment, reading: Reading) -> None:
    """What the call of anyone depends on and nobody gave is among what the audit did not look at, word for word."""
    for subject in deployment.subjects:
        trace = usual(subject, deployment, reading)
        lacking = not_known(trace, deployment)
        assert {str(one) for one in lacking} <= set(not_looked_at(deployment))
        if lacking:
            assert trace_to_text(trace, lacking).endswith("\n".join(f"  {one} ({one.clause})" for one in lacking))


@given(audited(), readings())
def test_findings_about_missing_facts_have_the_words_of_the_calls(deployment: Deployment, reading: Reading) -> None:
    """Where calls lack a fact that a rule is about, the rule finds it, and every finding of the rule has the same words.

    Where the site is not known, that is the finding: where the call goes, and what it would lack there, is not known either.
    """
    calls = [not_known(usual(subject, deployment, reading), deployment) for subject in deployment.subjects]
    lacking = {one for call in calls for one in ([NotKnown.SITES] if NotKnown.SITES in call else call)}
    found = {finding.rule: finding.sentence for finding in audit(deployment, reading=reading) if finding.rule in FOUND_BY}
    assert {FOUND_BY[rule] for rule in found} >= lacking & set(FOUND_BY.values())
    assert all(FOUND_BY[rule].words in sentence for rule, sentence in found.items())


@given(audited(), audited(), readings())
def test_a_change_of_calls_has_the_words_of_the_call(before: Deployment, after: Deployment, reading: Reading) -> None:
    """Where it is not known how a call ends, the fact is one that the call itself names."""
    for change in call_changes(before, after, reading=reading):
        for deployment, end in ((before, change.before), (after, change.after)):
            named = not_known(usual(deployment.by_address[change.address], deployment, reading), deployment)
            assert end.not_known is None or (end.not_known in named and str(end) == end.not_known.words)


SERVICE = HostedUmService(fqdn="exap.um.outlook.com")
TENANT = Tenant(organization="contoso.onmicrosoft.com")
ROY = User(sip_address="roy@contoso.com", proxy_addresses=("EUM:roy@contoso.com;phone-context=dp.contoso.com",))


@pytest.mark.parametrize(
    ("deployment", "lacking"),
    [
        (RECIPE, [NotKnown.SERVICES]),
        (attrs.evolve(RECIPE, hosted_um_services=(SERVICE,)), [NotKnown.TENANTS]),
        (attrs.evolve(RECIPE, hosted_um_services=(attrs.evolve(SERVICE, tenants=(TENANT,)),)), [NotKnown.MAILBOXES]),
        (attrs.evolve(RECIPE, edge=None), [NotKnown.EDGE]),
        (
            attrs.evolve(with_site_policy(), users=(attrs.evolve(USER, hosted_voicemail_policy=None),), pools=()),
            [NotKnown.SITES],
        ),
        (attrs.evolve(RECIPE, users=(), contacts=(CONTACT,)), [NotKnown.POOL_VERSIONS, NotKnown.SERVICES]),
        (
            attrs.evolve(RECIPE, users=(), contacts=(CONTACT,), hosted_um_services=(attrs.evolve(SERVICE, tenants=(TENANT,)),)),
            [NotKnown.POOL_VERSIONS],
        ),
        (Deployment(users=[ROY]), [NotKnown.UM_SERVERS]),
        (Deployment(users=[ROY], dial_plans=[]), []),
    ],
)
def test_what_a_call_lacks(deployment: Deployment, lacking: list[NotKnown]) -> None:
    """Each fact that a call may lack."""
    [first, *_] = deployment.subjects
    assert list(not_known(usual(first, deployment), deployment)) == lacking
