"""A new key takes the place of the old one, whatever moment the power fails at."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import OwnerError, PartError
from roomtone.store import connection, rotation, snapshots
from roomtone.store.database import Database
from roomtone.store.key import Lock


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    """The key of a database that holds "a"."""
    made = Lock(tmp_path / "db", tmp_path / "key")
    database = Database(made.database, made.open())
    database.write("INSERT INTO choices VALUES ('a', 'b')")
    database.close()
    return made


def kept(lock: Lock) -> list[tuple[object, ...]]:
    database = Database(lock.database, lock.open())
    rows = database.read("SELECT * FROM choices")
    database.close()
    return rows


def names(lock: Lock) -> set[str]:
    return {path.name for path in lock.database.parent.iterdir()}


def test_all_is_there_under_a_new_key_and_nothing_opens_with_the_old(lock: Lock) -> None:
    old = lock.open()
    database = Database(lock.database, old)
    database.snapshot()
    database.rotate(lock)
    assert database.read("SELECT * FROM choices") == [("a", "b")]
    database.write("INSERT INTO choices VALUES ('c', 'd')")
    database.snapshot()
    database.close()
    assert lock.open() != old
    assert not connection.opens(lock.database, old)
    assert all(connection.sound(copy, lock.open()) for copy in snapshots.of(lock.database))
    assert len(snapshots.of(lock.database)) == 1
    assert len(kept(lock)) == 2


def test_the_old_key_is_overwritten(lock: Lock) -> None:
    database = Database(lock.database, lock.open())
    with lock.file.open("rb") as held:
        database.rotate(lock)
        assert held.read() == bytes(65)
    database.close()


def test_a_passphrase_keeps_the_new_key_too(lock: Lock) -> None:
    database = Database(lock.database, lock.open())
    lock.protect("several plain words")
    database.rotate(lock)
    database.close()
    again = Lock(lock.database, lock.file)
    with pytest.raises(OwnerError, match="memory unlock"):
        again.open()
    again.unlock("several plain words")
    assert kept(again) == [("a", "b")]


def test_a_new_key_laid_there_in_vain_is_dropped(lock: Lock) -> None:
    old = lock.open()
    lock.prepare()
    lock.database.with_name("db.next").write_bytes(b"half")
    assert lock.open() == old
    assert kept(lock) == [("a", "b")]
    assert names(lock) == {"db", "key"}


def test_half_a_new_key_is_dropped(lock: Lock) -> None:
    lock.next.write_text("abcd")
    assert kept(lock) == [("a", "b")]
    assert not lock.next.exists()


def test_a_change_cut_off_between_file_and_key_is_ended(lock: Lock) -> None:
    key = halfway(lock)
    assert lock.open() == key
    assert kept(lock) == [("a", "b")]
    assert names(lock) == {"db", "key"}


def test_a_reader_finds_the_right_key_and_changes_nothing(lock: Lock) -> None:
    old = lock.file.read_text()
    key = halfway(lock)
    assert lock.open(readonly=True) == key
    assert lock.file.read_text() == old
    assert lock.next.exists()


def test_a_change_waits_for_whoever_reads(lock: Lock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 50)
    old = lock.open()
    database = Database(lock.database, old)
    reader = Database(lock.database, old, readonly=True)
    reader.read("BEGIN")
    reader.read("SELECT * FROM choices")
    with pytest.raises(PartError, match="another program"):
        database.rotate(lock)
    assert lock.open() == old
    database.write("INSERT INTO choices VALUES ('c', 'd')")
    reader.close()
    database.rotate(lock)
    assert len(database.read("SELECT * FROM choices")) == 2
    database.close()


def test_a_file_written_anew_under_its_key_takes_the_place_of_the_old(lock: Lock) -> None:
    key = lock.open()
    before = lock.database.stat().st_ino
    database = Database(lock.database, key)
    database.forget()
    database.write("INSERT INTO choices VALUES ('c', 'd')")
    database.close()
    assert lock.database.stat().st_ino != before
    assert len(kept(lock)) == 2
    assert names(lock) == {"db", "key"}


def halfway(lock: Lock) -> bytes:
    """Leave what a power cut leaves when the file is changed and the key is not; the new key."""
    database = Database(lock.database, lock.open())
    key = lock.prepare()
    fresh = lock.database.with_name("fresh")
    connection.copy(database._connection, fresh, key)
    database.close()
    fresh.rename(lock.database)
    rotation.clear(lock.database)
    return key
