"""Indexes: what objects are found by other than their keys."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Self, TypeVar

import attrs

from exum_routing.cmdlets.layers import Layers
from exum_routing.deployment import HostingProvider, UmContact, User

T = TypeVar("T")


@attrs.frozen(eq=False)
class _Original(Generic[T]):
    """What the objects of a deployment are found by, noted when it is first asked for."""

    objects: Sequence[T]
    key: Callable[[T], str]
    names: Callable[[T], tuple[str, ...]]

    @functools.cached_property
    def keys(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.objects:
            for name in _folded(self.names(one)):
                found.setdefault(name, []).append(self.key(one))
        return found

    def find(self, name: str) -> tuple[str, ...]:
        return tuple(self.keys.get(name, ()))


def _folded(names: tuple[str, ...]) -> set[str]:
    return {name.lower() for name in names}


@attrs.frozen(eq=False)
class Index(Generic[T]):
    """The keys of the objects that have a name, in lower case, after some changes; those that got it last come last."""

    _names: Callable[[T], tuple[str, ...]]
    _layers: Layers[tuple[str, ...]]

    @classmethod
    def of(cls, objects: Sequence[T], key: Callable[[T], str], names: Callable[[T], tuple[str, ...]]) -> Self:
        """The index of a deployment's objects; no object is looked at before somebody asks."""
        return cls(names, Layers(_Original(objects, key, names).find))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The keys of the objects that have a name."""
        return self._layers[name]

    def after(self, before: Callable[[str], T | None], changes: Iterable[tuple[str, T | None]]) -> Self:
        """The index after changes, in their order; ``before`` looks objects up as they are before any of them."""
        newest: dict[str, tuple[str, ...]] = {}
        for key, value in dict(changes).items():
            was, will = self._of(before(key)), self._of(value)
            if was == will:
                continue
            gone, come = _folded(was), _folded(will)
            for name in gone - come:
                newest[name] = tuple(one for one in newest.get(name, self[name]) if one != key)
            for name in come - gone:
                newest[name] = (*newest.get(name, self[name]), key)
        return type(self)(self._names, self._layers.over(newest)) if newest else self

    def _of(self, one: T | None) -> tuple[str, ...]:
        return () if one is None else self._names(one)


def names_of(user: User) -> tuple[str, ...]:
    r"""What a user is named by, whole: user principal name, display name, distinguished name, ``DOMAIN\NAME``."""
    logon = user.sam_account_name if user.sam_account_name and "\\" in user.sam_account_name else None
    names = (user.user_principal_name, user.display_name, user.distinguished_name, logon)
    return tuple(name for name in names if name)


def logon_name_of(user: User) -> tuple[str, ...]:
    """The logon name of a user, if no domain is known: then it is that of any domain."""
    logon = user.sam_account_name
    return (logon,) if logon and "\\" not in logon else ()


def number_of(contact: UmContact) -> tuple[str, ...]:
    """The number of a contact object."""
    return (contact.display_number,)


def proxy_of(provider: HostingProvider) -> tuple[str, ...]:
    """The ProxyFqdn of a hosting provider."""
    return (provider.proxy_fqdn,)
