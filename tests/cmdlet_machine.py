"""Long sequences of cmdlets, against a view of a deployment and against the naive model of ``cmdlet_model``.

The pools of names are small, so that commands meet the same objects again and again; many commands are refused.
"""

import copy
from collections import Counter
from typing import Any

import cmdlet_model
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.strategies import SearchStrategy

from exum_routing import (
    GLOBAL,
    READINGS,
    AccessEdgeConfiguration,
    AuthorsDisagree,
    Deployment,
    ExumRoutingError,
    HostedUm,
    HostedVoicemailPolicy,
    HostingProvider,
    Pool,
    Subject,
    UmContact,
    User,
    VerificationLevel,
    cmdlets,
    route,
)
from exum_routing.cmdlets import Change, CmdletResult, View, apply_changes
from exum_routing.reading import CmdletReading, Disabling, ForeignValue

Command = tuple[str, dict[str, Any]]
Place = tuple[str, str]

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "sip_address": "alice@contoso.com",
        "display_name": "Alice [1] (R+D)",
        "user_principal_name": "AAckerman@corp.contoso.com",
        "sam_account_name": "alice",
        "distinguished_name": "CN=Alice,OU=UM,DC=contoso,DC=com",
        "registrar_pool": "pool01.contoso.com",
        "hosted_voicemail_policy": "ExRedmond",
    },
    {"sip_address": "al@contoso.com", "display_name": "Al", "sam_account_name": "CONTOSO\\al", "registrar_pool": "gone"},
    {"sip_address": "roy@contoso.com", "display_name": "Roy", "registrar_pool": "pool01.contoso.com"},
    {"sip_address": "roy@litwareinc.com", "display_name": "ROY", "user_principal_name": "lobby@contoso.com"},
    {"sip_address": "a*@contoso.com", "display_name": "A*", "hosted_voicemail_policy": "Bare"},
)
"""The accounts; what is in their attributes is drawn."""
VALUES: tuple[tuple[str, ...], ...] = (
    (),
    ("CsHostedVoiceMail=0",),
    ("cshostedvoicemail=1",),
    ("ExchangeHostedVoiceMail=0", "Other=1"),
    ("a", "CsHostedVoiceMail=0", "ExchangeHostedVoiceMail=1", "CsHostedVoiceMail=2"),
)
READINGS_OF_CMDLETS = [CmdletReading(disabling=one, foreign_value=other) for one in Disabling for other in ForeignValue]
BELIEVES_THE_CMDLET = [one for one in READINGS if one.authors_disagree is not AuthorsDisagree.EXCHANGE_WINS]
"""The readings by which an enabled user is routed to hosted UM, whatever Exchange says."""


def plain(value: Any) -> Any:
    """A model as the plain dictionary of ``cmdlet_model``."""
    match value:
        case User():
            return {
                "sip": str(value.sip_address),
                "display": value.display_name,
                "upn": value.user_principal_name,
                "logon": value.sam_account_name,
                "dn": value.distinguished_name,
                "pool": value.registrar_pool,
                "ev": value.enterprise_voice_enabled,
                "policy": None if value.hosted_voicemail_policy is None else str(value.hosted_voicemail_policy),
                "values": list(value.voice_mail_settings.values),
            }
        case UmContact():
            return {
                "sip": str(value.sip_address),
                "pool": value.registrar_pool,
                "number": value.display_number,
                "attendant": value.auto_attendant,
                "policy": None if value.hosted_voicemail_policy is None else str(value.hosted_voicemail_policy),
            }
        case HostedVoicemailPolicy():
            return {
                "identity": str(value.identity),
                "description": value.description,
                "destination": value.destination,
                "organizations": list(value.organizations),
            }
        case HostingProvider():
            return {
                "identity": value.identity,
                "proxy": value.proxy_fqdn,
                "enabled": value.enabled,
                "enabled_shared_address_space": value.enabled_shared_address_space,
                "hosts_ocs_users": value.hosts_ocs_users,
                "is_local": value.is_local,
                "verification_level": value.verification_level.value,
            }
        case AccessEdgeConfiguration():
            return {
                "dns": value.use_dns_srv_routing,
                "federated": value.allow_federated_users,
                "discovery": value.enable_partner_discovery,
                "route": value.default_route_fqdn,
            }
    return None


def plain_deployment(deployment: Deployment) -> cmdlet_model.State:
    """A deployment as the plain dictionary of ``cmdlet_model``."""
    return {
        "users": list(map(plain, deployment.users)),
        "contacts": list(map(plain, deployment.contacts)),
        "policies": list(map(plain, deployment.policies)),
        "providers": list(map(plain, deployment.providers)),
        "edge": plain(deployment.edge),
        "pools": {str(pool.fqdn): pool.site for pool in deployment.pools},
    }


