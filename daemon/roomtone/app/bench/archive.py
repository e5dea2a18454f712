"""A long history: how fast a turn is kept and found among few and among many."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from roomtone.app.bench.sentences import COMMANDS, DICTATED, QUESTIONS
from roomtone.app.bench.shapes.models import Tell
from roomtone.store import words
from roomtone.store.database import Database
from roomtone.store.store import Store
from roomtone.turn.record import Turn

ROUNDS = 500
"""Searches and appends that are timed."""

NAMES = 5_000
"""Rare words: one of them is in every turn."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a history of one length needs, seconds each."""

    turns: int
    search: list[float]
    append: list[float]
    newest: list[float]
    megabytes: float


def remember(counts: list[int], tell: Tell) -> list[Kept]:
    """Measure histories of these lengths, each in a file of its own that is gone afterwards."""
    return [asyncio.run(_measure(count, tell)) for count in counts]


async def _measure(count: int, tell: Tell) -> Kept:
    tell(f"A history of {count} turns")
    said = _Said()
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(Path(folder) / "db", Path(folder) / "key")
        try:
            await store._do(_fill, said, count)  # noqa: SLF001 - one by one would take an hour
            searches = [await _timed(store.search, said.question(n)) for n in range(ROUNDS)]
            appends = [await _timed(store.add_turn, said.turn(2e9 + n)) for n in range(ROUNDS)]
            newest = [await _timed(store.turns, 50) for _ in range(ROUNDS // 5)]
            size = await store.size() / 1e6
        finally:
            await store.close()
    return Kept(turns=count, search=searches, append=appends, newest=newest, megabytes=size)


class _Said:
    """Turns that nobody had."""

    def __init__(self) -> None:
        self._dice = random.Random(1)  # noqa: S311 - repeatable text
        texts = [one.text for one in (*QUESTIONS, *COMMANDS)]
        answers = [one.answer for one in (*QUESTIONS, *COMMANDS)]
        self._words = " ".join([*texts, *answers, *DICTATED]).lower().split()

    def words(self, count: int) -> str:
        return " ".join(self._dice.choices(self._words, k=count))

    def turn(self, started: float) -> Turn:
        reply = self.words(20)
        heard = f"{self.words(7)} name{self._dice.randrange(NAMES)}"
        return Turn(started=started, heard=heard, by="llama", reply=reply, spoken=reply)

    def question(self, number: int) -> str:
        """A common word, two of them, a rare one with a common one, or a beginning."""
        kind = number % 4
        if kind == 2:
            return f"name{self._dice.randrange(NAMES)} {self.words(1)}"
        return self.words(1)[:3] if kind == 3 else self.words(kind + 1)


def _fill(database: Database, said: _Said, count: int) -> None:
    with database.transaction():
        for number in range(count):
            turn = said.turn(1e9 + 60.0 * number)
            record = msgspec.json.encode(turn).decode()
            database.write(
                "INSERT INTO turns (started, record) VALUES (?, ?)", (turn.started, record)
            )
        words.renew(database)


async def _timed(work: Callable[..., Awaitable[object]], *given: object) -> float:
    began = time.perf_counter()
    await work(*given)
    return time.perf_counter() - began
