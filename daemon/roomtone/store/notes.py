"""Notes on disk: what somebody asked to be remembered, until it is forgotten by order."""

from __future__ import annotations

from roomtone.base.room import Note
from roomtone.store.database import Database


def add(database: Database, note: Note) -> int:
    """Keep a note; its number on the disk."""
    return database.write("INSERT INTO notes (at, text) VALUES (?, ?)", (note.at, note.text))


def kept(database: Database) -> tuple[Note, ...]:
    """All notes, the oldest first."""
    rows = database.read("SELECT id, at, text FROM notes ORDER BY at, id")
    return tuple(Note(id=number, at=at, text=text) for number, at, text in rows)
