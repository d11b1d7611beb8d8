"""The guides that show commands: each command prints what the guide says."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from exum_routing import cli

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guides" / "migrating-to-cloud-voicemail.md"


def test_migrating_to_cloud_voicemail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the guide, one after the other, succeeds and prints the lines below it."""
    for name in ("current.json", "target.json"):
        shutil.copy(ROOT / "examples" / "migration" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```text\n\$ exum-routing ([^\n]*)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(blocks) >= 8
    for command, expected in blocks:
        asked, _, file = command.partition(" > ")
        result = CliRunner().invoke(cli.main, shlex.split(asked))
        assert (result.exit_code, result.stderr) == (0, ""), command
        if file:
            Path(file).write_text(result.stdout, encoding="utf-8")
            assert expected == ""
        else:
            assert expected == result.stdout, command


def test_your_own_deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the guide succeeds, and prints the report and the answer below it; by-hand.json is the example's."""
    shutil.copytree(ROOT / "examples" / "own-deployment", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    page = (GUIDE.parent / "your-own-deployment.md").read_text(encoding="utf-8")
    assert f"```json\n{Path('by-hand.json').read_text(encoding='utf-8')}```" in page
    blocks = re.findall(r"```text\n\$ exum-routing ([^\n]*)\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) >= 5
    for command, expected in blocks:
        asked, _, report = command.partition(" 2> ")
        result = CliRunner().invoke(cli.main, shlex.split(asked))
        assert result.exit_code == 0, command
        assert expected == ("" if report else result.stderr) + result.stdout, command
