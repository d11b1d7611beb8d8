"""What ``make directory`` exported of a real directory: every account and every route is what was put in."""

import directory
from directory_accounts import ACCOUNTS

from exum_routing.importing import Source, Weight, import_deployment

SAMPLES = {path.name: path.read_text(encoding="utf-8") for path in directory.SAMPLES.iterdir()}


def test_every_account_and_route_is_what_was_put_in() -> None:
    """The samples, with a document of what no directory holds, make the deployment that was put into the directory."""
    assert directory.compared(directory.imported(SAMPLES)) == []


def test_a_difference_is_seen() -> None:
    """The comparison names an account that is missing, one that is not expected, and one that differs."""
    fewer = SAMPLES["users.ldif"].replace("sip:user00001@", "sip:user90001@").replace("EUM:8052;", "EUM:8053;")
    differ = directory.compared(directory.imported(SAMPLES | {"users.ldif": fewer}))
    assert [line.split(":")[1] for line in differ] == [
        "user00001@contoso.com",
        "user00052@contoso.com",
        "user90001@contoso.com",
    ]


def test_who_is_not_of_the_deployment_is_counted() -> None:
    """Accounts homed online or nowhere are left out, each with a note; those without address are not exported."""
    result = import_deployment([Source(name, text.encode()) for name, text in SAMPLES.items()])
    left_out = [note for note in result.notes if note.weight is Weight.LEFT_OUT]
    others = [account for account in ACCOUNTS if account.user is None]
    assert len(left_out) == sum("msRTCSIP-PrimaryUserAddress" in account.attributes for account in others) == 16
