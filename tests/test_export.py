"""Export-CsConfiguration and Import-CsConfiguration: one shape of zip, and everything else refused with a reason."""

import hashlib
import io
import json
import pickle
import stat
import zipfile
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exum_routing import AccessEdgeConfiguration, EdgeConfiguration, HostingProvider, InvalidValue, VerificationLevel
from exum_routing.interchange.export import (
    LARGEST_CONFIGURATION,
    InvalidExport,
    _zipped,
    export_configuration,
    import_configuration,
)
from exum_routing.testing.strategies import edge_configurations

CONFIGURATION = EdgeConfiguration(
    access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
    providers=(
        HostingProvider(
            identity="Hosted Exchange UM",
            enabled=True,
            enabled_shared_address_space=True,
            proxy_fqdn="exap.um.outlook.com",
            verification_level=VerificationLevel.USE_SOURCE_VERIFICATION,
        ),
        HostingProvider(identity="Fabrikam, Zürich", proxy_fqdn="um.fabrikam.com"),
    ),
)
EXPORT = export_configuration(CONFIGURATION)
MANIFEST = b'{"Format": "exum_routing Edge configuration", "Version": 1}\n'
KNOWN = {"manifest.json": MANIFEST, "configuration.json": b'{"AccessEdgeConfiguration": {}}'}
AGAIN = ": export the configuration again, and keep the file as it is"


def document(data: bytes) -> Any:
    """What an export's document spells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("configuration.json"))


def entry(name: str, **fields: Any) -> zipfile.ZipInfo:
    """An entry of a zip, with some fields of its own."""
    made = zipfile.ZipInfo("name")
    made.filename = name
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def zip_of(*entries: tuple[str | zipfile.ZipInfo, bytes], comment: bytes = b"") -> bytes:
    """A zip with these entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
        archive.comment = comment
    return target.getvalue()


def with_directory(data: bytes, offset: int, value: bytes) -> bytes:
    """A zip whose last directory entry says something else at an offset."""
    start = data.rindex(b"PK\x01\x02") + offset
    return data[:start] + value + data[start + len(value) :]


def refused(data: Any) -> InvalidExport:
    """The error with which bytes are refused; its message is one line."""
    with pytest.raises(InvalidExport) as caught:
        import_configuration(data)
    assert str(caught.value).isprintable()
    return caught.value


class TestExporting:
    """What an export is."""

    def test_bytes_are_these(self) -> None:
        """The same bytes on every machine, with every version of Python, on every day."""
        assert hashlib.sha256(EXPORT).hexdigest() == "4125698026b4eecebed9bc9d7bab72195bd69bd064c911b2a9fcd39ea3a4f7c2"

    def test_any_zip_tool_opens_it(self) -> None:
        """It is a plain zip: two entries, a manifest before the configuration, stored, readable, of no moment in time."""
        with zipfile.ZipFile(io.BytesIO(EXPORT)) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == ["manifest.json", "configuration.json"]
            assert archive.read("manifest.json") == MANIFEST
            for info in archive.infolist():
                assert info.date_time == (1980, 1, 1, 0, 0, 0)
                assert info.compress_type == zipfile.ZIP_STORED
                assert info.create_system == 3
                assert info.external_attr >> 16 == stat.S_IFREG | 0o644

    def test_document_is_spelled_as_in_a_deployment(self) -> None:
        """It has the two parts of the deployment document that an Edge Server works from, providers in their order."""
        assert document(EXPORT) == {
            "AccessEdgeConfiguration": {"UseDnsSrvRouting": True, "AllowFederatedUsers": True},
            "HostingProviders": [
                {
                    "Identity": "Hosted Exchange UM",
                    "Enabled": True,
                    "EnabledSharedAddressSpace": True,
                    "ProxyFqdn": "exap.um.outlook.com",
                    "VerificationLevel": "UseSourceVerification",
                },
                {"Identity": "Fabrikam, Zürich", "ProxyFqdn": "um.fabrikam.com"},
            ],
        }

    @given(edge_configurations(), edge_configurations())
    def test_same_bytes_for_the_same_configuration_alone(self, one: EdgeConfiguration, other: EdgeConfiguration) -> None:
        """Equal configurations that are spelled the same give the same bytes, and different ones do not."""
        assert export_configuration(attrs.evolve(one)) == export_configuration(one)
        if one != other:
            assert export_configuration(one) != export_configuration(other)

    @pytest.mark.parametrize("value", [None, AccessEdgeConfiguration(), {}, EXPORT], ids=repr)
    def test_only_a_configuration_is_exported(self, value: Any) -> None:
        """An Edge Server that was never given any has none to export."""
        with pytest.raises(InvalidValue) as caught:
            export_configuration(value)
        assert caught.value.value is value

    def test_nothing_is_exported_that_could_not_be_imported(self) -> None:
        """A configuration larger than the limit is refused, one of exactly the limit is not."""

        def configuration(letters: int) -> EdgeConfiguration:
            provider = HostingProvider(identity="a" * letters, proxy_fqdn="um.fabrikam.com")
            return EdgeConfiguration(access_edge=AccessEdgeConfiguration(), providers=(provider,))

        others = len(export_configuration(configuration(1))) - len(_zipped(b"")) - 1
        largest = configuration(LARGEST_CONFIGURATION - others)
        assert import_configuration(export_configuration(largest)) == largest
        with pytest.raises(InvalidExport) as caught:
            export_configuration(configuration(LARGEST_CONFIGURATION - others + 1))
        assert str(caught.value) == ("16777217 bytes are more than an export may hold, 16777216: give shorter names or fewer")
        assert caught.value.faults == ()


