"""The key of the database: 32 random bytes in a file that only Roomtone's user may read."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.store import trouble

SIZE = 32
"""Bytes: a ChaCha20 key."""


def load(path: Path, database: Path) -> bytes:
    """The key in `path`; made at the first start, while `database` does not exist yet.

    Raises OwnerError when the key is broken, or gone although there is a database.
    """
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        if database.exists() and database.stat().st_size:
            raise OwnerError(
                f"the key {path} is missing, but {database} needs it: put the key back from a "
                "backup, or move the database away to start afresh",
                kind="database_bad",
            ) from None
        return _create(path)
    except (OSError, UnicodeDecodeError) as problem:
        raise OwnerError(
            f"the key {path} cannot be read; put it back from a backup", kind="database_bad"
        ) from problem
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        with contextlib.suppress(OSError):  # a credential of systemd cannot be changed
            path.chmod(0o600)
    with contextlib.suppress(ValueError):
        if len(key := bytes.fromhex(text.strip())) == SIZE:
            return key
    raise OwnerError(f"the key {path} is broken; put it back from a backup", kind="database_bad")


def _create(path: Path) -> bytes:
    """Write a new key whole or not at all; of two starters at once one wins."""
    key = secrets.token_bytes(SIZE)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except FileExistsError:
        return bytes.fromhex(path.read_text("ascii"))
    except OSError as problem:
        raise OwnerError(
            f"the key {path} cannot be written ({problem.strerror}); make room or correct "
            "[paths] state",
            kind=trouble.kind(problem, path),
        ) from problem
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return key
