"""How long things are kept: by age, by size, and not while the clock cannot be believed."""

from __future__ import annotations

import contextlib
import math
from typing import Protocol

from roomtone.base.belief import DAY, Belief, first, looked
from roomtone.base.clock import Clock
from roomtone.base.error import PartError
from roomtone.store import forgetting, turns
from roomtone.store.database import Database
from roomtone.store.settings import KeepSettings

LOOK = 300.0
"""Seconds from one look at the clocks, the size and the snapshots to the next."""

FIGURES = 365
"""Days for which the ledger keeps its figures, or as long as turns are kept, if that is longer."""

MEGABYTE = 1_000_000
"""Bytes."""

SLACK = 0.9
"""Share of the allowed size that is left full, so that it is not reached again at once."""


class Kept(Protocol):
    """The store, as far as retention needs it."""

    async def newest(self, before: float) -> float | None:
        """Unix time at which the newest turn before `before` started; None when there is none."""
        ...

    async def forget_before(self, moment: float) -> int:
        """Delete the turns that started before Unix time `moment`; how many."""
        ...

    async def forget_figures(self, moment: float) -> int:
        """Delete rows of the ledger from before Unix time `moment`; how many."""
        ...

    async def forget_beyond(self, size: int) -> int:
        """Delete the oldest turns until the file has no more than `size` bytes; how many."""
        ...

    async def snapshot_if_due(self, now: float) -> bool:
        """Take a snapshot when something changed since an old one; whether it was taken."""
        ...


async def daily(kept: Kept, keep: KeepSettings, clock: Clock) -> None:
    """Forget what is older or more than the owner wants to keep, until cancelled.

    By age now and every day, and at every look when nothing is to be kept; not while the wall
    clock cannot be believed: it would take everything at once. At the start the turns tell whether
    it leapt before: the newest that is older than a day is not much older in a house that is lived
    in. A disk that fails is asked again at the next look.
    """
    seen: Belief | None = None
    done = -math.inf
    every = DAY if keep.days else 0.0
    while True:
        now = clock.read()
        with contextlib.suppress(PartError):
            await kept.snapshot_if_due(now.wall)
        with contextlib.suppress(PartError):
            if seen is None:
                seen = first(now, await kept.newest(now.wall - DAY))
            else:
                seen = looked(seen, now)
            if seen.holds() and now.elapsed - done >= every:
                await kept.forget_before(now.wall - keep.days * DAY)
                await kept.forget_figures(now.wall - max(keep.days, FIGURES) * DAY)
                done = now.elapsed
        with contextlib.suppress(PartError):
            await kept.forget_beyond(keep.megabytes * MEGABYTE)
        await clock.sleep(LOOK)


def forget_beyond(database: Database, size: int) -> int:
    """Delete the oldest turns until the pages in use have no more than `size` bytes; how many."""
    gone = 0
    while (used := _used(database)) > size and (there := turns.count(database, -math.inf)):
        keep = min(there - 1, int(there * SLACK * size / used))
        gone += forgetting.oldest(database, keep)
    return gone


def _used(database: Database) -> int:
    """Bytes of the pages that hold something."""
    ((pages,),) = database.read("PRAGMA page_count")
    ((free,),) = database.read("PRAGMA freelist_count")
    ((size,),) = database.read("PRAGMA page_size")
    return int((pages - free) * size)
