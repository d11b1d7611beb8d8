"""The plan: it leads where it is to lead, none of its cmdlets is refused; an unreachable target is refused with reasons."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from exum_routing import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    EdgeReplica,
    Fqdn,
    HostedUmService,
    HostedVoicemailPolicy,
    HostingProvider,
    NotRouted,
    PolicyIdentity,
    PolicyScope,
    Pool,
    SipAddress,
    Tenant,
    UmContact,
    UmDialPlan,
    UmServer,
    User,
    VerificationLevel,
    route,
)
from exum_routing.cmdlets import CmdletCall, IdentityInUse, View, new_cs_ex_um_contact, set_cs_user
from exum_routing.interchange.powershell import read_script
from exum_routing.planning import (
    TargetUnreachable,
    plan,
    plan_script,
    run_plan,
    same_deployment,
    with_wanted_replica,
)
from exum_routing.reading import CmdletReading, Disabling, ForeignValue
from exum_routing.rehearsal import Rehearsal, rehearse
from exum_routing.testing.sip_strategies import fqdns
from exum_routing.testing.strategies import (
    access_edge_configurations,
    deployments,
    hosted_voicemail_policies,
    hosting_providers,
    um_contacts,
)

ALWAYS = CmdletReading(disabling=Disabling.ALWAYS_ALLOWED)
WARN_ONLY = CmdletReading(foreign_value=ForeignValue.WARN_ONLY)
READINGS = (CmdletReading(), ALWAYS, WARN_ONLY)
OU = "OU=Contacts,DC=contoso,DC=com"

EXO, FABRIKAM = "exap.um.outlook.com", "um.fabrikam.com"
ON, OFF = "CsHostedVoiceMail=1", "CsHostedVoiceMail=0"

ODD_NAMES = (
    "O'Brien",
    'a "b"',
    "$(Get-Date)",
    "$true",
    "`n",
    "a`",
    "two  blanks",
    "Z\u00fcrich",
    "\u6771\u4eac",
    "\u2018typographic\u2019",
    "\u201alow\u201b",
    "\u201cdouble\u201d \u201e",
    "\u2013Identity",
    "-Identity",
    "--%",
    "# no comment",
    "a;b|c&d",
    "@{x}",
    "{}",
    "*",
    "Global",
)
ODD_TEXTS = (*ODD_NAMES, "", " a ", "'", "''", "\u2019\u2019'")


def steps_of(current: Deployment, target: Deployment, reading: CmdletReading) -> tuple[CmdletCall, ...]:
    """The plan; a target that cannot be reached is no example."""
    try:
        steps = plan(current, target, ou=OU, reading=reading)
    except TargetUnreachable as error:
        event(error.reasons[0].split(": ")[-1])
        assume(False)
        raise
    event("a plan without steps" if not steps else "a plan with steps")
    return steps


def rehearsed(script: str, deployment: Deployment, reading: CmdletReading = READINGS[0]) -> Rehearsal:
    """A script, rehearsed."""
    return rehearse(read_script(script), deployment, reading=reading)


def _changed_policies(draw: DrawFn, current: Deployment) -> list[HostedVoicemailPolicy]:
    """The policies that a target has: some as they are, some changed, some gone, some new."""
    found = {}
    for policy in current.policies:
        change = draw(st.sampled_from(("keep", "keep", "change", "remove")))
        if change == "change":
            found[policy.identity.key] = draw(hosted_voicemail_policies(identity=st.just(policy.identity)))
        elif change == "keep" or policy.identity == GLOBAL:
            found[policy.identity.key] = policy
    names = [*map("tag:{}".format, ODD_NAMES), *(f"site:{pool.site}" for pool in current.pools)]
    identities = st.sampled_from(names).map(PolicyIdentity)
    for policy in draw(st.lists(hosted_voicemail_policies(identity=identities), max_size=2)):
        described = attrs.evolve(policy, description=draw(st.none() | st.sampled_from(ODD_TEXTS)))
        found.setdefault(policy.identity.key, described)
    return list(found.values())


def _changed_providers(draw: DrawFn, current: Deployment) -> list[HostingProvider]:
    """The hosting providers that a target has; a provider may go with another's ProxyFqdn."""
    changed = [
        attrs.evolve(
            draw(hosting_providers()), identity=provider.identity, proxy_fqdn=draw(st.just(provider.proxy_fqdn) | fqdns())
        )
        for provider in current.providers
        if draw(st.booleans())
    ]
    new = [
        attrs.evolve(one, identity=draw(st.sampled_from(ODD_NAMES))) for one in draw(st.lists(hosting_providers(), max_size=2))
    ]
    kept = [provider for provider in current.providers if draw(st.booleans())]
    by_identity = {provider.identity.lower(): provider for provider in (*new, *changed, *kept)}
    return list({provider.proxy_fqdn: provider for provider in by_identity.values()}.values())


