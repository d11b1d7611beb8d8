"""New-, Set-, Get-, Enable-, Disable- and Remove-CsHostingProvider."""

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.cmdlets.change import Change, ObjectKind, changed_provider
from exum_routing.cmdlets.result import NOT_GIVEN, CmdletResult, NotGiven, given
from exum_routing.cmdlets.view import View
from exum_routing.cmdlets.wildcard import matches
from exum_routing.deployment import HostingProvider, VerificationLevel
from exum_routing.errors import AlreadyInThatState, IdentityInUse, UnknownIdentity


def new_cs_hosting_provider(  # noqa: PLR0913 - the cmdlet's parameters
    view: View,
    *,
    identity: str,
    proxy_fqdn: str,
    enabled: bool,
    enabled_shared_address_space: bool = False,
    hosts_ocs_users: bool = False,
    is_local: bool = False,
    verification_level: VerificationLevel = VerificationLevel.ALWAYS_VERIFIABLE,
) -> CmdletResult:
    """New-CsHostingProvider: creates a hosting provider.

    Raises:
        IdentityInUse: A provider has the Identity, or the ProxyFqdn.
        InvalidName: The Identity is empty or has blanks around it.
        InvalidFqdn: ProxyFqdn is no FQDN.
        InvalidValue: A flag or the verification level is none.

    Clauses: CMD-10, EDGE-5

    >>> from exum_routing.deployment import Deployment
    >>> result = new_cs_hosting_provider(View(Deployment()), identity="UM", proxy_fqdn="exap.um.outlook.com", enabled=True)
    >>> result.output[0].enabled_shared_address_space
    False
    """
    provider = HostingProvider(
        identity=identity,
        proxy_fqdn=proxy_fqdn,
        enabled=enabled,
        enabled_shared_address_space=enabled_shared_address_space,
        hosts_ocs_users=hosts_ocs_users,
        is_local=is_local,
        verification_level=verification_level,
    )
    if view.provider(identity) is not None:
        raise IdentityInUse(identity, "is the Identity of a hosting provider: give another, or Set-CsHostingProvider")
    other = view.provider_with_proxy(provider.proxy_fqdn)
    if other is not None:
        raise IdentityInUse(
            str(provider.proxy_fqdn), f"is the ProxyFqdn of {other.identity!r}: keep that one, or remove it first"
        )
    return CmdletResult(output=(provider,), changes=(changed_provider(provider),))


def _existing(view: View, identity: str) -> HostingProvider:
    found = view.provider(identity)
    if found is None:
        raise UnknownIdentity(identity, "is the Identity of no hosting provider: give one of the deployment")
    return found


@names_wrong_types
def set_cs_hosting_provider(  # noqa: PLR0913 - the cmdlet's parameters
    view: View,
    *,
    identity: str,
    enabled: bool | NotGiven = NOT_GIVEN,
    enabled_shared_address_space: bool | NotGiven = NOT_GIVEN,
    hosts_ocs_users: bool | NotGiven = NOT_GIVEN,
    is_local: bool | NotGiven = NOT_GIVEN,
    verification_level: VerificationLevel | NotGiven = NOT_GIVEN,
) -> CmdletResult:
    """Set-CsHostingProvider: changes what is given and keeps the rest; ProxyFqdn cannot be changed, so it is no parameter.

    Raises:
        UnknownIdentity: There is no such provider.
        InvalidValue: A flag or the verification level is none.

    Clauses: CMD-10, EDGE-5
    """
    changes = given(
        enabled=enabled,
        enabled_shared_address_space=enabled_shared_address_space,
        hosts_ocs_users=hosts_ocs_users,
        is_local=is_local,
        verification_level=verification_level,
    )
    return CmdletResult(changes=(changed_provider(attrs.evolve(_existing(view, identity), **changes)),))


@names_wrong_types
def get_cs_hosting_provider(
    view: View,
    *,
    identity: str | None = None,
    filter: str | None = None,  # noqa: A002 - the parameter's name
) -> CmdletResult:
    """Get-CsHostingProvider: all, one by Identity, or those whose Identity matches a wildcard Filter.

    Raises:
        UnknownIdentity: There is no provider of this Identity.

    Clauses: CMD-10
    """
    if identity is not None:
        return CmdletResult(output=(_existing(view, identity),))
    return CmdletResult(output=tuple(one for one in view.providers if filter is None or matches(one.identity, filter)))


@names_wrong_types
def enable_cs_hosting_provider(view: View, *, identity: str) -> CmdletResult:
    """Enable-CsHostingProvider: enables a provider that is disabled.

    Raises:
        UnknownIdentity: There is no such provider.
        AlreadyInThatState: It is enabled.

    Clauses: CMD-10
    """
    return _switched(_existing(view, identity), enabled=True)


@names_wrong_types
def disable_cs_hosting_provider(view: View, *, identity: str) -> CmdletResult:
    """Disable-CsHostingProvider: disables a provider that is enabled.

    Raises:
        UnknownIdentity: There is no such provider.
        AlreadyInThatState: It is disabled.

    Clauses: CMD-10
    """
    return _switched(_existing(view, identity), enabled=False)


def _switched(provider: HostingProvider, *, enabled: bool) -> CmdletResult:
    if provider.enabled is enabled:
        state = "enabled" if enabled else "disabled"
        raise AlreadyInThatState(provider.identity, f"is {state} already: take the command out")
    return CmdletResult(changes=(changed_provider(attrs.evolve(provider, enabled=enabled)),))


@names_wrong_types
def remove_cs_hosting_provider(view: View, *, identity: str) -> CmdletResult:
    """Remove-CsHostingProvider: deletes a provider.

    Raises:
        UnknownIdentity: There is no such provider.

    Clauses: CMD-10
    """
    return CmdletResult(changes=(Change(ObjectKind.PROVIDER, folded(_existing(view, identity).identity), None),))
