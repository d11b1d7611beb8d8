"""The extras: packages that not everyone installs, and the one line that says how to install one."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Import in its block what an extra installs.

    Raises:
        ModuleNotFoundError: A package is not installed; the message names it and the pip command.

    >>> with needs("interchange"):
    ...     import a_package_of_the_extra
    Traceback (most recent call last):
    ModuleNotFoundError: a_package_of_the_extra is not installed: use pip install 'exum-routing[interchange]'
    """
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed: use pip install 'exum-routing[{extra}]'"
        raise ModuleNotFoundError(message, name=error.name) from None
