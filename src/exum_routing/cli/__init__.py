"""The terminal (extra ``cli``): reads files, prints; decides nothing.

Exit codes: 0 done; 1 the input or the question is wrong (one line per fault on stderr, nothing on stdout); 2 usage.
"""

import importlib
import io
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, cast

from exum_routing import __version__
from exum_routing.extras import needs

with needs("cli"):
    import click

    from exum_routing.cli.output import writing

COMMANDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "import": ("importing", "import_command", "A deployment document from exports of cmdlets and of the directory"),
    "route": ("route", "route_command", "Where everyone's calls go"),
    "explain": ("explain", "explain_command", "Why a route is as it is"),
    "call": ("call", "call_command", "The way of one call, hop by hop"),
    "audit": ("audit", "audit_command", "What is wrong with a deployment"),
    "diagnose": ("diagnose", "diagnose_command", "What a symptom can come from"),
    "contested": ("contested", "contested_command", "Routes that open clauses decide"),
    "diff": ("diff", "diff_command", "Whose calls or routes change between two"),
    "plan": ("plan", "plan_command", "The cmdlets from one deployment to another"),
    "rehearse": ("rehearse", "rehearse_command", "What a PowerShell script would do"),
    "clause": ("clause", "clause_command", "What a clause says, by its id"),
    "conformance": ("conformance", "conformance_group", "The vectors, for other implementations"),
}
"""Every command: its module, its function there, and what it answers, in a few words."""


class _Commands(click.Group):
    """The commands, each imported when it runs: what the others need takes longer than most of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Their names, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name; None: there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        with needs("cli"):
            found: click.Command = getattr(importlib.import_module(f"exum_routing.cli.{module}"), function)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The names, each with what it answers; no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="exum-routing")
def main() -> None:
    """Where voice mail calls go in a Skype for Business Server 2019 deployment.

    FILE is a deployment document (JSON), or a folder or zip of exports; - reads a document from standard input.
    """


def start() -> None:
    """Run the command that the arguments of the program name, its help included.

    A character that the terminal's encoding lacks is printed as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # somebody put another kind of stream in its place
            cast(io.TextIOWrapper, stream).reconfigure(errors="backslashreplace")
    with writing():
        try:
            sys.exit(main(prog_name="exum-routing", standalone_mode=False))
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort as error:
            raise KeyboardInterrupt from error
