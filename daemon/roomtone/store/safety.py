"""What keeps the memory safe between its uses: snapshots, and how its key is kept."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from roomtone.base.error import OwnerError
from roomtone.store import forgetting, protection, snapshots
from roomtone.store.database import Database
from roomtone.store.key import Lock
from roomtone.store.protection import Protection

_NO_FILE = "this memory has no file: it is kept only as long as the program runs"


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot that was taken."""

    file: str
    bytes: int
    at: float
    """Unix time."""


def look(database: Database, lock: Lock | None, now: float | None) -> bool:
    """End a forgetting that was cut off, or take a snapshot when one is due; whether it did."""
    if forgetting.finish(database, lock):
        return True
    moment = time.time() if now is None else now
    if not database.snapshot_due(moment):
        return False
    database.snapshot(moment)
    return True


def snapshot(database: Database, path: Path | None) -> Snapshot:
    """Take a snapshot now. Raises OwnerError when there is no file, PartError."""
    if path is None:
        raise OwnerError(_NO_FILE)
    database.snapshot()
    newest = snapshots.of(path)[0]
    return Snapshot(
        file=str(newest), bytes=newest.stat().st_size, at=float(snapshots.taken(newest))
    )


def made(path: Path | None) -> float | None:
    """Unix time of the newest snapshot of the database at `path`; None when there is none."""
    newest = None if path is None else next(iter(snapshots.of(path)), None)
    return None if newest is None else float(snapshots.taken(newest))


def protection_of(lock: Lock | None) -> Protection:
    """How the key is kept, in words."""
    return protection.told("file") if lock is None else lock.protection()


def protect(lock: Lock | None, passphrase: str | None) -> Protection:
    """Keep the key behind a passphrase, or without one. Raises OwnerError."""
    if lock is None:
        raise OwnerError(_NO_FILE)
    lock.protect(passphrase)
    return lock.protection()


def unlock(lock: Lock | None, passphrase: str) -> None:
    """Take the passphrase of a memory that waits for it. Raises OwnerError when it is wrong."""
    if lock is not None:
        lock.unlock(passphrase)
