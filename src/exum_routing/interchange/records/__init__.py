"""Exports of cmdlets and of the directory as records: Export-Clixml, ConvertTo-Json, Export-Csv, LDIF, Get-CsTopology -AsXml.

Each reader takes the bytes of one file and gives its objects one after another. What is not whole is refused with one fault
that names its place. Nothing is looked up elsewhere: a DOCTYPE is refused, and so are links to other files.
"""

from exum_routing.interchange.records.clixml import read_clixml
from exum_routing.interchange.records.convertto_json import json_objects, read_convertto_json
from exum_routing.interchange.records.export_csv import read_export_csv
from exum_routing.interchange.records.exported import Exported, NoText, Scalar, SourceError, Value
from exum_routing.interchange.records.formats import Format, format_of, read_exported
from exum_routing.interchange.records.ldif import read_ldif
from exum_routing.interchange.records.topology import read_topology

__all__ = [
    "Exported",
    "Format",
    "NoText",
    "Scalar",
    "SourceError",
    "Value",
    "format_of",
    "json_objects",
    "read_clixml",
    "read_convertto_json",
    "read_export_csv",
    "read_exported",
    "read_ldif",
    "read_topology",
]
