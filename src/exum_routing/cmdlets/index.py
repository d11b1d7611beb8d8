"""Indexes: what objects are found by other than their keys."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Self, TypeAlias, TypeVar

import attrs

from exum_routing.casing import folded
from exum_routing.cmdlets.layers import Layers
from exum_routing.deployment import HostingProvider, UmContact, User

T = TypeVar("T")

Names: TypeAlias = Callable[[T], tuple[str | None, ...]]
"""What an object is found by; None: it has no such name."""


def names_of(user: User) -> tuple[str | None, ...]:
    r"""What names a user as a whole: user principal name, display name, distinguished name, ``DOMAIN\NAME``."""
    logon_name = user.sam_account_name
    with_domain = logon_name if logon_name and "\\" in logon_name else None
    return user.user_principal_name, user.display_name, user.distinguished_name, with_domain


def logon_name_of(user: User) -> tuple[str | None]:
    """The logon name of a user whose domain is not known: it may be of any."""
    logon_name = user.sam_account_name
    return (None if logon_name and "\\" in logon_name else logon_name,)


def number_of(contact: UmContact) -> tuple[str]:
    """The DisplayNumber of a contact object."""
    return (contact.display_number,)


def proxy_of(provider: HostingProvider) -> tuple[str]:
    """The ProxyFqdn of a hosting provider."""
    return (provider.proxy_fqdn,)


def _folded(names: tuple[str | None, ...]) -> set[str]:
    return {folded(name) for name in names if name}


@attrs.frozen(eq=False)
class _Original(Generic[T]):
    """What the objects of a deployment are found by, noted when somebody first asks."""

    objects: Sequence[T]
    key: Callable[[T], str]
    names: Names[T]

    @functools.cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for one in self.objects:
            for name in _folded(self.names(one)):
                found.setdefault(name, []).append(self.key(one))
        return {name: tuple(keys) for name, keys in found.items()}

    def find(self, name: str) -> tuple[str, ...]:
        return self.keys.get(name, ())


@attrs.frozen(eq=False)
class Index(Generic[T]):
    """The keys of the objects that have a name, in lower case, after some changes; whoever got it last comes last."""

    _names: Names[T]
    _keys: Layers[tuple[str, ...]]

    @classmethod
    def of(cls, objects: Sequence[T], key: Callable[[T], str], names: Names[T]) -> Self:
        """The index of a deployment's objects."""
        return cls(names, Layers(_Original(objects, key, names).find))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The keys of the objects that have a name."""
        return self._keys[name]

    def after(self, moves: Iterable[tuple[str, T | None, T | None]]) -> Self:
        """The index after changes, in their order: a key, and the object there before and from now on."""
        newest: dict[str, tuple[str, ...]] = {}
        for key, before, now in moves:
            was, will = (() if one is None else self._names(one) for one in (before, now))
            if was != will:
                gone, come = _folded(was), _folded(will)
                for name in gone - come:
                    newest[name] = tuple(one for one in newest.get(name, self[name]) if one != key)
                for name in come - gone:
                    newest[name] = (*newest.get(name, self[name]), key)
        return type(self)(self._names, self._keys.over(newest)) if newest else self
