"""Users: what Get-CsUser, the directory and documents say of each account, as one user of the deployment.

What decides a route is never guessed: a fact that nobody gave is a gap, and an account with a value that cannot be used is left
out. A name with a control character loses the name only.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from exum_routing.casing import folded
from exum_routing.deployment import PolicyIdentity, User, VoiceMailSettings
from exum_routing.errors import ExumRoutingError, InvalidText, shown
from exum_routing.importing.kind import Kind
from exum_routing.importing.merge import NOWHERE, Column, Gathered, Merged, Table, place_of
from exum_routing.importing.notes import Notes
from exum_routing.importing.pools import Pools
from exum_routing.importing.values import MISSING, Refused, enterprise_voice, flag, known, policy, pool, text, texts
from exum_routing.sip import Fqdn

_NAMES: Final[Mapping[str, str]] = {
    "DisplayName": "display_name",
    "UserPrincipalName": "user_principal_name",
    "SamAccountName": "sam_account_name",
    "DistinguishedName": "distinguished_name",
}
"""The names of a user, which never change a route, with the fields that hold them."""
_SETTINGS: Final = "msExchUCVoiceMailSettings"
_BY_CMDLET: Final[dict[str, Column]] = {
    **{name: (name, text) for name in _NAMES},
    "RegistrarPool": ("RegistrarPool", pool),
    "HomeServer": ("HomeServer", text),
    "EnterpriseVoiceEnabled": ("EnterpriseVoiceEnabled", flag),
    "HostedVoicemailPolicy": ("HostedVoicemailPolicy", policy),
    _SETTINGS: (_SETTINGS, texts),
    "HostedVoiceMail": ("HostedVoiceMail", flag),
    "ProxyAddresses": ("ProxyAddresses", texts),
    "Enabled": ("Enabled", flag),
    "HostingProvider": ("HostingProvider", text),
}
_BY_DIRECTORY: Final[dict[str, Column]] = _BY_CMDLET | {
    "RegistrarPool": NOWHERE,
    "HomeServer": ("msRTCSIP-PrimaryHomeServer", text),
    "EnterpriseVoiceEnabled": ("msRTCSIP-OptionFlags", enterprise_voice),
    "HostedVoicemailPolicy": NOWHERE,
    "HostedVoiceMail": NOWHERE,
    "Enabled": ("msRTCSIP-UserEnabled", flag),
    "HostingProvider": ("msRTCSIP-DeploymentLocator", text),
}
ACCOUNTS: Final = Table(
    facts=tuple(_BY_CMDLET),
    columns={Kind.USER: tuple(_BY_CMDLET.values()), Kind.ACCOUNT: tuple(_BY_DIRECTORY.values())},
    few=frozenset(_BY_CMDLET) - _NAMES.keys() - {"ProxyAddresses"},
    nothing={_SETTINGS: (), "ProxyAddresses": ()},
)
"""The facts of an account, and where they are."""
_ON_PREMISES: Final = "srv:"
_STAND_IN: Final[Mapping[object, str]] = {True: "CsHostedVoiceMail=1", False: "CsHostedVoiceMail=0"}
_GAPS: Final[Mapping[str, str]] = {
    "RegistrarPool": (
        "does not say where the account is homed: no site policy reaches it; export RegistrarPool with Get-CsUser, or "
        "msRTCSIP-PrimaryHomeServer with the pools of the directory"
    ),
    "HostedVoicemailPolicy": (
        "was given by no source, so no policy counts as assigned: export it with Get-CsUser, for the directory lacks it"
    ),
    _SETTINGS: (
        "was given by no source, so voice mail counts as not set: was it in -l of ldifde, and may you read it (389, 636)?"
    ),
    "ProxyAddresses": (
        "was given by no source, so nobody is routed to on-premises UM: was it in -l of ldifde, and may you read it (389, 636)?"
    ),
}
"""The facts that decide a route, and what a gap in them means."""


class Accounts:
    """The users, made one after another from what was gathered; values that many accounts have are made once."""

    def __init__(self, pools: Pools, notes: Notes) -> None:
        """Nothing is made yet."""
        self._pools = pools
        self._notes = notes
        self._gaps: dict[str, list[str]] = {fact: [] for fact in _GAPS}
        self._asked = 0
        self._settings: dict[tuple[str, ...], VoiceMailSettings] = {}
        self._policies: dict[str, PolicyIdentity] = {}
        self._fqdns: dict[str, Fqdn] = {}
        self.pool_users: dict[str, int] = {}

    def users(self, gathered: Gathered, contacts: Mapping[str, object]) -> tuple[User, ...]:
        """The users of the deployment."""
        found = []
        for address, account in gathered.each(self._notes):
            if address in contacts:
                if account.claims[0][0].kind is not Kind.ACCOUNT:
                    self._notes.left_out(account.place, f"{shown(str(address))} is a contact object too: only that is taken")
                continue
            user = self._user(address, account)
            if user is not None:
                account.taken()
                found.append(user)
        self._note_gaps()
        return tuple(found)

    def _user(self, address: str, account: Merged) -> User | None:
        """A user; None: it is not taken, and a note says why."""
        reason = account.refused(but=_NAMES)
        reason = reason or (None if account.by_hand else self._elsewhere(account))
        if reason is not None:
            self._notes.left_out(account.place, reason)
            return None
        self._asked += not account.only_by_hand
        try:
            user = self._made(address, account)
        except ExumRoutingError as error:
            self._notes.left_out(account.place, error.message)
            return None
        if account.facts["Enabled"] is False:
            self._notes.read_as(account.place, "is not enabled for Skype for Business, and is taken like one that is")
        if user.registrar_pool is not None:
            self.pool_users[user.registrar_pool] = self.pool_users.get(user.registrar_pool, 0) + 1
        return user

    @staticmethod
    def _elsewhere(account: Merged) -> str | None:
        """Why an account is none of the servers of this deployment; None: it is one."""
        provider = account.facts["HostingProvider"]
        if isinstance(provider, str) and folded(provider) != _ON_PREMISES:
            return f"{shown(provider)} hosts the account, so it is homed online: it is not an account of this deployment"
        pool, home_server = account.facts["RegistrarPool"], account.facts["HomeServer"]
        pool_was_asked = account.said("RegistrarPool")
        if (pool is None and not isinstance(home_server, str)) or (home_server is None and not pool_was_asked):
            return "has no home server: it is not an account of this deployment"
        return None

    def _made(self, address: str, account: Merged) -> User:
        """The user; a name that the model refuses is left away, with a note.

        Raises:
            ExumRoutingError: The model refuses something else.
        """
        names: dict[str, Any] = {}
        for fact, field in _NAMES.items():
            value = account.facts[fact]
            if isinstance(value, str):
                names[field] = value
            elif isinstance(value, Refused):
                self._note_without(account, fact, value.message)
        pool, policy = self._registrar_pool(account), self._policy(account)
        settings, addresses = self._voice_mail_settings(account), self._or(account, "ProxyAddresses", ())
        while True:
            try:
                return User(
                    sip_address=address,
                    registrar_pool=pool,
                    enterprise_voice_enabled=self._or_none(account, "EnterpriseVoiceEnabled"),
                    hosted_voicemail_policy=policy,
                    voice_mail_settings=settings,
                    proxy_addresses=addresses,
                    **names,
                )
            except InvalidText as error:
                field = str(error.place).rpartition(".")[2]
                if field not in names:  # pragma: no cover - the attribute and the proxy addresses have errors of their own
                    raise
                del names[field]
                self._note_without(account, next(fact for fact, one in _NAMES.items() if one == field), error.message)

    def _note_without(self, account: Merged, fact: str, problem: str) -> None:
        """A note that an account is taken without a name."""
        self._notes.left_out(place_of(account.claims[0], fact), f"{problem}; the account is taken without it")

    def _or(self, account: Merged, fact: str, otherwise: Any) -> Any:  # noqa: ANN401 - a fact of any type
        """A fact, or what stands for it where it is not known, with a gap."""
        value = account.facts[fact]
        if value is not MISSING and value is not None:
            return value
        if value is MISSING and not account.only_by_hand:
            self._gaps[fact].append(account.place)
        return otherwise

    @staticmethod
    def _or_none(account: Merged, fact: str) -> Any:  # noqa: ANN401 - likewise
        value = account.facts[fact]
        return value if known(value) else None

    def _registrar_pool(self, account: Merged) -> Fqdn | None:
        """Where the account is homed: the pool that is named, or that of the home server."""
        name = account.facts["RegistrarPool"]
        home_server = account.text("HomeServer")
        if home_server is not None and not isinstance(name, str):
            name = self._pools.of_home_server(home_server)
        if not isinstance(name, str):
            return self._or(account, "RegistrarPool", None)  # type: ignore[no-any-return] # it is None
        return self._once(self._fqdns, name, Fqdn)  # type: ignore[no-any-return] # it is an Fqdn

    def _policy(self, account: Merged) -> PolicyIdentity | None:
        name = self._or(account, "HostedVoicemailPolicy", None)
        return None if name is None else self._once(self._policies, name, PolicyIdentity)

    def _voice_mail_settings(self, account: Merged) -> VoiceMailSettings:
        """The attribute; where nobody gave it, HostedVoiceMail of Get-CsUser stands in."""
        values = account.facts[_SETTINGS]
        stand_in = account.facts["HostedVoiceMail"]
        if values is MISSING and stand_in in _STAND_IN:
            values = (_STAND_IN[stand_in],)
            self._notes.read_as(
                place_of(account.claims[0], "HostedVoiceMail"),
                f"{stand_in} stands in for {_SETTINGS}, and who wrote it is not known: export the attribute from the directory",
            )
        elif values is MISSING and stand_in is not MISSING:
            values = ()
        elif values is MISSING:
            values = self._or(account, _SETTINGS, ())
        return self._once(self._settings, values, VoiceMailSettings)  # type: ignore[no-any-return] # it is a VoiceMailSettings

    @staticmethod
    def _once(made: dict[Any, Any], value: Any, make: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - any model
        found = made.get(value)
        if found is None:
            found = made[value] = make(value)
        return found

    def _note_gaps(self) -> None:
        """A note for each fact that nobody gave: one for all accounts, or one for each of those without it."""
        for fact, places in self._gaps.items():
            if places and len(places) == self._asked:
                self._notes.gap("", f"{fact} {_GAPS[fact]} (none of {self._asked:,} accounts has it)")
            else:
                for place in places:
                    self._notes.gap(f"{place}.{fact}", _GAPS[fact])
