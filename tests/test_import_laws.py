"""The laws of the import: what is exported in any format is read back, and what a format cannot hold is in the report."""

import random
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

import attrs
import exports
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exum_routing import Deployment, Fqdn, HostingProvider, Pool, UmDialPlan, User, VerificationLevel, VoiceMailSettings
from exum_routing.importing import Import, Note, Source, Weight, import_deployment, read_source
from exum_routing.importing.values import text
from exum_routing.interchange.document import write_deployment
from exum_routing.testing.strategies import deployments

Writer = Callable[[Iterable[exports.Object]], bytes]

WRITERS: dict[str, Writer] = {
    "clixml": exports.clixml,
    "clixml-utf8": partial(exports.clixml, encoding="utf-8"),
    "csv": exports.csv,
    "csv;": partial(exports.csv, delimiter=";", with_type=False),
    "json51": exports.json51,
    "json7": exports.json7,
}
WHOLE_BY_HAND = ("pools", "dial_plans", "edge_replica", "av_edge_gruu", "hosted_um_services")
"""The parts that a document gives whole."""
HOLDS_NAMES = frozenset({"clixml", "clixml-utf8", "csv", "csv;", "json51"})
"""The formats that keep the names of enumerations."""


def _text(value: str | None) -> str | None:
    """What any export keeps of a name: an empty one is none, and one that looks like a cut value is refused."""
    found = text(value)
    return found if isinstance(found, str) else None


def _pool(name: Fqdn | None, known: Collection[Fqdn]) -> Fqdn | None:
    """A pool as exports have it: a number names none, unless the home server leads to it."""
    return None if name is None or (name.isdecimal() and name not in known) else name


def _user(user: User, pools: Collection[Fqdn]) -> User:
    values = tuple(value for value in user.voice_mail_settings.values if value)
    return attrs.evolve(
        user,
        display_name=_text(user.display_name),
        user_principal_name=_text(user.user_principal_name),
        sam_account_name=_text(user.sam_account_name),
        distinguished_name=_text(user.distinguished_name),
        registrar_pool=_pool(user.registrar_pool, pools),
        voice_mail_settings=VoiceMailSettings(values),
        proxy_addresses=tuple(one for one in user.proxy_addresses if str(one)),
    )


def _plan(plan: UmDialPlan) -> UmDialPlan:
    """A dial plan as exports have it: no export says that a server is disabled."""
    return attrs.evolve(plan, um_servers=[attrs.evolve(server, enabled=True) for server in plan.um_servers])


def held(deployment: Deployment, form: str) -> Deployment:
    """What a format can hold of a deployment."""
    plans = deployment.dial_plans
    if any(_text(plan.phone_context) is None for plan in plans or ()):
        plans = None  # where one is left out, they are not known
    whole = form.startswith("clixml") or (form == "json51" and not any(plan.um_servers for plan in plans or ()))
    if not plans or not whole:
        plans = None
    providers = tuple(one for one in deployment.providers if _text(one.identity) is not None)
    if form not in HOLDS_NAMES:
        providers = tuple(attrs.evolve(one, verification_level=VerificationLevel.ALWAYS_VERIFIABLE) for one in providers)
    return Deployment(
        users=[_user(user, {pool.fqdn for pool in deployment.pools}) for user in deployment.users],
        contacts=[
            attrs.evolve(
                one,
                registrar_pool=_pool(one.registrar_pool, ()),
            )
            for one in deployment.contacts
        ],
        policies=[attrs.evolve(one, description=_text(one.description)) for one in deployment.policies],
        providers=providers,
        edge=deployment.edge,
        pools=[attrs.evolve(pool, version=None) for pool in deployment.pools if _text(pool.site) is not None],
        dial_plans=None if plans is None else tuple(map(_plan, plans)),
    )


def facts(deployment: Deployment) -> dict[str, Any]:
    """A deployment without the order of its objects."""
    found: dict[str, Any] = {field.name: getattr(deployment, field.name) for field in attrs.fields(Deployment) if field.init}
    return {name: sorted(map(repr, value)) if isinstance(value, tuple) else value for name, value in found.items()}


def messages(imported: Import, weight: Weight) -> list[str]:
    """What the notes of one weight say."""
    return [str(note) for note in imported.notes if note.weight is weight]


