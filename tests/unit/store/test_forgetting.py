"""Every way of forgetting: what was said is in no byte of any file, and the rest is all there."""

from __future__ import annotations

import math
import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roomtone.base.error import PartError
from roomtone.base.room import Note, Timer
from roomtone.store import (
    choices,
    copies,
    export,
    forgetting,
    ledger,
    notes,
    retention,
    safety,
    snapshots,
    timers,
    turns,
    words,
)
from roomtone.store.database import Database
from roomtone.store.key import Lock
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

KEY = bytes(range(32))
TRACE = b"zqx"
"""Stands in every canary, and nowhere else."""
OLD, YOUNG = 1_000_000.0, 2_000_000.0
"""Unix times of what is forgotten and of what stays."""
PLAIN = ("bread", "milk", "lamp", "stairs", "weather", "winter", "kitchen", "garden", "seven")
LETTERS = "abcdefghijklmnopqrstuvwyz"


def canary(dice: random.Random) -> str:
    """A word that sorts anywhere among the others, with a trace in it."""
    return (
        "".join(dice.choices(LETTERS, k=2)) + TRACE.decode() + "".join(dice.choices("aeiou", k=5))
    )


def word(dice: random.Random) -> str:
    return dice.choice(PLAIN) + "".join(dice.choices("bcdfg", k=dice.randint(0, 3)))


def turn(dice: random.Random, started: float, said: Callable[[], str], entries: tuple = ()) -> Turn:
    reply = " ".join([word(dice) for _ in range(dice.choice([3, 10, 60, 300]))])
    return Turn(
        started=started,
        heard=f"{said()} {word(dice)} {said()}",
        reply=f"{reply} {said()}",
        spoken=said(),
        entries=entries,
    )


def sent(at: float, text: str) -> Entry:
    return Entry(at=at, by="cloud", bytes=len(text), text=f'{{"content": "{text} " }}')


def unsynced(database: Database) -> None:
    """Do not wait for the disk while filling."""
    database.read("PRAGMA synchronous=OFF")


def fill(database: Database) -> None:
    """Old turns, notes and texts that hold canaries among young ones that hold none."""
    dice = random.Random(4)  # noqa: S311
    unsynced(database)
    for number in range(120):
        old = number % 3 == 0
        at = (OLD if old else YOUNG) + number
        said = (lambda: canary(dice)) if old else (lambda: word(dice))
        entries = (ledger.add(database, sent(at, said() * 30)),) if number % 2 else ()
        kept = turns.add(database, turn(dice, at, said, entries))
        if number % 11 == 0 and not old:
            database.write("DELETE FROM turns WHERE id = ?", (kept,))
    ledger.add(database, sent(OLD, canary(dice)))
    ledger.add(database, sent(YOUNG, word(dice)))
    notes.add(database, Note(id=0, at=OLD, text=f"buy {canary(dice)}"))
    notes.add(database, Note(id=0, at=YOUNG, text="buy milk"))
    timers.add(database, Timer(id=0, name="egg", seconds=60, due=60.0))
    words.renew(database)


def old_turns(database: Database) -> list[int]:
    return [n for (n,) in database.read("SELECT id FROM turns WHERE started < ?", (YOUNG,))]


def old_notes(database: Database) -> list[int]:
    return [note.id for note in notes.kept(database) if note.at < YOUNG]


def by_number(database: Database) -> None:
    assert forgetting.some_turns(database, old_turns(database)[:1]) == 1
    forgetting.some_turns(database, old_turns(database))
    forgetting.span(database, OLD, OLD + 1.0)
    forgetting.some_notes(database, old_notes(database))


def by_day(database: Database) -> None:
    assert forgetting.span(database, OLD, OLD + 1000.0) == 40
    forgetting.some_notes(database, old_notes(database))


def by_match(database: Database) -> None:
    assert forgetting.matching(database, " ZQX\N{COMBINING ACUTE ACCENT}") == 40 + 1


