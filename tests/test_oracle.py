"""The independent oracle and ``route`` agree on every row of the finite abstraction, under every reading."""

import functools
from collections.abc import Callable

import oracle

import exum_routing as ex

ORGANIZATIONS = {
    oracle.PolicyKind.ONE_ORGANIZATION: ("one",),
    oracle.PolicyKind.SEVERAL_ORGANIZATIONS: ("one", "two"),
    oracle.PolicyKind.NO_ORGANIZATION: (),
    oracle.PolicyKind.NO_DESTINATION: ("one", "two"),
}
SERVERS = (("um-a", 14, True), ("um-b", 15, False), ("um-c", 14, True), ("um-d", 8, True))
PROXIES = {
    oracle.Proxies.NONE: ("SMTP:alice@contoso.com",),
    oracle.Proxies.ONE: ("SMTP:alice@contoso.com", "EUM:alice@contoso.com;phone-context=plan"),
    oracle.Proxies.SEVERAL: ("eum:4711;phone-context=other", "EUM:alice@contoso.com;phone-context=Plan"),
}
SCOPES = {ex.PolicyScope.PER_USER: "assigned", ex.PolicyScope.SITE: "site", ex.PolicyScope.GLOBAL: "global"}


def a_policy(identity: str, kind: oracle.PolicyKind) -> ex.HostedVoicemailPolicy:
    """The policy of one kind."""
    destination = None if kind is oracle.PolicyKind.NO_DESTINATION else "exap.um.outlook.com"
    organizations = ORGANIZATIONS[kind]
    return ex.HostedVoicemailPolicy(identity=identity, destination=destination, organizations=organizations)


@functools.cache
def dial_plans(kind: oracle.DialPlans) -> tuple[ex.UmDialPlan, ...] | None:
    """The dial plans of one kind; another one with a server of its own stands beside, in vain."""
    if kind is oracle.DialPlans.UNKNOWN:
        return None
    other = ex.UmDialPlan(phone_context="other", um_servers=[ex.UmServer(fqdn="um-x", major_version=63)])
    if kind is oracle.DialPlans.MISSING:
        return (other,)
    servers = [
        ex.UmServer(
            fqdn=fqdn,
            major_version=version,
            enabled=enabled and kind is not oracle.DialPlans.NO_SERVER_DISABLED,
        )
        for fqdn, version, enabled in SERVERS
    ]
    uri_type = ex.UriType.E164 if kind is oracle.DialPlans.WRONG_TYPE else ex.UriType.SIP_NAME
    return (other, ex.UmDialPlan(phone_context="plan", uri_type=uri_type, um_servers=servers))


@functools.cache
def deployment(
    assigned: oracle.Assigned, site: oracle.Site, global_: oracle.PolicyKind, plans: oracle.DialPlans
) -> ex.Deployment:
    """The deployment of a row; policies of another site and of another user's assignment stand beside, in vain."""
    decoy = oracle.PolicyKind.SEVERAL_ORGANIZATIONS
    policies = [a_policy("site:Dublin", decoy), a_policy("tag:Others", decoy), a_policy("Global", global_)]
    if isinstance(site, oracle.PolicyKind):
        policies.append(a_policy("site:Redmond", site))
    if isinstance(assigned, oracle.PolicyKind):
        policies.append(a_policy("tag:Assigned", assigned))
    pools = [ex.Pool(fqdn=f"{name}.contoso.com", site=name) for name in ("Redmond", "Dublin")]
    return ex.Deployment(policies=policies, pools=pools, dial_plans=dial_plans(plans))


@functools.cache
def subject(
    exchange: oracle.Pair,
    cs: oracle.Pair,
    proxies: oracle.Proxies,
    assigned: oracle.Assigned,
    site: oracle.Site,
    contact: bool,
) -> ex.Subject:
    """The user or contact of a row."""
    digit = {oracle.Pair.DISABLED: "0", oracle.Pair.ENABLED: "1"}
    settings = [
        f"{key}={digit[pair]}"
        for key, pair in (("exchangehostedvoicemail", exchange), ("CsHostedVoiceMail", cs))
        if pair in digit
    ]
    pool = "unknown" if site is oracle.NoSitePolicy.UNKNOWN_POOL else "redmond"
    registrar_pool = None if site is oracle.NoSitePolicy.NO_POOL else f"{pool}.contoso.com"
    address = "sip:alice@contoso.com"
    assignment = None if assigned is None else "Assigned"
    if contact:
        return ex.UmContact(
            sip_address=address,
            registrar_pool=registrar_pool,
            display_number="+14255550100",
            hosted_voicemail_policy=assignment,
        )
    return ex.User(
        sip_address=address,
        registrar_pool=registrar_pool,
        hosted_voicemail_policy=assignment,
        voice_mail_settings=settings,
        proxy_addresses=PROXIES[proxies],
    )


def reading(row: oracle.Row) -> ex.Reading:
    """The reading of a row."""
    return ex.Reading(
        authors_disagree=ex.AuthorsDisagree[row.authors_disagree.name],
        disabled_with_um_proxy_address=ex.DisabledWithUmProxyAddress[row.disabled_with_um_proxy_address.name],
        several_organizations=ex.SeveralOrganizations[row.several_organizations.name],
    )


def found(row: oracle.Row) -> oracle.Expected:
    """What ``route`` says of a row, in the oracle's words."""
    decision = ex.route(
        subject(row.exchange, row.cs, row.proxies, row.assigned, row.site, row.contact),
        deployment(row.assigned, row.site, row.global_, row.dial_plans),
        reading=reading(row),
    )
    match decision:
        case ex.HostedUm(policy, organizations, clauses):
            scope = SCOPES[policy.identity.scope]
            return oracle.Expected("HostedUm", None, scope, tuple(map(str, organizations)), None, (), clauses)
        case ex.OnPremisesUm(proxy_address, um_servers, clauses):
            plan = str(proxy_address.phone_context).lower()
            return oracle.Expected("OnPremisesUm", None, None, (), plan, tuple(map(str, um_servers)), clauses)
        case ex.NotRouted(reason, policy, proxy_address, clauses):
            by_policy = None if policy is None else SCOPES[policy.identity.scope]
            by_plan = None if proxy_address is None else str(proxy_address.phone_context).lower()
            return oracle.Expected("NotRouted", reason.name, by_policy, (), by_plan, (), clauses)


def test_oracle_and_route_agree_on_every_row(record_property: Callable[[str, object], None]) -> None:
    """Two readings of the clauses, made apart, give the same decision on every row of the abstraction."""
    count = 0
    disagreements = []
    for row in oracle.rows():
        count += 1
        if oracle.expected(row) != found(row):
            disagreements.append(row)
    record_property("figure", f"the oracle and route compared on {count:,} rows: {len(disagreements)} disagreements")
    assert disagreements == []
    assert count > 200_000
