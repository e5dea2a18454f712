"""What somebody chose is found again."""

from __future__ import annotations

from pathlib import Path

from roomtone.store import choices
from roomtone.store.database import Database


def test_before_anybody_chose_it_is_the_default() -> None:
    assert choices.get(Database(None), "volume", "1.0") == "1.0"


def test_the_last_choice_counts() -> None:
    database = Database(None)
    choices.put(database, "volume", "0.5")
    choices.put(database, "volume", "0.25")
    choices.put(database, "muted", "yes")
    assert choices.get(database, "volume", "1.0") == "0.25"


def test_a_sign_is_set_and_removed_and_nothing_is_said_of_a_disk_that_refuses(
    tmp_path: Path,
) -> None:
    choices.sign(tmp_path / "muted", on=True)
    assert (tmp_path / "muted").stat().st_mode & 0o777 == 0o600
    choices.sign(tmp_path / "muted", on=False)
    choices.sign(tmp_path / "muted", on=False)
    choices.sign(tmp_path / "nowhere" / "muted", on=True)
    assert list(tmp_path.iterdir()) == []
