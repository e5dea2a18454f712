"""Timers survive; what they know of the clocks does too."""

from __future__ import annotations

from pathlib import Path

import msgspec

from roomtone.base.room import Timer
from roomtone.store import timers
from roomtone.store.database import Database


def timer(seconds: int, name: str = "") -> Timer:
    """One that was set at Unix time 1000, at second 50 of a run of the machine."""
    return Timer(
        id=0, name=name, seconds=seconds, due=1000.0 + seconds, boot="b", ends=50.0 + seconds
    )


def test_the_next_to_ring_comes_first() -> None:
    database = Database(None)
    timers.add(database, timer(600, "pasta"))
    timers.add(database, timer(60, "egg"))
    assert [(one.name, one.due) for one in timers.running(database)] == [
        ("egg", 1060.0),
        ("pasta", 1600.0),
    ]


def test_a_restart_loses_no_timer(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", bytes(32))
    number = timers.add(database, timer(300))
    database.close()
    again = Database(tmp_path / "db", bytes(32))
    assert timers.running(again) == (msgspec.structs.replace(timer(300), id=number),)
    again.close()


def test_only_the_named_ones_are_cancelled() -> None:
    database = Database(None)
    made = [timers.add(database, timer(60 * n, f"{n}")) for n in range(1, 4)]
    timers.cancel(database, (made[0], made[2], 99))
    assert [one.name for one in timers.running(database)] == ["2"]


def test_cancelling_none_cancels_none() -> None:
    database = Database(None)
    timers.add(database, timer(60, "egg"))
    timers.cancel(database, ())
    assert len(timers.running(database)) == 1
