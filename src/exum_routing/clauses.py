"""The clauses: every rule of the system, with its id, its sentence, its basis and its source.

``explain`` takes its words from here. Ids are never reused; a withdrawn clause stays and says so.
"""

import enum
from typing import Final

import attrs

from exum_routing.arguments import names_wrong_types


class Basis(enum.Enum):
    """How a clause comes to be a rule."""

    STATED = "stated"
    """The source says it."""
    DERIVED = "derived"
    """It follows from what the source says."""
    CHOSEN = "chosen"
    """The source is silent or contradicts itself."""
    OURS = "ours"
    """A promise of this library, not a rule of the product."""


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
    """What says it, or what it follows from."""
    status: Status = Status.IMPLEMENTED
    """What the project does about it."""


CLAUSES: Final = (
    Clause(
        "NAME-1",
        "An FQDN MUST be 1 to 255 ASCII characters: labels of letters, digits, - and _, joined by single dots. It "
        "MUST NOT have a port or a trailing dot. FQDNs are case-insensitive and kept in lower case. An "
        "internationalised name is written as A-labels (xn--) and MUST NOT be converted.",
        Basis.STATED,
        "Set-CsHostedVoicemailPolicy page; case derived",
    ),
    Clause(
        "NAME-2",
        "A SIP address MUST be sip:user@domain in ASCII, without port, parameters, headers or password; sip: MAY be "
        "left out on input. SIP addresses are case-insensitive, and an escape that is not needed makes no difference. "
        "A SIP address MUST be unique over the users and contact objects of a deployment.",
        Basis.CHOSEN,
        "RFC 3261 compares the user part with case, a directory does not",
    ),
    Clause(
        "NAME-3",
        "A SIP URI MUST follow RFC 3261, §25.1: scheme, userinfo, host, port (1 to 65535), parameters and headers. "
        "Names of parameters and headers are case-insensitive, and a parameter name MUST NOT occur twice. In the text "
        "of a URI a character MUST be %-escaped if it cannot stand raw, and only then: opaque=app:voicemail keeps its "
        "colon. Reading the text of a URI MUST give an equal URI.",
        Basis.STATED,
        "RFC 3261 §19.1.1, §25.1",
    ),
    Clause(
        "NAME-4",
        "A SIP URI means a user's voice mail if, and only if, it has a parameter opaque whose value is app:voicemail, "
        "in any case. The scheme, gruu and other parameters MUST NOT matter.",
        Basis.STATED,
        "[MS-SIPRE] 2.2.3",
    ),
    Clause(
        "NAME-5",
        "The host of a SIP URI MUST be a host of RFC 3261, which has no _. The domain of a SIP address MUST be one too, "
        "but MUST NOT be an IPv6 reference or end with a dot. An FQDN (NAME-1) that is not such a host MAY be the value "
        "of a parameter only.",
        Basis.STATED,
        "RFC 3261 §25.1",
    ),
    Clause(
        "NAME-6",
        "The names of policies, sites, hosting providers and UM dial plans MUST keep their spelling. Two are equal if, "
        "and only if, each UTF-16 unit of one has the same upper case as that of the other, without case folding or "
        "normalisation. A name that is empty, has blanks around it or breaks NAME-7 MUST be refused.",
        Basis.CHOSEN,
        "the source is silent, documentation mixes the case of Global and Tag; OrdinalIgnoreCase of .NET compares so",
    ),
    Clause(
        "NAME-7",
        "Every text in a deployment MUST be free of control characters, line separators and lone surrogates. A text for "
        "which no other clause gives a spelling MAY be empty and MUST be kept as it came.",
        Basis.CHOSEN,
        "the source is silent; a text with a line break could forge a line or a header",
    ),
    Clause(
        "ATTR-1",
        "msExchUCVoiceMailSettings MUST be read as an ordered list of values, which may be empty. Each value is "
        "one Key=Value pair.",
        Basis.STATED,
        "source document, Active Directory schema pages",
    ),
    Clause(
        "ATTR-2",
        "Four values MUST have a meaning: ExchangeHostedVoiceMail=1 and =0 (author Exchange), CsHostedVoiceMail=1 "
        "and =0 (author Skype for Business Server). With 1 the author enables the user for hosted UM access, with "
        "0 the author disables it.",
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
        "An attribute with both pairs of one author MUST be refused, and the error MUST name both pairs. A pair that "
        "occurs again, in any case of its key, counts once and is kept only at its first place.",
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
        "A UM proxy address is a proxyAddresses entry EUM:ADDRESS;phone-context=DIAL-PLAN; an EUM entry without "
        "phone-context MUST be refused. EUM in capitals is primary, another case is secondary. The first primary "
        "address is used; if there is no primary address, the first secondary one. ADDRESS is kept as text and MUST NOT "
        "appear in a Request-URI.",
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
        "Exchange or the administrator of Skype for Business Server MAY set the attribute, and each MUST write only its "
        "own pair. If Exchange has not set it, the administrator sets it with Set-CsUser (CMD-6).",
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
        "A deployment MUST hold exactly one global policy. It MAY be modified, but MUST NOT be renamed or deleted.",
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
        "An assignment that names no existing policy MUST be ignored: the policy of the site is effective, else the "
        "global policy. The assignment itself is kept.",
        Basis.DERIVED,
        "Remove-CsVoicePolicy and sibling pages",
    ),
    Clause(
        "POL-7",
        "Destination MUST be one FQDN (NAME-1), that of the hosted Exchange UM service. A policy MAY leave it out.",
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
        "A user or a contact object is homed on the site of the pool that its RegistrarPool names. If RegistrarPool is "
        "not given, or names no pool of the deployment, the site is not known. The account MUST then be routed without "
        "the policy of a site. If there is then a policy of site scope, and no existing per-user policy is assigned to "
        "the account, a decision that the effective policy determines MUST name POL-11: the policy of its site may be "
        "the one that applies.",
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
        "The attribute is looked at first. It is present if, and only if, it holds at least one pair of ATTR-2. If the "
        "user counts as enabled by it, the effective policy MUST decide, and a UM proxy address MUST NOT be looked at.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "ROUTE-4",
        "A user who does not count as enabled and has a UM proxy address MUST be routed to on-premises UM by that "
        "address, unless ROUTE-8 or UM-6 says otherwise.",
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
        "A user MUST count as enabled if either author says 1, as disabled if one author says 0 and neither says 1, and "
        "as not set if neither says anything. The authors disagree if one says 1 and the other 0. If they disagree, "
        "another reading follows one author.",
        Basis.CHOSEN,
        "the source is silent; alternatives in Reading.authors_disagree",
    ),
    Clause(
        "ROUTE-8",
        "A user who counts as disabled by ROUTE-7 and has a UM proxy address MUST be routed by that address, as ROUTE-4 "
        "says. Under the reading NOT_ROUTED the call MUST NOT be routed.",
        Basis.CHOSEN,
        "the source is silent; alternatives in Reading.disabled_with_um_proxy_address",
    ),
    Clause(
        "ROUTE-9",
        "A contact object MUST be routed as a user who counts as enabled: by the policy assigned to it, else by the "
        "policy of its pool's site, else by the global policy. It has no attribute and no proxy address, and MUST NOT "
        "go to on-premises UM.",
        Basis.DERIVED,
        "New-CsExUmContact page, Microsoft support article",
    ),
    Clause(
        "ROUTE-10",
        "A decision MUST name the policy or the proxy address that determined it, if one did. It MUST name the ids of "
        "the clauses that decided it, each once, in the order of the table of outcomes.",
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
        "A user who counts as disabled and is not routed by ROUTE-8 MUST NOT be routed. The reason is "
        "HOSTED_VOICE_MAIL_DISABLED. No policy is looked at.",
        Basis.DERIVED,
        "ROUTE-2, ROUTE-4",
    ),
    Clause(
        "MODE-1",
        'The mode MUST be "On-premises" if at least one user is routed, and every user who is routed is routed to '
        "on-premises UM. Users who are not routed MUST NOT count.",
        Basis.DERIVED,
        "source document",
    ),
    Clause(
        "MODE-2",
        'The mode MUST be "Cross-premises" if at least one user is routed, and every user who is routed is routed '
        "to hosted UM. Users who are not routed MUST NOT count.",
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
        "The Request-URI of a user's call to hosted UM MUST be the user's SIP address with maddr, opaque=app:voicemail "
        "and ms-organization, in this order. maddr is the Destination, and ms-organization the organizations; without "
        "organizations it is left out. Another layout MAY rename maddr and ms-organization.",
        Basis.CHOSEN,
        "no public text gives the wire layout; the layout is data, and another can be passed",
    ),
    Clause(
        "URI-3",
        "For a user, all organizations of the effective policy MUST be sent in one parameter, in the policy's "
        "order, with %2C between them. Another reading sends only the first.",
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
        "The Request-URI of a user's call to on-premises UM MUST be the user's SIP address with maddr, phone-context "
        "and opaque=app:voicemail, in this order. maddr is the UM server that the call tries; if no server is known it "
        "is left out. phone-context is the dial plan.",
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
        "included in it. A call to hosted UM MUST cross the Edge if all of EDGE-1 to EDGE-4 hold.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "EDGE-1",
        "With UseDnsSrvRouting the Edge relies on DNS SRV records when it sends and receives federation requests. "
        "Without it (default routing) hosting providers cannot be used, and a call to hosted UM MUST NOT cross the "
        "Edge. DefaultRouteFqdn MUST NOT be set if UseDnsSrvRouting is True.",
        Basis.STATED,
        "source document, New-CsHostingProvider page",
    ),
    Clause(
        "EDGE-2",
        "AllowFederatedUsers says whether users may communicate with users of federated domains and of a split "
        "domain. If it is False, a call to hosted UM MUST NOT cross the Edge.",
        Basis.STATED,
        "source document; second half derived",
    ),
    Clause(
        "EDGE-3",
        "With EnablePartnerDiscovery the Edge looks in DNS for partner domains that are not on the list of allowed "
        "domains; without it, the Edge federates only with those on the list. EnablePartnerDiscovery MUST NOT be True "
        "without UseDnsSrvRouting. A call to a configured hosting provider MUST NOT depend on it.",
        Basis.STATED,
        "source document, Set-CsAccessEdgeConfiguration page; last sentence derived",
    ),
    Clause(
        "EDGE-4",
        "The hosting provider of a call to hosted UM MUST have Enabled True, EnabledSharedAddressSpace True, "
        "HostsOCSUsers False and IsLocal False; otherwise the call MUST NOT cross the Edge.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "EDGE-5",
        "Identity MUST be unique among hosting providers, and so MUST ProxyFqdn. ProxyFqdn MUST NOT be modified: the "
        "provider is deleted and created again.",
        Basis.STATED,
        "source document, New-CsHostingProvider page",
    ),
    Clause(
        "EDGE-6",
        "The Edge uses Destination for routing: the next hop of the call MUST be the hosting provider whose ProxyFqdn "
        "equals it (NAME-1), over TLS at port 5061.",
        Basis.STATED,
        "source document (use); match derived",
    ),
    Clause(
        "EDGE-7",
        "A call MUST NOT cross the Edge if the Edge Server has no configuration, if no hosting provider has the "
        "Destination as its ProxyFqdn, or if one of EDGE-1 to EDGE-4 fails. Every fault MUST be listed, in the order of "
        "the list of faults.",
        Basis.CHOSEN,
        '"must be set" is taken as a condition',
    ),
    Clause(
        "EDGE-8",
        "VerificationLevel is AlwaysVerifiable unless set. The recipe for hosted UM is UseSourceVerification. Another "
        "level MUST NOT keep a call from crossing the Edge; the audit warns of it.",
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
        "The candidates are, of the servers that UM-2 leaves, those with the highest major version. A server of a lower "
        "version MUST NOT be tried.",
        Basis.STATED,
        "Lync Server ExUmRouting article",
    ),
    Clause(
        "UM-4",
        "A decision MUST list all candidates in document order. A call tries them round robin: with n servers numbered "
        "from 0, the call of turn t tries server t mod n first, then the servers after it, then those before it. The "
        "caller gives the turn.",
        Basis.STATED,
        "Lync Server ExUmRouting article; purity ours",
    ),
    Clause(
        "UM-5",
        "A call MUST try at most two servers, the first two of the turn, unless another number is set. If none of "
        "them answers, the call MUST be dropped (CALL-6).",
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
        "A call MUST go to voice mail if, and only if, it is not answered or its Request-URI means a user's voice "
        "mail (NAME-4).",
        Basis.STATED,
        "source document, Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-2",
        "The Front End MUST remove every Diversion header of the INVITE as received.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-3",
        "If a user is called and the SIP address of the Request-URI as received is not that of From, the Front End "
        "MUST add one Diversion: that Request-URI without its parameters and headers. If the two are the same, the "
        "owner calls in, and the Front End MUST NOT add one.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-4",
        "If the deployment names the GRUU of an A/V Edge, the INVITE MUST leave the Front End with one "
        "Ms-Mras-Address, which carries that GRUU.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-5",
        "The INVITE MUST leave the Front End with the option tag ms-fe in a Supported header.",
        Basis.STATED,
        "Open Specification for routing to Exchange UM",
    ),
    Clause(
        "CALL-6",
        "A hop that refuses a call MUST send the SIP response of its reason: 480 if the call is not routed; 504 if the "
        "UM servers or the hosting provider cannot be reached, or if the call does not cross the Edge. It MUST add an "
        "ms-diagnostics header if an id is published for the reason, and MUST NOT invent an id.",
        Basis.CHOSEN,
        "15030, 15000, 1003 and 1005 and the shape of the header are published; the rest is silent",
    ),
    Clause(
        "CALL-7",
        "The hosted service MUST take the tenant of the first organization that it hosts. It MUST find the owner by "
        "Diversion; without Diversion, the owner is the address of To, if From has the same address. It MUST deposit "
        "the voice mail in the owner's Exchange mailbox, whether that is homed on-premises or online.",
        Basis.STATED,
        "source document; finding derived from CALL-3",
    ),
    Clause(
        "CALL-8",
        "A mailbox for which a call is handed over MUST be that of the user whom the call was for, in a tenant that the "
        "effective policy names. A call that is for no mailbox MUST have an outcome that says why.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "CALL-9",
        'A client MUST light its "call voice mail" indicator if, and only if, msExchUCVoiceMailSettings holds '
        "CsHostedVoiceMail=1. What Exchange wrote MUST NOT matter.",
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
        "The Request-URI names the user or contact object that has its SIP address; if nobody has it, the one contact "
        "object whose DisplayNumber is the user part of that address. A call whose Request-URI names nobody MUST be "
        "refused with 404 and 1003.",
        Basis.CHOSEN,
        "1003 stated by the ms-diagnostics pages; the rest is silent",
    ),
    Clause(
        "CALL-14",
        "The hosted service MUST refuse a call with 404 if it hosts none of the organizations, if the call does not "
        "name one owner, or if the tenant has no mailbox of the owner. It MUST refuse a call with 480 if the owner's "
        "voice mail is not enabled. Each refusal MUST have a reason of its own.",
        Basis.CHOSEN,
        "the source is silent; the owner that Request-URI and Diversion name must be the same (CALL-8)",
    ),
    Clause(
        "CALL-15",
        "A call to a contact object, which the hosted service knows by user=phone in the Request-URI (URI-8), is "
        "for the tenant's auto attendant or subscriber access. It MUST NOT be for a mailbox.",
        Basis.DERIVED,
        "New-CsExUmContact page; URI-8 has no Diversion",
    ),
    Clause(
        "CALL-16",
        "An INVITE MUST have exactly one From and one To, each with an address. A header's name MUST be a token. Its "
        "value MUST NOT hold a line break, a lone surrogate, or a control character other than the tab. What a hop does "
        "not change MUST leave it as it came, in order. As octets an INVITE MUST have exactly one Content-Length, in "
        "ASCII digits, equal to the number of octets of its body.",
        Basis.STATED,
        "RFC 3261, 7.3, 7.4, 18.3 and 20; order and refusal ours",
    ),
    Clause(
        "CALL-17",
        "The Front End MUST refuse a call to a contact object whose pool is known to run Skype for Business Server "
        "2019, after the call was routed. The status MUST be 500, and the ms-diagnostics id 15000.",
        Basis.CHOSEN,
        "reported by Microsoft as an emerging issue; no fix is published",
    ),
    Clause(
        "CALL-18",
        "If a hop after the Front End refuses a call to hosted UM, the Front End MUST answer the caller with "
        "ms-diagnostics id 15030 in place of that hop's answer. If the Request-URI carries one organization, the header "
        "MUST name the dial plan Hosted__DESTINATION__ORGANIZATION.",
        Basis.CHOSEN,
        "reported by one trace and one event, with one organization; the status line and the rest are not published",
    ),
    Clause(
        "CMD-1",
        "New-CsHostedVoicemailPolicy MUST create a site or per-user policy with the given settings, and print it. It "
        "MUST be refused for the global policy, which always exists, and for an Identity that is in use.",
        Basis.STATED,
        "New-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-2",
        "Set-CsHostedVoicemailPolicy MUST change the given settings of a policy and keep the rest. Without Identity it "
        "MUST act on the global policy. Organization MUST replace the whole list.",
        Basis.STATED,
        "Set-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-3",
        "Get-CsHostedVoicemailPolicy MUST print every policy, the one of Identity, or those whose stored identity "
        "matches the wildcard Filter.",
        Basis.STATED,
        "Get-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-4",
        "Grant-CsHostedVoicemailPolicy MUST assign a per-user policy, with the prefix tag: or without, to a user or a "
        "contact object; $null MUST unassign it. A site policy and the global policy MUST be refused. A group's "
        "members are expanded by the caller, at that moment.",
        Basis.STATED,
        "source document, Grant-CsHostedVoicemailPolicy page",
    ),
    Clause(
        "CMD-5",
        "Remove-CsHostedVoicemailPolicy MUST delete a site or per-user policy. Those to whom it was assigned keep its "
        "name (POL-6) and fall to the policy of their site, else to the global policy. On the global policy it MUST "
        "delete nothing: it MUST reset that policy to an empty one, and warn.",
        Basis.STATED,
        "source document; reset derived from Remove-CsVoicePolicy and sibling pages",
    ),
    Clause(
        "CMD-6",
        "Set-CsUser -HostedVoiceMail $True MUST be refused unless the user's effective policy is usable (POL-10). "
        "Otherwise it MUST write CsHostedVoiceMail=1.",
        Basis.STATED,
        "source document, Set-CsUser page",
    ),
    Clause(
        "CMD-7",
        "Set-CsUser -HostedVoiceMail $False MUST be refused if the user's effective policy is usable (POL-10). "
        "Otherwise it MUST write CsHostedVoiceMail=0. Another reading always allows it.",
        Basis.STATED,
        "source document; contested, alternatives in CmdletReading.disabling",
    ),
    Clause(
        "CMD-8",
        "Set-CsUser -HostedVoiceMail $null MUST remove every value of the attribute, without warning.",
        Basis.DERIVED,
        "source document: it sets the value to null",
    ),
    Clause(
        "CMD-9",
        "If the attribute holds any value other than a CsHostedVoiceMail pair (Exchange's included), $True and $False "
        "MUST warn that another application may manage it. They MUST write the pair all the same, and every other "
        "value stays. Another reading does not write the pair.",
        Basis.STATED,
        "source document (warning); write contested, alternatives in CmdletReading.foreign_value",
    ),
    Clause(
        "CMD-10",
        "New-CsHostingProvider MUST create a hosting provider; an Identity or ProxyFqdn that another provider has MUST "
        "be refused. Set-CsHostingProvider MUST change the given settings and keep the rest; it MUST NOT change "
        "ProxyFqdn. Enable-CsHostingProvider and Disable-CsHostingProvider MUST set Enabled, and MUST be refused if it "
        "has that value already. Remove-CsHostingProvider MUST delete the provider.",
        Basis.STATED,
        "New-, Set-, Enable- and Disable-CsHostingProvider pages",
    ),
    Clause(
        "CMD-11",
        "Set-CsAccessEdgeConfiguration MUST change the given settings, keep the rest, and take at most one routing "
        "method. It MUST refuse EnablePartnerDiscovery without UseDnsSrvRouting, and UseDefaultRouting and "
        "DefaultRouteFqdn without each other. It MUST refuse UseDefaultRouting while there is a hosting provider.",
        Basis.STATED,
        "Set-CsAccessEdgeConfiguration page",
    ),
    Clause(
        "CMD-12",
        "New-CsExUmContact MUST create a contact object, and Remove-CsExUmContact MUST delete it. Set-CsExUmContact "
        "MUST change the given settings and keep the rest. Move-CsExUmContact MUST change the Registrar pool and "
        "nothing else. SipAddress MUST begin with sip:, and MUST NOT be that of a user or of another contact object. "
        "DisplayNumber MUST be digits after an optional +, the first not 0, and MUST NOT be another contact object's.",
        Basis.STATED,
        "New-CsExUmContact page",
    ),
    Clause(
        "CMD-13",
        "A refused cmdlet MUST change nothing, and MUST NOT warn. A cmdlet MUST change only the one object that it names.",
        Basis.OURS,
        "this library",
    ),
    Clause(
        "CMD-14",
        "Move-CsUser MUST change the Registrar pool of a user, and nothing else. It MUST be refused where the target is a "
        "service that homes accounts online: a deployment holds no such account.",
        Basis.STATED,
        "Move-CsUser page",
    ),
    Clause(
        "REPL-1",
        "Administration changes the Central Management store. An Edge Server MUST work from its replica of the store, "
        "and from nothing else. If a deployment describes no replica, its Edge Server MUST work from the store's own "
        "configuration.",
        Basis.STATED,
        "source document",
    ),
    Clause(
        "REPL-2",
        "An Edge Server that was never given the configuration has none, and a call MUST NOT cross it.",
        Basis.DERIVED,
        "source document: data is not available to an Edge until it is exported to it",
    ),
    Clause(
        "REPL-3",
        "Replication MUST give the replica of the Edge Server the configuration of the Central Management store, and "
        "MUST change nothing else. It MUST NOT reach a replica that was never given a configuration. A replica that "
        "differs from the store is out of date until the next replication. Its status MUST say whether it is up to date "
        "(UpToDate).",
        Basis.STATED,
        "source document; Get-CsManagementStoreReplicationStatus page",
    ),
    Clause(
        "REPL-4",
        "Export-CsConfiguration MUST give the configuration as one zip. Importing that zip on an Edge Server MUST give "
        "its replica the same configuration. A damaged or foreign file MUST be refused, and MUST leave the replica as "
        "it is.",
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


@names_wrong_types
def clause(id: str) -> Clause:  # noqa: A002 - it is the field's name
    """The clause with this id.

    Raises:
        KeyError: No clause has this id.

    >>> clause("ATTR-6").sentence
    'An attribute with no value MUST be treated as one that is not set.'
    """
    return _BY_ID[id]
