"""Forgetting: what is older than the owner allows, or all of it, leaves every file."""

from __future__ import annotations

from roomtone.store.database import Database


def forget_before(database: Database, moment: float) -> int:
    """Delete the turns that started before Unix time `moment`; how many."""
    ((old,),) = database.read("SELECT count(*) FROM turns WHERE started < ?", (moment,))
    if old:
        database.write("DELETE FROM turns WHERE started < ?", (moment,))
        database.forget()
    return int(old)


def forget_turn(database: Database, number: int) -> bool:
    """Delete one turn; False when there is none with this number."""
    known = bool(database.read("SELECT 1 FROM turns WHERE id = ?", (number,)))
    database.write("DELETE FROM turns WHERE id = ?", (number,))
    database.forget()
    return known


def forget_all(database: Database) -> int:
    """Delete every turn; how many. Timers and choices stay."""
    return forget_before(database, float("inf"))
