"""An administrator's own data: exports of cmdlets and of the directory, merged into one deployment, with a report.

What decides a route is never guessed. Pure functions of bytes: reading files is left to the caller. Extra ``interchange``.
"""

from exum_routing.importing.imported import Import, import_deployment
from exum_routing.importing.kind import Kind, Origin
from exum_routing.importing.notes import Note, Weight
from exum_routing.importing.report import report_lines, report_to_json, summary_line
from exum_routing.importing.rows import read_user
from exum_routing.importing.script import EXPORT_SCRIPT
from exum_routing.importing.source import Record, Source, read_source
from exum_routing.interchange.records import SourceError

__all__ = [
    "EXPORT_SCRIPT",
    "Import",
    "Kind",
    "Note",
    "Origin",
    "Record",
    "Source",
    "SourceError",
    "Weight",
    "import_deployment",
    "read_source",
    "read_user",
    "report_lines",
    "report_to_json",
    "summary_line",
]
