"""Snapshots of the database beside it, under the same key: what is taken up when it is damaged."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from roomtone.store import connection as connections
from roomtone.store import files

EVERY = 900.0
"""Seconds from one snapshot to the next, at least."""

KEPT = 2
"""Snapshots that are kept; the older one is for the day the newer is damaged too."""


def of(database: Path) -> list[Path]:
    """The snapshots of a database, newest first."""
    found = [path for path in database.parent.glob(f"{database.name}.snapshot-*") if _whole(path)]
    return sorted(found, key=taken, reverse=True)


def taken(snapshot: Path) -> int:
    """Unix time at which a snapshot was taken, in whole seconds."""
    return int(snapshot.name.rpartition("-")[2])


def due(database: Path, now: float) -> bool:
    """Whether the newest snapshot is old enough at Unix time `now`, or of a clock that leapt."""
    newest = next(iter(of(database)), None)
    return newest is None or not 0.0 <= now - taken(newest) < EVERY


def make(connection: Any, database: Path, key: bytes, now: float) -> Path:
    """Take a snapshot of the open database; the oldest beyond `KEPT` goes.

    It is whole, read again, or not there. Raises apsw.Error, OSError.
    """
    number = max([int(now), *(taken(path) + 1 for path in of(database))])
    path = database.with_name(f"{database.name}.snapshot-{number}")
    part = path.with_name(f"{path.name}.part")
    try:
        connections.copy(connection, part, key)
        os.utime(part)
        part.rename(path)
    except BaseException:
        with contextlib.suppress(OSError):
            connections.discard(part)
        raise
    files.sync(database.parent)
    for old in of(database)[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def newest_sound(database: Path, key: bytes) -> Path | None:
    """The newest snapshot that opens with the key and is whole."""
    return next((path for path in of(database) if connections.sound(path, key)), None)


def drop(database: Path) -> None:
    """Delete every snapshot and every half of one. Raises OSError."""
    for path in database.parent.glob(f"{database.name}.snapshot-*"):
        path.unlink(missing_ok=True)


def _whole(path: Path) -> bool:
    return path.name.rpartition("-")[2].isdecimal()
