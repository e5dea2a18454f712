"""One encrypted SQLite file, opened so that it survives power cuts and really forgets."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from roomtone.base.error import OwnerError, PartError
from roomtone.store import copies, trouble
from roomtone.store.migrations import MIGRATIONS

SAFE = (3, 51, 3)
"""The first SQLite without the WAL-reset bug (sqlite.org/wal.html)."""

CHECKED = 64 * 1024 * 1024
"""Bytes up to which the whole file is checked when it is opened."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "journal_size_limit=4194304",
)

Row = tuple[Any, ...]


class Database:
    """A connection for one thread; ChaCha20-Poly1305 on every page, also in the log."""

    def __init__(
        self,
        path: Path | None,
        key: bytes = b"",
        *,
        readonly: bool = False,
        exclusive: bool = False,
    ) -> None:
        """Open or create `path`; None is a database in memory that needs no key.

        `exclusive` needs no room beside the file, and lets nobody else read. Raises OwnerError:
        wrong key, damaged, written by a newer Roomtone, no room, no right.
        """
        version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
        if version < SAFE:
            raise OwnerError(
                f"SQLite {version} may lose data; install apsw-sqlite3mc 3.51.3 or newer"
            )
        self._path = path
        try:
            self._connection = self._opened(path, key, readonly=readonly, exclusive=exclusive)
            self._migrate(readonly=readonly)
            self._place = self._found()
        except (apsw.Error, OSError) as problem:
            raise OwnerError(
                trouble.advice(problem, path), kind=trouble.kind(problem, path)
            ) from problem

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows. Raises PartError when the file cannot be read."""
        with self._told():
            return list(self._connection.execute(sql, tuple(values)))

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement, durable when this returns; the id of the row it inserted.

        Raises PartError when it could not be written; nothing is half written then.
        """
        with self._told():
            if self._found() != self._place:
                raise PartError("store", f"{self._path} was taken away", kind="disk_failed")
            self._connection.execute(sql, tuple(values))
            return int(self._connection.last_insert_rowid())

    def forget(self) -> None:
        """Take what was deleted out of the log too: nothing of it stays in any file."""
        with self._told():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def drop_copies(self, before: float = float("inf")) -> None:
        """Delete the copies from before a change of the schema that are older than `before`."""
        if self._path is not None:
            with self._told():
                copies.drop(self._path, before)

    def close(self) -> None:
        """Fold the log into the file and close it."""
        with contextlib.suppress(apsw.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with contextlib.suppress(apsw.Error):
            self._connection.close()

    def _opened(self, path: Path | None, key: bytes, *, readonly: bool, exclusive: bool) -> Any:
        if path is None:
            return apsw.Connection(":memory:")
        if readonly and not path.exists():
            raise OwnerError(f"nothing is kept yet: {path} does not exist")
        flags = (
            apsw.SQLITE_OPEN_READONLY
            if readonly
            else (apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
        )
        if not readonly:
            path.touch(mode=0o600)
        connection = apsw.Connection(str(path), flags=flags)
        try:
            connection.set_busy_timeout(5000)
            connection.execute("PRAGMA cipher='chacha20'")
            connection.execute(f"PRAGMA key='raw:{key.hex()}'")
            if exclusive:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            _check(connection, path, () if readonly else _PRAGMAS)
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, *, readonly: bool) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise OwnerError(
                f"{self._path} was written by a newer Roomtone (schema {version}, this one knows "
                f"{len(MIGRATIONS)}); install the newer one again, or move the file away",
                kind="database_bad",
            )
        if readonly:
            if version < len(MIGRATIONS):
                raise OwnerError(f"{self._path} is from an older Roomtone; start the daemon once")
            return
        if self._path is not None:
            copies.drop(self._path, time.time() - copies.KEPT)
            if 0 < version < len(MIGRATIONS):
                copies.make(self._connection, self._path, version + 1)
        for number, migration in enumerate(MIGRATIONS[version:], version + 1):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                migration(self._connection.execute)
                self._connection.execute(f"PRAGMA user_version={number}")
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _found(self) -> tuple[int, int] | None:
        """Which file the path leads to; SQLite itself writes on into one that was deleted."""
        if self._path is None:
            return None
        with contextlib.suppress(FileNotFoundError):
            status = self._path.stat()
            return status.st_dev, status.st_ino
        return None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (apsw.Error, OSError) as problem:
            code = self._connection.system_errno if isinstance(problem, apsw.IOError) else 0
            raise PartError(
                "store",
                trouble.reason(problem, self._path, code),
                kind=trouble.kind(problem, self._path, code),
            ) from None


def _check(connection: Any, path: Path, pragmas: Sequence[str]) -> None:
    """Set the connection up and look whether the file is whole. Raises apsw.Error, OSError."""
    connection.execute("SELECT count(*) FROM sqlite_schema")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    if path.stat().st_size <= CHECKED:
        said = next(connection.execute("PRAGMA quick_check(1)"))[0]
        if said != "ok":
            raise apsw.CorruptError(said)
