"""Printing and refusing, so that what cannot be written is one line about it."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import click


def refuse(file: str, lines: Iterable[object]) -> NoReturn:
    """Say what is wrong with the input or the question, a line each, and end."""
    name = file if file.isprintable() else ascii(file)
    for line in lines:
        click.echo(f"exum-routing: {name}: {line}", err=True)
    sys.exit(1)


@contextmanager
def writing() -> Iterator[None]:
    """Print in its block; where standard output cannot be written, end with one line about it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        _drop_output()
        refuse("standard output", [f"cannot be written ({error.strerror}): use another place"])


def print_text(text: str | bytes, *, nl: bool = True) -> None:
    """Print a text; where it cannot be written, end with one line about it."""
    with writing():
        click.echo(text, nl=nl)


def _drop_output() -> None:
    """Send what is left in the buffer of standard output nowhere, so that Python does not fail again when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
