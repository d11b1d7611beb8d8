"""Two hundred accounts of every kind, as a directory holds them, and the users that each of them is.

``make directory`` puts them into a real directory and exports them; the exports lie in ``tests/samples/directory``.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from exum_routing import (
    Deployment,
    HostedVoicemailPolicy,
    HostingProvider,
    Pool,
    UmDialPlan,
    UmServer,
    UriType,
    User,
    VerificationLevel,
)

DOMAIN: Final = "DC=ad,DC=contoso,DC=com"
STAFF: Final = f"OU=Staff,{DOMAIN}"
_POOLS: Final = f"CN=Pools,CN=RTC Service,CN=Services,CN=Configuration,{DOMAIN}"
_PLAN: Final = "dp.contoso.com"

POOLS: Final[Mapping[str, str]] = {"1:1": "pool01.contoso.com", "1:2": "pool02.contoso.com", "3:1": "pool03.contoso.com"}
"""The pools of the directory, by the name of their objects."""
_SITES: Final = {"1:1": "Redmond", "1:2": "Redmond", "3:1": "Lyon"}
GIVEN: Final = Deployment(
    policies=[
        HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=["contoso.com"]),
        HostedVoicemailPolicy(identity="site:Lyon", destination="um.fabrikam.com", organizations=["fabrikam.com"]),
    ],
    providers=[
        HostingProvider(
            identity="Exchange Online",
            proxy_fqdn="exap.um.outlook.com",
            enabled=True,
            enabled_shared_address_space=True,
            hosts_ocs_users=False,
            verification_level=VerificationLevel.USE_SOURCE_VERIFICATION,
        )
    ],
    pools=[Pool(fqdn=fqdn, site=_SITES[number]) for number, fqdn in POOLS.items()],
    dial_plans=[
        UmDialPlan(
            phone_context=_PLAN, uri_type=UriType.SIP_NAME, um_servers=[UmServer(fqdn="um.contoso.com", major_version=15)]
        )
    ],
)
"""What no directory holds, and a document beside the exports gives."""

SETTINGS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("CsHostedVoiceMail=1",),
    ("CsHostedVoiceMail=0",),
    ("ExchangeHostedVoiceMail=1",),
    ("ExchangeHostedVoiceMail=0",),
    ("CsHostedVoiceMail=1", "ExchangeHostedVoiceMail=0"),
    ("CsHostedVoiceMail=0", "ExchangeHostedVoiceMail=1"),
    ("Contoso=7",),
)
PROXIES: Final[tuple[tuple[str, ...], ...]] = (
    ("SMTP:{0}@contoso.com", "sip:{0}@contoso.com"),
    ("SMTP:{0}@contoso.com", "EUM:{0}@contoso.com;phone-context=" + _PLAN),
    ("EUM:{1};phone-context=" + _PLAN, "eum:{0}@contoso.com;phone-context=" + _PLAN, "smtp:{0}@contoso.com"),
    ("EUM:{1};phone-context=unknown.contoso.com",),
    (),
)
NAMES: Final = (
    "Pilar Ackerman",
    "Ana Müller",
    "Łukasz Żak",
    "Alice 山田",
    "Zoë O'Neil",
    "Jean-Luc, Petit",
    'Ann "Annie" Smith',
    " two  blanks ",
    "a name of more than seventy-six characters so that the line of the export has to be folded",
    "née: colon",
    "<angle>",
    "#number",
)


class Account(NamedTuple):
    """An account as it is put into the directory, and the user that it is."""

    cn: str
    attributes: Mapping[str, tuple[str, ...]]
    user: User | None
    """The user that an import is to make of it; None: it is not an account of this deployment."""


def home_server(number: str) -> str:
    """The distinguished name of the home server in a pool."""
    return f"CN=Lc Services,CN=Microsoft,CN={number},{_POOLS}"


def escaped(name: str) -> str:
    """A name as the value of an RDN (RFC 4514)."""
    text = "".join(f"\\{character}" if character in ',+"\\<>;=' else character for character in name)
    text = f"\\{text}" if text[:1] in {" ", "#"} else text
    return f"{text[:-1]}\\ " if text.endswith(" ") else text


def _account(
    number: int,
    settings: tuple[str, ...],
    proxies: tuple[str, ...],
    pool: str | None,
    *,
    flags: int | None = 384,
    enabled: bool = True,
    locator: str = "SRV:",
    address: str | None = "",
) -> Account:
    """One account; the address is that of its number unless it is given, None: it has none."""
    user_part = f"user{number:05d}"
    name = NAMES[number % len(NAMES)]
    cn = f"{name.strip()} {number}"
    sip_address = f"sip:{user_part}@contoso.com" if address == "" else address
    proxy_addresses = tuple(value.format(user_part, 8000 + number) for value in proxies)
    attributes: dict[str, tuple[str, ...]] = {
        "displayName": (name,),
        "sAMAccountName": (user_part,),
        "userPrincipalName": (f"{user_part}@contoso.com",),
        "msRTCSIP-UserEnabled": ("TRUE" if enabled else "FALSE",),
        "msRTCSIP-DeploymentLocator": (locator,),
        "msRTCSIP-UserPolicies": ("0=487279971", "7=5"),
        "msExchUCVoiceMailSettings": settings,
        "proxyAddresses": proxy_addresses,
    }
    if sip_address is not None:
        attributes["msRTCSIP-PrimaryUserAddress"] = (sip_address,)
    if pool is not None:
        attributes["msRTCSIP-PrimaryHomeServer"] = (home_server(pool),)
    if flags is not None:
        attributes["msRTCSIP-OptionFlags"] = (str(flags),)
    if sip_address is None or pool is None or locator != "SRV:":
        return Account(cn, attributes, None)
    user = User(
        sip_address=sip_address,
        display_name=name,
        sam_account_name=user_part,
        user_principal_name=f"{user_part}@contoso.com",
        distinguished_name=f"CN={escaped(cn)},{STAFF}",
        registrar_pool=POOLS[pool],
        enterprise_voice_enabled=None if flags is None else bool(flags & 128),
        voice_mail_settings=settings,
        proxy_addresses=proxy_addresses,
    )
    return Account(cn, attributes, user)


def _accounts() -> Iterator[Account]:
    count = itertools.count(1)
    for settings, proxies, pool in itertools.product(SETTINGS, PROXIES, POOLS):
        yield _account(next(count), settings, proxies, pool)
    for settings, flags, enabled in itertools.product(SETTINGS, (None, 0, 128, 256), (True, False)):
        yield _account(next(count), settings, PROXIES[1], "1:2", flags=flags, enabled=enabled)
    for settings in SETTINGS:
        yield _account(next(count), settings, PROXIES[0], "1:1", locator="sipfed.online.lync.com")
        yield _account(next(count), settings, PROXIES[0], None)
        yield _account(next(count), settings, PROXIES[0], "1:1", address=None)
    for address in ("SIP:Carla.Fisher@CONTOSO.com", "sip:o%27neil@contoso.com", "sip:a+b=c@xn--mller-kva.example"):
        yield _account(next(count), SETTINGS[1], PROXIES[4], "3:1", address=address)


ACCOUNTS: Final = tuple(_accounts())
"""Every account."""
