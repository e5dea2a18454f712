"""Everything that is kept, row by row, as the schema has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from roomtone.store.database import Database

BATCH = 200
"""Rows that are read at once."""

JSON = {("turns", "record")}
"""Columns that hold JSON themselves; they are told as what they hold."""


def head(database: Database, now: float) -> dict[str, Any]:
    """The first line: which schema follows, and when it was written (Unix time)."""
    ((schema,),) = database.read("PRAGMA user_version")
    return {"roomtone": "export", "schema": schema, "at": now}


def tables(database: Database) -> dict[str, list[str]]:
    """Table -> columns, of all tables that hold something of their own.

    The index of words is made of the turns, and SQLite's own tables hold numbers only.
    """
    rows = database.read("PRAGMA table_list")
    names = sorted(
        name
        for schema, name, kind, *_ in rows
        if schema == "main" and kind == "table" and not name.startswith("sqlite_")
    )
    return {name: _columns(database, name) for name in names}


def page(database: Database, table: str, after: int) -> tuple[list[dict[str, Any]], int | None]:
    """The next rows of a table behind the row `after`; None when they were the last."""
    columns = _columns(database, table)
    names = ", ".join(f'"{name}"' for name in columns)
    rows = database.read(
        f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT ?',  # noqa: S608 - names of the schema only
        (after, BATCH),
    )
    told = [{"table": table, "row": dict(_told(table, columns, row[1:]))} for row in rows]
    return told, rows[-1][0] if len(rows) == BATCH else None


def _columns(database: Database, table: str) -> list[str]:
    return [str(row[1]) for row in database.read(f'PRAGMA table_info("{table}")')]


def _told(table: str, columns: list[str], values: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for column, value in zip(columns, values, strict=True):
        yield column, msgspec.json.decode(value) if (table, column) in JSON else value