class TestImporting:
    """What is imported."""

    @given(edge_configurations())
    def test_import_of_export_is_identity(self, configuration: EdgeConfiguration) -> None:
        """The configuration is equal, its order and its spelling too."""
        imported = import_configuration(export_configuration(configuration))
        assert imported == configuration
        assert repr(imported) == repr(configuration)

    @pytest.mark.parametrize(
        "text",
        [
            '{"AccessEdgeConfiguration": {}}',
            '{"HostingProviders": null, "AccessEdgeConfiguration": {"AllowFederatedUsers": false}}',
            '\ufeff{"AccessEdgeConfiguration": {}, "HostingProviders": []}',
        ],
    )
    def test_document_may_be_spelled_otherwise(self, text: str) -> None:
        """What stands in the zip is read as a document is: defaults may be left out, or spelled out."""
        expected = EdgeConfiguration(access_edge=AccessEdgeConfiguration())
        assert import_configuration(_zipped(text.encode())) == expected


FOREIGN = {
    "'../configuration.json', which leads out of the folder": zip_of(("../configuration.json", b"{}")),
    "'a/../../b', which leads out of the folder": zip_of(("a/../../b", b"{}")),
    "'/etc/passwd', which leads out of the folder": zip_of(("/etc/passwd", b"")),
    "'..\\\\evil', which leads out of the folder": zip_of((entry("..\\evil"), b"")),
    "'C:evil', which leads out of the folder": zip_of(("C:evil", b"")),
    "'configuration.json', which is encrypted": with_directory(EXPORT, 8, b"\x01\x00"),
    "'configuration.json', which is a symbolic link": zip_of(
        ("manifest.json", MANIFEST), (entry("configuration.json", external_attr=(stat.S_IFLNK | 0o777) << 16), b"/etc/passwd")
    ),
    "'configuration.json', which is larger than 16777216 bytes": with_directory(EXPORT, 24, b"\x01\x00\x00\x01"),
    "'configuration.json', which is compressed": zip_of(
        ("manifest.json", MANIFEST), (entry("configuration.json", compress_type=zipfile.ZIP_DEFLATED), b"{}")
    ),
    "'a\\x00b', which leads out of the folder": zip_of((entry("a\0b"), b"")),
    "'inner.zip', which no export has": zip_of(*KNOWN.items(), ("inner.zip", EXPORT)),
    "'DocItemSet.xml', which no export has": zip_of(("DocItemSet.xml", b"<DocItemSet/>")),
    "'configuration.json/', which no export has": zip_of(*KNOWN.items(), ("configuration.json/", b"")),
    "'Configuration.json', which no export has": zip_of(("manifest.json", MANIFEST), ("Configuration.json", b"{}")),
    "'a\\nb', which no export has": zip_of(("a\nb", b"")),
    "no manifest.json": zip_of(("configuration.json", KNOWN["configuration.json"])),
    "no configuration.json": zip_of(("manifest.json", MANIFEST)),
}
"""Zips that hold what no export holds, by how the message names it."""

