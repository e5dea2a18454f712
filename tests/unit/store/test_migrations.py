"""The schema goes forward step by step, whole steps only."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.store import database as module
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
