"""How a consumer uses the library, for the type checker alone; never run."""

from typing import assert_never, assert_type

from exum_routing import (
    Deployment,
    EdgeDecision,
    EdgeRefusal,
    EdgeRoute,
    Fqdn,
    HostedUm,
    HostedVoicemailPolicy,
    NotRouted,
    OnPremisesUm,
    PolicyIdentity,
    Reading,
    Router,
    RoutingDecision,
    SeveralOrganizations,
    SipAddress,
    User,
    request_uri,
    resolve_policy,
    route,
    route_at_edge,
)


def next_hop(user: User, deployment: Deployment) -> str | None:
    """Every variant is matched; leaving one out is a type error at ``assert_never``."""
    decision = route(user, deployment, reading=Reading(several_organizations=SeveralOrganizations.FIRST))
    assert_type(decision, RoutingDecision)
    match decision:
        case HostedUm(policy, organizations, clauses):
            assert_type(policy, HostedVoicemailPolicy)
            assert_type(organizations, tuple[Fqdn, ...])
            assert_type(clauses, tuple[str, ...])
            return request_uri(user, decision)
        case OnPremisesUm(proxy_address=proxy_address):
            return request_uri(user, decision, server=decision.um_servers[1]) + str(proxy_address)
        case NotRouted(reason):
            return reason.value
        case _:
            assert_never(decision)


def edge(destination: Fqdn, deployment: Deployment) -> str | None:
    """An Edge that was not given is told apart by the type."""
    configuration = deployment.edge_configuration
    if configuration is None:
        return None
    decision: EdgeDecision = route_at_edge(destination, configuration)
    match decision:
        case EdgeRoute(_, host, port):
            assert_type(port, int)
            return host
        case EdgeRefusal(faults):
            return faults[0].value
        case _:
            assert_never(decision)


def texts_are_converted() -> RoutingDecision:
    """Plain texts are accepted where a field converts them, and the fields have the canonical types."""
    user = User(sip_address="alice@contoso.com", voice_mail_settings=["CsHostedVoiceMail=1"], hosted_voicemail_policy="Ex")
    assert_type(user.sip_address, SipAddress)
    assert_type(user.hosted_voicemail_policy, PolicyIdentity | None)
    policy = HostedVoicemailPolicy(identity="Global", destination="exap.um.outlook.com", organizations=["corp.contoso.com"])
    resolve_policy([policy], assigned=None, site="Redmond")
    return Router(Deployment(users=[user], policies=[policy])).route("alice@contoso.com")


def wrong_uses_are_type_errors(user: User, deployment: Deployment) -> None:
    """Each of these is an error that the type checker reports; an unused ignore would be one too."""
    route(deployment, deployment)  # type: ignore[arg-type]
    request_uri(user, route(user, deployment))  # type: ignore[arg-type]
    User(sip_address=5)  # type: ignore[arg-type]
    User()  # type: ignore[call-arg]
    user.sip_address = SipAddress("bob@contoso.com")  # type: ignore[misc]
