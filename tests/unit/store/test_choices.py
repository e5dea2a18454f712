"""What somebody chose is found again."""

from __future__ import annotations

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
