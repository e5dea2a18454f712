"""A damaged database is set aside, and the newest snapshot that is whole takes its place."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import msgspec

from roomtone.store import files, snapshots, wal


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A repair, to be told to the owner."""

    from_unix: float
    """Unix time of what was taken up: all that was written until then is there."""
    lost_s: float
    """Seconds behind it of which things that were written may be missing."""
    damaged: Path | None = None
    """The damaged file, kept for a day; None when there was none, or no room for it."""


def restore(database: Path, key: bytes) -> Restored | None:
    """Put the newest whole snapshot in the place of `database`; None when there is none.

    Takes no room on the disk. Nothing may have the file open. A power cut in the middle leaves no
    database but snapshots, which is taken up at the next start. Raises OSError.
    """
    snapshot = snapshots.newest_sound(database, key)
    if snapshot is None:
        return None
    taken, last = float(snapshots.taken(snapshot)), _written(database)
    damaged = _set_aside(database)
    snapshot.rename(database)
    files.sync(database.parent)
    return Restored(from_unix=taken, lost_s=max(0.0, last - taken), damaged=damaged)


def missing(database: Path) -> bool:
    """Whether there are snapshots but no database."""
    there = database.exists() and database.stat().st_size > 0
    return not there and bool(snapshots.of(database))


def lost_log(database: Path, folded: float) -> Restored:
    """Keep a copy of the log, of which SQLite has dropped the end, while there is room.

    `folded` is the Unix time at which the database was last written without the log.
    """
    log, copy = wal.of(database), _aside(wal.of(database), database)
    last = log.stat().st_mtime
    kept: Path | None = None
    with contextlib.suppress(OSError):
        copy.touch(mode=0o600)
        shutil.copyfile(log, copy)
        kept = copy
    return Restored(from_unix=folded, lost_s=max(0.0, last - folded), damaged=kept)


def suspect(database: Path) -> Path:
    """An empty file that has the next start read the whole database, however large."""
    return database.with_name(f"{database.name}.suspect")


def _written(database: Path) -> float:
    """Unix time of the last write; 0 when nothing is there."""
    times = [0.0]
    for path in (database, wal.of(database)):
        with contextlib.suppress(FileNotFoundError):
            status = path.stat()
            if status.st_size:
                times.append(status.st_mtime)
    return max(times)


def _set_aside(database: Path) -> Path | None:
    """Give database and log other names; that of the database, if it was there."""
    for path in (wal.of(database), database):
        with contextlib.suppress(FileNotFoundError):
            os.utime(path)
            path.rename(_aside(path, database))
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    files.sync(database.parent)
    damaged = _aside(database, database)
    return damaged if damaged.exists() else None


def _aside(path: Path, database: Path) -> Path:
    return database.with_name(f"{database.name}.damaged{path.name.removeprefix(database.name)}")
