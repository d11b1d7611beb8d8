"""The plan: the cmdlets that lead from one deployment to another, in an order in which none is refused.

First what makes nobody's calls fail: the Edge, hosting providers, policies that become usable. Then the accounts move: grants,
enabling. Then what nobody needs any more goes: policies that lose their Destination, policies and providers that are removed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from exum_routing.cmdlets import (
    CmdletCall,
    View,
    disable_cs_hosting_provider,
    enable_cs_hosting_provider,
    grant_cs_hosted_voicemail_policy,
    new_cs_ex_um_contact,
    new_cs_hosted_voicemail_policy,
    new_cs_hosting_provider,
    remove_cs_ex_um_contact,
    remove_cs_hosted_voicemail_policy,
    remove_cs_hosting_provider,
    set_cs_access_edge_configuration,
    set_cs_ex_um_contact,
    set_cs_hosted_voicemail_policy,
    set_cs_hosting_provider,
    set_cs_user,
)
from exum_routing.deployment import (
    AccessEdgeConfiguration,
    Deployment,
    HostedVoicemailPolicy,
    HostingProvider,
    PolicyIdentity,
    Subject,
    UmContact,
    User,
)
from exum_routing.errors import ExumRoutingError
from exum_routing.planning.unreachable import TargetUnreachable
from exum_routing.reading import DEFAULT_CMDLET_READING, CmdletReading, Disabling, ForeignValue
from exum_routing.routing import provider_faults

_ENABLED, _DISABLED = "CsHostedVoiceMail=1", "CsHostedVoiceMail=0"
_PAIRS: Final = frozenset({_ENABLED, _DISABLED})
_FIXED: Final = {
    "display_name": "DisplayName",
    "user_principal_name": "UserPrincipalName",
    "sam_account_name": "SamAccountName",
    "distinguished_name": "DistinguishedName",
    "registrar_pool": "RegistrarPool",
    "proxy_addresses": "ProxyAddresses",
}
"""The fields of a user that no cmdlet changes, with the document's keys."""
_FIXED_PARTS: Final = {
    "pools": "Pools",
    "dial_plans": "UmDialPlans",
    "edge_replica": "EdgeReplica",
    "av_edge_gruu": "AvEdgeGruu",
    "hosted_um_services": "HostedUmServices",
}
"""The parts of a deployment that no cmdlet changes, with the document's keys."""


def same_deployment(one: Deployment, other: Deployment) -> bool:
    """Whether two deployments state the same facts, in whatever order.

    Clauses: CMD-13

    >>> users = (User(sip_address="alice@contoso.com"), User(sip_address="roy@contoso.com"))
    >>> same_deployment(Deployment(users=users), Deployment(users=users[::-1]))
    True
    """
    return _facts(one) == _facts(other)


def _facts(deployment: Deployment) -> tuple[Any, ...]:
    return (
        {user.sip_address: (attrs.evolve(user, voice_mail_settings=()), _values(user)) for user in deployment.users},
        frozenset(deployment.contacts),
        frozenset(deployment.policies),
        frozenset(deployment.providers),
        deployment.edge,
        *(_as_set(getattr(deployment, part)) for part in _FIXED_PARTS),
    )


def _as_set(part: object) -> object:
    return frozenset(part) if isinstance(part, tuple) else part


def _values(user: User) -> frozenset[str]:
    return frozenset(user.voice_mail_settings.values)


def plan(current: Deployment, target: Deployment, *, reading: CmdletReading = DEFAULT_CMDLET_READING) -> tuple[CmdletCall, ...]:
    """The cmdlets that lead from one deployment to another.

    None is refused, each stands behind what it needs, and a user who is routed before and after is routed in between, wherever
    an order of cmdlets does that.

    Args:
        current: The deployment as it is.
        target: The deployment as it is to be.
        reading: How to read what the source leaves open about Set-CsUser.

    Raises:
        TargetUnreachable: No cmdlets lead there; it carries every reason.

    Clauses: CMD-1, CMD-6, CMD-7, CMD-10, CMD-11, CMD-13

    >>> target = Deployment(policies=[HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com")])
    >>> [str(step) for step in plan(Deployment(), target)]
    ["Set-CsHostedVoicemailPolicy -Identity 'Global' -Destination 'exap.um.outlook.com'"]
    """
    planned = _Plan(current, target, reading)
    reasons = [*planned.fixed(), *planned.edge(), *planned.contacts(), *planned.accounts()]
    if reasons:
        raise TargetUnreachable(reasons)
    planned.policies()
    return _in_order(current, list(planned.steps()), reading)