SAME_ENTRIES = "have something that no export has before, between or behind its entries, or another time, order or permission"
CHANGED = {
    "do not begin with the zip": (b"x" + EXPORT, EXPORT[1:], b"MZ\x90\x00" + EXPORT),
    "are a damaged or truncated zip": (
        EXPORT[:-1],
        EXPORT[:100],
        EXPORT[:4],
    ),
    "are no zip": (b"x", b"PK", b"%PDF-1.7", bytes(100), CONFIGURATION.providers[0].identity.encode()),
    "are empty": (b"",),
    "have a damaged configuration.json": (EXPORT.replace(b"Fabrikam", b"fabrikam"),),
    "have a damaged manifest.json": (
        EXPORT.replace(b'"Version": 1', b'"Version": 7'),
        EXPORT.replace(b"PK\x01\x02", b"hidden!PK\x01\x02", 1),
    ),
    SAME_ENTRIES: (
        EXPORT + b"x",
        EXPORT + EXPORT,
        zip_of(*KNOWN.items()),
        zip_of(*KNOWN.items(), comment=b"x"),
        zip_of(*reversed(KNOWN.items())),
        with_directory(EXPORT, 12, b"\x01\x00"),
        with_directory(EXPORT, 38, b"\x01"),
        EXPORT[:-2] + b"\x05\x00",
    ),
    "are of another format or version: their manifest.json is b'{\"Version\": 2}'": (
        zip_of(("manifest.json", b'{"Version": 2}'), ("configuration.json", b"{}")),
    ),
}
"""What was done to an export, by what the message says of it."""


class TestRefusing:
    """Whatever is not an export as it was written is refused, with the reason."""

    @pytest.mark.parametrize(("problem", "data"), FOREIGN.items(), ids=FOREIGN)
    def test_foreign_zips(self, problem: str, data: bytes) -> None:
        """The message names the entry that no export has."""
        assert str(refused(data)).endswith(f" hold {problem}{AGAIN}")

    @pytest.mark.parametrize(
        ("problem", "data"), [(problem, one) for problem, all_of_them in CHANGED.items() for one in all_of_them]
    )
    def test_changed_exports(self, problem: str, data: bytes) -> None:
        """The message says what was done to it, as far as that can be told."""
        assert str(refused(data)).endswith(f") {problem}{AGAIN}")

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_entries_of_one_name(self) -> None:
        """Which of two entries counts is not guessed."""
        data = zip_of(*KNOWN.items(), ("configuration.json", b"{}"))
        assert str(refused(data)).endswith(f" hold 'configuration.json' 2 times{AGAIN}")

    @pytest.mark.parametrize("value", [None, "PK", bytearray(EXPORT), memoryview(EXPORT), 7, [EXPORT]], ids=type)
    def test_not_bytes(self, value: Any) -> None:
        """Only bytes are taken, not what merely holds some."""
        assert str(refused(value)).endswith(" is not bytes: give those of an export")

    def test_message_shows_the_first_bytes(self) -> None:
        """How many bytes, the first of them, the reason, the remedy."""
        assert str(refused(b"x")) == f"1 bytes (b'x') are no zip{AGAIN}"
        assert str(refused(b"0123456789abcdef")) == f"16 bytes (b'0123456789abcdef') are no zip{AGAIN}"
        assert str(refused(b"0123456789abcdefg")) == f"17 bytes (b'0123456789abcdef'...) are no zip{AGAIN}"

    def test_more_than_any_export(self) -> None:
        """Too many bytes are refused before anything is looked at; the largest number of them is looked at."""
        largest = LARGEST_CONFIGURATION + len(_zipped(b""))
        assert str(refused(bytes(largest + 1))).endswith(f" are more than an export has, which holds at most 16777216{AGAIN}")
        assert str(refused(bytes(largest))).endswith(f" are no zip{AGAIN}")

    @pytest.mark.parametrize(
        ("name", "problem"),
        [("manifest.json", "is compressed"), ("configuration.json", "is larger than 16777216 bytes")],
    )
    def test_a_bomb_is_never_unpacked(self, monkeypatch: pytest.MonkeyPatch, name: str, problem: str) -> None:
        """Many zeros in few bytes are refused for being compressed, or for the size that they declare."""
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, bytes(LARGEST_CONFIGURATION + (name == "configuration.json")))
        monkeypatch.setattr(zipfile.ZipExtFile, "read", None)
        assert str(refused(bomb.getvalue())).endswith(f" hold '{name}', which {problem}{AGAIN}")

    @pytest.mark.parametrize(
        ("content", "faults"),
        [
            (b"", ["the document is empty"]),
            (b"{}", ["AccessEdgeConfiguration: is missing"]),
            (b"[]", ["[] is not an object"]),
            (b"[" * 100_000, ["the document is nested too deeply"]),
            (EXPORT, ["the document is not UTF-8 at byte 15"]),
            (
                b'{"Users": [], "HostingProviders": [{"Identity": "a"}]}',
                [
                    "Users: unknown key",
                    "AccessEdgeConfiguration: is missing",
                    "HostingProviders[0].ProxyFqdn: is missing",
                ],
            ),
            (
                b'{"AccessEdgeConfiguration": {}, "HostingProviders": [{"Identity": 7, "Enabled": 1, "ProxyFqdn": "p"}]}',
                [
                    "HostingProviders[0].Identity: 7 is not a text",
                    "HostingProviders[0].Enabled: 1 is no boolean",
                ],
            ),
            (
                b'{"AccessEdgeConfiguration": {}, "HostingProviders": [%b, %b]}'
                % (2 * (b'{"Identity": "a", "ProxyFqdn": "p"}',)),
                [
                    f"HostingProviders[1].{key}: {value!r} stands already at HostingProviders[0].{key}"
                    for key, value in (("Identity", "a"), ("ProxyFqdn", "p"))
                ],
            ),
        ],
        ids=["empty", "no settings", "array", "nested", "a zip", "other keys", "types", "duplicates"],
    )
    def test_faults_of_the_document(self, content: bytes, faults: list[str]) -> None:
        """The error carries every fault with its path, and the message shows the first."""
        error = refused(_zipped(content))
        assert [str(fault)[: len(expected)] for fault, expected in zip(error.faults, faults, strict=True)] == faults
        assert error.problem == f"hold a configuration.json with faults, the first of {len(faults)}: {error.faults[0]}"
        copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - pickled here
        assert (str(copied), copied.faults) == (str(error), error.faults)


