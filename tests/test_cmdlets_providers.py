"""The cmdlets of hosting providers."""

import inspect
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from exum_routing import (
    Deployment,
    ExumRoutingError,
    HostingProvider,
    InvalidFqdn,
    InvalidName,
    InvalidValue,
    VerificationLevel,
)
from exum_routing.cmdlets import (
    CmdletResult,
    View,
    disable_cs_hosting_provider,
    enable_cs_hosting_provider,
    get_cs_hosting_provider,
    new_cs_hosting_provider,
    remove_cs_hosting_provider,
    set_cs_hosting_provider,
)
from exum_routing.errors import AlreadyInThatState, IdentityInUse, UnknownIdentity

ONLINE = HostingProvider(identity="Exchange Online", proxy_fqdn="exap.um.outlook.com", enabled=True)
LITWARE = HostingProvider(
    identity="Litware",
    proxy_fqdn="um.litwareinc.com",
    enabled_shared_address_space=True,
    hosts_ocs_users=True,
    is_local=True,
    verification_level=VerificationLevel.ALWAYS_UNVERIFIABLE,
)
VIEW = View(Deployment(providers=(ONLINE, LITWARE)))


def after(result: CmdletResult, view: View = VIEW) -> tuple[HostingProvider, ...]:
    """The providers afterwards; nothing else may have changed."""
    later = view.after(result.changes)
    providers = tuple(later.providers)
    assert later.folded() == attrs.evolve(view.folded(), providers=providers)
    assert result.warnings == ()
    return providers