def _in_order(current: Deployment, steps: list[CmdletCall], reading: CmdletReading) -> tuple[CmdletCall, ...]:
    """The steps in an order in which none is refused: theirs, but that one which is refused waits for what lets it through."""
    view = View(current).under(reading)
    done: list[CmdletCall] = []
    while steps:
        waiting: list[tuple[CmdletCall, ExumRoutingError]] = []
        for step in steps:
            try:
                view = view.after(step.run(view).changes)
            except ExumRoutingError as error:
                waiting.append((step, error))
            else:
                done.append(step)
        if len(waiting) == len(steps):
            raise TargetUnreachable([f"no order of the cmdlets leads there: {error}" for _, error in waiting])
        steps = [step for step, _ in waiting]
    return tuple(done)


def run_plan(
    current: Deployment, steps: Iterable[CmdletCall], *, reading: CmdletReading = DEFAULT_CMDLET_READING
) -> Deployment:
    """The deployment after the steps of a plan.

    Raises:
        ExumRoutingError: A step is refused.

    Clauses: CMD-13
    """
    view = View(current).under(reading)
    for step in steps:
        view = view.after(step.run(view).changes)
    return view.folded()


_PHASES: Final = (
    "settings",
    "edge",
    "providers",
    "clear",
    "open",
    "contacts that go",
    "contacts",
    "new contacts",
    "move",
    "enable",
    "close",
    "stay",
    "disable",
    "end",
)
"""The phases of a plan, in order."""