def outcome(name: str, view: View, given: dict[str, Any]) -> tuple[CmdletResult | None, str | None]:
    """What a cmdlet gives, or the name of the error that it raises."""
    words = dict(given)
    reading = words.pop("reading", CmdletReading())
    try:
        return getattr(cmdlets, name)(view.under(reading), **words), None
    except ExumRoutingError as error:
        return None, type(error).__name__


def objects(state: cmdlet_model.State) -> dict[Place, Any]:
    """Every object by its part of the deployment and its key."""
    by_sip = {(part, one["sip"]): one for part in ("users", "contacts") for one in state[part]}
    by_identity = {(part, one["identity"].lower()): one for part in ("policies", "providers") for one in state[part]}
    return by_sip | by_identity | {("edge", ""): state["edge"]}


LEFT_OUT = object()
"""In place of a parameter that is not given."""


def commands(names: str, needed: dict[str, Any], optional: dict[str, Any] | None = None) -> SearchStrategy[Command]:
    """Commands of these cmdlets, their parameters from small pools; what is optional may be left out."""
    pools = needed | {name: (*pool, LEFT_OUT) for name, pool in (optional or {}).items()}
    drawn = st.tuples(*map(st.sampled_from, pools.values()))
    given = drawn.map(lambda values: {name: value for name, value in zip(pools, values, strict=True) if value is not LEFT_OUT})
    return st.tuples(st.sampled_from(names.split()), given)


BOTH = (True, False)
IDENTITIES = (
    "ExRedmond",
    "tag:exredmond",
    "EXREDMOND",
    "Bare",
    "site:Redmond",
    "SITE:redmond",
    "Global",
    "site:Bare",
    "",
    "a:b",
)
WORDS = {
    "description": (None, "", "New", "Old", "Newer", "a\nb"),
    "destination": ("exap.um.outlook.com", "UM.fabrikam.com", None, "", "um.contoso.com:5061"),
    "organization": ("a.contoso.com", "b.contoso.com, A.contoso.com,b.contoso.com", None, "", "a.contoso.com,"),
}
ACCOUNTS = (
    *("sip:alice@contoso.com", "ALICE@contoso.com", "alice", "Alice [1] (R+D)", "alice [1]*", "alice ?1*", "CONTOSO\\Alice"),
    *("aackerman@corp.contoso.com", "cn=alice,ou=um,dc=contoso,dc=com", "al", "fabrikam\\al", "contoso\\AL", "\\alice"),
    *("sip:roy@contoso.com", "roy@litwareinc.com", "SIP:Roy@contoso.com", "sip:al@contoso.com", "a*@contoso.com"),
    *("Roy", "r*", "a*", "*", "nobody", "z*"),
    *("sip:lobby@contoso.com", "lobby@contoso.com", "desk@contoso.com"),
)
PROVIDERS = ("Online", "ONLINE", "Litware", "New")
FLAGS = dict.fromkeys(("enabled", "enabled_shared_address_space", "hosts_ocs_users", "is_local"), BOTH) | {
    "verification_level": tuple(VerificationLevel)
}
CONTACTS = (
    "sip:lobby@contoso.com",
    "SIP:Lobby@contoso.com",
    "sip:desk@contoso.com",
    "sip:alice@contoso.com",
    "desk@contoso.com",
)
NUMBERS = ("1", "+1", "2", "01")

