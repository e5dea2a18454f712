"""How long things are kept: by age and size, on time, and nothing else."""

from __future__ import annotations

import asyncio

from roomtone.base.belief import DAY
from roomtone.base.clock import Moment, StreamClock
from roomtone.base.error import PartError
from roomtone.store import retention, turns
from roomtone.store.database import Database
from roomtone.store.settings import KeepSettings
from roomtone.turn.record import Turn

START = 1_790_000_000.0
TWO_DAYS = KeepSettings(days=2, megabytes=7)


class Forgetful:
    """A store that notes what it is to forget, and fails when told to."""

    def __init__(self, *, broken: bool = False, newest: float | None = None) -> None:
        self.moments: list[float] = []
        self.figures: list[float] = []
        self.sizes: list[int] = []
        self.looks: list[float] = []
        self._broken = broken
        self._newest = newest

    async def newest(self, before: float) -> float | None:
        return self._newest

    async def forget_before(self, moment: float) -> int:
        self.moments.append(moment)
        if self._broken:
            raise PartError("store", "the disk is full")
        return 0

    async def forget_figures(self, moment: float) -> int:
        self.figures.append(moment)
        return 0

    async def forget_beyond(self, size: int) -> int:
        self.sizes.append(size)
        return 0

    async def snapshot_if_due(self, now: float) -> bool:
        self.looks.append(now)
        if self._broken:
            raise PartError("store", "the disk is full")
        return False


async def lived(
    store: Forgetful, clock: StreamClock, *days: float, keep: KeepSettings = TWO_DAYS
) -> list[float]:
    """What is forgotten while the clock shows each of `days` since the start."""
    task = asyncio.create_task(retention.daily(store, keep, clock))
    for day in days:
        await clock.move(day * DAY)
        for _ in range(20):
            await asyncio.sleep(0)
    task.cancel()
    return store.moments


def test_it_forgets_at_once_and_every_day() -> None:
    first = START - 2 * DAY
    moments = asyncio.run(lived(Forgetful(), StreamClock(START), 0.0, 0.5, 1.0, 1.5, 2.0))
    assert moments == [first, first + DAY, first + 2 * DAY]


def test_what_must_not_be_kept_is_forgotten_at_every_look() -> None:
    keep = KeepSettings(days=0)
    moments = asyncio.run(lived(Forgetful(), StreamClock(START), 0.0, 0.1, 0.2, keep=keep))
    assert moments == [START, START + 0.1 * DAY, START + 0.2 * DAY]


def test_the_ledger_keeps_its_figures_for_a_year_or_as_long_as_the_turns() -> None:
    ages = []
    for days in (2, 1000):
        store = Forgetful()
        asyncio.run(lived(store, StreamClock(START), 0.0, keep=KeepSettings(days=days)))
        ages.append((START - store.figures[0]) / DAY)
    assert ages == [365, 1000]


def test_size_and_snapshots_are_looked_at_more_often_than_once_in_fifteen_minutes() -> None:
    store = Forgetful()
    asyncio.run(lived(store, StreamClock(START), *(minute / 1440 for minute in range(0, 60, 10))))
    assert store.sizes == [7_000_000] * 6
    assert store.looks == [START + 600.0 * number for number in range(6)]


def test_a_disk_that_fails_is_asked_again() -> None:
    first = START - 2 * DAY
    store = Forgetful(broken=True)
    moments = asyncio.run(lived(store, StreamClock(START), 0.0, 0.5))
    assert moments == [first, first + DAY / 2]
    assert len(store.sizes) == 2


class Alone(StreamClock):
    """A clock that no server sets, and that somebody moves by hand."""

    ahead = 0.0

    def read(self) -> Moment:
        shown = super().read()
        return Moment(wall=shown.wall + self.ahead, elapsed=shown.elapsed, boot=shown.boot)


def test_a_clock_that_leaps_ahead_takes_nothing_with_it_until_it_has_kept_step_for_a_day() -> None:
    async def live() -> list[int]:
        store, clock = Forgetful(newest=START - 60.0), Alone(START)
        task = asyncio.create_task(retention.daily(store, TWO_DAYS, clock))
        counts = []
        for day, ahead in ((0.0, 0.0), (1.0, 1000 * DAY), (1.9, 1000 * DAY), (2.1, 1000 * DAY)):
            clock.ahead = ahead
            await clock.move(day * DAY)
            for _ in range(20):
                await asyncio.sleep(0)
            counts.append(len(store.moments))
        task.cancel()
        return counts

    assert asyncio.run(live()) == [1, 1, 1, 2]


def test_a_start_with_a_clock_far_ahead_of_the_last_conversation_takes_nothing() -> None:
    store = Forgetful(newest=START - 1000 * DAY)
    assert asyncio.run(lived(store, Alone(START), 0.0, 0.9)) == []
    assert len(asyncio.run(lived(store, Alone(START), 0.0, 1.1))) == 1


def filled(count: int) -> Database:
    """Turns of about two kilobytes each."""
    database = Database(None)
    for number in range(count):
        turns.add(database, Turn(started=number, heard=f"number {number}", reply="so " * 600))
    return database


def test_by_size_the_oldest_go_until_the_rest_fits() -> None:
    database = filled(300)
    gone = retention.forget_beyond(database, 500_000)
    left = [turn.started for turn in turns.newest(database, 999)]
    assert gone + len(left) == 300
    assert left == list(range(299, gone - 1, -1))
    assert 50 < len(left) < 250
    assert retention.forget_beyond(database, 500_000) == 0


def test_a_size_that_nothing_fits_takes_every_turn_and_ends() -> None:
    database = filled(3)
    assert retention.forget_beyond(database, 1) == 3
    assert retention.forget_beyond(database, 1) == 0


def test_what_fits_stays() -> None:
    database = filled(3)
    assert retention.forget_beyond(database, 10_000_000) == 0
    assert len(turns.newest(database, 9)) == 3
