"""The readers of exports: what each format holds, its traps, and what is refused with one line."""

import base64
import random
from contextlib import suppress
from typing import Any

import exports
import pytest
from exports import Member, Named, Object

from exum_routing.interchange.records import (
    Format,
    NoText,
    SourceError,
    format_of,
    read_clixml,
    read_convertto_json,
    read_export_csv,
    read_exported,
    read_ldif,
    read_topology,
)

NS = f'xmlns="{exports.CLIXML}"'


def objs(inside: str, before: str = "") -> bytes:
    """A CLIXML file."""
    return f'{before}<Objs Version="1.1.0.1" {NS}>{inside}</Objs>'.encode()


def properties(content: bytes) -> list[dict[str, Any]]:
    """The properties of every object."""
    return [dict(one.properties) for one in read_exported(content)]


def line_of(content: bytes) -> str:
    """The one line that refuses a file."""
    with pytest.raises(SourceError) as caught:
        tuple(read_exported(content, {"SipAddress": "SipAddress", "Site": "Site"}.get))
    assert str(caught.value) == str(caught.value.faults[0])
    [line] = str(caught.value).splitlines()
    assert len(line) < 400
    return line


class TestClixml:
    """Export-Clixml."""

    def test_values(self) -> None:
        """Texts with escapes, flags, numbers, nothing, other simple values, and secrets that are not kept."""
        content = objs(
            '<Obj RefId="0"><MS><S N="a">x_x000A_y_x005F_z&amp;</S><B N="b">true</B><I64 N="c">-7</I64><Nil N="d" />'
            '<DT N="e">2026-01-01T00:00:00</DT><S N="f" /><SS N="g">01000000d08c</SS><B N="h">perhaps</B>'
            f'<I32 N="i">{"9" * 30}</I32><S N="j_x002E_k">_xD83D__xDE00_</S></MS></Obj>'
        )
        assert properties(content) == [
            {
                "a": "x\ny_z&",
                "b": True,
                "c": -7,
                "d": None,
                "e": "2026-01-01T00:00:00",
                "f": "",
                "g": NoText.OBJECT,
                "h": NoText.OBJECT,
                "i": "9" * 30,
                "j_x002E_k": "\N{GRINNING FACE}",
            }
        ]

    def test_objects_say_their_list_else_their_name_else_their_text(self) -> None:
        """And the one value that they wrap, where they have no text; a list inside a list says nothing."""
        content = objs(
            '<Obj RefId="0"><Props>'
            '<Obj N="list" RefId="1"><TN RefId="0"><T>A</T></TN><LST><S>x</S><Nil /><Obj RefId="2"><LST><S>y</S></LST></Obj>'
            "</LST></Obj>"
            '<Obj N="name" RefId="3"><ToString>text</ToString><Props><S N="FriendlyName">x</S><Obj N="z" RefId="4" /></Props>'
            "</Obj>"
            '<Obj N="text" RefId="5"><ToString>x</ToString><I32>3</I32></Obj>'
            '<Obj N="wrapped" RefId="6"><I32>3</I32></Obj><Obj N="empty" RefId="7"><Props /></Obj>'
            "</Props></Obj>"
        )
        assert properties(content) == [
            {"list": ("x", None, NoText.OBJECT), "name": "x", "text": "x", "wrapped": 3, "empty": NoText.OBJECT}
        ]

    def test_references_reach_back_across_objects(self) -> None:
        """TNRef names a type, and Ref an object, of an earlier object, also where RefIds are not counted from 0."""
        content = objs(
            '<Obj RefId="0"><TN RefId="0"><T>User</T></TN><ToString>first</ToString><DCT /><Props>'
            '<Obj N="p" RefId="70"><TN RefId="1"><T>Pool</T></TN><ToString>pool01</ToString></Obj></Props></Obj>'
            '<Obj RefId="1"><TNRef RefId="0" /><Props><Ref N="p" RefId="70" /><Ref N="q" RefId="0" /></Props></Obj>'
            '<Ref RefId="0" /><Obj RefId="x"><TNRef RefId="1" /><ToString>no number</ToString></Obj>'
            '<Obj RefId="2"><Props><Ref N="q" RefId="x" /></Props></Obj><Obj><ToString>no RefId</ToString></Obj>'
        )
        found = list(read_clixml(content))
        assert [one.types for one in found] == [("User",), ("User",), ("Pool",), (), ()]
        assert [dict(one.properties) for one in found] == [
            {"p": "pool01"},
            {"p": "pool01", "q": "first"},
            {},
            {"q": "no number"},
            {},
        ]

    def test_properties_that_are_left_out_may_be_referred_to(self) -> None:
        """What is not kept is still looked at for what it defines."""
        content = objs(
            '<Obj RefId="0"><Props><Obj N="p" RefId="1"><TN RefId="0"><T>Pool</T></TN><ToString>pool01</ToString></Obj></Props>'
            "</Obj>"
            '<Obj RefId="2"><TNRef RefId="0" /><Props><Ref N="q" RefId="1" /></Props></Obj>'
        )
        second = list(read_clixml(content, {"q": "kept"}.get))[1]
        assert (second.types, dict(second.properties)) == (("Pool",), {"kept": "pool01"})

    def test_a_list_that_was_exported_as_one_object(self) -> None:
        """Export-Clixml -InputObject gives one list; its objects count one by one."""
        content = objs(
            '<Obj RefId="0"><TN RefId="0"><T>System.Object[]</T></TN><LST><Obj RefId="1"><Props><S N="a">1</S></Props></Obj>'
            '<Obj RefId="2"><TNRef RefId="0" /><Props><S N="a">2</S></Props></Obj></LST></Obj>'
        )
        assert [(one.number, dict(one.properties)) for one in read_clixml(content)] == [(0, {"a": "1"}), (1, {"a": "2"})]

    def test_no_objects(self) -> None:
        """A cmdlet that gave nothing."""
        assert properties(objs("")) == []
        assert [one.types for one in read_clixml(objs("<S>a text</S>"))] == [()]

    @pytest.mark.parametrize("size", [1, 4000, 70_000])
    def test_pieces(self, size: int) -> None:
        """Files are read in pieces; where one ends does not matter."""
        several = [Object("User", {"SipAddress": f"sip:{'x' * size}{number}@a"}) for number in range(7)]
        expected = [dict(one.properties) for one in several]
        assert properties(exports.clixml(several)) == properties(exports.clixml(several, "utf-8")) == expected

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (objs("<Obj>")[:-9], "line 1, column"),
            (exports.clixml([Object("User", {"SipAddress": "sip:a@b"})])[:-40], "line 2, column"),
            (objs('<Obj><Props><S N="a">&lol9;</S></Props></Obj>'), "is not whole XML (undefined entity"),
            (objs("", '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'), "has a DOCTYPE"),
            (objs("", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "has a DOCTYPE"),
            (b"<a><Objs /></a>", "'a' is not the root of this format: it is Objs, in its own namespace"),
            (b"<Objs />", "'Objs' is not the root"),
            (objs('<Obj RefId="0"><TNRef RefId="7" /></Obj>'), "refers to a type '7' that does not stand before"),
            (objs('<Ref RefId="7" />'), "refers to an object '7' that does not stand before"),
            (objs('<Ref RefId="-1" />'), "refers to an object '-1'"),
            (objs('<Ref RefId="seven" />'), "refers to an object 'seven'"),
            (objs("<Obj>" * 100_000 + "</Obj>" * 100_000), "is nested more than 50 levels deep"),
            (
                objs("<Obj><Props><Obj N='a'>" + "<Obj>" * 60 + "</Obj>" * 61 + "<Nil N='b' /></Props></Obj><Nil />"),
                "is nested more than 50 levels",
            ),
            (
                objs("<Obj><Props><Obj N='a'>" + "<Obj>" * 60 + "</Obj>" * 61 + "</Props></Obj>"),
                "is nested more than 50 levels",
            ),
            (
                objs(f'<Obj><Props><S N="a">{"x" * 3_000_000}</S></Props></Obj>'),
                "has a value of more than 1,048,576 characters",
            ),
            (objs(f'<Obj RefId="{"0" * 3_000_000}" />'), "has a value of more than 1,048,576 characters"),
            (objs("\xe9").decode().encode("cp1252"), "byte 80: is not UTF-8: export again with -Encoding UTF8"),
            (exports.clixml([])[:31], "is not UTF-16"),
            (exports.clixml([])[2:], "has none of the formats that are read"),
            (objs("<Obj>\0</Obj>"), "is not a text: it has NUL characters"),
        ],
    )
    def test_refused(self, content: bytes, line: str) -> None:
        """One line with its place, whatever is wrong."""
        assert line in line_of(content)

    def test_a_doctype_after_a_long_comment(self) -> None:
        """Where it stands does not matter."""
        with pytest.raises(SourceError, match="has a DOCTYPE"):
            tuple(read_clixml(objs("", f"<!--{' ' * 40_000}--><!DOCTYPE a>")))

    def test_a_text_between_two_bounds(self) -> None:
        """A text may be long within one piece's reach of the bound, and is refused beyond it."""
        with pytest.raises(SourceError, match="more than 1,048,576 characters"):
            tuple(read_clixml(objs(f'<Obj><Props><S N="a">{"x" * 1_050_000}</S></Props></Obj>')))


