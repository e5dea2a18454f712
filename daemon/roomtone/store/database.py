"""One encrypted SQLite file, opened so that it survives power cuts and really forgets."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from roomtone.base.error import OwnerError, PartError
from roomtone.store import connection as connections
from roomtone.store import copies, files, repair, rotation, snapshots, trouble, wal
from roomtone.store.key import Lock
from roomtone.store.migrations import MIGRATIONS
from roomtone.store.opening import opened
from roomtone.store.repair import Restored

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

        What is damaged is restored from a snapshot, see `restored`. `exclusive` needs no room
        beside the file, and lets nobody else read. Raises OwnerError: wrong key, damaged beyond
        repair, written by a newer Roomtone, no room, no right; all is left as it was then.
        """
        connections.require_safe()
        self.restored: Restored | None = None
        self._connection: Any = None
        self._damaged = False
        self._snapped: tuple[int, int] | None = None
        self._path = path
        self._key = key
        self._readonly = readonly
        self._exclusive = exclusive
        try:
            self._open()
        except (apsw.Error, OSError) as problem:
            raise OwnerError(
                trouble.advice(problem, path), kind=trouble.kind(problem, path)
            ) from problem

    @property
    def size(self) -> int:
        """Bytes of the file and its log; 0 in memory."""
        if self._path is None:
            return 0
        sizes = 0
        for path in (self._path, wal.of(self._path)):
            with contextlib.suppress(OSError):
                sizes += path.stat().st_size
        return sizes

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows. Raises PartError when the file cannot be read."""
        with self._told():
            return list(self._connection.execute(sql, tuple(values)))

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement, durable when this returns; the id of the row it inserted.

        Inside `transaction` it is durable when that ends. Raises PartError when it could not be
        written; nothing is half written then.
        """
        with self._told():
            self._require_place()
            self._connection.execute(sql, tuple(values))
            return int(self._connection.last_insert_rowid())

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is durable when this ends, or nothing of it.

        Raises PartError as `write` does.
        """
        with self._told():
            self._require_place()
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told():
                self._connection.execute("COMMIT")
        finally:
            with contextlib.suppress(apsw.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def forget(self, before: float = float("inf")) -> None:
        """Take what was deleted out of file, log and copies: nothing of it stays anywhere.

        `before` as in `drop_copies`. Needs room for a second file. Raises PartError; also while
        another program reads and so holds the log.
        """
        if self._path is None:
            return
        with self._told():
            self._require_place()
            self._drop_copies(before)
            try:
                rotation.rewrite(self._connection, self._path, self._key)
            finally:
                self._connection.close()
                self._open()

    def drop_copies(self, before: float = float("inf")) -> None:
        """Delete the snapshots, and what is older than `before` of other copies.

        Those are from before a change of the schema, or damaged. Raises PartError.
        """
        with self._told():
            self._drop_copies(before)

    def snapshot_due(self, now: float) -> bool:
        """Whether something changed since a snapshot that is old enough at Unix time `now`."""
        if self._path is None or self._readonly:
            return False
        with self._told():
            return self._state() != self._snapped and snapshots.due(self._path, now)

    def snapshot_if_changed(self) -> None:
        """Take a snapshot when something changed since the last. Raises PartError."""
        if self._path is not None and not self._readonly and self._state() != self._snapped:
            self.snapshot()

    def snapshot(self, now: float | None = None) -> None:
        """Take a snapshot beside the file; one in memory has none. Raises PartError."""
        if self._path is None:
            return
        with self._told():
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            state = self._state()
            moment = time.time() if now is None else now
            snapshots.make(self._connection, self._path, self._key, moment)
            self._snapped = state

    def check(self) -> list[str]:
        """Read everything and compare indexes with tables; what is wrong, in SQLite's words."""
        try:
            said = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check(20)")]
        except (apsw.CorruptError, apsw.NotADBError):
            said = ["a page is damaged"]
        except apsw.Error as problem:
            said = [trouble.reason(problem, self._path)]
        return [] if said == ["ok"] else said

    def restore_newest(self) -> Restored:
        """Take up the newest snapshot that is whole; the file as it is is kept for a day.

        Raises OwnerError when there is none, PartError when the disk fails.
        """
        if self._path is None or snapshots.newest_sound(self._path, self._key) is None:
            raise OwnerError("there is no snapshot to restore from")
        with self._told():
            self._connection.close()
            self.restored = repair.restore(self._path, self._key)
            self._open()
        if self.restored is None:
            raise OwnerError("there is no snapshot to restore from")
        return self.restored

    def rotate(self, lock: Lock) -> None:
        """Give the database a new key and destroy the old one with all copies under it.

        What was deleted before cannot be read any more, also not in what flash memory keeps of it.
        Needs room for a second file. Raises PartError; old key and file go on to work then.
        """
        if self._path is None:
            return
        with self._told():
            self._require_place()
            self._drop_copies()
            try:
                rotation.renew(self._connection, lock)
            finally:
                self._connection.close()
                self._key = lock.open()
                self._open()

    def close(self) -> None:
        """Fold the log into the file and close it."""
        with contextlib.suppress(apsw.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with contextlib.suppress(apsw.Error):
            self._connection.close()

    def _open(self) -> None:
        """Connect, repair what is damaged, bring the schema up to date."""
        self._damaged = False
        if self._path is None:
            self._connection = apsw.Connection(":memory:")
        else:
            self._connection, restored = opened(
                self._path, self._key, readonly=self._readonly, exclusive=self._exclusive
            )
            self.restored = restored or self.restored
        try:
            self._migrate()
            self._place = self._found()
            self._snapped = self._state() if self._is_snapped() else None
        except BaseException:
            self._connection.close()
            raise

    def _migrate(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise OwnerError(
                f"{self._path} was written by a newer Roomtone (schema {version}, this one knows "
                f"{len(MIGRATIONS)}); install the newer one again, or move the file away",
                kind="database_bad",
            )
        if self._readonly:
            if version < len(MIGRATIONS):
                raise OwnerError(f"{self._path} is from an older Roomtone; start the daemon once")
            return
        if self._path is not None:
            copies.drop(self._path, time.time() - copies.KEPT)
            if 0 < version < len(MIGRATIONS):
                copies.make(self._connection, self._path, self._key, version + 1)
        for number, migration in enumerate(MIGRATIONS[version:], version + 1):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                migration(self._connection.execute)
                self._connection.execute(f"PRAGMA user_version={number}")
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _drop_copies(self, before: float = float("inf")) -> None:
        if self._path is not None:
            copies.drop(self._path, before)
            snapshots.drop(self._path)
            files.sync(self._path.parent)

    def _state(self) -> tuple[int, int]:
        """Differs when this connection or another program has written."""
        ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
        return self._connection.total_changes(), int(version)

    def _is_snapped(self) -> bool:
        """Whether the newest snapshot is newer than the file."""
        if self._path is None:
            return True
        newest = next(iter(snapshots.of(self._path)), None)
        return newest is not None and newest.stat().st_mtime >= self._path.stat().st_mtime

    def _require_place(self) -> None:
        if self._found() != self._place:
            raise PartError("store", f"{self._path} was taken away", kind="disk_failed")

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
        """Raise PartError for what goes wrong; a damaged file is not touched again until opened."""
        if self._damaged:
            raise PartError("store", "the file is damaged", kind="database_bad")
        try:
            yield
        except OwnerError as error:
            raise PartError("store", str(error), kind=error.kind) from None
        except (apsw.Error, OSError) as problem:
            code = 0
            with contextlib.suppress(apsw.ConnectionClosedError):
                if isinstance(problem, apsw.IOError):
                    code = self._connection.system_errno
            kind = trouble.kind(problem, self._path, code)
            if kind == "database_bad" and self._path is not None:
                self._damaged = True
                with contextlib.suppress(OSError):
                    repair.suspect(self._path).touch(mode=0o600)
            raise PartError("store", trouble.reason(problem, self._path, code), kind=kind) from None
