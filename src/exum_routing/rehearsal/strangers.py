"""Commands of other modules that field scripts have: why each is not rehearsed, and what to write in its place."""

from collections.abc import Iterable, Mapping
from typing import Final

_A_LIST: Final = "write what it gives as a list, such as 'alice@contoso.com','bob@contoso.com' | ForEach-Object { ... }"
_TABLE: Final[Iterable[tuple[str, str]]] = (
    ("import-csv ipcsv get-content gc cat type", f"reads a file, which is not rehearsed: {_A_LIST}"),
    (
        "get-aduser get-adgroup get-adgroupmember get-adobject",
        f"asks the directory, which is not rehearsed: use Get-CsUser, or {_A_LIST}",
    ),
    (
        "get-mailbox get-ummailbox get-recipient get-user",
        f"runs in the Exchange Management Shell, and what it gives is not known: {_A_LIST}",
    ),
    ("get-csonlineuser", f"runs in Teams PowerShell, and what it gives is not known: {_A_LIST}"),
    ("read-host get-credential get-date get-random", "gives what is not known before the script runs: write the value"),
    ("test-csexumconnectivity test-csexumvoicemail", "tests a live server: take it out, and use exum-routing call"),
)
STRANGERS: Final[Mapping[str, str]] = {name: why for names, why in _TABLE for name in names.split()}
"""What is wrong with each such command, by its name or alias in lower case."""
