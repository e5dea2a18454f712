"""Finished turns: one row each, the record as JSON."""

from __future__ import annotations

import msgspec

from roomtone.store.database import Database
from roomtone.turn.record import Turn

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Turn)


def add(database: Database, turn: Turn) -> int:
    """Keep a turn; its number."""
    record = _encoder.encode(turn).decode()
    return database.write(
        "INSERT INTO turns (started, record) VALUES (?, ?)", (turn.started, record)
    )


def newest(database: Database, limit: int) -> list[Turn]:
    """Up to `limit` turns, newest first."""
    rows = database.read("SELECT id, record FROM turns ORDER BY id DESC LIMIT ?", (limit,))
    return [_turn(number, record) for number, record in rows]


def newest_start(database: Database, before: float) -> float | None:
    """Unix time at which the newest turn before `before` started; None when there is none."""
    ((started,),) = database.read("SELECT max(started) FROM turns WHERE started < ?", (before,))
    return None if started is None else float(started)


def one(database: Database, number: int | None) -> Turn | None:
    """The turn with this number, or the newest; None when there is none."""
    if number is None:
        return next(iter(newest(database, 1)), None)
    rows = database.read("SELECT id, record FROM turns WHERE id = ?", (number,))
    return next((_turn(number, record) for number, record in rows), None)


def search(database: Database, words: str, limit: int) -> list[Turn]:
    """Turns in which these letters were heard or said, newest first."""
    escaped = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    rows = database.read(
        "SELECT id, record FROM turns WHERE json_extract(record, '$.heard') LIKE ?1 ESCAPE '\\' "
        "OR json_extract(record, '$.reply') LIKE ?1 ESCAPE '\\' ORDER BY id DESC LIMIT ?2",
        (f"%{escaped}%", limit),
    )
    return [_turn(number, record) for number, record in rows]


def _turn(number: int, record: str) -> Turn:
    return msgspec.structs.replace(_decoder.decode(record), id=number)
