"""Formats, and nothing but formats. A format that needs an extra is a door of its own.

- ``interchange.document`` and ``interchange.export``: extra ``interchange``
- ``interchange.sip_message``: extra ``sip``
- ``interchange.powershell``: extra ``powershell``, when a script is read
- ``interchange.answers``, ``interchange.records`` and ``interchange.schema``: no extra
"""

from exum_routing.interchange.json_text import DocumentError, Fault, LeftOut, fault_lines

__all__ = ["DocumentError", "Fault", "LeftOut", "fault_lines"]
