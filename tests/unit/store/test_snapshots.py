"""Snapshots are whole, few, and taken only when there is something new."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import PartError
from roomtone.store import snapshots
from roomtone.store.database import Database

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path):
    opened = Database(tmp_path / "db", KEY)
    yield opened
    opened.close()


def choose(database: Database, name: str) -> None:
    database.write("INSERT INTO choices VALUES (?, 'canary')", (name,))


def names(path: Path) -> list[str]:
    copy = Database(path, KEY, readonly=True)
    found = [str(name) for (name,) in copy.read("SELECT name FROM choices ORDER BY name")]
    copy.close()
    return found


def test_a_snapshot_holds_what_was_there_under_the_same_key(database, tmp_path):
    choose(database, "a")
    database.snapshot(1000.0)
    choose(database, "b")
    (taken,) = snapshots.of(tmp_path / "db")
    assert names(taken) == ["a"]
    assert b"canary" not in taken.read_bytes()
    assert taken.stat().st_mode & 0o777 == 0o600


def test_two_are_kept_the_newest_first(database, tmp_path):
    for moment in (1000.0, 2000.0, 3000.0):
        database.snapshot(moment)
    assert [snapshots.taken(path) for path in snapshots.of(tmp_path / "db")] == [3000, 2000]


def test_a_clock_that_was_set_back_keeps_their_order(database, tmp_path):
    database.snapshot(5000.0)
    choose(database, "a")
    database.snapshot(1000.0)
    assert names(snapshots.of(tmp_path / "db")[0]) == ["a"]


def test_one_is_due_when_something_changed_and_the_last_is_old_enough(database):
    choose(database, "a")
    assert database.snapshot_due(1000.0)
    database.snapshot(1000.0)
    assert not database.snapshot_due(1000.0 + 2 * snapshots.EVERY)
    choose(database, "b")
    assert not database.snapshot_due(1000.0 + snapshots.EVERY / 2)
    assert database.snapshot_due(1000.0 + snapshots.EVERY)
    assert database.snapshot_due(500.0), "a clock that was set back"


def test_what_another_program_wrote_is_something_new(database, tmp_path):
    database.snapshot(1000.0)
    assert not database.snapshot_due(9000.0)
    other = Database(tmp_path / "db", KEY)
    choose(other, "a")
    other.close()
    assert database.snapshot_due(9000.0)


def test_a_start_without_anything_new_needs_none(database, tmp_path):
    choose(database, "a")
    database.snapshot(1000.0)
    database.close()
    again = Database(tmp_path / "db", KEY)
    assert not again.snapshot_due(9000.0)
    choose(again, "b")
    again.close()
    last = Database(tmp_path / "db", KEY)
    assert last.snapshot_due(9000.0)
    last.close()


def test_a_snapshot_that_does_not_fit_leaves_nothing(database, tmp_path):
    choose(database, "a")
    (tmp_path / f"{'db'}.snapshot-1000.part").mkdir()
    with pytest.raises(PartError):
        database.snapshot(1000.0)
    assert snapshots.of(tmp_path / "db") == []
    choose(database, "b")


def test_a_memory_without_a_file_has_none():
    database = Database(None)
    database.snapshot()
    assert not database.snapshot_due(1000.0)
    database.close()


def test_dropping_copies_drops_every_kind(database, tmp_path):
    database.snapshot(1000.0)
    kinds = ("before-3", "before-3.part", "snapshot-9.part", "snapshot-9.part-journal")
    for kind in (*kinds, "damaged", "damaged-wal"):
        (tmp_path / f"db.{kind}").touch()
    database.drop_copies()
    assert {path.name for path in tmp_path.iterdir()} == {"db", "db-wal", "db-shm"}
