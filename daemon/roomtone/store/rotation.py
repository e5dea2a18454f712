"""The database is written anew: without scraps of what was deleted, or under another key."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, Protocol

import apsw

from roomtone.store import connection as connections
from roomtone.store import files


class Keys(Protocol):
    """Where the old key lies and the new one is laid."""

    database: Path

    def prepare(self) -> bytes:
        """Lay a new key beside the old one."""
        ...

    def take_next(self) -> None:
        """Put the new key in the place of the old one, and overwrite that."""
        ...


def renew(connection: Any, keys: Keys) -> None:
    """Write the open database anew under a new key, and put both in their places.

    At any instant one of the two keys opens the database; `Lock.open` finds which. The connection
    must be closed afterwards, also when this fails. Copies under the old key must be gone. Raises
    apsw.Error, OSError, OwnerError; old key and old file stay then, or both are new.
    """
    database, fresh = keys.database, _next(keys.database)
    _alone(connection)
    key = keys.prepare()
    connections.copy(connection, fresh, key)
    files.replace(fresh, database)
    keys.take_next()


def rewrite(connection: Any, database: Path, key: bytes) -> None:
    """Write the open database anew under the same key, without what is left of deleted rows.

    SQLite moves rows between pages and leaves their bytes behind, also with `secure_delete`. The
    connection must be closed afterwards, also when this fails. Raises apsw.Error, OSError; the old
    file stays then, or the new one.
    """
    fresh = _next(database)
    _alone(connection)
    try:
        connections.copy(connection, fresh, key)
        files.replace(fresh, database)
    finally:
        connections.discard(fresh)


def clear(database: Path) -> None:
    """Remove what was left when this was cut off. Raises OSError."""
    files.finish(database)
    connections.discard(_next(database))


def _alone(connection: Any) -> None:
    """Fold the log into the file and let nobody else write or read.

    Waits a few seconds for another reader, for which SQLite itself does not. Raises apsw.BusyError.
    """
    until = time.monotonic() + connections.PATIENCE / 1000
    while not _folded(connection):
        if time.monotonic() > until:
            raise apsw.BusyError("the log is in use")
        time.sleep(0.05)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _folded(connection: Any) -> bool:
    """Whether the log could be folded into the file and removed."""
    with contextlib.suppress(apsw.BusyError):
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        return bool(mode == "delete")
    return False


def _next(database: Path) -> Path:
    return database.with_name(f"{database.name}.next")
