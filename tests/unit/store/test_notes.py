"""Notes are kept in the order in which they came, until they are forgotten."""

from __future__ import annotations

from roomtone.base.room import Note
from roomtone.store import forgetting, notes
from roomtone.store.database import Database


def test_notes_come_back_oldest_first_with_their_numbers() -> None:
    database = Database(None)
    late = notes.add(database, Note(id=0, at=20.0, text="keys"))
    early = notes.add(database, Note(id=0, at=10.0, text="milk"))
    assert notes.kept(database) == (
        Note(id=early, at=10.0, text="milk"),
        Note(id=late, at=20.0, text="keys"),
    )


def test_a_dropped_note_is_gone_and_its_number_is_never_used_again() -> None:
    database = Database(None)
    number = notes.add(database, Note(id=0, at=1.0, text="milk"))
    assert forgetting.some_notes(database, (number, 99)) == 1
    assert notes.kept(database) == ()
    assert notes.add(database, Note(id=0, at=2.0, text="keys")) > number
