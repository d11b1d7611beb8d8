"""The command ``exum-routing``, and ``python -m exum_routing``: the terminal, or one line about the extra that it needs."""

import sys


def main() -> None:
    """Start the command line."""
    try:
        from exum_routing.cli import main as command  # noqa: PLC0415 - it is there only with the extra

        command(prog_name="exum-routing")
    except ModuleNotFoundError as error:
        sys.exit(f"exum-routing: {error}")


if __name__ == "__main__":
    main()