def by_age(database: Database) -> None:
    forgetting.some_notes(database, old_notes(database))
    assert forgetting.older(database, OLD + 1000.0) == 40


def by_order_for_all(database: Database) -> None:
    there = len(turns.newest(database, 999))
    assert forgetting.everything(database, None) == there


WAYS = (by_number, by_day, by_match, by_age, by_order_for_all)


@pytest.fixture(scope="module", params=[b"", KEY], ids=["readable", "encrypted"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with database, log, snapshot, damaged file and copy, all full of canaries."""
    folder = tmp_path_factory.mktemp("house")
    working, frozen = folder / "working", folder / "frozen"
    working.mkdir()
    database = Database(working / "db", request.param)
    fill(database)
    database.snapshot(YOUNG)
    turns.add(database, Turn(started=YOUNG, heard="the last one"))
    for name in ("db.damaged", "db.before-3"):
        shutil.copy(working / "db", working / name)
    shutil.copy(working / "db-wal", working / "db.damaged-wal")
    shutil.copytree(working, frozen)
    database.close()
    (frozen / "key.hex").write_text(request.param.hex())
    return frozen


@pytest.fixture
def place(house: Path, tmp_path: Path) -> tuple[Path, bytes]:
    folder = tmp_path / "folder"
    shutil.copytree(house, folder)
    key = bytes.fromhex((folder / "key.hex").read_text())
    (folder / "key.hex").unlink()
    return folder / "db", key


def traces(path: Path, key: bytes) -> list[str]:
    """Where a canary is found: in files that can be read as they are, and in rows of tables."""
    found = []
    if not key:
        found = [file.name for file in path.parent.iterdir() if TRACE in file.read_bytes()]
    database = Database(path, key)
    tables = [
        name for (name,) in database.read("SELECT name FROM sqlite_schema WHERE type='table'")
    ]
    for table in tables:
        for row in database.read(f"SELECT * FROM {table}"):  # noqa: S608
            held = b" ".join(
                value if isinstance(value, bytes) else str(value).encode() for value in row
            )
            found += [table] if TRACE in held else []
    database.close()
    return found


def strange_beginnings(database: Database) -> list[str]:
    """Beginnings of words in the index with which no word of a turn begins."""
    said = {
        token
        for one in turns.each(database)
        for token in words.tokens(f"{one.heard} {one.reply} {one.spoken}")
    }
    kept = [
        bytes(term)[1:].decode(errors="ignore")
        for (term,) in database.read(
            "SELECT CAST(term AS BLOB) FROM words_idx WHERE length(term) > 1"
        )
    ]
    return [term for term in kept if not any(token.startswith(term) for token in said)]


def test_the_canaries_are_everywhere_before_anything_is_forgotten(
    place: tuple[Path, bytes],
) -> None:
    path, key = place
    names = {file.name for file in path.parent.iterdir()}
    assert {"db", "db-wal", "db.damaged", "db.damaged-wal", "db.before-3"} <= names
    assert any("snapshot" in name for name in names)
    os.utime(path.parent / "db.before-3")
    found = set(traces(path, key))
    assert {"turns", "notes", "ledger", "words_data"} <= found
    assert bool({"db", "db.damaged", "db.before-3"} & found) == (not key)


@pytest.mark.parametrize("forget", WAYS)
def test_what_was_forgotten_is_in_no_byte_of_any_file(
    place: tuple[Path, bytes], forget: Callable[[Database], None]
) -> None:
    path, key = place
    for aged in path.parent.glob("db.*"):
        os.utime(aged, (1.0, 1.0))
    database = Database(path, key)
    young = [one for one in turns.newest(database, 999) if one.started >= YOUNG]
    forget(database)
    assert strange_beginnings(database) == []
    assert database.check() == []
    left = [] if forget is by_order_for_all else young
    assert turns.newest(database, 999) == left
    if left:
        assert turns.search(database, left[0].heard, 9)[0].id == left[0].id
    assert len(timers.running(database)) == 1
    database.close()
    assert traces(path, key) == []
    assert len(snapshots.of(path)) == 1
    assert {file.name for file in path.parent.iterdir()} == {"db", snapshots.of(path)[0].name}
    assert traces(snapshots.of(path)[0], key) == []


def test_by_size_what_goes_leaves_no_byte_either(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", b"")
    unsynced(database)
    dice = random.Random(3)  # noqa: S311
    for number in range(300):
        said = (lambda: canary(dice)) if number < 150 else (lambda: word(dice))
        turns.add(database, turn(dice, float(number), said))
    database.snapshot()
    ((pages,),) = database.read("PRAGMA page_count")
    assert retention.forget_beyond(database, int(pages * 4096 * 0.4)) >= 150
    assert (tmp_path / "db").stat().st_size <= pages * 4096 * 0.4
    database.close()
    assert traces(tmp_path / "db", b"") == []


def test_what_a_choice_was_before_leaves_no_byte(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", b"")
    unsynced(database)
    choices.put(database, "wakes", canary(random.Random(4)))  # noqa: S311
    database.snapshot()
    assert traces(tmp_path / "db", b"") != []
    choices.put(database, "wakes", "")
    forgetting.replaced(database)
    assert choices.get(database, "wakes", "-") == ""
    database.close()
    assert traces(tmp_path / "db", b"") == []
    assert not [copy for copy in snapshots.of(tmp_path / "db") if traces(copy, b"")]


def test_everything_goes_under_a_new_key(tmp_path: Path) -> None:
    path, lock = tmp_path / "db", Lock(tmp_path / "db", tmp_path / "key")
    before = lock.open()
    database = Database(path, before)
    fill(database)
    assert forgetting.everything(database, lock) > 0
    assert ledger.newest(database, 9, None) == []
    assert notes.kept(database) == ()
    database.close()
    assert lock.open() != before
    assert traces(path, lock.open()) == []


def test_figures_stay_when_texts_are_forgotten_and_go_after_their_time() -> None:
    database = Database(None)
    number = ledger.add(database, sent(OLD, "hello"))
    turns.add(database, Turn(started=OLD, entries=(number,)))
    turns.add(database, Turn(started=YOUNG))
    assert forgetting.figures(database, YOUNG) == 0
    forgetting.older(database, YOUNG)
    (old,) = [entry for entry in ledger.newest(database, 9, None) if entry.by == "cloud"]
    assert (old.text, old.bytes) == ("", 5)
    assert forgetting.figures(database, YOUNG) == 1
    assert [entry.at for entry in ledger.newest(database, 9, None)] == [YOUNG]


HOUR = 3600.0


def texts(database: Database) -> dict[int, str]:
    """What is left of the texts, by row."""
    return {entry.id: entry.text for entry in ledger.newest(database, 99, None) if entry.bytes}


def test_with_the_newest_turn_goes_what_was_sent_since_for_turns_that_are_not_kept() -> None:
    database = Database(None)
    first = turns.add(database, Turn(started=OLD))
    before, at_once, later = (
        ledger.add(database, sent(OLD + hours * HOUR, "hello")) for hours in (2, 4, 9)
    )
    newest = turns.add(database, Turn(started=OLD + 4 * HOUR))
    assert forgetting.some_turns(database, [first]) == 1
    assert all(texts(database).values())
    assert forgetting.some_turns(database, [newest]) == 1
    assert texts(database) == {before: sent(0.0, "hello").text, at_once: "", later: ""}


def test_without_a_kept_turn_what_was_sent_in_the_last_hour_goes_and_figures_stay() -> None:
    database = Database(None)
    now = time.time()
    old, young = (ledger.add(database, sent(now - ago, "hello")) for ago in (2 * HOUR, 60.0))
    assert forgetting.some_turns(database, [1]) == 0
    assert [row for row, text in texts(database).items() if text] == [old]
    assert {entry.id: entry.bytes for entry in ledger.newest(database, 9, None)} == {
        old: 5,
        young: 5,
    }


def test_strays_are_what_was_sent_for_no_turn_that_is_kept() -> None:
    database = Database(None)
    mine, old, young = (ledger.add(database, sent(at, "hello")) for at in (5.0, 6.0, 7.0))
    turns.add(database, Turn(started=5.0, entries=(mine,)))
    assert forgetting.strays(database, 6.5) == 1
    assert [row for row, text in texts(database).items() if text] == [old, mine]
    assert forgetting.strays(database, 0.0) == 1
    assert forgetting.strays(database, 0.0) == 0
    assert texts(database)[young] == ""


@given(
    st.lists(st.integers(0, 9000), min_size=1, max_size=8, unique=True),
    st.lists(st.tuples(st.integers(0, 9000), st.booleans()), max_size=8),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_no_text_that_may_hold_a_forgotten_turn_is_left(
    starts: list[int], requests: list[tuple[int, bool]], data: st.DataObject
) -> None:
    database = Database(None)
    rows = {}
    for at, stray in requests:
        row = ledger.add(database, sent(float(at), "hello"))
        rows[row] = float(at)
        if not stray:
            turns.add(database, Turn(started=float(at), entries=(row,)))
    for started in starts:
        turns.add(database, Turn(started=float(started)))
    kept = turns.newest(database, 99)
    gone = data.draw(st.sets(st.sampled_from([turn.id for turn in kept])))
    forgetting.some_turns(database, gone)
    forgotten = [turn for turn in kept if turn.id in gone]
    newest = kept[0].started if kept[0].id in gone else math.inf
    assigned = {row: turn.id for turn in kept for row in turn.entries}
    expected = {
        row
        for row, at in rows.items()
        if not any(turn.started <= at <= turn.started + HOUR for turn in forgotten)
        and assigned.get(row) not in gone
        and not (row not in assigned and at >= newest)
    }
    assert {row for row, text in texts(database).items() if text} == expected


def test_where_no_text_is_kept_it_goes_as_its_request_ends_and_at_the_next_look_for_good(
    tmp_path: Path,
) -> None:
    database = Database(tmp_path / "db", b"")
    row, other = (ledger.add(database, sent(OLD, TRACE.decode())) for _ in range(2))
    database.snapshot(OLD)
    for number in (row, other):
        forgetting.settled(database, number, "answered", 7)
    forgetting.settled(database, row, "cut", 1)
    found = ledger.newest(database, 1, None)[0]
    assert (found.outcome, found.milliseconds, found.bytes, found.text) == ("answered", 7, 3, "")
    assert safety.look(database, None, OLD + 1.0)
    assert not safety.look(database, None, OLD + 2.0)
    database.close()
    assert traces(tmp_path / "db", b"") == []
    assert [traces(one, b"") for one in snapshots.of(tmp_path / "db")] == [[]]


def test_a_greater_deletion_that_was_cut_off_stays_noted_when_a_request_ends() -> None:
    database = Database(None)
    row = ledger.add(database, sent(OLD, "hello"))
    choices.put(database, forgetting.MARK, "all")
    forgetting.settled(database, row, "answered", 7)
    assert choices.get(database, forgetting.MARK, "") == "all"


def test_a_match_is_found_in_what_was_sent_alone_and_in_notes() -> None:
    database = Database(None)
    ledger.add(database, Entry(at=1.0, by="cloud", text='{"content": "M\\u00fcller"}'))
    notes.add(database, Note(id=0, at=1.0, text="ask Mueller, or müller"))
    turns.add(database, Turn(started=1.0, heard="who else"))
    assert forgetting.matching(database, "Muller") == 2
    assert ledger.newest(database, 9, None)[1].text == ""
    assert notes.kept(database) == ()
    assert len(turns.newest(database, 9)) == 1


@pytest.mark.parametrize("nothing", ["", "  ", "\N{COMBINING ACUTE ACCENT}"])
def test_nothing_matches_an_empty_text(nothing: str) -> None:
    database = Database(None)
    turns.add(database, Turn(started=1.0, heard="hello there"))
    assert forgetting.matching(database, nothing) == 0
    assert len(turns.newest(database, 9)) == 1


def test_a_deletion_that_was_cut_off_is_brought_to_its_end_at_the_next_look(
    tmp_path: Path,
) -> None:
    path = tmp_path / "db"
    database = Database(path, b"")
    fill(database)
    database.snapshot(YOUNG)
    database.write("DELETE FROM notes")
    with database.transaction():
        choices.put(database, forgetting.MARK, "some")
        forgetting._delete_span(database, -math.inf, YOUNG)
        database.write("UPDATE ledger SET text = '' WHERE turn NOT IN (SELECT id FROM turns)")
    database.close()
    shutil.copy(path, tmp_path / "db.old")
    (tmp_path / "db.next").write_bytes(TRACE)
    database = Database(path, b"")
    assert safety.look(database, None, time.time())
    assert not safety.look(database, None, time.time())
    database.close()
    assert traces(path, b"") == []
    assert choices.get(Database(path, b""), forgetting.MARK, "none") == "none"


def test_retention_leaves_the_copy_from_before_a_new_schema_for_its_day(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    turns.add(database, Turn(started=OLD))
    young, old = tmp_path / "db.before-4", tmp_path / "db.before-3"
    for copy in (young, old):
        copy.touch()
    os.utime(old, (1.0, time.time() - copies.KEPT - 1.0))
    assert forgetting.older(database, YOUNG) == 1
    assert (young.exists(), old.exists()) == (True, False)
    assert forgetting.some_turns(database, [99]) == 0
    assert not young.exists()
    database.close()


def test_a_disk_without_room_says_so_and_the_deletion_is_finished_later(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", b"")
    turns.add(database, Turn(started=OLD, heard=f"hello {TRACE.decode()}"))
    database.snapshot()
    (tmp_path / "db.next").mkdir()
    with pytest.raises(PartError):
        forgetting.older(database, YOUNG)
    (tmp_path / "db.next").rmdir()
    database = Database(tmp_path / "db", b"")
    assert turns.newest(database, 9) == []
    assert safety.look(database, None, None)
    assert export.page(database, "turns", 0) == ([], None)
    database.close()
    assert traces(tmp_path / "db", b"") == []


def test_scraps_of_rows_that_sqlite_has_moved_before_they_were_deleted_are_gone_too(
    tmp_path: Path,
) -> None:
    database = Database(tmp_path / "db", b"")
    unsynced(database)
    dice = random.Random(10)  # noqa: S311
    there = []
    for _ in range(150):
        old = dice.random() < 0.3
        said = ("zqxzqxzqxzqx " if old else "plainplain ") * dice.choice([1, 5, 20, 60, 100, 400])
        sql = "INSERT INTO turns (started, record) VALUES (?, json_object('heard', ?))"
        there.append(database.write(sql, (float(old), said)))
        if dice.random() < 0.3:
            gone = there.pop(dice.randrange(len(there)))
            database.write("DELETE FROM turns WHERE id = ?", (gone,))
    database.write("DELETE FROM turns WHERE record LIKE '%zqx%'")
    database.read("PRAGMA wal_checkpoint(TRUNCATE)")
    assert TRACE in (tmp_path / "db").read_bytes()
    forgetting.some_turns(database, [])
    database.close()
    assert traces(tmp_path / "db", b"") == []


def test_somebody_who_reads_meanwhile_is_waited_for(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", KEY)
    turns.add(database, Turn(started=OLD))
    reader = Database(tmp_path / "db", KEY, readonly=True)
    assert len(turns.newest(reader, 9)) == 1
    leaving = threading.Timer(0.3, reader.close)
    leaving.start()
    assert forgetting.some_turns(database, [1]) == 1
    leaving.join()
    database.close()