def _changed_user(draw: DrawFn, user: User, policies: Sequence[PolicyIdentity | None], pools: Sequence[Fqdn]) -> User:
    """A user with another assignment, pool and attribute, such as cmdlets write it, or as it was."""
    enterprise_voice = user.enterprise_voice_enabled
    return attrs.evolve(
        user,
        enterprise_voice_enabled=draw(st.sampled_from([enterprise_voice, enterprise_voice, True, False])),
        registrar_pool=user.registrar_pool and draw(st.sampled_from([user.registrar_pool, *pools])),
        hosted_voicemail_policy=draw(st.sampled_from([user.hosted_voicemail_policy, *policies])),
        voice_mail_settings=draw(st.sampled_from([user.voice_mail_settings.values, (), (ON,), (OFF,)])),
    )


def _changed_contacts(draw: DrawFn, current: Deployment, policies: Sequence[PolicyIdentity | None]) -> list[UmContact]:
    """The contacts that a target has: their numbers may go round, and some are new."""
    numbers = draw(st.permutations([contact.display_number for contact in current.contacts]))
    changed = [
        attrs.evolve(
            contact,
            display_number=number,
            auto_attendant=draw(st.booleans()),
            registrar_pool=contact.registrar_pool
            and draw(st.sampled_from([contact.registrar_pool, Fqdn("pool09.contoso.com")])),
            hosted_voicemail_policy=draw(st.sampled_from([contact.hosted_voicemail_policy, *policies])),
        )
        for contact, number in zip(current.contacts, numbers, strict=True)
        if draw(st.integers(0, 3))
    ]
    pools = st.just(Fqdn("pool01.contoso.com"))
    new = draw(um_contacts()) if draw(st.booleans()) else None
    if new is not None and new.sip_address not in current.by_address:
        changed.append(attrs.evolve(new, registrar_pool=draw(pools), hosted_voicemail_policy=draw(st.sampled_from(policies))))
    return changed


@st.composite
def changed_deployments(draw: DrawFn) -> tuple[Deployment, Deployment]:
    """A deployment, and one to which cmdlets mostly lead from it."""
    current = draw(deployments(min_users=1, max_users=4, max_contacts=3))
    policies = _changed_policies(draw, current)
    per_user = [policy.identity for policy in policies if policy.identity.scope is PolicyScope.PER_USER]
    assigned = [None, *per_user]
    pools = [pool.fqdn for pool in current.pools]
    return current, attrs.evolve(
        current,
        users=[_changed_user(draw, user, assigned, pools) for user in draw(st.permutations(current.users))],
        contacts=_changed_contacts(draw, current, assigned),
        policies=policies,
        providers=_changed_providers(draw, current),
        edge=draw(st.just(current.edge) | access_edge_configurations()),
    )


class TestCmd13:
    """A refused cmdlet changes nothing. A cmdlet changes only the one object it names."""

    @given(changed=changed_deployments(), reading=st.sampled_from(READINGS))
    def test_running_the_plan_gives_the_target(self, changed: tuple[Deployment, Deployment], reading: CmdletReading) -> None:
        """So many changes of one object each lead there, and none of them is refused."""
        current, target = changed
        steps = steps_of(current, target, reading)
        assert same_deployment(run_plan(current, steps, reading=reading), with_wanted_replica(current, target))

    @given(changed=changed_deployments(), reading=st.sampled_from(READINGS))
    def test_rehearsing_the_printed_script_gives_the_target(
        self, changed: tuple[Deployment, Deployment], reading: CmdletReading
    ) -> None:
        """The script says what the steps do, whatever the names hold."""
        current, target = changed
        found = rehearsed(plan_script(steps_of(current, target, reading)), current, reading)
        assert [step.refusal for step in found.steps if step.refusal is not None] == []
        assert same_deployment(found.after, with_wanted_replica(current, target))

    @given(deployment=deployments(max_contacts=3), reading=st.sampled_from(READINGS))
    def test_nothing_leads_from_a_deployment_to_itself(self, deployment: Deployment, reading: CmdletReading) -> None:
        """Nor to one that states the same in another order."""
        reordered = attrs.evolve(deployment, users=deployment.users[::-1], providers=deployment.providers[::-1])
        assert plan(deployment, deployment, reading=reading) == plan(deployment, reordered, reading=reading) == ()

    @given(changed=changed_deployments(), reading=st.sampled_from(READINGS))
    def test_who_is_routed_before_and_after_is_routed_in_between(
        self, changed: tuple[Deployment, Deployment], reading: CmdletReading
    ) -> None:
        """But where another application's value is in the attribute: it is lost with the pair, or bars the way past CMD-7."""
        current, target = changed
        paired = {user.sip_address for user in current.users if {ON, OFF}.issuperset(user.voice_mail_settings.values)}
        kept = paired & _routed(current) & _routed(target)
        view = View(current).under(reading)
        for step in steps_of(current, target, reading):
            view = view.after(step.run(view).changes)
            assert kept <= _routed(view.folded())


