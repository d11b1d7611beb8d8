"""Files and terminals that fail: one line, the documented exit code, and nothing half written."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from exum_routing.cli.files import write_whole

ROOT = Path(__file__).parent.parent
CONTOSO = str(ROOT / "examples" / "contoso" / "deployment.json")
NEW, OLD = "{}\n", "what was there before"


def exum_routing(*arguments: str, before: str = "", **kinds: object) -> "subprocess.CompletedProcess[bytes]":
    """A run of the command in a process of its own; ``before`` is Python that runs first in it."""
    program = f"import sys; {before}\nsys.argv[0] = 'exum-routing'\nfrom exum_routing.__main__ import main\nmain()"
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, **kinds)  # type: ignore[call-overload, no-any-return]  # noqa: S603 - ours


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


class TestWriteWhole:
    """A file is the new content or the old one."""

    @pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
    def test_a_new_file(self, tmp_path: Path, umask: int) -> None:
        """It has the permissions that the user's mask leaves, and nothing else is in the folder."""
        before = os.umask(umask)
        try:
            write_whole(tmp_path / "new.json", NEW)
        finally:
            os.umask(before)
        assert (tmp_path / "new.json").read_text() == NEW
        assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o666 & ~umask
        assert names(tmp_path) == ["new.json"]

    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o640])
    def test_a_file_that_is_there(self, tmp_path: Path, mode: int) -> None:
        """It keeps its permissions."""
        path = tmp_path / "new.json"
        path.write_text(OLD)
        path.chmod(mode)
        write_whole(path, NEW)
        assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (NEW, mode)

    def test_a_symbolic_link(self, tmp_path: Path) -> None:
        """What it leads to is replaced, the link stays; one that leads nowhere makes its file."""
        (tmp_path / "folder").mkdir()
        for name in ("there", "not there"):
            path, link = tmp_path / "folder" / name, tmp_path / f"link to {name}"
            link.symlink_to(path)
            if name == "there":
                path.write_text(OLD)
            write_whole(link, NEW)
            assert link.is_symlink()
            assert path.read_text() == NEW

    def test_a_pipe_that_is_read(self, tmp_path: Path) -> None:
        """It is written to, and stays a pipe."""
        pipe, found = tmp_path / "pipe", list[str]()
        os.mkfifo(pipe)
        reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
        reader.start()
        written = False
        while not written:  # until the reader has opened it
            try:
                write_whole(pipe, NEW * 100_000)
                written = True
            except OSError:
                time.sleep(0.01)
        reader.join()
        assert found == [NEW * 100_000]
        assert stat.S_ISFIFO(pipe.stat().st_mode)

    def test_a_device(self) -> None:
        """The null device takes everything."""
        write_whole(Path(os.devnull), NEW)

    def test_an_interruption_leaves_the_old_content(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C while the content is written: the file is as it was, and nothing else is in the folder."""

        def interrupted(_: int) -> None:
            raise KeyboardInterrupt

        path = tmp_path / "new.json"
        path.write_text(OLD)
        monkeypatch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_whole(path, NEW)
        assert (path.read_text(), names(tmp_path)) == (OLD, ["new.json"])


def places(tmp_path: Path) -> dict[str, Path]:
    """Places where no file can be written, each with what it is."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    (tmp_path / "file").write_text(OLD)
    return {
        "a folder": tmp_path,
        "a missing folder": tmp_path / "missing" / "new.json",
        "a file instead of a folder": tmp_path / "file" / "new.json",
        "a pipe that nobody reads": tmp_path / "pipe",
        "links in a circle": tmp_path / "one",
        "a full device": Path("/dev/full"),
        "a file system that takes no file": Path("/proc/new.json"),
        "a name that is too long": tmp_path / ("x" * 300),
    }


@pytest.mark.parametrize(
    "what",
    [
        "a folder",
        "a missing folder",
        "a file instead of a folder",
        "a pipe that nobody reads",
        "links in a circle",
        "a full device",
        "a file system that takes no file",
        "a name that is too long",
    ],
)
def test_a_place_that_cannot_be_written(tmp_path: Path, what: str) -> None:
    """The rehearsal is printed all the same; then one line on stderr, and exit code 1."""
    script = tmp_path / "script.ps1"
    script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n")
    path = places(tmp_path)[what]
    found = exum_routing("rehearse", CONTOSO, str(script), "--write", str(path))
    assert found.returncode == 1
    assert found.stdout.startswith(b"line 1: Set-CsUser")
    (line,) = found.stderr.decode().splitlines()
    assert line.startswith(f"exum-routing: {path}: cannot be written (")
    assert names(tmp_path) == ["file", "one", "other", "pipe", "script.ps1"]


def test_a_disk_that_fills_up(tmp_path: Path) -> None:
    """The file that was there is as it was, and nothing else is in the folder."""
    script, path = tmp_path / "script.ps1", tmp_path / "new.json"
    script.write_text("Set-CsUser alice@contoso.com -HostedVoiceMail $null\n")
    path.write_text(OLD)
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))"
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # it writes files, too
    found = exum_routing("rehearse", CONTOSO, str(script), "--write", str(path), before=limited, env=surroundings)
    assert found.returncode == 1
    assert found.stderr.decode() == f"exum-routing: {path}: cannot be written (File too large): use another place\n"
    assert path.read_text() == OLD
    assert names(tmp_path) == ["new.json", "script.ps1"]


@pytest.mark.parametrize("what", ["a folder", "a missing folder", "links in a circle", "a name that is too long"])
def test_a_place_that_cannot_be_read(tmp_path: Path, what: str) -> None:
    """One line on stderr, nothing on stdout, exit code 1."""
    found = exum_routing("route", str(places(tmp_path)[what]))
    assert (found.returncode, found.stdout) == (1, b"")
    assert len(found.stderr.splitlines()) == 1
    assert b"cannot be read (" in found.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["route", "route --json", "audit", "contested --json"])
def test_a_reader_that_goes_away(command: str, unbuffered: str) -> None:
    """A closed pipe ends the command in silence, with exit code 1, whether Python buffers or not."""
    program = f"{sys.executable} -m exum_routing {command} {CONTOSO}"
    script = f"({program}; echo $? >&2) | true"
    surroundings = os.environ | {"PYTHONUNBUFFERED": unbuffered, "PYTHONPATH": str(ROOT / "src")}
    found = subprocess.run(script, shell=True, capture_output=True, check=False, env=surroundings)  # noqa: S602 - ours
    assert found.stderr.decode().split() in (["0"], ["1"])


@pytest.mark.parametrize(
    "when", ["from exum_routing.cli import documents; documents.read_deployment = ", "import exum_routing.cli as c; c.start = "]
)
def test_ctrl_c(when: str) -> None:
    """An interruption, while a file is read or before the command begins, is one line, and exit code 130."""
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell lets what it runs in the background ignore it
    interrupting = f"import os, signal; {heard}; {when}lambda *_: os.kill(os.getpid(), {signal.SIGINT.value})"
    found = exum_routing("route", CONTOSO, before=interrupting)
    assert (found.returncode, found.stdout) == (130, b"")
    assert found.stderr.decode().split("\n") in (["", "exum-routing: interrupted", ""], ["exum-routing: interrupted", ""])


def test_a_wrong_usage_ends_with_2() -> None:
    """The usage and what is wrong with it on stderr, nothing on stdout."""
    found = exum_routing("route", CONTOSO, "--frob")
    assert (found.returncode, found.stdout) == (2, b"")
    assert found.stderr.startswith(b"Usage: exum-routing route")
    assert b"No such option" in found.stderr
