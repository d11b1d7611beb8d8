"""Gathering: every object of every source goes to the table of its kind, under its key."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from exum_routing.casing import folded
from exum_routing.deployment import Deployment, policy_identity
from exum_routing.errors import ExumRoutingError, InvalidName, shown
from exum_routing.fields import name as fit_name
from exum_routing.importing.accounts import ACCOUNTS
from exum_routing.importing.contacts import CONTACTS
from exum_routing.importing.dial_plans import DIAL_PLANS, EXCHANGE_SERVERS, server_key
from exum_routing.importing.document import deployment_of, document_records
from exum_routing.importing.edge import ACCESS_EDGE, PROVIDERS
from exum_routing.importing.kind import Kind, Origin, origin_of
from exum_routing.importing.merge import Batch, Gathered, place_of
from exum_routing.importing.notes import Notes
from exum_routing.importing.policies import POLICIES
from exum_routing.importing.pools import Pools
from exum_routing.importing.source import Keep, Source, classified, exported_of
from exum_routing.importing.values import Refused, flag, text
from exum_routing.interchange.records import Value
from exum_routing.sip import SipAddress

Properties = Mapping[str, Value]

_ACCOUNTS: Final = (Kind.USER, Kind.ACCOUNT, Kind.CONTACT)
"""The kinds that have a SIP address."""
_CONTACT_CLASS: Final = "contact"
_CONTACT_TYPES: Final = frozenset({"2415919104", "-1879048192"})
"""0x90000000 of msRTCSIP-SourceObjectType, as either sign prints it."""


@attrs.define(eq=False)
class Everything:
    """What all sources say."""

    notes: Notes
    keep: Keep
    accounts: Gathered = attrs.Factory(lambda: Gathered(ACCOUNTS))
    contacts: Gathered = attrs.Factory(lambda: Gathered(CONTACTS))
    tables: dict[Kind, Gathered] = attrs.Factory(
        lambda: {
            Kind.POLICY: Gathered(POLICIES),
            Kind.PROVIDER: Gathered(PROVIDERS),
            Kind.ACCESS_EDGE: Gathered(ACCESS_EDGE),
            Kind.DIAL_PLAN: Gathered(DIAL_PLANS),
            Kind.EXCHANGE_SERVER: Gathered(EXCHANGE_SERVERS),
        }
    )
    pools: Pools = attrs.Factory(Pools)
    batches: list[Batch] = attrs.Factory(list)
    documents: list[tuple[str, Deployment]] = attrs.Factory(list)
    parts: set[str] = attrs.Factory(set)
    """The parts that a document has."""
    kinds: set[Kind] = attrs.Factory(set)
    """The kinds of which an export has an object."""
    replicas: list[tuple[str, str, bool]] = attrs.Factory(list)
    """Place and name of every replica, and whether it may be up to date."""
    directory_contacts: dict[str, str] = attrs.Factory(dict)
    """The SIP addresses of the directory's contact objects, with their places."""

    def add_document(self, source: Source, document: Mapping[str, Any]) -> None:
        """Add what a document says."""
        self.documents.append((source.name, deployment_of(source.content)))
        self.parts |= document.keys()
        batches: dict[str, Batch] = {}
        for file, kind, number, properties in document_records(source.name, document, self.keep):
            self._add(batches.setdefault(file, Batch(file, kind, Origin.HAND)), number, properties)
        self.batches += batches.values()

    def add_export(self, source: Source) -> None:
        """Add what an export says.

        Raises:
            SourceError: It cannot be read.
        """
        batches: dict[Kind, Batch] = {}
        batch: Batch | None = None
        number = -1
        for exported in exported_of(source, self.keep):
            kind, properties = classified(exported)
            number = exported.number
            if kind is None:
                named = f"{shown(exported.types[0])} is" if exported.types else "it is"
                self.notes.left_out(f"{source.name}[{number}]", f"{named} not a kind of object that is imported: leave it out")
                continue
            if batch is None or batch.kind is not kind:
                batch = batches.setdefault(kind, Batch(source.name, kind, origin_of(kind)))
            self._add(batch, number, properties)
            if exported.may_be_cut:
                problem = "is the last entry, and no empty line ends it: export again if it is not whole"
                self.notes.read_as(place_of((batch, number)), problem)
        self.kinds |= batches.keys()
        self.batches += batches.values()
        if number < 0:
            self.notes.read_as(
                source.name, "holds no object, so it says nothing: write in a document, as [], what is not there"
            )

    def _add(self, batch: Batch, number: int, properties: Properties) -> None:
        """Add one object; one without the key of its kind is left out."""
        try:
            if batch.kind in _ACCOUNTS:
                self._account(batch, number, properties)
            else:
                _ADDERS[batch.kind](self, batch, number, properties)
        except ExumRoutingError as error:
            self.notes.left_out(place_of((batch, number)), error.message)

    def _account(self, batch: Batch, number: int, properties: Properties) -> None:
        name = "msRTCSIP-PrimaryUserAddress" if batch.kind is Kind.ACCOUNT else "SipAddress"
        table = self.contacts if batch.kind is Kind.CONTACT else self.accounts
        address = _address(properties.get(name), table)
        if address is None:
            self.notes.left_out(place_of((batch, number)), f"has no {name}, so it is not a user of Skype for Business")
        elif batch.kind is Kind.ACCOUNT and _is_contact(properties):
            self.directory_contacts.setdefault(address, place_of((batch, number)))
        else:
            table.add(address, batch, number, properties, self.notes)

    def _pool(self, batch: Batch, number: int, properties: Properties) -> None:
        self.pools.add(batch, number, properties, self.notes)

    def _site(self, batch: Batch, number: int, properties: Properties) -> None:
        self.pools.add_site(batch, number, properties, self.notes)

    def _directory_pool(self, batch: Batch, _: int, properties: Properties) -> None:
        self.pools.add_directory_pool(batch, properties)

    def _keyed(self, key: str, batch: Batch, number: int, properties: Properties) -> None:
        self.tables[batch.kind].add(key, batch, number, properties, self.notes)

    def _policy(self, batch: Batch, number: int, properties: Properties) -> None:
        self._keyed(policy_identity(_text(batch, properties, "Identity")).key, batch, number, properties)

    def _provider(self, batch: Batch, number: int, properties: Properties) -> None:
        identity = _text(batch, properties, "Identity") or _text(batch, properties, "Name")
        self._keyed(folded(fit_name(identity)), batch, number, {**properties, "Identity": identity})

    def _access_edge(self, batch: Batch, number: int, properties: Properties) -> None:
        self._keyed("", batch, number, properties)

    def _dial_plan(self, batch: Batch, number: int, properties: Properties) -> None:
        self._keyed(folded(fit_name(_text(batch, properties, "PhoneContext"))), batch, number, properties)

    def _exchange_server(self, batch: Batch, number: int, properties: Properties) -> None:
        self._keyed(server_key(fit_name(_text(batch, properties, "Name"))), batch, number, properties)

    def _replica(self, batch: Batch, number: int, properties: Properties) -> None:
        known = flag(properties.get("UpToDate"))
        self.replicas.append(
            (place_of((batch, number)), folded(fit_name(_text(batch, properties, "ReplicaFqdn"))), known is not False)
        )
        batch.taken += 1


