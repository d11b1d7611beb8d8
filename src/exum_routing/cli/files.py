"""Writing a file so that it is whole or not there: what was there before stays until the new content is complete."""

import os
import stat
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text to a file, in UTF-8, in one piece.

    A file, or what a symbolic link leads to, is replaced once the new content is complete; it keeps its permissions. A device
    or a named pipe is written to as it is; a named pipe that nobody reads is refused.

    Raises:
        OSError: It cannot be written; what was there is as it was.

    >>> path = Path(tempfile.mkdtemp()) / "new.json"
    >>> write_whole(path, "{}")
    >>> path.read_text()
    '{}'
    """
    content = text.encode()
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        _write_in_place(target, content)
    else:
        _replace(target, content, _permissions_of_a_new_file() if mode is None else stat.S_IMODE(mode))


def _write_in_place(target: Path, content: bytes) -> None:
    """Opened without waiting, so that a pipe is refused that nobody reads."""
    descriptor = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "wb") as stream:
        os.set_blocking(descriptor, True)
        stream.write(content)


def _replace(target: Path, content: bytes, permissions: int) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    complete = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
        complete.chmod(permissions)
        complete.replace(target)
    except BaseException:
        complete.unlink(missing_ok=True)
        raise


def _permissions_of_a_new_file() -> int:
    """What the user's mask leaves of reading and writing for everybody."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
