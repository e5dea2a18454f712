"""Alarms on disk, as a person set them: a local time without zone."""

from __future__ import annotations

import datetime as dt

from roomtone.base.room import AlarmClock
from roomtone.store.database import Database


def add(database: Database, alarm: AlarmClock) -> int:
    """Keep an alarm; its number on the disk."""
    return database.write(
        "INSERT INTO alarms (name, at) VALUES (?, ?)",
        (alarm.name, alarm.at.isoformat(timespec="minutes")),
    )


def pending(database: Database) -> tuple[AlarmClock, ...]:
    """All alarms, the earliest first; also those that nobody was there to ring."""
    rows = database.read("SELECT id, name, at FROM alarms ORDER BY at, id")
    return tuple(
        AlarmClock(id=number, name=name, at=dt.datetime.fromisoformat(at))
        for number, name, at in rows
    )


def cancel(database: Database, ids: tuple[int, ...]) -> None:
    """Remove the alarms with these numbers; unknown ones are no mistake."""
    if ids:
        marks = ", ".join("?" * len(ids))
        database.write(f"DELETE FROM alarms WHERE id IN ({marks})", ids)  # noqa: S608 - marks only