POLICY_COMMANDS = (
    commands("new_cs_hosted_voicemail_policy", {"identity": IDENTITIES}, WORDS)
    | commands("set_cs_hosted_voicemail_policy", {}, {"identity": IDENTITIES, **WORDS})
    | commands("remove_cs_hosted_voicemail_policy", {"identity": IDENTITIES})
)
GRANT_COMMANDS = commands(
    "grant_cs_hosted_voicemail_policy", {"identity": ACCOUNTS, "policy_name": (None, "BARE", *IDENTITIES)}, {"pass_thru": BOTH}
)
USER_COMMANDS = commands(
    "set_cs_user",
    {"identity": ACCOUNTS},
    {
        "hosted_voice_mail": (True, True, True, False, False, None, 1),
        "enterprise_voice_enabled": (True, False, LEFT_OUT, LEFT_OUT, 0),
        "reading": READINGS_OF_CMDLETS,
    },
)
TARGETS = ("POOL01.contoso.com", "pool02.contoso.com", "exap.um.outlook.com", "SIPFED.online.lync.com", "pool 1")
MOVE_COMMANDS = commands("move_cs_user", {"identity": ACCOUNTS, "target": TARGETS})
EXCHANGE_COMMANDS = commands("exchange_sets_hosted_voice_mail", {"identity": ACCOUNTS, "enabled": BOTH})
PROVIDER_COMMANDS = (
    commands(
        "new_cs_hosting_provider",
        {
            "identity": (*PROVIDERS, " New"),
            "proxy_fqdn": ("exap.um.outlook.com", "UM.fabrikam.com", "um..com"),
            "enabled": BOTH,
        },
        {name: values for name, values in FLAGS.items() if name != "enabled"},
    )
    | commands("set_cs_hosting_provider", {"identity": PROVIDERS}, FLAGS)
    | commands(
        "enable_cs_hosting_provider disable_cs_hosting_provider remove_cs_hosting_provider remove_cs_hosting_provider",
        {"identity": PROVIDERS},
    )
)
EDGE_COMMANDS = commands(
    "set_cs_access_edge_configuration",
    {},
    {
        "use_dns_srv_routing": BOTH,
        "use_default_routing": BOTH,
        "allow_federated_users": BOTH,
        "enable_partner_discovery": BOTH,
        "default_route_fqdn": ("PROXY.contoso.com", "proxy contoso"),
    },
)
CONTACT_COMMANDS = (
    commands(
        "new_cs_ex_um_contact",
        {
            "sip_address": CONTACTS,
            "registrar_pool": ("POOL01.contoso.com", "gone", "p", "pool 1"),
            "display_number": NUMBERS,
            "ou": ("OU=Contacts,DC=contoso,DC=com", "OU=Contacts,DC=contoso,DC=com", "contacts"),
        },
        {"auto_attendant": BOTH},
    )
    | commands(
        "set_cs_ex_um_contact",
        {"identity": (*CONTACTS, "Lobby")},
        {"sip_address": CONTACTS, "display_number": NUMBERS, "auto_attendant": BOTH},
    )
    | commands("move_cs_ex_um_contact", {"identity": (*CONTACTS, "Lobby"), "target": TARGETS})
    | commands("remove_cs_ex_um_contact", {"identity": (*CONTACTS, "Lobby")})
)
GET_COMMANDS = (
    commands("get_cs_hosted_voicemail_policy", {}, {"identity": IDENTITIES, "filter": ("*", "tag:*", "*REDMOND", "Bare")})
    | commands("get_cs_user", {}, {"identity": ACCOUNTS})
    | commands("get_cs_effective_policy", {"identity": ACCOUNTS})
    | commands("get_cs_hosting_provider", {}, {"identity": PROVIDERS})
    | commands("get_cs_access_edge_configuration", {})
    | commands("get_cs_ex_um_contact", {}, {"identity": CONTACTS})
)