def _routed(deployment: Deployment) -> set[SipAddress]:
    """The users who are routed."""
    return {user.sip_address for user in deployment.users if not isinstance(route(user, deployment), NotRouted)}


@given(text=st.sampled_from(ODD_TEXTS) | st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12))
def test_a_description_stands_in_the_script_as_it_is(text: str) -> None:
    """Quotes of every kind, dollars, backticks, blanks and any script: rehearsed, it is the text again."""
    target = Deployment(policies=[HostedVoicemailPolicy(identity=GLOBAL, description=text)])
    script = plan_script(plan(Deployment(), target))
    assert rehearsed(script, Deployment()).after == target


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_stands_in_the_script_as_it_is(name: str) -> None:
    """Of a policy that is made, granted and removed, and of a provider."""
    policy = HostedVoicemailPolicy(identity=f"tag:{name}", destination=EXO)
    bare, made = (
        Deployment(users=[_user()]),
        a_deployment(policy, users=[_user(policy=f"tag:{name}")], providers=[_provider(name)]),
    )
    there, back = plan_script(plan(bare, made)), plan_script(plan(made, bare))
    assert same_deployment(rehearsed(there, bare).after, made)
    assert same_deployment(rehearsed(back, made).after, bare)


def _user(*values: str, policy: str | None = None, **fields: Any) -> User:
    return User(sip_address="alice@contoso.com", voice_mail_settings=values, hosted_voicemail_policy=policy, **fields)


def _provider(identity: str = "Cloud Voicemail", proxy_fqdn: str = EXO, **fields: Any) -> HostingProvider:
    return HostingProvider(identity=identity, proxy_fqdn=proxy_fqdn, **fields)


def _contact(name: str, number: str, **fields: Any) -> UmContact:
    given = {"registrar_pool": "pool01.contoso.com"} | fields
    return UmContact(sip_address=f"{name}@contoso.com", display_number=number, **given)


def a_deployment(*policies: HostedVoicemailPolicy, **parts: Any) -> Deployment:
    """A deployment with these policies, beside an empty global one if none of them is it."""
    everyone = () if any(policy.identity == GLOBAL for policy in policies) else (HostedVoicemailPolicy(identity=GLOBAL),)
    return Deployment(policies=(*everyone, *policies), **parts)


USABLE = HostedVoicemailPolicy(identity="Usable", destination=EXO, organizations=("contoso.onmicrosoft.com",))
BARE = HostedVoicemailPolicy(identity="Bare")
EVERYONE = HostedVoicemailPolicy(identity=GLOBAL, destination=EXO)
DNS = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
ROUTED = AccessEdgeConfiguration(default_route_fqdn="edge.contoso.com")

ON_PREMISES: dict[str, Any] = {"proxy_addresses": ("EUM:alice@contoso.com;phone-context=dp",)}
DIAL_PLAN = UmDialPlan(phone_context="dp", um_servers=[UmServer(fqdn="um1.contoso.com", major_version=15)])

GRANT = "Grant-CsHostedVoicemailPolicy -PolicyName"
ALICE = "-Identity 'sip:alice@contoso.com'"
NEW_PROVIDER = (
    "New-CsHostingProvider -Identity '{}' -Enabled $False -EnabledSharedAddressSpace $False -HostsOCSUsers $False "
    "-ProxyFqdn '{}' -IsLocal $False -VerificationLevel 'AlwaysVerifiable'"
)
NEW_CONTACT = (
    "New-CsExUmContact -SipAddress 'sip:{}@contoso.com' -RegistrarPool '{}' -DisplayNumber '{}' "
    f"-OU '{OU}' -AutoAttendant $False"
)

