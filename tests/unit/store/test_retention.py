"""Forgetting: from every file, on time, and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path

from roomtone.base.belief import DAY
from roomtone.base.clock import Moment, StreamClock
from roomtone.base.error import PartError
from roomtone.base.room import Timer
from roomtone.store import retention, timers, turns
from roomtone.store.database import Database
from roomtone.turn.record import Turn

START = 1_790_000_000.0


def filled(*started: float) -> Database:
    database = Database(None)
    for moment in started:
        turns.add(database, Turn(started=moment, heard="words"))
    return database


def test_what_is_older_goes_and_what_is_younger_stays() -> None:
    database = filled(10.0, 20.0, 30.0)
    assert retention.forget_before(database, 25.0) == 2
    assert [turn.started for turn in turns.newest(database, 9)] == [30.0]


def test_one_turn_goes_and_the_second_time_there_is_none() -> None:
    database = filled(10.0, 20.0)
    assert retention.forget_turn(database, 1)
    assert not retention.forget_turn(database, 1)
    assert [turn.started for turn in turns.newest(database, 9)] == [20.0]


def test_forgetting_everything_leaves_timers() -> None:
    database = filled(10.0, 20.0)
    timers.add(database, Timer(id=0, name="egg", seconds=60, due=60.0))
    assert retention.forget_all(database) == 2
    assert turns.newest(database, 9) == []
    assert len(timers.running(database)) == 1


def test_what_was_forgotten_stands_in_no_file(tmp_path: Path) -> None:
    """Read with the key, as a thief of both files would: page by page, free ones included."""
    path = tmp_path / "db"
    database = Database(path, bytes(32))
    for number in range(10):
        turns.add(database, Turn(started=number, heard=f"canary {number} " * 200))
    retention.forget_all(database)
    assert (tmp_path / "db-wal").stat().st_size == 0
    database.read("PRAGMA hexrekey=''")
    database.close()
    assert path.read_bytes().startswith(b"SQLite format 3")
    assert b"canary" not in path.read_bytes()


class Forgetful:
    """A store that notes what it is to forget, and fails when told to."""

    def __init__(self, *, broken: bool = False, newest: float | None = None) -> None:
        self.moments: list[float] = []
        self._broken = broken
        self._newest = newest

    async def newest(self, before: float) -> float | None:
        return self._newest

    async def forget_before(self, moment: float) -> int:
        self.moments.append(moment)
        if self._broken:
            raise PartError("store", "the disk is full")
        return 0


async def lived(store: Forgetful, clock: StreamClock, *days: float) -> list[float]:
    """What is forgotten while the clock shows each of `days` since the start."""
    task = asyncio.create_task(retention.daily(store, 2, clock))
    for day in days:
        await clock.move(day * DAY)
        for _ in range(10):
            await asyncio.sleep(0)
    task.cancel()
    return store.moments


def test_it_forgets_at_once_and_every_day() -> None:
    first = START - 2 * DAY
    moments = asyncio.run(lived(Forgetful(), StreamClock(START), 0.0, 0.5, 1.0, 1.5, 2.0))
    assert moments == [first, first + DAY, first + 2 * DAY]


def test_a_disk_that_fails_is_asked_again() -> None:
    first = START - 2 * DAY
    moments = asyncio.run(lived(Forgetful(broken=True), StreamClock(START), 0.0, 0.5))
    assert moments == [first, first + DAY / 2]


class Alone(StreamClock):
    """A clock that no server sets, and that somebody moves by hand."""

    ahead = 0.0

    def read(self) -> Moment:
        shown = super().read()
        return Moment(wall=shown.wall + self.ahead, elapsed=shown.elapsed, boot=shown.boot)


def test_a_clock_that_leaps_ahead_takes_nothing_with_it_until_it_has_kept_step_for_a_day() -> None:
    async def live() -> list[int]:
        store, clock = Forgetful(newest=START - 60.0), Alone(START)
        task = asyncio.create_task(retention.daily(store, 2, clock))
        counts = []
        for day, ahead in ((0.0, 0.0), (1.0, 1000 * DAY), (1.9, 1000 * DAY), (2.1, 1000 * DAY)):
            clock.ahead = ahead
            await clock.move(day * DAY)
            for _ in range(10):
                await asyncio.sleep(0)
            counts.append(len(store.moments))
        task.cancel()
        return counts

    assert asyncio.run(live()) == [1, 1, 1, 2]


def test_a_start_with_a_clock_far_ahead_of_the_last_conversation_takes_nothing() -> None:
    store = Forgetful(newest=START - 1000 * DAY)
    assert asyncio.run(lived(store, Alone(START), 0.0, 0.9)) == []
    assert len(asyncio.run(lived(store, Alone(START), 0.0, 1.1))) == 1
