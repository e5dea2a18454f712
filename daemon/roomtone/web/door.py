"""The control socket: for Roomtone's user, of a service for its group too; one Roomtone holds it.

Apart from the server, so that a daemon can claim it before anything slow is loaded.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from roomtone.base.error import OwnerError

LOCKS = Path("/proc/locks")
"""Every lock that is held, as the kernel tells it."""


def starting(path: Path, locks: Path = LOCKS) -> bool:
    """Whether a Roomtone that does not answer at `path` is about to; False where it cannot be seen.

    No lock is taken to find out: a daemon that starts just then has to find its own free.
    """
    try:
        held = _lock(path).stat() if path.is_socket() else None
        table = locks.read_text()
    except OSError:
        return False
    if held is None:
        return False
    device = f"{os.major(held.st_dev):02x}:{os.minor(held.st_dev):02x}:{held.st_ino}"
    return any({"FLOCK", device} <= set(line.split()) for line in table.splitlines())


@contextlib.contextmanager
def claim(path: Path) -> Iterator[socket.socket]:
    """Be the only Roomtone at `path`: a bound socket of mode 0600, held by a lock file beside it.

    In a service's $RUNTIME_DIRECTORY its mode is 0660: the folder's group is who may ask.

    Nobody can connect before `serve`; both files are let go at the end. Raises OwnerError when
    another Roomtone holds it, or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = _lock(path).open("w")
    except OSError as problem:
        raise OwnerError(
            f"the socket {path} cannot be made ({problem.strerror}); correct [paths] state"
        ) from problem
    with held, socket.socket(socket.AF_UNIX) as sock:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OwnerError(
                f"another Roomtone runs already and holds {path}; stop it first"
            ) from None
        path.unlink(missing_ok=True)
        served = path.parent == Path(os.environ.get("RUNTIME_DIRECTORY", "/nonexistent"))
        mask = os.umask(0o117 if served else 0o177)
        try:
            sock.bind(str(path))
        finally:
            os.umask(mask)
        try:
            yield sock
        finally:
            path.unlink(missing_ok=True)


def take_down(door: socket.socket) -> None:
    """Remove the file of a socket that is about to be closed: nobody finds it any more."""
    Path(door.getsockname()).unlink(missing_ok=True)


def _lock(path: Path) -> Path:
    return path.with_name(path.name + ".lock")
