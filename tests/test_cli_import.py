"""The command ``import``, and exports in place of FILE: files, folders and zips; the report; exit codes."""

import io
import json
import os
import stat
import threading
import zipfile
from pathlib import Path
from typing import Any

import exports
import pytest
from click.testing import CliRunner, Result
from exports import Object

from exum_routing.cli import main, sources
from exum_routing.cli.exports import is_export
from exum_routing.interchange.document import read_deployment
from exum_routing.interchange.powershell import read_script

SAMPLES = Path(__file__).parent / "samples" / "exports"
USER = {"SipAddress": "sip:zoe@contoso.com", "RegistrarPool": "pool01.contoso.com", "HostedVoicemailPolicy": None}
CSV = exports.csv([Object("Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser", USER)])


def run(*arguments: object, **kinds: Any) -> Result:
    """A run of the command."""
    return CliRunner().invoke(main, [*map(str, arguments)], prog_name="exum-routing", **kinds)


def zipped(folder: Path, **files: bytes) -> Path:
    """A zip of files whose names end in .csv."""
    path = folder / "exports.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"sub/{name}.csv", content)
    return path


class TestImport:
    """The command itself."""

    def test_a_folder(self) -> None:
        """The document is on standard output, the report on standard error."""
        result = run("import", SAMPLES)
        assert result.exit_code == 0
        assert len(read_deployment(result.stdout).users) == 30
        assert "taken: 4 of Get-CsTopology from topology.xml" in result.stderr
        assert "gap (nobody gave these facts):" in result.stderr
        assert result.stderr.splitlines()[-1].startswith("imported 30 users and 1 contact; ")

    def test_files_and_an_output(self, tmp_path: Path) -> None:
        """Files by name, standard input among them, and the document in a file."""
        (tmp_path / "a.export").write_bytes(CSV)
        by_hand = '{"Users": [{"SipAddress": "zoe@contoso.com", "DisplayName": "Zoe"}]}'
        output = tmp_path / "new.json"
        result = run("import", tmp_path / "a.export", "-", "-o", output, input=by_hand)
        assert (result.exit_code, result.stdout) == (0, "")
        assert read_deployment(output.read_bytes()).users[0].display_name == "Zoe"
        assert "from standard input.Users" in result.stderr

    def test_a_zip_and_a_replica(self, tmp_path: Path) -> None:
        """A zip is taken whole; the replica comes from a folder of its own."""
        local = tmp_path / "local"
        local.mkdir()
        edge = {
            "Identity": "Global",
            "AllowFederatedUsers": True,
            "EnablePartnerDiscovery": True,
            "RoutingMethod": "UseDnsSrvRouting",
        }
        (local / "edge.csv").write_bytes(exports.csv([Object("A.DisplayAccessEdgeSettings", edge)]))
        (local / "notes.md").write_text("passed over")
        result = run("import", zipped(tmp_path, users=CSV), "--replica", local)
        assert result.exit_code == 0
        deployment = read_deployment(result.stdout)
        assert deployment.edge_replica is not None
        assert "taken: 1 of Get-CsUser from users.csv" in result.stderr

    def test_strict(self, tmp_path: Path) -> None:
        """Gaps and what is left out end with 1, and the document is there all the same; readings do not."""
        (tmp_path / "a.csv").write_bytes(CSV)
        strict = run("import", tmp_path / "a.csv", "--strict")
        assert (strict.exit_code, len(read_deployment(strict.stdout).users)) == (1, 1)
        (tmp_path / "a.json").write_text('{"Users": [{"SipAddress": "zoe@contoso.com"}]}')
        assert run("import", tmp_path / "a.json", "--strict").exit_code == 0

    def test_json(self) -> None:
        """Every note is an object on a line."""
        result = run("import", SAMPLES, "--json")
        found = [json.loads(line) for line in result.stderr.splitlines()]
        assert {"Taken", "Weight"} <= {key for one in found for key in one}
        assert sum(one.get("Weight") == "gap" for one in found) > 20

    def test_script(self) -> None:
        """Our own reader of PowerShell reads the lines that make the exports."""
        result = run("import", "--script")
        assert (result.exit_code, result.stderr) == (0, "")
        script = read_script(result.stdout.encode())
        assert len(script.statements) == 11
        commands = {command.name for one in script.statements for command in one.commands}  # type: ignore[union-attr] # pipelines
        assert {"Get-CsUser", "Export-Clixml", "Set-Content", "ldifde", "Get-UMDialPlan", "Get-ExchangeServer"} <= commands

    def test_usage(self) -> None:
        """Without a file it is a usage error that names --script."""
        result = run("import")
        assert result.exit_code == 2
        assert "--script" in result.stderr

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        """A line for each source, all at once, and nothing on standard output."""
        (tmp_path / "a.xml").write_bytes(b"<Objs")
        (tmp_path / "b.csv").write_bytes(b"")
        result = run("import", tmp_path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert [line.partition(",")[0].partition(":")[0] for line in result.stderr.splitlines()] == ["exum-routing"] * 2
        assert "a.xml, line 1, column 1: is not whole XML" in result.stderr

    def test_nothing_taken(self, tmp_path: Path) -> None:
        """The report says why, and the exit code is 1."""
        (tmp_path / "a.csv").write_bytes(exports.csv([Object("A.OCSADUser", {**USER, "SipAddress": None})]))
        result = run("import", tmp_path / "a.csv")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "has no SipAddress" in result.stderr
        assert "nothing was taken from any source" in result.stderr
        named = run("route", tmp_path)
        assert (named.exit_code, named.stdout) == (1, "")
        assert "nothing was taken from it: exum-routing import says why" in named.stderr

    @pytest.mark.parametrize("name", ["missing.csv", "folder/missing.csv"])
    def test_a_file_that_is_not_there(self, tmp_path: Path, name: str) -> None:
        """One line."""
        result = run("import", tmp_path / name)
        assert result.exit_code == 1
        assert "cannot be read (No such file or directory)" in result.stderr

    def test_an_output_that_cannot_be_written(self, tmp_path: Path) -> None:
        """One line after the report."""
        (tmp_path / "a.csv").write_bytes(CSV)
        result = run("import", tmp_path / "a.csv", "-o", tmp_path / "no" / "new.json")
        assert result.exit_code == 1
        assert "cannot be written" in result.stderr


class TestInPlaceOfFile:
    """Exports where other commands take a document."""

    def test_a_folder_and_a_zip(self, tmp_path: Path) -> None:
        """The report's summary is on standard error."""
        result = run("route", SAMPLES, "user00001@contoso.com")
        assert result.exit_code == 0
        assert "tag:ExRedmond" in result.stdout
        [line] = result.stderr.splitlines()
        assert line.startswith(f"exum-routing: {SAMPLES}: imported 30 users and 1 contact; ")
        assert run("audit", zipped(tmp_path, users=CSV)).exit_code == 0
        assert run("diff", SAMPLES, SAMPLES).exit_code == 0

    def test_a_document_is_not_an_export(self, tmp_path: Path) -> None:
        """And neither is a file that is not there."""
        assert run("route", tmp_path / "missing.json").exit_code == 1
        assert not is_export("-")
        assert not is_export("x" * 300)

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command that reads it says so."""

        def refused(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "a.json").write_text("{}")
        monkeypatch.setattr(Path, "open", refused)
        assert not is_export(str(tmp_path / "a.json"))

    def test_a_pipe_is_read_once(self, tmp_path: Path) -> None:
        """What a shell gives as <(...) is a document."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_text('{"Users": [{"SipAddress": "zoe@contoso.com"}]}'))
        writer.start()
        result = run("route", pipe)
        writer.join()
        assert (result.exit_code, "zoe@contoso.com" in result.stdout) == (0, True)


class TestZips:
    """Zips that are none, or too much."""

    @pytest.mark.parametrize(
        ("limit", "value", "line"),
        [
            ("_MOST_FILES", 1, "holds 2 files, and at most 1 are read"),
            ("_LARGEST_ZIP", 10, "would unpack to"),
        ],
    )
    def test_bounds(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, line: str) -> None:
        """How many files and how large."""
        monkeypatch.setattr(sources, limit, value)
        result = run("import", zipped(tmp_path, a=CSV, b=CSV))
        assert result.exit_code == 1
        assert line in result.stderr

    def test_a_bomb(self, tmp_path: Path) -> None:
        """A file that unpacks to a thousand times its size is not unpacked."""
        result = run("import", zipped(tmp_path, a=b"\0" * 50_000_000))
        assert result.exit_code == 1
        assert "'sub/a.csv' would unpack to 50,000,000 bytes: give the files themselves" in result.stderr

    def test_a_declared_gigabyte(self, tmp_path: Path) -> None:
        """The size that a zip declares is looked at before anything is unpacked; what it lies about is damage."""
        path = zipped(tmp_path, a=CSV)
        content = bytearray(path.read_bytes())
        place = content.index(b"PK\x01\x02")
        content[place + 24 : place + 28] = (1024**3).to_bytes(4, "little")
        path.write_bytes(content)
        result = run("import", path)
        assert result.exit_code == 1
        assert "would unpack to 1,073,741,824 bytes" in result.stderr

    def test_damage(self, tmp_path: Path) -> None:
        """Truncated, with other content, or with a password: one line."""
        path = zipped(tmp_path, a=CSV)
        whole = path.read_bytes()
        path.write_bytes(whole[:-30])
        assert "is a damaged zip" in run("import", path).stderr
        damaged = bytearray(whole)
        damaged[50] ^= 0xFF
        path.write_bytes(damaged)
        assert "is a damaged zip" in run("import", path).stderr
        secret = bytearray(whole)
        secret[secret.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(secret)
        assert "'sub/a.csv' is encrypted: zip the exports without a password" in run("import", path).stderr

    def test_several_folders(self, tmp_path: Path) -> None:
        """A replica's exports next to the deployment's are not mixed with them."""
        path = zipped(tmp_path, users=CSV)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("replica/edge.csv", CSV)
        assert "holds exports in 2 folders: zip the files of one folder" in run("import", path).stderr

    def test_nothing_inside(self, tmp_path: Path) -> None:
        """A folder or a zip without exports."""
        assert "cannot be read (it holds no file that ends in" in run("import", zipped(tmp_path)).stderr
        (tmp_path / "empty" / "folder").mkdir(parents=True)
        (tmp_path / "empty" / "folder" / "a.csv").write_bytes(CSV)
        assert "cannot be read (it holds no file that ends in" in run("import", tmp_path / "empty").stderr


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line."""

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert "cannot be read (Permission denied): give a folder that you may read" in run("import", tmp_path).stderr


def test_only_files_are_taken(tmp_path: Path) -> None:
    """A pipe in the folder is passed over."""
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(CSV)
    assert stat.S_ISFIFO((tmp_path / "a.csv").stat().st_mode)
    assert run("import", tmp_path).exit_code == 0
    assert io.BytesIO(CSV).read() == CSV
