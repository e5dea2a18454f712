"""Timers survive; the next one comes first."""

from __future__ import annotations

from pathlib import Path

from roomtone.base.room import Timer
from roomtone.store import timers
from roomtone.store.database import Database


def test_the_next_to_ring_comes_first() -> None:
    database = Database(None)
    timers.add(database, 600, "pasta", 1000.0)
    timers.add(database, 60, "egg", 1000.0)
    assert [(timer.name, timer.due) for timer in timers.running(database)] == [
        ("egg", 1060.0),
        ("pasta", 1600.0),
    ]


def test_a_restart_loses_no_timer(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", bytes(32))
    made = timers.add(database, 300, "", 50.0)
    database.close()
    again = Database(tmp_path / "db", bytes(32))
    assert timers.running(again) == (made,)
    assert made == Timer(id=1, name="", seconds=300, due=350.0)
    again.close()


def test_only_the_named_ones_are_cancelled() -> None:
    database = Database(None)
    made = [timers.add(database, 60 * n, f"{n}", 0.0) for n in range(1, 4)]
    timers.cancel(database, (made[0].id, made[2].id, 99))
    assert [timer.name for timer in timers.running(database)] == ["2"]


def test_cancelling_none_cancels_none() -> None:
    database = Database(None)
    timers.add(database, 60, "egg", 0.0)
    timers.cancel(database, ())
    assert len(timers.running(database)) == 1
