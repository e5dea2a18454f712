"""What is forgotten leaves every file: rows, index, log, snapshots, copies.

Copies go first, so that nothing comes back. A mark is written together with the deletion; whoever
finds it after a power cut brings the rest to its end. The file is written anew, as SQLite leaves
scraps of rows behind that it moved before they were deleted, also with `secure_delete`.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterable

import msgspec

from roomtone.base.error import PartError
from roomtone.store import choices, copies, export, ledger, notes, turns, words
from roomtone.store.database import Database
from roomtone.store.key import Lock

MARK = "forgetting"
"""Name of the choice that stands from a deletion until no file has a trace of it. The ledger lets
rows go only while it stands."""

_SOME, _ALL = "some", "all"
_BLANK = "UPDATE ledger SET text = '' WHERE"
_STRAY = "text <> '' AND turn IS NULL AND at >= ?"
_ORPHAN = "text <> '' AND turn IS NOT NULL AND turn NOT IN (SELECT id FROM turns)"
_EVER = -math.inf
_LISTED = "id IN (SELECT value FROM json_each(?))"

CONTEXT = 3600.0
"""Seconds for which a request may hold earlier turns, as what led up to it."""


def some_turns(database: Database, ids: Iterable[int]) -> int:
    """Delete the turns with these numbers; how many there were.

    With the newest go the texts of what was sent since it began for turns that are not kept; where
    no turn is kept at all, those of the last hour.
    """
    return _forget(database, lambda: _delete_listed(database, _list(ids)))


def strays(database: Database, since: float) -> int:
    """Delete the texts of what was sent from Unix time `since` for turns that are not kept.

    How many there were.
    """
    if not database.read(f"SELECT 1 FROM ledger WHERE {_STRAY} LIMIT 1", (since,)):  # noqa: S608
        return 0
    return _forget(database, lambda: _gone(database, f"{_BLANK} {_STRAY}", (since,)))


def some_notes(database: Database, ids: Iterable[int]) -> int:
    """Delete the notes with these numbers; how many there were."""
    return _forget(database, lambda: _delete_notes(database, ids))


def replaced(database: Database) -> None:
    """Take what choices were before they were made anew out of every file."""
    _forget(database, lambda: 0)


def settled(database: Database, number: int, outcome: str, milliseconds: int) -> None:
    """As `ledger.settle`, and delete the text at once; the next look takes it out of every file."""
    with database.transaction():
        ledger.settle(database, number, outcome, milliseconds)
        if _gone(database, f"{_BLANK} text <> '' AND id = ?", (number,)):
            choices.put(database, MARK, choices.get(database, MARK, _SOME))


def span(database: Database, start: float, end: float) -> int:
    """Delete the turns that started from Unix time `start` to before `end`; how many."""
    return _forget(database, lambda: _delete_span(database, start, end))


def matching(database: Database, text: str) -> int:
    """Delete turns and notes that hold `text`, and texts of the ledger; how many of all.

    Case and accents make no difference. Nothing holds an empty text.
    """
    wanted = words.folded(text.strip())
    return _forget(database, lambda: _delete_matching(database, wanted)) if wanted else 0


def everything(database: Database, lock: Lock | None) -> int:
    """Delete all turns, notes and rows of the ledger; how many turns. The key is a new one then.

    Timers, alarms and choices stay.
    """
    return _forget(database, lambda: _delete_all(database), lock, mark=_ALL)


def older(database: Database, moment: float) -> int:
    """Delete turns that started before Unix time `moment`, if there are any; how many.

    The texts of the ledger from before it go too.
    """
    ((old,),) = database.read(
        "SELECT EXISTS (SELECT 1 FROM turns WHERE started < ?1) "
        "OR EXISTS (SELECT 1 FROM ledger WHERE at < ?1 AND turn IS NULL AND text <> '')",
        (moment,),
    )
    if not old:
        return 0
    return _forget(database, lambda: _delete_span(database, _EVER, moment), order=False)


def figures(database: Database, moment: float) -> int:
    """Delete rows of the ledger from before Unix time `moment` of which the text is gone."""
    old = "FROM ledger WHERE at < ? AND text = ''"
    if not database.read(f"SELECT 1 {old} LIMIT 1", (moment,)):
        return 0
    sql = f"DELETE {old}"
    return _forget(database, lambda: _gone(database, sql, (moment,)), order=False)


def oldest(database: Database, keep: int) -> int:
    """Delete all turns but the newest `keep`; how many."""
    return _forget(database, lambda: _delete_oldest(database, keep), order=False)


def finish(database: Database, lock: Lock | None) -> bool:
    """Bring a deletion that was cut off to its end; True when there was one."""
    if not (mark := choices.get(database, MARK, "")):
        return False
    _cleanse(database, lock if mark == _ALL else None)
    return True


def _forget(
    database: Database,
    delete: Callable[[], int],
    lock: Lock | None = None,
    *,
    mark: str = _SOME,
    order: bool = True,
) -> int:
    """Delete, and take all that is left of it out of every file.

    Without an `order` of the owner the copy from before a change of the schema stays for its day.
    """
    before = math.inf if order else time.time() - copies.KEPT
    database.drop_copies(before)
    with database.transaction():
        choices.put(database, MARK, mark)
        gone = delete()
    _cleanse(database, lock, before)
    return gone


def _cleanse(database: Database, lock: Lock | None, before: float = math.inf) -> None:
    """Take what was deleted out of every file, and take a snapshot of what is left, if anything."""
    if lock is None:
        database.forget(before)
    else:
        database.rotate(lock)
    database.write("DELETE FROM choices WHERE name = ?", (MARK,))
    if any(export.page(database, table, 0)[0] for table in export.tables(database)):
        with contextlib.suppress(PartError):  # the next look tries again
            database.snapshot()


def _delete_listed(database: Database, ids: tuple[str]) -> int:
    """Delete turns by number; with the newest, what was sent since for turns that are not kept."""
    newest = f"SELECT started, {_LISTED} FROM turns ORDER BY id DESC LIMIT 1"  # noqa: S608 - fixed
    since, listed = next(iter(database.read(newest, ids)), (time.time() - CONTEXT, True))
    if listed:
        _gone(database, f"{_BLANK} {_STRAY}", (since,))
    return _delete_turns(database, _LISTED, ids)


def _delete_turns(database: Database, where: str, values: tuple[object, ...] = ()) -> int:
    """Delete turns with their words, and the texts of what was sent for them; how many turns.

    What was sent soon after one of them may hold it as context: its text goes too.
    """
    before = f"started BETWEEN ledger.at - {CONTEXT} AND ledger.at AND ({where})"
    led_up = f"EXISTS (SELECT 1 FROM turns WHERE {before})"  # noqa: S608 - fixed words
    database.write(f"{_BLANK} text <> '' AND {led_up}", values)
    gone = _gone(database, f"DELETE FROM turns WHERE {where}", values)  # noqa: S608 - as above
    database.write(f"{_BLANK} {_ORPHAN}")
    if gone:
        words.renew(database)
    return gone


def _delete_notes(database: Database, ids: Iterable[int]) -> int:
    return _gone(database, f"DELETE FROM notes WHERE {_LISTED}", _list(ids))  # noqa: S608 - fixed


def _delete_span(database: Database, start: float, end: float) -> int:
    """Delete turns of a time, and the texts of what was sent in it for turns that are not kept."""
    database.write(
        "UPDATE ledger SET text = '' WHERE text <> '' AND turn IS NULL AND at >= ? AND at < ?",
        (start, end),
    )
    return _delete_turns(database, "started >= ? AND started < ?", (start, end))


def _delete_oldest(database: Database, keep: int) -> int:
    """Delete the oldest turns, and the texts of what was sent before they ended."""
    ((last, started),) = database.read(
        "SELECT max(id), max(started) FROM "
        "(SELECT id, started FROM turns ORDER BY id DESC LIMIT -1 OFFSET ?)",
        (keep,),
    )
    database.write(
        "UPDATE ledger SET text = '' WHERE text <> '' AND turn IS NULL AND at <= ?", (started,)
    )
    return _delete_turns(database, "id <= ?", (last,))


def _delete_matching(database: Database, wanted: str) -> int:
    def holds(*said: str) -> bool:
        return any(wanted in words.folded(one) for one in said)

    spoken = [
        turn.id for turn in turns.each(database) if holds(turn.heard, turn.reply, turn.spoken)
    ]
    noted = [note.id for note in notes.kept(database) if holds(note.text)]
    _delete_turns(database, _LISTED, _list(spoken))
    sent = [number for number, body in ledger.texts(database) if holds(body)]
    database.write(f"UPDATE ledger SET text = '' WHERE {_LISTED}", _list(sent))  # noqa: S608 - fixed
    return len(spoken) + _delete_notes(database, noted) + len(sent)


def _delete_all(database: Database) -> int:
    database.write("DELETE FROM notes")
    database.write("UPDATE ledger SET text = '' WHERE text <> ''")
    database.write("DELETE FROM ledger")
    return _delete_turns(database, "TRUE")


def _gone(database: Database, sql: str, values: tuple[object, ...] = ()) -> int:
    """Run a deletion; how many rows went."""
    database.write(sql, values)
    ((gone,),) = database.read("SELECT changes()")
    return int(gone)


def _list(ids: Iterable[int]) -> tuple[str]:
    return (msgspec.json.encode(list(ids)).decode(),)
