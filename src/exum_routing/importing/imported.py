"""The import: one deployment of all sources, what was taken from each, and the notes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import attrs

from exum_routing.arguments import names_wrong_types
from exum_routing.casing import folded
from exum_routing.deployment import Deployment, HostedUmService, UmDialPlan
from exum_routing.errors import shown
from exum_routing.importing.accounts import Accounts
from exum_routing.importing.contacts import contacts
from exum_routing.importing.dial_plans import dial_plans
from exum_routing.importing.edge import access_edge, edge_replica, providers
from exum_routing.importing.gather import Everything
from exum_routing.importing.kind import Kind
from exum_routing.importing.notes import Note, Notes
from exum_routing.importing.policies import policies
from exum_routing.importing.pools import note_unknown_pools
from exum_routing.importing.properties import property_names
from exum_routing.importing.source import Source, as_document
from exum_routing.interchange import Fault
from exum_routing.interchange.records import SourceError
from exum_routing.sip import Fqdn

T = TypeVar("T")

_OF_REPLICA: Final = frozenset({Kind.PROVIDER, Kind.ACCESS_EDGE})
_PARTS: Final[Sequence[tuple[str, frozenset[Kind], str]]] = (
    (
        "Users",
        frozenset({Kind.USER, Kind.ACCOUNT}),
        "no source gives users: export Get-CsUser, and the accounts of the directory with ldifde",
    ),
    (
        "HostedVoicemailPolicies",
        frozenset({Kind.POLICY}),
        "no source gives policies, so only an empty global one is known: export Get-CsHostedVoicemailPolicy",
    ),
    (
        "UmContacts",
        frozenset({Kind.CONTACT}),
        "no source gives contact objects: export Get-CsExUmContact, or write [] if there are none",
    ),
    (
        "HostingProviders",
        frozenset({Kind.PROVIDER}),
        "no source gives hosting providers: export Get-CsHostingProvider, or write [] if there are none",
    ),
    (
        "AccessEdgeConfiguration",
        frozenset({Kind.ACCESS_EDGE}),
        "no source gives the Access Edge settings, so they are not known: export Get-CsAccessEdgeConfiguration",
    ),
    (
        "UmDialPlans",
        frozenset({Kind.DIAL_PLAN}),
        "no source gives UM dial plans, so they are not known: export Get-UMDialPlan and Get-ExchangeServer, or write []",
    ),
)
"""The parts of a document, the kinds of exports that give them, and what it means where neither does."""


@attrs.frozen
class Import:
    """What became of some sources."""

    deployment: Deployment
    """The deployment that they describe."""
    taken: tuple[tuple[str, Kind, int], ...]
    """For each source and each kind in it, how many objects were taken."""
    notes: tuple[Note, ...]
    """What is to be known about it, the gaps first."""


@names_wrong_types
def import_deployment(sources: Sequence[Source], *, replica: Sequence[Source] = ()) -> Import:
    """The deployment that several sources describe together; their order means nothing.

    Args:
        sources: Exports of cmdlets and of the directory, and deployment documents.
        replica: What Get-CsHostingProvider and Get-CsAccessEdgeConfiguration give with -LocalStore on the Edge Server.

    Raises:
        SourceError: Sources cannot be read; it carries every fault, each with its place.

    >>> users = Source("users.json", b'{"SipAddress": "sip:zoe@contoso.com", "RegistrarPool": "pool01.contoso.com"}')
    >>> imported = import_deployment([users])
    >>> imported.deployment.users[0].registrar_pool, imported.taken
    ('pool01.contoso.com', (('users.json', <Kind.USER: 'Get-CsUser'>, 1),))
    >>> imported.notes[0].weight.value, imported.notes[0].message[:56]
    ('gap', 'HostedVoicemailPolicy was given by no source, so no poli')
    """
    notes, keep = Notes(), property_names()
    store, of_replica = Everything(notes, keep), Everything(notes, keep)
    faults = (*_add_all(store, sources), *_add_all(of_replica, replica))
    if faults:
        raise SourceError(faults)
    deployment = _deployment(store, of_replica, notes)
    batches = sorted((*store.batches, *of_replica.batches), key=lambda one: (one.file, one.kind.value))
    taken = tuple((batch.file, batch.kind, batch.taken) for batch in batches if batch.taken)
    order = {weight: place for place, weight in enumerate(type(notes.found[0].weight))} if notes.found else {}
    return Import(deployment, taken, tuple(sorted(notes.found, key=lambda note: order[note.weight])))


def _add_all(everything: Everything, sources: Sequence[Source]) -> Iterable[Fault]:
    """Add all sources, in an order that depends on what they are alone; the faults of those that cannot be read."""
    faults: list[Fault] = []
    for source in sorted(sources, key=lambda one: (one.content, one.name)):
        try:
            document = as_document(source)
            if document is None:
                everything.add_export(source)
            else:
                everything.add_document(source, document)
        except SourceError as error:
            faults += error.faults
    return faults


def _deployment(store: Everything, of_replica: Everything, notes: Notes) -> Deployment:
    of_contacts = contacts(store.contacts, notes)
    addresses: Mapping[str, object] = {contact.sip_address: contact for contact in of_contacts}
    accounts = Accounts(store.pools, notes)
    users = accounts.users(store.accounts, addresses)
    pools = store.pools.pools(notes)
    at_edge = _by_hand(store.documents, "edge_replica", notes)
    found_at_edge = edge_replica(
        of_replica.tables[Kind.PROVIDER], of_replica.tables[Kind.ACCESS_EDGE], _replica_name(store), notes
    )
    deployment = Deployment(
        users=users,
        contacts=of_contacts,
        policies=policies(store.tables[Kind.POLICY], notes),
        providers=providers(store.tables[Kind.PROVIDER], notes),
        edge=access_edge(store.tables[Kind.ACCESS_EDGE], notes),
        pools=pools,
        dial_plans=dial_plans(
            store.tables[Kind.DIAL_PLAN], store.tables[Kind.EXCHANGE_SERVER], _plans_by_hand(store.documents), notes
        ),
        edge_replica=found_at_edge if at_edge is None else at_edge,
        av_edge_gruu=_by_hand(store.documents, "av_edge_gruu", notes),
        hosted_um_services=_services(store.documents, notes),
    )
    _note_rest(store, of_replica, addresses, notes)
    if store.kinds:
        note_unknown_pools(accounts.pool_users, pools, notes)
    return deployment


def _by_hand(documents: Sequence[tuple[str, Deployment]], part: str, notes: Notes) -> Any:  # noqa: ANN401 - any part
    """A part that only documents give whole: that of the first document that has it."""
    having = [(name, getattr(document, part)) for name, document in documents if getattr(document, part) is not None]
    if not having:
        return None
    (name, found), *others = having
    for other, value in others:
        if value != found:
            notes.read_as(other, f"gives another {part.replace('_', ' ')} than {name}, whose is taken: keep one of the two")
    return found


def _plans_by_hand(documents: Sequence[tuple[str, Deployment]]) -> tuple[UmDialPlan, ...] | None:
    """The dial plans of all documents, one of each name; None: no document says anything of them."""
    having = [document.dial_plans for _, document in documents if document.dial_plans is not None]
    found: dict[str, UmDialPlan] = {}
    for plan in (plan for plans in having for plan in plans):
        found.setdefault(folded(plan.phone_context), plan)
    return tuple(found.values()) if having else None


def _services(documents: Sequence[tuple[str, Deployment]], notes: Notes) -> tuple[HostedUmService, ...]:
    """The hosted UM services of all documents, one of each name."""
    found: dict[str, HostedUmService] = {}
    for name, document in documents:
        for service in document.hosted_um_services:
            if found.setdefault(service.fqdn, service) != service:
                notes.read_as(name, f"{shown(str(service.fqdn))} is in another document too, whose service is taken: keep one")
    return tuple(found.values())


def _replica_name(store: Everything) -> Fqdn | None:
    """The name of the Edge Server: the one of the topology, or the only replica."""
    edges = store.pools.edges or [Fqdn(name) for _, name, _ in store.replicas]
    return edges[0] if len(set(edges)) == 1 else None


def _note_rest(store: Everything, of_replica: Everything, contacts_taken: Mapping[str, object], notes: Notes) -> None:
    for address, place in store.directory_contacts.items():
        if address not in contacts_taken:
            notes.left_out(place, "is a contact object, whose number only Get-CsExUmContact has: export that too")
    if store.kinds:
        for part, kinds, message in _PARTS:
            if part not in store.parts and not kinds & store.kinds:
                notes.gap("", message)
    _note_replica(store, of_replica, notes)


def _note_replica(store: Everything, of_replica: Everything, notes: Notes) -> None:
    for batch in of_replica.batches:
        if batch.kind not in _OF_REPLICA:
            notes.left_out(batch.file, f"{batch.kind.value} is not part of a replica: give it without --replica")
    if not of_replica.batches:
        for place, name, up_to_date in store.replicas:
            if not up_to_date and (not store.pools.edges or name in store.pools.edges):
                notes.gap(
                    place,
                    f"{name!r} is not up to date, and what it holds is not known: run Get-CsHostingProvider and "
                    "Get-CsAccessEdgeConfiguration with -LocalStore there, and give the files with --replica",
                )
