"""What an import costs: accounts of Get-CsUser as CLIXML, merged with their LDIF; microseconds and bytes an account.

    python benchmarks/importing.py [ACCOUNTS...]

Bytes are those that the library allocates at its peak: the deployment that results is among them, the files themselves are not.
With more than one size, the power with which the time grows follows: 1.0 is linear. The garbage collector is off while times
are taken; the time with it is shown too.
"""

import gc
import math
import sys
import time
import tracemalloc

from exum_routing.importing import Import, Source, import_deployment

SIZES = (25_000, 100_000)
MOST_MICROSECONDS, MOST_BYTES = 60.0, 2048.0
_CLIXML = "http://schemas.microsoft.com/powershell/2004/04"
_HOME = "CN=Lc Services,CN=Microsoft,CN=1:{},CN=Pools,CN=RTC Service,CN=Services,CN=Configuration,DC=ad,DC=contoso,DC=com"


def _user(number: int, ref_id: int) -> str:
    """A user as Export-Clixml writes it, of 22 properties."""
    types = '<TN RefId="0"><T>Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser</T><T>System.Object</T></TN>'
    friendly = '<TN RefId="1"><T>Microsoft.Rtc.Management.ADConnect.Core.FriendlyIdentity</T><T>System.Object</T></TN>'
    if number:
        types, friendly = '<TNRef RefId="0" />', '<TNRef RefId="1" />'

    def named(name: str, value: str, place: int) -> str:
        return (
            f'<Obj N="{name}" RefId="{ref_id + place}">{friendly if place == 1 else friendly.replace("TN RefId", "TN RefId")}'
            f'<Props><S N="FriendlyName">{value}</S><I64 N="AnchorId">3</I64></Props><ToString>{value}</ToString></Obj>'
        )

    pool = f"pool0{number % 3 + 1}.contoso.com"
    policy = named("HostedVoicemailPolicy", "ExRedmond", 3) if number % 2 else '<Nil N="HostedVoicemailPolicy" />'
    return f"""
  <Obj RefId="{ref_id}">{types}<Props>
      <S N="SamAccountName">user{number:06}</S>
      <S N="UserPrincipalName">user{number:06}@contoso.com</S>
      <S N="FirstName">Pilar</S>
      <S N="LastName">Ackerman</S>
      <B N="HostedVoiceMail">true</B>
      <S N="DisplayName">Pilar O'Neill {number}</S>
      <S N="HomeServer">{_HOME.format(number % 3 + 1)}</S>
      <Nil N="TargetServerIfMoving" />
      <B N="EnterpriseVoiceEnabled">true</B>
      <B N="EnabledForRichPresence">true</B>
      <B N="ExUmEnabled">false</B>
      <S N="LineURI">tel:+1425{number:07}</S>
      <S N="SipAddress">sip:user{number:06}@contoso.com</S>
      <B N="Enabled">true</B>
      {named("RegistrarPool", pool, 1)}
      <Nil N="DialPlan" />
      <Nil N="VoicePolicy" />
      {named("ExternalAccessPolicy", "AllowAll", 2).replace('<TN RefId="1"', '<TN RefId="2"')}
      {policy.replace('<TN RefId="1"', '<TN RefId="3"')}
      <S N="HostingProvider">SRV:</S>
      <S N="DistinguishedName">CN=Pilar {number},OU=Staff,DC=ad,DC=contoso,DC=com</S>
    </Props><ToString>CN=Pilar {number},OU=Staff,DC=ad,DC=contoso,DC=com</ToString></Obj>"""


def _account(number: int) -> str:
    """The account as ldapsearch writes it."""
    home = f"msRTCSIP-PrimaryHomeServer: {_HOME.format(number % 3 + 1)}"
    um = f"proxyAddresses: EUM:user{number:06}@contoso.com;phone-context=dp-redmond.contoso.com\n" if number % 4 == 0 else ""
    author = "Exchange" if number % 3 else "Cs"
    return f"""dn: CN=Pilar {number},OU=Staff,DC=ad,DC=contoso,DC=com
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
displayName: Pilar O'Neill {number}
proxyAddresses: SMTP:user{number:06}@contoso.com
proxyAddresses: sip:user{number:06}@contoso.com
{um}sAMAccountName: user{number:06}
userPrincipalName: user{number:06}@contoso.com
msRTCSIP-PrimaryUserAddress: sip:user{number:06}@contoso.com
{home[:77]}
 {home[77:]}
msRTCSIP-UserEnabled: TRUE
msRTCSIP-OptionFlags: 384
msRTCSIP-DeploymentLocator: SRV:
msExchUCVoiceMailSettings: {author}HostedVoiceMail=1

"""


def exports(accounts: int) -> list[Source]:
    """The two files: UTF-16 as Windows PowerShell writes it, and UTF-8."""
    users = "".join(_user(number, 4 * number) for number in range(accounts))
    clixml = f'<Objs Version="1.1.0.1" xmlns="{_CLIXML}">{users}\n</Objs>'
    return [
        Source("CsUser.xml", clixml.encode("utf-16")),
        Source("users.ldf", "".join(map(_account, range(accounts))).encode()),
    ]


def _imported(sources: list[Source], accounts: int) -> Import:
    imported = import_deployment(sources)
    assert len(imported.deployment.users) == accounts
    return imported


def measured(accounts: int) -> tuple[float, float, float]:
    """Microseconds an account, without and with the garbage collector, and bytes."""
    sources = exports(accounts)
    times = []
    for collecting in (True, False):
        gc.collect()
        (gc.enable if collecting else gc.disable)()
        start = time.perf_counter()
        imported = _imported(sources, accounts)
        times.append((time.perf_counter() - start) / accounts * 1e6)
    gc.enable()
    notes = {note.message.split(":")[0] for note in imported.notes if note.place}
    assert not notes, notes
    del imported
    gc.collect()
    tracemalloc.start()
    _imported(sources, accounts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return times[1], times[0], peak / accounts


def main() -> None:
    """Measure every size, and say whether the bounds hold."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    found = {size: measured(size) for size in sizes}
    for size, (microseconds, collecting, octets) in found.items():
        print(f"{size:>9,} accounts  {microseconds:6.1f} us ({collecting:.1f} us)  {octets:7.0f} bytes an account")
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        growth = 1 + math.log(found[last][0] / found[first][0]) / math.log(last / first)
        print(f"time grows with the power {growth:.2f} of the accounts")
    microseconds, _, octets = found[sizes[-1]]
    print(
        f"bounds: {MOST_MICROSECONDS:.0f} us {'held' if microseconds <= MOST_MICROSECONDS else 'NOT HELD'}, "
        f"{MOST_BYTES:.0f} bytes {'held' if octets <= MOST_BYTES else 'NOT HELD'}"
    )


if __name__ == "__main__":
    main()