PLANS = {
    "nothing is to be done": (Deployment(), Deployment(), ["# Nothing is to be done."]),
    "provider before policy before grant before enabling": (
        a_deployment(users=[_user()]),
        a_deployment(USABLE, users=[_user(ON, policy="Usable")], providers=[_provider()], edge=DNS),
        [
            "# The Access Edge configuration",
            "Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -EnablePartnerDiscovery $False -AllowFederatedUsers $True",
            "# New hosting providers",
            NEW_PROVIDER.format("Cloud Voicemail", EXO),
            "# New policies",
            f"New-CsHostedVoicemailPolicy -Identity 'tag:Usable' -Destination '{EXO}' -Organization 'contoso.onmicrosoft.com'",
            "# Grants",
            f"{GRANT} 'tag:Usable' {ALICE}",
            "# Enabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $True",
        ],
    ),
    "and everything back again": (
        a_deployment(USABLE, users=[_user(ON, policy="Usable")], providers=[_provider()]),
        a_deployment(users=[_user()]),
        [
            "# The attribute",
            f"Set-CsUser {ALICE} -HostedVoiceMail $null",
            "# Grants",
            f"{GRANT} $null {ALICE}",
            "# Policies that go",
            "Remove-CsHostedVoicemailPolicy -Identity 'tag:Usable'",
            "# Hosting providers that go",
            "Remove-CsHostingProvider -Identity 'Cloud Voicemail'",
        ],
    ),
    "blanking a policy behind granting another": (
        a_deployment(EVERYONE, USABLE, users=[_user(ON)]),
        a_deployment(USABLE, users=[_user(ON, policy="Usable")]),
        [
            "# Grants",
            f"{GRANT} 'tag:Usable' {ALICE}",
            "# Policies that change",
            "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination $null",
        ],
    ),
    "the organizations of a policy, all of them or none": (
        a_deployment(USABLE, EVERYONE),
        a_deployment(
            attrs.evolve(USABLE, organizations=()),
            attrs.evolve(EVERYONE, organizations=("a.com", "b.com"), destination=FABRIKAM),
        ),
        [
            "# Policies that change",
            "Set-CsHostedVoicemailPolicy -Identity 'tag:Usable' -Organization $null",
            f"Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination '{FABRIKAM}' -Organization 'a.com,b.com'",
        ],
    ),
    "disabling before a policy becomes usable": (
        a_deployment(users=[_user()]),
        a_deployment(EVERYONE, users=[_user(OFF)]),
        [
            "# Disabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $False",
            "# Policies that change",
            f"Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination '{EXO}'",
        ],
    ),
    "disabling after a policy is not usable any more": (
        a_deployment(EVERYONE, users=[_user(ON)]),
        a_deployment(users=[_user(OFF)]),
        [
            "# Policies that change",
            "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination $null",
            "# Disabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $False",
        ],
    ),
    "disabling after that, the attribute empty in between, where on-premises UM answers": (
        a_deployment(EVERYONE, users=[_user(ON, **ON_PREMISES)], dial_plans=[DIAL_PLAN]),
        a_deployment(users=[_user(OFF, **ON_PREMISES)], dial_plans=[DIAL_PLAN]),
        [
            "# Disabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $null",
            "# Policies that change",
            "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination $null",
            "# Disabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $False",
        ],
    ),
    "disabling after that, where the attribute is empty anyhow": (
        a_deployment(EVERYONE, users=[_user()]),
        a_deployment(users=[_user(OFF)]),
        [
            "# Policies that change",
            "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination $null",
            "# Disabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $False",
        ],
    ),
    "disabling where no policy is usable, and another application's value goes": (
        a_deployment(users=[_user("Other=1")]),
        a_deployment(users=[_user(OFF)]),
        [
            "# Disabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $null",
            f"Set-CsUser {ALICE} -HostedVoiceMail $False",
        ],
    ),
    "enabling while the policy is usable that will not be": (
        a_deployment(EVERYONE, users=[_user()]),
        a_deployment(users=[_user(ON)]),
        [
            "# Enabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $True",
            "# Policies that change",
            "Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination $null",
        ],
    ),
    "another application's value goes, the pair stays": (
        a_deployment(EVERYONE, users=[_user(ON, "Other=1")]),
        a_deployment(EVERYONE, users=[_user(ON)]),
        [
            "# Enabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $null",
            f"Set-CsUser {ALICE} -HostedVoiceMail $True",
        ],
    ),
    "another application's value stays": (
        a_deployment(EVERYONE, users=[_user("Other=1", OFF)]),
        a_deployment(EVERYONE, users=[_user(ON, "Other=1")]),
        ["# Enabled users", f"Set-CsUser {ALICE} -HostedVoiceMail $True"],
    ),
    "Enterprise Voice first, or last": (
        a_deployment(
            EVERYONE,
            users=[_user(enterprise_voice_enabled=False), User(sip_address="bob@contoso.com", enterprise_voice_enabled=True)],
        ),
        a_deployment(
            EVERYONE,
            users=[
                User(sip_address="bob@contoso.com", enterprise_voice_enabled=False),
                _user(ON, enterprise_voice_enabled=True),
            ],
        ),
        [
            "# Enterprise Voice",
            f"Set-CsUser {ALICE} -EnterpriseVoiceEnabled $True",
            "# Enabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $True",
            "# Enterprise Voice",
            "Set-CsUser -Identity 'sip:bob@contoso.com' -EnterpriseVoiceEnabled $False",
        ],
    ),
    "a policy without Destination is made and granted behind": (
        a_deployment(EVERYONE, users=[_user(ON)]),
        a_deployment(EVERYONE, attrs.evolve(BARE, description="O'Brien"), users=[_user(ON, policy="Bare")]),
        [
            "# New policies",
            "New-CsHostedVoicemailPolicy -Identity 'tag:Bare' -Description 'O''Brien'",
            "# Grants",
            f"{GRANT} 'tag:Bare' {ALICE}",
        ],
    ),
    "a policy without Destination goes at once": (
        a_deployment(EVERYONE, BARE, users=[_user(policy="Bare")]),
        a_deployment(EVERYONE, users=[_user(ON, policy="Bare")]),
        [
            "# Policies that go",
            "Remove-CsHostedVoicemailPolicy -Identity 'tag:Bare'",
            "# Enabled users",
            f"Set-CsUser {ALICE} -HostedVoiceMail $True",
        ],
    ),
    "a policy that goes is granted before": (
        a_deployment(BARE, users=[_user()]),
        a_deployment(users=[_user(policy="Bare")]),
        [
            "# Grants",
            f"{GRANT} 'tag:Bare' {ALICE}",
            "# Policies that go",
            "Remove-CsHostedVoicemailPolicy -Identity 'tag:Bare'",
        ],
    ),
    "a policy that goes is granted before to a contact that is new": (
        a_deployment(BARE, contacts=[_contact("sa", "12")]),
        Deployment(contacts=[_contact("aa", "12", hosted_voicemail_policy="Bare")]),
        [
            "# Contacts that go",
            "Remove-CsExUmContact -Identity 'sip:sa@contoso.com'",
            "# New contacts",
            NEW_CONTACT.format("aa", "pool01.contoso.com", "12"),
            "# Grants",
            f"{GRANT} 'tag:Bare' -Identity 'sip:aa@contoso.com'",
            "# Policies that go",
            "Remove-CsHostedVoicemailPolicy -Identity 'tag:Bare'",
        ],
    ),
    "another ProxyFqdn is another provider": (
        Deployment(providers=[_provider(), _provider("Other", FABRIKAM)]),
        Deployment(providers=[_provider("cloud voicemail", FABRIKAM)]),
        [
            "# Hosting providers that go",
            "Remove-CsHostingProvider -Identity 'Cloud Voicemail'",
            "Remove-CsHostingProvider -Identity 'Other'",
            "# New hosting providers",
            NEW_PROVIDER.format("cloud voicemail", FABRIKAM),
        ],
    ),
    "what a provider is set to": (
        Deployment(providers=[_provider(), _provider("Other", FABRIKAM, enabled=True)]),
        Deployment(
            providers=[
                _provider(enabled=True, is_local=True, verification_level=VerificationLevel.USE_SOURCE_VERIFICATION),
                _provider("Other", FABRIKAM),
            ]
        ),
        [
            "# Hosting providers",
            "Set-CsHostingProvider -Identity 'Cloud Voicemail' -IsLocal $True -VerificationLevel 'UseSourceVerification'",
            "Enable-CsHostingProvider -Identity 'Cloud Voicemail'",
            "Disable-CsHostingProvider -Identity 'Other'",
        ],
    ),
    "a default route only once every hosting provider is deleted": (
        Deployment(edge=DNS, providers=[_provider()]),
        Deployment(edge=ROUTED, providers=[_provider()]),
        [
            "# Hosting providers that go",
            "Remove-CsHostingProvider -Identity 'Cloud Voicemail'",
            "# The Access Edge configuration",
            "Set-CsAccessEdgeConfiguration -UseDefaultRouting -DefaultRouteFqdn 'edge.contoso.com' -AllowFederatedUsers $False",
            "# New hosting providers",
            NEW_PROVIDER.format("Cloud Voicemail", EXO),
        ],
    ),
    "the default route stays": (
        Deployment(edge=ROUTED, providers=[_provider()]),
        Deployment(edge=attrs.evolve(ROUTED, allow_federated_users=True), providers=[_provider()]),
        ["# The Access Edge configuration", "Set-CsAccessEdgeConfiguration -AllowFederatedUsers $True"],
    ),
    "contacts swap their numbers, one by a number for a while": (
        Deployment(contacts=[_contact("aa", "11"), _contact("sa", "12"), _contact("hall", "110")]),
        Deployment(contacts=[_contact("aa", "12", auto_attendant=True), _contact("sa", "11"), _contact("hall", "110")]),
        [
            "# Contacts that change",
            "Set-CsExUmContact -Identity 'sip:aa@contoso.com' -DisplayNumber '1100'",
            "Set-CsExUmContact -Identity 'sip:sa@contoso.com' -DisplayNumber '11'",
            "Set-CsExUmContact -Identity 'sip:aa@contoso.com' -DisplayNumber '12' -AutoAttendant $True",
        ],
    ),
    "a number is free once the next contact has its own": (
        Deployment(contacts=[_contact("aa", "11"), _contact("sa", "12")]),
        Deployment(contacts=[_contact("aa", "12"), _contact("sa", "13")]),
        [
            "# Contacts that change",
            "Set-CsExUmContact -Identity 'sip:sa@contoso.com' -DisplayNumber '13'",
            "Set-CsExUmContact -Identity 'sip:aa@contoso.com' -DisplayNumber '12'",
        ],
    ),
    "contacts that share a number are left alone": (
        Deployment(contacts=[_contact("aa", "11", registrar_pool=None), _contact("sa", "11")]),
        Deployment(contacts=[_contact("sa", "11"), _contact("aa", "11", registrar_pool=None, auto_attendant=True)]),
        ["# Contacts that change", "Set-CsExUmContact -Identity 'sip:aa@contoso.com' -AutoAttendant $True"],
    ),
    "a contact moves to another pool after it is granted a policy, and before it loses one": (
        a_deployment(USABLE, contacts=[_contact("aa", "11"), _contact("sa", "12", hosted_voicemail_policy="Usable")]),
        a_deployment(
            USABLE,
            contacts=[
                _contact("aa", "11", registrar_pool="pool02.contoso.com", hosted_voicemail_policy="Usable"),
                _contact("sa", "13", registrar_pool="pool02.contoso.com", auto_attendant=True),
            ],
        ),
        [
            "# Contacts that change",
            "Set-CsExUmContact -Identity 'sip:sa@contoso.com' -DisplayNumber '13' -AutoAttendant $True",
            "# Grants",
            f"{GRANT} 'tag:Usable' -Identity 'sip:aa@contoso.com'",
            "# Contacts that move",
            "Move-CsExUmContact -Identity 'sip:aa@contoso.com' -Target 'pool02.contoso.com'",
            "Move-CsExUmContact -Identity 'sip:sa@contoso.com' -Target 'pool02.contoso.com'",
            "# Grants",
            f"{GRANT} $null -Identity 'sip:sa@contoso.com'",
        ],
    ),
    "a per-user policy may be called Global": (
        a_deployment(users=[_user()]),
        a_deployment(HostedVoicemailPolicy(identity="tag:Global", destination=EXO), users=[_user(policy="tag:Global")]),
        [
            "# New policies",
            f"New-CsHostedVoicemailPolicy -Identity 'tag:Global' -Destination '{EXO}'",
            "# Grants",
            f"{GRANT} 'tag:Global' {ALICE}",
        ],
    ),
}
"""Plans whose order matters: the deployment as it is, as it is to be, and the lines of the script."""


