"""The database is opened: its log and pages are looked at, and what is damaged is restored."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from roomtone.base.error import OwnerError
from roomtone.store import connection as connections
from roomtone.store import repair, rotation, wal
from roomtone.store.repair import Restored

CHECKED = 64 * 1024 * 1024
"""Bytes up to which the whole file is read when it is opened."""

COPYING = 5.0
"""Seconds for which an empty file may be one that is being written."""


class Opened(NamedTuple):
    """A connection to a whole file."""

    connection: Any
    restored: Restored | None = None
    """What was lost on the way, if anything."""


def opened(path: Path, key: bytes, *, readonly: bool, exclusive: bool) -> Opened:
    """Open or create `path`; without a snapshot, what is damaged is left as it is.

    Raises apsw.Error, OSError; OwnerError when there is nothing to read.
    """
    if readonly:
        if not path.exists():
            raise OwnerError(f"nothing is kept yet: {path} does not exist")
        return _read(path, key)
    rotation.clear(path)
    restored = repair.restore(path, key) if repair.missing(path) else None
    if restored is None:
        _refuse_half_copied(path)
    begun = _begun(path)
    if not path.exists():
        begun.touch(mode=0o600)
        path.touch(mode=0o600)
    try:
        found = _written(path, key, exclusive=exclusive)
    except (apsw.CorruptError, apsw.NotADBError):
        restored = repair.restore(path, key)
        if restored is None:
            raise
        found = _written(path, key, exclusive=exclusive)
    if path.stat().st_size:
        begun.unlink(missing_ok=True)
    return found._replace(restored=restored or found.restored)


def _begun(path: Path) -> Path:
    """The file that is there until a new database holds its first page: an empty one is our own."""
    return path.with_name(f"{path.name}.begun")


def _refuse_half_copied(path: Path) -> None:
    """Raise OwnerError for a file that is empty and new: somebody may be copying a backup to it."""
    if _begun(path).exists():
        return
    with contextlib.suppress(FileNotFoundError):
        found = path.stat()
        if found.st_size == 0 and 0 <= time.time() - found.st_mtime < COPYING:
            raise OwnerError(
                f"{path} is empty; put the backup back whole, or remove it", kind="database_bad"
            )


def _read(path: Path, key: bytes) -> Opened:
    connection = connections.connect(path, key, readonly=True)
    try:
        if path.stat().st_size <= CHECKED:
            connections.check(connection)
    except BaseException:
        connection.close()
        raise
    return Opened(connection)


def _written(path: Path, key: bytes, *, exclusive: bool) -> Opened:
    folded = path.stat().st_mtime
    connection = connections.connect(path, key, exclusive=exclusive)
    try:
        connections.settle(connection, exclusive=exclusive)
        short = _cut_short(connection, path)
        _examine(connection, path, short=short)
        restored = repair.lost_log(path, folded) if short else None
        connections.trust(connection)
        with contextlib.suppress(apsw.Error):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except BaseException:
        connection.close()
        raise
    return Opened(connection, restored)


def _cut_short(connection: Any, path: Path) -> bool:
    """Whether SQLite dropped a damaged end of the log."""
    (_, frames, _) = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    log = wal.of(path)
    return log.exists() and wal.cut_short(log, max(0, frames))


def _examine(connection: Any, path: Path, *, short: bool) -> None:
    """Read the file, wholly when there is reason to doubt it. Raises apsw.Error, OSError."""
    suspect = repair.suspect(path)
    doubtful = short or suspect.exists()
    if doubtful or path.stat().st_size <= CHECKED:
        connections.check(connection, wholly=doubtful)
    with contextlib.suppress(OSError):
        suspect.unlink(missing_ok=True)
