"""The deployment on which the examples of ``docs/rehearsal.md`` are rehearsed, and the table of them on that page."""

import re
from pathlib import Path
from typing import Final, NamedTuple

from exum_routing import (
    GLOBAL,
    AccessEdgeConfiguration,
    Deployment,
    EdgeConfiguration,
    EdgeReplica,
    HostedVoicemailPolicy,
    HostingProvider,
    Pool,
    UmContact,
    User,
    VerificationLevel,
)
from exum_routing.interchange.powershell import ScriptError, read_script
from exum_routing.rehearsal import rehearse

PAGE: Final = Path(__file__).parent.parent / "docs" / "rehearsal.md"
POOL, UM = "pool01.litwareinc.com", "um.northwind.com"
EDGE: Final = AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True)
LITWARE: Final = Deployment(
    users=[
        User(
            sip_address="ken@litwareinc.com",
            display_name="Ken Myer",
            distinguished_name="CN=Ken Myer,OU=Finance,DC=litwareinc,DC=com",
            registrar_pool=POOL,
            enterprise_voice_enabled=True,
        ),
        User(
            sip_address="pilar@litwareinc.com",
            display_name="Pilar Ackerman",
            distinguished_name="CN=Pilar Ackerman,OU=Sales,DC=litwareinc,DC=com",
            registrar_pool=POOL,
            enterprise_voice_enabled=False,
            hosted_voicemail_policy="NorthSales",
        ),
    ],
    contacts=[
        UmContact(sip_address="sa@litwareinc.com", registrar_pool=POOL, display_number="2065550140"),
        UmContact(sip_address="aa@litwareinc.com", registrar_pool=POOL, display_number="2065550141", auto_attendant=True),
    ],
    policies=[
        HostedVoicemailPolicy(identity=GLOBAL),
        HostedVoicemailPolicy(identity="site:Redmond", destination=UM, organizations=("corp1.litwareinc.com",)),
        HostedVoicemailPolicy(identity="NorthSales", destination=UM, organizations=("corp1.litwareinc.com",)),
    ],
    providers=[
        HostingProvider(
            identity="Northwind UM",
            proxy_fqdn=UM,
            enabled=True,
            enabled_shared_address_space=True,
            verification_level=VerificationLevel.USE_SOURCE_VERIFICATION,
        ),
        HostingProvider(identity="Litware UM", proxy_fqdn="um.litwareinc.com"),
    ],
    pools=[Pool(fqdn=POOL, site="Redmond"), Pool(fqdn="pool02.litwareinc.com", site="Dublin")],
    edge=EDGE,
    edge_replica=EdgeReplica(fqdn="edge.litwareinc.com", configuration=EdgeConfiguration(access_edge=EDGE)),
)
"""A company in which each of the examples has something to do."""


class Example(NamedTuple):
    """A row of the table."""

    page: str
    """The public page whose example has this shape."""
    script: str
    """The example, in our own words."""
    outcome: str
    """``done``, ``runs elsewhere``, or ``refused`` with the reason behind a colon."""


def examples() -> list[Example]:
    """The rows of the table, as the page has them."""
    rows = re.findall(r"^\| ([^|`]+) \| `((?:[^`|]|\\\|)+)` \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [Example(page, script.replace("\\|", "|"), outcome) for page, script, outcome in rows]


def outcome(script: str) -> str:
    """What becomes of a script: the first refusal, that it runs elsewhere, or that it is done."""
    try:
        steps = rehearse(read_script(script), LITWARE).steps
    except ScriptError as error:
        return f"refused: {error.faults[0].message}"
    for step in steps:
        if step.refusal is not None:
            return f"refused: {step.refusal}"
    return "runs elsewhere" if any(step.elsewhere for step in steps) else "done"
