"""The memory of the daemon: one database, one thread of its own, methods to await."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

from roomtone.base.room import AlarmClock, Note, Timer
from roomtone.store import (
    alarms,
    choices,
    export,
    forgetting,
    ledger,
    notes,
    retention,
    safety,
    timers,
    turns,
)
from roomtone.store.access import Access
from roomtone.store.protection import Protection
from roomtone.store.repair import Restored
from roomtone.store.safety import Snapshot
from roomtone.store.signs import Signs
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn


class Store:
    """Turns, notes, ledger, timers, alarms and choices.

    Every method may raise PartError when the disk fails. What is forgotten leaves no trace in any
    file; a forgetting goes on to its end when whoever waits for it is cancelled.
    """

    def __init__(
        self,
        database: Path | None = None,
        key_file: Path | None = None,
        *,
        readonly: bool = False,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Keep all in the encrypted file `database`, with the key in `key_file`.

        The file is opened when it is needed, after `prepare`, which may make its folder. Without a
        file everything is kept in memory, as a replay must.
        """
        self.keep_texts = True
        """Whether the ledger keeps the text of a request that is over."""
        self._access = Access(database, key_file, readonly=readonly, prepare=prepare)
        self._signs = Signs(database, prepare)
        self._do = self._access.do
        self._long = self._access.do_long

    @classmethod
    async def open(
        cls, database: Path | None = None, key_file: Path | None = None, *, readonly: bool = False
    ) -> Store:
        """Open or create the file now. Raises OwnerError that says what is wrong with it."""
        store = cls(database, key_file, readonly=readonly)
        await store._access.open()
        return store

    async def reopen(self) -> None:
        """Let the file go; it is opened again when it is needed. Memory stays as it is."""
        await self._access.reopen()

    async def writable(self) -> None:
        """Return when the file is open. Raises PartError also when it can be read only."""
        await self._access.writable()

    async def add_turn(self, turn: Turn) -> int:
        """Keep a finished turn with its words and its rows of the ledger; its number."""
        return await self._do(turns.add, turn)

    async def turns(self, limit: int) -> list[Turn]:
        """Up to `limit` turns, newest first."""
        return await self._do(turns.newest, limit)

    async def turn(self, number: int | None = None) -> Turn | None:
        """The turn with this number, or the newest; None when it is not kept."""
        return await self._do(turns.one, number)

    async def search(self, words: str, limit: int = 50) -> list[Turn]:
        """Turns in which all these words were heard or said, newest first.

        Of the last word the beginning will do.
        """
        return await self._do(turns.search, words, limit)

    async def newest(self, before: float) -> float | None:
        """Unix time at which the newest turn before `before` started; None when there is none."""
        return await self._do(turns.newest_start, before)

    async def oldest(self) -> float | None:
        """Unix time at which the oldest turn started; None when there is none."""
        return await self._do(turns.oldest_start)

    async def count(self, since: float = 0.0) -> int:
        """How many turns started at Unix time `since` or later."""
        return await self._do(turns.count, since)

    async def size(self) -> int:
        """Bytes of the file and its log; 0 in memory."""
        return await self._do(lambda database: database.size)

    async def note_sent(self, entry: Entry) -> int:
        """Put what is about to leave into the ledger; it is on the disk when this returns."""
        return await self._do(ledger.add, entry)

    async def settle(self, number: int, outcome: str, milliseconds: int) -> None:
        """Note what came of it, once; the first word stands. Without `keep_texts` its text goes."""
        settle = ledger.settle if self.keep_texts else forgetting.settled
        await self._do(settle, number, outcome, milliseconds)

    async def ledger(self, limit: int = 50, turn: int | None = None) -> list[Entry]:
        """Up to `limit` rows of the ledger, newest first; only those of `turn` when it is given."""
        return await self._do(ledger.newest, limit, turn)

    async def add_note(self, note: Note) -> int:
        """Keep a note; it is on the disk when this returns its number there."""
        return await self._do(notes.add, note)

    async def notes(self) -> tuple[Note, ...]:
        """All notes, the oldest first."""
        return await self._do(notes.kept)

    async def drop_notes(self, ids: Iterable[int]) -> int:
        """Forget notes; how many there were."""
        return await self._long(forgetting.some_notes, tuple(ids))

    async def forget_turn(self, number: int) -> bool:
        """Forget one turn; False when there is none with this number.

        With the newest go the texts of what was sent since for turns that are not kept.
        """
        return bool(await self._long(forgetting.some_turns, (number,)))

    async def forget_strays(self, since: float) -> int:
        """Forget the texts of what was sent from Unix time `since` for turns that are not kept."""
        return await self._long(forgetting.strays, since)

    async def forget_day(self, start: float, end: float) -> int:
        """Forget the turns that started from Unix time `start` to before `end`; how many."""
        return await self._long(forgetting.span, start, end)

    async def forget_matching(self, text: str) -> int:
        """Forget turns, notes and texts of the ledger that hold `text`; how many of all."""
        return await self._long(forgetting.matching, text)

    async def forget_all(self) -> int:
        """Forget all turns, notes and rows of the ledger, under a new key; how many turns."""
        return await self._long(forgetting.everything, self._access.lock)

    async def forget_replaced(self) -> None:
        """Leave no trace of what choices were before."""
        await self._long(forgetting.replaced)

    async def forget_before(self, moment: float) -> int:
        """Forget the turns that started before Unix time `moment`; how many."""
        return await self._long(forgetting.older, moment)

    async def forget_figures(self, moment: float) -> int:
        """Forget rows of the ledger from before Unix time `moment` without a text; how many."""
        return await self._long(forgetting.figures, moment)

    async def forget_beyond(self, size: int) -> int:
        """Forget the oldest turns until the file has no more than `size` bytes; how many."""
        return await self._long(retention.forget_beyond, size)

    async def export(self) -> AsyncIterator[dict[str, Any]]:
        """Every row of every table, after a line that says schema and time (Unix)."""
        yield await self._do(export.head, time.time())
        for table in await self._do(export.tables):
            after: int | None = 0
            while after is not None:
                rows, after = await self._do(export.page, table, after)
                for row in rows:
                    yield row

    async def snapshot_if_due(self, now: float | None = None) -> bool:
        """Take a snapshot when something changed since an old one; whether it was taken.

        A forgetting that a power cut has cut off is brought to its end first.
        """
        return await self._long(safety.look, self._access.lock, now)

    async def snapshot_if_changed(self) -> None:
        """Take a snapshot when something changed since the last, however young that is."""
        await self._long(lambda database: database.snapshot_if_changed())

    async def snapshot(self) -> Snapshot:
        """Take a snapshot now. Raises OwnerError when all is kept in memory only."""
        return await self._long(safety.snapshot, self._access.path)

    async def snapshot_made(self) -> float | None:
        """Unix time of the newest snapshot; None when there is none."""
        return await self._access.run(lambda: safety.made(self._access.path))

    async def check(self) -> list[str]:
        """Read the whole memory; what is wrong with it, a line each."""
        return await self._long(lambda database: database.check())

    async def restore(self) -> Restored:
        """Go back to the newest whole snapshot. Raises OwnerError when there is none."""
        self._access.restored = await self._long(lambda database: database.restore_newest())
        return self._access.restored

    async def restored(self) -> Restored | None:
        """The last repair since the start; None when nothing was damaged."""
        await self._do(lambda _: None)
        return self._access.restored

    async def protection(self) -> Protection:
        """How the key is kept; works also while the memory is locked."""
        return await self._access.run(lambda: safety.protection_of(self._access.lock))

    async def protect(self, passphrase: str | None) -> Protection:
        """Keep the key behind a passphrase, or without one. Raises OwnerError."""
        return await self._access.run(lambda: safety.protect(self._access.lock, passphrase))

    async def unlock(self, passphrase: str) -> None:
        """Open a memory that waits for its passphrase. Raises OwnerError when it is wrong."""
        await self._access.run(lambda: safety.unlock(self._access.lock, passphrase))

    async def add_timer(self, timer: Timer) -> int:
        """Keep a timer; it is on the disk when this returns its number there."""
        return await self._do(timers.add, timer)

    async def timers(self) -> tuple[Timer, ...]:
        """All timers as they were set; also those that fell due while nobody ran."""
        return await self._do(timers.running)

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers; unknown numbers are no mistake."""
        await self._do(timers.cancel, ids)

    async def add_alarm(self, alarm: AlarmClock) -> int:
        """Keep an alarm; it is on the disk when this returns its number there."""
        return await self._do(alarms.add, alarm)

    async def alarms(self) -> tuple[AlarmClock, ...]:
        """All alarms, the earliest first; also those that nobody was there to ring."""
        return await self._do(alarms.pending)

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        """Remove alarms; unknown numbers are no mistake."""
        await self._do(alarms.cancel, ids)

    async def setting(self, name: str, default: str) -> str:
        """What somebody chose ("volume", "muted"), or `default`."""
        return await self._do(choices.get, name, default)

    async def set_setting(self, name: str, value: str) -> None:
        """Remember a choice."""
        await self._do(choices.put, name, value)
        if name == "muted" and value == "no":
            self._signs.known()

    def sign(self, *, muted: bool) -> None:
        """Note that the microphone was closed or opened; needs no database, and never waits."""
        self._signs.put(muted=muted)

    async def signed(self, within: float) -> bool:
        """Wait until such signs are on the disk; False when they are not after `within` s."""
        return await self._signs.written(within)

    def busy(self) -> bool:
        """Whether it is at a long piece of work, such as forgetting: everything else waits."""
        return self._access.busy()

    def sign_guests(self, *, here: bool) -> None:
        """Note that guests are here, or have gone; needs no database, and never waits."""
        self._signs.guests(here=here)

    def guests(self) -> bool:
        """Whether guests were here last, whatever the database says."""
        return self._signs.guests_here()

    def muted(self) -> bool | None:
        """Whether the microphone was closed last; None when only the database can know."""
        return self._signs.muted()

    async def alive(self) -> None:
        """Return when the store's thread has answered: it works, whatever the disk says."""
        await self._access.alive()

    async def close(self) -> None:
        """Finish what is being written and close the file; waits a few seconds at most."""
        await self._access.close(self._signs.thread)
