"""The schema, step by step; steps are only ever added."""

from __future__ import annotations

from collections.abc import Callable

Execute = Callable[[str], object]


def _first(execute: Execute) -> None:
    execute(
        "CREATE TABLE turns (id INTEGER PRIMARY KEY AUTOINCREMENT, started REAL NOT NULL, "
        "record TEXT NOT NULL) STRICT"
    )
    execute("CREATE INDEX turns_started ON turns (started)")
    execute(
        "CREATE TABLE timers (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
        "seconds INTEGER NOT NULL, due REAL NOT NULL) STRICT"
    )
    execute("CREATE TABLE choices (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


def _clocks(execute: Execute) -> None:
    """Timers know the elapsed time at which they ring; alarms ring at a time of day."""
    execute("ALTER TABLE timers ADD COLUMN boot TEXT NOT NULL DEFAULT ''")
    execute("ALTER TABLE timers ADD COLUMN ends REAL NOT NULL DEFAULT 0")
    execute(
        "CREATE TABLE alarms (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
        "at TEXT NOT NULL) STRICT"
    )


def _ledger(execute: Execute) -> None:
    """What left the house: a row may be completed once, and its text be forgotten.

    One whose request was given up before it left is completed with nothing sent.

    Rows go only when their text is gone, while something is being forgotten (see `retention`).
    """
    execute(
        "CREATE TABLE ledger (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, "
        "turn INTEGER, by TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, "
        "reason TEXT NOT NULL, bytes INTEGER NOT NULL, text TEXT NOT NULL, outcome TEXT NOT NULL, "
        "milliseconds INTEGER NOT NULL) STRICT"
    )
    execute("CREATE INDEX ledger_at ON ledger (at)")
    execute("CREATE INDEX ledger_turn ON ledger (turn)")
    execute(
        "CREATE TRIGGER ledger_replaced BEFORE INSERT ON ledger "
        "WHEN EXISTS (SELECT 1 FROM ledger WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never replaced'); END"
    )
    execute(
        "CREATE TRIGGER ledger_changed BEFORE UPDATE ON ledger WHEN NOT ("
        "NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.by IS OLD.by "
        "AND NEW.provider IS OLD.provider AND NEW.model IS OLD.model "
        "AND NEW.reason IS OLD.reason AND (NEW.bytes IS OLD.bytes OR (NEW.bytes = 0 "
        "AND NEW.text = '' AND OLD.outcome = '' AND NEW.outcome = 'not sent')) "
        "AND (NEW.turn IS OLD.turn OR OLD.turn IS NULL) "
        "AND (NEW.text IS OLD.text OR NEW.text = '') "
        "AND ((NEW.outcome IS OLD.outcome AND NEW.milliseconds IS OLD.milliseconds) "
        "OR (OLD.outcome = '' AND NEW.outcome <> ''))) "
        "BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never changed'); END"
    )
    execute(
        "CREATE TRIGGER ledger_deleted BEFORE DELETE ON ledger "
        "WHEN OLD.text <> '' OR NOT EXISTS (SELECT 1 FROM choices WHERE name = 'forgetting') "
        "BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never deleted'); END"
    )


def _words(execute: Execute) -> None:
    """Notes, and an index of the words of turns; it holds no text, only which turn has a word.

    Beginnings of up to three letters have an index of their own, as many words have them.
    """
    execute(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, "
        "text TEXT NOT NULL) STRICT"
    )
    execute(
        "CREATE VIEW said AS SELECT id, json_extract(record, '$.heard') AS heard, "
        "json_extract(record, '$.reply') AS reply, json_extract(record, '$.spoken') AS spoken "
        "FROM turns"
    )
    execute(
        "CREATE VIRTUAL TABLE words USING fts5(heard, reply, spoken, content='said', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 2', detail=none, "
        "columnsize=0, prefix='1 2 3')"
    )
    execute("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")
    execute("INSERT INTO words (words) VALUES ('rebuild')")


MIGRATIONS: tuple[Callable[[Execute], None], ...] = (_first, _clocks, _ledger, _words)
"""Number n brings a database of schema n-1 to schema n, inside one transaction."""
