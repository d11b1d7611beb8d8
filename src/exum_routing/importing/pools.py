"""Pools with their sites, and where an account is homed by its home server.

A pool of the document is one where users may be registered; of the topology and of Get-CsPool, those with a Registrar.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from exum_routing.casing import folded
from exum_routing.deployment import Pool, PoolVersion
from exum_routing.errors import ExumRoutingError, InvalidValue, shown
from exum_routing.importing.kind import Kind, Origin
from exum_routing.importing.merge import NOWHERE, Batch, Column, Gathered, Merged, Table
from exum_routing.importing.notes import Notes
from exum_routing.importing.values import Refused, text, texts
from exum_routing.interchange.records import Value
from exum_routing.sip import Fqdn

_BY_CMDLET: Final[dict[str, Column]] = {
    "Fqdn": ("Fqdn", text),
    "Identity": ("Identity", text),
    "Site": ("Site", text),
    "Services": ("Services", texts),
    "Version": NOWHERE,
}
POOLS: Final = Table(
    facts=tuple(_BY_CMDLET),
    columns={
        Kind.POOL: (*tuple(_BY_CMDLET.values())[:-1], ("Version", text)),
        Kind.CLUSTER: tuple((_BY_CMDLET | {"Services": ("Roles", texts)}).values()),
    },
)
"""The facts of a pool, and where they are."""
_REGISTRAR: Final = "registrar"
_EDGE: Final = "edge"
_RDNS_ABOVE: Final = 2
"""How many RDNs a home server is below its pool: ``CN=Lc Services,CN=Microsoft``."""


class Pools:
    """What the sources say of pools."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.gathered = Gathered(POOLS)
        self._by_directory_name: dict[str, str] = {}
        self._by_cluster_id: dict[str, str] = {}
        self._of_home_servers: dict[str, str | None] = {}
        self.edges: list[Fqdn] = []

    def add(self, batch: Batch, number: int, properties: Mapping[str, Value], notes: Notes) -> None:
        """Add a pool of the topology, of Get-CsPool, or of a document.

        Raises:
            InvalidFqdn: It has no name.
        """
        name = text(properties.get("Fqdn"))
        fqdn = Fqdn(name if isinstance(name, str) else text(properties.get("Identity")))  # type: ignore[arg-type] # it is checked
        cluster_id = text(properties.get("ClusterId"))
        if isinstance(cluster_id, str):
            self._by_cluster_id[cluster_id] = fqdn
        roles = texts(properties.get("Roles", ()))
        if isinstance(roles, tuple) and any(folded(role).startswith(_EDGE) for role in roles):
            self.edges.append(fqdn)
        self.gathered.add(fqdn, batch, number, properties, notes)

    def add_site(self, batch: Batch, number: int, properties: Mapping[str, Value], notes: Notes) -> None:
        """Add the pools of a site.

        Raises:
            InvalidFqdn: One of them has no name.
        """
        pools = texts(properties.get("Pools", ()))
        if isinstance(pools, Refused):
            raise InvalidValue(properties.get("Pools"), "is a cut value: export with Export-Clixml")
        of_pools = Batch(batch.file, Kind.POOL, Origin.CMDLET)
        for pool in pools if isinstance(pools, tuple) else ():
            fqdn = Fqdn(pool)
            self.gathered.add(fqdn, of_pools, number, {"Identity": fqdn, "Site": properties.get("Identity")}, notes)
        batch.taken += 1

    def add_directory_pool(self, batch: Batch, properties: Mapping[str, Value]) -> None:
        """Add the directory's object of a pool."""
        name, fqdn = text(properties.get("DistinguishedName")), text(properties.get("dNSHostName"))
        if isinstance(name, str) and isinstance(fqdn, str):
            self._by_directory_name[folded(name)] = fqdn
            batch.taken += 1

    def of_home_server(self, name: str) -> str | None:
        """The FQDN of the pool of a home server, by the directory's object or by the ClusterId; None: it is not known."""
        if name not in self._of_home_servers:
            self._of_home_servers[name] = self._look_up(name)
        return self._of_home_servers[name]

    def _look_up(self, name: str) -> str | None:
        rdns = name.split(",")
        above = folded(",".join(rdns[_RDNS_ABOVE:]))
        if above in self._by_directory_name:
            return self._by_directory_name[above]
        cluster_id = rdns[_RDNS_ABOVE].partition("=")[2] if len(rdns) > _RDNS_ABOVE else ""
        return self._by_cluster_id.get(cluster_id)

    def pools(self, notes: Notes) -> tuple[Pool, ...]:
        """The pools of the deployment."""
        found = []
        for fqdn, pool in self.gathered.each(notes):
            services = pool.facts["Services"]
            if isinstance(services, tuple) and not any(folded(one).startswith(_REGISTRAR) for one in services):
                continue  # nobody is registered there
            model = _pool(fqdn, pool, notes)
            if model is not None:
                pool.taken()
                found.append(model)
        return tuple(found)


def _pool(fqdn: str, pool: Merged, notes: Notes) -> Pool | None:
    site, version = pool.facts["Site"], pool.text("Version")
    if not isinstance(site, str):
        reason = site.message if isinstance(site, Refused) else "has no site"
        remedy = "export Get-CsTopology -AsXml, or write the pool in a document"
        notes.left_out(pool.place, f"{shown(str(fqdn))} {reason}: {remedy}")
        return None
    try:
        return Pool(fqdn=Fqdn(fqdn), site=site, version=next((one for one in PoolVersion if one.value == version), None))
    except ExumRoutingError as error:
        notes.left_out(pool.place, error.message)
        return None


def note_unknown_pools(users: Mapping[str, int], pools: Sequence[Pool], notes: Notes) -> None:
    """A gap for each pool where users are homed and whose site is not known."""
    for name in sorted(users.keys() - {pool.fqdn for pool in pools}):
        notes.gap(
            "",
            f"{shown(str(name))}, where {users[name]:,} users are homed, has no known site, so no site policy reaches them: "
            "export Get-CsTopology -AsXml, or write the pool in a document",
        )