def _text(batch: Batch, properties: Properties, name: str) -> str:
    """A text by which an object is known; a document has it as it is, whatever it looks like.

    Raises:
        InvalidName: It is not a text.
    """
    value = properties.get(name)
    if batch.origin is Origin.HAND and isinstance(value, str):
        return value
    found = text(value)
    if isinstance(found, Refused):
        raise InvalidName(value, f"is not a text, so the {name} is not known: export with Export-Clixml")
    return found if isinstance(found, str) else ""


def _address(value: Value, table: Gathered) -> str | None:
    """The SIP address of an account; None: it has none.

    Raises:
        InvalidSipAddress: It is not one.
    """
    found = text(value)
    if found is None or (isinstance(found, str) and found in table.objects):
        return found
    return SipAddress(found)  # type: ignore[arg-type] # it is checked


def _is_contact(properties: Properties) -> bool:
    """Whether an object of the directory is a contact object, and not the account of a user."""
    classes = properties.get("objectClass")
    if isinstance(classes, tuple | str) and _CONTACT_CLASS in classes:
        return True
    if "msRTCSIP-OwnerUrn" in properties and text(properties["msRTCSIP-OwnerUrn"]) is not None:
        return True
    return "msRTCSIP-SourceObjectType" in properties and text(properties["msRTCSIP-SourceObjectType"]) in _CONTACT_TYPES


_ADDERS: Final[Mapping[Kind, Callable[[Everything, Batch, int, Properties], None]]] = {
    Kind.POLICY: Everything._policy,  # noqa: SLF001 - the table of its own methods
    Kind.PROVIDER: Everything._provider,  # noqa: SLF001
    Kind.ACCESS_EDGE: Everything._access_edge,  # noqa: SLF001
    Kind.POOL: Everything._pool,  # noqa: SLF001
    Kind.CLUSTER: Everything._pool,  # noqa: SLF001
    Kind.SITE: Everything._site,  # noqa: SLF001
    Kind.DIRECTORY_POOL: Everything._directory_pool,  # noqa: SLF001
    Kind.REPLICATION: Everything._replica,  # noqa: SLF001
    Kind.DIAL_PLAN: Everything._dial_plan,  # noqa: SLF001
    Kind.EXCHANGE_SERVER: Everything._exchange_server,  # noqa: SLF001
}
