"""One encrypted file: it opens with its key, keeps what it confirmed, and says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from roomtone.base.error import OwnerError, PartError
from roomtone.store.database import Database
from roomtone.store.migrations import MIGRATIONS

KEY = bytes(range(32))
CANARY = "canary in the coal mine"
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "cipher": "chacha20"}

KILLED = """
import os, pathlib, signal, sys
from roomtone.store.database import Database
database = Database(pathlib.Path(sys.argv[1]), bytes(range(32)))
database.write("INSERT INTO choices VALUES (?, ?)", ("a", "b"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def kept(folder: Path) -> bytes:
    """Every byte in the folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def choose(database: Database, value: str) -> None:
    database.write("INSERT INTO choices VALUES (?, ?)", (value[:40], value))


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Database(tmp_path / "db", KEY)
    choose(first, CANARY)
    first.close()
    second = Database(tmp_path / "db", KEY)
    assert second.read("SELECT value FROM choices") == [(CANARY,)]
    second.close()


def test_what_was_written_is_there_when_the_writer_is_killed(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "db")],
        check=False,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    database = Database(tmp_path / "db", KEY)
    assert database.read("SELECT * FROM choices") == [("a", "b")]
    database.close()


def test_no_word_is_readable_in_any_file_not_even_in_the_log(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    choose(database, CANARY)
    files = {path.name for path in tmp_path.iterdir()}
    assert "db-wal" in files
    assert b"canary" not in kept(tmp_path)
    assert b"SQLite format" not in kept(tmp_path)
    database.close()


def test_only_its_user_may_read_the_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    database.close()
    assert modes == dict.fromkeys(modes, 0o600)


def test_a_wrong_key_is_refused_and_nothing_is_overwritten(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    choose(database, CANARY)
    database.close()
    before = (tmp_path / "db").read_bytes()
    with pytest.raises(OwnerError, match="does not open with the key beside it"):
        Database(tmp_path / "db", bytes(32))
    assert (tmp_path / "db").read_bytes() == before


def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    choose(database, CANARY * 2000)
    database.close()
    data = bytearray((tmp_path / "db").read_bytes())
    data[4096 * 5 + 100] ^= 0xFF
    (tmp_path / "db").write_bytes(data)
    with pytest.raises(OwnerError, match="move") as told:
        Database(tmp_path / "db", KEY)
    assert "\n" not in str(told.value)


def test_a_file_of_a_newer_roomtone_is_left_alone(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    database.read(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    database.close()
    with pytest.raises(OwnerError, match="newer Roomtone"):
        Database(tmp_path / "db", KEY)


def test_a_failed_write_says_why_and_quotes_nothing() -> None:
    database = Database(None)
    choose(database, CANARY)
    with pytest.raises(PartError) as told:
        choose(database, CANARY)
    assert told.value.part == "store"
    assert "canary" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_full_database_is_a_failed_part_and_works_again_later(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    ((pages,),) = database.read("PRAGMA page_count")
    database.read(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(PartError, match="the disk is full"):
        choose(database, "x" * 40_000)
    database.read("PRAGMA max_page_count=1000000")
    choose(database, "y")
    assert database.read("SELECT value FROM choices") == [("y",)]
    database.close()


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    choose(database, CANARY)
    reader = Database(tmp_path / "db", KEY, readonly=True)
    assert reader.read("SELECT value FROM choices") == [(CANARY,)]
    with pytest.raises(PartError, match="read-only"):
        choose(reader, "more")
    reader.close()
    database.close()


def test_a_reader_of_nothing_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="nothing is kept yet"):
        Database(tmp_path / "db", KEY, readonly=True)
    assert not (tmp_path / "db").exists()


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="state"):
        Database(tmp_path / "nowhere" / "db", KEY)


def test_every_commit_is_synced_and_deleted_text_is_overwritten(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    settings = {name: database.read(f"PRAGMA {name}")[0][0] for name in PRAGMAS}
    database.close()
    assert settings == PRAGMAS