class TestCmd10:
    """Clause: CMD-10."""

    def test_new_has_the_defaults(self) -> None:
        """Of what is not required, flags are False and the level is AlwaysVerifiable; the provider is printed."""
        result = new_cs_hosting_provider(VIEW, identity="New", proxy_fqdn="UM.contoso.com", enabled=False)
        new = HostingProvider(
            identity="New",
            proxy_fqdn="um.contoso.com",
            enabled=False,
            enabled_shared_address_space=False,
            hosts_ocs_users=False,
            is_local=False,
            verification_level=VerificationLevel.ALWAYS_VERIFIABLE,
        )
        assert result.output == (new,)
        assert after(result) == (ONLINE, LITWARE, new)

    @pytest.mark.parametrize("flag", ["enabled", "enabled_shared_address_space", "hosts_ocs_users", "is_local"])
    def test_new_has_what_is_given(self, flag: str) -> None:
        """Each flag is its own."""
        level = VerificationLevel.USE_SOURCE_VERIFICATION
        flags: dict[str, Any] = {"enabled": False, flag: True}
        result = new_cs_hosting_provider(VIEW, identity="New", proxy_fqdn="new", verification_level=level, **flags)
        assert result.output == (HostingProvider(identity="New", proxy_fqdn="new", verification_level=level, **flags),)

    @pytest.mark.parametrize(
        ("identity", "proxy_fqdn", "value"),
        [
            ("exchange online", "um.contoso.com", "exchange online"),
            ("New", "EXAP.um.outlook.com", "exap.um.outlook.com"),
            ("LITWARE", "exap.um.outlook.com", "LITWARE"),
        ],
    )
    def test_identity_and_proxy_fqdn_are_unique(self, identity: str, proxy_fqdn: str, value: str) -> None:
        """In any case."""
        with pytest.raises(IdentityInUse) as caught:
            new_cs_hosting_provider(VIEW, identity=identity, proxy_fqdn=proxy_fqdn, enabled=True)
        assert caught.value.value == value

    @pytest.mark.parametrize(
        ("parameters", "error"),
        [
            ({"identity": " New"}, InvalidName),
            ({"identity": 7}, InvalidName),
            ({"proxy_fqdn": "um.contoso.com:5061"}, InvalidFqdn),
            ({"enabled": 1}, InvalidValue),
            ({"is_local": None}, InvalidValue),
            ({"verification_level": "AlwaysVerifiable"}, InvalidValue),
        ],
    )
    def test_malformed_values_are_refused(self, parameters: dict[str, Any], error: type[ExumRoutingError]) -> None:
        """The model checks what it is given."""
        with pytest.raises(error):
            new_cs_hosting_provider(VIEW, **{"identity": "New", "proxy_fqdn": "new", "enabled": True, **parameters})

    @pytest.mark.parametrize(
        "parameters",
        [
            {},
            {"enabled": True},
            {"enabled_shared_address_space": False},
            {"hosts_ocs_users": False},
            {"is_local": False},
            {"verification_level": VerificationLevel.USE_SOURCE_VERIFICATION},
        ],
        ids=str,
    )
    def test_set_changes_what_is_given(self, parameters: dict[str, Any]) -> None:
        """It keeps the rest, the spelling of the Identity too, and prints nothing."""
        result = set_cs_hosting_provider(VIEW, identity="LITWARE", **parameters)
        changed = attrs.evolve(LITWARE, **parameters)
        assert after(result) == (ONLINE, changed)
        assert result.output == ()
        assert tuple(VIEW.after(result.changes).providers)[1].identity == "Litware"

    def test_set_cannot_change_proxy_fqdn(self) -> None:
        """There is no such parameter: the provider is removed and made anew."""
        assert "proxy_fqdn" not in inspect.signature(set_cs_hosting_provider).parameters
        view = VIEW.after(remove_cs_hosting_provider(VIEW, identity="Litware").changes)
        result = new_cs_hosting_provider(view, identity="Litware", proxy_fqdn="um.contoso.com", enabled=False)
        assert after(result, view) == (ONLINE, HostingProvider(identity="Litware", proxy_fqdn="um.contoso.com"))

    @pytest.mark.parametrize("parameters", [{"enabled": None}, {"verification_level": None}], ids=str)
    def test_set_refuses_what_is_none(self, parameters: dict[str, Any]) -> None:
        """$null is neither a flag nor a level."""
        with pytest.raises(InvalidValue):
            set_cs_hosting_provider(VIEW, identity="Litware", **parameters)

    def test_enable_and_disable(self) -> None:
        """They switch one provider."""
        enabled, disabled = attrs.evolve(LITWARE, enabled=True), attrs.evolve(ONLINE, enabled=False)
        assert after(enable_cs_hosting_provider(VIEW, identity="litware")) == (ONLINE, enabled)
        assert after(disable_cs_hosting_provider(VIEW, identity="Exchange ONLINE")) == (disabled, LITWARE)

    @pytest.mark.parametrize(
        ("cmdlet", "identity"),
        [(enable_cs_hosting_provider, "Exchange Online"), (disable_cs_hosting_provider, "Litware")],
    )
    def test_where_it_is_so_already_they_are_refused(self, cmdlet: Callable[..., CmdletResult], identity: str) -> None:
        """Nothing is left to do."""
        with pytest.raises(AlreadyInThatState):
            cmdlet(VIEW, identity=identity)

    def test_remove_deletes(self) -> None:
        """Its Identity and its ProxyFqdn are free again."""
        result = remove_cs_hosting_provider(VIEW, identity="EXCHANGE Online")
        assert after(result) == (LITWARE,)
        view = VIEW.after(result.changes)
        again = new_cs_hosting_provider(view, identity="Exchange Online", proxy_fqdn="exap.um.outlook.com", enabled=True)
        assert len(after(again, view)) == 2

    @pytest.mark.parametrize(
        "cmdlet",
        [
            set_cs_hosting_provider,
            get_cs_hosting_provider,
            enable_cs_hosting_provider,
            disable_cs_hosting_provider,
            remove_cs_hosting_provider,
        ],
    )
    def test_unknown_identity_is_refused(self, cmdlet: Callable[..., CmdletResult]) -> None:
        """A ProxyFqdn is no Identity."""
        with pytest.raises(UnknownIdentity):
            cmdlet(VIEW, identity="um.litwareinc.com")


@pytest.mark.parametrize(
    ("parameters", "wanted"),
    [
        ({}, (ONLINE, LITWARE)),
        ({"identity": "litware"}, (LITWARE,)),
        ({"filter": "*ONLINE"}, (ONLINE,)),
        ({"filter": "online"}, ()),
    ],
    ids=str,
)
def test_get_prints_all_one_or_those_that_match(parameters: dict[str, str], wanted: tuple[HostingProvider, ...]) -> None:
    """It changes nothing."""
    assert get_cs_hosting_provider(VIEW, **parameters) == CmdletResult(output=wanted)
