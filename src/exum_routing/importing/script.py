"""What to run to export a deployment: PowerShell and ldifde, read-only, into the current folder."""

from typing import Final

_ATTRIBUTES: Final = (
    "objectClass",
    "displayName",
    "userPrincipalName",
    "sAMAccountName",
    "msRTCSIP-PrimaryUserAddress",
    "msRTCSIP-PrimaryHomeServer",
    "msRTCSIP-UserEnabled",
    "msRTCSIP-OptionFlags",
    "msRTCSIP-DeploymentLocator",
    "msRTCSIP-OwnerUrn",
    "msRTCSIP-SourceObjectType",
    "msExchUCVoiceMailSettings",
    "proxyAddresses",
)
"""The attributes of an account that an import looks at."""
_ACCOUNTS: Final = "(msRTCSIP-PrimaryUserAddress=*)"
_POOLS: Final = "(objectClass=msRTCSIP-Pool)"

EXPORT_SCRIPT: Final = f"""\
# These lines only read. Each one stands alone: leave out those that you may not run; the report says what is missing.

# In the Skype for Business Server Management Shell, on a Front End Server:
Get-CsUser | Export-Clixml CsUser.xml
Get-CsExUmContact | Export-Clixml CsExUmContact.xml
Get-CsHostedVoicemailPolicy | Export-Clixml CsHostedVoicemailPolicy.xml
Get-CsHostingProvider | Export-Clixml CsHostingProvider.xml
Get-CsAccessEdgeConfiguration | Export-Clixml CsAccessEdgeConfiguration.xml
Get-CsManagementStoreReplicationStatus | Export-Clixml CsManagementStoreReplicationStatus.xml
"$(Get-CsTopology -AsXml)" | Set-Content -Encoding UTF8 CsTopology.xml

# In the directory, against a domain controller (port 389 or 636; the global catalog on 3268 lacks some of the attributes):
ldifde -u -f users.ldf -r "{_ACCOUNTS}" -l "{",".join(_ATTRIBUTES)}"
# The objects of pools are in the configuration partition: put the name of your forest in place of DC=contoso,DC=com.
ldifde -u -f pools.ldf -d "CN=Configuration,DC=contoso,DC=com" -r "{_POOLS}" -l "objectClass,dNSHostName"

# In the Exchange Management Shell, if there is Exchange UM on-premises:
Get-UMDialPlan | Export-Clixml UMDialPlan.xml
Get-ExchangeServer | Export-Clixml ExchangeServer.xml

# On the Edge Server, if its replica may be behind; put these two into a folder of their own, and give it with --replica:
# Get-CsHostingProvider -LocalStore | Export-Clixml CsHostingProvider.xml
# Get-CsAccessEdgeConfiguration -LocalStore | Export-Clixml CsAccessEdgeConfiguration.xml
"""
"""The lines that ``exum-routing import --script`` prints."""
