"""Files that are whole or not there, and secrets that are overwritten before they go."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

BLOCK = 65_536
"""Bytes that are overwritten at once."""


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, reach the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, text: str) -> None:
    """Write a file that only its user may read, through to the disk. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def part_of(path: Path) -> Path:
    """Where this process writes `path` before it is whole."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def old_of(path: Path) -> Path:
    """The second name of a secret file that is being replaced."""
    return path.with_name(f"{path.name}.old")


def replace(new: Path, path: Path) -> None:
    """Put the whole file `new` in the place of `path`, and overwrite what was there.

    What was there keeps a second name until it is overwritten, so that `finish` finds it after a
    power cut. Raises OSError; `path` is one file or the other then.
    """
    old = old_of(path)
    finish(path)
    with contextlib.suppress(FileNotFoundError):
        os.link(path, old)
    new.rename(path)
    sync(path.parent)
    shred(old)


def finish(path: Path) -> None:
    """End a `replace` that was cut off. Raises OSError."""
    old = old_of(path)
    with contextlib.suppress(FileNotFoundError):
        if path.exists() and old.samefile(path):
            old.unlink()
    shred(old)


def shred(path: Path) -> None:
    """Overwrite and delete a file, if it is there. Raises OSError.

    Flash memory keeps old cells for a while whatever is written; only its own erasing helps there.
    """
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        left = os.fstat(handle).st_size
        while left > 0:
            left -= os.write(handle, bytes(min(left, BLOCK)))
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink(missing_ok=True)
    sync(path.parent)