@pytest.mark.parametrize(("current", "target", "lines"), PLANS.values(), ids=PLANS)
def test_the_script_of_a_plan(current: Deployment, target: Deployment, lines: list[str]) -> None:
    """Each command stands behind what it needs, under a comment that commands of one kind share; it leads there."""
    script = plan_script(plan(current, target, ou=OU))
    assert script.splitlines() == lines
    assert script.endswith("\n")
    assert same_deployment(rehearsed(script, current).after, target)


def test_where_disabling_is_always_allowed_it_needs_no_policy_blanked() -> None:
    """The reading lets a user be disabled beside a usable policy, in one command."""
    current, target = a_deployment(EVERYONE, users=[_user(ON)]), a_deployment(EVERYONE, users=[_user(OFF)])
    (step,) = plan(current, target, reading=ALWAYS)
    assert step == CmdletCall.of("Disabled users", set_cs_user, identity="sip:alice@contoso.com", hosted_voice_mail=False)


FIXED: dict[str, dict[str, Any]] = {
    "DisplayName": {"display_name": "Alice"},
    "UserPrincipalName": {"user_principal_name": "alice@contoso.com"},
    "SamAccountName": {"sam_account_name": "alice"},
    "DistinguishedName": {"distinguished_name": "CN=Alice"},
}
"""What no cmdlet changes of a user, by the document's key."""