class TestJson:
    """ConvertTo-Json of both editions."""

    @pytest.mark.parametrize("write", [exports.json51, exports.json7])
    def test_one_object_or_several(self, write: Any) -> None:
        """One object is not an array; an object is named by FriendlyName, an array keeps its texts."""
        one = Object("User", {"Pool": Named("pool01"), "List": ["a", "b"], "Flag": True, "None": None})
        expected = {"Pool": "pool01", "List": ("a", "b"), "Flag": True, "None": None}
        assert properties(write([one])) == [expected]
        assert properties(write([one, one])) == [expected, expected]

    def test_enumerations(self) -> None:
        """A number, or number and name in keys that differ in case only."""
        one = Object("Plan", {"UriType": Member("SipName", 3)})
        assert properties(exports.json7([one])) == [{"UriType": 3}]
        assert properties(exports.json51([one])) == [{"UriType": "SipName"}]

    def test_odd_values(self) -> None:
        """Objects without a name, arrays in arrays and numbers with fractions."""
        content = (
            b'{"a": {}, "b": [[1]], "c": 1.5, "d": {"Name": "EX01"}, "e": {"value": 1, "Value": 2}, '
            b'"f": {"value": 1, "Count": 2}}'
        )
        assert properties(content) == [
            {"a": NoText.OBJECT, "b": (NoText.OBJECT,), "c": "1.5", "d": "EX01", "e": NoText.OBJECT, "f": NoText.OBJECT}
        ]

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b'[{"a": 1}, 2]', "[1]: 2 is not an object"),
            (b'[{"a": 1}', "is not JSON at line 1, column 10"),
            (b"[" * 100_000, "is nested too deeply"),
            (b'{"a": "\xe9"}', "is not UTF-8 at byte 7"),
        ],
    )
    def test_refused(self, content: bytes, line: str) -> None:
        """One line with its place."""
        assert line in line_of(content)


