"""Turns and the ledger, as the core uses them: kept, found again, forgotten."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

from roomtone.app.keeping import What
from roomtone.app.kept import as_json
from roomtone.base import event
from roomtone.base.clock import Clock, local
from roomtone.base.error import OwnerError, PartError
from roomtone.base.timed import timed
from roomtone.store.forgetting import CONTEXT
from roomtone.store.store import Store
from roomtone.store.words import holds
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Recorder, Turn

BACKLOG = 64
"""Turns that may wait for the disk; the oldest is dropped beyond."""

COUNTING = 0.2
"""Seconds that a question waits for the disk to count."""

RECENT = 1_000
"""Entries of the ledger among which those of today are looked for."""


class Archive:
    """Records turns from their events; `noted` is called when one waits for the disk."""

    def __init__(self, store: Store, clock: Clock, *, keeps: bool) -> None:
        self.guest = False
        """True while nothing is kept."""
        self.noted: Callable[[], None] = lambda: None
        self._store = store
        self._clock = clock
        self._keeps = store.keep_texts = keeps
        self._waiting: deque[Turn] = deque(maxlen=BACKLOG)
        self._writing = asyncio.Lock()
        self._recorder: Recorder | None = None
        self._recorded = 0
        self._passed_over = 0

    @property
    def open(self) -> bool:
        """Whether what is said is kept."""
        return self._keeps and not self.guest

    def found(self, *, guest: bool) -> None:
        """Take over whether guests are here; what they have said meanwhile is not written."""
        self.guest = guest
        if guest:
            self._waiting.clear()

    def note(self, happened: event.Event) -> None:
        """Take an event into the record of its turn."""
        if isinstance(happened, event.Muted | event.Fault) or not happened.turn:
            return
        if happened.turn < self._recorded:
            return  # of a turn that is over
        if self._recorder is None or happened.turn != self._recorded:
            self._recorder = Recorder(self._clock.now())
            self._recorded = happened.turn
        if (turn := self._recorder.add(happened)) is not None:
            self._recorder = None
            if self._recorded != self._passed_over:
                self.add(turn)

    def pass_over(self) -> None:
        """Do not keep the turn that is going on: it asks to forget, or guests have come."""
        self._passed_over = self._recorded

    def add(self, turn: Turn) -> None:
        """Have a finished turn written down, if the owner keeps any."""
        if self.open and (turn.heard or turn.reply):
            self._waiting.append(turn)
            self.noted()

    async def save(self) -> None:
        """Write down what waits. Raises PartError; the rest waits on then."""
        async with self._writing:
            while self._waiting:
                turn = self._waiting[0]
                await self._store.add_turn(turn)
                if self._waiting and self._waiting[0] is turn:
                    self._waiting.popleft()

    async def turns(self, limit: int) -> list[Turn]:
        """The newest `limit` turns, newest first; without the disk, those of this run."""
        waiting, kept = list(reversed(self._waiting)), []
        with contextlib.suppress(PartError):
            kept = await self._store.turns(limit)
        written = {turn.started for turn in kept}  # also by one that is being written just now
        return [*(turn for turn in waiting if turn.started not in written), *kept][:limit]

    async def turn(self, number: int | None) -> Turn | None:
        """One turn by its number in the store, or the last."""
        if number is None:
            return next(iter(await self.turns(1)), None)
        return await self._store.turn(number)

    async def today(self) -> int:
        """How many turns of today are kept; 0 when the disk cannot say."""
        with contextlib.suppress(PartError, TimeoutError):
            async with timed(COUNTING):
                return await self._store.count(self._midnight())
        return 0

    async def search(self, words: str, limit: int) -> list[Turn]:
        """Kept turns with these words, newest first. Raises PartError."""
        return await self._store.search(words, limit)

    def export(self) -> AsyncIterator[dict[str, Any]]:
        """Everything that is kept, row by row. Raises PartError."""
        return self._store.export()

    async def forget(self, what: What) -> int:
        """Forget the last turn, those of today, or everything; how many. Raises PartError.

        What waits for the disk goes first, so that nothing is written after it was forgotten.
        """
        if what == "last":
            return await self._forget_last()
        waited = len(self._waiting)
        self._waiting.clear()
        if what == "all":
            return waited + await self._store.forget_all()
        return waited + await self._store.forget_day(self._midnight(), self._clock.now() + 1.0)

    async def forget_turn(self, number: int) -> None:
        """Forget one turn. Raises OwnerError when there is none, PartError."""
        if not await self._store.forget_turn(number):
            raise OwnerError(f"there is no turn {number}; see `roomtone history list`")

    async def forget_matching(self, text: str) -> int:
        """Forget everything that holds `text`; how many. Raises PartError."""
        with contextlib.suppress(PartError):
            await self.save()
        kept = [
            turn for turn in self._waiting if not holds(text, turn.heard, turn.reply, turn.spoken)
        ]
        waited = len(self._waiting) - len(kept)
        self._waiting.clear()
        self._waiting.extend(kept)
        return waited + await self._store.forget_matching(text)

    async def note_sent(self, entry: Entry) -> int:
        """Put what is about to leave into the ledger, for good. Raises PartError."""
        return await self._store.note_sent(entry)

    async def settle(self, number: int, outcome: str, milliseconds: int) -> None:
        """Note what came of it; a disk that fails leaves that open."""
        with contextlib.suppress(PartError):
            await self._store.settle(number, outcome, milliseconds)

    async def ledger(self, limit: int, turn: int | None = None) -> list[Entry]:
        """What left the house, newest first; of one turn, when it is given. Raises PartError."""
        return await self._store.ledger(limit, turn)

    async def sent_today(self) -> tuple[int, float | None]:
        """Bytes that have left the house today, and the Unix time of the last. Raises PartError."""
        sent = [entry for entry in await self._store.ledger(RECENT) if entry.by == "cloud"]
        today = sum(entry.bytes for entry in sent if entry.at >= self._midnight())
        return today, sent[0].at if sent else None

    async def standing(self) -> dict[str, Any]:
        """Size, age and protection of what is kept, as plain JSON data. Raises PartError."""
        restored = await self._store.restored()
        return {
            "bytes": await self._store.size(),
            "turns": await self._store.count(),
            "oldest": await self._store.oldest(),
            "snapshot": await self._store.snapshot_made(),
            "protection": as_json(await self._store.protection()),
            "restored": None if restored is None else as_json(restored),
            "keeps": self._keeps,
            "guest": self.guest,
        }

    async def _forget_last(self) -> int:
        with contextlib.suppress(PartError):
            await self.save()
        if self._waiting:
            if (turn := self._waiting.pop()).entries:
                await self._store.forget_strays(turn.started)
            return 1
        if (last := await self._store.turn()) is not None:
            return int(await self._store.forget_turn(last.id))
        await self._store.forget_strays(self._clock.now() - CONTEXT)
        return 0

    def _midnight(self) -> float:
        today = local(self._clock.now())
        return today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
