"""The clauses: every rule of the system, with its id, its sentence, its basis and its source.

``explain`` takes its words from here. Ids are never reused; a withdrawn clause stays and says so.
"""

import enum
from typing import Final

import attrs


class Basis(enum.Enum):
    """How a clause comes to be a rule."""

    STATED = "stated"
    """The source says it."""
    DERIVED = "derived"
    """It follows from what the source says."""
    CHOSEN = "chosen"
    """The source is silent or contradicts itself."""
    OURS = "ours"
    """A promise of this library, no rule of the product."""


class Status(enum.Enum):
    """What the project does about a clause."""

    IMPLEMENTED = "implemented"
    """Code and a test cite it."""
    GUARANTEED = "guaranteed"
    """A test cites it; it follows from other code."""
    NOT_MODELLED = "not modelled"
    """The page on the scope says why."""


@attrs.frozen
class Clause:
    """One rule."""

    id: str
    """Its group and number, as in POL-3."""
    sentence: str
    """The rule itself."""
    basis: Basis
    """How it comes to be a rule."""
    source: str
    """Where it stands, or what it follows from."""
    status: Status = Status.IMPLEMENTED
    """What the project does about it."""


CLAUSES: Final = (
    Clause(
        "NAME-1",
        "An FQDN is what Set-CsHostedVoicemailPolicy accepts: 1-255 ASCII characters, labels of letters, digits, -, _ "
        "joined by single dots; one label is enough; no trailing dot, no port. ASCII is checked before lowering; an "
        "internationalised name is given as A-labels (xn--), never converted. Compared without case, kept in lower "
        "case.",
        Basis.STATED,
        "Set-CsHostedVoicemailPolicy page; case derived",
    ),
    Clause(
        "NAME-2",
        "A SIP address is sip:user@domain with no port, parameters, headers or password; sip: may be left out on "
        "input; non-ASCII is refused; directory look-up is without case.",
        Basis.CHOSEN,
        "RFC 3261 compares the user part with case, a directory does not",
    ),
    Clause(
        "NAME-3",
        "A SIP URI follows RFC 3261 §25.1: scheme, userinfo, host, port 1-65535, parameters, headers; names without "
        "case; a parameter name occurs once; what may not stand raw is %-escaped, what may is not "
        "(opaque=app:voicemail keeps its colon). parse(str(uri)) == uri.",
        Basis.STATED,
        "RFC 3261 §19.1.1, §25.1",
    ),
    Clause(
        "NAME-4",
        "A URI means a user's voice mail if it has opaque=app:voicemail, with or without gruu and other parameters.",
        Basis.STATED,
        "[MS-SIPRE] 2.2.3",
    ),
    Clause(
        "NAME-5",
        "The host of a SIP URI is RFC 3261 host (no _); a SIP address whose domain is not is refused. Any other Fqdn "
        "may stand as a parameter value only.",
        Basis.STATED,
        "RFC 3261 §25.1",
    ),
    Clause(
        "NAME-6",
        "Names of policies, sites, providers and dial plans keep their spelling and are equal if str.lower() of both "
        "is; no casefold, no normalisation; empty names, surrounding blanks and control characters are refused.",
        Basis.CHOSEN,
        "the source is silent; documentation mixes the case of Global and Tag",
    ),
    Clause(
        "NAME-7",
        "Every text is free of control characters, line separators and lone surrogates; other texts are kept as they came.",
        Basis.CHOSEN,
        "the source is silent; a text with a line break could forge a line or a header",
    ),
    Clause(
        "ATTR-1",
        "msExchUCVoiceMailSettings is an ordered list of values and may be empty. Each value is one Key=Value pair.",
        Basis.STATED,
        "source document, Active Directory schema pages",
    ),
    Clause(
        "ATTR-2",
        "Four values have a meaning: ExchangeHostedVoiceMail=1 and =0 (author Exchange), CsHostedVoiceMail=1 and =0 "
        "(author Skype for Business Server). With 1 the author enables the user for hosted UM access, with 0 the "
        "author disables it.",
        Basis.STATED,
        "source document table",
    ),
    Clause(
        "ATTR-3",
        "The key of a pair MUST be read case-insensitively (ASCII) and written in the spelling of ATTR-2.",
        Basis.DERIVED,
        "the source document itself writes CSHostedVoiceMail once",
    ),
    Clause(
        "ATTR-4",
        "A value that is not exactly one of the four pairs, apart from the case of its key, MUST be kept as it "
        "came, in its place. It MUST NOT change a route.",
        Basis.CHOSEN,
        "the source is silent; alternative: refuse",
    ),
    Clause(
        "ATTR-5",
        "An attribute with both pairs of one author MUST be refused, and the error MUST name both pairs. A pair "
        "that occurs again counts once and is kept only at its first place.",
        Basis.CHOSEN,
        "the source is silent; alternatives: either wins",
    ),
    Clause(
        "ATTR-6",
        "An attribute with no value MUST be treated as one that is not set.",
        Basis.DERIVED,
        "an attribute of the directory has a value or is not set",
    ),
    Clause(
        "ATTR-7",
        "A UM proxy address is a proxyAddresses entry EUM:ADDRESS;phone-context=DIAL-PLAN; one without "
        "phone-context MUST be refused. EUM in capitals is primary, another case secondary. The first primary one "
        "is used, else the first. ADDRESS is kept as text and MUST NOT appear in a Request-URI.",
        Basis.STATED,
        "Active Directory schema pages; primary rule derived; rest chosen",
    ),
    Clause(
        "ATTR-8",
        "An entry of proxyAddresses of another type, with an empty type, or without a type MUST be kept as it came "
        "and MUST NOT change a route.",
        Basis.DERIVED,
        "only a UM proxy address is said to route",
    ),
    Clause(
        "ATTR-9",
        "Exchange or the administrator of Skype for Business Server MAY set the attribute, and each MUST write only "
        "its own pair. Where Exchange has not set it, the administrator must, by Set-CsUser (CMD-6).",
        Basis.STATED,
        "source document",
        Status.GUARANTEED,
    ),
    Clause(
        "POL-1",
        "A policy has one scope, which its Identity spells: global (Global), site (site:NAME) or per-user "
        "(tag:NAME, or the name alone). Global and the prefixes are case-insensitive, and another prefix MUST be "
        "refused. Identities MUST be unique in a deployment.",
        Basis.STATED,
        "New-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "POL-2",
        "A deployment MUST hold exactly one global policy. It can be modified, but MUST NOT be renamed or deleted.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "POL-3",
        "The effective policy of a user or a contact object MUST be the narrowest: the per-user policy assigned to "
        "it; else the policy of the site where it is homed; else the global policy. There is always one.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "POL-4",
        "The effective policy MUST be used whole: what it leaves out MUST NOT be taken from a policy of wider scope.",
        Basis.DERIVED,
        "New-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "POL-5",
        "A per-user policy MUST reach only the users and contact objects to which it was explicitly assigned. An "
        "assignment to a group is one to each of its members at that moment.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "POL-6",
        "An assignment that names no existing policy MUST be ignored: the policy of the site, else the global "
        "policy is effective. The assignment itself is kept.",
        Basis.DERIVED,
        "Remove-CsVoicePolicy and sibling pages",
    ),
    Clause(
        "POL-7",
        "Destination is one FQDN (NAME-1), that of the hosted Exchange UM service. A policy MAY leave it out.",
        Basis.STATED,
        "New-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "POL-8",
        "Organization is a comma-separated list of tenants, each an FQDN, in the administrator's order. Spaces "
        "around the entries are accepted, and an empty entry MUST be refused. A tenant that is repeated is kept "
        "once, at its first place.",
        Basis.STATED,
        "source document, New-CsHostedVoicemailPolicy page; the rest chosen",
    ),
    Clause(
        "POL-9",
        "On-premises UM needs no policy: a hosted voice mail policy, or the assignment of one, MUST NOT change an "
        "on-premises route.",
        Basis.STATED,
        "source document; second half derived",
        Status.GUARANTEED,
    ),
    Clause(
        "POL-10",
        "A policy is usable if, and only if, it names a Destination. Where Set-CsUser asks whether a policy applies "
        "to a user (CMD-6, CMD-7), it MUST ask whether the effective policy is usable.",
        Basis.DERIVED,
        "Set-CsUser page, contradictory pages",
    ),
    Clause(
        "POL-11",
        "A user or a contact object is homed on the site of the pool that its RegistrarPool names. If RegistrarPool "
        "is not given, or names no pool of the deployment, no site policy reaches the account. The explanation MUST "
        "say so.",
        Basis.STATED,
        "source document (homed); rest chosen",
    ),
    Clause(
        "POL-12",
        "A deployment with site and per-user policies, or with several site policies, MUST be accepted, and every "
        "scope works as POL-3 says. The audit notes the site policies where several policies are deployed.",
        Basis.CHOSEN,
        "contradictory pages",
    ),
    Clause(
        "POL-13",
        "The Destination of Exchange Online is exap.um.outlook.com. For the cloud run by 21Vianet it is "
        "exap.um.partner.outlook.cn, for GCC High exap.um.office365.us. A route MUST NOT depend on which it is.",
        Basis.STATED,
        "source document; other clouds: Microsoft integration pages",
    ),
    Clause(
        "ROUTE-1",
        "A hosted decision MUST depend only on the user's account settings, the hosted voice mail policies and the "
        "reading. The account settings are the attribute, the proxy addresses, the assigned policy and the site "
        "where the user is homed.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "ROUTE-2",
        "A user who counts as enabled for hosted UM access MUST be routed to hosted UM by their effective policy, "
        "if that policy names a Destination.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "ROUTE-3",
        "The attribute is looked at first. It is present if, and only if, it holds at least one pair of ATTR-2. If "
        "the user counts as enabled by it, the call MUST go the hosted way, and a UM proxy address MUST NOT be "
        "looked at.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "ROUTE-4",
        "A user who does not count as enabled and has a UM proxy address MUST be routed to on-premises UM by that "
        "address, unless ROUTE-8 is read otherwise.",
        Basis.STATED,
        "source document (Roy)",
    ),
    Clause(
        "ROUTE-5",
        "A user without a pair of ATTR-2 and without a UM proxy address has no voice mail. The call MUST NOT be "
        "routed, and the reason is NO_VOICE_MAIL. No policy is looked at.",
        Basis.DERIVED,
        "ROUTE-3 and ROUTE-4 both ask for something the user lacks",
    ),
    Clause(
        "ROUTE-6",
        "If the effective policy of a user who counts as enabled, or of a contact object, names no Destination, the "
        "call MUST NOT be routed. The reason is POLICY_WITHOUT_DESTINATION. The call MUST NOT fall back to "
        "on-premises UM or to a policy of wider scope.",
        Basis.DERIVED,
        "ROUTE-3, POL-4",
    ),
    Clause(
        "ROUTE-7",
        "A user counts as enabled if either author says 1. A user counts as disabled if one author says 0 and "
        "neither says 1, and as not set if neither says anything. The authors disagree if one says 1 and the other "
        "0; other readings then follow one author.",
        Basis.CHOSEN,
        "the source is silent; alternatives in Reading.authors_disagree",
    ),
    Clause(
        "ROUTE-8",
        "A user who counts as disabled after ROUTE-7 and has a UM proxy address is routed to on-premises UM by that "
        "address. Another reading lets the attribute silence the proxy address, and the call is then not routed.",
        Basis.CHOSEN,
        "the source is silent; alternatives in Reading.disabled_with_um_proxy_address",
    ),
    Clause(
        "ROUTE-9",
        "A contact object MUST be routed as a user who counts as enabled is: by the policy assigned to it, else by "
        "the policy of its pool's site, else by the global policy. It has no attribute and no proxy address, and "
        "MUST NOT go to on-premises UM.",
        Basis.DERIVED,
        "New-CsExUmContact page, Microsoft support article",
    ),
    Clause(
        "ROUTE-10",
        "A decision MUST name the policy or the proxy address that determined it, if one did. It MUST name the ids "
        "of the clauses that decided it, in the order in which they were applied.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "ROUTE-11",
        "An on-premises decision MUST depend only on the user's attribute, the proxy addresses, the reading and, "
        "where they are known, the UM dial plans. A decision MUST NOT depend on another user, on the hosting "
        "providers or on the Edge.",
        Basis.DERIVED,
        "ROUTE-1 lists what a decision uses",
    ),
    Clause(
        "ROUTE-12",
        "A user who has a pair of ATTR-2, counts as disabled and is not routed by ROUTE-8 MUST NOT be routed. The "
        "reason is HOSTED_VOICE_MAIL_DISABLED. No policy is looked at.",
        Basis.DERIVED,
        "ROUTE-2, ROUTE-4",
    ),
    Clause(
        "MODE-1",
        'The mode is "On-premises" if at least one user is routed, and every user who is routed is routed to '
        "on-premises UM. Users who are not routed do not count.",
        Basis.DERIVED,
        "source document",
    ),
    Clause(
        "MODE-2",
        'The mode is "Cross-premises" if at least one user is routed, and every user who is routed is routed to '
        "hosted UM. Users who are not routed do not count.",
        Basis.DERIVED,
        "source document",
    ),
    Clause(
        "MODE-3",
        'The mode is "Mixed" if at least one user is routed to hosted UM and at least one to on-premises UM. If no '
        "user is routed, there MUST NOT be a mode. Contact objects MUST NOT count.",
        Basis.DERIVED,
        "source document",
    ),
    Clause(
        "URI-1",
        "The Request-URI of the INVITE sent to hosted UM MUST carry the effective policy's Destination and the "
        "organizations that the decision names. A call that is not routed has no Request-URI.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "URI-2",
        "The Request-URI of a user's call to hosted UM MUST be the user's SIP address with maddr (the Destination), "
        "opaque=app:voicemail and ms-organization (the organizations, if any), in this order. Another layout MAY "
        "rename maddr and ms-organization.",
        Basis.CHOSEN,
        "no public text gives the wire layout; the layout is data, and another can be passed",
    ),
    Clause(
        "URI-3",
        "For a user, all organizations of the effective policy are sent in one parameter, in the policy's order, "
        "with %2C between them. Another reading sends only the first.",
        Basis.CHOSEN,
        "the source is silent; alternatives in Reading.several_organizations",
    ),
    Clause(
        "URI-4",
        "A Request-URI MUST be a SIP URI by NAME-3 for all values of the fields: no field can end its parameter or "
        "begin another.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "URI-5",
        "Reading a Request-URI under the layout that it was built with MUST give the owner, the Destination or the "
        "UM server, the organizations and the dial plan that went in.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "URI-6",
        "The Request-URI of a user's call to on-premises UM MUST be the user's SIP address with maddr (the UM server "
        "that the call tries, if one is known), phone-context (the dial plan) and opaque=app:voicemail, in this "
        "order.",
        Basis.CHOSEN,
        "no public text gives the wire layout; one trace has phone-context in the user part",
    ),
    Clause(
        "URI-7",
        "A policy without Organization is routed, and the Request-URI MUST NOT have ms-organization. The hosted "
        "service then cannot find the tenant, so the audit reports an error.",
        Basis.CHOSEN,
        "the source is silent; alternative: refuse the policy",
    ),
    Clause(
        "URI-8",
        "The user part of a Request-URI to a contact object MUST be its DisplayNumber, and user=phone is added. "
        "Only one organization is sent, and no Diversion.",
        Basis.CHOSEN,
        "no public text gives the wire layout; one trace shows user=phone",
    ),
    Clause(
        "EDGE-0",
        "Hosted UM needs a shared SIP address space: the same SIP domain on both sides, the hosted UM provider "
        "included in it. EDGE-1 to EDGE-4 are its test.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "EDGE-1",
        "UseDnsSrvRouting: the Edge relies on DNS SRV records when sending and receiving federation requests. Without "
        "it (default routing) hosting providers cannot be used.",
        Basis.STATED,
        "source document, New-CsHostingProvider page",
    ),
    Clause(
        "EDGE-2",
        "AllowFederatedUsers governs communication with federated and split-domain users; False stops the call at the Edge.",
        Basis.STATED,
        "source document; second half derived",
    ),
    Clause(
        "EDGE-3",
        "EnablePartnerDiscovery: the Edge looks in DNS for partner domains not on the allowed list; False: it "
        "federates only with those on the list. Legal only with UseDnsSrvRouting; in most deployments False. A call "
        "to a configured hosting provider does not depend on it.",
        Basis.STATED,
        "source document, Set-CsAccessEdgeConfiguration page; last sentence derived",
    ),
    Clause(
        "EDGE-4",
        "The hosting provider needs Enabled True, EnabledSharedAddressSpace True, HostsOCSUsers False, IsLocal False.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "EDGE-5",
        "Identity is unique among providers, ProxyFqdn too; ProxyFqdn cannot be modified: delete and recreate.",
        Basis.STATED,
        "source document, New-CsHostingProvider page",
    ),
    Clause(
        "EDGE-6",
        "The Edge uses Destination for routing: the provider whose ProxyFqdn equals it is the next hop, TLS, port 5061.",
        Basis.STATED,
        "source document (use); match derived",
    ),
    Clause(
        "EDGE-7",
        "No such provider, or one that fails EDGE-1 to EDGE-4: the call does not cross; every fault is listed, in a "
        "fixed order.",
        Basis.CHOSEN,
        '"must be set" is taken as a condition',
    ),
    Clause(
        "EDGE-8",
        "VerificationLevel is AlwaysVerifiable unless set; the recipe for hosted UM is UseSourceVerification (a warning).",
        Basis.STATED,
        "New-CsHostingProvider page",
    ),
    Clause(
        "UM-1",
        "The phone-context of the UM proxy address that is used (ATTR-7) names the UM dial plan. The names of dial "
        "plans MUST be unique in a deployment.",
        Basis.DERIVED,
        "Lync Server ExUmRouting article",
    ),
    Clause(
        "UM-2",
        "A UM server MUST NOT be a candidate unless it is enabled and the URI type of its dial plan is SIP URI.",
        Basis.STATED,
        "Lync Server ExUmRouting article",
    ),
    Clause(
        "UM-3",
        "The candidates are those servers, of the ones that UM-2 leaves, that have the highest major version among "
        "them. A server of a lower version MUST NOT be tried.",
        Basis.STATED,
        "Lync Server ExUmRouting article",
    ),
    Clause(
        "UM-4",
        "A decision MUST list all candidates in document order. A call tries them round robin: with n servers "
        "numbered from 0, the call of turn t tries server t mod n first, then the others in order. The caller gives "
        "the turn.",
        Basis.STATED,
        "Lync Server ExUmRouting article; purity ours",
    ),
    Clause(
        "UM-5",
        "A call tries at most two servers, the first two of the turn, unless another number is set. If none of them "
        "answers, the call is dropped (CALL-6).",
        Basis.STATED,
        "Lync Server ExUmRouting article",
    ),
    Clause(
        "UM-6",
        "The dial plans are known only where Skype for Business Server has permission to read Exchange UM's "
        "directory objects. If they are not known, the proxy address routes and no server is named. If they are "
        "known, the call MUST NOT be routed where the named plan is missing (NO_DIAL_PLAN) or has no candidate "
        "server (NO_UM_SERVER).",
        Basis.STATED,
        "source document (permission); rest chosen",
    ),
    Clause(
        "CALL-1",
        "A call goes to voice mail when it is not answered, or when the INVITE is addressed to the user's voice mail (NAME-4).",
        Basis.STATED,
        "source document, Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-2",
        "Existing Diversion headers are removed.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-3",
        "If user and host of the Request-URI as received differ from those of From, a Diversion with that Request-URI "
        "less its parameters and headers is added; if they are equal (the owner calls in) none is.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-4",
        "Where an A/V Edge is configured, Ms-Mras-Address carries its GRUU.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-5",
        "Supported includes the option tag ms-fe.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-6",
        "A refusal is a SIP response with ms-diagnostics: UM servers or provider unreachable 504 with 15030; refused at "
        "the Edge 504 with 1005; not routed 480 with an id of the range 15000-15999, one per reason, in a table.",
        Basis.CHOSEN,
        "15030 stated by a field report, 1005 by the ms-diagnostics pages; the rest is silent",
    ),
    Clause(
        "CALL-7",
        "The hosted service takes the first organization that it hosts, finds the owner by Diversion, else by To (which "
        "then equals From), processes the voice mail and deposits it in that user's Exchange mailbox, homed on-premises "
        "or online alike.",
        Basis.STATED,
        "source document; finding derived from CALL-3",
    ),
    Clause(
        "CALL-8",
        "A voice mail is deposited in exactly one mailbox, of the owner, in a tenant that the policy names, or refused "
        "with a reason. Never in another's.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "CALL-9",
        'Setting HostedVoiceMail lights the "call voice mail" indicator: lit where CsHostedVoiceMail=1.',
        Basis.STATED,
        "source document",
    ),
    Clause(
        "CALL-10",
        "A site with voice mail rerouting enabled sends calls by PSTN while Exchange cannot be reached.",
        Basis.STATED,
        "New-CsVoicemailReroutingConfiguration page",
        Status.NOT_MODELLED,
    ),
    Clause(
        "CALL-11",
        "Transcription, the mailbox, the client and the web portal are the service's own.",
        Basis.STATED,
        "source document; scope.md",
        Status.NOT_MODELLED,
    ),
    Clause(
        "CALL-12",
        "The administrator controls the same range of settings as for online users.",
        Basis.STATED,
        "source document; scope.md",
        Status.NOT_MODELLED,
    ),
    Clause(
        "CALL-13",
        "The Request-URI names a user or contact by SIP address, or one contact by its DisplayNumber; one that names "
        "nobody is refused with 404 and 1003.",
        Basis.CHOSEN,
        "1003 stated by the ms-diagnostics pages; the rest is silent",
    ),
    Clause(
        "CALL-14",
        "The hosted service refuses with 404 a call for which it hosts none of the organizations, finds no single owner "
        "or no mailbox, and with 480 one whose owner's voice mail is not enabled; each with an id of its own.",
        Basis.CHOSEN,
        "the source is silent; the owner that Request-URI and Diversion name must be the same (CALL-8)",
    ),
    Clause(
        "CALL-15",
        "A call to a contact object is answered by the tenant's auto attendant or subscriber access; nothing is deposited.",
        Basis.DERIVED,
        "New-CsExUmContact page; URI-8 has no Diversion",
    ),
    Clause(
        "CALL-16",
        "An INVITE has one From and one To, and headers whose names are tokens and whose values hold no line break and "
        "no control character but the tab; what a hop does not change leaves it as it came, in order.",
        Basis.STATED,
        "RFC 3261, 7.3 and 20; order and refusal ours",
    ),
    Clause(
        "CMD-1",
        "New-CsHostedVoicemailPolicy creates a site or per-user policy; refused for the global one and for an identity in use.",
        Basis.STATED,
        "New-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-2",
        "Set-CsHostedVoicemailPolicy changes what is given and keeps the rest; without Identity it acts on the global "
        "policy; Organization replaces the whole list.",
        Basis.STATED,
        "Set-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-3",
        "Get-CsHostedVoicemailPolicy returns all, one by Identity, or those whose stored identity matches a wildcard Filter.",
        Basis.STATED,
        "Get-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-4",
        "Grant-CsHostedVoicemailPolicy assigns a per-user policy to users, members of groups (expanded by the caller at "
        "that moment) and contacts; $null unassigns; a tag: prefix is accepted. A site or global policy cannot be "
        "granted.",
        Basis.STATED,
        "source document, Grant-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-5",
        "Remove-CsHostedVoicemailPolicy removes a site or per-user policy, and its users fall to site, then global "
        "(they keep the name; POL-6). On the global policy it deletes nothing: it resets it to empty and warns. There "
        "is no rename.",
        Basis.STATED,
        "source document; reset derived from Remove-CsVoicePolicy and sibling pages",
    ),
    Clause(
        "CMD-6",
        "Set-CsUser -HostedVoiceMail $True is refused unless a usable policy applies; then CsHostedVoiceMail=1 is written.",
        Basis.STATED,
        "source document, Set-CsUser page",
    ),
    Clause(
        "CMD-7",
        "Set-CsUser -HostedVoiceMail $False is refused if a usable policy applies; else CsHostedVoiceMail=0 is written. "
        "Another reading always allows it.",
        Basis.STATED,
        "source document; contested, alternatives in CmdletReading.disabling",
    ),
    Clause(
        "CMD-8",
        "Set-CsUser -HostedVoiceMail $null removes every value, without warning.",
        Basis.DERIVED,
        "source document: it sets the value to null",
    ),
    Clause(
        "CMD-9",
        "$True or $False on an attribute that holds any value but a CsHostedVoiceMail pair (Exchange's included) warns "
        "that another application may manage it; the Cs pair is written and every other value stays. Another reading "
        "writes nothing.",
        Basis.STATED,
        "source document (warning); write contested, alternatives in CmdletReading.foreign_value",
    ),
    Clause(
        "CMD-10",
        "New-CsHostingProvider: Identity and ProxyFqdn unique; defaults Enabled, EnabledSharedAddressSpace, "
        "HostsOCSUsers, IsLocal False, VerificationLevel AlwaysVerifiable. Set- cannot change ProxyFqdn. "
        "Enable-/Disable- are refused where already so. Remove- deletes.",
        Basis.STATED,
        "New-, Set-, Enable- and Disable-CsHostingProvider pages",
    ),
    Clause(
        "CMD-11",
        "Set-CsAccessEdgeConfiguration takes one routing method; EnablePartnerDiscovery only with DNS SRV; a default "
        "route only once every hosting provider is deleted.",
        Basis.STATED,
        "Set-CsAccessEdgeConfiguration page",
    ),
    Clause(
        "CMD-12",
        "New-/Set-/Remove-CsExUmContact: SipAddress begins sip:, DisplayNumber unique, optional +, first digit not 0.",
        Basis.STATED,
        "New-CsExUmContact page",
    ),
    Clause(
        "CMD-13",
        "A refused cmdlet changes nothing. A cmdlet changes only the one object it names.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "REPL-1",
        "Administration changes the Central Management store; Edge Servers work from a replica of it.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "REPL-2",
        "An Edge that was never given the configuration has none, and no call crosses it.",
        Basis.DERIVED,
        "source document: data is not available to an Edge until it is exported to it",
    ),
    Clause(
        "REPL-3",
        "The internal network replicates automatically to every Edge Server; until then a replica is behind, and its status "
        "says UpToDate or not.",
        Basis.STATED,
        "source document; Get-CsManagementStoreReplicationStatus page",
    ),
    Clause(
        "REPL-4",
        "Export-CsConfiguration gives the configuration as one zip; importing it on an Edge gives the same replica. A "
        "damaged or foreign file is refused, the replica unchanged.",
        Basis.STATED,
        "source document; refusal ours",
    ),
    Clause(
        "REPL-5",
        "All but certificates and starting or stopping services is managed from the internal network.",
        Basis.STATED,
        "source document; scope.md",
        Status.NOT_MODELLED,
    ),
)
"""Every clause, by group, in the order of the spec."""

_BY_ID: Final = {entry.id: entry for entry in CLAUSES}


def clause(id: str) -> Clause:  # noqa: A002 - it is the field's name
    """The clause with this id.

    Raises:
        KeyError: No clause has this id.

    >>> clause("ATTR-6").sentence
    'An attribute with no value MUST be treated as one that is not set.'
    """
    return _BY_ID[id]