class TestCsv:
    """Export-Csv."""

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("with_type", [True, False])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_both_editions(self, delimiter: str, with_type: bool, encoding: str) -> None:
        """With and without #TYPE, with any delimiter and encoding; an empty field is nothing."""
        one = Object("Contoso.User", {"SipAddress": 'a"b,c;d\te\r\nf', "Empty": None, "List": ["a"], "Flag": True})
        content = exports.csv([one, one], delimiter, with_type=with_type).decode("utf-8-sig").encode(encoding)
        found = list(read_exported(content))
        assert [one.types for one in found] == [("Contoso.User",) if with_type else ()] * 2
        assert dict(found[1].properties) == {
            "SipAddress": 'a"b,c;d\te\r\nf',
            "Empty": None,
            "List": "System.Collections.ObjectModel.Collection`1[System.String]",
            "Flag": "True",
        }

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b'"SipAddress","Site"\r\n"a"\r\n', "line 2: has 1 fields where the headings are 2"),
            (b'#TYPE A\r\n"SipAddress","Site"\r\n"a"\r\n', "line 3: has 1 fields where the headings are 2"),
            (b'"SipAddress","Site"\r\n"a","b', "ends in the middle of a line"),
            (b'"SipAddress","Site"\r\n"a","b\r\n', "line 2: is not CSV (unexpected end of data)"),
            (b'"SipAddress","Site"\r\n"a"b","c"\r\n', "is not CSV ("),
            (b'"SipAddress"\r\n"' + b"x" * 200_000 + b'"\r\n', "is not CSV (field larger than field limit"),
            (b"SipAddress : sip:zoe@contoso.com\r\nSite : Redmond\r\n", "has none of the formats that are read"),
            (b'"Other"\r\n"a"\r\n', "has none of the formats that are read"),
            (b'"SipAddress"\r\n"Zo\xeb"\r\n', "byte 17: is not UTF-8"),
            (b" \r\n", "is empty, so it cannot be told what was exported"),
            (b"", "is empty"),
        ],
    )
    def test_refused(self, content: bytes, line: str) -> None:
        """One line with its place; Format-List output and an empty file are not CSV."""
        assert line in line_of(content)

    def test_headings_alone(self) -> None:
        """A file with headings alone has no objects."""
        assert list(read_export_csv(b'#TYPE A\n"SipAddress"\n')) == list(read_export_csv(b"#TYPE A\n")) == []


