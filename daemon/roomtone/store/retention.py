"""Forgetting: what is older than the owner allows, or all of it, leaves every file."""

from __future__ import annotations

import contextlib
import math
import time
from typing import Protocol

from roomtone.base.belief import DAY, Belief, first, looked
from roomtone.base.clock import Clock
from roomtone.base.error import PartError
from roomtone.store import copies
from roomtone.store.database import Database

LOOK = 600.0
"""Seconds from one look at the clocks to the next."""


class Turns(Protocol):
    """The store, as far as forgetting needs it."""

    async def newest(self, before: float) -> float | None:
        """Unix time at which the newest turn before `before` started; None when there is none."""
        ...

    async def forget_before(self, moment: float) -> int:
        """Delete the turns that started before Unix time `moment`; how many."""
        ...


async def daily(kept: Turns, days: int, clock: Clock) -> None:
    """Forget what is older than `days`, now and every day, until cancelled.

    Not while the wall clock cannot be believed: it would take everything at once. At the start
    the turns tell whether it leapt before: the newest that is older than a day is not much older
    in a house that is lived in. A disk that fails is asked again at the next look.
    """
    seen: Belief | None = None
    done = -math.inf
    while True:
        now = clock.read()
        with contextlib.suppress(PartError):
            if seen is None:
                seen = first(now, await kept.newest(now.wall - DAY))
            else:
                seen = looked(seen, now)
            if seen.holds() and now.elapsed - done >= DAY:
                await kept.forget_before(now.wall - days * DAY)
                done = now.elapsed
        await clock.sleep(LOOK)


def forget_before(database: Database, moment: float) -> int:
    """Delete the turns that started before Unix time `moment`; how many.

    A copy from before a change of the schema goes when it is a day old.
    """
    database.drop_copies(moment if moment == float("inf") else time.time() - copies.KEPT)
    ((old,),) = database.read("SELECT count(*) FROM turns WHERE started < ?", (moment,))
    if old:
        database.write("DELETE FROM turns WHERE started < ?", (moment,))
        database.forget()
    return int(old)


def forget_turn(database: Database, number: int) -> bool:
    """Delete one turn; False when there is none with this number."""
    known = bool(database.read("SELECT 1 FROM turns WHERE id = ?", (number,)))
    database.write("DELETE FROM turns WHERE id = ?", (number,))
    database.drop_copies()
    database.forget()
    return known


def forget_all(database: Database) -> int:
    """Delete every turn; how many. Timers and choices stay."""
    return forget_before(database, float("inf"))