class CmdletMachine(RuleBasedStateMachine):
    """A view, the plain state of the model, and every change so far."""

    view: View
    """The deployment after the changes."""
    state: cmdlet_model.State
    """The same by the model."""
    changes: list[Change]
    """All of them, in their order."""
    earlier: list[tuple[View, cmdlet_model.State]]
    """Every view there was, with what it has to answer."""

    @initialize(
        destination=st.sampled_from((None, "exap.um.outlook.com")),
        values=st.tuples(*[st.sampled_from(VALUES)] * len(PEOPLE)),
        edge=st.sampled_from((None, AccessEdgeConfiguration(use_dns_srv_routing=True))),
    )
    def begin(self, destination: str | None, values: tuple[tuple[str, ...], ...], edge: AccessEdgeConfiguration | None) -> None:
        """Five users, a contact, a provider, four policies; the model begins with the same."""
        deployment = Deployment(
            users=[User(voice_mail_settings=settings, **person) for settings, person in zip(values, PEOPLE, strict=True)],
            contacts=[UmContact(sip_address="lobby@contoso.com", display_number="1", registrar_pool="pool01.contoso.com")],
            policies=[
                HostedVoicemailPolicy(identity="ExRedmond", destination="um.litwareinc.com"),
                HostedVoicemailPolicy(identity=GLOBAL, destination=destination),
                HostedVoicemailPolicy(identity="site:Redmond", destination="um.fabrikam.com"),
                HostedVoicemailPolicy(identity="Bare"),
            ],
            providers=[HostingProvider(identity="Online", proxy_fqdn="exap.um.outlook.com")],
            pools=[Pool(fqdn="pool01.contoso.com", site="Redmond")],
            edge=edge,
        )
        self.view, self.state, self.changes, self.earlier = View(deployment), plain_deployment(deployment), [], []

    @rule(command=POLICY_COMMANDS)
    def policies(self, command: Command) -> None:
        """Policies come, change and go."""
        self.run(*command)

    @rule(command=GRANT_COMMANDS)
    def grants(self, command: Command) -> None:
        """Policies are assigned."""
        self.run(*command)

    @rule(command=USER_COMMANDS)
    def users(self, command: Command) -> None:
        """Users are enabled and disabled; one who was enabled is routed to hosted UM."""
        name, given = command
        user = self.run(name, given)
        if user is not None and given.get("hosted_voice_mail") is True and "CsHostedVoiceMail=1" in self.values(user):
            deployment = self.view.folded()
            for reading in BELIEVES_THE_CMDLET:
                assert isinstance(route(deployment.subject(user), deployment, reading=reading), HostedUm)

    @rule(command=MOVE_COMMANDS)
    def moves(self, command: Command) -> None:
        """Users move to other pools."""
        self.run(*command)

    @rule(command=EXCHANGE_COMMANDS)
    def exchange(self, command: Command) -> None:
        """Exchange writes its pair."""
        self.run(*command)

    @rule(command=PROVIDER_COMMANDS)
    def providers(self, command: Command) -> None:
        """Hosting providers come, change and go."""
        self.run(*command)

    @rule(command=EDGE_COMMANDS)
    def edge(self, command: Command) -> None:
        """The Access Edge is set."""
        self.run(*command)

    @rule(command=CONTACT_COMMANDS)
    def contacts(self, command: Command) -> None:
        """Contact objects come, change and go."""
        self.run(*command)

    @rule(command=GET_COMMANDS)
    def gets(self, command: Command) -> None:
        """What is there is printed."""
        self.run(*command)

    def values(self, user: str) -> list[str]:
        """What is in a user's attribute, by the model."""
        (found,) = [one["values"] for one in self.state["users"] if one["sip"] == user]
        return list(found)

    def run(self, name: str, given: dict[str, Any]) -> str | None:
        """Run a cmdlet on both, and compare; the key of what it named, unless it was refused."""
        before, wanted = copy.deepcopy(self.state), self.by_the_model(name, given)
        result, refusal = outcome(name, self.view, given)
        if result is None:
            assert refusal in wanted.refusals
            assert self.state == before == plain_deployment(self.view.folded())
            return None
        assert wanted.refusals == []
        assert list(map(plain, result.output)) == wanted.output
        assert len(result.warnings) == len(wanted.warnings)
        for warning, words in zip(result.warnings, wanted.warnings, strict=True):
            assert all(word in warning for word in words)
        self.earlier.append((self.view, before))
        self.view = self.view.after(result.changes)
        self.changes += result.changes
        self.only_the_object_named_has_changed(before, wanted.named)
        return wanted.named[0][1] if wanted.named else None

    def by_the_model(self, name: str, given: dict[str, Any]) -> cmdlet_model.Done:
        """What the model does."""
        words = dict(given)
        if name == "set_cs_user":
            reading = words.pop("reading", CmdletReading())
            words["always"] = reading.disabling is Disabling.ALWAYS_ALLOWED
            words["warn_only"] = reading.foreign_value is ForeignValue.WARN_ONLY
        if "verification_level" in words:
            words["verification_level"] = words["verification_level"].value
        done: cmdlet_model.Done = getattr(cmdlet_model, name)(self.state, **words)
        return copy.deepcopy(done)

    def only_the_object_named_has_changed(self, before: cmdlet_model.State, named: list[Place]) -> None:
        """Object by object, and the view before the step answers as it did."""
        was, is_now = objects(before), objects(plain_deployment(self.view.folded()))
        changed = {place for place in {**was, **is_now} if was.get(place) != is_now.get(place)}
        assert changed <= set(named)
        view, state = self.earlier[-1]
        assert plain_deployment(view.folded()) == state

    @invariant()
    def the_deployment_is_the_model(self) -> None:
        """The view, its fold, the fold of every change at once, and the model are the same."""
        folded = self.view.folded()
        assert plain_deployment(folded) == self.state
        assert apply_changes(self.view.deployment, self.changes) == folded

    @invariant()
    def identities_are_unique_and_one_policy_is_global(self) -> None:
        """Of every kind of object, and of users and contacts together."""
        keys = Counter(str(policy.identity).lower() for policy in self.view.policies)
        assert keys["global"] == 1
        keys += Counter(f"provider {provider.identity.lower()}" for provider in self.view.providers)
        keys += Counter(f"proxy {provider.proxy_fqdn}" for provider in self.view.providers)
        keys += Counter(str(subject.sip_address) for part in (self.view.users, self.view.contacts) for subject in part)
        keys += Counter(f"number {contact.display_number}" for contact in self.view.contacts)
        assert set(keys.values()) == {1}

    @invariant()
    def the_narrowest_policy_applies(self) -> None:
        """To everyone the assigned policy, else that of the site, else the global one: of those that are there still."""
        accounts = {one["sip"]: one for part in ("users", "contacts") for one in self.state[part]}
        subjects: list[Subject] = [*self.view.users, *self.view.contacts]
        for subject in subjects:
            wanted = cmdlet_model.effective(self.state, accounts[subject.sip_address])
            assert plain(self.view.effective_policy(subject)) == wanted

    def teardown(self) -> None:
        """Every view there ever was answers as it did."""
        for view, state in getattr(self, "earlier", ()):
            assert plain_deployment(view.folded()) == state