class TestLdif:
    """LDIF as ldapsearch and ldifde write it."""

    ENTRIES = (
        ("CN=Zoë,DC=contoso", [("proxyAddresses", "SMTP:zoe@contoso.com"), ("proxyAddresses", "x" * 200), ("cn", "")]),
        ("CN=Roy,DC=contoso", [("displayName", " Roy "), ("description", ":<x")]),
    )

    @pytest.mark.parametrize("ldifde", [True, False])
    def test_both_programs(self, ldifde: bool) -> None:
        """Comments glued to entries, folded lines, base64, changetype, a trailer, UTF-16 with CRLF."""
        found = [dict(one.properties) for one in read_ldif(exports.ldif(self.ENTRIES, ldifde=ldifde))]
        for one in found:
            one.pop("changetype", None)
        assert found == [
            {"dn": "CN=Zoë,DC=contoso", "proxyAddresses": ("SMTP:zoe@contoso.com", "x" * 200), "cn": ("",)},
            {"dn": "CN=Roy,DC=contoso", "displayName": (" Roy ",), "description": (":<x",)},
        ]

    def test_pages(self) -> None:
        """Every page of a search ends with its result and with controls, whatever their names."""
        page = b"dn: CN=%s\ncn: %s\n\nsearch: 2\nresult: 0 Success\ncontrol: 1.2 false MA==\npagedresults: cookie=\n"
        found = list(read_ldif(page % (b"Zoe", b"Zoe") + b"# extended LDIF\n" + page % (b"Roy", b"Roy")))
        assert [one.properties["dn"] for one in found] == ["CN=Zoe", "CN=Roy"]

    def test_names_are_kept_once(self) -> None:
        """Options of an attribute do not belong to its name, and only what is asked for is kept, the dn too."""
        content = b"version: 1\n\n# x\n\n\ndn: CN=Zoe\nCN;lang-en:  Zoe\ncn: Zo\njpegPhoto:< file:///photo\nsn:: AP8=\n\n"
        names = {"cn": "cn", "CN": "cn", "sn": "sn"}
        assert [dict(one.properties) for one in read_ldif(content, names.get)] == [
            {"cn": ("Zoe", "Zo"), "sn": (NoText.BINARY,)}
        ]

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b"dn: CN=Zoe\nSipAddress", "line 2: ends in the middle of a line"),
            (b"dn: CN=Zoe\nSipAddress\n", "line 1 and after: 'SipAddress' is not a line of LDIF"),
            (b"dn: CN=Zoe\nSipAddress:< file:///etc/passwd\n", "'SipAddress' is in another file, which is not read"),
            (b"dn: CN=Zoe\nSipAddress;range=0-1499: x\n", "'SipAddress;range=0-1499' is only a part of the values"),
            (b"dn: CN=Zoe\nSipAddress:: #\n", "'#' is not base64"),
            (b"dn: CN=Zoe\nSipAddress:: \xc3\xa9\n", "is not base64"),
            (b"dn:: AP8=\n", "has a dn that is not UTF-8"),
            (b"dn: CN=Zoe\nchangetype: modify\n", "'modify' is a change, not an entry"),
            (b"version: 1\ncn: Zoe\n", "'cn' stands where an entry begins with its dn"),
            (b"search: 2\nresult: 0 Success\nmatched: x\nresult: 32 No such object\n", "'32 No such object' ended the search"),
            (b"dn: CN=Zoe\n\nsearch: 2\nresult: 4 Size limit exceeded\n", "'4 Size limit exceeded' ended the search before"),
            (b"dn: CN=Zoe\nSipAddress: Zo\xeb\n", "byte 25: is not UTF-8: export again with -Encoding UTF8, or with ldifde -u"),
            ("dn: CN=Zoe\n".encode("utf-16") + b"dn: CN=Roy\n", "is not UTF-16"),
            (b"dn: CN=Zoe\nSipAddress: " + b"x" * 9_000_000 + b"\n\n", "has an entry of more than 8,388,608 characters"),
        ],
    )
    def test_refused(self, content: bytes, line: str) -> None:
        """One line with its place."""
        assert line in line_of(content)


