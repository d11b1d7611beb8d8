"""What a change of a deployment does to routes: whose calls go elsewhere, and what about them changed."""

import enum
from collections.abc import Iterator

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import Deployment, Subject
from exum_routing.reading import DEFAULT_READING, Reading
from exum_routing.routing.decision import HostedUm, NotRouted, RoutingDecision
from exum_routing.routing.request_uri import DEFAULT_LAYOUT, RequestUriLayout, request_uri
from exum_routing.routing.route import route


class WhatChanged(enum.Enum):
    """What is different about a user's or contact's calls; the value is its heading for people."""

    ADDED = "Added"
    """The account is new."""
    REMOVED = "Removed"
    """The account is gone."""
    ROUTE = "Route"
    """Hosted UM, on-premises UM or not routed."""
    REASON = "Reason"
    """Why the calls are not routed."""
    POLICY = "Policy"
    """Which policy determined the route."""
    REQUEST_URI = "Request-URI"
    """What the INVITE is addressed to, at the first turn."""


@attrs.frozen
class RouteChange:
    """A user or contact whose calls are routed in another way."""

    address: str
    """The SIP address."""
    changed: tuple[WhatChanged, ...]
    """What is different, in the order of ``WhatChanged``; at least one."""
    before: RoutingDecision | None
    """The decision before; None: the account was not there."""
    after: RoutingDecision | None
    """The decision after; None: the account is gone."""
    uri_before: str | None
    """The Request-URI before; None: there was none."""
    uri_after: str | None
    """The Request-URI after; None: there is none."""


@names_wrong_types
def route_changes(
    before: Deployment, after: Deployment, *, reading: Reading = DEFAULT_READING, layout: RequestUriLayout = DEFAULT_LAYOUT
) -> tuple[RouteChange, ...]:
    """The users and contacts whose route, policy, Request-URI or reason differs, in document order, new ones last.

    Clauses: ROUTE-10, URI-1

    >>> from exum_routing.deployment import User
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> off = attrs.evolve(zoe, voice_mail_settings=("CsHostedVoiceMail=0",))
    >>> change, = route_changes(Deployment(users=[zoe]), Deployment(users=[off]))
    >>> change.changed, change.after.reason.name
    ((<WhatChanged.REASON: 'Reason'>,), 'HOSTED_VOICE_MAIL_DISABLED')
    """
    addresses = dict.fromkeys([*before.by_address, *after.by_address])
    changes = (
        route_change(address, (before.by_address.get(address), before), (after.by_address.get(address), after), reading, layout)
        for address in addresses
    )
    return tuple(change for change in changes if change is not None)


@names_wrong_types
def route_change(
    address: str,
    before: tuple[Subject | None, Deployment],
    after: tuple[Subject | None, Deployment],
    reading: Reading = DEFAULT_READING,
    layout: RequestUriLayout = DEFAULT_LAYOUT,
) -> RouteChange | None:
    """What is different about the calls of one account; None: nothing.

    Args:
        address: Its SIP address.
        before: The account before, or None, and the deployment that decided. It need not be one of the deployment's users.
        after: The same after the change.
        reading: The reading of the open clauses.
        layout: The names of the Request-URI's parameters.

    Clauses: ROUTE-10, URI-1

    >>> from exum_routing.deployment import User
    >>> zoe = User(sip_address="zoe@contoso.com")
    >>> route_change("sip:zoe@contoso.com", (None, Deployment()), (zoe, Deployment())).changed
    (<WhatChanged.ADDED: 'Added'>,)
    """
    (was, uri_before), (now, uri_after) = _decided(*before, reading, layout), _decided(*after, reading, layout)
    if was is None and now is None:
        return None
    changed = tuple(_differences(was, now, same_uri=uri_before == uri_after))
    return RouteChange(address, changed, was, now, uri_before, uri_after) if changed else None


def _decided(
    subject: Subject | None, deployment: Deployment, reading: Reading, layout: RequestUriLayout
) -> tuple[RoutingDecision | None, str | None]:
    if subject is None:
        return None, None
    decision = route(subject, deployment, reading=reading)
    return decision, None if isinstance(decision, NotRouted) else request_uri(subject, decision, layout=layout)


def _differences(before: RoutingDecision | None, after: RoutingDecision | None, *, same_uri: bool) -> Iterator[WhatChanged]:
    if before is None or after is None:
        yield WhatChanged.ADDED if before is None else WhatChanged.REMOVED
        return
    if type(before) is not type(after):
        yield WhatChanged.ROUTE
    if _reason(before) is not _reason(after):
        yield WhatChanged.REASON
    if _policy(before) != _policy(after):
        yield WhatChanged.POLICY
    if not same_uri:
        yield WhatChanged.REQUEST_URI


def _reason(decision: RoutingDecision) -> object:
    return decision.reason if isinstance(decision, NotRouted) else None


def _policy(decision: RoutingDecision) -> object:
    policy = decision.policy if isinstance(decision, HostedUm | NotRouted) else None
    return None if policy is None else policy.identity