UNREACHABLE: dict[str, tuple[Deployment, Deployment, str]] = {
    "pools": (
        Deployment(),
        Deployment(pools=[Pool(fqdn="pool01.contoso.com", site="Redmond")]),
        "Pools differ: no cmdlet here changes them; change the document",
    ),
    "a pool's site": (
        Deployment(pools=[Pool(fqdn="pool01.contoso.com", site="Dublin")]),
        Deployment(pools=[Pool(fqdn="pool01.contoso.com", site="Redmond")]),
        "Pools differ: no cmdlet here changes them; change the document",
    ),
    "dial plans": (
        Deployment(dial_plans=[UmDialPlan(phone_context="dp")]),
        Deployment(),
        "UmDialPlans differ: no cmdlet here changes them; change the document",
    ),
    "the replica": (
        Deployment(edge_replica=EdgeReplica()),
        Deployment(),
        "EdgeReplica differs by more than what it holds: no cmdlet here changes that; change the document",
    ),
    "the A/V Edge": (
        Deployment(),
        Deployment(av_edge_gruu="sip:edge@contoso.com;gruu"),
        "AvEdgeGruu differ: no cmdlet here changes them; change the document",
    ),
    "hosted UM services": (
        Deployment(),
        Deployment(hosted_um_services=[HostedUmService(fqdn=EXO, tenants=[Tenant(organization="contoso.onmicrosoft.com")])]),
        "HostedUmServices differ: no cmdlet here changes them; change the document",
    ),
    "a new user": (Deployment(), Deployment(users=[_user()]), "sip:alice@contoso.com is no user yet: no cmdlet here makes one"),
    "a user who goes": (
        Deployment(users=[_user()]),
        Deployment(),
        "sip:alice@contoso.com is a user still: no cmdlet here removes one",
    ),
    "an Edge that is not known any more": (
        Deployment(edge=DNS),
        Deployment(),
        "AccessEdgeConfiguration was given and is not any more: no cmdlet takes it away",
    ),
    "default routing without a route": (
        Deployment(edge=DNS),
        Deployment(edge=AccessEdgeConfiguration()),
        "AccessEdgeConfiguration: default routing needs DefaultRouteFqdn: give it in the target",
    ),
    "a default route that goes": (
        Deployment(edge=ROUTED),
        Deployment(edge=AccessEdgeConfiguration()),
        "AccessEdgeConfiguration: default routing needs DefaultRouteFqdn: give it in the target",
    ),
    "a contact without pool": (
        Deployment(),
        Deployment(contacts=[_contact("aa", "11", registrar_pool=None)]),
        "sip:aa@contoso.com is to be a contact without RegistrarPool: New-CsExUmContact needs one",
    ),
    "a contact's policy that is none": (
        Deployment(contacts=[_contact("aa", "11")]),
        Deployment(contacts=[_contact("aa", "11", hosted_voicemail_policy="Gone")]),
        "sip:aa@contoso.com is to have tag:Gone, which is no policy: give one of the target",
    ),
    "a new contact without an organizational unit": (
        Deployment(),
        Deployment(contacts=[_contact("aa", "11", hosted_voicemail_policy="Gone")]),
        (
            "sip:aa@contoso.com is to be made, and New-CsExUmContact needs -OU: say in which organizational unit, by its "
            "distinguished name, as --ou 'OU=Contacts,DC=contoso,DC=com'"
        ),
    ),
    "a user's policy that is none": (
        Deployment(users=[_user()]),
        Deployment(users=[_user(policy="Gone")]),
        "sip:alice@contoso.com is to have tag:Gone, which is no policy: give one of the target",
    ),
    "Enterprise Voice not known any more": (
        Deployment(users=[_user(enterprise_voice_enabled=True)]),
        Deployment(users=[_user()]),
        "sip:alice@contoso.com: EnterpriseVoiceEnabled is known and is not to be: give true or false",
    ),
    **{
        key: (
            Deployment(users=[_user()]),
            Deployment(users=[attrs.evolve(_user(), **fixed)]),
            f"sip:alice@contoso.com: {key} differs: no cmdlet here changes it",
        )
        for key, fixed in FIXED.items()
    },
    **{
        what: (
            a_deployment(EVERYONE, users=[_user(*before)]),
            a_deployment(EVERYONE, users=[_user(*after)]),
            "sip:alice@contoso.com: msExchUCVoiceMailSettings is to hold what no cmdlet writes or keeps: edit it",
        )
        for what, before, after in (
            ("Exchange's pair", (), ("ExchangeHostedVoiceMail=1",)),
            ("another application's value beside the pair", (ON,), (ON, "Other=1")),
            ("one of two values of other applications", ("Other=1", "Other=2"), ("Other=1",)),
            ("the pair gone from beside another value", (ON, "Other=1"), ("Other=1",)),
        )
    },
    "enabled without policy": (
        Deployment(users=[_user()]),
        Deployment(users=[_user(ON)]),
        "sip:alice@contoso.com is to be enabled, but no policy with a Destination applies: give it one (CMD-6)",
    ),
    "disabled under a usable policy": (
        a_deployment(EVERYONE, users=[_user(ON)]),
        a_deployment(EVERYONE, users=[_user(OFF)]),
        (
            "sip:alice@contoso.com is to be disabled, but a policy with a Destination applies: CMD-7 refuses that. There are "
            "two other ways: leave the attribute empty ($null), or turn voice mail off at the service, in Teams PowerShell: "
            "Set-CsOnlineVoicemailUserSettings -Identity 'sip:alice@contoso.com' -VoicemailEnabled $False. Microsoft's Direct "
            "Routing page relies on the other reading, disabling=ALWAYS_ALLOWED"
        ),
    ),
}
"""Targets that no cmdlets reach: the deployment as it is, as it is to be, and why not."""


