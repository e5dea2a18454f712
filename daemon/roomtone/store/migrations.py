"""The schema, step by step; steps are only ever added."""

from __future__ import annotations

from collections.abc import Callable

Execute = Callable[[str], object]


def _first(execute: Execute) -> None:
    execute(
        "CREATE TABLE turns (id INTEGER PRIMARY KEY AUTOINCREMENT, started REAL NOT NULL, "
        "record TEXT NOT NULL) STRICT"
    )
    execute("CREATE INDEX turns_started ON turns (started)")
    execute(
        "CREATE TABLE timers (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
        "seconds INTEGER NOT NULL, due REAL NOT NULL) STRICT"
    )
    execute("CREATE TABLE choices (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


def _clocks(execute: Execute) -> None:
    """Timers know the elapsed time at which they ring; alarms ring at a time of day."""
    execute("ALTER TABLE timers ADD COLUMN boot TEXT NOT NULL DEFAULT ''")
    execute("ALTER TABLE timers ADD COLUMN ends REAL NOT NULL DEFAULT 0")
    execute(
        "CREATE TABLE alarms (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
        "at TEXT NOT NULL) STRICT"
    )


MIGRATIONS: tuple[Callable[[Execute], None], ...] = (_first, _clocks)
"""Number n brings a database of schema n-1 to schema n, inside one transaction."""