@attrs.define
class _Plan:
    """A plan in the making: its steps by phase."""

    current: Deployment
    target: Deployment
    reading: CmdletReading
    _steps: dict[str, list[CmdletCall]] = attrs.field(factory=lambda: {phase: [] for phase in _PHASES}, init=False)
    _granted: set[PolicyIdentity | None] = attrs.field(factory=set, init=False)
    """The policies that are granted to an account."""

    def steps(self) -> Iterator[CmdletCall]:
        """Every step, phase by phase."""
        for phase in _PHASES:
            yield from self._steps[phase]

    def _add(self, phase: str, why: str, function: Any, **arguments: object) -> None:  # noqa: ANN401 - any cmdlet's function
        self._steps[phase].append(CmdletCall.of(why, function, **arguments))

    def fixed(self) -> Iterator[str]:
        """What no cmdlet changes, where it differs."""
        for part, key in _FIXED_PARTS.items():
            if _as_set(getattr(self.current, part)) != _as_set(getattr(self.target, part)):
                yield f"{key} differ: no cmdlet here changes them; change the document"
        before, after = ({user.sip_address for user in deployment.users} for deployment in (self.current, self.target))
        yield from (f"{address} is no user yet: no cmdlet here makes one" for address in sorted(after - before))
        yield from (f"{address} is a user still: no cmdlet here removes one" for address in sorted(before - after))

    def edge(self) -> Iterator[str]:
        """The Access Edge configuration and the hosting providers."""
        before, after = self.current.edge, self.target.edge
        installed = before or AccessEdgeConfiguration()
        new_route = after is not None and after.default_route_fqdn not in {None, installed.default_route_fqdn}
        self._providers(remove_all=new_route)
        if before == after:
            return
        if after is None:
            yield "AccessEdgeConfiguration was given and is not any more: no cmdlet takes it away"
            return
        arguments: dict[str, object] = {}
        if after.use_dns_srv_routing:
            arguments = {"use_dns_srv_routing": True, "enable_partner_discovery": after.enable_partner_discovery}
        elif new_route:
            arguments = {"use_default_routing": True, "default_route_fqdn": str(after.default_route_fqdn)}
        elif installed.use_dns_srv_routing or installed.default_route_fqdn != after.default_route_fqdn:
            yield "AccessEdgeConfiguration: default routing needs DefaultRouteFqdn: give it in the target"
            return
        arguments["allow_federated_users"] = after.allow_federated_users
        lets_cross = after.use_dns_srv_routing and after.allow_federated_users
        phase = "edge" if lets_cross or new_route else "end"
        self._add(phase, "The Access Edge configuration", set_cs_access_edge_configuration, **arguments)

    def _providers(self, *, remove_all: bool) -> None:
        before = {provider.identity.lower(): provider for provider in self.current.providers}
        after = {provider.identity.lower(): provider for provider in self.target.providers}
        kept = {
            key
            for key, provider in after.items()
            if not remove_all and key in before and before[key].proxy_fqdn == provider.proxy_fqdn
        }
        wanted = {after[key].proxy_fqdn for key in after.keys() - kept}
        for key, provider in before.items():
            if key not in kept:
                in_the_way = remove_all or key in after or provider.proxy_fqdn in wanted
                phase = "settings" if remove_all else "providers" if in_the_way else "end"
                self._add(phase, "Hosting providers that go", remove_cs_hosting_provider, identity=provider.identity)
        for key, provider in after.items():
            if key not in kept:
                self._add("providers", "New hosting providers", new_cs_hosting_provider, **_provider_arguments(provider))
            elif before[key] != provider:
                self._change_provider(before[key], provider)

    def _change_provider(self, before: HostingProvider, after: HostingProvider) -> None:
        phase = "end" if provider_faults(after) else "providers"
        changes = _changed(before, after, ("enabled_shared_address_space", "hosts_ocs_users", "is_local", "verification_level"))
        if changes:
            self._add(phase, "Hosting providers", set_cs_hosting_provider, identity=before.identity, **changes)
        if before.enabled is not after.enabled:
            switch = enable_cs_hosting_provider if after.enabled else disable_cs_hosting_provider
            self._add(phase, "Hosting providers", switch, identity=before.identity)

    def policies(self) -> None:
        """The policies, once the grants are known: usable ones before the accounts move, the others behind."""
        before = {policy.identity.key: policy for policy in self.current.policies}
        after = {policy.identity.key: policy for policy in self.target.policies}
        for key, policy in after.items():
            if key not in before:
                phase = "open" if policy.is_usable else "close"
                self._add(phase, "New policies", new_cs_hosted_voicemail_policy, **_policy_arguments(policy))
            elif before[key] != policy:
                phase = "open" if policy.is_usable or not before[key].is_usable else "close"
                self._add(
                    phase,
                    "Policies that change",
                    set_cs_hosted_voicemail_policy,
                    identity=str(before[key].identity),
                    **_policy_changes(before[key], policy),
                )
        for key, policy in before.items():
            if key not in after:
                early = not policy.is_usable and policy.identity not in self._granted
                phase = "clear" if early else "close"
                self._add(phase, "Policies that go", remove_cs_hosted_voicemail_policy, identity=str(policy.identity))

    def _grant(self, subject: Subject) -> Iterator[str]:
        """The grant of a per-user policy to an account, in the phase in which the policy is there."""
        wanted = subject.hosted_voicemail_policy
        policy = None if wanted is None else self.target.policy(wanted)
        if wanted is not None and policy is None and self.current.policy(wanted) is None:
            yield f"{subject.sip_address} is to have {wanted}, which is no policy: give one of the target"
            return
        self._granted.add(wanted)
        made_late = policy is not None and not policy.is_usable and self.current.policy(policy.identity) is None
        phase = "stay" if made_late else "move"
        self._add(
            phase,
            "Grants",
            grant_cs_hosted_voicemail_policy,
            policy_name=None if wanted is None else str(wanted),
            identity=str(subject.sip_address),
        )

    def accounts(self) -> Iterator[str]:
        """The users: Enterprise Voice, the assigned policy, the attribute."""
        for user in self.target.users:
            before = self.current.user(user.sip_address)
            if before is None or before == user:
                continue
            for field, key in _FIXED.items():
                if getattr(before, field) != getattr(user, field):
                    yield f"{user.sip_address}: {key} differs: no cmdlet here changes it"
            if before.enterprise_voice_enabled is not user.enterprise_voice_enabled:
                yield from self._enterprise_voice(user)
            if before.hosted_voicemail_policy != user.hosted_voicemail_policy:
                yield from self._grant(user)
            if _values(before) != _values(user):
                yield from self._attribute(before, user)

    def _enterprise_voice(self, user: User) -> Iterator[str]:
        enabled = user.enterprise_voice_enabled
        if enabled is None:
            yield f"{user.sip_address}: EnterpriseVoiceEnabled is known and is not to be: give true or false"
            return
        phase = "settings" if enabled else "end"
        self._set_user(phase, "Enterprise Voice", user, enterprise_voice_enabled=enabled)

    def _set_user(self, phase: str, why: str, user: User, **changes: object) -> None:
        self._add(phase, why, set_cs_user, identity=str(user.sip_address), **changes)

    def _attribute(self, before: User, after: User) -> Iterator[str]:
        """The steps that bring the attribute to its values."""
        had, wanted = _values(before), _values(after)
        foreign_before, foreign_after = had - _PAIRS, wanted - _PAIRS
        pair = next(iter(wanted & _PAIRS), None)
        cleared = bool(foreign_before - foreign_after) or (pair is None and bool(had & _PAIRS))
        if foreign_after if cleared else foreign_after - foreign_before:
            yield f"{after.sip_address}: msExchUCVoiceMailSettings is to hold what no cmdlet writes or keeps: edit it"
            return
        if foreign_after and self.reading.foreign_value is ForeignValue.WARN_ONLY:
            yield f"{after.sip_address}: Set-CsUser writes nothing beside another application's value in the reading WARN_ONLY"
            return
        yield from self._pair(before, after, pair, cleared=cleared)

    def _pair(self, before: User, after: User, pair: str | None, *, cleared: bool) -> Iterator[str]:
        now, then = (
            deployment.effective_policy(user).is_usable for deployment, user in ((self.current, before), (self.target, after))
        )
        if pair is None:
            self._set_user("enable", "The attribute", after, hosted_voice_mail=None)
        elif pair == _ENABLED:
            if not now and not then:
                yield f"{after.sip_address} is to be enabled, but no policy with a Destination applies: give it one (CMD-6)"
                return
            phase = "enable" if then else "settings"
            if cleared:
                self._set_user(phase, "Enabled users", after, hosted_voice_mail=None)
            self._set_user(phase, "Enabled users", after, hosted_voice_mail=True)
        else:
            yield from self._disable(before, after, now=now, then=then, cleared=cleared)

    def _disable(self, before: User, after: User, *, now: bool, then: bool, cleared: bool) -> Iterator[str]:
        allowed = self.reading.disabling is Disabling.ALWAYS_ALLOWED
        if now and then and not allowed:
            yield f"{after.sip_address} is to be disabled, but a policy with a Destination applies: CMD-7 refuses that"
            return
        phase = "enable" if allowed else "disable" if now else "settings"
        if cleared or (phase == "disable" and not _values(before) - _PAIRS and _values(before)):
            self._set_user("enable" if phase == "disable" else phase, "Disabled users", after, hosted_voice_mail=None)
        self._set_user(phase, "Disabled users", after, hosted_voice_mail=False)

    def contacts(self) -> Iterator[str]:
        """The contact objects: those that go, those that change, new ones, and their assigned policies."""
        before = {contact.sip_address: contact for contact in self.current.contacts}
        after = {contact.sip_address: contact for contact in self.target.contacts}
        taken = {contact.display_number for contact in before.values()}
        kept = {
            address
            for address, contact in after.items()
            if address in before
            and before[address].registrar_pool == contact.registrar_pool
            and (before[address].display_number == contact.display_number or contact.display_number not in taken)
        }
        for address in sorted(before.keys() - kept):
            self._add("contacts that go", "Contacts that go", remove_cs_ex_um_contact, identity=str(address))
        for address, contact in after.items():
            if address not in kept:
                yield from self._new_contact(contact)
                continue
            changes = _changed(before[address], contact, ("display_number", "auto_attendant"))
            if changes:
                self._add("contacts", "Contacts that change", set_cs_ex_um_contact, identity=str(address), **changes)
            if before[address].hosted_voicemail_policy != contact.hosted_voicemail_policy:
                yield from self._grant(contact)

    def _new_contact(self, contact: UmContact) -> Iterator[str]:
        if contact.registrar_pool is None:
            yield f"{contact.sip_address} is to be a contact without RegistrarPool: New-CsExUmContact needs one"
            return
        self._add(
            "new contacts",
            "New contacts",
            new_cs_ex_um_contact,
            sip_address=str(contact.sip_address),
            registrar_pool=str(contact.registrar_pool),
            display_number=contact.display_number,
            auto_attendant=contact.auto_attendant,
        )
        if contact.hosted_voicemail_policy is not None:
            yield from self._grant(contact)


