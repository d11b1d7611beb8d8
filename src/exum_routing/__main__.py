"""The command ``exum-routing``, and ``python -m exum_routing``: the terminal, or one line about the extra that it needs."""

import sys
from typing import Final

_INTERRUPTED: Final = 130
"""The exit code after Ctrl-C, as shells give it."""


def main() -> None:
    """Start the command line."""
    try:
        from exum_routing.cli import start  # noqa: PLC0415 - it is there only with the extra

        start()
    except ModuleNotFoundError as error:
        sys.exit(f"exum-routing: {error}")
    except KeyboardInterrupt:
        sys.stderr.write("exum-routing: interrupted\n")
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
