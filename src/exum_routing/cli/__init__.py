"""The terminal (extra ``cli``): reads files, prints; decides nothing.

Exit codes: 0 done; 1 the input or the question is wrong (one line per fault on stderr, nothing on stdout); 2 usage.
"""

import io
import sys
from contextlib import suppress
from typing import cast

from exum_routing import __version__
from exum_routing.extras import needs

with needs("cli"):
    import click

    from exum_routing.cli.audit import audit_command
    from exum_routing.cli.call import call_command
    from exum_routing.cli.clause import clause_command
    from exum_routing.cli.conformance import conformance_group
    from exum_routing.cli.contested import contested_command
    from exum_routing.cli.diagnose import diagnose_command
    from exum_routing.cli.diff import diff_command
    from exum_routing.cli.explain import explain_command
    from exum_routing.cli.importing import import_command
    from exum_routing.cli.plan import plan_command
    from exum_routing.cli.rehearse import rehearse_command
    from exum_routing.cli.route import route_command
    from exum_routing.cli.terminal import writing


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="exum-routing")
def main() -> None:
    """Where voice mail calls go in a Skype for Business Server 2019 deployment.

    FILE is a deployment document (JSON), or a folder or zip of exports; - reads a document from standard input.
    """


for _command in (
    import_command,
    route_command,
    explain_command,
    call_command,
    audit_command,
    diagnose_command,
    contested_command,
    diff_command,
    plan_command,
    rehearse_command,
    clause_command,
    conformance_group,
):
    main.add_command(_command)


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