LOOKS_CUT = Deployment(
    providers=[HostingProvider(identity="@{", proxy_fqdn="a.example", enabled=True, enabled_shared_address_space=True)],
    pools=[Pool(fqdn="pool.example", site="System.Object[]")],
    dial_plans=[UmDialPlan(phone_context="@{x")],
)
"""Names that look like what PowerShell prints in the place of something else."""


@pytest.mark.parametrize("form", WRITERS)
@given(deployment=deployments())
@example(deployment=LOOKS_CUT)
def test_what_is_exported_is_read_back(form: str, deployment: Deployment) -> None:
    """The cmdlets in any format, with LDIF and the topology, give an equal deployment, as far as the format holds it."""
    imported = import_deployment(exports.sources(deployment, WRITERS[form], ldifde=form == "csv"))
    assert facts(imported.deployment) == facts(held(deployment, form))
    said = {weight: "\n".join(messages(imported, weight)) for weight in Weight}
    if deployment.users and deployment.dial_plans != imported.deployment.dial_plans and imported.deployment.dial_plans is None:
        assert "dial plan" in said[Weight.GAP] or "Get-UMDialPlan" in said[Weight.LEFT_OUT]
    if imported.deployment.providers and form not in HOLDS_NAMES:
        assert "VerificationLevel" in said[Weight.READ_AS]
    if any(not server.enabled for plan in imported.deployment.dial_plans or () for server in plan.um_servers):
        assert "is taken as a UM server that is enabled" in said[Weight.READ_AS]
    if any(user.registrar_pool is None for user in imported.deployment.users):
        assert "RegistrarPool" in said[Weight.GAP]


@given(deployment=deployments(), seed=st.integers(0, 2**32), form=st.sampled_from(sorted(WRITERS)))
def test_the_order_of_sources_means_nothing(deployment: Deployment, seed: int, form: str) -> None:
    """Deployment, report and what was taken are the same in any order, a document and a second export among the sources."""
    sources = exports.sources(deployment, WRITERS[form])
    sources.append(Source("by-hand.json", write_deployment(attrs.evolve(deployment, users=deployment.users[:2])).encode()))
    sources += exports.sources(attrs.evolve(deployment, users=deployment.users[1:]), exports.clixml)
    shuffled = list(sources)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
    assert import_deployment(shuffled) == import_deployment(sources)


@given(deployment=deployments())
@example(deployment=LOOKS_CUT)
def test_a_document_is_imported_as_it_is(deployment: Deployment) -> None:
    """Importing a written document is the identity, and there is nothing to say about it but readings of nothing."""
    imported = import_deployment([Source("deployment.json", write_deployment(deployment).encode())])
    assert imported.deployment == deployment
    assert imported.notes == ()


@given(deployment=deployments(), form=st.sampled_from(sorted(WRITERS)))
@example(deployment=LOOKS_CUT, form="csv")
def test_what_exports_lack_a_document_adds(deployment: Deployment, form: str) -> None:
    """Exports together with the document that describes the same deployment give that deployment, but for the order."""
    sources = exports.sources(deployment, WRITERS[form])
    by_hand = Source("by-hand.json", write_deployment(deployment).encode())
    imported = facts(import_deployment([*sources, by_hand]).deployment)
    wanted = facts(deployment)
    assert {name: imported[name] for name in WHOLE_BY_HAND} == {name: wanted[name] for name in WHOLE_BY_HAND}


@given(deployment=deployments(), form=st.sampled_from(sorted(WRITERS)))
def test_records_have_a_kind_and_a_place(deployment: Deployment, form: str) -> None:
    """Every object of every export is a record of the kind that its cmdlet gives, at its number in the file."""
    for source in exports.sources(deployment, WRITERS[form]):
        records = read_source(source)
        assert [record.place for record in records] == [f"{source.name}[{number}]" for number in range(len(records))]
        kinds = {record.kind.value for record in records if record.kind is not None}
        assert all(record.kind is not None for record in records)
        if source.name.endswith(".export"):
            assert kinds == {source.name.removesuffix(".export")}


def test_a_note_is_one_line() -> None:
    """Place and message, or the message alone."""
    assert str(Note("a.ldf[0]", Weight.GAP, "has no site")) == "a.ldf[0]: has no site"
    assert str(Note("", Weight.GAP, "has no site")) == "has no site"
