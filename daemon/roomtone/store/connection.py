"""A connection to one encrypted file: its key, its settings, and whether the file is whole."""

from __future__ import annotations

import urllib.parse
from pathlib import Path
from typing import Any

import apsw

from roomtone.base.error import OwnerError
from roomtone.store import files

SAFE = (3, 51, 3)
"""The first SQLite without the WAL-reset bug (sqlite.org/wal.html)."""

PATIENCE = 5000
"""Milliseconds that a statement waits for another program."""

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "journal_size_limit=4194304",
)
"""What a connection that writes is set to."""


def require_safe() -> None:
    """Raise OwnerError when the SQLite that is installed may lose data."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if version < SAFE:
        raise OwnerError(f"SQLite {version} may lose data; install apsw-sqlite3mc 3.51.3 or newer")


def connect(path: Path, key: bytes, *, readonly: bool = False, exclusive: bool = False) -> Any:
    """Open a file with its key, and read its first page; without a key it is not encrypted.

    Closing it leaves log and file as they are until `trust`. Raises apsw.Error: NotADBError when
    the key is wrong or the first page damaged.
    """
    access = (
        apsw.SQLITE_OPEN_READONLY
        if readonly
        else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    )
    connection = apsw.Connection(str(path), flags=access | apsw.SQLITE_OPEN_URI)
    try:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        connection.set_busy_timeout(PATIENCE)
        if key:
            connection.execute("PRAGMA cipher='chacha20'")
            connection.execute(f"PRAGMA key='raw:{key.hex()}'")
        if exclusive:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: Any, *, exclusive: bool = False) -> None:
    """Set it up for writing; a full disk leaves one that is `exclusive` without a log.

    Raises apsw.Error.
    """
    for pragma in PRAGMAS:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except apsw.FullError:
            if not exclusive:
                raise


def trust(connection: Any) -> None:
    """Have it fold the log into the file when it closes."""
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)


def check(connection: Any, *, wholly: bool = False) -> None:
    """Read the whole file; `wholly` compares indexes with tables too. Raises apsw.Error."""
    pragma = "integrity_check" if wholly else "quick_check"
    said = next(connection.execute(f"PRAGMA {pragma}(1)"))[0]
    if said != "ok":
        raise apsw.CorruptError(said)


def opens(path: Path, key: bytes) -> bool:
    """Whether the key fits the file. Raises apsw.Error when that cannot be known."""
    if not path.exists():
        return False
    try:
        connect(path, key, readonly=True).close()
    except apsw.NotADBError:
        return False
    return True


def sound(path: Path, key: bytes) -> bool:
    """Whether a file that nobody writes opens with the key and is whole."""
    try:
        connection = connect(path, key, readonly=True)
        try:
            check(connection)
        finally:
            connection.close()
    except apsw.Error:
        return False
    return True


def copy(connection: Any, path: Path, key: bytes) -> None:
    """Write all that the open database holds to the new file `path` under `key`, and read it again.

    Raises apsw.Error, OSError.
    """
    discard(path)
    path.touch(mode=0o600)
    place = urllib.parse.quote(str(path.absolute()))
    cipher = f"?cipher=chacha20&key=raw:{key.hex()}" if key else ""
    target = f"file:{place}{cipher}"
    connection.execute("VACUUM INTO ?", (target,))
    files.sync(path)
    if not sound(path, key):
        raise apsw.CorruptError("the copy is damaged")


def discard(path: Path) -> None:
    """Delete a copy, whole or half, and what was written beside it. Raises OSError."""
    for half in (path, path.with_name(f"{path.name}-journal")):
        half.unlink(missing_ok=True)
