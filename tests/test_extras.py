"""Extras that are not installed: every module loads, or says in one line what to install."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTOSO = ROOT / "examples/contoso/deployment.json"
MODULES = sorted(
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "src/exum_routing").rglob("*.py")
)
EXTRAS = {
    "interchange": ("cattrs",),
    "sip": ("sipmessage",),
    "powershell": ("tree_sitter", "tree_sitter_powershell"),
    "cli": ("click", "rich"),
    "hypothesis": ("hypothesis",),
    "pytest": ("pytest", "_pytest"),
}
"""The packages that each extra installs."""
REPORT = """
import importlib, json
found = {}
for module in MODULES:
    try:
        importlib.import_module(module)
    except ImportError as error:
        found[module] = str(error)
print(json.dumps(found))
"""


def without(packages: tuple[str, ...], code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run code in a Python in which these packages cannot be imported."""
    blocked = f"import sys\nfor package in {packages}: sys.modules[package] = None\n"
    command = [sys.executable, "-c", blocked + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - code of our own


@pytest.mark.parametrize("extra", EXTRAS)
def test_every_module_loads_or_names_the_extra(extra: str) -> None:
    """Without an extra, a module loads, or one line names the missing package and a pip command that installs it."""
    finished = without(EXTRAS[extra], f"MODULES = {MODULES}" + REPORT)
    found = json.loads(finished.stdout)
    for module, message in found.items():
        package, _, command = message.partition(" is not installed: use ")
        assert package in EXTRAS[extra], f"{module}: {message}"
        named = command.removeprefix("pip install 'exum-routing[").removesuffix("]'")
        assert named == extra or (named == "cli" and module.startswith("exum_routing.cli")), f"{module}: {message}"
    assert finished.stderr == ""
    assert bool(found) is (extra != "powershell"), "tree-sitter is loaded when a script is read, any other at the import"


class TestCommand:
    """The command without the extras that only some of its commands need."""

    START = "from exum_routing.__main__ import main; main()"

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--version",),
            ("route", CONTOSO),
            ("call", CONTOSO, "--to", "alice@contoso.com", "--from", "bob@fabrikam.com"),
        ],
        ids=lambda arguments: arguments[0],
    )
    def test_commands_that_need_neither_sip_messages_nor_scripts_run(self, arguments: tuple[object, ...]) -> None:
        """What reads no script and neither reads nor writes a raw SIP message works without the extras for them."""
        finished = without(EXTRAS["sip"] + EXTRAS["powershell"], self.START, *arguments)
        assert (finished.returncode, finished.stderr) == (0, "")

    @pytest.mark.parametrize(
        "arguments", [("--invite", CONTOSO), ("--to", "roy@contoso.com", "--from", "bob@fabrikam.com", "--raw")]
    )
    def test_a_command_that_needs_a_sip_message_ends_with_one_line(self, arguments: tuple[object, ...]) -> None:
        """What reads or writes a raw SIP message ends with exit code 1 and the pip command."""
        finished = without(EXTRAS["sip"], self.START, "call", CONTOSO, *arguments)
        line = "exum-routing: sipmessage is not installed: use pip install 'exum-routing[sip]'\n"
        assert (finished.returncode, finished.stdout, finished.stderr) == (1, "", line)

    def test_a_command_that_needs_a_script_ends_with_one_line(self) -> None:
        """Rehearsing a script without tree-sitter ends with exit code 1 and the pip command."""
        script = ROOT / "examples/scripts/cloud-voicemail.ps1"
        finished = without(EXTRAS["powershell"], self.START, "rehearse", CONTOSO, script)
        line = "exum-routing: tree_sitter_powershell is not installed: use pip install 'exum-routing[powershell]'\n"
        assert (finished.returncode, finished.stdout, finished.stderr) == (1, "", line)


def test_pytest_ends_with_one_line(tmp_path: Path) -> None:
    """The pytest plugin without cattrs is a usage error in one line, not a traceback."""
    code = "import pytest; sys.exit(pytest.main())"
    finished = without(EXTRAS["interchange"], code, "-pexum_routing.testing.pytest_plugin", f"--rootdir={tmp_path}", tmp_path)
    line = "ERROR: cattrs is not installed: use pip install 'exum-routing[interchange]'"
    assert finished.returncode == pytest.ExitCode.USAGE_ERROR
    assert (finished.stdout + finished.stderr).strip() == line
