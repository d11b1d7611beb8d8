# Hosted Exchange UM from a fresh deployment: the examples of the cmdlets' pages, in the order of the work.
# Rehearse it on examples/fresh/deployment.json.

# The Edge Server relies on DNS SRV records, and users may talk to federated and split domains.
Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -AllowFederatedUsers 1 -EnablePartnerDiscovery 0

# A hosting provider, first for direct federation only.
New-CsHostingProvider -Identity Fabrikam.com -ProxyFqdn "proxyserver.fabrikam.com" -Enabled $True

# Its ProxyFqdn cannot be modified, so it is deleted and created anew, now with a shared SIP address space.
Remove-CsHostingProvider -Identity "Fabrikam.com"
New-CsHostingProvider -Identity Fabrikam.com -ProxyFqdn "ExUM.fabrikam.com" -Enabled $True `
  -EnabledSharedAddressSpace $True -HostsOCSUsers $False -IsLocal $False -VerificationLevel UseSourceVerification

# A second one, created disabled; whatever is disabled is enabled.
New-CsHostingProvider -Identity Contoso.com -ProxyFqdn "ExUM.contoso.com" -Enabled $False `
  -EnabledSharedAddressSpace $True -HostsOCSUsers $False -IsLocal $False
Get-CsHostingProvider | Where-Object {$_.Enabled -eq $False} | Enable-CsHostingProvider
Set-CsHostingProvider -Identity Contoso.com -VerificationLevel UseSourceVerification

# The Edge Servers get all that.
Invoke-CsManagementStoreReplication
Get-CsManagementStoreReplicationStatus

# The global policy, without Identity.
Set-CsHostedVoicemailPolicy -Destination ExUM.fabrikam.com -Organization "corp1.litwareinc.com"

# A policy for everyone homed in Redmond.
New-CsHostedVoicemailPolicy -Identity site:Redmond -Destination ExUM.fabrikam.com `
  -Description "Hosted voicemail policy for the Redmond site." -Organization "corp1.litwareinc.com, corp2.litwareinc.com"

# A policy for those to whom it is granted, which then moves to another destination and gets one more tenant.
New-CsHostedVoicemailPolicy -Identity ExRedmond -Destination ExUM.fabrikam.com -Description "Hosted voicemail policy for Redmond users." -Organization "corp1.litwareinc.com, corp2.litwareinc.com"
Set-CsHostedVoicemailPolicy -Identity ExRedmond -Destination ExUM.contoso.com
$a = (Get-CsHostedVoicemailPolicy -Identity ExRedmond).Organization
$a += ",corp3.litwareinc.com"
Set-CsHostedVoicemailPolicy -Identity ExRedmond -Organization $a

# It is granted to one user, and to the whole Finance organizational unit.
Grant-CsHostedVoicemailPolicy -Identity "Ken Myer" -PolicyName ExRedmond
Get-CsUser -OU "ou=Finance,ou=North America,dc=litwareinc,dc=com" | Grant-CsHostedVoicemailPolicy -PolicyName ExRedmond
Get-CsUser "Ken Myer" | Select-Object HostedVoicemailPolicy

# Users are enabled: one, an organizational unit, and all with Enterprise Voice of a pool.
Set-CsUser -Identity "Pilar Ackerman" -HostedVoiceMail $True
Get-CsUser -OU "ou=Finance,ou=North America,dc=litwareinc,dc=com" | Set-CsUser -HostedVoiceMail $True
Get-CsUser | Where-Object {$_.RegistrarPool -like "RedmondPool.*" -and $_.EnterpriseVoiceEnabled -eq $True} | Set-CsUser -HostedVoiceMail $True

# Contact objects for subscriber access and an auto attendant, which are homed in Redmond and take its policy.
New-CsExUmContact -SipAddress sip:exumsa1@fabrikam.com -RegistrarPool RedmondPool.litwareinc.com -OU "OU=ExUmContacts,DC=litwareinc,DC=com" -DisplayNumber 2065554567
New-CsExUmContact -SipAddress sip:exumaa1@fabrikam.com -RegistrarPool RedmondPool.litwareinc.com -OU "OU=ExUmContacts,DC=litwareinc,DC=com" -DisplayNumber 2065559876 -AutoAttendant $True
Grant-CsHostedVoicemailPolicy -Identity sip:exumaa1@fabrikam.com -PolicyName ExRedmond

# What is there now.
Get-CsHostedVoicemailPolicy -Filter tag:*
Get-CsEffectivePolicy -Identity "Ken Myer"
