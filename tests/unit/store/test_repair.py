"""A damaged database is restored from the newest whole snapshot; a wrong key touches nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from roomtone.base.error import OwnerError, PartError
from roomtone.store import opening, repair, snapshots
from roomtone.store.database import Database

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with "a" in its snapshot and "b" behind it."""
    place = tmp_path / "db"
    database = Database(place, KEY)
    choose(database, "a")
    database.snapshot(1000.0)
    choose(database, "b")
    database.close()
    os.utime(place, (1600.0, 1600.0))
    return place


def choose(database: Database, name: str) -> None:
    database.write("INSERT INTO choices VALUES (?, ?)", (name, "x" * 9000))


def names(database: Database) -> list[str]:
    return [str(name) for (name,) in database.read("SELECT name FROM choices ORDER BY name")]


def flip(path: Path, at: int) -> bytes:
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, (1600.0, 1600.0))
    return bytes(data)


@pytest.mark.parametrize("at", [0, 18, 100, 4096 + 50, -50])
def test_a_damaged_file_is_set_aside_and_the_snapshot_taken_up(path: Path, at: int) -> None:
    damaged = flip(path, at)
    database = Database(path, KEY)
    assert names(database) == ["a"]
    aside = path.with_name("db.damaged")
    assert database.restored == repair.Restored(from_unix=1000.0, lost_s=600.0, damaged=aside)
    assert aside.read_bytes() == damaged
    choose(database, "c")
    database.close()
    again = Database(path, KEY)
    assert names(again) == ["a", "c"]
    assert again.restored is None
    again.close()


@pytest.mark.parametrize("content", [b"no database at all\n" * 500, b"x" * 10, bytes(8192)])
def test_a_file_of_something_else_is_damaged_too(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    database = Database(path, KEY)
    assert names(database) == ["a"]
    database.close()


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_gone_comes_back(path: Path, content: bytes | None) -> None:
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    database = Database(path, KEY)
    assert names(database) == ["a"]
    assert database.restored is not None
    database.close()


def test_a_log_whose_database_is_gone_is_never_mixed_with_the_snapshot(path: Path) -> None:
    database = Database(path, KEY)
    choose(database, "c")
    log = path.with_name("db-wal").read_bytes()
    database.close()
    path.unlink()
    path.with_name("db-wal").write_bytes(log)
    again = Database(path, KEY)
    assert names(again) == ["a"]
    assert again.check() == []
    assert path.with_name("db.damaged-wal").read_bytes() == log
    again.close()


def test_a_damaged_snapshot_is_passed_over(path: Path) -> None:
    database = Database(path, KEY)
    database.snapshot(2000.0)
    database.close()
    flip(snapshots.of(path)[0], -50)
    flip(path, -50)
    again = Database(path, KEY)
    assert names(again) == ["a"]
    assert again.restored is not None
    assert again.restored.from_unix == 1000.0
    again.close()


def test_a_wrong_key_leaves_every_byte_as_it_is(path: Path) -> None:
    database = Database(path, KEY)
    choose(database, "c")
    kept = {one: one.read_bytes() for one in path.parent.iterdir() if one.name != "db-shm"}
    with pytest.raises(OwnerError, match="does not open with the key"):
        Database(path, bytes(32))
    assert {one: one.read_bytes() for one in kept} == kept
    database.close()


def test_a_wrong_key_leaves_the_log_of_a_killed_writer_as_it_is(path: Path) -> None:
    database = Database(path, KEY)
    choose(database, "c")
    files = {one: path.with_name(one).read_bytes() for one in ("db", "db-wal")}
    database.close()
    for name, data in files.items():
        path.with_name(name).write_bytes(data)
    with pytest.raises(OwnerError):
        Database(path, bytes(32))
    assert {one: path.with_name(one).read_bytes() for one in files} == files
    again = Database(path, KEY)
    assert names(again) == ["a", "b", "c"]
    again.close()


def test_without_a_snapshot_a_damaged_file_is_left_as_it_is(path: Path) -> None:
    snapshots.drop(path)
    damaged = flip(path, -50)
    with pytest.raises(OwnerError, match="is damaged"):
        Database(path, KEY)
    assert path.read_bytes() == damaged
    assert [one.name for one in path.parent.glob("db.*")] == []


def test_a_reader_repairs_nothing(path: Path) -> None:
    damaged = flip(path, -50)
    with pytest.raises(OwnerError, match="is damaged"):
        Database(path, KEY, readonly=True)
    assert path.read_bytes() == damaged
    assert len(snapshots.of(path)) == 1


def test_damage_that_is_met_later_is_repaired_at_the_next_start(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CHECKED", 0)
    flip(path, -50)
    database = Database(path, KEY)
    with pytest.raises(PartError) as told:
        database.read("SELECT * FROM choices")
    assert told.value.kind == "database_bad"
    database.close()
    again = Database(path, KEY)
    assert names(again) == ["a"]
    again.close()
    assert not repair.suspect(path).exists()


def test_a_check_says_what_is_wrong(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CHECKED", 0)
    database = Database(path, KEY)
    assert database.check() == []
    database.close()
    flip(path, -50)
    damaged = Database(path, KEY)
    assert damaged.check()
    damaged.close()


def test_the_owner_may_go_back_to_the_newest_snapshot(path: Path) -> None:
    database = Database(path, KEY)
    restored = database.restore_newest()
    assert names(database) == ["a"]
    assert restored.from_unix == 1000.0
    assert restored.damaged is not None
    before = Database(restored.damaged, KEY, readonly=True)
    assert names(before) == ["a", "b"]
    before.close()
    with pytest.raises(OwnerError, match="no snapshot"):
        database.restore_newest()
    assert names(database) == ["a"]
    database.close()


def test_a_damaged_file_is_kept_for_a_day(path: Path) -> None:
    flip(path, -50)
    Database(path, KEY).close()
    aside = path.with_name("db.damaged")
    Database(path, KEY).close()
    assert aside.exists()
    os.utime(aside, (1600.0, 1600.0))
    Database(path, KEY).close()
    assert not aside.exists()


def test_an_empty_file_that_somebody_may_be_copying_to_is_not_taken_for_a_new_database(
    path: Path,
) -> None:
    for copy in path.parent.glob("*.snapshot-*"):
        copy.unlink()
    path.write_bytes(b"")
    with pytest.raises(OwnerError, match="backup"):
        Database(path, KEY)
    assert path.stat().st_size == 0
    os.utime(path, (1600.0, 1600.0))
    assert names(Database(path, KEY)) == []


def test_an_empty_file_that_is_left_of_a_first_start_is_taken_up(path: Path) -> None:
    for copy in path.parent.glob("*.snapshot-*"):
        copy.unlink()
    path.write_bytes(b"")
    begun = path.with_name("db.begun")
    begun.touch()
    assert names(Database(path, KEY)) == []
    assert not begun.exists()