@pytest.mark.parametrize(("current", "target", "reason"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_what_no_cmdlets_reach_is_refused_with_the_reason(current: Deployment, target: Deployment, reason: str) -> None:
    """The reason names what is wrong, and what to do about it."""
    with pytest.raises(TargetUnreachable) as caught:
        plan(current, target)
    assert caught.value.reasons == (reason,)
    assert str(caught.value) == reason
    assert caught.value.args == ((reason,),)


def test_what_a_cmdlet_refuses_in_any_order_is_the_reason() -> None:
    """Two contacts of one number: the reason is what New-CsExUmContact refuses."""
    current = Deployment(contacts=[_contact("aa", "11")])
    with pytest.raises(TargetUnreachable) as caught:
        plan(current, Deployment(contacts=[_contact("aa", "11"), _contact("sa", "11")]), ou=OU)
    with pytest.raises(IdentityInUse) as refused:
        new_cs_ex_um_contact(View(current), sip_address="sip:sa@contoso.com", registrar_pool="p", display_number="11", ou=OU)
    assert caught.value.reasons == (f"no order of the cmdlets leads there: {refused.value}",)


def test_nothing_is_written_beside_another_value_where_the_cmdlet_only_warns() -> None:
    """Under the reading WARN_ONLY the pair cannot be brought beside what another application wrote."""
    current = a_deployment(EVERYONE, users=[_user("Other=1")])
    target = a_deployment(EVERYONE, users=[_user("Other=1", ON)])
    with pytest.raises(TargetUnreachable) as caught:
        plan(current, target, reading=WARN_ONLY)
    assert caught.value.reasons == (
        "sip:alice@contoso.com: Set-CsUser writes nothing beside another application's value in the reading WARN_ONLY",
    )


def test_every_reason_is_given_at_once() -> None:
    """A line for each, in the order of the parts: what is fixed, the Edge, contacts, users."""
    current = a_deployment(
        EVERYONE,
        edge=DNS,
        contacts=[_contact("aa", "11")],
        users=[_user(ON, display_name="Alice", enterprise_voice_enabled=True), User(sip_address="bob@contoso.com")],
    )
    target = a_deployment(
        EVERYONE,
        edge=AccessEdgeConfiguration(),
        pools=[Pool(fqdn="pool01.contoso.com", site="Redmond")],
        contacts=[_contact("aa", "11", hosted_voicemail_policy="Gone"), _contact("sa", "12", registrar_pool=None)],
        users=[_user(OFF, policy="Gone"), User(sip_address="carol@contoso.com")],
    )
    with pytest.raises(TargetUnreachable) as caught:
        plan(current, target)
    alice = "sip:alice@contoso.com"
    expected = [
        "Pools differ",
        "sip:carol@contoso.com is no user yet",
        "sip:bob@contoso.com is a user still",
        "AccessEdgeConfiguration: default routing",
        "sip:aa@contoso.com is to have tag:Gone",
        "sip:sa@contoso.com is to be a contact without RegistrarPool",
        f"{alice}: DisplayName differs",
        f"{alice}: EnterpriseVoiceEnabled is known",
        f"{alice} is to have tag:Gone",
        f"{alice} is to be disabled",
    ]
    reasons = str(caught.value).splitlines()
    assert [reason[: len(beginning)] for reason, beginning in zip(reasons, expected, strict=True)] == expected


def test_a_deployment_states_the_same_in_whatever_order() -> None:
    """Users, their attributes' values, contacts, policies and providers are sets; a value that differs is a difference."""
    parts: dict[str, Any] = {
        "users": (_user("Other=1", ON), User(sip_address="bob@contoso.com")),
        "contacts": (_contact("aa", "11"), _contact("sa", "12")),
        "policies": (EVERYONE, USABLE),
        "providers": (_provider(), _provider("Other", FABRIKAM)),
        "pools": (Pool(fqdn="a.com", site="A"), Pool(fqdn="b.com", site="B")),
        "dial_plans": (UmDialPlan(phone_context="a"), UmDialPlan(phone_context="b")),
    }
    one = Deployment(**parts)
    other = Deployment(**{part: values[::-1] for part, values in parts.items()})
    assert same_deployment(one, other)
    assert same_deployment(one, attrs.evolve(one, users=(_user(ON, "Other=1"), parts["users"][1])))
    for part, values in parts.items():
        fewer = attrs.evolve(one, **{part: values[:1]})
        assert not same_deployment(one, fewer)
    assert not same_deployment(one, attrs.evolve(one, users=(_user("Other=1"), parts["users"][1])))
    assert not same_deployment(one, attrs.evolve(one, edge=DNS))


def test_a_provider_that_only_changes_a_flag_is_not_switched() -> None:
    """Where Enabled is the same before and after, no Enable- or Disable- cmdlet is planned."""
    before = HostingProvider(identity="UM", proxy_fqdn="um.contoso.com", enabled=True)
    after = attrs.evolve(before, hosts_ocs_users=True)
    steps = plan(Deployment(providers=(before,)), Deployment(providers=(after,)))
    assert [str(step) for step in steps] == ["Set-CsHostingProvider -Identity 'UM' -HostsOCSUsers $True"]
