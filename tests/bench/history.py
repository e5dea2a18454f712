"""How fast a long memory is: search, append, forget and open, with many turns.

    python tests/bench/history.py [--turns 100000] [--folder FOLDER]

Prints a table of median, 95th percentile and longest. The file is encrypted and lies in FOLDER,
by default the system's temporary one; `fsync` is what that disk needs to keep 4 KiB for good, which
is the least that every append must wait for.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import numpy as np

from roomtone.base.room import Note
from roomtone.store import ledger, words
from roomtone.store.database import Database
from roomtone.store.store import Store
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

TEXT = Path(__file__).resolve().parents[2] / "LICENSE"
"""English prose: its words come as often as in speech, near enough."""

NAMES = 5_000
"""Rare words: one of them is in every turn."""

ROUNDS = 1_000
"""Searches and appends that are timed."""

TARGETS = {"search": 20.0, "append": 5.0, "forget everything": 10_000.0}
"""Milliseconds that 95 of 100 may take."""


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        asyncio.run(measure(Path(folder), options.turns))


async def measure(folder: Path, count: int) -> None:
    """Print one line for each thing that is done."""
    said = Speech(random.Random(1))  # noqa: S311 - repeatable text
    store = await Store.open(folder / "db", folder / "key")
    began = time.perf_counter()
    await store._do(fill, said, count)
    show("fill", [time.perf_counter() - began])
    await store.close()
    show("fsync", [synced(folder / "page") for _ in range(200)])
    began = time.perf_counter()
    store = await Store.open(folder / "db", folder / "key")
    show("open", [time.perf_counter() - began])
    print(f"{'':20} {await store.size() / 1e6:.1f} MB with {await store.count()} turns")
    await uses(store, said, count)
    await forgettings(store, count)
    await store.close()


async def uses(store: Store, said: Speech, count: int) -> None:
    """What happens every day."""
    questions = [said.question(kind % 4) for kind in range(ROUNDS)]
    show("search", [await timed(store.search, question) for question in questions])
    added = [said.turn(2e9 + number) for number in range(ROUNDS)]
    show("append", [await timed(store.add_turn, turn) for turn in added])
    show("append a note", [await timed(store.add_note, Note(id=0, at=1.0, text="x"))])
    entry = Entry(at=2e9, by="cloud", text=said.words(300), bytes=1500)
    show("ledger", [await timed(store.note_sent, entry) for _ in range(200)])
    show("list the newest", [await timed(store.turns, 50) for _ in range(200)])
    show("one turn's ledger", [await timed(store.ledger, 9, count // 2)] * 20)
    show("snapshot", [await timed(store.snapshot)])
    show("check", [await timed(store.check)])
    began = time.perf_counter()
    lines = [1 async for _ in store.export()]
    show(f"export {len(lines)} rows", [time.perf_counter() - began])


async def forgettings(store: Store, count: int) -> None:
    """What happens by order, and once a day."""
    show("forget one turn", [await timed(store.forget_turn, count // 2)])
    show("forget one day", [await timed(store.forget_day, 1e9, 1e9 + 6000.0)])
    show("forget a word", [await timed(store.forget_matching, "name17 ")])
    show("forget by age", [await timed(store.forget_before, 1e9 + 60.0 * count / 10)])
    size = int(await store.size() * 0.8)
    show("forget by size", [await timed(store.forget_beyond, size)])
    show("forget everything", [await timed(store.forget_all)])


class Speech:
    """Sentences that nobody said."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._words = re.findall(r"[a-z']{1,20}", TEXT.read_text("utf-8").lower())

    def words(self, count: int) -> str:
        return " ".join(self._dice.choices(self._words, k=count))

    def turn(self, started: float) -> Turn:
        reply = self.words(20)
        return Turn(
            started=started,
            heard=f"{self.words(7)} name{self._dice.randrange(NAMES)}",
            by="llama",
            reply=reply,
            spoken=reply,
            milliseconds={"end_of_turn": 320, "recognize": 90, "first_sound": 410},
        )

    def question(self, kind: int) -> str:
        """A common word, two of them, a rare one, or a beginning of one to four letters."""
        if kind == 2:
            return f"name{self._dice.randrange(NAMES)} {self._dice.choice(self._words)}"
        if kind == 3:
            return self._dice.choice(self._words)[: self._dice.randint(1, 4)]
        return self.words(kind + 1)


def fill(database: Database, said: Speech, count: int) -> None:
    """Write the turns of some months, one a minute, in one go."""
    with database.transaction():
        for number in range(count):
            turn = said.turn(1e9 + 60.0 * number)
            record = msgspec.json.encode(turn).decode()
            database.write(
                "INSERT INTO turns (started, record) VALUES (?, ?)", (turn.started, record)
            )
            ledger.assign(database, Turn(id=number + 1, started=turn.started, by="llama"))
        words.renew(database)


def synced(path: Path) -> float:
    """Seconds in which a page reaches the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    began = time.perf_counter()
    os.write(handle, bytes(4096))
    os.fdatasync(handle)
    seconds = time.perf_counter() - began
    os.close(handle)
    return seconds


async def timed(work: Callable[..., Awaitable[object]], *arguments: object) -> float:
    """Seconds that it took."""
    began = time.perf_counter()
    await work(*arguments)
    return time.perf_counter() - began


def show(name: str, seconds: list[float]) -> None:
    """One line of the table, in milliseconds."""
    middle, high = np.percentile(np.array(seconds) * 1000, [50, 95])
    target = TARGETS.get(name)
    verdict = "" if target is None else f"  {'ok' if high <= target else 'MISSED'} ({target:.0f})"
    print(f"{name:20} {middle:9.2f} {high:9.2f} {max(seconds) * 1000:9.2f}{verdict}", flush=True)


if __name__ == "__main__":
    print(f"{'milliseconds':20} {'p50':>9} {'p95':>9} {'longest':>9}")
    main()
