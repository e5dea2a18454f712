"""Timers on disk: a restart or a power cut loses none."""

from __future__ import annotations

from roomtone.base.room import Timer
from roomtone.store.database import Database


def add(database: Database, timer: Timer) -> int:
    """Keep a timer; its number on the disk."""
    return database.write(
        "INSERT INTO timers (name, seconds, due, boot, ends) VALUES (?, ?, ?, ?, ?)",
        (timer.name, timer.seconds, timer.due, timer.boot, timer.ends),
    )


def running(database: Database) -> tuple[Timer, ...]:
    """All timers as they were set, also those that fell due while nobody ran."""
    rows = database.read("SELECT id, name, seconds, due, boot, ends FROM timers ORDER BY due, id")
    return tuple(
        Timer(id=number, name=name, seconds=seconds, due=due, boot=boot, ends=ends)
        for number, name, seconds, due, boot, ends in rows
    )


def cancel(database: Database, ids: tuple[int, ...]) -> None:
    """Remove the timers with these numbers; unknown ones are no mistake."""
    if ids:
        marks = ", ".join("?" * len(ids))
        database.write(f"DELETE FROM timers WHERE id IN ({marks})", ids)  # noqa: S608 - marks only
