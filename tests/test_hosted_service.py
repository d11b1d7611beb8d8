"""The hosted UM service: what its models accept, their keys, and which tenant is the first."""

import pickle
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import (
    DuplicateIdentity,
    ExumRoutingError,
    Fqdn,
    HostedUmService,
    InvalidFqdn,
    InvalidSipAddress,
    InvalidValue,
    Mailbox,
    MailboxHome,
    SipAddress,
    Tenant,
)
from exum_routing.testing.strategies import hosted_um_services

ALICE, ROY = Mailbox(sip_address="alice@contoso.com"), Mailbox(sip_address="roy@contoso.com", home=MailboxHome.ON_PREMISES)
CORP = Tenant(organization="corp.contoso.com", mailboxes=(ALICE, ROY))
OTHER = Tenant(organization="corp.litwareinc.com", mailboxes=(attrs.evolve(ALICE, voicemail_enabled=False),))
SERVICE = HostedUmService(fqdn="exap.um.outlook.com", tenants=(CORP, OTHER))
REQUIRED: dict[type[Any], dict[str, Any]] = {
    Mailbox: {"sip_address": "alice@contoso.com"},
    Tenant: {"organization": "corp.contoso.com"},
    HostedUmService: {"fqdn": "exap.um.outlook.com"},
}
"""The fields that each model cannot do without."""


@pytest.mark.parametrize(
    ("model", "field", "value", "error"),
    [
        (Mailbox, "sip_address", "alice", InvalidSipAddress),
        (Mailbox, "sip_address", None, InvalidSipAddress),
        (Mailbox, "home", "Online", InvalidValue),
        (Mailbox, "home", None, InvalidValue),
        (Mailbox, "voicemail_enabled", 1, InvalidValue),
        (Mailbox, "voicemail_enabled", None, InvalidValue),
        (Tenant, "organization", "corp contoso", InvalidFqdn),
        (Tenant, "organization", None, InvalidFqdn),
        (Tenant, "enable_transcription", "True", InvalidValue),
        (Tenant, "enable_transcription", None, InvalidValue),
        (Tenant, "mailboxes", ALICE, InvalidValue),
        (Tenant, "mailboxes", ("alice@contoso.com",), InvalidValue),
        (Tenant, "mailboxes", {ALICE}, InvalidValue),
        (HostedUmService, "fqdn", "", InvalidFqdn),
        (HostedUmService, "fqdn", 3, InvalidFqdn),
        (HostedUmService, "tenants", CORP, InvalidValue),
        (HostedUmService, "tenants", (ALICE,), InvalidValue),
    ],
)
def test_malformed_values_are_refused(model: type[Any], field: str, value: Any, error: type[ExumRoutingError]) -> None:
    """A value that does not fit is refused by the error of its kind, which names the field."""
    with pytest.raises(error) as caught:
        model(**{**REQUIRED[model], field: value})
    assert caught.value.place == f"{model.__name__}.{field}"


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Mailbox, {"home": MailboxHome.ONLINE, "voicemail_enabled": True}),
        (Tenant, {"enable_transcription": True, "mailboxes": None}),
        (HostedUmService, {"tenants": None}),
    ],
)
def test_defaults(model: type[Any], expected: dict[str, object]) -> None:
    """Nothing said, a mailbox is online and takes voice mail, and it is transcribed; nothing else is known."""
    made = model(**REQUIRED[model])
    assert expected == {field: getattr(made, field) for field in expected}


@pytest.mark.parametrize("spelled", ["SIP:Alice@Contoso.com", "alice@contoso.com", "%61lice@contoso.com"])
def test_an_owner_has_one_mailbox_of_a_tenant(spelled: str) -> None:
    """Two mailboxes of one owner in a tenant are refused, however the address is spelled; two tenants may each have one."""
    with pytest.raises(DuplicateIdentity, match="owns two mailboxes of the tenant") as caught:
        Tenant(organization="corp.contoso.com", mailboxes=(ALICE, ROY, Mailbox(sip_address=spelled)))
    assert (caught.value.value, caught.value.place) == (ALICE.sip_address, "Tenant.mailboxes")


def test_an_organization_is_one_tenant_of_a_service() -> None:
    """Two tenants of one organization are refused, in any case."""
    with pytest.raises(DuplicateIdentity, match="is the Organization of two tenants") as caught:
        HostedUmService(fqdn="um", tenants=(CORP, OTHER, Tenant(organization="CORP.contoso.com")))
    assert (caught.value.value, caught.value.place) == ("corp.contoso.com", "HostedUmService.tenants")


def test_a_mailbox_is_found_by_its_owner() -> None:
    """A tenant answers with its own mailbox of the owner, or with none."""
    assert CORP.mailbox(ROY.sip_address) is ROY
    assert OTHER.mailbox(ALICE.sip_address) == attrs.evolve(ALICE, voicemail_enabled=False)
    assert OTHER.mailbox(ROY.sip_address) is None


@pytest.mark.parametrize(
    ("organizations", "expected"),
    [
        (("corp.contoso.com", "corp.litwareinc.com"), CORP),
        (("corp.litwareinc.com", "corp.contoso.com"), OTHER),
        (("gone.contoso.com", "corp.litwareinc.com"), OTHER),
        (("gone.contoso.com",), None),
        ((), None),
    ],
)
def test_first_tenant(organizations: tuple[str, ...], expected: Tenant | None) -> None:
    """The first organization that the service hosts is the tenant, whatever the order of the service's own."""
    for tenants in ((CORP, OTHER), (OTHER, CORP)):
        service = attrs.evolve(SERVICE, tenants=tenants)
        assert expected is service.first_tenant(tuple(map(Fqdn, organizations)))


@given(hosted_um_services(), st.data())
def test_look_up_finds_exactly_what_is_there(service: HostedUmService, data: st.DataObject) -> None:
    """Each tenant is found by its organization and each mailbox by its owner, and no other is."""
    for tenant in service.tenants or ():
        assert service.first_tenant((tenant.organization,)) is tenant
        assert [tenant.mailbox(mailbox.sip_address) for mailbox in tenant.mailboxes or ()] == list(tenant.mailboxes or ())
        assert tenant.mailbox(SipAddress("nobody@nowhere.invalid")) is None
    order = data.draw(st.permutations([tenant.organization for tenant in service.tenants or ()]))
    first = service.first_tenant((Fqdn("nowhere.invalid"), *order))
    assert (None if first is None else first.organization) == (order[0] if order else None)


@pytest.mark.parametrize("model", [ALICE, CORP, SERVICE], ids=lambda model: type(model).__name__)
def test_models_are_values(model: Any) -> None:
    """A model cannot be changed, and comes back from pickle equal, answering as before."""
    with pytest.raises(FrozenInstanceError):
        setattr(model, attrs.fields(type(model))[0].name, "x")
    assert model == pickle.loads(pickle.dumps(model))  # noqa: S301 - its own pickle


def test_a_pickled_service_answers() -> None:
    """Look-ups come back from pickle too."""
    copy = pickle.loads(pickle.dumps(SERVICE))  # noqa: S301 - its own pickle
    first = copy.first_tenant((Fqdn("corp.contoso.com"),))
    assert first is not None
    assert first.mailbox(ROY.sip_address) == ROY


def test_homes_are_spelled_as_in_documents() -> None:
    """The spelling of a home is the document's."""
    assert [home.value for home in MailboxHome] == ["Online", "OnPremises"]
