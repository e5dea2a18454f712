"""One encrypted SQLite file, opened so that it survives power cuts and really forgets."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from roomtone.base.error import OwnerError, PartError
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

    def __init__(self, path: Path | None, key: bytes = b"", *, readonly: bool = False) -> None:
        """Open or create `path`; None is a database in memory that needs no key.

        Raises OwnerError: wrong key, damaged, written by a newer Roomtone, no room, no right.
        """
        import apsw

        version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
        if version < SAFE:
            raise OwnerError(
                f"SQLite {version} may lose data; install apsw-sqlite3mc 3.51.3 or newer"
            )
        self._apsw = apsw
        self._path = path
        try:
            self._connection = self._opened(path, key, readonly=readonly)
            self._migrate(readonly=readonly)
        except apsw.Error as problem:
            raise OwnerError(self._advice(problem)) from problem
        except OSError as problem:
            raise OwnerError(
                f"{path} cannot be written ({problem.strerror}); correct [paths] state"
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
            self._connection.execute(sql, tuple(values))
            return int(self._connection.last_insert_rowid())

    def forget(self) -> None:
        """Take what was deleted out of the log too: nothing of it stays in any file."""
        with self._told():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Fold the log into the file and close it."""
        with contextlib.suppress(self._apsw.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _opened(self, path: Path | None, key: bytes, *, readonly: bool) -> Any:
        apsw = self._apsw
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
        connection.set_busy_timeout(5000)
        connection.execute("PRAGMA cipher='chacha20'")
        connection.execute(f"PRAGMA key='raw:{key.hex()}'")
        connection.execute("SELECT count(*) FROM sqlite_schema")
        if not readonly:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        if path.stat().st_size <= CHECKED:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if said != "ok":
                raise apsw.CorruptError(said)
        return connection

    def _migrate(self, *, readonly: bool) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise OwnerError(
                f"{self._path} was written by a newer Roomtone (schema {version}, this one knows "
                f"{len(MIGRATIONS)}); install the newer one again, or move the file away"
            )
        if readonly:
            if version < len(MIGRATIONS):
                raise OwnerError(f"{self._path} is from an older Roomtone; start the daemon once")
            return
        for number, migration in enumerate(MIGRATIONS[version:], version + 1):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                migration(self._connection.execute)
                self._connection.execute(f"PRAGMA user_version={number}")
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._apsw.Error as problem:
            raise PartError("store", self._reason(problem)) from None

    def _reason(self, problem: Exception) -> str:
        """The problem by its kind only: SQLite's own words may quote what was said."""
        apsw = self._apsw
        reasons = {
            apsw.FullError: "the disk is full",
            apsw.ReadOnlyError: "the disk is read-only",
            apsw.IOError: "the disk is full, or cannot be read or written",
            apsw.CantOpenError: "the file cannot be opened",
            apsw.BusyError: "the file is held by another program",
            apsw.CorruptError: "the file is damaged",
            apsw.NotADBError: "the file is damaged or the key is wrong",
        }
        return reasons.get(type(problem), type(problem).__name__)

    def _advice(self, problem: Exception) -> str:
        apsw = self._apsw
        if isinstance(problem, apsw.NotADBError):
            return (
                f"{self._path} does not open with the key beside it: put the right key back, or "
                "move the database away to start afresh"
            )
        if isinstance(problem, apsw.CorruptError):
            return f"{self._path} is damaged; move it away to start afresh, or put a backup there"
        return f"{self._path}: {self._reason(problem)}; make room or correct [paths] state"