class TestTopology:
    """Get-CsTopology -AsXml."""

    def test_a_topology(self) -> None:
        """Pools with sites, ids and roles, of central and branch sites; .NET declares UTF-16, whatever the file is in."""
        content = (
            '<?xml version="1.0" encoding="utf-16"?>'
            f'<Topology xmlns="{exports.TOPOLOGY}"><Sites><CentralSite SiteId="1"><Name> Redmond </Name>'
            "</CentralSite>"
            '<RemoteSite SiteId="3"><Name>Branch</Name></RemoteSite><Name>no site</Name></Sites><Clusters>'
            '<Cluster Fqdn="pool01"><ClusterId SiteId="1" Number="2" /></Cluster>'
            '<Cluster Fqdn="sba"><ClusterId SiteId="3" Number="1" /></Cluster>'
            '<Cluster Fqdn="lost"><ClusterId SiteId="9" Number="1" /></Cluster><Cluster Fqdn="none" /></Clusters>'
            "<Services>"
            '<Service><ServiceId RoleName="Registrar" /><InstalledOn><ClusterId SiteId="1" Number="2" /></InstalledOn>'
            "</Service>"
            '<Service><InstalledOn><ClusterId SiteId="1" Number="2" /></InstalledOn></Service></Services></Topology>'
        ).encode("utf-8-sig")
        assert [dict(one.properties) for one in read_topology(content)] == [
            {"Fqdn": "pool01", "ClusterId": "1:2", "Site": "Redmond", "Roles": ("Registrar", "")},
            {"Fqdn": "sba", "ClusterId": "3:1", "Site": "Branch", "Roles": ()},
            {"Fqdn": "lost", "ClusterId": "9:1", "Roles": ()},
        ]

    def test_refused(self) -> None:
        """A topology that is not whole."""
        assert "is not whole XML" in line_of(f'<Topology xmlns="{exports.TOPOLOGY}"><Sites>'.encode())


