"""Forgetting: what is older than the owner allows, or all of it, leaves every file."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

from roomtone.base.clock import Clock
from roomtone.base.error import PartError
from roomtone.store.database import Database

DAY = 86_400.0
"""Seconds."""


async def daily(forget_before: Callable[[float], Awaitable[int]], days: int, clock: Clock) -> None:
    """Forget what is older than `days`, now and every day, until cancelled.

    A disk that fails is asked again the next day.
    """
    while True:
        now = clock.now()
        with contextlib.suppress(PartError):
            await forget_before(now - days * DAY)
        await clock.until(now + DAY)


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
