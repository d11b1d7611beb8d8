# Cloud Voicemail from a fresh deployment: the published set-up.
# Rehearse it on examples/fresh/deployment.json.

# Cloud Voicemail as the hosting provider, on a Front End Server.
New-CsHostingProvider -Identity "Exchange Online" -Enabled $True -EnabledSharedAddressSpace $True -HostsOCSUsers $False -ProxyFqdn "exap.um.outlook.com" -IsLocal $False -VerificationLevel UseSourceVerification

# Hybrid connectivity is a prerequisite of the published set-up: the Edge Server has to federate.
Set-CsAccessEdgeConfiguration -UseDnsSrvRouting -AllowFederatedUsers $True -EnablePartnerDiscovery $False

# The global policy, with the default domain of the tenant.
Set-CsHostedVoicemailPolicy -Identity Global -Description "Global Cloud Voicemail Policy" -Destination exap.um.outlook.com -Organization litwareinc.onmicrosoft.com
Get-CsHostedVoicemailPolicy

# A policy of its own for some users; the prefix is accepted where it is granted.
New-CsHostedVoicemailPolicy -Identity CloudVoiceMailUsers -Destination exap.um.outlook.com -Organization litwareinc.onmicrosoft.com
Get-CsUser -Identity "User1" | Grant-CsHostedVoicemailPolicy -PolicyName "Tag:CloudVoiceMailUsers"

# The service asks for Enterprise Voice.
Set-CsUser -Identity "User1" -EnterpriseVoiceEnabled $True
Set-CsUser -Identity "User1" -HostedVoiceMail $True

# Everybody else who has Enterprise Voice and was not enabled yet, by the global policy; but not Roy, who stays on-premises.
Get-CsUser -Filter {EnterpriseVoiceEnabled -eq $True} | Where-Object {$_.HostedVoiceMail -ne $True -and $_.DisplayName -ne "Roy"} | Set-CsUser -HostedVoiceMail $True

# The published set-up goes on with "Set-CsUser -Identity User1 -HostedVoiceMail $False". It is left out: it fails while a policy applies.
