"""Finished turns: one row each, the record as JSON, and its words in the index."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from roomtone.store import ledger, words
from roomtone.store.database import Database
from roomtone.turn.record import Turn

BATCH = 500
"""Turns that are read at once."""

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Turn)


def add(database: Database, turn: Turn) -> int:
    """Keep a turn with its words and its rows of the ledger, all or nothing; its number."""
    record = _encoder.encode(turn).decode()
    with database.transaction():
        number = database.write(
            "INSERT INTO turns (started, record) VALUES (?, ?)", (turn.started, record)
        )
        words.add(database, number)
        ledger.assign(database, msgspec.structs.replace(turn, id=number))
    return number


def newest(database: Database, limit: int) -> list[Turn]:
    """Up to `limit` turns, newest first."""
    rows = database.read("SELECT id, record FROM turns ORDER BY id DESC LIMIT ?", (limit,))
    return [_turn(number, record) for number, record in rows]


def newest_start(database: Database, before: float) -> float | None:
    """Unix time at which the newest turn before `before` started; None when there is none."""
    ((started,),) = database.read("SELECT max(started) FROM turns WHERE started < ?", (before,))
    return None if started is None else float(started)


def oldest_start(database: Database) -> float | None:
    """Unix time at which the oldest turn started; None when there is none."""
    ((started,),) = database.read("SELECT min(started) FROM turns")
    return None if started is None else float(started)


def count(database: Database, since: float) -> int:
    """How many turns started at Unix time `since` or later."""
    ((found,),) = database.read("SELECT count(*) FROM turns WHERE started >= ?", (since,))
    return int(found)


def one(database: Database, number: int | None) -> Turn | None:
    """The turn with this number, or the newest; None when there is none."""
    if number is None:
        return next(iter(newest(database, 1)), None)
    rows = database.read("SELECT id, record FROM turns WHERE id = ?", (number,))
    return next((_turn(number, record) for number, record in rows), None)


def each(database: Database) -> Iterator[Turn]:
    """All turns, the oldest first, a batch in memory at a time."""
    last = 0
    while rows := database.read(
        "SELECT id, record FROM turns WHERE id > ? ORDER BY id LIMIT ?", (last, BATCH)
    ):
        for number, record in rows:
            yield _turn(number, record)
        last = rows[-1][0]


def search(database: Database, text: str, limit: int) -> list[Turn]:
    """Turns in which all words of `text` were heard or said, newest first.

    Of the last word the beginning will do. What has no letters is found as it is written.
    """
    if not text.strip():
        return newest(database, limit)
    if not (query := words.query(text)):
        return _spelled(database, text.strip(), limit)
    rows = database.read(
        "SELECT id, record FROM turns WHERE id IN "
        "(SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?) "
        "ORDER BY id DESC",
        (query, limit),
    )
    return [_turn(number, record) for number, record in rows]


def _spelled(database: Database, text: str, limit: int) -> list[Turn]:
    """Turns in which these signs stand one after the other; reads all turns."""
    plain = text.encode(errors="replace").decode()
    rows = database.read(
        "SELECT id, record FROM turns WHERE id IN (SELECT id FROM said WHERE instr(heard, ?1) "
        "OR instr(reply, ?1) OR instr(spoken, ?1) ORDER BY id DESC LIMIT ?2) ORDER BY id DESC",
        (plain, limit),
    )
    return [_turn(number, record) for number, record in rows]


def _turn(number: int, record: str) -> Turn:
    return msgspec.structs.replace(_decoder.decode(record), id=number)
