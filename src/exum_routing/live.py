"""A router for a service whose deployment changes: many readers, one writer at a time.

It is a door to the core and not part of it: it can be changed. Its answers are the
core's own, and every snapshot of it is an immutable ``Deployment``.
"""

import threading
from collections.abc import Iterable, Sequence

import attrs

from exum_routing.deployment import Deployment, HostedVoicemailPolicy, Subject, UmContact, User
from exum_routing.errors import InvalidSipAddress, UnknownSipAddress
from exum_routing.fields import instance, instances
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing import (
    DEFAULT_LAYOUT,
    RequestUriLayout,
    RouteChange,
    Router,
    RoutingDecision,
    route,
    route_change,
    route_changes,
)
from exum_routing.sip import SipAddress

__all__ = ["LiveRouter"]


class LiveRouter:
    """Answers where the calls of a deployment go, and takes its changes as they happen.

    Any number of threads may ask while one changes something; changes wait for each other. Who asks
    during a change of users gets the decision of before or after it, account by account. A change
    of policies, or of the whole deployment, is seen for all accounts at once.

    Clauses: ROUTE-10, ROUTE-11, NAME-2

    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> router = LiveRouter(Deployment(users=[zoe]))
    >>> off = attrs.evolve(zoe, voice_mail_settings=("CsHostedVoiceMail=0",))
    >>> change, = router.change_users([off])
    >>> change.before.reason.name, router.route("ZOE@contoso.com").reason.name
    ('NO_VOICE_MAIL', 'HOSTED_VOICE_MAIL_DISABLED')
    """

    def __init__(
        self, deployment: Deployment, *, reading: Reading = DEFAULT_READING, layout: RequestUriLayout = DEFAULT_LAYOUT
    ) -> None:
        """Decide everyone's route.

        Args:
            deployment: The deployment as it is now.
            reading: The reading of the open clauses.
            layout: The names of the Request-URI's parameters, which changes are told with.

        Raises:
            InvalidValue: An argument is of another type.
        """
        self._reading, self._layout = instance(reading, Reading), instance(layout, RequestUriLayout)
        self._snapshot = instance(deployment, Deployment)
        self._later: dict[str, User | None] = {}  # the changes of users since that snapshot; None: the user is gone
        self._decisions = self._decided(deployment)
        self._writing = threading.Lock()

    def _decided(self, deployment: Deployment) -> dict[str, RoutingDecision]:
        return dict(Router(deployment, reading=self._reading).decisions)

    def route(self, address: str) -> RoutingDecision:
        """Where the voice mail calls to a SIP address go now.

        Args:
            address: The SIP address, in any case, with ``sip:`` or without.

        Raises:
            UnknownSipAddress: No user and no contact has the address.
            InvalidSipAddress: It is not a SIP address.

        Clauses: ROUTE-10, NAME-2
        """
        try:
            return self._decisions[address]
        except KeyError:
            canonical = SipAddress(address)
        except TypeError:
            raise InvalidSipAddress(address, "is not a SIP address: use a text") from None
        try:
            return self._decisions[canonical]
        except KeyError:
            problem = "is not the SIP address of a user or a contact: use one of the deployment"
            raise UnknownSipAddress(canonical, problem) from None

    @property
    def deployment(self) -> Deployment:
        """The deployment as it is now.

        The first look after a change of users copies the list of users.
        """
        with self._writing:
            return self._current()

    def _current(self) -> Deployment:
        if self._later:
            changed = [user for user in self._later.values() if user is not None]
            gone = [address for address, user in self._later.items() if user is None]
            removed = [address for address in gone if address in self._snapshot.by_address]
            self._snapshot, self._later = self._snapshot.with_users(changed, removed), {}
        return self._snapshot

    def change_users(self, changed: Iterable[User] = (), removed: Iterable[str] = ()) -> tuple[RouteChange, ...]:
        """Take users as they are now, and take others out.

        What it costs depends on the number of these users alone.

        Args:
            changed: Users as they are now, known ones and new ones.
            removed: SIP addresses of users who are gone, in any case.

        Returns:
            The users among them whose routes differ, the changed ones first.

        Raises:
            UnknownSipAddress: No user has an address that is to be removed.
            DuplicateIdentity: A changed user has the SIP address of a contact, of another changed
                user or of a removed one.
            InvalidSipAddress: What is to be removed is not a SIP address.
            InvalidValue: What has changed is not a user. With any error, nothing changes.

        Clauses: ROUTE-10, ROUTE-11
        """
        users, gone = instances(tuple(changed), User), [SipAddress(address) for address in removed]
        with self._writing:
            after: dict[str, User | None] = {str(user.sip_address): user for user in users}
            after.update((str(address), None) for address in gone)
            if len(after) < len(users) + len(gone) or not all(map(self._may_be, after.items())):
                self._refuse(users, gone)
            changes = [self._change(address, user) for address, user in after.items()]
        return tuple([change for change in changes if change is not None])

    def _may_be(self, change: tuple[str, User | None]) -> bool:
        """Whether a user who is gone was there, and one who is there is not a contact too."""
        address, user = change
        before = self._subject(address)
        return isinstance(before, User) or (before is None and user is not None)

    def _refuse(self, users: Sequence[User], gone: Sequence[SipAddress]) -> None:
        """Raise what a deployment of these accounts alone raises for the change."""
        addresses = dict.fromkeys((*(user.sip_address for user in users), *gone))
        known = [subject for subject in map(self._subject, addresses) if subject is not None]
        contacts = [one for one in known if isinstance(one, UmContact)]
        Deployment(users=[one for one in known if isinstance(one, User)], contacts=contacts).with_users(users, gone)

    def _subject(self, address: str) -> Subject | None:
        """The account with this address as it is now; None: there is none."""
        return self._later[address] if address in self._later else self._snapshot.by_address.get(address)

    def _change(self, address: str, user: User | None) -> RouteChange | None:
        """Take a user as it is now; the Request-URI is built only if the decision is another."""
        deployment, before = self._snapshot, self._decisions.get(address)
        after = None if user is None else route(user, deployment, reading=self._reading)
        change = None
        if before is not after and before != after:
            known = (self._subject(address), deployment)
            change = route_change(address, known, (user, deployment), self._reading, self._layout)
        self._later[address] = user
        if after is None:
            del self._decisions[address]
        else:
            self._decisions[address] = after
        return change

    def change_policies(self, policies: Iterable[HostedVoicemailPolicy]) -> tuple[RouteChange, ...]:
        """Take the hosted voice mail policies as they are now, all of them.

        Everyone's route is decided again.

        Raises:
            DuplicateIdentity: Two have one identity.
            MissingGlobalPolicy: None of them is the global one.
            InvalidValue: One is not a policy. With any error, nothing changes.

        Clauses: POL-3, ROUTE-10
        """
        with self._writing:
            return self._replace(attrs.evolve(self._current(), policies=tuple(policies)))

    def replace(self, deployment: Deployment) -> tuple[RouteChange, ...]:
        """Take another deployment in place of this one; everyone's route is decided again.

        Returns:
            The users and contacts whose routes differ, as ``route_changes`` gives them.

        Raises:
            InvalidValue: It is not a deployment.

        Clauses: ROUTE-10
        """
        with self._writing:
            return self._replace(instance(deployment, Deployment))

    def _replace(self, deployment: Deployment) -> tuple[RouteChange, ...]:
        changes = route_changes(self._current(), deployment, reading=self._reading, layout=self._layout)
        self._snapshot, self._decisions = deployment, self._decided(deployment)
        return changes
