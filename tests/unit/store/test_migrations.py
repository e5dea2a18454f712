"""The schema goes forward step by step, whole steps only."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from roomtone.base.error import OwnerError
from roomtone.base.room import Timer
from roomtone.store import database as module
from roomtone.store import forgetting, timers, turns
from roomtone.store.database import Database
from roomtone.store.migrations import MIGRATIONS, Execute

KEY = bytes(32)


def add_colour(execute: Execute) -> None:
    execute("ALTER TABLE choices ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")


def break_half_way(execute: Execute) -> None:
    execute("ALTER TABLE choices ADD COLUMN shape TEXT")
    execute("INSERT INTO nowhere VALUES (1)")


def test_a_new_database_has_the_newest_schema() -> None:
    assert Database(None).read("PRAGMA user_version") == [(len(MIGRATIONS),)]


def test_an_old_database_keeps_its_rows_and_gains_the_new_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Database(tmp_path / "db", KEY)
    old.write("INSERT INTO choices VALUES ('volume', '0.5')")
    old.close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, add_colour))
    new = Database(tmp_path / "db", KEY)
    assert new.read("SELECT * FROM choices") == [("volume", "0.5", "grey")]
    assert new.read("PRAGMA user_version") == [(len(MIGRATIONS) + 1,)]
    new.close()


def test_a_step_that_fails_leaves_no_half_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database(tmp_path / "db", KEY).close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, break_half_way))
    with pytest.raises(OwnerError):
        Database(tmp_path / "db", KEY)
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS)
    same = Database(tmp_path / "db", KEY)
    columns = [name for _, name, *_ in same.read("PRAGMA table_info(choices)")]
    same.close()
    assert columns == ["name", "value"]


def test_a_reader_asks_for_the_daemon_to_migrate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database(tmp_path / "db", KEY).close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, add_colour))
    with pytest.raises(OwnerError, match="start the daemon once"):
        Database(tmp_path / "db", KEY, readonly=True)


def test_an_old_database_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Database(tmp_path / "db", KEY)
    old.write("INSERT INTO choices VALUES ('volume', 'canary')")
    old.close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, add_colour))
    Database(tmp_path / "db", KEY).close()
    copy = tmp_path / f"db.before-{len(MIGRATIONS) + 1}"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"canary" not in copy.read_bytes()
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS)
    back = Database(copy, KEY)
    assert back.read("SELECT * FROM choices") == [("volume", "canary")]
    back.close()


def test_the_copy_goes_after_a_day_and_a_half_one_at_once(tmp_path: Path) -> None:
    Database(tmp_path / "db", KEY).close()
    young, old, half = (tmp_path / f"db.before-{name}" for name in ("3", "2", "4.part"))
    for copy in (young, old, half):
        copy.touch()
    os.utime(old, (1.0, 1.0))
    Database(tmp_path / "db", KEY).close()
    assert (young.exists(), old.exists(), half.exists()) == (True, False, False)


def test_what_is_forgotten_by_order_is_forgotten_in_the_copy_too(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    (tmp_path / "db.before-2").touch()
    forgetting.everything(database, None)
    database.close()
    assert not (tmp_path / "db.before-2").exists()


def test_turns_of_an_old_database_are_found_by_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS[:2])
    old = Database(tmp_path / "db", KEY)
    old.write("""INSERT INTO turns VALUES (7, 1.0, '{"started": 1.0, "heard": "Hello Zürich"}')""")
    old.close()
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS)
    new = Database(tmp_path / "db", KEY)
    assert [turn.id for turn in turns.search(new, "zur", 9)] == [7]
    assert new.check() == []
    new.close()


def test_the_first_schema_becomes_the_newest_with_its_timers(tmp_path: Path) -> None:
    old = Database(None)
    old._connection = apsw.Connection(":memory:")
    MIGRATIONS[0](old._connection.execute)
    old.write("INSERT INTO timers (name, seconds, due) VALUES ('egg', 60, 1000.0)")
    for step in MIGRATIONS[1:]:
        step(old._connection.execute)
    assert timers.running(old) == (Timer(id=1, name="egg", seconds=60, due=1000.0),)