class TestFormats:
    """Formats are told by content."""

    @pytest.mark.parametrize(
        ("content", "form"),
        [
            (objs(""), Format.CLIXML),
            (objs("", '<?xml version="1.0"?>\n<!-- from a Topology -->'), Format.CLIXML),
            (f'<Topology xmlns="{exports.TOPOLOGY}" />'.encode(), Format.TOPOLOGY),
            (b" [", Format.JSON),
            ('{"a": 1}'.encode("utf-16"), Format.JSON),
            (b"\xef\xbb\xbf#TYPE A\n", Format.CSV),
            (b"SipAddress,Site\n", Format.CSV),
            (b"# extended LDIF\n", Format.LDIF),
            (b"\nDN:: x\n", Format.LDIF),
            (b"version: 1\n", Format.LDIF),
        ],
    )
    def test_by_content(self, content: bytes, form: Format) -> None:
        """The first characters say which format it is."""
        assert format_of(content, {"SipAddress": "SipAddress"}.get) is form

    @pytest.mark.parametrize("content", [b"\x00\x01\x02", b"PK\x03\x04", b"<html></html>", b"\xff\xfe\x00\xd8"])
    def test_none_of_them(self, content: bytes) -> None:
        """Anything else is refused."""
        assert line_of(content)

    @pytest.mark.parametrize("form", ["clixml", "csv", "json51", "json7", "ldif", "topology"])
    def test_every_truncation_is_refused_or_whole(self, form: str) -> None:
        """A file that ends anywhere is refused; or it ends between objects, and has those before."""
        several = [Object("Contoso.User", {"SipAddress": f"sip:user{number}@contoso.com"}) for number in range(3)]
        content = {
            "ldif": exports.ldif([("CN=Zoe", [("SipAddress", "x")])] * 3),
            "topology": f'<Topology xmlns="{exports.TOPOLOGY}"><Sites /></Topology>'.encode(),
        }.get(form) or getattr(exports, form)(several)
        whole = list(read_exported(content))
        for end in range(len(content)):
            with suppress(SourceError):
                found = list(read_exported(content[:end]))
                sure = [one for one in found if not one.may_be_cut]
                assert sure == whole[: len(sure)]
                assert form in {"csv", "ldif"} or found == whole

    @pytest.mark.parametrize("form", ["clixml", "csv", "json51", "json7", "ldif"])
    def test_damaged_bytes(self, form: str) -> None:
        """Bytes changed at random give records or one error, and nothing else."""
        several = [Object("Contoso.User", {"SipAddress": "sip:user@contoso.com", "Pool": Named("pool01")})] * 3
        content = exports.ldif([("CN=Zoe", [("SipAddress", "Zoë")])] * 3) if form == "ldif" else getattr(exports, form)(several)
        chance = random.Random(1)  # noqa: S311 - no secret
        for _ in range(300):
            damaged = bytearray(content)
            for _ in range(chance.randint(1, 4)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            with suppress(SourceError):
                list(read_exported(bytes(damaged)))


def test_larger_than_any_export(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is looked at before anything else."""
    monkeypatch.setattr("exum_routing.interchange.records.characters.LARGEST_SOURCE", 10)
    monkeypatch.setattr("exum_routing.interchange.records.convertto_json.LARGEST_SOURCE", 10)
    for content in (objs(""), b'{"a": "aaaaaaaaaaaaaaa"}', b"dn: CN=Zoe,DC=contoso\n", b'"SipAddress"\n"a"\n'):
        assert "and at most 10 are read: export it in parts" in line_of(content)


def test_convertto_json_is_lazy_about_names() -> None:
    """What is not kept is not in the properties."""
    assert [dict(one.properties) for one in read_convertto_json(b'{"a": 1, "b": 2}', {"b": "c"}.get)] == [{"c": 2}]


def test_base64_is_whole() -> None:
    """A value in base64 is what was encoded, with line ends too."""
    value = base64.b64encode(b"a\r\nb").decode()
    assert [dict(one.properties) for one in read_ldif(f"dn: CN=Zoe\ncn:: {value}\n\n".encode())] == [
        {"dn": "CN=Zoe", "cn": ("a\r\nb",)}
    ]
