"""Get-CsTopology -AsXml as records: one for each pool, with its site, its id and its roles.

The properties are ``Fqdn``, ``Site`` (the site's name), ``ClusterId`` (``SITE:NUMBER``, as in the directory) and ``Roles``.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from exum_routing.interchange.records.exported import Exported, Value
from exum_routing.interchange.records.xml_text import elements

_NAMESPACE: Final = "{urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008}"
ROOT: Final = f"{_NAMESPACE}Topology"
TYPE: Final = "Topology.Cluster"
"""The type name of the records."""
_ID: Final = f"{_NAMESPACE}ClusterId"


def read_topology(content: bytes) -> Iterator[Exported]:
    """The pools of a topology.

    Raises:
        SourceError: It is not such a file, or not whole.

    >>> content = b'''<Topology xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008"><Sites><CentralSite SiteId="1">
    ... <Name>Redmond</Name></CentralSite></Sites><Clusters><Cluster Fqdn="pool01.contoso.com"><ClusterId SiteId="1"
    ... Number="2" /></Cluster></Clusters></Topology>'''
    >>> [one.properties for one in read_topology(content)]
    [{'Fqdn': 'pool01.contoso.com', 'ClusterId': '1:2', 'Site': 'Redmond', 'Roles': ()}]
    """
    sites: dict[str, str] = {}
    clusters: list[tuple[str, str, str]] = []
    roles: dict[str, list[str]] = {}
    for part in elements(content, ROOT):
        for one in part:
            name, cluster = one.find(f"{_NAMESPACE}Name"), one.find(_ID)
            installed = one.find(f"{_NAMESPACE}InstalledOn/{_ID}")
            if name is not None and one.get("SiteId") is not None:
                sites[one.get("SiteId", "")] = (name.text or "").strip()
            elif cluster is not None and one.get("Fqdn") is not None:
                clusters.append((one.get("Fqdn", ""), cluster.get("SiteId", ""), _id(cluster)))
            elif installed is not None:
                service = one.find(f"{_NAMESPACE}ServiceId")
                roles.setdefault(_id(installed), []).append("" if service is None else service.get("RoleName", ""))
    for position, (fqdn, site, cluster_id) in enumerate(clusters):
        properties: dict[str, Value] = {"Fqdn": fqdn, "ClusterId": cluster_id}
        if site in sites:
            properties["Site"] = sites[site]
        yield Exported(position, (TYPE,), properties | {"Roles": tuple(roles.get(cluster_id, ()))})


def _id(cluster: Element) -> str:
    return f"{cluster.get('SiteId', '')}:{cluster.get('Number', '')}"
