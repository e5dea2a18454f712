"""The ledger on disk: triggers of the schema see to it that rows are only completed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from roomtone.store.database import Database
from roomtone.turn.ledger import NOT_SENT, Entry
from roomtone.turn.record import Turn

_FIELDS = Entry.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_NEW = _FIELDS[1:]
_INSERT = f"INSERT INTO ledger ({', '.join(_NEW)}) VALUES ({', '.join('?' * len(_NEW))})"  # noqa: S608 - names of columns only


def add(database: Database, entry: Entry) -> int:
    """Put down what is about to leave, for good; its number."""
    return database.write(_INSERT, [getattr(entry, name) for name in _NEW])


def settle(database: Database, number: int, outcome: str, milliseconds: int) -> None:
    """Note what came of it, once; the first word stands."""
    if outcome == NOT_SENT:
        database.write(
            "UPDATE ledger SET outcome = ?, milliseconds = ?, bytes = 0, text = '' "
            "WHERE id = ? AND outcome = ''",
            (outcome, milliseconds, number),
        )
        return
    database.write(
        "UPDATE ledger SET outcome = ?, milliseconds = ? WHERE id = ? AND outcome = ''",
        (outcome, milliseconds, number),
    )


def assign(database: Database, turn: Turn) -> None:
    """Give the rows of a turn its number; a turn for which nothing left has a row that says so."""
    if not turn.entries:
        entry = Entry(
            at=turn.started,
            turn=turn.id,
            by="local",
            reason=turn.reason or turn.by,
            outcome=turn.outcome,
        )
        add(database, entry)
    for number in turn.entries:
        database.write(
            "UPDATE ledger SET turn = ? WHERE id = ? AND turn IS NULL", (turn.id, number)
        )


def newest(database: Database, limit: int, turn: int | None) -> list[Entry]:
    """Up to `limit` rows, newest first; only those of one turn when it is given."""
    of_turn, values = ("", (limit,)) if turn is None else ("WHERE turn = ?", (turn, limit))
    rows = database.read(
        f"SELECT {_COLUMNS} FROM ledger {of_turn} ORDER BY id DESC LIMIT ?",  # noqa: S608 - as above
        values,
    )
    return [Entry(**dict(zip(_FIELDS, row, strict=True))) for row in rows]


def texts(database: Database) -> Iterator[tuple[int, str]]:
    """Number and text of every row that has one, as somebody who searches it reads the text."""
    for (number,) in database.read("SELECT id FROM ledger WHERE text <> ''"):
        for (text,) in database.read("SELECT text FROM ledger WHERE id = ?", (number,)):
            yield number, readable(text)


def readable(body: str) -> str:
    """The words of a body that was sent, without the signs of JSON between them."""
    try:
        return "\n".join([body, *_strings(msgspec.json.decode(body))])
    except (msgspec.DecodeError, UnicodeEncodeError):
        return body


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
