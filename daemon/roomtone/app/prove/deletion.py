"""What is deleted is gone: from the memory, its index, its log and its copies, to the last byte."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import string
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.app.prove.scratch import Scratch
from roomtone.base.room import Note
from roomtone.store import forgetting, ledger, notes, turns
from roomtone.store.database import Database
from roomtone.store.store import Store
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

SAYS = "What is deleted leaves no byte"

TURNS = 40
"""Of a conversation that stays; enough for several pages of the file."""

PIECE = 6
"""Letters in a row of a made-up word by which it is found: an index keeps words in parts."""

DAY = 86_400.0

Order = Callable[[Database, "Said"], int]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be forgotten: a made-up word, and where it stands."""

    word: str
    at: float
    turn: int = 0
    note: int = 0


ORDERS: dict[str, Order] = {
    "last": lambda database, said: forgetting.some_turns(database, [said.turn]),
    "today": lambda database, said: forgetting.span(database, said.at - DAY / 2, said.at + DAY / 2),
    "matching": lambda database, said: forgetting.matching(database, said.word),
    "older": lambda database, said: forgetting.older(database, said.at + 1),
    "all": lambda database, _said: forgetting.everything(database, None),
}
"""Ways to delete; a note goes by its number, by a match, or with all."""


def prove(workshop: Scratch) -> Iterator[Trial]:
    """A memory without encryption, where every byte can be read, then one as it is kept."""
    for name, order in ORDERS.items():
        yield _plain(workshop.place(f"plain-{name}"), name, order)
    yield asyncio.run(_encrypted(workshop.place("encrypted")))


def found(folder: Path, word: str) -> list[str]:
    """Files that hold a piece of the made-up word, in any case of letters."""
    pieces = [word[at : at + PIECE].encode() for at in range(len(word) - PIECE + 1)]
    with_it = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            small = data.lower()
            if any(piece in small or piece in data[::2] for piece in pieces):
                with_it.append(path.name)
    return with_it


def made_up() -> str:
    """A word that nobody has ever said."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(24))


def judged(trial: str, before: list[str], after: list[str], gone: int) -> Trial:
    """The verdict on a deletion, by the files that held the word before and after it."""
    if not before:
        return untried(trial, "the search is blind: it does not find what was kept on purpose")
    if after:
        return broken(trial, f"still found in {', '.join(after)}")
    if not gone:
        return broken(trial, "nothing was deleted")
    return holds(trial, f"{', '.join(before)} held it before, no file holds a byte of it")


def _plain(folder: Path, name: str, order: Order) -> Trial:
    """Keep, look, delete, look. The file is not encrypted, so that there is something to see."""
    database = Database(folder / "roomtone.db", secrets.token_bytes(32))
    database.read("PRAGMA hexrekey=''")
    try:
        said = _filled(database)
        before = found(folder, said.word)
        gone = order(database, said)
        if name not in ("matching", "all"):
            forgetting.some_notes(database, [said.note])
        return judged(name, before, found(folder, said.word), gone)
    finally:
        database.close()


def _filled(database: Database) -> Said:
    """A conversation of last week, and a turn of today with its note and its request."""
    now, word = time.time(), made_up()
    for number in range(TURNS):
        _say(database, now - 7 * DAY + number, made_up())
    turn = _say(database, now, word)
    note = notes.add(database, Note(id=0, at=now, text=f"remember {word}"))
    database.snapshot()
    return Said(word=word, at=now, turn=turn, note=note)


def _say(database: Database, at: float, word: str) -> int:
    entry = ledger.add(database, _entry(at, word))
    return turns.add(database, _turn(at, word, entry))


def _entry(at: float, word: str) -> Entry:
    return Entry(at=at, by="cloud", provider="nobody", bytes=9, text=f'{{"content": "{word}"}}')


def _turn(at: float, word: str, entry: int) -> Turn:
    return Turn(
        started=at,
        heard=f"what is {word}",
        reply=f"{word.capitalize()} is nothing.",
        spoken=f"{word.capitalize()} is",
        by="cloud",
        entries=(entry,),
    )


async def _encrypted(folder: Path) -> Trial:
    """The store itself: its files and copies opened with their key after each deletion."""
    path, key = folder / "roomtone.db", folder / "key"
    store = await Store.open(path, key)
    word, now = made_up(), time.time()
    try:
        await _keep(store, now - DAY, made_up())
        await _keep(store, now, word)
        await store.snapshot()
        readable, before = found(folder, word), _opened(folder, key, word)
        await store.forget_matching(word)
        after = _opened(folder, key, word)
        old = key.read_text()
        await store.forget_all()
        left = await store.notes() or await store.turns(1)
    finally:
        await store.close()
    if readable or after or left:
        return broken("encrypted", f"readable: {', '.join(readable + after) or 'by the store'}")
    if len(before) < 2:
        return untried("encrypted", "the search is blind: it finds nothing in memory and snapshot")
    if key.read_text() == old:
        return broken("encrypted", "to forget everything left the old key in force")
    return holds(
        "encrypted",
        f"without the key no file can be read; with it {', '.join(before)} held the word before, "
        "none does afterwards; to forget everything makes a new key",
    )


async def _keep(store: Store, at: float, word: str) -> None:
    entry = await store.note_sent(_entry(at, word))
    await store.add_turn(_turn(at, word, entry))
    await store.add_note(Note(id=0, at=at, text=word))


def _opened(folder: Path, key: Path, word: str) -> list[str]:
    """Which memories and snapshots hold the word, without their encryption.

    Raises OwnerError, PartError.
    """
    secret, copies = bytes.fromhex(key.read_text().strip()), folder.with_name("opened")
    try:
        for path in folder.glob("roomtone.db*"):
            if path.name.endswith(("-wal", "-shm")):
                continue
            place = copies / path.name
            place.mkdir(parents=True)
            for one in (path, path.with_name(f"{path.name}-wal")):
                if one.exists():
                    shutil.copy(one, place)
            database = Database(place / path.name, secret)
            try:
                database.read("PRAGMA hexrekey=''")
            finally:
                database.close()
        return found(copies, word)
    finally:
        shutil.rmtree(copies, ignore_errors=True)
