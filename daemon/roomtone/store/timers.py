"""Timers on disk: a restart or a power cut loses none."""

from __future__ import annotations

from roomtone.base.room import Timer
from roomtone.store.database import Database


def add(database: Database, seconds: int, name: str, now: float) -> Timer:
    """Keep a timer of `seconds` that starts at Unix time `now`."""
    due = now + seconds
    number = database.write(
        "INSERT INTO timers (name, seconds, due) VALUES (?, ?, ?)", (name, seconds, due)
    )
    return Timer(id=number, name=name, seconds=seconds, due=due)


def running(database: Database) -> tuple[Timer, ...]:
    """All timers, the next one first; those that fell due while nobody ran come first."""
    rows = database.read("SELECT id, name, seconds, due FROM timers ORDER BY due, id")
    return tuple(
        Timer(id=number, name=name, seconds=seconds, due=due) for number, name, seconds, due in rows
    )


def cancel(database: Database, ids: tuple[int, ...]) -> None:
    """Remove the timers with these numbers; unknown ones are no mistake."""
    if ids:
        marks = ", ".join("?" * len(ids))
        database.write(f"DELETE FROM timers WHERE id IN ({marks})", ids)  # noqa: S608 - marks only
