"""Forgetting: from every file, on time, and nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from roomtone.base.clock import StreamClock
from roomtone.base.error import PartError
from roomtone.store import retention, timers, turns
from roomtone.store.database import Database
from roomtone.turn.record import Turn


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
    timers.add(database, 60, "egg", 0.0)
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

    def __init__(self, *, broken: bool = False) -> None:
        self.moments: list[float] = []
        self._broken = broken

    async def forget_before(self, moment: float) -> int:
        self.moments.append(moment)
        if self._broken:
            raise PartError("store", "the disk is full")
        return 0


@pytest.mark.parametrize("broken", [False, True])
def test_it_forgets_at_once_and_every_day_even_after_a_failure(broken: bool) -> None:
    async def live() -> list[float]:
        store, clock = Forgetful(broken=broken), StreamClock(1_000_000.0)
        task = asyncio.create_task(retention.daily(store.forget_before, 2, clock))
        for day in (0.0, 0.5, 1.0, 2.0):
            await clock.move(day * retention.DAY)
            for _ in range(10):
                await asyncio.sleep(0)
        task.cancel()
        return store.moments

    first = 1_000_000.0 - 2 * retention.DAY
    assert asyncio.run(live()) == [first, first + retention.DAY, first + 2 * retention.DAY]