def _changed(before: object, after: object, fields: Sequence[str]) -> dict[str, object]:
    return {field: getattr(after, field) for field in fields if getattr(before, field) != getattr(after, field)}


def _provider_arguments(provider: HostingProvider) -> Mapping[str, object]:
    return {
        "identity": provider.identity,
        "enabled": provider.enabled,
        "enabled_shared_address_space": provider.enabled_shared_address_space,
        "hosts_ocs_users": provider.hosts_ocs_users,
        "proxy_fqdn": str(provider.proxy_fqdn),
        "is_local": provider.is_local,
        "verification_level": provider.verification_level,
    }


def _organization(policy: HostedVoicemailPolicy) -> str | None:
    return ",".join(policy.organizations) or None


def _policy_arguments(policy: HostedVoicemailPolicy) -> Mapping[str, object]:
    given = {
        "description": policy.description,
        "destination": None if policy.destination is None else str(policy.destination),
        "organization": _organization(policy),
    }
    return {"identity": str(policy.identity)} | {name: value for name, value in given.items() if value is not None}


def _policy_changes(before: HostedVoicemailPolicy, after: HostedVoicemailPolicy) -> Mapping[str, object]:
    changes = _changed(before, after, ("description", "destination"))
    if before.organizations != after.organizations:
        changes["organization"] = _organization(after)
    return {name: str(value) if name == "destination" and value is not None else value for name, value in changes.items()}
