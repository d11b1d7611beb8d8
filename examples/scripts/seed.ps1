# The commands of the source document, in an order in which none of them fails.
# Rehearse it on examples/fresh/deployment.json.

# While no policy with a Destination applies, a user can be disabled.
Set-CsUser -Identity "Pilar Ackerman" -HostedVoiceMail $False

# "Shared SIP Address Space", steps 1 to 3.
Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -AllowFederatedUsers $True -EnablePartnerDiscovery $False
Invoke-CsManagementStoreReplication
Get-CsManagementStoreReplicationStatus
New-CsHostingProvider -Identity "Hosted Exchange UM" -Enabled $True -EnabledSharedAddressSpace $True `
  -HostsOCSUsers $False -ProxyFQDN proxyserver.fabrikam.com -IsLocal $False

# The export for the installation of an Edge Server.
Export-CsConfiguration -FileName C:\ConfigurationFilePath.zip

# "Hosted Voice Mail Policy Attributes": the global policy is modified, a per-user policy is made.
Set-CsHostedVoicemailPolicy -Destination proxyserver.fabrikam.com -Organization "corp.contoso.com, corp.litwareinc.com"
New-CsHostedVoicemailPolicy -Identity ExRedmond -Destination proxyserver.fabrikam.com -Organization corp.litwareinc.com
Get-CsHostedVoicemailPolicy

# "Per-User Voice Mail Policy Assignment": it is assigned, and removed again; its user falls to the global policy.
Grant-CsHostedVoicemailPolicy -Identity Alice -PolicyName ExRedmond
Remove-CsHostedVoicemailPolicy -Identity ExRedmond

# "The msExchUCVoiceMailSettings Attribute": Exchange has set Alice's value. It is set to null, so that enabling her warns of nothing.
Set-CsUser –identity Alice –HostedVoicemail $null
Set-CsUser -Identity Alice -HostedVoiceMail $True

# "Enabling Users for Hosted Voice Mail".
Set-CsUser -Identity "Pilar Ackerman" -HostedVoiceMail $True