PLACES = st.integers(0, len(EXPORT) - 1) | st.integers(1, 150).map(lambda back: len(EXPORT) - back)
"""Places in the export, those in the zip's directory and its end more often."""


class TestAnyBytes:
    """Nothing but an export is imported, and nothing but an InvalidExport is raised, whatever the bytes are."""

    @given(st.lists(st.tuples(PLACES, st.integers(1, 255)), min_size=1, max_size=4, unique_by=lambda flip: flip[0]))
    def test_flipped(self, flips: list[tuple[int, int]]) -> None:
        """An export of which some bits are flipped is refused."""
        data = bytearray(EXPORT)
        for place, bits in flips:
            data[place] ^= bits
        assert refused(bytes(data)).value == data

    @given(PLACES, st.integers(0, 200), st.binary(max_size=40))
    def test_cut_and_inserted(self, place: int, cut: int, inserted: bytes) -> None:
        """An export of which some bytes are replaced by others, fewer or more, is refused, unless they are the same."""
        data = EXPORT[:place] + inserted + EXPORT[place + cut :]
        if data == EXPORT:
            assert import_configuration(data) == CONFIGURATION
        else:
            refused(data)

    @given(st.binary() | st.binary().map(b"PK\x03\x04".__add__) | st.binary().map(lambda end: EXPORT[-22:-2] + end))
    def test_any(self, data: bytes) -> None:
        """Bytes that are no export are refused."""
        refused(data)

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    @given(
        st.lists(
            st.builds(
                entry,
                st.sampled_from(("manifest.json", "configuration.json"))
                | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
                compress_type=st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)),
                external_attr=st.integers(0, 2**32 - 1),
                create_system=st.integers(0, 255),
            ),
            max_size=3,
        ),
        st.sampled_from((*KNOWN.values(), b"", EXPORT)),
    )
    def test_any_zip(self, entries: list[zipfile.ZipInfo], content: bytes) -> None:
        """Zips of other entries are refused."""
        refused(zip_of(*((info, content) for info in entries)))

    @given(st.binary(max_size=20), st.integers(0, len(KNOWN["configuration.json"])))
    def test_any_document(self, inserted: bytes, place: int) -> None:
        """A zip as an export has it around any document is imported, or refused with the faults of the document."""
        written = KNOWN["configuration.json"]
        data = _zipped(written[:place] + inserted + written[place:])
        try:
            imported = import_configuration(data)
        except InvalidExport:
            assert refused(data).faults
        else:
            assert imported == EdgeConfiguration(access_edge=AccessEdgeConfiguration())
