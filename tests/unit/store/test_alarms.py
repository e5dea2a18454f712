"""Alarms survive as the person set them: seven is seven."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from roomtone.base.room import AlarmClock
from roomtone.store import alarms
from roomtone.store.database import Database

SEVEN = dt.datetime(2026, 11, 22, 7, 0)  # noqa: DTZ001 - the wall has no zone
HALF_PAST = dt.datetime(2026, 11, 22, 6, 30)  # noqa: DTZ001 - as above


def test_a_restart_loses_no_alarm(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", bytes(32))
    number = alarms.add(database, AlarmClock(id=0, at=SEVEN, name="run"))
    database.close()
    again = Database(tmp_path / "db", bytes(32))
    assert alarms.pending(again) == (AlarmClock(id=number, at=SEVEN, name="run"),)
    again.close()


def test_the_earliest_comes_first_and_only_the_named_ones_go() -> None:
    database = Database(None)
    late = alarms.add(database, AlarmClock(id=0, at=SEVEN))
    early = alarms.add(database, AlarmClock(id=0, at=HALF_PAST))
    assert [alarm.id for alarm in alarms.pending(database)] == [early, late]
    alarms.cancel(database, ())
    alarms.cancel(database, (early, 99))
    assert [alarm.id for alarm in alarms.pending(database)] == [late]
